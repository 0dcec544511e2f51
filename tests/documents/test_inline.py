"""Inline text from data, Markdown and templates; blocks from prose; what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcycle import richtext, texts
from webcycle.documents.blocks import (
    Anchor,
    Break,
    BulletList,
    Callout,
    Emphasis,
    Heading,
    InLanguage,
    Item,
    NumberedList,
    Paragraph,
    Raised,
    Run,
    Strong,
)
from webcycle.documents.inline import compose, inline_nodes, joined, link, plain, rich, text_of, typeset
from webcycle.documents.prose import prose
from webcycle.errors import RefusedError


def test_markdown_becomes_nodes() -> None:
    assert rich("a **b *c*** [d](https://example.org/é) `e: f`  \ng") == (
        Run("a "),
        Strong((Run("b "), Emphasis((Run("c"),)))),
        Run(" "),
        Anchor((Run("d"),), "https://example.org/%C3%A9"),
        Run(" "),
        Run("e: f", verbatim=True),
        Break(),
        Run("g"),
    )


@given(st.text(st.sampled_from("aé 1\t\x0b\x85\u2028\ue000\n\r\0!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")) | st.text())
def test_a_sentence_without_markup_is_what_the_parser_makes_of_it(source: str) -> None:
    try:
        expected = inline_nodes(richtext.inline_tokens(source))
    except RefusedError:
        with pytest.raises(RefusedError):
            rich(source)
    else:
        assert rich(source) == expected


def test_data_is_never_read_as_markup() -> None:
    hostile = "<b>*x*</b> [y](https://example.org) {name}"
    assert plain(hostile) == (Run(hostile),)
    assert compose("{name}", {"name": plain(hostile)}) == (Run(hostile),)


def test_a_template_keeps_the_markup_round_its_fields() -> None:
    said = compose("**{count}** vues de {title}", {"count": plain("12"), "title": rich("*x*", "en")})
    assert said == (Strong((Run("12"),)), Run(" vues de "), InLanguage((Emphasis((Run("x"),)),), "en"))
    with pytest.raises(KeyError):
        compose("{missing}", {})


def test_lists_keep_their_markup() -> None:
    assert joined([rich("*a*"), plain("{1}")], "{0} et {1}") == (Emphasis((Run("a"),)), Run(" et "), Run("{1}"))


def test_a_link_without_an_address_is_its_words_and_none_stands_in_another() -> None:
    assert link(plain("ici"), None) == plain("ici")
    assert link(rich("la [page](https://a.example.org)"), "https://b.example.org") == (
        Anchor((Run("la "), Run("page")), "https://b.example.org"),
    )


MARKDOWN_REFUSED = [
    ("<b>x</b>", "document.html"),
    ("a <!-- c --> b", "document.html"),
    ("<script>alert(1)</script>", "document.html"),
    ("![x](https://example.org/x.png)", "document.image"),
    ("[x](javascript:alert(1))", "document.address"),
    ("[x](data:text/html,x)", "document.address"),
    ("[x](#)", "document.address"),
    ("<javascript:alert(1)>", "document.address"),
    ("[x](https://user:secret@example.org)", "document.address"),
    ("voir [ ](https://example.org)", "document.empty-link"),
    ("voir [](https://example.org)", "document.empty-link"),
    ("voir [*\u00ad*](https://example.org)", "document.empty-link"),
]


@pytest.mark.parametrize(("source", "key"), MARKDOWN_REFUSED)
def test_what_a_document_does_not_take_is_refused(source: str, key: str) -> None:
    for read in (rich, prose):
        with pytest.raises(RefusedError) as caught:
            read(source)
        assert caught.value.key == key
        assert texts.error("fr", caught.value) != texts.error("en", caught.value)


@pytest.mark.parametrize(
    ("source", "key"),
    [("a\n\n---\n", "document.markdown"), ("```\nx\n```", "document.markdown"), (">" * 60 + "x", "document.nesting")],
)
def test_blocks_without_a_place_are_refused(source: str, key: str) -> None:
    with pytest.raises(RefusedError) as caught:
        prose(source)
    assert caught.value.key == key
    assert texts.error("fr", caught.value)


def test_prose_becomes_blocks() -> None:
    found = prose("a\n\n- b\n  - c\n\n    d\n\n3. e\n\n> f\n\n    not code")
    item = Item(plain("b"), (BulletList((Item(plain("c"), (Paragraph(plain("d")),)),)),))
    assert found == (
        Paragraph(plain("a")),
        BulletList((item,)),
        NumberedList((Item(plain("e")),), 3),
        Callout("quote", (), (Paragraph(plain("f")),)),
        Paragraph(plain("not code")),
    )


def test_headings_of_prose_go_below_without_gaps() -> None:
    source = "### a\n\n# b\n\n#### c\n\n# d"
    assert [block.level for block in prose(source, under=2) if isinstance(block, Heading)] == [3, 3, 4, 3]
    assert [block.level for block in prose(source, under=6) if isinstance(block, Heading)] == [6, 6, 6, 6]


def test_typeset_marks_only_what_is_in_another_language() -> None:
    nodes = compose("« {fr} », « {en} » : 1er", {"fr": plain("l'un", "fr"), "en": plain("one: 1er", "en")})
    assert typeset(nodes, "fr") == (
        Run("«\u00a0"),
        Run("l’un"),
        Run("\u00a0», «\u00a0"),
        InLanguage((Run("one: 1er"),), "en"),
        Run("\u00a0»\u00a0: 1"),
        Raised("er"),
    )


def test_a_link_without_words_is_not_printed() -> None:
    assert typeset((Run("a"), Anchor((Run("\u00ad "),), "https://example.org/"), Run("b")), "fr") == (
        Run("a"),
        Run("\u00ad "),
        Run("b"),
    )
    kept = (Anchor((Run("x"),), "https://example.org/"),)
    assert typeset(kept, "fr") == kept


def test_typeset_cleans_what_it_prints() -> None:
    assert text_of(plain("Ada\u202egnp\x1b[2J\nB\u200d\x00"), "en") == "Adagnp\ufffd[2J B\u200d\ufffd"


def test_code_keeps_its_spaces() -> None:
    assert text_of(rich("Voir `a: b` : l'un"), "fr") == "Voir a: b\u00a0: l’un"
