"""The styles of a document of Word: those that it has already, found by name, and ours where it has none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from lxml import etree

from webcycle.documents.docx.wml import LANGUAGES, Element, W, Xml, joined, parsed, properties, w
from webcycle.errors import Language
from webcycle.texts import say

Kind = Literal["paragraph", "character", "table", "numbering"]

INK, MUTED, RULE, ALARM, SOFT = "1B2530", "536070", "C5CFDA", "B3470F", "EEF3F8"
# What is at hand where Word or LibreOffice is; ours are not on the reader's machine.
_FONT = "Arial"


@dataclass(frozen=True, slots=True)
class _Style:
    """A style of Word's own by its English name, or one of ours whose name is in the texts; `made` of a colour."""

    made: Callable[[str], Xml]
    built_in: str | None = None
    kind: Kind = "paragraph"
    based_on: str | None = "normal"
    next: str | None = None


def _paragraph(*parts: Xml, before: int = 0, after: int = 0, line: int | None = None) -> Xml:
    """Properties of paragraphs; room before and after them in twentieths of a point, lines in 240ths."""
    height: dict[str, str | int] = {"line": line, "lineRule": "auto"} if line else {}
    return properties(*parts, w("spacing", before=before, after=after, **height))


def _letters(*, size: float | None = None, colour: str | None = None, bold: bool = False, italic: bool = False) -> Xml:
    return w(
        "rPr",
        *((w("b"), w("bCs")) if bold else ()),
        *((w("i"), w("iCs")) if italic else ()),
        *((w("color", val=colour),) if colour else ()),
        *((w("sz", val=round(2 * size)), w("szCs", val=round(2 * size))) if size else ()),
    )


def line(side: str, colour: str, size: int, space: int) -> Xml:
    """A line beside a paragraph: its width in eighths of a point, and the room to the text in points."""
    return w(side, val="single", sz=size, space=space, color=colour)


def _shade(colour: str) -> Xml:
    return w("shd", val="clear", color="auto", fill=colour)


def _box(side: str) -> Xml:
    """A field of soft colour with a bar at its left; the other lines, of the same colour, make room in it."""
    edges = (line("top", SOFT, 4, 6), line("left", side, 20, 9), line("bottom", SOFT, 4, 6), line("right", SOFT, 4, 6))
    return _paragraph(w("keepLines"), w("pBdr", *edges), _shade(SOFT), w("ind", left=220, right=140), after=60)


def _dated(colour: str) -> Xml:
    edges = (line("top", colour, 16, 8), *(line(side, RULE, 4, 8) for side in ("left", "bottom", "right")))
    return _paragraph(w("keepLines"), w("pBdr", *edges), w("ind", left=180, right=180), w("jc", val="center"), after=60)


def _heading(level: int, before: int, after: int, size: float, *, coloured: bool = False) -> _Style:
    def made(colour: str) -> Xml:
        kept = (w("keepNext"), w("keepLines"), w("outlineLvl", val=level - 1))
        look = _letters(size=size, colour=colour if coloured else INK, bold=True)
        return joined((_paragraph(*kept, before=before, after=after, line=252), look))

    return _Style(made, f"heading {level}", next="normal")


def _rows(colour: str) -> Xml:
    """A ruled table."""
    edges = (line("top", RULE, 4, 0), line("bottom", RULE, 4, 0), line("insideH", RULE, 4, 0))
    head = w("tcPr", w("tcBorders", line("bottom", colour, 8, 0)), _shade(SOFT), w("vAlign", val="bottom"))
    foot = w("tcPr", w("tcBorders", line("top", colour, 8, 0)))
    return joined(
        (
            w("tblPr", w("tblBorders", *edges), room(50, 100)),
            w("tblStylePr", _letters(bold=True), head, type="firstRow"),
            w("tblStylePr", _letters(bold=True), foot, type="lastRow"),
        )
    )


def room(high: int, wide: int) -> Xml:
    """The room in a cell, above and below its text and beside it."""
    sides = (("top", high), ("left", wide), ("bottom", high), ("right", wide))
    return w("tblCellMar", *(w(side, w=size, type="dxa") for side, size in sides))


_STYLES: Mapping[str, _Style] = MappingProxyType(
    {
        "normal": _Style(lambda _: _paragraph(after=120, line=271), "Normal", based_on=None),
        "font": _Style(lambda _: Xml(""), "Default Paragraph Font", "character", None),
        "plain-table": _Style(
            lambda _: w("tblPr", w("tblInd", w=0, type="dxa"), room(0, 108)),
            "Normal Table",
            "table",
            None,
        ),
        "no-list": _Style(lambda _: Xml(""), "No List", "numbering", None),
        "title": _Style(
            lambda _: joined(
                (
                    _paragraph(w("keepNext"), w("keepLines"), before=120, after=280, line=252),
                    _letters(size=20, colour=INK, bold=True),
                )
            ),
            "Title",
            next="normal",
        ),
        "heading-1": _heading(1, 360, 140, 14, coloured=True),
        "heading-2": _heading(2, 300, 120, 12),
        "heading-3": _heading(3, 240, 100, 10.5),
        "heading-4": _heading(4, 240, 100, 10),
        "heading-5": _heading(5, 240, 100, 10),
        "caption": _Style(
            lambda _: joined(
                (_paragraph(w("keepNext"), w("keepLines"), before=240, after=100), _letters(colour=INK, bold=True))
            ),
            "caption",
            next="normal",
        ),
        "quote": _Style(
            lambda _: joined(
                (_paragraph(w("pBdr", line("left", RULE, 12, 10)), w("ind", left=240), after=80), _letters(italic=True))
            ),
            "Quote",
        ),
        "list": _Style(lambda _: _paragraph(after=60, line=264), "List Paragraph"),
        "footer": _Style(lambda _: joined((_paragraph(), _letters(size=8, colour=MUTED))), "footer"),
        "link": _Style(
            lambda colour: w("rPr", w("color", val=colour), w("u", val="single")), "Hyperlink", "character", "font"
        ),
        "logo": _Style(lambda _: _paragraph(w("keepNext"), after=160)),
        "issuer": _Style(
            lambda colour: _paragraph(
                w("keepNext"), w("pBdr", line("left", colour, 20, 7)), w("ind", left=190, right=2200)
            )
        ),
        "dateline": _Style(
            lambda _: joined(
                (
                    _paragraph(w("pBdr", line("bottom", RULE, 4, 8)), w("jc", val="right"), before=120, after=320),
                    _letters(colour=MUTED),
                )
            ),
        ),
        "label": _Style(
            lambda colour: joined((_paragraph(w("keepNext"), before=120, after=60), _letters(colour=colour, bold=True)))
        ),
        "lead": _Style(lambda _: joined((_paragraph(after=180, line=276), _letters(size=11)))),
        "note": _Style(_box),
        "warning": _Style(lambda _: _box(ALARM)),
        "date": _Style(_dated),
        "date-title": _Style(lambda colour: _letters(size=13, colour=colour, bold=True), based_on="date"),
        "contact": _Style(_box),
        "figure": _Style(lambda _: _paragraph(w("keepLines"), after=100)),
        "figures-title": _Style(
            lambda _: joined((_paragraph(w("keepNext"), before=240, after=100), _letters(bold=True)))
        ),
        "figure-value": _Style(
            lambda colour: joined(
                (_paragraph(w("keepNext"), before=60, after=20), _letters(size=16, colour=colour, bold=True))
            )
        ),
        "figure-label": _Style(lambda _: _paragraph(after=60)),
        "figure-note": _Style(lambda _: joined((_paragraph(after=80, line=252), _letters(size=8.5, colour=MUTED)))),
        "source": _Style(lambda _: joined((_paragraph(before=80, after=200), _letters(size=8.5, colour=MUTED)))),
        "cell": _Style(lambda _: joined((_paragraph(line=252), _letters(size=9)))),
        "term": _Style(
            lambda colour: joined(
                (
                    _paragraph(w("keepNext"), w("keepLines"), w("pBdr", line("top", RULE, 4, 7)), before=200, after=60),
                    _letters(colour=colour, bold=True),
                )
            ),
        ),
        "table": _Style(_rows, kind="table", based_on="plain-table"),
    }
)
_DEFAULTS = ("normal", "font", "plain-table", "no-list")


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document: `root` is its w:styles; one that is asked for and not there is added."""

    root: Element
    lang: Language
    colour: str
    found: dict[str, str] = field(default_factory=dict)

    def name(self, key: str) -> str:
        """The id of a style of `_STYLES`."""
        if key not in self.found:
            self.found[key] = self._present(key) or self._added(key)
        return self.found[key]

    def frame(self, key: str) -> Mapping[str, Xml]:
        """What sets a paragraph of this style apart, for paragraphs of other styles beside it."""
        own = self._element(self.name(key)).find(W + "pPr")
        parts = (own.find(W + tag) for tag in ("pBdr", "shd")) if own is not None else ()
        return {
            etree.QName(part).localname: Xml(etree.tostring(part, encoding="unicode"))
            for part in parts
            if part is not None
        }

    def italic(self, key: str) -> bool | None:
        """True where the style is in italics; None where it says nothing of them."""
        return True if self._element(self.name(key)).find(f"{W}rPr/{W}i") is not None else None

    def begin(self) -> None:
        """The styles that everything else rests on, and the language of the words."""
        for key in _DEFAULTS:
            kind = _STYLES[key].kind
            default = [one for one in self._of_kind(kind) if one.get(W + "default") in ("1", "true", "on")]
            if default:
                self.found[key] = default[0].get(W + "styleId")
            else:
                self._element(self.name(key)).set(W + "default", "1")
        self._speak()

    def _speak(self) -> None:
        spoken = LANGUAGES[self.lang]
        for told in self.root.iter(W + "lang"):
            if told.get(W + "val") is not None:
                told.set(W + "val", spoken)

    def _of_kind(self, kind: Kind) -> list[Element]:
        found = (one for one in self.root.findall(W + "style") if one.get(W + "styleId"))
        return [one for one in found if one.get(W + "type", "paragraph") == kind]

    def _element(self, identity: str) -> Element:
        return next(one for one in self.root.findall(W + "style") if one.get(W + "styleId") == identity)

    def _called(self, key: str) -> str:
        return _STYLES[key].built_in or say(self.lang, f"document.style.{key}")

    def _present(self, key: str) -> str | None:
        wanted = self._called(key).casefold()
        for one in self._of_kind(_STYLES[key].kind):
            name = one.find(W + "name")
            if name is not None and name.get(W + "val", "").casefold() == wanted:
                return str(one.get(W + "styleId"))
        return None

    def _added(self, key: str) -> str:
        style = _STYLES[key]
        identity = self._free("".join(part.capitalize() for part in key.split("-")))
        following = style.next and self.name(style.next)
        parts = (
            w("name", val=self._called(key)),
            *((w("basedOn", val=self.name(style.based_on)),) if style.based_on else ()),
            *((w("next", val=following),) if following else ()),
            *((w("semiHidden"), w("unhideWhenUsed")) if key in _DEFAULTS[1:] else (w("qFormat"),)),
            style.made(self.colour),
        )
        own = {} if style.built_in else {"customStyle": 1}
        self.root.append(parsed(w("style", *parts, type=style.kind, **own, styleId=identity)))
        return identity

    def _free(self, wanted: str) -> str:
        taken = {one.get(W + "styleId") for one in self.root.findall(W + "style")}
        number = 0
        while (candidate := f"{wanted}{number or ''}") in taken:
            number += 1
        return candidate


def defaults(lang: Language) -> Xml:
    """What every paragraph of a document without a letterhead starts from."""
    fonts = w("rFonts", ascii=_FONT, hAnsi=_FONT, eastAsia=_FONT, cs=_FONT)
    spoken = w("lang", val=LANGUAGES[lang], eastAsia=LANGUAGES[lang], bidi="ar-SA")
    letters = w("rPr", fonts, w("color", val=INK), w("sz", val=20), w("szCs", val=20), spoken)
    return w("docDefaults", w("rPrDefault", letters), w("pPrDefault", w("pPr", w("widowControl"))))
