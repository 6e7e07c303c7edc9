"""Charts of how cost grows: docs/pictures/growth-*.png and .svg."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

__all__ = ["draw"]

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
mpl.rcParams |= {"svg.hashsalt": "gridwarden", "font.family": "DejaVu Sans", "font.size": 10}


def draw(what: str, unit: str, points: Sequence[tuple[int, float]], folder: Path = PICTURES) -> None:
    """points: size and cost; both axes logarithmic, with a line for what would grow in proportion."""
    sizes, costs = zip(*points, strict=True)
    figure = Figure(figsize=(5.2, 3.4), layout="constrained")
    axes = figure.subplots()
    axes.loglog(sizes, costs, "o-", color="#0b7285", label="measured")
    axes.loglog(sizes, [costs[0] * size / sizes[0] for size in sizes], ":", color="#868e96", label="in proportion")
    axes.set(xlabel=what, ylabel=unit, ylim=(min(costs) / 3, max(costs) * 5))
    axes.grid(which="major", color="#dee2e6")
    axes.legend(frameon=False)
    for kind in ("png", "svg"):
        figure.savefig(folder / f"growth-{what}.{kind}", dpi=110, metadata={"Date": None} if kind == "svg" else None)
