"""The registry's own part of the web application, with a home in it, asked by people of two districts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.access import api as access
from registry.api.route import Role
from registry.duplicates import api as duplicates
from registry.elements import api as elements
from registry.elements import files_api as files
from registry.elements import groups_api as groups
from registry.files.service import AttachmentService
from registry.inside import api as inside
from registry.privacy.model import check_character
from registry.privacy.queries import Vault
from registry.privacy.service import Sealer
from registry.users.service import UserService
from tests.gridwarden.web.house import Client, as_user, visiting

__all__ = ["IDENTITY", "IN_NORTH", "House", "open_house"]

PASSWORD = "correct horse"
IDENTITY = "99010119900307233"
IDENTITY += check_character(IDENTITY)
IN_NORTH = {"latitude": 26.005, "longitude": 119.305}
PEOPLE = (
    ("carla", Role.ADMINISTRATOR, "city"), ("nora", Role.OFFICER, "north"), ("sam", Role.OFFICER, "south"),
    ("sue", Role.SUPERVISOR, "north"), ("sid", Role.SUPERVISOR, "south"), ("olga", Role.OBSERVER, "north"),
    ("anna", Role.MEMBER, "north"), ("bo", Role.MEMBER, "south"),
)  # fmt: skip


class House:
    """The web application, asked by users by their names."""

    def __init__(self, client: Client, tokens: dict[str, str]) -> None:
        self._client, self._tokens = client, tokens

    async def ask(
        self, who: str, method: str, path: str, status: int, body: object = None, key: str | None = None
    ) -> Any:
        headers = as_user(self._tokens[who]) | ({"Idempotency-Key": key} if key else {})
        async with self._client.request(method, f"/api/v1/registry{path}", json=body, headers=headers) as response:
            assert response.status == status, await response.text()
            return await response.json() if status != 204 else None

    async def send(self, who: str, path: str, status: int, data: bytes, media_type: str) -> Any:
        """A file."""
        headers = as_user(self._tokens[who]) | {"Content-Type": media_type}
        async with self._client.post(f"/api/v1/registry{path}", data=data, headers=headers) as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def fetch(self, who: str, path: str) -> bytes:
        """A file's bytes."""
        async with self._client.get(f"/api/v1/registry{path}", headers=as_user(self._tokens[who])) as response:
            assert response.status == 200, await response.text()
            return await response.read()

    async def home(self) -> dict[str, Any]:
        """A building, a house, a household and its head, all in the north."""
        building = await self.ask("nora", "POST", "/buildings", 201, {"id": "B1", "floors": 3} | IN_NORTH)
        house = await self.ask("nora", "POST", "/houses", 201, {"id": "H1", "building": "B1", "number": "101"})
        household = await self.ask("nora", "POST", "/households", 201, {"id": "F1", "house": "H1"})
        person = {"id": "P1", "household": "F1", "relation": "head", "name": "Li Min", "identity": IDENTITY.lower(),
                  "telephone": "+86 100 0000 0001", "groups": ["lives_alone"]}  # fmt: skip
        return {
            "building": building, "house": house, "household": household,
            "person": await self.ask("nora", "POST", "/people", 201, person),
        }  # fmt: skip


@asynccontextmanager
async def open_house(city: AsyncConnectionPool, folder: Path) -> AsyncIterator[House]:
    """folder: where files are kept."""
    users, vault = UserService(city, lambda: 0.0), Vault(city, Sealer({1: b"k" * 32}))
    kept = AttachmentService(city, folder, lambda: datetime.now(UTC))
    table = [
        *access.routes(city), *groups.routes(city), *inside.routes(city), *duplicates.routes(city),
        *elements.routes(city, vault), *files.routes(city, vault, kept),
    ]  # fmt: skip
    async with AsyncExitStack() as stack:
        for name, role, organisation in PEOPLE:
            await users.add(name, PASSWORD, role, organisation)
        client = await stack.enter_async_context(visiting(table, authenticate=users.caller))
        tokens = {name: (await users.sign_in(name, PASSWORD, "192.0.2.1:1")).token for name, _, _ in PEOPLE}
        yield House(client, tokens)
