"""What is secret stands in no line of the log: passwords, tokens, codes and keys that a server was told or tells."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.integration.running import Server, serving

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


class Talk:
    """Requests with a token, whatever they are answered; every secret that was said on the way."""

    def __init__(self, http: aiohttp.ClientSession, server: Server) -> None:
        self._http, self._server = http, server
        self.said: list[str] = []

    def secret(self, text: str) -> str:
        """Remember it; itself."""
        self.said.append(text)
        return text

    async def ask(self, method: str, path: str, token: str, **what: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        async with self._http.request(method, self._server.url(path), headers=headers, **what) as answer:
            return await answer.json() if "json" in answer.content_type else None


async def everything_secret(talk: Talk, server: Server) -> None:
    """Signing in, wrongly too; devices, codes, webhooks, private numbers, in the address as well as in the body."""
    token = talk.secret(await server.add_user("root", "administrator"))
    talk.secret("root has a long password")
    wrong = talk.secret(f"wrong-{secrets.token_hex(8)}")
    await talk.ask("POST", "/api/v1/session", "none", json={"name": "root", "password": wrong})
    await talk.ask("GET", "/api/v1/me", talk.secret(secrets.token_hex(16)))
    await talk.ask("POST", "/api/v1/members", token, json={"id": "anna", "name": "Anna", "organisation": "city"})
    code = (await talk.ask("POST", "/api/v1/members/anna/enrolment", token, json={}))["code"]
    told = await talk.ask("POST", "/api/v1/enrolment", "none", json={"code": talk.secret(code)})
    talk.secret(told["device_token"])
    device = talk.secret(await server.add_device("phone", "--require-token"))
    fix = {"time": "2026-11-24T01:02:03Z", "latitude": 26.08, "longitude": 119.29}
    await talk.ask("POST", "/api/v1/fixes", device, json=fix)
    await talk.ask("POST", "/api/v1/fixes", talk.secret(secrets.token_hex(16)), json=fix)
    lost = talk.secret(secrets.token_hex(12))
    for path in (f"/ingest/osmand?id=phone&token={lost}&lat=1&lon=1", f"/ingest/gpslogger?id=phone&token={lost}&lat=x"):
        await talk.ask("GET", path, "none")
    hook = {"organisation": "city", "url": "https://example.com/", "topics": ["incident"]}
    talk.secret((await talk.ask("POST", "/api/v1/webhooks", token, json=hook))["secret"])
    person = {"name": "Li", "organisation": "city", "telephone": talk.secret("13987654321"), "identity": "110101"}
    await talk.ask("POST", "/api/v1/registry/people", token, json=person)
    await talk.ask("GET", "/api/v1/registry/people?telephone=13987654321&purpose=none", token)


async def test_no_secret_stands_in_the_log(tmp_path: Path) -> None:
    notify = secrets.token_hex(16)
    settings = {"GRIDWARDEN_NOTIFY_URL": "http://127.0.0.1:9/", "GRIDWARDEN_NOTIFY_SECRET": notify}
    async with (
        serving(tmp_path / "data", GRIDWARDEN_LOG="json", **settings) as server,
        aiohttp.ClientSession() as http,
    ):
        talk = Talk(http, server)
        talk.secret(notify)
        await everything_secret(talk, server)
    log = server.log.read_text(encoding="utf-8")
    assert log
    assert len(talk.said) > 10
    assert not [one for one in talk.said if one in log]
