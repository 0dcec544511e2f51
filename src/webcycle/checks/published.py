"""Rules about what readers are told and given: addresses, documents, recordings, reasons, places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from webcycle.checks import owed
from webcycle.checks.found import ends, finding, local, standing
from webcycle.errors import Finding, KeyPath
from webcycle.programme import Link, Programme, Session


def http_links(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """Addresses begin with https."""
    for path, url in _addresses(programme):
        if url is not None and url.startswith("http://"):
            yield finding("http-link", *path, found=url)


def _addresses(programme: Programme) -> Iterator[tuple[KeyPath, str | None]]:
    yield ("cycle", "url"), programme.cycle.url
    yield ("organiser", "url"), programme.organiser.url
    yield ("calendar", "url"), programme.calendar.url
    for path, link in _links(programme):
        yield (*path, "url"), link.url
    for index, resource in enumerate(programme.resources):
        yield ("resource", index, "url"), resource.url
    for index, session in enumerate(programme.sessions):
        for rest, url in _session_addresses(session):
            yield ("session", index, *rest), url


def _session_addresses(session: Session) -> Iterator[tuple[KeyPath, str | None]]:
    yield ("url",), session.url
    if session.registration is not None:
        yield ("registration", "url"), session.registration.url
    if session.join is not None:
        yield ("join", "url"), session.join.url
    if session.questions_to is not None:
        yield ("questions-to", "url"), session.questions_to.url
    if session.recording is not None:
        yield ("recording", "url"), session.recording.url
    for number, document in enumerate(session.documents):
        yield ("documents", number, "url"), document.url


def _links(programme: Programme) -> Iterator[tuple[KeyPath, Link]]:
    for index, link in enumerate(programme.links):
        yield ("link", index), link
    for index, release in enumerate(programme.releases):
        for number, link in enumerate(release.links):
            yield ("release", index, "links", number), link


def links_without_url(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """A link has an address, or at least a sentence that says where to find what it names."""
    own = programme.cycle.language
    for path, link in _links(programme):
        if link.url is None and link.text is None:
            yield finding("link-without-url", *path, "url", title=link.title.pick(own, own)[0])


def missing_documents(programme: Programme, now: datetime) -> Iterator[Finding]:
    """A document that is listed has its address by its due day; without one, two weeks after the session."""
    present = local(programme, now)
    for index, session, slot in standing(programme):
        for number, document in enumerate(session.documents):
            due = owed.due(slot, document.due)
            if session.status == "confirmed" and not owed.published(document) and due < present.date():
                values = {"kind": document.kind, "found": session.id, "due": due.isoformat()}
                yield finding("missing-document", "session", index, "documents", number, "url", **values)


def missing_recordings(programme: Programme, now: datetime) -> Iterator[Finding]:
    """In a cycle that publishes recordings an online session has its own two weeks after it."""
    if not owed.records(programme):
        return
    present = local(programme, now)
    for index, session, slot in standing(programme):
        wanted = session.status == "confirmed" and owed.recordable(session) and session.recording is None
        if wanted and owed.due(slot) < present.date():
            end = ends(slot) - timedelta(microseconds=1)
            yield finding("missing-recording", "session", index, "recording", found=session.id, day=f"{end:%Y-%m-%d}")


def changes_without_reason(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """Of a session that is postponed or cancelled the reason is told."""
    for index, session in enumerate(programme.sessions):
        if session.status in ("postponed", "cancelled") and session.reason is None:
            yield finding(f"{session.status}-without-reason", "session", index, "status", found=session.id)


def places(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """A session that one can attend in person has a place."""
    for index, session in enumerate(programme.sessions):
        if session.mode != "online" and session.place is None and session.status != "cancelled":
            values = {"found": session.id, "mode": session.mode}
            yield finding("in-person-without-place", "session", index, "mode", **values)


def stated_before_session(programme: Programme, now: datetime) -> Iterator[Finding]:
    """Nobody has taken part in a session that is still to come, nor watched its recording."""
    present = local(programme, now)
    for index, session in enumerate(programme.sessions):
        stated, slot = session.stated, session.slot
        if stated is None or session.status == "cancelled" or (stated.participants is None and stated.views is None):
            continue
        if session.status == "postponed" or (slot is not None and ends(slot) > present):
            yield finding("stated-before-session", "session", index, "stated", found=session.id)
