"""What invented people did: who registered for a session, who came, when, on how many devices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from webcycle import zones
from webcycle.programme import Programme, Session

from .dice import Dice
from .people import Cast, Person, plain

Addresses = Literal["registered", "signed-in", "never"]
"""Whose e-mail address an attendance export shows."""

_LONGEST = timedelta(hours=6)
_FIRST_NUMBER, _STEP = 81_001_111_111, 1_111_111
_MARKING = ("zoom-meeting", "zoom-meeting-restarted")


@dataclass(frozen=True, slots=True)
class Venue:
    """Where a session took place, and where people registered: "" when the platform itself took registrations."""

    platform: str
    form: str
    addresses: Addresses


VENUES = (
    Venue("zoom-webinar-2020", "", "registered"),
    Venue("zoom-meeting", "google-forms", "signed-in"),
    Venue("teams", "microsoft-forms", "signed-in"),
    Venue("bbb-json", "google-forms", "never"),
    Venue("zoom-meeting-excel", "limesurvey", "signed-in"),
    Venue("zoom-webinar-2021", "", "registered"),
    Venue("bbb-csv", "microsoft-forms", "never"),
    Venue("teams-2021-french", "google-forms", "signed-in"),
    Venue("zoom-meeting-restarted", "limesurvey", "signed-in"),
)


@dataclass(frozen=True, slots=True)
class Stay:
    """From joining to leaving, on one device (0 or 1); whole seconds, in UTC."""

    joined: datetime
    left: datetime
    device: int = 0

    @property
    def seconds(self) -> int:
        """How long."""
        return int((self.left - self.joined).total_seconds())


@dataclass(frozen=True, slots=True)
class Signup:
    """A registration as it was made; `status` is one of records.Status."""

    person: Person
    email: str
    when: datetime
    status: str = "confirmed"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who was there. `name` and `email` are what the platform shows; `role` is the truth and `shown` what the
    platform knows of it; `promoted` is when a member of the public was made a panelist."""

    person: str
    name: str
    email: str
    role: str
    shown: str
    stays: tuple[Stay, ...]
    phone: bool = False
    promoted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session as it was held. The room is open from `opened` to `closed`; `crashed` is when it had to be restarted,
    and `again` when it was open again."""

    session: str
    title: str
    number: int
    zone: str
    venue: Venue
    start: datetime
    end: datetime
    opened: datetime
    closed: datetime
    crashed: datetime | None = None
    again: datetime | None = None
    signups: tuple[Signup, ...] = ()
    attendees: tuple[Attendee, ...] = field(default=())

    def local(self, instant: datetime) -> datetime:
        """An instant on the wall of the account's zone, which is the cycle's."""
        return instant.astimezone(zones.zone(self.zone))

    @property
    def hosts(self) -> tuple[Attendee, ...]:
        """Who ran the room."""
        return tuple(one for one in self.attendees if one.role == "host")

    @property
    def signup_of(self) -> dict[str, Signup]:
        """The first registration of each person, by the person's id."""
        return {one.person.id: one for one in reversed(self.signups)}


def meetings(programme: Programme, seed: int, people: Cast) -> tuple[Meeting, ...]:
    """The sessions of a programme that were held online, each at the next venue; `seed` decides on the first."""
    held = [one for one in programme.sessions if one.status in ("confirmed", "tentative") and one.mode != "in-person"]
    found = []
    for index, session in enumerate(one for one in held if one.start is not None):
        venue = VENUES[(index + seed) % len(VENUES)]
        dice = Dice(seed, session.id)
        empty = _room(programme, session, index, venue, dice)
        found.append(_filled(empty, dice, people))
    return tuple(found)


def _room(programme: Programme, session: Session, index: int, venue: Venue, dice: Dice) -> Meeting:
    """The meeting before anybody came."""
    planned, until = _slot(programme, session)
    late = session.held is None
    start = planned + timedelta(seconds=dice.between(-30, 240) if late else 0)
    end = until + timedelta(seconds=dice.between(-400, 500) if late else 0)
    restarted = venue.platform == "zoom-meeting-restarted"
    crashed = (start + (end - start) / 2).replace(microsecond=0) if restarted else None
    return Meeting(
        session=session.id,
        title=session.title.pick(programme.cycle.language, programme.cycle.language)[0],
        number=_FIRST_NUMBER + _STEP * index,
        zone=programme.cycle.timezone,
        venue=venue,
        start=start,
        end=end,
        opened=planned - timedelta(seconds=dice.between(1500, 1700)),
        closed=end + timedelta(seconds=dice.between(500, 800)),
        crashed=crashed,
        again=crashed + timedelta(seconds=45) if crashed else None,
    )


def _slot(programme: Programme, session: Session) -> tuple[datetime, datetime]:
    """When the programme says that it was held, else planned; where only a day is known it began at ten."""
    slot = session.held or session.slot
    assert slot is not None
    if not isinstance(slot.start, datetime) or not isinstance(slot.end, datetime):
        day: date = slot.start
        start = programme.aware(datetime.combine(day, time(10)))
        return start.astimezone(UTC), start.astimezone(UTC) + timedelta(hours=2)
    start, end = (programme.aware(one).astimezone(UTC) for one in (slot.start, slot.end))
    return start, min(end, start + _LONGEST)


def _filled(room: Meeting, dice: Dice, cast: Cast) -> Meeting:
    """The meeting with those who registered, and those who came."""
    drawn = dice.between(24, 38) / 100
    registering = [person for person in cast.public if dice.chance(min(0.95, drawn * person.eager))]
    signups = tuple(one for person in registering or cast.public[:1] for one in _signups(room, dice, person))
    room = replace(room, signups=tuple(sorted(signups, key=lambda one: (one.when, one.person.id))))
    people = (*_staff(room, dice, cast), *_public(room, dice, cast.public), *_callers(room, dice))
    there = (_restarted(room, dice, one) for one in people)
    return replace(room, attendees=_told_apart(tuple(one for one in there if one.stays)))


def _told_apart(people: Sequence[Attendee]) -> tuple[Attendee, ...]:
    """Without those whom the export would show as it already shows somebody else."""
    seen = {(one.name, one.email): one for one in reversed(people)}
    return tuple(one for one in people if seen[one.name, one.email] is one)


def _signups(room: Meeting, dice: Dice, person: Person) -> Iterator[Signup]:
    """One registration as a rule; through a form some come twice, and some addresses in capitals."""
    day = room.local(room.opened).date() - timedelta(days=min(dice.between(1, 20), dice.between(1, 20)))
    # By day: at night clock changes make hours happen twice, and the exports do not say which one is meant.
    clock = time(dice.between(7, 21), dice.between(0, 59), dice.between(0, 59))
    when = datetime.combine(day, clock, zones.zone(room.zone)).astimezone(UTC)
    email = person.other if person.other and dice.chance(0.3) else person.email
    if room.venue.form:
        yield Signup(person, email.upper() if dice.chance(0.03) else email, when)
        if dice.chance(0.03):
            yield Signup(person, email, when + timedelta(seconds=dice.between(60, 2400)))
    else:
        cancelled = room.venue.platform == "zoom-webinar-2021" and dice.chance(0.05)
        yield Signup(person, email, when, "cancelled" if cancelled else "confirmed")


def _staff(room: Meeting, dice: Dice, cast: Cast) -> Iterator[Attendee]:
    """A host, perhaps a colleague, and speakers: who they are is told by webinars alone."""
    webinar, bbb = room.venue.platform.startswith("zoom-webinar"), room.venue.platform.startswith("bbb")
    host, colleague = dice.some(cast.team, 2)
    whole = (Stay(room.opened, room.closed),)
    yield _insider(room, host, "host", "host", whole)
    if dice.chance(0.6):
        shown = "panelist" if webinar else "host" if bbb else "participant"
        yield _insider(room, colleague, "staff", shown, _inside(room, dice))
    for speaker in dice.some(cast.speakers, dice.between(2, 4)):
        yield _insider(room, speaker, "panelist", "panelist" if webinar else "participant", _inside(room, dice))


def _insider(room: Meeting, person: Person, role: str, shown: str, stays: tuple[Stay, ...]) -> Attendee:
    email = "" if room.venue.addresses == "never" else person.email
    # Where no preamble names the host of a meeting, this word alone tells.
    suffix = " (Host)" if shown == "host" and room.venue.platform in _MARKING else ""
    return Attendee(person.id, _saved(room, f"{person.name}{suffix}"), email, role, shown, stays)


def _inside(room: Meeting, dice: Dice) -> tuple[Stay, ...]:
    joined = room.start - timedelta(seconds=dice.between(300, 1200))
    return (Stay(joined, room.end + timedelta(seconds=dice.between(0, 400))),)


def _public(room: Meeting, dice: Dice, public: Sequence[Person]) -> Iterator[Attendee]:
    """Those who registered and came, and those who came without."""
    signed = room.signup_of
    promotion = room.venue.platform.startswith("zoom-webinar")
    for person in public:
        signup = signed.get(person.id)
        # Where no address tells them apart, only one of two people of the same name may be there.
        nameless = room.venue.addresses == "never" or (room.venue.addresses == "registered" and signup is None)
        if person.homonym and nameless and person.id != public[0].id:
            continue
        if not dice.chance(0.03 * person.eager if signup is None else 0.66 if signup.status == "confirmed" else 0):
            continue
        stays = _stays(room, dice)
        email, name = _shown(room, dice, person, signup)
        role = "participant"
        promoted = None
        if promotion and signup and len(stays) > 1 and stays[0].left < stays[1].joined:
            promotion, role = False, "panelist"
            promoted = stays[-1].joined
        yield Attendee(person.id, _saved(room, name), email, role, role, stays, promoted=promoted)


def _shown(room: Meeting, dice: Dice, person: Person, signup: Signup | None) -> tuple[str, str]:
    """The address and the name that the platform shows. Who is signed in may be so with a second address."""
    if room.venue.addresses == "registered":
        return (signup.email, person.name) if signup else ("", person.name)
    if room.venue.addresses == "signed-in" and person.signed_in:
        return (person.other if person.other and dice.chance(0.5) else person.email), person.name
    return "", _typed(room, dice, person) if not person.homonym else person.name


def _typed(room: Meeting, dice: Dice, person: Person) -> str:
    """The name that a guest types: most type theirs, some in a way that only a human recognises."""
    teams = room.venue.platform.startswith("teams")
    name = person.name
    if dice.chance(0.15):
        bare = " ".join(part.capitalize() for part in plain(person.name).split("-"))
        options = (
            bare,
            f"{person.last.upper()} {person.first}",
            person.initial or bare,
            f"{name} - {person.organisation}",
        )
        name = dice.pick(options)
    elif dice.chance(0.05):
        name = dice.pick((f"{person.first} ({name})", f'{person.first} "{person.last[:3]}" {person.last}'))
    if teams:
        name += " (Externe)" if room.venue.platform.endswith("french") else " (Unverified)"
    return name


def _saved(room: Meeting, name: str) -> str:
    """What a spreadsheet leaves of a name: a question mark for a letter that its old encoding lacks."""
    excel = room.venue.platform == "zoom-meeting-excel"
    return name.encode("cp1252", "replace").decode("cp1252") if excel else name


def _callers(room: Meeting, dice: Dice) -> Iterator[Attendee]:
    """Telephones, whose numbers are of those reserved for fiction by ARCEP."""
    if room.venue.platform.startswith("teams") or room.venue.platform == "bbb-csv":
        return
    number = f"3319900{1000 + (room.number - _FIRST_NUMBER) // _STEP * 100 % 9000 + dice.between(0, 99)}"
    stays = tuple(one for one in _stays(room, dice) if one.device == 0)
    yield Attendee(f"phone-{room.session}", number, "", "participant", "participant", stays, phone=True)


def _stays(room: Meeting, dice: Dice) -> tuple[Stay, ...]:
    """When somebody was there: all the time, late, not to the end, with a break, on two devices, a moment only."""
    length = int((room.end - room.start).total_seconds())
    begin, end = dice.between(-500, 180), length + dice.between(-200, 300)
    if dice.chance(0.2):
        begin = dice.between(240, length // 3)
    if dice.chance(0.2):
        end = dice.between(max(begin, 0) + 300, length - 60)
    if dice.chance(0.05):
        end = begin + dice.between(20, 280)
    spans = [(begin, end, 0)]
    if end - begin > 1800 and dice.chance(0.2):
        away = dice.between(begin + 300, end - 900)
        spans = [(begin, away, 0), (away + dice.between(5, 600), end, 0)]
    if end - begin > 1200 and dice.chance(0.06):
        other = dice.between(begin + 60, end - 600)
        spans.append((other, min(other + dice.between(300, 4000), end + 120), 1))
    return tuple(
        Stay(room.start + timedelta(seconds=joined), room.start + timedelta(seconds=left), device)
        for joined, left, device in sorted(spans)
        if joined < left
    )


def _restarted(room: Meeting, dice: Dice, one: Attendee) -> Attendee:
    """What the restart of a room made of somebody's stays: cut, and for most taken up again."""
    if room.crashed is None or room.again is None:
        return one
    stays: list[Stay] = []
    for stay in one.stays:
        if stay.joined < room.crashed:
            stays.append(replace(stay, left=min(stay.left, room.crashed)))
        back = max(stay.joined, room.again + timedelta(seconds=0 if one.role == "host" else dice.between(1, 200)))
        if back < stay.left and (stay.joined >= room.crashed or one.role != "participant" or dice.chance(0.9)):
            stays.append(replace(stay, joined=back))
    return replace(one, stays=tuple(stays))
