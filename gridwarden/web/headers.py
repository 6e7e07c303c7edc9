"""Headers of every response: what a page of ours may load, and what browsers must not guess."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

__all__ = ["origins_of", "security_headers"]

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # Mantine writes style attributes
        "img-src 'self' data: blob: {images}",
        "font-src 'self'",
        "media-src 'self' blob:",  # voice clips
        "worker-src 'self' blob:",  # MapLibre's worker is ours
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "connect-src 'self' {connections}",
    )
)
_A_YEAR = "max-age=31536000"
_HOST = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")
_ORIGIN = re.compile(r"(https?|wss?)://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")

Signal = Callable[[web.Request, web.StreamResponse], Awaitable[None]]


def security_headers(live_port: int | None, connect_to: Sequence[str] = (), images_from: Sequence[str] = ()) -> Signal:
    """A strict policy: everything from here, the websocket of this host, and the origins of the other two."""
    policy = _POLICY.replace("{images}", " ".join(images_from)).replace(" ;", ";")

    async def add(request: web.Request, response: web.StreamResponse) -> None:
        connections = " ".join([*_live(request.host, live_port), *connect_to])
        response.headers.setdefault("Content-Security-Policy", policy.replace("{connections}", connections).strip())
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if request.secure:
            response.headers.setdefault("Strict-Transport-Security", _A_YEAR)
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")

    return add


def origins_of(*urls: str | None) -> list[str]:
    """Scheme, host and port of each URL, once; a path is of this origin and needs none."""
    found = (_ORIGIN.match(url) for url in urls if url is not None)
    return list(dict.fromkeys(one[0] for one in found if one is not None))


def _live(host: str, live_port: int | None) -> list[str]:
    """The websocket server on the host that the page came from, whatever name it was asked by."""
    asked = _HOST.fullmatch(host)
    if live_port is None or asked is None:
        return []
    return [f"{scheme}://{asked[1]}:{live_port}" for scheme in ("ws", "wss")]
