"""Builders: devices, and a registry of them that counts how often it is asked."""

from __future__ import annotations

from dataclasses import replace

from registry.devices.model import Device, DeviceId, hash_token

__all__ = ["RegistryOf", "a_device"]

_PLAIN = Device(
    key=1, id=DeviceId("plain"), member=None, member_id=None, member_name=None, post=None, organisation=1,
    token_hash=None, require_token=False, dialect="", stale_after_s=None, silent_after_s=None, on_duty=True,
    retired=False,
)  # fmt: skip


def a_device(key: int, device_id: str, *, token: str | None = None, **changes: object) -> Device:
    """A device that differs from the plainest only in what is named."""
    token_hash = None if token is None else hash_token(token)
    return replace(_PLAIN, key=key, id=DeviceId(device_id), token_hash=token_hash, **changes)  # type: ignore[arg-type]  # fields by name


class RegistryOf:
    """The registry's side of the directory, in memory."""

    def __init__(self, *devices: Device) -> None:
        self.devices = list(devices)
        self.asked = 0
        self.unknown: list[str] = []

    async def find_device(self, device_id: str) -> Device | None:
        self.asked += 1
        return next((device for device in self.devices if device.id == device_id), None)

    async def find_device_by_token_hash(self, token_hash: bytes) -> Device | None:
        self.asked += 1
        return next((device for device in self.devices if device.token_hash == token_hash), None)

    async def record_unknown(self, device_id: str, *, protocol: str, address: str) -> None:
        self.unknown.append(device_id)
