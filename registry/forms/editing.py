"""Editing forms. They are the whole city's: only administrators of the city edit them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, Forbidden
from registry.api.route import Caller
from registry.forms.model import CODE, READERS, Form, FormState
from registry.forms.schema import definition_faults, ui_faults
from registry.forms.store import FormStore, versions_of
from registry.organisations.model import ROOT_KEY

__all__ = ["FormEditor"]

_MOST_FORMS = 200
_MOST_VERSIONS = 1_000


class FormEditor:
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
            return await versions_of(FormStore(connection), code)

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
            said = dict(fields) | _roles(fields, known) | {"by_name": caller.name, "now": self._now()}
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
            known = await versions_of(store, code)
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
            known = await versions_of(store, code)
            published = [one for one in known if one.state is FormState.PUBLISHED]
            if not published:
                raise Conflict(f"the form {code!r} is not in force")
            await store.set_state(published[0].key, FormState.RETIRED, self._now())
            return next(one for one in await store.versions(code) if one.key == published[0].key)

    @asynccontextmanager
    async def _edited(self, caller: Caller) -> AsyncIterator[FormStore]:
        """Nobody else edits forms meanwhile. Raises Forbidden."""
        if caller.organisation != ROOT_KEY:
            raise Forbidden("forms are the whole city's: ask an administrator of the city")
        async with self._pool.connection() as connection:
            store = FormStore(connection)
            await store.lock()
            yield store


def _roles(fields: Mapping[str, Any], known: list[Form]) -> dict[str, Any]:
    """Who reads and fills in; what is not said is as in the version before. Raises BadRequest."""
    readers, fillers = (known[0].readers, known[0].fillers) if known else (sorted(READERS), sorted(READERS))
    said = {"readers": fields.get("readers") or readers, "fillers": fields.get("fillers") or fillers}
    if not set(said["fillers"]) <= set(said["readers"]):
        raise BadRequest("who fills a form in may read what was filled in: name his role among the readers, too")
    return said
