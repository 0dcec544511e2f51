"""The finer points of the rules about what is published: every address, documents, recordings; the real cycles."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.checks.writing import (
    HEAD,
    OWED,
    RECORDED,
    WEDNESDAY,
    found,
    read,
    session,
)
from tests.strategies import Data
from webcycle import checks
from webcycle.errors import KeyPath
from webcycle.programme import Programme


def uris(schema: Any, node: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """The key path of every address in the model."""
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
    if node.get("format") == "uri":
        yield path
    for key, inner in node.get("properties", {}).items():
        yield from uris(schema, inner, (*path, key))
    if "items" in node:
        yield from uris(schema, node["items"], (*path, 0))
    for inner in node.get("anyOf", ()):
        yield from uris(schema, inner, path)


SCHEMA = Programme.model_json_schema()
ADDRESSES = sorted(set(uris(SCHEMA, SCHEMA)), key=str)
# What a table needs beside the address.
NEEDED: dict[str, Data] = {
    "link": {"title": "T"},
    "links": {"title": "T"},
    "resource": {"kind": "guide", "title": "T"},
    "release": {"kind": "session"},
    "documents": {"kind": "slides"},
    "questions-to": {"label": "the desk"},
}


def put(data: Any, path: KeyPath, value: str) -> None:
    """Set a value in TOML data, with the tables on the way to it."""
    *way, last = path
    for key, following in zip(way, [*way[1:], last], strict=True):
        fresh: Any = [dict(NEEDED.get(str(key), {}))] if following == 0 else dict(NEEDED.get(str(key), {}))
        data = data.setdefault(key, fresh) if isinstance(key, str) else data[key]
    data[last] = value


@pytest.mark.parametrize("path", ADDRESSES, ids=lambda path: ".".join(map(str, path)))
def test_an_address_without_encryption_is_found_wherever_it_stands(path: KeyPath) -> None:
    def check(url: str) -> list[tuple[str, KeyPath, dict[str, str]]]:
        data = tomllib.loads(HEAD.format(cycle="", organiser="") + session("a"))
        put(data, path, url)
        return found(Programme.model_validate(data))

    assert check("http://www.example.org/x") == [("http-link", path, {"found": "http://www.example.org/x"})]
    assert check("https://www.example.org/x") == []


def test_the_addresses_of_the_model_are_seen() -> None:
    assert len(ADDRESSES) >= 12


@pytest.mark.parametrize("line", ['mode = "in-person"\nplace = "Lyon"', 'status = "tentative"', ""])
def test_a_recording_is_missing_only_where_one_could_be_expected(line: str) -> None:
    codes = [code for code, *_ in found(read(RECORDED + session("b", line, **WEDNESDAY)))]
    assert ("missing-recording" in codes) == (line == "")


def test_a_document_of_a_session_that_is_not_confirmed_is_not_owed() -> None:
    codes = [code for code, *_ in found(read(session("a", OWED + '\nstatus = "tentative"')))]
    assert codes == ["past-tentative"]


def test_the_real_cycles_have_no_error() -> None:
    for file in sorted((Path(__file__).parents[2] / "data").glob("*/cycle.toml")):
        programme = Programme.model_validate(tomllib.loads(file.read_text("utf-8")))
        findings = checks.check(programme, datetime(2026, 11, 21, tzinfo=UTC))
        assert {one.code for one in findings} <= {"link-without-url"}, file
