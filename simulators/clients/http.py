"""Handhelds that post: our JSON, OsmAnd, OwnTracks. A fix is settled when the answer says that it is stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import aiohttp
import orjson

from simulators.clients.errors import NotTaken
from simulators.clients.outbox import Outbox
from simulators.clients.sender import Conversation
from simulators.encoders import json_fixes, osmand, owntracks
from simulators.fleet.reports import Sample

__all__ = ["json_http", "osmand_http", "owntracks_http"]

_MOST_AT_ONCE = 100
_UNREADABLE = {400, 413, 422}  # sending the same again would not help


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def json_http(session: aiohttp.ClientSession, base: str, token: str) -> Conversation:
    """Arrays of fixes to `/api/v1/fixes`, as many as wait. base: http://host:port."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def request(samples: list[Sample]) -> _Request:
        return _Request("POST", f"{base}/api/v1/fixes", json_fixes.fixes_body(samples), headers)

    return _conversation(session, request, most=_MOST_AT_ONCE, refused_in=_refused_of_json)


def osmand_http(session: aiohttp.ClientSession, base: str, device: str, token: str | None) -> Conversation:
    """One fix a request, everything in the query: a POST with an empty body, as Traccar Client up to 8 sends it."""

    def request(samples: list[Sample]) -> _Request:
        return _Request("POST", f"{base}/?{osmand.query(device, samples[0], token)}")

    return _conversation(session, request, most=1)


def owntracks_http(session: aiohttp.ClientSession, base: str, device: str, token: str) -> Conversation:
    """One location a request to `/pub`."""
    headers = {"Authorization": owntracks.basic_authorization(device, token), "Content-Type": "application/json"}

    def request(samples: list[Sample]) -> _Request:
        return _Request("POST", f"{base}/pub", owntracks.location(device, samples[0]), headers)

    return _conversation(session, request, most=1)


def _conversation(
    session: aiohttp.ClientSession,
    request_of: Callable[[list[Sample]], _Request],
    *,
    most: int,
    refused_in: Callable[[bytes], Collection[int]] = lambda body: (),
) -> Conversation:
    """Request after request, each with at most `most` fixes. refused_in: which of them the body of a 200 refuses."""

    async def converse(outbox: Outbox) -> None:
        while True:
            entries = await outbox.take(most)
            request = request_of([entry.sample for entry in entries])
            status, body, retry_after_s = await _ask(session, request)
            if 200 <= status < 300:
                outbox.settle(len(entries), rejected=refused_in(body))
            elif status in _UNREADABLE:
                outbox.settle(len(entries), rejected=range(len(entries)))
            else:
                raise NotTaken(f"{status}: {body[:200]!r}", retry_after_s)

    return converse


async def _ask(session: aiohttp.ClientSession, request: _Request) -> tuple[int, bytes, float | None]:
    """Status, body and Retry-After in seconds."""
    async with session.request(request.method, request.url, data=request.body, headers=request.headers) as answer:
        retry_after = answer.headers.get("Retry-After", "")
        return answer.status, await answer.read(), float(retry_after) if retry_after.isdecimal() else None


def _refused_of_json(body: bytes) -> Collection[int]:
    """Which fixes our JSON answer names as rejected. Raises NotTaken for anything else."""
    try:
        return {int(one["index"]) for one in orjson.loads(body)["rejected"]}
    except (ValueError, KeyError, TypeError) as error:
        raise NotTaken(f"not an acknowledgement: {body[:200]!r}") from error
