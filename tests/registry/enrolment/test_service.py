"""A member's phone signs in by a code or a password, once, and the phone before it loses what it had."""

from __future__ import annotations

import asyncio

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Forbidden, NotFound, NotSignedIn, TooMany
from registry.api.route import Caller, Role
from registry.devices.model import hash_token
from registry.devices.queries import find_device_by_token_hash
from registry.devices.service import DeviceService
from registry.enrolment.service import EnrolmentService, Handheld
from registry.members.model import MemberDraft
from registry.members.service import MemberService
from registry.users.directory_store import UserDirectory
from registry.users.service import UserService

PASSWORD = "correct horse"
HERE, THERE = "192.0.2.1:1", "192.0.2.2:1"


class Office:
    """An administrator of each district, signed in, and the service."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self.pool, self.users = pool, UserService(pool, lambda: 0.0)
        self.enrolment = EnrolmentService(pool, self.users, lambda: 0.0)
        self.callers: dict[str, Caller] = {}

    async def open(self) -> None:
        for name, organisation in (("nadia", "north"), ("sven", "south")):
            await self.users.add(name, PASSWORD, Role.ADMINISTRATOR, organisation)
            self.callers[name] = (await self.users.sign_in(name, PASSWORD, HERE)).caller

    async def enrolled(self, member: str = "anna") -> tuple[Handheld, Caller]:
        code = await self.enrolment.invite(member, self.callers["nadia"])
        handheld, session = await self.enrolment.enrol(code.code, HERE)
        return handheld, session.caller


@pytest.fixture
async def office(city: AsyncConnectionPool) -> Office:
    office = Office(city)
    await office.open()
    return office


async def test_a_code_makes_a_phone_the_members_handheld(office: Office) -> None:
    handheld, caller = await office.enrolled()
    assert (handheld.member, handheld.name, handheld.device) == ("anna", "Anna", "handheld-anna")
    assert (caller.name, caller.role, caller.organisation_id) == ("anna", Role.MEMBER, "north-1")
    async with office.pool.connection() as connection:
        device = await find_device_by_token_hash(connection, hash_token(handheld.token))
    assert device is not None
    assert (device.member, device.member_id, device.require_token) == (caller.member, "anna", True)


async def test_a_code_opens_once_even_to_many_at_once(office: Office) -> None:
    code = (await office.enrolment.invite("anna", office.callers["nadia"])).code
    tried = await asyncio.gather(*(office.enrolment.enrol(code, HERE) for _ in range(4)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in tried) == ["NotFound", "NotFound", "NotFound", "tuple"]


async def test_a_new_code_takes_the_place_of_the_last_and_an_old_one_opens_nothing(office: Office) -> None:
    first = await office.enrolment.invite("anna", office.callers["nadia"])
    second = await office.enrolment.invite("anna", office.callers["nadia"])
    with pytest.raises(NotFound):
        await office.enrolment.enrol(first.code, HERE)
    async with office.pool.connection() as connection:
        rows = await (await connection.execute("SELECT enrolments::text FROM enrolments")).fetchall()
        assert len(rows) == 1
        assert second.code not in str(rows)
        await connection.execute("UPDATE enrolments SET expires_at = now() - interval '1 second'")
    with pytest.raises(NotFound):
        await office.enrolment.enrol(second.code, HERE)


async def test_administrators_let_in_members_below_them_and_no_others(office: Office) -> None:
    with pytest.raises(NotFound):
        await office.enrolment.invite("anna", office.callers["sven"])


async def test_the_phone_before_is_signed_out_and_its_token_refused(office: Office) -> None:
    code = (await office.enrolment.invite("anna", office.callers["nadia"])).code
    lost, session = await office.enrolment.enrol(code, HERE)
    found, _ = await office.enrolled()
    assert found.device == lost.device
    assert await office.users.caller(session.token) is None
    with pytest.raises(NotSignedIn):
        await office.enrolment.renew(lost.token, HERE)
    assert (await office.enrolment.renew(found.token, HERE)).caller.name == "anna"


async def test_a_retired_handheld_stays_retired_and_another_takes_its_place(office: Office) -> None:
    lost, _ = await office.enrolled()
    await DeviceService(office.pool).change(lost.device, {"retired": True})
    with pytest.raises(NotSignedIn):
        await office.enrolment.renew(lost.token, HERE)
    found, _ = await office.enrolled()
    assert found.device not in (lost.device, "phone-n")
    assert (await office.enrolment.renew(found.token, HERE)).caller.name == "anna"


async def test_another_roles_user_of_the_members_name_is_never_opened(office: Office) -> None:
    await office.users.add("anna", PASSWORD, Role.ADMINISTRATOR, "city")
    _, caller = await office.enrolled()
    assert (caller.role, caller.organisation_id) == (Role.MEMBER, "north-1")
    assert caller.name != "anna"


async def test_a_disabled_user_stays_out_and_the_code_is_not_used_up(office: Office) -> None:
    await office.enrolled()
    directory = UserDirectory(office.pool, office.users)
    await directory.change("anna", office.callers["nadia"], {"disabled": True})
    code = (await office.enrolment.invite("anna", office.callers["nadia"])).code
    with pytest.raises(Forbidden):
        await office.enrolment.enrol(code, HERE)
    await directory.change("anna", office.callers["nadia"], {"disabled": False})
    assert (await office.enrolment.enrol(code, HERE))[1].caller.name == "anna"


async def test_a_member_with_a_password_gets_a_handheld_and_nobody_else_does(office: Office) -> None:
    await office.users.add("anna", PASSWORD, Role.MEMBER, "north-1")
    caller = (await office.users.sign_in("anna", PASSWORD, HERE)).caller
    handheld = await office.enrolment.own(caller)
    assert (handheld.member, handheld.device) == ("anna", "handheld-anna")
    assert (await office.enrolment.renew(handheld.token, HERE)).caller.user == caller.user
    with pytest.raises(Forbidden):
        await office.enrolment.own(office.callers["nadia"])


async def test_any_id_of_a_member_gives_names_that_user_and_device_may_have(office: Office) -> None:
    strange = "网格员, 七 * $1" + "x" * 100
    await MemberService(office.pool).add(MemberDraft(id=strange, name="Seven", organisation="north-1"), caller=1)
    handheld, caller = await office.enrolled(strange)
    assert handheld.member == strange
    assert not set(handheld.device) & set(",*$ ")
    assert caller.name.startswith("member-")


async def test_guessing_is_limited_by_address(office: Office) -> None:
    for _ in range(30):
        with pytest.raises(NotFound):
            await office.enrolment.enrol("0000-0000-0000", HERE)
    for refused in (office.enrolment.enrol("0000-0000-0000", HERE), office.enrolment.renew("nobody's", HERE)):
        with pytest.raises(TooMany):
            await refused
    with pytest.raises(NotFound):
        await office.enrolment.enrol("0000-0000-0000", THERE)
