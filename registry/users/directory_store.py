"""What administrators see and change of users below them, and what everybody sees of his own sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Forbidden, NotFound
from registry.api.route import Caller, Role
from registry.devices.model import hash_token
from registry.users.service import UserService

__all__ = ["OpenSession", "User", "UserDirectory"]


@dataclass(frozen=True, slots=True)
class User:
    """A user. organisation, member: ids."""

    key: int
    name: str
    role: str
    organisation: str
    member: str | None
    disabled: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that stands. address: where it was opened from."""

    id: str
    user: str
    created_at: datetime
    expires_at: datetime
    address: str
    is_this: bool


_SELECT = """SELECT u.key, u.name, u.role, o.id AS organisation, m.id AS member, u.disabled, u.created_at
             FROM users u JOIN organisations o ON o.key = u.organisation
             JOIN organisation_closure c ON c.descendant = u.organisation AND c.ancestor = %(caller)s
             LEFT JOIN members m ON m.key = u.member"""


class UserDirectory:
    """Users over one connection each, limited to the caller's subtree in SQL."""

    def __init__(self, pool: AsyncConnectionPool, users: UserService) -> None:
        self._pool, self._users = pool, users

    async def page(self, caller: Caller, *, after: int, limit: int) -> list[User]:
        """In the order of keys."""
        async with self._pool.connection() as connection:
            return await _users(
                connection, "WHERE u.key > %(after)s ORDER BY u.key LIMIT %(limit)s", caller, after=after, limit=limit
            )

    async def find(self, name: str, caller: Caller) -> User:
        """One of them. Raises NotFound."""
        async with self._pool.connection() as connection:
            return await _found(connection, name, caller)

    async def add(self, caller: Caller, *, name: str, password: str, role: Role, organisation: str) -> User:
        """Add one below the caller. Raises BadRequest, Conflict, NotFound."""
        await self._see(organisation, caller)
        await self._users.add(name, password, role, organisation)
        return await self.find(name, caller)

    async def change(self, name: str, caller: Caller, changes: Mapping[str, Any]) -> User:
        """Change role, organisation, member or disabled; who is disabled or moved is signed out.

        Raises BadRequest (the caller himself), NotFound.
        """
        found = await self.find(name, caller)
        if found.name == caller.name:
            raise BadRequest("ask another administrator to change you: nobody locks himself out")
        if "organisation" in changes:
            await self._see(changes["organisation"], caller)
        async with self._pool.connection() as connection:
            if changes.get("member") is not None:
                await self._tie(connection, changes["member"], caller)
            await connection.execute(
                """UPDATE users u SET role = COALESCE(%(role)s, u.role), disabled = COALESCE(%(disabled)s, u.disabled),
                       organisation = COALESCE((SELECT key FROM organisations WHERE id = %(organisation)s),
                                               u.organisation),
                       member = CASE WHEN %(ties)s THEN (SELECT key FROM members WHERE id = %(member)s)
                                ELSE u.member END
                   WHERE u.key = %(key)s""",
                {
                    "key": found.key, "role": changes.get("role"), "disabled": changes.get("disabled"),
                    "organisation": changes.get("organisation"), "ties": "member" in changes,
                    "member": changes.get("member"),
                },
            )  # fmt: skip
            if changes.get("disabled") or changes.keys() & {"role", "organisation"}:
                await connection.execute('DELETE FROM sessions WHERE "user" = %s', (found.key,))
            return await _found(connection, name, caller)

    async def set_password(self, name: str, password: str, caller: Caller) -> None:
        """Of oneself, or of a user below an administrator; all sessions of the user end.

        Raises BadRequest, Forbidden, NotFound.
        """
        if name != caller.name:
            if caller.role is not Role.ADMINISTRATOR:
                raise Forbidden("only an administrator sets another's password")
            await self.find(name, caller)
        await self._users.set_password(name, password)

    async def sessions(self, name: str, caller: Caller, token: str | None) -> list[OpenSession]:
        """Of oneself, or of a user below an administrator, the newest first. Raises Forbidden, NotFound."""
        await self._may(name, caller)
        rows = class_row(OpenSession)
        async with self._pool.connection() as connection, connection.cursor(row_factory=rows) as cursor:
            await cursor.execute(
                """SELECT s.id, u.name AS "user", s.created_at, s.expires_at, s.address,
                          s.token_hash = %s AS is_this
                   FROM sessions s JOIN users u ON u.key = s."user"
                   WHERE u.name = %s AND s.expires_at > now() ORDER BY s.created_at DESC LIMIT 1000""",
                (b"" if token is None else hash_token(token), name),
            )
            return await cursor.fetchall()

    async def end_session(self, session: str, caller: Caller) -> None:
        """One's own, or of a user below an administrator. Raises Forbidden, NotFound."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(
                'SELECT u.name FROM sessions s JOIN users u ON u.key = s."user" WHERE s.id = %s', (session,)
            )
            row = await cursor.fetchone()
        if row is None:
            raise NotFound("there is no such session that you may end")
        try:
            await self._may(row[0], caller)
        except (Forbidden, NotFound) as refusal:
            raise NotFound("there is no such session that you may end") from refusal
        async with self._pool.connection() as connection:
            await connection.execute("DELETE FROM sessions WHERE id = %s", (session,))

    async def _may(self, name: str, caller: Caller) -> None:
        if name != caller.name:
            if caller.role is not Role.ADMINISTRATOR:
                raise Forbidden("these are another's")
            await self.find(name, caller)

    async def _see(self, organisation: str, caller: Caller) -> None:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(
                """SELECT 1 FROM organisations o JOIN organisation_closure c ON c.descendant = o.key
                   WHERE o.id = %s AND c.ancestor = %s""",
                (organisation, caller.organisation),
            )
            if await cursor.fetchone() is None:
                raise NotFound(f"there is no organisation {organisation!r} that you may see")

    async def _tie(self, connection: AsyncConnection, member: str, caller: Caller) -> None:
        cursor = await connection.execute(
            """SELECT 1 FROM members m JOIN organisation_closure c ON c.descendant = m.organisation
               WHERE m.id = %s AND c.ancestor = %s""",
            (member, caller.organisation),
        )
        if await cursor.fetchone() is None:
            raise NotFound(f"there is no member {member!r} that you may see")


async def _found(connection: AsyncConnection, name: str, caller: Caller) -> User:
    rows = await _users(connection, "WHERE u.name = %(name)s", caller, name=name)
    if not rows:
        raise NotFound(f"there is no user {name!r} that you may see")
    return rows[0]


async def _users(connection: AsyncConnection, where: str, caller: Caller, **values: Any) -> list[User]:
    async with connection.cursor(row_factory=class_row(User)) as cursor:
        await cursor.execute(f"{_SELECT} {where}".encode(), values | {"caller": caller.organisation})
        return await cursor.fetchall()
