"""The calendar as subscribers see it: what an event says, and how it lives from one publication to the next."""

from __future__ import annotations

import os
import subprocess
import sys
import timeit
from dataclasses import replace
from datetime import date, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, vCalAddress

from tests.calendar.cycles import LATER, NOW, at, events, programme, published, rich, session
from tests.calendar.ics_lint import lint
from webcycle import calendar
from webcycle.calendar import Ledger, Publication, contentlines, describe, plan, read_ledger, write_ledger
from webcycle.errors import RefusedError
from webcycle.texts import error


def event(publication: Publication, key: str = "maroc") -> Any:
    """The event of a session in the feed, which has no fault."""
    feed = publication.feed()
    assert lint(feed) == []
    return events(feed)[key]


def again(publication: Publication, *sessions: dict[str, Any], **more: Any) -> Publication:
    """The next publication, three days later, with the ledger as it comes back from the disk."""
    ledger = read_ledger(write_ledger(publication.ledger).decode())
    return plan(programme(*sessions, **more), ledger, LATER)


# ---- the feed and the files


def test_the_feed_is_published_with_names_and_how_often_to_ask() -> None:
    feed = published(
        session(),
        cycle={"introduction": "Un *cycle*, en ligne.", "url": "https://example.org/cycle"},
        calendar={"url": "https://example.org/guide.ics"},
    ).feed()
    assert lint(feed) == []
    head: Any = Calendar.from_ical(feed)
    assert head["METHOD"] == "PUBLISH"
    assert head["NAME"] == head["X-WR-CALNAME"] == "Les webinaires du guide"
    assert head["DESCRIPTION"] == "Un cycle, en ligne."
    assert b"X-WR-CALDESC:Un cycle\\, en ligne.\r\n" in feed
    assert head["URL"] == "https://example.org/cycle"
    assert b"SOURCE;VALUE=URI:https://example.org/guide.ics\r\n" in feed
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in feed
    assert b"X-WR-TIMEZONE:Europe/Paris\r\n" in feed
    assert b"PRODID:-//DEX//webcycle " in feed


def test_the_feed_of_an_axis_holds_its_sessions_alone_and_no_source() -> None:
    publication = published(
        session("un", axis="geo"), session("deux"), calendar={"url": "https://example.org/guide.ics"}
    )
    assert list(events(publication.feed())) == ["un", "deux"]
    feed = publication.feed("geo")
    assert lint(feed) == []
    assert list(events(feed)) == ["un"]
    assert Calendar.from_ical(feed)["NAME"] == "Les webinaires du guide – Axe géographique"
    assert b"SOURCE" not in feed


@pytest.mark.parametrize("zone", ["Europe/Paris", "Etc/UTC"])
def test_a_feed_without_sessions_is_still_a_calendar(zone: str) -> None:
    feed = published(zone=zone).feed()
    assert lint(feed) == []
    assert events(feed) == {}


def test_a_session_file_has_an_alarm_and_neither_method_nor_name() -> None:
    publication = published(session(axis="geo"), session("autre"))
    data = publication.session_file("maroc")
    assert lint(data) == []
    assert list(events(data)) == ["maroc"]
    assert b"METHOD" not in data
    (alarm,) = events(data)["maroc"].subcomponents
    assert alarm["TRIGGER"].dt == timedelta(minutes=-15)
    assert b"VALARM" not in publication.feed()


@pytest.mark.parametrize(
    "more",
    [{"status": "cancelled"}, {"status": "postponed"}, {"start": date(2026, 10, 26)}],
)
def test_a_session_that_is_given_up_or_has_no_hour_has_no_alarm(more: dict[str, Any]) -> None:
    assert b"VALARM" in published(session()).session_file("maroc")
    assert b"VALARM" not in published(session(**more)).session_file("maroc")


def test_the_alarm_is_as_the_programme_says() -> None:
    assert b"TRIGGER:-P1D\r\n" in published(session(), calendar={"alarm": 1440}).session_file("maroc")
    assert b"VALARM" not in published(session(), calendar={"alarm": 0}).session_file("maroc")


def test_the_files_are_named_by_ids_and_equal_those_made_from_the_ledger() -> None:
    publication = rich()
    files = dict(publication.files("geo"))
    assert list(files) == ["guide.ics", "guide-geo.ics", *(f"{key}.ics" for key in publication.bodies)]
    assert files["guide.ics"] == calendar.feed(publication.programme, publication.ledger)
    assert files["guide-geo.ics"] == calendar.feed(publication.programme, publication.ledger, "geo")
    assert files["maroc.ics"] == calendar.session_file(publication.programme, publication.ledger, "maroc")
    assert "guide-geo.ics" not in dict(publication.files())


def test_only_what_the_ledger_knows_is_in_a_feed_made_from_it() -> None:
    ledger = published(session("un")).ledger
    both = programme(session("un"), session("deux"))
    assert list(events(calendar.feed(both, ledger))) == ["un"]
    with pytest.raises(KeyError):
        calendar.session_file(both, ledger, "deux")


# ---- what an event says


def test_an_event_has_its_hours_its_place_and_its_organiser() -> None:
    found = event(published(session(axis="geo", url="https://example.org/maroc")))
    assert found.start == NOW.replace(month=10, day=26, hour=13, minute=0, second=0)
    assert found.end - found.start == timedelta(hours=2)
    assert found["UID"] == "maroc.guide@example.org"
    assert found["SUMMARY"] == "Le Maroc, et après"
    assert found["LOCATION"] == "En ligne"
    assert found["URL"] == "https://example.org/maroc"
    assert found["ORGANIZER"] == "mailto:cycle@example.org"
    assert found["ORGANIZER"].params["CN"] == "Délégation d’exemple"
    assert found["CATEGORIES"].to_ical().decode() == "Axe géographique"
    assert (found["STATUS"], found["TRANSP"], found["CLASS"]) == ("CONFIRMED", "OPAQUE", "PUBLIC")


@pytest.mark.parametrize(
    ("more", "summary", "status", "transparency"),
    [
        ({}, "T", "CONFIRMED", "OPAQUE"),
        ({"status": "tentative"}, "À confirmer\u00a0: T", "TENTATIVE", "OPAQUE"),
        ({"status": "postponed"}, "Reporté (date à venir)\u00a0: T", "TENTATIVE", "TRANSPARENT"),
        ({"status": "cancelled"}, "Annulé\u00a0: T", "CANCELLED", "TRANSPARENT"),
        ({"moved-from": [at("2026-10-12T14:00")]}, "Reporté\u00a0: T", "CONFIRMED", "OPAQUE"),
        (
            {"moved-from": [at("2026-10-12T14:00")], "status": "tentative"},
            "À confirmer\u00a0: T",
            "TENTATIVE",
            "OPAQUE",
        ),
    ],
)
def test_the_title_and_the_status_tell_the_state(
    more: dict[str, Any], summary: str, status: str, transparency: str
) -> None:
    found = event(published(session(title="T", **more)))
    assert (found["SUMMARY"], found["STATUS"], found["TRANSP"]) == (summary, status, transparency)


def test_a_cycle_in_english_speaks_english() -> None:
    found = event(published(session(status="cancelled", title={"fr": "Le Maroc", "en": "Morocco"}), lang="en"))
    assert found["SUMMARY"] == "Cancelled: Morocco"
    assert found["LOCATION"] == "Online"


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"mode": "in-person", "place": "Bordeaux"}, "Bordeaux"),
        ({"mode": "in-person"}, None),
        ({"mode": "hybrid", "place": "Bordeaux"}, "Bordeaux (et en ligne)"),
        ({"mode": "hybrid"}, "En ligne"),
    ],
)
def test_the_place(more: dict[str, Any], place: str | None) -> None:
    assert event(published(session(**more))).get("LOCATION") == place


def test_days_without_hours_end_on_the_day_after_the_last() -> None:
    feed = published(session(start=date(2026, 10, 26), end=date(2026, 10, 27))).feed()
    assert lint(feed) == []
    assert b"DTSTART;VALUE=DATE:20261026\r\nDTEND;VALUE=DATE:20261028\r\n" in feed.replace(b"\r\n ", b"")
    assert b"VTIMEZONE" not in feed


def test_utc_is_written_with_z_and_no_vtimezone() -> None:
    feed = published(session(), zone="Etc/UTC").feed()
    assert lint(feed) == []
    assert b"DTSTART:20261026T140000Z\r\n" in feed
    assert b"VTIMEZONE" not in feed


def test_a_duration_is_real_time_in_the_night_of_a_clock_change() -> None:
    found = event(published(session(start=at("2027-03-28T01:00"), duration="3h")))
    assert found.end.timestamp() - found.start.timestamp() == 3 * 3600
    assert found["DTEND"].dt.hour == 5


def test_the_description_says_what_a_subscriber_needs() -> None:
    publication = published(
        session(
            axis="geo",
            note="Avec *Cités* [Unies](https://example.org/cu).",
            registration={
                "url": "https://example.org/form",
                "email": "inscription@example.org",
                "contact": "bureau",
                "deadline": at("2026-10-20T18:00"),
            },
            agenda=[
                {"start": at("2026-01-01T14:00").time(), "end": at("2026-01-01T14:30").time(), "title": "Ouverture"},
                {
                    "start": at("2026-01-01T14:30").time(),
                    "end": at("2026-01-01T16:00").time(),
                    "title": "Débat",
                    "speakers": ["Ada Exemple", "Une élue"],
                },
            ],
            speakers=[{"name": "Ada Exemple", "role": "maire", "organisation": "Ville"}, {"name": "Bob Exemple"}],
            documents=[
                {"kind": "slides", "url": "https://example.org/d.pdf"},
                {"kind": "minutes", "title": "Le compte rendu", "url": "https://example.org/cr.pdf"},
                {"kind": "captions"},
            ],
            recording={"url": "https://example.org/video"},
        ),
        contact=[{"id": "bureau", "name": "Le secrétariat", "email": "bureau@example.org", "phone": "01 23"}],
        cycle={
            "also-show": ["America/Guadeloupe", "Pacific/Noumea"],
            "joining": "Le lien vous sera transmis.",
            "times-provisional": True,
        },
    )
    assert str(event(publication)["DESCRIPTION"]).split("\n") == [
        "Les horaires sont provisoires.",
        "",
        "Cycle\u00a0: Les webinaires du guide – Axe géographique",
        "Avec Cités Unies (https://example.org/cu).",
        "",
        "Inscription\u00a0: https://example.org/form, inscription@example.org, bureau@example.org",
        "Inscription avant le 20 oct. 2026 18:00.",
        "Le lien vous sera transmis.",
        "",
        "Horaires\u00a0:",
        "- Paris\u00a0: 14:00–16:00",
        "- Guadeloupe\u00a0: 09:00–11:00",
        "- Nouméa\u00a0: 00:00–02:00 (mardi 27 octobre 2026)",
        "",
        "Déroulé\u00a0:",
        "- 14:00–14:30 Ouverture",
        "- 14:30–16:00 Débat (Ada Exemple, Une élue)",
        "Intervenants\u00a0:",
        "- Ada Exemple, maire, Ville",
        "- Bob Exemple",
        "",
        "Rediffusion\u00a0: https://example.org/video",
        "Documents\u00a0:",
        "- Diaporama (https://example.org/d.pdf)",
        "- Le compte rendu (https://example.org/cr.pdf)",
        "",
        "Renseignements\u00a0: Le secrétariat, bureau@example.org, 01 23",
    ]


def test_the_description_of_a_moved_or_cancelled_session_says_why() -> None:
    former: dict[str, Any] = {"moved-from": [date(2026, 10, 12)]}
    moved = event(published(session(reason="grève", **former)))
    assert str(moved["DESCRIPTION"]).startswith(
        "Séance reportée, initialement prévue le 12 oct. 2026.\nMotif\u00a0: grève\n\n"
    )
    cancelled = event(published(session(status="cancelled", reason="grève", registration={"email": "a@example.org"})))
    assert str(cancelled["DESCRIPTION"]).startswith("Motif\u00a0: grève\n\n")
    assert "Inscription" not in str(cancelled["DESCRIPTION"])


def test_the_registration_page_of_the_cycle_serves_sessions_without_their_own() -> None:
    links = [{"kind": "registration", "title": "S’inscrire", "url": "https://example.org/form"}]
    found = event(published(session(), link=links))
    assert "Inscription\u00a0: https://example.org/form" in str(found["DESCRIPTION"])
    assert found["URL"] == "https://example.org/form"


def test_the_contact_is_that_of_the_session_or_the_first_or_the_organiser() -> None:
    contacts = [{"id": "un", "name": "Un"}, {"id": "deux", "name": "Deux"}]
    for more, name in (({}, "Un"), ({"contact": "deux"}, "Deux")):
        found = event(published(session(**more), contact=contacts))
        assert str(found["DESCRIPTION"]).endswith(f"Renseignements\u00a0: {name}")
    alone = event(published(session(contact="personne")))
    assert str(alone["DESCRIPTION"]).endswith("Délégation d’exemple, cycle@example.org")


def test_a_session_of_several_days_has_the_day_of_its_end_in_other_zones() -> None:
    publication = published(session(duration="50h"), cycle={"also-show": ["Indian/Reunion"]})
    assert "- La Réunion\u00a0: 17:00–2026-10-28 19:00" in str(event(publication)["DESCRIPTION"])


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("Un texte.\n\nDeux.", "Un texte.\n\nDeux."),
        ("**Gras** et `code`\nsuite", "Gras et code\nsuite"),
        ("# Titre\n\n- un\n- deux\n\nFin", "Titre\n\n- un\n- deux\n\nFin"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("[mot](https://example.org/a)", "mot (https://example.org/a)"),
        ("<b>x</b>", "<b>x</b>"),
        ("1 < 2 & 3", "1 < 2 & 3"),
        ("```\ncode\n```", "code"),
    ],
)
def test_markdown_is_read_as_plain_text(markdown: str, plain: str) -> None:
    found = str(event(published(session(note=markdown)))["DESCRIPTION"])
    assert f"guide\n{plain}\n\nRenseignements" in found


def test_no_join_link_is_in_any_file() -> None:
    publication = published(session(join={"platform": "zoom", "url": "https://zoom.example.org/j/42?pwd=x"}))
    assert all(b"zoom" not in data.replace(b"\r\n ", b"") for _, data in publication.files())


@pytest.mark.parametrize(
    "more",
    [
        {"note": "Lien : https://zoom.example.org/j/42."},
        {"note": "Lien : zoom.example.org/j/42"},
        {"url": "https://zoom.example.org/j/42"},
        {"title": "https://zoom.example.org/j/42"},
    ],
)
def test_a_join_link_in_a_public_text_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(RefusedError) as refused:
        published(session(join={"url": "https://zoom.example.org/j/42"}, **more))
    assert refused.value.values == {"session": "maroc"}
    assert "maroc" in error("fr", refused.value)


def test_the_join_link_of_another_session_is_refused_too() -> None:
    with pytest.raises(RefusedError):
        published(
            session("un", join={"url": "https://zoom.example.org/j/42"}),
            session("deux", note="Voir (https://zoom.example.org/j/42)"),
        )


# ---- UIDs


@pytest.mark.parametrize(
    ("organiser", "options", "domain"),
    [
        ({}, {}, "example.org"),
        ({"url": "https://www.example.net:8080/x"}, {}, "www.example.net"),
        ({"url": "https://www.example.net/"}, {"domain": "cycle.example.com"}, "cycle.example.com"),
        ({}, {"domain": "a b\u200f.example"}, "ab.example"),
    ],
)
def test_the_domain_of_a_uid(organiser: dict[str, str], options: dict[str, str], domain: str) -> None:
    more: dict[str, Any] = {"organiser": {"name": "D", "email": "cycle@example.org", **organiser}, "calendar": options}
    assert event(published(session(), **more))["UID"] == f"maroc.guide@{domain}"


def test_a_uid_is_kept_when_the_domain_changes() -> None:
    first = published(session())
    assert event(again(first, session(), calendar={"domain": "other.example"}))["UID"] == "maroc.guide@example.org"
    assert event(published(session(), calendar={"domain": "other.example"}))["UID"] == "maroc.guide@other.example"


# ---- from one publication to the next


def test_nothing_changed_gives_the_same_bytes_later() -> None:
    first = rich()
    second = plan(first.programme, read_ledger(write_ledger(first.ledger).decode()), LATER)
    assert second.changes == ()
    assert dict(second.files("geo")) == dict(first.files("geo"))
    assert write_ledger(second.ledger) == write_ledger(first.ledger)


MOVED = {"start": at("2026-11-02T14:00"), "moved-from": [at("2026-10-26T14:00")]}


@pytest.mark.parametrize(
    ("before", "after", "kind", "english", "french"),
    [
        ({}, MOVED, "moved", "26 Oct 14:00 -> 2 Nov 14:00", "26 oct. 14:00 → 2 nov. 14:00"),
        ({}, {"start": at("2027-10-26T14:00")}, "moved", "26 Oct 2026 14:00 -> 26 Oct 2027 14:00", "2027 14:00"),
        ({}, {"duration": "1h"}, "moved", "26 Oct 14:00–16:00 -> 26 Oct 14:00–15:00", "14:00–15:00"),
        ({}, {"start": date(2026, 10, 26)}, "moved", "26 Oct 14:00 -> 26 Oct", "26 oct. 14:00 → 26 oct."),
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
        ({}, {"status": "cancelled"}, "cancelled", "cancelled (26 Oct 14:00)", "séance annulée (26 oct. 14:00)"),
        ({}, {"status": "postponed"}, "postponed", "(was 26 Oct 14:00)", "(prévue 26 oct. 14:00)"),
        ({"status": "cancelled"}, {}, "reinstated", "reinstated, 26 Oct 14:00", "séance rétablie, 26 oct. 14:00"),
        ({"status": "postponed"}, {}, "reinstated", "reinstated, 26 Oct 14:00", "séance rétablie"),
        ({"status": "postponed"}, MOVED, "moved", "26 Oct 14:00 -> 2 Nov 14:00", "→ 2 nov. 14:00"),
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


def test_a_cancelled_session_may_go_and_comes_back_with_the_next_sequence() -> None:
    cancelled = again(published(session(), session("autre")), session(status="cancelled"), session("autre"))
    gone = again(cancelled, session("autre"))
    assert list(events(gone.feed())) == ["autre"]
    assert gone.changes == ()
    back = again(gone, session(), session("autre"))
    assert [(change.kind, change.sequence) for change in back.changes] == [("reinstated", 2)]
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
    ],
)
def test_a_damaged_ledger_is_refused_with_its_place(old: str, new: str, where: str) -> None:
    assert read_ledger(GOOD).entries
    assert old in GOOD
    with pytest.raises(RefusedError) as refused:
        read_ledger(GOOD.replace(old, new, 1))
    assert where in refused.value.values["where"]
    assert where in error("fr", refused.value)


# ---- text from outside


ALL = st.text(st.characters(), max_size=300)
_BREAKS = ("\r\n", "\r", "\n", "\u2028", "\u2029", "\x85", "\t", " ")
_CONTROLS = ("\x00", "\x1b", "\ufeff", "\u202e", "\u2067", "\ud800")
_MARKS = ("\\", "\\n", ";", ",", '"', ":", "^", "^n", "ATTENDEE:mailto:x@example.org")
_LETTERS = ("👩\u200d👩\u200d👧", "é", "e\u0301", "في", "a" * 40)
NASTY = st.lists(st.sampled_from((*_BREAKS, *_CONTROLS, *_MARKS, *_LETTERS)), max_size=60).map("".join)
_GONE = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *map(chr, range(0xD800, 0xE000)), "\ufeff", "\u061c"}
_GONE |= {"\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
_GONE -= {"\n"}


def _cleaned(text: str) -> str:
    """The documented cleaning, written another way."""
    text = text.replace("\r\n", "\n").replace("\t", " ")
    for character in "\r\x0b\x0c\x85\u2028\u2029":
        text = text.replace(character, "\n")
    return "".join(character for character in text if character not in _GONE)


@settings(deadline=None)
@given(ALL | NASTY)
def test_any_text_reads_back_as_it_was_cleaned(text: str) -> None:
    base = published(session())
    (original,) = base.programme.sessions
    # The programme refuses most of these; the calendar does not rely on it.
    changed = original.model_copy(
        update={"title": replace(original.title, plain=f"x{text}"), "place": f"x{text}", "mode": "in-person"}
    )
    contact = base.programme.organiser.model_copy(
        update={"name": replace(original.title, plain=f"x{text}"), "short_name": None}
    )
    publication = plan(base.programme.model_copy(update={"sessions": (changed,), "organiser": contact}), Ledger(), NOW)
    feed = publication.feed()
    assert lint(feed) == []
    found = events(feed)["maroc"]
    line = f"x{_cleaned(text)}".replace("\n", " ")
    assert found["SUMMARY"] == found["LOCATION"] == line
    assert str(found["DESCRIPTION"]).endswith(f"Renseignements\u00a0: {line}, cycle@example.org")
    assert lint(publication.session_file("maroc")) == []
    assert plan(publication.programme, publication.ledger, LATER).changes == ()


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), min_size=1, max_size=400))
def test_a_fold_hides_nothing_and_cuts_no_character(text: str) -> None:
    folded = contentlines.fold(text)
    lines = folded.removesuffix(b"\r\n").split(b"\r\n ")
    assert b"".join(lines).decode() == text
    assert all(line.decode() and len(line) <= 74 for line in lines)


@pytest.mark.parametrize("width", range(70, 80))
def test_a_fold_never_cuts_an_escape(width: int) -> None:
    content = "a" * width + "\\\\" * 40 + "\\n" * 40
    for line in contentlines.fold(content).split(b"\r\n"):
        assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0


# ---- the same everywhere

_SCRIPT = """
import hashlib
from tests.calendar.cycles import rich
from webcycle.calendar import write_ledger
publication = rich()
whole = b"".join(data for _, data in publication.files("geo")) + write_ledger(publication.ledger)
print(hashlib.sha256(whole).hexdigest())
"""


def test_the_bytes_are_the_same_under_any_seed_zone_and_locale() -> None:
    places = [("0", "UTC", "C"), ("1", "Pacific/Noumea", "fr_FR.UTF-8"), ("4294967295", "America/New_York", "tr_TR")]
    found = set()
    for seed, zone, locale in places:
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LANG": locale, "LC_ALL": locale}
        done = subprocess.run([sys.executable, "-c", _SCRIPT], env=env, capture_output=True, text=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1
    assert len(found.pop().strip()) == 64


def _bare(rows: list[list[tuple[str, Any]]]) -> bytes:
    """The same events, built and written with icalendar alone."""
    bare = Calendar()
    for row in rows:
        built = Event()
        for name, value in row:
            built.add(name, value)
        organiser = vCalAddress("mailto:cycle@example.org")
        organiser.params["CN"] = "Délégation d’exemple"
        built.add("ORGANIZER", organiser)
        built.add("CATEGORIES", ["Axe géographique"])
        bare.add_component(built)
    data: bytes = bare.to_ical()
    return data


def _plain_value(value: Any) -> Any:
    return value.dt if hasattr(value, "dt") else int(value) if isinstance(value, int) else str(value)


def test_a_thousand_sessions_take_at_most_1_3_times_what_icalendar_alone_takes() -> None:
    start = at("2026-01-05T14:00")
    note = "Organisé dans le cadre du dispositif conjoint, de soutien à la coopération."
    sessions = [session(f"s{n}", start=start + timedelta(days=n), axis="geo", note=note) for n in range(1000)]
    planned = programme(*sessions)

    def ours() -> bytes:
        publication = plan(planned, read_ledger(""), NOW)
        write_ledger(publication.ledger)
        return dict(publication.files())["guide.ics"]

    found = events(ours())
    left = ("ORGANIZER", "CATEGORIES")
    rows = [[(k, _plain_value(v)) for k, v in one.items() if k not in left] for one in found.values()]
    assert len(rows) == 1000
    assert _bare(rows).count(b"BEGIN:VEVENT") == 1000
    taken = [min(timeit.repeat(call, number=1, repeat=3)) for call in (ours, lambda: _bare(rows))]
    assert taken[0] <= 1.3 * taken[1]
