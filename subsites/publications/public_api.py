"""/public/publications: what anybody reads, without signing in."""

from __future__ import annotations

from dataclasses import asdict

from registry.api.paging import after_key, cursor_of
from registry.api.route import Call, Download, Route
from registry.files.model import MEDIA_TYPES
from subsites.publications.service import PublicationService
from subsites.publications.shapes import PublicPage, PublicPublication, PublicQuery
from subsites.visits.service import LOOK, Visits

__all__ = ["routes"]


class _Handlers:
    def __init__(self, service: PublicationService, visits: Visits) -> None:
        self._service, self._visits = service, visits

    async def page(self, call: Call) -> PublicPage:
        """What is published now."""
        await self._visits.admit(LOOK, call.address)
        query: PublicQuery = call.query
        skip, filters = after_key(query.cursor), query.model_dump(include={"section", "organisation", "q"})
        rows = await self._service.public_page(skip=skip, limit=query.limit, filters=filters)
        more = cursor_of(skip + query.limit) if len(rows) == query.limit else None
        return PublicPage.model_validate({"items": rows, "next": more})

    async def one(self, call: Call) -> PublicPublication:
        """One of it."""
        await self._visits.admit(LOOK, call.address)
        row = await self._service.public(call.path["id"])
        files = [asdict(one) for one in await self._service.files_of(row)]
        return PublicPublication.model_validate(row | {"files": files})

    async def file(self, call: Call) -> Download:
        """A file of it."""
        await self._visits.admit(LOOK, call.address)
        file, chunks = await self._service.file(call.path["id"], call.path["file"], None)
        return Download(media_type=file.media_type, chunks=chunks, filename=file.name)


def routes(service: PublicationService, visits: Visits) -> list[Route]:
    """The public's routes."""
    handlers, tag, base = _Handlers(service, visits), "public", "/public/publications"
    return [
        Route(method="GET", path=base, handler=handlers.page, tag=tag, public=True, query=PublicQuery,
              summary="What is published, pinned ones first", answer=PublicPage, problems=(429,)),
        Route(method="GET", path=f"{base}/{{id}}", handler=handlers.one, tag=tag, public=True,
              summary="One publication", answer=PublicPublication, problems=(404, 429)),
        Route(method="GET", path=f"{base}/{{id}}/files/{{file}}", handler=handlers.file, tag=tag, public=True,
              summary="A file of a publication", media_type="application/octet-stream", media_types=MEDIA_TYPES,
              problems=(404, 429)),
    ]  # fmt: skip
