"""Texts as the index has them, and questions as it is asked.

A text is squeezed to its letters and digits; each is a unit with forms: a Chinese character's are itself, its readings
(pinyin without tones) and their initials, any other's is itself. Terms of a text (lexemes of a tsvector):

    =WHOLE       the squeezed text, ~WHOLE its pinyin, -WHOLE its initials: for exact answers
    ^a           forms of the first unit; `<a b` of the first two: for texts that begin so
    a            characters and readings of every unit
    a b          forms of every two neighbours: character-character, character-initial, and reading or initial both ways

Chinese words have one to four characters, which is below what trigrams can do, and trigrams depend on the locale.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice, pairwise, product

from registry.search.model import Match

__all__ = ["MOST_LETTERS", "known_letters", "match", "questions", "squeezed", "terms"]

MOST_LETTERS = 64
"""Letters of a text that are searched."""

_READINGS = 3
_SPELLINGS = 4
_SEGMENTATIONS = 16
_DOUBLE = ("zh", "ch", "sh")


def squeezed(text: str) -> str:
    """Letters and digits only, without case and width."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())[:MOST_LETTERS]


@lru_cache(maxsize=1)
def known_letters() -> Mapping[int, str]:
    """Chinese characters by code point. The first call loads them, 0.2 s: a server asks once it is ready."""
    from pypinyin.constants import PINYIN_DICT

    known: Mapping[int, str] = PINYIN_DICT
    return known


@lru_cache(maxsize=30_000)
def readings(letter: str) -> tuple[str, ...]:
    """Of a Chinese character, the usual first; none of another letter. The ü of 吕 is v, and u too."""
    if len(letter) != 1 or ord(letter) not in known_letters():
        return ()
    from pypinyin import Style, pinyin

    found = pinyin(letter, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
    known = [one for one in dict.fromkeys(found) if one.isascii() and one.isalpha()][:_READINGS]
    return tuple(dict.fromkeys([*known, *(one.replace("v", "u") for one in known)]))


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    common = (chr(code) for code in range(0x4E00, 0x9FA6) if code in known_letters())
    return frozenset(one for letter in common for one in readings(letter))


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(one[:size] for one in _syllables() for size in range(1, len(one) + 1))


def terms(text: str) -> set[str]:
    """Of one text; see the module."""
    letters = squeezed(text)
    if not letters:
        return set()
    units = [_Unit(letter) for letter in letters]
    found = {f"={letters}", *(f"^{form}" for form in units[0].forms())}
    if any(unit.readings for unit in units):
        found |= {f"~{''.join(one)}" for one in islice(product(*(unit.spelt for unit in units)), _SPELLINGS)}
        found |= {f"-{''.join(one)}" for one in islice(product(*(unit.initials for unit in units)), _SPELLINGS)}
    for unit in units:
        found.update([unit.letter] if unit.readings else [], unit.readings)
    for at, (one, other) in enumerate(pairwise(units)):
        pairs = set(_pairs(one, other))
        found |= pairs | ({f"<{pair}" for pair in pairs} if at == 0 else set())
    return found


class _Unit:
    def __init__(self, letter: str) -> None:
        self.letter = letter
        self.readings = readings(letter)
        self.spelt = self.readings or (letter,)
        self.initials = tuple(dict.fromkeys(one[0] for one in self.spelt))

    def forms(self) -> set[str]:
        return {self.letter, *self.spelt, *self.initials}


def _pairs(one: _Unit, other: _Unit) -> Iterator[str]:
    yield f"{one.letter} {other.letter}"
    yield from (f"{one.letter} {b}" for b in other.initials)
    yield from (f"{a} {other.letter}" for a in one.initials)
    for a in {*one.spelt, *one.initials}:
        yield from (f"{a} {b}" for b in {*other.spelt, *other.initials})


def questions(asked: str) -> list[str]:
    """The tsqueries for exact, beginning and other answers, each a superset; none where nothing is asked."""
    letters = squeezed(asked)
    if not letters:
        return []
    exact = " | ".join(_quoted(mark + letters) for mark in "=~-")
    ways = list(_segmentations(letters))
    begins = " | ".join(dict.fromkeys(_begins(way) for way in ways))
    if len(letters) == 1 and letters.isascii():
        return [exact, begins]  # a letter inside of a word is in every other text
    within = " | ".join(dict.fromkeys(f"({_within(way)})" for way in ways))
    return [exact, begins, within]


def _begins(way: list[str]) -> str:
    if len(way) == 1:
        return _quoted(f"^{way[0]}", prefix=len(way[0]) > 1)
    first = _pair("<", way[0], way[1], last=len(way) == 2)
    return f"({first} & {_within(way)})" if len(way) > 2 else first


def _within(way: list[str]) -> str:
    if len(way) == 1:
        return _quoted(way[0], prefix=len(way[0]) > 1)
    pairs = [_pair("", one, other, last=at == len(way) - 2) for at, (one, other) in enumerate(pairwise(way))]
    return " & ".join(pairs)


def _pair(mark: str, one: str, other: str, *, last: bool) -> str:
    """Beginnings of syllables are asked by their initials, but for the last, which is asked as a beginning."""
    first = one[0] if one in _DOUBLE else one
    if readings(first) and len(other) > 1:
        return _quoted(f"{mark}{first} {other[0]}")
    second = other[0] if other in _DOUBLE and not last else other
    return _quoted(f"{mark}{first} {second}", prefix=last and len(second) > 1)


def _quoted(term: str, *, prefix: bool = False) -> str:
    return f"'{term}'" + (":*" if prefix else "")


def _segmentations(letters: str) -> Iterator[list[str]]:
    """Ways to read it as units or beginnings of syllables, few parts first; letter by letter is always one."""
    seen = 0
    level: list[tuple[list[str], int]] = [([], 0)]
    yield list(letters)
    while level and seen < _SEGMENTATIONS:
        following: list[tuple[list[str], int]] = []
        for parts, at in level:
            for part in _parts(letters, at):
                end = at + len(part)
                if end == len(letters):
                    if len(parts) + 1 < len(letters) and (seen := seen + 1) <= _SEGMENTATIONS:
                        yield [*parts, part]
                else:
                    following.append(([*parts, part], end))
        level = following[: 8 * _SEGMENTATIONS]


def _parts(letters: str, at: int) -> Iterator[str]:
    for size in range(min(6, len(letters) - at), 1, -1):
        part = letters[at : at + size]
        last = at + size == len(letters)
        if part in _syllables() or part in _DOUBLE or (last and part in _beginnings()):
            yield part
    yield letters[at]


def match(asked: str, text: str) -> Match | None:
    """How the text answers; None where it does not."""
    question, letters = squeezed(asked), squeezed(text)
    if not question or not letters:
        return None
    if (at := letters.find(question)) >= 0:
        whole = len(question) == len(letters)
        return Match.EXACT if whole else Match.PREFIX if at == 0 else Match.INFIX
    if not any(letter.isascii() for letter in question):
        return None
    found = [one for at in range(len(letters)) if (one := _spelt_from(question, letters, at)) is not None]
    return min(found, default=None)


def _spelt_from(question: str, letters: str, at: int) -> Match | None:
    """Reading the units from `at`, a beginning of each; the best way of those that use up the question."""
    ways = {(0, False)}  # (letters of the question used, something was shortened before the end)
    best: Match | None = None
    for number, letter in enumerate(letters[at:], start=at):
        following = set()
        for used, short in ways:
            for form in (letter, *readings(letter)):
                for size in range(1, len(form) + 1):
                    if question.startswith(form[:size], used):
                        following.add((used + size, short or size < len(form)))
        for used, short in following:
            if used == len(question):
                whole = at == 0 and number == len(letters) - 1
                base = Match.EXACT if whole else Match.PREFIX if at == 0 else Match.INFIX
                one = Match(base + short)
                best = one if best is None else min(best, one)
        ways = {(used, short) for used, short in following if used < len(question)}
        if not ways:
            break
    return best
