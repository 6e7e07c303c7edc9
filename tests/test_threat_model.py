"""docs/threat-model.md says the truth: each row of the attacks names tests that exist, and what is pinned is pinned."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_ROWS = re.findall(
    r"^\| ([^|]+) \| [^|]+ \| (`tests/[^|]+) \|$",
    (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def test_the_document_has_its_rows() -> None:
    assert len(_ROWS) >= 25


@pytest.mark.parametrize(("attack", "tests"), _ROWS, ids=[attack for attack, _ in _ROWS])
def test_each_attack_has_a_test_that_exists(attack: str, tests: str) -> None:
    named = re.findall(r"`([^`]+)::([^`]+)`", tests)
    assert named, attack
    missing = [f"{path}::{name}" for path, name in named if name not in _functions(ROOT / path)]
    assert not missing


def test_every_dependency_is_pinned() -> None:
    """Ours to a version, those of the page to the hash of what was looked at."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lock if line and not line.startswith("#") and "==" not in line]
    packages = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert len(packages) > 100
    assert not [name for name, one in packages.items() if "resolved" in one and "integrity" not in one]


def _functions(path: Path) -> set[str]:
    if not path.exists():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
