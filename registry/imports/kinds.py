"""What can be imported and exported: for each kind its columns, how rows are stored, and how they are read back.

A writer stores a chunk of rows by their numbers, added or changed by id, and returns those it refused with the reason.
Members and devices go in by chunks: a few queries whatever their number. Organisations go one by one, as each may be
the parent of the next.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection

from registry.api.problems import Problem
from registry.devices.model import hash_token
from registry.devices.service import NewDevice, as_new, check_device
from registry.devices.store import DeviceStore
from registry.imports.shapes import DeviceShape, GridShape, MemberShape, OrganisationShape, Reason, Shape
from registry.imports.store import DeviceWrite, ImportStore
from registry.members.model import MemberDraft
from registry.organisations.model import ROOT, ROOT_KEY, OrganisationDraft
from registry.organisations.service import put_organisation
from registry.organisations.store import OrganisationStore

__all__ = ["KINDS", "Kind", "kind_of"]

Refused = dict[int, str]
Inspect = Callable[[AsyncConnection, Collection[str]], Awaitable[list[str]]]
Write = Callable[[AsyncConnection, Mapping[int, Any]], Awaitable[Refused]]


@dataclass(frozen=True, slots=True)
class Kind:
    """shape: of a row. columns: in the order of an export. select: the export's query.

    inspect: warnings about the rows of these ids, as they are before the import's transaction ends.
    is_private: an export goes on record with its purpose.
    """

    shape: type[Shape]
    columns: tuple[str, ...]
    write: Write
    select: str
    inspect: Inspect | None = None
    is_private: bool = False


async def _write_organisations(connection: AsyncConnection, rows: Mapping[int, OrganisationShape]) -> Refused:
    store, refused = OrganisationStore(connection), {}
    await store.lock()
    for number, row in rows.items():
        found = await store.find(ROOT_KEY, row.id)
        parent = row.parent or ROOT if row.has("parent") or found is None else found.parent
        draft = OrganisationDraft(
            id=row.id, parent=None if row.id == ROOT else parent, level=row.level, name=row.name,
            code=row.code if row.has("code") or found is None else found.code,
            territory=row.territory if row.has("territory") or found is None else found.territory,
        )  # fmt: skip
        try:
            await put_organisation(store, draft, caller=ROOT_KEY)
        except Problem as problem:
            refused[number] = problem.detail
    return refused


async def _write_members(connection: AsyncConnection, rows: Mapping[int, MemberShape]) -> Refused:
    store = ImportStore(connection)
    organisations = await store.organisations({row.organisation for row in rows.values()})
    refused: Refused = {
        number: Reason(f"there is no organisation {row.organisation!r}: import it first", "organisation")
        for number, row in rows.items()
        if row.organisation not in organisations
    }
    grids = await store.grids({grid for row in rows.values() for grid in row.grids})
    refused |= {
        number: Reason(f"there is no grid {missing[0]!r}: import it first", "grids")
        for number, row in rows.items()
        if (missing := [grid for grid in row.grids if grid not in grids]) and number not in refused
    }
    carried = {
        number: DeviceShape.model_validate({"id": row.device, "member": row.id, "organisation": None}
                                           | ({"token": row.token} if row.token else {}))
        for number, row in rows.items()
        if row.device is not None and number not in refused
    }  # fmt: skip
    homes = {row.id: organisations[row.organisation] for number, row in rows.items() if number not in refused}
    devices, faults = await _planned(connection, carried, homes)
    refused |= faults
    good = [row for number, row in rows.items() if number not in refused]
    existing = await store.members({row.id for row in good})
    await store.put_members([(_member(row, existing.get(row.id)), organisations[row.organisation]) for row in good])
    await store.put_devices(devices)
    return refused


def _member(row: MemberShape, found: MemberDraft | None) -> MemberDraft:
    on_duty = True if row.on_duty is None else row.on_duty
    return MemberDraft(
        id=row.id, name=row.name, organisation=row.organisation,
        posts=row.post if row.has("post") or found is None else found.posts,
        grids=row.grids if row.has("grids") or found is None else found.grids,
        skills=row.skills if row.has("skills") or found is None else found.skills,
        phone=row.phone if row.has("phone") or found is None else found.phone,
        on_duty=on_duty if row.has("on_duty") or found is None else found.on_duty,
    )  # fmt: skip


async def _write_devices(connection: AsyncConnection, rows: Mapping[int, DeviceShape]) -> Refused:
    store = ImportStore(connection)
    homes = await store.homes_of_members({row.member for row in rows.values() if row.member is not None})
    devices, refused = await _planned(connection, rows, homes)
    await store.put_devices(devices)
    return refused


async def _planned(
    connection: AsyncConnection, rows: Mapping[int, DeviceShape], homes: Mapping[str, int]
) -> tuple[list[DeviceWrite], Refused]:
    """What to store of each row, and those refused. homes: member id -> key of the member's organisation."""
    store = ImportStore(connection)
    ids = [row.id for row in rows.values()]
    stored = await DeviceStore(connection).below(ROOT_KEY, limit=len(ids), devices=ids)
    existing = {row.device: NewDevice(**as_new(row)) for row in stored}
    homes = dict(homes) | await store.homes_of_members(
        {found.member for found in existing.values() if found.member is not None and found.member not in homes}
    )
    organisations = await store.organisations(
        {name for row in rows.values() if (name := row.organisation)}
        | {name for found in existing.values() if (name := found.organisation)}
    )
    owners = await store.owners_of_tokens([hash_token(row.token) for row in rows.values() if row.token])
    planned: list[DeviceWrite] = []
    refused: Refused = {}
    for number, row in rows.items():
        try:
            planned.append(_device(row, existing.get(row.id), homes, organisations, owners))
        except _Refused as error:
            refused[number] = error.reason
        except Problem as problem:
            refused[number] = problem.detail
    return planned, refused


class _Refused(Exception):
    """The row cannot be taken; the reason says why."""

    def __init__(self, words: str, column: str) -> None:
        super().__init__(words)
        self.reason = Reason(words, column)


def _device(
    row: DeviceShape, found: NewDevice | None, homes: Mapping[str, int], organisations: Mapping[str, int],
    owners: dict[bytes, str],
) -> DeviceWrite:  # fmt: skip
    new = _merged(row, found)
    check_device(new, new.token)
    if new.member is not None and new.member not in homes:
        raise _Refused(f"there is no member {new.member!r}: import it first", "member")
    if new.organisation is not None and new.organisation not in organisations:
        raise _Refused(f"there is no organisation {new.organisation!r}: import it first", "organisation")
    home = organisations.get(new.organisation or "", ROOT_KEY) if new.member is None else homes[new.member]
    if new.member is not None and row.organisation is not None and organisations[row.organisation] != home:
        raise _Refused(
            "a device that is carried belongs where its member does: leave the organisation out", "organisation"
        )
    token_hash = None if new.token is None else hash_token(new.token)
    if token_hash is not None and owners.setdefault(token_hash, row.id) != row.id:
        raise _Refused("another device has this token: choose another, or leave it out", "token")
    return DeviceWrite(new=new, organisation=home, token_hash=token_hash)


def _merged(row: DeviceShape, found: NewDevice | None) -> NewDevice:
    """The row over what is stored."""
    old = found or NewDevice(device=row.id)

    def told(column: str, default: object) -> Any:
        value = getattr(row, column)
        return (default if value is None else value) if row.has(column) else getattr(old, column)

    return NewDevice(
        device=row.id, member=told("member", None), organisation=told("organisation", None), token=row.token,
        require_token=told("require_token", False), dialect=told("dialect", ""),
        stale_after_s=told("stale_after_s", None), silent_after_s=told("silent_after_s", None), retired=old.retired,
    )  # fmt: skip


_ORGANISATIONS = ("id", "name", "level", "parent", "code", "territory")
_SELECT_ORGANISATIONS = """SELECT o.id, o.name, o.level, p.id, o.code, o.territory::text
                           FROM organisations o LEFT JOIN organisations p ON p.key = o.parent"""

KINDS: dict[str, Kind] = {
    "organisations": Kind(
        OrganisationShape, _ORGANISATIONS, _write_organisations,
        # parents before their children, as an import needs them
        f"{_SELECT_ORGANISATIONS} JOIN organisation_closure c ON c.descendant = o.key GROUP BY o.key, p.id"
        " ORDER BY count(*), o.key",
    ),
    "grids": Kind(
        GridShape, _ORGANISATIONS, _write_organisations,
        f"{_SELECT_ORGANISATIONS} WHERE o.level = 'grid' ORDER BY o.key",
    ),
    "members": Kind(
        MemberShape, ("id", "name", "organisation", "post", "grids", "skills", "phone", "on_duty"), _write_members,
        """SELECT m.id, m.name, o.id, array_to_string(m.posts, ';'),
                  (SELECT string_agg(g.id, ';' ORDER BY g.key) FROM member_grids x
                   JOIN organisations g ON g.key = x.organisation WHERE x.member = m.key),
                  array_to_string(m.skills, ';'), m.phone, m.on_duty FROM members m
           JOIN organisations o ON o.key = m.organisation ORDER BY m.key""",
    ),
    "devices": Kind(
        DeviceShape, ("id", "member", "organisation", "token", "require_token", "dialect", "stale_after_s",
                      "silent_after_s"),
        _write_devices,
        """SELECT d.id, m.id, o.id, NULL, d.require_token, d.dialect, d.stale_after_s, d.silent_after_s
           FROM devices d LEFT JOIN members m ON m.key = d.member
           JOIN organisations o ON o.key = COALESCE(m.organisation, d.organisation) ORDER BY d.key""",
    ),
}  # fmt: skip
"""The kinds of `gridwarden import` and `export`."""


def kind_of(kind: str | Kind) -> Kind:
    """One of KINDS by its name, or another platform's own."""
    return KINDS[kind] if isinstance(kind, str) else kind
