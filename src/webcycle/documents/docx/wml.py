"""WordprocessingML (ECMA-376, transitional): what the other modules write a document with.

Markup is a type of its own, which text becomes only by being escaped here. It is parsed once, as a whole: elements made
one by one would take ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NewType
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from lxml import etree

from webcycle.errors import Language

Element = etree._Element
Xml = NewType("Xml", str)
"""Markup."""

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
W, R = f"{{{NAMESPACES['w']}}}", f"{{{NAMESPACES['r']}}}"
LANGUAGES: Mapping[Language, str] = {"fr": "fr-FR", "en": "en-GB"}

_TWIPS_IN_MM = 1440 / 25.4
# XML 1.0 (section 2.2) has no place for these two, nor for controls and surrogates, which `plain.clean` replaces.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
# The order that CT_PPrBase asks for, as far as it is used.
_ORDER = ("pStyle", "keepNext", "keepLines", "numPr", "pBdr", "shd", "tabs", "spacing", "ind", "jc", "outlineLvl")
_PLACES = {name: place for place, name in enumerate(_ORDER)}


def twips(millimetres: float) -> int:
    """A length in twentieths of a point."""
    return round(millimetres * _TWIPS_IN_MM)


def safe(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return text if text.isascii() else _NO_CHARACTER.sub("\ufffd", text)


def w(tag: str, *children: Xml, **attributes: str | int) -> Xml:
    """An element of WordprocessingML; its attributes are in that namespace too."""
    told = "".join([f" w:{name}={_quoted(value)}" for name, value in attributes.items()])
    return _element(f"w:{tag}", told, children)


def tagged(tag: str, *children: Xml, **attributes: str | int) -> Xml:
    """An element with its prefix; in the names of attributes `_` stands for the colon of a prefix."""
    told = "".join([f" {name.replace('_', ':')}={_quoted(value)}" for name, value in attributes.items()])
    return _element(tag, told, children)


def escaped(words: str) -> Xml:
    """Text, never markup."""
    return Xml(escape(safe(words)))


def text(words: str) -> Xml:
    """Words in a run, every space of them kept."""
    return Xml(f'<w:t xml:space="preserve">{escaped(words)}</w:t>')


def run(words: str) -> Xml:
    """A run that looks like its paragraph."""
    return w("r", text(words))


def counted(instruction: str, shown: str) -> Xml:
    """A field; `shown` is what it says until Word counts it again."""
    return w("fldSimple", run(shown), instr=f" {instruction} ")


def properties(*parts: Xml) -> Xml:
    """The properties of a paragraph, in their order."""
    return w("pPr", *sorted(parts, key=_place))


def _place(part: Xml) -> int:
    name = re.match(r"<w:(\w+)", part)
    assert name is not None
    return _PLACES[name[1]]


def joined(parts: Iterable[Xml]) -> Xml:
    """One after the other."""
    return Xml("".join(parts))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph not yet written: its content, and its properties by their names."""

    content: Xml
    properties: Mapping[str, Xml] = field(default_factory=dict)

    def given(self, **properties: Xml) -> Paragraph:
        """The same with further properties; one that it has is replaced."""
        return Paragraph(self.content, {**self.properties, **properties})

    def written(self) -> Xml:
        """Its markup."""
        own = (properties(*self.properties.values()),) if self.properties else ()
        return w("p", *own, self.content)


def parsed(markup: Xml, spaces: Mapping[str, str] = NAMESPACES) -> Any:
    """The element that the markup describes, of python-docx's classes; `spaces` are further namespaces by prefix."""
    name = re.match(r"<[\w:]+", markup)
    assert name is not None
    declared = " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in {**spaces, **NAMESPACES}.items())
    return parse_xml(f"{name[0]} {declared}{markup[name.end() :]}")


def _element(tag: str, attributes: str, children: tuple[Xml, ...]) -> Xml:
    return Xml(f"<{tag}{attributes}>{''.join(children)}</{tag}>" if children else f"<{tag}{attributes}/>")


def _quoted(value: str | int) -> str:
    return f'"{value}"' if isinstance(value, int) or value.isalnum() else quoteattr(safe(value))
