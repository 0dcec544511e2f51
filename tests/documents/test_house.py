"""The look of the house: its colour, its logo and its letterhead in what is written, and what may not be one."""

from __future__ import annotations

import io
import re
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import html5lib
import pytest
import vl_convert

from tests.documents import sample
from tests.documents.pdf_reading import content, failures, reader, tags
from webcycle import colours
from webcycle.documents import communique, house, html, inline, pdf
from webcycle.documents.blocks import Document, House, Logo
from webcycle.documents.voice import Voice
from webcycle.errors import Finding, OutsideError, RefusedError
from webcycle.folder import Folder
from webcycle.programme import Programme

ROOT = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 30"'
SVG = f'<svg {ROOT}><rect width="90" height="30" fill="#00a070"/></svg>'.encode()
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def png(width: int = 60, height: int = 20) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\xaa" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    return bytes(vl_convert.svg_to_jpeg(SVG.decode().replace("viewBox", 'width="90" height="30" viewBox')))


def docx(kind: str = WORD, **entries: bytes) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{kind}"/></Types>')
        for name, data in entries.items():
            archive.writestr(name, data)
    return made.getvalue()


IMAGES = {"image/svg+xml": SVG, "image/png": png(), "image/jpeg": jpeg()}


def dressed(look: House, lang: Any = "fr") -> Document:
    return replace(sample.document(lang), house=look)


def header(page: str) -> str:
    return page.partition("<header>")[2].partition("</header>")[0]


# ---- what a file is


@pytest.mark.parametrize("kind", IMAGES)
def test_an_image_is_known_by_its_bytes(kind: str) -> None:
    assert house.media_type(IMAGES[kind]) == kind


@pytest.mark.parametrize(
    "before",
    [
        "\ufeff",
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n',
        "<?xml version='1.0'?><!-- > made by <svg> --><?x > ?>\n",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        '<!DOCTYPE svg [ <!ENTITY ns "http://www.w3.org/2000/svg"> ] >',
    ],
)
def test_an_svg_may_begin_as_xml_does(before: str) -> None:
    assert house.media_type(before.encode() + SVG) == "image/svg+xml"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"%PDF-1.7",
        b"<!doctype html><html><svg></svg></html>",
        b"<html><svg/></html>",
        b"<svgz/>",
        b"text <svg/>",
        SVG.decode().encode("utf-16"),
        b"<svg>\xff</svg>",
        b"<!-- " * 200_000,
        b"<!---->" * 100_000,
        b" " * 1_000_000,
    ],
)
def test_nothing_else_is_an_image(data: bytes) -> None:
    assert house.media_type(data) is None


def test_a_letterhead_is_a_document_of_word() -> None:
    assert house.is_letterhead(docx())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        docx("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        docx("application/vnd.ms-word.document.macroEnabled.main+xml"),
        docx("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        docx(bomb=bytes(100_000_001)),
        docx().replace(b"[Content_Types].xml", b"[Content-Types].xml"),
        docx()[:60] + b"\x07" * 20 + docx()[80:],
    ],
)
def test_nothing_else_is_a_letterhead(data: bytes) -> None:
    assert not house.is_letterhead(data)


# ---- where it may lie


def programme(**style: Any) -> Programme:
    letterhead = style.pop("letterhead", None)
    organiser = {"name": {"fr": "L'office", "en": "The office"}, "email": "office@example.org"}
    data = {
        "cycle": {"id": "cycle", "title": "Cycle", "timezone": "Europe/Paris"},
        "organiser": {**organiser, **({"letterhead": letterhead} if letterhead else {})},
        "style": style,
    }
    return Programme.model_validate(data)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "cycle"
    (made / "style").mkdir(parents=True)
    (made / "style" / "logo.svg").write_bytes(SVG)
    (made / "letterhead.docx").write_bytes(docx())
    return made


def found(root: Path, **style: Any) -> list[tuple[str, object]]:
    return [(one.code, one.path) for one in house.findings(Folder(root), programme(**style))]


def test_files_of_the_folder_are_taken(root: Path) -> None:
    told = programme(logo="style/logo.svg", letterhead="letterhead.docx")
    assert house.findings(Folder(root), told) == ()
    assert house.read(Folder(root), told, "logo") == SVG
    assert house.read(Folder(root), told, "letterhead") == docx()
    assert house.read(Folder(root), programme(), "logo") is None


def test_a_file_that_is_missing_too_large_or_of_another_kind_is_told(root: Path) -> None:
    (root / "large.svg").write_bytes(SVG + b" " * 1_000_000)
    (root / "large.docx").write_bytes(docx() + b" " * 10_000_000)
    assert found(root, logo="logo.svg") == [("asset-missing", ("style", "logo"))]
    assert found(root, letterhead="style/none.docx") == [("asset-missing", ("organiser", "letterhead"))]
    assert found(root, logo="large.svg") == [("asset-too-large", ("style", "logo"))]
    assert found(root, letterhead="large.docx") == [("asset-too-large", ("organiser", "letterhead"))]
    assert found(root, logo="letterhead.docx", letterhead="style/logo.svg") == [
        ("logo-kind", ("style", "logo")),
        ("letterhead-kind", ("organiser", "letterhead")),
    ]


def test_a_logo_that_cannot_be_drawn_is_told_before_a_document_is_written(root: Path) -> None:
    broken = SVG.replace(b"/></svg>", b"></svg>")
    assert house.media_type(broken) == "image/svg+xml"
    (root / "broken.svg").write_bytes(broken)
    (root / "flat.svg").write_bytes(SVG.replace(b"0 0 90 30", b"0 0 90 0"))
    (root / "cut.png").write_bytes(png()[:20])
    (root / "whole.png").write_bytes(png())
    for name, writer in {"broken.svg": "PDF: ", "cut.png": "PDF: ", "flat.svg": "DOCX"}.items():
        (one,) = house.findings(Folder(root), programme(logo=name))
        assert (one.code, one.path) == ("logo-refused", ("style", "logo"))
        assert one.values["reason"].startswith(writer)
    for name in ("whole.png", "style/logo.svg"):
        assert house.findings(Folder(root), programme(logo=name)) == ()


def test_what_would_draw_a_logo_may_be_missing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_document: Document) -> bytes:
        raise OutsideError("document.pdf-missing")

    monkeypatch.setattr(pdf, "render", missing)
    assert found(root, logo="style/logo.svg") == []


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_logo_that_would_fill_the_memory_is_refused_by_what_it_says_of_itself(root: Path, kind: str) -> None:
    image = png() if kind == "png" else jpeg()
    size = slice(16, 24) if kind == "png" else slice(at := image.index(b"\xff\xc0") + 5, at + 4)
    form = ">II" if kind == "png" else ">HH"
    for sides, code in (((10_000, 5_000), None), ((10_000, 5_001), "logo-pixels"), ((60_000, 60_000), "logo-pixels")):
        large = bytearray(image)
        large[size] = struct.pack(form, *sides)
        (root / "large").write_bytes(large)
        told = house.read(Folder(root), programme(logo="large"), "logo")
        assert (told.code if isinstance(told, Finding) else None) == code
        if isinstance(told, Finding):
            assert {told.values["width"], told.values["height"]} == set(map(str, sides))
            assert told.values["limit"] == "50"


def test_a_link_that_stays_in_the_folder_is_followed_and_no_other(root: Path) -> None:
    outside = root.parent / "logo.svg"
    outside.write_bytes(SVG)
    (root / "inside.svg").symlink_to("style/logo.svg")
    (root / "outside.svg").symlink_to(outside)
    (root / "elsewhere").symlink_to(root.parent)
    (root / "loop.svg").symlink_to("loop.svg")
    assert found(root, logo="inside.svg") == []
    assert found(root, logo="outside.svg") == [("asset-outside", ("style", "logo"))]
    assert found(root, logo="elsewhere/logo.svg") == [("asset-outside", ("style", "logo"))]
    assert found(root, logo="loop.svg") == [("asset-missing", ("style", "logo"))]


@pytest.mark.parametrize("place", ["sessions/maroc/logo.svg", "out/private/logo.svg", "people.toml"])
def test_nothing_is_taken_from_where_personal_data_are(root: Path, place: str) -> None:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(SVG)
    assert found(root, logo=place) == [("asset-personal", ("style", "logo"))]
    (root / "logo.svg").symlink_to(path)
    assert found(root, logo="logo.svg") == [("asset-personal", ("style", "logo"))]


def test_a_folder_is_no_file(root: Path) -> None:
    with pytest.raises(OutsideError) as caught:
        found(root, logo="style")
    assert caught.value.key == "file-not-regular"


# ---- what the logo says


def look(lang: Any, **style: Any) -> Logo:
    told = programme(logo="style/logo.svg", **style)
    logo = house.house(told, Voice.of_programme(told, lang), SVG, None).logo
    assert logo is not None
    return logo


def test_the_logo_says_its_text_else_the_name_of_the_organiser() -> None:
    assert (look("en").alt, look("en").lang) == ("The office", None)
    assert (look("fr").alt, look("fr").lang) == ("L'office", None)
    assert (look("fr", **{"logo-text": "Un office"}).alt, look("fr").lang) == ("Un office", None)


def test_a_text_in_one_language_is_marked_in_the_other() -> None:
    assert (look("en", **{"logo-text": "Un office"}).lang) == "fr"
    logo = look("fr", **{"logo-text": {"en": "An office: logo"}})
    assert (logo.alt, logo.lang) == ("An office: logo", "en")
    document = dressed(House(logo=logo))
    assert 'alt="An office: logo" lang="en">' in header(html.render(document))
    (figure, *_) = (tag for tag in tags(pdf.render(document)) if str(tag["/S"]) == "/Figure")
    assert (str(figure["/Alt"]), str(figure["/Lang"])) == ("An office: logo", "en-GB")


# ---- in what is written


@pytest.mark.parametrize("kind", IMAGES)
def test_the_logo_is_at_the_head_with_what_it_says(kind: Any) -> None:
    document = dressed(House(logo=Logo(IMAGES[kind], kind, "L'office: logo")))
    page = html.render(document)
    html5lib.HTMLParser(strict=True).parse(page)
    assert f'<img src="data:{kind};base64,' in header(page)
    assert 'alt="L’office\u00a0: logo">' in header(page)
    data = pdf.render(document)
    assert failures(data) == []
    (figure, *_) = (tag for tag in tags(data) if str(tag["/S"]) == "/Figure")
    assert str(figure["/Alt"]) == "L’office\u00a0: logo"
    assert [str(tag["/S"]) for tag in tags(data)].index("/Figure") < [str(tag["/S"]) for tag in tags(data)].index("/H1")


def test_a_logo_alone_has_its_header() -> None:
    bare = replace(dressed(House(logo=Logo(SVG, "image/svg+xml", "Logo"))), issuer=(), dateline=())
    assert 'alt="Logo"' in header(html.render(bare))
    assert "<header>" not in html.render(replace(bare, house=House()))
    assert failures(pdf.render(bare)) == []


def test_the_text_of_a_logo_is_text() -> None:
    logo = Logo(SVG, "image/svg+xml", '"><script>alert(1)</script>')
    assert "<script" not in html.render(dressed(House(logo=logo)))


@pytest.mark.parametrize("colour", ["#c8102e", "#ffdd00", "#ffffff", "#000000", "#00a651"])
def test_the_colour_can_be_read_by_day_by_night_and_on_paper(colour: str) -> None:
    page = html.render(dressed(House(colour)))
    palettes = [
        dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", block)) for block in re.findall(r":root \{([^}]*)\}", page)
    ]
    light, dark, printed = palettes
    assert light["accent"] == printed["accent"] == colours.by_day(colour)
    assert dark["accent"] == colours.by_night(colour)
    for palette in palettes:
        for ground in ("paper", "soft"):
            grounds = {**light, **palette}
            assert colours.contrast(palette["accent"], grounds[ground]) >= 4.5
    assert (light["soft"], dark["soft"]) == (colours.LIGHT, colours.DARK)


def test_the_policy_follows_the_colour() -> None:
    red, blue = (html.render(dressed(House(colour))) for colour in ("#c8102e", "#0000ff"))
    assert html.policy(html.stylesheet("#c8102e")) in red.replace("&#39;", "'")
    assert html.policy(html.stylesheet("#c8102e")) not in blue.replace("&#39;", "'")


def test_the_colour_is_in_the_pdf() -> None:
    def painted(colour: str) -> set[tuple[float, ...]]:
        drawn = b"".join(map(content, reader(pdf.render(dressed(House(colour)))).pages))
        return {
            tuple(round(float(part) * 255) for part in found[:3])
            for found in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) scn", drawn)
        }

    assert (0xC8, 0x10, 0x2E) in painted("#c8102e")
    assert (0xC8, 0x10, 0x2E) not in painted("#0000ff")
    assert (0xFF, 0xDD, 0x00) not in painted("#ffdd00")
    assert failures(pdf.render(dressed(House("#ffdd00")))) == []


# ---- a logo that means harm


_ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "script": f'<svg {ROOT} onload="alert(1)"><script>alert(1)</script><rect width="9" height="9"/></svg>',
    "page": f'<svg {ROOT}><foreignObject><iframe src="https://evil.example.org/"/></foreignObject></svg>',
    "address": f'<svg {ROOT}><image xlink:href="https://evil.example.org/x.png" width="9" height="9"/></svg>',
    "file": f'<svg {ROOT}><image xlink:href="/etc/hostname" width="9" height="9"/></svg>',
    "template": f'<svg {ROOT}><image xlink:href="style.css" width="9" height="9"/></svg>',
    "entity": f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg {ROOT}><text>&x;</text></svg>',
    "bomb": f'<!DOCTYPE svg [<!ENTITY e0 "ha">{_ENTITIES}]><svg {ROOT}><text>&e9;</text></svg>',
    "depth": f"<svg {ROOT}>{'<g>' * 50_000}{'</g>' * 50_000}</svg>",
    "nothing": '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>',
    "damaged": f"<svg {ROOT}><rect",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_logo_does_no_harm(name: str) -> None:
    logo = HOSTILE[name].encode()
    assert house.media_type(logo) == "image/svg+xml"
    document = dressed(House(logo=Logo(logo, "image/svg+xml", "Logo")))
    page = html.render(document)
    # A browser runs and loads nothing in a picture, and the policy of the page allows nothing.
    assert "default-src 'none'" in page.replace("&#39;", "'")
    for word in ("<script", "<iframe", "evil.example.org", "<!ENTITY", "<foreignObject"):
        assert word not in page
    if name == "script":
        assert b"JavaScript" not in pdf.render(document)
        return
    with pytest.raises(RefusedError) as caught:
        pdf.render(document)
    assert caught.value.key == "document.pdf-refused"


# ---- the author's words in the other language


def test_the_author_s_words_are_marked_where_they_are_in_the_other_language() -> None:
    told = Programme.model_validate(
        {
            "cycle": {"id": "cycle", "title": "Cycle", "timezone": "Europe/Paris"},
            "organiser": {"name": "L'office", "email": "office@example.org"},
            "style": {"issuer-lines": ["La direction", {"en": "The desk", "fr": "Le bureau"}]},
            "contact": [{"id": "desk", "name": "Le secrétariat", "role": {"fr": "L'accueil"}}],
        }
    )
    issued = sample.document("fr").date
    assert issued is not None

    def made(lang: Any) -> Document:
        voice = Voice.of_programme(told, lang)
        return communique.framed(told, voice, None, issued, inline.plain("T"), communique.contact(told, voice, "desk"))

    page = html.render(made("en"))
    for words in ("La direction", "Le secrétariat", "L’accueil"):
        assert f'<span lang="fr">{words}</span>' in page
    assert "<span>The desk</span>" in page
    assert "lang=" not in html.render(made("fr")).partition("<body>")[2]
    english, french = (content(reader(pdf.render(made(lang))).pages[0]) for lang in ("en", "fr"))
    assert english.count(b"/Lang(fr-FR)") >= 3
    assert b"en-GB" not in french


def test_a_finding_names_the_file_and_the_limit(root: Path) -> None:
    (finding,) = house.findings(Folder(root), programme(logo="none.svg"))
    assert isinstance(finding, Finding)
    assert finding.values == {"found": "none.svg", "limit": "1"}
