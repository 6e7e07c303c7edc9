"""/themes: what happens in the city, by theme, and which kinds of incidents belong to each."""

from __future__ import annotations

from registry.api.route import ADMINISTRATORS, Call, Route
from subsites.record.routes import READERS
from subsites.themes.service import ThemeService
from subsites.themes.shapes import PeriodQuery, ThemeFigures, ThemeIn, ThemeList, ThemeOut

__all__ = ["routes"]


class _Handlers:
    def __init__(self, service: ThemeService) -> None:
        self._service = service

    async def all(self, call: Call) -> ThemeList:
        """Counted."""
        query: PeriodQuery = call.query
        items, without = await self._service.all(call.user, query.model_dump())
        return ThemeList.model_validate({"items": items, "without": without})

    async def figures(self, call: Call) -> ThemeFigures:
        """One of them."""
        query: PeriodQuery = call.query
        return ThemeFigures.model_validate(
            await self._service.figures(call.path["code"], call.user, query.model_dump())
        )

    async def change(self, call: Call) -> ThemeOut:
        """Changed."""
        body: ThemeIn = call.body
        return ThemeOut.model_validate(await self._service.change(call.path["code"], call.user, body.model_dump()))


def routes(service: ThemeService) -> list[Route]:
    """The routes of themes."""
    handlers, tag = _Handlers(service), "themes"
    return [
        Route(method="GET", path="/themes", handler=handlers.all, tag=tag, query=PeriodQuery, answer=ThemeList,
              summary="Incidents counted by theme", roles=READERS),
        Route(method="GET", path="/themes/{code}", handler=handlers.figures, tag=tag, query=PeriodQuery,
              answer=ThemeFigures, summary="One: its kinds, hot grids and open incidents", roles=READERS,
              problems=(404,)),
        Route(method="PUT", path="/themes/{code}", handler=handlers.change, tag=tag, body=ThemeIn, answer=ThemeOut,
              summary="Which kinds belong to it; the city's administrators only", roles=ADMINISTRATORS,
              problems=(404, 409)),
    ]  # fmt: skip
