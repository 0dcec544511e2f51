"""What an author may write in Markdown: a check finds just what the documents refuse, and pays only where it must."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from webcycle import richtext
from webcycle.documents.inline import rich
from webcycle.documents.prose import prose
from webcycle.errors import RefusedError

BLOCK_MARKS = ("\n", "\n\n", "---", "- - -", "***", "* ", "- ", "1. ", "> ", "```", "~~~", "    ", "# ", "[x]: /url")
MARKS = (
    "a",
    " ",
    "_",
    "`",
    "\\",
    "<b>",
    "<!-- c -->",
    "<",
    "[",
    "](",
    ")",
    "![",
    "https://example.org",
    "javascript:x",
)
PIECES = st.sampled_from((*BLOCK_MARKS, *MARKS, "&lt;", "é"))
TEXTS = st.lists(PIECES, min_size=1, max_size=10).map("".join)


@settings(deadline=None, max_examples=400)
@given(TEXTS)
@example("- - - -")
@example(">" * 60 + "x")
@example("- " * 30 + "x")
@example("*_" * 60 + "x" + "_*" * 60)
@example("a\n***\nb")
@example("- ---")
def test_a_check_finds_what_documents_refuse_and_nothing_else(text: str) -> None:
    for read, blocks in ((rich, False), (prose, True)):
        found = richtext.refusals(text, blocks=blocks)
        if not found:
            read(text)
            continue
        with pytest.raises(RefusedError) as caught:
            read(text)
        assert (caught.value.key, caught.value.values) == (f"document.{found[0][0]}", {"found": found[0][1]})


def test_every_mistake_is_found_not_only_the_first() -> None:
    source = "<b>x [y](javascript:z) ![p](https://example.org/p) [ ](https://example.org)"
    assert richtext.refusals(source, blocks=False) == (
        ("html", "<b>"),
        ("address", "javascript:z"),
        ("image", "p"),
        ("empty-link", "https://example.org"),
    )


@pytest.mark.parametrize(
    ("source", "parsed"), [("plain **words**, - and # more", False), ("a [b](https://x.org)", True)]
)
def test_plain_words_do_not_pay_for_a_parser(source: str, parsed: bool) -> None:
    code = (
        "import sys; from webcycle import richtext; "
        f"assert richtext.refusals({source!r}, blocks=True) == (); print('markdown_it' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(parsed)
