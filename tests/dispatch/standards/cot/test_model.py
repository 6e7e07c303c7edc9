"""Events as TAK reads them: attributes of the schema, units, unknown figures, strangers' texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.standards.cot.model import (
    OpenIncident,
    SeenMember,
    Target,
    incident_event,
    member_event,
    target_of,
)

NOW = datetime(2026, 11, 25, 12, 0, 5, 250_000, tzinfo=UTC)
ANNA = SeenMember(
    id="anna", name="Anna", post="grid leader", latitude=26.005, longitude=119.305, speed=1.5, course=90.0,
    accuracy=24.477, battery=0.5, fix_time=NOW - timedelta(seconds=5), stale_at=NOW + timedelta(seconds=55),
)  # fmt: skip
COVER = OpenIncident(
    id="I-7", kind="Manhole cover", priority=1, state="accepted", latitude=26.0, longitude=-119.3, address="Main St 1",
    description="missing", reported_at=NOW - timedelta(hours=1),
)  # fmt: skip


def part(event: ElementTree.Element, path: str) -> ElementTree.Element:
    found = event.find(path)
    assert found is not None, path
    return found


def test_a_member_is_a_friend_on_the_ground_seen_by_gps() -> None:
    event = ElementTree.fromstring(member_event(ANNA, NOW))
    assert event.attrib == {
        "version": "2.0", "uid": "gridwarden.member.anna", "type": "a-f-G-U-C", "how": "m-g",
        "time": "2026-11-25T12:00:05.250Z", "start": "2026-11-25T12:00:00.250Z", "stale": "2026-11-25T12:01:00.250Z",
    }  # fmt: skip
    assert part(event, "point").attrib == {
        "lat": "26.0050000", "lon": "119.3050000", "hae": "9999999.0", "ce": "10.0", "le": "9999999.0"
    }  # fmt: skip
    assert part(event, "detail/contact").get("callsign") == "Anna"
    assert part(event, "detail/track").attrib == {"course": "90.0", "speed": "1.50"}
    assert part(event, "detail/status").get("battery") == "50"
    assert part(event, "detail/remarks").text == "grid leader"


def test_what_is_not_known_is_not_told() -> None:
    unknown = replace(ANNA, speed=None, course=None, accuracy=None, battery=None, post=None)
    event = ElementTree.fromstring(member_event(unknown, NOW))
    assert part(event, "point").get("ce") == "9999999.0"
    assert [child.tag for child in part(event, "detail")] == ["contact"]


def test_an_incident_is_a_spot_that_goes_stale_unless_it_is_told_again() -> None:
    event = ElementTree.fromstring(incident_event(COVER, NOW))
    assert (event.get("uid"), event.get("type")) == ("gridwarden.incident.I-7", "b-m-p-s-m")
    assert (event.get("start"), event.get("stale")) == ("2026-11-25T11:00:05.250Z", "2026-11-25T12:01:05.250Z")
    assert part(event, "detail/contact").get("callsign") == "I-7 Manhole cover"
    assert part(event, "detail/color").get("argb") == "-65536"
    assert part(event, "detail/remarks").text == "priority 1, accepted, Main St 1, missing"


@given(st.text(max_size=400), st.text(max_size=400))
def test_whatever_people_write_is_one_small_well_formed_event(name: str, text: str) -> None:
    for line in (
        member_event(replace(ANNA, id=name[:128], name=name, post=text), NOW),
        incident_event(replace(COVER, kind=name, description=text, address=text), NOW),
    ):
        assert ElementTree.fromstring(line).tag == "event"
        assert line.count(b"</event>") == 1
        assert len(line) < 8_192


def test_targets_are_a_transport_a_host_and_a_port() -> None:
    assert target_of("tcp://tak.example:8087") == Target("tcp", "tak.example", 8087)
    assert target_of("udp://239.2.3.1:6969") == Target("udp", "239.2.3.1", 6969)
    assert target_of("") is None


@pytest.mark.parametrize(
    "text", ["tak.example:8087", "http://h:1", "tcp://h", "tcp://:1", "tcp://h:99999", "tcp://a..b:1"]
)
def test_what_is_no_target_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        target_of(text)
