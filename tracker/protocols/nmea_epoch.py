"""Sentences of one instant joined into one fix.

Receivers say in several sentences what they found at one time of day: RMC where and how fast, GGA how high and how
sure, GST how exact. Theory of operation: sentences that carry a time open an epoch, or belong to the open one when
the time is the same; sentences without a time (VTG, GSA) belong to the open one. The epoch is told as one fix when the
next begins, when the stream pauses, or when it ends; what comes later for an epoch already told is left out. An epoch
in which any sentence calls itself void tells no fix.

The date comes from RMC or ZDA and is carried on over midnight; a receiver that never tells one gets the date of
reception that lies nearest to its time of day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tracker.model.batch import instant
from tracker.model.fix import Fix
from tracker.protocols.nmea_fields import Sentence

__all__ = ["EpochJoiner"]

DAY_US = 86_400_000_000
_PLACED = ("RMC", "GGA", "GNS", "GLL", "PUBX")
_ONE = timedelta(days=1)


@dataclass(slots=True)
class _Epoch:
    time_of_day: int
    received_at: int
    void: bool = False
    kinds: int = 0
    latitude: float | None = None
    longitude: float | None = None
    speed: float | None = None
    course: float | None = None
    altitude_msl: float | None = None
    hdop: float | None = None
    accuracy: float | None = None


class EpochJoiner:
    """One receiver's epochs, in the order of its stream. `alone` counts RMCs in a row that were a whole epoch."""

    __slots__ = ("_day", "_last", "_open", "_told", "alone", "void")

    def __init__(self) -> None:
        self._open: _Epoch | None = None
        self._told: int | None = None  # time of day of the epoch told last
        self._last: int | None = None  # time of day heard last, for midnight
        self._day: date | None = None
        self.alone = 0
        self.void = 0

    @property
    def last_heard(self) -> int | None:
        """When the open epoch's last sentence came, microseconds; None without an open epoch."""
        return None if self._open is None else self._open.received_at

    def add(self, sentence: Sentence, received_at: int) -> Fix | None:
        """Take a sentence; the fix of the epoch that it ends, if it ends one. received_at: microseconds."""
        told = None
        if sentence.time_of_day is not None and sentence.time_of_day != self._time_open():
            told = self.flush()
            if sentence.time_of_day == self._told:
                return told
            self._begin(sentence.time_of_day, received_at)
        if sentence.day is not None:
            self._day = sentence.day
        if self._open is not None:
            self._open.received_at = received_at
            _join(self._open, sentence)
        return told

    def flush(self) -> Fix | None:
        """End the open epoch; its fix, if it has one."""
        epoch, self._open = self._open, None
        if epoch is None:
            return None
        self._told = epoch.time_of_day
        self.alone = self.alone + 1 if epoch.kinds == 1 else 0
        if epoch.void:
            self.void += 1
            return None
        return self._fix_of(epoch)

    def _time_open(self) -> int | None:
        return None if self._open is None else self._open.time_of_day

    def _begin(self, time_of_day: int, received_at: int) -> None:
        if self._day is not None and self._last is not None and self._last - time_of_day > DAY_US // 2:
            self._day += _ONE
        self._last = time_of_day
        self._open = _Epoch(time_of_day, received_at)

    def _fix_of(self, epoch: _Epoch) -> Fix | None:
        if epoch.latitude is None or epoch.longitude is None:
            return None
        day = self._day or _nearest_day(epoch)
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return Fix(
            fix_time=midnight + timedelta(microseconds=epoch.time_of_day),
            latitude=epoch.latitude,
            longitude=epoch.longitude,
            speed_over_ground=epoch.speed,
            course_over_ground=epoch.course,
            altitude_msl=epoch.altitude_msl,
            horizontal_accuracy=epoch.accuracy,
            hdop=epoch.hdop,
        )


def _join(epoch: _Epoch, sentence: Sentence) -> None:
    """RMC's speed and course go before VTG's; of the others the first that says something."""
    placed = sentence.kind in _PLACED
    epoch.void = epoch.void or (placed and sentence.void)
    epoch.kinds += 1 if sentence.kind == "RMC" else 2
    if placed and epoch.latitude is None:
        epoch.latitude, epoch.longitude = sentence.latitude, sentence.longitude
    if sentence.kind == "RMC" or epoch.speed is None:
        epoch.speed = sentence.speed if sentence.speed is not None else epoch.speed
    if sentence.kind == "RMC" or epoch.course is None:
        epoch.course = sentence.course if sentence.course is not None else epoch.course
    if epoch.altitude_msl is None:
        epoch.altitude_msl = sentence.altitude_msl
    if epoch.hdop is None:
        epoch.hdop = sentence.hdop
    if sentence.sigma is not None:
        epoch.accuracy = 2 * math.hypot(*sentence.sigma)  # 2DRMS holds 95 % to 98 % of fixes


def _nearest_day(epoch: _Epoch) -> date:
    """The date of reception, or a neighbour of it, on which the time of day lies nearest to the reception."""
    received = instant(epoch.received_at)
    behind = epoch.received_at % DAY_US - epoch.time_of_day
    if behind > DAY_US // 2:
        return (received + _ONE).date()
    return (received - _ONE).date() if behind < -DAY_US // 2 else received.date()
