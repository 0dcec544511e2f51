"""Lists of participants: who registered, who came, who did not, who came unregistered, and who is not counted and why.

Everything here is of people; nothing of it may be published.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from webcycle.identity import Directory, People, Person, keys, resolve
from webcycle.presence import Stay, stay
from webcycle.programme import Programme, Session
from webcycle.records import Registration, Role, Status, Visit

Presence = Literal["present", "brief", "absent", "unknown"]
"""Present under the rule of the programme, there for less time than it wants, never; or no attendance is known."""

Reason = Literal["staff", "panelist", "host", "bot", "anonymous", "pending", "cancelled", "refused", "unknown-session"]
"""Why a row counts for no participant."""

Standing = Literal["present", "walk-in", "brief", "absent", "unknown"]
"""The presence, but that one who came unregistered is told apart."""

_ROLES: tuple[Role, ...] = ("staff", "panelist", "host", "bot", "anonymous")


@dataclass(frozen=True, slots=True)
class Entry:
    """A participant of a session, or of the cycle.

    `registrations` and `attended` are the sessions registered for and attended; `registered` is the first time of
    registering, where it is known. `joined` and `left` are the first and last seen, `seconds` the time there (None:
    not known). `rows` is how many registrations and visits stand behind this.
    """

    person: Person
    registrations: int
    attended: int
    presence: Presence
    registered: datetime | None
    joined: datetime | None
    left: datetime | None
    seconds: int | None
    rows: int

    @property
    def is_registered(self) -> bool:
        """Whether there is a confirmed registration."""
        return self.registrations > 0

    @property
    def standing(self) -> Standing:
        """In which part of the list this participant belongs."""
        return "walk-in" if self.presence == "present" and not self.is_registered else self.presence

    @property
    def minutes(self) -> int | None:
        """The time there in whole minutes, the part of a minute left out."""
        return None if self.seconds is None else self.seconds // 60


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that count for no participant: whose they are (None: nobody's), in which session, why, and how many."""

    session: str
    person: Person | None
    reason: Reason
    rows: int


@dataclass(frozen=True, slots=True)
class Roll:
    """The list of a session, or of the cycle (`session` is None); `rows` is how many records it is made of.

    Every row is behind one of the entries or one of the left out; the registered are present, absent or unknown.
    """

    session: Session | None
    entries: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...]
    rows: int

    @property
    def registered(self) -> tuple[Entry, ...]:
        """Who had registered: the present and the absent among them."""
        return tuple(entry for entry in self.entries if entry.is_registered)

    @property
    def present(self) -> tuple[Entry, ...]:
        """Who had registered and came."""
        return tuple(entry for entry in self.entries if entry.standing == "present")

    @property
    def absent(self) -> tuple[Entry, ...]:
        """Who had registered and did not come, or for too short a time."""
        return tuple(entry for entry in self.registered if entry.presence in ("brief", "absent"))

    @property
    def unknown(self) -> tuple[Entry, ...]:
        """Who had registered for sessions of which no attendance was imported, and for no other."""
        return tuple(entry for entry in self.entries if entry.presence == "unknown")

    @property
    def walk_ins(self) -> tuple[Entry, ...]:
        """Who came without a registration."""
        return tuple(entry for entry in self.entries if entry.standing == "walk-in")

    @property
    def brief(self) -> tuple[Entry, ...]:
        """Who came for less time than the rule of the programme wants, registered or not."""
        return tuple(entry for entry in self.entries if entry.presence == "brief")

    @property
    def is_unattended(self) -> bool:
        """Whether nothing is known of who came."""
        return all(entry.presence == "unknown" for entry in self.entries)

    @property
    def reasons(self) -> Mapping[Reason, int]:
        """How many people, and rows of nobody, were left out for each reason."""
        return Counter(left.reason for left in self.left_out)


@dataclass(frozen=True, slots=True)
class Rolls:
    """The list of every session of the programme, by its id, and that of the cycle."""

    sessions: Mapping[str, Roll]
    cycle: Roll
    directory: Directory


def rolls(
    programme: Programme, registrations: Sequence[Registration], visits: Sequence[Visit], people: People
) -> Rolls:
    """The lists that these records give; their order does not matter."""
    directory = resolve(registrations, visits, people)
    rows: defaultdict[str, list[Registration | Visit]] = defaultdict(list)
    records: tuple[Registration | Visit, ...] = (*registrations, *visits)
    for record in records:
        rows[record.session].append(record)
    known = programme.session_by_id
    lists = {key: _session_roll(programme, session, rows.pop(key, []), directory) for key, session in known.items()}
    strangers = tuple(
        LeftOut(session, person, "unknown-session", len(theirs))
        for session, others in sorted(rows.items())
        for person, theirs in _by_person(others, directory)
    )
    return Rolls(lists, _cycle_roll(lists.values(), strangers), directory)


def _by_person(
    records: Iterable[Registration | Visit], directory: Directory
) -> list[tuple[Person | None, list[Registration | Visit]]]:
    found: defaultdict[str, list[Registration | Visit]] = defaultdict(list)
    for record in records:
        person = directory.of(record)
        found[person.key if person else ""].append(record)
    return [(directory.persons.get(key), found[key]) for key in sorted(found)]


def _session_roll(
    programme: Programme, session: Session, records: Sequence[Registration | Visit], directory: Directory
) -> Roll:
    window = _window(programme, session)
    least = programme.attendance.minutes * 60
    unseen: Presence = "absent" if any(isinstance(row, Visit) for row in records) else "unknown"
    entries: list[Entry] = []
    left_out: list[LeftOut] = []
    for person, theirs in _by_person(records, directory):
        if person is None or (role := _role(person, theirs)) == "anonymous":
            left_out.append(LeftOut(session.id, person, "anonymous", len(theirs)))
        elif role != "participant":
            left_out.append(LeftOut(session.id, person, role, len(theirs)))
        else:
            registered = [row for row in theirs if isinstance(row, Registration)]
            left_out.extend(_unconfirmed(session, person, registered))
            there = stay([row for row in theirs if isinstance(row, Visit)], window)
            presence = _presence(there, least) if there.visits else unseen
            if entry := _entry(person, registered, there, presence):
                entries.append(entry)
    return Roll(session, tuple(sorted(entries, key=by_name)), tuple(left_out), len(records))


def _window(programme: Programme, session: Session) -> tuple[datetime, datetime] | None:
    """From when to when the session was held, where that is known to the minute and presence is to be clipped to it."""
    held = session.held
    if not programme.attendance.clip or held is None:
        return None
    if not isinstance(held.start, datetime) or not isinstance(held.end, datetime):
        return None
    return programme.aware(held.start), programme.aware(held.end)


def _role(person: Person, rows: Iterable[Registration | Visit]) -> Role:
    """What is said of the person, else what any of these rows says: one row of a panelist makes a panelist."""
    said = {person.role, *(row.role for row in rows)}
    return next((role for role in _ROLES if role in said), "participant")


def _unconfirmed(session: Session, person: Person, rows: Iterable[Registration]) -> Iterator[LeftOut]:
    counts = Counter[Status](row.status for row in rows)
    statuses: tuple[Literal["pending", "cancelled", "refused"], ...] = ("pending", "cancelled", "refused")
    for status in statuses:
        if counts[status]:
            yield LeftOut(session.id, person, status, counts[status])


def _entry(person: Person, registrations: Iterable[Registration], there: Stay, presence: Presence) -> Entry | None:
    confirmed = [row for row in registrations if row.status == "confirmed"]
    if not (confirmed or there.visits):
        return None
    return Entry(
        person=person,
        registrations=1 if confirmed else 0,
        attended=1 if presence == "present" else 0,
        presence=presence,
        registered=min((row.registered for row in confirmed if row.registered), default=None),
        joined=there.joined,
        left=there.left,
        seconds=there.seconds,
        rows=len(confirmed) + there.visits,
    )


def _presence(there: Stay, least: int) -> Presence:
    """Somebody whose time there is not wholly known is given the benefit of the doubt."""
    return "present" if there.seconds is None or there.is_open or there.seconds >= least else "brief"


def _cycle_roll(lists: Iterable[Roll], strangers: tuple[LeftOut, ...]) -> Roll:
    lists = tuple(lists)
    theirs: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in (entry for roll in lists for entry in roll.entries):
        theirs[entry.person.key].append(entry)
    entries = sorted(map(_together, theirs.values()), key=by_name)
    left_out = (*(left for roll in lists for left in roll.left_out), *strangers)
    return Roll(None, tuple(entries), left_out, sum(roll.rows for roll in lists) + sum(left.rows for left in strangers))


def _together(entries: Sequence[Entry]) -> Entry:
    order: tuple[Presence, ...] = ("present", "brief", "absent", "unknown")
    known = [entry.seconds for entry in entries if entry.seconds is not None]
    return Entry(
        person=entries[0].person,
        registrations=sum(entry.registrations for entry in entries),
        attended=sum(entry.attended for entry in entries),
        presence=min((entry.presence for entry in entries), key=order.index),
        registered=min((entry.registered for entry in entries if entry.registered), default=None),
        joined=min((entry.joined for entry in entries if entry.joined), default=None),
        left=max((entry.left for entry in entries if entry.left), default=None),
        seconds=sum(known) if known else None,
        rows=sum(entry.rows for entry in entries),
    )


def by_name(entry: Entry) -> tuple[str, str, str]:
    """The order of a list: by last name where it is known, else by the name; accents and capitals do not matter."""
    person = entry.person
    return collated(person.last or person.name or person.email), collated(person.first), person.key


def collated(name: str) -> str:
    """A name as lists are ordered by it."""
    return keys.unaccented(keys.folded(name))
