from __future__ import annotations

import pynmea2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.encoders.nmea import gga, gll, rmc, zda
from simulators.logs.errors import BadLog
from simulators.logs.nmea_log import moved, read_nmea
from tests.simulators.samples import NOON_MS, sample


def at(seconds: float) -> int:
    return NOON_MS + round(seconds * 1000)


def test_sentences_of_one_time_are_one_epoch() -> None:
    stream = b"".join(
        encode(sample(time_ms=at(second))) for second in (0, 1) for encode in (gga, lambda s: rmc(s), gll)
    )
    log = read_nmea(stream)
    assert [epoch.time_ms for epoch in log.epochs] == [at(0), at(1)]
    assert [len(epoch.lines) for epoch in log.epochs] == [3, 3]


def test_the_stream_is_kept_byte_for_byte_without_its_header() -> None:
    stream = b"garbage\xff\n" + rmc(sample()) + b"$GPGSV,1,1,00*79\r\n" + rmc(sample(time_ms=at(1))) + b"$GPR"
    log = read_nmea(b"# header\n" + stream)
    assert b"".join(line for epoch in log.epochs for line in epoch.lines) == stream


def test_a_time_of_day_before_any_date_is_of_the_day_that_follows() -> None:
    log = read_nmea(gga(sample(time_ms=at(0))) + rmc(sample(time_ms=at(1))))
    assert [epoch.time_ms for epoch in log.epochs] == [at(0), at(1)]


def test_time_goes_on_over_midnight() -> None:
    before = 1_700_006_399_000  # 23:59:59
    stream = rmc(sample(time_ms=before)) + gga(sample(time_ms=before + 1000)) + gga(sample(time_ms=before + 2000))
    assert [epoch.time_ms for epoch in read_nmea(stream).epochs] == [before, before + 1000, before + 2000]


def test_zda_tells_the_date_too() -> None:
    assert read_nmea(zda(sample())).epochs[0].time_ms == NOON_MS


@pytest.mark.parametrize("day", [b"20102010201020102010", b"1" * 5_000])
def test_a_date_of_more_digits_than_a_date_has_is_none(day: bytes) -> None:
    stream = b"$GPZDA,120000.00,%s,11,2026,00,00*41\r\n" % day + zda(sample())
    assert read_nmea(stream).epochs[-1].time_ms == NOON_MS


def test_a_log_without_any_date_still_has_its_pace() -> None:
    log = read_nmea(gga(sample(time_ms=at(0))) + gga(sample(time_ms=at(2.5))))
    assert log.epochs[1].time_ms - log.epochs[0].time_ms == 2500


def test_years_of_two_digits_are_near() -> None:
    line = b"$GPRMC,225446,A,4916.45,N,12311.12,W,000.5,054.7,191194,020.3,E*68\r\n"
    assert read_nmea(line).epochs[0].time_ms == 785_285_686_000  # 1994


@pytest.mark.parametrize("stream", [b"", b"# only a header\n", b"$GPGSV,1,1,00*79\r\n", b"$GPRMC,,V,,,,,,,,,,N*53\r\n"])
def test_a_log_without_any_time_is_refused(stream: bytes) -> None:
    with pytest.raises(BadLog, match="no NMEA sentence with a time"):
        read_nmea(stream)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(stream: bytes) -> None:
    try:
        log = read_nmea(stream)
    except BadLog:
        return
    for epoch in log.epochs:
        moved(epoch, NOON_MS)


def test_a_moved_epoch_has_new_times_and_right_checksums_and_the_same_places() -> None:
    (epoch,) = read_nmea(gga(sample()) + rmc(sample()) + gll(sample()) + zda(sample())).epochs
    now_ms = 1_795_482_123_456
    for before, after in zip(epoch.lines, moved(epoch, now_ms).lines, strict=True):
        old, new = (pynmea2.parse(line.decode(), check=True) for line in (before, after))
        assert f"{new.timestamp:%H:%M:%S.%f}" == "01:02:03.456000"
        if new.sentence_type == "RMC":
            assert f"{new.datestamp:%Y-%m-%d}" == "2026-11-24"
        if new.sentence_type == "ZDA":
            assert (new.day, new.month, new.year) == (24, 11, 2026)
        else:
            assert (new.latitude, new.longitude) == (old.latitude, old.longitude)


def test_lines_without_a_time_or_a_checksum_are_moved_as_they_are() -> None:
    others = b"$GPGSV,1,1,00*79\r\n$GPGGA,010203,,,,,0,,,,M,,M,,\r\nnoise\xff\n"
    (epoch,) = read_nmea(rmc(sample(time_ms=1_795_482_123_000)) + others).epochs
    assert b"".join(moved(epoch, NOON_MS).lines[1:]) == others


def test_who_stands_before_a_sentence_stays_there() -> None:
    (epoch,) = read_nmea(b"352625333222111" + rmc(sample())).epochs
    assert moved(epoch, NOON_MS).lines[0].startswith(b"352625333222111$GNRMC,")
