from __future__ import annotations

import argparse
import os

import pytest
from psycopg_pool import AsyncConnectionPool

from gridwarden.commands.export_registry import KINDS, run


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_is_written_as_csv_with_its_columns(
    city: AsyncConnectionPool, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    assert await run(argparse.Namespace(kind=kind), city) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header.startswith("id,")
    if kind == "kinds":
        assert len(rows) > 100
    else:
        assert len(rows) == {"organisations": 5, "grids": 2, "members": 2, "devices": 2}[kind]


async def test_tokens_are_never_exported(city: AsyncConnectionPool, capsys: pytest.CaptureFixture[str]) -> None:
    await run(argparse.Namespace(kind="devices"), city)
    assert capsys.readouterr().out.splitlines()[1] == "phone-n,anna,north-1,,false,,,"


async def test_a_reader_who_has_seen_enough_ends_it_quietly(
    city: AsyncConnectionPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as stdout:
        monkeypatch.setattr("sys.stdout", stdout)
        assert await run(argparse.Namespace(kind="members"), city) == 0
