"""The key that seals identity and telephone numbers: where it lies, and the vault that uses it."""

from __future__ import annotations

import logging
from pathlib import Path

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from gridwarden.settings import Settings
from registry.privacy.errors import CannotSeal
from registry.privacy.keys import made_or_read, read_keys
from registry.privacy.queries import Vault, is_sealed_by
from registry.privacy.service import KEY_BYTES, Sealer

__all__ = ["key_fault", "open_vault", "secret_file"]

_log = logging.getLogger(__name__)


def secret_file(settings: Settings) -> Path:
    """Where the key lies: as set, else in the data directory."""
    return settings.secret_file or settings.data / "secret.key"


def open_vault(settings: Settings, pool: AsyncConnectionPool) -> Vault:
    """With the installation's key, which is made where there is none yet. A key that cannot be read is logged."""
    try:
        return Vault(pool, Sealer(made_or_read(secret_file(settings))))
    except (CannotSeal, OSError) as error:
        _log.error("identity and telephone numbers can be neither shown nor taken", extra={"error": str(error)})
        return Vault(pool, None, str(error))


async def key_fault(settings: Settings, connection: AsyncConnection) -> str | None:
    """Why what is sealed in that database cannot be opened here, with the mend; None where it can. Makes no key."""
    path = secret_file(settings)
    try:
        sealer = Sealer(read_keys(path)) if path.exists() else Sealer({1: bytes(KEY_BYTES)})
    except (CannotSeal, OSError) as error:
        return str(error)
    if await is_sealed_by(connection, sealer):
        return None
    mend = f"put the key file of the database's other servers at {path.absolute()}, or set GRIDWARDEN_SECRET_FILE"
    return f"sealed identity and telephone numbers cannot be opened: {mend}"
