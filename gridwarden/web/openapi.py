"""GET /api/v1/openapi.json: OpenAPI 3.1 of the routes table; pydantic writes the schemas.

The device side has no rows in the table: its operations are written out in `device_operations`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from gridwarden.web.device_operations import DEVICE_PATHS, DEVICE_SCHEMAS, DEVICE_SECURITY
from registry.api.route import Route

__all__ = ["openapi_of"]

_FORM = "application/x-www-form-urlencoded"
_REF = "#/components/schemas/{model}"
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem details",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what is wrong and what to do"},
        "errors": {
            "type": "array",
            "items": {"type": "object"},
            "description": "each fault: in (query or body), at (field), reason",
        },
    },
}
_TITLES = {
    400: "Not understood", 401: "Not signed in", 403: "Not allowed", 404: "Not found", 408: "Too slow", 409: "Conflict",
    413: "Too large", 415: "Unsupported", 429: "Too many", 503: "Unavailable",
}  # fmt: skip


def openapi_of(routes: Iterable[Route], version: str) -> dict[str, Any]:
    """The document."""
    table = list(routes)
    answers = {model for route in table if (model := route.answer)}
    answers |= {model for route in table if route.refusal and (model := route.refusal.model)}
    bodies = {model for route in table if (model := route.body)}
    wanted = [*((model, "serialization") for model in answers), *((model, "validation") for model in bodies)]
    wanted.sort(key=lambda pair: (pair[0].__module__, pair[0].__name__, pair[1]))
    names, schemas = models_json_schema(wanted, ref_template=_REF)  # type: ignore[arg-type]  # modes are literals
    paths: dict[str, dict[str, Any]] = {}
    for route in table:
        paths.setdefault(route.full_path, {})[route.method.lower()] = _operation(route, names)
    for path, operations in DEVICE_PATHS.items():
        paths.setdefault(path, {}).update(operations)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Gridwarden", "version": version, "license": {"name": "Apache-2.0"}},
        "paths": paths,
        "components": {
            "schemas": schemas.get("$defs", {}) | DEVICE_SCHEMAS | {"Problem": _PROBLEM},
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "description": "the token of POST /api/v1/session"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "gridwarden_session"},
            }
            | DEVICE_SECURITY,
        },
    }


def _operation(route: Route, names: dict[Any, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": route.summary,
        "tags": [route.tag],
        "operationId": re.sub(r"\W+", "_", f"{route.method} {route.path}").strip("_").lower(),
        "parameters": [*_path_parameters(route.path), *_query_parameters(route.query), *_key_parameter(route)],
        "responses": _responses(route, names),
        "security": [] if route.public else [{"bearer": []}, {"cookie": []}],
    }
    if not route.public:
        operation["description"] = f"Roles: {', '.join(sorted(route.roles))}."
    if route.body is not None:
        schema = names[(route.body, "validation")]
        operation["requestBody"] = {
            "required": True,
            "content": {_FORM if route.form else "application/json": {"schema": schema}},
        }
    if route.upload is not None:
        file = {"schema": {"type": "string", "format": "binary", "maxLength": route.upload.most_bytes}}
        operation["requestBody"] = {"required": True, "content": dict.fromkeys(route.upload.media_types, file)}
    return operation


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1, "maxLength": 128}}
        for name in re.findall(r"{(\w+)}", path)
    ]


def _key_parameter(route: Route) -> list[dict[str, Any]]:
    """Of a creating call that may be sent again."""
    if not route.idempotent:
        return []
    schema = {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[ -~]+$"}
    text = "the same call with the same key makes one thing, however often it is sent"
    return [{"name": "Idempotency-Key", "in": "header", "required": False, "description": text, "schema": schema}]


def _query_parameters(model: type[BaseModel] | None) -> list[dict[str, Any]]:
    if model is None:
        return []
    schema = model.model_json_schema(ref_template=_REF)
    definitions = schema.get("$defs", {})
    return [
        _query_parameter(name, _inlined(field, definitions), required=name in schema.get("required", ()))
        for name, field in schema.get("properties", {}).items()
    ]


def _query_parameter(name: str, field: dict[str, Any], *, required: bool) -> dict[str, Any]:
    """A query says nothing by leaving the parameter out: there is no null in it."""
    field = {key: value for key, value in field.items() if key != "title"}
    description = field.pop("description", None)
    choices = [one for one in field.pop("anyOf", ()) if one != {"type": "null"}]
    if choices:
        field = {key: value for key, value in field.items() if key != "default"} | _one_of(choices)
    parameter = {"name": name, "in": "query", "required": required, "schema": field}
    return parameter if description is None else parameter | {"description": description}


def _one_of(choices: list[dict[str, Any]]) -> dict[str, Any]:
    return choices[0] if len(choices) == 1 else {"anyOf": choices}


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:
    """The schema with its references put in place: parameters have no components of their own."""
    if isinstance(schema, list):
        return [_inlined(one, definitions) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _inlined(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    return {key: _inlined(value, definitions) for key, value in schema.items()}


def _responses(route: Route, names: dict[Any, Any]) -> dict[str, Any]:
    well: dict[str, Any] = {"description": "Done"}
    if route.answer is not None:
        well["content"] = {route.media_type: {"schema": names[(route.answer, "serialization")]}}
    elif route.media_type != "application/json":
        well["content"] = {one: {"schema": {"type": "string"}} for one in route.media_types or (route.media_type,)}
    status = 204 if route.answer is None and route.media_type == "application/json" else route.status
    return {str(status): well} | {str(one): _problem(one, _refused(route, names)) for one in sorted(_refusals(route))}


def _refusals(route: Route) -> set[int]:
    """Every status but the good one that the route may answer with."""
    statuses = {*route.problems, 503}
    if not route.public:
        statuses |= {401, 403}
    elif route.method != "GET":
        statuses |= {403}  # a page of another origin
    if route.query or route.body or "{" in route.path:
        statuses |= {400}
    if route.body or route.upload:
        statuses |= {400, 408, 413}
    if route.upload or route.form:
        statuses |= {415}
    if route.method in {"POST", "PATCH", "PUT"} and not route.public:
        statuses |= {409}  # somebody else changed it meanwhile
    return statuses


def _refused(route: Route, names: dict[Any, Any]) -> dict[str, Any]:
    """The content of the route's refusals."""
    if route.refusal is None:
        return {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    model = route.refusal.model
    schema = {"type": "string"} if model is None else names[(model, "serialization")]
    return {route.refusal.media_type.partition(";")[0]: {"schema": schema}}


def _problem(status: int, content: dict[str, Any]) -> dict[str, Any]:
    return {"description": _TITLES.get(status, "Problem"), "content": content}
