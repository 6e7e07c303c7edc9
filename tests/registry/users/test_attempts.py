from __future__ import annotations

from registry.users.attempts import Attempts


def test_after_too_many_attempts_a_key_waits_until_the_first_is_forgotten() -> None:
    attempts = Attempts(most=3, window_s=60)
    assert [attempts.begin("k", now_s) for now_s in (0, 10, 20)] == [0, 0, 0]
    assert attempts.begin("k", 30) == 30
    assert attempts.begin("k", 59) == 1
    assert attempts.begin("k", 61) == 0
    assert attempts.begin("k", 62) == 8


def test_keys_do_not_wait_for_each_other() -> None:
    attempts = Attempts(most=1)
    assert attempts.begin("a", 0) == 0
    assert attempts.begin("b", 0) == 0
    assert attempts.begin("a", 0) > 0


def test_a_forgiven_attempt_does_not_forgive_those_before_it() -> None:
    attempts = Attempts(most=2)
    attempts.begin("k", 0)
    attempts.begin("k", 1)
    attempts.forgive("k")
    assert attempts.begin("k", 2) == 0
    assert attempts.begin("k", 3) > 0


def test_forgiving_who_never_tried_does_nothing() -> None:
    Attempts(most=1).forgive("nobody")


def test_the_map_is_bounded_and_the_longest_quiet_key_goes_first() -> None:
    attempts = Attempts(most=1, keys=2)
    attempts.begin("old", 0)
    attempts.begin("kept", 1)
    attempts.begin("old", 2)  # refused, and heard of again
    attempts.begin("new", 3)
    assert attempts.begin("old", 4) > 0
    assert attempts.begin("kept", 4) == 0
