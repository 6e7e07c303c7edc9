"""Handhelds on the websocket `/device`: several messages on the way, each settled by the acknowledgement of its id.

Two tasks share the connection: one sends what the outbox gives, one reads the answers, which come in the order of the
messages. When either ends, the outbox is interrupted and the conversation is over.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import Any

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from simulators.clients.errors import LinkLost, LinkTrouble, NotTaken
from simulators.clients.outbox import Outbox
from simulators.clients.sender import Conversation
from simulators.encoders.json_fixes import fix_object

__all__ = ["json_websocket"]

OPEN_TIMEOUT_S = 10.0
CLOSE_TIMEOUT_S = 2.0
_MOST_AT_ONCE = 100
_MOST_MESSAGES = 16


def json_websocket(url: str, token: str) -> Conversation:
    """Arrays of fixes with an id. url: ws://host:port/device."""
    headers = {"Authorization": f"Bearer {token}"}

    async def converse(outbox: Outbox) -> None:
        async with connect(
            url,
            additional_headers=headers,
            compression=None,
            open_timeout=OPEN_TIMEOUT_S,
            close_timeout=CLOSE_TIMEOUT_S,
            proxy=None,
        ) as connection:
            await _Conversation(connection, outbox).run()

    return converse


class _Conversation:
    """One connection's messages on the way: (id, number of fixes), oldest first."""

    def __init__(self, connection: ClientConnection, outbox: Outbox) -> None:
        self._connection, self._outbox = connection, outbox
        self._on_the_way: deque[tuple[int, int]] = deque()
        self._room = asyncio.Semaphore(_MOST_MESSAGES)

    async def run(self) -> None:
        """Until the link fails."""
        reader = asyncio.create_task(self._read(), name="device answers")
        try:
            await self._send()
        finally:
            reader.cancel()
            with suppress(asyncio.CancelledError):
                await reader

    async def _send(self) -> None:
        message = 0
        while True:
            await self._room.acquire()
            entries = await self._outbox.take(_MOST_AT_ONCE)
            message += 1
            self._on_the_way.append((message, len(entries)))
            fixes = [fix_object(entry.sample) for entry in entries]
            await self._connection.send(orjson.dumps({"type": "fixes", "id": message, "fixes": fixes}).decode())

    async def _read(self) -> None:
        try:
            async for text in self._connection:
                self._answered(orjson.loads(text))
            trouble: LinkTrouble = LinkLost("closed by the server")
        except LinkTrouble as error:
            trouble = error
        except (ConnectionClosed, ValueError, KeyError, TypeError) as error:
            trouble = LinkLost(f"{type(error).__name__}: {error}")
        self._outbox.interrupt(trouble)
        self._room.release()

    def _answered(self, answer: dict[str, Any]) -> None:
        """Settle what an acknowledgement names. Raises NotTaken when the server had a problem with a message."""
        kind = answer.get("type")
        if kind not in {"ack", "problem"}:
            return
        message, fixes = self._on_the_way.popleft()
        if answer.get("id") != message:
            raise LinkLost(f"an answer to {answer.get('id')!r} where {message} was due")
        if kind == "problem":
            later = answer.get("retry_after_s")
            raise NotTaken(str(answer.get("detail")), later if isinstance(later, int | float) else None)
        self._outbox.settle(fixes, rejected={int(one["index"]) for one in answer["rejected"]})
        self._room.release()
