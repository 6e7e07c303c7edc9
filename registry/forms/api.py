"""/registry/forms, /registry/entries and the entries of each element's records."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field

from registry.api.fields import Id, Line
from registry.api.paging import PageQuery, after_key, cursor_of
from registry.api.route import ADMINISTRATORS, EVERYBODY, Call, Role, Route
from registry.forms.model import Element, Entry, Form, FormState
from registry.forms.service import Filled, FormService, Look

__all__ = ["routes"]

_READERS = EVERYBODY - {Role.OBSERVER}
_Json = dict[str, Any]
_Version = Annotated[int, Field(ge=1, le=1_000_000)]


class FormOut(BaseModel):
    """A version of a form. definition: JSON Schema 2020-12; seen: say it when the draft is changed or published."""

    id: str
    code: str
    version: int
    state: FormState
    title_en: str
    title_zh: str
    elements: list[Element]
    definition: _Json
    ui: _Json
    seen: int
    by_name: str
    made_at: datetime
    published_at: datetime | None
    retired_at: datetime | None


class FormList(BaseModel):
    """Forms, or versions of one, the newest version first."""

    items: list[FormOut]


class FormQuery(BaseModel, extra="forbid"):
    """Which forms."""

    every: bool = Field(False, description="true: the newest version of each, drafts and retired ones too")


class DraftIn(BaseModel, extra="forbid"):
    """The draft, whole. seen: of the draft that is changed; null where there is none yet."""

    title_en: Line
    title_zh: Line
    elements: list[Element] = Field(min_length=1, max_length=len(Element))
    definition: _Json
    ui: _Json = {}
    seen: int | None = Field(None, ge=1, le=1_000_000_000)


class PublishIn(BaseModel, extra="forbid"):
    """seen: of the draft that is published."""

    seen: int = Field(ge=1, le=1_000_000_000)


class EntryIn(BaseModel, extra="forbid"):
    """What was filled in. form_version: left out, the published one. filled_at: left out, now."""

    element: Element
    record: Id
    answers: _Json
    form_version: _Version | None = None
    filled_at: AwareDatetime | None = None
    latitude: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False)
    longitude: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)


class EntryPatch(BaseModel, extra="forbid"):
    """All answers anew. version: the one that was seen."""

    version: _Version
    answers: _Json
    note: Line | None = None


class EntryEnd(BaseModel, extra="forbid"):
    """Why it does not count. version: the one that was seen."""

    version: _Version
    reason: Line


class EntryOut(BaseModel):
    """What was filled in, by which version of which form, of which record."""

    id: str
    version: int
    form: str
    form_version: int
    title_en: str
    title_zh: str
    element: Element
    record: str
    organisation: str
    answers: _Json
    filled_at: datetime
    saved_at: datetime
    by_name: str
    latitude: float | None
    longitude: float | None
    ended_at: datetime | None


class EntryPage(BaseModel):
    """Entries in the order in which they were saved."""

    items: list[EntryOut]
    next: str | None


class LookQuery(BaseModel, extra="forbid"):
    """Why: wanted where it is data of people or households, and goes on record."""

    purpose: Line | None = None


class EntryQuery(PageQuery):
    """Which entries, and why: wanted where it is data of people or households, and goes on record."""

    purpose: Line | None = None


class StepOut(BaseModel):
    """What was done to an entry."""

    version: int
    at: datetime
    action: str
    actor: str
    note: str | None
    latitude: float | None
    longitude: float | None
    form_version: int
    before: _Json
    after: _Json


class StepList(BaseModel):
    """The oldest first."""

    items: list[StepOut]


class _Handlers:
    def __init__(self, service: FormService) -> None:
        self._service = service

    async def forms(self, call: Call) -> FormList:
        """Those in force, or all."""
        return FormList(items=[_form(one) for one in await self._service.forms(every=call.query.every)])

    async def versions(self, call: Call) -> FormList:
        """Of one form."""
        return FormList(items=[_form(one) for one in await self._service.versions(call.path["code"])])

    async def draft(self, call: Call) -> FormOut:
        """Say the draft."""
        body: DraftIn = call.body
        fields = body.model_dump(exclude={"seen"}) | {"elements": list(dict.fromkeys(body.elements))}
        return _form(await self._service.draft(call.path["code"], fields, body.seen, call.user))

    async def publish(self, call: Call) -> FormOut:
        """Put it in force."""
        return _form(await self._service.publish(call.path["code"], call.body.seen, call.user))

    async def retire(self, call: Call) -> FormOut:
        """Take it out of use."""
        return _form(await self._service.retire(call.path["code"], call.user))

    async def fill(self, call: Call) -> EntryOut:
        """Fill one in."""
        filled = Filled(**call.body.model_dump())
        return _out(
            await self._service.fill(call.path["code"], filled, call.user, idempotency_key=call.idempotency_key)
        )

    async def of_form(self, call: Call) -> EntryPage:
        """By a form."""
        query: EntryQuery = call.query
        return _page(
            await self._service.of_form(
                call.path["code"], call.user, _look(call), after=after_key(query.cursor), limit=query.limit
            ),
            query.limit,
        )

    def of_record(self, element: Element) -> Callable[[Call], Awaitable[EntryPage]]:
        """Of a record of this element."""

        async def handler(call: Call) -> EntryPage:
            query: EntryQuery = call.query
            found = await self._service.of_record(
                element, call.path["id"], call.user, _look(call), after=after_key(query.cursor), limit=query.limit
            )
            return _page(found, query.limit)

        return handler

    async def entry(self, call: Call) -> EntryOut:
        """One of them."""
        return _out(await self._service.entry(call.path["id"], call.user, _look(call)))

    async def history(self, call: Call) -> StepList:
        """What was done to it."""
        steps = await self._service.history(call.path["id"], call.user, _look(call))
        return StepList(items=[StepOut.model_validate(one) for one in steps])

    async def change(self, call: Call) -> EntryOut:
        """Other answers."""
        body: EntryPatch = call.body
        return _out(await self._service.change(call.path["id"], body.version, body.answers, call.user, note=body.note))

    async def end(self, call: Call) -> EntryOut:
        """It does not count."""
        body: EntryEnd = call.body
        return _out(await self._service.end(call.path["id"], body.version, body.reason, call.user))


def _look(call: Call) -> Look:
    return Look(call.query.purpose, call.address)


def _form(form: Form) -> FormOut:
    return FormOut.model_validate(asdict(form))


def _out(entry: Entry) -> EntryOut:
    return EntryOut.model_validate(asdict(entry))


def _page(found: list[Entry], limit: int) -> EntryPage:
    return EntryPage(items=[_out(one) for one in found], next=cursor_of(found[-1].key) if len(found) == limit else None)


def routes(service: FormService) -> list[Route]:
    """The routes of forms and entries."""
    handlers, tag = _Handlers(service), "forms"
    form, entry = "/registry/forms/{code}", "/registry/entries/{id}"
    return [
        Route(method="GET", path="/registry/forms", handler=handlers.forms, tag=tag, summary="Forms in force",
              query=FormQuery, answer=FormList, roles=EVERYBODY),
        Route(method="GET", path=form, handler=handlers.versions, tag=tag,
              summary="The versions of a form, the newest first", answer=FormList, roles=EVERYBODY, problems=(404,)),
        Route(method="PUT", path=form, handler=handlers.draft, tag=tag, summary="Draft a form or its next version",
              body=DraftIn, answer=FormOut, roles=ADMINISTRATORS, problems=(404, 409)),
        Route(method="POST", path=f"{form}/publish", handler=handlers.publish, tag=tag,
              summary="Put the draft in force; the version before is retired", body=PublishIn, answer=FormOut,
              roles=ADMINISTRATORS, problems=(404, 409)),
        Route(method="POST", path=f"{form}/retire", handler=handlers.retire, tag=tag,
              summary="Take a form out of use", answer=FormOut, roles=ADMINISTRATORS, problems=(404, 409)),
        Route(method="GET", path=f"{form}/entries", handler=handlers.of_form, tag=tag,
              summary="What was filled in by a form", query=EntryQuery, answer=EntryPage, roles=_READERS,
              problems=(404,)),
        Route(method="POST", path=f"{form}/entries", handler=handlers.fill, tag=tag,
              summary="Fill in a form about a record", body=EntryIn, answer=EntryOut, status=201, roles=_READERS,
              problems=(404, 409), idempotent=True),
        Route(method="GET", path=entry, handler=handlers.entry, tag=tag, summary="One entry", query=LookQuery,
              answer=EntryOut, roles=_READERS, problems=(404,)),
        Route(method="PATCH", path=entry, handler=handlers.change, tag=tag, summary="Change the answers",
              body=EntryPatch, answer=EntryOut, roles=_READERS, problems=(404, 409)),
        Route(method="POST", path=f"{entry}/end", handler=handlers.end, tag=tag,
              summary="Say that an entry was a mistake; it stays on record", body=EntryEnd, answer=EntryOut,
              roles=_READERS, problems=(404, 409)),
        Route(method="GET", path=f"{entry}/history", handler=handlers.history, tag=tag,
              summary="Who changed what of an entry, when and where", query=LookQuery, answer=StepList, roles=_READERS,
              problems=(404,)),
        *(
            Route(method="GET", path=f"/registry/{element}/{{id}}/entries", handler=handlers.of_record(element),
                  tag=tag, summary=f"What was filled in about one of the {element}", query=EntryQuery,
                  answer=EntryPage, roles=_READERS, problems=(404,))
            for element in Element
        ),
    ]  # fmt: skip
