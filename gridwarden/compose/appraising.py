"""The appraisal and the work diary of a process."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from pathlib import Path

from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from dispatch.incidents.service import IncidentService
from gridwarden.compose.clock import utc_now
from gridwarden.compose.following import reporting
from insight.appraisal import api as appraisal_api
from insight.appraisal.counting import Counting
from insight.appraisal.falsifications import api as falsifications_api
from insight.appraisal.falsifications.service import FalsificationService
from insight.appraisal.objections import api as objections_api
from insight.appraisal.objections.service import ObjectionService
from insight.appraisal.rulebook import api as rulebook_api
from insight.appraisal.rulebook.service import RulebookService
from insight.appraisal.service import AppraisalService
from insight.diary import api as diary_api
from insight.diary.photographs import api as photographs_api
from insight.diary.photographs.service import DiaryPhotographs
from insight.diary.service import DiaryService
from registry.api.route import Route
from registry.files.service import AttachmentService

__all__ = ["appraisal_routes", "appraise"]

_log = logging.getLogger(__name__)

_LEAST_S = 20.0
_SHARE = 20
"""A round is followed by a pause of so many times its length, that it may not become the main work."""


def appraisal_routes(pool: AsyncConnectionPool, incidents: IncidentService, files: Path) -> list[Route]:
    """Of the appraisal and the diary. files: the folder where photographs lie."""
    diary = DiaryService(pool, utc_now, reporting(incidents), random.SystemRandom())
    return [
        *appraisal_api.routes(AppraisalService(pool, utc_now)),
        *rulebook_api.routes(RulebookService(pool, utc_now)),
        *objections_api.routes(ObjectionService(pool, utc_now)),
        *falsifications_api.routes(FalsificationService(pool, utc_now)),
        *diary_api.routes(diary),
        *photographs_api.routes(DiaryPhotographs(diary, AttachmentService(pool, files, utc_now))),
    ]


async def appraise(pool: AsyncConnectionPool) -> None:
    """Count the running period and freeze those that are over, until cancelled."""
    counting = Counting(pool, utc_now)
    while True:
        began = time.monotonic()
        try:
            await counting.round()
        except (DatabaseFault, PoolTimeout, OSError) as error:
            _log.warning("the appraisal waits for the database", extra={"error": str(error).strip()})
        await asyncio.sleep(max(_LEAST_S, _SHARE * (time.monotonic() - began)))
