"""The web application on a real socket, and people of every role who ask it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CollectorRegistry
from psycopg_pool import AsyncConnectionPool

from gridwarden.web.application import Parts, application
from registry.api.route import Call, Caller, Role, Route
from registry.devices import api as devices
from registry.devices.service import DeviceService
from registry.members import api as members
from registry.organisations import api as organisations
from registry.posts import api as posts
from registry.posts.service import PostService
from registry.staffing import api as staffing
from registry.staffing.service import StaffingService
from registry.users import api as users
from registry.users.service import UserService

__all__ = ["LINKS", "Client", "a_caller", "as_user", "built", "nothing", "registry_routes", "session_of", "visiting"]

Client = TestClient[web.Request, web.Application]
LINKS = users.Links(live=None, live_port=8081, basemap="/basemap/city.pmtiles")

_users = count(1)


def a_caller(role: Role = Role.ADMINISTRATOR, organisation: int = 1) -> Caller:
    return Caller(user=1, name="carla", role=role, organisation=organisation, organisation_id="city")


def registry_routes(pool: AsyncConnectionPool, service: UserService) -> list[Route]:
    """Every route of the registry."""
    return [
        *users.routes(service, LINKS), *organisations.routes(pool), *members.routes(pool),
        *devices.routes(DeviceService(pool)), *posts.routes(PostService(pool)),
        *staffing.routes(StaffingService(pool)),
    ]  # fmt: skip


async def nothing(_: Call) -> None:
    """A handler that has nothing to say."""


async def _everybody(token: str) -> Caller | None:
    """Token `role` or `role:organisation key` signs in as that role."""
    role, _, organisation = token.partition(":")
    return a_caller(Role(role), int(organisation or 1)) if role in tuple(Role) else None


async def _ready() -> str | None:
    return None


@asynccontextmanager
async def visiting(routes: Sequence[Route] = (), **parts: Any) -> AsyncIterator[Client]:
    """A client of the application made of these routes and parts."""
    given: dict[str, Any] = {
        "version": "1.2.3",
        "authenticate": _everybody,
        "ready": _ready,
        "metrics": CollectorRegistry(),
    } | parts
    app = application(Parts(routes=routes, **given))
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        yield client


def as_user(token: str) -> dict[str, str]:
    """Headers of somebody signed in with a bearer token."""
    return {"Authorization": f"Bearer {token}"}


async def session_of(service: UserService, role: Role, organisation: str) -> str:
    """A session token of a new user."""
    name = f"{role}-{next(_users)}"
    await service.add(name, "correct horse", role, organisation)
    return (await service.sign_in(name, "correct horse", "192.0.2.1:1")).token


PAGES = {
    "index.html": "<!doctype html><title>Gridwarden</title>",
    "handheld.html": "<!doctype html><title>Handheld</title>",
    "assets/app-1a2b.js": "export {}",
}


def built(folder: Path) -> Path:
    """A folder like a built web application."""
    for name, text in PAGES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "basemap").mkdir()
    (folder / "basemap" / "city.pmtiles").write_bytes(bytes(range(256)))
    return folder
