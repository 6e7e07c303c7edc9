"""Whether a device is there, and if not, why."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Presence", "Silence"]


class Presence(IntEnum):
    """How fresh a device's position is; codes of the binary frame. `word` is what people read."""

    ONLINE = 0
    STALE = 1
    SILENT = 2

    @property
    def word(self) -> str:
        """online, stale or silent."""
        return self.name.lower()


class Silence(IntEnum):
    """Why a device is silent, as far as can be told; codes of the binary frame."""

    NONE = 0
    LINK = 1
    NO_FIX = 2
    BATTERY = 3
    OFF_SHIFT = 4

    @property
    def word(self) -> str:
        """The reason in words."""
        return _WORDS[self]


_WORDS = {
    Silence.NONE: "",
    Silence.LINK: "no link",
    Silence.NO_FIX: "no fix",
    Silence.BATTERY: "battery empty",
    Silence.OFF_SHIFT: "off shift",
}
