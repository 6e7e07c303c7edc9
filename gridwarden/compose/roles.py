"""The roles a process may take."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ALL_ROLES", "BadRoles", "ServerRole", "roles_of"]


class ServerRole(StrEnum):
    """What a process does; docs/operating.md has the table."""

    INGEST = "ingest"
    PUSH = "push"
    API = "api"
    WORKERS = "workers"


ALL_ROLES: tuple[ServerRole, ...] = tuple(ServerRole)


class BadRoles(Exception):
    """--roles names one that does not exist, or none."""


def roles_of(text: str) -> frozenset[ServerRole]:
    """Read `ingest,push`. Raises BadRoles."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    wrong = sorted(set(names) - set(ALL_ROLES))
    if wrong or not names:
        raise BadRoles(f"--roles takes some of {', '.join(ALL_ROLES)}; not {', '.join(wrong) or 'none'}")
    return frozenset(ServerRole(name) for name in names)
