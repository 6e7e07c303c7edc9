"""/import-jobs: files of many rows, sent in parts; administrators of the whole city."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

from registry.api.fields import Line
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.problems import NotFound
from registry.api.route import ADMINISTRATORS, Call, Download, Route, Upload
from registry.imports.api import MEDIA_TYPES, MOST_BYTES, check_whole_city
from registry.imports.jobs.model import ImportJob
from registry.imports.jobs.service import MOST_PARTS, ImportJobs
from registry.imports.jobs.store import JobStore
from registry.imports.rows import ENDINGS

__all__ = ["routes"]

_AT_ONCE = 1_000


class ImportJobIn(BaseModel, extra="forbid"):
    """A file that will come."""

    kind: str = Field(max_length=40, description="what its rows are")
    name: Line = Field(description=f"the file's name; it ends in {', '.join(ENDINGS)}")


class PartQuery(BaseModel, extra="forbid"):
    """Which part of the file it is: all of them, in order, are the file."""

    number: int = Field(ge=1, le=MOST_PARTS)


class ImportJobPage(BaseModel):
    """The newest first."""

    items: list[ImportJob]
    next: str | None


class _Handlers:
    def __init__(self, pool: AsyncConnectionPool, jobs: ImportJobs) -> None:
        self._pool, self._jobs = pool, jobs

    async def add(self, call: Call) -> ImportJob:
        """A new one."""
        check_whole_city(call)
        return await self._jobs.add(call.user, call.body.kind, call.body.name, call.idempotency_key)

    async def receive(self, call: Call) -> ImportJob:
        """A part of the file."""
        check_whole_city(call)
        return await self._jobs.receive(call.path["id"], call.query.number, call.body.data)

    async def start(self, call: Call) -> ImportJob:
        """The file is whole."""
        check_whole_city(call)
        return await self._jobs.start(call.path["id"])

    async def cancel(self, call: Call) -> ImportJob:
        """No further."""
        check_whole_city(call)
        return await self._jobs.cancel(call.path["id"])

    async def page(self, call: Call) -> ImportJobPage:
        """All of them."""
        check_whole_city(call)
        async with self._pool.connection() as connection:
            rows = await JobStore(connection).page(before=after_key(call.query.cursor), limit=call.query.limit)
        return page_of(ImportJobPage, rows, call.query.limit)

    async def one(self, call: Call) -> ImportJob:
        """How far it is."""
        check_whole_city(call)
        async with self._pool.connection() as connection:
            found = await JobStore(connection).find(call.path["id"])
        if found is None:
            raise NotFound(f"there is no import {call.path['id']!r}")
        return found

    async def refused(self, call: Call) -> Download:
        """Rows that were not stored."""
        job = await self.one(call)
        return Download(media_type="text/csv", chunks=self._refusals(job.id), filename=f"{job.id}-refused.csv")

    async def _refusals(self, job: str) -> AsyncIterator[bytes]:
        yield b"line,field,reason\r\n"
        after = 0
        while True:
            async with self._pool.connection() as connection:
                rows = await JobStore(connection).refusals(job, after=after, limit=_AT_ONCE)
            if not rows:
                return
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            yield text.getvalue().encode()
            after = rows[-1][0]


def routes(pool: AsyncConnectionPool, jobs: ImportJobs) -> list[Route]:
    """The routes of import jobs."""
    handlers, tag, path = _Handlers(pool, jobs), "imports", "/import-jobs"
    return [
        Route(method="POST", path=path, handler=handlers.add, tag=tag, roles=ADMINISTRATORS, body=ImportJobIn,
              summary="A file of many rows, to be sent in parts", answer=ImportJob, status=201, problems=(404, 409),
              idempotent=True),
        Route(method="GET", path=path, handler=handlers.page, tag=tag, roles=ADMINISTRATORS, query=PageQuery,
              summary="Imports, the newest first, with how far they are", answer=ImportJobPage),
        Route(method="GET", path=f"{path}/{{id}}", handler=handlers.one, tag=tag, roles=ADMINISTRATORS,
              summary="How far an import is", answer=ImportJob, problems=(404,)),
        Route(method="POST", path=f"{path}/{{id}}/parts", handler=handlers.receive, tag=tag, roles=ADMINISTRATORS,
              summary="A part of the file; the same number again changes nothing", query=PartQuery,
              upload=Upload(media_types=MEDIA_TYPES, most_bytes=MOST_BYTES), answer=ImportJob,
              problems=(404, 409, 415, 503)),
        Route(method="POST", path=f"{path}/{{id}}/start", handler=handlers.start, tag=tag, roles=ADMINISTRATORS,
              summary="The file is whole: store its rows, chunk by chunk", answer=ImportJob, problems=(404, 409)),
        Route(method="POST", path=f"{path}/{{id}}/cancel", handler=handlers.cancel, tag=tag, roles=ADMINISTRATORS,
              summary="Store no further rows; those that are stored stay", answer=ImportJob, problems=(404, 409)),
        Route(method="GET", path=f"{path}/{{id}}/refused", handler=handlers.refused, tag=tag, roles=ADMINISTRATORS,
              summary="The refused rows with their reasons, as CSV", media_type="text/csv", problems=(404,)),
    ]  # fmt: skip
