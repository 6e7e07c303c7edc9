from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.tracker.history.outcomes import a_batch, entered, judged
from tracker.history.write import Write, document_of
from tracker.model.batch import Extra
from tracker.model.crossing import CrossingKind
from tracker.model.refusal import Refusal


def test_a_spooled_write_is_read_back_whole() -> None:
    batch = a_batch(5, extras={2: Extra("sos", {"name": "网格"}), 4: Extra("low")})
    outcome = judged(batch, refused={3: Refusal.JUMP}, crossings=[entered(7, CrossingKind.EXIT)])
    write = Write.of(outcome, batch, np.array([9, 9, -1, 9], np.int32))
    again = Write.decode(write.encode())
    for name, values in write.columns.items():
        np.testing.assert_array_equal(again.columns[name], values)
    assert again.documents == write.documents
    assert again.refused == write.refused
    assert again.crossings == write.crossings


def test_the_event_stands_among_the_attributes() -> None:
    assert document_of(Extra("sos", {"steps": 7})) == b'{"steps":7,"event":"sos"}'


def test_documents_follow_their_rows() -> None:
    batch = a_batch(4, extras={1: Extra("a"), 3: Extra("b")})
    write = Write.of(judged(batch), batch, None)
    assert write.take(np.array([3, 0])).documents == {0: b'{"event":"b"}'}


def test_numbers_that_are_not_finite_are_unknown_in_the_record() -> None:
    batch = replace(a_batch(1), latitude=np.array([np.inf]), speed=np.array([np.nan], np.float32))
    write = Write.of(judged(batch, refused={0: Refusal.NOT_FINITE}), batch, None)
    [refused] = write.refused
    assert refused.latitude is None
    assert refused.detail == {"accuracy": 8.0, "battery": 0.5}


def test_a_batch_of_very_many_refused_fixes_keeps_the_first_thousand() -> None:
    batch = a_batch(3_000)
    write = Write.of(judged(batch, refused=dict.fromkeys(range(3_000), Refusal.FUTURE)), batch, None)
    assert len(write.refused) == 1_000
    assert len(write) == 0


def test_a_crossing_names_the_member_of_its_device() -> None:
    batch = a_batch(2)
    outcome = judged(batch, crossings=[entered(7)])
    [crossing] = Write.of(outcome, batch, np.array([5, 5], np.int32)).crossings
    assert crossing.member == 5
    assert crossing.decided_at == int(batch.received_at[-1])
