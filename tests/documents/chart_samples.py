"""Charts to test with, and what is read in them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from webcycle.documents import charts
from webcycle.documents.blocks import Block, Figure, Table
from webcycle.documents.charts import Bar, Curve
from webcycle.documents.inline import plain, text_of
from webcycle.documents.voice import Voice
from webcycle.errors import Language

LANGUAGES: tuple[Language, ...] = ("fr", "en")
FRENCH, ENGLISH = Voice("fr", "fr"), Voice("en", "fr")
PARIS = ZoneInfo("Europe/Paris")
START = datetime(2020, 10, 26, 14, 3, tzinfo=PARIS)
PACKAGE = Path(charts.__file__).parent
SPECIFICATIONS = sorted(PACKAGE.glob("*.vl.json"))
BARS = (
    Bar(plain("le Maroc"), 412, 305),
    Bar(plain("l'égalité femmes-hommes"), 1280, None),
    Bar(plain("le sport"), 0, 0),
)
CURVE = Curve(
    plain("le Maroc"),
    tuple((START + timedelta(minutes=5 * index), people) for index, people in enumerate((0, 80, 160, 150, 40))),
    171,
    START + timedelta(minutes=12),
)
GROUPS = ((plain("Communes"), 1204), (plain("Régions"), 64), (plain("Non renseigné"), 133))
LOYALTY = ((plain("le Maroc"), 203, 102), (plain("le sport"), None, 4), (plain("la santé"), None, None))


def four(voice: Voice, table: str | None = None) -> tuple[tuple[Block, ...], ...]:
    return (
        charts.session_bars("sessions", BARS, voice, table=table),
        charts.presence_curve("curve", CURVE, voice, table=table),
        charts.group_bars("types", plain("Types"), plain("Type"), GROUPS, plain("Une note."), voice, table=table),
        charts.stacked("loyalty", LOYALTY, voice, table=table),
    )


def figures(blocks: tuple[Block, ...]) -> list[Figure]:
    return [block for block in blocks if isinstance(block, Figure)]


def tables(blocks: tuple[Block, ...]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def elements(figure: Figure, tag: str) -> list[ElementTree.Element]:
    return [one for one in ElementTree.fromstring(figure.image).iter() if one.tag.rpartition("}")[2] == tag]


def said(figure: Figure) -> list[str]:
    return ["".join(element.itertext()) for element in elements(figure, "text")]


def lengths(figure: Figure) -> list[float]:
    """Of the bars that begin at the left, those of the first series before those of the second."""
    paths = [one.get("d", "") for one in elements(figure, "path")]
    return [float(one[1]) for path in paths if (one := re.fullmatch(r"M0,[\d.]+h([\d.]+)v11h-?[\d.]+Z", path))]


def cells(table: Table, lang: Language) -> list[list[str]]:
    return [[text_of(cell, lang) for cell in row] for row in table.rows]
