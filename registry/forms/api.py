"""/registry/forms, /registry/entries and the entries of each element's records."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from registry.api.paging import after_key, page_of
from registry.api.route import ADMINISTRATORS, EVERYBODY, Call, Route
from registry.forms.editing import FormEditor
from registry.forms.model import READERS, Element, Entry, EntryOut, Form, FormOut
from registry.forms.service import EntryService, Filled, Look
from registry.forms.shapes import (
    DraftIn,
    EntryEnd,
    EntryIn,
    EntryPage,
    EntryPatch,
    EntryQuery,
    FormList,
    FormQuery,
    LookQuery,
    PublishIn,
    StepList,
    StepOut,
)

__all__ = ["routes"]


class _Editing:
    def __init__(self, editor: FormEditor) -> None:
        self._editor = editor

    async def forms(self, call: Call) -> FormList:
        """Those in force, or all."""
        return FormList(items=[_form(one) for one in await self._editor.forms(every=call.query.every)])

    async def versions(self, call: Call) -> FormList:
        """Of one form."""
        return FormList(items=[_form(one) for one in await self._editor.versions(call.path["code"])])

    async def draft(self, call: Call) -> FormOut:
        """Say the draft."""
        body: DraftIn = call.body
        fields = body.model_dump(exclude={"seen"}) | {"elements": list(dict.fromkeys(body.elements))}
        return _form(await self._editor.draft(call.path["code"], fields, body.seen, call.user))

    async def publish(self, call: Call) -> FormOut:
        """Put it in force."""
        return _form(await self._editor.publish(call.path["code"], call.body.seen, call.user))

    async def retire(self, call: Call) -> FormOut:
        """Take it out of use."""
        return _form(await self._editor.retire(call.path["code"], call.user))


class _Filling:
    def __init__(self, service: EntryService) -> None:
        self._service = service

    async def fill(self, call: Call) -> EntryOut:
        """Fill one in."""
        filled = Filled(**call.body.model_dump())
        return _out(
            await self._service.fill(call.path["code"], filled, call.user, idempotency_key=call.idempotency_key)
        )

    async def of_form(self, call: Call) -> EntryPage:
        """By a form."""
        query: EntryQuery = call.query
        found = await self._service.of_form(
            call.path["code"], call.user, _look(call), after=after_key(query.cursor), limit=query.limit
        )
        return page_of(EntryPage, found, query.limit, _out)

    def of_record(self, element: Element) -> Callable[[Call], Awaitable[EntryPage]]:
        """Of a record of this element."""

        async def handler(call: Call) -> EntryPage:
            query: EntryQuery = call.query
            found = await self._service.of_record(
                element, call.path["id"], call.user, _look(call), after=after_key(query.cursor), limit=query.limit
            )
            return page_of(EntryPage, found, query.limit, _out)

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
    return FormOut.model_validate(form.model_dump())


def _out(entry: Entry) -> EntryOut:
    return EntryOut.model_validate(entry.model_dump())


def routes(editor: FormEditor, service: EntryService) -> list[Route]:
    """The routes of forms and entries."""
    editing, filling, tag = _Editing(editor), _Filling(service), "forms"
    form, entry = "/registry/forms/{code}", "/registry/entries/{id}"
    return [
        Route(method="GET", path="/registry/forms", handler=editing.forms, tag=tag, summary="Forms in force",
              query=FormQuery, answer=FormList, roles=EVERYBODY),
        Route(method="GET", path=form, handler=editing.versions, tag=tag,
              summary="The versions of a form, the newest first", answer=FormList, roles=EVERYBODY, problems=(404,)),
        Route(method="PUT", path=form, handler=editing.draft, tag=tag, summary="Draft a form or its next version",
              body=DraftIn, answer=FormOut, roles=ADMINISTRATORS, problems=(404, 409)),
        Route(method="POST", path=f"{form}/publish", handler=editing.publish, tag=tag,
              summary="Put the draft in force; the version before is retired", body=PublishIn, answer=FormOut,
              roles=ADMINISTRATORS, problems=(404, 409)),
        Route(method="POST", path=f"{form}/retire", handler=editing.retire, tag=tag,
              summary="Take a form out of use", answer=FormOut, roles=ADMINISTRATORS, problems=(404, 409)),
        Route(method="GET", path=f"{form}/entries", handler=filling.of_form, tag=tag,
              summary="What was filled in by a form", query=EntryQuery, answer=EntryPage, roles=READERS,
              problems=(404,)),
        Route(method="POST", path=f"{form}/entries", handler=filling.fill, tag=tag,
              summary="Fill in a form about a record", body=EntryIn, answer=EntryOut, status=201, roles=READERS,
              problems=(404, 409), idempotent=True),
        Route(method="GET", path=entry, handler=filling.entry, tag=tag, summary="One entry", query=LookQuery,
              answer=EntryOut, roles=READERS, problems=(404,)),
        Route(method="PATCH", path=entry, handler=filling.change, tag=tag, summary="Change the answers",
              body=EntryPatch, answer=EntryOut, roles=READERS, problems=(404, 409)),
        Route(method="POST", path=f"{entry}/end", handler=filling.end, tag=tag,
              summary="Say that an entry was a mistake; it stays on record", body=EntryEnd, answer=EntryOut,
              roles=READERS, problems=(404, 409)),
        Route(method="GET", path=f"{entry}/history", handler=filling.history, tag=tag,
              summary="Who changed what of an entry, when and where", query=LookQuery, answer=StepList, roles=READERS,
              problems=(404,)),
        *(
            Route(method="GET", path=f"/registry/{element}/{{id}}/entries", handler=filling.of_record(element),
                  tag=tag, summary=f"What was filled in about one of the {element}", query=EntryQuery,
                  answer=EntryPage, roles=READERS, problems=(404,))
            for element in Element
        ),
    ]  # fmt: skip
