"""Filling in forms, and reading what was filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.api.route import Caller
from registry.forms.model import PRIVATE, Element, Entry, Form, FormState, in_charge, takes_entries
from registry.forms.schema import entry_faults
from registry.forms.store import FormStore, versions_of
from registry.idempotency.queries import claim, keep

__all__ = ["EntryService", "Filled", "Look"]

_AHEAD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What somebody filled in. form_version: None is the published one. filled_at: None is now."""

    element: Element
    record: str
    answers: dict[str, Any]
    form_version: int | None = None
    filled_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Why somebody looks at what is private (None: did not say), and from which address."""

    purpose: str | None
    address: str


class EntryService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime]) -> None:
        self._pool, self._now = pool, now

    async def fill(self, code: str, filled: Filled, caller: Caller, *, idempotency_key: str | None) -> Entry:
        """Store what was filled in; the same key again answers the same entry.

        Raises BadRequest (each answer that does not keep to the form), Conflict (the version is not in force),
        Forbidden (it is not for this role), NotFound.
        """
        async with self._pool.connection() as connection:
            made = await claim(connection, caller.user, idempotency_key, f"entry of {code}")
            if made is not None:
                return _entry(await FormStore(connection).entry(made, caller), made)
            entry = await self.fill_on(connection, code, filled, caller)
            await keep(connection, caller.user, idempotency_key, entry.id)
            return entry

    async def fill_on(self, connection: AsyncConnection, code: str, filled: Filled, caller: Caller) -> Entry:
        """`fill` within somebody's transaction, who sees to it that it happens once."""
        filled_at = min(filled.filled_at or self._now(), self._now() + _AHEAD)
        store = FormStore(connection)
        known = await versions_of(store, code)
        _may_fill(known, caller)
        form = _of_version(known, filled.form_version)
        if not takes_entries(form, filled_at):
            raise Conflict(f"version {form.version} of {code!r} is not in force: fill in the newest")
        if filled.element not in form.elements:
            raise BadRequest(f"{code!r} is attached to {', '.join(form.elements)}, not to {filled.element}")
        record = await store.record(filled.element, filled.record, caller)
        if record is None:
            raise NotFound(f"there is nothing {filled.record!r} among {filled.element} that you may see")
        _keep_to(form, filled.answers)
        said = self._who(caller, filled.latitude, filled.longitude)
        made = await store.add_entry({
            "form": form.key, "organisation": record.organisation, "element": filled.element, "record": record.key,
            "answers": filled.answers, "filled_at": filled_at, **said,
        })  # fmt: skip
        await store.log(made, "add", said | {"note": None, "before": {}, "after": filled.answers})
        return _entry(await store.entry(made, caller), made)

    async def change(
        self, entry: str, version: int, answers: dict[str, Any], caller: Caller, *, note: str | None = None
    ) -> Entry:
        """The answers are now these, by the version of the form that it was filled in by.

        Raises BadRequest, Conflict (somebody else changed it, it was ended), NotFound.
        """
        async with self._pool.connection() as connection:
            store = FormStore(connection)
            found = await self._as_seen(store, entry, version, caller)
            form = await self._form_of(store, found, caller)
            _keep_to(form, answers)
            await store.change_entry(found.key, form=form.key, answers=answers, ended_at=None)
            said = self._who(caller) | {"note": note, "before": found.answers, "after": answers}
            await store.log(entry, "change", said)
            return _entry(await store.entry(entry, caller), entry)

    async def end(self, entry: str, version: int, reason: str, caller: Caller) -> Entry:
        """It was a mistake: it stays on record and counts no more. Raises Conflict, NotFound."""
        async with self._pool.connection() as connection:
            store = FormStore(connection)
            found = await self._as_seen(store, entry, version, caller)
            form = await self._form_of(store, found, caller)
            await store.change_entry(found.key, form=form.key, answers=found.answers, ended_at=self._now())
            said = self._who(caller) | {"note": reason, "before": {"ended": False}, "after": {"ended": True}}
            await store.log(entry, "end", said)
            return _entry(await store.entry(entry, caller), entry)

    async def entry(self, entry: str, caller: Caller, look: Look) -> Entry:
        """One of them. Raises BadRequest (no purpose, of what is private), NotFound."""
        async with self._pool.connection() as connection:
            store = FormStore(connection)
            found = _entry(await store.entry(entry, caller), entry)
            if found.element in PRIVATE:
                await _put_on_record(store, caller, (found.element, found.record), look, 1)
            return found

    async def history(self, entry: str, caller: Caller, look: Look) -> list[dict[str, Any]]:
        """What was done to one of them, the oldest first. Raises as `entry` does."""
        found = await self.entry(entry, caller, look)
        async with self._pool.connection() as connection:
            return await FormStore(connection).history(found.key)

    async def of_form(self, code: str, caller: Caller, look: Look, *, after: int, limit: int) -> list[Entry]:
        """What was filled in by a form, in the order of keys. Raises BadRequest, NotFound."""
        async with self._pool.connection() as connection:
            store = FormStore(connection)
            known = await versions_of(store, code)
            _may_read(known, caller)
            private = PRIVATE & {element for one in known for element in one.elements}
            values = {"code": code, "after": after, "limit": limit}
            found = await store.entries(
                caller, "f.code = %(code)s AND e.key > %(after)s ORDER BY e.key LIMIT %(limit)s", values
            )
            if private:
                await _put_on_record(store, caller, ("forms", code), look, len(found))
            return found

    async def of_record(
        self, element: Element, record: str, caller: Caller, look: Look, *, after: int, limit: int
    ) -> list[Entry]:
        """What was filled in of a record, in the order of keys. Raises BadRequest, NotFound."""
        async with self._pool.connection() as connection:
            store = FormStore(connection)
            of = await store.record(element, record, caller)
            if of is None:
                raise NotFound(f"there is nothing {record!r} among {element} that you may see")
            values = {"element": element, "record": of.key, "after": after, "limit": limit}
            found = await store.entries(
                caller,
                "e.element = %(element)s AND e.record = %(record)s AND e.key > %(after)s"
                " ORDER BY e.key LIMIT %(limit)s",
                values,
            )
            if element in PRIVATE:
                await _put_on_record(store, caller, (element, record), look, len(found))
            return found

    async def _form_of(self, store: FormStore, entry: Entry, caller: Caller) -> Form:
        """The version that it was filled in by. Raises Forbidden where the caller's role may not fill it in."""
        known = await versions_of(store, entry.form)
        _may_fill(known, caller)
        return _of_version(known, entry.form_version)

    async def _as_seen(self, store: FormStore, entry: str, version: int, caller: Caller) -> Entry:
        found = _entry(await store.entry(entry, caller, lock=True), entry)
        if found.version != version:
            raise Conflict(f"you saw version {version}, it is version {found.version}: read it again")
        if found.ended_at is not None:
            raise Conflict(f"{entry} was ended: fill in a new one")
        return found

    def _who(self, caller: Caller, latitude: float | None = None, longitude: float | None = None) -> dict[str, Any]:
        return {"actor": caller.name, "user": caller.user, "member": caller.member, "now": self._now(),
                "latitude": latitude, "longitude": longitude}  # fmt: skip


def _of_version(known: list[Form], version: int | None) -> Form:
    for one in known:
        if one.version == version or (version is None and one.state is FormState.PUBLISHED):
            return one
    if version is None:
        raise Conflict(f"the form {known[0].code!r} is not in force")
    raise NotFound(f"the form {known[0].code!r} has no version {version}")


def _may_fill(known: list[Form], caller: Caller) -> None:
    form = in_charge(known)
    if form is not None and caller.role not in form.fillers:
        raise Forbidden(f"{form.code!r} is filled in by {', '.join(form.fillers)}")


def _may_read(known: list[Form], caller: Caller) -> None:
    form = in_charge(known)
    if form is not None and caller.role not in form.readers:
        raise Forbidden(f"{form.code!r} is read by {', '.join(form.readers)}")


def _keep_to(form: Form, answers: Mapping[str, Any]) -> None:
    if faults := entry_faults(answers, form.definition):
        raise BadRequest(f"the answers do not keep to the form: {faults[0]['reason']}", errors=faults)


def _entry(found: Entry | None, entry: str) -> Entry:
    if found is None:
        raise NotFound(f"there is no entry {entry!r} that you may see")
    return found


async def _put_on_record(store: FormStore, caller: Caller, what: tuple[str, str], look: Look, rows: int) -> None:
    if look.purpose is None:
        raise BadRequest("say with purpose= why you look at data of people: it goes on record")
    await store.looked(caller, what, purpose=look.purpose, address=look.address, rows=rows)
