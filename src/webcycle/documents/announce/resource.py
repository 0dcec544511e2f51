"""How a publication is told: its parts, its context, where it was presented, what comes with it, how to get it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from webcycle.documents import inline, wording
from webcycle.documents.announce import nouns, told
from webcycle.documents.blocks import Block, Inline, Item, LinkList, NumberedList, Paragraph
from webcycle.documents.voice import Voice
from webcycle.programme import Presentation, Resource

PUBLICATION = "document.publication"
# Formats of files: what comes in others is not downloaded.
_FILES = frozenset({"pdf", "epub", "html", "odt", "docx", "odp", "pptx", "ods", "xlsx", "csv", "zip", "mp3", "mp4"})


def blocks(resource: Resource, voice: Voice, issued: date, *, under: int = 2) -> Iterator[Block]:
    """What is said of a publication below its heading, which is of level `under`."""
    if resource.introduction is not None:
        yield from voice.prose(resource.introduction, under=under)
    if resource.parts:
        yield NumberedList(tuple(Item(voice.rich(part)) for part in resource.parts))
    if resource.context is not None:
        yield from voice.prose(resource.context, under=under)
    past = [one for one in resource.presented_at if one.date <= issued]
    yield from _presentations("presented", past, voice)
    yield from _presentations("to-present", [one for one in resource.presented_at if one not in past], voice)
    if available := _available(resource, voice):
        yield Paragraph(available)
    if resource.url is not None or resource.formats:
        yield LinkList((inline.link(_way(resource, voice), resource.url),))


def _presentations(key: str, found: Sequence[Presentation], voice: Voice) -> Iterator[Block]:
    """In a sentence where the article of each event is known, else as a list."""
    events = [event for one in found if (event := _at_event(one, voice))]
    if found and len(events) == len(found):
        yield Paragraph(voice.say(f"{PUBLICATION}.{key}-at", events=voice.listed(events)))
    elif found:
        yield Paragraph(voice.say(f"{PUBLICATION}.{key}", count=len(found)))
        yield told.enumeration([_presentation(one, voice) for one in found], voice)


def _at_event(one: Presentation, voice: Voice) -> Inline:
    words, lang = one.event.pick(voice.lang, voice.own)
    article, _ = nouns.split(words, lang)
    if article is None or lang != voice.lang:
        return ()
    days = wording.days(one.date, one.until or one.date, voice.lang)
    return voice.say(f"{PUBLICATION}.at-event", of_event=told.of_named(one.event, voice), days=days)


def _presentation(one: Presentation, voice: Voice) -> Inline:
    days = wording.days(one.date, one.until or one.date, voice.lang)
    return voice.say(f"{PUBLICATION}.presentation", event=voice.plain(one.event), days=days)


def _available(resource: Resource, voice: Voice) -> Inline:
    freely = "-free" if resource.free else ""
    if resource.collection:
        items = voice.listed([voice.plain(item) for item in resource.collection])
        return voice.say(f"{PUBLICATION}.collection{freely}", items=items)
    return voice.say(f"{PUBLICATION}.free") if resource.free else ()


def _way(resource: Resource, voice: Voice) -> Inline:
    """Words that say where the publication can be had, and in which format."""
    title = told.named(resource.title, voice)
    if not resource.formats:
        return voice.say(f"{PUBLICATION}.read", title=title)
    files = all(form.lower() in _FILES for form in resource.formats)
    key = f"{PUBLICATION}.{'download' if files else 'obtain'}"
    return voice.say(key, title=title, formats=", ".join(resource.formats))
