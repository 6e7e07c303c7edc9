"""The demo as a child process, and a real browser on its page."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright

from tests.integration.running import PROGRAM, environment

__all__ = ["CHROMIUM", "Demo", "a_page", "demo_fixture", "running_demo", "sign_in", "skip_without_browser", "until"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
STATIC = Path(__file__).parents[2] / "gridwarden" / "web" / "static" / "index.html"
FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_TIMEOUT_S = 90


@dataclass
class Demo:
    """Where it runs, and the sign-in it printed."""

    url: str
    user: str
    password: str
    process: asyncio.subprocess.Process
    fleet: int


def skip_without_browser() -> None:
    """Say why, where there is no browser or no built page."""
    if CHROMIUM is None:
        pytest.skip("no chromium on PATH: apt-get install chromium")
    if not STATIC.exists():
        pytest.skip("the web application is not built: make web")


@asynccontextmanager
async def running_demo(data: Path, *arguments: str, residents: bool = False, **settings: str) -> AsyncIterator[Demo]:
    """`gridwarden demo` with every port chosen; ended by SIGTERM. residents: with households in its buildings."""
    process = await asyncio.create_subprocess_exec(
        *PROGRAM,
        "demo",
        "--no-browser",
        *(() if residents else ("--no-residents",)),
        "--incidents",
        "0",
        "--history",
        "0",
        *arguments,
        stdout=PIPE,
        stderr=PIPE,
        env=environment(data, **settings),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        async with asyncio.timeout(START_TIMEOUT_S):
            ready = json.loads(await process.stdout.readline())
            said = ""
            while "sign in as" not in said:
                line = await process.stderr.readline()
                assert line, said
                said += line.decode()
        user, password = re.search(r"sign in as (\S+) / (\S+)", said).groups()  # type: ignore[union-attr]  # it was said
        drain = asyncio.create_task(process.stderr.read())
        yield Demo(f"http://{ready['http']}", user, password, process, _fleet_of(process.pid))
    finally:
        process.terminate()
        async with asyncio.timeout(30):
            await process.wait()
    await drain


def demo_fixture(*arguments: str, scope: Literal["function", "module"] = "function", **settings: str) -> Any:
    """A fixture: the demo with these arguments, one for each test or one for those of a module."""

    @pytest_asyncio.fixture(scope=scope, loop_scope=scope)
    async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
        skip_without_browser()
        data = tmp_path_factory.mktemp("demo") / "data"
        async with running_demo(data, *arguments, residents=False, **settings) as running:
            yield running

    return demo


def _fleet_of(parent: int) -> int:
    """Process id of the simulator that the demo started."""
    for status in Path("/proc").glob("[0-9]*/status"):
        text = status.read_text(encoding="utf-8", errors="replace")
        if f"PPid:\t{parent}\n" in text:
            command = (status.parent / "cmdline").read_bytes()
            if b"simulate" in command:
                return int(status.parent.name)
    raise AssertionError("the demo runs no simulator")


@asynccontextmanager
async def a_page() -> AsyncIterator[Page]:
    """A page of a fresh browser that fails the test on any error of the page's own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = await browser.new_context(viewport={"width": 1600, "height": 960}, reduced_motion="reduce")
        page = await context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if _is_fault(message.text) else None)
        yield page
        await browser.close()
        assert not errors


def _is_fault(text: str) -> bool:
    return "Content Security Policy" in text or "Uncaught" in text


async def until(page: Page, condition: str, timeout_s: float = 30.0) -> None:
    """Wait for a JavaScript condition. Not `wait_for_function`: that needs eval, which our policy forbids."""
    look = (
        f"() => new Promise((done) => {{ const look = () => ({condition}) ? done() : setTimeout(look, 50); look(); }})"
    )
    async with asyncio.timeout(timeout_s):
        await page.evaluate(look)


async def sign_in(page: Page, demo: Demo) -> None:
    """From the empty page to the map with members on it."""
    await page.goto(demo.url)
    await page.get_by_test_id("sign-in-name").fill(demo.user)
    await page.get_by_test_id("sign-in-password").fill(demo.password)
    await page.get_by_test_id("sign-in-submit").click()
    await until(page, "Number(document.documentElement.dataset.members) > 0")
