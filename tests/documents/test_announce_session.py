"""The announcement of a session: its date set apart, what happens, for whom, how to register, who answers."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from tests.documents.announced import assert_sound, body, headings, text, title
from tests.documents.noted import DAY, cycle, real
from tests.documents.noted import session as one
from tests.golden import assert_golden
from webcycle.documents import markdown
from webcycle.documents.announce import session, told
from webcycle.documents.blocks import Document, Inline
from webcycle.documents.inline import rich
from webcycle.documents.voice import Voice
from webcycle.errors import Language
from webcycle.programme import Programme

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def of(whole: Programme, lang: Language = "fr", issued: date = DAY) -> Document:
    document = session.build(whole, whole.sessions[0], Voice.of_programme(whole, lang), issued)
    assert_sound(document)
    return document


def made(*, lang: Language = "fr", issued: date = DAY, tables: dict[str, Any] | None = None, **keys: Any) -> Document:
    return of(cycle(one(**keys), lang=lang, **(tables or {})), lang, issued)


def said(**keys: Any) -> str:
    return body(made(**keys))


def busy() -> Programme:
    """An announcement with everything that one can have."""
    announced = one(
        title="La « ville »",
        introduction="Les villes **changent**.\n\nIl faut en parler.",
        note="Séance du dispositif conjoint.",
        invitation="Venez en parler avec nous :",
        audience="les élus",
        mode="hybrid",
        place="Bordeaux",
        partners=["Agence des villes"],
        agenda=[
            {
                "start": time(14),
                "end": time(15, 30),
                "title": "Ce qui *change*",
                "speakers": ["Mme Anne Martin", "élus"],
            },
            {"start": time(15, 30), "end": time(16), "title": "Vos questions"},
        ],
        speakers=[
            {"name": "Anne Martin", "role": "directrice", "organisation": "Ville d'Exemple"},
            {"name": "Luc Petit"},
        ],
        registration={
            "url": "https://example.org/register",
            "email": "inscription@example.org",
            "contact": "desk",
            "deadline": date(2026, 10, 20),
            "details-sent": date(2026, 10, 26),
            "details-sent-part": "morning",
            "capacity": 1500,
        },
        contact="desk",
        url="https://example.org/session",
        documents=[{"kind": "slides", "url": "https://example.org/slides"}],
        join={"platform": "zoom", "url": "https://example.org/j/123456789"},
        **{"questions-to": {"label": "le compte du cycle", "url": "https://example.org/account"}},
    )
    return cycle(
        announced,
        one(id="other", title="L'autre", mode="in-person"),
        contact=[{"id": "desk", "name": "Secrétariat", "phone": "01 99 00 12 34"}],
        cycle={"also-show": ["Pacific/Noumea"], "times-provisional": True},
        release=[
            {
                "kind": "session",
                "session": "sante",
                "related": ["other"],
                "links": [{"title": "Le plan d'accès", "url": "https://example.org/map"}],
            }
        ],
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_announcement_of_2020_is_as_it_was_read(lang: Language) -> None:
    document = of(real("covid-19-2020"), lang, date(2020, 5, 12))
    assert_golden(GOLDEN / f"announce-session.{lang}.md", markdown.render(document))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_announcement_with_everything_is_as_it_was_read(lang: Language) -> None:
    found = markdown.render(of(busy(), lang))
    assert_golden(GOLDEN / f"announce-session-full.{lang}.md", found)
    assert "123456789" not in found


# ---- the title and the date


@pytest.mark.parametrize(
    ("keys", "french", "english"),
    [
        ({}, "Webinaire du 26 octobre : « La santé »", "Webinar on 26 October: “La santé”"),
        ({"mode": "in-person"}, "Rendez-vous du 26 octobre : « La santé »", "Event on 26 October: “La santé”"),
        (
            {"start": "2027-03-01", "end": "2027-03-01"},
            "Webinaire du 1er mars 2027 : « La santé »",
            "Webinar on 1 March 2027: “La santé”",
        ),
        (
            {"start": "2026-10-26", "end": "2026-10-28"},
            "Webinaire du 26 au 28 octobre : « La santé »",
            "Webinar, 26 to 28 October: “La santé”",
        ),
        (
            {"start": "2026-12-31T22:00", "end": "2027-01-01T00:00"},
            "Webinaire du 31 décembre 2026 : « La santé »",
            "Webinar on 31 December 2026: “La santé”",
        ),
        ({"status": "postponed"}, "Webinaire reporté : « La santé »", "Webinar postponed: “La santé”"),
        ({"status": "cancelled", "start": None}, "Webinaire annulé : « La santé »", "Webinar cancelled: “La santé”"),
    ],
)
def test_the_title_says_what_and_when(keys: dict[str, Any], french: str, english: str) -> None:
    assert title(made(**keys)) == french
    # The author's words are in the language of the cycle.
    assert title(of(cycle(one(**keys)), "en")) == english


def test_inner_quotation_marks_are_of_the_second_level() -> None:
    assert title(made(title="La « ville »")) == "Webinaire du 26 octobre : « La “ville” »"
    assert title(made(title="The “city”", lang="en")) == "Webinar on 26 October: “The ‘city’”"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, "> **Le lundi 26 octobre de 14h00 à 16h00**\n"),
        ({"status": "tentative"}, "> **Le lundi 26 octobre de 14h00 à 16h00 (à confirmer)**\n"),
        ({"start": "2027-01-05", "end": "2027-01-05"}, "> **Le mardi 5 janvier 2027**\n"),
        ({"start": "2026-11-02", "end": "2026-11-03"}, "> **Du 2 au 3 novembre**\n"),
        (
            {"start": "2026-11-02T22:00", "end": "2026-11-03T02:00"},
            "> **Du lundi 2 novembre à 22h00 au mardi 3 novembre à 02h00**\n",
        ),
        (
            {"moved_from": ["2026-10-05"], "reason": "contexte sanitaire"},
            "> **Le lundi 26 octobre de 14h00 à 16h00**\n>\n> Initialement prévu le lundi 5 octobre 2026. "
            "Motif : contexte sanitaire.\n",
        ),
        (
            {"status": "postponed", "reason": "La salle n'est pas libre !"},
            "> **Reporté à une date ultérieure**\n>\n> Initialement prévu le lundi 26 octobre 2026 à 14h00. "
            "Motif : La salle n’est pas libre !\n",
        ),
        ({"status": "cancelled"}, "> **Annulé : le lundi 26 octobre 2026 de 14h00 à 16h00**\n"),
        ({"status": "cancelled", "start": None}, "> **Annulé**\n"),
    ],
)
def test_the_date_stands_apart(keys: dict[str, Any], expected: str) -> None:
    assert expected in said(**keys) + "\n"


def test_hours_elsewhere_stand_with_the_date_the_own_ones_first() -> None:
    beside = {"cycle": {"also-show": ["Pacific/Noumea", "America/Guadeloupe"]}}
    assert (
        "> À l’heure locale :\\\n> Paris : 14h00 à 16h00\\\n> Nouméa : 00h00 (mardi 27 octobre) à 02h00\\\n"
        "> Guadeloupe : 09h00 à 11h00\n" in said(tables=beside) + "\n"
    )
    for keys in ({"start": "2026-10-26", "end": "2026-10-26"}, {"status": "postponed"}, {"issued": date(2026, 10, 27)}):
        assert "heure locale" not in said(tables=beside, **keys)
    assert "heure locale" not in said()


def test_provisional_hours_say_so() -> None:
    provisional = {"cycle": {"times-provisional": True}}
    assert "> Les horaires sont à confirmer." in said(tables=provisional)
    for keys in ({"start": "2026-10-26", "end": "2026-10-26"}, {"status": "cancelled"}, {"issued": date(2026, 10, 27)}):
        assert "horaires" not in said(tables=provisional, **keys)


def test_what_is_over_invites_nobody_and_says_so() -> None:
    keys = {"invitation": "Venez !", "registration": {"url": "https://example.org/r"}, "audience": "les élus"}
    assert "Venez !" in said(**keys, issued=date(2026, 10, 26))
    over = said(**keys, issued=date(2026, 10, 27))
    assert "> Ce webinaire a eu lieu." in over
    assert "Venez" not in over
    assert "Pour participer" not in over
    assert "a eu lieu" not in said(**keys, status="tentative", issued=date(2026, 10, 27))


def test_what_is_given_up_invites_nobody_and_has_no_agenda() -> None:
    keys = {
        "invitation": "Venez !",
        "introduction": "Les villes changent.",
        "agenda": [{"start": time(14), "end": time(15), "title": "Accueil"}],
        "registration": {"email": "i@example.org"},
    }
    assert "Accueil" in said(**keys)
    found = said(**keys, status="postponed")
    assert found.startswith("> **Reporté")
    assert "Les villes changent." in found
    assert not [word for word in ("Venez", "Accueil", "participer") if word in found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (rich("ce webinaire"), rich("Ce webinaire")),
        (rich("**le *guide***, ici"), rich("**Le *guide***, ici")),
        (rich("la ville", "fr"), rich("La ville", "fr")),
        (rich("`code` d'abord"), rich("`code` d'abord")),
        ((), ()),
    ],
)
def test_a_sentence_begins_with_a_capital_inside_what_it_begins_with(words: Inline, expected: Inline) -> None:
    assert told.capitalised(words) == expected


# ---- taking part


def part(**keys: Any) -> str:
    return said(**keys).partition("## Pour participer\n\n")[2].rstrip("\n")


@pytest.mark.parametrize(
    ("registration", "expected"),
    [
        ({"url": "https://example.org/r"}, "avec [le formulaire d’inscription en ligne](https://example.org/r)."),
        ({"email": "i@example.org"}, "par courriel à <i@example.org>."),
        ({"contact": "mail"}, "par courriel à <mail@example.org> (Accueil)."),
        ({"contact": "mail", "email": "i@example.org"}, "par courriel à <i@example.org> (Accueil)."),
        ({"contact": "phone"}, "par téléphone au 01 99 00 12 34 (Secrétariat)."),
        ({"contact": "bare"}, "auprès du contact suivant : Mairie."),
        ({"email": "i@example.org", "deadline": date(2026, 10, 20)}, "à <i@example.org>, avant le mardi 20 octobre."),
        ({"email": "i@example.org", "deadline": date(2027, 1, 5)}, "à <i@example.org>, avant le mardi 5 janvier 2027."),
        (
            {"url": "https://example.org/r", "contact": "phone"},
            "(https://example.org/r) ou par téléphone au 01 99 00 12 34 (Secrétariat).",
        ),
        ({"deadline": date(2026, 10, 20)}, "inscrivez-vous avant le mardi 20 octobre."),
        ({"email": "i@example.org", "capacity": 1500}, "Le nombre de places est limité à 1 500."),
    ],
)
def test_how_to_register(registration: dict[str, Any], expected: str) -> None:
    contacts = [
        {"id": "mail", "name": "Accueil", "email": "mail@example.org"},
        {"id": "phone", "name": "Secrétariat", "phone": "01 99 00 12 34"},
        {"id": "bare", "name": "Mairie"},
        {"name": "Sans identifiant", "email": "none@example.org"},
    ]
    found = part(registration=registration, tables={"contact": contacts})
    assert found.startswith("Si vous souhaitez participer, inscrivez-vous ")
    assert found.endswith(expected)
    assert "none@example.org" not in found


def test_without_a_way_of_its_own_one_registers_with_the_cycle() -> None:
    links = {"link": [{"kind": "registration", "title": "Inscriptions en ligne", "url": "https://example.org/all"}]}
    assert part(tables=links) == "→ [Inscriptions en ligne](https://example.org/all)"
    assert "example.org/all" not in part(tables=links, registration={"email": "i@example.org"})


def test_after_the_deadline_registration_is_closed() -> None:
    keys = {"registration": {"email": "i@example.org", "deadline": date(2026, 10, 20), "capacity": 30}}
    links = {"link": [{"kind": "registration", "title": "Inscriptions en ligne", "url": "https://example.org/all"}]}
    assert "i@example.org" in part(**keys, issued=date(2026, 10, 20))
    assert part(**keys, tables=links, issued=date(2026, 10, 21)) == "Les inscriptions sont closes."


@pytest.mark.parametrize(
    ("sent", "mode", "expected"),
    [
        ({"details-sent": date(2026, 10, 26)}, "online", "les informations de connexion le lundi 26 octobre."),
        (
            {"details-sent": date(2026, 10, 26), "details-sent-part": "morning"},
            "online",
            "les informations de connexion le lundi 26 octobre au matin.",
        ),
        (
            {"details-sent": date(2026, 10, 25), "details-sent-part": "evening"},
            "in-person",
            "les informations pratiques le dimanche 25 octobre dans la soirée.",
        ),
        (
            {"details-sent": date(2026, 10, 25), "details-sent-part": "afternoon"},
            "hybrid",
            "les informations pratiques et de connexion le dimanche 25 octobre dans l’après-midi.",
        ),
    ],
)
def test_when_the_details_are_sent(sent: dict[str, Any], mode: str, expected: str) -> None:
    assert part(registration=sent, mode=mode) == f"Vous recevrez {expected}"
    assert part(registration=sent, mode=mode, issued=date(2026, 10, 26)) in ("", f"Vous recevrez {expected}")


def test_details_at_an_hour_and_details_already_sent() -> None:
    whole = cycle(one(registration={"details-sent": one(start="2026-10-25T09:00")["start"]}))
    assert "le dimanche 25 octobre à 09h00." in body(of(whole))
    assert "Vous recevrez" not in body(of(whole, issued=date(2026, 10, 26)))


def test_the_joining_text_of_the_cycle_stands_in_for_the_details() -> None:
    tables = {"cycle": {"joining": "Le lien vous sera envoyé."}}
    assert part(tables=tables) == "Le lien vous sera envoyé."
    assert part(tables=tables, mode="in-person") == ""
    assert "Le lien" not in part(tables=tables, registration={"details-sent": date(2026, 10, 26)})


@pytest.mark.parametrize(
    ("session_audience", "cycle_audience", "expected"),
    [
        ("les élus", None, "Ce webinaire s’adresse en priorité aux élus."),
        ("les élus", "le public", "Ce webinaire s’adresse en priorité aux élus."),
        (None, "le public", "Ce webinaire s’adresse au public."),
        (None, "l'Association des maires", "Ce webinaire s’adresse à l’Association des maires."),
    ],
)
def test_whom_it_addresses(session_audience: str | None, cycle_audience: str | None, expected: str) -> None:
    keys = {"audience": session_audience} if session_audience else {}
    tables = {"cycle": {"audience": cycle_audience}} if cycle_audience else {}
    assert part(tables=tables, **keys) == expected


def test_questions_can_be_put_in_advance() -> None:
    channel = {"label": "le compte du cycle", "url": "https://example.org/account"}
    link = "[le compte du cycle](https://example.org/account)"
    assert part(**{"questions-to": channel}) == f"Pour poser vos questions à l’avance : {link}."


# ---- what happens, and where to look


def test_an_agenda_names_who_speaks() -> None:
    agenda = [
        {"start": time(9), "end": time(9, 30), "title": "Accueil", "speakers": ["le maire", "Agence des villes"]},
        {"start": time(9, 30), "end": time(10), "title": "Échanges"},
    ]
    assert (
        "## Programme\n\n- **09h00-09h30** : Accueil\\\n  Intervention du maire et de l’Agence des villes\n"
        "- **09h30-10h00** : Échanges" in said(agenda=agenda)
    )
    assert "**09:00–09:30**: Accueil\\\n  With le maire" in said(agenda=agenda, lang="en")


@pytest.mark.parametrize(
    ("keys", "heading"),
    [
        ({"recording": {"url": "https://example.org/v"}}, "## Vidéo"),
        ({"documents": [{"kind": "slides", "url": "https://example.org/s"}]}, "## Documents"),
        (
            {
                "recording": {"url": "https://example.org/v"},
                "documents": [{"kind": "slides", "url": "https://example.org/s"}],
            },
            "## Vidéo et documents",
        ),
    ],
)
def test_the_heading_names_what_is_there(keys: dict[str, Any], heading: str) -> None:
    assert headings(made(**keys)) == [heading, "## Contact"]


def test_what_a_session_does_not_have_leaves_no_gap() -> None:
    assert headings(made()) == ["## Contact"]
    assert said() == "> **Le lundi 26 octobre de 14h00 à 16h00**\n"
    assert headings(made(documents=[{"kind": "slides"}])) == ["## Contact"]


# ---- the release


def test_the_release_gives_title_place_label_contact_links_and_related_sessions() -> None:
    release = {
        "kind": "session",
        "session": "sante",
        "title": "Parlons santé",
        "label": "INVITATION",
        "place": "Lyon",
        "contact": "desk",
        "links": [{"title": "Une carte", "url": "https://example.org/map"}],
    }
    contacts = [{"id": "desk", "name": "Secrétariat"}, {"id": "mine", "name": "Accueil"}]
    document = made(contact="mine", tables={"release": [release], "contact": contacts})
    found = text(document)
    assert title(document) == "Parlons santé"
    assert "Lyon, jeudi 1er octobre 2026\n\n**INVITATION**" in found
    assert "\n\n→ [Une carte](https://example.org/map)\n\n## Contact\n\n**Secrétariat**" in found
    other = made(contact="mine", tables={"release": [release | {"session": "other"}], "contact": contacts})
    assert title(other) == "Webinaire du 26 octobre : « La santé »"
    assert "**Accueil**" in text(other)
    assert "## À noter aussi\n\n**Le lundi 26 octobre 2026 de 14h00 à 16h00**\n\n**L’autre**" in text(of(busy()))
    assert "## Pour aller plus loin\n\n→ [Le plan d’accès]" in text(of(busy()))
