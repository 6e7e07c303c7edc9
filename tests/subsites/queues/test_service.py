"""Numbers are given out in order and called in order, by one window each, however many call at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from registry.api.problems import Conflict, NotFound
from subsites.queues.model import MOST_WAITING
from subsites.queues.service import TicketService
from tests.subsites.callers import caller
from tests.subsites.queues.hall import Hall, a_place

UUID = "0e3bd6d0-6f7a-4c5f-9e39-5f2f9f0b7a55"


async def test_numbers_go_up_by_service_and_begin_again_each_day(hall: Hall) -> None:
    labels = [(await hall.take(service))[0]["label"] for service in (None, hall.pension, None)]
    assert labels == ["A001", "B001", "A002"]
    hall.world.later(hours=4)  # midnight of the day in Shanghai
    assert (await hall.take())[0]["label"] == "A001"


async def test_sent_again_it_is_the_same_ticket(hall: Hall) -> None:
    taken = await asyncio.gather(*(hall.tickets.take(hall.residence, None, b"x", UUID) for _ in range(4)))
    assert len({(row["id"], code) for row, code in taken}) == 1


async def test_fifty_callers_never_get_one_ticket_twice(hall: Hall) -> None:
    """Fifty windows; every ticket is called once, and in the order of the numbers."""
    dora, services = caller(hall.world, "dora"), [hall.residence]
    desks = []
    for number in range(50):
        place = await a_place(hall.world, f"X{number}")
        sent = {"organisation": "main", "place": place, "services": services}
        desks.append((await hall.setup.add_window(sent, dora, None))["id"])
        await hall.setup.open(desks[-1], dora, None)
    tickets = [(await hall.take())[0]["id"] for _ in range(40)]
    called = await asyncio.gather(*(hall.tickets.call(desk, dora) for desk in desks), return_exceptions=True)
    got = [one["id"] for one in called if isinstance(one, dict)]
    assert Counter(got) == Counter(tickets)
    assert sum(isinstance(one, NotFound) for one in called) == 10


async def test_one_window_that_calls_twice_at_once_has_one(hall: Hall) -> None:
    await hall.open(0)
    for _ in range(3):
        await hall.take()
    called = await asyncio.gather(*(hall.call() for _ in range(5)), return_exceptions=True)
    assert [one["label"] for one in called if isinstance(one, dict)] == ["A001"]
    assert all("finish that first" in str(one) for one in called if not isinstance(one, dict))


async def test_the_way_of_a_ticket(hall: Hall) -> None:
    await hall.open(0)
    taken, code = await hall.take()
    served = await hall.serve()
    assert (served["id"], served["state"]) == (taken["id"], "served")
    row, _ = await hall.tickets.look(code)
    assert (row["state"], row["window_name"], row["calls"]) == ("served", "W1", 1)


async def test_a_closed_window_calls_nobody(hall: Hall) -> None:
    await hall.take()
    with pytest.raises(Conflict, match="open it first"):
        await hall.call()


async def test_who_does_not_come_may_come_back_to_the_old_place(hall: Hall) -> None:
    dora = caller(hall.world, "dora")
    await hall.open(0)
    first, _ = await hall.take()
    await hall.take()
    called = await hall.call()
    again = await hall.tickets.recall(called["id"], dora, called["version"])
    assert again["calls"] == 2
    missed = await hall.tickets.no_show(first["id"], dora, None)
    await hall.tickets.come_back(missed["id"], dora, None)
    assert (await hall.call())["id"] == first["id"]


async def test_transferred_it_waits_where_it_came(hall: Hall) -> None:
    dora = caller(hall.world, "dora")
    await hall.open(0, 1)
    moved, _ = await hall.take(hall.pension)
    await hall.take(hall.residence)
    called = await hall.call(0)
    told = await hall.tickets.transfer(called["id"], dora, None, hall.residence)
    assert (told["state"], told["service"], told["window"]) == ("waiting", hall.residence, None)
    assert (await hall.call(1))["id"] == moved["id"]


async def test_the_wait_follows_who_is_ahead_and_how_long_others_took(hall: Hall) -> None:
    await hall.open(0)
    codes = [(await hall.take())[1] for _ in range(4)]
    await hall.call()
    row, picture = await hall.tickets.look(codes[3])
    assert (picture.ahead(row["service_key"], row["key"]), picture.wait_s(row["service_key"], row["key"])) == (2, 1800)
    quick = caller(hall.world, "dora")
    called, _ = await hall.tickets.look(codes[0])
    await hall.tickets.serve(called["id"], quick, None)
    hall.world.later(minutes=1)
    await hall.tickets.finish(called["id"], quick, None)
    _, picture = await hall.tickets.look(codes[3])
    assert picture.wait_s(row["service_key"], row["key"]) == 2 * (5 * 600 + 60) / 6


async def test_another_window_shares_the_wait_and_none_says_nothing(hall: Hall) -> None:
    row, code = await hall.take()
    _, picture = await hall.tickets.look(code)
    assert picture.wait_s(row["service_key"], row["key"]) is None
    await hall.open(0, 1)
    _, picture = await hall.tickets.look(code)
    assert picture.wait_s(row["service_key"], row["key"]) == 0


async def test_who_gives_it_back_is_not_called(hall: Hall) -> None:
    await hall.open(0)
    _, code = await hall.take()
    await hall.tickets.leave(code)
    with pytest.raises(NotFound, match="nobody waits"):
        await hall.call()


async def test_a_full_queue_takes_nobody(hall: Hall) -> None:
    async with hall.world.pool.connection() as connection:
        await connection.execute(
            """INSERT INTO tickets (id, organisation, service, day, label, state, source, code_hash, created_at)
               SELECT 'x' || n, o.key, s.key, '2026-11-24', 'x' || n, 'waiting', 'phone', n::text::bytea, now()
               FROM generate_series(1, %s) n, organisations o, queue_services s WHERE o.id = 'main' AND s.id = %s""",
            (MOST_WAITING, hall.residence),
        )
    with pytest.raises(Conflict, match="too many"):
        await hall.take()


async def test_yesterdays_tickets_are_not_called(hall: Hall) -> None:
    await hall.open(0)
    await hall.take()
    hall.world.now += timedelta(days=1)
    with pytest.raises(NotFound, match="nobody waits"):
        await hall.call()


async def test_another_district_calls_nobody(hall: Hall) -> None:
    await hall.open(0)
    taken, _ = await hall.take()
    wes, tickets = caller(hall.world, "wes"), hall.tickets
    for deed in (
        tickets.call(hall.desks[0], wes), tickets.no_show(taken["id"], wes, None),
        tickets.take(hall.residence, wes, b"", None), hall.setup.close(hall.desks[0], wes, None),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await deed
    filters = {"state": None, "today": True, "service": None, "organisation": "main", "open": False}
    assert await tickets.page(wes, before=0, limit=9, filters=filters) == []
    assert len(await tickets.page(caller(hall.world, "dora"), before=0, limit=9, filters=filters)) == 1


async def test_the_database_itself_refuses_two_at_a_window(hall: Hall) -> None:
    assert isinstance(hall.tickets, TicketService)
    async with hall.world.pool.connection() as connection:
        cursor = await connection.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'tickets_window'")
        row = await cursor.fetchone()
    assert row is not None
    assert "UNIQUE" in row[0]
