"""The 8 nearest of a moving population: ours, looking at all with numpy, and Redis GEOSEARCH, asked in turns.

Between the questions members move and the snapshot is renewed as in the server; the longest such step is told, since
it holds up everything else. `python -m benchmarks nearest`.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import numpy.typing as npt

from registry.devices.model import Device, DeviceId
from tests.redis_server import RedisServer, redis_server
from tracker.geo.geodesy import unit_vectors
from tracker.live.service import LiveService, Selection
from tracker.live.table import LiveTable
from tracker.model.live_row import LIVE_ROW, LiveRows

__all__ = ["Case", "Row", "main"]

K = 8
LATITUDE, LONGITUDE = 48.2, 16.37
HALF_NORTH, HALF_EAST = 0.27, 0.405  # degrees: 60 km each way
POSTS = ("patrol", "cleaner", "driver", "inspector")
ORGANISATIONS = 400
TYPICAL = Selection(organisations=frozenset(range(1, 301)), post="patrol", presence=0)
RARE = Selection(organisations=frozenset({7}), post="patrol", presence=0)
EVERYBODY = Selection()
QUESTIONS_A_TURN, QUESTIONS_TO_NUMPY = 50, 5

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """members in a square of 60 km, evenly or in 200 clusters; `selection` of whom.

    radius_m: within which Redis looks, enough for 80 members on average; without one it is many times slower.
    """

    name: str
    members: int
    clustered: bool
    selection: Selection
    goal: str
    radius_m: int = 1_000


@dataclass(frozen=True)
class Row:
    """Microseconds. stall_ms: the longest step of moving members or renewing the snapshot. bytes: of index a member."""

    name: str
    p50: float
    p99: float
    numpy_p50: float
    redis_p50: float | None
    redis_p99: float | None
    stall_ms: float
    bytes: float
    goal: str


@dataclass
class Times:
    """Of one way, in microseconds."""

    taken: list[float] = field(default_factory=list)

    def of(self, ask: Callable[[], object]) -> None:
        began = time.perf_counter()
        ask()
        self.taken.append(1e6 * (time.perf_counter() - began))

    def at(self, percent: float) -> float:
        return float(np.percentile(self.taken, percent))


CASES = (
    Case("100 k, everybody", 100_000, False, EVERYBODY, "p50 80 now, 40; p99 500 now, 250"),
    Case("100 k clustered, everybody", 100_000, True, EVERYBODY, "p50 80 now, 40; p99 500 now, 250"),
    Case(
        "100 k clustered, status, post, 300 organisations", 100_000, True, TYPICAL, "p50 80 now, 40; p99 500 now, 250"
    ),
    Case("100 k clustered, status, post, 1 organisation", 100_000, True, RARE, "p99 500 now, 250"),
    Case("1 M clustered, everybody", 1_000_000, True, EVERYBODY, "p50 160 now, 80; p99 1,000", 300),
)


def main(seconds: float = 10.0, cases: Sequence[Case] = CASES) -> list[Row]:
    """Every case for so long, its preparation (up to half a minute for a million) not counted."""
    return [_run(case, seconds) for case in cases]


def _run(case: Case, seconds: float) -> Row:
    city = City(case)
    ours, brute, redis, steps = Times(), Times(), Times(), Times()
    with ExitStack() as stack:
        peer = GeoSearch(stack, city, case.radius_m) if case.selection is EVERYBODY else None
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            steps.of(city.move)
            steps.of(city.service.look)
            places = [city.place() for _ in range(QUESTIONS_A_TURN)]
            for latitude, longitude in places:
                ours.of(partial(city.service.nearest, latitude, longitude, K, case.selection))
            for latitude, longitude in places[:QUESTIONS_TO_NUMPY]:
                brute.of(partial(city.look_at_all, latitude, longitude))
            if peer is not None:
                for latitude, longitude in places:
                    redis.of(partial(peer.nearest, latitude, longitude))
    return Row(
        case.name, ours.at(50), ours.at(99), brute.at(50), redis.at(50) if peer else None,
        redis.at(99) if peer else None, max(steps.taken) / 1e3, city.service.index_bytes / case.members, case.goal,
    )  # fmt: skip


class City:
    """A live side with everybody in it, known to the registry and online."""

    def __init__(self, case: Case) -> None:
        self._random = np.random.default_rng(1)
        self.latitude, self.longitude = self._scattered(case)
        self._members = case.members
        self._now = time.time_ns() // 1000
        table = LiveTable(stale_after_s=3_600, silent_after_s=7_200)
        self.service = LiveService(table, now=lambda: self._now, clock=time.monotonic)
        self.service.describe([self._device(key) for key in range(case.members)])
        self.service.take(self._rows(np.arange(case.members)))
        self._chosen = self.service.passing(case.selection)
        self._settle()

    def place(self) -> tuple[float, float]:
        """Where an incident happens: where members are, more or less."""
        near = int(self._random.integers(self._members))
        apart = self._random.normal(0, 2e-3, 2)
        return float(self.latitude[near] + apart[0]), float(self.longitude[near] + apart[1])

    def move(self) -> None:
        """A hundredth of the members walks a few metres, as within 10 ms at 1 Hz."""
        rows = np.unique(self._random.integers(0, self._members, self._members // 100))
        self.latitude[rows] += self._random.normal(0, 2e-5, len(rows))
        self._now += 10_000
        self.service.take(self._rows(rows))

    def look_at_all(self, latitude: float, longitude: float) -> npt.NDArray[np.intp]:
        """The answer by brute force over columns of the chosen that are ready for it."""
        apart = self._places - unit_vectors(latitude, longitude)
        squares = np.einsum("ij,ij->i", apart, apart)
        nearest = np.argpartition(squares, K)[:K]
        return self._chosen[nearest[np.argsort(squares[nearest])]]

    def _settle(self) -> None:
        """Wait for the first snapshot, as a server that has been asked before."""
        self._places = unit_vectors(self.latitude[self._chosen], self.longitude[self._chosen])
        for _ in range(3):
            self.service.nearest(LATITUDE, LONGITUDE, K, EVERYBODY)
            self.service.look()
            time.sleep(0.6)

    def _scattered(self, case: Case) -> tuple[Doubles, Doubles]:
        random, count = self._random, case.members
        north, east = random.uniform(-HALF_NORTH, HALF_NORTH, count), random.uniform(-HALF_EAST, HALF_EAST, count)
        if case.clustered:
            weight = 1 / np.arange(1, 201) ** 0.8
            hub = random.choice(200, count, p=weight / weight.sum())
            spread = random.uniform(0.3, 2.0, 200)[hub] / 111.2
            north = np.where(random.random(count) < 0.1, north, north[hub] + random.normal(0, 1, count) * spread)
            east = np.where(random.random(count) < 0.1, east, east[hub] + random.normal(0, 1.5, count) * spread)
        return LATITUDE + north, LONGITUDE + east

    def _device(self, key: int) -> Device:
        return Device(
            key=key, id=DeviceId(str(key)), member=None, member_id=None, member_name=None, post=POSTS[key % 4],
            organisation=1 + key * 7919 % ORGANISATIONS, token_hash=None, require_token=False, dialect="",
            stale_after_s=None, silent_after_s=None, on_duty=True, retired=False,
        )  # fmt: skip

    def _rows(self, keys: npt.NDArray[np.intp]) -> LiveRows:
        rows = np.zeros(len(keys), LIVE_ROW)
        rows["device"], rows["fix_time"], rows["received_at"] = keys, self._now, self._now
        rows["latitude"], rows["longitude"] = self.latitude[keys], self.longitude[keys]
        return rows


class GeoSearch:
    """A Redis with the same places, asked over one connection without a client library's cost."""

    def __init__(self, stack: ExitStack, city: City, radius_m: int) -> None:
        self._radius = str(radius_m)
        server: RedisServer = stack.enter_context(redis_server())
        self._connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        for first in range(0, len(city.latitude), 10_000):
            part = slice(first, first + 10_000)
            places = zip(city.longitude[part].tolist(), city.latitude[part].tolist(), strict=True)
            words = [word for n, (x, y) in enumerate(places, first) for word in (f"{x:.7f}", f"{y:.7f}", str(n))]
            self._ask("GEOADD", "members", *words)

    def nearest(self, latitude: float, longitude: float) -> bytes:
        """Who and how far, nearest first."""
        return self._ask(
            "GEOSEARCH", "members", "FROMLONLAT", repr(longitude), repr(latitude), "BYRADIUS", self._radius, "m",
            "ASC", "COUNT", str(K), "WITHDIST",
        )  # fmt: skip

    def _ask(self, *words: str) -> bytes:
        packed = b"".join(b"$%d\r\n%s\r\n" % (len(word), word.encode()) for word in words)
        self._connection.sendall(b"*%d\r\n%s" % (len(words), packed))
        return self._connection.recv(65_536)
