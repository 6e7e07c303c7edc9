"""Which listeners speak TLS, and how: over real sockets."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from gridwarden.compose.tls import BadCertificate, tls_of
from gridwarden.settings import Settings
from gridwarden.web.headers import security_headers
from tests.certificates import Certificate, a_certificate


def settings_of(certificate: Certificate, *listeners: str) -> Settings:
    return Settings(tls_certificate=certificate.chain, tls_key=certificate.key, tls=listeners)


def test_only_the_listeners_that_are_named_speak_tls_and_none_without_a_certificate(tmp_path: Path) -> None:
    settings = settings_of(a_certificate(tmp_path), "http", "nmea_tcp")
    assert tls_of(settings, "http") is not None
    assert tls_of(settings, "nmea_tcp") is not None
    assert tls_of(settings, "ws") is None
    assert tls_of(Settings(), "http") is None


def test_a_certificate_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    good, folder = a_certificate(tmp_path), tmp_path / "other"
    folder.mkdir()
    other = a_certificate(folder)
    for chain, key in ((tmp_path / "none.pem", good.key), (good.chain, other.key), (good.key, good.chain)):
        with pytest.raises(BadCertificate, match=chain.name):
            tls_of(settings_of(Certificate(chain, key), "http"), "http")


@asynccontextmanager
async def a_site(certificate: Certificate) -> AsyncIterator[int]:
    """An application over TLS; its port."""
    app = web.Application()
    app.on_response_prepare.append(security_headers(None))
    runner = web.AppRunner(app)
    await runner.setup()
    context = tls_of(settings_of(certificate, "http"), "http")
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def test_browsers_are_told_to_stay_with_tls(tmp_path: Path) -> None:
    certificate = a_certificate(tmp_path)
    async with (
        a_site(certificate) as port,
        aiohttp.ClientSession() as http,
        http.get(f"https://localhost:{port}/", ssl=certificate.trust) as answer,
    ):
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


async def test_who_speaks_plainly_is_not_answered(tmp_path: Path) -> None:
    async with a_site(a_certificate(tmp_path)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        async with asyncio.timeout(30):
            assert b"HTTP/" not in await reader.read()
        writer.close()


async def test_old_tls_is_refused(tmp_path: Path) -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("DEFAULT@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    async with a_site(a_certificate(tmp_path)) as port:
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await asyncio.open_connection("127.0.0.1", port, ssl=old)
