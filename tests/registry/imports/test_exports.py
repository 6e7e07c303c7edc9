"""What is exported can be imported again, whatever the format."""

from __future__ import annotations

from pathlib import Path

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.imports.exports import FORMATS
from registry.imports.kinds import KINDS
from registry.imports.rows import rows_of
from registry.imports.service import import_file


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", ["organisations", "members"])
async def test_an_export_says_of_each_row_what_an_import_takes(
    city: AsyncConnectionPool, tmp_path: Path, name: str, ending: str
) -> None:
    async with city.connection() as connection:
        await connection.execute("UPDATE members SET name = '=1+1' WHERE id = 'anna'")
    path = tmp_path / f"{name}.{ending}"
    path.write_bytes(b"".join([chunk async for chunk in FORMATS[ending].write(city, KINDS[name])]))
    rows = [row for _, row in rows_of(path) if not isinstance(row, str)]
    assert len(rows) == (5 if name == "organisations" else 2)
    if name == "members":
        assert rows[0]["name"] == "=1+1", "a text is no formula"
    report = await import_file(city, name, path)
    assert (report.refused, report.stored) == ([], True)
