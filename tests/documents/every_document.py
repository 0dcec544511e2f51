"""Every document that webcycle makes, in both languages, with ordinary and with hostile texts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import cycle as endlessly
from pathlib import Path
from typing import Any

from tests.documents import hostile, results, sample
from tests.people import test_lists as lists
from tests.published.made import as_they_are
from webcycle import richtext
from webcycle.documents import announce, attendance, attendance_page, review, rollpage, signin
from webcycle.documents.blocks import Document, House, Logo
from webcycle.errors import Language
from webcycle.metrics import CycleResults
from webcycle.programme import Programme
from webcycle.published import breakdowns
from webcycle.review import review as reviewed

Named = tuple[str, Document]

DATA = Path(__file__).parents[2] / "data"
CYCLES = ("amerique-latine-2021", "covid-19-2020", "guide-2020-2021")
LANGUAGES: tuple[Language, ...] = ("fr", "en")
HELD, BEFORE = date(2021, 6, 25), date(2020, 5, 12)
ANNOUNCED: tuple[tuple[str, announce.Kind, str | None, date], ...] = (
    ("guide-2020-2021", "programme", None, BEFORE),
    ("guide-2020-2021", "publication", "guide", BEFORE),
    ("guide-2020-2021", "session", "maroc", BEFORE),
    ("covid-19-2020", "session", "adaptation", BEFORE),
    ("amerique-latine-2021", "change", "bordeaux", HELD),
    ("amerique-latine-2021", "minutes", "seminaire", HELD),
)
NOW = datetime(2023, 11, 14, 9, 30, tzinfo=UTC)
DAY = date(2023, 11, 14)
MARKUP = '#read("/etc/passwd") $x$ @ref *b* _i_ = h // d /* e */ \\u{41} #panic("f")'
# What has no letter a programme refuses; of what has no shape in the shipped fonts test_pdf_refusals tells.
_ELSEWHERE = frozenset(text for text in hostile.TEXTS if not any(map(str.isalpha, text)) or "日" in text)
LONG = "https://example.org/" + "a" * 300
# The keys of a programme that hold any text, and those that hold Markdown.
_TEXTS = frozenset(
    "title short-title name short-name role organisation audience parents partners parent-event place label address "
    "publisher aegis event collection source speakers formats".split()
)
_MARKDOWN = frozenset(
    "occasion aim approach purpose introduction invitation joining context comment next results summary need parts "
    "note reason highlights text".split()
)
_KINDS: Mapping[str, frozenset[str]] = {"text": _TEXTS, "markdown": _MARKDOWN}


def data(name: str) -> dict[str, Any]:
    """The programme of a cycle that comes with the package, as its file has it."""
    return tomllib.loads((DATA / name / "cycle.toml").read_text("utf-8"))


@cache
def programme(name: str) -> Programme:
    return Programme.model_validate(data(name))


@cache
def hostile_programme(name: str) -> Programme:
    """A cycle in which every text that a reader sees means something to HTML, Markdown or a typesetter."""
    words = (*(" ".join(text.split()) for text in hostile.TEXTS if text not in _ELSEWHERE), MARKUP, LONG)
    taken = [text for text in words if not any(richtext.refusals(text, blocks=blocks) for blocks in (True, False))]
    texts = {"text": endlessly(words), "markdown": endlessly(taken)}

    def spoilt(value: Any, kind: str = "") -> Any:
        match value:
            case str() if kind:
                return next(texts[kind])
            case list():
                return [spoilt(one, kind) for one in value]
            case dict() if kind and value.keys() <= {"fr", "en"}:
                return {lang: spoilt(one, kind) for lang, one in value.items()}
            case dict():
                # The title of a part of a session is Markdown.
                titled = {"title": "markdown"} if "start" in value and "id" not in value else {}
                return {key: spoilt(one, titled.get(key, _kind(key))) for key, one in value.items()}
            case _:
                return value

    return Programme.model_validate(spoilt(data(name)))


def _kind(key: str) -> str:
    return next((kind for kind, keys in _KINDS.items() if key in keys), "")


def measured(plan: Programme) -> CycleResults:
    """Figures of every session of a programme, as from records, with groups of people large and small."""
    sessions = [results.session(number) for number in range(len(plan.sessions))]
    return results.cycle(
        sessions,
        distribution={1: 70, 2: 40, 3: 25},
        types={"commune": 60, "région": 40, "": 35},
        territories={"Bretagne": 80, "Occitanie": 30, "": 25},
        people=135,
    )


def titled(name: str) -> Programme:
    """A programme of the first sessions of a cycle, as results by hand are of."""
    return results.programme([session["title"] for session in data(name)["session"][:4]])


@cache
def documents() -> Mapping[str, Document]:
    """Every document, by a name that is a file's."""
    made = [one for lang in LANGUAGES for part in _PARTS for one in part(lang)]
    found = dict(made)
    assert len(found) == len(made)
    return found


def _reviews(lang: Language) -> Iterator[Named]:
    for name in CYCLES:
        yield f"review-{name}.{lang}", review.build(reviewed(programme(name), NOW), lang)
    plan = titled("guide-2020-2021")
    held = reviewed(plan, NOW, as_they_are(measured(plan), plan))
    for level in review.LEVELS:
        yield f"review-measured-{level}.{lang}", review.build(held, lang, level)
    yield f"review-hostile.{lang}", review.build(reviewed(hostile_programme("guide-2020-2021"), NOW), lang, "full")


def _announcements(lang: Language) -> Iterator[Named]:
    for name, kind, key, day in ANNOUNCED:
        stem = "-".join(filter(None, (kind, key)))
        for sort, plan in (("", programme(name)), ("-hostile", hostile_programme(name))):
            yield f"announce-{name}-{stem}{sort}.{lang}", announce.build(plan, kind, key, lang, day)


def _attendance(lang: Language) -> Iterator[Named]:
    plan = titled("guide-2020-2021")
    figures = measured(plan)
    groups = breakdowns(figures, plan, published=True)
    for session in (None, plan.sessions[0]):
        told = attendance.Told(figures, groups, plan, lang, DAY, session)
        yield f"attendance-{session.id if session else 'cycle'}.{lang}", attendance_page.document(told)


def _lists(lang: Language) -> Iterator[Named]:
    yield f"participants-cycle.{lang}", rollpage.document(lists.told(lists.ordinary(), None, lang))
    yield f"participants-session.{lang}", rollpage.document(lists.told(lists.ordinary(), "one", lang))
    yield f"participants-hostile.{lang}", rollpage.document(lists.told(lists.hostile(), "one", lang))
    yield f"sign-in.{lang}", signin.document(lists.told(lists.ordinary(), "one", lang, **lists.IN_PERSON))


def _blocks(lang: Language) -> Iterator[Named]:
    logo = Logo(sample.SVG, "image/svg+xml", "Example Council")
    yield f"sample.{lang}", sample.document(lang)
    yield f"sample-of-a-house.{lang}", replace(sample.document(lang), house=House("#8a1538", logo))


_PARTS = (_reviews, _announcements, _attendance, _lists, _blocks)
