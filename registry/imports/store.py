"""What an import asks and stores by chunks: a few statements whatever the number of rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from psycopg import AsyncConnection
from psycopg.rows import class_row

from registry.devices.service import NewDevice
from registry.members.model import MemberDraft

__all__ = ["DeviceWrite", "ImportStore"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceWrite:
    """A device to store. organisation: key; token_hash None: as it was."""

    new: NewDevice
    organisation: int
    token_hash: bytes | None


class ImportStore:
    """One connection's view of everybody's rows: an import is the operator's, who may see all."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def organisations(self, ids: Collection[str]) -> dict[str, int]:
        """Keys by id, of those that exist."""
        cursor = await self._connection.execute("SELECT id, key FROM organisations WHERE id = ANY(%s)", (list(ids),))
        return dict(await cursor.fetchall())

    async def grids(self, ids: Collection[str]) -> set[str]:
        """Those ids that are grids."""
        cursor = await self._connection.execute(
            "SELECT id FROM organisations WHERE id = ANY(%s) AND level = 'grid'", (list(ids),)
        )
        return {grid for (grid,) in await cursor.fetchall()}

    async def homes_of_members(self, ids: Collection[str]) -> dict[str, int]:
        """Key of the member's organisation by the member's id, of those that exist."""
        cursor = await self._connection.execute("SELECT id, organisation FROM members WHERE id = ANY(%s)", (list(ids),))
        return dict(await cursor.fetchall())

    async def members(self, ids: Collection[str]) -> dict[str, MemberDraft]:
        """Members by id, of those that exist."""
        async with self._connection.cursor(row_factory=class_row(MemberDraft)) as cursor:
            await cursor.execute(
                """SELECT m.id, m.name, o.id AS organisation, m.posts, m.skills, m.phone, m.on_duty,
                          ARRAY(SELECT g.id FROM member_grids x JOIN organisations g ON g.key = x.organisation
                                WHERE x.member = m.key ORDER BY g.key) AS grids
                   FROM members m JOIN organisations o ON o.key = m.organisation WHERE m.id = ANY(%s)""",
                (list(ids),),
            )
            return {member.id: member for member in await cursor.fetchall()}

    async def owners_of_tokens(self, hashes: Sequence[bytes]) -> dict[bytes, str]:
        """Device ids by the hash of their token, of those that some device has."""
        cursor = await self._connection.execute(
            "SELECT token_hash, id FROM devices WHERE token_hash = ANY(%s)", (list(hashes),)
        )
        return {bytes(token_hash): device for token_hash, device in await cursor.fetchall()}

    async def put_members(self, members: Sequence[tuple[MemberDraft, int]]) -> None:
        """Add or change them; each with the key of its organisation."""
        async with self._connection.cursor() as cursor:
            await cursor.executemany(
                """INSERT INTO members (id, name, organisation, posts, skills, phone, on_duty)
                   VALUES (%s, %s, %s, %s, %s, %s, %s)
                   ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, organisation = EXCLUDED.organisation,
                       posts = EXCLUDED.posts, skills = EXCLUDED.skills, phone = EXCLUDED.phone,
                       on_duty = EXCLUDED.on_duty""",
                [
                    (one.id, one.name, organisation, one.posts, one.skills, one.phone, one.on_duty)
                    for one, organisation in members
                ],
            )
        await self._put_grids([one for one, _ in members])

    async def _put_grids(self, members: Sequence[MemberDraft]) -> None:
        await self._connection.execute(
            "DELETE FROM member_grids WHERE member IN (SELECT key FROM members WHERE id = ANY(%s))",
            ([one.id for one in members],),
        )
        pairs = [(one.id, grid) for one in members for grid in one.grids]
        await self._connection.execute(
            """INSERT INTO member_grids
               SELECT m.key, g.key FROM unnest(%s::text[], %s::text[]) AS said (member, grid)
               JOIN members m ON m.id = said.member JOIN organisations g ON g.id = said.grid
               WHERE g.key <> m.organisation""",
            ([member for member, _ in pairs], [grid for _, grid in pairs]),
        )

    async def put_devices(self, devices: Sequence[DeviceWrite]) -> None:
        """Add or change them, and take them off the list of strangers."""
        # once a chunk: a statement prepared while the table was small would look through all of it for every row
        cursor = await self._connection.execute(
            "SELECT id, key FROM members WHERE id = ANY(%s)", ([one.new.member for one in devices],)
        )
        members: dict[str | None, int] = dict(await cursor.fetchall())
        async with self._connection.cursor() as cursor:
            await cursor.executemany(
                """INSERT INTO devices (id, member, organisation, token_hash, require_token, dialect, stale_after_s,
                                        silent_after_s)
                   VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
                   ON CONFLICT (id) DO UPDATE SET member = EXCLUDED.member, organisation = EXCLUDED.organisation,
                       token_hash = COALESCE(EXCLUDED.token_hash, devices.token_hash),
                       require_token = EXCLUDED.require_token, dialect = EXCLUDED.dialect,
                       stale_after_s = EXCLUDED.stale_after_s, silent_after_s = EXCLUDED.silent_after_s""",
                [
                    (one.new.device, members.get(one.new.member), one.organisation, one.token_hash,
                     one.new.require_token, one.new.dialect, one.new.stale_after_s, one.new.silent_after_s)
                    for one in devices
                ],
            )  # fmt: skip
            await cursor.execute(
                "DELETE FROM unknown_devices WHERE id = ANY(%s)", ([one.new.device for one in devices],)
            )
