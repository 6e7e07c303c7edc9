"""Sentences through pynmea2, the reference reader; this is its one doorway.

pynmea2 hides faults, so `read_reference` tests the raw fields first, and what pynmea2 makes up for absent ones (0.0
degrees) is not taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pynmea2

from tracker.protocols.nmea_fields import (
    Sentence,
    angle,
    course,
    day,
    knots_to_speed,
    mode_is_void,
    not_negative,
    number,
    time_of_day,
)

__all__ = ["REFERENCES", "read_reference"]


def read_reference(kind: str, fields: Sequence[str]) -> Sentence:
    """What a sentence with a right checksum says. Raises ValueError and IndexError."""
    _raw_tests(kind, fields)
    try:
        parsed = pynmea2.parse("$" + ",".join(fields), check=False)  # the checksum was tested
        return REFERENCES[kind](parsed, fields)
    except (pynmea2.ParseError, AttributeError, TypeError) as error:
        raise ValueError(str(error)) from error


def _raw_tests(kind: str, fields: Sequence[str]) -> None:
    """Refuse what pynmea2 would hide: every field that is used must have its form."""
    for place, test in _RAW_TESTS[kind].items():
        test(fields[place])
    if kind in _PLACES:
        latitude = _PLACES[kind]
        angle(fields[latitude], fields[latitude + 1], "NS", 90)
        angle(fields[latitude + 2], fields[latitude + 3], "EW", 180)


def _optional(text: str) -> object:
    return text or None


_RAW_TESTS: dict[str, dict[int, Callable[[str], object]]] = {
    "RMC": {1: time_of_day, 7: not_negative, 8: course, 9: day},
    "GGA": {1: time_of_day, 8: not_negative, 9: number},
    "GLL": {5: time_of_day, 6: _optional},
    "GNS": {1: time_of_day, 8: not_negative, 9: number},
    "VTG": {1: course, 5: not_negative, 7: not_negative},
    "ZDA": {1: time_of_day, 2: number, 3: number, 4: number},
    "GSA": {2: number, 16: not_negative},
    "GST": {1: time_of_day, 6: not_negative, 7: not_negative},
}
_PLACES = {"RMC": 3, "GGA": 2, "GLL": 1, "GNS": 2}
"""Where the latitude stands in sentences that have one."""


def _place(read: pynmea2.NMEASentence) -> tuple[float | None, float | None]:
    """pynmea2 gives 0.0 for what is not there, and wants digits behind the point."""

    def signed(text: str, letter: str) -> float | None:
        if not text:
            return None
        whole, _, fraction = text.partition(".")
        degrees = int(whole[:-2] or 0) + float(f"{whole[-2:]}.{fraction or 0}") / 60.0
        return degrees if letter in "NE" else -degrees

    return signed(read.lat, read.lat_dir), signed(read.lon, read.lon_dir)


def _float(value: object) -> float | None:
    return None if value is None or value == "" else float(str(value))


def _reference_rmc(read: pynmea2.NMEASentence, fields: Sequence[str]) -> Sentence:
    latitude, longitude = _place(read)
    return Sentence(
        kind="RMC", time_of_day=time_of_day(fields[1]), day=day(fields[9]),
        void=read.status != "A" or mode_is_void(fields, 12), latitude=latitude, longitude=longitude,
        speed=knots_to_speed(_float(read.spd_over_grnd)), course=course(str(fields[8])),
    )  # fmt: skip


def _reference_gga(read: pynmea2.NMEASentence, fields: Sequence[str]) -> Sentence:
    latitude, longitude = _place(read)
    return Sentence(
        kind="GGA", time_of_day=time_of_day(fields[1]), void=not read.gps_qual, latitude=latitude, longitude=longitude,
        hdop=_float(read.horizontal_dil), altitude_msl=_float(read.altitude),
    )  # fmt: skip


def _reference_gll(read: pynmea2.NMEASentence, fields: Sequence[str]) -> Sentence:
    latitude, longitude = _place(read)
    return Sentence(
        kind="GLL", time_of_day=time_of_day(fields[5]), void=read.status != "A" or mode_is_void(fields, 7),
        latitude=latitude, longitude=longitude,
    )  # fmt: skip


def _reference_gns(read: pynmea2.NMEASentence, fields: Sequence[str]) -> Sentence:
    latitude, longitude = _place(read)
    return Sentence(
        kind="GNS", time_of_day=time_of_day(fields[1]), void=not fields[6].strip("N"), latitude=latitude,
        longitude=longitude, hdop=_float(fields[8]), altitude_msl=_float(fields[9]),
    )  # fmt: skip


def _reference_vtg(read: pynmea2.NMEASentence, fields: Sequence[str]) -> Sentence:
    knots, kmh = _float(read.spd_over_grnd_kts), _float(fields[7])
    speed = knots_to_speed(knots) if knots is not None else None if kmh is None else kmh / 3.6
    return Sentence(kind="VTG", void=mode_is_void(fields, 9), speed=speed, course=course(str(fields[1])))


def _reference_zda(read: pynmea2.NMEASentence, fields: Sequence[str]) -> Sentence:
    if not all((read.day, read.month, read.year)):
        return Sentence(kind="ZDA", time_of_day=time_of_day(fields[1]))
    whole = date(int(read.year), int(read.month), int(read.day))
    return Sentence(kind="ZDA", time_of_day=time_of_day(fields[1]), day=whole)


def _reference_gsa(read: pynmea2.NMEASentence, fields: Sequence[str]) -> Sentence:
    return Sentence(kind="GSA", void=fields[2] == "1", hdop=number(fields[16]))


def _reference_gst(read: pynmea2.NMEASentence, fields: Sequence[str]) -> Sentence:
    latitude, longitude = _float(read.std_dev_latitude), _float(read.std_dev_longitude)
    sigma = None if latitude is None or longitude is None else (latitude, longitude)
    return Sentence(kind="GST", time_of_day=time_of_day(fields[1]), sigma=sigma)


REFERENCES: dict[str, Callable[[pynmea2.NMEASentence, Sequence[str]], Sentence]] = {
    "RMC": _reference_rmc,
    "GGA": _reference_gga,
    "GLL": _reference_gll,
    "GNS": _reference_gns,
    "VTG": _reference_vtg,
    "ZDA": _reference_zda,
    "GSA": _reference_gsa,
    "GST": _reference_gst,
}
