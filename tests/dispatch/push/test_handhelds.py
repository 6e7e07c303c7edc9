"""Handhelds are told what concerns their member, at once and again when they come back, and nobody else's things."""

from __future__ import annotations

import asyncio

from dispatch.push import handhelds
from tests.dispatch.push.handheld_server import HandheldServer, handheld_server
from tests.dispatch.world import World

TRY_LATER = 1013


async def a_notice(server: HandheldServer, title: str = "Storm") -> str:
    written = await server.notices.write(server.world["dora"], "one", title=title, body="stay in", urgent=True)
    return str(written["id"])


async def test_what_is_pending_comes_first_then_what_happens(world: World, database_url: str) -> None:
    async with handheld_server(world, database_url) as server:
        first = await world.dispatched("anna")
        notice = await a_notice(server)
        async with server.carried("anna") as anna:
            offered, told, pending = await anna.pending()
            assert (offered["type"], offered["state"]) == ("assignment", "offered")
            assert offered["incident"]["id"] == first["id"]
            assert (told["type"], told["id"], told["urgent"]) == ("notice", notice, True)
            assert pending == {"type": "pending", "assignments": [offered["id"]], "notices": [notice]}
            second = await world.accepted()
            await world.send(second["id"], "bo")
            third = await world.dispatched("anna", exclusive=False)
            (assignment,) = third["assignments"]
            assert (await anna.hears("assignment", id=assignment["id"]))["incident"]["id"] == third["id"]


async def test_what_it_confirms_is_on_record_and_does_not_come_again(world: World, database_url: str) -> None:
    async with handheld_server(world, database_url) as server:
        await world.dispatched("anna")
        notice = await a_notice(server)
        async with server.carried("anna") as anna:
            offered, *_ = await anna.pending()
            assert await anna.says(type="received", assignment=offered["id"]) == {"type": "ack"}
            while (await anna.hears("assignment", id=offered["id"]))["delivered_at"] is None:
                pass
            assert await anna.says(type="read", notice=notice) == {"type": "ack"}
            declined = await anna.says(type="assignment", assignment=offered["id"], do="decline", reason="ill")
            assert declined == {"type": "ack"}
            assert (await anna.hears("assignment", id=offered["id"], state="declined"))["reason"] == "ill"
        async with server.carried("anna") as anna:
            assert await anna.pending() == [{"type": "pending", "assignments": [], "notices": []}]


async def test_a_notice_reaches_every_handheld_below_the_organisation(world: World, database_url: str) -> None:
    async with (
        handheld_server(world, database_url) as server,
        server.carried("anna") as anna,
        server.carried("bo") as bo,
        server.carried("dan") as dan,
    ):
        for one in (anna, bo, dan):
            await one.pending()
        notice = await a_notice(server)
        for one in (anna, bo):
            await one.hears("notice", id=notice)
        theirs = await server.notices.write(world["wes"], "far", title="Calm", body="go on", urgent=False)
        assert (await dan.take())["id"] == theirs["id"]


async def test_what_is_not_his_is_refused(world: World, database_url: str) -> None:
    async with handheld_server(world, database_url) as server:
        told = await world.dispatched("bo")
        (assignment,) = told["assignments"]
        async with server.carried("anna") as anna:
            for message in (
                {"type": "received", "assignment": assignment["id"]},
                {"type": "assignment", "assignment": assignment["id"], "do": "acknowledge"},
                {"type": "read", "notice": "N-99"},
            ):
                answer = await anna.says(**message)
                assert (answer["type"], answer["status"]) == ("problem", 404)
            for unknown in (
                {"type": "dance"},
                {"type": "read"},
                {"type": "assignment", "assignment": "A-1", "do": "x"},
            ):
                assert (await anna.says(**unknown))["status"] == 400


async def test_a_device_that_another_carries_by_now_is_cut_off_and_told_his_things(
    world: World, database_url: str
) -> None:
    async with handheld_server(world, database_url) as server:
        await world.dispatched("anna")
        async with server.carried("anna") as phone:
            offered, _ = await phone.pending()
            bo = server.device("bo")
            server.changes(server.device("anna"), member=bo.member, member_id=bo.member_id, member_name=bo.member_name)
            assert await phone.closed() == TRY_LATER
            answer = await phone.says(type="received", assignment=offered["id"])
            assert answer["status"] == 404
        async with server.carried("anna") as phone:
            (pending,) = await phone.pending()
            assert pending["assignments"] == []
            server.changes(server.device("anna"), retired=True)
            assert await phone.closed() == TRY_LATER
            assert (await phone.says(type="received", assignment=offered["id"]))["status"] == 403


async def test_a_change_that_does_not_concern_who_carries_it_is_none(world: World, database_url: str) -> None:
    async with handheld_server(world, database_url) as server, server.carried("anna") as phone:
        await phone.pending()
        server.changes(server.device("anna"), on_duty=False)
        notice = await a_notice(server)
        await phone.hears("notice", id=notice)


async def test_one_that_does_not_read_is_cut_off_and_gets_everything_when_it_comes_back(
    world: World, database_url: str
) -> None:
    async with handheld_server(world, database_url) as server:
        async with server.carried("anna") as phone:
            await phone.pending()
            (link,) = next(iter(server.handhelds._links.values()))
            for number in range(handhelds._MOST_WAITING + 1):  # before its sender has a turn
                link.put({"key": number, "topic": "notice", "body": {"id": "x"}})
            assert await phone.closed() == TRY_LATER
        notice = await a_notice(server)
        async with server.carried("anna") as phone:
            assert [one["type"] for one in await phone.pending()] == ["notice", "pending"]
            assert (await phone.says(type="read", notice=notice))["type"] == "ack"


async def test_while_the_database_is_away_it_is_told_to_come_back(world: World, database_url: str) -> None:
    async with handheld_server(world, database_url) as server, server.carried("anna") as phone:
        await phone.pending()
        await world.pool.close()
        answer = await phone.says(type="read", notice="N-1")
        assert (answer["status"], answer["retry_after_s"]) == (503, 5.0)
        async with server.carried("bo") as other:
            assert await other.closed() == TRY_LATER


async def test_what_it_kept_while_it_was_offline_is_done_in_its_order(world: World, database_url: str) -> None:
    async with handheld_server(world, database_url) as server, server.carried("anna") as anna:
        told = await world.dispatched("anna")
        (assignment,) = told["assignments"]
        steps = ("acknowledge", "en-route", "arrive")
        answers = await asyncio.gather(
            *(anna.says(type="assignment", assignment=assignment["id"], do=do) for do in steps),
            anna.says(type="feedback", incident=told["id"], note="a new one"),
        )
        assert answers == [{"type": "ack"}] * 4
        assert await world.log(told["id"]) == [
            "report", "accept", "dispatch", "acknowledge", "en-route", "arrive", "feedback"
        ]  # fmt: skip
