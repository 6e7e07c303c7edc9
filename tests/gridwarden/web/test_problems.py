from __future__ import annotations

import json
import logging
from typing import Any

import psycopg
import pytest
from aiohttp import web
from psycopg_pool import PoolTimeout

from gridwarden.web.problems import problem_of
from registry.api import problems
from registry.api.problems import BadRequest, NotFound, TooMany, Unavailable


def told(error: Exception) -> tuple[web.Response, dict[str, Any]]:
    response = problem_of(error)
    assert response.content_type == "application/problem+json"
    assert isinstance(response.body, bytes)
    return response, json.loads(response.body)


@pytest.mark.parametrize("name", [name for name in problems.__all__ if name != "Problem"])
def test_every_refusal_has_its_status_and_title(name: str) -> None:
    kind = getattr(problems, name)
    response, body = told(kind("do this"))
    assert response.status == kind.status
    assert body == {"type": "about:blank", "title": kind.title, "status": kind.status, "detail": "do this"}


def test_faults_are_listed_with_their_place() -> None:
    faults: list[dict[str, object]] = [{"in": "body", "at": "name", "reason": "missing"}]
    _, body = told(BadRequest("no", errors=faults))
    assert body["errors"] == faults


@pytest.mark.parametrize(("wait_s", "header"), [(0.2, "1"), (1.0, "1"), (1.5, "2")])
def test_a_wait_is_whole_seconds_and_never_too_short(wait_s: float, header: str) -> None:
    response, _ = told(TooMany("slowly", retry_after_s=wait_s))
    assert response.headers["Retry-After"] == header


def test_what_is_not_there_needs_no_wait() -> None:
    response, _ = told(NotFound("no"))
    assert "Retry-After" not in response.headers


@pytest.mark.parametrize("error", [psycopg.OperationalError("gone"), PoolTimeout("none free"), Unavailable("later")])
def test_a_database_that_is_away_is_503(error: Exception) -> None:
    assert told(error)[0].status == 503


def test_a_row_that_changed_meanwhile_is_409() -> None:
    assert told(psycopg.errors.UniqueViolation("twice"))[0].status == 409


def test_a_wrong_method_says_which_are_right() -> None:
    response, _ = told(web.HTTPMethodNotAllowed("PUT", ["GET", "POST"]))
    assert (response.status, response.headers["Allow"]) == (405, "GET,POST")


def test_an_unknown_error_is_logged_once_and_told_without_detail(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        response, body = told(RuntimeError("password of the database"))
    assert response.status == 500
    assert "password" not in str(body)
    assert len(caplog.records) == 1
    assert caplog.records[0].exc_info is not None
