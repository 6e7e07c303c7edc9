"""schemathesis asks every route of the server's own OpenAPI document, with what that allows and what it forbids.

Nothing may answer 5xx, and every answer is one that the document states: its status, its media type, its schema. The
values that it makes up are the same in every run; those that name something are, half of the time, what is there.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from simulators.day.people import Person
from tests.integration.north.district import District
from tests.integration.running import serving

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

EXAMPLES = 5
"""Of each mode, valid and not, a route at most; a route that takes few different values is asked less often."""
ANSWER_TIMEOUT_S = 20
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FILES = (
    "audio/webm", "audio/ogg", "audio/mp4", "audio/wav", "video/mp4", "video/webm", "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel",
)  # fmt: skip
"""Uploads of which schemathesis does not know how they are sent."""
SKIPPED = {
    "DELETE /api/v1/session": "it would end the session that all other routes are asked with",
    "DELETE /api/v1/sessions/{id}": "the same, once it names that session",
}
"""Why an operation is not asked. The two that upgrade, /live and /device, stand on another listener, not in there."""


def file(_: schemathesis.SerializationContext, value: object) -> bytes:
    """A file's bytes as they are; what is no file stands in for one as text."""
    data = getattr(value, "data", None)
    return data if isinstance(data, bytes) else str(value).encode()


schemathesis.serializer(*FILES)(file)


def known(document: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    """The document, with what is there offered besides: in paths by the word before, in bodies by the field's name."""
    for path, operations in document["paths"].items():
        offered = {name: ids[kind] for kind, name in re.findall(r"/([\w-]+)/{(\w+)}", path) if kind in ids}
        for operation in operations.values():
            for one in operation.get("parameters", ()):
                if one["in"] == "path" and one["name"] in offered:
                    one["schema"] = {"anyOf": [{"const": offered[one["name"]]}, one["schema"]]}
    fields = {f"{kind.removesuffix('s')}": one for kind, one in ids.items()}
    for name, schema in document["components"]["schemas"].items():
        properties = schema.get("properties", {})
        for field in (fields.keys() & properties.keys()) if name.endswith("In") else ():
            properties[field] = {"anyOf": [{"const": fields[field]}, properties[field]]}
    return document


class Walk:
    """Every operation with made-up requests. asked: how many requests; found: what was wrong, a line each."""

    def __init__(self, base: str, token: str) -> None:
        self._base, self._session = base, requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"
        self.asked = 0
        self.found = set[str]()

    def all(self, document: dict[str, Any]) -> None:
        with self._session:
            for operation in _operations(document):
                for mode in GenerationMode:
                    self._ask(operation, mode)

    def _ask(self, operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> None:
        try:
            strategy: SearchStrategy[Case[Any]] = operation.as_strategy(generation_mode=mode)
            test: Callable[[], None] = given(strategy)(self._check)
            bounded(test)()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, f"{operation.label}: nothing fits what the document says"

    def _check(self, case: Case[Any]) -> None:
        assume(not {".", ".."} & set(map(str, case.path_parameters.values())))  # the client makes another path of it
        response = case.call(base_url=self._base, session=self._session, timeout=ANSWER_TIMEOUT_S)
        self.asked += 1
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as failures:
            said = f"{response.status_code} {response.text[:300]}"
            curl = case.as_curl_command()[:1000]
            self.found |= {
                f"{one.operation}: {one.title} {one.message}\n  {said}\n  {curl}" for one in failures.exceptions
            }


def bounded(test: Callable[[], None]) -> Callable[[], None]:
    """The same few requests in every run; nothing is shrunk, since a request changes what the next one meets."""
    limits = settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    return limits(test)


def _operations(document: dict[str, Any]) -> Iterator[APIOperation[Any, Any, Any, Any]]:
    schema = schemathesis.openapi.from_dict(document, config=schemathesis.Config())
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        if operation.label not in SKIPPED:
            yield operation


async def test_whatever_schemathesis_sends_is_answered_as_the_document_says(tmp_path: Path) -> None:
    async with serving(tmp_path / "data", GRIDWARDEN_OPEN311="open") as server, aiohttp.ClientSession() as http:
        root = Person(http, server.url(""), await server.add_user("root", "administrator"))
        district = District()
        await district.found(server, tmp_path, root)
        document = await root.get("/openapi.json")
        walk = Walk(server.url(""), root.token)
        await asyncio.to_thread(walk.all, known(document, district.ids))
        assert not walk.found, "\n".join(sorted(walk.found))
        assert walk.asked > 5 * sum(map(len, document["paths"].values()))
        assert (await root.get("/me"))["user"] == "root"
