"""A phone becomes a member's handheld: by a code that an administrator shows, or by the member's password."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Conflict, Forbidden, NotFound, NotSignedIn, TooMany
from registry.api.route import Caller
from registry.devices.model import hash_token, new_token
from registry.enrolment.model import LIFETIME, as_typed, new_code
from registry.enrolment.store import Carrier, EnrolmentStore
from registry.members.store import MemberStore
from registry.users.attempts_store import Attempts
from registry.users.passwords import hash_password
from registry.users.service import Session, UserService

__all__ = ["Code", "EnrolmentService", "Handheld"]

_MOST_BY_ADDRESS = 30
"""Failures in five minutes; a code has 60 bits and fifteen minutes."""

_NAME = re.compile(r"[\w.@+-]{1,64}")
_UNFIT = re.compile(r"[^\w.@+-]")
_LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class Code:
    """A code just made, told once and kept as a hash only."""

    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Handheld:
    """What a phone needs. device, token: of its positions and its websocket; the token is told only now."""

    member: str
    name: str
    device: str
    token: str


class EnrolmentService:
    """Commands on handhelds. clock: unix seconds, for the limit of attempts."""

    def __init__(self, pool: AsyncConnectionPool, users: UserService, clock: Callable[[], float]) -> None:
        self._pool, self._users, self._clock = pool, users, clock
        self._by_address = Attempts(pool, "enrolment address", most=_MOST_BY_ADDRESS)

    async def invite(self, member: str, caller: Caller) -> Code:
        """A code for a member below the caller; it takes the place of the member's last. Raises NotFound."""
        code, expires_at = new_code(secrets.choice), datetime.now(UTC) + LIFETIME
        async with self._pool.connection() as connection:
            found = await MemberStore(connection).find(caller.organisation, member)
            if found is None:
                raise NotFound(f"there is no member {member!r} that you may see")
            await EnrolmentStore(connection).put(found.key, hash_token(code), caller.user, expires_at)
        return Code(code, expires_at)

    async def enrol(self, code: str, address: str) -> tuple[Handheld, Session]:
        """Use the code up. The phone that the member had before is signed out. Raises Forbidden, NotFound, TooMany."""
        host = await self._begin(address)
        async with self._pool.connection() as connection:
            store = EnrolmentStore(connection)
            carrier = await store.take(hash_token(as_typed(code)), datetime.now(UTC))
            if carrier is None:
                raise NotFound("this code is wrong, used or too old: have another one shown")
            await store.lock(carrier)
            user = await _user(store, carrier)
            await store.sign_out(user)
            handheld = await _device(store, carrier)
        await self._by_address.forgive(host)
        return handheld, await self._users.open(user, address)

    async def own(self, caller: Caller) -> Handheld:
        """For a member who signed in by name and password: the phone that had the handheld before loses it."""
        async with self._pool.connection() as connection:
            store = EnrolmentStore(connection)
            carrier = None if caller.member is None else await store.carrier(caller.member)
            if carrier is None:
                raise Forbidden("this user is joined to no member: an administrator can do that")
            await store.lock(carrier)
            return await _device(store, carrier)

    async def renew(self, token: str, address: str) -> Session:
        """Another session for who carries the device with that token. Raises Forbidden, NotSignedIn, TooMany."""
        host = await self._begin(address)
        async with self._pool.connection() as connection:
            store = EnrolmentStore(connection)
            carrier = await store.carrier_of(hash_token(token))
            if carrier is None:
                raise NotSignedIn("no handheld has this token any more: sign in again")
            await store.lock(carrier)
            user = await _user(store, carrier)
        await self._by_address.forgive(host)
        return await self._users.open(user, address)

    async def _begin(self, address: str) -> str:
        """Count an attempt; the host it comes from. Raises TooMany."""
        host = address.rpartition(":")[0] or address
        wait = await self._by_address.begin(host, self._clock())
        if wait:
            raise TooMany("too many failed attempts: wait before you try again", retry_after_s=wait)
        return host


async def _nobody_knows() -> str:
    """The hash of a password that nobody knows: such a user signs in by a code until somebody sets another."""
    return await asyncio.to_thread(hash_password, secrets.token_urlsafe(32))


async def _user(store: EnrolmentStore, carrier: Carrier) -> int:
    """Key of the member's user, made where there is none; never another role's. Raises Forbidden."""
    found = await store.user_of(carrier)
    if found is None:
        password_hash = await _nobody_knows()
        for name in (carrier.id, f"member-{carrier.key}", f"member-{carrier.key}-{secrets.token_hex(4)}"):
            added = await store.add_user(carrier, name, password_hash) if _NAME.fullmatch(name) else None
            if added is not None:
                return added
        raise Conflict("the user of this member cannot be named: try again")
    if found[1]:
        raise Forbidden("this member's user was disabled: an administrator can enable it")
    return found[0]


async def _device(store: EnrolmentStore, carrier: Carrier) -> Handheld:
    """The member's handheld with a new token; a retired one stays retired, and another takes its place."""
    token, fit = new_token(), _UNFIT.sub("-", carrier.id)[:_LONGEST_ID]
    for device in (f"handheld-{fit}", f"handheld-{fit}-{carrier.key}", f"handheld-{fit}-{secrets.token_hex(4)}"):
        if await store.put_device(carrier, device, hash_token(token)):
            return Handheld(carrier.id, carrier.name, device, token)
    raise Conflict("the handheld of this member cannot be named: try again")
