"""Takes the handheld's pictures of the documents: `python -m tests.e2e.handheld_pictures` (needs the built page)."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.e2e.town import HERE, Phone, Town, a_town

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


async def _shot(phone: Phone, name: str) -> None:
    await phone.page.wait_for_timeout(4_000)  # the map draws its tiles
    await phone.page.screenshot(path=PICTURES / f"handheld-{name}.png")


async def _busy(town: Town, member: str) -> None:
    """A task, an incident to verify, a notice."""
    await town.dispatched(member)
    notice = {"title": "Heavy rain tonight", "body": "Look at the drains of your grid before dusk.", "urgent": True}
    await town.admin.post("/notices", notice | {"organisation": "north"})
    kinds = (await town.admin.get("/kinds"))["items"]
    urgent = next(kind["code"] for kind in kinds if kind["priority"] == 1)
    place = {"latitude": HERE["latitude"] + 0.002, "longitude": HERE["longitude"] - 0.003}
    fire = {"kind": urgent, "description": "smoke comes from a cellar", "address": "Kenesary 40"}
    incident = (await town.admin.post("/incidents", fire | place))["id"]
    told = {"members": [member], "exclusive": False, "answer_within_s": 3600}
    await town.admin.post(f"/incidents/{incident}/dispatch", told)


async def take() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with a_town(Path(folder)) as town:
            member = town.member()
            async with town.phone(member, scale=1.5) as phone:
                await _busy(town, member)
                await phone.page.get_by_test_id("task").nth(1).wait_for()
                await _shot(phone, "tasks")
                await phone.page.get_by_test_id("task").nth(1).click()
                await phone.tap("do-acknowledge")
                await _shot(phone, "task")
                await phone.hold("sos", 2_300)
                await phone.page.get_by_test_id("sos-state").wait_for()
                await _shot(phone, "sos")
            member = town.member()
            async with town.phone(member, theme="light", language="zh", scale=1.5) as phone:
                await phone.tap("tab-report")
                await _shot(phone, "report")


if __name__ == "__main__":
    asyncio.run(take())
