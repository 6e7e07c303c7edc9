"""A report as PDF: what stands out, figures against the period before, a chart, and tables.

It takes CPU: call it in a thread. What holds Chinese is set in Noto Sans SC, of which the letters that are used are
embedded (fonts/noto-sans-sc.ttf has those of GB 2312 and Latin ones); what is Latin only is set in Helvetica.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from insight.reports.model import Language, Schedule
from insight.reports.words import WORDS
from insight.statistics.model import MEASURES, Measure

__all__ = ["pdf_of"]

_CHINESE, _LATIN = "NotoSansSC", "Helvetica"
_FONT = Path(__file__).with_name("fonts") / "noto-sans-sc.ttf"
_FIRST_CHINESE = 0x2E80
"""Of Unicode's radicals; what lies below, Helvetica has as far as we need it."""
_INK, _PALE, _BLUE, _GREEN = map(colors.HexColor, ("#1f2933", "#e9eef3", "#1c7ed6", "#2f9e44"))
_SHOWN = (
    "reported", "closed", "still_open", "overdue", "late", "sent_back", "escalated", "on_time_rate", "closing_rate",
    "accept_p50", "response_p50", "response_p90", "resolution_p50",
)  # fmt: skip
_COLUMNS = ("reported", "closed", "still_open", "late", "sent_back", "on_time_rate", "closing_rate")
_MOST_ROWS = 60
_WIDTH = A4[0] - 36 * mm


def pdf_of(schedule: Schedule, found: Mapping[str, Any], made_at: datetime) -> bytes:
    """found: what StatisticsService.summary answers."""
    if _CHINESE not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_CHINESE, str(_FONT)))
    sheet = _Sheet(schedule.language)
    held = io.BytesIO()
    title = f"{schedule.name} · {found['organisation']['name']}"
    document = SimpleDocTemplate(
        held, pagesize=A4, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=16 * mm, bottomMargin=18 * mm,
        title=title, author="Gridwarden", lang=str(schedule.language),
    )  # fmt: skip
    made = sheet.word(
        "made", moment=f"{made_at.astimezone(ZoneInfo(found['zone'])):%Y-%m-%d %H:%M}", zone=found["zone"]
    )

    def foot(canvas: Any, page: Any) -> None:
        text = f"{title} · {made} · {sheet.word('page', page=page.page)}"
        canvas.setFillColor(colors.grey)
        canvas.setFont(_font(text), 8)
        canvas.drawString(18 * mm, 10 * mm, text)

    document.build(_story(sheet, schedule, found, title), onFirstPage=foot, onLaterPages=foot)
    return held.getvalue()


class _Sheet:
    """Texts in one language and their styles."""

    def __init__(self, language: Language) -> None:
        self._words, self.chinese = WORDS[language], language is Language.ZH

    def word(self, name: str, **values: object) -> str:
        return self._words[name].format(**values)

    def measure(self, measure: Measure) -> str:
        return measure.name_zh if self.chinese else measure.name_en.capitalize()

    def text(
        self, text: str, size: float = 10, *, bold: bool = False, right: bool = False, head: bool = False
    ) -> Paragraph:
        font = _font(text)
        style = ParagraphStyle(
            "text", fontName=f"{font}-Bold" if bold and font == _LATIN else font, fontSize=size, leading=size * 1.4,
            textColor=_INK, alignment=2 if right else 0, keepWithNext=head,
            wordWrap="CJK" if font == _CHINESE else None,
        )  # fmt: skip
        return Paragraph(escape(text), style)

    def head(self, name: str) -> Paragraph:
        return self.text(self.word(name), 12, bold=True, head=True)


def _story(sheet: _Sheet, schedule: Schedule, found: Mapping[str, Any], title: str) -> list[Flowable]:
    last = found["until"] - timedelta(days=1)
    said = [one.text_zh if sheet.chinese else one.text_en for one in found["highlights"]]
    only = [one for one in (schedule.kind, schedule.class_, schedule.category) if one]
    story: list[Flowable] = [
        sheet.text(title, 18, bold=True), sheet.text(sheet.word("period", begins=found["since"], ends=last), 11),
        *([sheet.text(sheet.word("restricted", what=", ".join(only)), 10)] if only else []), Spacer(0, 6 * mm),
        sheet.head("highlights"), *(sheet.text(f"• {one}") for one in said or [sheet.word("nothing")]),
        Spacer(0, 5 * mm), sheet.head("figures"), _figures(sheet, found), Spacer(0, 5 * mm),
    ]  # fmt: skip
    if len(found["series"]) > 1:
        story.append(KeepTogether([sheet.head("over_time"), _chart(found["series"])]))
    for name in ("below", "kinds"):
        rows = found["children" if name == "below" else "kinds"]
        if rows:
            story += [Spacer(0, 5 * mm), sheet.head(name), _table(sheet, rows)]
    return story


def _figures(sheet: _Sheet, found: Mapping[str, Any]) -> Table:
    rows: list[list[Paragraph]] = []
    for measure in (one for one in MEASURES if one.code in _SHOWN):
        now, before = found["totals"][measure.code], found["before"].get(measure.code)
        cells = [_said(now, measure.unit), _said(before, measure.unit), _change(now, before)]
        rows.append([sheet.text(sheet.measure(measure)), *(sheet.text(cell, right=True) for cell in cells)])
    head = [sheet.word(name) for name in ("measure", "now", "before", "change")]
    return _ruled([[sheet.text(one, 9, right=at > 0) for at, one in enumerate(head)], *rows], [0.46, 0.18, 0.18, 0.18])


def _table(sheet: _Sheet, rows: Sequence[Mapping[str, Any]]) -> Table:
    measures = {one.code: one for one in MEASURES}
    head = [sheet.word("name"), *(sheet.measure(measures[code]) for code in _COLUMNS)]
    body = [
        [sheet.text(_name(sheet, row), 9),
         *(sheet.text(_said(row[code], measures[code].unit), 9, right=True) for code in _COLUMNS)]
        for row in sorted(rows, key=lambda row: -row["reported"])[:_MOST_ROWS]
    ]  # fmt: skip
    share = 0.7 / len(_COLUMNS)
    return _ruled(
        [[sheet.text(one, 8, right=at > 0) for at, one in enumerate(head)], *body], [0.3, *[share] * len(_COLUMNS)]
    )


def _name(sheet: _Sheet, row: Mapping[str, Any]) -> str:
    return str(row["name"] if "name" in row else row["name_zh" if sheet.chinese else "name_en"])


def _ruled(rows: list[list[Paragraph]], shares: list[float]) -> Table:
    table = Table(rows, colWidths=[share * _WIDTH for share in shares], repeatRows=1)
    table.setStyle(
        TableStyle(
            [("BACKGROUND", (0, 0), (-1, 0), _PALE), ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.lightgrey),
             ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("TOPPADDING", (0, 0), (-1, -1), 2),
             ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
        )
    )  # fmt: skip
    return table


def _chart(series: Sequence[Mapping[str, Any]]) -> Drawing:
    drawing, chart = Drawing(_WIDTH, 52 * mm), VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 26, 22, int(_WIDTH - 30), int(52 * mm - 30)
    chart.data = [[row["reported"] for row in series], [row["closed"] for row in series]]
    every = max(1, len(series) // 10)
    chart.categoryAxis.categoryNames = [
        f"{row['day']:%m-%d}" if at % every == 0 else "" for at, row in enumerate(series)
    ]
    for axis in (chart.categoryAxis, chart.valueAxis):
        axis.labels.fontName, axis.labels.fontSize = _LATIN, 7
        axis.strokeColor = colors.grey
    chart.valueAxis.valueMin = 0
    chart.barSpacing, chart.groupSpacing = 0, 3
    chart.bars.strokeColor = None
    chart.bars[0].fillColor, chart.bars[1].fillColor = _BLUE, _GREEN
    drawing.add(chart)
    return drawing


def _said(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    if unit == "share":
        return f"{value:.0%}"
    return _took(value) if unit == "s" else f"{value:,.0f}"


def _took(seconds: float) -> str:
    for length, word in ((86_400 * 2, "d"), (5_400, "h"), (90, "min")):
        if seconds >= length:
            return f"{seconds / {'d': 86_400, 'h': 3_600, 'min': 60}[word]:.1f} {word}"
    return f"{seconds:.0f} s"


def _change(now: float | None, before: float | None) -> str:
    return "–" if now is None or not before else f"{(now - before) / before:+.0%}"


def _font(text: str) -> str:
    """The one that has all of its letters."""
    return _LATIN if all(ord(letter) < _FIRST_CHINESE for letter in text) else _CHINESE
