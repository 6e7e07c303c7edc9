"""SQL of opinions, surveys and their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from subsites.record.desk import Subject, page_of, rows_of
from subsites.record.model import Told

__all__ = ["OPINION", "SURVEY", "OpinionStore", "as_json"]

OPINION = Subject(
    table="opinions", prefix="OP", word="opinion",
    told="""x.state, x.topic, x.title, x.body, x.language, x.moderator, x.answer, x.answered_by, x.reason, x.voices,
            x.created_at, x.published_at, x.ended_at""",
)  # fmt: skip

SURVEY = Subject(
    table="surveys", prefix="SV", word="survey",
    told="""x.state, x.title_en, x.title_zh, x.about_en, x.about_zh, x.questions, x.conclusion, x.closes_at,
            x.created_at, x.ended_at, (SELECT count(*) FROM survey_answers WHERE survey = x.key) AS answers""",
)  # fmt: skip


def as_json(value: Any) -> Jsonb:
    """As a column of JSON takes it."""
    return Jsonb(value)


class OpinionStore:
    """Over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, scope: int, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """Opinions, the newest first; filters: state, topic, organisation (id, its subtree), open, q."""
        asked = """(%(state)s::text IS NULL OR x.state = %(state)s) AND (%(topic)s::text IS NULL OR x.topic = %(topic)s)
                   AND (%(q)s::text IS NULL OR x.id = %(q)s
                        OR position(lower(%(q)s) IN lower(x.title || ' ' || x.body)) > 0)"""
        return await page_of(self._connection, OPINION, scope, filters, asked, before=before, limit=limit)

    async def public_page(self, *, before: int, limit: int, topic: str | None) -> list[Told]:
        """What anybody reads, the newest first."""
        return await rows_of(
            self._connection, OPINION,
            """x.state IN ('published', 'answered') AND (%(before)s = 0 OR x.key < %(before)s)
               AND (%(topic)s::text IS NULL OR x.topic = %(topic)s) ORDER BY x.key DESC LIMIT %(limit)s""",
            {"before": before, "limit": limit, "topic": topic},
        )  # fmt: skip

    async def waiting(self, organisation: int) -> int:
        """Opinions of an organisation (key) that nobody has read."""
        return await self._count("opinions WHERE organisation = %s AND state = 'received'", organisation)

    async def voice(self, opinion: str, voter: bytes) -> int | None:
        """Somebody says the same, counted once; how many do. None where the public reads no such opinion."""
        cursor = await self._connection.execute(
            "SELECT key FROM opinions WHERE id = %s AND state IN ('published', 'answered') FOR UPDATE", (opinion,)
        )
        row = await cursor.fetchone()
        if row is None:
            return None
        added = await self._connection.execute(
            "INSERT INTO opinion_voices (opinion, voter) VALUES (%s, %s) ON CONFLICT DO NOTHING", (row[0], voter)
        )
        cursor = await self._connection.execute(
            "UPDATE opinions SET voices = voices + %s WHERE key = %s RETURNING voices", (added.rowcount, row[0])
        )
        counted = await cursor.fetchone()
        assert counted is not None
        return int(counted[0])

    async def surveys(self, scope: int, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """Surveys, the newest first; filters: state, organisation (id, its subtree), open, q."""
        asked = """(%(state)s::text IS NULL OR x.state = %(state)s) AND (%(q)s::text IS NULL OR x.id = %(q)s
                   OR position(lower(%(q)s) IN lower(x.title_en || ' ' || x.title_zh)) > 0)"""
        return await page_of(self._connection, SURVEY, scope, filters, asked, before=before, limit=limit)

    async def public_surveys(self) -> list[Told]:
        """Those open, then those that closed last, 50 at most."""
        where = "x.state IN ('open', 'closed') ORDER BY x.state = 'closed', x.ended_at DESC, x.key DESC LIMIT 50"
        return await rows_of(self._connection, SURVEY, where, {})

    async def public_survey(self, survey: str) -> Told | None:
        """One that anybody reads."""
        found = await rows_of(
            self._connection, SURVEY, "x.id = %(id)s AND x.state IN ('open', 'closed')", {"id": survey}
        )
        return found[0] if found else None

    async def answer(self, survey: int, voter: bytes, answers: Mapping[str, Any], at: datetime) -> bool:
        """Store answers to a survey (key); False where this voter has answered."""
        cursor = await self._connection.execute(
            """INSERT INTO survey_answers (survey, voter, at, answers) VALUES (%s, %s, %s, %s)
               ON CONFLICT (survey, voter) DO NOTHING""",
            (survey, voter, at, Jsonb(dict(answers))),
        )
        return cursor.rowcount == 1

    async def results(self, survey: int, questions: Sequence[str]) -> dict[str, dict[str, int]]:
        """Counts by question (codes) and what was chosen."""
        rows = await self._rows(
            """SELECT e.key AS question, v.value, count(*) AS n FROM survey_answers a
               CROSS JOIN LATERAL jsonb_each(a.answers) e
               CROSS JOIN LATERAL jsonb_array_elements_text(
                   CASE jsonb_typeof(e.value) WHEN 'array' THEN e.value ELSE jsonb_build_array(e.value) END) v (value)
               WHERE a.survey = %(survey)s AND e.key = ANY(%(questions)s) GROUP BY 1, 2""",
            {"survey": survey, "questions": list(questions)},
        )
        return {code: {row["value"]: row["n"] for row in rows if row["question"] == code} for code in questions}

    async def words(self, survey: int, questions: Sequence[str]) -> dict[str, list[str]]:
        """The newest hundred answers in words, by question (code)."""
        rows = await self._rows(
            """SELECT q.code, w.words FROM unnest(%(questions)s::text[]) q (code) CROSS JOIN LATERAL (
                   SELECT answers ->> q.code AS words FROM survey_answers
                   WHERE survey = %(survey)s AND answers ? q.code ORDER BY key DESC LIMIT 100) w""",
            {"survey": survey, "questions": list(questions)},
        )
        return {code: [row["words"] for row in rows if row["code"] == code] for code in questions}

    async def _count(self, what: str, value: Any) -> int:
        cursor = await self._connection.execute(f"SELECT count(*) FROM {what}".encode(), (value,))
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    async def _rows(self, query: str, values: Mapping[str, Any]) -> list[Told]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), dict(values))
            return await cursor.fetchall()
