from __future__ import annotations

import gpxpy
import gpxpy.gpx
import pytest

from simulators.fleet.reports import Sample
from simulators.logs.errors import BadLog
from simulators.logs.gpx import read_gpx

HEAD = '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1" xmlns:x="urn:x">'


def track(points: str) -> bytes:
    return f"{HEAD}<trk><trkseg>{points}</trkseg></trk></gpx>".encode()


def point(inside: str = "", time: str = "2026-11-24T01:02:03Z") -> str:
    return f'<trkpt lat="26.5" lon="119.25">{inside}<time>{time}</time></trkpt>'


def test_a_point_has_what_the_file_says() -> None:
    inner = "<x:speed>1.5</x:speed><x:course>90</x:course>"
    extensions = f"<extensions><x:TrackPointExtension>{inner}</x:TrackPointExtension></extensions>"
    (sample,) = read_gpx(track(point(f"<ele>12.5</ele><hdop>0.9</hdop>{extensions}")))
    assert sample == Sample(1_795_482_123_000, 26.5, 119.25, speed=1.5, course=90.0, altitude=12.5, hdop=0.9)


def test_gpx_1_0_says_its_speed_at_the_point() -> None:
    (sample,) = read_gpx(b"<gpx><trk><trkseg>" + point("<speed>2</speed>").encode() + b"</trkseg></trk></gpx>")
    assert sample.speed == 2.0


def test_points_of_all_segments_come_in_order_and_those_without_a_time_are_left_out() -> None:
    timeless = '<trkpt lat="1" lon="1"><ele>3</ele></trkpt>'
    waypoint = '<wpt lat="1" lon="1"><time>2026-11-24T01:02:00Z</time></wpt>'
    first, second = point(time="2026-11-24T01:02:03Z"), point(time="2026-11-24T01:02:04.5Z")
    document = f"{HEAD}{waypoint}<trk><trkseg>{first}{timeless}</trkseg><trkseg>{second}</trkseg></trk></gpx>"
    assert [sample.time_ms % 10_000 for sample in read_gpx(document.encode())] == [3_000, 4_500]


def test_an_independent_writer_is_understood() -> None:
    document = gpxpy.gpx.GPX()
    segment = gpxpy.gpx.GPXTrackSegment()
    document.tracks.append(gpxpy.gpx.GPXTrack())
    document.tracks[0].segments.append(segment)
    reread = gpxpy.parse(track(point("<ele>5</ele>")))
    segment.points += reread.tracks[0].segments[0].points
    (sample,) = read_gpx(document.to_xml().encode())
    assert (sample.latitude, sample.longitude, sample.altitude) == (26.5, 119.25, 5.0)


def test_a_document_type_is_refused_before_its_entities_are_read() -> None:
    bomb = b'<!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><gpx>&b;</gpx>'
    with pytest.raises(BadLog, match="no document type"):
        read_gpx(bomb)


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        (b"no xml", "not XML"),
        (b"<gpx>", "not XML"),
        (b"", "not XML"),
        (track(""), "no track point with a time"),
        (track('<trkpt lat="x" lon="1"><time>2026-11-24T01:02:03Z</time></trkpt>'), "lat: 'x' is not a number"),
        (track('<trkpt lon="1"><time>2026-11-24T01:02:03Z</time></trkpt>'), "lat: '' is not a number"),
        (track(point(time="yesterday")), "time: 'yesterday'"),
        (track(point("<ele>nan</ele>")), "ele: 'nan' is not a number"),
    ],
)
def test_what_cannot_be_replayed_is_refused(document: bytes, fault: str) -> None:
    with pytest.raises(BadLog, match=fault):
        read_gpx(document)
