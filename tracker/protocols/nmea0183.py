r"""NMEA 0183 sentences (edition 4.11): one line to what it says.

    $ttsss,field,field,...*hh<CR><LF>     tt talker (GP GL GN GA GB BD GQ II ...), sss sentence, hh checksum (XOR of all
                                          between $ and *), required here

    RMC  1 time  2 status A|V  3 lat  4 N|S  5 lon  6 E|W  7 knots  8 course  9 ddmmyy  10,11 variation  12 mode  13 nav
    GGA  1 time  2 lat  3 N|S  4 lon  5 E|W  6 quality (0 void)  7 satellites  8 hdop  9 altitude MSL  10 M  11 geoid
    GLL  1 lat   2 N|S  3 lon  4 E|W  5 time  6 status A|V  7 mode
    GNS  1 time  2 lat  3 N|S  4 lon  5 E|W  6 a mode a constellation (N void)  7 satellites  8 hdop  9 altitude MSL
    VTG  1 course true  2 T  3 course magnetic  4 M  5 knots  6 N  7 km/h  8 K  9 mode
    ZDA  1 time  2 day  3 month  4 year  5,6 zone
    GSA  1 A|M  2 1 none, 2 2D, 3 3D  3-14 satellites  15 pdop  16 hdop  17 vdop
    GST  1 time  2 rms  3-5 ellipse  6 sigma of latitude, m  7 sigma of longitude, m  8 sigma of altitude, m

time hhmmss[.s...], lat ddmm.m..., lon dddmm.m...; degrees are all digits but the last two before the point, because
GPSLogger writes them without leading zeros. An empty field is unknown. Knots and km/h end here.

pynmea2 is the reference reader. It hides faults (a missing checksum, text in a number, values out of range), so the raw
fields are tested first. RMC and GGA, nearly all that ever comes, are converted here without it; tests hold that both
agree on every vector.
"""

from __future__ import annotations

from collections.abc import Callable

from tracker.protocols.errors import DecodeError
from tracker.protocols.nmea_fields import (
    Sentence,
    angle,
    checksum,
    course,
    day,
    is_hex,
    knots_to_speed,
    mode_is_void,
    not_negative,
    number,
    time_of_day,
)
from tracker.protocols.nmea_reference import REFERENCES, read_reference

__all__ = ["SENTENCES", "Sentence", "checked_fields", "read_by_reference", "read_sentence"]


def checked_fields(line: bytes) -> list[str]:
    """The fields of a line with a right checksum, the address (GPRMC) first. Raises DecodeError."""
    star = line.rfind(b"*")
    if not line.startswith(b"$") or star < 0:
        raise DecodeError("not a sentence with a checksum", line)
    body, digits = line[1:star], line[star + 1 :].strip()
    if len(digits) != 2 or not is_hex(digits) or checksum(body) != int(digits, 16):
        raise DecodeError("wrong checksum", line)
    try:
        return body.decode("ascii").split(",")
    except UnicodeDecodeError as error:
        raise DecodeError("not ASCII", line) from error


def read_sentence(line: bytes) -> Sentence | None:
    """What the line says; None for sentences that are not about position or time. Raises DecodeError."""
    fields = checked_fields(line)
    reader = SENTENCES.get(fields[0][-3:]) if len(fields[0]) == 5 else None
    if reader is None:
        return None
    try:
        return reader(fields)
    except (ValueError, IndexError) as error:
        raise DecodeError(f"{fields[0]}: {error}", line) from error


def read_by_reference(line: bytes) -> Sentence | None:
    """`read_sentence` with every value taken from pynmea2. Raises DecodeError."""
    fields = checked_fields(line)
    kind = fields[0][-3:]
    if len(fields[0]) != 5 or kind not in SENTENCES:
        return None
    try:
        return read_reference(kind, fields)
    except (ValueError, IndexError) as error:
        raise DecodeError(f"{fields[0]}: {error}", line) from error


def _rmc(fields: list[str]) -> Sentence:
    void = fields[2] != "A" or mode_is_void(fields, 12)
    return Sentence(
        kind="RMC", time_of_day=time_of_day(fields[1]), day=day(fields[9]), void=void,
        latitude=angle(fields[3], fields[4], "NS", 90), longitude=angle(fields[5], fields[6], "EW", 180),
        speed=knots_to_speed(not_negative(fields[7])), course=course(fields[8]),
    )  # fmt: skip


def _gga(fields: list[str]) -> Sentence:
    return Sentence(
        kind="GGA", time_of_day=time_of_day(fields[1]), void=fields[6] in ("", "0"),
        latitude=angle(fields[2], fields[3], "NS", 90), longitude=angle(fields[4], fields[5], "EW", 180),
        hdop=not_negative(fields[8]), altitude_msl=number(fields[9]),
    )  # fmt: skip


def _by_reference(kind: str) -> Callable[[list[str]], Sentence]:
    return lambda fields: read_reference(kind, fields)


SENTENCES: dict[str, Callable[[list[str]], Sentence]] = {kind: _by_reference(kind) for kind in REFERENCES} | {
    "RMC": _rmc,
    "GGA": _gga,
}
"""The sentences that are read, by their three letters."""
