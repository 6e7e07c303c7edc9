"""Errors to RFC 9457 problem+json: one table, and a 500 without detail for everything unknown."""

from __future__ import annotations

import logging
import math

import orjson
from aiohttp import web
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from registry.api.problems import Problem

__all__ = ["answer_problem", "problem_of", "problem_response"]

_log = logging.getLogger(__name__)

_BY_STATUS = {
    404: ("Not found", "there is nothing here: see /api/v1/openapi.json"),
    405: ("Method not allowed", "this path is asked otherwise: see /api/v1/openapi.json"),
    413: ("Too large", "the request is larger than this server takes"),
}


def problem_of(error: Exception) -> web.Response:
    """The answer to an error of a handler."""
    if isinstance(error, Problem):
        return answer_problem(error)
    if isinstance(error, OperationalError | PoolTimeout):
        return problem_response(503, "Unavailable", "the database is away: try again", retry_after_s=5)
    if isinstance(error, web.HTTPException):
        title, detail = _BY_STATUS.get(error.status, (error.reason, error.reason))
        return problem_response(error.status, title, detail)
    _log.error("a request failed", exc_info=error)
    return problem_response(500, "Internal error", "the server failed on this request; its log says why")


def answer_problem(problem: Problem) -> web.Response:
    """An expected refusal."""
    return problem_response(
        problem.status, problem.title, problem.detail, errors=problem.errors, retry_after_s=problem.retry_after_s
    )


def problem_response(
    status: int, title: str, detail: str, *, errors: list[dict[str, object]] | None = None,
    retry_after_s: float | None = None,
) -> web.Response:  # fmt: skip
    """A problem+json body; errors: each fault with its place."""
    body: dict[str, object] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    headers = {} if retry_after_s is None else {"Retry-After": str(max(1, math.ceil(retry_after_s)))}
    return web.Response(
        status=status, body=orjson.dumps(body), content_type="application/problem+json", headers=headers
    )
