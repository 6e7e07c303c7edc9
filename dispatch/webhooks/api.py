"""/webhooks: what happens is posted to other systems; administrators only."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from dispatch.incidents.actor import actor_of
from dispatch.webhooks.model import Webhook
from dispatch.webhooks.service import WebhookService
from registry.api.fields import Id
from registry.api.route import ADMINISTRATORS, Call, Route

__all__ = ["routes"]

Topics = Literal["incident", "alert", "notice", "channel", "shift"]


class WebhookIn(BaseModel, extra="forbid"):
    """Where to post; organisation: id, whose subtree is told of."""

    organisation: Id
    url: str = Field(min_length=8, max_length=2_000)
    topics: list[Topics] = Field(default=["incident", "alert"], min_length=1, max_length=5)


class WebhookOut(BaseModel):
    """A webhook."""

    id: str
    organisation: str
    url: str
    topics: list[str]
    by_name: str
    created_at: datetime


class NewWebhook(WebhookOut):
    """A webhook just made. secret: signs its deliveries, and is told this once."""

    secret: str


class WebhookList(BaseModel):
    """Webhooks."""

    items: list[WebhookOut]


class DeliveryOut(BaseModel):
    """A delivery. happening: the same however often it is tried; answer: status of the last attempt, or what failed."""

    happening: int
    topic: str
    at: datetime
    attempts: int
    next_at: datetime
    answer: str | None
    taken: bool
    ended_at: datetime | None


class DeliveryList(BaseModel):
    """Deliveries of the last week, the newest first."""

    items: list[DeliveryOut]


class DeliveryQuery(BaseModel, extra="forbid"):
    """How many."""

    limit: int = Field(100, ge=1, le=1_000)


class _Handlers:
    def __init__(self, service: WebhookService) -> None:
        self._service = service

    async def all(self, call: Call) -> WebhookList:
        """Those below the caller."""
        return WebhookList(items=[_out(one) for one in await self._service.all(actor_of(call.user))])

    async def add(self, call: Call) -> NewWebhook:
        """Make one."""
        body: WebhookIn = call.body
        made, secret = await self._service.add(
            actor_of(call.user), organisation=body.organisation, url=body.url, topics=body.topics
        )
        return NewWebhook(**_out(made).model_dump(), secret=secret)

    async def remove(self, call: Call) -> None:
        """Remove one."""
        await self._service.remove(call.path["id"], actor_of(call.user))

    async def deliveries(self, call: Call) -> DeliveryList:
        """Of one."""
        query: DeliveryQuery = call.query
        rows = await self._service.deliveries(call.path["id"], actor_of(call.user), query.limit)
        return DeliveryList(items=[DeliveryOut.model_validate(asdict(row)) for row in rows])


def _out(webhook: Webhook) -> WebhookOut:
    return WebhookOut.model_validate(asdict(webhook))


def routes(service: WebhookService) -> list[Route]:
    """The webhooks' routes."""
    handlers, tag = _Handlers(service), "webhooks"
    return [
        Route(method="GET", path="/webhooks", handler=handlers.all, tag=tag, summary="Webhooks", answer=WebhookList,
              roles=ADMINISTRATORS),
        Route(method="POST", path="/webhooks", handler=handlers.add, tag=tag, body=WebhookIn, answer=NewWebhook,
              summary="Post what happens to another system", status=201, roles=ADMINISTRATORS, problems=(404,)),
        Route(method="DELETE", path="/webhooks/{id}", handler=handlers.remove, tag=tag, summary="Remove a webhook",
              status=204, roles=ADMINISTRATORS, problems=(404,)),
        Route(method="GET", path="/webhooks/{id}/deliveries", handler=handlers.deliveries, tag=tag,
              summary="Its deliveries, the newest first", query=DeliveryQuery, answer=DeliveryList,
              roles=ADMINISTRATORS, problems=(404,)),
    ]  # fmt: skip
