"""Devices as the tracking side reads them, and the record of strangers."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection

from registry.devices.model import Device, DeviceId

__all__ = ["changed_devices", "find_device", "find_device_by_token_hash", "record_unknown"]

MOST_UNKNOWN = 10_000
"""Strangers kept for adoption; the longest silent go first."""

_SELECT = """SELECT d.key, d.id, d.member, m.id, m.name, m.post, COALESCE(m.organisation, d.organisation),
                    d.token_hash, d.require_token, d.dialect, d.stale_after_s, d.silent_after_s,
                    COALESCE(m.on_duty, true), d.retired
             FROM devices d LEFT JOIN members m ON m.key = d.member """


async def changed_devices(connection: AsyncConnection, since: int | None) -> tuple[list[Device], int]:
    """Devices that changed, or whose member did, since an earlier call told `since` (None: all), and the new `since`.

    A transaction still open at one look is seen by the next, so nothing is missed; some may come twice.
    """
    cursor = await connection.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
    row = await cursor.fetchone()
    assert row is not None
    if since is None:
        cursor = await connection.execute(_SELECT)
    else:
        cursor = await connection.execute(
            _SELECT + "WHERE d.changed >= %(since)s::text::xid8 OR m.changed >= %(since)s::text::xid8",
            {"since": str(since)},
        )
    return [_device(found) for found in await cursor.fetchall()], int(row[0])


async def find_device(connection: AsyncConnection, device_id: str) -> Device | None:
    """The device of that id, retired ones included."""
    return await _one(connection, "WHERE d.id = %s", device_id)


async def find_device_by_token_hash(connection: AsyncConnection, token_hash: bytes) -> Device | None:
    """The device with that token."""
    return await _one(connection, "WHERE d.token_hash = %s", token_hash)


async def record_unknown(connection: AsyncConnection, device_id: str, *, protocol: str, address: str) -> None:
    """Note that a stranger knocked; bounded by MOST_UNKNOWN."""
    await connection.execute(
        """INSERT INTO unknown_devices (id, protocol, address) VALUES (%s, %s, %s)
           ON CONFLICT (id) DO UPDATE SET last_seen = now(), attempts = unknown_devices.attempts + 1,
               protocol = EXCLUDED.protocol, address = EXCLUDED.address""",
        (device_id.replace("\x00", ""), protocol, address),
    )
    await connection.execute(
        """DELETE FROM unknown_devices WHERE id IN
           (SELECT id FROM unknown_devices ORDER BY last_seen DESC OFFSET %s)""",
        (MOST_UNKNOWN,),
    )


async def _one(connection: AsyncConnection, where: str, value: object) -> Device | None:
    row = await (await connection.execute((_SELECT + where).encode(), (value,))).fetchone()
    return None if row is None else _device(row)


def _device(row: tuple[Any, ...]) -> Device:
    (key, device_id, member, member_id, member_name, post, organisation, token_hash, require_token, dialect,
     stale_after_s, silent_after_s, on_duty, retired) = row  # fmt: skip
    return Device(
        key=key, id=DeviceId(device_id), member=member, member_id=member_id, member_name=member_name, post=post,
        organisation=organisation, token_hash=None if token_hash is None else bytes(token_hash),
        require_token=require_token, dialect=dialect, stale_after_s=stale_after_s, silent_after_s=silent_after_s,
        on_duty=on_duty, retired=retired,
    )  # fmt: skip
