"""The house rules that a walk over the source can hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import takewhile
from pathlib import Path

import pytest

CONTRIBUTING = Path(__file__).parents[1] / "CONTRIBUTING.md"
SOURCE = Path(__file__).parents[1] / "src" / "webcycle"
# Each layer may import from those below it; the modules of two layers may also import each other.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"cli"}),
    frozenset({"calendar", "documents"}),
    frozenset({"participants", "presence", "metrics", "disclosure", "review", "published", "exposure", "privacy"}),
    frozenset({"identity", "imports"}),
    frozenset(
        {
            "source",
            "checks",
            "claims",
            "duties",
            "comparison",
            "revisions",
            "joinlinks",
            "folder",
            "guard",
            "personal",
            "scaffold",
            "rescheduling",
            "samples",
            "richtext",
            "store",
            "ledger",
            "forgotten",
            "legible",
            "unpacked",
            "intake",
        }
    ),
    frozenset({"programme", "records"}),
    frozenset({"values"}),
    frozenset({"zones", "texts", "plain", "colours"}),
    frozenset({"errors"}),
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
SOCIABLE = frozenset({RANK["calendar"], RANK["participants"], RANK["source"]})
# What only the command line may touch, and what must not be paid for at its start.
FACE = frozenset({"typer", "rich"})
HEAVY = frozenset(
    {
        "icalendar",
        "babel",
        "jinja2",
        "markdown_it",
        "typst",
        "vl_convert",
        "xlsxwriter",
        "python_calamine",
        "holidays",
        "tree_sitter",
        "tree_sitter_toml",
        "pydantic",
        "tomli_w",
        "duckdb",
        "docx",
        "lxml",
    }
)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def modules() -> list[Path]:
    found = sorted(SOURCE.rglob("*.py"))
    assert len(found) > 30
    return found


def noun(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every import below this node, with the full name of what is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def typing_only(tree: ast.Module) -> set[ast.AST]:
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    return {inner for block in blocks for inner in ast.walk(block)}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_down_only(path: Path) -> None:
    own = noun(path)
    if own == "__init__":
        return
    targets = {
        parts[1]
        for _node, name in imports(parsed(path))
        if (parts := name.split("."))[0] == "webcycle" and len(parts) > 1
    }
    for target in targets - {own, "__version__"}:
        assert RANK[own] < RANK[target] or RANK[own] == RANK[target] in SOCIABLE, f"{own} imports {target}"


def test_every_module_has_its_layer() -> None:
    assert {noun(path) for path in modules()} - {"__init__"} == set(RANK)


def file_of(name: str) -> Path | None:
    """The file that an import of this full name takes something from; None where it is none of ours."""
    parts = name.split(".")
    for length in (len(parts), len(parts) - 1):
        place = SOURCE.parent.joinpath(*parts[:length])
        found = next((one for one in (place.with_suffix(".py"), place / "__init__.py") if one.is_file()), None)
        if found and parts[0] == "webcycle":
            return found
    return None


def circle(needed: dict[Path, set[Path]]) -> list[str]:
    """Files that import one another, if any do."""
    try:
        TopologicalSorter(needed).prepare()
    except CycleError as problem:
        return [str(one.relative_to(SOURCE)) for one in problem.args[1]]
    return []


def test_no_modules_import_one_another() -> None:
    needed = {path: {file for _node, name in imports(parsed(path)) if (file := file_of(name))} for path in modules()}
    assert needed[SOURCE / "cli" / "storing.py"] >= {SOURCE / "cli" / "terminal.py", SOURCE / "store.py"}
    assert circle(needed) == []
    assert circle({**needed, SOURCE / "errors.py": {SOURCE / "store.py"}}) != []


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_the_command_line_knows_the_terminal(path: Path) -> None:
    found = {name.split(".")[0] for _node, name in imports(parsed(path))}
    assert noun(path) == "cli" or not found & FACE


def test_the_command_line_uses_the_terminal() -> None:
    found = {name.split(".")[0] for path in SOURCE.glob("cli/*.py") for _n, name in imports(parsed(path))}
    assert found >= FACE


@pytest.mark.parametrize("path", sorted(SOURCE.glob("cli/*.py")), ids=lambda path: path.name)
def test_the_start_of_the_command_line_does_not_pay_for_heavy_libraries(path: Path) -> None:
    if path.name in ("card.py", "attendance_view.py", "explained.py"):  # imported by one command alone
        return
    tree = parsed(path)
    hidden = typing_only(tree)
    top = ast.Module([node for node in tree.body if node not in hidden], [])
    eager = {
        name
        for node, name in imports(top)
        if not any(node in set(ast.walk(inner)) for inner in ast.walk(top) if isinstance(inner, ast.FunctionDef))
    }
    ours = {name.split(".")[1] for name in eager if name.startswith("webcycle.")}
    assert not {name.split(".")[0] for name in eager} & (HEAVY | {"rich"})
    assert ours <= {"cli", "errors", "texts", "plain", "__version__"}


def calls(name: str) -> set[str]:
    """The modules that call something of this name."""
    return {
        str(path.relative_to(SOURCE))
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name
    }


WRITING = frozenset(
    "write_text write_bytes mkstemp mkdir makedirs rename renames touch unlink rmdir rmtree symlink symlink_to "
    "hardlink_to truncate ftruncate chmod copyfile copytree NamedTemporaryFile".split()
)
# Words that are names of other things too.
WRITING_WHOLE = frozenset(
    {"os.open", "os.replace", "os.remove", "os.link", "shutil.copy", "shutil.copy2", "shutil.move"}
)


def writes(call: ast.Call) -> bool:
    """Whether this call changes a file, or opens one to do so."""
    whole = ast.unparse(call.func)
    name = whole.split(".")[-1]
    if whole in WRITING_WHOLE:
        return True
    if name == "replace":  # that of a text has two arguments, that of a value has keywords
        return len(call.args) == 1 and not call.keywords
    if name in ("open", "fdopen"):
        modes = [
            one for one in (*call.args[0:2], *(key.value for key in call.keywords)) if isinstance(one, ast.Constant)
        ]
        return any(re.fullmatch("[rwaxbt+]*[wax+][rwaxbt+]*", str(one.value)) for one in modes)
    return name in WRITING


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("open(p, 'w')", True),
        ("open(p, mode='ab')", True),
        ("p.open('r+b')", True),
        ("os.open(p, 1)", True),
        ("os.replace(a, b)", True),
        ("p.replace(q)", True),
        ("p.rename(q)", True),
        ("p.touch()", True),
        ("shutil.rmtree(p)", True),
        ("open(p)", False),
        ("p.open('rb')", False),
        ("text.replace('a', 'b')", False),
        ("replace(one, place=None)", False),
    ],
)
def test_a_call_that_writes_is_known(code: str, expected: bool) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert writes(call) is expected


def test_only_the_folder_writes_files() -> None:
    found = {
        str(path.relative_to(SOURCE))
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and writes(node)
    }
    # The standard streams are no files of a cycle.
    assert {Path(one).parts[0] for one in found - {"cli/streams.py"}} == {"folder"}


def test_the_picture_of_the_layers_is_right() -> None:
    picture = CONTRIBUTING.read_text("utf-8").split("```")[1]
    drawn: list[set[str]] = []
    for line in picture.strip().splitlines():
        names = set(takewhile(RANK.__contains__, line.split()))
        if line.startswith(" "):
            drawn[-1] |= names
        else:
            drawn.append(names)
    assert drawn == [set(layer) for layer in LAYERS]


def test_only_the_command_line_reads_the_clock() -> None:
    assert {name for name in calls("now") if not name.startswith("cli/")} == set()
    assert "cli/state.py" in calls("now")
    assert calls("today") == set()


def test_everything_is_caught_in_two_places() -> None:
    broad = [
        (str(path.relative_to(SOURCE)), ast.unparse(node.type))
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and node.type is not None and ast.unparse(node.type) == "Exception"
    ]
    assert set(broad) == {("cli/app.py", "Exception"), ("intake/__init__.py", "Exception")}
