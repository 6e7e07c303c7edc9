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
from registry.users.attempts_store import Attempts
from registry.users.passwords import SHORTEST, hash_password, password_matches
from registry.users.store import UserStore

__all__ = ["SESSION_LIFETIME", "Session", "UserService"]

SESSION_LIFETIME = timedelta(hours=12)
_MOST_BY_NAME = 10
_MOST_BY_ADDRESS = 50
"""Failed attempts in five minutes; an office shares an address."""

_MOST_HASHING = 2
"""Passwords checked at once: each takes a thread, a core and 32 MiB."""

_NAME = re.compile(r"[\w.@+-]{1,64}")


@dataclass(frozen=True, slots=True)
class Session:
    """A session just opened; the token is told once and kept as a hash only."""

    token: str
    expires_at: datetime
    caller: Caller


class UserService:
    """Commands on users and sessions. clock: unix seconds, for the limit of attempts."""

    def __init__(self, pool: AsyncConnectionPool, clock: Callable[[], float]) -> None:
        self._pool, self._clock = pool, clock
        self._by_name = Attempts(pool, "sign-in name", most=_MOST_BY_NAME)
        self._by_address = Attempts(pool, "sign-in address", most=_MOST_BY_ADDRESS)
        self._hashing = asyncio.Semaphore(_MOST_HASHING)

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
        await self._begin(name, _host(address))
        async with self._pool.connection() as connection:
            secret = await UserStore(connection).secret_of(name)
        if not await self._matches(password, secret[1] if secret else None) or secret is None:
            raise NotSignedIn("name or password is wrong")
        await self._by_name.forgive(name)
        await self._by_address.forgive(_host(address))
        return await self.open(secret[0], address)

    async def open(self, user: int, address: str) -> Session:
        """A session of a user (key) whose right to it was checked. Raises NotSignedIn."""
        token, expires_at = secrets.token_urlsafe(32), datetime.now(UTC) + SESSION_LIFETIME
        async with self._pool.connection() as connection:
            store = UserStore(connection)
            await store.open_session(hash_token(token), user, expires_at, address)
            caller = await store.caller_of(hash_token(token))
        if caller is None:
            raise NotSignedIn("the user was disabled meanwhile")
        return Session(token, expires_at, caller)

    async def caller(self, token: str) -> Caller | None:
        """Who holds this session."""
        async with self._pool.connection() as connection:
            return await UserStore(connection).caller_of(hash_token(token))

    async def sign_out(self, token: str) -> None:
        """End the session."""
        async with self._pool.connection() as connection:
            await UserStore(connection).end_session(hash_token(token))

    async def _begin(self, name: str, host: str) -> None:
        """Count it before the name is looked up, so that names that exist and others take as long. Raises TooMany."""
        now_s = self._clock()
        wait = await self._by_address.begin(host, now_s)
        if not wait:
            wait = await self._by_name.begin(name, now_s)
            if wait:
                await self._by_address.forgive(host)
        if wait:
            raise TooMany("too many failed attempts: wait before you try again", retry_after_s=wait)

    async def _matches(self, password: str, password_hash: str | None) -> bool:
        async with self._hashing:
            return await asyncio.to_thread(password_matches, password, password_hash)


def _host(address: str) -> str:
    return address.rpartition(":")[0] or address


async def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= 256:
        raise BadRequest(f"a password has {SHORTEST} to 256 characters")
    return await asyncio.to_thread(hash_password, password)
