"""What an edit of one key writes, and that it leaves everything else alone."""

from __future__ import annotations

import codecs
import copy
import tomllib
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.toml_documents import documents, same
from webcycle.errors import KeyPath, RefusedError
from webcycle.source import add_item, assign, edit, positions, remove

SESSION = """\
# the programme
[[session]]   # first
id    = "maroc"
start = 2020-10-26 14:00:00 # a Monday
note  = 'as "said"'
recording = { url = "https://example.org/a" } # public
documents = [
  { kind = "minutes" }, # owed
]

[session.registration]
deadline = 2020-10-20

[[session]]
id = "senegal"
registration.url = "https://example.org/b"
"""


def edited(path: KeyPath, value: Any, text: str = SESSION, after: tuple[str, ...] = ()) -> str:
    return assign(text.encode(), path, value, after=after).decode()


@pytest.mark.parametrize(
    ("path", "value", "before", "after"),
    [
        (("id",), "maroc-2", '"maroc"', '"maroc-2"'),
        (("start",), datetime(2020, 11, 2, 9), "2020-10-26 14:00:00", "2020-11-02 09:00:00"),
        (("start",), date(2020, 11, 2), "2020-10-26 14:00:00", "2020-11-02"),
        (("note",), "new", "'as \"said\"'", "'new'"),
        (("note",), "it's", "'as \"said\"'", '"it\'s"'),
        (("note",), "two\nlines", "'as \"said\"'", '"two\\nlines"'),
        (("recording", "url"), "https://example.org/z", "https://example.org/a", "https://example.org/z"),
        (("recording",), {}, '{ url = "https://example.org/a" }', "{}"),
        (("documents", 0, "kind"), "slides", '"minutes"', '"slides"'),
        (("registration", "deadline"), date(2020, 10, 21), "2020-10-20", "2020-10-21"),
    ],
)
def test_a_value_is_replaced_and_nothing_else(path: KeyPath, value: Any, before: str, after: str) -> None:
    assert edited(("session", 0, *path), value) == SESSION.replace(before, after, 1)


@pytest.mark.parametrize(
    ("path", "value", "line", "follows"),
    [
        (("session", 0, "end"), date(2020, 10, 26), "end   = 2020-10-26\n", "]\n"),
        (("session", 0, "moved-from"), [date(2020, 10, 1)], "moved-from = [2020-10-01]\n", "]\n"),
        (("session", 0, "registration", "capacity"), 5, "capacity = 5\n", "deadline = 2020-10-20\n"),
        (("session", 1, "title"), "T", 'title = "T"\n', 'registration.url = "https://example.org/b"\n'),
        (
            ("session", 1, "registration", "email"),
            "a@example.org",
            'registration.email = "a@example.org"\n',
            'registration.url = "https://example.org/b"\n',
        ),
        (
            ("session", 1, "join"),
            {"url": "https://example.org/j", "platform": "zoom"},
            'join = { url = "https://example.org/j", platform = "zoom" }\n',
            'registration.url = "https://example.org/b"\n',
        ),
    ],
)
def test_a_new_key_stands_in_its_table(path: KeyPath, value: Any, line: str, follows: str) -> None:
    at = SESSION.index(follows) + len(follows)
    assert edited(path, value) == SESSION[:at] + line + SESSION[at:]


def test_a_new_key_stands_after_those_that_it_belongs_to_and_in_their_columns() -> None:
    new = edited(("session", 0, "status"), "postponed", SESSION.replace("recording", "#recording"), ("id", "start"))
    assert '# a Monday\nstatus = "postponed"\nnote' in new
    assert "# a Monday\nend   = 2020-10-27\nnote" in edited(("session", 0, "end"), date(2020, 10, 27), after=("start",))


@pytest.mark.parametrize(
    ("text", "path", "value", "expected"),
    [
        ("", ("a",), 1, "a = 1\n"),
        ("[t]\nb = 2\n", ("a",), 1, "a = 1\n[t]\nb = 2\n"),
        ("b = 2", ("a",), 1, "b = 2\na = 1\n"),
        ("[t]", ("t", "a"), 1, "[t]\na = 1\n"),
        ("[t]\n  b=2\n", ("t", "a"), 1, "[t]\n  b=2\n  a=1\n"),
        ("t = {}\n", ("t", "a"), 1, "t = { a = 1 }\n"),
        ("t = { b = 2 }\n", ("t", "a"), 1, "t = { b = 2, a = 1 }\n"),
        ("t = { b = 2 }\n", ("t", "a"), [datetime(2020, 11, 2, 9)], "t = { b = 2, a = [2020-11-02T09:00:00] }\n"),
        ("t.b = 2", ("t", "a"), 1, "t.b = 2\nt.a = 1\n"),
        ("t.b = { c = 1 }\nz = 1\n", ("t", "a"), 1, "t.b = { c = 1 }\nt.a = 1\nz = 1\n"),
        ("[t]\nb = 2\n", ("t", "x", "y"), 1, "[t]\nb = 2\nx = { y = 1 }\n"),
        ("[t]\nb.c = 2\n", ("t", "a"), 1, "[t]\nb.c = 2\na = 1\n"),
        ("[t]\r\nb = 2\r\n", ("t", "a"), 1, "[t]\r\nb = 2\r\na = 1\r\n"),
        ("b = 2\n", ("clé",), "é", 'b = 2\n"clé" = "é"\n'),
        ("a = [1, 2]\n", ("a", 1), 3, "a = [1, 3]\n"),
    ],
)
def test_where_a_key_goes(text: str, path: KeyPath, value: Any, expected: str) -> None:
    assert edited(path, value, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a = [9]\n"),
        ("a = []\n", "a = [9]\n"),
        ("a = [1]\n", "a = [1, 9]\n"),
        ("a = [1,]\n", "a = [1, 9,]\n"),
        ("a = [\n  1,\n]\n", "a = [\n  1,\n  9,\n]\n"),
        ("a = [\n\t1 # one\n]\n", "a = [\n\t1, # one\n\t9\n]\n"),
        ("a = [\n  1, # one\n  # more\n]\n", "a = [\n  1, # one\n  # more\n  9,\n]\n"),
        ("a = [1\n]\n", "a = [1,\n  9\n]\n"),
        ("a = [ 1, # , ]\n]\n", "a = [ 1, # , ]\n  9,\n]\n"),
        ("a = [\r\n  1, # one\r\n  # more\r\n]\r\n", "a = [\r\n  1, # one\r\n  # more\r\n  9,\r\n]\r\n"),
        ("b = 1\na = [\n  1, # one\r\n  # more\n]\n", "b = 1\na = [\n  1, # one\r\n  # more\n  9,\n]\n"),
    ],
)
def test_an_item_is_added_in_the_manner_of_the_others(text: str, expected: str) -> None:
    assert add_item(text.encode(), ("a",), 9).decode() == expected


def test_a_table_is_added_under_a_header_where_the_others_are() -> None:
    text = '[[session]]\nid = "a"\n[[session.documents]]\nkind = "slides"\n\n[[session]]\nid = "b"'
    assert add_item(text.encode(), ("session", 0, "documents"), {"kind": "minutes", "url": "u"}).decode() == (
        '[[session]]\nid = "a"\n[[session.documents]]\nkind = "slides"\n\n[[session.documents]]\nkind = "minutes"\n'
        'url = "u"\n\n[[session]]\nid = "b"'
    )
    last = text.removesuffix('\n\n[[session]]\nid = "b"')
    assert add_item(last.encode(), ("session", 0, "documents"), {"kind": "minutes"}).decode() == (
        last + '\n\n[[session.documents]]\nkind = "minutes"\n'
    )
    indented = '[[session]]\n  [[session.documents]]\n    kind = "slides"\n'
    assert add_item(indented.encode(), ("session", 0, "documents"), {"kind": "minutes"}).decode() == (
        indented + '\n  [[session.documents]]\n    kind = "minutes"\n'
    )


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a = 1 # one\nb = 2\n", ("a",), "b = 2\n"),
        ("b = 2\na = 1", ("a",), "b = 2\n"),
        ("a = [\n1,\n]\nb = 2\n", ("a",), "b = 2\n"),
        ("t.a = 1\nt.b = 2\n", ("t", "a"), "t.b = 2\n"),
        ("t = { a = 1, b = 2 }\n", ("t", "a"), "t = { b = 2 }\n"),
        ("t = { a = 1, b = 2 }\n", ("t", "b"), "t = { a = 1 }\n"),
        ("t = { a = 1 }\n", ("t", "a"), "t = {  }\n"),
    ],
)
def test_a_key_goes_with_its_line_or_its_comma(text: str, path: KeyPath, expected: str) -> None:
    assert remove(text.encode(), path).decode() == expected


def test_the_byte_order_mark_stays() -> None:
    raw = codecs.BOM_UTF8 + b'"a" = 1\nb = 2\n'
    assert assign(raw, ("b",), 3) == codecs.BOM_UTF8 + b'"a" = 1\nb = 3\n'
    assert remove(raw, ("b",)) == codecs.BOM_UTF8 + b'"a" = 1\n'


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("[t]\na = 1\n", ("t",)),
        ("a = 1\n", ("a", "b")),
        ("a = [1]\n", ("a", 1)),
        ("a = [1]\n", ("a", 5)),
        ("a = [1]\n", ("a", "b")),
        ("[a.b]\nc = 1\n", ("a", "x")),
        ("[[l]]\na = 1\n", ("l", 3, "a")),
    ],
)
def test_what_has_no_place_is_refused(text: str, path: KeyPath) -> None:
    with pytest.raises(RefusedError):
        assign(text.encode(), path, 1)


@pytest.mark.parametrize("path", [("t",), ("nothing",), ("a", 0)])
def test_what_cannot_be_removed_is_refused(path: KeyPath) -> None:
    with pytest.raises(RefusedError):
        remove(b"a = [1]\n[t]\nb = 1\n", path)


@pytest.mark.parametrize("after", [b"a = ", b"a = 2\nb = 1\n", b"\xff"])
def test_bytes_that_say_anything_but_what_was_meant_are_not_handed_out(after: bytes) -> None:
    meant = {"a": 2}
    assert edit._proved(b"a = 2\n", meant, ("a",)) == b"a = 2\n"
    with pytest.raises(RefusedError) as refused:
        edit._proved(after, meant, ("a",))
    assert refused.value.key == "edit-changes-more"


def test_only_arrays_take_items_and_only_toml_is_edited() -> None:
    with pytest.raises(RefusedError):
        add_item(b"a = 1\n", ("a",), 2)
    with pytest.raises(RefusedError):
        assign(b"a = \n", ("a",), 2)


VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.datetimes(min_value=datetime(1900, 1, 1)).map(lambda one: one.replace(fold=0)),
    st.dates(),
    st.lists(st.text(max_size=3), max_size=3),
)


def leaves(data: Any, path: KeyPath = ()) -> list[KeyPath]:
    if isinstance(data, dict):
        return [leaf for key, inner in data.items() for leaf in leaves(inner, (*path, key))]
    return [path]


@settings(max_examples=200)
@given(text=documents(), value=VALUES, data=st.data())
def test_any_value_of_any_document_can_be_set(text: str, value: Any, data: st.DataObject) -> None:
    found = tomllib.loads(text)
    known = positions(text)
    # Tables and lists of tables under headers are no values.
    choices = [path for path in leaves(found) if path in known and known[path].key[0] <= known[path].value[0]]
    assume(choices)
    path = data.draw(st.sampled_from(choices))
    raw = text.encode()
    new = assign(raw, path, value)
    start, end = positions(text)[path].value
    assert new[:start] == raw[:start]
    assert new.endswith(raw[end:])
    after = tomllib.loads(new.decode())
    place: Any = after
    for part in path[:-1]:
        place = place[part]
    assert same(place[path[-1]], value)
    expected = copy.deepcopy(found)
    inner: Any = expected
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = place[path[-1]]
    assert same(after, expected)


@settings(max_examples=200)
@given(text=documents(), value=VALUES, data=st.data())
def test_a_new_key_of_any_table_leaves_every_byte_or_is_refused(text: str, value: Any, data: st.DataObject) -> None:
    tables: list[KeyPath] = [path for path, _ in _tables(tomllib.loads(text))]
    path = (*data.draw(st.sampled_from(tables)), "fresh")
    raw = text.encode()
    try:
        new = assign(raw, path, value)
    except RefusedError:
        return
    start = next((at for at, (one, other) in enumerate(zip(raw, new, strict=False)) if one != other), len(raw))
    assert new.endswith(raw[start:]) or new.rstrip(b"\r\n").endswith(raw[start:])
    place: Any = tomllib.loads(new.decode())
    for part in path:
        place = place[part]
    assert same(place, value)


def _tables(data: Any, path: KeyPath = ()) -> list[tuple[KeyPath, dict[str, Any]]]:
    if isinstance(data, dict):
        return [(path, data), *(one for key, inner in data.items() for one in _tables(inner, (*path, key)))]
    if isinstance(data, list):
        return [one for index, inner in enumerate(data) for one in _tables(inner, (*path, index))]
    return []
