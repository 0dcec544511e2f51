"""What appending a table writes, and that it leaves everything else alone."""

from __future__ import annotations

import codecs
import tomllib
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.toml_documents import documents, same
from webcycle import texts
from webcycle.errors import Language, RefusedError
from webcycle.source import append_table

LANGUAGES: tuple[Language, ...] = ("fr", "en")


def test_an_appended_session_looks_hand_written() -> None:
    table = {
        "id": "sante",
        "title": 'Webinaire "santé"',
        "start": datetime.fromisoformat("2021-01-19T14:00"),
        "moved-from": (datetime.fromisoformat("2020-12-01T14:00"), date(2020, 11, 3)),
        "note": "Un.\nDeux.",
        "registration": {"email": "contact@example.org", "deadline": date(2021, 1, 18)},
        "agenda": [
            {"start": time(14, 30), "end": time(15), "title": "x" * 90},
            {"start": time(15), "end": time(16), "title": "y"},
        ],
        "join": {"url": f"https://example.org/{'x' * 100}"},
    }
    assert append_table(b"a = 1 # no newline", "session", table).decode() == (
        "a = 1 # no newline\n"
        "\n"
        "[[session]]\n"
        'id = "sante"\n'
        'title = "Webinaire \\"santé\\""\n'
        "start = 2021-01-19T14:00:00\n"
        "moved-from = [\n  2020-12-01T14:00:00,\n  2020-11-03,\n]\n"
        'note = """\nUn.\nDeux."""\n'
        'registration = { email = "contact@example.org", deadline = 2021-01-18 }\n'
        "\n"
        "[[session.agenda]]\n"
        f'start = 14:30:00\nend = 15:00:00\ntitle = "{"x" * 90}"\n'
        "\n"
        "[[session.agenda]]\n"
        'start = 15:00:00\nend = 16:00:00\ntitle = "y"\n'
        "\n"
        "[session.join]\n"
        f'url = "https://example.org/{"x" * 100}"\n'
    )


@pytest.mark.parametrize(
    ("raw", "between"),
    [
        (b"", b""),
        (b"\n", b""),
        (codecs.BOM_UTF8, b""),
        (codecs.BOM_UTF8 + b"a = 1", b"\n\n"),
        (b"a = 1\n", b"\n"),
        (b"a = 1\n\n", b""),
        (b"a = 1\r\n", b"\r\n"),
        (b"a = 1\r\n# b", b"\r\n\r\n"),
        (b"a = 1\r\nb = 2\n", b"\n"),
        (b"a = 1\n[[x]]\nb = 2\n[x.y]", b"\n\n"),
    ],
)
def test_what_is_appended_takes_the_newlines_of_the_file(raw: bytes, between: bytes) -> None:
    newline = b"\r\n" if b"\r" in between else b"\n"
    assert append_table(raw, "x", {"i": 1}) == raw + between + b"[[x]]" + newline + b"i = 1" + newline


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"x = 1\n", "append-not-possible"),
        (b"x = \n", "append-not-possible"),
        (b"\xff", "append-not-possible"),
        (b"[x]\n", "append-not-possible"),
        (b"x = [{ i = 0 }]\n", "append-inline-list"),
        (b"x = []", "append-changes-more"),
    ],
)
def test_where_a_block_cannot_be_added_it_is_refused(raw: bytes, key: str) -> None:
    with pytest.raises(RefusedError) as caught:
        append_table(raw, "x", {"i": 1})
    assert caught.value.key == key
    for lang in LANGUAGES:
        assert texts.error(lang, caught.value)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
LEAVES = st.one_of(
    WORDS,
    st.booleans(),
    st.integers(-(2**63), 2**63),
    st.dates(),
    st.datetimes().map(lambda one: one.replace(fold=0)),
    st.times().map(lambda one: one.replace(fold=0)),
    st.floats(allow_nan=False),
)
TABLES: st.SearchStrategy[dict[str, Any]] = st.recursive(
    st.dictionaries(WORDS, LEAVES, max_size=4),
    lambda inner: st.dictionaries(
        WORDS, st.one_of(LEAVES, inner, st.lists(LEAVES, max_size=3), st.lists(inner, max_size=3)), max_size=4
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=150)
@given(documents(), TABLES)
def test_what_stood_in_the_file_stays_byte_for_byte(text: str, table: dict[str, Any]) -> None:
    raw = text.encode()
    new = append_table(raw, "session", table)
    assert new.startswith(raw)
    data = tomllib.loads(new.decode())
    assert same(data.pop("session"), [table])
    assert same(data, tomllib.loads(text))


def test_a_table_in_a_table_stays_on_the_line_of_its_key() -> None:
    assert append_table(b"", "x", {"a": {"b": {"c": 1}}}) == b"[[x]]\na = { b = { c = 1 } }\n"
