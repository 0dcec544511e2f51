"""The HTML writer: valid, self-contained, accessible, and text stays text."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.documents import hostile, sample
from tests.golden import assert_golden
from webcycle.documents import html
from webcycle.documents.blocks import BulletList, Document, Heading, Item
from webcycle.documents.inline import plain, text_of
from webcycle.errors import Language

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def _tree(page: str) -> Element:
    """The page read by a strict parser, which raises on the first error."""
    found = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert isinstance(found, Element)
    return found


def _elements(tree: Element) -> Iterator[Element]:
    return (element for element in tree.iter() if isinstance(element.tag, str))


def _body(page: str) -> str:
    return page.partition("<body>")[2]


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> str:
    return html.render(sample.document(request.param))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_block_is_written_as_before(lang: Language) -> None:
    assert_golden(GOLDEN / f"sample.{lang}.html", "<body>" + _body(html.render(sample.document(lang))))


def test_the_page_is_one_file_without_script(page: str) -> None:
    tree = _tree(page)
    tags = [element.tag for element in _elements(tree)]
    assert tags.count("h1") == tags.count("style") == tags.count("main") == 1
    assert not {"script", "link", "iframe", "object", "form"} & set(tags)
    fetched = [element.get("src", "") for element in _elements(tree) if element.get("src") is not None]
    assert fetched
    assert all(address.startswith("data:image/") for address in fetched)
    assert "style" not in {name for element in _elements(tree) for name in element.keys()}  # noqa: SIM118


def test_the_policy_allows_exactly_the_style_of_the_page(page: str) -> None:
    tree = _tree(page)
    style = next(element.text for element in _elements(tree) if element.tag == "style")
    policy = next(e.get("content", "") for e in _elements(tree) if e.get("http-equiv") == "Content-Security-Policy")
    assert style
    digest = b64encode(sha256(style.encode()).digest()).decode("ascii")
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert "unsafe" not in policy


def test_structure_that_assistive_technology_reads(page: str) -> None:
    tree = _tree(page)
    ids = [element.get("id") for element in _elements(tree) if element.get("id")]
    assert len(ids) == len(set(ids)) > 3
    for element in _elements(tree):
        match element.tag:
            case "th":
                assert element.get("scope") in ("row", "col")
                assert "".join(element.itertext()).strip()
            case "img":
                assert element.get("alt")
            case "a":
                assert element.get("href", "").startswith(("https://", "mailto:", "#"))
        if element.get("role") == "region":
            assert element.get("tabindex") == "0"
            assert element.get("aria-labelledby") in ids
    inner = [element.get("href", "")[1:] for element in _elements(tree) if element.get("href", "").startswith("#")]
    assert "content" in inner
    assert set(inner) <= set(ids)
    levels = [int(e.tag[1]) for e in _elements(tree) if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_parts_in_another_language_are_marked() -> None:
    marked = {lang: _body(html.render(sample.document(lang))) for lang in LANGUAGES}
    assert '<span lang="fr">L’égalité femmes-hommes</span>' in marked["en"]
    assert "lang=" not in marked["fr"]


@pytest.mark.parametrize("place", sorted(hostile.blocks("x")))
@pytest.mark.parametrize("text", hostile.TEXTS)
def test_text_stays_text_in_every_place(text: str, place: str) -> None:
    """The same elements and attributes as round a harmless word, and the text in full as often as that word."""

    def shape(words: str) -> tuple[list[tuple[str, tuple[str, ...]]], str]:
        tree = _tree(html.render(hostile.document(words, hostile.blocks(words)[place])))
        shown = [*tree.itertext(), *(value for e in _elements(tree) for name, value in sorted(e.items()))]
        return [(e.tag, tuple(sorted(e.keys()))) for e in _elements(tree)], " ".join(" ".join(shown).split())

    harmless_shape, harmless = shape("harmless")
    hostile_shape, read = shape(text)
    assert hostile_shape == harmless_shape
    assert read == " ".join(harmless.replace("harmless", text_of(plain(text), "en")).split())


def test_headings_have_no_gap_and_no_empty_title() -> None:
    blocks = (Heading(4, plain("a")), Heading(2, plain(" ")), Heading(6, plain("b")), Heading(4, plain("c")))
    inner = BulletList((Item(plain("d"), (Heading(5, plain("e")),)),))
    page = html.render(Document(plain("T"), "en", (*blocks, inner, Heading(2, plain("f")))))
    found = [(element.tag, element.text) for element in _elements(_tree(page)) if re.fullmatch("h[1-6]", element.tag)]
    assert found == [("h1", "T"), ("h2", "a"), ("h3", "b"), ("h2", "c"), ("h3", "e"), ("h2", "f")]
