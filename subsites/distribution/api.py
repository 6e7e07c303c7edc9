"""/distributions and /receipts: who gets what, and what was signed for."""

from __future__ import annotations

from registry.api.paging import after_key, page_of
from registry.api.route import Call, Role, Route
from subsites.distribution.service import DistributionService
from subsites.distribution.shapes import (
    DistributionDetail,
    DistributionIn,
    DistributionOut,
    DistributionPage,
    DistributionQuery,
    HouseholdPage,
    HouseholdQuery,
    MineList,
    ReachOut,
    ReachQuery,
    ReceiptIn,
    ReceiptOut,
    SignedOut,
)
from subsites.record.routes import CLERKS, READERS, RoomRoutes, listed, revealed
from subsites.record.shapes import NoteIn

__all__ = ["routes"]

_HANDS = CLERKS | {Role.MEMBER}
"""Who hands out: at the store, or from door to door."""


class _Handlers:
    def __init__(self, service: DistributionService) -> None:
        self._service = service

    async def mine(self, call: Call) -> MineList:
        """Of the caller's area."""
        return MineList.model_validate({"items": await self._service.mine(call.user)})

    async def reach(self, call: Call) -> ReachOut:
        """How many."""
        query: ReachQuery = call.query
        groups = [one for one in query.groups.split(",") if one]
        return ReachOut.model_validate(await self._service.reach(call.user, query.model_dump() | {"groups": groups}))

    async def open(self, call: Call) -> DistributionOut:
        """A new one."""
        body: DistributionIn = call.body
        row = await self._service.open(call.user, body.model_dump(), call.idempotency_key)
        return DistributionOut.model_validate(row)

    async def one(self, call: Call) -> DistributionDetail:
        """One of them."""
        row, log = await self._service.find(call.path["id"], call.user)
        return DistributionDetail.model_validate(row | {"log": list(log)})

    async def households(self, call: Call) -> HouseholdPage:
        """On its list."""
        query: HouseholdQuery = call.query
        rows = await self._service.listed(
            call.path["id"], call.user, after=after_key(query.cursor), limit=query.limit, received=query.received,
            q=query.q,
        )  # fmt: skip
        return page_of(HouseholdPage, rows, query.limit)

    async def sign(self, call: Call) -> ReceiptOut:
        """Handed out."""
        body: ReceiptIn = call.body
        row = await self._service.sign(call.path["id"], call.user, body.model_dump(), call.idempotency_key)
        return ReceiptOut.model_validate(row)


def routes(service: DistributionService) -> list[Route]:
    """The distributions' routes; those with a fixed name before those with an id in its place."""
    handlers, tag, base, one = _Handlers(service), "distributions", "/distributions", "/distributions/{id}"
    return [
        listed(base, service.page, DistributionQuery, DistributionPage, "Distributions, the newest first"),
        Route(method="POST", path=base, handler=handlers.open, tag=tag, body=DistributionIn, answer=DistributionOut,
              status=201, summary="Open one; its list of households is made now", roles=CLERKS, problems=(404, 409),
              idempotent=True),
        Route(method="GET", path=f"{base}/reach", handler=handlers.reach, tag=tag, query=ReachQuery, answer=ReachOut,
              summary="How many households criteria reach", roles=CLERKS, problems=(404,)),
        Route(method="GET", path=f"{base}/mine", handler=handlers.mine, tag=tag, answer=MineList,
              summary="What is to be handed out in the caller's area, with its households", roles=_HANDS),
        Route(method="GET", path=one, handler=handlers.one, tag=tag, answer=DistributionDetail, roles=READERS,
              summary="One, and what was done to it", problems=(404,)),
        Route(method="GET", path=f"{one}/households", handler=handlers.households, tag=tag, query=HouseholdQuery,
              answer=HouseholdPage, summary="Households on its list", roles=READERS, problems=(404,)),
        Route(method="POST", path=f"{one}/receipts", handler=handlers.sign, tag=tag, body=ReceiptIn, answer=ReceiptOut,
              status=201, summary="A household got it and signed", roles=_HANDS, problems=(404, 409),
              idempotent=True),
        RoomRoutes(base, DistributionOut).step("close", service.close, "Nothing more is handed out of it", NoteIn),
        revealed("/receipts", service.reveal, SignedOut, "Who signed, and how"),
    ]  # fmt: skip
