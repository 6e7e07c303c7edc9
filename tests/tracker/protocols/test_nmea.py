"""Conversations with NMEA devices: identity, epochs, recordings against gpsd."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.protocols.nmea_vectors import GPSD, sentence, stream_of, truth_of
from tracker.model.fix import Fix
from tracker.protocols.nmea import PAUSE_US, NmeaConversation, NmeaCounts

NOW = 1_795_000_000_000_000
RMC = sentence("GPRMC,100000.00,A,5107.0000,N,07124.0000,E,2.0,90.0,241126,,") + b"\r\n"
RMC_LATER = sentence("GPRMC,100001.00,A,5107.0010,N,07124.0000,E,2.0,90.0,241126,,") + b"\r\n"
GGA = sentence("GPGGA,100000.00,5107.0000,N,07124.0000,E,1,08,0.9,345.4,M,,M,,") + b"\r\n"


def known(device: str = "d1") -> NmeaConversation:
    """A conversation with a device that named itself by $PGID and was found."""
    conversation = NmeaConversation("test", NmeaCounts())
    conversation.feed(sentence(f"PGID,{device}") + b"\r\n", NOW)
    assert conversation.claim is not None
    conversation.bind(1)
    return conversation


def test_sentences_of_one_instant_are_one_fix() -> None:
    conversation = known()
    assert conversation.feed(RMC + GGA, NOW) == []
    [fix] = conversation.feed(RMC_LATER, NOW)
    assert (fix.altitude_msl, fix.hdop) == (345.4, 0.9)
    assert fix.fix_time.isoformat() == "2026-11-24T10:00:00+00:00"


def test_a_lone_rmc_is_told_when_the_stream_pauses() -> None:
    conversation = known()
    conversation.feed(RMC, NOW)
    assert conversation.due(NOW + PAUSE_US - 1) == []
    assert len(conversation.due(NOW + PAUSE_US)) == 1
    assert conversation.due(NOW + 2 * PAUSE_US) == []


def test_what_comes_late_for_an_epoch_already_told_is_left_out() -> None:
    conversation = known()
    conversation.feed(RMC, NOW)
    assert len(conversation.due(NOW + PAUSE_US)) == 1
    assert conversation.feed(GGA, NOW + PAUSE_US) == []
    assert conversation.end(NOW) == []


def test_a_void_sentence_voids_its_epoch_and_the_device_is_seen() -> None:
    conversation = known()
    void = sentence("GPRMC,100000.00,V,,,,,,,241126,,") + b"\r\n"
    assert conversation.feed(void + GGA, NOW) + conversation.end(NOW) == []
    assert conversation.void_sightings()
    assert not conversation.void_sightings()


def test_midnight_carries_the_date_on() -> None:
    conversation = known()
    before = sentence("GPRMC,235959.00,A,5107.0,N,07124.0,E,,,241126,,") + b"\r\n"
    after = sentence("GPGGA,000000.00,5107.0,N,07124.0,E,1,08,0.9,345.4,M,,M,,") + b"\r\n"
    fixes = conversation.feed(before + after, NOW) + conversation.end(NOW)
    assert [fix.fix_time.day for fix in fixes] == [24, 25]


def test_a_bad_sentence_costs_its_neighbours_nothing() -> None:
    conversation = known()
    fixes = conversation.feed(RMC + b"$GPRMC,garbage*00\r\n" + b'{"class":"VERSION"}\r\n' + RMC_LATER, NOW)
    assert len(fixes + conversation.end(NOW)) == 2
    assert conversation._counts.refused == 1
    assert conversation._counts.ignored == 1


def test_lines_behind_a_claim_wait_for_the_answer() -> None:
    conversation = NmeaConversation("test", NmeaCounts())
    assert conversation.feed(sentence("PGID,d1,secret") + b"\r\n" + RMC + RMC_LATER, NOW) == []
    assert conversation.claim is not None
    assert (conversation.claim.device_id, conversation.claim.token) == ("d1", "secret")
    assert len(conversation.bind(7)) == 1
    assert conversation.device == 7


def test_several_devices_of_one_connection_may_speak_of_the_same_second() -> None:
    conversation = known("d1")
    conversation.feed(RMC, NOW)
    assert len(conversation.feed(sentence("PGID,d2") + b"\r\n" + RMC, NOW)) == 1
    assert conversation.bind(2) == []
    assert len(conversation.end(NOW)) == 1


def test_a_strangers_sentences_are_counted_and_dropped() -> None:
    conversation = NmeaConversation("test", NmeaCounts())
    assert conversation.feed(RMC, NOW) == []
    conversation.feed(sentence("PGID,nobody") + b"\r\n" + RMC, NOW)
    conversation.refuse()
    assert conversation.feed(RMC_LATER, NOW) + conversation.end(NOW) == []
    assert conversation._counts.strangers == 3


@pytest.mark.parametrize(
    ("line", "device"),
    [
        (b"$IMEI=356823033219838", "356823033219838"),
        (b"IMEI 351467108700000", "351467108700000"),
        (b"imei:351467108700000,tracker", "351467108700000"),
        (b"$DEVID,handheld-9", "handheld-9"),
        (b"$GPFID,ID123456ABC", "ID123456ABC"),
        (b"$PSIWMDID,6Q5161694402B133*2F", "6Q5161694402B133"),
        (b"086415031C20", "086415031C20"),
        (b"handheld-9/" + RMC.strip(), "handheld-9"),
        (b"4711/022789000688081/" + RMC.strip(), "022789000688081"),
        (b"990000561287964," + RMC.strip(), "990000561287964"),
    ],
)
def test_trackers_own_forms_of_identity(line: bytes, device: str) -> None:
    conversation = NmeaConversation("test", NmeaCounts())
    conversation.feed(line + b"\r\n", NOW)
    assert conversation.claim is not None
    assert conversation.claim.device_id == device
    fixes = conversation.bind(1) + conversation.feed(RMC_LATER, NOW) + conversation.end(NOW)
    assert len(fixes) == (2 if b"$GPRMC" in line else 1)


def test_a_tracker_may_leave_the_checksum_out_and_a_receiver_may_not() -> None:
    bare = RMC.strip().rpartition(b"*")[0] + b"\r\n"
    tracker = NmeaConversation("test", NmeaCounts())
    tracker.feed(b"358244017671308\r\n", NOW)
    tracker.bind(1)
    assert len(tracker.feed(bare, NOW) + tracker.end(NOW)) == 1
    receiver = known()
    assert receiver.feed(bare, NOW) + receiver.end(NOW) == []


def fixes_of(pieces: list[bytes]) -> list[Fix]:
    conversation = known()
    fixes = [fix for piece in pieces for fix in conversation.feed(piece, NOW)]
    return fixes + conversation.end(NOW)


@pytest.mark.parametrize("name", GPSD)
def test_recordings_agree_with_gpsd_however_they_are_cut(name: str) -> None:
    data, dice = stream_of(name), random.Random(name)
    whole = fixes_of([data])
    marks = sorted(dice.sample(range(len(data)), min(60, len(data))))
    assert fixes_of([data[i : i + 1] for i in range(len(data))]) == whole
    assert fixes_of([data[a:b] for a, b in zip([0, *marks], [*marks, len(data)], strict=True)]) == whole
    places, every = truth_of(name)
    misfits = [
        fix
        for fix in whole
        if not any(
            abs(fix.latitude - latitude) <= 1e-6 and abs(fix.longitude - longitude) <= 1e-6
            for latitude, longitude in places.get(f"{fix.fix_time:%H:%M:%S}", every)
        )
    ]
    assert len(misfits) <= 1, "gpsd may leave out one at the edge of a recording"


@given(st.lists(st.binary(max_size=200), max_size=5))
def test_no_bytes_break_a_conversation(chunks: list[bytes]) -> None:
    conversation = known()
    for chunk in chunks:
        conversation.feed(chunk, NOW)
        if conversation.claim is not None:
            conversation.refuse()
    conversation.end(NOW)
