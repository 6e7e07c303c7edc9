"""/open311: discovery, services, and requests in and out, as JSON and XML."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson
from pydantic import BaseModel

from dispatch.kinds.model import Kind
from dispatch.standards.open311 import shapes
from dispatch.standards.open311.model import xml_of
from dispatch.standards.open311.service import Open311Service
from registry.api.route import Call, Download, Handler, Refusal, Route

__all__ = ["routes"]

_XML = "text/xml; charset=utf-8"
_SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
_CHANGESET = "2026-11-24T00:00:00Z"

Make = Callable[[Call], Awaitable[BaseModel]]


def routes(service: Open311Service) -> list[Route]:
    """Each in both formats."""
    handlers = _Handlers(service)
    requests = ("service_requests", "request")
    table: list[tuple[str, str, Make, type[BaseModel], tuple[str, str], str, dict[str, Any]]] = [
        ("GET", "/open311/discovery", handlers.discovery, shapes.DiscoveryOut, ("discovery", ""),
         "Where the service is", {}),
        ("GET", "/open311/v2/services", handlers.services, shapes.Services, ("services", "service"),
         "What can be reported", {}),
        ("GET", "/open311/v2/services/{code}", handlers.definition, shapes.ServiceDefinitionOut,
         ("service_definition", ""), "What a report of this kind is asked for", {"problems": (404, 429)}),
        ("POST", "/open311/v2/requests", handlers.report, shapes.Received, requests, "Report something",
         {"body": shapes.ServiceRequestIn, "form": True, "status": 201, "problems": (403, 404, 429)}),
        ("GET", "/open311/v2/requests", handlers.requests, shapes.Requests, requests,
         "Citizens' reports and how they go", {"query": shapes.RequestQuery}),
        ("GET", "/open311/v2/requests/{id}", handlers.request, shapes.Requests, requests,
         "One of them", {"problems": (404, 429)}),
    ]  # fmt: skip
    always: dict[str, Any] = {"problems": (429,), "tag": "open311", "public": True, "root": True}
    made = []
    for method, path, make, answer, tags, summary, others in table:
        more = always | {"summary": summary} | others
        made += [
            Route(method=method, path=f"{path}.json", handler=make, answer=answer, refusal=_JSON_REFUSAL, **more),
            Route(method=method, path=f"{path}.xml", handler=_in_xml(make, *tags), media_type="text/xml",
                  refusal=_XML_REFUSAL, **more),
        ]  # fmt: skip
    return made


class _Handlers:
    def __init__(self, service: Open311Service) -> None:
        self._service = service

    async def discovery(self, call: Call) -> shapes.DiscoveryOut:
        """Where we are; relative, since a proxy may stand before us."""
        endpoint = shapes.EndpointOut(
            specification=_SPECIFICATION, url="/open311/v2", changeset=_CHANGESET,
            formats=["application/json", "text/xml"],
        )  # fmt: skip
        return shapes.DiscoveryOut(
            changeset=_CHANGESET, contact="the operator of this server", key_service="the operator of this server",
            endpoints=[endpoint],
        )  # fmt: skip

    async def services(self, call: Call) -> shapes.Services:
        """Kinds in use."""
        self._service.allow_reading(call.address)
        return shapes.Services([_service(kind) for kind in await self._service.services()])

    async def definition(self, call: Call) -> shapes.ServiceDefinitionOut:
        """No attributes."""
        self._service.allow_reading(call.address)
        kind = await self._service.service(call.path["code"])
        return shapes.ServiceDefinitionOut(service_code=kind.code, attributes=[])

    async def report(self, call: Call) -> shapes.Received:
        """Make an incident."""
        made = await self._service.report(call.body, call.address)
        return shapes.Received([shapes.ReceivedOut(service_request_id=made, service_notice="it is looked at")])

    async def requests(self, call: Call) -> shapes.Requests:
        """Some of them."""
        self._service.allow_reading(call.address)
        return shapes.Requests.model_validate(await self._service.requests(call.query))

    async def request(self, call: Call) -> shapes.Requests:
        """One: a list of it, as the standard has it."""
        self._service.allow_reading(call.address)
        return shapes.Requests.model_validate([await self._service.request(call.path["id"])])


def _service(kind: Kind) -> shapes.ServiceOut:
    return shapes.ServiceOut(
        service_code=kind.code, service_name=kind.name_en, description=kind.name_zh,
        keywords=f"{kind.category},{kind.class_}", group=kind.class_,
    )  # fmt: skip


def _in_xml(make: Make, root: str, name: str) -> Handler:
    """The same as XML; without a name the root is the thing itself."""

    async def handle(call: Call) -> Download:
        said: Any = (await make(call)).model_dump(mode="json")
        body = xml_of(root, name, said if name else [said])
        return Download(media_type=_XML, chunks=_once(body))

    return handle


async def _once(body: bytes) -> AsyncIterator[bytes]:
    yield body


def _tell_json(status: int, detail: str) -> bytes:
    return orjson.dumps([{"code": status, "description": detail}])


def _tell_xml(status: int, detail: str) -> bytes:
    return xml_of("errors", "error", [{"code": status, "description": detail}])


_JSON_REFUSAL = Refusal(media_type="application/json", tell=_tell_json, model=shapes.Errors)
_XML_REFUSAL = Refusal(media_type=_XML, tell=_tell_xml)
