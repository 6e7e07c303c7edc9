"""The signature, checked by what an operator would run, and the pace of the tries."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta

from dispatch.phones.model import MOST_ATTEMPTS, next_try, signature

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_the_signature_is_what_openssl_makes_of_time_and_body() -> None:
    body = '{"name": "安娜"}'.encode()
    done = subprocess.run(
        ["openssl", "dgst", "-sha256", "-hmac", "a secret of sixteen"],
        input=f"{int(AT.timestamp())}.".encode() + body, capture_output=True, check=True,
    )  # fmt: skip
    expected = done.stdout.decode().split("= ")[1].strip()
    assert signature("a secret of sixteen", AT, body) == f"t={int(AT.timestamp())},v1={expected}"


def test_tries_are_ever_rarer_up_to_ten_minutes_and_outlast_an_answer() -> None:
    pauses = [next_try(attempt, AT) - AT for attempt in range(1, MOST_ATTEMPTS + 1)]
    assert pauses == sorted(pauses)
    assert pauses[0] > timedelta(seconds=10)
    assert pauses[-1] == timedelta(minutes=10)
