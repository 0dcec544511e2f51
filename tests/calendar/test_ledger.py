"""How an event lives from one publication to the next, and the ledger that remembers it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from tests.calendar.cycles import LATER, NOW, again, at, event, events, programme, published, rich, session
from tests.calendar.ics_lint import lint
from webcycle.calendar import Ledger, describe, plan, read_ledger, recover, write_ledger
from webcycle.errors import RefusedError
from webcycle.texts import error

# ---- from one publication to the next


def test_nothing_changed_gives_the_same_bytes_later() -> None:
    first = rich()
    second = plan(first.programme, read_ledger(write_ledger(first.ledger).decode()), LATER)
    assert second.changes == ()
    assert dict(second.files("geo")) == dict(first.files("geo"))
    assert write_ledger(second.ledger) == write_ledger(first.ledger)


MOVED: dict[str, Any] = {"start": at("2026-11-02T14:00"), "moved-from": [at("2026-10-26T14:00")]}


@pytest.mark.parametrize(
    ("before", "after", "kind", "english", "french"),
    [
        ({}, MOVED, "moved", "26 Oct 14:00 -> 2 Nov 14:00", "26 oct. à 14h00 → 2 nov. à 14h00"),
        ({}, {"start": at("2027-10-26T14:00")}, "moved", "26 Oct 2026 14:00 -> 26 Oct 2027 14:00", "2027 à 14h00"),
        ({}, {"duration": "1h"}, "moved", "26 Oct 14:00–16:00 -> 26 Oct 14:00–15:00", "14h00–15h00"),
        ({}, {"start": date(2026, 10, 26)}, "moved", "26 Oct 14:00 -> 26 Oct", "26 oct. à 14h00 → 26 oct."),
        (
            {"start": date(2026, 10, 26)},
            {"start": date(2026, 10, 26), "end": date(2026, 10, 27)},
            "moved",
            "26 Oct–26 Oct -> 26 Oct–27 Oct",
            "26 oct.–27 oct.",
        ),
        ({}, {"title": "Autre"}, "retitled", "new title “Autre”", "nouveau titre «\u00a0Autre\u00a0»"),
        ({}, {"note": "Une note"}, "changed", "details changed", "informations modifiées"),
        ({}, {"status": "tentative"}, "changed", "details changed", "informations modifiées"),
        ({}, {"status": "cancelled"}, "cancelled", "cancelled (26 Oct 14:00)", "séance annulée (26 oct. à 14h00)"),
        ({}, {"status": "postponed"}, "postponed", "(was 26 Oct 14:00)", "(prévue le 26 oct. à 14h00)"),
        ({"status": "cancelled"}, {}, "reinstated", "reinstated, 26 Oct 14:00", "séance rétablie, 26 oct. à 14h00"),
        ({"status": "postponed"}, {}, "reinstated", "reinstated, 26 Oct 14:00", "séance rétablie"),
        ({"status": "postponed"}, MOVED, "moved", "26 Oct 14:00 -> 2 Nov 14:00", "→ 2 nov. à 14h00"),
        ({"status": "tentative"}, {}, "confirmed", "confirmed, 26 Oct 14:00", "séance confirmée"),
    ],
)
def test_a_change_raises_the_sequence_and_is_told(
    before: dict[str, Any], after: dict[str, Any], kind: str, english: str, french: str
) -> None:
    first = published(session(**before), session("autre"))
    second = again(first, session(**after), session("autre"))
    old, new = events(first.feed()), events(second.feed())
    (change,) = second.changes
    assert (change.session, change.kind, change.sequence) == ("maroc", kind, 1)
    assert describe(change, "en").startswith("maroc: ")
    assert english in describe(change, "en")
    assert french in describe(change, "fr")
    assert describe(change, "fr").startswith("maroc\u00a0: ")
    assert describe(change, "en").endswith(", SEQUENCE 1")
    assert new["maroc"]["UID"] == old["maroc"]["UID"]
    assert (old["maroc"]["SEQUENCE"], new["maroc"]["SEQUENCE"]) == (0, 1)
    assert new["maroc"]["CREATED"].dt == NOW
    assert new["maroc"]["DTSTAMP"].dt == new["maroc"]["LAST-MODIFIED"].dt == LATER
    assert new["autre"].to_ical() == old["autre"].to_ical()


def test_the_words_of_a_move_are_those_of_the_manual() -> None:
    (change,) = again(published(session()), session(**MOVED)).changes
    assert describe(change, "en") == "maroc: 26 Oct 14:00 -> 2 Nov 14:00, SEQUENCE 1"


def test_a_new_session_begins_at_sequence_0() -> None:
    second = again(published(session()), session(), session("autre", start=at("2026-12-01T10:00")))
    (change,) = second.changes
    assert (change.kind, change.before) == ("added", None)
    assert describe(change, "en") == "autre: new, 1 Dec 10:00, SEQUENCE 0"
    assert event(second, "autre")["SEQUENCE"] == 0
    assert event(second, "autre")["CREATED"].dt == LATER


def test_the_sequence_grows_by_one_each_time_and_never_goes_back() -> None:
    steps: list[dict[str, Any]] = [{"status": "postponed"}, MOVED, {"status": "cancelled", **MOVED}, MOVED, {}]
    publication = published(session())
    for number, step in enumerate(steps, 1):
        publication = again(publication, session(**step))
        assert event(publication)["SEQUENCE"] == number


def test_stamps_do_not_go_back_when_the_clock_does() -> None:
    first = plan(programme(session()), Ledger(), LATER)
    second = plan(programme(session(title="Autre")), first.ledger, NOW)
    assert event(second)["LAST-MODIFIED"].dt == LATER
    assert event(second)["SEQUENCE"] == 1


def test_the_moment_of_publication_is_taken_in_any_zone_to_the_second() -> None:
    local = (NOW + timedelta(microseconds=7)).astimezone(timezone(timedelta(hours=11)))
    assert plan(programme(session()), Ledger(), local).feed() == published(session()).feed()


def test_a_session_without_a_date_keeps_the_slot_that_was_published() -> None:
    second = again(published(session()), session(start=None, status="postponed"))
    found = event(second)
    assert found["DTSTART"].dt.replace(tzinfo=None) == at("2026-10-26T14:00")
    assert found["STATUS"] == "TENTATIVE"
    assert [change.kind for change in second.changes] == ["postponed"]
    assert second.left_out == ()
    third = again(second, session(start=None, status="postponed"))
    assert third.changes == ()
    assert third.feed() == second.feed()


def test_days_without_a_date_any_more_keep_the_days_that_were_published() -> None:
    second = again(published(session(start=date(2026, 10, 26))), session(start=None, status="postponed"))
    assert event(second)["DTSTART"].dt == date(2026, 10, 26)


def test_a_session_that_never_had_a_date_is_left_out_and_named() -> None:
    publication = published(session(), session("plus-tard", start=None, status="postponed"))
    assert publication.left_out == ("plus-tard",)
    assert list(events(publication.feed())) == ["maroc"]
    assert "plus-tard" not in publication.ledger.entries


def test_a_published_session_must_not_vanish() -> None:
    first = published(session("un"), session("deux"), session("trois"))
    with pytest.raises(RefusedError) as refused:
        again(first, session("deux"))
    assert refused.value.values == {"sessions": "trois, un"}
    assert "trois, un" in error("en", refused.value)


def test_a_cancelled_session_that_left_the_programme_is_shown_for_thirty_days() -> None:
    old = session(start=at("2026-01-12T14:00"), axis="geo")
    cancelled = again(published(old, session("autre")), {**old, "status": "cancelled"}, session("autre"))
    without = again(cancelled, session("autre"))
    assert str(events(without.feed())["maroc"]["STATUS"]) == "CANCELLED"
    assert str(events(without.feed())["maroc"]["SUMMARY"]) == "Annulé\u00a0: Le Maroc, et après"
    assert event(without)["DTSTART"].dt == event(cancelled)["DTSTART"].dt
    assert [(change.kind, change.sequence) for change in without.changes] == [("changed", 2)]
    assert again(without, session("autre")).changes == ()
    ledger = without.ledger
    last = datetime(2026, 2, 11, 14, 59, 59, tzinfo=UTC)
    kept = plan(programme(session("autre")), ledger, last)
    gone = plan(programme(session("autre")), ledger, last + timedelta(seconds=1))
    assert (kept.gone, list(events(kept.feed()))) == ((), ["autre", "maroc"])
    assert (gone.gone, list(events(gone.feed()))) == (("maroc",), ["autre"])
    back = again(gone, old, session("autre"))
    assert [(change.kind, change.sequence) for change in back.changes] == [("reinstated", 3)]
    assert event(back)["UID"] == event(cancelled)["UID"]


def test_the_alarm_is_not_part_of_what_subscribers_follow() -> None:
    assert again(published(session()), session(), calendar={"alarm": 30}).changes == ()


# ---- the ledger


def test_the_ledger_comes_back_from_its_text_and_says_what_it_is() -> None:
    ledger = rich().ledger
    text = write_ledger(ledger).decode()
    assert read_ledger(text) == ledger
    assert text.startswith("# Kept by webcycle")
    assert "start = 2026-10-26 14:00:00+01:00\n" in text
    assert "created = 2026-01-05 09:30:15+00:00\n" in text
    backwards = Ledger(dict(reversed(list(ledger.entries.items()))))
    assert write_ledger(backwards).decode() == text


def test_an_empty_text_is_an_empty_ledger() -> None:
    assert read_ledger("") == Ledger()


def test_hours_before_zones_had_whole_minutes_are_kept() -> None:
    publication = published(session(start=at("1901-10-26T14:00")))
    assert read_ledger(write_ledger(publication.ledger).decode()) == publication.ledger
    assert lint(publication.feed()) == []


GOOD = write_ledger(published(session()).ledger).decode()


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("sequence = 0", "sequence = -1", "session.maroc.sequence"),
        ("sequence = 0", "sequence = true", "session.maroc.sequence"),
        ("sequence = 0", "sequence = 4294967296", "session.maroc.sequence"),
        ("sequence = 0\n", "", "session.maroc.sequence"),
        ("sequence = 0", "sequence = 0\nmore = 1", "session.maroc.more"),
        ("maroc.guide@example.org", "maroc guide\\r\\nX:y", "session.maroc.uid"),
        ("2026-01-05 09:30:15+00:00", "2026-01-05", "session.maroc.created"),
        ("2026-01-05 09:30:15+00:00", "0001-01-01 00:00:00+10:00", "session.maroc.created"),
        ("2026-10-26 14:00:00+01:00", "2026-10-26 14:00:00", "session.maroc.start"),
        ("2026-10-26 14:00:00+01:00", "2026-10-26", "session.maroc"),
        ("2026-10-26 14:00:00+01:00", "2026-10-27 14:00:00+01:00", "session.maroc"),
        ('"confirmed"', '"held"', "session.maroc.status"),
        ("session.maroc", "session.MAROC", "session.MAROC"),
        ("version = 1", "version = 2", "version"),
        ("fingerprint = ", "<<<<<<< HEAD\nfingerprint = ", "line"),
        ("version = 1", "version = " + "[" * 5000, "["),
        ("sequence = 0", "sequence = " + "9" * 5000, "digits"),
    ],
)
def test_a_damaged_ledger_is_refused_with_its_place(old: str, new: str, where: str) -> None:
    assert read_ledger(GOOD).entries
    assert old in GOOD
    with pytest.raises(RefusedError) as refused:
        read_ledger(GOOD.replace(old, new, 1))
    assert where in refused.value.values["where"]
    assert where in error("fr", refused.value)


# ---- a lost ledger


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, "confirmed"),
        ({"status": "tentative"}, "tentative"),
        ({"status": "postponed"}, "postponed"),
        ({"status": "cancelled"}, "cancelled"),
        ({"start": date(2026, 10, 26), "end": date(2026, 10, 27)}, "confirmed"),
    ],
)
def test_a_lost_ledger_is_read_again_from_the_feed(more: dict[str, Any], status: str) -> None:
    whole = again(published(session(title="Avant"), session("autre")), session(**more), session("autre"))
    found = recover(whole.programme, whole.feed())
    assert found == whole.ledger
    assert (found.entries["maroc"].sequence, found.entries["maroc"].status) == (1, status)


def test_a_recovered_session_that_changed_meanwhile_gets_the_next_sequence() -> None:
    first = again(published(session()), session(**MOVED))
    now = programme(session(**MOVED, title="Autre"))
    (change,) = plan(now, recover(now, first.feed()), LATER).changes
    assert (change.kind, change.sequence) == ("retitled", 2)


def test_a_recovered_session_that_left_the_programme_is_still_missed() -> None:
    now = programme(session("autre"))
    with pytest.raises(RefusedError, match="vanished"):
        plan(now, recover(now, published(session()).feed()), LATER)


def test_the_events_of_another_calendar_are_not_taken_for_ours() -> None:
    feed = published(session()).feed()
    assert recover(programme(session()), feed).entries
    assert recover(programme(session(), cycle={"id": "other"}), feed) == Ledger()


@pytest.mark.parametrize(
    ("old", "new"), [(b"BEGIN:VCALENDAR", b"calendar"), (b"SEQUENCE:0", b"SEQUENCE:x"), (b"DTEND", b"X-END")]
)
def test_a_feed_that_is_damaged_is_refused(old: bytes, new: bytes) -> None:
    feed = published(session()).feed()
    assert old in feed
    with pytest.raises(RefusedError, match="feed-damaged"):
        recover(programme(session()), feed.replace(old, new))
