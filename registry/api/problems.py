"""Expected refusals of the people's side. The web application turns them into RFC 9457 problem+json by one table.

Problem
    NotFound            404   no such thing within the caller's subtree
    Forbidden           403   the role may not do this
    NotSignedIn         401   no, wrong or ended session
    BadRequest          400   the request cannot be understood; `errors` lists each fault with its place
    Conflict            409   somebody else changed it meanwhile, or it exists already
    Unsupported         415   a file of a kind that is not taken
    TooMany             429   too many attempts; retry_after_s
    Unavailable         503   cannot be done now; retry_after_s
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "BadRequest",
    "Conflict",
    "Forbidden",
    "NotFound",
    "NotSignedIn",
    "Problem",
    "TooMany",
    "Unavailable",
    "Unsupported",
]


class Problem(Exception):
    """A refusal that the caller is told of; `detail` says what to do."""

    status = 500
    title = "Internal error"

    def __init__(
        self, detail: str, *, errors: Sequence[dict[str, object]] = (), retry_after_s: float | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = list(errors)
        self.retry_after_s = retry_after_s


class BadRequest(Problem):
    """The request cannot be understood."""

    status, title = 400, "Bad request"


class NotSignedIn(Problem):
    """No, a wrong or an ended session."""

    status, title = 401, "Not signed in"


class Forbidden(Problem):
    """The role may not do this."""

    status, title = 403, "Forbidden"


class NotFound(Problem):
    """No such thing within the caller's subtree."""

    status, title = 404, "Not found"


class Conflict(Problem):
    """Somebody else changed it meanwhile, or it exists already."""

    status, title = 409, "Conflict"


class Unsupported(Problem):
    """A file of a kind that is not taken."""

    status, title = 415, "Unsupported media type"


class TooMany(Problem):
    """Too many attempts."""

    status, title = 429, "Too many requests"


class Unavailable(Problem):
    """It cannot be done now."""

    status, title = 503, "Unavailable"
