"""SQL of publications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from subsites.record.desk import Subject, page_of, rows_of
from subsites.record.model import Told

__all__ = ["PUBLICATION", "PublicationStore"]

PUBLICATION = Subject(
    table="publications",
    prefix="PB",
    word="publication",
    told="""x.state, x.section, x.title_en, x.title_zh, x.body_en, x.body_zh, x.pinned, x.author, x.writers, x.approver,
            x.reason, x.visible_from, x.visible_until, x.created_at, x.published_at, x.ended_at,
            x.organisation AS organisation_key""",
)

_TEXT = "concat_ws(' ', x.title_en, x.title_zh, x.body_en, x.body_zh)"
_SAYS = f"(%(q)s::text IS NULL OR x.id = %(q)s OR position(lower(%(q)s) IN lower({_TEXT})) > 0)"
_PUBLIC = """x.state = 'published' AND x.visible_from <= %(now)s
             AND (x.visible_until IS NULL OR x.visible_until > %(now)s)"""


class PublicationStore:
    """Publications over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, scope: int, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first; filters: state, section, organisation (id, its subtree), open, q."""
        asked = f"""(%(state)s::text IS NULL OR x.state = %(state)s)
                    AND (%(section)s::text IS NULL OR x.section = %(section)s) AND {_SAYS}"""
        return await page_of(self._connection, PUBLICATION, scope, filters, asked, before=before, limit=limit)

    async def public_page(self, now: datetime, *, skip: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """What the public reads now, pinned ones first; of an organisation (id): those above and below it, too."""
        return await rows_of(
            self._connection, PUBLICATION,
            f"""{_PUBLIC} AND (%(section)s::text IS NULL OR x.section = %(section)s) AND {_SAYS}
                AND (%(organisation)s::text IS NULL OR EXISTS (
                    SELECT 1 FROM organisation_closure c JOIN organisations a ON a.id = %(organisation)s
                    WHERE (c.ancestor, c.descendant) IN ((a.key, x.organisation), (x.organisation, a.key))))
                ORDER BY x.pinned DESC, x.visible_from DESC, x.key DESC OFFSET %(skip)s LIMIT %(limit)s""",
            dict(filters) | {"now": now, "skip": skip, "limit": limit},
        )  # fmt: skip

    async def public(self, publication: str, now: datetime) -> Told | None:
        """The one with that id, if the public may read it now."""
        found = await rows_of(self._connection, PUBLICATION, f"x.id = %(id)s AND {_PUBLIC}",
                              {"id": publication, "now": now})  # fmt: skip
        return found[0] if found else None
