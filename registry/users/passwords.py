"""Passwords: argon2id, the one doorway to argon2. Hashing takes some 50 ms of a core; call it in a thread."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

__all__ = ["SHORTEST", "hash_password", "password_matches"]

SHORTEST = 8
"""Characters a password needs."""

_hasher = PasswordHasher(time_cost=2, memory_cost=32_768, parallelism=1)
_NOBODY = "$argon2id$v=19$m=32768,t=2,p=1$p2i7AU9q8r56NewvKfsYqw$ef8wnz7XKMCv5jIbw7QhAHosHQD/4RLDo/MhkOqMR78"
"""Of random bytes that nobody kept, made with the same parameters: written down, since making one takes 50 ms."""


def hash_password(password: str) -> str:
    """Its argon2id hash, parameters and salt included."""
    return _hasher.hash(password)


def password_matches(password: str, password_hash: str | None) -> bool:
    """Whether it is the password; None (no such user) takes as long and is never."""
    try:
        _hasher.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
