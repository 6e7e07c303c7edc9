"""Builders: two districts with a member each, and positions of theirs in the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import orjson
import psycopg
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel

from registry.api.route import Call, Caller, Download, Role, Route
from tests.tracker.history.outcomes import NOON, judged
from tracker.history.store import HistoryStore
from tracker.history.write import Write
from tracker.model.batch import FixBatch

__all__ = ["a_caller", "answer", "found_city", "route_of", "stored"]


async def found_city(pool: AsyncConnectionPool) -> None:
    """Districts north (key 2) and south (3); Anna (member and device 1) in the north, Bo (2) in the south."""
    async with pool.connection() as connection:
        await connection.execute(
            """
            INSERT INTO organisations (key, id, parent, level, name)
            VALUES (2, 'north', 1, 'district', 'North'), (3, 'south', 1, 'district', 'South');
            INSERT INTO members (key, id, name, organisation, posts)
            VALUES (1, 'anna', 'Anna', 2, '{patrol}'), (2, 'bo', 'Bo', 3, '{}');
            INSERT INTO devices (key, id, member) VALUES (1, 'phone-1', 1), (2, 'phone-2', 2);
            """
        )


def stored(url: str, batch: FixBatch, *, member: int | None = None) -> None:
    """Store it as the fixes of that member; None: of nobody."""
    store = HistoryStore(url, now=lambda: NOON)
    keys = np.full(len(batch), -1 if member is None else member, np.int32)
    store.write(Write.of(judged(batch), batch, keys))
    store.close()


def a_caller(organisation: int = 1) -> Caller:
    """Somebody of that organisation: 1 is the whole city."""
    return Caller(user=1, name="carla", role=Role.DISPATCHER, organisation=organisation, organisation_id="?")


def route_of(routes: list[Route], path: str) -> Route:
    """The GET route of that path."""
    return next(route for route in routes if route.path == path and route.method == "GET")


async def answer(route: Route, query: Mapping[str, Any], *, caller: Caller, **path: str) -> Any:
    """What the route says, as a client would read it: JSON decoded, files as bytes."""
    assert route.query is not None
    call = Call(
        caller=caller, path=path, query=route.query.model_validate(query), body=None, token=None, address="127.0.0.1"
    )
    said = await route.handler(call)
    if not isinstance(said, Download):
        assert isinstance(said, BaseModel)
        return orjson.loads(said.model_dump_json())
    data = b"".join([chunk async for chunk in said.chunks])
    return orjson.loads(data) if "json" in said.media_type else data


async def reassign(url: str, device: int, member: int | None) -> None:
    """Give the device to somebody else."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("UPDATE devices SET member = %s WHERE key = %s", (member, device))
