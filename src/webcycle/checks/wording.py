"""Rules about the organisation's own wording of the program's sentences, `[texts.fr]` and `[texts.en]`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from webcycle import richtext
from webcycle.checks.found import finding, likely
from webcycle.errors import Finding, KeyPath, Language
from webcycle.programme import Programme
from webcycle.texts import own
from webcycle.texts.own import Sentence

_LANGUAGES: tuple[Language, ...] = ("fr", "en")


def unknown_texts(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """The key of an own text is that of a sentence of the documents."""
    for lang, key, _words, sentence in _own(programme):
        if sentence is None:
            yield finding("unknown-text", *_path(lang, key), found=key[:80], known=_meant(key, lang))


def text_fields(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """An own text has only fields that its sentence is given."""
    for lang, key, words, sentence in _own(programme):
        if sentence is None:
            continue
        for name in sorted(own.fields(words) - sentence.fields):
            known = ", ".join(sorted(sentence.fields)) or "–"
            yield finding("unknown-text-field", *_path(lang, key), found=name[:80], known=known)


def left_out_fields(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """An own text leaves out no field of its sentence."""
    for lang, key, words, sentence in _own(programme):
        if sentence is None:
            continue
        if missing := sorted(own.fields(sentence.words) - own.fields(words)):
            yield finding("text-without-field", *_path(lang, key), found=", ".join(missing), words=sentence.words)


def plural_forms(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """Where one form of a plural is an own text, so is the other."""
    for lang, key, _words, sentence in _own(programme):
        other = own.other_form(key)
        if sentence is None or other is None or not own.is_plural(key, own.sentences(lang)):
            continue
        if other not in _texts(programme, lang):
            yield finding("text-without-form", *_path(lang, key), found=key, other=other)


def text_markup(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """An own text holds only Markdown that documents take."""
    for lang, key, words, _sentence in _own(programme):
        for reason, found in richtext.refusals(words, blocks=False):
            yield finding(f"rich-text-{reason}", *_path(lang, key), found=found)


def _own(programme: Programme) -> Iterator[tuple[Language, str, str, Sentence | None]]:
    """Each own text: its language, its key, its words, and the sentence that it words, if there is one."""
    for lang in _LANGUAGES:
        for key, words in _texts(programme, lang).items():
            yield lang, key, words, _sentence(key, lang)


def _texts(programme: Programme, lang: Language) -> dict[str, str]:
    return programme.texts.fr if lang == "fr" else programme.texts.en


def _sentence(key: str, lang: Language) -> Sentence | None:
    """The sentence of that key; one wording may stand for both forms of a plural, for any number."""
    known = own.sentences(lang)
    plural = f"{key}.other"
    return known.get(key) or (known[plural] if own.is_plural(plural, known) else None)


def _path(lang: Language, key: str) -> KeyPath:
    return "texts", lang, *key.split(".")


def _meant(key: str, lang: Language) -> str:
    """The keys that may have been meant: those that end like it, else those that are written alike."""
    known = sorted(own.sentences(lang))
    ending = [one for one in known if one.endswith(f".{key}")]
    return ", ".join(ending[:3]) or likely(key[:80], known)
