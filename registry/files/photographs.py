"""Photographs: what their EXIF claims, and the picture without it. Reading is bounded against decompression bombs."""

from __future__ import annotations

import io
import math
from datetime import UTC, datetime
from typing import Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from registry.files.model import Claim

__all__ = ["BadPhotograph", "read_photograph"]

_MOST_PIXELS = 60_000_000
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_JPEG_QUALITY = 90
_FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError)


class BadPhotograph(Exception):
    """It cannot be read as a picture of its type; says why."""


def read_photograph(data: bytes, media_type: str) -> tuple[bytes, Claim]:
    """The picture upright and without any metadata, and what those said. Raises BadPhotograph."""
    try:
        with Image.open(io.BytesIO(data), formats=[_FORMATS[media_type]]) as image:
            _refuse_bombs(image)
            claim = _claim(image.getexif())
            upright = ImageOps.exif_transpose(image)
            upright.info = {name: upright.info[name] for name in ("transparency",) if name in upright.info}
            clean = io.BytesIO()
            upright.save(clean, _FORMATS[media_type], quality=_JPEG_QUALITY)
    except BadPhotograph:
        raise
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        MemoryError,
        Image.DecompressionBombError,
    ) as error:
        raise BadPhotograph(f"this is no {media_type} that can be read: {error}") from error
    return clean.getvalue(), claim


def _refuse_bombs(image: Image.Image) -> None:
    if image.width * image.height > _MOST_PIXELS:
        raise BadPhotograph(f"more than {_MOST_PIXELS // 1_000_000} million pixels: send it smaller")


def _claim(exif: Image.Exif) -> Claim:
    latitude, longitude = _place(exif.get_ifd(ExifTags.IFD.GPSInfo))
    return Claim(_moment(exif), latitude, longitude)


def _moment(exif: Image.Exif) -> datetime | None:
    details = exif.get_ifd(ExifTags.IFD.Exif)
    text = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    zone = details.get(ExifTags.Base.OffsetTimeOriginal)
    try:
        taken = datetime.strptime(str(text).strip("\x00 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the zone stands apart
        return datetime.fromisoformat(f"{taken.isoformat()}{str(zone).strip()}") if zone else taken.replace(tzinfo=UTC)
    except ValueError:
        return None


def _place(gps: dict[int, Any]) -> tuple[float | None, float | None]:
    north = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90.0)
    east = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180.0)
    return (north, east) if north is not None and east is not None else (None, None)


def _degrees(gps: dict[int, Any], tag: int, ref: int, negative: str, most: float) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in gps[tag])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value) or abs(value) > most:
        return None
    return -value if gps.get(ref) == negative else value
