from __future__ import annotations

import asyncio

import pytest
from psycopg_pool import AsyncConnectionPool

from gridwarden.database.pool import open_pool
from registry.api.problems import BadRequest, Conflict, NotFound, NotSignedIn, TooMany
from registry.api.route import Role
from registry.users.service import UserService
from tests.clock import Clock

PASSWORD = "correct horse"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def users(city: AsyncConnectionPool, clock: Clock) -> UserService:
    service = UserService(city, clock)
    await service.add("nora", PASSWORD, Role.DISPATCHER, "north")
    return service


async def refused(users: UserService, name: str, *, address: str = "192.0.2.1:1", times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(NotSignedIn):
            await users.sign_in(name, "wrong password", address)


async def test_a_session_tells_who_holds_it(users: UserService) -> None:
    session = await users.sign_in("nora", PASSWORD, "192.0.2.1:1")
    caller = await users.caller(session.token)
    assert caller == session.caller
    assert (caller.name, caller.role, caller.organisation_id) == ("nora", Role.DISPATCHER, "north")


async def test_a_session_is_kept_as_a_hash_only(users: UserService, city: AsyncConnectionPool) -> None:
    session = await users.sign_in("nora", PASSWORD, "192.0.2.1:1")
    async with city.connection() as connection:
        rows = await (await connection.execute("SELECT sessions::text FROM sessions")).fetchall()
    assert len(rows) == 1
    assert session.token not in str(rows)


async def test_a_session_ends_on_sign_out(users: UserService) -> None:
    kept, ended = [await users.sign_in("nora", PASSWORD, "192.0.2.1:1") for _ in range(2)]
    await users.sign_out(ended.token)
    assert await users.caller(ended.token) is None
    assert await users.caller(kept.token) is not None


async def test_all_sessions_end_when_the_password_changes(users: UserService) -> None:
    session = await users.sign_in("nora", PASSWORD, "192.0.2.1:1")
    await users.set_password("nora", "another horse")
    assert await users.caller(session.token) is None
    await refused_with_old_password(users)
    assert (await users.sign_in("nora", "another horse", "192.0.2.1:1")).caller.name == "nora"


async def refused_with_old_password(users: UserService) -> None:
    with pytest.raises(NotSignedIn):
        await users.sign_in("nora", PASSWORD, "192.0.2.1:1")


async def test_a_session_ends_with_its_time_and_with_its_user(users: UserService, city: AsyncConnectionPool) -> None:
    session = await users.sign_in("nora", PASSWORD, "192.0.2.1:1")
    async with city.connection() as connection:
        await connection.execute("UPDATE sessions SET expires_at = now() - interval '1 second'")
    assert await users.caller(session.token) is None
    session = await users.sign_in("nora", PASSWORD, "192.0.2.1:1")
    async with city.connection() as connection:
        await connection.execute("UPDATE users SET disabled = true")
    assert await users.caller(session.token) is None
    await refused_with_old_password(users)


async def test_ended_sessions_are_swept_when_another_opens(users: UserService, city: AsyncConnectionPool) -> None:
    await users.sign_in("nora", PASSWORD, "192.0.2.1:1")
    async with city.connection() as connection:
        await connection.execute("UPDATE sessions SET expires_at = now() - interval '1 second'")
    await users.sign_in("nora", PASSWORD, "192.0.2.1:1")
    async with city.connection() as connection:
        (count,) = await (await connection.execute("SELECT count(*) FROM sessions")).fetchone() or (0,)
    assert count == 1


async def test_a_wrong_password_and_an_unknown_name_read_the_same(users: UserService) -> None:
    said = []
    for name in ("nora", "nobody"):
        with pytest.raises(NotSignedIn) as caught:
            await users.sign_in(name, "wrong password", "192.0.2.1:1")
        said.append(caught.value.detail)
    assert said[0] == said[1]


async def test_too_many_failures_of_a_name_make_it_wait_wherever_they_come_from(
    users: UserService, clock: Clock
) -> None:
    for number in range(10):
        await refused(users, "nora", address=f"192.0.2.{number}:1")
    with pytest.raises(TooMany) as caught:
        await users.sign_in("nora", PASSWORD, "192.0.2.99:1")
    assert caught.value.retry_after_s == pytest.approx(300)
    clock.now_s += 300
    await users.sign_in("nora", PASSWORD, "192.0.2.99:1")


async def test_too_many_failures_of_an_address_make_it_wait_whatever_the_names(users: UserService) -> None:
    await asyncio.gather(*(refused(users, f"name-{number}") for number in range(50)))
    with pytest.raises(TooMany):
        await users.sign_in("nora", PASSWORD, "192.0.2.1:2")
    await users.sign_in("nora", PASSWORD, "192.0.2.2:1")


async def test_signing_in_does_not_wipe_out_what_the_address_tried_on_others(users: UserService) -> None:
    await asyncio.gather(*(refused(users, f"name-{number}") for number in range(49)))
    await users.sign_in("nora", PASSWORD, "192.0.2.1:1")
    await refused(users, "another")
    with pytest.raises(TooMany):
        await users.sign_in("nora", PASSWORD, "192.0.2.1:1")


async def test_many_attempts_at_once_do_not_slip_past_the_limit(users: UserService) -> None:
    said = await asyncio.gather(
        *(users.sign_in("nora", "wrong password", "192.0.2.1:1") for _ in range(15)), return_exceptions=True
    )
    assert sum(isinstance(one, NotSignedIn) for one in said) == 10
    assert sum(isinstance(one, TooMany) for one in said) == 5


async def test_failures_are_counted_over_all_servers_of_a_database_and_by_the_next_to_start(
    users: UserService, city: AsyncConnectionPool, database_url: str, clock: Clock
) -> None:
    async with open_pool(database_url) as elsewhere:
        other = UserService(elsewhere, clock)
        said = await asyncio.gather(
            *(one.sign_in("nora", "wrong password", "192.0.2.1:1") for one in (users, other) for _ in range(8)),
            return_exceptions=True,
        )
        assert sum(isinstance(one, NotSignedIn) for one in said) == 10
        for one in (users, other, UserService(city, clock)):
            with pytest.raises(TooMany):
                await one.sign_in("nora", PASSWORD, "192.0.2.99:1")
        clock.now_s += 300
        await other.sign_in("nora", PASSWORD, "192.0.2.99:1")


async def test_a_name_that_nobody_has_must_wait_like_any_other(users: UserService) -> None:
    await asyncio.gather(*(refused(users, "nobody", address=f"192.0.2.{number}:1") for number in range(10)))
    with pytest.raises(TooMany):
        await users.sign_in("nobody", "wrong password", "192.0.2.99:1")


async def test_signing_in_often_is_no_failure(users: UserService) -> None:
    for _ in range(12):
        await users.sign_in("nora", PASSWORD, "192.0.2.1:1")


async def test_a_users_name_is_taken_once_and_stands_in_an_organisation(users: UserService) -> None:
    with pytest.raises(Conflict, match="passwd"):
        await users.add("nora", PASSWORD, Role.OBSERVER, "north")
    with pytest.raises(NotFound, match="'nowhere'"):
        await users.add("otto", PASSWORD, Role.OBSERVER, "nowhere")
    with pytest.raises(NotFound):
        await users.set_password("otto", PASSWORD)
    assert await users.everybody() == [("nora", "dispatcher", "north", False)]


@pytest.mark.parametrize(("name", "password"), [("a b", PASSWORD), ("", PASSWORD), ("ok", "short"), ("ok", "x" * 257)])
async def test_names_and_passwords_have_limits(users: UserService, name: str, password: str) -> None:
    with pytest.raises(BadRequest):
        await users.add(name, password, Role.OBSERVER, "north")
