"""A recorded NMEA stream, cut into epochs by the times in its sentences, and moved to another time when wanted.

Every byte is kept, whatever it is; lines that start with `#` are the header of a recording and no part of the stream.
A time of day without a date is the one nearest to the last known instant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from simulators.encoders.nmea import sentence
from simulators.logs.errors import BadLog

__all__ = ["Epoch", "NmeaLog", "moved", "read_nmea"]

_DAY_MS = 86_400_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIME_FIELD = {b"RMC": 1, b"GGA": 1, b"GNS": 1, b"GST": 1, b"ZDA": 1, b"GLL": 5}
_CENTURY_TURNS = 80  # two-digit years from here on are of the twentieth century


@dataclass(frozen=True, slots=True)
class Epoch:
    """Lines of one instant, with their ends. time_ms: milliseconds since 1970 UTC."""

    time_ms: int
    lines: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class NmeaLog:
    """A recording: at least one epoch, in order."""

    epochs: tuple[Epoch, ...]

    def __len__(self) -> int:
        return len(self.epochs)


def read_nmea(stream: bytes) -> NmeaLog:
    """Cut a stream; what stands before the first time belongs to the first. Raises BadLog."""
    lines = [line for line in stream.splitlines(keepends=True) if not line.startswith(b"#")]
    known = next((moment for line in lines if (moment := _dated(line)) is not None), 0)
    epochs: list[Epoch] = []
    begun: list[bytes] = []
    at: int | None = None
    for line in lines:
        moment = _instant(line, known)
        if moment is not None and moment != at:
            if at is not None:
                epochs.append(Epoch(at, tuple(begun)))
                begun = []
            at = known = moment
        begun.append(line)
    if at is None:
        raise BadLog("no NMEA sentence with a time")
    return NmeaLog((*epochs, Epoch(at, tuple(begun))))


def moved(epoch: Epoch, time_ms: int) -> Epoch:
    """The same epoch at another time: times and dates replaced, checksums made anew; other lines as they are."""
    return Epoch(time_ms, tuple(_moved_line(line, time_ms) for line in epoch.lines))


def _instant(line: bytes, known: int) -> int | None:
    """When a sentence says it is, None when it says nothing."""
    if (dated := _dated(line)) is not None:
        return dated
    fields = _fields(line)
    place = _TIME_FIELD.get(fields[0][-3:])
    day_time = None if place is None or len(fields) <= place else _day_time(fields[place])
    if day_time is None:
        return None
    return known + (day_time - known % _DAY_MS + _DAY_MS // 2) % _DAY_MS - _DAY_MS // 2


def _dated(line: bytes) -> int | None:
    """The instant of a sentence that has a date too (RMC, ZDA)."""
    fields = _fields(line)
    match fields[0][-3:]:
        case b"RMC" if len(fields) > 9 and len(fields[9]) == 6 and fields[9].isdigit():
            day, month, year = (int(fields[9][at : at + 2]) for at in (0, 2, 4))
            year += 1900 if year >= _CENTURY_TURNS else 2000
        case b"ZDA" if len(fields) > 4 and all(field.isdigit() and len(field) <= 4 for field in fields[2:5]):
            day, month, year = (int(field) for field in fields[2:5])
        case _:
            return None
    day_time = _day_time(fields[1])
    try:
        midnight = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    return None if day_time is None else (midnight - _EPOCH) // timedelta(milliseconds=1) + day_time


def _day_time(field: bytes) -> int | None:
    """`hhmmss[.sss]` as milliseconds since midnight; None when it is none."""
    whole, _, rest = field.partition(b".")
    if len(whole) != 6 or not whole.isdigit() or (rest and not rest.isdigit()):
        return None
    hours, minutes, seconds = (int(whole[at : at + 2]) for at in (0, 2, 4))
    if hours > 23 or minutes > 59 or seconds > 60:
        return None
    return (hours * 60 + minutes) * 60_000 + seconds * 1000 + int((rest + b"000")[:3])


def _fields(line: bytes) -> list[bytes]:
    """The fields of a sentence, `$GPRMC` first; a single one for other lines."""
    start = line.find(b"$")
    return line[start:].strip().partition(b"*")[0].split(b",") if start >= 0 else [b""]


def _moved_line(line: bytes, time_ms: int) -> bytes:
    fields = _fields(line)
    place = _TIME_FIELD.get(fields[0][-3:])
    if place is None or len(fields) <= place or _day_time(fields[place]) is None or b"*" not in line:
        return line
    moment = datetime.fromtimestamp(time_ms // 1000, UTC)
    fields[place] = f"{moment:%H%M%S}.{time_ms % 1000:03d}".encode()
    _DATES.get(fields[0][-3:], _no_date)(fields, moment)
    try:
        body = b",".join(fields)[1:].decode("ascii")
    except UnicodeDecodeError:
        return line
    return line[: line.find(b"$")] + sentence(body)


def _rmc_date(fields: list[bytes], moment: datetime) -> None:
    if len(fields) > 9:
        fields[9] = f"{moment:%d%m%y}".encode()


def _zda_date(fields: list[bytes], moment: datetime) -> None:
    fields[2:5] = f"{moment:%d,%m,%Y}".encode().split(b",")


def _no_date(fields: list[bytes], moment: datetime) -> None:
    del fields, moment


_DATES: dict[bytes, Callable[[list[bytes], datetime], None]] = {b"RMC": _rmc_date, b"ZDA": _zda_date}
