"""SQL of inspections. What a caller reads is limited to the organisations that he works in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from registry.api.route import Caller
from registry.inspections.model import Inspection, Plan, PlanBefore, PlanRules, Reminder, Tally
from registry.scope.queries import BELOW_ASKED, BELOW_ROOTS, roots_of

__all__ = ["InspectionStore"]

_AT_ONCE = 5_000
"""Inspections that one round makes, ends or tells of; the rest waits for the next."""
_NAMED = 5
"""Places that a reminder names."""
_RULES = ", ".join(PlanRules.model_fields)
_OPEN = "i.state = 'due'"
_OVERDUE = f"({_OPEN} AND i.due_at < %(now)s)"

_PLAN = f"""SELECT p.key, p.id, p.version, o.id AS organisation, p.name, p.kind, p.risk, p.form, p.every_days,
                   p.remind_days, p.first_due_at, p.by_name, p.made_at, p.ended_at, n.due, n.overdue
            FROM inspection_plans p JOIN organisations o ON o.key = p.organisation CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE {_OPEN}) AS due, count(*) FILTER (WHERE {_OVERDUE}) AS overdue
                FROM inspections i WHERE i.plan = p.key) n"""
_INSPECTION = f"""SELECT i.key, i.id, p.id AS plan, p.name AS plan_name, p.form, l.id AS place, l.name AS place_name,
                         l.address, l.latitude, l.longitude, o.id AS organisation, o.name AS organisation_name, i.state,
                         i.due_at, {_OVERDUE} AS overdue, i.done_at, i.result, e.id AS entry, i.by_name, i.metres_off,
                         c.id AS incident
                  FROM inspections i JOIN inspection_plans p ON p.key = i.plan JOIN places l ON l.key = i.place
                  JOIN organisations o ON o.key = i.organisation LEFT JOIN form_entries e ON e.key = i.entry
                  LEFT JOIN incidents c ON c.key = i.incident"""
_PLACES_OF = """l.ended_at IS NULL AND p.ended_at IS NULL AND (p.kind IS NULL OR l.kind = p.kind)
                AND (p.risk IS NULL OR l.risk = p.risk)"""
"""Whether a plan (p) is for a place (l) of its organisations."""
_SAY = ", ".join(f"{name} = %({name})s" for name in PlanRules.model_fields)
_CHANGE = f"""WITH old AS (SELECT * FROM inspection_plans
                           WHERE key = %(plan)s AND version = %(version)s AND ended_at IS NULL FOR UPDATE),
                   kept AS (INSERT INTO inspection_plan_log (plan, version, {_RULES}, by_name, changed_at)
                            SELECT key, version, {_RULES}, %(by)s, %(now)s FROM old)
              UPDATE inspection_plans p SET version = p.version + 1, ended_at = %(ended_at)s, {_SAY} FROM old
              WHERE p.key = old.key"""
_DUE_AT = "COALESCE(last.done_at + p.every_days * interval '1 day', GREATEST(p.first_due_at, l.created_at))"
"""When a place (l) is due by a plan (p); last: when it was inspected by it."""
_LAST = """LATERAL (SELECT i.done_at FROM inspections i
                    WHERE i.plan = p.key AND i.place = l.key AND i.state = 'done'
                    ORDER BY i.done_at DESC LIMIT 1) last ON true"""
_SOON = "- d.remind_days * interval '1 day' <= %(now)s"
_MAKE = f"""INSERT INTO inspections (key, id, plan, place, organisation, made_at, due_at)
            SELECT key, 'V-' || key, plan, place, organisation, %(now)s, due_at FROM (
                SELECT nextval(pg_get_serial_sequence('inspections', 'key')) AS key, d.* FROM (
                    SELECT p.key AS plan, l.key AS place, l.organisation, {_DUE_AT} AS due_at, p.remind_days
                    FROM inspection_plans p
                    JOIN organisation_closure c ON c.ancestor = p.organisation
                    JOIN places l ON l.organisation = c.descendant AND {_PLACES_OF}
                    LEFT JOIN {_LAST}
                    WHERE NOT EXISTS (
                        SELECT FROM inspections i WHERE i.plan = p.key AND i.place = l.key AND {_OPEN})
                ) d WHERE d.due_at {_SOON} ORDER BY d.due_at LIMIT %(most)s
            ) n ON CONFLICT DO NOTHING"""


class InspectionStore:
    """Over one connection; the caller of it ends the transaction. now: the moment that decides what is overdue."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection, self._now = connection, now

    async def make(self) -> int:
        """What has to be inspected soon and is not on the list yet; how many were made."""
        return (await self._connection.execute(_MAKE.encode(), {"now": self._now, "most": _AT_ONCE})).rowcount

    async def cancel(self) -> int:
        """What no plan wants any more; how many were cancelled."""
        cursor = await self._connection.execute(
            f"""UPDATE inspections i SET state = 'cancelled' FROM inspection_plans p, places l
                WHERE {_OPEN} AND p.key = i.plan AND l.key = i.place AND NOT ({_PLACES_OF})""".encode()
        )
        return cursor.rowcount

    async def tell(self) -> list[Reminder]:
        """Who has not been told yet that an inspection is due, or overdue; he counts as told from now on."""
        overdue = await self._told(f"{_OVERDUE} AND i.overdue_told_at IS NULL", "told_at = now, overdue_told_at = now")
        soon = await self._told(f"{_OPEN} AND i.told_at IS NULL", "told_at = now")
        return [*_reminders(overdue, overdue=True), *_reminders(soon, overdue=False)]

    async def plans(self, caller: Caller, where: str = "TRUE", values: Mapping[str, Any] | None = None) -> list[Plan]:
        """In the order of keys. where: of ours, values bound."""
        rows = await self._rows(
            f"{_PLAN} WHERE p.organisation IN {BELOW_ROOTS} AND {where} ORDER BY p.key",
            await self._scoped(caller) | dict(values or {}),
        )
        return [Plan.model_validate(row) for row in rows]

    async def plan(self, plan: str, caller: Caller) -> Plan | None:
        """One of them."""
        return next(iter(await self.plans(caller, "p.id = %(id)s", {"id": plan})), None)

    async def organisation(self, organisation: str, caller: Caller) -> int | None:
        """The key of an organisation that the caller works in."""
        rows = await self._rows(
            f"SELECT key FROM organisations WHERE id = %(id)s AND key IN {BELOW_ROOTS}",
            await self._scoped(caller) | {"id": organisation},
        )
        return rows[0]["key"] if rows else None

    async def add_plan(self, fields: Mapping[str, Any]) -> str:
        """Its id. fields: by column; organisation a key."""
        rows = await self._rows(
            """INSERT INTO inspection_plans (key, id, organisation, name, kind, risk, form, every_days, remind_days,
                                             first_due_at, by_name, made_at)
               SELECT n, 'J-' || n, %(organisation)s, %(name)s, %(kind)s, %(risk)s, %(form)s, %(every_days)s,
                      %(remind_days)s, %(first_due_at)s, %(by_name)s, %(now)s
               FROM nextval(pg_get_serial_sequence('inspection_plans', 'key')) AS n RETURNING id""",
            dict(fields) | {"now": self._now},
        )
        return str(rows[0]["id"])

    async def change_plan(
        self, plan: Plan, by: str, rules: Mapping[str, Any], *, ended_at: datetime | None = None
    ) -> bool:
        """Other rules, by column, or its end; what it said stays on record. False: it is another version by now."""
        cursor = await self._connection.execute(
            _CHANGE.encode(),
            dict(rules) | {"plan": plan.key, "version": plan.version, "by": by, "now": self._now, "ended_at": ended_at},
        )
        return cursor.rowcount == 1

    async def reckon(self, key: int) -> None:
        """When what is open of a plan is due by its rules; what is not due soon any more is made again when it is."""
        await self._connection.execute(
            f"""UPDATE inspections t SET told_at = NULL, overdue_told_at = NULL, due_at = d.due_at,
                       state = CASE WHEN d.due_at {_SOON} THEN 'due' ELSE 'cancelled' END
                FROM (SELECT o.key, {_DUE_AT} AS due_at, p.remind_days
                      FROM inspections o JOIN inspection_plans p ON p.key = o.plan JOIN places l ON l.key = o.place
                      LEFT JOIN {_LAST} WHERE o.plan = %(plan)s AND o.state = 'due') d
                WHERE t.key = d.key AND t.due_at <> d.due_at""".encode(),
            {"plan": key, "now": self._now},
        )

    async def before(self, key: int) -> list[PlanBefore]:
        """What a plan said before, the newest first."""
        rows = await self._rows(
            f"""SELECT version, {_RULES}, by_name, changed_at FROM inspection_plan_log
                WHERE plan = %(plan)s ORDER BY version DESC LIMIT 1000""",
            {"plan": key},
        )
        return [PlanBefore.model_validate(row) for row in rows]

    async def link(self, key: int, incident: str) -> None:
        """What was made of what an inspection found."""
        await self._connection.execute(
            "UPDATE inspections SET incident = (SELECT key FROM incidents WHERE id = %s) WHERE key = %s",
            (incident, key),
        )

    async def page(self, caller: Caller, asked: Mapping[str, Any], *, after: int, limit: int) -> list[Inspection]:
        """In the order in which they are due. asked: organisation, plan, place, incident: ids; state, overdue."""
        where = [
            test
            for name, test in (
                ("organisation", f"i.organisation IN {BELOW_ASKED}"), ("plan", "p.id = %(plan)s"),
                ("place", "l.id = %(place)s"),
                ("incident", "c.id = %(incident)s"), ("state", "i.state = %(state)s"), ("overdue", _OVERDUE),
            )
            if asked.get(name)
        ]  # fmt: skip
        if after:
            where.append("(i.due_at, i.key) > (SELECT due_at, key FROM inspections WHERE key = %(after)s)")
        return await self._inspections(
            caller, " AND ".join(["TRUE", *where]) + " ORDER BY i.due_at, i.key LIMIT %(limit)s",
            dict(asked) | {"after": after, "limit": limit},
        )  # fmt: skip

    async def find(self, inspection: str, caller: Caller, *, lock: bool = False) -> Inspection | None:
        """One of them; lock: nobody else does it meanwhile."""
        if lock:
            await self._connection.execute("SELECT FROM inspections WHERE id = %s FOR UPDATE", (inspection,))
        return next(iter(await self._inspections(caller, "i.id = %(id)s", {"id": inspection})), None)

    async def done(self, key: int, fields: Mapping[str, Any]) -> None:
        """It was done. fields: done_at, result, entry (id), by_name, metres_off."""
        await self._connection.execute(
            """UPDATE inspections SET state = 'done', done_at = %(done_at)s, result = %(result)s, by_name = %(by_name)s,
                      metres_off = %(metres_off)s, entry = (SELECT key FROM form_entries WHERE id = %(entry)s)
               WHERE key = %(key)s""",
            dict(fields) | {"key": key},
        )

    async def tallies(self, caller: Caller, organisation: str, since: datetime) -> list[Tally]:
        """Of each organisation right below one, those with the most overdue first. since: from when done ones count."""
        rows = await self._rows(
            f"""SELECT o.id AS organisation, o.name, o.level, count(*) FILTER (WHERE {_OPEN}) AS due,
                       count(*) FILTER (WHERE {_OVERDUE}) AS overdue,
                       count(*) FILTER (WHERE i.state = 'done' AND i.done_at >= %(since)s) AS done,
                       min(i.due_at) FILTER (WHERE {_OVERDUE}) AS oldest
                FROM organisations o JOIN organisation_closure c ON c.ancestor = o.key
                LEFT JOIN inspections i ON i.organisation = c.descendant
                WHERE o.parent = (SELECT key FROM organisations WHERE id = %(organisation)s) AND o.key IN {BELOW_ROOTS}
                GROUP BY o.key ORDER BY overdue DESC, due DESC, o.key LIMIT 1000""",
            await self._scoped(caller) | {"organisation": organisation, "since": since},
        )
        return [Tally.model_validate(row) for row in rows]

    async def _inspections(self, caller: Caller, where: str, values: Mapping[str, Any]) -> list[Inspection]:
        rows = await self._rows(
            f"{_INSPECTION} WHERE i.organisation IN {BELOW_ROOTS} AND {where}",
            await self._scoped(caller) | dict(values),
        )
        return [Inspection.model_validate(row) for row in rows]

    async def _told(self, where: str, stamps: str) -> list[dict[str, Any]]:
        return await self._rows(
            f"""UPDATE inspections t SET {stamps.replace("= now", "= %(now)s")} FROM (
                    SELECT i.key, l.name FROM inspections i JOIN places l ON l.key = i.place
                    WHERE {where} ORDER BY i.due_at, i.key LIMIT %(most)s FOR UPDATE OF i SKIP LOCKED) w
                WHERE t.key = w.key RETURNING t.organisation, w.name, t.due_at""",
            {"now": self._now, "most": _AT_ONCE},
        )

    async def _scoped(self, caller: Caller) -> dict[str, Any]:
        return {"roots": await roots_of(self._connection, caller), "now": self._now}

    async def _rows(self, query: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), values)
            return await cursor.fetchall()


def _reminders(rows: list[dict[str, Any]], *, overdue: bool) -> list[Reminder]:
    found = []
    for organisation in dict.fromkeys(row["organisation"] for row in rows):
        mine = sorted((row["due_at"], row["name"]) for row in rows if row["organisation"] == organisation)
        names = tuple(name for _, name in mine[:_NAMED])
        found.append(
            Reminder(organisation=organisation, overdue=overdue, places=names, count=len(mine), due_at=mine[0][0])
        )
    return found
