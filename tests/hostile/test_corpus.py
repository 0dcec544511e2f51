"""What the search for bytes that break something found (`make fuzz`), and where it begins: nothing breaks any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.targets import SEEDS, TARGETS

CORPUS = Path(__file__).parent / "corpus"
FOUND = sorted(path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*") if path.is_file())


def test_every_target_has_seeds_and_every_find_is_of_a_target() -> None:
    assert SEEDS.keys() == TARGETS.keys()
    assert all(SEEDS.values())
    assert len(TARGETS) == 5
    assert {name.partition("/")[0] for name in FOUND} <= TARGETS.keys()


@pytest.mark.parametrize("name", FOUND)
def test_what_broke_something_breaks_nothing(name: str) -> None:
    TARGETS[name.partition("/")[0]]((CORPUS / name).read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_where_the_search_begins_breaks_nothing(name: str) -> None:
    for seed in (*SEEDS[name], b"", b"\xff\xfe\x00", b"\x00" * 100, b"a" * 5000):
        TARGETS[name](seed)
