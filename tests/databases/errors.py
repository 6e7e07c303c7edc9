"""Why a database of the tests is not there."""

from __future__ import annotations

__all__ = ["NotHere"]


class NotHere(Exception):
    """This machine cannot have the database; the message says why. Its tests are skipped with it."""
