from __future__ import annotations

import argparse
import os
from pathlib import Path

import pytest
from psycopg_pool import AsyncConnectionPool

from gridwarden.commands.export_registry import KINDS, run
from gridwarden.settings import Settings


def asked(folder: Path, kind: str) -> argparse.Namespace:
    return argparse.Namespace(kind=kind, settings=Settings(data=folder))


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_is_written_as_csv_with_its_columns(
    city: AsyncConnectionPool, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    assert await run(asked(tmp_path, kind), city) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header.startswith("id,")
    if kind == "kinds":
        assert len(rows) > 100
    else:
        assert len(rows) == {"organisations": 5, "grids": 2, "members": 2, "devices": 2}.get(kind, 0)


async def test_tokens_are_never_exported(
    city: AsyncConnectionPool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await run(asked(tmp_path, "devices"), city)
    assert capsys.readouterr().out.splitlines()[1] == "phone-n,anna,north-1,,false,,,"


async def test_a_reader_who_has_seen_enough_ends_it_quietly(
    city: AsyncConnectionPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as stdout:
        monkeypatch.setattr("sys.stdout", stdout)
        assert await run(asked(tmp_path, "members"), city) == 0
