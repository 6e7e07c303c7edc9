"""Sealing: numbers that the database holds and cannot read, and finds all the same.

A sealed value is what AES-256-GCM makes of the text, with the column's name as associated data, so that a value that
was carried into another column or table does not open:

    byte 0      version of the key
    bytes 1-12  nonce, random
    the rest    ciphertext and tag

A blind index is HMAC-SHA-256 of the normalised text with a key derived for that alone: equal numbers have equal
indexes, and who has the database but not the key cannot try all numbers.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from registry.privacy.errors import CannotOpen
from registry.privacy.model import Number

__all__ = ["KEY_BYTES", "Sealer"]

KEY_BYTES = 32
_NONCE_BYTES = 12


class Sealer:
    """keys: by version, 1 to 255, each KEY_BYTES of randomness; the highest seals, all of them open.

    Blind indexes are made with the lowest, so that they stay when a key is added.
    """

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        self._version = max(keys)
        self._ciphers = {version: AESGCM(_derived(key, b"gridwarden seal")) for version, key in keys.items()}
        self._blind = _derived(keys[min(keys)], b"gridwarden blind")

    def seal(self, text: str, place: str) -> bytes:
        """place: `table.column` where it will lie."""
        return self.seal_bytes(text.encode(), place)

    def open(self, sealed: bytes, place: str) -> str:
        """The text. Raises CannotOpen."""
        try:
            return self.open_bytes(sealed, place).decode()
        except ValueError as error:
            raise CannotOpen("what was sealed is no text") from error

    def seal_bytes(self, data: bytes, place: str) -> bytes:
        """As `seal`."""
        nonce = os.urandom(_NONCE_BYTES)
        cipher = self._ciphers[self._version]
        return bytes((self._version,)) + nonce + cipher.encrypt(nonce, data, place.encode())

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """What was sealed. Raises CannotOpen."""
        cipher = self._ciphers.get(sealed[0]) if len(sealed) > _NONCE_BYTES else None
        if cipher is None:
            raise CannotOpen("it was sealed with a key that is not here")
        try:
            nonce, rest = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
            return cipher.decrypt(nonce, rest, place.encode())
        except (InvalidTag, ValueError) as error:
            raise CannotOpen("it was sealed with another key, for another place, or was changed") from error

    def blind(self, kind: Number, plain: str) -> bytes:
        """Of a normalised number."""
        return hmac.new(self._blind, f"{kind}:{plain}".encode(), hashlib.sha256).digest()


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(key)
