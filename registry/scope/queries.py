"""What a caller may see, in SQL, named once: statements that are limited to somebody's organisations."""

from __future__ import annotations

from typing import Final

from psycopg import AsyncConnection

from registry.api.route import Caller, Role

__all__ = ["BELOW_ASKED", "BELOW_CALLER", "BELOW_ROOTS", "BELOW_SCOPE", "roots_of"]

_BELOW: Final = "(SELECT descendant FROM organisation_closure WHERE ancestor = {})"

BELOW_CALLER = _BELOW.format("%(caller)s")
"""Keys of the organisation whose key is the parameter `caller`, and of all below it."""

BELOW_SCOPE = _BELOW.format("%(scope)s")
"""The same of the parameter `scope`."""

BELOW_ROOTS = _BELOW.format("ANY(%(roots)s)")
"""The same of several, `roots`: see roots_of."""

BELOW_ASKED = """(SELECT c.descendant FROM organisation_closure c JOIN organisations a ON a.key = c.ancestor
                  WHERE a.id = %(organisation)s)"""
"""The same of the one whose id is the parameter `organisation`: what a caller asks for. It limits nobody by itself."""


async def roots_of(connection: AsyncConnection, caller: Caller) -> list[int]:
    """Keys of the organisations whose subtrees a caller works in.

    A user of the command centre: his organisation. A member: his own and the grids that he works in, as far as they lie
    below the user's organisation.
    """
    if caller.role is not Role.MEMBER:
        return [caller.organisation]
    cursor = await connection.execute(
        """SELECT DISTINCT works.organisation FROM (
               SELECT organisation FROM members WHERE key = %(member)s
               UNION ALL SELECT organisation FROM member_grids WHERE member = %(member)s) works
           JOIN organisation_closure c ON c.descendant = works.organisation AND c.ancestor = %(organisation)s""",
        {"member": caller.member, "organisation": caller.organisation},
    )
    return [key for (key,) in await cursor.fetchall()]
