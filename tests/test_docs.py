"""The docs say the truth: what can be counted in the code stands in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gridwarden.settings import NAMES
from insight.statistics.model import MEASURES, Measure

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


def test_each_path_of_the_people_side_is_documented() -> None:
    documented = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    missing = [path for path in _paths() if f"`{path}" not in documented and f" {path}" not in documented]
    assert not missing


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.code)
def test_each_measure_is_documented_with_its_formula(measure: Measure) -> None:
    page = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")
    row = f"| `{measure.code}` | {measure.name_en} | {measure.name_zh} | {measure.unit} | {measure.formula} |"
    assert row in page


METRICS = sorted(
    {
        name
        for module in ROOT.glob("gridwarden/compose/*.py")
        for name in re.findall(r'"(gridwarden_[a-z_]+)"', module.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize("name", METRICS)
def test_each_metric_is_documented(name: str) -> None:
    assert re.search(rf"`{name}(_total)?[`{{]", OPERATING)


def test_each_command_is_documented() -> None:
    from gridwarden.__main__ import _parser

    actions = [action for action in _parser(None)._actions if action.choices]
    commands = [name for action in actions for name in action.choices or ()]
    assert len(commands) > 8
    assert not [name for name in commands if f"gridwarden {name}" not in OPERATING]


def _paths() -> list[str]:
    """Paths named in the api modules."""
    modules = [*ROOT.glob("registry/*/api.py"), *ROOT.glob("tracker/*/api.py")]
    found = {path for module in modules for path in re.findall(r'path="(/[^"]+)"', module.read_text(encoding="utf-8"))}
    return sorted(
        path.removeprefix("/members/{id}") if "/track" in path or "/trips" in path else path for path in found
    )
