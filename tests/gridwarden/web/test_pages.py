from __future__ import annotations

from pathlib import Path

import pytest
import yarl

from tests.gridwarden.web.house import PAGES, built, visiting


@pytest.mark.parametrize(
    ("path", "page"),
    [("/", "index.html"), ("/index.html", "index.html"), ("/members/anna.b/track", "index.html"),
     ("/admin/members/anna.b", "index.html"), ("/handheld", "handheld.html"), ("/handheld/tasks", "handheld.html")],
)  # fmt: skip
async def test_every_client_route_is_the_first_page(tmp_path: Path, path: str, page: str) -> None:
    async with visiting(pages=built(tmp_path)) as client:
        response = await client.get(path)
        assert await response.text() == PAGES[page]
        assert response.content_type == "text/html"
        assert response.headers["Cache-Control"] == "no-cache"


async def test_hashed_files_are_kept_for_ever(tmp_path: Path) -> None:
    async with visiting(pages=built(tmp_path)) as client:
        response = await client.get("/assets/app-1a2b.js")
        assert response.content_type == "text/javascript"
        assert "immutable" in response.headers["Cache-Control"]


async def test_a_part_of_the_basemap_can_be_asked_for(tmp_path: Path) -> None:
    async with visiting(pages=built(tmp_path)) as client:
        response = await client.get("/basemap/city.pmtiles", headers={"Range": "bytes=16-31"})
        assert response.status == 206
        assert response.headers["Content-Range"] == "bytes 16-31/256"
        assert await response.read() == bytes(range(16, 32))
        assert (await client.get("/basemap/city.pmtiles", headers={"Range": "bytes=999-"})).status == 416


async def test_what_the_browser_has_already_is_not_sent_again(tmp_path: Path) -> None:
    async with visiting(pages=built(tmp_path)) as client:
        tag = (await client.get("/basemap/city.pmtiles")).headers["ETag"]
        assert (await client.get("/basemap/city.pmtiles", headers={"If-None-Match": tag})).status == 304


@pytest.mark.parametrize("path", ["/nothing.js", "/assets/nothing.css", "/x%00.js", f"/{'x' * 5000}.js"])
async def test_a_file_that_is_not_there_is_404(tmp_path: Path, path: str) -> None:
    async with visiting(pages=built(tmp_path)) as client:
        response = await client.get(yarl.URL(path, encoded=True))
        assert response.status == 404
        assert response.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/ROOT/secret.txt", "/link.txt"]
)
async def test_nothing_outside_the_folder_is_served(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    pages = built(tmp_path / "static")
    (pages / "link.txt").symlink_to(tmp_path / "secret.txt")
    path = path.replace("ROOT", "%2f" + tmp_path.as_posix().lstrip("/"))
    async with visiting(pages=pages) as client:
        response = await client.get(yarl.URL(path, encoded=True))
        assert response.status == 404
        assert "secret" not in await response.text()


async def test_an_application_that_was_not_built_says_how(tmp_path: Path) -> None:
    async with visiting(pages=tmp_path) as client:
        response = await client.get("/")
        assert response.status == 503
        assert "make web" in await response.text()


async def test_pages_are_read_not_written(tmp_path: Path) -> None:
    async with visiting(pages=built(tmp_path)) as client:
        assert (await client.post("/")).status == 405
        assert (await client.head("/")).status == 200


async def test_a_process_without_pages_has_none() -> None:
    async with visiting() as client:
        assert (await client.get("/")).status == 404
