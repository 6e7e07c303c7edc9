"""The API as the page's user asks it."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page

__all__ = ["api"]


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
