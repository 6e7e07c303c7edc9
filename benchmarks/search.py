"""Search over 1,000,000 residents, asked over HTTP: names, parts of names, pinyin, addresses.

Seeded synthetic residents in 250,000 homes of 5,000 buildings under the demo city's organisations, in the server's own
PostgreSQL; callers of the whole city and of one grid ask one kind of question after the other. Milliseconds, the whole
request; cpu: what the server and the database needed of the processors; found: answers a question on average; load: the
machine's load average of the last minute at the end.
`python -m benchmarks search [--rows 100000]`; filling takes minutes, which is the time that the index takes.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import numpy as np
import psycopg

from benchmarks.caller import Caller
from benchmarks.processor import Processor
from benchmarks.product import Product, running_product
from simulators.city.seed import write_import_files

__all__ = ["PEOPLE_A_HOME", "RESIDENTS", "Row", "fill_homes", "main", "names", "until_searchable"]

RESIDENTS = 1_000_000
PEOPLE_A_HOME, _HOMES_A_BUILDING = 4, 50
_GOAL = "p99 100 ms"
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建国文辉力志新兰云鹏飞宇浩然子轩梓涵欣怡佳琪晨曦雨"
_STREETS = "鼓楼东街西湖南门北山古田五一八一七福新华林湖东杨桥乌山工业交通"
_ASKED: dict[str, Callable[[np.random.Generator], str]] = {
    "whole name": lambda random: _name(random),
    "surname": lambda random: random.choice(list(_SURNAMES)),
    "part of a name": lambda random: "".join(random.choice(list(_GIVEN), 2)),
    "pinyin": lambda random: random.choice(["zhangwei", "lina", "wangfang", "chenjing", "huangxiuying", "zhoujianguo"]),
    "part of pinyin": lambda random: random.choice(["xiuy", "jiangu", "zhangw", "mingh", "haor", "yingh"]),
    "initials": lambda random: random.choice(["zw", "lxy", "wjg", "cm", "hzx", "zxh"]),
    "address": lambda random: f"{random.choice(list(_STREETS))}路{random.integers(1, 90)}号",
    "nobody": lambda random: "xqzvvk",
}


@dataclass(frozen=True)
class Row:
    """One kind of question by one caller, milliseconds."""

    name: str
    asked: int
    p50_ms: float
    p99_ms: float
    cpu_p50_ms: float
    cpu_p99_ms: float
    found: float
    load: float
    goal: str


def main(seconds: float = 10.0, residents: int = RESIDENTS) -> list[Row]:
    """Every kind of question in turns, of a caller who sees the city and of one who sees a grid."""
    random = np.random.default_rng(5)
    with running_product(1) as product, tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        files = write_import_files(Path(folder), members=1)
        product.command("import", "organisations", str(files["organisations"]))
        grid = _fill(product, residents, random)
        callers = {
            who: stack.enter_context(closing(Caller(product, of))) for who, of in (("city", "city"), ("grid", grid))
        }
        processor = Processor(product.process.pid, product.url())
        times: dict[str, list[tuple[float, float, int]]] = {}
        cases = cycle([(who, what) for who in callers for what in _ASKED])
        until = time.monotonic() + max(seconds, 5.0) * len(_ASKED)
        while time.monotonic() < until:
            who, what = next(cases)
            ran = processor.seconds()
            took_ms, told = callers[who].ask(f"/search?q={quote(_ASKED[what](random))}")
            cpu_ms = 1e3 * (processor.seconds() - ran)
            times.setdefault(f"{what}, {who}", []).append((took_ms, cpu_ms, len(json.loads(told)["items"])))
    every = [one for found in times.values() for one in found]
    return [_row(name, np.array(found)) for name, found in {"all": every, **times}.items()]


def _row(name: str, found: np.ndarray) -> Row:
    """found: of shape (questions, 3): milliseconds, of them of the processors, and how many were found."""
    (p50, cpu_p50), (p99, cpu_p99) = np.percentile(found[:, :2], [50, 99], axis=0).tolist()
    return Row(name, len(found), p50, p99, cpu_p50, cpu_p99, float(found[:, 2].mean()), os.getloadavg()[0], _GOAL)


def _fill(product: Product, residents: int, random: np.random.Generator) -> str:
    """Everybody and where they live, in the database; the id of a grid. Waits until all can be found."""
    homes = residents // PEOPLE_A_HOME
    with product.database() as connection:
        grid = fill_homes(connection, homes, random)
        connection.execute("CREATE TEMPORARY TABLE said (n bigint, name text)")
        with connection.cursor().copy("COPY said FROM STDIN") as copy:
            for number, name in enumerate(names(residents, random)):
                copy.write_row((number, name))
        connection.execute(
            """INSERT INTO people (id, organisation, household, name)
               SELECT 'P' || n, f.organisation, f.key, said.name FROM said JOIN households f ON f.key = 1 + n %% %s""",
            (homes,),
        )
        until_searchable(connection)
        connection.execute("VACUUM ANALYZE")
    return grid


def fill_homes(connection: psycopg.Connection, homes: int, random: np.random.Generator) -> str:
    """Buildings, houses and households F1, F2, … in the city's grids; the id of one of these."""
    grids = connection.execute("SELECT key, id FROM organisations WHERE level = 'grid' ORDER BY key").fetchall()
    keys = [key for key, _ in grids]
    connection.execute(
        """INSERT INTO buildings (id, organisation, name, address, latitude, longitude, floors)
           SELECT 'B' || n, (%s::int[])[1 + n %% %s], said.name, said.address, 51.1, 71.4, 20
           FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS said (name, address, n)""",
        (keys, len(keys), *_buildings(max(1, homes // _HOMES_A_BUILDING), random)),
    )
    connection.execute(
        """INSERT INTO houses (id, organisation, building, number)
           SELECT 'D' || b.key || '-' || n, b.organisation, b.key, (n / 4 + 1) || '0' || (n %% 4 + 1)
           FROM buildings b, generate_series(1, %s) n""",
        (_HOMES_A_BUILDING,),
    )
    connection.execute(
        "INSERT INTO households (id, organisation, house) SELECT 'F' || key, organisation, key FROM houses"
    )
    return str(grids[0][1])


def until_searchable(connection: psycopg.Connection) -> None:
    """Wait until everything that is stored can be found."""
    while connection.execute("SELECT FROM search_pending LIMIT 1").rowcount:
        time.sleep(1)


def _buildings(number: int, random: np.random.Generator) -> tuple[list[str], list[str]]:
    """Names and addresses."""
    streets = ["".join(random.choice(list(_STREETS), 2)) for _ in range(number)]
    return [f"{street}小区{n % 30 + 1}栋" for n, street in enumerate(streets)], [
        f"{street}路{n % 200 + 1}号" for n, street in enumerate(streets)
    ]


def names(number: int, random: np.random.Generator) -> Iterator[str]:
    """Surnames as unevenly spread as in life; one given name of five has one character."""
    weights = 1 / np.arange(3, 3 + len(_SURNAMES))
    surnames = random.choice(list(_SURNAMES), number, p=weights / weights.sum())
    first, second = random.choice(list(_GIVEN), (2, number))
    short = random.random(number) < 0.2
    return (a + b + ("" if one else c) for a, b, c, one in zip(surnames, first, second, short, strict=True))


def _name(random: np.random.Generator) -> str:
    return next(names(1, random))
