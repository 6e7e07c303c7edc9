"""SQL of falsifications. What people read is limited to the subtree of `scope`, an organisation's key."""

from __future__ import annotations

from datetime import datetime

from psycopg.types.json import Jsonb

from insight.rows_store import Row, RowsStore
from insight.scope import SEEN

__all__ = ["FalsificationStore"]


class FalsificationStore(RowsStore):
    """Proposed by the program or by a person, decided by a person."""

    async def propose(self, metres: int, since: datetime, now: datetime) -> int:
        """Feedback given far from the incident, from mock locations, with photographs from elsewhere; how many new."""
        cursor = await self.connection.execute(
            """WITH fed AS (
                   SELECT l.incident, l.member, l.at, i.reported_at, 111195 * sqrt((l.latitude - i.latitude) ^ 2
                          + ((l.longitude - i.longitude) * cos(radians(i.latitude))) ^ 2) AS metres
                   FROM incident_log l JOIN incidents i ON i.key = l.incident
                   WHERE l.action = 'feedback' AND l.member IS NOT NULL AND l.at >= %(since)s AND NOT i.drill
               ), signs AS (
                   SELECT incident, member, 'far_feedback' AS sign,
                          jsonb_build_object('metres', round(metres), 'at', at) AS evidence
                   FROM fed WHERE metres > %(metres)s
                   UNION ALL
                   SELECT DISTINCT ON (f.incident, f.member) f.incident, f.member, 'foreign_photograph',
                          jsonb_build_object('metres', round(p.metres_off), 'file', p.id, 'at', p.added_at)
                   FROM fed f JOIN files p ON p.incident = f.incident AND p.metres_off > %(metres)s
                        AND p.added_at BETWEEN f.at - interval '1 hour' AND f.at + interval '1 hour'
                   UNION ALL
                   SELECT f.incident, f.member, 'mock_location', jsonb_build_object('at', f.at)
                   FROM fed f WHERE EXISTS (
                       SELECT FROM devices d JOIN positions p ON p.device = d.key
                       WHERE d.member = f.member AND p.fix_time BETWEEN f.at - interval '10 minutes' AND f.at
                         AND p.attributes->>'mock' = 'true'))
               INSERT INTO appraisal_falsifications (key, id, incident, member, sign, evidence, proposed_by,
                                                     proposed_at)
               SELECT n.key, 'X-' || n.key, n.incident, n.member, n.sign, n.evidence, 'gridwarden', %(now)s
               FROM (SELECT nextval(pg_get_serial_sequence('appraisal_falsifications', 'key')) AS key, s.*
                     FROM (SELECT DISTINCT ON (incident, member, sign) * FROM signs
                           ORDER BY incident, member, sign) s
                     WHERE NOT EXISTS (SELECT FROM appraisal_falsifications x WHERE x.incident = s.incident
                                       AND x.member = s.member AND x.sign = s.sign)) n
               ON CONFLICT DO NOTHING""",
            {"metres": metres, "since": since, "now": now},
        )
        return cursor.rowcount

    async def mark(self, scope: int, incident: str, member: str, note: str, by: str, at: datetime) -> str:
        """Marked by a person; "" where he may not see the member, or the incident is none of his subtree's."""
        cursor = await self.connection.execute(
            f"""INSERT INTO appraisal_falsifications (key, id, incident, member, sign, evidence, proposed_by,
                                                      proposed_at)
                SELECT n, 'X-' || n, i.key, m.key, 'other', %(evidence)s, %(by)s, %(at)s
                FROM nextval(pg_get_serial_sequence('appraisal_falsifications', 'key')) AS n, incidents i, members m
                WHERE i.id = %(incident)s AND m.id = %(member)s AND m.organisation {SEEN}
                  AND i.place_organisation {SEEN}
                ON CONFLICT (incident, member, sign) DO UPDATE SET evidence = appraisal_falsifications.evidence
                RETURNING id""",
            {"scope": scope, "incident": incident, "member": member, "evidence": Jsonb({"note": note}), "by": by,
             "at": at},
        )  # fmt: skip
        row = await cursor.fetchone()
        return "" if row is None else str(row[0])

    async def page(
        self, scope: int, *, before: int, limit: int, state: str | None = None, one: str | None = None
    ) -> list[Row]:
        """The newest first."""
        return await self.rows(
            f"""SELECT f.key, f.id, i.id AS incident, m.id AS member, f.member AS member_key, m.name,
                       o.id AS organisation, f.sign, f.evidence, f.proposed_by, f.proposed_at, f.state, f.reason,
                       f.decided_by, f.decided_at
                FROM appraisal_falsifications f JOIN incidents i ON i.key = f.incident
                JOIN members m ON m.key = f.member JOIN organisations o ON o.key = m.organisation
                WHERE m.organisation {SEEN} AND (%(before)s = 0 OR f.key < %(before)s)
                  AND (%(state)s::text IS NULL OR f.state = %(state)s) AND (%(one)s::text IS NULL OR f.id = %(one)s)
                ORDER BY f.key DESC LIMIT %(limit)s""",
            {"scope": scope, "before": before, "limit": limit, "state": state, "one": one},
        )

    async def decide(self, key: int, state: str, reason: str, by: str, at: datetime) -> bool:
        """On record, once."""
        cursor = await self.connection.execute(
            """UPDATE appraisal_falsifications SET state = %s, reason = %s, decided_by = %s, decided_at = %s
               WHERE key = %s AND state = 'proposed'""",
            (state, reason, by, at, key),
        )
        return cursor.rowcount == 1
