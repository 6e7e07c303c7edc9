"""What the registry has to be found; other platforms add theirs where the program is composed."""

from __future__ import annotations

from registry.scope.queries import BELOW_ROOTS
from registry.search.model import Source

__all__ = ["MEMBERS", "SOURCES"]

_SEEN = f"e.organisation IN {BELOW_ROOTS}"


def _element(
    kind: str, texts: str, name: str, detail: str, joins: str = "", *, at: str = "e", inside: str = "NULL, NULL"
) -> Source:  # fmt: skip
    """at: what has the latitude and longitude; inside: ids of the building and the house that it stands in, as SQL."""
    return Source(
        kind=kind,
        texts=f"""SELECT e.key, e.organisation, NULL, ARRAY[{texts}] FROM {kind} e {joins}
                  WHERE e.key = ANY(%(keys)s) AND e.ended_at IS NULL""",  # noqa: S608 words of this module
        shown=f"""SELECT e.key, e.id, {name}, {detail}, o.id, {at}.latitude, {at}.longitude, {inside}
                  FROM {kind} e JOIN organisations o ON o.key = e.organisation {joins}
                  WHERE e.key = ANY(%(keys)s) AND e.ended_at IS NULL AND {_SEEN}""",  # noqa: S608 words of this module
    )


_BUILDING = "COALESCE(NULLIF(b.name, ''), b.address)"

MEMBERS = Source(
    kind="members",
    texts="SELECT key, organisation, NULL, ARRAY[name, id] FROM members WHERE key = ANY(%(keys)s)",
    shown=f"""SELECT e.key, e.id, e.name, COALESCE(e.posts[1], ''), o.id, NULL, NULL, NULL, NULL
              FROM members e JOIN organisations o ON o.key = e.organisation
              WHERE e.key = ANY(%(keys)s) AND {_SEEN}""",  # noqa: S608 words of this module
)

SOURCES = (
    _element(
        "people", "e.name", "e.name", f"COALESCE({_BUILDING} || ' ' || h.number, '')",
        """LEFT JOIN households f ON f.key = e.household LEFT JOIN houses h ON h.key = f.house
           LEFT JOIN buildings b ON b.key = h.building""", at="b", inside="b.id, h.id",
    ),
    _element("buildings", "e.name, e.address", "COALESCE(NULLIF(e.name, ''), e.address)", "e.address",
             inside="e.id, NULL"),
    _element(
        "houses", "b.name || ' ' || e.number, b.address || ' ' || e.number", f"{_BUILDING} || ' ' || e.number",
        "b.address", "JOIN buildings b ON b.key = e.building", at="b", inside="b.id, e.id",
    ),
    _element("places", "e.name, e.address", "e.name", "e.address"),
    _element("things", "e.name, e.address, e.code, e.id", "COALESCE(NULLIF(e.name, ''), e.code)", "e.address"),
    _element("establishments", "e.name, e.address, COALESCE(e.credit_code, '')", "e.name", "e.address"),
    Source(
        kind="organisations",
        texts="SELECT key, key, NULL, ARRAY[name, id] FROM organisations WHERE key = ANY(%(keys)s)"
        " AND ended_at IS NULL",
        shown=f"""SELECT e.key, e.id, e.name, e.level, e.id, (e.bounds[2] + e.bounds[4]) / 2,
                        (e.bounds[1] + e.bounds[3]) / 2, NULL, NULL FROM organisations e
                 WHERE e.key = ANY(%(keys)s) AND e.ended_at IS NULL AND e.key IN {BELOW_ROOTS}""",  # noqa: S608 the same
    ),
    MEMBERS,
)  # fmt: skip
