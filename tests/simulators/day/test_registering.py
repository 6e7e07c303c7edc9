"""What the demo fills in keeps to the forms that a city begins with."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import orjson
import pytest

from registry.forms.schema import entry_faults
from simulators.day.registering import answers_to

_MIGRATION = Path(__file__).parents[3] / "gridwarden" / "database" / "migrations" / "0022_forms.sql"
DEFINITIONS = [orjson.loads(one) for one in re.findall(r"\$form\$(.*?)\$form\$", _MIGRATION.read_text("utf-8"), re.S)]


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_answers_keep_to_every_form_of_the_city(definition: dict[str, Any]) -> None:
    for seed in range(50):
        assert entry_faults(answers_to(definition, random.Random(seed)), definition) == []


def test_there_are_eight_forms() -> None:
    assert len(DEFINITIONS) == 8
