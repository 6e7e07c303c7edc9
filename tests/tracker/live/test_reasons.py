from __future__ import annotations

import pytest

from tracker.live.reasons import age_in_words, metres_in_words, reasons_of
from tracker.model.presence import Presence, Silence


@pytest.mark.parametrize(
    ("metres", "words"),
    [(0.4, "0 m"), (412.3, "412 m"), (999.4, "999 m"), (999.6, "1.0 km"), (3_440, "3.4 km"), (120_300, "120 km")],
)
def test_distances_read_as_people_say_them(metres: float, words: str) -> None:
    assert metres_in_words(metres) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "0 s"), (3.9, "3 s"), (119, "119 s"), (120, "2 min"), (3_599, "59 min"), (7_300, "2 h"), (90_000, "1 d")],
)
def test_ages_read_as_people_say_them(seconds: float, words: str) -> None:
    assert age_in_words(seconds) == words


def test_reasons_name_what_is_wrong_only_where_something_is() -> None:
    well = reasons_of(metres=412, age_s=3, on_duty=True, moving=False, presence=Presence.ONLINE, silence=Silence.NONE)
    assert well == ["412 m away", "position 3 s old", "on duty", "standing"]
    silent = reasons_of(
        metres=412, age_s=3_700, on_duty=False, moving=True, presence=Presence.SILENT, silence=Silence.BATTERY
    )
    assert silent == ["412 m away", "position 1 h old", "off duty", "moving", "silent: battery empty"]
    stale = reasons_of(metres=1, age_s=70, on_duty=True, moving=True, presence=Presence.STALE, silence=Silence.NONE)
    assert stale[-1] == "stale"
