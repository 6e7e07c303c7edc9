"""docs/import.md names every column, so that nobody has to read the code to prepare a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from registry.imports.kinds import KINDS

DOCUMENT = (Path(__file__).parents[3] / "docs" / "import.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["organisations", "members", "devices"])
def test_every_column_of_a_kind_is_documented_and_no_other(kind: str) -> None:
    (row,) = re.findall(rf"^\| `{kind}` \| (.*) \|$", DOCUMENT, re.MULTILINE)
    told = re.sub(r"\([^()]*\)", "", row).replace("*", "").split(",")
    assert [name.strip() for name in told] == list(_in_order(kind))


def test_every_kind_is_documented() -> None:
    assert not [kind for kind in KINDS if f"| `{kind}` |" not in DOCUMENT]


def _in_order(kind: str) -> list[str]:
    columns = list(KINDS[kind].columns)
    return columns + [name for name in KINDS[kind].shape.model_fields if name not in columns]
