"""An operator's gateway on a real socket: it keeps what it is told, and answers what a test wants."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from tests.served import serving

__all__ = ["Gateway", "gateway"]


@dataclass
class Gateway:
    """status: of its answers. told: (headers, body) of each post."""

    url: str = ""
    status: int = 200
    told: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.told.append((dict(request.headers), await request.read()))
        return web.Response(status=self.status, headers={"Location": "/elsewhere"} if self.status == 302 else None)


@asynccontextmanager
async def gateway() -> AsyncIterator[Gateway]:
    """A running one."""
    it = Gateway()
    application = web.Application()
    application.router.add_post("/sms", it.take)
    async with serving(application) as base:
        it.url = f"{base}/sms"
        yield it
