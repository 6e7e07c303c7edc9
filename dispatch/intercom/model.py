"""Voice clips: which are taken, and how long they last as far as the file says so. Pure."""

from __future__ import annotations

import io
import wave

__all__ = ["LONGEST_S", "MEDIA_TYPES", "MOST_BYTES", "clip_seconds"]

MEDIA_TYPES = ("audio/webm", "audio/ogg", "audio/mp4", "audio/wav")
"""What browsers and phones record."""
MOST_BYTES = 1 << 20
LONGEST_S = 60.0

_OPUS_RATE = 48_000.0  # granule positions of Opus in Ogg count samples of 48 kHz, RFC 7845
_LEAST_PAGE = 27  # bytes of an Ogg page's header, RFC 3533


def clip_seconds(data: bytes, media_type: str) -> float | None:
    """How long a clip lasts; None where its format does not say (WebM and fragments of MP4 that are being recorded)."""
    match media_type:
        case "audio/wav":
            return _wav_seconds(data)
        case "audio/ogg":
            return _ogg_seconds(data)
        case _:
            return None


def _wav_seconds(data: bytes) -> float | None:
    try:
        with wave.open(io.BytesIO(data)) as sound:
            return float(sound.getnframes() / sound.getframerate())
    except (wave.Error, EOFError, ZeroDivisionError):
        return None


def _ogg_seconds(data: bytes) -> float | None:
    """By the last page's granule position, of Opus."""
    last = data.rfind(b"OggS")
    if b"OpusHead" not in data[:128] or len(data) - last < _LEAST_PAGE:
        return None
    granule = int.from_bytes(data[last + 6 : last + 14], "little", signed=True)
    return granule / _OPUS_RATE if granule >= 0 else None
