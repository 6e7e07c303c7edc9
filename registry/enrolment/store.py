"""Enrolment codes, and what they open, in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from registry.api.route import Role

__all__ = ["Carrier", "EnrolmentStore"]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A member who gets a handheld. organisation: key."""

    key: int
    id: str
    name: str
    organisation: int


_CARRIER = "SELECT m.key, m.id, m.name, m.organisation FROM members m "


class EnrolmentStore:
    """One connection's view; the caller ends the transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, member: int, code_hash: bytes, by_user: int, expires_at: datetime) -> None:
        """Keep the member's code in place of an earlier one; those that have ended are dropped on the way."""
        await self._connection.execute("DELETE FROM enrolments WHERE expires_at < now()")
        await self._connection.execute(
            """INSERT INTO enrolments (member, code_hash, by_user, expires_at) VALUES (%s, %s, %s, %s)
               ON CONFLICT (member) DO UPDATE SET code_hash = EXCLUDED.code_hash, by_user = EXCLUDED.by_user,
                   expires_at = EXCLUDED.expires_at""",
            (member, code_hash, by_user, expires_at),
        )

    async def take(self, code_hash: bytes, now: datetime) -> Carrier | None:
        """Whose code it was: it opens nothing any more."""
        row = await self._row(
            """WITH taken AS (DELETE FROM enrolments WHERE code_hash = %s AND expires_at > %s RETURNING member)
               SELECT m.key, m.id, m.name, m.organisation FROM members m JOIN taken t ON t.member = m.key""",
            (code_hash, now),
        )
        return None if row is None else Carrier(*row)

    async def carrier(self, member: int) -> Carrier | None:
        """The member of that key."""
        row = await self._row(_CARRIER + "WHERE m.key = %s", (member,))
        return None if row is None else Carrier(*row)

    async def carrier_of(self, token_hash: bytes) -> Carrier | None:
        """Who carries the device with that token."""
        row = await self._row(
            _CARRIER + "JOIN devices d ON d.member = m.key WHERE d.token_hash = %s AND NOT d.retired", (token_hash,)
        )
        return None if row is None else Carrier(*row)

    async def lock(self, carrier: Carrier) -> None:
        """Wait until no other phone of the member is let in, to the end of the transaction."""
        await self._connection.execute("SELECT FROM members WHERE key = %s FOR UPDATE", (carrier.key,))

    async def user_of(self, carrier: Carrier) -> tuple[int, bool] | None:
        """(key, disabled) of the member's user: tied to the member, or of the member's id as name."""
        row = await self._row(
            """SELECT key, disabled FROM users WHERE role = %(role)s
               AND (member = %(key)s OR (member IS NULL AND name = %(id)s)) ORDER BY member NULLS LAST, key LIMIT 1""",
            {"role": Role.MEMBER, "key": carrier.key, "id": carrier.id},
        )
        return None if row is None else (int(row[0]), bool(row[1]))

    async def add_user(self, carrier: Carrier, name: str, password_hash: str) -> int | None:
        """Its key; None when the name is taken."""
        row = await self._row(
            """INSERT INTO users (name, password_hash, role, organisation, member) VALUES (%s, %s, %s, %s, %s)
               ON CONFLICT (name) DO NOTHING RETURNING key""",
            (name, password_hash, Role.MEMBER, carrier.organisation, carrier.key),
        )
        return None if row is None else int(row[0])

    async def sign_out(self, user: int) -> None:
        """End the user's sessions: those of the phone that was carried before."""
        await self._connection.execute('DELETE FROM sessions WHERE "user" = %s', (user,))

    async def put_device(self, carrier: Carrier, device: str, token_hash: bytes) -> bool:
        """The member's device of that id has this token from now on; False where the id is another's, or retired."""
        row = await self._row(
            """INSERT INTO devices (id, member, organisation, token_hash, require_token) VALUES (%s, %s, %s, %s, true)
               ON CONFLICT (id) DO UPDATE SET token_hash = EXCLUDED.token_hash
                   WHERE devices.member = EXCLUDED.member AND NOT devices.retired RETURNING key""",
            (device, carrier.key, carrier.organisation, token_hash),
        )
        return row is not None

    async def _row(self, query: str, values: Any) -> Any:
        return await (await self._connection.execute(query.encode(), values)).fetchone()
