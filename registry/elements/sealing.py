"""The numbers of a record on their way in and out: checked and sealed, opened and masked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from registry.api.problems import BadRequest
from registry.elements.model import ElementType
from registry.privacy.model import Number, identity_fault, mask, normalised, number_fault, told_by_identity
from registry.privacy.queries import Vault

__all__ = ["Seals"]


class Seals:
    """Of one element."""

    def __init__(self, kind: ElementType, vault: Vault) -> None:
        self._kind, self._vault = kind, vault

    async def sealed(self, fields: dict[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
        """The fields with each number as the pair that is stored. known: the record as it was. Raises BadRequest."""
        stored = {name: value for name, value in fields.items() if name not in self._kind.sealed}
        for name, number in self._kind.sealed.items():
            if name in fields:
                plain = None if fields[name] is None else normalised(number, fields[name])
                if plain is not None:
                    self._check(name, number, plain, dict(known) | stored)
                    stored |= _told(number, plain, dict(known) | stored)
                stored |= await self._pair(name, number, plain)
        return stored

    async def blind(self, name: str, text: str) -> bytes:
        """What a number is searched by. Raises BadRequest, Unavailable."""
        number = self._kind.sealed[name]
        return await self._vault.blind(number, normalised(number, text))

    def masked(self, row: Mapping[str, Any]) -> dict[str, str | None]:
        """Each number, masked."""
        return {name: None if text is None else mask(text) for name, text in self.plain(row).items()}

    def plain(self, row: Mapping[str, Any]) -> dict[str, str | None]:
        """Each number in full; None where there is none, or it cannot be opened here."""
        return {
            name: None
            if (value := row[f"{name}_sealed"]) is None
            else self._vault.opened(bytes(value), self._place(name))
            for name in self._kind.sealed
        }

    def _check(self, name: str, number: Number, plain: str, known: Mapping[str, Any]) -> None:
        fault = number_fault(number, plain)
        if fault is None and number is Number.IDENTITY:
            fault = identity_fault(plain, birth_date=known.get("birth_date"), gender=known.get("gender"))
        if fault is not None:
            raise BadRequest(fault, errors=[{"at": name, "reason": fault}])

    async def _pair(self, name: str, number: Number, plain: str | None) -> dict[str, bytes | None]:
        if plain is None:
            return {f"{name}_sealed": None, f"{name}_blind": None}
        sealer = await self._vault.sealer()
        return {f"{name}_sealed": sealer.seal(plain, self._place(name)), f"{name}_blind": sealer.blind(number, plain)}

    def _place(self, name: str) -> str:
        return f"{self._kind.element}.{name}"


def _told(number: Number, plain: str, known: Mapping[str, Any]) -> dict[str, date | str]:
    """Birth date and gender that an identity number says and nobody else did."""
    if number is not Number.IDENTITY:
        return {}
    born, gender = told_by_identity(plain)
    found: dict[str, date | str | None] = {"birth_date": born, "gender": gender}
    return {name: value for name, value in found.items() if value is not None and known.get(name) is None}
