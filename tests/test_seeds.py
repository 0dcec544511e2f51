"""Each datum that data/README.md takes from a public document is in that document, and in the one made in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import test_data
from tests.test_data import CYCLES, leaves, rows
from webcycle.documents import announce, markdown, wording
from webcycle.documents import review as review_document
from webcycle.documents.blocks import Document
from webcycle.programme import Programme
from webcycle.review import review

SEEDS = Path(__file__).parent / "seeds"
SEED_OF = {
    "programme 2020-2021": "programme-2020-2021",
    "review of 27 April 2021": "review-2021-04-27",
    "publication notice of 28 September 2020": "publication-2020-09-28",
    "announcement of 12 May 2020": "webinar-2020-05-19",
    "minutes notice of 25 June 2021": "minutes-2021-06-25",
}
# What a cycle says in its own documents though it was taken from another's: who it is and how to reach it.
INSTEAD = {
    ("guide-2020-2021", "minutes notice of 25 June 2021"): "programme 2020-2021",
    ("covid-19-2020", "review of 27 April 2021"): "announcement of 12 May 2020",
}
ROWS = [(cycle, document, key) for cycle in CYCLES for document, _datum, key, _value in rows(cycle) if document != "-"]


CLAIMED = ("sessions-held", "participations", "views")


@dataclass(frozen=True)
class Said:
    """How a datum of this value is said: in the communiqué, and in the document made in its place."""

    value: Any
    seed: str
    made: str


def same(value: Any, words: str) -> Said:
    return Said(value, words, words)


AUTHORITIES = "les collectivités territoriales françaises"
DOCUMENTS = (
    "retrouver l'ensemble de la documentation des webinaires (présentations, {}, contacts) sur france diplomatie"
)
PLENARY = "séance plénière de la commission nationale de la coopération décentralisée (CNCD)"
SOURCE = "communiqué du 27 avril 2021"
# Data that do not stand in a communiqué as they stand in a programme, or whose words alone would be found by chance.
EXPRESSED: Mapping[str, Mapping[str, Said]] = {
    "guide-2020-2021": {
        # A count, an ordinal and a month are said in words.
        "cycle.edition": same(1, "1er cycle"),
        "claim[sessions-held].equals": same(10, "un cycle de 10 webinaires a été proposé"),
        "claim[participations].more-than": same(1500, "plus de 1 500 participants"),
        "claim[views].more-than": same(3600, "plus de 3 600 fois"),
        "resource[guide].date": same("2020-09", "en septembre 2020"),
        # Choices of the programme.
        "cycle.times-provisional": Said(True, "la confirmation de l'horaire", "les horaires sont à confirmer"),
        "resource[guide].free": same(True, "gratuitement"),
        # A noun phrase takes the preposition of its sentence.
        "cycle.audience": same("les collectivités", "a été proposé aux collectivités"),
        "resource[guide].aegis": same(
            "le ministère de l'Europe et des Affaires étrangères",
            "sous l'égide du ministère de l'europe et des affaires étrangères",
        ),
        # The flags of two countries are pictures in the communiqué; the documents name them.
        "session[maroc].countries[0]": Said("FR", "franco-marocain", "pays: france et maroc"),
        "session[maroc].countries[1]": Said("MA", "franco-marocain", "pays: france et maroc"),
        "session[senegal].countries[0]": Said("FR", "franco-sénégalais", "pays: france et sénégal"),
        "session[senegal].countries[1]": Said("SN", "franco-sénégalais", "pays: france et sénégal"),
        # Put right, and the long name (of the programme 2020-2021) for the short one.
        "link[documents].title": Said(
            "Retrouver l'ensemble de la documentation des webinaires (présentations, comptes rendus, contacts) sur "
            "France Diplomatie",
            DOCUMENTS.format("compte-rendus"),
            DOCUMENTS.format("comptes rendus"),
        ),
        "resource[guide].presented-at[0].event": Said(PLENARY, "séance plénière de la cncd", PLENARY),
        # The source of a figure is the communiqué itself.
        **{f"claim[{one}].source": Said(SOURCE, "27 avril 2021 communiqué", SOURCE) for one in CLAIMED},
        "organiser.place": same("Paris", "paris, mardi 27 avril 2021"),
    },
    "covid-19-2020": {
        "session[adaptation].registration.details-sent-part": same("morning", "19 mai au matin"),
        "cycle.audience": same(AUTHORITIES, "en priorité aux collectivités territoriales françaises"),
        "session[adaptation].audience": same(AUTHORITIES, "en priorité aux collectivités territoriales françaises"),
        "organiser.place": Said("Paris", "paris, le 12 mai 2020", "paris, mardi 12 mai 2020"),
    },
    "amerique-latine-2021": {
        "session[bordeaux].mode": same("in-person", "en présentiel"),
        "organiser.place": Said("Paris", "paris, le 25 juin 2021", "paris, vendredi 25 juin 2021"),
        # The communiqué has a bare "lien".
        "release[minutes].links[0].title": Said(
            "Toutes les informations sur la journée d'animation du 19 octobre 2021",
            "vous trouverez toutes les informations sur cet événement",
            "toutes les informations sur la journée d'animation du 19 octobre 2021",
        ),
    },
}


def text(name: str) -> str:
    return (SEEDS / f"{SEED_OF[name]}.txt").read_text("utf-8")


@cache
def seed_of(name: str) -> str:
    return plain(text(name))


@cache
def data_of(cycle: str) -> Mapping[str, Any]:
    return dict(leaves(test_data.programme(cycle)))


def plain(words: str) -> str:
    """Words as they are compared: without marks, quotation marks and the typography of one or the other."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words)
    words = re.sub(r"<([^<>@ ]+@[^<>@ ]+)>", r"\1", words).replace("^{er}", "er")
    words = words.translate({ord("’"): "'", 0xA0: " ", 0x202F: " ", **dict.fromkeys(map(ord, "*_\\#>«»“”→➔"))})
    words = words.replace("…", "...").casefold()
    words = re.sub(r"\ba (?=partir|l'occasion)", "à ", words)
    return re.sub(r" (?=[:;!?.,])", "", " ".join(words.split()))


@cache
def programme(cycle: str) -> Programme:
    return Programme.model_validate(test_data.programme(cycle))


def document(cycle: str, name: str) -> Document:
    """The document of a cycle in the place of the communiqué of that name."""
    whole = programme(cycle)
    issued = date(2020, 10, 1)  # of the programme alone: the others have a release with its day
    match SEED_OF[name].split("-")[0]:
        case "programme":
            return announce.build(whole, "programme", None, "fr", issued)
        case "review":
            return review_document.build(review(whole, datetime(2021, 4, 27, 12, tzinfo=UTC)), "fr")
        case "publication":
            return announce.build(whole, "publication", "guide", "fr", issued)
        case "webinar":
            return announce.build(whole, "session", "adaptation", "fr", issued)
        case _:
            return announce.build(whole, "minutes", "seminaire", "fr", date(2021, 6, 25))


@cache
def made(cycle: str, name: str) -> str:
    return plain(markdown.render(document(cycle, INSTEAD.get((cycle, name), name))))


# ---- how a datum is said


def day(value: date, seed: str) -> str:
    """A day as fully as the communiqué says it: "lundi 26 octobre 2020", else without its year or weekday."""
    forms = [
        wording.day(value, "fr", weekday=weekday, year=year)
        for weekday, year in ((True, True), (False, True), (True, False), (False, False))
    ]
    return next((form for form in forms if form in seed), forms[0])


def hour(value: time | datetime) -> str:
    return wording.hour(value, "fr")


def words_of(key: str, value: Any, values: Mapping[str, Any], seed: str) -> str:
    """What says a datum in a communiqué and in a document: words; for hours with those that they belong to."""
    if isinstance(value, datetime) and key.endswith(".end"):
        start = values[key.removesuffix("end") + "start"]
        return f"{day(start.date(), seed)} de {hour(start)} à {hour(value)}"
    if isinstance(value, datetime):
        return f"{day(value.date(), seed)} de {hour(value)}"
    if isinstance(value, date):
        return day(value, seed)
    if isinstance(value, time):
        start = values[key.removesuffix("end") + "start"] if key.endswith(".end") else None
        return f"{hour(start)}-{hour(value)}" if start else f"{hour(value)}-"
    assert isinstance(value, str), f"{key}: no words for {value!r}"
    return plain(value)


def under_axis(key: str, axis: str, values: Mapping[str, Any], page: str) -> bool:
    """Whether a session is named in the sentence of its axis."""
    titles = {one: plain(title) for one, title in values.items() if re.fullmatch(r"axis\[.+\]\.title", one)}
    own = titles.pop(f"axis[{axis}].title")
    after = page.partition(f"{own}: ")[2]
    sentence = re.split("|".join((r"\.", *map(re.escape, titles.values()))), after)[0]
    return plain(values[key.removesuffix("axis") + "short-title"]) in sentence


def missing(cycle: str, name: str, key: str, values: Mapping[str, Any]) -> list[str]:
    """In which of the two texts a datum of this value is not said."""
    value, seed, page = values[key], seed_of(name), made(cycle, name)
    said = EXPRESSED[cycle].get(key)
    if said is not None:
        found = {
            "seed": said.value == value and plain(said.seed) in seed,
            "made": said.value == value and plain(said.made) in page,
        }
    elif key.endswith(".axis"):
        found = {"seed": under_axis(key, value, values, seed), "made": under_axis(key, value, values, page)}
    else:
        words = words_of(key, value, values, seed)
        found = {"seed": words in seed, "made": words in page}
    return [where for where, there in found.items() if not there]


@pytest.mark.parametrize(("cycle", "name", "key"), ROWS, ids=[f"{cycle} {key}" for cycle, _name, key in ROWS])
def test_a_datum_is_in_its_communique_and_in_the_document_made_in_its_place(cycle: str, name: str, key: str) -> None:
    assert missing(cycle, name, key, data_of(cycle)) == []


def test_no_row_of_the_tables_is_left_out() -> None:
    unsaid = [key for cycle in CYCLES for document, _datum, key, _value in rows(cycle) if document == "-"]
    assert (len(ROWS), len(unsaid)) == (195, 52)
    assert {name for _cycle, name, _key in ROWS} == set(SEED_OF)
    assert {path.stem for path in SEEDS.glob("*.txt")} == set(SEED_OF.values())


def test_what_is_said_in_other_words_is_said_of_a_row() -> None:
    assert {(cycle, key) for cycle, told in EXPRESSED.items() for key in told} <= {(one, key) for one, _n, key in ROWS}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("session[maroc].start", datetime(2020, 10, 26, 15)),
        ("session[maroc].start", datetime(2020, 10, 27, 14)),
        ("session[maroc].end", datetime(2020, 10, 26, 16, 30)),
        ("session[maroc].title", "Présentation de la coopération décentralisée franco-tunisienne"),
        ("session[maroc].axis", "thematique"),
        ("session[maroc].countries[1]", "TN"),
        ("cycle.edition", 2),
        ("claim[participations].more-than", 1600),
        ("release[review].date", date(2021, 4, 28)),
        ("contact[secretariat].phone", "01 43 17 62 71"),
    ],
)
def test_a_wrong_datum_is_found_in_neither(key: str, value: Any) -> None:
    values = data_of("guide-2020-2021")
    name = next(name for cycle, name, known in ROWS if (cycle, known) == ("guide-2020-2021", key))
    assert missing("guide-2020-2021", name, key, values) == []
    assert missing("guide-2020-2021", name, key, {**values, key: value}) == ["seed", "made"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("session[adaptation].agenda[1].start", time(15, 50)),
        ("session[adaptation].agenda[1].end", time(16, 10)),
        ("session[adaptation].registration.deadline", date(2020, 5, 17)),
    ],
)
def test_a_wrong_hour_or_day_of_an_announcement_is_found_in_neither(key: str, value: Any) -> None:
    values = data_of("covid-19-2020")
    assert missing("covid-19-2020", "announcement of 12 May 2020", key, {**values, key: value}) == ["seed", "made"]


def test_no_person_is_named_in_the_seeds() -> None:
    addresses = {one for name in SEED_OF for one in re.findall(r"[\w.-]+@[\w.-]+", text(name))}
    assert addresses == {"secretariat.dgm-aect@diplomatie.gouv.fr"}
