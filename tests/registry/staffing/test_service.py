"""Wanted against present: which preset counts where, and who counts as there."""

from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, NotFound
from registry.members.model import MemberDraft
from registry.members.service import MemberService
from registry.organisations.model import ROOT_KEY, Level, OrganisationDraft
from registry.organisations.service import OrganisationService
from registry.posts.service import PostService
from registry.staffing.model import Staffing
from registry.staffing.service import StaffingService
from tests.gridwarden.web.house import a_caller
from tests.registry.two_districts import NORTH


@pytest.fixture
async def service(city: AsyncConnectionPool) -> StaffingService:
    """North has a second grid."""
    second = OrganisationDraft(id="north-2", parent="north", level=Level.GRID, name="Second")
    await OrganisationService(city).add(second, caller=ROOT_KEY)
    return StaffingService(city)


async def holds(pool: AsyncConnectionPool, member: str, *posts: str, grids: tuple[str, ...] = ()) -> None:
    await MemberService(pool).change(member, {"posts": list(posts), "grids": list(grids)}, caller=ROOT_KEY)


def numbers(staffing: Staffing) -> dict[str, tuple[int, int, int]]:
    return {one.post: (one.wanted, one.present, one.shortfall) for one in staffing.posts}


async def test_nobody_is_wanted_until_a_preset_is_chosen(service: StaffingService, city: AsyncConnectionPool) -> None:
    await holds(city, "anna", "Administrator", "no such post")
    found = await service.of("north", caller=ROOT_KEY)
    assert (found.preset, found.chosen, found.short, found.short_total) == (None, [], [], 0)
    assert numbers(found) == {"administrator": (0, 1, 0)}


async def test_a_preset_counts_for_every_grid_below_where_it_is_chosen(
    service: StaffingService, city: AsyncConnectionPool
) -> None:
    await service.choose("city", ["four-members"], caller=ROOT_KEY)
    await holds(city, "anna", "administrator", "协管员", "网格协管员", grids=("north-2",))
    await MemberService(city).change("anna", {"on_duty": False}, caller=ROOT_KEY)
    found = await service.of("north", caller=NORTH)
    assert numbers(found) == {
        "administrator": (2, 2, 0), "coordinator": (2, 2, 0), "supervisor": (2, 0, 2), "police-officer": (2, 0, 2),
    }  # fmt: skip
    assert [one.on_duty for one in found.posts] == [0, 0, 0, 0]
    assert [(one.organisation, one.preset, one.shortfall) for one in found.short] == [
        ("north-1", "four-members", 2), ("north-2", "four-members", 2),
    ]  # fmt: skip
    assert [post.post for post in found.short[0].posts] == ["supervisor", "police-officer"]
    grid = await service.of("south-1", caller=ROOT_KEY)
    assert (grid.preset, sum(one.shortfall for one in grid.posts)) == ("four-members", 4)


async def test_what_is_chosen_nearer_comes_first_and_may_be_taken_back(service: StaffingService) -> None:
    await service.choose("city", ["four-members"], caller=ROOT_KEY)
    await service.choose("north", ["trinity"], caller=NORTH)
    assert (await service.choose("north-1", ["4-6"], caller=NORTH)).preset == "4-6"
    assert (await service.of("north-2", caller=NORTH)).preset == "trinity"
    assert (await service.of("south-1", caller=ROOT_KEY)).preset == "four-members"
    assert [one.preset for one in (await service.of("north", caller=NORTH)).short] == ["4-6", "trinity"]
    assert (await service.choose("north-1", [], caller=NORTH)).preset == "trinity"


async def test_a_surplus_in_one_grid_fills_no_post_of_another(
    service: StaffingService, city: AsyncConnectionPool
) -> None:
    await service.choose("north", ["trinity"], caller=NORTH)
    await holds(city, "anna", "grid leader")
    draft = MemberDraft(id="max", name="Max", organisation="north-1", posts=["grid leader"])
    await MemberService(city).add(draft, caller=NORTH)
    assert numbers(await service.of("north", caller=NORTH))["grid-leader"] == (2, 2, 1)


async def test_another_district_is_neither_told_nor_staffed(service: StaffingService) -> None:
    with pytest.raises(NotFound):
        await service.of("south", caller=NORTH)
    with pytest.raises(NotFound):
        await service.choose("city", ["trinity"], caller=NORTH)


@pytest.mark.parametrize(
    ("presets", "said"), [(["none"], "'none'"), (["trinity", "4-6"], "one a level"), (["3-x"], "out of use")]
)
async def test_presets_that_cannot_be_chosen(
    service: StaffingService, city: AsyncConnectionPool, presets: list[str], said: str
) -> None:
    await PostService(city).change_preset("3-x", {"retired": True}, a_caller())
    with pytest.raises(BadRequest, match=said):
        await service.choose("north", presets, caller=NORTH)
