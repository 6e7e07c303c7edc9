"""Photographs are checked, compared with their incident, and kept without what they told of their owner."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from dispatch.files.service import FileService
from registry.api.problems import NotFound, Unsupported
from registry.api.route import Uploaded
from tests.dispatch.world import NOON, World


def a_photograph(
    media_type: str = "image/jpeg", *, at: tuple[float, float] | None = (26.005, 119.306), orientation: int = 1
) -> Uploaded:
    """Ten by six pixels with EXIF: taken at 12:05 UTC, at that place."""
    image, exif = Image.new("RGB", (10, 6), "red"), Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Secret Phone"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:24 20:05:00"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.OffsetTimeOriginal] = "+08:00"
    if at is not None:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
        gps[ExifTags.GPS.GPSLatitude] = (at[0], 0.0, 0.0)
        gps[ExifTags.GPS.GPSLongitude] = (at[1], 0.0, 0.0)
    data = io.BytesIO()
    image.save(data, {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}[media_type], exif=exif)
    return Uploaded(data.getvalue(), media_type)


@pytest.fixture
def files(world: World, tmp_path: Path) -> FileService:
    return FileService(world.pool, tmp_path / "files", lambda: world.now)


async def bytes_of(files: FileService, world: World, file: str, by: str = "dora") -> bytes:
    _, chunks = await files.read(file, world[by])
    return b"".join([chunk async for chunk in chunks])


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/webp"])
async def test_exif_is_compared_with_the_incident_and_stripped(
    world: World, files: FileService, media_type: str
) -> None:
    told = await world.report(by="anna")
    sent = a_photograph(media_type)
    file = await files.add(told["id"], world["anna"], sent, "cover.jpg")
    assert file.taken_at == NOON + timedelta(minutes=5)
    assert file.seconds_off == 300.0
    assert file.metres_off == pytest.approx(99.9, abs=0.5)
    kept = await bytes_of(files, world, file.id)
    assert b"Secret Phone" in sent.data
    assert b"Secret" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert dict(image.getexif()) == {}
        assert image.size == (10, 6)
    assert (await world.log(told["id"]))[-1] == "attach"


async def test_a_photograph_is_turned_upright_before_its_orientation_is_forgotten(
    world: World, files: FileService
) -> None:
    told = await world.report()
    file = await files.add(told["id"], world["dora"], a_photograph(orientation=6), "p")
    with Image.open(io.BytesIO(await bytes_of(files, world, file.id))) as image:
        assert image.size == (6, 10)


async def test_a_photograph_without_place_has_no_distance(world: World, files: FileService) -> None:
    told = await world.report()
    file = await files.add(told["id"], world["dora"], a_photograph(at=None), "p")
    assert (file.metres_off, file.taken_at) == (None, datetime(2026, 11, 24, 12, 5, tzinfo=UTC))


async def test_a_photograph_sent_again_under_its_key_is_one_file(world: World, files: FileService) -> None:
    told = await world.report(by="anna")
    sent = [await files.add(told["id"], world["anna"], a_photograph(), "p", idempotency_key="k") for _ in range(2)]
    assert sent[0] == sent[1]
    assert len(await files.of_incident(told["id"], world["anna"])) == 1


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"<script>", "image/jpeg"),
        (b"\xff\xd8\xff and nonsense", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"MZ", "application/pdf"),
    ],
)
async def test_what_is_not_what_it_says_is_refused(
    world: World, files: FileService, data: bytes, media_type: str
) -> None:
    told = await world.report()
    with pytest.raises(Unsupported):
        await files.add(told["id"], world["dora"], Uploaded(data, media_type), "x")
    assert await files.of_incident(told["id"], world["dora"]) == []


async def test_other_files_are_kept_as_they_are_and_once(world: World, files: FileService, tmp_path: Path) -> None:
    told = await world.report()
    document = Uploaded(b"%PDF-1.7 a report", "application/pdf")
    first = await files.add(told["id"], world["dora"], document, "one.pdf")
    second = await files.add(told["id"], world["dirk"], document, "two.pdf")
    assert first.sha256 == second.sha256
    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1
    assert [one.name for one in await files.of_incident(told["id"], world["dora"])] == ["one.pdf", "two.pdf"]
    assert await bytes_of(files, world, second.id) == document.data


async def test_who_may_not_see_the_incident_sees_no_file_and_adds_none(world: World, files: FileService) -> None:
    told = await world.report()
    file = await files.add(told["id"], world["dora"], a_photograph(), "p")
    for name in ("wes", "bo"):
        with pytest.raises(NotFound):
            await files.read(file.id, world[name])
        with pytest.raises(NotFound):
            await files.of_incident(told["id"], world[name])
        with pytest.raises(NotFound):
            await files.add(told["id"], world[name], a_photograph(), "p")


async def test_a_picture_of_too_many_pixels_is_refused(world: World, files: FileService) -> None:
    told = await world.report()
    data = io.BytesIO()
    Image.new("1", (8_000, 8_000)).save(data, "PNG")
    with pytest.raises(Unsupported, match="pixels"):
        await files.add(told["id"], world["dora"], Uploaded(data.getvalue(), "image/png"), "bomb")
