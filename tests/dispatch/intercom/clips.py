"""Voice clips that a standard library or a standard's page makes."""

from __future__ import annotations

import io
import struct
import wave

__all__ = ["ogg", "wav", "webm"]


def wav(seconds: float) -> bytes:
    """Silence, 8 kHz, 8 bit."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8_000)
        sound.writeframes(b"\x80" * int(8_000 * seconds))
    return file.getvalue()


def ogg(seconds: float) -> bytes:
    """Two pages of Opus by RFC 3533 and RFC 7845, without checksums."""
    return _page(2, 0, b"OpusHead" + bytes(11)) + _page(4, int(48_000 * seconds), b"\xfc")


def webm() -> bytes:
    """What a browser's recording begins with."""
    return b"\x1aE\xdf\xa3" + bytes(60)


def _page(kind: int, granule: int, packet: bytes) -> bytes:
    return struct.pack("<4sBBqIIIBB", b"OggS", 0, kind, granule, 1, 0, 0, 1, len(packet)) + packet
