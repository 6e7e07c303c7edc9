from __future__ import annotations

from pathlib import Path

from benchmarks.charts import draw


def test_a_chart_is_drawn_twice_alike(tmp_path: Path) -> None:
    pictures = []
    for _ in range(2):
        draw("members", "µs", [(1_000, 10.0), (10_000, 14.0), (100_000, 30.0)], tmp_path)
        pictures.append((tmp_path / "growth-members.svg").read_text(encoding="utf-8"))
    assert pictures[0] == pictures[1]
    assert pictures[0].count("<path") > 20
    assert (tmp_path / "growth-members.png").read_bytes().startswith(b"\x89PNG")
