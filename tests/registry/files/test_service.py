"""Attachments: kept by what they belong to, read by nothing else, and never more or other than may be."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Conflict, NotFound, Unsupported
from registry.api.route import Role, Uploaded
from registry.files import service as files
from registry.files.model import Attachment
from registry.files.service import AttachmentService
from registry.users.service import UserService

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PLAN = Uploaded(b"%PDF-1.7 a plan", "application/pdf")


@pytest.fixture
def service(city: AsyncConnectionPool, tmp_path: Path) -> AttachmentService:
    return AttachmentService(city, tmp_path / "files", lambda: NOW)


async def attached(
    service: AttachmentService, uploaded: Uploaded = PLAN, *, record: int = 7, key: str | None = None,
    user: int | None = None,
) -> Attachment:  # fmt: skip
    return await service.add(
        "places", record, uploaded, organisation=2, name="plan.pdf", by_name="anna", user=user, idempotency_key=key
    )


def stored_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_what_was_added_is_listed_and_read_again(service: AttachmentService) -> None:
    one = await attached(service)
    assert await service.of("places", 7) == [one]
    assert (one.id, one.bytes, one.added_at, one.taken_at) == ("A-1", len(PLAN.data), NOW, None)
    found, chunks = await service.read("places", 7, one.id)
    assert (found, b"".join([chunk async for chunk in chunks])) == (one, PLAN.data)


async def test_a_path_in_a_name_leads_nowhere(service: AttachmentService, tmp_path: Path) -> None:
    name = "../../outside/../plan.pdf"
    added = await service.add("places", 7, PLAN, organisation=2, name=name, by_name="anna")
    assert added.name == name
    assert stored_in(tmp_path) == [tmp_path / "files" / added.sha256[:2] / added.sha256]


async def test_a_file_is_read_through_its_own_record_only(service: AttachmentService) -> None:
    one = await attached(service)
    for subject, record in (("places", 8), ("people", 7)):
        assert await service.of(subject, record) == []
        with pytest.raises(NotFound):
            await service.read(subject, record, one.id)


async def test_a_photograph_tells_where_it_was_taken_and_keeps_none_of_it(service: AttachmentService) -> None:
    exif, data = Image.Exif(), io.BytesIO()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitude: (26.0, 0.0, 18.0), ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLongitude: (119.0, 18.0, 0.0), ExifTags.GPS.GPSLongitudeRef: "E",
        }
    )  # fmt: skip
    Image.new("RGB", (8, 8)).save(data, "JPEG", exif=exif)
    one = await attached(service, Uploaded(data.getvalue(), "image/jpeg"))
    assert (one.latitude, one.longitude) == pytest.approx((26.005, 119.3))
    _, chunks = await service.read("places", 7, one.id)
    with Image.open(io.BytesIO(b"".join([chunk async for chunk in chunks]))) as kept:
        assert not kept.getexif()


@pytest.mark.parametrize("media_type", ["image/png", "application/pdf"])
async def test_what_is_not_what_it_says_is_refused(service: AttachmentService, media_type: str) -> None:
    with pytest.raises(Unsupported):
        await attached(service, Uploaded(b"<script>", media_type))
    assert await service.of("places", 7) == []


async def test_the_same_call_again_adds_nothing(service: AttachmentService, city: AsyncConnectionPool) -> None:
    users = UserService(city, lambda: 0.0)
    await users.add("anna", "correct horse", Role.MEMBER, "north")
    user = (await users.sign_in("anna", "correct horse", "192.0.2.1:1")).caller.user
    first = await attached(service, key="once", user=user)
    assert await attached(service, key="once", user=user) == first
    assert await service.of("places", 7) == [first]


async def test_a_record_has_so_many_files_and_no_more(
    service: AttachmentService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_ATTACHMENTS", 1)
    await attached(service)
    with pytest.raises(Conflict):
        await attached(service)
    await attached(service, record=8)


async def test_what_was_taken_away_is_listed_and_read_no_more_and_who_did_it_stays(
    service: AttachmentService, city: AsyncConnectionPool
) -> None:
    one = await attached(service)
    await service.end("places", 7, one.id, "nora")
    assert await service.of("places", 7) == []
    with pytest.raises(NotFound):
        await service.read("places", 7, one.id)
    with pytest.raises(NotFound):
        await service.end("places", 7, one.id, "nora")
    async with city.connection() as connection:
        rows = await (await connection.execute("SELECT ended_by, ended_at FROM attachments")).fetchall()
    assert rows == [("nora", NOW)]
