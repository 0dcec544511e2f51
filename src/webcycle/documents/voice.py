"""The voice of a document: its language, and how the sentences of the program and the author's words come together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from webcycle import texts
from webcycle.documents import inline, wording
from webcycle.documents.blocks import Block, Emphasis, InLanguage, Inline, Run, Strong
from webcycle.documents.prose import prose
from webcycle.errors import Language
from webcycle.programme import Programme
from webcycle.values import Text


@dataclass(frozen=True, slots=True)
class Voice:
    """The language of a document, that of the author's plain words (the cycle's), and own sentences by key."""

    lang: Language
    own: Language
    texts: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of_programme(programme: Programme, lang: Language) -> Voice:
        """The voice of a programme's documents in `lang`, with the organisation's own wording."""
        return Voice(lang, programme.cycle.language, getattr(programme.texts, lang))

    def say(self, key: str, *, count: float | None = None, **fields: Inline | str) -> Inline:
        """A sentence of the program; a field is inline text, or data as it stands."""
        filled = {name: inline.plain(field) if isinstance(field, str) else field for name, field in fields.items()}
        return inline.compose(self._template(key, count), filled)

    def _template(self, key: str, count: float | None) -> str:
        form = f"{key}.{texts.plural(self.lang, 0 if count is None else count)}"
        own = self.texts.get(form, self.texts.get(key))
        return texts.template(self.lang, key, count=count) if own is None else own

    def unknown(self) -> Inline:
        """What stands where nothing is known."""
        return self.say("document.unknown")

    def plain(self, words: Text) -> Inline:
        """The author's words as they stand: a title, a name."""
        return inline.plain(*words.pick(self.lang, self.own))

    def rich(self, words: Text) -> Inline:
        """The author's words, one paragraph of Markdown."""
        return inline.rich(*words.pick(self.lang, self.own))

    def prose(self, words: Text, *, under: int = 2) -> tuple[Block, ...]:
        """The author's Markdown as blocks."""
        return prose(*words.pick(self.lang, self.own), under=under)

    def of(self, words: Text) -> Inline:
        """The author's Markdown after "of", contracted where it is in the document's language: "des communes"."""
        return self._after(wording.split_of, words, inline.rich)

    def to(self, words: Text) -> Inline:
        """The author's words after "to", contracted where they are in the document's language: "aux communes"."""
        return self._after(wording.split_at, words, inline.plain)

    def _after(
        self,
        split: Callable[[str, Language], tuple[str, str]],
        words: Text,
        read: Callable[[str, Language], Inline],
    ) -> Inline:
        found, lang = words.pick(self.lang, self.own)
        if lang == self.lang:
            return read("".join(split(found, lang)), lang)
        # No word contracts over two languages: the document's preposition, then the author's words.
        before, _ = split("x", self.lang)
        return (*inline.plain(before), *read(found, lang))

    def infinitive(self, words: Text) -> Inline:
        """The author's infinitive phrase as a sentence of the program takes it: "d’échanger", "to exchange"."""
        return self.of(words) if self.lang == "fr" else self.rich(words)

    def listed(self, parts: Sequence[Inline]) -> Inline:
        """A list in prose: "a, b et c"."""
        return inline.joined(parts, wording.joined([f"{{{index}}}" for index in range(len(parts))], self.lang))

    def number(self, value: int) -> str:
        """A whole number with its groups."""
        return wording.number(value, self.lang)


def enumerated(parts: Sequence[Inline], voice: Voice) -> list[Inline]:
    """The items of a sentence that a colon opened, with the marks between them in place of their authors' own."""
    *before, last = map(_unended, parts)
    said = [voice.say("document.review.item", words=words) for words in before]
    closed = inline.text_of(last, voice.lang).endswith(".")
    return [*said, last if closed else voice.say("document.review.last-item", words=last)]


def _unended(nodes: Inline) -> Inline:
    match nodes:
        case (*before, Run(text, verbatim=False)) if not text.endswith("etc."):
            return (*before, Run(text.rstrip(" \u00a0\u202f.;,")))
        case (*before, InLanguage() | Strong() | Emphasis() as last):
            return (*before, replace(last, children=_unended(last.children)))
        case _:
            return nodes


def sentences(parts: Iterable[Inline]) -> Inline:
    """Sentences one after the other."""
    found: Inline = ()
    for part in parts:
        found = (*found, *inline.plain(" "), *part) if found else part
    return found
