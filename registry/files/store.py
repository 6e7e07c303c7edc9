"""SQL of attachments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from registry.files.model import Attachment

__all__ = ["AttachmentStore"]

_SHOWN = ", ".join(Attachment.model_fields)


class AttachmentStore:
    """Over one connection; the caller ends its transaction, and has asked whether the record may be seen."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, subject: str, record: int) -> None:
        """Wait until nobody else adds to the record, to the end of the transaction."""
        await self._connection.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('files of ' || %s, %s))", (subject, record)
        )

    async def count(self, subject: str, record: int) -> int:
        """How many a record has."""
        cursor = await self._connection.execute(
            "SELECT count(*) FROM attachments WHERE subject = %s AND record = %s AND ended_at IS NULL",
            (subject, record),
        )
        row = await cursor.fetchone()
        return 0 if row is None else int(row[0])

    async def add(self, attachment: Mapping[str, Any]) -> Attachment:
        """Store a row: the fields of Attachment but key and id, and the organisation's key."""
        async with self._connection.cursor(row_factory=class_row(Attachment)) as cursor:
            await cursor.execute(
                f"""INSERT INTO attachments (key, id, subject, record, organisation, sha256, name, media_type, bytes,
                                            by_name, added_at, taken_at, latitude, longitude)
                   SELECT n, 'A-' || n, %(subject)s, %(record)s, %(organisation)s, %(sha256)s, %(name)s,
                          %(media_type)s, %(bytes)s, %(by_name)s, %(added_at)s, %(taken_at)s, %(latitude)s,
                          %(longitude)s
                   FROM nextval(pg_get_serial_sequence('attachments', 'key')) AS n
                   RETURNING {_SHOWN}""".encode(),
                attachment,
            )
            row = await cursor.fetchone()
            assert row is not None
            return row

    async def of(self, subject: str, record: int, attachment: str | None = None) -> list[Attachment]:
        """Those of a record, the oldest first. attachment: only the one of that id."""
        async with self._connection.cursor(row_factory=class_row(Attachment)) as cursor:
            await cursor.execute(
                f"""SELECT {_SHOWN} FROM attachments
                   WHERE subject = %(subject)s AND record = %(record)s AND ended_at IS NULL
                     AND (%(attachment)s::text IS NULL OR id = %(attachment)s) ORDER BY key""".encode(),
                {"subject": subject, "record": record, "attachment": attachment},
            )
            return await cursor.fetchall()

    async def find(self, subject: str, record: int, attachment: str) -> Attachment | None:
        """One of a record's by its id."""
        rows = await self.of(subject, record, attachment)
        return rows[0] if rows else None

    async def end(self, key: int, now: datetime, by_name: str) -> None:
        """The one of that key is no more listed; its row and its bytes stay."""
        await self._connection.execute(
            "UPDATE attachments SET ended_at = %s, ended_by = %s WHERE key = %s", (now, by_name, key)
        )
