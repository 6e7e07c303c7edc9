"""When two records seem to be one: rules as data, SQL over the rows `a` and `b`. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from registry.elements.model import Element

__all__ = ["LABELS", "RULES", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """reason: its name, as it is told; where: what holds of a pair."""

    element: Element
    reason: str
    where: str


_LEGAL_FORM = r"\m(company|co|ltd|limited|inc|llc)\M|有限责任公司|有限公司|公司"


def _plain(row: str) -> str:
    """A name without what is written now this way, now that way."""
    without = f"regexp_replace(lower({row}.name), '{_LEGAL_FORM}', '', 'g')"
    return f"regexp_replace({without}, '[[:space:][:punct:]]', '', 'g')"


def _similar() -> str:
    """The same plain name, or one that goes on where the other ends (and not with a number)."""
    a, b = _plain("a"), _plain("b")
    goes_on = "length({0}) >= 4 AND starts_with({1}, {0}) AND substr({1}, length({0}) + 1) !~ '^[0-9]'"
    return f"({a} <> '' AND ({a} = {b} OR ({goes_on.format(a, b)}) OR ({goes_on.format(b, a)})))"


def _within(degrees: float) -> str:
    """Beside each other: 0.0001 is 11 m to the north."""
    return (
        f"b.latitude BETWEEN a.latitude - {degrees} AND a.latitude + {degrees}"
        f" AND b.longitude BETWEEN a.longitude - {2 * degrees} AND a.longitude + {2 * degrees}"
    )


_HOUSE = "(SELECT x.house FROM households x WHERE x.key = {}.household)"
_HEAD = "(SELECT p.name FROM people p WHERE p.household = {}.key AND p.relation = 'head' AND p.ended_at IS NULL)"
_SAME_TELEPHONE = "a.telephone_blind = b.telephone_blind"
_SAME_HOME = f"(a.household = b.household OR {_HOUSE.format('a')} = {_HOUSE.format('b')})"

RULES: tuple[Rule, ...] = (
    Rule(Element.PEOPLE, "identity", "a.identity_blind = b.identity_blind"),
    Rule(Element.PEOPLE, "name_birth", "a.name = b.name AND a.birth_date = b.birth_date"),
    Rule(Element.PEOPLE, "name_house", f"a.name = b.name AND {_SAME_HOME}"),
    # A family shares a telephone: it says something of people who live apart, or are called alike.
    Rule(Element.PEOPLE, "telephone",
         f"{_SAME_TELEPHONE} AND (a.name = b.name OR a.household IS DISTINCT FROM b.household)"),
    Rule(Element.HOUSEHOLDS, "head_house", f"a.house = b.house AND {_HEAD.format('a')} = {_HEAD.format('b')}"),
    Rule(Element.ESTABLISHMENTS, "credit_code", "a.credit_code = b.credit_code"),
    Rule(Element.ESTABLISHMENTS, "telephone", _SAME_TELEPHONE),
    Rule(Element.ESTABLISHMENTS, "name_place", f"{_within(0.001)} AND {_similar()}"),
    Rule(Element.PLACES, "telephone", f"a.kind = b.kind AND {_SAME_TELEPHONE}"),
    Rule(Element.PLACES, "name_place", f"a.kind = b.kind AND {_within(0.0005)} AND {_similar()}"),
    Rule(Element.THINGS, "code_place", f"a.code = b.code AND {_within(0.00003)}"),
    Rule(Element.BUILDINGS, "address_place", f"a.address <> '' AND a.address = b.address AND {_within(0.0002)}"),
)  # fmt: skip

LABELS: dict[Element, str] = {
    Element.PEOPLE: "{0}.name", Element.HOUSEHOLDS: f"COALESCE({_HEAD.format('{0}')}, {{0}}.id)",
    Element.ESTABLISHMENTS: "{0}.name", Element.PLACES: "{0}.name",
    Element.THINGS: "COALESCE(NULLIF({0}.name, ''), {0}.code)", Element.HOUSES: "{0}.number",
    Element.BUILDINGS: "COALESCE(NULLIF({0}.name, ''), NULLIF({0}.address, ''), {0}.id)",
}  # fmt: skip
"""What a record is called in a list, over its row."""
