"""The Markdown writer: its layout, and that a reader of CommonMark and GFM tables gets every text back as text."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.documents import hostile, sample
from tests.golden import assert_golden
from webcycle.documents import markdown
from webcycle.documents.blocks import (
    Anchor,
    Block,
    Break,
    BulletList,
    Column,
    Document,
    Emphasis,
    Heading,
    Inline,
    Item,
    NumberedList,
    Paragraph,
    Run,
    Strong,
    Table,
)
from webcycle.documents.inline import plain, text_of
from webcycle.errors import Language

GOLDEN = Path(__file__).parent / "golden"
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _render(*blocks: Block) -> str:
    return markdown.render(Document(plain("T"), "en", blocks)).removeprefix("# T\n").removeprefix("\n")


def _tokens(source: str) -> list[Token]:
    return [one for token in READER.parse(source) for one in (token, *(token.children or ()))]


def _read(source: str) -> str:
    shown = {"softbreak": " ", "hardbreak": " "}
    texts = (
        "".join(shown.get(one.type, one.content) for one in token.children or ())
        for token in READER.parse(source)
        if token.type == "inline"
    )
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_block_is_written_as_before(lang: Language) -> None:
    assert_golden(GOLDEN / f"sample.{lang}.md", markdown.render(sample.document(lang)))


PLACES = sorted(hostile.blocks("x"))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", hostile.TEXTS)
def test_text_stays_text_in_every_place(text: str, place: str) -> None:
    """The same blocks as round a harmless word, and the text in full as often as that word."""

    def shape(words: str) -> tuple[list[str], str]:
        source = markdown.render(hostile.document(words, hostile.blocks(words)[place]))
        return [token.type for token in _tokens(source) if token.type not in ("text", "text_special")], _read(source)

    harmless_shape, harmless = shape("harmless")
    hostile_shape, read = shape(text)
    assert hostile_shape == harmless_shape
    assert read == " ".join(harmless.replace("harmless", text_of(plain(text), "en")).split())


LETTERS = st.text(st.sampled_from("ab1 *_`[]<>!#|\\~&;:=-+.)(é«»…\u00a0"), min_size=1, max_size=6)
LEAVES = st.builds(Run, LETTERS)


def _nested(children: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    urls = st.sampled_from(("https://example.org/", "https://example.org/a_(b)?c=1&d;", "mailto:a@example.org"))
    wrapped = st.builds(Strong, children) | st.builds(Emphasis, children)
    return st.lists(LEAVES | wrapped | st.builds(Anchor, st.tuples(LEAVES), urls), min_size=1, max_size=4).map(tuple)


INLINE = st.recursive(st.tuples(LEAVES), _nested, max_leaves=6).flatmap(lambda one: _nested(st.just(one)))


@settings(deadline=None, max_examples=200)
@given(INLINE)
@example((Run("a"), Strong((Run("«b»"),)), Run("c")))
@example((Strong((Run("a"),)), Emphasis((Run("b"),)), Run("c")))
@example((Run("oui !"), Anchor((Run("x"),), "https://example.org/")))
@example((Run("1"), Run(". x")))
@example((Strong((Strong((Emphasis((Run("a"),)),)), Emphasis((Run("b"),)))),))
@example((Strong((Run("\u00a0"),)),))
@example((Anchor((Run(" "),), "https://example.org/"),))
@example((Strong((Run(" a "), Emphasis((Run("b"),)))), Run("c")))
def test_inline_text_comes_back(nodes: Inline) -> None:
    words = text_of(nodes, "en").split()
    twice = text_of((*nodes, Run(" "), *nodes), "en").split()
    table = Table("t", plain("c"), (Column(nodes),), ((nodes,),))
    items = (Item(nodes, (Paragraph(nodes),)), Item(nodes))
    assert _read(_render(Paragraph(nodes))).split() == words
    assert _read(_render(Paragraph((*nodes, Break(), *nodes)))).split() == twice
    assert _read(_render(Heading(2, nodes))).split() == words
    assert _read(_render(table)).split() == ["Table:", "c", *words, *words]
    assert _read(_render(NumberedList(items))).split() == words * 3
    kinds = [token.type for token in READER.parse(_render(Paragraph(nodes)))]
    assert kinds == (["paragraph_open", "inline", "paragraph_close"] if words else [])


@pytest.mark.parametrize(
    ("nodes", "source"),
    [
        ((Strong((Run(" a "),)), Run("b")), "**a** b"),
        ((Run("a"), Anchor((Run(" "),), "https://example.org/"), Run("b")), "a b"),
        ((Run("l"), Emphasis((Run("a"),)), Run("s")), "&#108;_a_&#115;"),
        ((Run("l"), Strong((Run("a"),)), Run("s")), "l**a**s"),
        ((Strong((Run("a"),)), Strong((Run("b"),))), "**ab**"),
        ((Anchor((Run("a@example.org"),), "mailto:a@example.org"),), "<a@example.org>"),
        ((Run("EXPE_CT, 10 * 2, a < b & c"),), "EXPE_CT, 10 \\* 2, a < b & c"),
    ],
)
def test_no_more_is_escaped_than_needed(nodes: Inline, source: str) -> None:
    assert _render(Paragraph(nodes)) == source + "\n"


def test_neighbouring_lists_stay_apart() -> None:
    one, two = BulletList((Item(plain("a")),)), NumberedList((Item(plain("b")),))
    source = _render(one, one, one, two, two)
    assert source == "- a\n\n* a\n\n- a\n\n1. b\n\n1) b\n"
    assert [token.type for token in READER.parse(source)].count("bullet_list_open") == 3


def test_a_number_sign_that_ends_a_heading_is_kept() -> None:
    assert _read(_render(Heading(2, plain("C #")))) == "C #"
