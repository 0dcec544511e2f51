"""The note that gives the minutes of a session: what it was, what it brought, where to read on."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.documents.noted import cycle, note, read, real, session
from tests.golden import assert_golden
from webcycle.documents import html, markdown
from webcycle.documents.announce import nouns
from webcycle.errors import Language, RefusedError

HERE = Path(__file__).parent / "golden"
AFTER = date(2026, 11, 5)
MINUTES = {"kind": "minutes", "url": "https://example.org/minutes.pdf"}


def said(lang: Language = "fr", tables: Any = None, others: Any = (), today: date = AFTER, **keys: Any) -> str:
    keys = {"documents": [MINUTES], **keys}
    programme = cycle(session(**keys), *others, lang=lang, **(tables or {}))
    return read(note("minutes", programme, lang, today))


# ---- the session


def test_it_tells_the_session_its_organiser_and_what_it_was_part_of() -> None:
    text = said(parent_event="Semaine de la santé", partners=["Cités d’exemple", "l'Agence d’exemple"])
    assert text.startswith("# Diffusion du compte rendu du webinaire « La santé »\n")
    assert (
        "Le lundi 26 octobre 2026, un webinaire intitulé « La santé » a été organisé par la Délégation d’exemple "
        "avec Cités d’exemple et l’Agence d’exemple dans le cadre de la « Semaine de la santé »."
    ) in text


def test_quotation_marks_inside_quotation_marks_are_of_the_second_level() -> None:
    text = said(title="La « santé »", parent_event="Semaine de la « santé »")
    assert "« La “santé” »" in text
    assert "dans le cadre de la « Semaine de la “santé” »" in text


def test_it_tells_so_in_english() -> None:
    text = said("en", parent_event="Health week", partners=["Example Cities"])
    assert text.startswith("# Publication of the minutes of the webinar “La santé”\n")
    assert (
        "On Monday 26 October 2026, the webinar “La santé” was organised by the Delegation for examples with "
        "Example Cities as part of “Health week”."
    ) in text


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            {"mode": "in-person", "place": "Bordeaux"},
            "un rendez-vous intitulé « La santé » a été organisé à Bordeaux par la",
        ),
        ({"mode": "hybrid", "place": "Le Havre"}, "a été organisé au Havre par la"),
        ({"mode": "in-person", "place": "Saint-Denis"}, "a été organisé à Saint-Denis par la"),
        ({"mode": "in-person", "place": "12, rue des Lilas, Lyon"}, "a été organisé (12, rue des Lilas, Lyon) par la"),
        ({"mode": "in-person", "place": "Salle des fêtes"}, "a été organisé (Salle des fêtes) par la"),
        ({"mode": "in-person"}, "a été organisé par la"),
        ({"place": "Bordeaux"}, "un webinaire intitulé « La santé » a été organisé par la"),
        ({"start": "2026-10-26", "end": "2026-10-28"}, "Du 26 au 28 octobre 2026, un webinaire"),
        ({"start": "2026-10-26T22:00", "end": "2026-10-27T02:00"}, "Du 26 au 27 octobre 2026, un webinaire"),
        ({"start": "2026-10-26T22:00", "end": "2026-10-27T00:00"}, "Le lundi 26 octobre 2026, un webinaire"),
    ],
)
def test_where_and_on_which_days(keys: dict[str, Any], expected: str) -> None:
    assert expected in said(**keys)


def test_the_day_is_that_on_which_it_was_held() -> None:
    held = {"start": datetime(2026, 10, 27, 14, 3), "end": datetime(2026, 10, 27, 16, 10)}
    assert "Le mardi 27 octobre 2026, un webinaire" in said(held=held)


# ---- what it brought


def test_a_few_highlights_are_a_sentence() -> None:
    text = said(highlights=["le retour d'expériences", "les **appels** à projets", "l'expertise"])
    assert "Ce webinaire a mis en lumière le retour d’expériences, les **appels** à projets et l’expertise." in text


@pytest.mark.parametrize(
    ("lang", "highlights"),
    [
        ("fr", ["le retour", "les appels", "l’expertise", "les liens"]),
        ("fr", ["Les communes sont venues.", "les appels"]),
        ("en", [{"fr": "le retour"}, {"en": "the calls"}]),
    ],
)
def test_many_highlights_or_sentences_or_another_language_stand_below_each_other(
    lang: Language, highlights: list[Any]
) -> None:
    lines = said(lang, highlights=highlights).splitlines()
    assert sum(line.startswith("- ") for line in lines) == len(highlights)
    assert any(line in ("Ce webinaire a mis en lumière :", "This webinar brought out:") for line in lines)


def test_without_highlights_nothing_is_said_of_them() -> None:
    assert "mis en lumière" not in said()


# ---- where the minutes are


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (
            MINUTES,
            "Vous pouvez consulter [le compte rendu du webinaire du 26 octobre 2026](https://example.org/minutes.pdf).",
        ),
        ({"published": AFTER}, "Vous pouvez consulter le compte rendu du webinaire du 26 octobre 2026."),
        (
            {"published": date(2026, 11, 9)},
            "Vous pourrez consulter le compte rendu du webinaire du 26 octobre 2026 à partir du lundi 9 novembre 2026.",
        ),
        (
            {"due": date(2026, 11, 9)},
            "Vous pourrez consulter le compte rendu du webinaire du 26 octobre 2026 au plus tard le lundi 9 "
            "novembre 2026.",
        ),
        (
            {"due": date(2026, 11, 1)},
            "Vous pourrez prochainement consulter le compte rendu du webinaire du 26 octobre 2026.",
        ),
        ({}, "Vous pourrez prochainement consulter le compte rendu du webinaire du 26 octobre 2026."),
    ],
)
def test_it_says_where_the_minutes_are_or_from_when(minutes: dict[str, Any], expected: str) -> None:
    text = said(documents=[{"kind": "minutes", **minutes}])
    assert expected in text
    assert ("# Diffusion du compte rendu" in text) == ("Vous pouvez" in expected)


def test_what_else_there_is_to_see_follows() -> None:
    slides = {"kind": "slides", "url": "https://example.org/slides.pdf"}
    owed = {"kind": "transcript"}
    text = said(documents=[MINUTES, slides, owed], recording={"url": "https://example.org/video"})
    assert "À lire et à revoir également :" in text
    assert "(https://example.org/slides.pdf)" in text
    assert "(https://example.org/video)" in text
    assert text.count("minutes.pdf") == 1
    assert "À lire et à revoir" not in said()


def test_a_session_without_minutes_is_looked_back_on() -> None:
    text = said(documents=[], highlights=["le retour d'expériences"])
    assert text.startswith("# Retour sur le webinaire « La santé »")
    assert "compte rendu" not in text
    assert "(https://example.org/video)" in said(documents=[], recording={"url": "https://example.org/video"})


# ---- what is told beside


def beside(lang: Language = "fr", event: str | None = None, **keys: Any) -> str:
    other = session(
        **{"id": "sport", "title": "Le sport", "start": "2026-12-07T10:00", "end": "2026-12-07T12:00", **keys}
    )
    release = {"kind": "minutes", "session": "sante", "related": ["sport"], "date": AFTER}
    text = said(lang, {"release": [release]}, (other,), parent_event=event)
    heading = "## Autre rendez-vous\n\n" if lang == "fr" else "## Another event\n\n"
    return text.split(heading)[1].strip()


MOVED = ["2026-11-02T10:00"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, "Le webinaire « Le sport » aura lieu le lundi 7 décembre 2026 de 10h00 à 12h00."),
        (
            {"status": "tentative"},
            "Le webinaire « Le sport » est prévu le lundi 7 décembre 2026 de 10h00 à 12h00, sous réserve de "
            "confirmation.",
        ),
        (
            {"start": "2026-11-02T10:00", "end": "2026-11-02T12:00"},
            "Le webinaire « Le sport » s’est tenu le lundi 2 novembre 2026 de 10h00 à 12h00.",
        ),
        (
            {"moved_from": MOVED, "reason": "contexte sanitaire"},
            "Le webinaire « Le sport » était prévu le lundi 2 novembre 2026 à 10h00. Il a été reporté au lundi 7 "
            "décembre 2026 de 10h00 à 12h00, en raison du contexte sanitaire.",
        ),
        (
            {"moved_from": ["2026-12-14T10:00"]},
            "Le webinaire « Le sport » était prévu le lundi 14 décembre 2026 à 10h00. Il a été avancé au lundi 7 "
            "décembre 2026 de 10h00 à 12h00.",
        ),
        (
            {"moved_from": ["2026-12-07T09:00"], "reason": "météo"},
            "Le webinaire « Le sport » était prévu le lundi 7 décembre 2026 à 09h00. Il a été déplacé au lundi 7 "
            "décembre 2026 de 10h00 à 12h00. Motif : météo.",
        ),
        (
            {"status": "postponed", "reason": "la grève"},
            "Le webinaire « Le sport » était prévu le lundi 7 décembre 2026 à 10h00. Il est reporté en raison de "
            "la grève ; la nouvelle date sera communiquée dès qu’elle sera connue.",
        ),
        (
            {"status": "postponed", "start": None},
            "Le webinaire « Le sport » est reporté ; la nouvelle date sera communiquée dès qu’elle sera connue.",
        ),
        (
            {"status": "cancelled", "mode": "in-person", "place": "Lille"},
            "Le rendez-vous « Le sport » était prévu à Lille le lundi 7 décembre 2026 à 10h00. Il est annulé.",
        ),
        (
            {"partners": ["Cités d’exemple"], "parent_event": "Forum du sport", "url": "https://example.org/sport"},
            "Le webinaire « Le sport », organisé avec Cités d’exemple dans le cadre du « Forum du sport », aura "
            "lieu le lundi 7 décembre 2026 de 10h00 à 12h00. Toutes les informations sont sur [la page du "
            "webinaire « Le sport »](https://example.org/sport).",
        ),
    ],
)
def test_a_session_told_beside_says_what_became_of_it(keys: dict[str, Any], expected: str) -> None:
    assert beside(**keys) == expected


def test_it_tells_that_both_were_part_of_the_same() -> None:
    event = "Semaine de la santé"
    alone = beside(event=event, parent_event=event)
    assert "organisé dans le cadre de la « Semaine de la santé »," in alone
    both = beside(event=event, parent_event=event, partners=["Cités d’exemple"])
    assert "organisé avec Cités d’exemple, toujours dans le cadre de la « Semaine de la santé »," in both


def test_it_tells_a_session_beside_in_english() -> None:
    text = beside("en", moved_from=MOVED, reason="the strike", mode="in-person", place="Lille")
    assert text == (
        "The event “Le sport” was planned in Lille for Monday 2 November 2026 at 10:00. It was postponed to "
        "Monday 7 December 2026, 10:00 to 12:00, because of the strike."
    )


def test_the_release_gives_title_and_links() -> None:
    links = [
        {"title": "Le programme", "url": "https://example.org/p", "text": "Le programme finance des missions."},
        {"title": "Les ambassades"},
    ]
    release = {"kind": "minutes", "session": "sante", "title": "Le compte rendu est paru", "links": links}
    text = said(tables={"release": [release]})
    assert text.startswith("# Le compte rendu est paru\n")
    assert "Pour aller plus loin" in text
    for told in ("Le programme finance des missions.", "(https://example.org/p)", "Les ambassades"):
        assert told in text


# ---- what is refused


@pytest.mark.parametrize(
    ("keys", "today", "key"),
    [
        ({"documents": []}, AFTER, "announce.no-minutes"),
        ({}, date(2026, 10, 25), "announce.to-come"),
        ({"start": "2026-10-26", "end": "2026-10-28"}, date(2026, 10, 27), "announce.not-over"),
        ({"status": "cancelled"}, AFTER, "announce.not-held"),
        ({"status": "postponed", "start": None}, AFTER, "announce.not-held"),
    ],
)
def test_minutes_that_there_are_not_are_refused(keys: dict[str, Any], today: date, key: str) -> None:
    with pytest.raises(RefusedError) as refused:
        said(today=today, **keys)
    assert refused.value.key == key
    assert refused.value.values["session"] == "sante"


def test_what_is_published_later_is_not_offered_yet() -> None:
    later = {"published": date(2026, 11, 20)}
    recording = {"url": "https://example.org/replay", **later}
    slides = {"kind": "slides", "url": "https://example.org/slides.pdf", **later}
    keys: dict[str, Any] = {"documents": [MINUTES, slides], "recording": recording}
    for today, offered in ((AFTER, False), (date(2026, 11, 20), True)):
        text = said(today=today, **keys)
        assert MINUTES["url"] in text
        assert ("https://example.org/replay" in text, "https://example.org/slides.pdf" in text) == (offered, offered)
    with pytest.raises(RefusedError) as refused:
        said(documents=[], recording=recording)
    assert refused.value.key == "announce.no-minutes"


@pytest.mark.parametrize(
    ("keys", "now", "key"),
    [
        ({}, datetime(2026, 10, 26, 9), "announce.to-come"),
        ({}, datetime(2026, 10, 26, 14, 30), "announce.not-over"),
        ({}, datetime(2026, 10, 26, 23), None),
        ({"start": "2026-10-26", "end": "2026-10-27"}, datetime(2026, 10, 26, 9), "announce.not-over"),
        ({"start": "2026-10-26", "end": "2026-10-27"}, datetime(2026, 10, 27, 9), None),
    ],
)
def test_on_its_day_a_session_has_no_minutes_before_its_end(
    keys: dict[str, Any], now: datetime, key: str | None
) -> None:
    """Of a session without hours nobody but who asks knows whether it is over."""
    if key is None:
        assert said(today=now, **keys)
        return
    with pytest.raises(RefusedError) as refused:
        said(today=now, **keys)
    assert refused.value.key == key
    assert refused.value.values["day"] == f"{now:%Y-%m-%d %H:%M}"


def test_a_note_dated_before_the_session_is_refused_too() -> None:
    release = {"kind": "minutes", "session": "sante", "date": date(2026, 10, 1)}
    with pytest.raises(RefusedError, match="2026-10-01"):
        said(tables={"release": [release]})
    assert said(today=date(2026, 10, 26))


def test_a_private_join_link_does_not_appear() -> None:
    secret = "https://meet.example.org/secret-room"
    programme = cycle(session(documents=[MINUTES], join={"platform": "zoom", "url": secret}))
    document = note("minutes", programme, today=AFTER)
    assert "secret-room" not in markdown.render(document) + html.render(document)


# ---- the real one


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_real_minutes_are_as_they_were_read(lang: Language) -> None:
    document = note("minutes", real("amerique-latine-2021"), lang, AFTER, "seminaire")
    assert_golden(HERE / f"announce-minutes.{lang}.md", markdown.render(document))


# ---- articles


@pytest.mark.parametrize(
    ("words", "lang", "expected"),
    [
        ("Délégation d’exemple", "fr", "de la Délégation d’exemple"),
        ("Agence d’exemple", "fr", "de l’Agence d’exemple"),
        ("Conseil d’exemple", "fr", "du Conseil d’exemple"),
        ("Rencontres d’exemple", "fr", "des Rencontres d’exemple"),
        ("le contexte", "fr", "du contexte"),
        ("Les Amis", "fr", "des Amis"),
        ("La Ville", "fr", "de la Ville"),
        ("l'absence d’un orateur", "fr", "de l’absence d’un orateur"),
        ("un incident", "fr", "d’un incident"),
        ("une panne", "fr", "d’une panne"),
        ("Delegation for examples", "en", "of the Delegation for examples"),
        ("a strike", "en", "of a strike"),
        ("Example Cities", "en", "of Example Cities"),
    ],
)
def test_of_takes_the_article_that_is_known(words: str, lang: Language, expected: str) -> None:
    article, rest = nouns.split(words, lang)
    assert nouns.of(article, lang) + rest == expected


@pytest.mark.parametrize("words", ["Cités Unies", "42 communes", "", "Lesbos", "Laval", "unanimité", "Délégations"])
def test_where_the_noun_is_not_known_no_article_is_guessed(words: str) -> None:
    assert nouns.split(words, "fr") == (None, words)


def test_an_article_stands_before_its_noun_with_a_space_unless_elided() -> None:
    assert [nouns.after(article) for article in ("la", "l’", None)] == ["la ", "l’", ""]
