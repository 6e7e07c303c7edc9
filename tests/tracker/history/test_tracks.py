from __future__ import annotations

import struct

import numpy as np
import orjson

from tracker.history.tracks import NO_TRACK, TRACK_ROW, Track, track_from_arrays, track_to_columns, track_to_geojson

EPOCH_2000_US = 946_684_800_000_000


def a_track(*places: tuple[float, float]) -> Track:
    track = np.zeros(len(places), TRACK_ROW)
    track["fix_time"] = EPOCH_2000_US + np.arange(len(places)) * 1_500_000
    track["latitude"], track["longitude"] = zip(*places, strict=True)
    track["speed"] = np.nan
    return track


def an_array(form: str, kind: int, *values: float) -> bytes:
    """PostgreSQL's binary array of one dimension, as array_send writes it."""
    elements = b"".join(struct.pack(">i", struct.calcsize(form)) + struct.pack(form, value) for value in values)
    return struct.pack(">iiiii", 1, 0, kind, len(values), 1) + elements


def test_binary_arrays_become_rows() -> None:
    numbers = [an_array(">f", 700, float(n), float("nan")) for n in range(6)]
    arrays = [an_array(">q", 1184, 0, 7), an_array(">d", 701, 26.5, 27.5), an_array(">d", 701, 119.5, -119.5), *numbers]
    track = track_from_arrays(arrays, 2)
    assert track["fix_time"].tolist() == [EPOCH_2000_US, EPOCH_2000_US + 7]
    assert track["longitude"].tolist() == [119.5, -119.5]
    assert track["distance"][0] == 5.0
    assert np.isnan(track["speed"][1])


def test_columns_are_json_with_null_for_unknown() -> None:
    said = orjson.loads(track_to_columns(a_track((1.0, 2.0), (3.0, 4.0)), {"member": "m"}))
    assert said["time"] == ["2000-01-01T00:00:00Z", "2000-01-01T00:00:01.500000Z"]
    assert (said["member"], said["count"], said["speed"], said["longitude"]) == ("m", 2, [None, None], [2.0, 4.0])


def test_geojson_has_longitude_first() -> None:
    said = orjson.loads(track_to_geojson(a_track((1.0, 2.0), (3.0, 4.0)), {}))
    assert said["geometry"] == {"type": "LineString", "coordinates": [[2.0, 1.0], [4.0, 3.0]]}


def test_one_position_is_a_point_and_none_is_nothing() -> None:
    assert orjson.loads(track_to_geojson(a_track((1.0, 2.0)), {}))["geometry"] == {
        "type": "Point",
        "coordinates": [2.0, 1.0],
    }
    assert orjson.loads(track_to_geojson(NO_TRACK, {}))["geometry"] is None
