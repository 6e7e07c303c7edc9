"""Party building before somebody looks at it: what is published, a hall with its queues and how people found it.

Everything is made up, said to be so, and made through the public API by two users, since nobody approves his own words.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Mapping
from typing import Any

from shapely.geometry import shape

from simulators.city.city import Organisation
from simulators.day.past import first_street, written
from simulators.day.people import Person, Refused

__all__ = ["fill_the_halls"]

_PUBLISHED = (
    ("notice", "Water is off on Saturday (synthetic)", "周六停水通知(模拟)",
     "# Where\n\n- Yards 3 to 9\n- From 8 to 14 o'clock\n\nFill a bucket the evening before.",
     "# 范围\n\n- 3至9号院\n- 8时至14时\n\n请提前一晚储水。"),
    ("finance", "What the street spent in the third quarter (synthetic)", "第三季度街道支出公开(模拟)",
     "# Spent\n\n- Lamps: 41 000\n- Lifts: 126 500\n- Help for families: 88 200\n\nThe books lie open at the hall.",
     "# 支出\n\n- 路灯:41 000 元\n- 电梯:126 500 元\n- 困难家庭帮扶:88 200 元\n\n账目可在服务大厅查阅。"),
    ("party", "Members' day in the park (synthetic)", "主题党日活动(模拟)",
     "On the first Saturday of the month members clear the park of leaves. Everybody is welcome.",
     "每月第一个周六,党员在公园清扫落叶,欢迎居民参加。"),
    ("services", "The hall opens at noon, too (synthetic)", "服务大厅中午不休息(模拟)",
     "From now on two windows are open from 12 to 14 o'clock.", "即日起12时至14时保留两个窗口。"),
)  # fmt: skip
_WAITING = ("government", "Parking rules of the old town (synthetic)", "老城区停车规定(模拟)",
            "A draft that waits for somebody else's approval.", "待他人审批的草稿。")  # fmt: skip
_OPINIONS = (
    ("transport", "A bench at the bus stop (synthetic)", "Old people stand there for a quarter of an hour.",
     "Two benches come in spring (synthetic)."),
    ("environment", "More bins in the park (synthetic)", "On Sundays they are full by noon.", None),
    ("safety", "The crossing is dark (synthetic)", "The lamp over it is out since autumn.", None),
)  # fmt: skip
_SURVEY = {
    "title_en": "What should the new park have? (synthetic)", "title_zh": "新公园需要什么?(模拟)",
    "about_en": "Three questions, two minutes.", "about_zh": "三个问题,两分钟。",
    "questions": [
        {"code": "wish", "kind": "multiple", "text_en": "What do you miss most?", "text_zh": "最需要什么?", "options": [
            {"code": "lamps", "text_en": "Lamps", "text_zh": "路灯"},
            {"code": "benches", "text_en": "Benches", "text_zh": "座椅"},
            {"code": "playground", "text_en": "A playground", "text_zh": "儿童游乐场"},
        ]},
        {"code": "content", "kind": "scale", "text_en": "How content are you with the parks?",
         "text_zh": "对公园是否满意?"},
        {"code": "words", "kind": "text", "text_en": "Anything else?", "text_zh": "其他意见", "required": False},
    ],
}  # fmt: skip
_ANSWERS = 14
_SERVICES = (("A", "Residence", "居住登记", 420), ("B", "Pension", "社会保障", 540), ("C", "Licences", "证照办理", 600))
_WINDOWS = 4
_TICKETS = 18
_SERVED = 9
_SCORES = (5, 5, 5, 4, 4, 5, 3, 2, 5)
_PAUSE_S = 12.0


async def fill_the_halls(
    base: str, author: tuple[str, str], approver: tuple[str, str], seed: int, *, lives: bool
) -> None:
    """Once, where nothing is published; then, where it `lives`, the hall goes on until cancelled.

    base: http://host:port; author, approver: name and password of two users of the whole city, an administrator and a
    supervisor; seed: which city.
    """
    street, chance = await first_street(seed), random.Random(seed)

    async def write(writer: Person, reader: Person) -> None:
        if not (await writer.get("/publications", limit=1))["items"]:
            await _publish(writer, reader, street.id)
            await _listen(writer, street.id, chance)
            await _open_hall(writer, street)
            await _serve(writer, street.id, chance)
        while lives:
            await asyncio.sleep(_PAUSE_S)
            await _a_moment(writer, street.id, chance)

    await written(base, [author, approver], write)


async def _publish(writer: Person, reader: Person, organisation: str) -> None:
    for text in _PUBLISHED:
        made = await _submitted(writer, organisation, text)
        approved = await reader.post(f"/publications/{made['id']}/approve", {"version": made["version"]})
        await writer.post(f"/publications/{made['id']}/publish", {"version": approved["version"]})
    await _submitted(writer, organisation, _WAITING)


async def _submitted(writer: Person, organisation: str, text: tuple[str, str, str, str, str]) -> Mapping[str, Any]:
    names = ("section", "title_en", "title_zh", "body_en", "body_zh")
    body = dict(zip(names, text, strict=True)) | {"organisation": organisation, "pinned": text[0] == "notice"}
    made = await writer.post("/publications", body)
    told: Mapping[str, Any] = await writer.post(f"/publications/{made['id']}/submit", {"version": made["version"]})
    return told


async def _listen(writer: Person, organisation: str, chance: random.Random) -> None:
    """Opinions, the last of which waits to be read, and a survey that some have answered."""
    for number, (topic, title, body, answer) in enumerate(_OPINIONS):
        said = {"organisation": organisation, "topic": topic, "title": title, "body": body, "language": "en"}
        opinion = (await writer.post("/public/opinions", said))["id"]
        if number < len(_OPINIONS) - 1:
            await writer.post(f"/opinions/{opinion}/publish", {})
            for _ in range(3 + number):
                await writer.post(f"/public/opinions/{opinion}/voice", {"voter": f"{chance.getrandbits(128):032x}"})
        if answer is not None:
            await writer.post(f"/opinions/{opinion}/answer", {"text": answer})
    survey = (await writer.post("/surveys", _SURVEY | {"organisation": organisation}))["id"]
    await writer.post(f"/surveys/{survey}/open", {})
    for _ in range(_ANSWERS):
        wish = chance.sample(["lamps", "benches", "playground"], chance.randint(1, 2))
        answers = {"wish": wish, "content": chance.randint(2, 5)}
        await writer.post(
            f"/public/surveys/{survey}/answers", {"voter": f"{chance.getrandbits(128):032x}", "answers": answers}
        )


async def _open_hall(writer: Person, street: Organisation) -> None:
    """Services, and windows side by side at one place of the street; one stays closed."""
    at = shape(street.territory).representative_point()
    services = [
        (await writer.post("/queue/services", {
            "organisation": street.id, "letter": letter, "name_en": en, "name_zh": zh, "expected_s": seconds,
        }))["id"]
        for letter, en, zh, seconds in _SERVICES
    ]  # fmt: skip
    for number in range(1, _WINDOWS + 1):
        place = await writer.post("/registry/places", {
            "organisation": street.id, "kind": "service_window", "name": f"Window {number} (synthetic)",
            "latitude": at.y, "longitude": at.x + number * 2e-5,
        })  # fmt: skip
        served = services if number == 1 else [services[0], services[(number - 1) % len(services)]]
        sent = {"organisation": street.id, "place": place["id"], "services": sorted(set(served))}
        window = await writer.post("/queue/windows", sent)
        if number < _WINDOWS:
            await writer.post(f"/queue/windows/{window['id']}/open", {})


async def _serve(writer: Person, hall: str, chance: random.Random) -> None:
    """Some have been served and said how it was; the others wait."""
    codes = dict([await _take(writer, hall, chance) for _ in range(_TICKETS)])
    windows = [one for one in await _windows(writer, hall) if one["state"] == "open"]
    for number, score in zip(range(_SERVED), _SCORES, strict=True):
        ticket = await _next(writer, windows[number % len(windows)]["id"])
        await _finish(writer, ticket)
        await _rate(writer, codes[ticket], score)
    for window in windows[:2]:
        with contextlib.suppress(Refused):  # nobody waits for what is served there
            await _next(writer, window["id"])


async def _a_moment(writer: Person, hall: str, chance: random.Random) -> None:
    """Somebody comes, and at one window the next one is called."""
    window = chance.choice(await _windows(writer, hall))
    with contextlib.suppress(Refused):  # somebody else is at the window, or nobody waits
        if window["ticket_state"] == "called":
            await writer.post(f"/queue/tickets/{window['ticket']}/serve", {})
        elif window["ticket_state"] == "serving":
            await writer.post(f"/queue/tickets/{window['ticket']}/finish", {})
        elif window["state"] == "open":
            await _take(writer, hall, chance)
            await _next(writer, window["id"])


async def _take(writer: Person, hall: str, chance: random.Random) -> tuple[str, str]:
    """A ticket of some service: its id and code."""
    services = (await writer.get("/queue/services", organisation=hall))["items"]
    made = await writer.post("/queue/tickets", {"service": chance.choice(services)["id"]})
    return str(made["id"]), str(made["code"])


async def _windows(writer: Person, hall: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await writer.get("/queue/windows", organisation=hall))["items"]
    return found


async def _next(writer: Person, window: str) -> str:
    return str((await writer.post(f"/queue/windows/{window}/call", {}))["id"])


async def _finish(writer: Person, ticket: str) -> None:
    for step in ("serve", "finish"):
        await writer.post(f"/queue/tickets/{ticket}/{step}", {})


async def _rate(writer: Person, code: str, score: int) -> None:
    word = "Too long, and nobody said why (synthetic)" if score < 3 else "Quick and friendly (synthetic)"
    said = {"code": code, "score": score, "tags": ["speed"], "comment": word}
    await writer.post("/public/tickets/rate", said)
