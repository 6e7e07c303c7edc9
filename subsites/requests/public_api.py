"""/public/requests: without signing in. Whoever holds a code may follow its request, and nobody else learns of it."""

from __future__ import annotations

from registry.api.route import Call, Route
from subsites.evaluations.shapes import RateIn
from subsites.record.shapes import CodeIn
from subsites.requests.service import RequestService
from subsites.requests.shapes import FiledOut, FollowedOut, PublicList, RequestIn, WriteIn
from subsites.visits.service import FILE, LOOK, Visits

__all__ = ["routes"]


class _Handlers:
    def __init__(self, service: RequestService, visits: Visits) -> None:
        self._service, self._visits = service, visits

    async def organisations(self, call: Call) -> PublicList:
        """Whom a request may go to."""
        await self._visits.admit(LOOK, call.address)
        return PublicList.model_validate({"items": await self._service.public_organisations()})

    async def file(self, call: Call) -> FiledOut:
        """File one."""
        await self._visits.admit(FILE, call.address)
        body: RequestIn = call.body
        said = body.model_dump_json().encode()
        row, code = await self._service.file(body.model_dump(), said, call.idempotency_key)
        return FiledOut.model_validate(row | {"code": code})

    async def look(self, call: Call) -> FollowedOut:
        """Follow one."""
        await self._visits.admit(LOOK, call.address)
        body: CodeIn = call.body
        return await self._followed(body.code, call.address)

    async def write(self, call: Call) -> FollowedOut:
        """Say something."""
        await self._visits.admit(FILE, call.address)
        body: WriteIn = call.body
        followed = await self._followed(body.code, call.address)
        if not (followed.messages and _is_repeated(followed, body.body)):
            await self._service.write(body.code, body.body)
        return await self._followed(body.code, call.address)

    async def withdraw(self, call: Call) -> FollowedOut:
        """Take it back."""
        await self._visits.admit(FILE, call.address)
        body: CodeIn = call.body
        await self._followed(body.code, call.address)
        await self._service.withdraw(body.code)
        return await self._followed(body.code, call.address)

    async def rate(self, call: Call) -> FollowedOut:
        """How it was."""
        await self._visits.admit(FILE, call.address)
        body: RateIn = call.body
        await self._followed(body.code, call.address)
        await self._service.rate(body.code, body.said())
        return await self._followed(body.code, call.address)

    async def _followed(self, code: str, address: str) -> FollowedOut:
        row, messages = await self._visits.guarded(address, lambda: self._service.look(code))
        return FollowedOut.model_validate(row | {"messages": list(messages)})


def _is_repeated(followed: FollowedOut, body: str) -> bool:
    """Whether the citizen's newest message says the same: sent twice, it is said once."""
    last = followed.messages[-1]
    return last.by_citizen and last.body == body


def routes(service: RequestService, visits: Visits) -> list[Route]:
    """The public's routes."""
    handlers, tag, base = _Handlers(service, visits), "public", "/public/requests"
    return [
        Route(method="GET", path="/public/organisations", handler=handlers.organisations, tag=tag, public=True,
              summary="Whom a request may go to", answer=PublicList, problems=(429,)),
        Route(method="POST", path=base, handler=handlers.file, tag=tag, public=True, summary="File a request",
              body=RequestIn, answer=FiledOut, status=201, problems=(404, 429), idempotent=True),
        Route(method="POST", path=f"{base}/look", handler=handlers.look, tag=tag, public=True,
              summary="Follow a request by its code", body=CodeIn, answer=FollowedOut, problems=(404, 429)),
        Route(method="POST", path=f"{base}/message", handler=handlers.write, tag=tag, public=True,
              summary="Say something to who works on it", body=WriteIn, answer=FollowedOut, problems=(404, 409, 429)),
        Route(method="POST", path=f"{base}/withdraw", handler=handlers.withdraw, tag=tag, public=True,
              summary="Take it back", body=CodeIn, answer=FollowedOut, problems=(404, 409, 429)),
        Route(method="POST", path=f"{base}/rate", handler=handlers.rate, tag=tag, public=True,
              summary="Say how it was, once, after it ended", body=RateIn, answer=FollowedOut,
              problems=(404, 409, 429)),
    ]  # fmt: skip
