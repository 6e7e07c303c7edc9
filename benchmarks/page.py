"""The map page with 10,000 members that move once a second, in a real Chromium. `python -m benchmarks page`.

main_ms and script_ms: processor time of the page's main thread in a second, of it JavaScript. frame: time between two
frames, of those drawn without a graphics card. heap_mb: JavaScript objects after a collection, at the start and the end
of the case. shift: cumulative layout shift since the page was opened. Server, load and browser share the cores.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from shutil import which

import numpy as np
from playwright.async_api import CDPSession, Page, async_playwright

from benchmarks.product import Product, running_product

__all__ = ["PATIENCE_S", "Row", "chromium_here", "figures_of", "main", "moving_product", "open_page"]

MEMBERS = 10_000
PASSWORD = "bench has a password"
PLACE = "51.13, 71.43"
GOAL = "main 200 now, 100; shift 0"
PATIENCE_S = 90.0
FLAGS = ["--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
WATCH = """() => {
    window.seen = { frames: [], shift: 0 };
    let before = performance.now();
    const look = (now) => { window.seen.frames.push(now - before); before = now; requestAnimationFrame(look); };
    requestAnimationFrame(look);
    new PerformanceObserver((list) => list.getEntries().forEach((one) => { window.seen.shift += one.value; }))
        .observe({ type: 'layout-shift', buffered: true });
}"""
EVERYBODY = """(members) => new Promise((done) => {
    const look = () => (Number(document.documentElement.dataset.members) >= members ? done() : setTimeout(look, 500));
    look();
})"""

Deed = Callable[[Page, float], Awaitable[None]]


@dataclass(frozen=True)
class Row:
    """One line of the table; milliseconds a second, milliseconds, MB."""

    name: str
    members: float
    main_ms: float
    script_ms: float
    frame_p50: float
    frame_p99: float
    heap_mb: str
    shift: str
    goal: str


def main(seconds: float = 10.0) -> list[Row]:
    """Every case for so long on one page."""
    chromium = chromium_here()
    length_s = 2 * PATIENCE_S + 8 * seconds
    with moving_product(MEMBERS, length_s, rate=MEMBERS, GRIDWARDEN_MAX_CONNECTIONS="12000") as product:
        return asyncio.run(_page(product, chromium, seconds))


def chromium_here() -> str:
    """Its path. Raises SystemExit where there is none."""
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if chromium is None:
        raise SystemExit("no chromium on PATH: apt-get install chromium")
    return chromium


@contextmanager
def moving_product(members: int, seconds: float, *, rate: float, **settings: str) -> Iterator[Product]:
    """A server with somebody who may sign in, whose members move in turns for so long. rate: fixes a second in all."""
    with running_product(members, **settings) as product:
        product.command("user", "add", "bench", "--role", "administrator", "--password-stdin", stdin=PASSWORD)
        load = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.load", "nmea", "--devices", str(product.devices), "--connections",
             str(members), "--rate", str(rate), "--seconds", str(seconds), "--nmea", product.at["nmea_tcp"]],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield product
        finally:
            load.terminate()
            load.wait()


async def _page(product: Product, chromium: str, seconds: float) -> list[Row]:
    dots = "localStorage.setItem('gridwarden.map', JSON.stringify({ far: 'dots' }))"
    async with open_page(product, chromium, MEMBERS, width=1600, height=960, script=dots) as (page, protocol):
        await _go_there(page)
        await page.evaluate(WATCH)
        return [
            await _measure(page, protocol, "10,000 dots at 1 Hz, nobody touches the page", _wait, seconds),
            await _measure(page, protocol, "10,000 dots at 1 Hz, panning", _pan, seconds),
            await _measure(page, protocol, "the list of members open", _list, seconds),
            await _measure(page, protocol, "counts in place of dots", _count, seconds),
        ]


@asynccontextmanager
async def open_page(
    product: Product, chromium: str, members: int, *, width: int, height: int, script: str = ""
) -> AsyncIterator[tuple[Page, CDPSession]]:
    """The map with so many members on it, somebody signed in, and what the browser counts of it.

    width, height: pixels. script: run before the page's own.
    """
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = await browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page.set_default_timeout(1000 * PATIENCE_S)
        await page.add_init_script(script)
        await _sign_in(page, product, members)
        protocol = await page.context.new_cdp_session(page)
        await protocol.send("Performance.enable", {"timeDomain": "threadTicks"})
        yield page, protocol
        await browser.close()


async def _sign_in(page: Page, product: Product, members: int) -> None:
    """Until everybody is on the map."""
    await page.goto(f"http://{product.at['http']}/")
    await page.get_by_test_id("sign-in-name").fill("bench")
    await page.get_by_test_id("sign-in-password").fill(PASSWORD)
    await page.get_by_test_id("sign-in-submit").click()
    async with asyncio.timeout(PATIENCE_S):
        await page.evaluate(EVERYBODY, members * 0.99)


async def _go_there(page: Page) -> None:
    """To where they are, near enough for dots."""
    await page.keyboard.press("f")
    box = page.get_by_test_id("map-search").get_by_role("combobox")
    await box.fill(PLACE)
    await box.press("Enter")
    await asyncio.sleep(2)
    await page.mouse.move(700, 500)
    await page.mouse.wheel(0, 1500)
    await asyncio.sleep(3)


async def _measure(page: Page, protocol: CDPSession, name: str, deed: Deed, seconds: float) -> Row:
    first = await figures_of(protocol)
    await page.evaluate("window.seen.frames = []")
    began = time.monotonic()
    await deed(page, seconds)
    frames = np.array(await page.evaluate("window.seen.frames"))
    shift = float(await page.evaluate("window.seen.shift"))
    members = float(await page.evaluate("Number(document.documentElement.dataset.members)"))
    last = await figures_of(protocol)
    passed = time.monotonic() - began
    main_ms, script_ms = (1000 * (last[one] - first[one]) / passed for one in ("TaskDuration", "ScriptDuration"))
    p50, p99 = np.percentile(frames, (50, 99)) if len(frames) else (0.0, 0.0)
    heap = f"{first['JSHeapUsedSize'] / 1e6:.0f}, {last['JSHeapUsedSize'] / 1e6:.0f}"
    return Row(name, members, main_ms, script_ms, float(p50), float(p99), heap, f"{shift:.3f}", GOAL)


async def figures_of(protocol: CDPSession) -> dict[str, float]:
    """What the browser counts of the page, after a collection."""
    await protocol.send("HeapProfiler.collectGarbage")
    said = await protocol.send("Performance.getMetrics")
    return {one["name"]: one["value"] for one in said["metrics"]}


async def _wait(_: Page, seconds: float) -> None:
    await asyncio.sleep(seconds)


async def _pan(page: Page, seconds: float) -> None:
    """Drag the map to and fro."""
    await page.mouse.move(700, 500)
    await page.mouse.down()
    for step in range(int(seconds * 20)):
        await page.mouse.move(700 + 150 * np.sin(step / 10), 500 + 80 * np.cos(step / 10))
        await asyncio.sleep(0.05)
    await page.mouse.up()


async def _list(page: Page, seconds: float) -> None:
    await page.get_by_role("tab", name="Members").click()
    await asyncio.sleep(seconds)
    await page.get_by_role("tab", name="Organisations").click()


async def _count(page: Page, seconds: float) -> None:
    await page.keyboard.press("l")
    await page.get_by_text("By cell", exact=True).click()
    await page.mouse.move(700, 500)
    await page.mouse.wheel(0, 1500)
    await asyncio.sleep(seconds)
