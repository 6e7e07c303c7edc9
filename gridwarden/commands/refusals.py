"""A refusal on the command line: a sentence on stderr, and the exit status."""

from __future__ import annotations

import sys

from registry.api.problems import BadRequest, Problem

__all__ = ["refuse"]


def refuse(problem: Problem) -> int:
    """Say it; 2 when the command was not understood, else 1."""
    print(f"gridwarden: {problem.detail}", file=sys.stderr)
    for fault in problem.errors:
        print(f"gridwarden: {fault}", file=sys.stderr)
    return 2 if isinstance(problem, BadRequest) else 1
