from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

from registry.duplicates.hanging import HANGING
from registry.elements.model import Element


async def test_every_column_that_refers_to_a_record_moves_with_it(city: AsyncConnectionPool) -> None:
    """A table that refers to an element and is not named here would keep what hung on a record that ended."""
    async with city.connection() as connection:
        cursor = await connection.execute(
            """SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
               FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)
               WHERE c.contype = 'f' AND c.conparentid = 0 AND a.attname <> 'merged_into'
                 AND c.confrelid::regclass::text = ANY(%s)""",
            (list(map(str, Element)),),
        )
        referring = {(table, column, element) for table, column, element in await cursor.fetchall()}
    assert referring <= {(str(one.table), one.column, str(one.element)) for one in HANGING}
