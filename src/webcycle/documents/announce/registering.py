"""How one takes part in a session to come: for whom it is, how to register, until when, and what one then receives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import reduce

from webcycle.documents import inline
from webcycle.documents.announce import told
from webcycle.documents.announce.told import ANNOUNCEMENT
from webcycle.documents.blocks import Block, Heading, Inline, Paragraph, Run
from webcycle.documents.voice import Voice, sentences
from webcycle.programme import Contact, Programme, Registration, Session
from webcycle.values import Moment, day_of


def blocks(programme: Programme, session: Session, voice: Voice, issued: date) -> Iterator[Block]:
    """The section on taking part; nothing where nothing of it is known."""
    found = tuple(_blocks(programme, session, voice, issued))
    if found:
        yield Heading(2, voice.say(f"{ANNOUNCEMENT}.taking-part"), "taking-part")
        yield from found


def _blocks(programme: Programme, session: Session, voice: Voice, issued: date) -> Iterator[Block]:
    registration = session.registration or Registration()
    closed = registration.deadline is not None and day_of(registration.deadline) < issued
    ways = [] if closed else list(_ways(programme, registration, voice))
    told_so = (
        _audience(programme, session, voice),
        voice.say(f"{ANNOUNCEMENT}.closed") if closed else _register(registration, ways, voice, issued),
        _capacity(registration, voice) if not closed else (),
        _details(session, registration, voice, issued),
    )
    if said := sentences(sentence for sentence in told_so if sentence):
        yield Paragraph(said)
    if not closed and not ways:
        yield from told.listed((link for link in programme.links if link.kind == "registration"), voice)
    if programme.cycle.joining is not None and registration.details_sent is None and session.mode != "in-person":
        yield from voice.prose(programme.cycle.joining)
    if session.questions_to is not None:
        channel = inline.link(voice.plain(session.questions_to.label), session.questions_to.url)
        yield Paragraph(told.ended(voice.say(f"{ANNOUNCEMENT}.questions", channel=channel), voice))


def _audience(programme: Programme, session: Session, voice: Voice) -> Inline:
    words = session.audience or programme.cycle.audience
    if words is None:
        return ()
    key = f"{ANNOUNCEMENT}.audience" + ("-first" if session.audience else "")
    said = voice.say(key, session=told.word(session, voice), audience=voice.to(words))
    return told.ended(told.capitalised(said), voice)


# ---- how to register


def _ways(programme: Programme, registration: Registration, voice: Voice) -> Iterator[Inline]:
    """The form; then whom to write to, else to call."""
    if registration.url is not None:
        form = inline.link(voice.say(f"{ANNOUNCEMENT}.form"), registration.url)
        yield voice.say(f"{ANNOUNCEMENT}.by-form", form=form)
    contact = next((one for one in programme.contacts if one.id and one.id == registration.contact), None)
    who = voice.say(f"{ANNOUNCEMENT}.who", name=voice.plain(contact.name)) if contact else ()
    email = registration.email or (contact.email if contact else None)
    if email is not None:
        address = inline.link((Run(email, verbatim=True),), f"mailto:{email}")
        yield voice.say(f"{ANNOUNCEMENT}.by-email", email=address, who=_after_space(who))
    elif contact is not None:
        yield _without_email(contact, who, voice)


def _without_email(contact: Contact, who: Inline, voice: Voice) -> Inline:
    if contact.phone is None:
        return voice.say(f"{ANNOUNCEMENT}.with", name=voice.plain(contact.name))
    phone: Inline = (Run(contact.phone, verbatim=True),)
    return voice.say(f"{ANNOUNCEMENT}.by-phone", phone=phone, who=_after_space(who))


def _after_space(words: Inline) -> Inline:
    return (Run(" "), *words) if words else ()


def _register(registration: Registration, ways: list[Inline], voice: Voice, issued: date) -> Inline:
    """ "Si vous souhaitez participer, inscrivez-vous par courriel à ..., avant le lundi 18 mai."."""
    if not ways and registration.deadline is None:
        return ()
    key = "register" + ("-by" if ways else "") + ("-before" if registration.deadline else "")
    before = _moment(registration.deadline, voice, issued) if registration.deadline else ""
    return voice.say(f"{ANNOUNCEMENT}.{key}", ways=_either(ways, voice), moment=before)


def _either(ways: list[Inline], voice: Voice) -> Inline:
    return reduce(lambda one, other: voice.say(f"{ANNOUNCEMENT}.or", one=one, other=other), ways) if ways else ()


def _moment(value: Moment, voice: Voice, issued: date) -> str:
    return told.moment(value, voice, year=value.year != issued.year)


def _capacity(registration: Registration, voice: Voice) -> Inline:
    if registration.capacity is None:
        return ()
    return voice.say(f"{ANNOUNCEMENT}.capacity", number=voice.number(registration.capacity))


# ---- what one then receives


def _details(session: Session, registration: Registration, voice: Voice, issued: date) -> Inline:
    """When the details are sent, as long as they are to be sent."""
    sent = registration.details_sent
    if sent is None or day_of(sent) < issued:
        return ()
    when = inline.plain(_moment(sent, voice, issued))
    if registration.details_sent_part is not None and not isinstance(sent, datetime):
        when = voice.say(f"{ANNOUNCEMENT}.{registration.details_sent_part}", day=when)
    return voice.say(f"{ANNOUNCEMENT}.details-{session.mode}", day=when)
