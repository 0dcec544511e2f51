"""Rules about ids: unique, known where they are referred to, and good as names of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from webcycle.checks.found import CODES, finding, likely
from webcycle.errors import Finding, KeyPath, Severity
from webcycle.programme import Axis, Contact, Programme, Resource, Session

_Reference = tuple[KeyPath, str | None]

_RESERVED = frozenset({"attendance", "review"})
_RESERVED_PREFIXES = ("announce-", "attendance-")


def duplicate_ids(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """No two axes, contacts, resources or sessions have the same id."""
    tables: tuple[tuple[str, tuple[Axis | Contact | Resource | Session, ...]], ...] = (
        ("axis", programme.axes),
        ("contact", programme.contacts),
        ("resource", programme.resources),
        ("session", programme.sessions),
    )
    for table, items in tables:
        first: dict[str, int] = {}
        for index, item in enumerate(items):
            if item.id is not None and (earlier := first.setdefault(item.id, index)) != index:
                yield finding("duplicate-id", table, index, "id", found=item.id, table=table, first=str(earlier + 1))


def unknown_axes(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """The axis of a session is one of the programme's."""
    named = ((("session", index, "axis"), session.axis) for index, session in enumerate(programme.sessions))
    yield from _unknown("unknown-axis", named, (axis.id for axis in programme.axes))


def unknown_contacts(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """The contact of a session, of its registration and of a release is one of the programme's."""
    yield from _unknown("unknown-contact", _contacts(programme), (contact.id for contact in programme.contacts))


def _contacts(programme: Programme) -> Iterator[_Reference]:
    for index, session in enumerate(programme.sessions):
        yield ("session", index, "contact"), session.contact
        if session.registration is not None:
            yield ("session", index, "registration", "contact"), session.registration.contact
    for index, release in enumerate(programme.releases):
        yield ("release", index, "contact"), release.contact


def unknown_sessions(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """The sessions that a release is about or tells beside are in the programme."""
    yield from _unknown("unknown-session", _told(programme), programme.session_by_id)


def _told(programme: Programme) -> Iterator[_Reference]:
    for index, release in enumerate(programme.releases):
        yield ("release", index, "session"), release.session
        for number, name in enumerate(release.related):
            yield ("release", index, "related", number), name


def unknown_resources(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """The resource that a release announces is in the programme."""
    named = ((("release", index, "resource"), release.resource) for index, release in enumerate(programme.releases))
    yield from _unknown("unknown-resource", named, (resource.id for resource in programme.resources))


def _unknown(code: str, references: Iterable[_Reference], ids: Iterable[str | None]) -> Iterator[Finding]:
    known = sorted({name for name in ids if name is not None})
    members = frozenset(known)
    for path, name in references:
        if name is not None and name not in members:
            yield finding(code, *path, found=name, known=likely(name, known))


def axes_without_session(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """Every axis has a session."""
    used = {session.axis for session in programme.sessions}
    for index, axis in enumerate(programme.axes):
        if axis.id not in used:
            yield finding("axis-without-session", "axis", index, "id", found=axis.id)


def no_session(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """A programme has a session."""
    if not programme.sessions:
        yield finding("no-session", "session")


def output_clashes(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """The calendar of a session, the cycle's and those of the axes have different file names."""
    cycle = programme.cycle.id
    taken = {cycle: "[cycle]", **{f"{cycle}-{axis.id}": f"[[axis]] {axis.id}" for axis in programme.axes}}
    for index, session in enumerate(programme.sessions):
        if session.id in taken:
            yield finding("output-clash", "session", index, "id", found=session.id, other=taken[session.id])


def reserved_ids(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """No id of a session or of the cycle is the name of another document that is written beside its files."""
    named: list[tuple[KeyPath, str]] = [(("cycle", "id"), programme.cycle.id)]
    named += ((("session", index, "id"), session.id) for index, session in enumerate(programme.sessions))
    for path, name in named:
        if name in _RESERVED or name.startswith(_RESERVED_PREFIXES):
            yield finding("reserved-id", *path, found=name)


def ignored_codes(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """What `[check] ignore` names is the code of a warning."""
    warnings = sorted(code for code, severity in CODES.items() if severity is Severity.WARNING)
    for index, code in enumerate(programme.check.ignore):
        if code not in CODES:
            yield finding("unknown-ignore", "check", "ignore", index, found=code, known=likely(code, warnings))
        elif CODES[code] is Severity.ERROR:
            yield finding("ignored-error", "check", "ignore", index, found=code)
