"""The recorded messages of tests/vectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["VECTORS", "lines_of"]

VECTORS = Path(__file__).parents[2] / "vectors"


def lines_of(name: str) -> list[dict[str, Any]]:
    """The objects of a JSON lines file below tests/vectors."""
    return [json.loads(line) for line in (VECTORS / name).read_text(encoding="utf-8").splitlines()]
