from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from simulators.encoders.opengts import gprmc, query
from simulators.fleet.reports import Sample


@pytest.mark.parametrize(
    ("phone", "published"),
    [
        # what GPSLogger sends for these places of its own tests
        (
            Sample(1457205869949, 51.3579941, -0.1952438),
            "$GPRMC,192429,A,5121.47965,N,011.71463,W,0.000000,0.000000,050316,,*02",
        ),
        (
            Sample(1457206433000, 51.35762965, -0.19564124),
            "$GPRMC,193353,A,5121.45778,N,011.73847,W,0.000000,0.000000,050316,,*01",
        ),
        (
            Sample(1457206433000, 51.35762965, -0.19564124, speed=19, course=22),
            "$GPRMC,193353,A,5121.45778,N,011.73847,W,36.933045,22.000000,050316,,*0C",
        ),
    ],
)
def test_sentences_are_those_of_the_app(phone: Sample, published: str) -> None:
    assert gprmc(phone) == published


def test_the_query_is_that_of_the_app() -> None:
    phone = Sample(1457205869949, 51.3579941, -0.1952438)
    assert query("99", phone) == (
        "id=99&dev=99&acct=99&batt=0&code=0xF020&alt=0.0&"
        "gprmc=$GPRMC,192429,A,5121.47965,N,011.71463,W,0.000000,0.000000,050316,,*02"
    )


def test_the_battery_is_a_percentage() -> None:
    assert parse_qs(query("a", Sample(0, 1.0, 2.0, battery=0.5)))["batt"] == ["50"]
