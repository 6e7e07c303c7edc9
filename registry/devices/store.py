"""Devices in the database, for people: listing, adding, adopting, changing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

__all__ = ["DeviceRow", "DeviceStore", "UnknownRow"]


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device as people see it. member, organisation: ids; member_name: of who carries it."""

    key: int
    device: str
    member: str | None
    member_name: str | None
    organisation: str
    require_token: bool
    has_token: bool
    dialect: str
    stale_after_s: float | None
    silent_after_s: float | None
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


class DeviceStore:
    """Reads are limited to the subtree of `caller`, an organisation's key; 1 is the root and sees all."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def below(
        self, caller: int, *, after: int = 0, limit: int, devices: Sequence[str] | None = None,
        text: str | None = None, member: str | None = None, retired: bool | None = None,
    ) -> list[DeviceRow]:  # fmt: skip
        """Devices in the order of keys; only those ids, of that member (id), retired or not, with that text.

        text: part of the device's id or of the name of who carries it, in any case.
        """
        async with self._connection.cursor(row_factory=class_row(DeviceRow)) as cursor:
            await cursor.execute(
                """SELECT d.key, d.id AS device, m.id AS member, m.name AS member_name, o.id AS organisation,
                          d.require_token, d.token_hash IS NOT NULL AS has_token, d.dialect, d.stale_after_s,
                          d.silent_after_s, d.retired
                   FROM devices d LEFT JOIN members m ON m.key = d.member
                   JOIN organisations o ON o.key = COALESCE(m.organisation, d.organisation)
                   WHERE d.key > %(after)s AND (%(devices)s::text[] IS NULL OR d.id = ANY(%(devices)s))
                     AND COALESCE(m.organisation, d.organisation) IN
                         (SELECT descendant FROM organisation_closure WHERE ancestor = %(caller)s)
                     AND (%(text)s::text IS NULL OR strpos(lower(d.id), lower(%(text)s)) > 0
                          OR strpos(lower(m.name), lower(%(text)s)) > 0)
                     AND (%(member)s::text IS NULL OR m.id = %(member)s)
                     AND (%(retired)s::bool IS NULL OR d.retired = %(retired)s)
                   ORDER BY d.key LIMIT %(limit)s""",
                {"caller": caller, "after": after, "limit": limit, "devices": devices, "text": text, "member": member,
                 "retired": retired},
            )  # fmt: skip
            return await cursor.fetchall()

    async def find(self, caller: int, device: str) -> DeviceRow | None:
        """One of the caller's subtree by id."""
        return next(iter(await self.below(caller, limit=1, devices=[device])), None)

    async def lock(self, device: str) -> None:
        """Wait until nobody else changes the device of that id, there or not, to the end of the transaction."""
        await self._connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('device ' || %s, 0))", (device,))

    async def exists(self, device: str) -> bool:
        """Whether the id is taken, in anybody's subtree."""
        return await self._key("SELECT key FROM devices WHERE id = %s", (device,)) is not None

    async def unknown(self, limit: int) -> list[UnknownRow]:
        """Strangers, the latest first."""
        async with self._connection.cursor(row_factory=class_row(UnknownRow)) as cursor:
            await cursor.execute(
                """SELECT id AS device, protocol, address, first_seen, last_seen, attempts FROM unknown_devices
                   ORDER BY last_seen DESC, id LIMIT %s""",
                (limit,),
            )
            return await cursor.fetchall()

    async def has_knocked(self, device: str) -> bool:
        """Whether it is on the list of strangers."""
        cursor = await self._connection.execute("SELECT FROM unknown_devices WHERE id = %s", (device,))
        return await cursor.fetchone() is not None

    async def put(
        self, device: str, *, member: int | None, organisation: int, token_hash: bytes | None, require_token: bool,
        dialect: str, stale_after_s: float | None, silent_after_s: float | None, retired: bool,
    ) -> None:  # fmt: skip
        """Add it and take it off the list of strangers, or change the one of that id. token_hash None: as it was."""
        await self._connection.execute(
            """INSERT INTO devices (id, member, organisation, token_hash, require_token, dialect, stale_after_s,
                                    silent_after_s, retired)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
               ON CONFLICT (id) DO UPDATE SET member = EXCLUDED.member, organisation = EXCLUDED.organisation,
                   token_hash = COALESCE(EXCLUDED.token_hash, devices.token_hash),
                   require_token = EXCLUDED.require_token, dialect = EXCLUDED.dialect,
                   stale_after_s = EXCLUDED.stale_after_s, silent_after_s = EXCLUDED.silent_after_s,
                   retired = EXCLUDED.retired""",
            (device, member, organisation, token_hash, require_token, dialect, stale_after_s, silent_after_s, retired),
        )
        await self._connection.execute("DELETE FROM unknown_devices WHERE id = %s", (device,))

    async def member(self, caller: int, member: str) -> tuple[int, int] | None:
        """(key, key of the organisation) of a member in the caller's subtree."""
        cursor = await self._connection.execute(
            """SELECT key, organisation FROM members WHERE id = %s
               AND organisation IN (SELECT descendant FROM organisation_closure WHERE ancestor = %s)""",
            (member, caller),
        )
        return await cursor.fetchone()

    async def organisation_key(self, caller: int, organisation: str) -> int | None:
        """The key of an organisation in the caller's subtree."""
        return await self._key(
            """SELECT key FROM organisations WHERE id = %s
               AND key IN (SELECT descendant FROM organisation_closure WHERE ancestor = %s)""",
            (organisation, caller),
        )

    async def token_taken(self, token_hash: bytes, *, device: str) -> bool:
        """Whether a device other than this has the token."""
        found = await self._key("SELECT key FROM devices WHERE token_hash = %s AND id <> %s", (token_hash, device))
        return found is not None

    async def _key(self, query: str, values: tuple[Any, ...]) -> int | None:
        row = await (await self._connection.execute(query.encode(), values)).fetchone()
        return None if row is None else int(row[0])
