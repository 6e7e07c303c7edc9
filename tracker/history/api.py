"""Routes of the history. Tracks are columns packed by the JSON library, not models: a day is 86,400 positions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta
from typing import Any, TypedDict

from registry.api.problems import BadRequest
from registry.api.route import Call, Download, Route
from tracker.history.exports import fixes_as_csv, fixes_as_gpx, fixes_of_track, track_as_kml
from tracker.history.samples import samples_to_columns
from tracker.history.service import HistoryService, MemberTrack
from tracker.history.shapes import (
    FixOut,
    FixPage,
    FixQuery,
    LegOut,
    RefusedOut,
    RefusedPage,
    RefusedQuery,
    Replay,
    ReplayItem,
    ReplayQuery,
    SamplesAnswer,
    SamplesQuery,
    Span,
    TrackAnswer,
    TrackQuery,
    TripsAnswer,
    cursor_of,
    parts_of,
)
from tracker.history.tracks import track_to_columns, track_to_geojson

__all__ = ["routes"]

_MOST_STEPS = 2_000


def routes(service: HistoryService) -> list[Route]:
    """The history's rows of the routes table."""
    handlers = _Handlers(service)
    return [
        Route(
            method="GET", path="/members/{id}/track", handler=handlers.track, query=TrackQuery, answer=TrackAnswer,
            tag="history", summary="A member's positions in order of fix time", problems=(404,),
        ),
        Route(
            method="GET", path="/members/{id}/trips", handler=handlers.trips, query=Span, answer=TripsAnswer,
            tag="history", summary="A member's trips and stops", problems=(404,),
        ),
        Route(
            method="GET", path="/members/{id}/track.gpx", handler=handlers.gpx, query=Span, tag="history",
            summary="A member's track as GPX 1.1", media_type="application/gpx+xml", problems=(404,),
        ),
        Route(
            method="GET", path="/members/{id}/track.kml", handler=handlers.kml, query=Span, tag="history",
            summary="A member's track as KML 2.2", media_type="application/vnd.google-earth.kml+xml", problems=(404,),
        ),
        Route(
            method="GET", path="/members/{id}/track.csv", handler=handlers.csv, query=Span, tag="history",
            summary="A member's track as CSV", media_type="text/csv", problems=(404,),
        ),
        Route(
            method="GET", path="/replay", handler=handlers.replay, query=ReplayQuery, answer=Replay, tag="history",
            summary="Where everybody was at a past moment",
        ),
        Route(
            method="GET", path="/replay/tracks", handler=handlers.samples, query=SamplesQuery, answer=SamplesAnswer,
            tag="history", summary="Everybody's way through a span of time, a position a step",
        ),
        Route(
            method="GET", path="/fixes", handler=handlers.fixes, query=FixQuery, answer=FixPage, tag="history",
            summary="Stored fixes of a device, oldest first", problems=(404,),
        ),
        Route(
            method="GET", path="/fixes/refused", handler=handlers.refused, query=RefusedQuery, answer=RefusedPage,
            tag="history", summary="Fixes of a device that were refused, with the reason", problems=(404,),
        ),
    ]  # fmt: skip


class _Handlers:
    """One method a route: from the request to the service and back."""

    def __init__(self, service: HistoryService) -> None:
        self._service = service

    async def track(self, call: Call) -> Download:
        query: TrackQuery = call.query
        if query.simplify is None:
            found = await self._track(call)
            stored = len(found.track)
        else:
            found, stored = await self._service.thinned_track(
                call.user, call.path["id"], **_span(query), tolerance_m=query.simplify
            )
        track, head = found.track, _head(found) | {"stored": stored}
        if query.shape == "geojson":
            return _file("application/geo+json", [track_to_geojson(track, head)])
        return _file("application/json", [track_to_columns(track, head)])

    async def trips(self, call: Call) -> TripsAnswer:
        found, legs = await self._service.trips(call.user, call.path["id"], **_span(call.query))
        return TripsAnswer.model_construct(**_head(found), items=[LegOut.of(leg, found.track) for leg in legs])

    async def gpx(self, call: Call) -> Download:
        found = await self._track(call)
        chunks = fixes_as_gpx(fixes_of_track(found.track), found.name)
        return Download(media_type="application/gpx+xml", chunks=chunks, filename=_filename(found, "gpx"))

    async def kml(self, call: Call) -> Download:
        found = await self._track(call)
        media_type = "application/vnd.google-earth.kml+xml"
        return _file(media_type, track_as_kml(found.track, found.name), _filename(found, "kml"))

    async def csv(self, call: Call) -> Download:
        found = await self._track(call)
        chunks = fixes_as_csv(fixes_of_track(found.track))
        return Download(media_type="text/csv; charset=utf-8", chunks=chunks, filename=_filename(found, "csv"))

    async def replay(self, call: Call) -> Replay:
        query: ReplayQuery = call.query
        rows = await self._service.replay(
            call.user, at=query.at, window=timedelta(seconds=query.window_s), organisation=query.organisation
        )
        return Replay.model_construct(at=query.at, items=[ReplayItem.of(row) for row in rows])

    async def samples(self, call: Call) -> Download:
        query: SamplesQuery = call.query
        span = _span(query)
        if (span["until"] - span["since"]).total_seconds() > _MOST_STEPS * query.step:
            raise BadRequest(f"more than {_MOST_STEPS} steps: ask for a shorter time or a longer step")
        carriers, samples = await self._service.samples(
            call.user, **span, step=timedelta(seconds=query.step), window=timedelta(seconds=query.window_s),
            organisation=query.organisation,
        )  # fmt: skip
        return _file("application/json", [samples_to_columns(carriers, samples, span["since"], span["until"])])

    async def fixes(self, call: Call) -> FixPage:
        query: FixQuery = call.query
        since = query.since if query.cursor is None else _instant(parts_of(query.cursor, 1)[0])
        stored = await self._service.fixes(
            call.user, query.device, since=since, until=query.until, limit=query.limit + 1
        )
        more = len(stored) > query.limit
        cursor = cursor_of(stored[query.limit].fix_time.isoformat()) if more else None
        return FixPage.model_construct(items=[FixOut.of(fix) for fix in stored[: query.limit]], next=cursor)

    async def refused(self, call: Call) -> RefusedPage:
        query: RefusedQuery = call.query
        rows = await self._service.refused(call.user, query.device, before=_seen(query.cursor), limit=query.limit + 1)
        shown = rows[: query.limit]
        cursor = None
        if len(rows) > query.limit:
            cursor = cursor_of(shown[-1].received_at.isoformat(), str(shown[-1].key))
        return RefusedPage.model_construct(items=[RefusedOut.of(row) for row in shown], next=cursor)

    async def _track(self, call: Call) -> MemberTrack:
        return await self._service.track(call.user, call.path["id"], **_span(call.query))


class _Bounds(TypedDict):
    since: datetime
    until: datetime


def _span(query: Span) -> _Bounds:
    if query.until <= query.since:
        raise BadRequest("to must be later than from")
    return {"since": query.since, "until": query.until}


def _head(found: MemberTrack) -> dict[str, Any]:
    return {"member": found.member_id, "name": found.name}


def _filename(found: MemberTrack, suffix: str) -> str:
    return f"{found.member_id}-{found.since:%Y%m%d}.{suffix}"


def _file(media_type: str, chunks: Iterable[bytes], filename: str | None = None) -> Download:
    async def stream() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    return Download(media_type=media_type, chunks=stream(), filename=filename)


def _seen(cursor: str | None) -> tuple[datetime, int] | None:
    if cursor is None:
        return None
    received_at, key = parts_of(cursor, 2)
    if not key.isdecimal():
        raise BadRequest("cursor is not one of ours")
    return _instant(received_at), int(key)


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadRequest("cursor is not one of ours") from error
    if moment.tzinfo is None:
        raise BadRequest("cursor is not one of ours")
    return moment
