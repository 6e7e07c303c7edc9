"""How long a clip lasts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.intercom.model import MEDIA_TYPES, clip_seconds
from tests.dispatch.intercom.clips import ogg, wav, webm


@pytest.mark.parametrize(
    ("data", "media_type", "seconds"),
    [
        (wav(1.5), "audio/wav", 1.5), (ogg(2.25), "audio/ogg", 2.25), (webm(), "audio/webm", None),
        (wav(1.5)[:20], "audio/wav", None), (ogg(1)[:60], "audio/ogg", None), (b"OggS", "audio/ogg", None),
    ],
)  # fmt: skip
def test_what_the_file_says(data: bytes, media_type: str, seconds: float | None) -> None:
    assert clip_seconds(data, media_type) == seconds


@given(st.binary(max_size=300), st.sampled_from(MEDIA_TYPES), st.sampled_from([b"", wav(0.1), ogg(1)]))
def test_no_bytes_make_it_fail(data: bytes, media_type: str, before: bytes) -> None:
    clip_seconds(before + data, media_type)
    clip_seconds(data + before, media_type)
