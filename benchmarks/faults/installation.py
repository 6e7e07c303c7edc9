"""A PostgreSQL and servers on it, each of which can be killed and started again at its addresses."""

from __future__ import annotations

import asyncio
import secrets
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext, suppress
from pathlib import Path
from urllib.parse import quote

import aiohttp
import psycopg

from gridwarden.database.cluster import Cluster, free_port
from tests.integration import running
from tests.integration.running import PORTS, environment, figure, write_devices

__all__ = ["Database", "Installation", "Server", "installation"]

READY_S = 60.0

Disk = Callable[[Path], AbstractContextManager[object]]


class Database:
    """A durable PostgreSQL of its own: what fsync promised is kept by kill -9."""

    def __init__(self, home: Path) -> None:
        self._cluster = Cluster(home)
        self._port, self._password = free_port(), secrets.token_urlsafe(24)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """postgresql://…; the same after every start."""
        return f"postgresql://gridwarden:{quote(self._password)}@127.0.0.1:{self._port}/postgres"

    @property
    def pid(self) -> int:
        """Of the postmaster."""
        assert self._process is not None, "not started"
        return self._process.pid

    async def start(self) -> None:
        """Start and wait until it answers; again and again, since a killed one holds its files for a moment.

        One that runs is left running: a second would be refused, and this one forgotten.
        """
        if not self._cluster.exists():
            self._cluster.create(self._password)
        async with asyncio.timeout(READY_S):
            while True:
                if self._process is None or self._process.poll() is not None:
                    self._process = self._cluster.start(self._port)
                while self._process.poll() is None:
                    with suppress(psycopg.OperationalError):
                        async with await psycopg.AsyncConnection.connect(self.url, connect_timeout=2):
                            return
                    await asyncio.sleep(0.05)
                await asyncio.sleep(0.2)

    async def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the postmaster and wait; its children see it within moments."""
        assert self._process is not None, "not started"
        if self._process.poll() is None:
            self._process.send_signal(how)
        await asyncio.to_thread(self._process.wait, READY_S)

    async def ask(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """The rows of a query."""
        async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
            return await (await connection.execute(query.encode(), values)).fetchall()

    async def stored(self, devices: Sequence[str]) -> dict[str, list[int]]:
        """The times of the stored positions, milliseconds since 1970, of each of these devices."""
        rows = await self.ask(
            """SELECT d.id, (extract(epoch FROM p.fix_time) * 1000)::bigint FROM positions p
               JOIN devices d ON d.key = p.device WHERE d.id = ANY(%s)""",
            list(devices),
        )
        found: dict[str, list[int]] = {device: [] for device in devices}
        for device, moment in rows:
            found[str(device)].append(int(str(moment)))
        return found


class Server:
    """One server at addresses that stay the same, however often it is started."""

    def __init__(self, folder: Path, settings: dict[str, str], roles: str | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        ports = {name: free_port() for name in PORTS}
        at = {f"GRIDWARDEN_{name}": f"127.0.0.1:{port}" for name, port in ports.items()}
        self._environment = environment(folder / "data", **at, **settings)
        self._arguments, self._log = ("serve", *(("--roles", roles) if roles else ())), folder / "log"
        self.http_at, self.ws_at = ("127.0.0.1", ports["HTTP"]), ("127.0.0.1", ports["WS"])
        self.nmea, self.udp = ("127.0.0.1", ports["NMEA_TCP"]), ("127.0.0.1", ports["NMEA_UDP"])
        self.http, self.ws = f"http://127.0.0.1:{ports['HTTP']}", f"ws://127.0.0.1:{ports['WS']}"
        self._now: running.Server | None = None

    @property
    def now(self) -> running.Server:
        """As it was started last."""
        assert self._now is not None, "not started"
        return self._now

    async def start(self) -> float:
        """Start and wait until it is ready; the seconds that took."""
        began = asyncio.get_running_loop().time()
        self._now = await running.start(self._environment, self._arguments, self._log)
        return asyncio.get_running_loop().time() - began

    async def end(self) -> None:
        """Killed, where it was started."""
        if self._now is not None:
            await self._now.kill()

    async def ready(self) -> float:
        """Wait until it can store and its spool is empty; the seconds that took."""
        began = asyncio.get_running_loop().time()
        async with asyncio.timeout(2 * READY_S), aiohttp.ClientSession() as http:
            while not (await _is_200(http, f"{self.http}/readyz") and await self.metric("gridwarden_spool_bytes") == 0):
                await asyncio.sleep(0.05)
        return asyncio.get_running_loop().time() - began

    async def metric(self, name: str) -> float | None:
        """One figure of /metrics; None when it cannot be asked."""
        with suppress(aiohttp.ClientError):
            async with aiohttp.ClientSession() as http, http.get(f"{self.http}/metrics") as answer:
                return figure(await answer.text(), name)
        return None

    async def command(self, *arguments: str) -> None:
        """Run an administrative command with its settings; it need not be started."""
        await running.command(self._environment, *arguments)

    def resident_mb(self) -> float:
        """Its resident memory in MB."""
        return self._status("VmRSS") / 1024

    def descriptors(self) -> int:
        """Its open files."""
        return len(list(Path(f"/proc/{self.now.process.pid}/fd").iterdir()))

    def _status(self, name: str) -> float:
        for line in Path(f"/proc/{self.now.process.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith(f"{name}:"):
                return float(line.split()[1])
        return 0.0


class Installation:
    """A database, its servers, and the devices they know. disk: where the servers' data directories are."""

    def __init__(self, folder: Path, disk: Path, database: Database, settings: dict[str, str]) -> None:
        self.folder, self.disk, self.database, self.devices = folder, disk, database, dict[str, str]()
        self._settings = settings | {"GRIDWARDEN_DATABASE_URL": database.url}
        self._settings |= {"GRIDWARDEN_DEVICE_RATE": "1000000", "GRIDWARDEN_DEVICE_BURST": "1000000"}
        self.servers: list[Server] = []

    async def server(self, roles: str | None = None, **settings: str) -> Server:
        """One more, started."""
        server = Server(self.disk / f"server-{len(self.servers)}", self._settings | settings, roles)
        self.servers.append(server)
        await server.start()
        return server

    async def add_devices(self, prefix: str, count: int) -> dict[str, str]:
        """So many more devices: token by id."""
        path = self.folder / f"{prefix}.csv"
        made = write_devices(path, (f"{prefix}-{number:04}" for number in range(count)))
        await self.servers[0].command("import", "devices", str(path))
        self.devices |= made
        return made


@asynccontextmanager
async def installation(
    disk: Disk = nullcontext, *, database_on_it: bool = False, **settings: str
) -> AsyncIterator[Installation]:
    """An empty one; everything that it started is ended and removed afterwards.

    disk: makes the file system of the servers' data directories; database_on_it: PostgreSQL's are there, too.
    """
    with tempfile.TemporaryDirectory(prefix="gridwarden-faults-") as name:
        folder, there = Path(name), Path(name) / "disk"
        folder.chmod(0o755)
        there.mkdir()
        with disk(there):
            database = Database((there if database_on_it else folder) / "postgres")
            await database.start()
            made = Installation(folder, there, database, settings)
            try:
                yield made
            finally:
                for server in made.servers:
                    await server.end()
                await database.kill(signal.SIGINT)


async def _is_200(http: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with http.get(url) as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False
