"""What axe-core finds wrong with a page for people who cannot see or point."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Page

__all__ = ["serious"]

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


async def serious(page: Page) -> list[str]:
    """Violations that are serious or critical, each with the first element that has it."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:300]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
