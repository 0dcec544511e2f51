"""The communiqué of a publication: that it appears, what it is for, what is in it, and where it can be had."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from webcycle.documents import communique, inline, wording
from webcycle.documents.announce import nouns, resource, told
from webcycle.documents.announce.releases import release_of
from webcycle.documents.announce.resource import PUBLICATION
from webcycle.documents.blocks import Block, Document, Inline, Paragraph
from webcycle.documents.voice import Voice, sentences
from webcycle.programme import Programme, Release, Resource
from webcycle.values import Month, Text


def build(programme: Programme, published: Resource, voice: Voice, issued: date) -> Document:
    """The communiqué of a resource of the programme, of the day `issued`."""
    release = release_of(programme, "publication", published.id)
    if release is not None and release.title is not None:
        title = voice.plain(release.title)
    else:
        title = voice.say(f"{PUBLICATION}.title", of_title=told.of_named(published.title, voice))
    blocks = _blocks(programme, published, release, voice, issued)
    return communique.framed(programme, voice, release, issued, title, blocks)


def _blocks(
    programme: Programme, published: Resource, release: Release | None, voice: Voice, issued: date
) -> Iterator[Block]:
    first = (_appears(published, voice), _made(published, voice), _when(published, voice, issued))
    yield Paragraph(sentences(sentence for sentence in first if sentence), lead=True)
    yield from resource.blocks(published, voice, issued, under=1)
    yield from told.related(programme, release, voice, issued)
    yield from told.further(release, voice)
    yield from told.card(programme, voice, release)


def _appears(published: Resource, voice: Voice) -> Inline:
    """That it appears, by whom and for which need: "Pour répondre ..., la Délégation ... publie le guide ..."."""
    publisher = published.publisher
    by = "" if publisher is None else "-of" if _is_plural(publisher, voice) else "-by"
    said = voice.say(
        f"{PUBLICATION}.announce{by}" + ("-for" if published.need else ""),
        title=told.named(published.title, voice),
        of_publisher=told.of_named(publisher, voice) if publisher else (),
        publisher=told.named(publisher, voice) if publisher else (),
        need=voice.rich(published.need) if published.need else (),
    )
    return told.capitalised(said)


def _is_plural(publisher: Text, voice: Voice) -> bool:
    """Whether a verb after the name would be in the plural, so that the sentence must do without one."""
    article, _rest = nouns.split(*publisher.pick(voice.lang, voice.own))
    return article == "les"


def _made(published: Resource, voice: Voice) -> Inline:
    if published.aegis is None and published.purpose is None:
        return ()
    key = "made" + ("-under" if published.aegis else "") + ("-for" if published.purpose else "")
    said = voice.say(
        f"{PUBLICATION}.{key}",
        of_aegis=told.of_named(published.aegis, voice) if published.aegis else (),
        purpose=voice.infinitive(published.purpose) if published.purpose else (),
    )
    return told.ended(said, voice)


def _when(published: Resource, voice: Voice, issued: date) -> Inline:
    """When it appears, where that is not the day or the month of the communiqué."""
    when = published.date
    if when is None or when in (issued, Month(issued.year, issued.month)):
        return ()
    return voice.say(f"{PUBLICATION}.date", day=inline.plain(wording.issued(when, voice.lang)))
