"""Editing forms, and filling them in. Forms are the whole city's: only administrators of the city edit them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.api.route import Caller
from registry.forms.model import CODE, PRIVATE, Element, Entry, Form, FormState, takes_entries
from registry.forms.schema import definition_faults, entry_faults, ui_faults
from registry.forms.store import FormStore
from registry.idempotency.queries import claim, keep
from registry.organisations.model import ROOT_KEY

__all__ = ["Filled", "FormService", "Look"]

_MOST_FORMS = 200
_MOST_VERSIONS = 1_000
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


class FormService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime]) -> None:
        self._pool, self._now = pool, now

    async def forms(self, *, every: bool) -> list[Form]:
        """The published ones; every: the newest version of each, drafts and retired ones too."""
        async with self._pool.connection() as connection:
            return await FormStore(connection).current(every=every)

    async def versions(self, code: str) -> list[Form]:
        """Of one form, the newest first. Raises NotFound."""
        async with self._pool.connection() as connection:
            return await _versions(FormStore(connection), code)

    async def draft(self, code: str, fields: Mapping[str, Any], seen: int | None, caller: Caller) -> Form:
        """The draft of a form is now this; there is one then. seen: of the draft that was changed, None for a new one.

        Raises BadRequest (each fault of the definition), Conflict (somebody else changed the draft), Forbidden.
        """
        if not re.fullmatch(CODE, code):
            raise BadRequest("a form's code is small letters, digits and -, 40 at most")
        faults = definition_faults(fields["definition"]) or ui_faults(fields["ui"], fields["definition"])
        if faults:
            raise BadRequest(f"the form cannot be used: {faults[0]['at']}: {faults[0]['reason']}", errors=faults)
        async with self._edited(caller) as store:
            known = await store.versions(code)
            if not known and len(await store.current(every=True)) >= _MOST_FORMS:
                raise Conflict(f"there are {_MOST_FORMS} forms already: change one that is out of use")
            drafted = next((one for one in known if one.state is FormState.DRAFT), None)
            if (None if drafted is None else drafted.seen) != seen:
                raise Conflict("somebody else changed the draft meanwhile: read it again")
            said = dict(fields) | {"by_name": caller.name, "now": self._now()}
            if drafted is not None:
                await store.change(drafted.key, said)
            elif len(known) >= _MOST_VERSIONS:
                raise Conflict(f"this form has {_MOST_VERSIONS} versions: begin a form with another code")
            else:
                version = known[0].version + 1 if known else 1
                await store.add(said | {"code": code, "version": version})
            return (await store.versions(code))[0]

    async def publish(self, code: str, seen: int, caller: Caller) -> Form:
        """The draft is in force; the version before is retired. Raises Conflict, Forbidden, NotFound."""
        async with self._edited(caller) as store:
            known = await _versions(store, code)
            if known[0].state is not FormState.DRAFT or known[0].seen != seen:
                raise Conflict("there is no draft as you saw it: read the form again")
            for one in known:
                if one.state is FormState.PUBLISHED:
                    await store.set_state(one.key, FormState.RETIRED, self._now())
            await store.set_state(known[0].key, FormState.PUBLISHED, self._now())
            return (await store.versions(code))[0]

    async def retire(self, code: str, caller: Caller) -> Form:
        """It is filled in no more. Raises Conflict (it is not in force), Forbidden, NotFound."""
        async with self._edited(caller) as store:
            known = await _versions(store, code)
            published = [one for one in known if one.state is FormState.PUBLISHED]
            if not published:
                raise Conflict(f"the form {code!r} is not in force")
            await store.set_state(published[0].key, FormState.RETIRED, self._now())
            return next(one for one in await store.versions(code) if one.key == published[0].key)

    async def fill(self, code: str, filled: Filled, caller: Caller, *, idempotency_key: str | None) -> Entry:
        """Store what was filled in; the same key again answers the same entry.

        Raises BadRequest (each answer that does not keep to the form), Conflict (the version is not in force),
        NotFound.
        """
        filled_at = min(filled.filled_at or self._now(), self._now() + _AHEAD)
        async with self._pool.connection() as connection:
            store = FormStore(connection)
            earlier = await claim(connection, caller.user, idempotency_key, f"entry of {code}")
            if earlier is not None:
                return _entry(await store.entry(earlier, caller), earlier)
            form = _of_version(await _versions(store, code), filled.form_version)
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
            await keep(connection, caller.user, idempotency_key, made)
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
            form = _of_version(await _versions(store, found.form), found.form_version)
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
            form = _of_version(await _versions(store, found.form), found.form_version)
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
            private = PRIVATE & {element for one in await _versions(store, code) for element in one.elements}
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

    @asynccontextmanager
    async def _edited(self, caller: Caller) -> AsyncIterator[FormStore]:
        """Nobody else edits forms meanwhile. Raises Forbidden."""
        if caller.organisation != ROOT_KEY:
            raise Forbidden("forms are the whole city's: ask an administrator of the city")
        async with self._pool.connection() as connection:
            store = FormStore(connection)
            await store.lock()
            yield store


async def _versions(store: FormStore, code: str) -> list[Form]:
    found = await store.versions(code)
    if not found:
        raise NotFound(f"there is no form {code!r}")
    return found


def _of_version(known: list[Form], version: int | None) -> Form:
    for one in known:
        if one.version == version or (version is None and one.state is FormState.PUBLISHED):
            return one
    if version is None:
        raise Conflict(f"the form {known[0].code!r} is not in force")
    raise NotFound(f"the form {known[0].code!r} has no version {version}")


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
