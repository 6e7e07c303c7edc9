"""Sealing: it opens where it was sealed, with its key, unchanged, and nowhere else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Unavailable
from registry.privacy.errors import CannotOpen, CannotSeal
from registry.privacy.keys import made_or_read, read_keys
from registry.privacy.model import Number
from registry.privacy.queries import Vault
from registry.privacy.service import KEY_BYTES, Sealer

OLD, NEW = bytes(range(KEY_BYTES)), bytes(KEY_BYTES)
PLACE = "people.identity"
SEALER = Sealer({1: OLD})


@given(st.text(max_size=40))
def test_what_is_sealed_opens_again_and_is_not_to_be_read(text: str) -> None:
    sealed = SEALER.seal(text, PLACE)
    assert SEALER.open(sealed, PLACE) == text
    assert sealed != SEALER.seal(text, PLACE)
    assert len(text) < 3 or text.encode() not in sealed


@given(st.integers(0, 60), st.integers(1, 255))
def test_a_changed_bit_does_not_open(at: int, flip: int) -> None:
    sealed = bytearray(SEALER.seal("350102199001011234", PLACE))
    sealed[at % len(sealed)] ^= flip
    with pytest.raises(CannotOpen):
        SEALER.open(bytes(sealed), PLACE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", bytes(13), b"\x01" + bytes(28)])
def test_what_nobody_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        SEALER.open(sealed, PLACE)


def test_a_value_carried_into_another_column_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        SEALER.open(SEALER.seal("1", PLACE), "people.telephone")


def test_an_added_key_seals_and_the_old_one_still_opens() -> None:
    both = Sealer({1: OLD, 2: NEW})
    assert both.open(SEALER.seal("1", PLACE), PLACE) == "1"
    assert both.seal("1", PLACE)[0] == 2
    assert both.blind(Number.IDENTITY, "1") == SEALER.blind(Number.IDENTITY, "1")


def test_the_blind_index_differs_by_kind_and_key() -> None:
    assert len({
        SEALER.blind(Number.IDENTITY, "1"), SEALER.blind(Number.TELEPHONE, "1"), SEALER.blind(Number.IDENTITY, "2"),
        Sealer({1: NEW}).blind(Number.IDENTITY, "1"),
    }) == 4  # fmt: skip


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret.key"
    keys = made_or_read(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert made_or_read(path) == keys
    assert [one.name for one in path.parent.iterdir()] == ["secret.key"]


@pytest.mark.parametrize(
    "text", ["", "# note\n", "1 beef\n", f"0 {'00' * 32}\n", f"1 {'00' * 32}\n1 {'11' * 32}\n", "x"]
)
def test_a_damaged_key_file_is_refused_and_not_replaced(tmp_path: Path, text: str) -> None:
    path = tmp_path / "secret.key"
    path.write_text(text)
    with pytest.raises(CannotSeal):
        made_or_read(path)
    assert path.read_text() == text


async def test_a_server_with_another_key_seals_nothing(pool: AsyncConnectionPool) -> None:
    first = Vault(pool, SEALER)
    sealed = (await first.sealer()).seal("1", PLACE)
    other = Vault(pool, Sealer({1: NEW}))
    with pytest.raises(Unavailable, match="not the one"):
        await other.sealer()
    assert other.opened(sealed, PLACE) is None
    assert first.opened(sealed, PLACE) == "1"
    assert await Vault(pool, SEALER).blind(Number.IDENTITY, "1") == SEALER.blind(Number.IDENTITY, "1")


async def test_a_server_without_a_key_says_so(pool: AsyncConnectionPool) -> None:
    with pytest.raises(Unavailable, match="damaged"):
        await Vault(pool, None, "the file is damaged").sealer()
    assert Vault(pool, None).opened(b"", PLACE) is None


def test_reading_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_keys(tmp_path / "secret.key")
