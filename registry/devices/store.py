"""Devices in the database, for people: listing, adding, adopting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

__all__ = ["DeviceRow", "DeviceStore", "UnknownRow"]


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device as people see it."""

    key: int
    device: str
    member: str | None
    organisation: str
    require_token: bool
    has_token: bool
    dialect: str
    retired: bool


@dataclass(frozen=True, slots=True)
class UnknownRow:
    """A device that knocked and is not registered."""

    device: str
    protocol: str
    address: str
    first_seen: datetime
    last_seen: datetime
    attempts: int


_VISIBLE = "COALESCE(m.organisation, d.organisation) IN " \
    "(SELECT descendant FROM organisation_closure WHERE ancestor = %(caller)s)"  # fmt: skip


class DeviceStore:
    """Reads are limited to the subtree of `caller`, an organisation's key; 1 is the root and sees all."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def below(self, caller: int, *, after: int, limit: int) -> list[DeviceRow]:
        """Devices in the order of keys."""
        async with self._connection.cursor(row_factory=class_row(DeviceRow)) as cursor:
            await cursor.execute(
                f"""SELECT d.key, d.id AS device, m.id AS member, o.id AS organisation, d.require_token,
                           d.token_hash IS NOT NULL AS has_token, d.dialect, d.retired
                    FROM devices d LEFT JOIN members m ON m.key = d.member
                    JOIN organisations o ON o.key = COALESCE(m.organisation, d.organisation)
                    WHERE d.key > %(after)s AND {_VISIBLE} ORDER BY d.key LIMIT %(limit)s""",  # noqa: S608 - a constant
                {"caller": caller, "after": after, "limit": limit},
            )
            return await cursor.fetchall()

    async def unknown(self, limit: int) -> list[UnknownRow]:
        """Strangers, the latest first."""
        async with self._connection.cursor(row_factory=class_row(UnknownRow)) as cursor:
            await cursor.execute(
                """SELECT id AS device, protocol, address, first_seen, last_seen, attempts FROM unknown_devices
                   ORDER BY last_seen DESC, id LIMIT %s""",
                (limit,),
            )
            return await cursor.fetchall()

    async def add(
        self, device: str, *, member: int | None, organisation: int, token_hash: bytes | None, require_token: bool,
        dialect: str,
    ) -> bool:  # fmt: skip
        """Add it and take it off the list of strangers; False when the id is taken."""
        cursor = await self._connection.execute(
            """INSERT INTO devices (id, member, organisation, token_hash, require_token, dialect)
               VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING RETURNING key""",
            (device, member, organisation, token_hash, require_token, dialect),
        )
        await self._connection.execute("DELETE FROM unknown_devices WHERE id = %s", (device,))
        return await cursor.fetchone() is not None

    async def member_key(self, caller: int, member: str) -> int | None:
        """The key of a member in the caller's subtree."""
        return await self._key(
            """SELECT key FROM members WHERE id = %s
               AND organisation IN (SELECT descendant FROM organisation_closure WHERE ancestor = %s)""",
            (member, caller),
        )

    async def organisation_key(self, caller: int, organisation: str) -> int | None:
        """The key of an organisation in the caller's subtree."""
        return await self._key(
            """SELECT key FROM organisations WHERE id = %s
               AND key IN (SELECT descendant FROM organisation_closure WHERE ancestor = %s)""",
            (organisation, caller),
        )

    async def token_taken(self, token_hash: bytes) -> bool:
        """Whether another device has this token."""
        return await self._key("SELECT key FROM devices WHERE token_hash = %s", (token_hash,)) is not None

    async def _key(self, query: str, values: tuple[Any, ...]) -> int | None:
        row = await (await self._connection.execute(query.encode(), values)).fetchone()
        return None if row is None else int(row[0])
