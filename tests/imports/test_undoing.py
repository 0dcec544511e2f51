"""An import taken back: only its own rows go, and what it added is as if it had never been."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.imports.cycles import NOW, TEN, at, delivery, people, planned, programme, registration, view, visit
from webcycle.errors import UsageError
from webcycle.imports import Delivery, Ledger, Plan, Undoing, plan, undo
from webcycle.records import PlatformTotal
from webcycle.store import Records, joined, named

ADA, BOB, CLEO = visit("ada"), visit("bob", 5), visit("cleo", 10)
OLD = delivery("participants.csv", ADA, BOB)
CORRECTED = delivery("participants.csv", ADA, CLEO, PlatformTotal(platform="zoom", name="users", value=2))


def undone(made: Plan, *given: str) -> Undoing:
    return undo(made.records, made.ledger, given)


def records(found: Undoing) -> Records:
    return joined([named(session, held) for session, held in sorted(found.sessions.items()) if held])


def everything(found: Records) -> frozenset[object]:
    return frozenset(found)


def test_a_corrected_file_stands_beside_the_old_one_until_that_is_taken_back() -> None:
    both = planned(CORRECTED, after=planned(OLD))
    assert people(both, "water") == ["Ada", "Ada", "Bob", "Cleo"]
    (placement,) = both.outcomes[0].placements
    assert placement.beside == {OLD.reading.source: "participants.csv"}
    found = undone(both, OLD.reading.source)
    assert everything(records(found)) == everything(planned(CORRECTED).records)
    assert set(found.ledger.entries) == {CORRECTED.reading.source}
    (taken,) = found.taken
    assert (taken.source, taken.entry) == (OLD.reading.source, both.ledger.entries[OLD.reading.source])
    assert {session: len(held) for session, held in taken.records.items()} == {"water": 2}


def test_rows_totals_and_views_go_and_sessions_that_hold_none_of_them_are_not_touched() -> None:
    videos = delivery("views.csv", view("wat_er-1234", 5), view("other", 7), reader="youtube-table", kind="views")
    form = delivery("form.csv", registration("ada"), reader="google-forms", kind="registrations", folder="ports")
    made = planned(CORRECTED, videos, form)
    assert {one.session for one in made.records.views} == {"", "water"}
    found = undone(made, CORRECTED.reading.source, "views.csv")
    assert everything(records(found)) == everything(planned(form).records)
    assert set(found.ledger.entries) == {form.reading.source}
    assert found.sessions["ports"] is found.before["ports"]
    assert [len(one.records) for one in found.taken] == [len(taken_sessions(made, one.source)) for one in found.taken]


def taken_sessions(made: Plan, source: str) -> set[str]:
    return {one.session for one in made.records if one.source == source}


def test_a_file_is_meant_by_its_name_without_its_folder() -> None:
    made = planned(OLD)
    assert not records(undone(made, "downloads/participants.csv"))
    assert not undone(made, "participants.csv").ledger.entries


def test_the_tables_of_an_archive_are_all_meant_by_its_name_and_one_by_its_id() -> None:
    tables = [archived("a.csv", ADA), archived("b.csv", visit("bob", at=TEN + timedelta(hours=4)))]
    made = planned(*tables)
    assert len(made.ledger.entries) == 2
    assert not undone(made, "all.zip").ledger.entries
    first = min(made.ledger.entries)
    assert set(undone(made, first).ledger.entries) == set(made.ledger.entries) - {first}
    with pytest.raises(UsageError) as refused:
        undone(made, "c.zip")
    assert "all.zip: a.csv, 2026-05-01 12:00 UTC" in refused.value.values["known"]


def archived(part: str, *rows: object) -> Delivery:
    one = delivery("all.zip", *rows, meetings=(at(TEN, key=part),), part=part)  # type: ignore[arg-type]
    return replace(one, sha256="0" * 64, reading=replace(one.reading, source="0" * 16, meetings=()))


def test_the_name_of_several_files_is_refused_with_the_ids_to_choose_from() -> None:
    both = planned(CORRECTED, after=planned(OLD))
    with pytest.raises(UsageError) as refused:
        undone(both, "participants.csv")
    assert refused.value.key == "import.undo-several"
    for source in both.ledger.entries:
        assert source in refused.value.values["known"]


def test_what_was_never_imported_is_refused() -> None:
    for made in (planned(OLD), Plan({}, {}, Ledger(), ())):
        for name in ("nothing.csv", "", "f" * 16):
            with pytest.raises(UsageError) as refused:
                undone(made, name)
            assert refused.value.key == "import.undo-unknown"
    assert refused.value.values["known"] == "-"


def test_rows_that_the_ledger_lost_are_known_by_their_id_and_an_entry_without_rows_by_its_own() -> None:
    made = planned(OLD)
    lost = undo(made.records, Ledger(), [OLD.reading.source])
    assert not records(lost)
    assert lost.taken[0].entry is None
    bare = undo(Records(), made.ledger, ["participants.csv"])
    assert not bare.ledger.entries
    assert not bare.taken[0].records
    with pytest.raises(UsageError) as refused:
        undo(made.records, Ledger(), ["participants.csv"])
    assert OLD.reading.source in refused.value.values["known"]


def test_what_was_taken_back_can_be_imported_again() -> None:
    made = planned(OLD)
    found = undone(made, OLD.reading.source)
    again = plan(programme(), records(found), found.ledger, [OLD], now=NOW)
    assert everything(again.records) == everything(made.records)
    assert again.ledger == made.ledger


def test_who_is_forgotten_does_not_come_back_with_an_import_after_it_was_taken_back() -> None:
    found = undone(planned(OLD), OLD.reading.source)
    again = plan(
        programme(),
        records(found),
        found.ledger,
        [OLD],
        now=NOW,
        forgotten=lambda row: ("forgotten", row.email) if row.name == "Ada" else ("", ""),
    )
    assert people(again, "water") == ["Bob"]
