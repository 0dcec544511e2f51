"""What an event says to those who see it in their calendar, and its UID."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.calendar.cycles import NOW, again, at, event, published, session
from tests.calendar.ics_lint import lint
from webcycle.errors import RefusedError
from webcycle.texts import error

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
        ({"moved-from": [at("2026-11-02T14:00")]}, "Avancé\u00a0: T", "CONFIRMED", "OPAQUE"),
        ({"moved-from": [at("2026-10-26T15:00")]}, "Avancé\u00a0: T", "CONFIRMED", "OPAQUE"),
        ({"moved-from": [date(2026, 10, 26)]}, "Reporté\u00a0: T", "CONFIRMED", "OPAQUE"),
        ({"moved-from": [at("2026-10-26T14:00"), at("2026-11-02T14:00")]}, "T", "CONFIRMED", "OPAQUE"),
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


def test_a_session_over_a_clock_change_ends_when_the_programme_says() -> None:
    publication = published(session(start=at("2027-03-28T01:00"), duration="3h"))
    slot = publication.programme.sessions[0].slot
    assert slot is not None
    assert event(publication)["DTEND"].dt.replace(tzinfo=None) == slot.end == at("2027-03-28T04:00")


def test_several_former_dates_are_told_in_one_sentence() -> None:
    former: dict[str, Any] = {"moved-from": [at("2020-11-01T14:00"), date(2026, 2, 1)]}
    found = str(event(published(session(**former)))["DESCRIPTION"])
    told = "initialement prévue le dimanche 1er novembre 2020 à 14h00, puis le dimanche 1er février 2026."
    assert found.startswith(f"Séance reportée, {told}\n\n")


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
        "Inscription avant le mardi 20 octobre 2026 à 18h00.",
        "Le lien vous sera transmis.",
        "",
        "Horaires\u00a0:",
        "- Paris\u00a0: 14h00 à 16h00",
        "- Guadeloupe\u00a0: 09h00 à 11h00",
        "- Nouméa\u00a0: 00h00 (mardi 27 octobre) à 02h00",
        "",
        "Déroulé\u00a0:",
        "- 14h00–14h30 Ouverture",
        "- 14h30–16h00 Débat (Ada Exemple, Une élue)",
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
        "Séance reportée, initialement prévue le lundi 12 octobre 2026.\nMotif\u00a0: grève\n\n"
    )
    cancelled = event(published(session(status="cancelled", reason="grève", registration={"email": "a@example.org"})))
    assert str(cancelled["DESCRIPTION"]).startswith("Motif\u00a0: grève\n\n")
    assert "Inscription" not in str(cancelled["DESCRIPTION"])


def test_the_description_says_no_move_that_was_not_made() -> None:
    earlier: dict[str, Any] = {"moved-from": [date(2026, 11, 2)]}
    assert str(event(published(session(**earlier)))["DESCRIPTION"]).startswith(
        "Séance avancée, initialement prévue le lundi 2 novembre 2026.\n\n"
    )
    back: dict[str, Any] = {"moved-from": [at("2026-10-26T14:00"), date(2026, 11, 2)], "reason": "grève"}
    found = str(event(published(session(**back)))["DESCRIPTION"])
    assert ("initialement" in found, "grève" in found) == (False, False)
    waiting = str(event(published(session(**earlier, status="postponed")))["DESCRIPTION"])
    assert waiting.startswith("Séance reportée, initialement prévue le lundi 2 novembre 2026.")


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_a_session_that_is_given_up_tells_no_hours(status: str) -> None:
    cycle = {"also-show": ["Indian/Reunion"], "times-provisional": True, "joining": "Le lien suivra."}
    words = ("La Réunion", "provisoires", "Le lien suivra")
    assert all(word in str(event(published(session(), cycle=cycle))["DESCRIPTION"]) for word in words)
    found = str(event(published(session(status=status), cycle=cycle))["DESCRIPTION"])
    assert not any(word in found for word in words)


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
    assert "- La Réunion\u00a0: 17h00 à 19h00 (mercredi 28 octobre)" in str(event(publication)["DESCRIPTION"])


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
        ("1. un\n2. deux", "- un\n- deux"),
        ("a | b\n--- | ---\nc | d", "a | b\n--- | ---\nc | d"),
        ("![Une carte](https://example.org/carte.png)", "Une carte"),
    ],
)
def test_markdown_is_read_as_plain_text(markdown: str, plain: str) -> None:
    found = str(event(published(session(note=markdown)))["DESCRIPTION"])
    assert f"guide\n{plain}\n\nRenseignements" in found


def test_no_join_link_is_in_any_file() -> None:
    publication = published(session(join={"platform": "zoom", "url": "https://zoom.example.org/j/42?pwd=x"}))
    assert all(b"zoom" not in data.replace(b"\r\n ", b"") for _, data in publication.files())


@pytest.mark.parametrize("key", ["guide", "guide-geo"])
def test_a_session_whose_file_would_replace_a_feed_is_refused(key: str) -> None:
    assert published(session("guide-2")).bodies
    with pytest.raises(RefusedError) as refused:
        published(session(key))
    assert f"{key}.ics" in error("en", refused.value)


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
