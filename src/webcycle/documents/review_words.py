"""How a figure of a review is said: its value with its qualifier, and where it comes from."""

from __future__ import annotations

from webcycle import texts
from webcycle.documents import figure_words, inline, wording
from webcycle.documents.blocks import Inline
from webcycle.documents.voice import Voice
from webcycle.review import Figure


def said(figure: Figure, voice: Voice, *, capital: bool = False) -> Inline:
    """The figure with its qualifier: "Plus de 1 500", "Entre 150 et 250"; "n. d." when it is not told."""
    if figure.value is None:
        return voice.unknown()
    if figure.high is not None:
        return bounds(figure.value, figure.high, voice, capital=capital)
    ways = {"exact": wording.number, "at-least": wording.at_least, "more-than": wording.more_than}
    words = ways[figure.bound](figure.value, voice.lang)
    return inline.plain(wording.capital(words) if capital else words)


def bounds(low: int, high: int, voice: Voice, *, capital: bool = False) -> Inline:
    """ "entre 150 et 250"."""
    said = texts.say(voice.lang, "metrics.bounds.between", {"low": voice.number(low), "high": voice.number(high)})
    return inline.plain(wording.capital(said) if capital else said)


def origin(provenance: str, sources: tuple[str, ...], voice: Voice) -> Inline:
    """Where a figure comes from, in a few words: "annoncé : communiqué du 27 avril 2021", "mesuré : 9 fichiers"."""
    said = voice.say(f"document.provenance.{provenance}")
    if not sources:
        return said
    named = figure_words.sources(sources, voice)
    listed = inline.joined(named, ", ".join(f"{{{index}}}" for index in range(len(named))))
    return voice.say("document.origin", origin=said, sources=listed)
