"""What other programs are told by a standard of theirs: Cursor on Target, where the operator names a TAK server."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

from dispatch.standards.cot.service import CotService
from gridwarden.compose.clock import utc_now
from gridwarden.compose.metrics import ProcessMetrics
from gridwarden.compose.tracking import Tracking
from gridwarden.settings import Settings

__all__ = ["cot_service"]


def cot_service(
    settings: Settings, pool: AsyncConnectionPool, tracking: Tracking, metrics: ProcessMetrics
) -> CotService | None:
    """To be run by one process; None where no server is named."""
    if settings.cot_url is None:
        return None
    service = CotService(settings.cot_url, pool, tracking.live, utc_now)
    metrics.labelled_gauge(
        "gridwarden_cot", "outcome", "events for TAK, and connections to it that failed",
        lambda: {word: float(count) for word, count in service.outcomes.items()},
    )  # fmt: skip
    return service
