"""NMEA 0183 sentences, written from the standard (v4.11; GNS, GSA and RMC with the fields that 4.10 added).

$ttsss,field,...*hh CR LF     tt talker, sss sentence, hh = XOR of everything between $ and *
latitude ddmm.mmmmm,N|S       longitude dddmm.mmmmm,E|W       time hhmmss.sss       date ddmmyy
an unknown value is an empty field
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import reduce
from operator import xor

from simulators.fleet.reports import Sample

__all__ = ["gga", "gll", "gns", "gsa", "gst", "identification", "rmc", "sentence", "vtg", "zda"]

KNOTS_PER_MPS = 3600 / 1852
KMH_PER_MPS = 3.6
_MINUTE_PARTS = 100_000  # ddmm.mmmmm
_METRES_PER_HDOP = 2.5  # one standard deviation of range, to fill GST with something that fits the rest


def sentence(body: str) -> bytes:
    """`$` body `*hh` CR LF. body: ASCII without `$` and `*`."""
    data = body.encode("ascii")
    return b"$%s*%02X\r\n" % (data, reduce(xor, data, 0))


def identification(device: str, token: str | None = None) -> bytes:
    """Who the following sentences are from: `$PGID,<device>[,<token>]*hh`."""
    return sentence(f"PGID,{device}" if token is None else f"PGID,{device},{token}")


def rmc(sample: Sample, talker: str = "GN") -> bytes:
    """Recommended minimum: time, status A, place, knots, course, date, no variation, mode A, not for navigation."""
    return sentence(
        f"{talker}RMC,{_time(sample)},A,{_place(sample)},{_scaled(sample.speed, KNOTS_PER_MPS, 2)},"
        f"{_scaled(sample.course, 1, 1)},{_moment(sample):%d%m%y},,,A,V"
    )


def gga(sample: Sample, talker: str = "GN", *, satellites: int = 9) -> bytes:
    """Fix data: time, place, quality 1, satellites, hdop, altitude above mean sea level, geoid separation unknown."""
    altitude = _scaled(sample.altitude, 1, 1)
    return sentence(
        f"{talker}GGA,{_time(sample)},{_place(sample)},1,{satellites:02d},{_scaled(sample.hdop, 1, 1)},"
        f"{altitude},{'M' if altitude else ''},,M,,"
    )


def gll(sample: Sample, talker: str = "GN") -> bytes:
    """Place, time, status A, mode A."""
    return sentence(f"{talker}GLL,{_place(sample)},{_time(sample)},A,A")


def vtg(sample: Sample, talker: str = "GN") -> bytes:
    """Course true, course magnetic unknown, knots, km/h, mode A."""
    knots, kmh = _scaled(sample.speed, KNOTS_PER_MPS, 2), _scaled(sample.speed, KMH_PER_MPS, 2)
    return sentence(f"{talker}VTG,{_scaled(sample.course, 1, 1)},T,,M,{knots},N,{kmh},K,A")


def zda(sample: Sample, talker: str = "GN") -> bytes:
    """Time and date in full, local zone zero."""
    return sentence(f"{talker}ZDA,{_time(sample)},{_moment(sample):%d,%m,%Y},00,00")


def gns(sample: Sample, talker: str = "GN", *, satellites: int = 9) -> bytes:
    """Fix data of several systems: modes of GPS and GLONASS."""
    return sentence(
        f"{talker}GNS,{_time(sample)},{_place(sample)},AA,{satellites:02d},{_scaled(sample.hdop, 1, 1)},"
        f"{_scaled(sample.altitude, 1, 1)},,,,V"
    )


def gsa(sample: Sample, talker: str = "GN") -> bytes:
    """Automatic, three dimensions, no satellites named, only the hdop known, system 1."""
    return sentence(f"{talker}GSA,A,3,{',' * 11},,{_scaled(sample.hdop, 1, 1)},,1")


def gst(sample: Sample, talker: str = "GN") -> bytes:
    """Standard deviations of latitude, longitude and altitude in metres."""
    deviation = "" if sample.hdop is None else f"{sample.hdop * _METRES_PER_HDOP:.1f}"
    return sentence(f"{talker}GST,{_time(sample)},,,,,{deviation},{deviation},{deviation}")


SENTENCES: dict[str, Callable[[Sample, str], bytes]] = {
    "RMC": rmc, "GGA": gga, "GLL": gll, "VTG": vtg, "ZDA": zda, "GNS": gns, "GSA": gsa, "GST": gst,
}  # fmt: skip
"""Encoders by sentence name."""


def _place(sample: Sample) -> str:
    north, east = "NS"[sample.latitude < 0], "EW"[sample.longitude < 0]
    return f"{_degrees(sample.latitude, 2)},{north},{_degrees(sample.longitude, 3)},{east}"


def _degrees(value: float, width: int) -> str:
    """Degrees and minutes; in whole parts of a minute, so that no 60.00000 comes out."""
    degrees, parts = divmod(round(abs(value) * 60 * _MINUTE_PARTS), 60 * _MINUTE_PARTS)
    minutes, rest = divmod(parts, _MINUTE_PARTS)
    return f"{degrees:0{width}d}{minutes:02d}.{rest:05d}"


def _scaled(value: float | None, factor: float, places: int) -> str:
    return "" if value is None else f"{value * factor:.{places}f}"


def _moment(sample: Sample) -> datetime:
    return datetime.fromtimestamp(sample.time_ms // 1000, UTC)


def _time(sample: Sample) -> str:
    return f"{_moment(sample):%H%M%S}.{sample.time_ms % 1000:03d}"
