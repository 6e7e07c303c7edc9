"""Citizens' reports become incidents of the lowest organisation that holds the place; the public reads how they go."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from psycopg_pool import AsyncConnectionPool

from dispatch.incidents.actor import Actor
from dispatch.incidents.service import IncidentService
from dispatch.kinds.model import Kind
from dispatch.kinds.store import KindStore
from dispatch.standards.open311.model import Allowance, address_of, contact_of
from dispatch.standards.open311.shapes import RequestQuery, ServiceRequestIn
from dispatch.standards.open311.store import requests
from registry.api.problems import Forbidden, NotFound, TooMany

__all__ = ["Open311Service"]

_SPAN = timedelta(days=90)
_CITIZEN = Actor(name="citizen")


class Open311Service:
    """keys: of the programs that may report; empty: whoever likes. now: aware UTC; monotonic_s: for the allowances."""

    def __init__(
        self, pool: AsyncConnectionPool, incidents: IncidentService, now: Callable[[], datetime],
        monotonic_s: Callable[[], float], *, keys: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self._pool, self._incidents, self._now, self._monotonic_s = pool, incidents, now, monotonic_s
        self._keys = [key.encode() for key in keys]
        self._reports, self._reads = Allowance(per_s=1 / 6, burst=30), Allowance(per_s=5, burst=50)

    def allow_reading(self, peer: str) -> None:
        """Raises TooMany."""
        _allow(self._reads, peer, self._monotonic_s())

    async def services(self) -> list[Kind]:
        """Kinds that may be reported."""
        async with self._pool.connection() as connection:
            return await KindStore(connection).all(None, retired=False)

    async def service(self, code: str) -> Kind:
        """One of them. Raises NotFound."""
        async with self._pool.connection() as connection:
            kind = await KindStore(connection).find(code)
        if kind is None or kind.retired:
            raise NotFound(f"there is no service_code {code!r}")
        return kind

    async def report(self, form: ServiceRequestIn, peer: str) -> str:
        """The id of the incident. Raises Forbidden (key), TooMany, NotFound (service_code), BadRequest (place)."""
        if self._keys:
            given = (form.api_key or "").encode()
            if sum(hmac.compare_digest(given, key) for key in self._keys) == 0:
                raise Forbidden("api_key is missing, or none of ours")
        else:
            _allow(self._reports, peer, self._monotonic_s())
        kind = await self.service(form.service_code)
        text = form.description or kind.name_en
        told = await self._incidents.report(
            {
                "kind": kind.code, "latitude": form.lat, "longitude": form.long, "address": form.address_string,
                "description": text if form.media_url is None else f"{text}\n{form.media_url}", "source": "citizen",
                "contact": contact_of(form.model_dump()),
            },
            _CITIZEN,
        )  # fmt: skip
        return str(told["id"])

    async def requests(self, query: RequestQuery) -> list[dict[str, Any]]:
        """Those that the query is about; an id asked for overrides whatever else is said, as the standard has it."""
        async with self._pool.connection() as connection:
            if query.service_request_id is not None:
                return await requests(connection, ids=query.service_request_id.split(","))
            statuses = set((query.status or "open,closed").split(","))
            since = query.start_date or (query.end_date or self._now()) - _SPAN
            return await requests(
                connection, codes=None if query.service_code is None else query.service_code.split(","), since=since,
                until=query.end_date, is_open=None if len(statuses) == 2 else statuses == {"open"},
            )  # fmt: skip

    async def request(self, incident: str) -> dict[str, Any]:
        """One of them. Raises NotFound."""
        async with self._pool.connection() as connection:
            found = await requests(connection, ids=[incident])
        if not found:
            raise NotFound(f"there is no service_request_id {incident!r}")
        return found[0]


def _allow(allowance: Allowance, peer: str, now_s: float) -> None:
    wait_s = allowance.wait_s(address_of(peer), now_s)
    if wait_s:
        raise TooMany("too many requests from this address", retry_after_s=wait_s)
