"""Who may sign in, and who a session belongs to."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound, NotSignedIn, TooMany
from registry.api.route import Caller, Role
from registry.devices.model import hash_token
from registry.users.attempts import Attempts
from registry.users.passwords import SHORTEST, hash_password, password_matches
from registry.users.store import UserStore

__all__ = ["SESSION_LIFETIME", "Session", "UserService"]

SESSION_LIFETIME = timedelta(hours=12)
_NAME = re.compile(r"[\w.@+-]{1,64}")


@dataclass(frozen=True, slots=True)
class Session:
    """A session just opened; the token is told once and kept as a hash only."""

    token: str
    expires_at: datetime
    caller: Caller


class UserService:
    """Commands on users and sessions. clock: monotonic seconds, for the limit of attempts."""

    def __init__(self, pool: AsyncConnectionPool, clock: Callable[[], float]) -> None:
        self._pool, self._clock = pool, clock
        self._attempts = Attempts()

    async def add(self, name: str, password: str, role: Role, organisation: str) -> None:
        """Add a user. Raises BadRequest, Conflict, NotFound."""
        if _NAME.fullmatch(name) is None:
            raise BadRequest("a user's name has 1 to 64 letters, digits and . _ - @ +")
        password_hash = await _hashed(password)
        async with self._pool.connection() as connection:
            store = UserStore(connection)
            key = await store.organisation_key(organisation)
            if key is None:
                raise NotFound(f"there is no organisation {organisation!r}")
            if not await store.put(name, password_hash, role, key):
                raise Conflict(f"there is a user {name!r} already: 'gridwarden user passwd' changes the password")

    async def set_password(self, name: str, password: str) -> None:
        """Change it; all the user's sessions end. Raises BadRequest, NotFound."""
        password_hash = await _hashed(password)
        async with self._pool.connection() as connection:
            if not await UserStore(connection).set_password(name, password_hash):
                raise NotFound(f"there is no user {name!r}")

    async def everybody(self) -> list[tuple[str, str, str, bool]]:
        """(name, role, organisation id, disabled) of everybody."""
        async with self._pool.connection() as connection:
            return await UserStore(connection).all()

    async def sign_in(self, name: str, password: str, address: str) -> Session:
        """Open a session. Raises NotSignedIn, and TooMany after too many failures of this name or address."""
        keys = (f"name {name}", f"address {address.rpartition(':')[0]}")
        wait = max(self._attempts.wait(key, self._clock()) for key in keys)
        if wait > 0:
            raise TooMany("too many failed attempts: wait before you try again", retry_after_s=wait)
        async with self._pool.connection() as connection:
            secret = await UserStore(connection).secret_of(name)
        if not await asyncio.to_thread(password_matches, password, secret[1] if secret else None) or secret is None:
            for key in keys:
                self._attempts.failed(key, self._clock())
            raise NotSignedIn("name or password is wrong")
        for key in keys:
            self._attempts.succeeded(key)
        return await self._open(secret[0], address)

    async def caller(self, token: str) -> Caller | None:
        """Who holds this session."""
        async with self._pool.connection() as connection:
            return await UserStore(connection).caller_of(hash_token(token))

    async def sign_out(self, token: str) -> None:
        """End the session."""
        async with self._pool.connection() as connection:
            await UserStore(connection).end_session(hash_token(token))

    async def _open(self, user: int, address: str) -> Session:
        token, expires_at = secrets.token_urlsafe(32), datetime.now(UTC) + SESSION_LIFETIME
        async with self._pool.connection() as connection:
            store = UserStore(connection)
            await store.open_session(hash_token(token), user, expires_at, address)
            caller = await store.caller_of(hash_token(token))
        if caller is None:
            raise NotSignedIn("the user was disabled meanwhile")
        return Session(token, expires_at, caller)


async def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= 256:
        raise BadRequest(f"a password has {SHORTEST} to 256 characters")
    return await asyncio.to_thread(hash_password, password)
