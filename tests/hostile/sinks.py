"""Where text could leave the program past the one function that makes it harmless, found by walking the source.

A sink is named by its kind; `ALLOWED` says in which modules each kind may stand, and why no other may.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

SOURCE = Path(__file__).parents[2] / "src" / "webcycle"


@dataclass(frozen=True)
class Sink:
    """A place where text leaves: its kind, the module, the line."""

    kind: str
    module: str
    line: int


# The kinds of sink, and the modules in which each may stand, for a reason that is told.
ALLOWED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        # `terminal` cleans. The others print what is ours (the version, SQL, a schema), or escape and clean each value
        # (`querying`).
        "print": frozenset(
            {
                "cli/terminal.py",
                "cli/app.py",
                "cli/querying.py",
                "cli/explaining.py",
                "cli/reading.py",
            }
        ),
        # `terminal.ask` cleans the question.
        "prompt": frozenset({"cli/terminal.py"}),
        # `terminal.table` and `terminal.console` clean, and read no markup.
        "rich": frozenset({"cli/terminal.py"}),
        # Both guard each cell against formulas; the fields of records do in `records`, which needs no writer.
        "csv": frozenset({"documents/spreadsheet.py", "cli/querying.py"}),
        "workbook": frozenset({"documents/spreadsheet.py"}),
        "live-cell": frozenset(),
        # Our own style sheet, and the environment that escapes everything.
        "markup": frozenset({"documents/html.py"}),
        "no-escape": frozenset(),
        # `streams` opens no file but the standard streams and nowhere.
        "write": frozenset({"folder/locking.py", "folder/writing.py", "cli/streams.py"}),
        # Fixed lists of words, without a shell.
        "process": frozenset({"guard.py", "revisions.py", "intake/workbook.py"}),
        "shell": frozenset(),
        # A page of ours is shown by the programme that the system has for it.
        "launch": frozenset({"cli/outputs.py"}),
        "code": frozenset(),
        # After the refusal of every document type.
        "xml": frozenset({"intake/archives.py"}),
        # Names of views and files of ours; what was given goes in as parameters.
        "sql": frozenset({"metrics/asking.py", "metrics/engine.py", "metrics/rows.py", "metrics/relations.py"}),
    }
)

_PRINTS = frozenset({"print", "typer.echo", "typer.secho", "click.echo", "click.secho"})
_STREAMS = ("stdout", "stderr", "stdout.buffer", "stderr.buffer", "__stdout__", "__stderr__")
_CHANGES = frozenset(
    "write_text write_bytes mkstemp mkdtemp NamedTemporaryFile TemporaryFile rename unlink rmdir mkdir makedirs rmtree "
    "copyfile copytree copy2 symlink_to hardlink_to touch truncate ftruncate pwrite fchmod chmod fchown".split()
)
_LIVE = frozenset("write_formula write_array_formula write_dynamic_array_formula write_url insert_image".split())
_PROCESSES = frozenset({"run", "Popen", "call", "check_call", "check_output"})
_CODE = frozenset(
    "eval exec compile __import__ pickle.loads pickle.load marshal.loads yaml.load runpy.run_path".split()
)
_XML = frozenset(
    "ElementTree.fromstring ElementTree.parse ElementTree.iterparse minidom.parse minidom.parseString".split()
)
_STRINGS_TO = frozenset({"strings_to_formulas", "strings_to_urls", "strings_to_numbers"})
_UNSAFE_TEMPLATE = re.compile(
    r"""\|\s*safe\b|autoescape\s+false|<script|javascript:|\son[a-z]+\s*=|\sstyle\s*=|=\{\{|=\{%|<style>[^<]*\{\{(?!\s*style)"""
)


def modules() -> dict[str, str]:
    """Every module's text, by its path below the package."""
    return {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.py"))}


def templates() -> dict[str, str]:
    """Every template of a page."""
    return {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.j2"))}


def sinks(module: str, code: str) -> Iterator[Sink]:
    """The sinks of a module."""
    tree = ast.parse(code)
    # What only a checker of types reads.
    tree.body = [one for one in tree.body if not (isinstance(one, ast.If) and ast.unparse(one.test) == "TYPE_CHECKING")]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (Sink(kind, module, node.lineno) for kind in _kinds(node))
        elif isinstance(node, ast.Dict):
            yield from (Sink("live-cell", module, node.lineno) for _ in _live_options(node))
        elif isinstance(node, ast.ImportFrom | ast.Import) and _imports_rich(node):
            yield Sink("rich", module, node.lineno)


def strays(module: str, code: str) -> list[Sink]:
    """The sinks of a module where none of their kind may stand."""
    return [one for one in sinks(module, code) if module not in ALLOWED[one.kind]]


def unsafe(module: str, template: str) -> list[Sink]:
    """What in a template would let a text be more than text."""
    found = (template.count("\n", 0, match.start()) + 1 for match in _UNSAFE_TEMPLATE.finditer(template))
    return [Sink("unsafe-template", module, line) for line in found]


def _kinds(call: ast.Call) -> Iterator[str]:
    whole = ast.unparse(call.func)
    holder, _, name = whole.rpartition(".")
    words = {word.arg: word.value for word in call.keywords if word.arg}
    tests = {
        "print": whole in _PRINTS or (name.startswith("write") and holder.removeprefix("sys.") in _STREAMS),
        "prompt": (name in ("prompt", "confirm") and holder in ("typer", "click")) or whole == "input",
        "csv": holder == "csv" and name in ("writer", "DictWriter"),
        "workbook": holder == "xlsxwriter" and name == "Workbook",
        "live-cell": name in _LIVE,
        "markup": name in ("Markup", "Environment", "Template", "from_string"),
        "no-escape": name == "Environment" and not _is(words.get("autoescape"), True),
        "write": name in _CHANGES or whole == "os.remove" or _opens_to_write(call, name, holder),
        "process": holder == "subprocess" and name in _PROCESSES,
        "shell": whole in ("os.system", "os.popen") or ("shell" in words and not _is(words["shell"], False)),
        "launch": whole in ("typer.launch", "click.launch") or holder == "webbrowser",
        "code": whole in _CODE,
        "xml": whole in _XML,
        "sql": name in ("execute", "sql", "executemany") and bool(holder and call.args) and not _is_fixed(call.args[0]),
    }
    yield from (kind for kind, found in tests.items() if found)


def _is(node: ast.expr | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _is_fixed(node: ast.expr) -> bool:
    """Whether a statement is written in the source: a text, or a name in capitals."""
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def _opens_to_write(call: ast.Call, name: str, holder: str) -> bool:
    if name not in ("open", "fdopen"):
        return False
    given = [*call.args, *(word.value for word in call.keywords)]
    if holder == "os" and name == "open":
        return any(re.search(r"O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)", ast.unparse(one)) for one in given)
    modes = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return any(re.fullmatch(r"[rwaxbt+]{1,4}", mode) and re.search(r"[wax+]", mode) for mode in modes)


def _live_options(node: ast.Dict) -> Iterator[str]:
    """Options by which a writer of workbooks would make formulas, links or numbers of texts."""
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and key.value in _STRINGS_TO and not _is(value, False):
            yield str(key.value)


def _imports_rich(node: ast.Import | ast.ImportFrom) -> bool:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
    return any(name.partition(".")[0] == "rich" for name in names)
