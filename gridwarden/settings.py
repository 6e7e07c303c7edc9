"""Every setting of the program: its name in the environment, its default, its meaning. Nothing else reads them.

`Settings.from_environment` takes the mapping (only `__main__` reads the real environment) and lists every fault at
once, so that an operator mends them in one go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dispatch.routing.model import Engine, engines_of
from dispatch.standards.cot.model import Target, target_of

__all__ = ["NAMES", "Address", "BadSettings", "Settings"]

_PREFIX = "GRIDWARDEN_"
_SPEAK_TLS = {"http", "ws", "nmea_tcp", "osmand"}
_TILE = ("{z}", "{x}", "{y}")
_UNITS_S = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}


class BadSettings(Exception):
    """The settings cannot be used; `faults` has one sentence a fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen. Port 0: choose one."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may set; the names in the environment are these in capitals behind GRIDWARDEN_.

    Durations are seconds here and written like 30d, 5min, 90s there; `unlimited` is None.
    """

    http: Address = Address("127.0.0.1", 8080)
    ws: Address = Address("127.0.0.1", 8081)
    nmea_tcp: Address = Address("127.0.0.1", 10110)
    nmea_udp: Address = Address("127.0.0.1", 10110)
    osmand: Address = Address("127.0.0.1", 5055)
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    tls: tuple[str, ...] = ("http", "ws", "osmand")
    data: Path = Path("gridwarden-data")
    secret_file: Path | None = None
    database_url: str | None = None
    redis_url: str | None = None
    max_fix_age: float | None = 30 * 86400.0
    max_fix_lead: float = 300.0
    max_speed: float = 100.0
    stale_after: float = 60.0
    silent_after: float = 600.0
    device_rate: float = 200.0
    device_burst: float = 20_000.0
    idle_timeout: float = 600.0
    max_connections: int = 20_000
    push_tick: float = 0.2
    retention: float | None = 365 * 86400.0
    spool_bytes: int = 1 << 30
    auto_dispatch: int = 0
    routing_url: tuple[Engine, ...] = ()
    cot_url: Target | None = None
    webhooks_private: bool = False
    notify_url: str | None = None
    notify_secret: str | None = None
    open311: str = "off"
    open311_keys: tuple[str, ...] = ()
    basemap: str = "/basemap/astana.pmtiles"
    satellite: str | None = None
    gcj02: tuple[str, ...] = ()
    cameras: tuple[str, ...] = ()
    public_ws: str | None = None
    time_zone: str = "Asia/Shanghai"
    log: str = "text"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read GRIDWARDEN_* names. Raises BadSettings listing every fault, unknown names included."""
        faults: list[str] = []
        values: dict[str, Any] = {}
        for name, text in environment.items():
            if not name.startswith(_PREFIX):
                continue
            reader = _READERS.get(name)
            if reader is None:
                faults.append(f"{name} is not a setting; the settings are listed in docs/operating.md")
                continue
            try:
                values[name.removeprefix(_PREFIX).lower()] = reader(text.strip())
            except ValueError as error:
                faults.append(f"{name}={text!r}: {error}")
        if values.get("notify_url") and not values.get("notify_secret"):
            faults.append("GRIDWARDEN_NOTIFY_URL needs GRIDWARDEN_NOTIFY_SECRET, by which the gateway knows us")
        if values.get("open311") == "key" and not values.get("open311_keys"):
            faults.append("GRIDWARDEN_OPEN311=key needs GRIDWARDEN_OPEN311_KEYS, one at least")
        if (values.get("tls_certificate") is None) != (values.get("tls_key") is None):
            faults.append("GRIDWARDEN_TLS_CERTIFICATE and GRIDWARDEN_TLS_KEY belong together: set both or neither")
        if faults:
            raise BadSettings(faults)
        return cls(**values)


def _address(text: str) -> Address:
    match = re.fullmatch(r"(?:\[([0-9a-fA-F:]+)\]|([^:\[\]]*)):(\d{1,5})", text)
    if match is None or int(match[3]) > 65535:
        raise ValueError("expected HOST:PORT, such as 0.0.0.0:8080; port 0 chooses one")
    return Address(match[1] or match[2] or "0.0.0.0", int(match[3]))  # noqa: S104 - ":8080" asks for every interface


def _duration(text: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(ms|s|min|h|d)", text)
    if match is None or float(match[1]) == 0:
        raise ValueError("expected a duration above zero, such as 90s, 5min, 12h or 30d")
    return float(match[1]) * _UNITS_S[match[2]]


def _duration_or_unlimited(text: str) -> float | None:
    return None if text == "unlimited" else _duration(text)


def _number(text: str) -> float:
    number = float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else 0.0
    if number <= 0:
        raise ValueError("expected a number above zero")
    return number


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,15}", text) or int(text) == 0:
        raise ValueError("expected a whole number above zero")
    return int(text)


def _priority(text: str) -> int:
    if not re.fullmatch("[0-4]", text):
        raise ValueError("expected 0 (never), or 1 to 4: incidents this urgent or more are dispatched by the program")
    return int(text)


def _secret(text: str) -> str | None:
    if text and len(text) < 16:
        raise ValueError("expected at least 16 characters")
    return text or None


def _yes_or_no(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError("expected yes or no")
    return text == "yes"


def _open311(text: str) -> str:
    if text not in {"off", "open", "key"}:
        raise ValueError("expected off, open (whoever likes may report) or key (whoever has one of the keys)")
    return text


def _file(text: str) -> Path | None:
    return Path(text) if text else None


def _listeners(text: str) -> tuple[str, ...]:
    listeners = tuple(part.strip() for part in text.split(",") if part.strip())
    if not set(listeners) <= _SPEAK_TLS:
        raise ValueError(f"expected some of {', '.join(sorted(_SPEAK_TLS))}, by comma; UDP has no TLS: use a tunnel")
    return listeners


def _keys(text: str) -> tuple[str, ...]:
    keys = tuple(part.strip() for part in text.split(",") if part.strip())
    if any(not 16 <= len(key) <= 200 for key in keys):
        raise ValueError("expected keys of at least 16 characters, by comma")
    return keys


def _tiles(text: str) -> str | None:
    if text and (not text.startswith(("https://", "http://", "/")) or any(part not in text for part in _TILE)):
        raise ValueError("expected a tile URL with {z}, {x} and {y}, such as https://tiles.example/{z}/{x}/{y}.jpg")
    return text or None


def _maps(text: str) -> tuple[str, ...]:
    maps = tuple(part.strip() for part in text.split(",") if part.strip())
    if not set(maps) <= {"basemap", "satellite"}:
        raise ValueError("expected basemap, satellite or both, by comma: which of the maps are in GCJ-02")
    return maps


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(part.strip() for part in text.split(",") if part.strip())
    if any(re.fullmatch(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?", one) is None for one in origins):
        raise ValueError("expected origins without a path, such as https://cameras.example:8443, several by comma")
    return origins


def _log_format(text: str) -> str:
    if text not in {"text", "json"}:
        raise ValueError("expected text or json")
    return text


def _url(*schemes: str) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        if text and not text.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            raise ValueError(f"expected a URL that starts with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        return text or None

    return read


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("expected a name of the IANA time zone database, such as Asia/Shanghai") from error
    return text


_READERS: dict[str, Callable[[str], object]] = {
    "GRIDWARDEN_HTTP": _address,
    "GRIDWARDEN_WS": _address,
    "GRIDWARDEN_NMEA_TCP": _address,
    "GRIDWARDEN_NMEA_UDP": _address,
    "GRIDWARDEN_OSMAND": _address,
    "GRIDWARDEN_TLS_CERTIFICATE": _file,
    "GRIDWARDEN_TLS_KEY": _file,
    "GRIDWARDEN_TLS": _listeners,
    "GRIDWARDEN_DATA": Path,
    "GRIDWARDEN_SECRET_FILE": _file,
    "GRIDWARDEN_DATABASE_URL": _url("postgresql", "postgres"),
    "GRIDWARDEN_REDIS_URL": _url("redis", "rediss", "unix"),
    "GRIDWARDEN_MAX_FIX_AGE": _duration_or_unlimited,
    "GRIDWARDEN_MAX_FIX_LEAD": _duration,
    "GRIDWARDEN_MAX_SPEED": _number,
    "GRIDWARDEN_STALE_AFTER": _duration,
    "GRIDWARDEN_SILENT_AFTER": _duration,
    "GRIDWARDEN_DEVICE_RATE": _number,
    "GRIDWARDEN_DEVICE_BURST": _number,
    "GRIDWARDEN_IDLE_TIMEOUT": _duration,
    "GRIDWARDEN_MAX_CONNECTIONS": _whole,
    "GRIDWARDEN_PUSH_TICK": _duration,
    "GRIDWARDEN_RETENTION": _duration_or_unlimited,
    "GRIDWARDEN_SPOOL_BYTES": _whole,
    "GRIDWARDEN_AUTO_DISPATCH": _priority,
    "GRIDWARDEN_ROUTING_URL": engines_of,
    "GRIDWARDEN_COT_URL": target_of,
    "GRIDWARDEN_WEBHOOKS_PRIVATE": _yes_or_no,
    "GRIDWARDEN_NOTIFY_URL": _url("http", "https"),
    "GRIDWARDEN_NOTIFY_SECRET": _secret,
    "GRIDWARDEN_OPEN311": _open311,
    "GRIDWARDEN_OPEN311_KEYS": _keys,
    "GRIDWARDEN_BASEMAP": str,
    "GRIDWARDEN_SATELLITE": _tiles,
    "GRIDWARDEN_GCJ02": _maps,
    "GRIDWARDEN_CAMERAS": _origins,
    "GRIDWARDEN_PUBLIC_WS": _url("ws", "wss"),
    "GRIDWARDEN_TIME_ZONE": _zone,
    "GRIDWARDEN_LOG": _log_format,
}

NAMES: tuple[str, ...] = tuple(_READERS)
"""Every name in the environment; docs/operating.md has a row for each, and a test holds that."""

assert {_PREFIX + one.name.upper() for one in fields(Settings)} == set(NAMES), "a setting without its reader"
