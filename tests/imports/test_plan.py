"""What is new, what is known, what replaces what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.imports.cycles import (
    NOW,
    TEN,
    at,
    carried_out,
    delivery,
    people,
    planned,
    programme,
    registration,
    sources,
    statuses,
    view,
    visit,
)
from webcycle.imports import Delivery, Ledger, plan, read_ledger, write_ledger
from webcycle.intake.reading import Meeting
from webcycle.records import PlatformTotal, Registration
from webcycle.store import Records

ADA, BOB, CLEO = visit("ada"), visit("bob", 5), visit("cleo", 10)
FIRST = delivery("first.csv", ADA)
LATER = delivery("later.csv", ADA, BOB)


def test_a_file_is_stored_for_its_session_and_written_to_the_ledger() -> None:
    made = planned(FIRST)
    assert [(one.session, one.name, one.source) for one in made.records.visits] == [
        ("water", "Ada", FIRST.reading.source)
    ]
    entry = made.ledger.entries[FIRST.reading.source]
    assert (entry.sha256, entry.file, entry.reader, entry.rows, entry.imported) == (
        FIRST.sha256,
        "first.csv",
        "zoom-meeting",
        1,
        NOW,
    )
    assert [part.session for part in entry.stored] == ["water"]


def test_the_same_file_again_changes_nothing_and_says_so() -> None:
    once = planned(FIRST)
    again = plan(programme(), once.records, once.ledger, [FIRST], now=NOW + timedelta(days=1))
    assert statuses(again) == [("water", "ledger", "kept")]
    assert again.records == once.records
    assert again.ledger == once.ledger
    assert again.sessions["water"] is again.before["water"]


def test_the_same_bytes_under_two_names_in_one_run_are_stored_once() -> None:
    copy = replace(FIRST, reading=replace(FIRST.reading, file="copy.csv"))
    made = planned(FIRST, copy)
    assert [(one.reading.file, one.twin) for one in made.outcomes] == [("copy.csv", ""), ("first.csv", "copy.csv")]
    assert people(made, "water") == ["Ada"]


def test_a_later_download_replaces_the_rows_of_the_earlier_one_only() -> None:
    other = delivery("other.csv", CLEO)
    made = planned(LATER, after=planned(FIRST, other))
    assert statuses(made) == [("water", "time", "replaces")]
    assert made.outcomes[0].placements[0].others == ("first.csv",)
    assert people(made, "water") == ["Ada", "Bob", "Cleo"]
    assert sources(made) == {LATER.reading.source, other.reading.source}
    assert FIRST.reading.source not in made.ledger.entries


def test_an_earlier_download_adds_nothing_to_the_later_one() -> None:
    before = planned(LATER)
    made = planned(FIRST, after=before)
    assert statuses(made) == [("water", "time", "older")]
    assert made.outcomes[0].placements[0].others == ("later.csv",)
    assert made.records == before.records
    assert made.ledger == before.ledger


def test_what_changed_in_a_row_does_not_make_it_another_row() -> None:
    early = delivery(
        "early.csv",
        registration("ada", status="pending"),
        visit("ada", minutes=None),
        reader="zoom-webinar",
        kind="both",
    )
    late = delivery("late.csv", registration("ada"), visit("ada"), BOB, reader="zoom-webinar", kind="both")
    made = planned(late, after=planned(early))
    assert statuses(made) == [("water", "time", "replaces")]
    assert [one.status for one in made.records.registrations] == ["confirmed"]


def beside(*tables: Delivery) -> None:
    """None replaces another, whichever comes first, and each is told to stand beside the others."""
    made = carried_out([one] for one in tables)
    backwards = carried_out([one] for one in reversed(tables))
    assert sources(made) == sources(backwards) == {one.reading.source for one in tables}
    together = planned(*tables)
    assert {status for _session, _how, status in statuses(together)} == {"added"}
    for outcome in together.outcomes:
        others = {one.reading.file for one in tables} - {outcome.reading.file}
        assert set(outcome.placements[0].others) == others


def form(file: str, *rows: Registration) -> Delivery:
    return delivery(file, *rows, reader="google-forms", kind="registrations", folder="water")


def test_a_file_with_fewer_rows_whose_stays_are_longer_is_not_the_earlier_one() -> None:
    full = delivery("full.csv", ADA, BOB, CLEO)
    beside(full, delivery("longer.csv", visit("ada", minutes=120), visit("bob", 5, 120)))
    beside(full, delivery("length.csv", replace(ADA, seconds=7200), replace(BOB, seconds=7200)))


def test_a_file_with_fewer_rows_in_which_somebody_cancelled_is_not_the_earlier_one() -> None:
    first = TEN - timedelta(days=9)
    ana, bob, cle = (registration(name, registered=first + timedelta(days=n)) for n, name in enumerate(("a", "b", "c")))
    beside(form("reg1.csv", ana, bob, cle), form("reg2.csv", replace(ana, status="cancelled"), bob))
    moved = replace(bob, organisation="Example Town")
    beside(form("reg1.csv", ana, bob, cle), form("reg2.csv", moved, cle))


def test_a_file_with_later_rows_is_the_later_one_whatever_became_of_the_others() -> None:
    first = TEN - timedelta(days=9)
    ana, bob = (registration(name, registered=first + timedelta(days=n)) for n, name in enumerate(("ana", "bob")))
    later = form("reg2.csv", replace(ana, status="cancelled"), bob)
    assert statuses(planned(later, after=planned(form("reg1.csv", ana)))) == [("water", "folder", "replaces")]
    assert statuses(planned(form("reg1.csv", ana), after=planned(later))) == [("water", "folder", "older")]


def test_rows_that_tell_of_no_moment_are_those_of_the_fuller_file() -> None:
    fuller = form("2.csv", registration("ana"), registration("bob"))
    less = form("1.csv", registration("ana", organisation="Example Town"))
    assert statuses(planned(fuller, after=planned(less))) == [("water", "folder", "replaces")]


def test_of_two_files_that_tell_the_very_same_one_is_kept_whichever_came_first() -> None:
    saved_again = replace(FIRST, reading=replace(FIRST.reading, source="0" * 16, file="again.csv"))
    results = [planned(one, after=planned(other)) for one, other in ((FIRST, saved_again), (saved_again, FIRST))]
    assert results[0].records == results[1].records
    assert people(results[0], "water") == ["Ada"]


def test_the_room_that_was_restarted_gives_two_files_and_both_are_kept() -> None:
    before, after = delivery("1.csv", ADA), delivery("2.csv", visit("ada", 61, 30), BOB)
    made = planned(before, after)
    assert statuses(made) == [("water", "time", "added")] * 2
    assert [one.placements[0].others for one in made.outcomes] == [("2.csv",), ("1.csv",)]
    assert people(made, "water") == ["Ada", "Ada", "Bob"]


def test_files_of_other_readers_or_meetings_are_not_later_downloads() -> None:
    teams = delivery("teams.csv", ADA, BOB, reader="teams-report")
    made = planned(FIRST, teams)
    assert [one.placements[0].others for one in made.outcomes] == [(), ()]
    one = delivery("1.csv", visit("ada", meeting="a"), meetings=(at(TEN, key="a"),))
    two = delivery("2.csv", visit("ada", meeting="b"), BOB, meetings=(at(TEN, key="b"),))
    assert {status for _session, _how, status in statuses(planned(one, two))} == {"added"}


def test_a_report_over_several_meetings_is_split_and_those_of_nobody_are_left_out() -> None:
    night = TEN + timedelta(hours=12)
    report = delivery(
        "hosts.csv",
        visit("ada", meeting="a"),
        visit("bob", meeting="b", at=TEN + timedelta(hours=4)),
        visit("cleo", meeting="c", at=night),
        PlatformTotal(meeting="b", platform="zoom", name="participants", value=3),
        meetings=(at(TEN, key="a"), at(TEN + timedelta(hours=4), key="b"), at(night, key="c")),
        reader="zoom-report",
    )
    made = planned(report)
    assert statuses(made) == [("water", "time", "added"), ("roads", "time", "added"), (None, "open", "left-out")]
    assert (people(made, "water"), people(made, "roads")) == (["Ada"], ["Bob"])
    assert [one.session for one in made.records.totals] == ["roads"]
    assert len(made.records) == 3
    assert not made.questions
    again = planned(report, after=made)
    assert [status for _session, _how, status in statuses(again)] == ["kept", "kept", "left-out"]
    assert again.records == made.records


def test_a_form_that_asks_for_the_webinar_is_split_by_the_answers() -> None:
    form = delivery(
        "form.csv",
        registration("ada", meeting="Water for all"),
        registration("bob", meeting="Ports of the world"),
        registration("cleo", meeting="The third one"),
        reader="google-forms",
        kind="registrations",
    )
    made = planned(form)
    assert statuses(made) == [("ports", "title", "added"), (None, "open", "open"), ("water", "title", "added")]
    question, placement = made.questions[0]
    assert (question, placement.unit.topic) == ((form.reading.source, "The third one"), "The third one")
    answered = planned(form, answers={question: "roads"})
    assert ("roads", "answer", "added") in statuses(answered)
    assert people(answered, "roads") == ["Cleo"]
    assert not answered.questions
    again = planned(form, after=answered)
    assert {how for _session, how, _status in statuses(again)} == {"ledger"}


def test_what_was_left_open_is_asked_again_and_then_stored() -> None:
    form = delivery("form.csv", registration("ada"), reader="google-forms", kind="registrations")
    before = planned(form)
    assert before.questions
    made = planned(form, after=before, session="water")
    assert statuses(made) == [("water", "option", "added")]


def test_another_session_for_the_same_file_moves_its_rows() -> None:
    made = planned(FIRST, after=planned(FIRST), session="ports")
    assert statuses(made) == [("ports", "option", "moved")]
    assert (people(made, "water"), people(made, "ports")) == ([], ["Ada"])
    assert [part.session for part in made.ledger.entries[FIRST.reading.source].stored] == ["ports"]
    again = planned(FIRST, after=made)
    assert statuses(again) == [("ports", "ledger", "kept")]


def test_rows_that_were_erased_since_do_not_come_back_with_the_same_file() -> None:
    before = planned(LATER)
    erased = Records(visits=tuple(one for one in before.records.visits if one.name != "Ada"))
    kept = plan(programme(), erased, before.ledger, [LATER], now=NOW)
    assert people(kept, "water") == ["Bob"]
    moved = plan(programme(), erased, before.ledger, [LATER], now=NOW, session="ports")
    assert people(moved, "ports") == ["Bob"]


def test_a_ledger_without_rows_does_not_hide_that_they_are_missing() -> None:
    """The ledger is committed, the rows are not: somebody else's copy of the repository has none."""
    before = planned(FIRST, session="ports")
    made = plan(programme(), Records(), before.ledger, [FIRST], now=NOW + timedelta(days=3))
    assert statuses(made) == [("ports", "ledger", "added")]
    assert people(made, "ports") == ["Ada"]
    assert made.ledger == before.ledger


def test_what_a_clone_has_of_a_file_does_not_stand_for_its_rows_where_they_move() -> None:
    """A copy of a repository holds the totals, which are shared, and no row of anybody."""
    table = delivery("first.csv", ADA, PlatformTotal(platform="zoom", name="participants", value=1))
    before = planned(table)
    clone = Records(totals=before.records.totals)
    here = plan(programme(), clone, before.ledger, [table], now=NOW)
    assert (here.records, here.ledger) == (before.records, before.ledger)
    moved = plan(programme(), clone, before.ledger, [table], now=NOW, session="ports")
    assert (people(moved, "water"), people(moved, "ports")) == ([], ["Ada"])
    assert [one.session for one in moved.records.totals] == ["ports"]


def test_rows_without_a_ledger_are_replaced_by_those_of_the_same_file() -> None:
    half = Records(visits=planned(LATER).records.visits[:1])
    made = plan(programme(), half, Ledger(), [LATER], now=NOW)
    assert people(made, "water") == ["Ada", "Bob"]
    assert made.ledger.entries.keys() == {LATER.reading.source}


def test_rows_of_a_file_that_the_ledger_lost_are_left_alone() -> None:
    made = plan(programme(), planned(FIRST).records, Ledger(), [LATER], now=NOW)
    assert statuses(made) == [("water", "time", "added")]
    assert people(made, "water") == ["Ada", "Ada", "Bob"]


def test_a_session_that_left_the_programme_is_not_where_the_ledger_sends_rows() -> None:
    made = planned(
        FIRST,
        after=planned(FIRST, session="ports"),
        cycle=programme(
            {"id": "water", "title": "Water", "start": TEN.replace(tzinfo=None) + timedelta(hours=2), "duration": "2h"}
        ),
    )
    assert statuses(made) == [("water", "time", "moved")]


def test_the_tables_of_one_workbook_have_sources_of_their_own() -> None:
    one = delivery("book.xlsx", ADA, part="Sheet1")
    two = replace(one, reading=replace(one.reading, part="Sheet2", visits=(replace(BOB, source=one.reading.source),)))
    made = planned(one, two)
    assert people(made, "water") == ["Ada", "Bob"]
    assert len(sources(made)) == 2
    assert sources(made) == set(made.ledger.entries)
    assert planned(two, one, after=made).records == made.records


def test_stored_views_of_other_days_are_snapshots_and_stay() -> None:
    monday = delivery("1.csv", view("wat_er-1234", 5, on=date(2026, 4, 6)), reader="youtube-table", kind="views")
    tuesday = delivery("2.csv", view("wat_er-1234", 9, on=date(2026, 4, 7)), reader="youtube-table", kind="views")
    made = planned(tuesday, after=planned(monday))
    assert sorted(one.views for one in made.records.views) == [5, 9]


def test_a_chart_with_more_days_replaces_the_one_with_fewer() -> None:
    days = [view("wat_er-1234", number, on=date(2026, 4, number), span="day") for number in (1, 2, 3)]
    short = delivery("short.csv", *days[:2], reader="youtube-chart", kind="views")
    long = delivery("long.csv", replace(days[0], views=8), *days[1:], reader="youtube-chart", kind="views")
    made = planned(long, after=planned(short))
    assert sorted(one.views for one in made.records.views) == [2, 3, 8]


def test_views_go_to_their_session_when_the_programme_tells_it_later() -> None:
    table = delivery("1.csv", view("new", 5), view("other", 6), reader="youtube-table", kind="views")
    before = planned(table)
    assert statuses(before) == [("", "nowhere", "added")]
    known = programme(
        {
            "id": "sea",
            "title": "Sea",
            "start": TEN.replace(tzinfo=None),
            "duration": "2h",
            "recording": {"url": "https://youtu.be/new"},
        }
    )
    made = planned(table, after=before, cycle=known)
    assert [(one.session, one.views) for one in made.records.views] == [("", 6), ("sea", 5)]
    again = planned(table, after=made, cycle=known)
    assert [status for _session, _how, status in statuses(again)] == ["kept", "kept"]
    assert again.records == made.records


def test_a_file_without_rows_is_told_but_not_kept() -> None:
    made = planned(delivery("empty.csv"))
    assert made.outcomes[0].placements == ()
    assert not made.ledger.entries


def test_a_meeting_without_key_in_a_file_of_several_is_placed_by_its_stays() -> None:
    table = delivery("a.csv", ADA, meetings=(Meeting("x", "X"), Meeting("y", "Y")))
    assert statuses(planned(table)) == [("water", "time", "added")]


def test_the_files_that_a_plan_writes_are_those_of_the_sessions_that_it_changes() -> None:
    from webcycle import store

    before = planned(FIRST)
    made = planned(delivery("b.csv", visit("bob", at=TEN + timedelta(hours=4))), after=before)
    assert [name for name, _sheet, _private in store.files(made.sessions, made.before)] == [
        "sessions/roads/attendance.csv"
    ]
    moved = planned(FIRST, after=made, session="ports")
    written = {name: bytes(sheet) for name, sheet, _private in store.files(moved.sessions, moved.before)}
    assert set(written) == {"sessions/water/attendance.csv", "sessions/ports/attendance.csv"}
    assert written["sessions/water/attendance.csv"].count(b"\n") == 1


def test_the_ledger_holds_no_name_of_a_person() -> None:
    named = "Ada Lovelace's meeting"
    table = delivery(
        "list of ada@example.org.csv", visit("ada", meeting=named), meetings=(at(TEN, key=named, topic=named),)
    )
    made = planned(table)
    text = write_ledger(made.ledger).decode()
    assert 'file = "list of …"' in text
    assert "ada" not in text.casefold()
    assert "lovelace" not in text.casefold()
    assert statuses(planned(table, after=replace(made, ledger=read_ledger(text)))) == [("water", "ledger", "kept")]
