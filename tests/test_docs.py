"""The docs say the truth: what can be counted in the code stands in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gridwarden.settings import NAMES

ROOT = Path(__file__).parents[1]
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_each_setting_has_its_row(name: str) -> None:
    assert f"| `{name}` |" in OPERATING


def test_no_setting_is_documented_that_does_not_exist() -> None:
    assert set(re.findall(r"^\| `(GRIDWARDEN_\w+)`", OPERATING, re.MULTILINE)) == set(NAMES)


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
            if not (document.parent / target).exists():
                broken.append(f"{document.relative_to(ROOT)}: {target}")
    assert not broken
