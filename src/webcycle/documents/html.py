"""The HTML writer: one self-contained, accessible page that prints, without script and under a strict policy."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from webcycle import colours
from webcycle.documents import contact, inline
from webcycle.documents.blocks import Document, Figure, Heading, House, Inline, Logo, every
from webcycle.documents.pages import blank, levels
from webcycle.errors import Language
from webcycle.plain import clean
from webcycle.texts import say

PACKAGE = "webcycle.documents"

# By day, by night, and on paper.
_ACCENT = re.compile(r"(?<=--accent: )#[0-9a-f]{6}")


def render(document: Document) -> str:
    """The document as a page of HTML (HTML Living Standard), ending with a newline."""
    style = stylesheet(document.house.colour)
    headings = [one for one in every(document.blocks) if isinstance(one, Heading) and not blank(one, document.lang)]
    template = _environment(document.lang).get_template("document.html.j2")
    page = template.render(
        document=document,
        levels=levels([heading.level for heading in headings]),
        style=Markup(style),  # noqa: S704 - ours
        policy=policy(style),
    )
    return page + "\n"


@cache
def stylesheet(colour: str = House().colour) -> str:
    """The style of the page in the colour of the house, as it stands between its tags."""
    style = files(PACKAGE).joinpath("templates", "style.css").read_text("utf-8").replace("\r\n", "\n").strip()
    shades = iter((colours.by_day(colour), colours.by_night(colour), colours.by_day(colour)))
    return _ACCENT.sub(lambda _: next(shades), style)


def policy(style: str) -> str:
    """The Content Security Policy (Level 3) that allows this style sheet, pictures in the page, and nothing else."""
    digest = b64encode(sha256(style.encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


@cache
def _environment(lang: Language) -> Environment:
    environment = Environment(
        loader=PackageLoader(PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "blank": partial(blank, lang=lang),
        "clean": clean,
        "contact_lines": contact.lines,
        "data_address": _data_address,
        "first_filled": _first_filled,
        "kind": _kind,
        "next": next,
        "sentence": partial(_sentence, lang),
        "text": partial(inline.text_of, lang=lang),
        "typeset": partial(inline.typeset, lang=lang),
        "words_of_logo": partial(_words_of_logo, lang),
    }
    environment.filters.update(filters)
    environment.globals["say"] = partial(_say, lang)
    return environment


def _kind(value: object) -> str:
    return type(value).__name__


def _first_filled(row: tuple[Inline, ...]) -> int:
    """The cell that names a row of totals: an empty one is no header."""
    return next((index for index, cell in enumerate(row) if cell), 0)


def _sentence(lang: Language, text: str) -> str:
    return inline.text_of(inline.plain(text), lang)


def _words_of_logo(lang: Language, logo: Logo) -> str:
    return _sentence(logo.lang or lang, logo.alt)


def _say(lang: Language, key: str) -> str:
    return say(lang, f"document.writer.{key}")


def _data_address(picture: Figure | Logo) -> str:
    return f"data:{picture.media_type};base64,{b64encode(picture.image).decode('ascii')}"
