"""A document of Word as a package (ISO/IEC 29500-2): what it starts from, what it says of itself, and its bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from lxml import etree

from webcycle import colours
from webcycle.documents import inline
from webcycle.documents.blocks import Document
from webcycle.documents.docx import letterhead
from webcycle.documents.docx.lists import Numbering
from webcycle.documents.docx.styles import Styles, defaults
from webcycle.documents.docx.wml import LANGUAGES, Element, R, W, Xml, escaped, parsed, tagged, text, twips, w
from webcycle.errors import Language, RefusedError

# A4, and the margins of the other formats, in millimetres.
_SHORT, _LONG = 210, 297
_SIDES, _ABOVE, _BELOW, _TO_EDGE = 22, 20, 22, 10
_LEAST_WIDTH = 30
# What the numbers at the foot of a page take, and a letter beside them, in millimetres.
_NUMBERS, _LETTER = 16, 1.5
_EMU_IN_MM = 36_000
# Word opens a document of another mode as an old one.
_MODE = (("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1))
# What a document without a letterhead keeps of python-docx's own template.
_KEPT = frozenset({RT.STYLES, RT.SETTINGS, RT.THEME, RT.FONT_TABLE})
_OF_WORD = "http://schemas.microsoft.com/office/word"
_CORE = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_SAVED = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a document starts from: python-docx's document, its styles and lists, how wide its text is (millimetres).

    `pictures` are the numbers of those in its headers and footers.
    """

    file: Any
    styles: Styles
    numbering: Numbering
    width: float
    pictures: Sequence[int]

    @property
    def body(self) -> Element:
        """Where blocks go, before the properties of the section."""
        return self.file.element.body

    def add(self, relation: str, name: str, media_type: str, data: bytes) -> str:
        """Add a file, whose name has a place for its number; its relationship."""
        place = self.file.part.package.next_partname(name)
        return str(self.file.part.relate_to(Part(place, media_type, data, self.file.part.package), relation))

    def lead(self, url: str, number: int) -> str:
        """The relationship that leads to an address; to look for a free name would take ever longer."""
        return str(self.file.part.rels.add_relationship(RT.HYPERLINK, url, f"link{number}", is_external=True).rId)


def begun(document: Document, *, turned: bool) -> Opened:
    """The letterhead of the house, or a page of A4, `turned` on its long side where a table needs it.

    RefusedError for a letterhead that cannot be used.
    """
    given = document.house.letterhead
    if given is None:
        return _begun(_blank(document.lang, turned=turned), document, first=True)
    try:
        return _begun(letterhead.opened(given), document, first=False)
    except letterhead.BROKEN as problem:
        raise RefusedError("document.letterhead-unreadable") from problem


def _begun(file: Any, document: Document, *, first: bool) -> Opened:
    root = _root(file.part, RT.STYLES, "/word/styles.xml", CT.WML_STYLES, w("styles", defaults(document.lang)))
    styles = Styles(root, document.lang, colours.by_day(document.house.colour)[1:].upper())
    styles.begin()
    if file.element.body.sectPr is None:
        file.element.body.append(parsed(_page(turned=False)))
    numbering = _root(file.part, RT.NUMBERING, "/word/numbering.xml", CT.WML_NUMBERING, w("numbering"))
    opened = Opened(file, styles, Numbering(numbering, styles.colour), _width(file), letterhead.pictures(file))
    _number_pages(opened, document, first=first)
    return opened


def saved(opened: Opened, document: Document, content: Xml) -> bytes:
    """The bytes of the package with that content in its body, the same for the same content."""
    _fill(opened.file, content)
    package = opened.file.part.package
    core = Part(PackURI("/docProps/core.xml"), CT.OPC_CORE_PROPERTIES, _about(document), package)
    package.relate_to(core, RT.CORE_PROPERTIES)
    written = io.BytesIO()
    opened.file.save(written)
    return _packed(written)


def _fill(file: Any, content: Xml) -> None:
    """Put content before the section of the body.

    It is the section that moves into a new root: to move thousands of rows takes longer than to write them.
    """
    old = file.element
    root = parsed(w("document", w("body", content)), {prefix: uri for prefix, uri in old.nsmap.items() if prefix})
    for name, value in old.attrib.items():
        root.set(name, value)
    root.body.extend(old.body)
    root[:0] = list(old.iterchildren(W + "background"))
    file.part._element = root


def _blank(lang: Language, *, turned: bool) -> Any:
    """An empty document: of python-docx's own template nothing stays but the frame."""
    file = docx.Document()
    part = file.part
    for relations, kept in ((part.rels, _KEPT), (part.package.rels, {RT.OFFICE_DOCUMENT})):
        for identity in [key for key, one in relations.items() if one.reltype not in kept]:
            del relations[identity]
    for root, content in ((file.styles.element, [defaults(lang)]), (file.settings.element, _settings(lang))):
        root[:] = [parsed(one) for one in content]
    file.element.body[:] = [parsed(_page(turned=turned))]
    return file


def _settings(lang: Language) -> Sequence[Xml]:
    spoken = LANGUAGES[lang]
    return (
        w("zoom", percent=100),
        w("defaultTabStop", val=709),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", *(w("compatSetting", name=name, uri=_OF_WORD, val=value) for name, value in _MODE)),
        w("themeFontLang", val=spoken),
        w("decimalSymbol", val="," if lang == "fr" else "."),
        w("listSeparator", val=";" if lang == "fr" else ","),
    )


def _page(*, turned: bool) -> Xml:
    width, height = (_LONG, _SHORT) if turned else (_SHORT, _LONG)
    margins = {"top": _ABOVE, "right": _SIDES, "bottom": _BELOW, "left": _SIDES, "header": _TO_EDGE, "footer": _TO_EDGE}
    size: dict[str, str | int] = {"orient": "landscape"} if turned else {}
    return w(
        "sectPr",
        w("pgSz", w=twips(width), h=twips(height), **size),
        w("pgMar", **{side: twips(length) for side, length in margins.items()}, gutter=0),
        w("titlePg"),
    )


def _width(file: Any) -> float:
    """How wide the text is, in millimetres."""
    section = file.sections[-1]
    page = section.page_width if section.page_width is not None else _SHORT * _EMU_IN_MM
    margins = (section.left_margin, section.right_margin, section.gutter)
    found = (page - sum(margin or 0 for margin in margins)) / _EMU_IN_MM
    return float(min(max(found, _LEAST_WIDTH), _LONG))


def _number_pages(opened: Opened, document: Document, *, first: bool) -> None:
    """Number the pages, unless the section has a footer; `first`: the first page does not repeat the title."""
    section = opened.body.sectPr
    if section.find(W + "footerReference") is not None:
        return
    style = opened.styles.name("footer")
    room = int((opened.width - _NUMBERS) / _LETTER)
    title = _cut(inline.text_of(document.title, document.lang), room)
    named = (("default", title), ("first", "")) if first else (("default", title),)
    for number, (kind, words) in enumerate(named):
        data = _xml(_footer(words, style, twips(opened.width)))
        relation = opened.add(RT.FOOTER, "/word/footer%d.xml", CT.WML_FOOTER, data)
        reference = parsed(w("footerReference", type=kind))
        reference.set(R + "id", relation)
        section.insert(len(section.findall(W + "headerReference")) + number, reference)


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else words[:room].rsplit(" ", 1)[0] + "…"


def _footer(title: str, style: str, width: int) -> Xml:
    """The title, and at the right the number of the page and how many there are."""
    tabs = w("tabs", w("tab", val="right", pos=width))
    numbers = (_field("PAGE"), w("r", text(" / ")), _field("NUMPAGES"))
    right = w("r", Xml("<w:tab/>"))
    return w("ftr", w("p", w("pPr", w("pStyle", val=style), tabs), w("r", text(title)), right, *numbers))


def _field(name: str) -> Xml:
    return w("fldSimple", w("r", w("rPr", w("noProof")), text("1")), instr=f" {name} ")


def _xml(markup: Xml) -> bytes:
    data: bytes = etree.tostring(parsed(markup), encoding="UTF-8", xml_declaration=True, standalone=True)
    return data


def _root(part: Any, relation: str, name: str, media_type: str, empty: Xml) -> Element:
    """The root of the part that has this relation; a new one where there is none."""
    try:
        return part.part_related_by(relation).element
    except KeyError:
        made = XmlPart(PackURI(name), media_type, parsed(empty), part.package)
        part.relate_to(made, relation)
        return made.element


def _about(document: Document) -> bytes:
    """The properties of the document (ISO/IEC 29500-2, 11)."""
    author = document.author
    said = {
        "dc:title": inline.text_of(document.title, document.lang),
        "dc:subject": _sentence(document.subject, document.lang),
        "dc:creator": _sentence(author, document.lang),
        "cp:keywords": ", ".join(_sentence(word, document.lang) for word in document.keywords if word),
        "dc:language": LANGUAGES[document.lang],
        "cp:lastModifiedBy": _sentence(author, document.lang),
    }
    told = [tagged(tag, escaped(words)) for tag, words in said.items() if words]
    if document.date:
        moment = escaped(f"{document.date.isoformat()}T00:00:00Z")
        told += [tagged(f"dcterms:{name}", moment, xsi_type="dcterms:W3CDTF") for name in ("created", "modified")]
    spaces = {f"xmlns_{prefix}": name for prefix, name in _CORE.items()}
    root = etree.fromstring(tagged("cp:coreProperties", *told, **spaces))
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return data


def _sentence(words: str, lang: Language) -> str:
    return inline.text_of(inline.plain(words), lang)


def _packed(written: io.BytesIO) -> bytes:
    """The same files in a fixed order, without the hour at which they were saved."""
    found = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        names = old.namelist()
        for name in (*_FIRST, *sorted(set(names) - set(_FIRST))):
            entry = zipfile.ZipInfo(name, _SAVED)
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED)
    return found.getvalue()
