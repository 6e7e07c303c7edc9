"""The one composition root: builds a process of some roles from its parts, starts and stops it in order.

Order of the end: stop accepting, make durable what was taken, answer who waits for it, close viewers (1001), stop the
background, close the pool, stop the embedded database.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from aiohttp import web
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as serve_websocket

from dispatch.outbox.follower import OutboxFollower
from gridwarden.compose.appraising import appraise
from gridwarden.compose.clock import monotonic_s
from gridwarden.compose.collecting import remind
from gridwarden.compose.database import Database, open_database
from gridwarden.compose.dispatching import Dispatching
from gridwarden.compose.ingest import Ingest, ingesting
from gridwarden.compose.metrics import ProcessMetrics
from gridwarden.compose.outward import cot_service
from gridwarden.compose.people import People
from gridwarden.compose.registering import import_jobs, propose_duplicates
from gridwarden.compose.roles import ServerRole
from gridwarden.compose.searching import search_service
from gridwarden.compose.statistics import keep_statistics
from gridwarden.compose.tls import BadCertificate, tls_of
from gridwarden.compose.tracking import Tracking
from gridwarden.compose.warming import warm
from gridwarden.compose.workers import work
from gridwarden.database.embedded import running_url
from gridwarden.database.errors import DatabaseError
from gridwarden.settings import Address, Settings
from gridwarden.web.application import STATIC, Parts, application
from gridwarden.web.headers import origins_of
from gridwarden.web.silence import KEEP_ALIVE_S, LOOK_S, SilentConnections
from tracker.transports.device_http import device_routes
from tracker.transports.device_websocket import serve_device
from tracker.transports.osmand_port import osmand_application
from tracker.transports.tls import TlsFront

__all__ = ["CannotStart", "serve"]

_LARGEST_MESSAGE = 1 << 20
_KEEPALIVE_S = 20.0
_UNKNOWN_PATH = 4404

Listen = Callable[[str, int], Awaitable[tuple[str, int]]]
Ready = Callable[[Mapping[str, str | None]], None]


class CannotStart(Exception):
    """The server could not start; the message says what to mend."""


async def serve(
    settings: Settings, roles: frozenset[ServerRole], *, ready: Ready, stop: asyncio.Event,
    database: Database | None = None,
) -> None:  # fmt: skip
    """Serve until `stop`, then drain and return. `ready` is told where everything listens. Raises CannotStart.

    database: one that is open already; None opens this installation's.
    """
    async with AsyncExitStack() as stack:
        try:
            if database is None:
                if settings.database_url is None and await running_url(settings.data) is not None:
                    raise CannotStart(f"another gridwarden runs on {settings.data.absolute()}: stop it first")
                database = await stack.enter_async_context(open_database(settings))
        except DatabaseError as error:
            raise CannotStart(str(error)) from error
        await _Process(settings, roles, database).run(ready, stop)


class _Process:
    """One process of some roles."""

    def __init__(self, settings: Settings, roles: frozenset[ServerRole], database: Database) -> None:
        self._settings, self._roles, self._database = settings, roles, database
        self._metrics = ProcessMetrics()
        self._tracking = Tracking(settings, database.pool)
        self._dispatching = Dispatching(settings, database.pool, self._tracking)
        self._at: dict[str, str | None] = {}

    async def run(self, ready: Ready, stop: asyncio.Event) -> None:
        """Start, wait for `stop`, end in order."""
        await self._tracking.load()
        await self._dispatching.load()
        self._measure()
        async with self._dispatching.opened(), asyncio.TaskGroup() as tasks:
            background = [
                tasks.create_task(work, name=name)
                for name, work in (
                    ("registry", self._tracking.follow()),
                    ("presence", self._tracking.look()),
                    ("bus", self._tracking.bus.run()),
                    ("streets", self._dispatching.follow()),
                )
            ]
            if ServerRole.WORKERS in self._roles:
                background.append(tasks.create_task(work(self._settings, self._database.pool), name="workers"))
                background.append(
                    tasks.create_task(keep_statistics(self._settings, self._database.pool), name="statistics")
                )
                background.append(tasks.create_task(search_service(self._database.pool).follow(), name="search"))
                jobs = import_jobs(self._settings, self._database.pool)
                background.append(tasks.create_task(jobs.follow(), name="imports"))
                looking = propose_duplicates(self._settings, self._database.pool)
                background.append(tasks.create_task(looking, name="duplicates"))
                background.append(tasks.create_task(self._dispatching.rounds(), name="escalation"))
                background.append(tasks.create_task(appraise(self._database.pool), name="appraisal"))
                background.append(tasks.create_task(remind(self._database.pool), name="inspections"))
                background.append(tasks.create_task(self._dispatching.deliver(), name="webhooks"))
                background.append(tasks.create_task(self._dispatching.alerting.rounds(), name="alerts"))
                self._dispatching.alerting.measure(self._metrics)
                background.append(tasks.create_task(self._dispatching.telling.tell_phones(), name="phones"))
                self._dispatching.telling.measure_phones(self._metrics)
                cot = cot_service(self._settings, self._database.pool, self._tracking, self._metrics)
                if cot is not None:
                    background.append(tasks.create_task(cot.run(), name="TAK"))
            if ServerRole.INGEST in self._roles:
                background.append(tasks.create_task(self._dispatching.alerting.line(), name="emergencies"))
            try:
                async with AsyncExitStack() as stack:
                    await self._listen(stack, tasks)
                    ready(self._at)
                    if ServerRole.API in self._roles:
                        background.append(tasks.create_task(warm(), name="warming"))
                    await stop.wait()
            finally:
                for task in background:
                    task.cancel()

    async def _listen(self, stack: AsyncExitStack, tasks: asyncio.TaskGroup) -> None:
        """Open the listeners of the roles; the stack closes them in the opposite order."""
        settings = self._settings
        people = People(settings, self._database.pool, self._tracking, self._dispatching)
        runners = await stack.enter_async_context(_runners())
        if self._roles & {ServerRole.PUSH, ServerRole.INGEST}:
            following = tasks.create_task(self._follow_outbox(people), name="outbox")
            stack.callback(following.cancel)
        ingest: Ingest | None = None
        if ServerRole.PUSH in self._roles:
            hub = tasks.create_task(people.hub.run(), name="push hub")
            stack.callback(hub.cancel)
            self._metrics.gauge("gridwarden_viewers", "open /live connections", lambda: people.live.open)
        if ServerRole.INGEST in self._roles:
            ingest = await stack.enter_async_context(
                ingesting(
                    settings, self._database, self._tracking, self._dispatching.telling.handhelds, self._metrics, tasks
                )
            )
            self._at["nmea_tcp"] = await _bind("nmea_tcp", settings.nmea_tcp, self._nmea(stack, ingest))
            self._at["nmea_udp"] = await _bind("nmea_udp", settings.nmea_udp, ingest.nmea.udp.listen)
        live_port = await self._listen_websocket(stack, people, ingest)
        await self._listen_http(stack, runners, people, ingest, live_port)

    def _nmea(self, stack: AsyncExitStack, ingest: Ingest) -> Listen:
        """How NMEA over TCP listens: plainly, or behind TLS."""
        context = _context(self._settings, "nmea_tcp")
        if context is None:
            return ingest.nmea.tcp.listen
        front = TlsFront(ingest.nmea.tcp, context)
        stack.push_async_callback(front.close)
        return front.listen

    async def _follow_outbox(self, people: People) -> None:
        """Tell viewers and handhelds of this process what happens, until cancelled."""
        outbox = OutboxFollower(self._database.url)
        outbox.on_happening(people.hub.happened)
        outbox.on_happening(self._dispatching.telling.handhelds.happened)
        self._dispatching.telling.measure(self._metrics, outbox)
        await outbox.run()

    async def _listen_websocket(self, stack: AsyncExitStack, people: People, ingest: Ingest | None) -> int | None:
        routes = {}
        if ServerRole.PUSH in self._roles:
            routes["/live"] = people.live.serve
        if ingest is not None:
            reception = ingest.reception
            routes["/device"] = lambda connection: serve_device(connection, reception)
        if not routes:
            return self._settings.ws.port

        async def converse(connection: ServerConnection) -> None:
            assert connection.request is not None
            route = routes.get(connection.request.path.partition("?")[0])
            if route is None:
                await connection.close(_UNKNOWN_PATH, f"the paths here are {', '.join(routes)}")
            else:
                await route(connection)

        async def listen(host: str, port: int) -> tuple[str, int]:
            server = await stack.enter_async_context(
                serve_websocket(
                    converse, host, port, compression=None, max_size=_LARGEST_MESSAGE, ping_interval=_KEEPALIVE_S,
                    ping_timeout=_KEEPALIVE_S, close_timeout=2, backlog=4096, ssl=_context(self._settings, "ws"),
                )
            )  # fmt: skip
            bound: tuple[str, int] = next(iter(server.sockets)).getsockname()[:2]
            return bound

        at = self._at["ws"] = await _bind("ws", self._settings.ws, listen)
        return int(at.rpartition(":")[2])

    async def _listen_http(
        self, stack: AsyncExitStack, runners: _Runners, people: People, ingest: Ingest | None, live_port: int | None
    ) -> None:
        settings = self._settings
        serves_people = ServerRole.API in self._roles
        parts = Parts(
            version=importlib.metadata.version("gridwarden"),
            routes=people.routes(live_port) if serves_people else (),
            device_routes=() if ingest is None else device_routes(ingest.reception),
            pages=STATIC if serves_people else None,
            authenticate=people.users.caller,
            ready=people.why_not_ready,
            metrics=self._metrics.registry,
            live_port=live_port,
            connect_to=origins_of(settings.public_ws, settings.basemap, settings.satellite),
            images_from=origins_of(settings.satellite, *settings.cameras),
        )
        self._at["http"] = await _bind(
            "http", self._settings.http, runners.listener(application(parts), _context(settings, "http"))
        )
        if ingest is not None:
            listener = runners.listener(osmand_application(ingest.reception), _context(settings, "osmand"))
            self._at["osmand"] = await _bind("osmand", self._settings.osmand, listener)
        stack.push_async_callback(runners.stop_accepting)

    def _measure(self) -> None:
        self._dispatching.measure(self._metrics)
        table, metrics = self._tracking.live.table, self._metrics
        metrics.gauge("gridwarden_tasks", "asyncio tasks of the process", lambda: len(asyncio.all_tasks()))
        metrics.gauge("gridwarden_devices", "devices in the registry", lambda: len(self._tracking.directory))
        metrics.counter("gridwarden_bus_dropped", "blobs not published", lambda: self._tracking.bus.dropped)
        metrics.labelled_gauge(
            "gridwarden_members_live", "presence", "devices with a live position",
            lambda: {
                word: float(((table.presence == code) & table.shown).sum())
                for code, word in enumerate(("online", "stale", "silent"))
            },
        )  # fmt: skip


class _Runners:
    """aiohttp applications on their listeners."""

    def __init__(self) -> None:
        self._runners: list[web.AppRunner] = []
        self._silent: list[SilentConnections] = []
        self._sites: list[web.TCPSite] = []

    def listener(self, app: web.Application, context: ssl.SSLContext | None) -> Listen:
        """A function that starts serving `app` at (host, port) and tells the real address. context: None, plainly."""

        async def listen(host: str, port: int) -> tuple[str, int]:
            silent = SilentConnections()
            silent.of(app)
            runner = web.AppRunner(
                app, access_log=None, handle_signals=False, shutdown_timeout=10.0, keepalive_timeout=KEEP_ALIVE_S
            )
            await runner.setup()
            self._runners.append(runner)
            self._silent.append(silent)
            site = web.TCPSite(runner, host, port, backlog=4096, reuse_address=True, ssl_context=context)
            await site.start()
            self._sites.append(site)
            bound: tuple[str, int] = runner.addresses[0][:2]
            return bound

        return listen

    async def close_silent(self) -> None:
        """Again and again, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            for runner, silent in zip(self._runners, self._silent, strict=True):
                if runner.server is not None:
                    silent.close_old(runner.server.connections, monotonic_s())

    async def stop_accepting(self) -> None:
        """Close the listeners; requests under way go on."""
        for site in self._sites:
            await site.stop()

    async def cleanup(self) -> None:
        """Wait for the requests under way, then close their connections."""
        for runner in self._runners:
            await runner.cleanup()


@asynccontextmanager
async def _runners() -> AsyncIterator[_Runners]:
    runners = _Runners()
    looking = asyncio.create_task(runners.close_silent(), name="silent connections")
    try:
        yield runners
    finally:
        looking.cancel()
        await asyncio.wait([looking])
        await runners.cleanup()


def _context(settings: Settings, listener: str) -> ssl.SSLContext | None:
    """Its TLS. Raises CannotStart."""
    try:
        return tls_of(settings, listener)
    except BadCertificate as error:
        raise CannotStart(str(error)) from error


async def _bind(name: str, address: Address, listen: Listen) -> str:
    """Listen; the real address. Raises CannotStart with the mend."""
    try:
        host, port = await listen(address.host, address.port)
    except OSError as error:
        mend = f"end what uses it, or set GRIDWARDEN_{name.upper()}"
        raise CannotStart(f"cannot listen on {address} ({name}): {error.strerror}; {mend}") from error
    return str(Address(host, port))
