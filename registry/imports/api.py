"""/imports and /exports: the registry as files, for administrators of the whole city.

An import takes everybody's rows, so it is the city's; one runs at a time, since it locks the tree while it stores.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Literal

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

from registry.access.queries import put_look
from registry.api.fields import Line
from registry.api.problems import BadRequest, Forbidden, NotFound, Unavailable
from registry.api.route import ADMINISTRATORS, Call, Download, Route, Upload, Uploaded
from registry.imports.errors import BadFile
from registry.imports.exports import FORMATS
from registry.imports.kinds import Kind
from registry.imports.rows import ENDINGS
from registry.imports.service import Report, import_file
from registry.organisations.model import ROOT_KEY

__all__ = ["MEDIA_TYPES", "MOST_BYTES", "check_whole_city", "routes"]

MOST_BYTES = 32 << 20
_MOST_UNPACKED = 256 << 20
_MOST_TOLD = 1_000
"""Refused rows in one answer."""

MEDIA_TYPES = (
    "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/geo+json",
    "application/json", "application/vnd.ms-excel", "text/plain", "application/octet-stream",
)  # fmt: skip
"""What browsers say of such files; the ending of the name decides how one is read."""


class ImportQuery(BaseModel, extra="forbid"):
    """How to take the file."""

    name: Line = Field(description=f"the file's name; it ends in {', '.join(ENDINGS)}")
    check: bool = Field(False, description="true: say what would come of it, and store nothing")
    skip_bad: bool = Field(False, description="true: store the good rows beside refused ones")


class ExportQuery(BaseModel, extra="forbid"):
    """purpose: needed where people are exported."""

    purpose: Line | None = Field(None, description="needed for people and households; it goes on record")
    format: Literal["csv", "xlsx", "geojson"] = "csv"


class RefusedOut(BaseModel):
    """A refused row. line: of a CSV file, row of a sheet, or feature; field: the column at fault, where it is one."""

    line: int
    field: str | None
    reason: str


class ImportOut(BaseModel):
    """What came of it. stored: rows that were; refused_count: all of them, of which `refused` tells the first 1,000.

    ignored: columns that mean nothing here. warnings: what was stored all the same, and
    should be looked at. check: nothing was to be stored.
    """

    kind: str
    rows: int
    stored: int
    refused_count: int
    refused: list[RefusedOut]
    ignored: list[str]
    warnings: list[str]
    check: bool


class _Handlers:
    def __init__(self, pool: AsyncConnectionPool, kinds: Mapping[str, Kind]) -> None:
        self._pool, self._kinds, self._one = pool, kinds, asyncio.Lock()

    async def take(self, call: Call) -> ImportOut:
        """Import a file."""
        name, kind = self._asked(call)
        query: ImportQuery = call.query
        if self._one.locked():
            raise Unavailable("another import runs: try again when it is done", retry_after_s=10)
        async with self._one:
            report = await self._import(kind, call.body, query)
        return _out(name, report, check=query.check)

    async def _import(self, kind: Kind, uploaded: Uploaded, query: ImportQuery) -> Report:
        ending = PurePath(query.name).suffix.lower()
        if ending not in ENDINGS:
            raise BadRequest(f"{query.name}: expected a file that ends in {', '.join(ENDINGS)}")
        with tempfile.TemporaryDirectory(prefix="gridwarden-import-") as folder:
            path = Path(folder) / f"file{ending}"
            await asyncio.to_thread(path.write_bytes, uploaded.data)
            try:
                return await import_file(
                    self._pool, kind, path, skip_bad=query.skip_bad, check=query.check, unpacked=_MOST_UNPACKED
                )
            except BadFile as error:
                raise BadRequest(f"{error}".replace(path.name, query.name)) from error

    async def give(self, call: Call) -> Download:
        """What stands, as a file; of people, on record with its purpose."""
        name, kind = self._asked(call)
        if kind.is_private:
            if call.query.purpose is None:
                raise BadRequest(f"say the purpose for which you export {name}: it goes on record")
            async with self._pool.connection() as connection:
                await put_look(connection, call, "export", name, None, call.query.purpose)
        form = FORMATS[call.query.format]
        return Download(
            media_type=form.media_type, chunks=form.write(self._pool, kind), filename=f"{name}.{call.query.format}"
        )

    def _asked(self, call: Call) -> tuple[str, Kind]:
        """The kind and its name. Raises Forbidden, NotFound."""
        check_whole_city(call)
        name = call.path["kind"]
        if name not in self._kinds:
            raise NotFound(f"there is nothing called {name!r} to import: take {', '.join(self._kinds)}")
        return name, self._kinds[name]


def check_whole_city(call: Call) -> None:
    """Raises Forbidden where the caller is of a part of it."""
    if call.user.organisation != ROOT_KEY:
        raise Forbidden("files are imported and exported by administrators of the whole city")


def _out(kind: str, report: Report, *, check: bool) -> ImportOut:
    refused = [
        RefusedOut(line=number, field=getattr(reason, "column", None), reason=reason)
        for number, reason in report.refused[:_MOST_TOLD]
    ]
    return ImportOut(
        kind=kind, rows=report.rows, stored=report.rows - len(report.refused) if report.stored else 0,
        refused_count=len(report.refused), refused=refused, ignored=sorted(report.ignored),
        warnings=report.warnings, check=check,
    )  # fmt: skip


def routes(pool: AsyncConnectionPool, kinds: Mapping[str, Kind]) -> list[Route]:
    """The files' routes. kinds: by the name in the path."""
    handlers, tag = _Handlers(pool, kinds), "imports"
    return [
        Route(method="POST", path="/imports/{kind}", handler=handlers.take, tag=tag, roles=ADMINISTRATORS,
              summary="Import a CSV, XLSX or GeoJSON file, all of it or nothing; every refused row is told",
              query=ImportQuery, upload=Upload(media_types=MEDIA_TYPES, most_bytes=MOST_BYTES), answer=ImportOut,
              problems=(404, 415)),
        Route(method="GET", path="/exports/{kind}", handler=handlers.give, tag=tag, roles=ADMINISTRATORS,
              summary="What stands, as CSV, XLSX or GeoJSON that can be imported again", query=ExportQuery,
              media_types=tuple(form.media_type for form in FORMATS.values()), problems=(404,)),
    ]  # fmt: skip
