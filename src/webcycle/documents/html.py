"""The HTML writer: one self-contained, accessible page that prints, without script and under a strict policy."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from webcycle.documents import contact, inline
from webcycle.documents.blocks import Document, Figure, Inline
from webcycle.errors import Language
from webcycle.plain import clean
from webcycle.texts import say

PACKAGE = "webcycle.documents"


def render(document: Document) -> str:
    """The document as a page of HTML (HTML Living Standard), ending with a newline."""
    style = stylesheet()
    template = _environment(document.lang).get_template("document.html.j2")
    return template.render(document=document, style=Markup(style), policy=policy(style)) + "\n"  # noqa: S704 - ours


@cache
def stylesheet() -> str:
    """The style of the page, as it stands between its tags."""
    return "\n" + files(PACKAGE).joinpath("templates", "style.css").read_text("utf-8").replace("\r\n", "\n")


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
        "clean": clean,
        "contact_lines": contact.lines,
        "data_address": _data_address,
        "first_filled": _first_filled,
        "kind": _kind,
        "sentence": partial(_sentence, lang),
        "text": partial(inline.text_of, lang=lang),
        "typeset": partial(inline.typeset, lang=lang),
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


def _say(lang: Language, key: str) -> str:
    return say(lang, f"document.writer.{key}")


def _data_address(figure: Figure) -> str:
    return f"data:{figure.media_type};base64,{b64encode(figure.image).decode('ascii')}"
