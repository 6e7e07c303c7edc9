"""Users and sessions in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from registry.api.route import Caller, Role

__all__ = ["UserStore"]


class UserStore:
    """One connection's view; the caller ends the transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def secret_of(self, name: str) -> tuple[int, str] | None:
        """(key, password hash) of a user who may sign in."""
        row = await self._row("SELECT key, password_hash FROM users WHERE name = %s AND NOT disabled", (name,))
        return None if row is None else (int(row[0]), str(row[1]))

    async def put(self, name: str, password_hash: str, role: Role, organisation: int) -> bool:
        """Add a user; False when the name is taken."""
        row = await self._row(
            """INSERT INTO users (name, password_hash, role, organisation) VALUES (%s, %s, %s, %s)
               ON CONFLICT (name) DO NOTHING RETURNING key""",
            (name, password_hash, role, organisation),
        )
        return row is not None

    async def set_password(self, name: str, password_hash: str) -> bool:
        """Change it and end the user's sessions; False when there is no such user."""
        row = await self._row(
            "UPDATE users SET password_hash = %s WHERE name = %s RETURNING key", (password_hash, name)
        )
        if row is None:
            return False
        await self._connection.execute('DELETE FROM sessions WHERE "user" = %s', (row[0],))
        return True

    async def all(self) -> list[tuple[str, str, str, bool]]:
        """(name, role, organisation id, disabled) of everybody, by name."""
        cursor = await self._connection.execute(
            """SELECT u.name, u.role, o.id, u.disabled FROM users u JOIN organisations o ON o.key = u.organisation
               ORDER BY u.name"""
        )
        return await cursor.fetchall()

    async def organisation_key(self, organisation: str) -> int | None:
        """The key of an organisation."""
        row = await self._row("SELECT key FROM organisations WHERE id = %s", (organisation,))
        return None if row is None else int(row[0])

    async def open_session(self, token_hash: bytes, user: int, expires_at: datetime, address: str) -> None:
        """Keep a session; ended ones of everybody are dropped on the way."""
        await self._connection.execute("DELETE FROM sessions WHERE expires_at < now()")
        await self._connection.execute(
            'INSERT INTO sessions (token_hash, "user", expires_at, address) VALUES (%s, %s, %s, %s)',
            (token_hash, user, expires_at, address),
        )

    async def end_session(self, token_hash: bytes) -> None:
        """Forget it."""
        await self._connection.execute("DELETE FROM sessions WHERE token_hash = %s", (token_hash,))

    async def caller_of(self, token_hash: bytes) -> Caller | None:
        """Who holds this session, None when it is not one or has ended."""
        row = await self._row(
            """SELECT u.key, u.name, u.role, u.organisation, o.id,
                      COALESCE(u.member, (SELECT m.key FROM members m WHERE u.role = 'member' AND m.id = u.name))
               FROM sessions s JOIN users u ON u.key = s."user" JOIN organisations o ON o.key = u.organisation
               WHERE s.token_hash = %s AND s.expires_at > now() AND NOT u.disabled""",
            (token_hash,),
        )
        if row is None:
            return None
        user, name, role, organisation, organisation_id, member = row
        return Caller(
            user=user, name=name, role=Role(role), organisation=organisation, organisation_id=organisation_id,
            member=member,
        )  # fmt: skip

    async def _row(self, query: str, values: tuple[object, ...]) -> Any:
        return await (await self._connection.execute(query.encode(), values)).fetchone()
