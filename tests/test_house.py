"""The rules of the house, read from the source."""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "client/web/src"
OURS = {"protocol", "server", "client", "tests"}
DRIVERS = {"starlette", "redis", "sqlite3", "uvicorn"}
CODE = {".py", ".ts", ".svelte", ".mjs", ".js", ".css", ".lua", ".html"}
FOLDERS = ["protocol", "sync", "store", "words", "parts", "screens"]
"""The floors of the browser app, lowest first; main.ts and App.svelte stand above them."""


class Floor(NamedTuple):
    """What one place may import of ours, and what it may never import."""

    place: str
    ours: set[str]
    never: set[str]


FLOORS = [
    Floor("protocol", {"protocol"}, DRIVERS | {"asyncio"}),
    Floor(
        "server/workshop",
        {"protocol", "server.workshop"},
        DRIVERS | {"asyncio", "time", "random", "secrets"},
    ),
    Floor("server/log", {"protocol", "server.log"}, {"starlette", "uvicorn"}),
    Floor("server/files", {"protocol", "server.files"}, DRIVERS),
    Floor(
        "server/live",
        {"protocol", "server.workshop", "server.log", "server.files", "server.live"},
        DRIVERS | {"obstore"},
    ),
    Floor("server/exports", {"protocol", "server.workshop", "server.exports"}, DRIVERS),
    Floor("server/imports", {"protocol", "server.workshop", "server.imports"}, DRIVERS | {"asyncio"}),
    Floor("server/web", {"protocol", "server"}, {"server.__main__"}),
    Floor("client/participant.py", {"protocol", "client"}, {"server"}),
    Floor("client/outbox.py", {"protocol"}, {"server", "client.participant"}),
]


def committed() -> list[Path]:
    """Every file that is, or would be, committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    files = (ROOT / name for name in done.stdout.split("\0") if name)
    return [file for file in files if file.is_file()]


def source() -> list[Path]:
    """What people wrote; not what was generated."""
    return [
        file for file in committed() if file.suffix in CODE and "generated" not in file.read_text("utf-8")[:300].lower()
    ]


def named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def within(name: str, tops: set[str]) -> bool:
    return any(name == top or name.startswith(f"{top}.") for top in tops)


def imports(file: Path) -> Iterator[str]:
    """Dotted names of all that a Python file imports, its relative imports made absolute."""
    package = file.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.place)
def test_python_imports_go_down_only(floor: Floor) -> None:
    """[HOUSE1]."""
    place = ROOT / floor.place
    files = [place] if place.is_file() else sorted(place.rglob("*.py"))
    assert [
        f"{named(file)} imports {name}"
        for file in files
        for name in imports(file)
        if within(name, floor.never) or (within(name, OURS) and not within(name, floor.ours))
    ] == []


IMPORT = re.compile(
    r"""^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]"""
    r"""|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]""",
    re.MULTILINE,
)


def floor_of(path: Path) -> int:
    """Which floor of the browser app a path stands on; ValueError where there is no such floor."""
    folder, *rest = path.relative_to(WEB.resolve()).parts
    return FOLDERS.index(folder) if rest or folder in FOLDERS else len(FOLDERS)


def breaches(file: Path) -> Iterator[str]:
    mine = floor_of(file.resolve())
    plain = mine < FOLDERS.index("store")
    if plain and file.name.endswith((".svelte", ".svelte.ts")):
        yield f"{named(file)} stands below the floors of Svelte"
    for match in IMPORT.finditer(file.read_text("utf-8")):
        name = next(group for group in match.groups() if group)
        if name.startswith("."):
            target = (file.parent / name.split("?")[0]).resolve()
            if target.suffix not in {".css", ".svg", ".json"} and floor_of(target) > mine:
                yield f"{named(file)} imports {name}"
        elif plain and re.match(r"(@[\w-]+/)?svelte(/|$)", name):
            yield f"{named(file)} imports {name}"


def test_browser_app_imports_go_down_only() -> None:
    """[HOUSE1]."""
    files = [file for file in committed() if file.is_relative_to(WEB) and file.suffix in {".ts", ".svelte"}]
    checked = [file for file in files if not file.name.endswith((".test.ts", ".d.ts"))]
    assert [breach for file in checked for breach in breaches(file)] == []


def test_every_rule_is_named_by_a_test() -> None:
    """[HOUSE2]."""
    rules = set(re.findall(r"\[([A-Z]{2,}\d+)\]", (ROOT / "protocol/SPEC.md").read_text("utf-8")))
    tests = [*(ROOT / "tests").rglob("*.py"), *WEB.rglob("*.test.ts")]
    words = {word for file in tests for word in re.findall(r"\b[A-Z]{2,}\d+\b", file.read_text("utf-8"))}
    assert len(rules) >= 80
    assert sorted(rules - words) == []


def test_every_rule_is_stated_once() -> None:
    """[HOUSE2]."""
    stated = re.findall(r"^- \*\*\[([A-Z]{2,}\d+)\]", (ROOT / "protocol/SPEC.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rule for rule, times in Counter(stated).items() if times > 1) == []


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its lines, without its docstring's."""
    doc = ast.get_docstring(function, clean=False) or ""
    return (function.end_lineno or function.lineno) - function.lineno + 1 - len(doc.splitlines())


def test_files_and_functions_are_short() -> None:
    """[HOUSE3]: those of TypeScript functions, eslint counts (max-lines-per-function)."""
    long = []
    for file in source():
        text = file.read_text("utf-8")
        lines = text.count("\n")
        if lines > 500:
            long.append(f"{named(file)} has {lines} lines")
        if file.suffix == ".py":
            long += [
                f"{named(file)}:{node.lineno} {node.name} has {length(node)} lines"
                for node in ast.walk(ast.parse(text))
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > 60
            ]
    assert long == []


def test_nothing_is_left_to_do() -> None:
    """[HOUSE3]: what is left to do stands in the list of issues, not in the source."""
    left = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b")
    assert [named(file) for file in source() if left.search(file.read_text("utf-8"))] == []


SIDES = re.compile(
    r"^\s*(?:(?:margin|padding|border)-(?:left|right)|left|right|text-align: (?:left|right))\b[^;{]*;", re.MULTILINE
)


def test_no_style_names_left_or_right() -> None:
    """[ALL2]: what begins a line is `inline-start`, whichever way one reads."""
    styles = {
        named(file): file.read_text("utf-8").partition("<style>")[2]
        if file.suffix == ".svelte"
        else file.read_text("utf-8")
        for file in committed()
        if file.is_relative_to(WEB) and file.suffix in {".svelte", ".css"}
    }
    assert [name for name, style in styles.items() if SIDES.search(style)] == []


def test_no_file_names_a_package_registry() -> None:
    """[HOUSE4]."""
    names = ["pypi|org", "pythonhosted|org", "npmjs|org", "npmjs|com", "yarnpkg|com", "crates|io"]
    names += ["deb|debian|org", "docker|io", "ghcr|io", "unpkg|com", "jsdelivr|net"]
    hosts = re.compile("|".join(rf"\b{re.escape(name.replace('|', '.'))}\b" for name in names))
    found = []
    for file in committed():
        data = file.read_bytes()
        if b"\0" not in data and (match := hosts.search(data.decode("utf-8", "replace"))):
            found.append(f"{named(file)} names {match[0]}")
    assert found == []


def test_the_wheel_is_whole() -> None:
    """[HOUSE5] Every module of the Python client that the command may import is in the wheel."""
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    ours = {f"client/{file.name}" for file in (ROOT / "client").glob("*.py")} - {"client/build.py"}
    assert ours <= set(wheel["only-include"])
