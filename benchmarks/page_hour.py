"""The command centre left open for an hour of work: does it grow?

`python -m benchmarks page_hour --seconds 3600`.

300 members move every five seconds; each minute an incident is reported and ended, and every page is opened from the
navigation, in one browser window that is never loaded anew. heap_mb: JavaScript objects after a collection, nodes:
elements of the page, listeners: of events; all at the map. main_ms: processor time of the main thread in a second.
`--seconds` is how long in all, from 300 to 7,200; it is not among those that run when none is named.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from playwright.async_api import CDPSession, Page

from benchmarks.page import PATIENCE_S, chromium_here, figures_of, moving_product, open_page
from benchmarks.product import Product

__all__ = ["Row", "main"]

MEMBERS = 300
RATE = 60.0
ROUND_S = 60.0
LEAST_S, MOST_S = 300.0, 7_200.0
TOLD = 7
"""Rows of the table, at most."""
GOAL = "flat"
PAGES = ("board", "statistics", "appraisal", "service", "city", "time", "talk", "notices", "admin", "map")
STAY_S = 3.0
REPORT = """async () => {
    const ask = async (path, body) => {
        const headers = { 'Content-Type': 'application/json' };
        const answer = await fetch('/api/v1' + path, { method: 'POST', body: JSON.stringify(body), headers });
        if (!answer.ok) throw new Error(await answer.text());
        return answer.json();
    };
    const one = await ask('/incidents', { kind: 'E0406', description: 'flooded', latitude: 51.13, longitude: 71.43 });
    await ask(`/incidents/${one.id}/reject`, { reason: 'it has run off' });
    return one.id;
}"""


@dataclass(frozen=True)
class Row:
    """One line of the table, at a round's end."""

    name: str
    heap_mb: float
    nodes: float
    listeners: float
    main_ms: float
    goal: str


def main(seconds: float = LEAST_S) -> list[Row]:
    """So long on one page; at least five minutes, two hours at most."""
    seconds = min(max(seconds, LEAST_S), MOST_S)
    chromium = chromium_here()
    with moving_product(MEMBERS, seconds + 2 * PATIENCE_S, rate=RATE) as product:
        rows = asyncio.run(_worked(product, chromium, seconds))
    step = max(1, (len(rows) - 1) // (TOLD - 1))
    return rows[::step]


async def _worked(product: Product, chromium: str, seconds: float) -> list[Row]:
    async with open_page(product, chromium, MEMBERS, width=1366, height=768) as (page, protocol):
        rows, began = [], time.monotonic()
        await _round(page, protocol, "")  # every page is fetched once before anything is counted
        while (passed := time.monotonic() - began) < seconds:
            rows.append(await _round(page, protocol, f"after {passed / 60:.0f} minutes"))
        return rows


async def _round(page: Page, protocol: CDPSession, name: str) -> Row:
    """Every page once, an incident from its report to its end, then what the page holds."""
    began, first = time.monotonic(), await figures_of(protocol)
    await page.evaluate(REPORT)
    for one in PAGES:
        await page.get_by_test_id(f"page-{one}").click()
        await asyncio.sleep(STAY_S)
    await asyncio.sleep(max(0.0, ROUND_S - (time.monotonic() - began)))
    last = await figures_of(protocol)
    main_ms = 1000 * (last["TaskDuration"] - first["TaskDuration"]) / (time.monotonic() - began)
    return Row(name, last["JSHeapUsedSize"] / 1e6, last["Nodes"], last["JSEventListeners"], main_ms, GOAL)
