from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

from registry.api.route import Caller, Role
from registry.scope.queries import BELOW_ASKED, BELOW_CALLER, BELOW_ROOTS, BELOW_SCOPE, roots_of
from tests.registry.two_districts import NORTH


def caller(role: Role, member: int | None = None) -> Caller:
    return Caller(user=1, name="dora", role=role, organisation=NORTH, organisation_id="north", member=member)


async def ids(pool: AsyncConnectionPool, below: str, **values: object) -> set[str]:
    async with pool.connection() as connection:
        cursor = await connection.execute(f"SELECT id FROM organisations WHERE key IN {below}".encode(), values)
        return {name for (name,) in await cursor.fetchall()}


async def test_each_word_is_the_subtree_of_what_it_names(city: AsyncConnectionPool) -> None:
    north = await ids(city, BELOW_ASKED, organisation="north")
    assert {"north", "north-1"} <= north
    assert "south" not in north
    assert north == await ids(city, BELOW_CALLER, caller=NORTH)
    assert north == await ids(city, BELOW_SCOPE, scope=NORTH)
    assert north == await ids(city, BELOW_ROOTS, roots=[NORTH])


async def test_staff_work_in_their_organisation_and_a_member_in_his_grids_below_it(city: AsyncConnectionPool) -> None:
    async with city.connection() as connection:
        cursor = await connection.execute(
            """WITH who AS (INSERT INTO members (id, name, organisation)
                            SELECT 'M-roots', 'Ma', key FROM organisations WHERE id = 'north-1'
                            RETURNING key, organisation),
                    grid AS (INSERT INTO member_grids
                             SELECT who.key, o.key FROM who, organisations o WHERE o.id = 'south-1')
               SELECT key, organisation FROM who"""
        )
        row = await cursor.fetchone()
        assert row is not None
        assert await roots_of(connection, caller(Role.DISPATCHER)) == [NORTH]
        assert await roots_of(connection, caller(Role.MEMBER, member=row[0])) == [row[1]]
        assert await roots_of(connection, caller(Role.MEMBER)) == []
