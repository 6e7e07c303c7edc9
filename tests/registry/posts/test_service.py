"""Posts and presets: what a city begins with, and who edits it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.organisations.model import Level
from registry.posts.model import Post, Preset, Wanted
from registry.posts.service import PostService
from simulators.city.staffing import PRESETS
from tests.gridwarden.web.house import a_caller

ADMINISTRATOR = a_caller()
DRIVER = Post(code="driver", name_en="driver", name_zh="司机", level=Level.STREET, skills=["driving"])
MOTOR_POOL = Preset(code="pool", name_en="motor pool", name_zh="车队", level=Level.STREET, posts=[Wanted("driver", 3)])


@pytest.fixture
def service(pool: AsyncConnectionPool) -> PostService:
    return PostService(pool)


async def test_a_city_begins_with_the_four_known_presets(service: PostService) -> None:
    names = {post.code: post.name_en for post in await service.posts(retired=False)}
    presets = await service.presets(retired=False)
    assert {one.name_en: {names[post.post] for post in one.posts} for one in presets} == {
        name: set(posts) for name, posts in PRESETS.items()
    }
    assert {one.level for one in presets} == {Level.GRID}
    by_code = {one.code: one for one in presets}
    assert sum(post.wanted for post in by_code["3-x"].posts) == 3
    assert sum(post.wanted for post in by_code["4-6"].posts) == 10


async def test_the_citys_administrator_adds_and_changes(service: PostService) -> None:
    assert await service.add_post(DRIVER, ADMINISTRATOR) == DRIVER
    assert await service.add_preset(MOTOR_POOL, ADMINISTRATOR) == MOTOR_POOL
    changed = await service.change_post("driver", {"skills": [], "retired": True}, ADMINISTRATOR)
    assert changed == replace(DRIVER, skills=[], retired=True)
    assert "driver" not in {post.code for post in await service.posts(retired=False)}
    assert "driver" in {post.code for post in await service.posts(retired=True)}
    fewer = await service.change_preset("pool", {"posts": [Wanted("driver", 1)], "retired": True}, ADMINISTRATOR)
    assert fewer == replace(MOTOR_POOL, posts=[Wanted("driver", 1)], retired=True)
    assert "pool" not in {preset.code for preset in await service.presets(retired=False)}


async def test_a_districts_administrator_does_not(service: PostService) -> None:
    district = replace(ADMINISTRATOR, organisation=2)
    for attempt in (
        service.add_post(DRIVER, district), service.change_post("other", {}, district),
        service.add_preset(MOTOR_POOL, district), service.change_preset("3-x", {}, district),
    ):  # fmt: skip
        with pytest.raises(Forbidden):
            await attempt


@pytest.mark.parametrize("taken", [{"code": "other"}, {"name_en": "Volunteer"}, {"name_zh": "网格长"}])
async def test_a_word_means_one_post(service: PostService, taken: dict[str, str]) -> None:
    with pytest.raises(Conflict):
        await service.add_post(replace(DRIVER, **taken), ADMINISTRATOR)  # type: ignore[arg-type]  # fields of Post
    await service.add_post(DRIVER, ADMINISTRATOR)
    if "code" not in taken:
        with pytest.raises(Conflict, match="choose another"):
            await service.change_post("driver", taken, ADMINISTRATOR)


@pytest.mark.parametrize(
    ("posts", "said"),
    [
        ([Wanted("pilot", 1)], "no post 'pilot'"), ([Wanted("other", 1)], "stands in a grid"),
        ([Wanted("driver", 1), Wanted("driver", 2)], "once"),
    ],
)  # fmt: skip
async def test_a_preset_wants_posts_of_its_level_once_each(service: PostService, posts: Any, said: str) -> None:
    await service.add_post(DRIVER, ADMINISTRATOR)
    with pytest.raises(BadRequest, match=said):
        await service.add_preset(replace(MOTOR_POOL, posts=posts), ADMINISTRATOR)
    with pytest.raises(NotFound):
        await service.preset("pool")


async def test_a_post_does_not_leave_the_level_on_which_a_preset_wants_it(service: PostService) -> None:
    await service.add_post(DRIVER, ADMINISTRATOR)
    await service.add_preset(MOTOR_POOL, ADMINISTRATOR)
    with pytest.raises(Conflict, match="'pool'"):
        await service.change_post("driver", {"level": Level.GRID}, ADMINISTRATOR)
    assert (await service.change_post("driver", {"level": None}, ADMINISTRATOR)).level is None


async def test_what_is_there_is_not_added_again_and_what_is_not_is_not_changed(service: PostService) -> None:
    with pytest.raises(Conflict):
        await service.add_preset(await service.preset("trinity"), ADMINISTRATOR)
    with pytest.raises(NotFound):
        await service.change_post("pilot", {"retired": True}, ADMINISTRATOR)
    with pytest.raises(NotFound):
        await service.change_preset("none", {"retired": True}, ADMINISTRATOR)
