"""A member's phone signs in: /members/{id}/enrolment, /enrolment, /handheld."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from registry.api.route import ADMINISTRATORS, Answered, Call, Role, Route
from registry.enrolment.service import EnrolmentService, Handheld
from registry.users.service import SESSION_LIFETIME, Session

__all__ = ["routes"]


class InviteIn(BaseModel, extra="forbid"):
    """Nothing to say."""


class CodeOut(BaseModel):
    """link: path of the page that uses the code, to be shown as a QR code after the server's address."""

    code: str
    link: str
    expires_at: datetime


class CodeIn(BaseModel, extra="forbid"):
    """The code, as shown or as typed."""

    code: str = Field(min_length=1, max_length=64)


class TokenIn(BaseModel, extra="forbid"):
    """The handheld's token."""

    device_token: str = Field(min_length=1, max_length=128)


class MemberRef(BaseModel):
    """Who carries the handheld."""

    id: str
    name: str


class HandheldOut(BaseModel):
    """device_token: for `POST /fixes` and the websocket `/device`; told only now."""

    member: MemberRef
    device: str
    device_token: str


class SessionOut(BaseModel):
    """A session of the member's user; the cookie has it, too."""

    token: str
    expires_at: datetime


class EnrolledOut(HandheldOut, SessionOut):
    """A handheld and its session."""


class _Handlers:
    def __init__(self, service: EnrolmentService) -> None:
        self._service = service

    async def invite(self, call: Call) -> CodeOut:
        """Make a code."""
        made = await self._service.invite(call.path["id"], call.user)
        return CodeOut(code=made.code, link=f"/handheld#enrol={made.code}", expires_at=made.expires_at)

    async def enrol(self, call: Call) -> Answered:
        """Use it up."""
        body: CodeIn = call.body
        handheld, session = await self._service.enrol(body.code, call.address)
        told = EnrolledOut(**_out(handheld).model_dump(), token=session.token, expires_at=session.expires_at)
        return _answered(told, session)

    async def own(self, call: Call) -> HandheldOut:
        """The phone is mine."""
        return _out(await self._service.own(call.user))

    async def renew(self, call: Call) -> Answered:
        """Another session."""
        body: TokenIn = call.body
        session = await self._service.renew(body.device_token, call.address)
        return _answered(SessionOut(token=session.token, expires_at=session.expires_at), session)


def _out(handheld: Handheld) -> HandheldOut:
    member = MemberRef(id=handheld.member, name=handheld.name)
    return HandheldOut(member=member, device=handheld.device, device_token=handheld.token)


def _answered(body: BaseModel, session: Session) -> Answered:
    return Answered(body=body, session=session.token, lifetime_s=int(SESSION_LIFETIME.total_seconds()))


def routes(service: EnrolmentService) -> list[Route]:
    """The handhelds' sign-in."""
    handlers, tag = _Handlers(service), "handheld"
    return [
        Route(method="POST", path="/members/{id}/enrolment", handler=handlers.invite, tag=tag,
              summary="A code by which the member's phone signs in, once, within fifteen minutes", body=InviteIn,
              answer=CodeOut, status=201, roles=ADMINISTRATORS, problems=(404,)),
        Route(method="POST", path="/enrolment", handler=handlers.enrol, tag=tag,
              summary="Use a code up: this phone is the member's handheld", body=CodeIn, answer=EnrolledOut, status=201,
              public=True, problems=(403, 404, 409, 429)),
        Route(method="POST", path="/handheld", handler=handlers.own, tag=tag,
              summary="The phone that I signed in on is my handheld; its token", body=InviteIn, answer=HandheldOut,
              status=201, roles=frozenset({Role.MEMBER}), problems=(409,)),
        Route(method="POST", path="/handheld/session", handler=handlers.renew, tag=tag,
              summary="Another session for the member who carries this device", body=TokenIn, answer=SessionOut,
              status=201, public=True, problems=(401, 403, 409, 429)),
    ]  # fmt: skip
