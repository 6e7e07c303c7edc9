"""Words of the PDF in both languages; measures bring their own."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["WORDS"]

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "period": "{begins} to {ends}", "highlights": "What stands out",
        "nothing": "Nothing stands out in this period.",
        "figures": "Figures", "measure": "Measure", "now": "Period", "before": "Before", "change": "Change",
        "over_time": "Incidents reported and, of them, closed", "below": "Organisations below", "kinds": "Kinds",
        "name": "Name", "page": "Page {page}", "made": "made {moment} ({zone})", "restricted": "Only: {what}",
    },
    "zh": {
        "period": "{begins} 至 {ends}", "highlights": "重点提示", "nothing": "本期无突出变化。",
        "figures": "主要指标", "measure": "指标", "now": "本期", "before": "上期", "change": "变化",
        "over_time": "上报案件与其中结案", "below": "下级组织", "kinds": "案件类型",
        "name": "名称", "page": "第{page}页", "made": "{moment} 生成({zone})", "restricted": "仅含:{what}",
    },
}  # fmt: skip
