"""The lint rule that values reach the database as parameters only: what is put into the text of a statement is ours.

A statement's text may hold constants of a module (`_SELECT`, `BELOW_SCOPE`), what is built of them, and the results of
functions of ours. What comes in as an argument is a value until somebody has looked: STRUCTURE lists the arguments that
are names of tables and columns or pieces of statements, all of them written in the code that calls, or checked there.
Whoever adds one looks at its callers first; a value from outside is bound with %(name)s.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("registry", "tracker", "dispatch", "subsites", "insight", "gridwarden")

_STATEMENT = re.compile(
    r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|ORDER BY|COPY|CREATE|ALTER|DROP|JOIN|LIKE|NOTIFY|LISTEN)\b"
)
_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
_BUILDERS = {"join", "format", "encode", "replace"}

SAY_SO = {"table", "tables", "column", "columns", "where", "joins", "changes", "fields"}
"""Arguments whose name says that they are a piece of a statement: nobody gives them a value."""

STRUCTURE: dict[str, set[str]] = {
    # columns of a record that the code itself puts together
    "dispatch/alerts/store.py": {"one.name"},
    "dispatch/assignments/store.py": {"offer"},
    "dispatch/files/store.py": {"file"},
    "dispatch/incidents/store.py": {"incident", "lock"},
    # one of three tables, asserted
    "insight/diary/store.py": {"element"},
    "insight/reports/store.py": {"kind", "report", "schedule"},
    "insight/statistics/rollup_store.py": {"codes", "counts", "which"},
    # what hangs on a record, and what two records have in common: tables of the code; columns that were checked
    "registry/duplicates/hanging.py": {"self.about", "self.column", "self.key", "self.once", "self.table"},
    "registry/duplicates/store.py": {"before", "rule.reason", "rule.where", "self._table"},
    # elements, their columns and references: an enumeration and tables of the code
    "registry/elements/imports.py": {"kind.columns", "kind.element", "one.element", "rows", "self._kind.element"},
    "registry/elements/store.py": {
        "element", "kind.columns", "kind.element", "kind.sealed", "reference.element", "self._kind.element",
    },
    "registry/elements/types.py": {"name"},
    "registry/forms/store.py": {"element"},
    "registry/inspections/store.py": {"stamps"},
    # statements that are put together when the module is read
    "registry/search/sources.py": {"at", "detail", "inside", "kind", "name", "texts"},
    "subsites/opinions/store.py": {"what"},
    # what a sub-site says of its tables
    "subsites/record/desk.py": {
        "self.joins", "self.table", "self.told", "subject.prefix", "subject.query", "subject.table",
    },
    "tracker/history/copy_rows.py": {"column.name", "self.document", "self.name"},
    "tracker/territories/redrawing/store.py": {
        "(await self._connection.execute(query.encode(), (to, key))).rowcount", "cursor.rowcount",
    },
}  # fmt: skip
"""By module, what else. A mapping counts for its keys: the columns that a statement names."""


class _Text:
    """What a piece of a statement's text is made of, seen from inside a function."""

    def __init__(self, scopes: list[ast.AST]) -> None:
        self._scopes, self._seen = scopes, set[str]()

    def strangers(self, node: ast.AST) -> Iterator[str]:
        """Arguments, and attributes of things, that end up in the text."""
        match node:
            case ast.Name(id=name):
                if not _CONSTANT.fullmatch(name) and name not in self._seen:
                    self._seen.add(name)
                    yield from self._bound(name)
            case ast.Attribute(value=base):
                if not (isinstance(base, ast.Name) and _CONSTANT.fullmatch(base.id)):
                    yield ast.unparse(node)
            case ast.Call(func=ast.Attribute(value=base, attr=attr)) if attr in _BUILDERS:
                for one in (base, *node.args, *(word.value for word in node.keywords)):
                    yield from self.strangers(one)
            case ast.Call(func=ast.Name(id="list" | "sorted" | "tuple" | "set")):
                for one in node.args:
                    yield from self.strangers(one)
            case ast.IfExp(body=body, orelse=other):
                yield from self.strangers(body)
                yield from self.strangers(other)
            case ast.ListComp() | ast.GeneratorExp() | ast.SetComp():
                inside = _Text([node, *self._scopes])
                inside._seen = self._seen
                yield from inside.strangers(node.elt)
            case ast.Subscript(value=base):
                yield from self.strangers(base)
            case ast.FormattedValue(value=base) | ast.Starred(value=base):
                yield from self.strangers(base)
            case ast.BinOp() | ast.JoinedStr() | ast.List() | ast.Tuple() | ast.Dict() | ast.BoolOp():
                for part in ast.iter_child_nodes(node):
                    yield from self.strangers(part)

    def _bound(self, name: str) -> Iterator[str]:
        """Where a name of the innermost scope that has it comes from."""
        for scope in self._scopes:
            if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
                arguments = scope.args
                if name in {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}:
                    yield name
                    return
            values = list(_values(scope, name))
            if values:
                for one in values:
                    yield from self.strangers(one)
                return


def _values(scope: ast.AST, name: str) -> Iterator[ast.AST]:
    """What a name is set to there."""
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=targets, value=value) if any(name in _names(one) for one in targets):
                yield value
            case ast.AnnAssign(target=target, value=value) | ast.AugAssign(target=target, value=value) if (
                value is not None and name in _names(target)
            ):
                yield value
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value) if name in _names(
                target
            ):
                yield value


def _names(target: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def _statements(tree: ast.AST, scopes: list[ast.AST]) -> Iterator[tuple[ast.AST, list[ast.AST]]]:
    """Every text of a statement that is put together, with the functions around it, the innermost first."""
    for node in ast.iter_child_nodes(tree):
        if _is_statement(node):
            yield node, scopes
        inner = [node, *scopes] if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else scopes
        yield from _statements(node, inner)


def _is_statement(node: ast.AST) -> bool:
    match node:
        case ast.JoinedStr(values=parts):
            return any(isinstance(one, ast.Constant) and _STATEMENT.search(str(one.value)) for one in parts)
        case ast.BinOp(op=ast.Mod() | ast.Add(), left=left, right=right):
            return any(_is_text(one) for one in (left, right))
        case ast.Call(func=ast.Attribute(value=base, attr="format")):
            return _is_text(base)
    return False


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(_STATEMENT.search(node.value))


def strangers_of(source: str) -> set[str]:
    """What a module puts into the text of its statements that is neither a constant nor made of some."""
    tree = ast.parse(source)
    return {one for node, scopes in _statements(tree, []) for one in _Text([*scopes, tree]).strangers(node)}


def test_nothing_but_structure_is_put_into_the_text_of_a_statement() -> None:
    broken = {}
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if strange := strangers_of(path.read_text(encoding="utf-8")) - SAY_SO - STRUCTURE.get(name, set()):
            broken[name] = strange
    assert not broken, f"bind these as parameters, or look at their callers and list them in STRUCTURE: {broken}"


def test_the_list_names_nothing_that_is_gone() -> None:
    gone = {}
    for name, listed in STRUCTURE.items():
        path = ROOT / name
        if stale := listed - (strangers_of(path.read_text(encoding="utf-8")) if path.exists() else set()):
            gone[name] = stale
    assert not gone


def test_a_value_in_a_statement_is_found_however_it_gets_there() -> None:
    for body in (
        "f\"SELECT 1 FROM t WHERE name = '{name}'\"",
        "\"SELECT 1 FROM t WHERE name = '%s'\" % name",
        '"SELECT 1 FROM t WHERE name = " + name',
        '"SELECT 1 FROM t WHERE name = {}".format(name)',
        "f\"SELECT 1 FROM t WHERE name IN ({', '.join(x for x in [name])})\"",
    ):
        assert strangers_of(f"def find(name):\n    query = {body}\n") == {"name"}, body
    assert strangers_of('def find(who):\n    part = f"x{who}"\n    q = f"SELECT 1 WHERE {part}"\n') == {"who"}
    assert not strangers_of('_S = "SELECT 1"\ndef find(name):\n    q = f"{_S} WHERE name = %(name)s"\n')
