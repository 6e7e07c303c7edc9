from __future__ import annotations

import hmac

import pytest

from registry.devices.model import hash_token, new_token, token_matches


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 26 for token in tokens)


def test_only_the_token_itself_matches_its_hash() -> None:
    assert token_matches("secret-1", hash_token("secret-1"))
    assert not token_matches("secret-2", hash_token("secret-1"))


def test_a_token_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    constant = hmac.compare_digest

    def watched(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return constant(one, other)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    assert not token_matches("guess", hash_token("secret"))
    assert compared == [(hash_token("guess"), hash_token("secret"))]
