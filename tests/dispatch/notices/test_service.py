"""Notices: to whom, who has read them, and who sees that."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg.rows import dict_row

from dispatch.notices.service import NoticeService
from registry.api.problems import Conflict, NotFound
from tests.dispatch.world import World


class Notices:
    """The service with the world's people."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.service = NoticeService(world.pool, lambda: world.now)

    async def write(self, by: str = "dora", organisation: str = "one", **also: Any) -> dict[str, Any]:
        fields: dict[str, Any] = {"title": "Storm", "body": "stay in", "urgent": True} | also
        return await self.service.write(self.world[by], organisation, **fields)

    async def page(self, by: str, **also: int) -> list[dict[str, Any]]:
        return await self.service.page(self.world[by], **({"before": 0, "limit": 10} | also))

    async def receipts(self, notice: str, by: str = "dora", *, read: bool | None = None) -> list[str]:
        rows = await self.service.receipts(notice, self.world[by], read=read, after=0, limit=10)
        return [row["member"] for row in rows]

    def member(self, name: str) -> int:
        key = self.world[name].member
        assert key is not None
        return key


@pytest.fixture
def notices(world: World) -> Notices:
    return Notices(world)


async def test_a_notice_goes_to_all_members_below_and_is_told_once(notices: Notices) -> None:
    written = await notices.write(organisation="main")
    assert (written["members"], written["read"], written["author"]) == (3, 0, "dora")
    async with notices.world.pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute("SELECT topic, members, body FROM outbox")
        (told,) = await cursor.fetchall()
    assert (told["topic"], len(told["members"])) == ("notice", 3)
    assert told["body"]["id"] == written["id"]
    assert await notices.receipts(written["id"]) == ["anna", "bo", "cui"]


async def test_who_has_read_it_is_known_and_reading_twice_keeps_the_first_time(notices: Notices) -> None:
    written = await notices.write()
    first = notices.world.now
    await notices.service.read(written["id"], notices.member("anna"))
    notices.world.later(hours=1)
    await notices.service.read(written["id"], notices.member("anna"))
    assert await notices.receipts(written["id"], read=True) == ["anna"]
    assert await notices.receipts(written["id"], read=False) == ["bo"]
    (seen,) = await notices.page("dora")
    assert (seen["members"], seen["read"]) == (2, 1)
    (own,) = await notices.page("anna")
    assert (own["read_at"], own["members"]) == (first, None)
    assert await notices.service.unread(notices.member("anna")) == []
    assert [one["id"] for one in await notices.service.unread(notices.member("bo"))] == [written["id"]]


async def test_nobody_reads_or_sees_what_was_not_for_him(notices: Notices) -> None:
    written = await notices.write()
    with pytest.raises(NotFound):
        await notices.service.read(written["id"], notices.member("dan"))
    assert await notices.page("dan") == await notices.page("wes") == []
    with pytest.raises(NotFound):
        await notices.receipts(written["id"], "wes")
    with pytest.raises(NotFound):
        await notices.write("wes", "one")


async def test_who_is_below_sees_what_was_written_above_and_only_the_receipts_below_him(notices: Notices) -> None:
    written = await notices.write(organisation="east")
    (seen,) = await notices.page("anna")
    assert seen["id"] == written["id"]
    (seen,) = await notices.page("otto")
    assert (seen["id"], seen["members"]) == (written["id"], 0)
    assert await notices.receipts(written["id"], "otto") == []


async def test_an_organisation_without_members_cannot_be_told(notices: Notices) -> None:
    with pytest.raises(Conflict):
        await notices.write(organisation="fire")
    assert await notices.page("dora") == []


async def test_pages_and_the_same_call_again(notices: Notices) -> None:
    first = await notices.write(idempotency_key="k")
    assert await notices.write(idempotency_key="k") == first
    second = await notices.write(title="Calm")
    assert [one["id"] for one in await notices.page("dora", limit=1)] == [second["id"]]
    assert [one["id"] for one in await notices.page("dora", before=second["key"])] == [first["id"]]


async def test_the_program_tells_members_in_somebodys_transaction_and_nobody_where_it_fails(notices: Notices) -> None:
    async with notices.world.pool.connection() as connection:
        cursor = await connection.execute("SELECT key FROM organisations WHERE id = 'one'")
        row = await cursor.fetchone()
        assert row is not None
        await notices.service.tell_on(connection, row[0], title="Due", body="Hall", urgent=False)
        await connection.rollback()
        await notices.service.tell_on(connection, row[0], title="Overdue", body="Hall", urgent=True)
    [written] = await notices.page("dora")
    assert (written["title"], written["author"], written["urgent"]) == ("Overdue", "gridwarden", True)
    assert await notices.receipts(written["id"]) == ["anna", "bo"]
