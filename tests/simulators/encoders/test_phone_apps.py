"""Names, units and forms of the phone apps, against their published descriptions."""

from __future__ import annotations

import base64
import json
from urllib.parse import parse_qs

import pytest

from simulators.encoders import gpslogger, osmand, overland, owntracks, traccar_client
from simulators.fleet.reports import Sample
from tests.simulators.samples import sample

BARE = Sample(1_700_000_000_000, 1.5, -2.5)


def pairs(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query, keep_blank_values=True, strict_parsing=True).items()}


def test_osmand_speaks_knots_and_percent() -> None:
    said = pairs(osmand.query("d 1", sample(speed=10.0, battery=0.81), "s&t"))
    assert said == {
        "id": "d 1",
        "timestamp": "1700000000123",
        "lat": "51.1284567",
        "lon": "71.4305678",
        "speed": "19.438",
        "bearing": "87.4",
        "altitude": "347.2",
        "accuracy": "7.4",
        "hdop": "1.1",
        "batt": "81",
        "token": "s&t",
    }


def test_osmand_leaves_out_what_is_unknown() -> None:
    assert pairs(osmand.query("d", BARE)) == {"id": "d", "timestamp": "1700000000", "lat": "1.5", "lon": "-2.5"}


def test_the_osmand_app_calls_its_accuracy_hdop_and_speaks_metres_a_second() -> None:
    said = pairs(osmand.app_query("d", sample(speed=10.0, accuracy=7.4)))
    assert (said["speed"], said["hdop"], said["timestamp"]) == ("10.0", "7.4", "1700000000123")


def test_traccar_client_9_has_the_members_of_its_documents() -> None:
    document = json.loads(traccar_client.json_body("123456", sample()))
    assert document["device_id"] == "123456"
    assert document["location"]["timestamp"] == "2023-11-14T22:13:20.123Z"
    assert document["location"]["coords"] == {
        "latitude": 51.1284567,
        "longitude": 71.4305678,
        "accuracy": 7.4,
        "speed": 1.25,
        "heading": 87.4,
        "altitude": 347.2,
    }
    assert document["location"]["battery"] == {"level": 0.81, "is_charging": False}
    assert document["location"]["is_moving"] is True


def test_traccar_client_9_says_minus_one_for_unknown() -> None:
    coordinates = json.loads(traccar_client.json_body("1", BARE))["location"]["coords"]
    assert (coordinates["speed"], coordinates["heading"]) == (-1, -1)


def test_traccar_client_10_posts_the_osmand_names_as_a_form() -> None:
    said = pairs(traccar_client.form_body("d", sample(), "t", alarm="sos").decode())
    assert said["alarm"] == "sos"
    assert {"id", "lat", "lon", "timestamp", "speed", "token"} <= said.keys()


def test_owntracks_speaks_kilometres_an_hour_and_whole_seconds() -> None:
    message = json.loads(owntracks.location("handheld-07", sample(speed=10.0)))
    assert message == {
        "_type": "location",
        "tid": "07",
        "lat": 51.1284567,
        "lon": 71.4305678,
        "tst": 1700000000,
        "vel": 36,
        "cog": 87,
        "conn": "m",
        "t": "p",
        "acc": 7,
        "alt": 347,
        "batt": 81,
        "bs": 1,
    }


def test_owntracks_says_minus_one_for_an_unknown_speed() -> None:
    message = json.loads(owntracks.location("d1", BARE))
    assert (message["vel"], message["cog"]) == (-1, -1)
    assert "batt" not in message


@pytest.mark.parametrize("course", [0.0, 359.4, 359.9])
def test_owntracks_keeps_its_course_below_a_full_turn(course: float) -> None:
    assert 0 <= json.loads(owntracks.location("d1", sample(course=course)))["cog"] < 360


def test_basic_authorization_is_device_and_token() -> None:
    value = owntracks.basic_authorization("device", "t:oken")
    assert base64.b64decode(value.removeprefix("Basic ")) == b"device:t:oken"


def test_overland_sends_features_with_its_own_names() -> None:
    (feature,) = json.loads(overland.batch("d", [sample()]))["locations"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [71.4305678, 51.1284567]}
    published = {
        "timestamp",
        "altitude",
        "speed",
        "horizontal_accuracy",
        "vertical_accuracy",
        "motion",
        "battery_state",
        "battery_level",
        "device_id",
        "wifi",
    }
    assert published <= feature["properties"].keys()
    assert feature["properties"]["battery_level"] == 0.81


def test_overland_says_minus_one_for_unknown() -> None:
    (feature,) = json.loads(overland.batch("d", [BARE]))["locations"]
    assert (feature["properties"]["speed"], feature["properties"]["course"]) == (-1, -1)


def test_gpslogger_fills_its_parameters() -> None:
    said = pairs(gpslogger.query("d", sample(), "t"))
    assert (said["lat"], said["spd"], said["dir"], said["batt"]) == ("51.1284567", "1.25", "87.4", "81")
    assert (said["timestamp"], said["time"]) == ("1700000000", "2023-11-14T22:13:20.123Z")
    assert pairs(gpslogger.query("d", BARE))["spd"] == ""
