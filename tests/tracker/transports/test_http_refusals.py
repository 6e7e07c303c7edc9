"""What a device is told when its request is refused."""

from __future__ import annotations

import json

import pytest

from tracker.intake.errors import Overloaded, StoreUnavailable, UnknownDevice, WrongToken
from tracker.protocols.errors import DecodeError
from tracker.protocols.json_fixes import TooManyFixes
from tracker.transports.errors import TooFast, TooLarge, TooSlow
from tracker.transports.http_refusals import REFUSALS, plain_response, problem_response, refused


@pytest.mark.parametrize(
    ("error", "status", "retry_after"),
    [
        (DecodeError("lat is not a number"), 400, None),
        (TooSlow("the body did not arrive in time"), 400, None),
        (UnknownDevice("x"), 400, None),
        (WrongToken(), 401, None),
        (TooLarge(100), 413, None),
        (TooManyFixes("too many"), 413, None),
        (TooFast(2.1), 429, "3"),
        (TooFast(0.001), 429, "1"),
        (Overloaded(), 503, "1"),
        (StoreUnavailable(), 503, "5"),
    ],
)
def test_every_refusal_has_its_status_and_says_why(error: Exception, status: int, retry_after: str | None) -> None:
    assert isinstance(error, REFUSALS)
    for write in (plain_response, problem_response):
        response = write(refused(error), "Bearer")
        assert response.status == status
        assert isinstance(response.body, bytes)
        assert str(error) in response.body.decode().replace('\\"', '"')
        assert response.headers.get("Retry-After") == retry_after
        assert ("WWW-Authenticate" in response.headers) == (status == 401)


def test_a_problem_is_that_of_rfc_9457() -> None:
    response = problem_response(refused(TooLarge(100)), "Bearer")
    assert response.content_type == "application/problem+json"
    assert isinstance(response.body, bytes)
    problem = {"type": "about:blank", "title": "Too large", "status": 413, "detail": "longer than 100 bytes"}
    assert json.loads(response.body) == problem
