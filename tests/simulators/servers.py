"""A tiny server of every device protocol on 127.0.0.1, which remembers what it took and fails when it is told to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as serve_websocket

from simulators.addresses import Address, Addresses

__all__ = ["Server", "serving"]


@dataclass
class Server:
    """lines, fixes, queries: what came, in order. cut_every: every so many requests the connection is cut unanswered.

    answers: statuses of the next HTTP requests, 200 afterwards. reject: indices to name in JSON answers.
    """

    cut_every: int = 0
    answers: list[int] = field(default_factory=list)
    retry_after: str = ""
    reject: list[int] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    fixes: list[dict[str, Any]] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    connections: int = 0
    at: Addresses = field(default_factory=Addresses)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _requests: int = 0

    async def until(self, count: int, of: str) -> None:
        """Wait until so many `lines`, `fixes` or `queries` came."""
        async with asyncio.timeout(10), self.changed:
            await self.changed.wait_for(lambda: len(getattr(self, of)) >= count)

    async def tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    def cuts(self) -> bool:
        """Count a request; whether it is one to cut."""
        self._requests += 1
        return bool(self.cut_every) and self._requests % self.cut_every == 0

    async def http(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if self.cuts():
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        status = self.answers.pop(0) if self.answers else 200
        if status != 200:
            headers = {"Retry-After": self.retry_after} if self.retry_after else {}
            return web.Response(status=status, headers=headers)
        self.headers.append(dict(request.headers))
        return await self._taken(request, body)

    async def _taken(self, request: web.Request, body: bytes) -> web.Response:
        if not body:
            self.queries.append(dict(request.query))
            await self.tell()
            return web.Response()
        message = json.loads(body)
        self.fixes += message if isinstance(message, list) else [message]
        await self.tell()
        rejected = [{"index": at, "reason": "test"} for at in self.reject]
        return web.json_response({"accepted": len(message) - len(rejected), "rejected": rejected})

    async def websocket(self, connection: ServerConnection) -> None:
        self.connections += 1
        assert connection.request is not None
        self.headers.append(dict(connection.request.headers.raw_items()))
        async for text in connection:
            message = json.loads(text)
            if self.cuts():
                connection.transport.abort()
                return
            if self.answers:
                problem = {"type": "problem", "id": message["id"], "detail": "test", "retry_after_s": 0.001}
                self.answers.pop(0)
                await connection.send(json.dumps(problem))
                continue
            self.fixes += message["fixes"]
            await self.tell()
            rejected = [{"index": at, "reason": "test"} for at in self.reject]
            accepted = len(message["fixes"]) - len(rejected)
            answer = {"type": "ack", "id": message["id"], "accepted": accepted, "rejected": rejected}
            await connection.send(json.dumps(answer))

    async def tcp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while line := await reader.readline():
                self.lines.append(line)
                await self.tell()
                if self.cuts():
                    writer.transport.abort()
                    return
        except ConnectionError:
            return
        finally:
            writer.close()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, server: Server) -> None:
        self._server = server
        self._telling: set[asyncio.Task[None]] = set()

    def datagram_received(self, data: bytes, addr: object) -> None:
        self._server.lines += data.splitlines(keepends=True)
        task = asyncio.get_running_loop().create_task(self._server.tell())
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)


@asynccontextmanager
async def serving(server: Server | None = None, *, udp: bool = False) -> AsyncIterator[Server]:
    """The server, listening on ports of its own; NMEA over TCP, or over UDP."""
    server = server or Server()
    async with AsyncExitStack() as stack:
        http = await _serve_http(stack, server)
        sockets = await stack.enter_async_context(serve_websocket(server.websocket, "127.0.0.1", 0))
        websocket = Address("127.0.0.1", next(iter(sockets.sockets)).getsockname()[1])
        nmea = await (_serve_udp if udp else _serve_tcp)(stack, server)
        server.at = Addresses(http=http, osmand=http, ws=websocket, nmea=nmea)
        yield server


async def _serve_http(stack: AsyncExitStack, server: Server) -> Address:
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", server.http)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return Address("127.0.0.1", runner.addresses[0][1])


async def _serve_tcp(stack: AsyncExitStack, server: Server) -> Address:
    listening = await stack.enter_async_context(await asyncio.start_server(server.tcp, "127.0.0.1", 0))
    return Address("127.0.0.1", listening.sockets[0].getsockname()[1])


async def _serve_udp(stack: AsyncExitStack, server: Server) -> Address:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(server), local_addr=("127.0.0.1", 0))
    stack.callback(transport.close)
    return Address("127.0.0.1", transport.get_extra_info("sockname")[1])
