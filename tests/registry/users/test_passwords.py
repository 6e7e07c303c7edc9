from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from registry.users import passwords
from registry.users.passwords import hash_password, password_matches


@pytest.fixture(autouse=True)
def as_in_the_product(product_hasher: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", product_hasher)


def test_only_the_password_matches_its_hash() -> None:
    stored = hash_password("correct horse")
    assert stored.startswith("$argon2id$")
    assert password_matches("correct horse", stored)
    assert not password_matches("correct horsf", stored)


def test_the_same_password_hashes_differently_each_time() -> None:
    assert hash_password("correct horse") != hash_password("correct horse")


def test_a_user_who_does_not_exist_never_matches() -> None:
    assert not password_matches("nobody has this password", None)


def test_a_user_who_does_not_exist_takes_as_long_as_one_who_does() -> None:
    assert passwords._NOBODY.split("$")[1:4] == hash_password("a long password").split("$")[1:4]


def test_a_hash_that_is_none_never_matches() -> None:
    assert not password_matches("x", "not a hash")
