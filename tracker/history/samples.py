"""Everybody's way through a span of time, thinned to a position a step: what a page plays the past from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
import orjson
from psycopg import AsyncConnection
from psycopg.rows import class_row

from tracker.history.plans import look_once_a_device
from tracker.history.tracks import columns_from_arrays

__all__ = ["NO_SAMPLES", "SAMPLE_ROW", "Carrier", "Samples", "read_samples", "samples_to_columns"]

SAMPLE_ROW = np.dtype(
    [
        ("device", "<i4"),  # its key
        ("fix_time", "<i8"),  # microseconds since 1970 UTC
        ("latitude", "<f8"),  # degrees
        ("longitude", "<f8"),
        ("speed", "<f4"),  # m/s; NaN unknown, so with the course
        ("course", "<f4"),  # degrees true
    ]
)

Samples = npt.NDArray[np.void]
"""Array of SAMPLE_ROW, shape (n,), by device and fix time."""

NO_SAMPLES: Samples = np.empty(0, SAMPLE_ROW)

_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z
_PLACES = 6  # digits of a degree: a decimetre


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A device and the member who carried it. key: the device's, as in the frames of /live; organisation: id."""

    key: int
    device: str
    member: str
    name: str
    post: str | None
    organisation: str


_SUBTREE = """members.organisation IN (SELECT descendant FROM organisation_closure WHERE ancestor = %(caller)s)
      AND (%(organisation)s::text IS NULL OR members.organisation IN (
            SELECT descendant FROM organisation_closure
            WHERE ancestor = (SELECT key FROM organisations WHERE id = %(organisation)s)))
      AND carried.since < %(until)s AND coalesce(carried.until, 'infinity') > %(since)s - %(window)s"""

_CARRIERS = """
    SELECT DISTINCT ON (devices.key) devices.key, devices.id AS device, members.id AS member, members.name,
           members.post, organisations.id AS organisation
    FROM members
    JOIN organisations ON organisations.key = members.organisation
    JOIN device_carriers carried ON carried.member = members.key
    JOIN devices ON devices.key = carried.device
    WHERE {subtree} ORDER BY devices.key, carried.since DESC
""".replace("{subtree}", _SUBTREE)

# A position is a member's where it says so, or where it says nobody and he carried the device then.
_SAMPLES = """
    SELECT count(*), array_agg(device), array_agg(fix_time), array_agg(latitude), array_agg(longitude),
           array_agg(speed), array_agg(course)
    FROM (
        SELECT DISTINCT ON (sample.device, sample.fix_time) sample.* FROM members
        JOIN device_carriers carried ON carried.member = members.key
        CROSS JOIN LATERAL (
            (SELECT device, fix_time, latitude, longitude, coalesce(speed, 'NaN') AS speed,
                    coalesce(course, 'NaN') AS course
             FROM positions
             WHERE device = carried.device AND fix_time <= %(since)s AND fix_time > %(since)s - %(window)s
               AND (member = members.key OR member IS NULL AND fix_time >= carried.since
                    AND fix_time < coalesce(carried.until, 'infinity'))
             ORDER BY fix_time DESC LIMIT 1)
            UNION ALL
            (SELECT DISTINCT ON (ceil(extract(epoch FROM fix_time - %(since)s) / %(step)s)) device, fix_time, latitude,
                    longitude, coalesce(speed, 'NaN'), coalesce(course, 'NaN')
             FROM positions
             WHERE device = carried.device AND fix_time > %(since)s AND fix_time <= %(until)s
               AND (member = members.key OR member IS NULL AND fix_time >= carried.since
                    AND fix_time < coalesce(carried.until, 'infinity'))
             ORDER BY ceil(extract(epoch FROM fix_time - %(since)s) / %(step)s), fix_time DESC)
        ) sample
        WHERE {subtree}
        ORDER BY sample.device, sample.fix_time LIMIT %(limit)s
    ) samples
""".replace("{subtree}", _SUBTREE)


async def read_samples(
    connection: AsyncConnection, *, since: datetime, until: datetime, step: timedelta, window: timedelta,
    organisation: str | None, caller: int, limit: int,
) -> tuple[Sequence[Carrier], Samples]:  # fmt: skip
    """Of each device carried in the caller's subtree: where it was at `since`, then the last position of each step.

    since, until: both included. window: how old the first one may be. organisation: the id of a narrower subtree.
    """
    values = {
        "since": since, "until": until, "step": step.total_seconds(), "window": window, "organisation": organisation,
        "caller": caller, "limit": limit,
    }  # fmt: skip
    who = connection.cursor(row_factory=class_row(Carrier))
    await who.execute(_CARRIERS, values)
    carriers = await who.fetchall()
    await look_once_a_device(connection)
    cursor = connection.cursor(binary=True)
    await cursor.execute(_SAMPLES, values)
    result = cursor.pgresult
    assert result is not None
    n = int.from_bytes(result.get_value(0, 0) or b"", "big")
    if not n:
        return carriers, NO_SAMPLES
    arrays = [result.get_value(0, column) or b"" for column in range(1, result.nfields)]
    return carriers, columns_from_arrays(arrays, n, SAMPLE_ROW)


def samples_to_columns(carriers: Sequence[Carrier], samples: Samples, since: datetime, until: datetime) -> bytes:
    """A JSON object: who, and an array a column; `time` is seconds after `since`, unknown numbers are null."""
    since_us = round(since.timestamp() * 1e6)
    columns: dict[str, object] = {
        "device": np.ascontiguousarray(samples["device"]),
        "time": np.round((samples["fix_time"] - since_us) / 1e6, 3),
        "latitude": np.round(samples["latitude"], _PLACES),
        "longitude": np.round(samples["longitude"], _PLACES),
        "speed": np.ascontiguousarray(samples["speed"]),
        "course": np.ascontiguousarray(samples["course"]),
    }
    head = {"from": since, "to": until, "count": len(samples), "carriers": [asdict(one) for one in carriers]}
    return orjson.dumps(head | columns, option=_OPTIONS)
