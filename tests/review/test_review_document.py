"""The review as a document: all that the communiqué of 27 April 2021 says, and what it lacks."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.golden import assert_golden
from tests.review.test_review import DATA, NOW, made, session
from webcycle.documents import html, markdown
from webcycle.documents import review as builder
from webcycle.documents.review import LEVELS, Level
from webcycle.errors import Language
from webcycle.programme import Programme
from webcycle.review import review
from webcycle.values import Text

HERE = Path(__file__).parent
LANGUAGES: tuple[Language, ...] = ("fr", "en")
# What the communiqué says, in its own words but for typography; its links lead nowhere in the source.
COMMUNIQUE = (
    "Paris, mardi 27 avril 2021",
    "COMMUNIQUÉ",
    "Bilan du 1er cycle des « webinaires du guide opérationnel de la coopération décentralisée »",
    "occasion de la publication du guide opérationnel de la coopération décentralisée par la DAECT",
    "un cycle de 10 webinaires a été proposé aux collectivités pour approfondir les sujets qui y sont présentés",
    "Abordant des thématiques, des géographies ou des dispositifs d’accompagnement des collectivités dans leur "
    "engagement à l’international",
    "leur objectif était de proposer des exemples et des projets concrets",
    "de partager l’expérience terrain des différents acteurs de l’AECT",
    "Axe géographique : le Maroc, le Sénégal, l’Afrique anglophone et l’action extérieure des collectivités françaises "
    "des Amériques",
    "Axe thématique : l’égalité entre les femmes et les hommes, la santé, le sport et la coopération pour la jeunesse "
    "en temps de COVID-19",
    "Dispositifs : les appels à projets de la DAECT et le programme EXPE-CT de valorisation de l’expertise des "
    "collectivités territoriales dans le cadre de la coopération décentralisée",
    "l’ensemble de la documentation des webinaires (présentations, comptes rendus, contacts) sur France Diplomatie",
    "Revoir l’ensemble des webinaires sur la chaîne YouTube de la DAECT",
    "Plus de 1 500 participants ont suivi les webinaires en direct",
    "visionnées depuis plus de 3 600 fois",
    "Ces chiffres témoignent de l’intérêt des collectivités et de leurs partenaires pour ce format et pour les sujets "
    "traités",
    "dans le contexte sanitaire actuel",
    "de maintenir le lien entre les partenaires",
    "d’échanger sur des nouveaux sujets ou de nouvelles modalités",
    "d’informer notamment les nouveaux (nouvelles) élu(e)s et nouvelles équipes ayant pris leurs fonctions en 2020",
    "continuera d’être décliné via de nouveaux séminaires en ligne que nous vous proposerons prochainement",
    "Délégation pour l’action extérieure des collectivités territoriales (DAECT)",
    "57, boulevard des Invalides, 75007 PARIS",
    "01 43 17 62 64",
    "secretariat.dgm-aect@diplomatie.gouv.fr",
)
# What it lacks: each session with its day and hours.
PROGRAMME = (
    "lundi 26 octobre 2020 de 14h00 à 16h00",
    "mercredi 18 novembre 2020 de 10h00 à 12h30",
    "mercredi 2 décembre 2020 de 10h00 à 12h30",
    "mercredi 9 décembre 2020 de 10h00 à 12h30",
    "mercredi 16 décembre 2020 de 10h00 à 12h30",
    "mercredi 13 janvier 2021 de 10h00 à 12h30",
    "mercredi 20 janvier 2021 de 10h00 à 12h30",
    "mercredi 27 janvier 2021 de 10h00 à 12h30",
    "mercredi 3 février 2021 de 10h00 à 12h30",
    "mercredi 17 février 2021 de 10h00 à 12h30",
)


def rendered(cycle: str, lang: Language, level: Level = "full") -> tuple[str, str]:
    programme = Programme.model_validate(tomllib.loads((DATA / cycle / "cycle.toml").read_text("utf-8")))
    document = builder.build(review(programme, NOW), lang, level)
    return markdown.render(document), html.render(document)


def words(text: str) -> str:
    """The words of Markdown or HTML, one ordinary space between them."""
    text = re.sub(r"<([^<>@ ]+@[^<>@ ]+)>", r"\1", text)
    text = re.sub(r"(?s)<style.*?</style>|<[^>]*>", " ", re.sub(r"</?(?:strong|em|sup|span)[^>]*>", "", text))
    return " ".join(re.sub(r"[*\\|_]", " ", text.replace("**", "")).split())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cycle", ["guide-2020-2021", "covid-19-2020", "amerique-latine-2021"])
def test_the_review_of_each_real_cycle_is_as_it_was_read(cycle: str, lang: Language) -> None:
    text, page = rendered(cycle, lang)
    assert_golden(HERE / f"{cycle}.{lang}.md", text)
    assert_golden(HERE / f"{cycle}.{lang}.html", page[page.index("<body") :])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS[:-1])
def test_the_shorter_reviews_are_as_they_were_read(level: Level, lang: Language) -> None:
    text, page = rendered("guide-2020-2021", lang, level)
    assert_golden(HERE / f"guide-2020-2021.{level}.{lang}.md", text)
    assert_golden(HERE / f"guide-2020-2021.{level}.{lang}.html", page[page.index("<body") :])


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_says_all_that_the_communique_says(level: Level) -> None:
    found = words(rendered("guide-2020-2021", "fr", level)[0])
    assert [said for said in COMMUNIQUE if said not in found] == []


@pytest.mark.parametrize("number", [0, 1], ids=["markdown", "html"])
def test_it_says_all_that_the_communique_says_and_what_it_lacks(number: int) -> None:
    found = words(rendered("guide-2020-2021", "fr")[number])
    assert [said for said in (*COMMUNIQUE, *PROGRAMME) if said not in found] == []


def test_it_says_where_figures_come_from_and_what_is_missing() -> None:
    found = words(rendered("guide-2020-2021", "fr")[0])
    for said in (
        "annoncé publiquement : communiqué du 27 avril 2021",
        "communiqué du 27 avril 2021 : vérifié",
        "communiqué du 27 avril 2021 : non vérifiable, aucune donnée",
        "Ce qui manque",
        "Participation, par séance : toutes les séances tenues",
    ):
        assert said in found


def test_french_typography_is_right() -> None:
    text = rendered("guide-2020-2021", "fr")[0]
    assert "1\u202f500" in text
    assert "«\u00a0webinaires" in text
    assert "Axe géographique**\u00a0:" in text
    assert "partenaires\u202f;" in text
    assert "'" not in text
    page = rendered("guide-2020-2021", "fr")[1]
    assert "1<sup>er</sup>" in page


def test_the_words_of_the_author_are_marked_in_the_other_language() -> None:
    page = rendered("guide-2020-2021", "en")[1]
    assert '<html lang="en' in page
    assert '<span lang="fr">' in page or 'lang="fr"' in page
    assert 'lang="fr"' not in rendered("guide-2020-2021", "fr")[1].replace('<html lang="fr"', "")


def test_a_moved_session_tells_from_when_and_why() -> None:
    found = words(rendered("amerique-latine-2021", "fr")[0])
    assert "mardi 19 octobre 2021" in found
    assert "reportée du 8 juin 2021 (contexte sanitaire)" in found


def test_what_happens_in_one_place_is_not_called_a_webinar() -> None:
    assert "Un cycle de 2 rendez-vous" in words(rendered("amerique-latine-2021", "fr")[0])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_programme_with_everything_absent_still_makes_a_review(lang: Language) -> None:
    document = builder.build(made(), lang)
    assert "Office" in markdown.render(document)
    assert html.render(document).startswith("<!doctype html>")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_programme_with_everything_present_makes_a_review_too(lang: Language) -> None:
    full = """
short-title = "one"
axis = "a"
status = "confirmed"
moved-from = [2022-12-25T10:00:00]
reason = "a strike"
highlights = ["*three* new partners"]
documents = [
  { kind = "slides", url = "https://example.org/slides" },
  { kind = "minutes", title = "Our minutes", url = "https://example.org/minutes" },
  { kind = "contacts" },
]
recording = { url = "https://example.org/watch" }
stated = { registered = 90, participants = 45, views = 12, source = "head count" }
"""
    more = """
[[axis]]
id = "a"
title = "Axis"
summary = "all of **it**"
[[contact]]
id = "desk"
name = "The desk"
role = "Press"
email = "desk@example.org"
[[release]]
kind = "review"
date = 2023-05-01
title = "Our review"
label = "NEWS"
place = "Lyon"
contact = "desk"
[[link]]
kind = "documents"
title = "All documents"
url = "https://example.org/all"
"""
    found = markdown.render(builder.build(made(more, session(0, full)), lang, "full"))
    for said in (
        "Our review",
        "NEWS",
        "Lyon",
        "all of **it**",
        "The desk",
        "https://example.org/slides",
        "Our minutes",
    ):
        assert said in found
    assert "45" in found
    assert "https://example.org/watch" in found
    assert "three" in found


def test_the_marks_of_an_enumeration_are_set_once() -> None:
    programme = tomllib.loads((DATA / "guide-2020-2021" / "cycle.toml").read_text("utf-8"))
    programme["cycle"]["results"] = ["maintenir le lien.", "échanger, débattre, etc.", "convaincre ;"]
    found = words(markdown.render(builder.build(review(Programme.model_validate(programme), NOW), "fr")))
    assert "- de maintenir le lien ; - d’échanger, débattre, etc. ; - de convaincre. ##" in found
    programme["cycle"]["results"].pop()
    found = words(markdown.render(builder.build(review(Programme.model_validate(programme), NOW), "fr")))
    assert "- d’échanger, débattre, etc. ##" in found


def french(*parts: str, lang: Language = "fr") -> str:
    return words(markdown.render(builder.build(made(*parts), lang)))


def on(number: int, day: str, more: str = "") -> str:
    return session(number, more).replace(f"2023-01-{number + 1:02}", day)


CANCELLED = 'status = "cancelled"\nreason = "x"'
POSTPONED = 'status = "postponed"\nreason = "contexte sanitaire"\nmoved-from = [2022-12-25T10:00:00]'


def test_the_sessions_that_were_not_held_are_not_said_to_have_been() -> None:
    held = (session(0), session(1))
    everything = french(*held)
    assert "Un cycle de 2 webinaires a été proposé. Ils se sont tenus du 1er au 2 janvier 2023." in everything
    some = french(*held, session(2, POSTPONED), session(3, CANCELLED))
    assert "Un cycle de 3 webinaires a été proposé. 2 se sont déjà tenus, du 1er au 2 janvier 2023." in some
    assert "Ils se sont tenus" not in some
    assert "One of them has taken place" in french(session(0), session(2, POSTPONED), lang="en")


@pytest.mark.parametrize(
    ("former", "told"),
    [
        ("2022-12-25T10:00:00", "reportée du 25 décembre 2022 (grève)"),
        ("2023-02-01T10:00:00", "avancée (prévue le 1er février 2023) (grève)"),
        ("2023-01-01T07:00:00", "horaire modifié (grève)"),
    ],
)
def test_the_last_move_is_told_as_it_was(former: str, told: str) -> None:
    assert f"tenue, {told}" in french(session(0, f'moved-from = [{former}]\nreason = "grève"'))


@pytest.mark.parametrize("former", ["", "2023-01-01T10:00:00, 2023-02-01T10:00:00"])
def test_no_move_and_no_reason_is_told_of_a_date_that_stands(former: str) -> None:
    found = french(session(0, f'moved-from = [{former}]\nreason = "grève"'))
    assert "tenue" in found
    assert not any(word in found for word in ("grève", "reportée", "avancée"))


def test_a_cycle_to_come_is_offered_and_one_that_was_given_up_is_not_counted() -> None:
    coming = french(on(0, "2030-01-07"), on(1, "2030-01-08"))
    assert "Un cycle de 2 webinaires est proposé." in coming
    assert "tenus" not in coming.partition("Chiffres clés")[0]
    assert "Un cycle" not in french(session(0, CANCELLED))


def test_a_session_of_several_days_says_when_it_ends_and_one_in_a_place_says_where() -> None:
    long = '[[session]]\nid = "n"\ntitle = "N"\nstart = 2020-11-03T22:00:00\nend = 2020-11-06T02:00:00\n'
    found = french(long + 'mode = "hybrid"\nplace = "Bordeaux"\n')
    assert "du 3 au 6 novembre 2020" in found
    assert "de 22h00 (mardi 3 novembre) à 02h00 (vendredi 6 novembre)" in found
    assert "N (Bordeaux)" in found
    midnight = french(long.replace("2020-11-06T02", "2020-11-04T00"))
    assert "mardi 3 novembre 2020 de 22h00 à 00h00" in midnight


def test_participations_are_not_participants_but_in_the_words_of_a_claim() -> None:
    stated = session(0, 'stated = { participants = 45, source = "head count" }')
    said = '[[claim]]\nfigure = "participations"\nmore-than = 1500\non = 2023-06-01\nsource = "communiqué"\n'
    there = session(1, 'mode = "in-person"\nplace = "Lyon"')
    results = french(stated, there).replace("\u202f", " ")
    assert "45 participations en direct aux webinaires ont été comptées." in french(stated)
    assert "Au moins 45 participations aux rendez-vous ont été comptées." in results
    assert "webinaires" not in results
    assert "participants ont suivi les webinaires en direct." in french(session(0), said)
    assert "participants ont suivi les rendez-vous." in french(session(0), there, said)


def test_what_the_cycle_made_possible_is_said_of_its_sessions() -> None:
    there = session(1, 'mode = "in-person"\nplace = "Lyon"')
    programme = made(session(0), there).programme
    cycle = programme.cycle.model_copy(update={"results": (Text(plain="apprendre"),)})
    document = builder.build(review(programme.model_copy(update={"cycle": cycle}), NOW), "fr")
    assert "Ces rendez-vous ont permis" in words(markdown.render(document))


def test_a_postponed_session_is_not_said_to_be_postponed_twice() -> None:
    found = french(session(0, POSTPONED))
    assert "reportée, date à venir, prévue d’abord le 25 décembre 2022 (contexte sanitaire)" in found
    undated = '[[session]]\nid = "u"\ntitle = "U"\nstatus = "postponed"\nreason = "grève"\n'
    assert "n. d. n. d. U reportée, date à venir (grève) n. d." in french(undated)


def test_the_zone_of_the_hours_is_named_with_its_article() -> None:
    programme = made(session(0)).programme
    cycle = programme.cycle.model_copy(update={"timezone": "Africa/Cairo"})
    found = review(programme.model_copy(update={"cycle": cycle}), NOW)
    assert "Heure du Caire." in words(markdown.render(builder.build(found, "fr")))
    assert "Local time of Cairo." in words(markdown.render(builder.build(found, "en")))


def test_quotation_marks_in_the_title_of_a_cycle_are_of_the_second_level() -> None:
    programme = made(session(0)).programme
    cycle = programme.cycle.model_copy(update={"title": Text(plain="Les webinaires « Eau »"), "language": "fr"})
    document = builder.build(review(programme.model_copy(update={"cycle": cycle}), NOW), "fr")
    assert "Bilan des « webinaires “Eau” »" in words(markdown.render(document))


def test_the_audience_is_words_and_not_markup() -> None:
    programme = made(session(0)).programme
    cycle = programme.cycle.model_copy(update={"audience": Text(fr="les <élus> & *autres*", en="<all> of *them*")})
    document = builder.build(review(programme.model_copy(update={"cycle": cycle}), NOW), "fr")
    assert "aux &lt;élus&gt; &amp; *autres*." in html.render(document)
