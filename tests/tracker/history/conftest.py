"""History on each of the three databases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.databases.fresh import Databases
from tests.tracker.history.outcomes import NOON
from tracker.history.spool import Spool
from tracker.history.store import HistoryStore
from tracker.history.writer import HistoryWriter


@pytest.fixture
def any_url(any_databases: Databases) -> Iterator[str]:
    """A fresh, migrated database on each server in turn."""
    with any_databases.fresh() as url:
        yield url


@pytest.fixture
def store(any_databases: Databases, any_url: str) -> Iterator[HistoryStore]:
    opened = HistoryStore(any_url, now=lambda: NOON, prepare_after=None if any_databases.shares_one_session else 5)
    yield opened
    opened.close()


@pytest.fixture
async def writer(store: HistoryStore, tmp_path: Path) -> AsyncIterator[HistoryWriter]:
    async with HistoryWriter(store, Spool(tmp_path / "spool", limit=1 << 24)) as opened:
        yield opened


@pytest.fixture
async def connection(any_url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    """For the test's own queries, in autocommit."""
    async with await psycopg.AsyncConnection.connect(any_url, autocommit=True, prepare_threshold=None) as opened:
        yield opened
