"""Made-up companies, associations, institutions and service windows in the real buildings of a street."""

from __future__ import annotations

from collections.abc import Iterator

from simulators.city.buildings import Building

__all__ = ["ESTABLISHMENT_HEADER", "establishment_of", "window_of"]

ESTABLISHMENT_HEADER = (
    "id,organisation,kind,name,credit_code,industry,responsible,telephone,employees,address,latitude,longitude,building"
)
_TRADES = ("Foods", "Textiles", "Instruments", "Logistics", "Printing", "Pharmacy", "Hardware", "Design")
_ASSOCIATIONS = ("Chess Club", "Volunteers", "Choir", "Elders' Association", "Neighbourhood Watch")
_INSTITUTIONS = {"school": "education", "kindergarten": "education", "university": "education", "hospital": "health"}
_FIRST = ("Jinhe", "Baiyun", "Chunfeng", "Yongtai", "Xinglong", "Mingde", "Huasheng", "Dongfang", "Taihe")


def establishment_of(building: Building, grid: str, use: str, number: int, names: Iterator[str]) -> tuple[object, ...]:
    """Who works in a building that is no home. number: of the building, for names; telephones begin with 100."""
    first, trade = _FIRST[number % len(_FIRST)], _TRADES[number // 7 % len(_TRADES)]
    kind, name, industry = "company", f"{first} {trade} {number} Co., Ltd.", trade.lower()
    if use == "public":
        kind, industry = "institution", _INSTITUTIONS.get(building.kind, "public service")
        name = building.name or f"{first} {building.kind} {number}"
    elif number % 9 == 0:
        kind, name, industry = "association", f"{first} {_ASSOCIATIONS[number % len(_ASSOCIATIONS)]}", "community"
    elif number % 3 == 0:
        kind, name = "self_employed", f"{first} {trade} {number}"
    return (
        f"establishment-{number}", grid, kind, name, f"91990101{number:010d}", industry, next(names),
        f"1009{number % 10_000_000:07d}", 2 + number % 140, building.address or "no number",
        round(building.latitude, 6), round(building.longitude, 6), building.id,
    )  # fmt: skip


def window_of(building: Building, grid: str, number: int, names: Iterator[str]) -> tuple[object, ...]:
    """Where the public is served in a public building: a row of places."""
    return (
        f"window-{number}", grid, "service_window", f"Service window {number}", building.address or "no number",
        round(building.latitude, 6), round(building.longitude, 6), building.id, next(names),
        f"1008{number % 10_000_000:07d}", "", "", "",
    )  # fmt: skip
