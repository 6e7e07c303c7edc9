"""What may be wrong with sealed numbers.

CannotSeal      there is no key, or not the one that this database was sealed with
CannotOpen      a sealed value was made with another key, or for another place, or was changed
"""

from __future__ import annotations

__all__ = ["CannotOpen", "CannotSeal"]


class CannotSeal(Exception):
    """There is no key, or not the one that this database was sealed with; the message says what to do."""


class CannotOpen(Exception):
    """A sealed value was made with another key, or for another place, or was changed."""
