"""Writes into the database: one connection, used from one thread at a time, one transaction a write.

The common way is COPY straight into `positions`. Rows that may be there already go through a staging table: what is new
is inserted, what is identical is fine, and what differs from the stored fix of the same device and instant is kept in
`refused_fixes`. A write that meets the unique index unexpectedly goes that way as a whole; so does one of two processes
that deadlock over fixes of the same devices. A write that the database refuses for its data is halved until the bad row
stands alone; that row is refused with the database's reason.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import psycopg
from psycopg import Connection

from tracker.history.last_known import upsert_last_known
from tracker.history.partitions import ensure_days, is_partitioned
from tracker.history.position_rows import copy_positions, stage_positions
from tracker.history.side_rows import insert_crossings, insert_refused, note_late_hours
from tracker.history.write import Write
from tracker.model.batch import instant
from tracker.model.live_row import LiveRows
from tracker.model.refusal import Refusal

__all__ = ["DatabaseAway", "HistoryStore"]

_log = logging.getLogger(__name__)

_DAY_US = 86_400_000_000
_LATE = (
    """SELECT name FROM unnest(ARRAY['late_hours', 'coverage_changes']) AS name WHERE to_regclass(name) IS NOT NULL"""
)
_MOST_DAYS = 4_000  # known days are remembered; ten years of archive


class DatabaseAway(Exception):
    """The database cannot be reached or does not take writes now. Whether the write committed is not known."""


class HistoryStore:
    """Connects when it is first needed, and anew after the connection was lost."""

    def __init__(self, url: str, *, now: Callable[[], int], prepare_after: int | None = 5) -> None:
        """now: microseconds UTC. prepare_after: None where the server shares one session between connections."""
        self._url = url
        self._now = now
        self._prepare_after = prepare_after
        self._connection: Connection | None = None
        self._partitioned = False
        self._late: list[str] = []
        self._days: set[int] = set()

    def write(self, write: Write, *, again: bool = False) -> npt.NDArray[np.int8]:
        """Store it; a Refusal code a position: NONE, CONFLICT, or UNSTORABLE where the database refuses a value.

        again: it may have committed before; nothing is doubled. Raises DatabaseAway.
        """
        try:
            return self._write(self._connected(), write, again)
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            return self._halve(write, again, error)
        except psycopg.Error as error:
            self.close()
            raise DatabaseAway(str(error)) from error

    def checkpoint(self, rows: LiveRows) -> None:
        """Make these the last known positions where they are newer. Raises DatabaseAway."""
        try:
            upsert_last_known(self._connected(), rows)
        except psycopg.Error as error:
            self.close()
            raise DatabaseAway(str(error)) from error

    def close(self) -> None:
        """Close the connection; the next call opens a new one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._days.clear()

    def _connected(self) -> Connection:
        if self._connection is None or self._connection.closed:
            connection = psycopg.connect(
                self._url, autocommit=True, prepare_threshold=self._prepare_after, connect_timeout=3,
                application_name="gridwarden history", keepalives_idle=5, keepalives_interval=2,
                keepalives_count=3, tcp_user_timeout=10_000,
            )  # fmt: skip
            self._connection = connection
            connection.execute("SET TIME ZONE 'UTC'")
            self._partitioned = is_partitioned(connection)
            cursor = connection.execute(_LATE)
            self._late = [name for (name,) in cursor.fetchall()]
        return self._connection

    def _write(self, connection: Connection, write: Write, again: bool) -> npt.NDArray[np.int8]:
        self._ensure_days(connection, write)
        try:
            return self._transaction(connection, write, again)
        except (psycopg.errors.UniqueViolation, psycopg.errors.DeadlockDetected):
            return self._transaction(connection, replace(write, doubtful=np.ones(len(write), np.bool_)), again=True)
        except psycopg.errors.CheckViolation:  # retention dropped the day meanwhile
            self._days.clear()
            self._ensure_days(connection, write)
            return self._transaction(connection, write, again)

    def _transaction(self, connection: Connection, write: Write, again: bool) -> npt.NDArray[np.int8]:
        verdicts = np.zeros(len(write), np.int8)
        refused = list(write.refused)
        with connection.transaction():
            certain = np.flatnonzero(~write.doubtful)
            if len(certain) == len(write):
                copy_positions(connection, write)
            else:
                copy_positions(connection, write.take(certain))
                differing = stage_positions(connection, write, np.flatnonzero(write.doubtful))
                verdicts[differing] = Refusal.CONFLICT
                refused += [write.refused_row(row, Refusal.CONFLICT.word) for row in differing.tolist()]
            insert_refused(connection, refused, again=again)
            insert_crossings(connection, write.crossings)
            note_late_hours(connection, write.columns["fix_time"], self._now(), self._late)
        return verdicts

    def _halve(self, write: Write, again: bool, error: psycopg.Error) -> npt.NDArray[np.int8]:
        """Store what can be stored of a write that the database refused."""
        if len(write) <= 1:
            return self._refuse(write, error)
        middle = len(write) // 2
        first = replace(write.take(np.arange(middle)), refused=write.refused, crossings=write.crossings)
        second = write.take(np.arange(middle, len(write)))
        return np.concatenate([self.write(first, again=again), self.write(second, again=again)])

    def _refuse(self, write: Write, error: psycopg.Error) -> npt.NDArray[np.int8]:
        reason = f"{Refusal.UNSTORABLE.word}: {str(error).partition(chr(10))[0]}"
        _log.warning("a fix cannot be stored", extra={"reason": reason})
        refused = [write.refused_row(row, reason) for row in range(len(write))]
        try:
            connection = self._connected()
            with connection.transaction():
                insert_refused(connection, [*write.refused, *refused], again=True)
                insert_crossings(connection, write.crossings)
        except psycopg.Error as failure:
            self.close()
            raise DatabaseAway(str(failure)) from failure
        return np.full(len(write), Refusal.UNSTORABLE, np.int8)

    def _ensure_days(self, connection: Connection, write: Write) -> None:
        if not self._partitioned or not len(write):
            return
        days = set(np.unique(write.columns["fix_time"] // _DAY_US).tolist())
        if missing := days - self._days:
            ensure_days(connection, [instant(day * _DAY_US).date() for day in missing])
            if len(self._days) > _MOST_DAYS:
                self._days.clear()
            self._days |= missing

    def make_ready(self, *, days_ahead: int = 1) -> None:
        """Make today's partition and those of the next days, so that midnight costs nothing. Raises DatabaseAway."""
        try:
            connection = self._connected()
            if self._partitioned:
                today = instant(self._now()).date()
                ensure_days(connection, [today + timedelta(days=ahead) for ahead in range(days_ahead + 1)])
        except psycopg.Error as error:
            self.close()
            raise DatabaseAway(str(error)) from error
