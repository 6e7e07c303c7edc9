"""Every listener that can speak TLS does when there is a certificate, and then it speaks nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from simulators.encoders.nmea import identification, sentence
from tests.certificates import a_certificate
from tests.integration.running import Server, serving

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module")]


class Safe:
    """A server that speaks TLS, and who trusts its certificate."""

    def __init__(self, server: Server, trust: ssl.SSLContext) -> None:
        self.server, self.trust = server, trust

    def address(self, listener: str) -> tuple[str, int]:
        return self.server.address(listener)

    def url(self, path: str, listener: str = "http", scheme: str = "https") -> str:
        return f"{scheme}://localhost:{self.address(listener)[1]}{path}"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def safe(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Safe]:
    folder = tmp_path_factory.mktemp("tls")
    certificate = a_certificate(folder)
    async with serving(
        folder / "data", GRIDWARDEN_TLS_CERTIFICATE=str(certificate.chain), GRIDWARDEN_TLS_KEY=str(certificate.key),
        GRIDWARDEN_TLS="http,ws,nmea_tcp,osmand",
    ) as server:  # fmt: skip
        yield Safe(server, certificate.trust)


async def stored(server: Server, device: str) -> list[dict[str, Any]]:
    """Its positions, once there are some; each look is a command of its own."""
    for _ in range(30):
        if positions := await server.positions(device):
            return positions
    raise AssertionError(f"nothing of {device} is stored")


async def test_the_page_and_the_api_come_over_tls_with_a_cookie_for_tls_only(safe: Safe) -> None:
    password = b"a long password of carla"
    await safe.server.command("user", "add", "carla", "--role", "administrator", "--password-stdin", stdin=password)
    body = {"name": "carla", "password": password.decode()}
    async with (
        aiohttp.ClientSession() as http,
        http.post(safe.url("/api/v1/session"), json=body, ssl=safe.trust) as answer,
    ):
        assert answer.status == 200
        assert answer.cookies["gridwarden_session"]["secure"]
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


async def test_viewers_come_over_tls(safe: Safe) -> None:
    async with connect(safe.url("/live", "ws", "wss"), ssl=safe.trust) as viewer:
        await viewer.send('{"type": "sign-in", "token": "nobody"}')
        with pytest.raises(ConnectionClosed):
            await viewer.recv()


async def test_a_phone_and_a_tracker_are_stored_over_tls(safe: Safe) -> None:
    for device in ("phone", "tracker"):
        await safe.server.add_device(device)
    now = datetime.now(UTC)
    said = f"/?id=phone&lat=26.08&lon=119.29&timestamp={int(now.timestamp())}"
    async with aiohttp.ClientSession() as http, http.get(safe.url(said, "osmand"), ssl=safe.trust) as answer:
        assert answer.status == 200
    host, port = safe.address("nmea_tcp")
    _, writer = await asyncio.open_connection(host, port, ssl=safe.trust, server_hostname="localhost")
    fix = f"GNRMC,{now:%H%M%S}.00,A,2604.8000,N,11917.4000,E,1.0,90.0,{now:%d%m%y},,,A"
    writer.write(identification("tracker") + sentence(fix))
    await writer.drain()
    assert (await stored(safe.server, "tracker"))[0]["latitude"] == pytest.approx(26.08)
    writer.close()
    assert len(await safe.server.positions("phone")) == 1


@pytest.mark.parametrize("listener", ["http", "ws", "nmea_tcp", "osmand"])
async def test_who_speaks_plainly_is_not_answered(safe: Safe, listener: str) -> None:
    reader, writer = await asyncio.open_connection(*safe.address(listener))
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    with contextlib.suppress(ConnectionError):
        async with asyncio.timeout(30):
            assert b"HTTP/1.1 2" not in await reader.read()
    writer.close()


@pytest.mark.parametrize("listener", ["http", "ws", "nmea_tcp", "osmand"])
async def test_old_tls_is_refused(safe: Safe, listener: str) -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("DEFAULT@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    with pytest.raises((ssl.SSLError, ConnectionError)):
        await asyncio.open_connection(*safe.address(listener), ssl=old)
