"""POST and DELETE /session, GET /me."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from registry.api.route import EVERYBODY, Answered, Call, Caller, Role, Route
from registry.users.service import SESSION_LIFETIME, Session, UserService

__all__ = ["Links", "routes"]


class OrganisationRef(BaseModel):
    """The caller's own organisation."""

    id: str
    key: int


class Links(BaseModel):
    """Where else the page must look. live: websocket URL, None: the page's host at live_port with path /live."""

    live: str | None
    live_port: int | None
    basemap: str = Field(description="URL or path of a PMTiles archive")
    satellite: str | None = Field(
        default=None, description="URL or path of raster tiles, with {z}, {x}, {y}; null: there are none"
    )
    gcj02: list[Literal["basemap", "satellite"]] = Field(
        default=[], description="which of the two are in GCJ-02, not WGS 84"
    )
    cameras: list[str] = Field(default=[], description="origins whose live pictures pages may show")


class Me(BaseModel):
    """Who is signed in."""

    user: str
    role: Role
    organisation: OrganisationRef
    links: Links


class SignIn(BaseModel, extra="forbid"):
    """Name and password."""

    name: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=256)


class SessionOut(BaseModel):
    """An opened session. token: send it as `Authorization: Bearer`, or let the cookie do it."""

    token: str
    expires_at: datetime
    me: Me


class _Handlers:
    def __init__(self, service: UserService, links: Links) -> None:
        self._service, self._links = service, links

    async def sign_in(self, call: Call) -> Answered:
        """Open a session."""
        body: SignIn = call.body
        session = await self._service.sign_in(body.name, body.password, call.address)
        return Answered(
            body=self._out(session), session=session.token, lifetime_s=int(SESSION_LIFETIME.total_seconds())
        )

    async def sign_out(self, call: Call) -> Answered:
        """End it."""
        if call.token is not None:
            await self._service.sign_out(call.token)
        return Answered(body=None, session="")

    async def me(self, call: Call) -> Me:
        """The caller."""
        return self._me(call.user)

    def _out(self, session: Session) -> SessionOut:
        return SessionOut(token=session.token, expires_at=session.expires_at, me=self._me(session.caller))

    def _me(self, caller: Caller) -> Me:
        organisation = OrganisationRef(id=caller.organisation_id, key=caller.organisation)
        return Me(user=caller.name, role=caller.role, organisation=organisation, links=self._links)


def routes(service: UserService, links: Links) -> list[Route]:
    """Sign-in and sign-out."""
    handlers = _Handlers(service, links)
    return [
        Route(method="POST", path="/session", handler=handlers.sign_in, tag="session", summary="Sign in",
              body=SignIn, answer=SessionOut, public=True, problems=(401, 429)),
        Route(method="DELETE", path="/session", handler=handlers.sign_out, tag="session", summary="Sign out",
              status=204, roles=EVERYBODY),
        Route(method="GET", path="/me", handler=handlers.me, tag="session", summary="Who is signed in", roles=EVERYBODY,
              answer=Me),
    ]  # fmt: skip
