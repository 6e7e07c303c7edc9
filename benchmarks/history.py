"""A member's day and everybody's past moment, out of 1, 10 and 50 million stored positions, asked over HTTP.

10,000 members leave a position every 17 seconds of one day, and one of them a position a second (86,400 when the day
is over). The rows go, as time passes, by the product's own COPY into its own PostgreSQL; asked are the day of that
member, simplified to 10 m, that of another, and where everybody was at random moments. Milliseconds, the whole request,
and cpu of them, of server and database; answered: positions in an answer; rows_s: rows a second that were stored on the
way there; load: the machine's load average of the last minute at the end. `python -m benchmarks history` takes ten
minutes and 10 GB: only where it is named.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import psycopg

from benchmarks.caller import Caller
from benchmarks.processor import Processor
from benchmarks.product import Product, running_product
from simulators.city.seed import write_import_files
from tracker.history.partitions import ensure_days
from tracker.history.position_rows import copy_positions
from tracker.history.write import POSITION, Write

__all__ = ["Row", "main"]

MEMBERS = 10_000
STORED = (1_000_000, 10_000_000, 50_000_000)
_STEP_US = 17_280_000
_STEPS = 5_000  # a day
_ASKED_EACH = 40


@dataclass(frozen=True)
class Row:
    """One kind of question of so many stored positions."""

    name: str
    asked: int
    p50_ms: float
    p99_ms: float
    cpu_p50_ms: float
    answered: float
    rows_s: float
    load: float
    goal: str


def main(seconds: float = 10.0, stored: Sequence[int] = STORED, members: int = MEMBERS) -> list[Row]:
    """Every question in turns at each size; `seconds` is not heeded, each is asked forty times."""
    rows: list[Row] = []
    with running_product(1) as product, tempfile.TemporaryDirectory() as folder:
        files = write_import_files(Path(folder), members=members)
        for kind in ("organisations", "members", "devices"):
            product.command("import", kind, str(files[kind]))
        day, processor = _Day(product), Processor(product.process.pid, product.url())
        with closing(Caller(product)) as caller:
            for size in stored:
                pace = _filled(day, size)
                for name, goal, found in _ask(caller, day, processor):
                    rows.append(_row(f"{size:,} stored: {name}", found, pace, goal))
    return rows


def _filled(day: _Day, size: int) -> float:
    """Rows a second that were stored until there were so many."""
    began, before = time.monotonic(), day.stored
    day.fill(size)
    return (day.stored - before) / (time.monotonic() - began)


def _ask(caller: Caller, day: _Day, processor: Processor) -> Iterator[tuple[str, str, npt.NDArray[np.float64]]]:
    """Each question's milliseconds, those of the processors, and positions told; each is asked once before."""
    for name, goal, path in (
        ("the day of one a second", "50 ms", partial(day.track, day.quick)),
        ("a day of another", "50 ms", partial(day.track, None)),
        ("everybody's past moment", "300 ms", day.moment),
    ):
        caller.ask(path())
        yield name, goal, np.array([_answer(caller, path(), processor) for _ in range(_ASKED_EACH)])


def _answer(caller: Caller, path: str, processor: Processor) -> tuple[float, float, int]:
    ran = processor.seconds()
    taken, told = caller.ask(path)
    answer = json.loads(told)
    return taken, 1e3 * (processor.seconds() - ran), answer["count"] if "count" in answer else len(answer["items"])


def _row(name: str, found: npt.NDArray[np.float64], pace: float, goal: str) -> Row:
    p50, cpu_p50 = np.percentile(found[:, :2], 50, axis=0).tolist()
    return Row(
        name, len(found), p50, float(np.percentile(found[:, 0], 99)), cpu_p50, float(found[:, 2].mean()), pace,
        os.getloadavg()[0], goal,
    )  # fmt: skip


class _Day:
    """Yesterday: filled from its beginning on, in the order of time, as it would have come in."""

    def __init__(self, product: Product) -> None:
        self._product, self._random = product, np.random.default_rng(7)
        self._start = (datetime.now(UTC) - timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        with product.database() as connection:
            ensure_days(connection, [self._start.date()])
            known = connection.execute(
                "SELECT d.key, m.key, m.id FROM devices d JOIN members m ON m.key = d.member ORDER BY d.key"
            ).fetchall()
        self._devices, self._members = (np.array([one[n] for one in known], np.int32) for n in (0, 1))
        self._ids: list[str] = [one[2] for one in known]
        self.quick, self.stored, self._steps = self._ids[0], 0, 0

    def fill(self, size: int) -> None:
        """Until so many positions are stored."""
        with self._product.database() as connection:
            while self.stored < size and self._steps < _STEPS:
                self._store(connection, *self._step())
                self._steps += 1
            connection.execute("VACUUM (ANALYZE) positions")

    def _step(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int64]]:
        """Who leaves positions in this step, and when: one of everybody, more of the quick one."""
        seconds = np.arange(-(-self._steps * _STEP_US // 1_000_000), -(-(self._steps + 1) * _STEP_US // 1_000_000))
        others = np.arange(1, len(self._devices))
        who = np.concatenate([np.zeros(len(seconds), np.intp), others])
        return who, np.concatenate([seconds * 1_000_000, np.full(len(others), self._steps * _STEP_US)])

    def track(self, member: str | None) -> str:
        """The day of that member, None: of any other."""
        who = member or str(self._random.choice(self._ids[1:]))
        until = self._start + timedelta(days=1)
        return f"/members/{who}/track?from={_text(self._start)}&to={_text(until)}&simplify=10"

    def moment(self) -> str:
        """Where everybody was, at a moment of what is stored."""
        share = float(self._random.uniform(0.3, 1))
        return f"/replay?at={_text(self._start + share * self._steps * timedelta(microseconds=_STEP_US))}"

    def _store(
        self, connection: psycopg.Connection, who: npt.NDArray[np.intp], after_us: npt.NDArray[np.int64]
    ) -> None:
        """Each walks a circle of its own, 1.3 m/s, so that there is something to simplify."""
        rows = np.zeros(len(who), POSITION)
        turned = 1.3e-6 * after_us / (100 + who % 400)
        rows["device"], rows["member"] = self._devices[who], self._members[who]
        rows["fix_time"] = int(self._start.timestamp()) * 1_000_000 + after_us
        rows["received_at"] = rows["fix_time"] + 300_000
        rows["latitude"] = 51.05 + (who // 100) * 1e-3 + np.sin(turned) * 2e-3
        rows["longitude"] = 71.35 + (who % 100) * 1.5e-3 + np.cos(turned) * 2e-3
        rows["speed"], rows["course"], rows["battery"] = 1.3, np.degrees(turned) % 360, 0.8
        rows["altitude"] = rows["accuracy"] = rows["hdop"] = np.nan
        columns = {name: rows[name] for name in POSITION.names or ()}
        copy_positions(connection, Write(columns, np.zeros(len(rows), np.bool_)))
        self.stored += len(rows)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
