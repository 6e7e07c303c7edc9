"""Adding, adopting and changing devices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.devices.model import hash_token, new_token
from registry.devices.store import DeviceRow, DeviceStore, UnknownRow

__all__ = ["DIALECTS", "DeviceService", "NewDevice", "as_new", "check_device"]

DIALECTS = ("", "osmand")
"""How a device reads ambiguous formats: "" as Traccar Client does, "osmand" as the OsmAnd app does."""

_ID = re.compile(r"[^\x00-\x1f\x7f,*$\ud800-\udfff]{1,128}")
_TOKEN = re.compile(r"[\x21-\x7e]{8,128}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDevice:
    """What people say of a device.

    member: id of who carries it. organisation: id; None: the member's, else the caller's own.
    token: None makes one for a new device and keeps the old one's. stale_after_s, silent_after_s: None = the server's.
    """

    device: str
    member: str | None = None
    organisation: str | None = None
    token: str | None = None
    require_token: bool = False
    dialect: str = ""
    stale_after_s: float | None = None
    silent_after_s: float | None = None
    retired: bool = False


class DeviceService:
    """Commands on devices; `caller` is the key of the organisation whose subtree the caller may touch."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def add(self, new: NewDevice, *, caller: int = 1, knocked: bool = False) -> str:
        """Add a device; its token, told only now. knocked: only one that is on the list of strangers.

        Raises BadRequest, Conflict, NotFound.
        """
        token = new.token or new_token()
        check_device(new, token)
        async with self._pool.connection() as connection:
            store = DeviceStore(connection)
            await store.lock(new.device)
            if await store.exists(new.device):
                raise Conflict(f"there is a device {new.device!r} already")
            if knocked and not await store.has_knocked(new.device):
                raise NotFound(f"no unknown device {new.device!r} has knocked: add it instead")
            await _put(store, new, token, caller)
        return token

    async def change(self, device: str, changes: Mapping[str, Any], *, caller: int = 1) -> DeviceRow:
        """Change the fields of a NewDevice that are named. Raises BadRequest, Conflict, NotFound."""
        async with self._pool.connection() as connection:
            store = DeviceStore(connection)
            await store.lock(device)
            before = as_new(await _found(store, device, caller))
            if "member" in changes and "organisation" not in changes:
                before["organisation"] = before["organisation"] if changes["member"] is None else None
            new = NewDevice(**before | dict(changes))
            check_device(new, new.token)
            await _put(store, new, new.token, caller)
            return await _found(store, device, caller)

    async def rotate_token(self, device: str, token: str | None = None, *, caller: int = 1) -> str:
        """Give it another token, told only now; the old one is refused from then on. Raises as `change` does."""
        token = token or new_token()
        await self.change(device, {"token": token}, caller=caller)
        return token

    async def device(self, device: str, *, caller: int = 1) -> DeviceRow:
        """The device of that id. Raises NotFound."""
        async with self._pool.connection() as connection:
            return await _found(DeviceStore(connection), device, caller)

    async def devices(
        self, *, caller: int = 1, after: int = 0, limit: int = 1_000_000, text: str | None = None,
        member: str | None = None, retired: bool | None = None,
    ) -> list[DeviceRow]:  # fmt: skip
        """Devices of the caller's subtree in the order of keys; text, member, retired: see `DeviceStore.below`."""
        async with self._pool.connection() as connection:
            return await DeviceStore(connection).below(
                caller, after=after, limit=limit, text=text, member=member, retired=retired
            )

    async def unknown(self, limit: int = 10_000) -> list[UnknownRow]:
        """Devices that knocked and are not registered, the latest first."""
        async with self._pool.connection() as connection:
            return await DeviceStore(connection).unknown(limit)


async def _put(store: DeviceStore, new: NewDevice, token: str | None, caller: int) -> None:
    """Store it, added or changed by its id; token None keeps what it has. Raises BadRequest, Conflict, NotFound."""
    member, organisation = await _carrier(store, new, caller)
    token_hash = None if token is None else hash_token(token)
    if token_hash is not None and await store.token_taken(token_hash, device=new.device):
        raise Conflict("another device has this token: choose another, or leave it out")
    await store.put(
        new.device, member=member, organisation=organisation, token_hash=token_hash, require_token=new.require_token,
        dialect=new.dialect, stale_after_s=new.stale_after_s, silent_after_s=new.silent_after_s, retired=new.retired,
    )  # fmt: skip


def as_new(row: DeviceRow) -> dict[str, Any]:
    """The fields of a NewDevice that say the same."""
    return {field.name: getattr(row, field.name) for field in fields(NewDevice) if field.name != "token"}


def check_device(new: NewDevice, token: str | None) -> None:
    """Raises BadRequest where id, dialect or token cannot be."""
    if _ID.fullmatch(new.device) is None or new.device != new.device.strip():
        raise BadRequest("a device's id has 1 to 128 characters, no comma, *, $ or control character")
    if new.dialect not in DIALECTS:
        raise BadRequest(f"the dialect is one of {', '.join(map(repr, DIALECTS))}")
    if token is not None and _TOKEN.fullmatch(token) is None:
        raise BadRequest("a token has 8 to 128 letters, digits and signs, no blanks; leave it out to have one made")


async def _carrier(store: DeviceStore, new: NewDevice, caller: int) -> tuple[int | None, int]:
    """(key of the member, key of the organisation): a device that is carried belongs where its member does."""
    organisation = None
    if new.organisation is not None:
        organisation = await store.organisation_key(caller, new.organisation)
        if organisation is None:
            raise NotFound(f"there is no organisation {new.organisation!r}: add or import it first")
    if new.member is None:
        return None, organisation or caller
    member = await store.member(caller, new.member)
    if member is None:
        raise NotFound(f"there is no member {new.member!r}: import or add the member first")
    if organisation not in (None, member[1]):
        raise BadRequest("a device that is carried belongs where its member does: leave the organisation out")
    return member


async def _found(store: DeviceStore, device: str, caller: int) -> DeviceRow:
    found = await store.find(caller, device)
    if found is None:
        raise NotFound(f"there is no device {device!r} that you may see")
    return found
