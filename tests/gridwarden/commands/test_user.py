from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from gridwarden.commands.user import add_parser, run
from registry.api.problems import NotSignedIn
from registry.users.service import UserService
from tests.gridwarden.commands.running import CommandLine, json_lines


@pytest.fixture
def user(city: AsyncConnectionPool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(add_parser, run, city, capsys, monkeypatch)


async def test_an_added_user_can_sign_in(user: CommandLine, city: AsyncConnectionPool) -> None:
    arguments = ("user", "add", "nora", "--role", "dispatcher", "--organisation", "north", "--password-stdin")
    assert await user(*arguments, stdin="correct horse\n") == 0
    session = await UserService(city, lambda: 0.0).sign_in("nora", "correct horse", "192.0.2.1:1")
    assert session.caller.organisation_id == "north"


async def test_users_are_listed_one_json_object_a_line(user: CommandLine) -> None:
    for name in ("zoe", "adam"):
        await user("user", "add", name, "--role", "observer", "--password-stdin", stdin="correct horse")
    assert await user("user", "list") == 0
    assert json_lines(user.output) == [
        {"user": name, "role": "observer", "organisation": "city", "disabled": False} for name in ("adam", "zoe")
    ]
    assert "correct horse" not in user.output


async def test_a_changed_password_replaces_the_old_one(user: CommandLine, city: AsyncConnectionPool) -> None:
    await user("user", "add", "nora", "--role", "observer", "--password-stdin", stdin="correct horse\n")
    assert await user("user", "passwd", "nora", "--password-stdin", stdin="another horse\r\n") == 0
    service = UserService(city, lambda: 0.0)
    await service.sign_in("nora", "another horse", "192.0.2.1:1")
    with pytest.raises(NotSignedIn):
        await service.sign_in("nora", "correct horse", "192.0.2.1:1")


@pytest.mark.parametrize(
    ("arguments", "stdin", "status", "reason"),
    [
        (("add", "a b", "--role", "observer", "--password-stdin"), "correct horse", 2, "name has"),
        (("add", "nora", "--role", "observer", "--password-stdin"), "short", 2, "8 to 256 characters"),
        (("add", "nora", "--role", "observer", "--password-stdin"), "", 2, "8 to 256 characters"),
        (("add", "nora", "--role", "observer", "--organisation", "x", "--password-stdin"), "correct horse", 1, "'x'"),
        (("passwd", "nobody", "--password-stdin"), "correct horse", 1, "'nobody'"),
    ],
)
async def test_a_refusal_is_a_sentence_on_stderr(
    user: CommandLine, arguments: tuple[str, ...], stdin: str, status: int, reason: str
) -> None:
    assert await user("user", *arguments, stdin=stdin) == status
    assert user.output == ""
    assert user.errors.startswith("gridwarden: ")
    assert reason in user.errors


async def test_a_role_that_does_not_exist_is_misuse(user: CommandLine) -> None:
    assert user.misused("user", "add", "nora", "--role", "king", "--password-stdin") == 2
    assert "administrator" in user.errors


async def test_a_password_is_never_taken_from_the_command_line(user: CommandLine) -> None:
    assert user.misused("user", "add", "nora", "--role", "observer") == 2
    assert user.misused("user", "add", "nora", "--role", "observer", "--password", "x") == 2
