"""What tests of the page ask besides looking: the API as the page's user, and axe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import Page

__all__ = ["api", "serious"]

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


async def api(page: Page, method: str, path: str, body: Any = None) -> Any:
    """What the API answers the page's user."""
    script = """async ([method, path, body]) => {
        const answer = await fetch('/api/v1' + path, { method, headers: { 'Content-Type': 'application/json' },
            body: body === null ? undefined : JSON.stringify(body) });
        return [answer.status, answer.status === 204 ? null : await answer.json()];
    }"""
    status, said = await page.evaluate(script, [method, path, body])
    assert status < 300, said
    return said


async def serious(page: Page) -> list[str]:
    """What axe finds serious or critical."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {one['nodes'][0]['html']}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
