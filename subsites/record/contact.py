"""How a citizen can be reached: sealed where it lies, masked where shown, in full with a purpose on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registry.api.problems import BadRequest
from registry.privacy.model import Number, mask, normalised, number_fault
from registry.privacy.queries import Vault
from subsites.record.model import Told, masked_name

__all__ = ["Contacts"]


class Contacts:
    """Of one table; its columns are name_sealed, telephone_sealed and telephone_blind."""

    def __init__(self, vault: Vault, table: str) -> None:
        self._vault, self._table = vault, table

    async def sealed(self, name: str | None, telephone: str | None) -> dict[str, Any]:
        """The columns. Raises BadRequest, and Unavailable where nothing can be sealed."""
        if name is None and telephone is None:
            return {}
        plain = None if telephone is None else normalised(Number.TELEPHONE, telephone)
        if plain is not None and (fault := number_fault(Number.TELEPHONE, plain)) is not None:
            raise BadRequest(fault)
        sealer = await self._vault.sealer()
        return {
            "name_sealed": None if name is None else sealer.seal(name, self._place("name")),
            "telephone_sealed": None if plain is None else sealer.seal(plain, self._place("telephone")),
            "telephone_blind": None if plain is None else sealer.blind(Number.TELEPHONE, plain),
        }

    def masked(self, row: Mapping[str, Any]) -> Told:
        """Name and telephone of a row, enough to tell two apart."""
        full = self.full(row)
        name, telephone = full["name"], full["telephone"]
        return {
            "name": None if name is None else masked_name(name),
            "telephone": None if telephone is None else mask(telephone),
        }

    def full(self, row: Mapping[str, Any]) -> Told:
        """Name and telephone of a row; None where there is none or this server cannot open it."""
        return {what: self._opened(row[f"{what}_sealed"], what) for what in ("name", "telephone")}

    def _opened(self, sealed: bytes | None, what: str) -> str | None:
        return None if sealed is None else self._vault.opened(bytes(sealed), self._place(what))

    def _place(self, what: str) -> str:
        return f"{self._table}.{what}"
