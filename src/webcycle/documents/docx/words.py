"""Inline text as runs and hyperlinks of WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from webcycle.documents.blocks import Anchor, Break, Emphasis, InLanguage, Inline, Raised, Run, Strong
from webcycle.documents.docx.wml import LANGUAGES, Xml, joined, tagged, text, w
from webcycle.errors import Language

# "COVID-19" is one word; an address is left as it is.
_WHOLE = re.compile(r"(?<=[^\W\d_])-(?=\d)")
_ADDRESS = re.compile(r"@|://|www\.")
# Where a line ends before Word's own element for it, LibreOffice does not show it.
_NO_BREAK_HYPHEN = "\u2011"


@dataclass(frozen=True, slots=True)
class Look:
    """How words look besides their paragraph's style; `italic` is None where that style decides."""

    bold: bool = False
    italic: bool | None = None
    link: str | None = None
    lang: Language | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes typeset nodes; `target` gives the relationship of an address, `link` the style of links."""

    target: Callable[[str], str]
    link: Callable[[], str]

    def words(self, nodes: Inline, look: Look) -> Xml:
        """The runs of some nodes, one after the other."""
        return joined(self._nodes(nodes, look))

    def _nodes(self, nodes: Inline, look: Look) -> Iterator[Xml]:
        for node in nodes:
            match node:
                case Run(words, verbatim):
                    yield _run(_pieces(words, verbatim=verbatim), look, verbatim=verbatim)
                case Raised(words):
                    yield _run(text(words), look, raised=True)
                case Break():
                    yield _run(Xml("<w:br/>"), look)
                case Strong(children):
                    yield from self._nodes(children, replace(look, bold=True))
                case Emphasis(children):
                    yield from self._nodes(children, replace(look, italic=not look.italic))
                case InLanguage(children, lang):
                    yield from self._nodes(children, replace(look, lang=lang))
                case Anchor(children, url):
                    within = self.words(children, replace(look, link=self.link()))
                    yield tagged("w:hyperlink", within, r_id=self.target(url), w_history=1)


def _run(content: Xml, look: Look, *, raised: bool = False, verbatim: bool = False) -> Xml:
    if look == _PLAIN and not (raised or verbatim):
        return Xml(f"<w:r>{content}</w:r>")
    # In the order that CT_RPr asks for.
    own = (
        *((w("rStyle", val=look.link),) if look.link else ()),
        *((w("b"),) if look.bold else ()),
        *((w("i", val=int(look.italic)),) if look.italic is not None else ()),
        *((w("noProof"),) if verbatim else ()),
        *((w("vertAlign", val="superscript"),) if raised else ()),
        *((w("lang", val=LANGUAGES[look.lang]),) if look.lang else ()),
    )
    return w("r", w("rPr", *own), content)


_PLAIN = Look()


def _pieces(words: str, *, verbatim: bool) -> Xml:
    """The text; after a hyphen that is part of a word the line is not broken."""
    if verbatim or "-" not in words or _ADDRESS.search(words):
        return text(words)
    return text(_WHOLE.sub(_NO_BREAK_HYPHEN, words))
