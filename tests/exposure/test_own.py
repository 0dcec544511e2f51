"""What this program writes itself is no word of a person's, whoever registered by that name; and hides nobody's."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest

from webcycle import exposure
from webcycle.errors import RefusedError

from .made import kinds, private, zipped
from .test_portable import made
from .test_revisions import pdf, stream


def packet(tool: str, title: str) -> bytes:
    """The metadata of a PDF (ISO 16684-1)."""
    said = (
        f"<?xpacket begin='x'?><xmp:Tool>{tool}</xmp:Tool><dc:title><rdf:li xml:lang='fr'>{title}</rdf:li></dc:title>"
    )
    return made(b"x", more=stream(zlib.compress(said.encode()), 8, b"/Filter/FlateDecode"))


Page = Callable[[str], bytes]
QUIET: dict[str, Page] = {
    "meta": lambda name: f'<meta name="viewport" content="{name}">\n<p>x</p>'.encode(),
    "policy": lambda name: f"<meta http-equiv='Content-Security-Policy' content='{name}'><p>x</p>".encode(),
    "link": lambda name: f'<a href="#{name}">x</a>'.encode(),
    "class": lambda name: f'<a class="{name}">x</a>'.encode(),
    "key": lambda name: f'{{"{name}": 1}}'.encode(),
    "enumeration": lambda name: f'{{"unit": "{name.lower().replace(" ", "-")}"}}'.encode(),
    "packet": lambda name: packet(name, "x"),
    "table": lambda name: made(b"x", more=b"8 0 obj <<>> stream\nbegincmap " + name.encode() + b"\nendstream endobj"),
    "calendar": lambda name: f"BEGIN:VCALENDAR\r\nX-{name.upper().replace(' ', '-')}:x\r\n".encode(),
    "member": lambda name: zipped({f"{name}.xml": b"<p>x</p>"}),
    "trailer": lambda name: pdf(end=b"trailer <<>>\n" + name.encode()),
}
LOUD: dict[str, Page] = {
    "text": lambda name: f"<p>{name}</p>".encode(),
    "plain text": str.encode,
    "description": lambda name: f'<meta name="description" content="{name}">'.encode(),
    "author": lambda name: f"<meta content='{name}' name=author>".encode(),
    "alt": lambda name: f'<img alt="{name}">'.encode(),
    "label": lambda name: f'<a aria-label="{name}">x</a>'.encode(),
    "title": lambda name: f"<title>{name}</title>".encode(),
    "office": lambda name: zipped({"word/document.xml": f'<w:docPr descr="{name}"/>'.encode()}),
    "value": lambda name: f'{{"a": ["{name}"]}}'.encode(),
    "packet": lambda name: packet("x", name),
    "page": lambda name: made(b"(" + name.encode() + b") Tj", font=b""),
    "string": lambda name: made(b"x", more=b"8 0 obj <</Alt(" + name.encode() + b")>> endobj"),
    "calendar": lambda name: f"BEGIN:VCALENDAR\r\nSUMMARY;LANGUAGE=fr:{name}\r\n".encode(),
    "picture": lambda name: zipped({"word/media/a.png": b"\x89PNG\r\n\x1a\n\0\0\1\2\0\3tEXtAuthor\0" + name.encode()}),
}


def is_refused(name: str, data: bytes, *emails: str) -> bool:
    try:
        exposure.keep_private(private(name, emails=emails), [("x", data)])
    except RefusedError:
        return True
    return False


@pytest.mark.parametrize("how", QUIET)
def test_what_a_program_alone_reads_is_nobodys_in_our_files(how: str) -> None:
    data = QUIET[how]("Adele Brisefond")
    assert not is_refused("Adele Brisefond", data)
    assert not is_refused("Zorglub", QUIET[how]("Zorglub"))
    if how != "enumeration":
        assert kinds(private("Adele Brisefond"), data)


@pytest.mark.parametrize("how", LOUD)
def test_what_is_seen_or_read_aloud_is_looked_through(how: str) -> None:
    assert is_refused("Adele Brisefond", LOUD[how]("Adele Brisefond"))
    assert is_refused("Zorglub", LOUD[how]("Zorglub")) or how == "picture"
    assert kinds(private("Adele Brisefond"), LOUD[how]("Adele Brisefond"))


@pytest.mark.parametrize("how", QUIET)
def test_an_address_is_refused_wherever_it_stands(how: str) -> None:
    email = "zq@example.org"
    if how not in ("calendar", "enumeration"):
        assert is_refused("Nobody Here", QUIET[how](email), email)
    assert is_refused("Nobody Here", b"BEGIN:VCALENDAR\r\nCATEGORIES:zq@example.org\r\n", email)
    assert is_refused("Nobody Here", b'{"zq@example.org": 1}', email)
