from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

from gridwarden.web.openapi import openapi_of
from registry.api.route import Role, Route
from registry.users.service import UserService
from tests.gridwarden.web.house import nothing, registry_routes, visiting
from tracker.geofences import api as geofences
from tracker.geofences.service import GeofenceService
from tracker.history import api as history
from tracker.history.service import HistoryService


class Query(BaseModel):
    """A query."""

    level: Role | None = None
    limit: int = Field(5, ge=1, description="at most")
    name: str


class Answer(BaseModel):
    """An answer."""

    name: str


class Body(BaseModel):
    """A body."""

    name: str | None = None


ROUTE = Route(
    method="POST", path="/things/{id}", handler=nothing, summary="Do it", tag="things", query=Query, body=Body,
    answer=Answer, status=201, problems=(404,), roles=frozenset({Role.OBSERVER}),
)  # fmt: skip


def described(*routes: Route) -> dict[str, Any]:
    return openapi_of(routes, "1.2.3")


def operation() -> dict[str, Any]:
    found: dict[str, Any] = described(ROUTE)["paths"]["/api/v1/things/{id}"]["post"]
    return found


def walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


@pytest.fixture
def table(pool: AsyncConnectionPool) -> list[Route]:
    return [
        *registry_routes(pool, UserService(pool, lambda: 0.0)), *history.routes(HistoryService(pool)),
        *geofences.routes(GeofenceService(pool)),
    ]  # fmt: skip


def test_parameters_have_their_place_type_and_limits() -> None:
    by_name = {parameter["name"]: parameter for parameter in operation()["parameters"]}
    schema = {"type": "string", "minLength": 1, "maxLength": 128}
    assert by_name["id"] == {"name": "id", "in": "path", "required": True, "schema": schema}
    assert by_name["limit"] == {
        "name": "limit", "in": "query", "required": False, "description": "at most",
        "schema": {"type": "integer", "minimum": 1, "default": 5},
    }  # fmt: skip
    assert by_name["name"]["required"]
    assert by_name["level"]["schema"]["enum"] == list(Role)
    assert "anyOf" not in by_name["level"]["schema"]


def test_every_status_that_can_come_is_described() -> None:
    responses = operation()["responses"]
    assert set(responses) == {"201", "400", "401", "403", "404", "408", "409", "413", "503"}
    assert responses["201"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Answer"}
    assert set(responses["404"]["content"]) == {"application/problem+json"}


def test_who_may_call_it_is_said() -> None:
    assert operation()["security"] == [{"bearer": []}, {"cookie": []}]
    assert operation()["description"] == "Roles: observer."


def test_an_answer_without_body_is_204() -> None:
    route = Route(method="DELETE", path="/x", handler=nothing, summary="X", tag="x", public=True)
    responses = described(route)["paths"]["/api/v1/x"]["delete"]["responses"]
    assert "content" not in responses["204"]
    assert described(route)["paths"]["/api/v1/x"]["delete"]["security"] == []


def test_every_media_type_that_a_file_may_have_is_said() -> None:
    route = Route(
        method="GET", path="/x", handler=nothing, summary="X", tag="x", media_type="application/octet-stream",
        media_types=("application/pdf", "image/png"),
    )  # fmt: skip
    responses = described(route)["paths"]["/api/v1/x"]["get"]["responses"]
    assert set(responses["200"]["content"]) == {"application/pdf", "image/png"}


def test_every_route_of_the_table_is_described_and_nothing_dangles(table: list[Route]) -> None:
    document = openapi_of(table, "1.2.3")
    operations = {
        (method.upper(), path)
        for path, item in document["paths"].items()
        for method in item
        if path.startswith("/api/v1/")
    }
    assert operations >= {(route.method, f"/api/v1{route.path}") for route in table}
    schemas = document["components"]["schemas"]
    references = {node["$ref"] for node in walk(document) if isinstance(node.get("$ref"), str)}
    assert references <= {f"#/components/schemas/{name}" for name in schemas}
    assert schemas.keys() <= {reference.rpartition("/")[2] for reference in references}


def test_operations_have_names_of_their_own_and_name_their_placeholders(table: list[Route]) -> None:
    paths = openapi_of(table, "1.2.3")["paths"]
    names = [operation["operationId"] for item in paths.values() for operation in item.values()]
    assert len(set(names)) == len(names)
    for path, item in paths.items():
        for operation in item.values():
            told = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
            assert told == set(re.findall(r"{(\w+)}", path)), path


def test_security_schemes_exist(table: list[Route]) -> None:
    document = openapi_of(table, "1.2.3")
    used = {
        name
        for item in document["paths"].values()
        for operation in item.values()
        for scheme in operation["security"]
        for name in scheme
    }
    assert used == set(document["components"]["securitySchemes"])


def test_what_devices_send_is_described_beside_what_people_ask(table: list[Route]) -> None:
    fixes = openapi_of(table, "1.2.3")["paths"]["/api/v1/fixes"]
    assert fixes["post"]["security"] == [{"device": []}]
    assert set(fixes["post"]["responses"]) == {"200", "400", "401", "413", "429", "503"}


async def test_the_document_is_served(table: list[Route]) -> None:
    async with visiting(table) as client:
        response = await client.get("/api/v1/openapi.json")
        assert response.content_type == "application/json"
        document = await response.json()
    assert document["openapi"] == "3.1.0"
    assert document["info"]["version"] == "1.2.3"
    assert document == json.loads(json.dumps(openapi_of(table, "1.2.3")))
