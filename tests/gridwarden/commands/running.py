"""An administrative command run against a pool, as the command line would."""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from gridwarden.settings import Settings

__all__ = ["CommandLine", "json_lines"]

AddParser = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], object]
Run = Callable[[argparse.Namespace, AsyncConnectionPool], Awaitable[int]]


class CommandLine:
    """One command's module; `output` and `errors` are what its last run wrote."""

    def __init__(
        self, add_parser: AddParser, run: Run, pool: AsyncConnectionPool, capture: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch, data: Path = Path("unused"),
    ) -> None:  # fmt: skip
        self._parser = argparse.ArgumentParser(prog="gridwarden")
        self._settings = Settings(data=data)
        add_parser(self._parser.add_subparsers())
        self._run, self._pool, self._capture, self._monkeypatch = run, pool, capture, monkeypatch
        self.output = self.errors = ""

    async def __call__(self, *arguments: str, stdin: str = "") -> int:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        asked = self._parser.parse_args(arguments)
        asked.settings = self._settings
        status = await self._run(asked, self._pool)
        self.output, self.errors = self._capture.readouterr()
        return status

    def misused(self, *arguments: str) -> int:
        """The exit status of arguments that are not understood."""
        with pytest.raises(SystemExit) as caught:
            self._parser.parse_args(arguments)
        self.output, self.errors = self._capture.readouterr()
        assert isinstance(caught.value.code, int)
        return caught.value.code


def json_lines(text: str) -> list[Any]:
    """Each line of the text."""
    return [json.loads(line) for line in text.splitlines()]
