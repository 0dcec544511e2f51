"""What is planted, and the ways in which it may be written."""

from __future__ import annotations

import base64
import gzip
import quopri
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from html import escape
from io import BytesIO
from types import MappingProxyType
from urllib.parse import quote

from tests.people.made import programme as tiny
from webcycle import exposure
from webcycle.exposure import Private
from webcycle.programme import Programme

NAME, EMAIL, ALONE = "Éloïse Lefèvre-Œuf", "zoe.abc@mail.example.org", "Zörglub"


def private(*names: str, emails: tuple[str, ...] = (), of: Programme | None = None) -> Private:
    return exposure.known(dict.fromkeys(emails, ""), dict.fromkeys(names, ""), of or tiny())


def kinds(held: Private, data: bytes, name: str = "x.md") -> list[tuple[str, str, int]]:
    return [(hit.kind, hit.inner, hit.line) for hit in exposure.hits(held, name, data)]


def zipped(members: Mapping[str, bytes], comment: bytes = b"") -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
        archive.comment = comment
    return held.getvalue()


def folded(text: str) -> bytes:
    """iCalendar, a line in pieces of ten octets: some fall within a letter."""
    raw = f"SUMMARY:{text}".encode()
    return b"BEGIN:VCALENDAR\r\n" + b"\r\n ".join(raw[at : at + 10] for at in range(0, len(raw), 10)) + b"\r\n"


def workbook(text: str) -> bytes:
    first, _, last = text.rpartition(" ")
    strings = f"<sst><si><t>other</t></si><si><t>{escape(last)}</t></si><si><r><t>{escape(first)}</t></r></si></sst>"
    sheet = '<row><c r="A1" t="s"><v>2</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>99</v></c></row>'
    return zipped({"xl/sharedStrings.xml": strings.encode(), "xl/worksheets/sheet1.xml": sheet.encode()})


Write = Callable[[str], bytes]
WRITTEN: Mapping[str, Write] = MappingProxyType(
    {
        "plain": str.encode,
        "capitals": lambda text: text.upper().encode(),
        "decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
        "compatible": lambda text: unicodedata.normalize("NFKC", text).encode(),
        "without accents": lambda text: "".join(
            one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one)
        ).encode(),
        "wide": lambda text: text.encode("utf-16"),
        "wide without a mark": lambda text: text.encode("utf-16-le") if text.isascii() else text.encode("utf-16"),
        "windows": lambda text: text.encode("cp1252", "xmlcharrefreplace"),
        "entities": lambda text: "".join(f"&#{ord(one)};" for one in text).encode(),
        "html": lambda text: f"<p title='x'>{escape(text)}</p>".encode(),
        "tags within": lambda text: "".join(f"<b>{escape(one)}</b>" for one in text).encode(),
        "tags between": lambda text: "<td>".join(map(escape, text.split(" "))).encode(),
        "comment": lambda text: f"<!-- {escape(text)} -->".encode(),
        "attribute": lambda text: f'<img alt="{escape(text)}">'.encode(),
        "percent": lambda text: quote(text).encode(),
        "percent twice": lambda text: quote(quote(text)).encode(),
        "json": lambda text: (
            ('{"a": "' + text.encode("ascii", "backslashreplace").decode() + '"}').encode()
            if all(len(hex(ord(one))) > 4 or one.isascii() for one in text)
            else text.encode()
        ),
        "quoted-printable": lambda text: quopri.encodestring(f"x {text}".encode()),
        "base64": lambda text: b"image: url(data:text/plain;base64," + base64.b64encode(text.encode()) + b")",
        "mail word": lambda text: b"Subject: =?utf-8?B?" + base64.b64encode(text.encode()) + b"?=",
        "calendar": folded,
        "zip": lambda text: zipped({"inner.txt": text.encode()}),
        "zip in a zip": lambda text: zipped({"a.zip": zipped({"inner.txt": text.encode()})}),
        "gzip": lambda text: gzip.compress(text.encode(), mtime=0),
        "workbook": workbook,
        "invisible": lambda text: "\u200b".join(text).encode(),
    }
)
