from __future__ import annotations

import orjson
import pytest
from pydantic import ValidationError

from dispatch.push.messages import SignIn, Subscribe, crossing, members, problem, snapshot, welcome
from tests.tracker.live.builders import a_device


@pytest.mark.parametrize(
    "message",
    [
        '{"type": "subscribe"}',
        '{"type": "subscribe", "organisation": null, "bbox": null, "resume": null}',
        '{"type": "subscribe", "organisation": "north", "bbox": [170, -10, -170, 10]}',
        '{"type": "subscribe", "resume": {"epoch": "a1", "sequence": 7}}',
    ],
)
def test_subscriptions_that_are_understood(message: str) -> None:
    Subscribe.model_validate_json(message)


@pytest.mark.parametrize(
    "message",
    [
        "", "null", "[]", "{}", "\xff", '{"type": "unsubscribe"}', '{"type": "subscribe", "bbox": [1, 2, 3]}',
        '{"type": "subscribe", "bbox": [1, 2, 3, NaN]}', '{"type": "subscribe", "bbox": [1, 2, 3, 1]}',
        '{"type": "subscribe", "bbox": [1, -91, 3, 1]}', '{"type": "subscribe", "bbox": [1, 2, 181, 3]}',
        '{"type": "subscribe", "resume": {"epoch": "a1"}}',
        '{"type": "subscribe", "organisation": "%s"}' % ("x" * 200),
    ],
)  # fmt: skip
def test_subscriptions_that_are_not(message: str) -> None:
    with pytest.raises(ValidationError):
        Subscribe.model_validate_json(message)


def test_a_token_has_a_length() -> None:
    assert SignIn.model_validate_json('{"type": "sign-in", "token": "abc"}').token == "abc"
    for token in ("", "x" * 300):
        with pytest.raises(ValidationError):
            SignIn.model_validate({"type": "sign-in", "token": token})


def test_what_the_server_says() -> None:
    who = {"key": 3, "device": "d3", "member": "m7", "name": "Member 7", "post": "patrol", "organisation": 1}
    device = a_device(3, member=7, post="patrol")
    assert orjson.loads(welcome("e")) == {"type": "welcome", "epoch": "e"}
    assert orjson.loads(snapshot(9, [device])) == {"type": "snapshot", "sequence": 9, "members": [who]}
    assert orjson.loads(members([device], [4])) == {"type": "members", "added": [who], "removed": [4]}
    assert orjson.loads(crossing({"kind": "enter"})) == {"type": "crossing", "kind": "enter"}
    assert orjson.loads(problem("no")) == {"type": "problem", "detail": "no"}


def test_a_device_that_nobody_carries_has_its_own_name() -> None:
    [who] = orjson.loads(members([a_device(3)], []))["added"]
    assert (who["member"], who["name"]) == (None, "d3")
