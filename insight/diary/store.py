"""SQL of the work diary. What people read is limited to the subtree of `scope`, an organisation's key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from insight.rows_store import Row, RowsStore
from insight.scope import SEEN
from registry.scope.queries import BELOW_ASKED

__all__ = ["DiaryStore"]

_SELECT = f"""SELECT e.key, e.id, o.id AS organisation, o.name AS organisation_name, m.id AS member,
           e.organisation AS organisation_key, e.member AS member_key, e."user", e.author, e.text, e.visited_at,
           e.latitude, e.longitude, e.place, e.met, i.id AS incident, e.written_at,
           (SELECT count(*) FROM attachments a WHERE a.subject = 'diary_entries' AND a.record = e.key) AS photographs,
           s.drawn_at, s.period, s.rating, s.word, s.rated_by, s.rated_at,
           COALESCE((SELECT jsonb_agg(jsonb_build_object('element', v.element, 'id', COALESCE(p.id, h.id, x.id),
                                                         'name', COALESCE(p.name, x.name, h.id)))
                     FROM diary_visited v
                     LEFT JOIN people p ON v.element = 'people' AND p.key = v.record AND p.organisation {SEEN}
                     LEFT JOIN households h ON v.element = 'households' AND h.key = v.record AND h.organisation {SEEN}
                     LEFT JOIN places x ON v.element = 'places' AND x.key = v.record AND x.organisation {SEEN}
                     WHERE v.entry = e.key AND COALESCE(p.key, h.key, x.key) IS NOT NULL), '[]') AS visited
    FROM diary_entries e JOIN organisations o ON o.key = e.organisation LEFT JOIN members m ON m.key = e.member
    LEFT JOIN incidents i ON i.key = e.incident LEFT JOIN diary_samples s ON s.entry = e.key
    WHERE e.organisation {SEEN}"""


class DiaryStore(RowsStore):
    """Entries are added, never changed, but for what is made of them."""

    async def home(self, member: int | None, organisation: int) -> int:
        """The organisation of a member (key), else the one given."""
        cursor = await self.connection.execute(
            "SELECT COALESCE((SELECT organisation FROM members WHERE key = %s), %s)", (member, organisation)
        )
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    async def add(self, entry: Mapping[str, Any]) -> tuple[int, str]:
        """Store one; its key and id."""
        cursor = await self.connection.execute(
            """INSERT INTO diary_entries (key, id, organisation, member, "user", author, text, visited_at, latitude,
                                          longitude, place, met, written_at)
               SELECT n, 'D-' || n, %(organisation)s, %(member)s, %(user)s, %(author)s, %(text)s, %(visited_at)s,
                      %(latitude)s, %(longitude)s, %(place)s, %(met)s, %(written_at)s
               FROM nextval(pg_get_serial_sequence('diary_entries', 'key')) AS n RETURNING key, id""",
            entry,
        )
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0]), str(row[1])

    async def visit(self, entry: int, element: str, ids: Sequence[str], scope: int) -> list[str]:
        """Note who or what was visited; the ids that are not there below the scope. element: a table of three."""
        assert element in ("people", "households", "places")
        cursor = await self.connection.execute(
            f"""WITH found AS (SELECT key, id FROM {element} WHERE id = ANY(%(ids)s) AND organisation {SEEN}),
                     kept AS (INSERT INTO diary_visited (entry, element, record)
                              SELECT %(entry)s, %(element)s, key FROM found)
                SELECT unnest(%(ids)s::text[]) EXCEPT SELECT id FROM found""".encode(),
            {"entry": entry, "element": element, "ids": list(ids), "scope": scope},
        )
        return sorted(one for (one,) in await cursor.fetchall())

    async def page(self, scope: int, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Row]:
        """The newest first. filters: own (key of a member, a user), member, organisation (ids), since, until, rated."""
        return await self.rows(
            f"""{_SELECT} AND (%(before)s = 0 OR e.key < %(before)s)
                AND (%(own)s::int IS NULL OR e.member = %(own)s)
                AND (%(entry)s::text IS NULL OR e.id = %(entry)s)
                AND (%(member)s::text IS NULL OR m.id = %(member)s)
                AND (%(since)s::timestamptz IS NULL OR e.visited_at >= %(since)s)
                AND (%(until)s::timestamptz IS NULL OR e.visited_at < %(until)s)
                AND (%(rated)s::boolean IS NULL OR (s.rating IS NOT NULL) = %(rated)s AND s.entry IS NOT NULL)
                AND (%(organisation)s::text IS NULL OR e.organisation IN {BELOW_ASKED})
                ORDER BY e.key DESC LIMIT %(limit)s""",
            {"scope": scope, "before": before, "limit": limit, "own": None, "entry": None, "member": None,
             "organisation": None, "since": None, "until": None, "rated": None, **filters},
        )  # fmt: skip

    async def waiting(self, scope: int, since: datetime, until: datetime) -> list[tuple[int, int]]:
        """(member, entry): keys of entries written in that time not drawn yet; locks out a second drawing."""
        await self.connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('diary sample', 0))")
        cursor = await self.connection.execute(
            f"""SELECT e.member, e.key FROM diary_entries e
                WHERE e.member IS NOT NULL AND e.written_at >= %(since)s AND e.written_at < %(until)s
                  AND e.organisation {SEEN} AND NOT EXISTS (SELECT FROM diary_samples s WHERE s.entry = e.key)
                ORDER BY e.key""".encode(),
            {"scope": scope, "since": since, "until": until},
        )
        return [(member, entry) for member, entry in await cursor.fetchall()]

    async def drawn(self, period: str) -> dict[int, int]:
        """How many were drawn of each member (key)."""
        cursor = await self.connection.execute(
            "SELECT member, count(*) FROM diary_samples WHERE period = %s GROUP BY member", (period,)
        )
        return dict(await cursor.fetchall())

    async def draw(self, entries: Sequence[tuple[int, int]], period: str, at: datetime) -> None:
        """These (member, entry) are drawn."""
        await self.connection.execute(
            """INSERT INTO diary_samples (entry, member, period, drawn_at)
               SELECT e, m, %s, %s FROM unnest(%s::bigint[], %s::int[]) AS x (e, m)""",
            (period, at, [entry for _, entry in entries], [member for member, _ in entries]),
        )

    async def members(self) -> set[str]:
        """Ids of all there are."""
        cursor = await self.connection.execute("SELECT id FROM members")
        return {one for (one,) in await cursor.fetchall()}

    async def bring_in(self, entries: Sequence[Mapping[str, Any]]) -> None:
        """Entries of the past: lines of an import with the period in which each was written."""
        await self.connection.execute(
            """WITH lines AS MATERIALIZED (
                   SELECT nextval(pg_get_serial_sequence('diary_entries', 'key')) AS key, m.key AS member_key,
                          m.organisation, m.name, r.*
                   FROM jsonb_to_recordset(%s) AS r (
                       member text, text text, written_at timestamptz, visited_at timestamptz, latitude float,
                       longitude float, place text, met text, rating smallint, word text, rated_by text, period text)
                   JOIN members m ON m.id = r.member
               ), written AS (
                   INSERT INTO diary_entries (key, id, organisation, member, author, text, visited_at, latitude,
                                              longitude, place, met, written_at)
                   SELECT key, 'D-' || key, organisation, member_key, name, text, visited_at, latitude, longitude,
                          place, met, written_at FROM lines
               )
               INSERT INTO diary_samples (entry, member, period, drawn_at, rating, word, rated_by, rated_at)
               SELECT key, member_key, period, written_at, rating, word, rated_by, written_at
               FROM lines WHERE rating IS NOT NULL""",
            (Jsonb(entries),),
        )

    async def rate(self, entry: int, rating: int, word: str, user: int, by: str, at: datetime) -> bool:
        """Once."""
        cursor = await self.connection.execute(
            """UPDATE diary_samples SET rating = %s, word = %s, "user" = %s, rated_by = %s, rated_at = %s
               WHERE entry = %s AND rating IS NULL""",
            (rating, word, user, by, at, entry),
        )
        return cursor.rowcount == 1

    async def link(self, entry: int, incident: str) -> None:
        """What was made of the entry, once."""
        await self.connection.execute(
            """UPDATE diary_entries SET incident = (SELECT key FROM incidents WHERE id = %s)
               WHERE key = %s AND incident IS NULL""",
            (incident, entry),
        )
