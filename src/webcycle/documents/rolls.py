"""Lists of participants: what each of them says, as sheets of a workbook and as JSON. All of it is private."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from webcycle.documents import inline, wording
from webcycle.documents.blocks import Inline, Run
from webcycle.documents.spreadsheet import Cell, Sheet, Workbook
from webcycle.documents.voice import Voice
from webcycle.duties import kept_until
from webcycle.errors import Language
from webcycle.identity import Person
from webcycle.participants import Entry, LeftOut, Roll
from webcycle.programme import Programme


@dataclass(frozen=True, slots=True)
class Told:
    """What a list is told with: the list, its programme, the instant (aware) at which it is made, and the voice."""

    roll: Roll
    programme: Programme
    now: datetime
    lang: Language

    @property
    def voice(self) -> Voice:
        """The voice of the list."""
        return Voice.of_programme(self.programme, self.lang)

    def say(self, key: str, *, count: float | None = None, **fields: Inline | str) -> str:
        """A sentence of the lists, as text."""
        return inline.text_of(self.voice.say(f"rolls.{key}", count=count, **fields), self.lang)

    def moment(self, instant: datetime | None) -> str:
        """An instant on the clocks of the cycle's zone: "2020-10-26 14:03"."""
        return f"{self.programme.local(instant):%Y-%m-%d %H:%M}" if instant else ""

    @property
    def subject(self) -> Inline:
        """Whose list it is: the title of the session, or of the cycle."""
        session = self.roll.session
        return self.voice.plain(session.title if session else self.programme.cycle.title)


def name(text: str) -> Inline:
    """A name as it stands: no typography, no markup."""
    return (Run(text, verbatim=True),)


def parts(person: Person) -> tuple[str, str]:
    """The last and the first name; where they are not known apart, the whole name or what stands for it, and ""."""
    return (person.last, person.first) if person.last else (person.name or person.email or person.key, "")


def whole_name(person: Person) -> str:
    """The name as lists show it: the last name first, where it is known."""
    return " ".join(filter(None, parts(person)))


# ---- what a list is


def about(told: Told, *, counted: bool = True) -> tuple[tuple[str, str], ...]:
    """What the list is, what is counted, why it is kept, and until when: pairs of a label and what it says."""
    facts = (*what(told), *(counts(told) if counted else ()), *privacy(told))
    return tuple((told.say(f"about.{key}"), said) for key, said in facts)


def what(told: Told) -> Iterator[tuple[str, str]]:
    """The cycle, the session, when it is or was, when the list was made."""
    cycle, session = told.programme.cycle, told.roll.session
    yield "cycle", words_of(told, told.voice.plain(cycle.title))
    if session:
        yield "session", words_of(told, told.voice.plain(session.title))
        yield "when", wording.span(session.slot, told.lang) if session.slot else told.say("no-date")
    made = told.programme.local(told.now)
    yield "made", told.say("made", day=wording.day(made, told.lang), hour=wording.hour(made, told.lang))
    yield "zone", cycle.timezone


def counts(told: Told) -> Iterator[tuple[str, str]]:
    """How many there are of each sort, and what the figures mean."""
    roll, rule = told.roll, told.programme.attendance
    yield from ((key, told.voice.number(number)) for key, number in figures(roll))
    if not roll.is_unattended and rule.minutes:
        brief = told.voice.number(len(roll.brief))
        yield "rule", told.say("rule", count=rule.minutes, minutes=str(rule.minutes), number=brief)
    if not roll.is_unattended:
        yield "minutes", told.say("minutes-clipped" if rule.clip else "minutes-whole")
    if weak := sum(entry.person.weak for entry in roll.entries):
        yield "weak", told.say("weak", count=weak, number=told.voice.number(weak))
    if left_out := reasons(told):
        yield "left-out", left_out


def figures(roll: Roll) -> tuple[tuple[str, int], ...]:
    """The figures of a list; those of the attendance only where some was imported."""
    unknown = (("unknown", len(roll.unknown)),) if roll.unknown else ()
    if roll.is_unattended:
        return (("registered", len(roll.registered)), *unknown)
    return (
        ("registered", len(roll.registered)),
        ("present", len(roll.present)),
        ("absent", len(roll.absent)),
        ("walk-ins", len(roll.walk_ins)),
        *unknown,
    )


def reasons(told: Told) -> str:
    """Why people were left out, and how many for each reason; "" when nobody was."""
    return ", ".join(f"{told.say(f'reason.{reason}')} {number}" for reason, number in sorted(told.roll.reasons.items()))


def privacy(told: Told) -> Iterator[tuple[str, str]]:
    """Why and until when the list is kept, and how to treat it."""
    given = told.programme.privacy
    yield "purpose", words_of(told, told.voice.rich(given.purpose)) if given.purpose else told.say("not-stated")
    if given.controller:
        yield "controller", words_of(told, told.voice.plain(given.controller))
    if given.legal_basis:
        yield "basis", words_of(told, told.voice.plain(given.legal_basis))
    yield "until", until(told)
    yield "care", told.say("care")


def until(told: Told) -> str:
    """Until when the list may be kept, in words."""
    day = kept_until(told.programme)
    return wording.day(day, told.lang, weekday=False) if day else told.say("no-end")


def words_of(told: Told, nodes: Inline) -> str:
    """Inline text as text, with its typography."""
    return inline.text_of(nodes, told.lang)


def title(told: Told) -> str:
    """The title of the list."""
    return told.say("title", subject=told.subject)


# ---- for spreadsheets

_Getter = Callable[[Told, Entry], Cell]


def known(told: Told, text: str) -> str:
    """The text, or that it is not determined."""
    return text or told.say("not-determined")


_FIELDS: tuple[tuple[str, _Getter], ...] = (
    ("standing", lambda told, entry: told.say(f"standing.{entry.standing}")),
    ("last", lambda _told, entry: parts(entry.person)[0]),
    ("first", lambda _told, entry: parts(entry.person)[1]),
    ("email", lambda _told, entry: entry.person.email),
    ("organisation", lambda told, entry: known(told, entry.person.organisation)),
    ("type", lambda _told, entry: entry.person.type),
    ("territory", lambda told, entry: known(told, entry.person.territory)),
)
_OF_SESSION: tuple[tuple[str, _Getter], ...] = (
    (
        "registered",
        lambda told, entry: told.moment(entry.registered) or (told.say("yes") if entry.is_registered else ""),
    ),
    ("joined", lambda told, entry: told.moment(entry.joined)),
    ("left", lambda told, entry: told.moment(entry.left)),
    ("minutes", lambda _told, entry: entry.minutes),
)
_OF_CYCLE: tuple[tuple[str, _Getter], ...] = (
    ("registrations", lambda _told, entry: entry.registrations),
    ("attended", lambda _told, entry: entry.attended),
    ("joined", lambda told, entry: told.moment(entry.joined)),
    ("left", lambda told, entry: told.moment(entry.left)),
    ("minutes", lambda _told, entry: entry.minutes),
)
_LAST: tuple[tuple[str, _Getter], ...] = (
    ("known-by", lambda told, entry: told.say("by-name" if entry.person.weak else "surely")),
)


def sheet(told: Told) -> Sheet:
    """The participants, one a row."""
    fields = (*_FIELDS, *(_OF_SESSION if told.roll.session else _OF_CYCLE), *_LAST)
    return Sheet(
        name=told.say("tab.participants"),
        titles=tuple(told.say(f"column.{key}") for key, _ in fields),
        rows=tuple(tuple(getter(told, entry) for _, getter in fields) for entry in told.roll.entries),
    )


def left_out_sheet(told: Told) -> Sheet:
    """Who is not counted, and why."""
    titles = ("session", "last", "first", "email", "organisation", "reason", "rows")
    return Sheet(
        name=told.say("tab.left-out"),
        titles=tuple(told.say(f"column.{key}") for key in titles),
        rows=tuple(_left_out_row(told, left) for left in told.roll.left_out),
    )


def _left_out_row(told: Told, left: LeftOut) -> tuple[Cell, ...]:
    last, first = parts(left.person) if left.person else ("", "")
    email, organisation = (left.person.email, left.person.organisation) if left.person else ("", "")
    return left.session, last, first, email, organisation, told.say(f"reason.{left.reason}"), left.rows


def workbook(told: Told) -> Workbook:
    """The list as a workbook: what it is, the participants, who was left out."""
    return Workbook(
        title=title(told),
        author=words_of(told, told.voice.plain(told.programme.organiser.name)),
        made=told.now,
        about_name=told.say("tab.about"),
        about=about(told),
        sheets=(sheet(told), left_out_sheet(told)),
    )


# ---- for programs


def data(told: Told) -> dict[str, Any]:
    """The list as JSON: times in the cycle's zone, what is not known as null."""
    roll = told.roll
    return {
        "cycle": told.programme.cycle.id,
        "session": roll.session.id if roll.session else None,
        "made": _iso(told, told.now),
        "keep_until": _day(kept_until(told.programme)),
        "counts": {
            "registered": len(roll.registered),
            "present": len(roll.present),
            "absent": len(roll.absent),
            "walk_ins": len(roll.walk_ins),
            "brief": len(roll.brief),
            "unknown": len(roll.unknown),
            "left_out": dict(sorted(roll.reasons.items())),
            "rows": roll.rows,
        },
        "participants": [_entry_data(told, entry) for entry in roll.entries],
        "left_out": [
            {"session": left.session, **_person_data(left.person), "reason": left.reason, "rows": left.rows}
            for left in roll.left_out
        ],
    }


def _entry_data(told: Told, entry: Entry) -> dict[str, Any]:
    return {
        **_person_data(entry.person),
        "type": entry.person.type or None,
        "territory": entry.person.territory or None,
        "role": "participant",
        "standing": entry.standing,
        "registrations": entry.registrations,
        "attended": entry.attended,
        "registered": _iso(told, entry.registered),
        "joined": _iso(told, entry.joined),
        "left": _iso(told, entry.left),
        "minutes": entry.minutes,
        "rows": entry.rows,
    }


def _person_data(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {"key": None, "name": None, "email": None, "organisation": None, "weak": None}
    return {
        "key": person.key,
        "name": person.name or None,
        "email": person.email or None,
        "organisation": person.organisation or None,
        "weak": person.weak,
    }


def _iso(told: Told, instant: datetime | None) -> str | None:
    return told.programme.local(instant).isoformat() if instant else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
