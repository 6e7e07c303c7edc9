"""Which URLs may be posted to, how a delivery is signed, how often it is tried."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatch.webhooks.model import MOST_ATTEMPTS, fault_of_url, pause_after, signature


@pytest.mark.parametrize(
    ("url", "public", "private"),
    [
        ("https://example.com/hook", True, True),
        ("http://8.8.8.8:8080/", True, True),
        ("http://127.0.0.1/", False, True),
        ("http://10.0.0.7/", False, True),
        ("http://[::1]/", False, True),
        ("http://169.254.169.254/latest/meta-data", False, True),
        ("http://localhost/", False, True),
        ("http://db.internal/", False, True),
        ("ftp://example.com/", False, False),
        ("https://user:secret@example.com/", False, False),
        ("https:///path", False, False),
    ],
)
def test_which_urls_may_be_posted_to(url: str, public: bool, private: bool) -> None:
    assert (fault_of_url(url, private=False) is None) == public
    assert (fault_of_url(url, private=True) is None) == private


def test_a_delivery_is_signed_over_its_time_and_body() -> None:
    expected = "t=1700000000,v1=" + "0b2a9a9b"
    found = signature("secret", 1_700_000_000, b'{"a":1}')
    assert found.startswith("t=1700000000,v1=")
    assert len(found) == len(expected) - 8 + 64
    assert found != signature("secret", 1_700_000_001, b'{"a":1}')
    assert found != signature("other", 1_700_000_000, b'{"a":1}')
    assert found != signature("secret", 1_700_000_000, b'{"a":2}')


def test_the_pauses_grow_to_an_hour_and_end() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, MOST_ATTEMPTS)]
    assert pauses[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert pauses[-1] == timedelta(hours=1)
    assert pause_after(MOST_ATTEMPTS) is None
