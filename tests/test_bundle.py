"""The command centre's first view with the map weighs less than a megabyte, compressed."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[1] / "gridwarden" / "web" / "static"
MOST_BYTES = 1_000_000


def loaded_by(file: Path) -> set[Path]:
    """Scripts and styles that a built file names and that are fetched with it, not only when they are asked for."""
    text = file.read_text(encoding="utf-8")
    static = re.findall(r'(?:from|import)\s*"\./([\w.-]+)"', text) if file.suffix == ".js" else []
    named = re.findall(r'(?:src|href)="/assets/([\w.-]+\.(?:js|css))"', text) if file.suffix == ".html" else []
    return {STATIC / "assets" / name for name in [*static, *named]}


def test_the_first_view_is_light() -> None:
    if not (STATIC / "index.html").exists():
        pytest.skip("the web application is not built: make web")
    assets = STATIC / "assets"
    # The map's page, its desk and what the map's library runs beside it are fetched as soon as somebody is signed in.
    asked = [path for name in ("Console", "Dock", "style", "maplibre-gl-worker") for path in assets.glob(f"{name}-*.*")]
    seen, front = set[Path](), {STATIC / "index.html", *asked}
    while front:
        seen |= front
        front = {found for file in front for found in loaded_by(file)} - seen
    scripts = [file for file in seen if file.suffix in (".js", ".css")]
    assert len(scripts) > 5
    assert sum(len(gzip.compress(file.read_bytes())) for file in scripts) < MOST_BYTES
