from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.members.model import MemberDraft
from registry.members.service import MemberService
from tests.registry.two_districts import NORTH, SOUTH


async def names(pool: AsyncConnectionPool, caller: int, **filters: str | None) -> list[str]:
    wanted = {"name": None, "organisation": None} | filters
    members = await MemberService(pool).members(
        caller=caller, after=0, limit=10, name=wanted["name"], organisation=wanted["organisation"]
    )
    return [member.id for member in members]


async def test_members_are_listed_with_what_they_carry(city: AsyncConnectionPool) -> None:
    found = await MemberService(city).find("anna", caller=NORTH)
    assert (found.name, found.organisation, found.devices, found.on_duty) == ("Anna", "north-1", ["phone-n"], True)


async def test_lists_can_be_cut_by_name_and_organisation(city: AsyncConnectionPool) -> None:
    assert await names(city, 1) == ["anna", "bo"]
    assert await names(city, 1, name="NN") == ["anna"]
    assert await names(city, 1, organisation="south") == ["bo"]
    assert await names(city, NORTH, organisation="south") == []


async def test_a_percent_sign_in_a_name_is_no_wildcard(city: AsyncConnectionPool) -> None:
    assert await names(city, 1, name="%") == []


async def test_a_member_can_be_added_changed_and_sent_off_shift(city: AsyncConnectionPool) -> None:
    service = MemberService(city)
    await service.add(MemberDraft(id="cara", name="Cara", organisation="north", posts=["patrol"]), caller=NORTH)
    changed = await service.change("cara", {"on_duty": False, "organisation": "north-1", "posts": []}, caller=NORTH)
    assert (changed.on_duty, changed.organisation, changed.post, changed.name) == (False, "north-1", None, "Cara")


async def test_a_member_of_another_district_is_neither_found_nor_changed_nor_taken(city: AsyncConnectionPool) -> None:
    service = MemberService(city)
    with pytest.raises(NotFound):
        await service.find("bo", caller=NORTH)
    with pytest.raises(NotFound):
        await service.change("bo", {"organisation": "north"}, caller=NORTH)
    with pytest.raises(Conflict):
        await service.add(MemberDraft(id="bo", name="Mine", organisation="north"), caller=NORTH)
    assert (await service.find("bo", caller=SOUTH)).name == "Bo"


async def test_a_member_cannot_be_put_where_the_caller_sees_nothing(city: AsyncConnectionPool) -> None:
    service = MemberService(city)
    with pytest.raises(NotFound, match="'south'"):
        await service.change("anna", {"organisation": "south"}, caller=NORTH)
    with pytest.raises(NotFound, match="'south'"):
        await service.add(MemberDraft(id="dan", name="Dan", organisation="south"), caller=NORTH)


async def test_a_member_has_several_posts_grids_and_skills(city: AsyncConnectionPool) -> None:
    service = MemberService(city)
    several = {"posts": ["leader", "driver", "leader"], "grids": ["north-1", "south-1"], "skills": ["gas", "gas"]}
    changed = await service.change("anna", several, caller=1)
    assert (changed.post, changed.posts, changed.skills) == ("leader", ["leader", "driver"], ["gas"])
    assert changed.grids == ["south-1"]  # the own organisation is no further one
    assert (await service.change("anna", {"posts": []}, caller=1)).post is None


async def test_grids_that_the_caller_does_not_see_are_not_told_and_stay(city: AsyncConnectionPool) -> None:
    service = MemberService(city)
    await service.change("anna", {"grids": ["south-1"]}, caller=1)
    assert (await service.change("anna", {"name": "Ann"}, caller=NORTH)).grids == []
    assert (await service.change("anna", {"grids": []}, caller=NORTH)).grids == []
    assert (await service.find("anna", caller=1)).grids == ["south-1"]
    with pytest.raises(NotFound, match="'south-1'"):
        await service.change("anna", {"grids": ["south-1"]}, caller=NORTH)
    with pytest.raises(BadRequest, match="'north' is a district"):
        await service.change("anna", {"grids": ["north"]}, caller=NORTH)


async def test_a_member_is_listed_with_the_grids_he_works_in_by_those_who_see_him(city: AsyncConnectionPool) -> None:
    await MemberService(city).change("anna", {"grids": ["south-1"]}, caller=1)
    assert await names(city, 1, organisation="south") == ["anna", "bo"]
    assert await names(city, SOUTH) == ["bo"]


async def test_a_grid_that_becomes_the_organisation_is_no_further_one(city: AsyncConnectionPool) -> None:
    service = MemberService(city)
    await service.change("anna", {"grids": ["south-1"]}, caller=1)
    assert (await service.change("anna", {"organisation": "south-1"}, caller=1)).grids == []
