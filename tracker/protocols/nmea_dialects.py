"""Trackers' own sentences that say where they are. Each dialect is one function; `read_dialect` is their table.

$PUBX,00,time,lat,N,lon,E,altitude,status,hAcc,vAcc,km/h,course,...            u-blox; status NF is void
$TRCCR,yyyymmddhhmmss.sss,A|V,lat,lon,knots,course,altitude,battery,*hh         Tracker-CR; the checksum is not one
$ID,<id>,...,A|V,D,ddmmyy,T,hhmmss,...,La,lat,N,Lo,lon,E,...                    WMCS (A is written D by some)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from tracker.model.fix import Fix
from tracker.protocols.errors import DecodeError
from tracker.protocols.nmea0183 import checked_fields
from tracker.protocols.nmea_fields import KNOT, Sentence, angle, course, number, time_of_day

__all__ = ["PUBX", "read_dialect", "read_pubx"]

PUBX = b"$PUBX,00,"
_WMCS = re.compile(r"\$ID,\d+,.*?,([AV]),D,(\d{6}),T,(\d{6}),.*?La,([\d.]+),([NS]),Lo,([\d.]+),([EW])(?:,|$)")


def read_dialect(line: bytes) -> Fix | None:
    """The fix that a tracker's own sentence says; None when it is another sentence or void. Raises DecodeError."""
    for start, reader in _DIALECTS.items():
        if line.startswith(start):
            try:
                return reader(line.decode("ascii"))
            except (ValueError, IndexError) as error:
                raise DecodeError(f"{start.decode()}: {error}", line) from error
    return None


def read_pubx(line: bytes) -> Sentence:
    """A PUBX,00 as a sentence to join with the others of its epoch. Raises DecodeError."""
    fields = checked_fields(line)
    try:
        kmh = number(fields[11])
        return Sentence(
            kind="PUBX", time_of_day=time_of_day(fields[2]), void=fields[8] in ("NF", ""),
            latitude=angle(fields[3], fields[4], "NS", 90), longitude=angle(fields[5], fields[6], "EW", 180),
            speed=None if kmh is None else kmh / 3.6, course=course(fields[12]),
        )  # fmt: skip
    except (ValueError, IndexError) as error:
        raise DecodeError(f"PUBX: {error}", line) from error


def _trccr(line: str) -> Fix | None:
    fields = line.split(",")
    if fields[2] != "A":
        return None
    speed, altitude = number(fields[5]), number(fields[7])
    return Fix(
        fix_time=datetime.strptime(fields[1][:14], "%Y%m%d%H%M%S").replace(
            tzinfo=UTC, microsecond=int(fields[1][15:].ljust(6, "0")[:6])
        ),
        latitude=float(fields[3]),
        longitude=float(fields[4]),
        speed_over_ground=None if speed is None else speed * KNOT,
        course_over_ground=course(fields[6]),
        altitude_msl=altitude,
    )


def _wmcs(line: str) -> Fix | None:
    match = _WMCS.match(line)
    if match is None or match[1] == "V":
        return None
    _, day, clock, latitude, north, longitude, east = match.groups()
    return Fix(
        fix_time=datetime.strptime(day + clock, "%d%m%y%H%M%S").replace(tzinfo=UTC),
        latitude=float(latitude) * (1 if north == "N" else -1),
        longitude=float(longitude) * (1 if east == "E" else -1),
    )


_DIALECTS: dict[bytes, Callable[[str], Fix | None]] = {b"$TRCCR,": _trccr, b"$ID,": _wmcs}
