"""/users and /sessions: administrators' users, and everybody's own sessions and password."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from pydantic import BaseModel, Field

from registry.api.fields import UNSET, Id, Patch
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.route import ADMINISTRATORS, EVERYBODY, Call, Role, Route
from registry.users.directory_store import User, UserDirectory
from registry.users.passwords import SHORTEST

__all__ = ["routes"]

_Name = Field(min_length=1, max_length=64, pattern=r"^[\w.@+-]+$")
_Password = Field(min_length=SHORTEST, max_length=256)


class UserIn(BaseModel, extra="forbid"):
    """A user to add below the caller."""

    name: str = _Name
    password: str = _Password
    role: Role
    organisation: Id


class UserPatch(Patch):
    """What to change; the user is signed out by a change of role, organisation or disabled. member null unties."""

    role: Role = UNSET
    organisation: Id = UNSET
    member: Id | None = UNSET
    disabled: bool = UNSET


class UserOut(BaseModel):
    """A user. member: whose handheld the user holds."""

    name: str
    role: Role
    organisation: str
    member: str | None
    disabled: bool
    created_at: datetime


class UserPage(BaseModel):
    """Users in the order of their keys."""

    items: list[UserOut]
    next: str | None


class PasswordIn(BaseModel, extra="forbid"):
    """The new password; all the user's sessions end."""

    password: str = _Password


class SessionQuery(BaseModel, extra="forbid"):
    """Whose sessions. user: left out, one's own."""

    user: str | None = Field(None, max_length=64)


class OpenSessionOut(BaseModel):
    """A session that stands. is_this: the one that asks."""

    id: str
    user: str
    created_at: datetime
    expires_at: datetime
    address: str
    is_this: bool


class SessionList(BaseModel):
    """Sessions, the newest first."""

    items: list[OpenSessionOut]


class _Handlers:
    def __init__(self, directory: UserDirectory) -> None:
        self._directory = directory

    async def page(self, call: Call) -> UserPage:
        """Those below the caller."""
        query: PageQuery = call.query
        rows = await self._directory.page(call.user, after=after_key(query.cursor), limit=query.limit)
        return page_of(UserPage, rows, query.limit, _out)

    async def one(self, call: Call) -> UserOut:
        """One of them."""
        return _out(await self._directory.find(call.path["name"], call.user))

    async def add(self, call: Call) -> UserOut:
        """Add one."""
        body: UserIn = call.body
        return _out(await self._directory.add(call.user, **body.model_dump()))

    async def change(self, call: Call) -> UserOut:
        """Change one."""
        body: UserPatch = call.body
        return _out(await self._directory.change(call.path["name"], call.user, body.changes()))

    async def set_password(self, call: Call) -> None:
        """Of oneself, or of a user below."""
        body: PasswordIn = call.body
        await self._directory.set_password(call.path["name"], body.password, call.user)

    async def sessions(self, call: Call) -> SessionList:
        """That stand."""
        query: SessionQuery = call.query
        found = await self._directory.sessions(query.user or call.user.name, call.user, call.token)
        return SessionList(items=[OpenSessionOut.model_validate(asdict(one)) for one in found])

    async def end_session(self, call: Call) -> None:
        """End one."""
        await self._directory.end_session(call.path["id"], call.user)


def _out(user: User) -> UserOut:
    return UserOut.model_validate(asdict(user))


def routes(directory: UserDirectory) -> list[Route]:
    """The users' routes."""
    handlers, tag = _Handlers(directory), "users"
    one = "/users/{name}"
    return [
        Route(method="GET", path="/users", handler=handlers.page, tag=tag, summary="Users", query=PageQuery,
              answer=UserPage, roles=ADMINISTRATORS),
        Route(method="POST", path="/users", handler=handlers.add, tag=tag, summary="Add a user", body=UserIn,
              answer=UserOut, status=201, roles=ADMINISTRATORS, problems=(404, 409)),
        Route(method="GET", path=one, handler=handlers.one, tag=tag, summary="One user", answer=UserOut,
              roles=ADMINISTRATORS, problems=(404,)),
        Route(method="PATCH", path=one, handler=handlers.change, tag=tag, summary="Change or disable a user",
              body=UserPatch, answer=UserOut, roles=ADMINISTRATORS, problems=(404,)),
        Route(method="POST", path=f"{one}/password", handler=handlers.set_password, tag=tag,
              summary="Set a password: one's own, or of a user below an administrator", body=PasswordIn, status=204,
              roles=EVERYBODY, problems=(404,)),
        Route(method="GET", path="/sessions", handler=handlers.sessions, tag=tag, summary="Sessions that stand",
              query=SessionQuery, answer=SessionList, roles=EVERYBODY, problems=(404,)),
        Route(method="DELETE", path="/sessions/{id}", handler=handlers.end_session, tag=tag, summary="End a session",
              status=204, roles=EVERYBODY, problems=(404,)),
    ]  # fmt: skip
