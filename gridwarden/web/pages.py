"""The built web application: files by their path, and a first page for everything a client route may be."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

__all__ = ["Pages"]

_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_FIRST = {"handheld": "handheld.html", "public": "public.html"}
"""First page of the paths of this name and below it; the command centre has all others."""
_MISSING = (
    "The web application is not built. Run 'make web' in a checkout, or install the published wheel.\n"
    "The API works: /api/v1/openapi.json\n"
)
_TYPES = {
    ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript", ".pmtiles": "application/octet-stream",
    ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2",
}  # fmt: skip
"""Types that machines disagree about; a browser told not to guess runs no script of another type."""

_FILES = {suffix.lstrip(".") for suffix in _TYPES} | {"html", "ico", "json", "map", "png", "txt", "webp"}
"""Endings of files; a path with another one is a client route."""


class Pages:
    """Files below `directory`; hashed names are kept for ever, all others asked for again. Ranges are served."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory.resolve()

    async def get(self, request: web.Request) -> web.StreamResponse:
        """A file, or the first page."""
        name = request.match_info["path"]
        file = self._file_of(name)
        if file is not None:
            return _file(file, forever=name.startswith("assets/"))
        if name.rpartition(".")[2].lower() in _FILES:  # an id may have a dot, too
            raise web.HTTPNotFound
        first = self._directory / _FIRST.get(name.partition("/")[0], "index.html")
        if not first.is_file():
            return web.Response(status=503, text=_MISSING, headers={"Retry-After": "60"})
        return _file(first, forever=False)

    def _file_of(self, name: str) -> Path | None:
        """The file of that name below the directory, wherever links and dots may lead."""
        try:
            file = (self._directory / name).resolve()
            return file if name and file.is_relative_to(self._directory) and file.is_file() else None
        except (ValueError, OSError):  # NUL, or longer than a name can be
            return None


def _file(file: Path, *, forever: bool) -> web.FileResponse:
    response = web.FileResponse(file, headers={"Cache-Control": _FOREVER if forever else _ASK_AGAIN})
    if file.suffix in _TYPES:
        response.content_type = _TYPES[file.suffix]
    return response
