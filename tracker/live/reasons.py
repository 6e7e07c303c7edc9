"""Why somebody is a good choice, in words that a dispatcher reads at a glance. Pure."""

from __future__ import annotations

from tracker.model.presence import Presence, Silence

__all__ = ["age_in_words", "metres_in_words", "reasons_of"]

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3_600, 86_400


def reasons_of(
    *, metres: float, age_s: float, on_duty: bool, moving: bool, presence: Presence, silence: Silence
) -> list[str]:
    """How far, how old, on duty or not, moving or not, and what is wrong with its presence, in this order."""
    reasons = [
        f"{metres_in_words(metres)} away",
        f"position {age_in_words(age_s)} old",
        "on duty" if on_duty else "off duty",
        "moving" if moving else "standing",
    ]
    if presence is not Presence.ONLINE:
        reasons.append(presence.word if silence is Silence.NONE else f"{presence.word}: {silence.word}")
    return reasons


def metres_in_words(metres: float) -> str:
    """412 m, 3.4 km, 120 km."""
    if metres < 999.5:
        return f"{metres:.0f} m"
    return f"{metres / 1_000:.1f} km" if metres < 99_950 else f"{metres / 1_000:.0f} km"


def age_in_words(seconds: float) -> str:
    """3 s, 5 min, 2 h, 4 d; whole units, rounded down."""
    for unit, length in (("d", _DAY_S), ("h", _HOUR_S), ("min", _MINUTE_S)):
        if seconds >= 2 * length or (seconds >= length and unit != "min"):
            return f"{int(seconds // length)} {unit}"
    return f"{int(seconds)} s"
