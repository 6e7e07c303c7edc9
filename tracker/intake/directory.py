"""Which device is speaking: the registry's devices by id, by token and by key, kept fresh from the store.

Looked up in memory; one that is not there is asked of the registry once before it is refused, so that a device may
send the moment it was added. What strangers can make it remember is bounded.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Protocol

from registry.devices.model import Device, hash_token, token_matches
from tracker.intake.errors import UnknownDevice, WrongToken

__all__ = ["DeviceRegistry", "Directory"]

_STRANGERS = 10_000
_ASK_AGAIN_S = 0.5
_LONGEST_ID = 128


class DeviceRegistry(Protocol):
    """The registry's side of the directory; any process may ask it."""

    async def find_device(self, device_id: str) -> Device | None:
        """The device of that id."""
        ...

    async def find_device_by_token_hash(self, token_hash: bytes) -> Device | None:
        """The device with that token."""
        ...

    async def record_unknown(self, device_id: str, *, protocol: str, address: str) -> None:
        """Note that a stranger knocked."""
        ...


class Directory:
    """The devices that may speak. `learn` is called with what changed; listeners hear of it in the same call."""

    def __init__(self, registry: DeviceRegistry, *, clock: Callable[[], float]) -> None:
        """clock: monotonic seconds."""
        self._registry = registry
        self._clock = clock
        self._by_id: dict[str, Device] = {}
        self._by_token: dict[bytes, Device] = {}
        self._by_key: dict[int, Device] = {}
        self._strangers: OrderedDict[str, float] = OrderedDict()
        self._wrong_tokens: OrderedDict[str, float] = OrderedDict()
        self._asking: dict[str, asyncio.Future[Device | None]] = {}
        self._listeners: list[Callable[[list[Device]], None]] = []

    def __len__(self) -> int:
        return len(self._by_key)

    def on_change(self, listener: Callable[[list[Device]], None]) -> None:
        """Call `listener` with every device learnt from now on."""
        self._listeners.append(listener)

    def learn(self, devices: Iterable[Device]) -> None:
        """Take new or changed devices, retired ones included."""
        learnt = list(devices)
        for device in learnt:
            self._replace(device)
        if learnt:
            for listener in self._listeners:
                listener(learnt)

    def find(self, device_id: str) -> Device | None:
        """The device as far as this process knows; retired ones are not found."""
        return self._by_id.get(device_id)

    def by_key(self, key: int) -> Device | None:
        """The device of that key, retired or not."""
        return self._by_key.get(key)

    async def identify(self, device_id: str, token: str | None, *, protocol: str, address: str) -> Device:
        """The device that calls itself so, its token checked where it sent one or must send one.

        A device with one field only may send its token as its id. Raises UnknownDevice (and records the stranger for
        adoption) and WrongToken.
        """
        device = self._by_id.get(device_id)
        if device is None:
            device = self._by_token.get(hash_token(device_id)) or await self._ask(device_id, protocol, address)
        if device.id == device_id:
            _check_token(device, token)
        return device

    def known(self, device_id: str, token: str | None) -> Device | None:
        """The device that calls itself so, where no look-up is needed to say so; `identify` decides all else."""
        device = self._by_id.get(device_id)
        if device is None or device.require_token or token is not None:
            return None
        return device

    async def identify_token(self, token: str) -> Device:
        """The device whose token this is. Raises WrongToken."""
        token_hash = hash_token(token)
        device = self._by_token.get(token_hash)
        if device is None:
            lookup = partial(self._registry.find_device_by_token_hash, token_hash)
            device = await self._once(self._wrong_tokens, token_hash.hex(), lookup)
        if device is None or device.retired:
            raise WrongToken
        return device

    async def _ask(self, device_id: str, protocol: str, address: str) -> Device:
        if not 0 < len(device_id) <= _LONGEST_ID:
            raise UnknownDevice(device_id[:_LONGEST_ID])
        device = await self._once(self._strangers, device_id, partial(self._look_up, device_id, protocol, address))
        if device is None:
            raise UnknownDevice(device_id)
        return device

    async def _look_up(self, device_id: str, protocol: str, address: str) -> Device | None:
        """Ask by id, then by token; note the stranger when neither is known."""
        device = await self._registry.find_device(device_id)
        if device is None:
            device = await self._registry.find_device_by_token_hash(hash_token(device_id))
        if device is None or device.retired:
            await self._registry.record_unknown(device_id, protocol=protocol, address=address)
            return None
        return device

    async def _once(
        self, asked: OrderedDict[str, float], key: str, lookup: Callable[[], Awaitable[Device | None]]
    ) -> Device | None:
        """Ask the registry; who asks for the same meanwhile waits for the same answer. None: it was just refused."""
        if key in self._asking:
            return await asyncio.shield(self._asking[key])
        if not self._may_ask(asked, key):
            return None
        answer = self._asking[key] = asyncio.ensure_future(lookup())
        try:
            device = await asyncio.shield(answer)
        finally:
            del self._asking[key]
        if device is not None:
            asked.pop(key, None)
            self.learn([device])
        return device

    def _may_ask(self, asked: OrderedDict[str, float], key: str) -> bool:
        """Whether the registry may be asked again for `key`; the oldest of too many strangers is forgotten."""
        now = self._clock()
        if key in asked and now - asked[key] < _ASK_AGAIN_S:
            return False
        asked[key] = now
        asked.move_to_end(key)
        if len(asked) > _STRANGERS:
            asked.popitem(last=False)
        return True

    def _replace(self, device: Device) -> None:
        old = self._by_key.get(device.key)
        if old is not None:
            self._by_id.pop(old.id, None)
            if old.token_hash is not None:
                self._by_token.pop(old.token_hash, None)
        self._by_key[device.key] = device
        if device.retired:
            return
        self._by_id[device.id] = device
        if device.token_hash is not None:
            self._by_token[device.token_hash] = device


def _check_token(device: Device, token: str | None) -> None:
    """A device that has a token and sends one must send the right one; one that must send one must."""
    if token is None and not device.require_token:
        return
    if device.token_hash is None and not device.require_token:
        return
    if device.token_hash is None or token is None or not token_matches(token, device.token_hash):
        raise WrongToken
