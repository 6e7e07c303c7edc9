"""The largest changes and outliers, found by the program and said in a sentence. Pure.

A subject's number in this period is held against its own numbers in the periods before (robust z-score: distance from
the median over 1.4826 times the median absolute deviation, never less than the square root of the median, as counts
spread by chance); an organisation's rate against its peers of the same level. Small numbers do not shout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

__all__ = ["Highlight", "changes", "outliers", "robust_z"]

LEAST_INCIDENTS = 10
LEAST_Z = 3.0
LEAST_PERIODS = 2
LEAST_PEERS = 4
LEAST_SHARE = 0.05
_MAD = 1.4826


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A sentence. score: the z-score's size, larger first. subject: id of an organisation or code of a kind."""

    about: str
    subject: str
    measure: str
    value: float
    usual: float
    score: float
    text_en: str
    text_zh: str


def robust_z(value: float, others: Sequence[float], *, least_spread: float) -> float:
    """How far a value lies from the others' median, in robust standard deviations of at least `least_spread` (> 0)."""
    middle = median(others)
    spread = _MAD * median(abs(one - middle) for one in others)
    return (value - middle) / max(spread, least_spread)


def changes(
    about: str, counts: Mapping[str, Sequence[int]], names: Mapping[str, tuple[str, str]]
) -> list[Highlight]:  # fmt: skip
    """Subjects with unusual numbers. counts: of three periods at least, the newest last; names: in both languages."""
    found = []
    for subject, numbers in counts.items():
        *before, now = numbers
        if len(before) < LEAST_PERIODS or max(now, median(before)) < LEAST_INCIDENTS:
            continue
        usual = median(before)
        z = robust_z(now, before, least_spread=max(1.0, sqrt(usual)))
        if abs(z) >= LEAST_Z:
            english, chinese = names[subject]
            found.append(
                Highlight(
                    about=about, subject=subject, measure="reported", value=now, usual=usual, score=abs(z),
                    text_en=_in_english(english, now, usual), text_zh=_in_chinese(chinese, now, usual),
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: -one.score)


def _in_english(name: str, now: int, usual: float) -> str:
    said = f"{name}: {now} incident{'' if now == 1 else 's'} reported, "
    if usual < 1:
        return f"{said}where there were hardly any before."
    return f"{said}{'more' if now > usual else 'fewer'} than the usual {usual:.0f}."


def _in_chinese(name: str, now: int, usual: float) -> str:
    said = f"{name}:上报{now}件,"
    return f"{said}以往几乎没有。" if usual < 1 else f"{said}{'多于' if now > usual else '少于'}往常的{usual:.0f}件。"


def outliers(
    parts: Mapping[str, tuple[int, int]], names: Mapping[str, tuple[str, str]]
) -> list[Highlight]:  # fmt: skip
    """Organisations whose on-time rate is unlike their peers'. parts: (closed on time, closed) of each."""
    rates = {one: on_time / closed for one, (on_time, closed) in parts.items() if closed >= LEAST_INCIDENTS}
    if len(rates) < LEAST_PEERS:
        return []
    found = []
    for one, own in rates.items():
        others = [other for name, other in rates.items() if name != one]
        usual = median(others)
        chance = sqrt(max(usual * (1 - usual), 0.01) / parts[one][1])
        z = robust_z(own, others, least_spread=chance)
        if abs(z) >= LEAST_Z and abs(own - usual) >= LEAST_SHARE:
            english, chinese = names[one]
            word = ("above", "高于") if own > usual else ("below", "低于")
            found.append(
                Highlight(
                    about="organisation", subject=one, measure="on_time_rate", value=own, usual=usual, score=abs(z),
                    text_en=f"{english}: {own:.0%} closed on time, {word[0]} the {usual:.0%} of its peers.",
                    text_zh=f"{chinese}:按时率{own:.0%},{word[1]}同级组织的{usual:.0%}。",
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: -one.score)
