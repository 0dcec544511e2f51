"""One cleaning, one formula guard, one writer of files, one engine of templates: nothing goes past them."""

from __future__ import annotations

import pytest

from tests.hostile.sinks import ALLOWED, modules, sinks, strays, templates, unsafe

# A line that would let text out, for each kind of sink, and one beside it that lets nothing out.
SEEN = {
    "print": ("print(name)", "printed(name)"),
    "print-to-a-stream": ("import sys\nsys.stderr.write(name)", "file.write(name)"),
    "prompt": ("typer.prompt(name)", "terminal.ask(name)"),
    "rich": ("from rich.text import Text", "from ours.text import Text"),
    "csv": ("csv.writer(out)", "csv.reader(file)"),
    "workbook": ("xlsxwriter.Workbook(out)", "Workbook(title)"),
    "live-cell": ("page.write_url(0, 0, name)", "page.write_string(0, 0, name)"),
    "live-cell-by-option": ("x = {'strings_to_formulas': True}", "x = {'strings_to_formulas': False}"),
    "markup": ("markupsafe.Markup(name)", "escape(name)"),
    "no-escape": ("Environment(autoescape=select_autoescape())", "Environments(autoescape=True)"),
    "write": ("path.write_text(name)", "folders.write(path, data)"),
    "write-by-mode": ("with path.open('wb') as file: pass", "with path.open('rb') as file: pass"),
    "write-by-flags": ("os.open(path, os.O_WRONLY | os.O_CREAT)", "os.open(path, os.O_RDONLY)"),
    "process": ("subprocess.run([name])", "asyncio.run(main())"),
    "shell": ("run(name, shell=True)", "run(name, shell=False)"),
    "launch": ("webbrowser.open(name)", "terminal.open(name)"),
    "code": ("eval(name)", "ast.literal_eval(name)"),
    "xml": ("ElementTree.fromstring(text)", "ElementTree.tostring(tree)"),
    "sql": ("connection.execute(f'select {name}')", "connection.execute('select ?', [name])"),
}


@pytest.mark.parametrize("name", SEEN)
def test_each_kind_of_sink_would_be_seen(name: str) -> None:
    sink, harmless = SEEN[name]
    kinds = {one.kind for one in strays("nowhere.py", sink)}
    assert any(name.startswith(kind) for kind in kinds)
    assert strays("nowhere.py", harmless) == []


def test_every_kind_has_been_shown() -> None:
    assert {kind for kind in ALLOWED if not any(name.startswith(kind) for name in SEEN)} == set()


@pytest.mark.parametrize(
    "line",
    [
        "{{ name | safe }}",
        "{% autoescape false %}",
        "<script>x</script>",
        '<a href="javascript:x">',
        '<p onclick="x">',
        '<p style="x">',
        "<p class={{ name }}>",
    ],
)
def test_what_would_make_more_of_a_text_is_seen_in_a_template(line: str) -> None:
    assert [one.line for one in unsafe("a.html.j2", f"<p>{{{{ name }}}}</p>\n{line}")] == [2]


def test_text_leaves_only_where_it_is_made_harmless() -> None:
    found = [one for module, code in modules().items() for one in strays(module, code)]
    assert len(modules()) > 100
    assert [f"{one.module}:{one.line}: {one.kind}" for one in found] == []


def test_no_module_is_allowed_what_it_does_not_do() -> None:
    done = {(one.kind, module) for module, code in modules().items() for one in sinks(module, code)}
    assert {(kind, module) for kind, allowed in ALLOWED.items() for module in allowed} - done == set()


def test_templates_escape_everything() -> None:
    assert len(templates()) >= 2
    assert [one for name, text in templates().items() for one in unsafe(name, text)] == []
