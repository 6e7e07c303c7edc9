"""What a city begins with, and how a form changes."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, Forbidden
from registry.api.route import Role
from registry.forms.editing import FormEditor
from registry.forms.schema import definition_faults, ui_faults
from tests.registry.forms.filled import ADMINISTRATOR, DRAFT, run
from tests.registry.two_districts import NORTH


async def test_a_city_begins_with_eight_subjects_that_keep_to_the_rules(editor: FormEditor) -> None:
    forms = await editor.forms(every=False)
    assert [form.code for form in forms] == [
        "civil-relief", "party-discipline", "trade-union", "family-planning", "labour-security", "letters-visits",
        "township-characteristics", "fire-safety",
    ]  # fmt: skip
    for form in forms:
        assert (definition_faults(form.definition), ui_faults(form.ui, form.definition)) == ([], [])
        assert 6 <= len(form.definition["properties"]) <= 15


async def test_a_published_version_never_changes_even_in_sql(city: AsyncConnectionPool) -> None:
    for statement in (
        "UPDATE forms SET definition = '{}' WHERE code = 'fire-safety'", "DELETE FROM forms WHERE code = 'fire-safety'",
    ):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await run(city, statement)


async def test_two_who_edit_a_draft_do_not_undo_each_other(editor: FormEditor) -> None:
    await editor.draft("words", DRAFT, None, ADMINISTRATOR)
    await editor.draft("words", DRAFT | {"title_en": "First"}, 1, ADMINISTRATOR)
    for seen in (None, 1):
        with pytest.raises(Conflict, match="read it again"):
            await editor.draft("words", DRAFT | {"title_en": "Second"}, seen, ADMINISTRATOR)
    with pytest.raises(Conflict):
        await editor.publish("words", 1, ADMINISTRATOR)
    assert (await editor.publish("words", 2, ADMINISTRATOR)).title_en == "First"


async def test_only_the_citys_administrators_edit_and_only_what_can_be_used(editor: FormEditor) -> None:
    district = replace(ADMINISTRATOR, organisation=NORTH)
    for attempt in (
        editor.draft("words", DRAFT, None, district), editor.publish("fire-safety", 1, district),
        editor.retire("fire-safety", district),
    ):  # fmt: skip
        with pytest.raises(Forbidden):
            await attempt
    with pytest.raises(BadRequest) as refused:
        await editor.draft("words", DRAFT | {"definition": {"$ref": "x"}}, None, ADMINISTRATOR)
    assert refused.value.errors
    with pytest.raises(BadRequest, match="code"):
        await editor.draft("No Code", DRAFT, None, ADMINISTRATOR)


async def test_the_next_version_is_for_the_same_roles_unless_others_are_said(editor: FormEditor) -> None:
    few = {"readers": [Role.OFFICER, Role.MEMBER], "fillers": [Role.MEMBER]}
    await editor.draft("words", DRAFT | few, None, ADMINISTRATOR)
    await editor.publish("words", 1, ADMINISTRATOR)
    form = await editor.draft("words", DRAFT, None, ADMINISTRATOR)
    assert (form.readers, form.fillers) == (few["readers"], few["fillers"])
    with pytest.raises(BadRequest, match="may read"):
        await editor.draft("words", DRAFT | {"fillers": [Role.COMMANDER]}, 1, ADMINISTRATOR)
