"""Filling a fresh installation: what an operator does by `gridwarden import` and `user add`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from psycopg_pool import AsyncConnectionPool

from dispatch.backfill.imports import import_incidents
from dispatch.kinds.store import KindStore
from dispatch.streets.service import import_streets
from gridwarden.compose.clock import unix_s
from gridwarden.compose.privacy import open_vault
from gridwarden.compose.registering import import_kinds
from gridwarden.settings import Settings
from insight.diary.imports import import_diary
from registry.api.problems import Conflict
from registry.api.route import Role
from registry.imports.service import import_file
from registry.organisations.model import ROOT
from registry.users.service import UserService

__all__ = ["NotSeeded", "has_buildings", "has_incidents", "import_files", "import_history", "kinds_of", "set_user"]


class NotSeeded(Exception):
    """A file was refused."""


async def import_files(pool: AsyncConnectionPool, files: Mapping[str, Path], settings: Settings) -> None:
    """Import each file as its kind, in order. Raises NotSeeded."""
    kinds = import_kinds(open_vault(settings, pool))
    for kind, path in files.items():
        if kind == "streets":
            await import_streets(pool, path)
            continue
        report = await import_file(pool, kinds[kind], path)
        if report.refused:
            number, reason = report.refused[0]
            raise NotSeeded(f"{path.name}: {len(report.refused)} rows refused, the first at {number}: {reason}")


async def has_incidents(pool: AsyncConnectionPool) -> bool:
    """Whether any is stored."""
    async with pool.connection() as connection:
        cursor = await connection.execute("SELECT EXISTS (SELECT FROM incidents)")
        row = await cursor.fetchone()
    return row is not None and bool(row[0])


async def has_buildings(pool: AsyncConnectionPool) -> bool:
    """Whether any is stored."""
    async with pool.connection() as connection:
        cursor = await connection.execute("SELECT EXISTS (SELECT FROM buildings)")
        row = await cursor.fetchone()
    return row is not None and bool(row[0])


async def import_history(pool: AsyncConnectionPool, incidents: Path, diary: Path) -> None:
    """Incidents and diaries of the past. Raises NotSeeded."""
    for path, done in (
        (incidents, await import_incidents(pool, incidents)),
        (diary, await import_diary(pool, diary)),
    ):
        if done.refused:
            number, reason = done.refused[0]
            raise NotSeeded(f"{path.name}: {len(done.refused)} lines refused, the first at {number}: {reason}")


async def kinds_of(pool: AsyncConnectionPool) -> list[dict[str, Any]]:
    """The catalogue's kinds that are not retired: code, English name and limits in seconds."""
    async with pool.connection() as connection:
        kinds = await KindStore(connection).all(None, retired=False)
    return [
        {
            "code": one.code, "name": one.name_en, "accept_s": one.accept_s, "arrive_s": one.arrive_s,
            "handle_s": one.handle_s, "verify_s": one.verify_s,
        }
        for one in kinds
    ]  # fmt: skip


async def set_user(pool: AsyncConnectionPool, name: str, password: str, role: Role = Role.ADMINISTRATOR) -> None:
    """A user of the whole city with this password, added, or its password changed."""
    service = UserService(pool, unix_s)
    try:
        await service.add(name, password, role, ROOT)
    except Conflict:
        await service.set_password(name, password)
