"""Reading what is stored. Every query of the people's side is limited to the caller's organisation subtree, in SQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg import AsyncConnection
from psycopg.rows import class_row

from registry.api.problems import NotFound
from tracker.history.exports import fixes_as_csv, fixes_as_gpx, fixes_as_jsonl
from tracker.history.plans import look_once_a_device
from tracker.history.tracks import NO_TRACK, Track, track_from_arrays
from tracker.model.fix import Fix

__all__ = [
    "RefusedRow",
    "ReplayRow",
    "StoredFix",
    "devices_of_member",
    "export_positions",
    "find_device",
    "read_fixes",
    "read_refused",
    "read_replay",
    "read_track",
]

_FIXES = """
    SELECT fix_time, received_at, latitude, longitude, speed, course, altitude, accuracy, hdop, battery, attributes
    FROM positions
    WHERE device = %(device)s
      AND fix_time >= coalesce(%(since)s::timestamptz, '-infinity')
      AND fix_time < coalesce(%(until)s::timestamptz, 'infinity')
    ORDER BY fix_time LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFix:
    """A row of `positions`, in the units of `Fix`; distance: metres from the one before."""

    fix_time: datetime
    received_at: datetime
    latitude: float
    longitude: float
    speed: float | None
    course: float | None
    altitude: float | None
    accuracy: float | None
    hdop: float | None
    battery: float | None
    attributes: Mapping[str, object] | None

    def to_fix(self) -> Fix:
        """As the device said it."""
        attributes = dict(self.attributes or {})
        event = attributes.pop("event", None)
        return Fix(
            fix_time=self.fix_time, latitude=self.latitude, longitude=self.longitude, speed_over_ground=self.speed,
            course_over_ground=self.course, altitude_msl=self.altitude, horizontal_accuracy=self.accuracy,
            hdop=self.hdop, battery=self.battery, event=None if event is None else str(event), attributes=attributes,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A fix that was refused; key orders those received at the same instant."""

    key: int
    reason: str
    fix_time: datetime | None
    received_at: datetime
    latitude: float | None
    longitude: float | None
    detail: Mapping[str, object] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayRow:
    """Where a member was at a past moment. key: the device's."""

    member: str
    name: str
    post: str | None
    organisation: str
    device: str
    key: int
    fix_time: datetime
    latitude: float
    longitude: float
    speed: float | None
    course: float | None


@dataclass(frozen=True, slots=True)
class MemberDevices:
    """A member the caller may see, and the keys of the devices he ever carried."""

    key: int
    name: str
    devices: list[int]


async def devices_of_member(connection: AsyncConnection, member_id: str, *, caller: int) -> MemberDevices | None:
    """None when there is no such member within the caller's subtree."""
    cursor = connection.cursor(row_factory=class_row(MemberDevices))
    await cursor.execute(
        """
        SELECT key, name, ARRAY(SELECT DISTINCT device FROM device_carriers WHERE member = members.key) AS devices
        FROM members
        WHERE id = %(member)s
          AND organisation IN (SELECT descendant FROM organisation_closure WHERE ancestor = %(caller)s)
        """,
        {"member": member_id, "caller": caller},
    )
    return await cursor.fetchone()


async def find_device(connection: AsyncConnection, device_id: str, *, caller: int) -> int | None:
    """The key of a device within the caller's subtree: that of its member's organisation, else of its own."""
    cursor = await connection.execute(
        """
        SELECT devices.key FROM devices LEFT JOIN members ON members.key = devices.member
        WHERE devices.id = %(device)s AND coalesce(members.organisation, devices.organisation)
              IN (SELECT descendant FROM organisation_closure WHERE ancestor = %(caller)s)
        """,
        {"device": device_id, "caller": caller},
    )
    row = await cursor.fetchone()
    return None if row is None else int(row[0])


# One row of whole columns: 86,400 rows of Python objects would take longer than everything else together.
_TRACK = """
    SELECT count(*), array_agg(fix_time), array_agg(latitude), array_agg(longitude), array_agg(speed),
           array_agg(course), array_agg(altitude), array_agg(accuracy), array_agg(battery), array_agg(distance)
    FROM (
        SELECT fix_time, latitude, longitude, coalesce(speed, 'NaN') AS speed, coalesce(course, 'NaN') AS course,
               coalesce(altitude, 'NaN') AS altitude, coalesce(accuracy, 'NaN') AS accuracy,
               coalesce(battery, 'NaN') AS battery, distance
        FROM positions
        WHERE device = ANY(%(devices)s) AND fix_time >= %(since)s AND fix_time < %(until)s
          AND (member = %(member)s OR member IS NULL AND EXISTS (
                SELECT FROM device_carriers carrier
                WHERE carrier.member = %(member)s AND carrier.device = positions.device
                  AND positions.fix_time >= carrier.since
                  AND positions.fix_time < coalesce(carrier.until, 'infinity')))
        ORDER BY fix_time LIMIT %(limit)s
    ) track
"""


async def read_track(
    connection: AsyncConnection, member: MemberDevices, *, since: datetime, until: datetime, limit: int
) -> Track:
    """A member's positions with since <= fix time < until, in fix-time order, the first `limit` of them."""
    if not member.devices:
        return NO_TRACK
    cursor = connection.cursor(binary=True)
    await cursor.execute(
        _TRACK,
        {"devices": member.devices, "member": member.key, "since": since, "until": until, "limit": limit},
    )
    result = cursor.pgresult
    assert result is not None
    n = int.from_bytes(result.get_value(0, 0) or b"", "big")
    if not n:
        return NO_TRACK
    return track_from_arrays([result.get_value(0, column) or b"" for column in range(1, result.nfields)], n)


async def read_fixes(
    connection: AsyncConnection, device: int, *, since: datetime | None, until: datetime | None, limit: int
) -> list[StoredFix]:
    """Stored fixes of one device with since <= fix time < until, oldest first."""
    cursor = connection.cursor(row_factory=class_row(StoredFix))
    await cursor.execute(_FIXES, {"device": device, "since": since, "until": until, "limit": limit})
    return await cursor.fetchall()


async def read_refused(
    connection: AsyncConnection, device: int, *, before: tuple[datetime, int] | None, limit: int
) -> list[RefusedRow]:
    """Refused fixes of one device, the newest first; before: received_at and key of the last one seen."""
    cursor = connection.cursor(row_factory=class_row(RefusedRow))
    await cursor.execute(
        """
        SELECT key, reason, fix_time, received_at, latitude, longitude, detail FROM refused_fixes
        WHERE device = %(device)s
          AND (%(received_at)s::timestamptz IS NULL OR (received_at, key) < (%(received_at)s, %(key)s::bigint))
        ORDER BY received_at DESC, key DESC LIMIT %(limit)s
        """,
        {
            "device": device,
            "received_at": before[0] if before else None,
            "key": before[1] if before else None,
            "limit": limit,
        },
    )
    return await cursor.fetchall()


_REPLAY = """
    SELECT DISTINCT ON (members.key) members.id AS member, members.name, members.post, organisations.id AS organisation,
           devices.id AS device, devices.key, position.*
    FROM members
    JOIN organisations ON organisations.key = members.organisation
    JOIN device_carriers carried ON carried.member = members.key
    JOIN devices ON devices.key = carried.device
    CROSS JOIN LATERAL (
        SELECT fix_time, latitude, longitude, speed, course FROM positions
        WHERE positions.device = carried.device
          AND positions.fix_time <= %(at)s AND positions.fix_time > %(at)s - %(window)s
          AND (positions.member = members.key OR positions.member IS NULL AND positions.fix_time >= carried.since
               AND positions.fix_time < coalesce(carried.until, 'infinity'))
        ORDER BY positions.fix_time DESC LIMIT 1
    ) position
    WHERE members.organisation IN (SELECT descendant FROM organisation_closure WHERE ancestor = %(caller)s)
      AND (%(organisation)s::text IS NULL OR members.organisation IN (
            SELECT descendant FROM organisation_closure
            WHERE ancestor = (SELECT key FROM organisations WHERE id = %(organisation)s)))
    ORDER BY members.key, position.fix_time DESC
"""


async def read_replay(
    connection: AsyncConnection, *, at: datetime, window: timedelta, organisation: str | None, caller: int
) -> list[ReplayRow]:
    """Each member's last position at or before `at`, none older than `window`, of the caller's subtree.

    organisation: the id of a narrower subtree.
    """
    cursor = connection.cursor(row_factory=class_row(ReplayRow))
    await look_once_a_device(connection)
    await cursor.execute(_REPLAY, {"at": at, "window": window, "organisation": organisation, "caller": caller})
    return await cursor.fetchall()


async def export_positions(
    connection: AsyncConnection,
    device_id: str,
    since: datetime | None = None,
    until: datetime | None = None,
    file_format: str = "jsonl",
) -> AsyncIterator[bytes]:
    """Every stored fix of a device as `jsonl`, `csv` or `gpx`, oldest first, since <= fix time < until; streamed.

    Not limited to a subtree: for the operator's command line. Raises NotFound when there is no such device.
    """
    fixes = _stored_fixes(connection, device_id, since, until)
    match file_format:
        case "jsonl":
            chunks = fixes_as_jsonl(fixes)
        case "csv":
            chunks = fixes_as_csv(fixes)
        case "gpx":
            chunks = fixes_as_gpx(fixes, device_id)
        case _:
            raise ValueError(f"no export format {file_format!r}: jsonl, csv or gpx")
    async for chunk in chunks:
        yield chunk


async def _stored_fixes(
    connection: AsyncConnection, device_id: str, since: datetime | None, until: datetime | None
) -> AsyncIterator[Fix]:
    cursor = await connection.execute("SELECT key FROM devices WHERE id = %s", (device_id,))
    row = await cursor.fetchone()
    if row is None:
        raise NotFound(f"there is no device {device_id!r}")
    async with connection.transaction(), connection.cursor("export", row_factory=class_row(StoredFix)) as rows:
        rows.itersize = 5_000
        await rows.execute(_FIXES, {"device": row[0], "since": since, "until": until, "limit": None})
        async for stored in rows:
            yield stored.to_fix()
