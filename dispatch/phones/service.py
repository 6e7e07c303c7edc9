"""Phones that do not receive: an offer that no handheld confirmed goes to the operator's gateway (SMS, web push).

Theory of operation. A row an assignment is made once (its key forbids a second). A worker claims a row by moving its
next try into the future, ends that transaction, tells the gateway, and writes down what it said. One that is killed in
between has told it or not: the row comes up again, and carries the assignment's id as Idempotency-Key, so that the
gateway sends it once. What was confirmed, answered or over meanwhile is not told.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

import orjson
from psycopg_pool import AsyncConnectionPool

from dispatch.phones.model import MOST_ATTEMPTS, UNCONFIRMED_FOR, signature
from dispatch.phones.store import PhoneStore

__all__ = ["PhoneService", "Post"]

_log = logging.getLogger(__name__)

_MOST_A_ROUND = 100
_INCIDENT = (
    "kind", "kind_en", "kind_zh", "priority", "description", "address", "latitude", "longitude", "drill",
)  # fmt: skip

Post = Callable[[str, bytes, Mapping[str, str]], Awaitable[int]]
"""(url, body, headers) -> status of the answer. Raises OSError where there is none."""


class PhoneService:
    """url, secret: of the gateway. now: aware UTC. outcomes: counts by told, needless, given_up, failed."""

    def __init__(
        self, pool: AsyncConnectionPool, now: Callable[[], datetime], post: Post, *, url: str, secret: str
    ) -> None:
        self._pool, self._now, self._post, self._url, self._secret = pool, now, post, url, secret
        self.outcomes: Counter[str] = Counter()

    async def round(self) -> None:
        """Tell what is due."""
        async with self._pool.connection() as connection:
            await PhoneStore(connection).collect(self._now(), self._now() - UNCONFIRMED_FOR)
        for _ in range(_MOST_A_ROUND):
            async with self._pool.connection() as connection:
                call = await PhoneStore(connection).claim(self._now())
            if call is None:
                return
            await self._settle(call)

    async def _settle(self, call: dict[str, Any]) -> None:
        """Tell it, unless it is not needed any more, and write down how that went."""
        outcome, answer = ("needless", None) if not call["is_needed"] else await self._tell(call)
        if outcome == "failed" and call["attempts"] >= MOST_ATTEMPTS:
            outcome = "given_up"
        self.outcomes[outcome] += 1
        async with self._pool.connection() as connection:
            store = PhoneStore(connection)
            if outcome == "failed":
                await store.failed(call["key"], answer or "")
            else:
                await store.end(call["key"], self._now(), outcome, answer)

    async def _tell(self, call: dict[str, Any]) -> tuple[str, str]:
        body = orjson.dumps(_told(call))
        headers = {
            "Content-Type": "application/json", "Idempotency-Key": call["id"],
            "Gridwarden-Signature": signature(self._secret, self._now(), body),
        }  # fmt: skip
        try:
            status = await self._post(self._url, body, headers)
        except OSError as error:
            _log.warning("the gateway to phones does not answer", extra={"error": str(error).strip()})
            return "failed", f"{type(error).__name__}: {error}"[:200]
        if not 200 <= status < 300:
            _log.warning("the gateway to phones refuses", extra={"status": status, "assignment": call["id"]})
            return "failed", str(status)
        return "told", str(status)


def _told(call: dict[str, Any]) -> dict[str, Any]:
    return {
        "assignment": call["id"], "member": call["member"], "name": call["name"], "phone": call["phone"],
        "purpose": call["purpose"], "answer_by": call["answer_by"],
        "incident": {"id": call["incident"]} | {name: call[name] for name in _INCIDENT},
    }  # fmt: skip
