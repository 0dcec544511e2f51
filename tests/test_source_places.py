"""Where a key path stands in a text."""

from __future__ import annotations

import codecs
import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.toml_documents import documents, name_of, same, walk
from webcycle.errors import Finding, Place, Severity
from webcycle.source import load, locate, parse, positions

CYCLE = """\
[cycle]
id = "guide"

[[session]]
id = "maroc"
title = "Le Maroc"
"""


def test_locate_keeps_a_place_and_falls_back_to_the_nearest_table() -> None:
    source, _ = parse(CYCLE.encode(), "cycle.toml")
    assert source is not None
    given_place = Place("other.csv", 3, 4)
    findings = (
        Finding("a", Severity.WARNING, ("session", 0, "join", "url")),
        Finding("b", Severity.WARNING, ("nowhere", 7)),
        Finding("c", Severity.WARNING, ("cycle", "id"), place=given_place),
        Finding("d", Severity.WARNING),
        Finding("unknown-key", Severity.ERROR, ("session", 0, "title", "de")),
    )
    places = [finding.place for finding in locate(source, findings)]
    at = Place("cycle.toml", 4, 1)
    top = Place("cycle.toml", 1, 1)
    assert places == [at, top, given_place, top, Place("cycle.toml", 6, 9)]


@settings(deadline=None, max_examples=300)
@given(documents())
def test_the_position_of_every_key_path_is_that_key_and_that_value(text: str) -> None:
    data = tomllib.loads(text)
    raw = text.encode()
    known = positions(text)
    paths = walk(data)
    assert set(known) == {path for path, _ in paths}
    for path, value in paths:
        key = raw[slice(*known[path].key)].decode()
        shown = raw[slice(*known[path].value)].decode()
        if isinstance(path[-1], str):
            assert name_of(key) == path[-1]
        headed = shown.startswith("[") and isinstance(value, dict)
        listed = shown.startswith("[[") and isinstance(value, list) and isinstance(next(iter(value), None), dict)
        if not (headed or listed or shown == key) or not isinstance(value, dict | list):
            assert same(tomllib.loads(f"v = {shown}")["v"], value)
        else:
            assert shown == key or re.fullmatch(r"\[.*\]", shown)


@settings(deadline=None, max_examples=150)
@given(documents())
def test_the_place_of_every_key_path_is_where_an_editor_shows_it(text: str) -> None:
    source, _ = parse(codecs.BOM_UTF8 + text.encode(), "cycle.toml")
    assert source is not None
    known = positions(text)
    for code, part in (("unknown-key", "key"), ("any", "value")):
        located = locate(source, [Finding(code, Severity.ERROR, path) for path in known])
        for finding in located:
            span = getattr(known[finding.path], part)
            words = text.encode()[slice(*span)].decode()
            assert finding.place is not None
            lines = text.split("\n")
            rest = "\n".join(lines[finding.place.line - 1 :])[finding.place.column - 1 :]
            assert rest.startswith(words)


PIECES = """[ [[ ] ]] { } a b "a" 'b' . = 1 "x" , #c \\ "\\q" é \"\"\" 2020-10-26""".split()


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from([*PIECES, "\n", " = "]), max_size=15).map("".join))
def test_any_text_is_read_or_told_of(text: str) -> None:
    positions(text)
    loaded = load(text.encode(), "cycle.toml")
    assert loaded.findings
    assert all(finding.place is not None for finding in loaded.findings)


@pytest.mark.parametrize(
    "text", ["a = {\n b = 1, # c\n}\n", '["\\q"a]b=]] = ', "a = 1\n[a b =\n{ = }", "=1\n", '={"x"=1 ']
)
def test_what_the_grammar_does_not_know_has_no_position(text: str) -> None:
    assert all(len(path) <= 2 for path in positions(text))


def test_without_findings_nothing_is_looked_for() -> None:
    source, _ = parse(b"a = 1\n", "cycle.toml")
    assert source is not None
    assert locate(source, ()) == ()
