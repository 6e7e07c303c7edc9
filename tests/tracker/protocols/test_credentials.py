"""Authorization headers."""

from __future__ import annotations

import base64

import pytest

from tracker.protocols.credentials import basic, bearer


def packed(text: bytes) -> str:
    return base64.b64encode(text).decode()


@pytest.mark.parametrize("header", ["Bearer secret", "bearer secret", "BEARER  secret "])
def test_a_bearer_token_is_read(header: str) -> None:
    assert bearer(header) == "secret"


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Basic secret", "Bearer s\xe9", "Bearer " + "x" * 513]
)
def test_what_is_no_bearer_token_is_none(header: str | None) -> None:
    assert bearer(header) is None


def test_user_and_password_are_read_and_the_password_may_hold_colons() -> None:
    assert basic(f"Basic {packed('phone-é:a:b'.encode())}") == ("phone-é", "a:b")


@pytest.mark.parametrize(
    "header",
    [None, "Bearer x", "Basic", "Basic !!!", f"Basic {packed(b'user')}", f"Basic {packed(b'user:')}", "Basic /zp4"],
)  # fmt: skip
def test_what_are_no_credentials_is_none(header: str | None) -> None:
    assert basic(header) is None
