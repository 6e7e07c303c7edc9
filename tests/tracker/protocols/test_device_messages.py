"""Messages of the device websocket."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.protocols.device_messages import FixesMessage, SignIn, ack, problem, read_message, welcome
from tracker.protocols.errors import DecodeError

FIX = {"time": "2026-11-24T01:02:03Z", "latitude": 1.5, "longitude": 2.5}


def test_the_three_ways_to_send_fixes() -> None:
    assert read_message(json.dumps(FIX)) == FixesMessage(None, [FIX], True)
    assert read_message(json.dumps(FIX | {"id": 7})) == FixesMessage(7, [FIX], True)
    assert read_message(json.dumps([FIX, 3]).encode()) == FixesMessage(None, [FIX, 3], True)
    assert read_message(json.dumps({"type": "fixes", "id": "a", "fixes": [FIX]})) == FixesMessage("a", [FIX], True)


def test_a_token_signs_in() -> None:
    assert read_message('{"type": "sign-in", "token": "secret"}') == SignIn("secret")


@pytest.mark.parametrize(
    "text",
    ["", "3", "null", '{"type": "fixes"}', '{"type": "sign-in"}', '{"type": "sign-in", "token": "é"}', '{"type": 3}',
     '{"id": 1.5}', '{"id": [1]}', '{"id": 9007199254740992}', '{"id": "' + "x" * 65 + '"}', '{"id": true}'],
)  # fmt: skip
def test_what_is_no_message_is_refused(text: str) -> None:
    with pytest.raises(DecodeError):
        read_message(text)


def test_answers_give_the_id_back_where_one_came() -> None:
    taken: dict[str, object] = {"accepted": 1, "rejected": []}
    assert json.loads(ack(7, taken)) == {"type": "ack", "id": 7, "accepted": 1, "rejected": []}
    assert json.loads(ack(None, taken)) == {"type": "ack", "accepted": 1, "rejected": []}
    assert json.loads(problem("no", "a", 1.23456)) == {
        "type": "problem",
        "id": "a",
        "detail": "no",
        "retry_after_s": 1.235,
    }
    assert json.loads(problem("no")) == {"type": "problem", "detail": "no"}
    assert json.loads(welcome("phone")) == {"type": "welcome", "device": "phone"}


@given(st.text(max_size=40) | st.binary(max_size=40))
def test_whatever_comes_nothing_but_decode_error_leaves(text: str | bytes) -> None:
    try:
        read_message(text)
    except DecodeError:
        return
