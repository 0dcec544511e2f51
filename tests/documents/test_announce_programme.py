"""The programme of a cycle: its sessions by year, what became of each, who answers, how to register, the guide."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.documents.announced import assert_sound, headings, text, title
from tests.documents.noted import DAY, cycle, real, session
from tests.golden import assert_golden
from webcycle.documents import markdown
from webcycle.documents.announce import programme
from webcycle.documents.blocks import Document
from webcycle.documents.voice import Voice
from webcycle.errors import Language
from webcycle.programme import Programme

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def made(whole: Programme, lang: Language = "fr", issued: date = DAY) -> Document:
    document = programme.build(whole, Voice.of_programme(whole, lang), issued)
    assert_sound(document)
    return document


def said(*sessions: dict[str, Any], lang: Language = "fr", **tables: Any) -> str:
    return text(made(cycle(*sessions, lang=lang, **tables), lang))


def busy() -> Programme:
    """A cycle with a session of every sort."""
    return cycle(
        session(
            id="moved",
            title="La nuit",
            start="2026-11-02T22:00",
            end="2026-11-03T02:00",
            moved_from=["2026-10-05T22:00", "2026-10-12"],
            reason="contexte sanitaire",
            mode="hybrid",
            place="Bordeaux",
            countries=["FR", "HT"],
            partners=["Agence des villes", "Cités amies"],
            **{"parent-event": "Semaine des villes"},
            registration={"url": "https://example.org/register"},
        ),
        session(
            id="days",
            title="Deux jours",
            start="2027-01-12",
            end="2027-01-13",
            mode="in-person",
            note="Organisés *avec* la ville.\n\n# Venir\n\nEn train.",
        ),
        session(id="off", title="La grève", status="cancelled", reason="Grève des transports."),
        session(id="late", title="Le salon", start="2026-10-19T10:00", end="2026-10-19T11:00", status="postponed"),
        session(id="nothing", title="Sans rien", start=None, status="cancelled"),
        session(id="later", title="Sans date", start=None, status="postponed"),
        session(
            id="maybe",
            title="Peut-être",
            status="tentative",
            url="https://example.org/maybe",
            recording={"url": "https://example.org/watch"},
            documents=[
                {"kind": "slides", "url": "https://example.org/slides"},
                {"kind": "other", "title": "Le livret", "url": "https://example.org/booklet"},
                {"kind": "minutes"},
            ],
        ),
        cycle={
            "also-show": ["Pacific/Noumea", "Europe/Paris", "America/Guadeloupe", "Pacific/Noumea"],
            "times-provisional": True,
            "url": "https://example.org/cycle",
        },
        link=[
            {"kind": "more", "title": "Organigramme", "url": "https://example.org/chart"},
            {"kind": "more", "title": "Annuaire", "text": "Nos équipes sont dans l'annuaire."},
            {"kind": "registration", "title": "Inscriptions en ligne", "url": "https://example.org/all"},
            {"kind": "recordings", "title": "La chaîne", "url": "https://example.org/channel"},
        ],
        release=[
            {
                "kind": "programme",
                "title": "Le programme de l'automne",
                "label": "PROGRAMME",
                "place": "Lyon",
                "related": ["maybe", "nobody"],
                "links": [{"title": "Le plan d'accès", "url": "https://example.org/map"}],
            }
        ],
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_programme_of_the_guide_is_as_it_was_read(lang: Language) -> None:
    document = made(real("guide-2020-2021"), lang, date(2020, 10, 1))
    assert_golden(GOLDEN / f"announce-programme.{lang}.md", markdown.render(document))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_cycle_of_every_sort_of_session_is_as_it_was_read(lang: Language) -> None:
    assert_golden(GOLDEN / f"announce-programme-full.{lang}.md", markdown.render(made(busy(), lang)))


def test_it_begins_on_the_first_day_that_stands() -> None:
    first = session(id="a", start="2026-10-05T10:00", end="2026-10-05T11:00")
    assert "\n\nÀ partir du 5 octobre 2026\n\n" in said(first, session())
    assert "\n\nÀ partir du 26 octobre 2026\n\n" in said(
        first | {"status": "cancelled"}, session(), session(id="b", start="2026-11-01", end="2026-11-01")
    )
    assert "\n\nLe 26 octobre 2026\n\n" in said(session())
    assert "octobre 2026\n\n## Prog" not in said(session(status="postponed"))
    assert "\n\nFrom 5 October 2026\n\n" in said(first, session(), lang="en")


def test_sessions_are_by_year_only_where_there_are_several() -> None:
    one, other = session(), session(id="b", start="2027-01-05", end="2027-01-05")
    assert [line for line in headings(made(cycle(other, one))) if line.startswith("###")] == ["### 2026", "### 2027"]
    assert not [line for line in headings(made(cycle(one))) if line.startswith("###")]


def test_what_has_no_date_any_more_comes_last() -> None:
    found = text(made(busy()))
    places = [found.index(f"**{name}**\n") for name in ("La grève", "La nuit", "Deux jours", "Le salon", "Sans date")]
    assert places == sorted(places)
    assert found.index("### 2027") < found.index("### Sans date à ce jour") < found.index("**Le salon**")


def test_each_state_is_told_in_words() -> None:
    found = text(made(busy()))
    for words in (
        "**Annulé : le lundi 26 octobre 2026 de 14h00 à 16h00**\n\n**La grève**\n\nMotif : Grève des transports.\n",
        "**Le lundi 26 octobre 2026 de 14h00 à 16h00 (à confirmer)**\n\n**Peut-être**",
        "**Reporté à une date ultérieure**\n\n**Le salon**\n\nInitialement prévu le lundi 19 octobre 2026 à 10h00.\n",
        "**Reporté à une date ultérieure**\n\n**Sans date**\n\n",
        "**Annulé**\n\n**Sans rien**\n",
        "**Du lundi 2 novembre 2026 à 22h00 au mardi 3 novembre 2026 à 02h00**\n\n**La nuit**\n\n"
        "Initialement prévu le lundi 5 octobre 2026 à 22h00, puis le lundi 12 octobre 2026. Motif : contexte "
        "sanitaire.\n",
    ):
        assert words in found, words


def test_a_session_back_on_its_first_day_was_not_first_planned_for_it() -> None:
    back = session(moved_from=["2026-10-26T14:00", "2026-11-02T14:00"], reason="contexte sanitaire")
    assert "Initialement" not in said(back)
    assert "Motif" not in said(back)
    assert "Initialement" in said(back | {"moved-from": back["moved-from"][1:]})


def test_where_with_whom_and_for_which_countries() -> None:
    found = text(made(busy()))
    assert (
        "Pays : France et Haïti. En présentiel (Bordeaux) et en ligne. Dans le cadre de la « Semaine des villes ». "
        "En partenariat avec l’Agence des villes et Cités amies." in found
    )
    assert "**Deux jours**\n\nEn présentiel.\n" in found
    assert "En présentiel : Cahors." in said(session(mode="in-person", place="Cahors"))
    assert "En présentiel et en ligne." in said(session(mode="hybrid"))
    assert "Dans le cadre de l’événement « 24 h des villes »." in said(session(**{"parent-event": "24 h des villes"}))


def test_inner_quotation_marks_are_of_the_second_level() -> None:
    event = "Semaine de « la ville »"
    assert "Dans le cadre de la « Semaine de “la ville” »." in said(session(**{"parent-event": event}))


@pytest.mark.parametrize("place", ["Bordeaux", None])
def test_the_place_of_what_is_online_is_not_told(place: str | None) -> None:
    found = said(session() | ({"place": place} if place else {}))
    assert "Bordeaux" not in found
    assert "présentiel" not in found


def test_an_event_without_place_makes_the_cycle_one_of_events() -> None:
    assert "## Programme des webinaires" in said(session())
    assert "## Programme des rendez-vous" in said(session(), session(id="b", mode="in-person"))


def test_hours_elsewhere_name_the_day_where_it_changes() -> None:
    found = text(made(busy()))
    assert "Les heures sont celles de Paris, suivies de l’heure locale d’autres lieux." in found
    assert "\n\nNouméa : 08h00 (mardi 3 novembre) à 12h00 ; Guadeloupe : 17h00 à 21h00\n\n" in found
    assert (
        found.count("Nouméa") == 3
    )  # what was given up has no hours, nor has a session of whole days; one is told twice
    assert "heure locale" not in said(session())
    assert "heure locale" not in said(session(), cycle={"also-show": ["Europe/Paris"]})


def test_provisional_hours_say_so() -> None:
    provisional = {"times-provisional": True}
    assert "Les horaires sont à confirmer." in said(session(), cycle=provisional)
    assert "confirmer" not in said(session())
    assert "confirmer" not in said(session(start="2026-10-26", end="2026-10-26"), cycle=provisional)
    assert "confirmer" not in said(session(status="postponed"), cycle=provisional)
    over = session(start="2026-09-28T14:00", end="2026-09-28T16:00")
    assert "confirmer" not in said(over, cycle=provisional)
    assert "Les horaires sont à confirmer." in said(over, session(id="x"), cycle=provisional)


def test_links_say_where_they_lead() -> None:
    found = text(made(busy()))
    for link in (
        "[S’inscrire : La nuit](https://example.org/register)",
        "[En savoir plus : Peut-être](https://example.org/maybe)",
        "[Revoir : Peut-être](https://example.org/watch)",
        "[Présentation : Peut-être](https://example.org/slides)",
        "[Le livret](https://example.org/booklet)",
        "[En savoir plus : Les webinaires du guide](https://example.org/cycle)",
        "[Le plan d’accès](https://example.org/map)",
    ):
        assert link in found, link
    assert "example.org/channel" not in found
    assert "Compte rendu" not in found


def test_nobody_registers_for_what_is_over_or_given_up() -> None:
    form = {"registration": {"url": "https://example.org/register"}}
    assert "S’inscrire" in text(made(cycle(session(**form)), issued=date(2026, 10, 26)))
    assert "S’inscrire" not in text(made(cycle(session(**form)), issued=date(2026, 10, 27)))
    assert "S’inscrire" not in said(session(**form, status="cancelled"))


def test_the_release_gives_title_place_label_contact_and_related_sessions() -> None:
    whole = busy()
    document = made(whole)
    assert title(document) == "Le programme de l’automne"
    assert "\n\nLyon, jeudi 1er octobre 2026\n\n**PROGRAMME**\n\n" in text(document)
    assert "## À noter aussi\n\n**Le lundi 26 octobre 2026 de 14h00 à 16h00 (à confirmer)**" in text(document)
    secretariat = {"id": "desk", "name": "Secrétariat", "phone": "01 99 00 12 34"}
    release = {"kind": "programme", "contact": "desk"}
    found = said(session(), contact=[secretariat], release=[release])
    assert "## Informations\n\n**Secrétariat**\\\n01 99 00 12 34\n" in found
    assert "## Informations\n\n**Délégation d’exemple (DEX)**" in said(session(), contact=[secretariat])


def test_what_a_cycle_does_not_have_leaves_no_gap() -> None:
    assert headings(made(cycle())) == ["## Informations"]
    assert headings(made(cycle(session()))) == ["## Programme des webinaires", "## Informations"]
    joining = cycle(session(), cycle={"joining": "Le lien vous sera **envoyé**."})
    assert text(made(joining)).endswith("## Inscriptions\n\nLe lien vous sera **envoyé**.\n")


def test_links_with_a_sentence_keep_their_place() -> None:
    assert (
        "→ [Organigramme](https://example.org/chart)\n\nNos équipes sont dans l’annuaire.\n\n→ Annuaire\n\n## Inscr"
        in text(made(busy()))
    )


def test_a_join_link_is_never_told() -> None:
    join = {"platform": "zoom", "url": "https://example.org/j/123456789"}
    assert "123456789" in said(session(url=join["url"]))
    assert "123456789" not in said(session(join=join))


def test_own_wording_is_used() -> None:
    found = said(session(), texts={"fr": {"document.programme.sessions": "Notre saison"}})
    assert "## Notre saison" in found
