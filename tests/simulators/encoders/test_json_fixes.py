from __future__ import annotations

import json

from simulators.encoders.json_fixes import fix_object, fixes_body
from simulators.fleet.reports import Sample
from tests.simulators.samples import sample


def test_a_fix_has_the_members_of_the_api() -> None:
    assert fix_object(sample()) == {
        "time": "2023-11-14T22:13:20.123Z",
        "latitude": 51.1284567,
        "longitude": 71.4305678,
        "speed": 1.25,
        "course": 87.4,
        "altitude": 347.2,
        "accuracy": 7.4,
        "hdop": 1.1,
        "battery": 0.81,
    }


def test_unknown_members_are_left_out() -> None:
    assert fix_object(Sample(0, 1.5, 2.5)) == {"time": "1970-01-01T00:00:00.000Z", "latitude": 1.5, "longitude": 2.5}


def test_a_body_is_an_array_in_order() -> None:
    body = json.loads(fixes_body([sample(latitude=1.0), sample(latitude=2.0)]))
    assert [fix["latitude"] for fix in body] == [1.0, 2.0]
