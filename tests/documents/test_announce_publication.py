"""The communiqué of a publication: who publishes it and why, what is in it, where it can be had."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.documents.announced import assert_sound, body, headings, text, title
from tests.documents.noted import DAY, cycle, real, session
from tests.golden import assert_golden
from webcycle.documents import markdown
from webcycle.documents.announce import publication
from webcycle.documents.blocks import Document
from webcycle.documents.voice import Voice
from webcycle.errors import Language
from webcycle.programme import Programme

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def of(whole: Programme, lang: Language = "fr", issued: date = DAY) -> Document:
    document = publication.build(whole, whole.resources[0], Voice.of_programme(whole, lang), issued)
    assert_sound(document)
    return document


def made(*, lang: Language = "fr", release: dict[str, Any] | None = None, **keys: Any) -> Document:
    resource = {
        "kind": "guide",
        "id": "guide",
        "title": "Le guide des villes",
        **{k.replace("_", "-"): keys[k] for k in keys},
    }
    tables = {"release": [release]} if release else {}
    return of(cycle(session(), lang=lang, resource=[resource], **tables), lang)


def said(**keys: Any) -> str:
    return body(made(**keys)).rstrip("\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_communique_of_2020_is_as_it_was_read(lang: Language) -> None:
    document = of(real("guide-2020-2021"), lang, date(2020, 9, 28))
    assert_golden(GOLDEN / f"announce-publication.{lang}.md", markdown.render(document))


@pytest.mark.parametrize(
    ("name", "lang", "expected"),
    [
        ("Le guide des villes", "fr", "Publication du guide des villes"),
        ("Les cahiers de la ville", "fr", "Publication des cahiers de la ville"),
        ("La synthèse", "fr", "Publication de la synthèse"),
        ("L'atlas", "fr", "Publication de l’atlas"),
        ("Atlas des villes", "fr", "Publication d’Atlas des villes"),
        ("The guide", "en", "Publication of the guide"),
        ("Guide to cities", "en", "Publication of Guide to cities"),
    ],
)
def test_the_title_is_made_from_that_of_the_publication(name: str, lang: Language, expected: str) -> None:
    assert title(made(title=name, lang=lang)) == expected


def test_a_title_in_the_other_language_keeps_its_words() -> None:
    whole = cycle(resource=[{"kind": "guide", "id": "guide", "title": "Le guide des villes"}])
    assert title(of(whole, "en")) == "Publication of Le guide des villes"


NEED, PURPOSE = {"need": "répondre aux élus"}, {"purpose": "offrir des repères"}
BY, UNDER = {"publisher": "la Délégation d'exemple"}, {"aegis": "le ministère"}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, "Nouvelle publication : **le guide des villes**."),
        (BY, "La Délégation d’exemple publie **le guide des villes**."),
        (NEED, "Pour répondre aux élus, une nouvelle publication voit le jour : **le guide des villes**."),
        (NEED | BY, "Pour répondre aux élus, la Délégation d’exemple publie **le guide des villes**."),
        ({"publisher": "les Amis de l'eau"}, "Nouvelle publication des Amis de l’eau : **le guide des villes**."),
        (
            NEED | {"publisher": "Les Amis de l'eau"},
            "Pour répondre aux élus, une nouvelle publication des Amis de l’eau voit le jour : "
            "**le guide des villes**.",
        ),
        (UNDER, "Cette publication a été élaborée sous l’égide du ministère."),
        (PURPOSE, "Cette publication a été élaborée en vue d’offrir des repères."),
        (UNDER | PURPOSE, "Cette publication a été élaborée sous l’égide du ministère en vue d’offrir des repères."),
    ],
)
def test_who_publishes_it_and_why(keys: dict[str, Any], expected: str) -> None:
    assert expected in said(**keys)


def test_a_sentence_begins_with_a_capital_in_either_language() -> None:
    resource = {"kind": "guide", "id": "guide", "title": "Le guide des villes", **BY}
    whole = cycle(resource=[resource])
    assert body(of(whole, "en")).startswith("La Délégation d’exemple publishes **Le guide des villes**.")


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (date(2026, 10, 1), ""),
        ("2026-10", ""),
        ("2026-09", " Date de parution : septembre 2026."),
        (date(2026, 10, 5), " Date de parution : 5 octobre 2026."),
    ],
)
def test_its_date_is_told_where_it_is_not_that_of_the_communique(when: Any, told: str) -> None:
    assert said(date=when) == f"Nouvelle publication : **le guide des villes**.{told}"


def test_where_it_was_and_will_be_presented() -> None:
    before = {"event": "Salon des maires", "date": date(2026, 9, 21), "until": date(2026, 9, 22)}
    after = {"event": "Rencontres des villes", "date": date(2026, 11, 3)}
    found = said(presented_at=[before, after])
    assert "Cette publication a été présentée lors du Salon des maires du 21 au 22 septembre 2026." in found
    assert "Cette publication sera présentée lors des Rencontres des villes le mardi 3 novembre 2026." in found


def test_events_whose_article_is_not_known_are_listed() -> None:
    events = [
        {"event": "Salon des maires", "date": date(2026, 9, 21)},
        {"event": "Cités 2026", "date": date(2026, 9, 22)},
    ]
    assert said(presented_at=events).endswith(
        "Cette publication a été présentée aux rendez-vous suivants :\n\n"
        "- Salon des maires, le lundi 21 septembre 2026 ;\n- Cités 2026, le mardi 22 septembre 2026."
    )
    assert "au rendez-vous suivant :\n\n- Cités 2026, le mardi 22 septembre 2026." in said(presented_at=events[1:])


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"free": True}, "Cette publication est disponible gratuitement."),
        ({"free": False}, "Nouvelle publication : **le guide des villes**."),
        ({"collection": ["le guide", "l'atlas"]}, "L’ensemble de la collection (le guide et l’atlas) est disponible."),
        (
            {"collection": ["le guide", "l'atlas"], "free": True},
            "L’ensemble de la collection (le guide et l’atlas) est disponible gratuitement.",
        ),
        ({"formats": ["PDF"]}, "→ Télécharger le guide des villes (PDF)"),
        ({"formats": ["PDF", "papier"]}, "→ Se procurer le guide des villes (PDF, papier)"),
        (
            {"formats": ["pdf", "EPUB"], "url": "https://example.org/guide"},
            "→ [Télécharger le guide des villes (pdf, EPUB)](https://example.org/guide)",
        ),
        ({"url": "https://example.org/guide"}, "→ [Consulter le guide des villes](https://example.org/guide)"),
    ],
)
def test_where_it_can_be_had(keys: dict[str, Any], expected: str) -> None:
    assert said(**keys).endswith(expected)


def test_its_parts_are_numbered() -> None:
    found = said(
        introduction="Il a **deux** parties :", parts=["La *première*.", "La seconde."], context="Tout change."
    )
    assert found.endswith("Il a **deux** parties :\n\n1. La _première_.\n2. La seconde.\n\nTout change.")


def test_the_release_gives_title_place_label_contact_links_and_related_sessions() -> None:
    release = {
        "kind": "publication",
        "title": "Il est là !",
        "label": "PARUTION",
        "place": "Lyon",
        "related": ["sante"],
        "links": [{"title": "Une carte"}, {"title": "Un plan", "text": "Pour venir :"}],
    }
    document = made(release=release)
    assert title(document) == "Il est là !"
    assert "Lyon, jeudi 1er octobre 2026\n\n**PARUTION**" in text(document)
    assert headings(document) == ["## À noter aussi", "## Pour aller plus loin", "## Contact"]
    assert "**La santé**" in body(document)
    assert body(document).endswith("→ Une carte\n\nPour venir :\n\n→ Un plan\n")
    assert title(made(release=release | {"resource": "another"})) == "Publication du guide des villes"


def test_what_it_does_not_have_leaves_no_gap() -> None:
    assert said() == "Nouvelle publication : **le guide des villes**."
    assert headings(made()) == ["## Contact"]
