"""Codes are random, or the same again for the same call; moves outside of a table are refused."""

from __future__ import annotations

import secrets

import pytest

from subsites.record.model import IllegalMove, code_hash, code_of
from subsites.requests.model import ENDED, MOVES, Action, State

UUID = "0e3bd6d0-6f7a-4c5f-9e39-5f2f9f0b7a55"


def test_codes_differ_and_have_sixty_bits() -> None:
    codes = {code_of(secrets.choice, None, b"") for _ in range(1_000)}
    assert len(codes) == 1_000
    assert all(len(code) == 14 and code[4] == code[9] == "-" for code in codes)


def test_a_call_sent_again_gets_its_code_again() -> None:
    assert code_of(secrets.choice, UUID, b"x") == code_of(secrets.choice, UUID, b"x")


def test_another_body_or_a_short_key_gets_another_code() -> None:
    assert code_of(secrets.choice, UUID, b"x") != code_of(secrets.choice, UUID, b"y")
    assert code_of(secrets.choice, "1", b"x") != code_of(secrets.choice, "1", b"x")


def test_a_code_is_found_however_it_is_typed() -> None:
    assert code_hash("ab0d-efgh-1kmn") == code_hash("ABOD EFGH IKMN")


def test_every_state_but_withdrawn_can_be_left() -> None:
    assert {state for state, _ in MOVES.moves} == set(State) - {State.WITHDRAWN}


def test_what_ended_is_taken_up_again_but_not_answered_twice() -> None:
    for state in ENDED - {State.WITHDRAWN}:
        assert MOVES.after(state, Action.TAKE) is State.IN_HAND
        with pytest.raises(IllegalMove, match="cannot be: answer"):
            MOVES.after(state, Action.ANSWER)


def test_what_became_an_incident_is_not_withdrawn() -> None:
    with pytest.raises(IllegalMove, match="forwarded"):
        MOVES.after(State.FORWARDED, Action.WITHDRAW)
