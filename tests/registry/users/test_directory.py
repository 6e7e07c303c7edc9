"""Administrators and the users below them; everybody and his own sessions."""

from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound, NotSignedIn
from registry.api.route import Role
from registry.users.directory_store import UserDirectory
from registry.users.service import Session, UserService

PASSWORD = "correct horse"
HERE = "192.0.2.1:1"


class Office:
    """Administrators of the city and of both districts, and a dispatcher of the north, signed in."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self.users = UserService(pool, lambda: 0.0)
        self.directory = UserDirectory(pool, self.users)
        self.sessions: dict[str, Session] = {}

    async def open(self) -> None:
        for name, role, organisation in (
            ("root", Role.ADMINISTRATOR, "city"), ("nadia", Role.ADMINISTRATOR, "north"),
            ("sven", Role.ADMINISTRATOR, "south"), ("nora", Role.DISPATCHER, "north"),
        ):  # fmt: skip
            await self.users.add(name, PASSWORD, role, organisation)
            self.sessions[name] = await self.users.sign_in(name, PASSWORD, HERE)


@pytest.fixture
async def office(city: AsyncConnectionPool) -> Office:
    office = Office(city)
    await office.open()
    return office


async def test_an_administrator_sees_and_changes_users_below_and_no_others(office: Office) -> None:
    nadia, sven = office.sessions["nadia"].caller, office.sessions["sven"].caller
    added = await office.directory.add(nadia, name="new", password=PASSWORD, role=Role.OBSERVER, organisation="north-1")
    assert (added.role, added.organisation) == ("observer", "north-1")
    assert [one.name for one in await office.directory.page(nadia, after=0, limit=10)] == ["nadia", "nora", "new"]
    changed = await office.directory.change("new", nadia, {"role": Role.MEMBER, "member": "anna"})
    assert (changed.role, changed.member) == ("member", "anna")
    for refused in (
        office.directory.find("new", sven), office.directory.change("new", sven, {"disabled": True}),
        office.directory.set_password("new", PASSWORD, sven), office.directory.sessions("new", sven, None),
        office.directory.add(sven, name="x", password=PASSWORD, role=Role.OBSERVER, organisation="north"),
        office.directory.change("new", nadia, {"organisation": "south"}),
        office.directory.change("new", nadia, {"member": "bo"}),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await refused


async def test_names_are_taken_once_and_nobody_locks_himself_out(office: Office) -> None:
    nadia = office.sessions["nadia"].caller
    with pytest.raises(Conflict):
        await office.directory.add(nadia, name="sven", password=PASSWORD, role=Role.OBSERVER, organisation="north")
    with pytest.raises(BadRequest):
        await office.directory.change("nadia", nadia, {"disabled": True})


async def test_who_is_disabled_is_signed_out_at_once(office: Office) -> None:
    nadia = office.sessions["nadia"].caller
    await office.directory.change("nora", nadia, {"disabled": True})
    assert await office.users.caller(office.sessions["nora"].token) is None
    with pytest.raises(NotSignedIn):
        await office.users.sign_in("nora", PASSWORD, HERE)
    await office.directory.change("nora", nadia, {"disabled": False})
    await office.users.sign_in("nora", PASSWORD, HERE)


async def test_sessions_are_listed_and_ended(office: Office) -> None:
    nora = office.sessions["nora"]
    other = await office.users.sign_in("nora", PASSWORD, "192.0.2.9:1")
    listed = await office.directory.sessions("nora", nora.caller, nora.token)
    assert sorted((one.address, one.is_this) for one in listed) == [("192.0.2.1:1", True), ("192.0.2.9:1", False)]
    stolen = next(one.id for one in listed if not one.is_this)
    with pytest.raises(NotFound):
        await office.directory.end_session(stolen, office.sessions["sven"].caller)
    await office.directory.end_session(stolen, nora.caller)
    assert await office.users.caller(other.token) is None
    assert await office.users.caller(nora.token) is not None
    with pytest.raises(Forbidden):
        await office.directory.sessions("nadia", nora.caller, nora.token)
    await office.directory.end_session(
        next(one.id for one in await office.directory.sessions("nora", office.sessions["nadia"].caller, None)),
        office.sessions["nadia"].caller,
    )
    assert await office.users.caller(nora.token) is None


async def test_a_password_is_ones_own_or_an_administrators_to_set(office: Office) -> None:
    nora = office.sessions["nora"].caller
    await office.directory.set_password("nora", "another horse", nora)
    await office.users.sign_in("nora", "another horse", HERE)
    with pytest.raises(Forbidden):
        await office.directory.set_password("nadia", "another horse", nora)
    await office.directory.set_password("nora", PASSWORD, office.sessions["root"].caller)
    await office.users.sign_in("nora", PASSWORD, HERE)
