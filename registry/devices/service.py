"""Adding and adopting devices."""

from __future__ import annotations

import re
from dataclasses import dataclass

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.devices.model import hash_token, new_token
from registry.devices.store import DeviceRow, DeviceStore, UnknownRow

__all__ = ["DIALECTS", "DeviceService", "NewDevice"]

DIALECTS = ("", "osmand")
"""How a device reads ambiguous formats: "" as Traccar Client does, "osmand" as the OsmAnd app does."""

_ID = re.compile(r"[^\x00-\x1f\x7f,*$]{1,128}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDevice:
    """What to add; token None makes one."""

    device: str
    member: str | None = None
    organisation: str | None = None
    token: str | None = None
    require_token: bool = False
    dialect: str = ""


class DeviceService:
    """Commands on devices; `caller` is the key of the organisation whose subtree the caller may touch."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def add(self, new: NewDevice, *, caller: int = 1) -> str:
        """Add a device; its token, told only now. Raises BadRequest, Conflict, NotFound."""
        if _ID.fullmatch(new.device) is None or new.device != new.device.strip():
            raise BadRequest("a device's id has 1 to 128 characters, no comma, *, $ or control character")
        if new.dialect not in DIALECTS:
            raise BadRequest(f"the dialect is one of {', '.join(map(repr, DIALECTS))}")
        if new.token is not None and not 8 <= len(new.token) <= 128:
            raise BadRequest("a token has 8 to 128 characters; leave it out to have one made")
        token = new.token or new_token()
        async with self._pool.connection() as connection:
            await self._add(DeviceStore(connection), new, token, caller)
        return token

    async def devices(self, *, caller: int = 1, after: int = 0, limit: int = 1_000_000) -> list[DeviceRow]:
        """Devices of the caller's subtree in the order of keys."""
        async with self._pool.connection() as connection:
            return await DeviceStore(connection).below(caller, after=after, limit=limit)

    async def unknown(self, limit: int = 10_000) -> list[UnknownRow]:
        """Devices that knocked and are not registered, the latest first."""
        async with self._pool.connection() as connection:
            return await DeviceStore(connection).unknown(limit)

    async def _add(self, store: DeviceStore, new: NewDevice, token: str, caller: int) -> None:
        member = organisation = None
        if new.member is not None:
            member = await store.member_key(caller, new.member)
            if member is None:
                raise NotFound(f"there is no member {new.member!r}: import or add the member first")
        if new.organisation is not None:
            organisation = await store.organisation_key(caller, new.organisation)
            if organisation is None:
                raise NotFound(f"there is no organisation {new.organisation!r}")
        if await store.token_taken(hash_token(token)):
            raise Conflict("another device has this token: choose another, or leave it out")
        added = await store.add(
            new.device, member=member, organisation=organisation or caller, token_hash=hash_token(token),
            require_token=new.require_token, dialect=new.dialect,
        )  # fmt: skip
        if not added:
            raise Conflict(f"there is a device {new.device!r} already")
