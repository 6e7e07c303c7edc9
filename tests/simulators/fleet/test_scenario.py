from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulators.fleet.scenario import BadScenario, Scenario, read_scenario


def written(folder: Path, document: Any) -> Path:
    path = folder / "scenario.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path


def test_a_scenario_changes_what_it_names(tmp_path: Path) -> None:
    assert read_scenario(written(tmp_path, {"noise_m": 8, "duplicates": 0.1})) == Scenario(noise_m=8, duplicates=0.1)


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({"nois": 1}, "nois: there is no such setting"),
        ({"noise_m": -1}, "noise_m: less than 0"),
        ({"noise_m": "1"}, "noise_m: not a number"),
        ({"noise_m": True}, "noise_m: not a number"),
        ({"pause_s": 0}, "pause_s: must be more than 0"),
        ({"duplicates": 1.5}, "duplicates: a share is at most 1"),
        ({"bicycles": 0.6, "vehicles": 0.6}, "more than all members"),
        ([], "not a JSON object"),
        ("{", "Expecting"),
        ('{"noise_m": NaN}', "noise_m: not a number"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, document: Any, fault: str) -> None:
    with pytest.raises(BadScenario, match=fault):
        read_scenario(written(tmp_path, document))


def test_every_fault_is_listed(tmp_path: Path) -> None:
    with pytest.raises(BadScenario) as raised:
        read_scenario(written(tmp_path, {"a": 1, "pauses": -2}))
    assert len(raised.value.faults) == 2


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BadScenario):
        read_scenario(tmp_path / "none.json")
