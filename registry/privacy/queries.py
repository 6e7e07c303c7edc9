"""The sealer of this installation, and whether it is the one that the database was sealed with.

The first process that seals leaves a sealed word in the database. A process whose key does not open that word goes on
without sealing: numbers are neither shown nor taken, and everything else works.
"""

from __future__ import annotations

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Unavailable
from registry.privacy.errors import CannotOpen
from registry.privacy.model import Number
from registry.privacy.service import Sealer

__all__ = ["Vault", "is_sealed_by"]

_PLACE = "sealing_check.word"
_WORD = "gridwarden"


class Vault:
    """sealer: None where the key file cannot be read; why_not: says so then."""

    def __init__(self, pool: AsyncConnectionPool, sealer: Sealer | None, why_not: str = "") -> None:
        self._pool, self._sealer, self._why_not = pool, sealer, why_not
        self._checked = False

    async def sealer(self) -> Sealer:
        """To seal with. Raises Unavailable where the key is not the one of this database."""
        if self._sealer is None:
            raise Unavailable(f"numbers cannot be sealed: {self._why_not}")
        if not self._checked:
            async with self._pool.connection() as connection:
                if not await is_sealed_by(connection, self._sealer, leave=True):
                    raise Unavailable(
                        "numbers cannot be sealed or searched: this server's key is not the one that the database was "
                        "sealed with; `gridwarden check` says more"
                    )
            self._checked = True
        return self._sealer

    def opened(self, sealed: bytes, place: str) -> str | None:
        """The text; None where this server cannot open it."""
        try:
            return None if self._sealer is None else self._sealer.open(sealed, place)
        except CannotOpen:
            return None

    async def blind(self, kind: Number, plain: str) -> bytes:
        """To search by. Raises Unavailable."""
        return (await self.sealer()).blind(kind, plain)


async def is_sealed_by(connection: AsyncConnection, sealer: Sealer, *, leave: bool = False) -> bool:
    """Whether that key sealed this database, or nothing is sealed yet; leave: from now on it is this one."""
    if leave:
        await connection.execute(
            "INSERT INTO sealing_check (word) VALUES (%s) ON CONFLICT DO NOTHING", (sealer.seal(_WORD, _PLACE),)
        )
    cursor = await connection.execute("SELECT word FROM sealing_check")
    row = await cursor.fetchone()
    try:
        return row is None or sealer.open(bytes(row[0]), _PLACE) == _WORD
    except CannotOpen:
        return False
