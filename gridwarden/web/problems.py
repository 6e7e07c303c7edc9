"""Errors to RFC 9457 problem+json: one table, and a 500 without detail for everything unknown.

error                                status
-----------------------------------  ------
registry.api.problems.Problem        its own
no connection to the database        503, Retry-After
a row changed under the request      409
aiohttp's HTTPException              its own: no such path, wrong method, too large, too slow
anything else                        500, logged once
"""

from __future__ import annotations

import logging
import math

import orjson
from aiohttp import web
from psycopg import IntegrityError, OperationalError
from psycopg_pool import PoolTimeout

from registry.api.problems import Problem

__all__ = ["answer_problem", "problem_of", "problem_response"]

_log = logging.getLogger(__name__)

_BY_STATUS = {
    404: ("Not found", "there is nothing here: see /api/v1/openapi.json"),
    405: ("Method not allowed", "this path is asked otherwise: see /api/v1/openapi.json"),
    408: ("Request timeout", "the body did not come in time"),
    415: ("Unsupported media type", "this kind of body is not taken here"),
    413: ("Too large", "the request is larger than this server takes"),
}


def problem_of(error: Exception) -> web.Response:
    """The answer to an error of a handler."""
    match error:
        case Problem():
            return answer_problem(error)
        case OperationalError() | PoolTimeout():
            return problem_response(503, "Unavailable", "the database is away: try again", retry_after_s=5)
        case IntegrityError():
            return problem_response(409, "Conflict", "somebody else changed it meanwhile: read it again")
        case web.HTTPException():
            return _http_problem(error)
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
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="gridwarden"'
    return web.Response(
        status=status, body=orjson.dumps(body), content_type="application/problem+json", headers=headers
    )


def _http_problem(error: web.HTTPException) -> web.Response:
    title, detail = _BY_STATUS.get(error.status, (error.reason, error.reason))
    response = problem_response(error.status, title, detail)
    if "Allow" in error.headers:
        response.headers["Allow"] = error.headers["Allow"]
    if error.status in (408, 413):
        response.force_close()  # what follows on this connection is the rest of the body
    return response
