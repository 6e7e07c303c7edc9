"""Records that seem to be one: proposed, dismissed, merged, and a merge undone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from psycopg.errors import UniqueViolation
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.api.route import Call
from registry.duplicates.store import DuplicateStore, Row
from registry.elements.model import Act, Element, ElementType
from registry.elements.store import ElementStore
from registry.elements.types import TYPES
from registry.scope.queries import roots_of

__all__ = ["DuplicateService", "Merging"]

_BOTH_HAVE = {
    "houses_door": "both have a house behind the same door: merge those houses first",
    "people_head": "both households have a head: merge the two heads, or change the relation of one, first",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """What is merged into a record. other: id of the one that ends; take: fields whose values come from it."""

    other: str
    version: int
    other_version: int
    take: Sequence[str]
    note: str | None


class DuplicateService:
    """The caller's organisations limit everything; both records of a pair lie in them."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def search(self, call: Call, element: Element) -> int:
        """Look for them; how many are open now."""
        async with self._desk(call, element) as desk:
            return await desk.pairs.search(desk.roots)

    async def page(self, call: Call, element: Element, record: str | None, *, after: int, limit: int) -> list[Row]:
        """Open proposals. record: only of that one (id)."""
        async with self._desk(call, element) as desk:
            return await desk.pairs.page(desk.roots, record=record, after=after, limit=limit)

    async def dismiss(self, call: Call, element: Element, proposal: str, note: str | None) -> None:
        """They are two. Raises NotFound."""
        async with self._desk(call, element) as desk:
            found = await desk.pairs.page(desk.roots, record=None, proposal=proposal, after=0, limit=1)
            if not found:
                raise NotFound(f"there is no open proposal {proposal!r} that you may see")
            pair = found[0]
            await desk.pairs.decide(pair["first_key"], pair["second_key"], "dismissed", call.user.name, note)

    async def merge(self, call: Call, element: Element, record: str, said: Merging) -> Row:
        """The other ends, and all that hung on it hangs on this one. Raises BadRequest, Conflict, NotFound."""
        if record == said.other:
            raise BadRequest("a record cannot be merged into itself: name the other")
        async with self._desk(call, element) as desk:
            columns = desk.columns(said.take)
            rows = {one: await desk.standing(one) for one in sorted((record, said.other))}
            kept, gone = rows[record], rows[said.other]
            _check(record, kept, said.version)
            _check(said.other, gone, said.other_version)
            await desk.act("merge", call, f"{said.other} into {record}" + (f": {said.note}" if said.note else ""))
            moved = await desk.pairs.move(gone["key"], kept["key"])
            await desk.pairs.end(gone["key"], kept["key"])
            before = await desk.pairs.take(kept["key"], gone["key"], columns)
            await desk.records.move_along(kept["key"])
            await desk.pairs.add_merge({
                "kept": kept["key"], "gone": gone["key"], "by_name": call.user.name, "note": said.note,
                "taken": list(said.take), "before": before, "moved": moved,
            })  # fmt: skip
            await desk.pairs.decide(kept["key"], gone["key"], "merged", call.user.name, said.note)
            return (await desk.pairs.merges(desk.roots, before=0, limit=1))[0]

    async def merges(self, call: Call, element: Element, *, before: int, limit: int) -> list[Row]:
        """What was merged, the newest first."""
        async with self._desk(call, element) as desk:
            return await desk.pairs.merges(desk.roots, before=before, limit=limit)

    async def undo(self, call: Call, element: Element, merge: str) -> Row:
        """Both are as they were, with what hung on each. Raises Conflict, NotFound."""
        async with self._desk(call, element) as desk:
            found = await desk.pairs.merges(desk.roots, before=0, limit=1, merge=merge)
            if not found:
                raise NotFound(f"there is no merge {merge!r} that you may see")
            one = found[0]
            _check_undo(one)
            await desk.act("restore", call, f"merge {merge} undone")
            await desk.pairs.give_back(one["kept_key"], one["before"])
            await desk.pairs.restore(one["gone_key"])
            await desk.pairs.move(one["kept_key"], one["gone_key"], only=one["moved"])
            await desk.records.move_along(one["gone_key"])
            await desk.pairs.undone(one["key"], call.user.name)
            await desk.pairs.decide(one["kept_key"], one["gone_key"], "open", call.user.name, f"merge {merge} undone")
            return (await desk.pairs.merges(desk.roots, before=0, limit=1, merge=merge))[0]

    @asynccontextmanager
    async def _desk(self, call: Call, element: Element) -> AsyncIterator[_Desk]:
        try:
            async with self._pool.connection() as connection:
                kind = TYPES[element]
                roots = await roots_of(connection, call.user)
                yield _Desk(kind, ElementStore(connection, kind), DuplicateStore(connection, kind), roots)
        except UniqueViolation as error:
            name = error.diag.constraint_name or ""
            raise Conflict(_BOTH_HAVE.get(name, f"both have what only one may have ({name})")) from error


@dataclass(frozen=True, slots=True)
class _Desk:
    """One element in one transaction of the caller's."""

    kind: ElementType
    records: ElementStore
    pairs: DuplicateStore
    roots: list[int]

    async def standing(self, record: str) -> Row:
        """The record, locked. Raises Conflict, NotFound."""
        row = await self.records.find(self.roots, record, lock=True)
        if row is None:
            raise NotFound(f"there is no {self.kind.word} {record!r} that you may see")
        if row["ended_at"] is not None:
            raise Conflict(f"{record} is no more: only records that stand are merged")
        return row

    async def act(self, action: str, call: Call, note: str) -> None:
        """What follows is put on record with this."""
        user = call.user
        await self.records.act(action, Act(actor=user.name, user=user.user, member=user.member, note=note))

    def columns(self, take: Sequence[str]) -> list[str]:
        """The columns of those fields; a home is taken with the organisation that it lies in. Raises BadRequest."""
        kind, found = self.kind, []
        known = {*kind.columns, *kind.references, *kind.sealed}
        for name in take:
            if name not in known:
                raise BadRequest(f"{name!r} is no field of a {kind.word}", errors=[{"at": "take", "reason": name}])
            found += [f"{name}_sealed", f"{name}_blind"] if name in kind.sealed else [name]
            if name in kind.references and kind.references[name].is_home:
                found.append("organisation")
        return found


def _check(record: str, row: Row, version: int) -> None:
    if row["version"] != version:
        raise Conflict(f"you saw version {version} of {record}; it is {row['version']}: look at it again")


def _check_undo(merge: Row) -> None:
    if merge["undone_at"] is not None:
        raise Conflict(f"{merge['id']} was undone already")
    if merge["version"] != merge["kept_version"]:
        raise Conflict(f"{merge['kept']['id']} was changed since it was merged: restore the other, and correct both")
