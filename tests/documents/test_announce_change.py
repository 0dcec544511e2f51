"""The note of a change: what changes and when, the date set apart, why, and what the registered have to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.noted import DAY, cycle, note, read, real, session
from tests.golden import assert_golden
from webcycle.documents import html, markdown
from webcycle.documents.announce import Kind
from webcycle.documents.blocks import Callout, Paragraph
from webcycle.documents.inline import text_of
from webcycle.errors import Language, RefusedError
from webcycle.programme import Programme

Keys = dict[str, Any]

HERE = Path(__file__).parent / "golden"
A, B, C = "2026-10-12T14:00", "2026-10-26T14:00", "2026-11-02T14:00"
ELSEWHERE = {"also-show": ["Pacific/Noumea", "America/Guadeloupe"]}


def said(lang: Language = "fr", today: date = DAY, tables: Any = None, **keys: Any) -> str:
    return read(note("change", cycle(session(**keys), lang=lang, **(tables or {})), lang, today))


def test_quotation_marks_inside_a_title_are_of_the_second_level() -> None:
    assert "« La “ville” en 2026 »" in said(title="La « ville » en 2026", moved_from=[A])
    assert "“La ‘ville’ en 2026”" in said("en", title="La “ville” en 2026", moved_from=[A])


def first_sentence(text: str) -> str:
    return text.split("\n\n")[1]


FRENCH: Mapping[str, tuple[Keys, str]] = {
    "later": (
        {"moved_from": [A], "reason": "contexte sanitaire"},
        "Le webinaire « La santé », prévu le lundi 12 octobre 2026 à 14h00, est reporté au lundi 26 octobre 2026 "
        "de 14h00 à 16h00, en raison du contexte sanitaire.",
    ),
    "earlier": (
        {"moved_from": [C], "reason": "une grève annoncée"},
        "Le webinaire « La santé », prévu le lundi 2 novembre 2026 à 14h00, est avancé au lundi 26 octobre 2026 "
        "de 14h00 à 16h00, en raison d’une grève annoncée.",
    ),
    "another hour": (
        {"moved_from": ["2026-10-26T09:00"], "reason": "l'indisponibilité d'un intervenant"},
        "Le webinaire « La santé », prévu le lundi 26 octobre 2026 à 09h00, change d’horaire en raison de "
        "l’indisponibilité d’un intervenant : il aura lieu le lundi 26 octobre 2026 de 14h00 à 16h00.",
    ),
    "an hour where there was none": (
        {"moved_from": ["2026-10-26"]},
        "Le webinaire « La santé », prévu le lundi 26 octobre 2026, change d’horaire : il aura lieu le lundi 26 "
        "octobre 2026 de 14h00 à 16h00.",
    ),
    "a reason that is a sentence": (
        {"moved_from": ["2026-10-26"], "reason": "la salle est prise"},
        "Le webinaire « La santé », prévu le lundi 26 octobre 2026, change d’horaire : il aura lieu le lundi 26 "
        "octobre 2026 de 14h00 à 16h00. Motif : la salle est prise.",
    ),
    "a reason with a capital": (
        {"status": "cancelled", "start": None, "reason": "Indisponibilité de l'oratrice"},
        "Le webinaire « La santé » est annulé. Motif : Indisponibilité de l’oratrice.",
    ),
    "back to the first day": (
        {"moved_from": [B, C], "reason": "contexte sanitaire"},
        "Le webinaire « La santé » aura bien lieu le lundi 26 octobre 2026 de 14h00 à 16h00. Il ne se tiendra "
        "donc pas le lundi 2 novembre 2026 à 14h00.",
    ),
    "postponed and back": (
        {"moved_from": [B]},
        "Le webinaire « La santé » aura bien lieu le lundi 26 octobre 2026 de 14h00 à 16h00.",
    ),
    "postponed, its day known": (
        {"status": "postponed", "reason": "le contexte sanitaire"},
        "Le webinaire « La santé », prévu le lundi 26 octobre 2026 à 14h00, est reporté en raison du contexte "
        "sanitaire. La nouvelle date sera communiquée dès qu’elle sera connue.",
    ),
    "postponed after a move": (
        {"status": "postponed", "moved_from": [A], "start": None},
        "Le webinaire « La santé », prévu le lundi 12 octobre 2026 à 14h00, est reporté. La nouvelle date sera "
        "communiquée dès qu’elle sera connue.",
    ),
    "postponed, no day known": (
        {"status": "postponed", "start": None},
        "Le webinaire « La santé » est reporté. La nouvelle date sera communiquée dès qu’elle sera connue.",
    ),
    "cancelled": (
        {"status": "cancelled", "reason": "Trop peu d’inscrits."},
        "Le webinaire « La santé », prévu le lundi 26 octobre 2026 à 14h00, est annulé. Motif : Trop peu d’inscrits.",
    ),
    "cancelled, no day known": (
        {"status": "cancelled", "start": None, "reason": "météo"},
        "Le webinaire « La santé » est annulé. Motif : météo.",
    ),
    "to be confirmed": (
        {"status": "tentative", "reason": "contexte sanitaire"},
        "Le webinaire « La santé » est prévu le lundi 26 octobre 2026 de 14h00 à 16h00, sous réserve de confirmation.",
    ),
    "several moves": (
        {"moved_from": [C, A]},
        "Le webinaire « La santé », prévu le lundi 12 octobre 2026 à 14h00, est reporté au lundi 26 octobre 2026 "
        "de 14h00 à 16h00. Il avait d’abord été prévu le lundi 2 novembre 2026 à 14h00.",
    ),
    "moved, then put off": (
        {"status": "postponed", "moved_from": [A]},
        "Le webinaire « La santé », prévu le lundi 26 octobre 2026 à 14h00, est reporté. Il avait d’abord été "
        "prévu le lundi 12 octobre 2026 à 14h00. La nouvelle date sera communiquée dès qu’elle sera connue.",
    ),
    "whole days, in person": (
        {"start": "2026-11-02", "end": "2026-11-03", "moved_from": ["2026-10-02"], "mode": "in-person"},
        "Le rendez-vous « La santé », prévu le vendredi 2 octobre 2026, est reporté à de nouvelles dates, du 2 "
        "au 3 novembre 2026.",
    ),
    "a night": (
        {"start": "2026-11-02T22:00", "end": "2026-11-03T02:00", "moved_from": [A]},
        "Le webinaire « La santé », prévu le lundi 12 octobre 2026 à 14h00, est reporté à de nouvelles dates, du "
        "lundi 2 novembre 2026 à 22h00 au mardi 3 novembre 2026 à 02h00.",
    ),
}
ENGLISH: Mapping[str, tuple[Keys, str]] = {
    "later": (
        {"moved_from": [A], "reason": "a strike"},
        "The webinar “La santé”, planned for Monday 12 October 2026 at 14:00, is postponed to Monday 26 October "
        "2026, 14:00 to 16:00, because of a strike.",
    ),
    "earlier": (
        {"moved_from": [C]},
        "The webinar “La santé”, planned for Monday 2 November 2026 at 14:00, is brought forward to Monday 26 "
        "October 2026, 14:00 to 16:00.",
    ),
    "another hour": (
        {"moved_from": ["2026-10-26T09:00"], "reason": "storm"},
        "The webinar “La santé”, planned for Monday 26 October 2026 at 09:00, has a new time: it will take place "
        "on Monday 26 October 2026, 14:00 to 16:00. Reason: storm.",
    ),
    "back": (
        {"moved_from": [B, C]},
        "The webinar “La santé” will after all take place on Monday 26 October 2026, 14:00 to 16:00. It will "
        "therefore not take place on Monday 2 November 2026 at 14:00.",
    ),
    "postponed": (
        {"status": "postponed"},
        "The webinar “La santé”, planned for Monday 26 October 2026 at 14:00, is postponed. The new date will be "
        "given as soon as it is known.",
    ),
    "cancelled": (
        {"status": "cancelled", "reason": "the health situation"},
        "The webinar “La santé”, planned for Monday 26 October 2026 at 14:00, is cancelled because of the health "
        "situation.",
    ),
    "to be confirmed": (
        {"status": "tentative"},
        "The webinar “La santé” is to take place on Monday 26 October 2026, 14:00 to 16:00, subject to confirmation.",
    ),
    "whole days": (
        {"start": "2026-11-02", "end": "2026-11-03", "moved_from": ["2026-10-02"], "mode": "hybrid"},
        "The event “La santé”, planned for Friday 2 October 2026, is postponed to new dates, 2 to 3 November 2026.",
    ),
}


@pytest.mark.parametrize("case", FRENCH)
def test_it_begins_with_what_changes_and_when(case: str) -> None:
    keys, expected = FRENCH[case]
    assert first_sentence(said(**keys)) == expected


@pytest.mark.parametrize("case", ENGLISH)
def test_it_says_so_in_english(case: str) -> None:
    keys, expected = ENGLISH[case]
    assert first_sentence(said("en", **keys)) == expected


PAST: Mapping[str, tuple[Keys, str]] = {
    "later": ({"moved_from": [A]}, "a été reporté au lundi 26 octobre 2026"),
    "earlier": ({"moved_from": [C]}, "a été avancé au lundi 26 octobre 2026"),
    "another hour": (
        {"moved_from": ["2026-10-26T09:00"]},
        "a changé d’horaire : il s’est tenu le lundi 26 octobre 2026",
    ),
    "back": ({"moved_from": [B, C]}, "s’est bien tenu le lundi 26 octobre 2026"),
    "cancelled": ({"status": "cancelled"}, "prévu le lundi 26 octobre 2026 à 14h00, a été annulé."),
    "to be confirmed": ({"status": "tentative"}, "était prévu le lundi 26 octobre 2026"),
}


@pytest.mark.parametrize("case", PAST)
def test_of_what_is_over_it_asks_nothing_of_anybody(case: str) -> None:
    keys, expected = PAST[case]
    form: Keys = {"registration": {"url": "https://example.org/form"}}
    before, after = (said(today=day, **keys, **form) for day in (DAY, date(2026, 10, 27)))
    assert expected in after
    assert ("Pour les personnes inscrites" in before, "> **" in before) == (True, True)
    assert "Pour les personnes inscrites" not in after
    assert "> **" not in after
    assert "S’inscrire" not in after


def test_on_the_day_itself_it_is_not_over() -> None:
    assert "est reporté au" in said(today=date(2026, 10, 26), moved_from=[A])


def test_what_is_put_off_stays_so_when_its_day_has_passed() -> None:
    text = said(today=date(2026, 12, 1), status="postponed")
    assert "est reporté." in text
    assert "Pour les personnes inscrites" in text


@pytest.mark.parametrize(
    ("keys", "kind", "title"),
    [
        ({"moved_from": [A]}, "date", "Nouvelle date : lundi 26 octobre 2026, de 14h00 à 16h00"),
        ({"moved_from": [C]}, "date", "Nouvelle date : lundi 26 octobre 2026, de 14h00 à 16h00"),
        ({"moved_from": ["2026-10-26T09:00"]}, "date", "Nouvel horaire : lundi 26 octobre 2026, de 14h00 à 16h00"),
        ({"moved_from": [B]}, "date", "Date maintenue : lundi 26 octobre 2026, de 14h00 à 16h00"),
        ({"status": "tentative"}, "date", "Date à confirmer : lundi 26 octobre 2026, de 14h00 à 16h00"),
        ({"status": "postponed"}, "date", "Nouvelle date : à venir"),
        ({"status": "cancelled"}, "warning", "Annulé : lundi 26 octobre 2026, de 14h00 à 16h00"),
        (
            {"start": "2026-11-02", "end": "2026-11-02", "moved_from": [A]},
            "date",
            "Nouvelle date : lundi 2 novembre 2026",
        ),
    ],
)
def test_the_date_is_set_apart(keys: dict[str, Any], kind: str, title: str) -> None:
    document = note("change", cycle(session(**keys)))
    (found,) = [block for block in document.blocks if isinstance(block, Callout)]
    assert found.kind == kind
    assert text_of(found.title, "fr").replace("\u00a0", " ") == title


def test_a_cancelled_session_without_a_day_sets_none_apart() -> None:
    assert "> **" not in said(status="cancelled", start=None)


def test_the_hours_elsewhere_say_the_day_where_it_is_another() -> None:
    text = said(tables={"cycle": ELSEWHERE}, moved_from=[A])
    assert "> Paris : 14h00 à 16h00" in text
    assert "> Nouméa : 00h00 (mardi 27 octobre) à 02h00" in text
    assert "> Guadeloupe : 09h00 à 11h00" in text
    assert "Nouméa" not in said(tables={"cycle": ELSEWHERE}, status="cancelled")
    assert "Nouméa" not in said(tables={"cycle": ELSEWHERE}, status="postponed")


def test_provisional_hours_and_a_new_date_that_is_not_certain_say_so() -> None:
    provisional = {"cycle": {"times-provisional": True}}
    hours = set(said(tables=provisional, moved_from=[A]).splitlines()) - set(said(moved_from=[A]).splitlines())
    assert len(hours - {">"}) == 1
    days: Keys = {"start": "2026-11-02", "end": "2026-11-02", "moved_from": ["2026-10-02"]}
    assert said(tables=provisional, **days) == said(**days)
    assert "Cette date reste à confirmer." in said(status="tentative", moved_from=[A])
    assert "Cette date reste à confirmer." not in said(moved_from=[A])


def test_where_one_goes_is_said_and_nothing_of_the_kind_for_a_webinar() -> None:
    place: Keys = {"place": "12, rue des Lilas, Lyon", "moved_from": [A]}
    assert "> Lieu : 12, rue des Lilas, Lyon" in said(mode="in-person", **place)
    assert "> Lieu : 12, rue des Lilas, Lyon, et en ligne" in said(mode="hybrid", **place)
    assert "Lieu" not in said(mode="online", **place)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            {"moved_from": [A]},
            "Votre inscription reste valable : vous n’avez rien à faire. Si ce changement vous empêche",
        ),
        ({"moved_from": [B]}, "Votre inscription reste valable : vous n’avez rien à faire.\n"),
        ({"status": "postponed"}, "vous n’avez rien à faire. La nouvelle date vous sera communiquée."),
        ({"status": "cancelled"}, "Votre inscription est annulée : vous n’avez rien à faire."),
        ({"status": "tentative"}, "La confirmation de la date vous sera communiquée."),
    ],
)
def test_the_registered_are_told_what_to_do_and_that_calendars_follow_where_there_is_one(
    keys: dict[str, Any], expected: str
) -> None:
    text = said(**keys)
    assert "## Pour les personnes inscrites" in text
    assert expected in text
    assert "Les agendas abonnés" not in text
    published = said(tables={"calendar": {"url": "https://example.org/guide.ics"}}, **keys)
    calendar = "[calendrier du cycle](https://example.org/guide.ics)"
    assert f"Les agendas abonnés au {calendar} se mettent à jour d’eux-mêmes." in published


def test_one_can_register_as_long_as_one_can() -> None:
    form = {"url": "https://example.org/form"}
    link = "[S’inscrire au webinaire « La santé »](https://example.org/form)"
    assert link in said(moved_from=[A], registration=form)
    assert link in said(moved_from=[A], registration={**form, "deadline": date(2026, 10, 1)})
    assert link not in said(moved_from=[A], registration={**form, "deadline": date(2026, 9, 30)})
    assert link not in said(status="cancelled", registration=form)
    links = {"link": [{"kind": "registration", "title": "Inscriptions en ligne", "url": "https://example.org/all"}]}
    assert "[Inscriptions en ligne](https://example.org/all)" in said(tables=links, moved_from=[A])
    assert "Les inscriptions restent ouvertes" not in said(moved_from=[A])


def test_the_page_of_the_session_is_given_by_name() -> None:
    text = said(moved_from=[A], url="https://example.org/sante")
    assert "[la page du webinaire « La santé »](https://example.org/sante)" in text


def test_a_private_join_link_does_not_appear() -> None:
    secret = "https://meet.example.org/secret-room"
    programme = cycle(session(moved_from=[A], join={"platform": "zoom", "url": secret}))
    assert programme.sessions[0].join is not None
    document = note("change", programme)
    assert "secret-room" not in markdown.render(document) + html.render(document)


def test_the_release_gives_title_date_place_label_contact_and_links() -> None:
    release = {
        "kind": "change",
        "session": "sante",
        "date": date(2026, 10, 2),
        "title": "La santé attendra",
        "place": "Lyon",
        "label": "AVIS",
        "contact": "accueil",
        "related": ["sport"],
        "links": [{"title": "Questions et réponses", "url": "https://example.org/faq"}],
    }
    tables: Keys = {"release": [release], "contact": [{"id": "accueil", "name": "Accueil", "phone": "01 99 00 12 34"}]}
    sessions = (session(moved_from=[A]), session(id="sport", title="Le sport"))
    text = markdown.render(note("change", cycle(*sessions, **tables)))
    for told in (
        "Lyon, vendredi\u00a02\u00a0octobre\u00a02026",
        "AVIS",
        "# La santé attendra",
        "Le sport",
        "(https://example.org/faq)",
        "**Accueil**",
        "01 99 00 12 34",
    ):
        assert told.replace("\u00a0", " ") in text.replace("\u00a0", " "), told
    assert "DEX" not in text.split("## Contact")[1]


def test_a_session_that_never_changed_is_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        said()
    assert (refused.value.key, refused.value.values) == ("announce.unchanged", {"session": "sante"})


def test_what_an_author_wrote_is_data_in_every_sentence() -> None:
    hostile = "{why} *gras* [x](https://example.org) <b>"
    document = note("change", cycle(session(title=hostile, moved_from=[A])))
    page = html.render(document)
    assert "{why} *gras* [x](https://example.org) &lt;b&gt;" in page.replace("\u00a0", " ")
    assert isinstance(document.blocks[0], Paragraph)


def test_a_reason_may_hold_markdown() -> None:
    assert "en raison du **contexte** sanitaire" in said(moved_from=[A], reason="le **contexte** sanitaire")
    assert "Motif : voir [la page](https://example.org/x)." in said(
        moved_from=[A], reason="voir [la page](https://example.org/x)"
    )


def test_a_reason_in_the_other_language_stands_apart() -> None:
    words = {"fr": "le contexte sanitaire"}
    programme = cycle(session(moved_from=[A], reason=words), lang="fr")
    assert "Reason: le contexte sanitaire." in read(note("change", programme, "en"))
    assert "en raison du contexte sanitaire" in read(note("change", programme, "fr"))


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 30)).map(date.isoformat)
STARTS = DAYS | DAYS.map(lambda day: f"{day}T10:00")
CHANGES = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["confirmed", "tentative", "postponed", "cancelled"]),
        "moved_from": st.lists(STARTS, max_size=3),
        "mode": st.sampled_from(["online", "in-person", "hybrid"]),
    },
    optional={
        "place": st.sampled_from(["Bordeaux", "Le Havre", "12, rue des Lilas"]),
        "reason": st.sampled_from(["contexte sanitaire", "la grève", "Il neige !", {"en": "a strike"}, "météo"]),
        "url": st.just("https://example.org/s"),
    },
)
# A part that is absent would leave one of these behind, a part said twice as well.
SEAMS = re.compile(r" {2}|\(\)|\.\.| [,.]|,,|« | le le | du le |\{|\b(de|à|en raison) ?[.,]")


def attempted(kind: Kind, programme: Programme, lang: Language, today: date) -> str:
    """The note, or nothing where it is refused."""
    try:
        return read(note(kind, programme, lang, today))
    except RefusedError:
        return ""


@settings(deadline=None)
@given(CHANGES, STARTS, st.sampled_from(["fr", "en"]), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_whatever_became_of_a_date_no_seam_shows(keys: Keys, start: str, lang: Language, today: date) -> None:
    told = session(**keys, start=start, end=start.replace("T10", "T12"), highlights=["le retour d'expériences"])
    release = {"kind": "minutes", "session": "sante", "related": ["sante"]}
    programme = cycle(told, cycle=ELSEWHERE, release=[release])
    for text in (attempted("change", programme, lang, today), attempted("minutes", programme, lang, today)):
        assert SEAMS.search(text.replace("« ", "«").replace("\n> ", "\n")) is None, text


def test_a_seam_would_be_seen() -> None:
    for words in ("est reporté  au", "est annulé .", "reporté au le le lundi", "est annulé en raison.", "prévu ()"):
        assert SEAMS.search(words)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_note_of_the_real_move_is_as_it_was_read(lang: Language) -> None:
    document = note("change", real("amerique-latine-2021"), lang, date(2021, 6, 2), "bordeaux")
    assert_golden(HERE / f"announce-change.{lang}.md", markdown.render(document))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_note_with_all_there_is_to_say_is_as_it_was_read(lang: Language) -> None:
    keys: Keys = {
        "moved_from": [C, A],
        "status": "tentative",
        "reason": {"fr": "grève des transports", "en": "the transport strike"},
        "title": {"fr": "La santé", "en": "Health"},
        "mode": "hybrid",
        "place": "Le Havre",
        "url": "https://example.org/sante",
        "registration": {"url": "https://example.org/form"},
    }
    tables: Keys = {
        "cycle": {**ELSEWHERE, "times-provisional": True},
        "calendar": {"url": "https://example.org/guide.ics"},
    }
    document = note("change", cycle(session(**keys), **tables), lang)
    assert_golden(HERE / f"announce-change-full.{lang}.md", markdown.render(document))
