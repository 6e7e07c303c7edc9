"""What can be imported and exported: for each kind its columns, how a row is stored, and how it is read back.

A writer takes one row (text by column) and stores it, upserting by id; it raises BadRow with the reason otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection

from registry.devices.model import hash_token
from registry.devices.service import DIALECTS
from registry.imports.rows import Row
from registry.organisations.model import Level
from registry.organisations.service import bounds_of_territory, territory_fault
from registry.organisations.store import OrganisationStore

__all__ = ["KINDS", "BadRow", "Kind"]


class BadRow(Exception):
    """The row cannot be taken; the message says why."""


Writer = Callable[[AsyncConnection, Row], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Kind:
    """columns: in the order of an export. required: that every row must fill. select: the export's query."""

    columns: tuple[str, ...]
    required: tuple[str, ...]
    write: Writer
    select: str


async def _write_organisation(connection: AsyncConnection, row: Row) -> None:
    if row["level"] not in tuple(Level):
        raise BadRow(f"level {row['level']!r} is not one of {', '.join(Level)}")
    parent = await _key(connection, "organisations", row.get("parent") or "city", "parent")
    territory = _territory(row.get("territory"))
    await OrganisationStore(connection).put(
        organisation=row["id"], parent=None if row["id"] == "city" else parent, level=Level(row["level"]),
        name=row["name"], code=row.get("code") or None, territory=territory,
        bounds=None if territory is None else bounds_of_territory(territory),
    )  # fmt: skip


async def _write_member(connection: AsyncConnection, row: Row) -> None:
    organisation = await _key(connection, "organisations", row["organisation"], "organisation")
    await connection.execute(
        """INSERT INTO members (id, name, organisation, post, phone, on_duty) VALUES (%s, %s, %s, %s, %s, %s)
           ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, organisation = EXCLUDED.organisation,
               post = EXCLUDED.post, phone = EXCLUDED.phone, on_duty = EXCLUDED.on_duty""",
        (row["id"], row["name"], organisation, row.get("post") or None, row.get("phone") or None,
         _flag(row.get("on_duty"), default=True)),
    )  # fmt: skip


async def _write_device(connection: AsyncConnection, row: Row) -> None:
    member = await _key(connection, "members", row["member"], "member") if row.get("member") else None
    organisation = await _key(connection, "organisations", row.get("organisation") or "city", "organisation")
    token, dialect = row.get("token") or None, row.get("dialect") or ""
    if dialect not in DIALECTS:
        raise BadRow(f"dialect {dialect!r} is not one of {', '.join(map(repr, DIALECTS))}")
    await connection.execute(
        """INSERT INTO devices (id, member, organisation, token_hash, require_token, dialect, stale_after_s,
                                silent_after_s)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
           ON CONFLICT (id) DO UPDATE SET member = EXCLUDED.member, organisation = EXCLUDED.organisation,
               token_hash = COALESCE(EXCLUDED.token_hash, devices.token_hash),
               require_token = EXCLUDED.require_token, dialect = EXCLUDED.dialect,
               stale_after_s = EXCLUDED.stale_after_s, silent_after_s = EXCLUDED.silent_after_s""",
        (row["id"], member, organisation, None if token is None else hash_token(token),
         _flag(row.get("require_token"), default=False), dialect, _seconds(row.get("stale_after_s")),
         _seconds(row.get("silent_after_s"))),
    )  # fmt: skip


async def _key(connection: AsyncConnection, table: str, own: str, what: str) -> int:
    query = {
        "organisations": "SELECT key FROM organisations WHERE id = %s",
        "members": "SELECT key FROM members WHERE id = %s",
    }[table]
    found = await (await connection.execute(query.encode(), (own,))).fetchone()
    if found is None:
        raise BadRow(f"{what} {own!r} does not exist: import it first")
    return int(found[0])


def _territory(value: Any) -> dict[str, Any] | None:
    if value in (None, ""):
        return None
    try:
        territory: Any = json.loads(value) if isinstance(value, str) else value
    except ValueError as error:
        raise BadRow(f"territory is not JSON: {error}") from error
    fault = territory_fault(territory)
    if fault is not None:
        raise BadRow(fault)
    return dict(territory)


def _flag(text: str | None, *, default: bool) -> bool:
    if not text:
        return default
    if text.lower() not in ("true", "false", "1", "0", "yes", "no"):
        raise BadRow(f"{text!r} is neither true nor false")
    return text.lower() in ("true", "1", "yes")


def _seconds(text: str | None) -> float | None:
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError as error:
        raise BadRow(f"{text!r} is not a number of seconds") from error
    if not 0 < seconds < 1e9:
        raise BadRow(f"{text!r} is not a number of seconds above zero")
    return seconds


_ORGANISATIONS = Kind(
    ("id", "name", "level", "parent", "code", "territory"), ("id", "name", "level"), _write_organisation,
    """SELECT o.id, o.name, o.level, p.id, o.code, o.territory::text
       FROM organisations o LEFT JOIN organisations p ON p.key = o.parent ORDER BY o.key""",
)  # fmt: skip

KINDS: dict[str, Kind] = {
    "organisations": _ORGANISATIONS,
    "grids": _ORGANISATIONS,
    "members": Kind(
        ("id", "name", "organisation", "post", "phone", "on_duty"), ("id", "name", "organisation"), _write_member,
        """SELECT m.id, m.name, o.id, m.post, m.phone, m.on_duty FROM members m
           JOIN organisations o ON o.key = m.organisation ORDER BY m.key""",
    ),
    "devices": Kind(
        ("id", "member", "organisation", "token", "require_token", "dialect", "stale_after_s", "silent_after_s"),
        ("id",), _write_device,
        """SELECT d.id, m.id, o.id, NULL, d.require_token, d.dialect, d.stale_after_s, d.silent_after_s
           FROM devices d LEFT JOIN members m ON m.key = d.member
           JOIN organisations o ON o.key = d.organisation ORDER BY d.key""",
    ),
}  # fmt: skip
"""The kinds of `gridwarden import` and `export`."""
