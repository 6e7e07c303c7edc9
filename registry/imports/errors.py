"""What can be wrong with an import as a whole. A wrong row is not an error but a line of the report.

BadFile     the file cannot be read, or is not what its name says
"""

from __future__ import annotations

__all__ = ["BadFile"]


class BadFile(Exception):
    """The file as a whole cannot be read; the message says what to do."""
