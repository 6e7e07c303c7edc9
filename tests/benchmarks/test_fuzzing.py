"""The fuzzing: what inputs are made of, that every decoder holds, and that one that does not is found."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.faults.fuzz.blind import fuzzed
from benchmarks.faults.fuzz.changes import bytes_changed, json_changed
from benchmarks.faults.fuzz.decoders import DECODERS, Decoder, decoder_of

OURS = [one for one in DECODERS if one.inputs >= 40_000]  # others take a millisecond and more
MESSAGE = b'{"fixes": [{"latitude": 26.1, "id": "a"}, [1, 2, null]], "type": "fixes"}'


@cache
def messages_of(decoder: Decoder) -> list[bytes]:
    return list(decoder.first())


def folder_of(path: Path, decoder: Decoder) -> Path:
    for name in ("corpus", "found"):
        (path / name).mkdir()
    for number, data in enumerate(decoder.first()):
        (path / "corpus" / f"{number:05}").write_bytes(data[: decoder.longest])
    return path


@pytest.mark.parametrize("decoder", DECODERS, ids=lambda decoder: decoder.name)
def test_what_inputs_are_made_of_is_taken_or_refused_by_its_decoder_and_not_all_of_it(decoder: Decoder) -> None:
    taken = 0
    for data in decoder.first():
        try:
            decoder.read(data[: decoder.longest])
        except decoder.refusals:
            continue
        taken += 1
    assert taken


@pytest.mark.parametrize("decoder", OURS, ids=lambda decoder: decoder.name)
@settings(deadline=None)
@given(data=st.data())
def test_whatever_comes_of_a_real_message_is_taken_or_refused_in_the_decoder_s_own_words(
    decoder: Decoder, data: st.DataObject
) -> None:
    message = data.draw(st.sampled_from(messages_of(decoder))) + data.draw(st.binary(max_size=8))
    at = data.draw(st.integers(0, len(message)))
    changed = message[:at] + data.draw(st.binary(max_size=8)) + message[at + data.draw(st.integers(0, 8)) :]
    try:
        decoder.read(changed[: decoder.longest])
    except decoder.refusals:
        return


@given(st.binary(max_size=40), st.binary(max_size=40), st.integers(0, 60), st.integers())
def test_an_input_never_grows_beyond_its_bound_and_is_made_alike_by_one_seed(
    data: bytes, other: bytes, most: int, seed: int
) -> None:
    made = [bytes_changed(data, [other], most, random.Random(seed)) for _ in range(2)]
    assert made[0] == made[1]
    assert len(made[0]) <= most


@given(st.integers())
def test_json_changed_as_a_value_is_json_but_for_what_no_value_writes(seed: int) -> None:
    changed = json_changed(MESSAGE, 10_000, random.Random(seed))
    assert changed is not None
    if not any(raw in changed for raw in (b"NaN", b"Infinity", b"1e999", b"1111", b"\\ud800", b"[[[[")):
        json.loads(changed)


def test_what_is_no_json_is_left_to_be_changed_as_bytes() -> None:
    assert json_changed(b"$GPRMC", 100, random.Random(1)) is None


def test_an_error_of_another_kind_ends_it_and_leaves_the_input(tmp_path: Path) -> None:
    def fragile(data: bytes) -> object:
        return 1 / (len(data) % 7)

    broken = replace(decoder_of("OsmAnd"), read=fragile)
    with pytest.raises(ZeroDivisionError):
        fuzzed(broken, 1_000, 1, folder_of(tmp_path, broken))
    assert len((tmp_path / "found" / "blind").read_bytes()) % 7 == 0


def test_refusals_are_counted(tmp_path: Path) -> None:
    decoder = decoder_of("own JSON")
    told = fuzzed(decoder, 50, 1, folder_of(tmp_path, decoder))
    assert 0 < told["refused"] < 50
    assert not list((tmp_path / "found").iterdir())
