"""Open files: as many as the system lets, and never so many of devices that none is left for everybody else.

The usual limit of a process is 1,024, below the device connections that are allowed: strangers who connect and say
nothing would take every descriptor, and no dispatcher, no viewer and no connection to the database got one.
"""

from __future__ import annotations

import logging
import resource

__all__ = ["OF_OTHERS", "connections_of", "raise_limit"]

_log = logging.getLogger(__name__)

OF_OTHERS = 2_000
"""Kept for people, viewers, the database and files; half of all where there are not twice as many."""
_ENOUGH = 1 << 17


def raise_limit() -> int:
    """From the soft limit to the hard one; how many files may be open now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _ENOUGH if hard == resource.RLIM_INFINITY else min(hard, _ENOUGH)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        return most
    return _ENOUGH if soft == resource.RLIM_INFINITY else soft


def connections_of(wanted: int, files: int) -> int:
    """Device connections that are taken, of those wanted, where so many files may be open."""
    room = files - min(OF_OTHERS, files // 2)
    if room < wanted:
        _log.warning(
            "the limit of open files allows fewer device connections than wanted: raise it (LimitNOFILE, ulimit -n)",
            extra={"wanted": wanted, "allowed": room, "files": files},
        )
    return min(wanted, room)
