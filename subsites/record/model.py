"""What every room of the sub-sites shares: who acts, tables of legal moves, codes that citizens hold. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from registry.api.route import Caller
from registry.enrolment.model import ALPHABET, as_typed

__all__ = ["CITIZEN", "Actor", "IllegalMove", "Machine", "Told", "actor_of", "code_hash", "code_of", "masked_name"]

Told = dict[str, Any]
"""A row as people are told of it, by column."""

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)

LONG_KEY = 32
"""Signs of an Idempotency-Key that is random enough to make a code of; a UUID has 36."""
_SIGNS, _GROUP = 12, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. organisation: key of the subtree it may touch; None: whoever holds a code, and nothing but that.

    member: key of whose handheld it is, where `only_own` says that it may touch only what is his.
    """

    name: str
    organisation: int | None = None
    user: int | None = None
    member: int | None = None
    only_own: bool = False


CITIZEN = Actor(name="citizen")


def actor_of(caller: Caller) -> Actor:
    """The user of a request."""
    return Actor(
        name=caller.name, organisation=caller.organisation, user=caller.user, member=caller.member,
        only_own=caller.role == "member",
    )  # fmt: skip


def masked_name(name: str) -> str:
    """Enough to tell two people apart who stand at one door."""
    return name[:1] + "*" * max(1, len(name) - 1)


class IllegalMove(Exception):
    """The action is not legal in the state."""


@dataclass(frozen=True, slots=True)
class Machine(Generic[S, A]):
    """A table of legal moves: what is not in it is an IllegalMove, whoever asks."""

    word: str
    moves: Mapping[tuple[S, A], S]

    def state(self, word: str) -> S:
        """The state of that word."""
        return next(one for one in (*self.moves.values(), *(state for state, _ in self.moves)) if one == word)

    def after(self, state: S, action: A) -> S:
        """The state that the action leads to. Raises IllegalMove."""
        try:
            return self.moves[state, action]
        except KeyError:
            raise IllegalMove(f"a {self.word} that is {state.replace('_', ' ')} cannot be: {action}") from None


def code_of(choose: Callable[[Sequence[str]], str], key: str | None, said: bytes) -> str:
    """A code of 60 bits for a citizen, as ABCD-EFGH-JKMN.

    Random; where a long Idempotency-Key came, made of it and of what was said, so that the same call sent again gets
    the same code although it is stored nowhere.
    """
    if key is None or len(key) < LONG_KEY:
        return as_typed("".join(choose(ALPHABET) for _ in range(_SIGNS)))
    number = int.from_bytes(hashlib.sha256(b"code\0" + key.encode() + b"\0" + said).digest()[:8])
    return as_typed("".join(ALPHABET[number >> 5 * at & 31] for at in range(_SIGNS)))


def code_hash(code: str) -> bytes:
    """What is stored of a code, however it was typed."""
    return hashlib.sha256(f"public code {as_typed(code)}".encode()).digest()
