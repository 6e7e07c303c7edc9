"""Incidents, as search finds them: by number, address, what was said, and the kind's name in both languages."""

from __future__ import annotations

from registry.scope.queries import BELOW_ROOTS
from registry.search.model import Source

__all__ = ["INCIDENTS"]

INCIDENTS = Source(
    kind="incidents",
    texts="""SELECT i.key, i.organisation, i.place_organisation,
                    ARRAY[i.id, COALESCE(i.address, ''), i.description, k.name_en, k.name_zh]
             FROM incidents i JOIN incident_kinds k ON k.key = i.kind WHERE i.key = ANY(%(keys)s)""",
    shown=f"""SELECT i.key, i.id, i.id || ' ' || left(i.description, 60), COALESCE(i.address, ''), o.id, i.latitude,
                    i.longitude, NULL, NULL
             FROM incidents i JOIN organisations o ON o.key = i.organisation
             WHERE i.key = ANY(%(keys)s) AND (i.organisation IN {BELOW_ROOTS}
                                              OR i.place_organisation IN {BELOW_ROOTS})""",  # noqa: S608 words of ours
)
