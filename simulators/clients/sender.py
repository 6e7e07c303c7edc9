"""Keep a handheld talking: connect, send, and after trouble wait and begin again with what was not acknowledged."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
from websockets.exceptions import WebSocketException

from simulators.clients.counts import Counts
from simulators.clients.errors import LinkTrouble, NotTaken
from simulators.clients.outbox import Outbox

__all__ = ["TROUBLE", "Conversation", "Patience", "keep_sending"]

Conversation = Callable[[Outbox], Awaitable[None]]
"""Opens a link and sends what the outbox gives until the link fails; never returns otherwise."""

TROUBLE = (LinkTrouble, OSError, TimeoutError, EOFError, WebSocketException, aiohttp.ClientError)
"""What a conversation may fail with; anything else is a fault of ours and ends the fleet."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait after trouble, in seconds: `first`, twice that, ... at most `longest`, each half at random."""

    first: float = 0.5
    longest: float = 30.0


async def keep_sending(converse: Conversation, outbox: Outbox, counts: Counts, patience: Patience) -> None:
    """Hold conversations one after the other until cancelled; the first begins when there is something to say."""
    delay = patience.first
    while True:
        await outbox.stirred()
        unsettled = len(outbox)
        asked: float | None = None
        try:
            await converse(outbox)
        except TROUBLE as trouble:
            counts.errors += 1
            asked = trouble.retry_after_s if isinstance(trouble, NotTaken) else None
        outbox.recall()
        delay = patience.first if len(outbox) < unsettled else min(2 * delay, patience.longest)
        await asyncio.sleep(max(asked or 0.0, delay * random.uniform(0.5, 1.0)))
