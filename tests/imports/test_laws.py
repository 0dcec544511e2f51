"""The order of files never matters, and to import twice is to import once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.imports.cycles import TEN, carried_out, delivery, planned, registration, view, visit
from webcycle import store
from webcycle.imports import Delivery, Plan
from webcycle.records import Record

NAMES = ("ada", "bob", "cleo", "dan")
MOMENTS = st.sampled_from((0, 30, 120, 240, 245, 9 * 24 * 60))
VISITS = st.builds(
    visit, st.sampled_from(NAMES), MOMENTS, st.sampled_from((10, 60, None)), meeting=st.sampled_from(("", "m"))
)
REGISTRATIONS = st.builds(
    registration,
    st.sampled_from(NAMES),
    meeting=st.sampled_from(("", "Water for all", "Ports of the world")),
    status=st.sampled_from(("confirmed", "cancelled")),
    registered=st.sampled_from((None, TEN - timedelta(days=2), TEN - timedelta(days=1))),
)
VIEWS = st.builds(view, st.sampled_from(("wat_er-1234", "other")), st.integers(0, 3))


@st.composite
def tables(draw: st.DrawFn) -> Delivery:
    """Files of few people, so that some contain others, and some are the same."""
    kind = draw(st.sampled_from(("zoom-meeting", "google-forms", "youtube-table")))
    rows = {"zoom-meeting": VISITS, "google-forms": REGISTRATIONS, "youtube-table": VIEWS}[kind]
    found = draw(st.lists(rows, max_size=4))
    folder, part = draw(st.sampled_from(("", "ports"))), draw(st.sampled_from(("", "Sheet1")))
    file = f"{folder}/{draw(st.sampled_from('abc'))}"
    return delivery(file, *found, reader=kind, folder=folder, part=part)  # type: ignore[arg-type]


FILES = st.lists(tables(), min_size=1, max_size=6)


def stored(made: Plan) -> dict[str, bytes]:
    return {name: bytes(sheet) for name, sheet, _private in store.files(made.sessions)}


def sources_and_sessions(made: Plan) -> set[tuple[str, str, str]]:
    return {(one.source, part.meeting, part.session) for one in made.ledger.entries.values() for part in one.stored}


@settings(deadline=None)
@given(FILES, st.randoms(use_true_random=False))
def test_the_order_of_files_in_one_run_never_matters(files: list[Delivery], chance: object) -> None:
    shuffled = list(files)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = planned(*files), planned(*shuffled)
    assert stored(one) == stored(other)
    assert one.ledger.entries == other.ledger.entries
    assert one.outcomes == other.outcomes


@settings(deadline=None)
@given(FILES, st.integers(0, 6))
def test_it_does_not_matter_how_files_are_shared_out_over_runs(files: list[Delivery], cut: int) -> None:
    files = _without_another_answer(files)
    together = planned(*files)
    apart = carried_out((files[:cut], files[cut:]))
    backwards = carried_out([one] for one in reversed(files))
    assert stored(together) == stored(apart) == stored(backwards)
    assert sources_and_sessions(together) == sources_and_sessions(apart) == sources_and_sessions(backwards)


@settings(deadline=None)
@given(FILES)
def test_to_import_twice_is_to_import_once(files: list[Delivery]) -> None:
    once = planned(*files)
    twice = planned(*files, after=once)
    assert stored(twice) == stored(once)
    assert twice.ledger == once.ledger
    assert not list(store.files(twice.sessions, twice.before))
    assert not {"added", "moved", "replaces"} & {one.status for outcome in twice.outcomes for one in outcome.placements}


@settings(deadline=None)
@given(FILES)
def test_every_record_goes_somewhere_and_none_is_made_up(files: list[Delivery]) -> None:
    made = planned(*files)
    read: set[Record] = set().union(
        *(bare([*one.reading.registrations, *one.reading.visits, *one.reading.views]) for one in files)
    )
    kept = bare(made.records)
    open_ones = bare(row for _question, one in made.questions for row in one.unit.records)
    assert kept <= read
    for outcome in made.outcomes:
        for one in outcome.placements:
            if one.status in ("older", "left-out"):
                continue
            assert bare(one.unit.records) <= (open_ones if one.status == "open" else kept)


def bare(records: Iterable[Record]) -> set[Record]:
    return {replace(one, session="", source="") for one in records}


def _without_another_answer(files: Sequence[Delivery]) -> list[Delivery]:
    """The folder of a file is an answer of the user's: the same bytes in two folders have two."""
    first = {(one.reading.source, one.reading.part): one for one in reversed(files)}
    return [first[one.reading.source, one.reading.part] for one in files]
