"""Members with handhelds."""

from __future__ import annotations

from tests.dispatch.alerts.conftest import handhelds

__all__ = ["handhelds"]
