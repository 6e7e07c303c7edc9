"""Reading the logs of incidents and alerts, limited to what the actor may see, in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from dispatch.incidents.actor import Actor
from dispatch.incidents.store import SEEN, seen_by

__all__ = ["past_alerts", "past_incidents"]

# An incident that ended before `since` and was reopened has an end of its own later, or none: it is not lost here.
_INCIDENTS = f"""
    SELECT i.id, i.latitude, i.longitude, i.address, i.description, i.drill, i.reported_at, log.entries,
           ARRAY(SELECT jsonb_build_object(
                     'id', a.id, 'member', m.id, 'name', m.name, 'department', ao.id, 'purpose', a.purpose,
                     'offered_at', a.offered_at, 'acknowledged_at', a.acknowledged_at, 'en_route_at', a.en_route_at,
                     'on_scene_at', a.on_scene_at, 'ended_at', a.ended_at)
                 FROM assignments a LEFT JOIN members m ON m.key = a.member
                 LEFT JOIN organisations ao ON ao.key = a.department
                 WHERE a.incident = i.key AND a.offered_at <= %(until)s
                   AND (a.ended_at IS NULL OR a.ended_at >= %(since)s) ORDER BY a.key) AS assignments
    FROM incidents i
    CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object(
                   'at', l.at, 'action', l.action, 'after', jsonb_strip_nulls(jsonb_build_object(
                   'state', l.after -> 'state', 'priority', l.after -> 'priority',
                   'kind', (SELECT k.code FROM incident_kinds k WHERE k.key = (l.after ->> 'kind')::int),
                   'kind_en', (SELECT k.name_en FROM incident_kinds k WHERE k.key = (l.after ->> 'kind')::int),
                   'kind_zh', (SELECT k.name_zh FROM incident_kinds k WHERE k.key = (l.after ->> 'kind')::int),
                   'organisation', (SELECT o.id FROM organisations o WHERE o.key = (l.after ->> 'organisation')::int)
               ))) ORDER BY l.version) AS entries
        FROM incident_log l WHERE l.incident = i.key AND l.at <= %(until)s
    ) log
    WHERE i.reported_at <= %(until)s AND (i.ended_at IS NULL OR i.ended_at >= %(since)s) AND {SEEN}
    ORDER BY i.key DESC LIMIT %(limit)s
"""

_ALERTS = """
    SELECT a.id, a.kind, a.text, a.drill, a.latitude, a.longitude, a.raised_at, m.id AS member, m.name,
           o.id AS organisation, log.entries
    FROM alerts a
    JOIN organisations o ON o.key = a.organisation
    LEFT JOIN members m ON m.key = a.member
    CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('at', l.at, 'action', l.action,
                   'after', jsonb_build_object('state', l.state)) ORDER BY l.key) AS entries
        FROM alert_log l WHERE l.alert = a.key AND l.at <= %(until)s AND l.state IS NOT NULL
    ) log
    WHERE a.raised_at <= %(until)s AND (a.cleared_at IS NULL OR a.cleared_at >= %(since)s)
      AND (%(scope)s::int IS NULL OR a.organisation IN
           (SELECT descendant FROM organisation_closure WHERE ancestor = %(scope)s))
    ORDER BY a.key DESC LIMIT %(limit)s
"""


async def past_incidents(
    connection: AsyncConnection, actor: Actor, *, since: datetime, until: datetime, limit: int
) -> list[dict[str, Any]]:
    """Those not ended at some time of since..until, the newest first, each with its log up to `until`."""
    return await _read(connection, _INCIDENTS, {"since": since, "until": until, "limit": limit} | seen_by(actor))


async def past_alerts(
    connection: AsyncConnection, actor: Actor, *, since: datetime, until: datetime, limit: int
) -> list[dict[str, Any]]:
    """Those not cleared at some time of since..until, the newest first, each with its log up to `until`."""
    return await _read(connection, _ALERTS, {"since": since, "until": until, "limit": limit} | seen_by(actor))


async def _read(connection: AsyncConnection, query: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query.encode(), values)
        return await cursor.fetchall()
