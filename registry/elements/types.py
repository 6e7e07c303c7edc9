"""The table of the elements: what each has, refers to, seals and can be asked for."""

from __future__ import annotations

from registry.elements.model import Element, ElementType, Filter, Reference
from registry.elements.shapes import buildings, places, residents
from registry.privacy.model import Number

__all__ = ["TYPES"]

_TELEPHONE = {"telephone": Number.TELEPHONE}
_OF_HOUSE = "(SELECT {what} FROM houses h JOIN buildings b ON b.key = h.building WHERE h.key = {house})"
_HOUSE_OF_PERSON = "(SELECT x.house FROM households x WHERE x.key = e.household)"


def _equal(name: str) -> Filter:
    return Filter(name, f"e.{name} = %({name})s")


def _named(name: str, table: str) -> Filter:
    """A reference, asked for by the id of what it names."""
    return Filter(name, f"e.{name} = (SELECT key FROM {table} WHERE id = %({name})s)")


def _lives_in(house: str) -> dict[str, str]:
    """What is shown of the house with that key."""
    return {
        "building": _OF_HOUSE.format(what="b.id", house=house),
        "address": _OF_HOUSE.format(what="b.address", house=house),
        "number": _OF_HOUSE.format(what="h.number", house=house),
    }


TYPES: dict[Element, ElementType] = {
    one.element: one
    for one in (
        ElementType(
            element=Element.BUILDINGS, prefix="B", word="building", body=buildings.BuildingIn,
            out=buildings.BuildingOut, query=buildings.BuildingQuery,
            columns=("name", "address", "use", "latitude", "longitude", "footprint", "height_m", "floors",
                     "floors_below", "entrances", "built_year"),
            json=frozenset({"footprint", "entrances"}), searched=("name", "address", "id"), filters=(_equal("use"),),
        ),
        ElementType(
            element=Element.HOUSES, prefix="H", word="house", body=buildings.HouseIn,
            out=buildings.HouseOut, query=buildings.HouseQuery,
            columns=("entrance", "floor", "number", "use", "occupancy", "area_m2"),
            references={"building": Reference(Element.BUILDINGS, is_home=True)}, searched=("number", "id"),
            extras={
                "address": "(SELECT b.address FROM buildings b WHERE b.key = e.building)",
                "residents": "(SELECT count(*) FROM households x JOIN people p ON p.household = x.key"
                             " AND p.ended_at IS NULL WHERE x.house = e.key AND x.ended_at IS NULL)",
            },
            filters=(_named("building", "buildings"), _equal("occupancy")),
        ),
        ElementType(
            element=Element.HOUSEHOLDS, prefix="F", word="household", body=residents.HouseholdIn,
            out=residents.HouseholdOut, query=residents.HouseholdQuery, columns=("kind", "tenure"),
            references={"house": Reference(Element.HOUSES, is_home=True)}, is_private=True,
            extras={
                "head": "(SELECT p.name FROM people p WHERE p.household = e.key AND p.relation = 'head'"
                        " AND p.ended_at IS NULL)",
                "people": "(SELECT count(*) FROM people p WHERE p.household = e.key AND p.ended_at IS NULL)",
            } | _lives_in("e.house"),
            filters=(
                _named("house", "houses"),
                Filter("building", "e.house IN (SELECT h.key FROM houses h JOIN buildings b ON b.key = h.building"
                                   " WHERE b.id = %(building)s)"),
            ),
        ),
        ElementType(
            element=Element.PEOPLE, prefix="P", word="person", body=residents.PersonIn,
            out=residents.PersonOut, query=residents.PersonQuery,
            columns=("relation", "name", "gender", "birth_date", "ethnicity", "education", "occupation", "employer",
                     "residence", "groups", "note"),
            references={"household": Reference(Element.HOUSEHOLDS, is_home=True)},
            sealed={"identity": Number.IDENTITY, "telephone": Number.TELEPHONE}, searched=("name", "id"),
            is_private=True,
            extras={"house": _OF_HOUSE.format(what="h.id", house=_HOUSE_OF_PERSON)} | _lives_in(_HOUSE_OF_PERSON),
            filters=(
                _named("household", "households"), Filter("group", "%(group)s = ANY(e.groups)"), _equal("residence"),
                Filter("house", "e.household IN (SELECT x.key FROM households x JOIN houses h ON h.key = x.house"
                                " WHERE h.id = %(house)s)"),
                Filter("building", "e.household IN (SELECT x.key FROM households x JOIN houses h ON h.key = x.house"
                                   " JOIN buildings b ON b.key = h.building WHERE b.id = %(building)s)"),
            ),
        ),
        ElementType(
            element=Element.ESTABLISHMENTS, prefix="E", word="establishment", body=places.EstablishmentIn,
            out=places.EstablishmentOut, query=places.EstablishmentQuery,
            columns=("kind", "name", "credit_code", "industry", "responsible", "employees", "address", "latitude",
                     "longitude"),
            references={"building": Reference(Element.BUILDINGS), "house": Reference(Element.HOUSES)},
            sealed=_TELEPHONE, searched=("name", "address", "credit_code", "id"),
            filters=(_equal("kind"), _named("building", "buildings")),
        ),
        ElementType(
            element=Element.PLACES, prefix="L", word="place", body=places.PlaceIn,
            out=places.PlaceOut, query=places.PlaceQuery,
            columns=("kind", "name", "address", "latitude", "longitude", "contact", "risk", "stream", "details"),
            json=frozenset({"details"}), sealed=_TELEPHONE, searched=("name", "address", "id"),
            references={
                "building": Reference(Element.BUILDINGS), "house": Reference(Element.HOUSES),
                "establishment": Reference(Element.ESTABLISHMENTS),
            },
            filters=(_equal("kind"), _equal("risk"), _named("building", "buildings")),
        ),
        ElementType(
            element=Element.THINGS, prefix="T", word="thing", body=places.ThingIn,
            out=places.ThingOut, query=places.ThingQuery,
            columns=("code", "name", "address", "latitude", "longitude", "owner_department", "state", "installed_on",
                     "details"),
            json=frozenset({"details"}), searched=("name", "address", "code", "id"),
            filters=(_equal("code"), _equal("state")),
        ),
    )
}  # fmt: skip
