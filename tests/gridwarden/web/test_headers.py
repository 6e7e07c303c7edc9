from __future__ import annotations

import pytest

from gridwarden.web.headers import origins_of
from tests.gridwarden.web.house import Client, visiting


def policy(headers: object) -> dict[str, list[str]]:
    text = dict(headers)["Content-Security-Policy"]  # type: ignore[call-overload]  # a mapping of headers
    return {name: sources for name, *sources in (part.split() for part in text.split("; "))}


async def headers_of(client: Client, path: str = "/healthz", **headers: str) -> object:
    return (await client.get(path, headers=headers)).headers


async def test_a_page_loads_from_here_only_and_runs_no_inline_script() -> None:
    async with visiting() as client:
        said = policy(await headers_of(client))
    assert said["default-src"] == ["'self'"]
    assert said["script-src"] == ["'self'"]
    assert said["worker-src"] == ["'self'", "blob:"]
    assert said["connect-src"] == ["'self'"]
    assert said["object-src"] == said["frame-ancestors"] == ["'none'"]


@pytest.mark.parametrize(
    ("host", "name"), [("map.example:8080", "map.example"), ("map.example", "map.example"), ("[::1]:8080", "[::1]")]
)
async def test_a_page_may_reach_the_websocket_of_its_own_host(host: str, name: str) -> None:
    async with visiting(live_port=8081) as client:
        said = policy(await headers_of(client, Host=host))
    assert said["connect-src"] == ["'self'", f"ws://{name}:8081", f"wss://{name}:8081"]


async def test_a_strange_host_adds_nothing_to_the_policy() -> None:
    async with visiting(live_port=8081) as client:
        said = policy(await headers_of(client, Host="x;script-src*"))
    assert said["connect-src"] == ["'self'"]
    assert said["script-src"] == ["'self'"]


async def test_further_origins_are_named_by_the_operator() -> None:
    async with visiting(connect_to=("wss://live.example", "https://maps.example")) as client:
        said = policy(await headers_of(client))
    assert said["connect-src"] == ["'self'", "wss://live.example", "https://maps.example"]


async def test_pictures_come_from_here_and_from_where_the_operator_says() -> None:
    async with visiting() as client:
        assert policy(await headers_of(client))["img-src"] == ["'self'", "data:", "blob:"]
    async with visiting(images_from=("https://tiles.example",)) as client:
        said = policy(await headers_of(client))
    assert said["img-src"] == ["'self'", "data:", "blob:", "https://tiles.example"]
    assert said["connect-src"] == ["'self'"]


def test_an_origin_is_what_stands_before_the_path() -> None:
    urls = (
        "https://t.example:8443/{z}/{x}/{y}.jpg",
        "/tiles/{z}",
        None,
        "wss://live.example/live",
        "wss://live.example",
    )
    assert origins_of(*urls) == ["https://t.example:8443", "wss://live.example"]
    assert origins_of("https://x;script-src/{z}") == ["https://x"]


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/nothing", "/metrics"])
async def test_every_answer_has_the_headers(path: str) -> None:
    async with visiting() as client:
        headers = dict((await client.get(path)).headers)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
