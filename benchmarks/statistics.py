"""The statistics of ten million incidents over three years, asked over HTTP.

A city of 10 districts, 100 streets, 1,000 communities and 3,500 grids with every kind of the catalogue; the incidents
are made in the database, the sums of the last 28 days and of the last whole month as the worker makes them, and those
of earlier days and months are the same rows again. One caller asks for the page of organisations of each level over its
periods, with and without a category, class or kind, and for the lists behind figures. Milliseconds, the whole request;
cpu: what the server and the database needed of the processors; load: the machine's load average of the last minute at
the end. `python -m benchmarks statistics` takes half an hour: only where it is named. With `GRIDWARDEN_BENCH_DATA` the
database is made there once, and kept.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import psycopg

from benchmarks.processor import Processor
from benchmarks.product import token_of
from gridwarden.database.embedded import running_url
from insight.statistics.model import COUNTS
from insight.statistics.rollup_store import sum_changed
from tests.integration.running import PROGRAM, environment

__all__ = ["Row", "main"]

INCIDENTS = 10_000_000
DAYS = 3 * 365
_SUMMED = 28
_ZONE = "Asia/Shanghai"
_GOAL = "p99 300 ms"
_CLASSES = ("public facilities", "greening", "city appearance", "sudden events")
_KINDS = ("C0101", "C0402", "E0102", "E0301")
_PASSWORD = "dora has a password"

_TREE = """
    INSERT INTO organisations (id, parent, level, name)
    SELECT p.id || '-' || n, p.key, %(level)s, initcap(%(level)s) || ' ' || p.id || '-' || n
    FROM organisations p CROSS JOIN generate_series(1, %(each)s) n WHERE p.level = %(above)s
"""
_LEVELS = (("district", "city", 10), ("street", "district", 10), ("community", "street", 10), ("grid", "community", 4))
# Skewed as cities are: some grids and kinds have many times what others have. One in five hundred is open, the newest.
_INCIDENTS = """
    INSERT INTO incidents (key, id, state, kind, priority, organisation, place_organisation, latitude, longitude,
                           description, source, reported_at, accepted_at, on_scene_at, handled_at, verified_at,
                           ended_at, escalations, marks, sent_back)
    SELECT key, 'I-' || key, CASE WHEN open THEN 'handling' WHEN fate < 0.03 THEN 'rejected' ELSE 'closed' END,
           kinds[1 + floor(array_length(kinds, 1) * which ^ 2)], 1 + floor(4 * random()),
           place, place, 26, 119, 'made up',
           (ARRAY['member', 'citizen', 'hotline', 'device', 'patrol'])[1 + floor(5 * random())],
           at, at + accepted, at + accepted + came, at + accepted + came + handled,
           CASE WHEN NOT open THEN at + accepted + came + handled * 1.5 END,
           CASE WHEN NOT open THEN at + accepted + came + handled * 1.6 END,
           (fate > 0.95)::int, (fate > 0.9)::int, (fate > 0.985)::int
    FROM (SELECT %(first)s + n AS key, random() AS fate, random() AS which,
                 %(begins)s::timestamptz + n * (%(ends)s::timestamptz - %(begins)s) / %(count)s AS at,
                 grids[1 + floor(array_length(grids, 1) * random() ^ 1.5)] AS place,
                 %(first)s + n > %(all)s * 0.99 AND random() < 0.2 AS open,
                 interval '1 min' * exp(3 * random()) AS accepted, interval '1 min' * exp(4 * random()) AS came,
                 interval '1 min' * exp(6 * random()) AS handled
          FROM generate_series(1, %(count)s) n,
               (SELECT array_agg(key) AS grids FROM organisations WHERE level = 'grid') g) made,
         (SELECT array_agg(key ORDER BY key) AS kinds FROM incident_kinds) k
"""


_SUMS = f"organisation, subject, {', '.join(COUNTS)}, codes, code_counts, responses, response_counts"
_REPEATED = f"""
    INSERT INTO statistics_sums (monthly, begins, {_SUMS})
    SELECT false, begins - %(back)s, {_SUMS} FROM statistics_sums
    WHERE NOT monthly AND begins > %(newest)s - %(days)s AND begins <= %(newest)s
    ORDER BY begins, organisation, subject"""
_REPEATED_MONTHS = f"""
    INSERT INTO statistics_sums (monthly, begins, {_SUMS})
    SELECT true, m.month, {_SUMS} FROM statistics_sums CROSS JOIN statistics_months m
    WHERE monthly AND begins = %(last)s AND m.month < %(last)s ORDER BY m.month, organisation, subject"""


@dataclass(frozen=True)
class Row:
    """One kind of question, milliseconds."""

    name: str
    asked: int
    p50_ms: float
    p99_ms: float
    max_ms: float
    cpu_p50_ms: float
    cpu_p99_ms: float
    load: float
    goal: str


def main(seconds: float = 10.0) -> list[Row]:
    """All questions on one server."""
    kept = os.environ.get("GRIDWARDEN_BENCH_DATA")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(kept or folder)
        made = home / "made"
        with _serving(home) as (url, http, server):
            if not made.exists():
                _fill(url)
                asyncio.run(_sum(url))
                _repeat(url)
                asyncio.run(_sum_months(url))
                made.touch()
            return _measure(http, _sign_in(home, http), seconds, Processor(server, url))


@contextmanager
def _serving(home: Path) -> Iterator[tuple[str, str, int]]:
    """A server that only answers, so that nobody sums beside the one who measures: (database, HTTP, process)."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [*PROGRAM, "serve", "--roles", "api"], env=environment(home / "data"), stdout=subprocess.PIPE, stderr=log
        )
    try:
        assert process.stdout is not None
        at = json.loads(process.stdout.readline())
        url = asyncio.run(running_url(home / "data"))
        assert url is not None
        yield url, f"http://{at['http']}/api/v1", process.pid
    finally:
        process.terminate()
        process.wait(120)


def _fill(url: str) -> None:
    """The city and its incidents, a month at a time."""
    with psycopg.connect(url, autocommit=True) as connection:
        for level, above, each in _LEVELS:
            connection.execute(_TREE, {"level": level, "above": above, "each": each})
        connection.execute("DELETE FROM organisations WHERE id LIKE '%-4' AND level = 'grid' AND parent % 2 = 0")
        connection.execute("SET session_replication_role = replica; SET synchronous_commit = off; SELECT setseed(0.5)")
        indexes = connection.execute(
            """SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'incidents' AND indexname NOT LIKE '%_pkey'
               AND indexname NOT LIKE '%_id_key'"""
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f'DROP INDEX "{name}"'.encode())
        a_month, step = INCIDENTS // 36, timedelta(days=DAYS / 36)
        today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        for month in range(36):
            connection.execute(
                _INCIDENTS.encode(),
                {"first": month * a_month, "count": a_month, "all": INCIDENTS, "begins": today - (36 - month) * step,
                 "ends": today - (35 - month) * step},
            )  # fmt: skip
        for _, definition in indexes:
            connection.execute(definition.encode())


async def _sum(url: str) -> None:
    """The newest days, as the worker does."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("UPDATE statistics_state SET zone = %s", (_ZONE,))
        await connection.execute("DELETE FROM statistics_changes")
        await connection.execute(
            """INSERT INTO statistics_changes (hour) SELECT DISTINCT date_trunc('hour', reported_at) FROM incidents
               WHERE reported_at >= now() - interval '1 day' * %s""",
            (_SUMMED + 1,),
        )
        while await sum_changed(connection, _ZONE, datetime.now(UTC)):
            pass


def _repeat(url: str) -> None:
    """The same days again and again back to the beginning: summing three years would take half an hour."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '512MB'")
        connection.execute("ALTER TABLE statistics_sums DROP CONSTRAINT statistics_sums_pkey")
        connection.execute("ALTER TABLE statistics_sums SET UNLOGGED")  # as quick to read, and sooner filled
        newest = datetime.now(ZoneInfo(_ZONE)).date() - timedelta(days=2)
        for back in range(_SUMMED, DAYS + _SUMMED, _SUMMED):
            connection.execute(_REPEATED, {"back": back, "days": _SUMMED, "newest": newest})
        connection.execute("ALTER TABLE statistics_sums ADD PRIMARY KEY (organisation, subject, monthly, begins)")
        connection.execute("VACUUM ANALYZE incidents")
        connection.execute("VACUUM ANALYZE statistics_sums")


async def _sum_months(url: str) -> None:
    """The last whole month, as the worker does; earlier ones are the same again."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        this = datetime.now(ZoneInfo(_ZONE)).date().replace(day=1)
        last = (this - timedelta(days=1)).replace(day=1)
        await connection.execute("DELETE FROM statistics_months")
        await connection.execute(
            "INSERT INTO statistics_months (month, changed_at, summed) VALUES (%s, '2000-01-01', false)", (last,)
        )
        await sum_changed(connection, _ZONE, datetime.now(UTC))
        await connection.execute(
            """INSERT INTO statistics_months (month, changed_at, summed)
               SELECT DISTINCT date_trunc('month', begins)::date, now(), true FROM statistics_sums
               WHERE NOT monthly AND begins < %s""",
            (last,),
        )
        await connection.execute(_REPEATED_MONTHS, {"last": last})
        await connection.execute("VACUUM ANALYZE statistics_sums")


def _sign_in(home: Path, http: str) -> str:
    subprocess.run(
        [*PROGRAM, "user", "add", "dora", "--role", "dispatcher", "--password-stdin"], env=environment(home / "data"),
        input=_PASSWORD, text=True, check=False, capture_output=True,
    )  # fmt: skip
    return token_of(http, "dora", _PASSWORD)


def _measure(http: str, token: str, seconds: float, processor: Processor) -> list[Row]:
    random, found = Random(7), {name: list[tuple[float, float]]() for name in _questions(Random(1))}
    until = time.monotonic() + max(60.0, seconds * len(found))
    _ask(http, token, "/statistics/summary")
    while time.monotonic() < until:
        for name, path in _questions(random).items():
            ran, began = processor.seconds(), time.perf_counter()
            _ask(http, token, path)
            took = time.perf_counter() - began
            found[name].append((1e3 * took, 1e3 * (processor.seconds() - ran)))
    return [_row(name, np.array(times)) for name, times in found.items()]


def _row(name: str, times: np.ndarray) -> Row:
    """times: of shape (questions, 2): milliseconds, and of them of the processors."""
    (p50, cpu_p50), (p99, cpu_p99) = np.percentile(times, [50, 99], axis=0).tolist()
    return Row(name, len(times), p50, p99, float(times[:, 0].max()), cpu_p50, cpu_p99, os.getloadavg()[0], _GOAL)


def _questions(random: Random) -> dict[str, str]:
    """A question of each sort about organisations by chance."""
    district = f"city-{random.randint(1, 10)}"
    street = f"{district}-{random.randint(1, 10)}"
    community = f"{street}-{random.randint(1, 10)}"
    until = time.strftime("%Y-%m-%d")
    year: dict[str, object] = {"since": _before(365), "until": until}
    three_years: dict[str, object] = {"since": _before(DAYS), "until": until}
    asked: dict[str, tuple[str, dict[str, object]]] = {
        "city, 28 days": ("summary", {}),
        "city, a year": ("summary", year),
        "city, three years": ("summary", three_years),
        "city, a year, a category": ("summary", year | {"category": random.choice(("component", "event"))}),
        "city, a year, a class": ("summary", year | {"class": random.choice(_CLASSES)}),
        "city, a year, a kind": ("summary", year | {"kind": random.choice(_KINDS)}),
        "city, three years, a category": ("summary", three_years | {"category": "component"}),
        "district, a year": ("summary", year | {"organisation": district}),
        "street, a year": ("summary", year | {"organisation": street}),
        "street, a year, a category": ("summary", year | {"organisation": street, "category": "event"}),
        "community, a year": ("summary", year | {"organisation": community}),
        "grid, three years": ("summary", three_years | {"organisation": f"{community}-1"}),
        "behind: city, late in a year": ("incidents", year | {"figure": "late", "limit": 100}),
        "behind: district, slow ones": (
            "incidents", year | {"organisation": district, "clock": "response", "from_s": 3600, "limit": 100}
        ),
        "behind: street, sent back": (
            "incidents", year | {"organisation": street, "figure": "sent_back", "limit": 100}
        ),
        "behind: street, escalated": (
            "incidents", year | {"organisation": street, "figure": "escalated", "limit": 100}
        ),
        "behind: city, merged": ("incidents", year | {"figure": "merged", "limit": 100}),
        "behind: city, a rare kind": ("incidents", year | {"kind": _KINDS[-1], "limit": 100}),
        "behind: city, an hour of a priority": ("incidents", year | {"priority": 4, "hour": 3, "limit": 100}),
        "behind: district, a kind": (
            "incidents", year | {"organisation": district, "kind": random.choice(_KINDS), "limit": 100}
        ),
        "behind: city, overdue": ("incidents", {"figure": "overdue", "limit": 100}),
    }  # fmt: skip
    return {name: f"/statistics/{what}?{urllib.parse.urlencode(query)}" for name, (what, query) in asked.items()}


def _before(days: int) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(time.time() - days * 86_400))


def _ask(http: str, token: str, path: str) -> None:
    asked = urllib.request.Request(f"{http}{path}", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(asked) as answer:
        assert answer.status == 200
        answer.read()
