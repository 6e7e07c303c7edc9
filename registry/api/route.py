"""The shape of a route and of a request, shared by every `api` module; the web application serves the whole table."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

__all__ = [
    "ADMINISTRATORS",
    "EVERYBODY",
    "STAFF",
    "Answered",
    "Call",
    "Caller",
    "Download",
    "Handler",
    "Refusal",
    "Role",
    "Route",
    "Upload",
    "Uploaded",
]


class Role(StrEnum):
    """What a user may do within his organisation's subtree, DOMAIN terms."""

    ADMINISTRATOR = "administrator"
    COMMANDER = "commander"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    OFFICER = "officer"
    MEMBER = "member"
    OBSERVER = "observer"


ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
"""Who changes the registry."""

EVERYBODY = frozenset(Role)
"""Every signed-in user; for routes that show a member nothing but himself."""

STAFF = EVERYBODY - {Role.MEMBER}
"""Who reads what is not his own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks. Every query of the people's side is limited to the subtree of `organisation` (a key), in SQL.

    member: registry key of who holds the handheld, where the user is a member.
    """

    user: int
    name: str
    role: Role
    organisation: int
    organisation_id: str
    member: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request, validated: `query` and `body` are instances of the route's models, `path` its placeholders.

    caller: None on public routes without a session. token: the bearer token or session cookie as sent, None without.
    address: the peer's address. idempotency_key: of the header Idempotency-Key; the same call again makes no second.
    """

    caller: Caller | None
    path: Mapping[str, str]
    query: Any
    body: Any
    token: str | None
    address: str
    idempotency_key: str | None = None

    @property
    def user(self) -> Caller:
        """The caller of a route that is not public."""
        assert self.caller is not None, "a public route asked for its caller"
        return self.caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """An answer that is a file rather than JSON: streamed in chunks."""

    media_type: str
    chunks: AsyncIterator[bytes]
    filename: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer that also sets or clears the session cookie: a token to set, "" to clear. lifetime_s: of the cookie."""

    body: BaseModel | None
    session: str
    lifetime_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A route's body that is a file: which media types, and how large at most."""

    media_types: tuple[str, ...]
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The file that came. media_type: one of the route's, as the caller said."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """How refusals are told where a standard wants no problem+json. tell: (status, detail) -> body."""

    media_type: str
    tell: Callable[[int, str], bytes]
    model: type[BaseModel] | None = None


Handler = Callable[[Call], Awaitable[BaseModel | Download | Answered | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One row of the routes table; also one operation of the OpenAPI document.

    path: below /api/v1, or from the root where `root` says so; placeholders in braces.
    query, body, answer: pydantic models (None: there is none).
    form: the body is sent as a form (application/x-www-form-urlencoded) rather than as JSON.
    upload: the body is a file; `Call.body` is an Uploaded then.
    media_type: of a Download; media_types: of one that may be any of them.
    problems: statuses other than 401, 403 (added for routes that are not public) and 400 (added where there is a query
    or body) that it answers with problem+json.
    tagged: its answer has an ETag, and who sends that back (If-None-Match) is told 304 while it is the same.
    roles: who may call it; members only where it says so. public: no session needed. idempotent: takes an
    Idempotency-Key. refusal: None for problem+json.
    """

    method: str
    path: str
    handler: Handler
    summary: str
    tag: str
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    upload: Upload | None = None
    answer: type[BaseModel] | None = None
    status: int = 200
    media_type: str = "application/json"
    media_types: tuple[str, ...] = ()
    problems: tuple[int, ...] = field(default=())
    roles: frozenset[Role] = STAFF
    public: bool = False
    idempotent: bool = False
    tagged: bool = False
    root: bool = False
    form: bool = False
    refusal: Refusal | None = None

    @property
    def full_path(self) -> str:
        """From the root."""
        return self.path if self.root else f"/api/v1{self.path}"
