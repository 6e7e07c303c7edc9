"""People of the dispatch tests' world as they call the sub-sites, and households for them to meet."""

from __future__ import annotations

from registry.api.route import Call, Caller, Role
from tests.dispatch.world import World

__all__ = ["add_household", "call_of", "caller"]


def caller(world: World, name: str) -> Caller:
    """The user of that name."""
    actor = world[name]
    assert actor.user is not None
    assert actor.organisation is not None
    return Caller(
        user=actor.user, name=name, role=actor.role or Role.OFFICER, organisation=actor.organisation,
        organisation_id="-", member=actor.member,
    )  # fmt: skip


def call_of(who: Caller) -> Call:
    """A call of theirs that says nothing."""
    return Call(caller=who, path={}, query=None, body=None, token=None, address="127.0.0.1:1")


async def add_household(world: World, household: str, organisation: str, head: str, *groups: str) -> None:
    """One with a head of those groups."""
    async with world.pool.connection() as connection:
        await connection.execute(
            """WITH made AS (INSERT INTO households (id, organisation)
                             SELECT %(household)s, key FROM organisations WHERE id = %(organisation)s
                             RETURNING key, organisation)
               INSERT INTO people (id, organisation, household, relation, name, groups)
               SELECT %(household)s || '-1', organisation, key, 'head', %(head)s, %(groups)s FROM made""",
            {"household": household, "organisation": organisation, "head": head, "groups": list(groups)},
        )
