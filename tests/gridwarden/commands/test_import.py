from __future__ import annotations

import json
from pathlib import Path

import pytest
from psycopg_pool import AsyncConnectionPool

from gridwarden.commands.import_ import add_parser, run
from registry.members.service import MemberService
from tests.gridwarden.commands.running import CommandLine
from tests.registry.two_districts import square


@pytest.fixture
def command(
    city: AsyncConnectionPool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> CommandLine:
    return CommandLine(add_parser, run, city, capsys, monkeypatch, tmp_path)


def a_file(folder: Path, text: str) -> str:
    path = folder / "members.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


async def count(city: AsyncConnectionPool) -> int:
    return len(await MemberService(city).members(caller=1, after=0, limit=99, name=None, organisation=None))


async def test_a_good_file_is_stored_and_counted(
    command: CommandLine, city: AsyncConnectionPool, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "id,name,organisation\nm1,Mia,north\nm2,Max,south\n")
    assert await command("import", "members", path) == 0
    assert command.output == "2 of 2 rows stored, 0 refused\n"
    assert command.errors == ""
    assert await count(city) == 4


async def test_a_bad_row_is_named_and_nothing_is_stored(
    command: CommandLine, city: AsyncConnectionPool, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "id,name,organisation\nm1,Mia,north\nm2,Max,nowhere\n")
    assert await command("import", "members", path) == 1
    assert command.output == "0 of 2 rows stored, 1 refused\n"
    assert "row 3: there is no organisation 'nowhere': import it first\n" in command.errors
    assert "nothing was stored" in command.errors
    assert await count(city) == 2


async def test_good_rows_can_be_kept(command: CommandLine, city: AsyncConnectionPool, tmp_path: Path) -> None:
    path = a_file(tmp_path, "id,name,organisation,shoes\nm1,Mia,north,42\nm2,Max,nowhere,43\n")
    assert await command("import", "members", path, "--skip-bad") == 1
    assert command.output == "1 of 2 rows stored, 1 refused\n"
    assert "columns that mean nothing here: shoes" in command.errors
    assert await count(city) == 3


async def test_a_file_that_cannot_be_read_is_a_sentence(command: CommandLine, tmp_path: Path) -> None:
    assert await command("import", "members", str(tmp_path / "nothing.csv")) == 1
    assert command.errors.startswith("gridwarden: there is no file ")


async def test_a_kind_that_does_not_exist_is_misuse(command: CommandLine) -> None:
    assert command.misused("import", "spaceships", "x.csv") == 2


async def test_territories_that_overlap_are_stored_and_warned_of(command: CommandLine, tmp_path: Path) -> None:
    tree = (
        ("street", "north", "street", None), ("n0", "street", "grid", square(119.6, 26.0)),
        ("n1", "street", "grid", square(119.6, 26.005)),
    )  # fmt: skip
    features = [
        {"type": "Feature", "properties": {"id": own, "name": "N", "parent": parent, "level": level}, "geometry": area}
        for own, parent, level, area in tree
    ]
    path = tmp_path / "tree.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert await command("import", "organisations", str(path)) == 0
    assert command.output == "3 of 3 rows stored, 0 refused\n"
    assert "warning: 'n0' and 'n1' overlap by 555," in command.errors
    assert "south" not in command.errors
