"""The sample cycles hold every datum that data/README.md lists, and nothing that it does not list."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[1] / "data"
CYCLES = ("guide-2020-2021", "covid-19-2020", "amerique-latine-2021")
# What names an entry of an array of tables in the README.
NAMED_BY = {
    "link": "kind",
    "release": "kind",
    "claim": "figure",
    "axis": "id",
    "session": "id",
    "contact": "id",
    "resource": "id",
}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a TOML document by its key path, as the README writes it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            name = inner[NAMED_BY[path]] if path in NAMED_BY else index
            yield from leaves(inner, f"{path}[{name}]")
    else:
        yield path, value


def rows(cycle: str) -> list[tuple[str, str, str, str]]:
    section = (DATA / "README.md").read_text("utf-8").split(f"\n## {cycle}\n")[1].split("\n## ")[0]
    found = re.findall(r"^\| (.+?) \| (.+?) \| `(.+?)` \| (.*) \|$", section, re.MULTILINE)
    assert found
    return found


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else " ".join(str(value).split())


def programme(cycle: str) -> dict[str, Any]:
    return tomllib.loads((DATA / cycle / "cycle.toml").read_text("utf-8"))


@pytest.mark.parametrize("cycle", CYCLES)
def test_every_datum_of_the_documents_stands_at_its_key(cycle: str) -> None:
    values = dict(leaves(programme(cycle)))
    for _document, datum, key, value in rows(cycle):
        assert key in values, f"{datum}: no {key}"
        if value.endswith("…"):
            assert shown(values[key]).startswith(value.removesuffix("…")), key
        else:
            assert shown(values[key]) == value, key


@pytest.mark.parametrize("cycle", CYCLES)
def test_no_key_stands_in_a_programme_without_its_source(cycle: str) -> None:
    assert {key for key, _value in leaves(programme(cycle))} == {key for _d, _t, key, _v in rows(cycle)}


def test_the_documents_named_in_the_tables_are_the_five_that_are_listed() -> None:
    listed = set(re.findall(r"^\| ([a-z].+?) \| .+ \|$", (DATA / "README.md").read_text("utf-8"), re.MULTILINE)[:6])
    named = {document for cycle in CYCLES for document, _t, _k, _v in rows(cycle)} - {"-"}
    assert len(named) == 5
    assert named <= listed


def test_no_person_is_named() -> None:
    text = "".join((DATA / cycle / "cycle.toml").read_text("utf-8") for cycle in CYCLES)
    addresses = set(re.findall(r"[\w.-]+@[\w.-]+", text))
    assert addresses == {"secretariat.dgm-aect@diplomatie.gouv.fr"}
