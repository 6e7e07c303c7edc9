"""Filling a fresh installation: what an operator does by `gridwarden import` and `user add`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from psycopg_pool import AsyncConnectionPool

from dispatch.streets.service import import_streets
from gridwarden.compose.clock import unix_s
from registry.api.problems import Conflict
from registry.api.route import Role
from registry.imports.service import import_file
from registry.organisations.model import ROOT
from registry.users.service import UserService

__all__ = ["NotSeeded", "import_files", "set_user"]


class NotSeeded(Exception):
    """A file was refused."""


async def import_files(pool: AsyncConnectionPool, files: Mapping[str, Path]) -> None:
    """Import each file as its kind, in order. Raises NotSeeded."""
    for kind, path in files.items():
        if kind == "streets":
            await import_streets(pool, path)
            continue
        report = await import_file(pool, kind, path)
        if report.refused:
            number, reason = report.refused[0]
            raise NotSeeded(f"{path.name}: {len(report.refused)} rows refused, the first at {number}: {reason}")


async def set_user(pool: AsyncConnectionPool, name: str, password: str, role: Role = Role.ADMINISTRATOR) -> None:
    """A user of the whole city with this password, added, or its password changed."""
    service = UserService(pool, unix_s)
    try:
        await service.add(name, password, role, ROOT)
    except Conflict:
        await service.set_password(name, password)
