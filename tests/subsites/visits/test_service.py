"""Strangers are counted by address, by all servers together, in a bounded table."""

from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import TooMany
from subsites.visits.service import Bound, Visits

TWO = Bound("test", 2, 60)


class Clock:
    now = 6_000.0

    def __call__(self) -> float:
        return self.now


async def test_the_third_visit_waits_for_the_next_window_on_any_server(pool: AsyncConnectionPool) -> None:
    clock = Clock()
    one, other = Visits(pool, clock), Visits(pool, clock)
    await one.admit(TWO, "192.0.2.1:5000")
    await other.admit(TWO, "192.0.2.1:5001")
    clock.now += 10
    with pytest.raises(TooMany) as refused:
        await one.admit(TWO, "192.0.2.1:5002")
    assert refused.value.retry_after_s == 50
    clock.now += 50
    await one.admit(TWO, "192.0.2.1:5002")


async def test_another_address_or_kind_is_counted_apart(pool: AsyncConnectionPool) -> None:
    visits = Visits(pool, Clock())
    for _ in range(2):
        await visits.admit(TWO, "192.0.2.1:5000")
    await visits.admit(TWO, "192.0.2.2:5000")
    await visits.admit(Bound("other", 2, 60), "192.0.2.1:5000")


async def test_a_network_of_ipv6_is_one_address(pool: AsyncConnectionPool) -> None:
    visits = Visits(pool, Clock())
    await visits.admit(TWO, "2001:db8::1:5000")
    await visits.admit(TWO, "2001:db8::ffff:5000")
    with pytest.raises(TooMany):
        await visits.check(TWO, "2001:db8::2:5000")
    await visits.check(TWO, "2001:db8:0:1::2:5000")


async def test_the_table_is_bounded(pool: AsyncConnectionPool) -> None:
    visits = Visits(pool, Clock(), keys=10)
    for number in range(600):
        await visits.admit(TWO, f"10.0.{number // 250}.{number % 250}:1")
    async with pool.connection() as connection:
        cursor = await connection.execute("SELECT count(*) FROM public_visits")
        assert (await cursor.fetchone() or (0,))[0] < 300
