"""Figures said in public, held against what was measured or stated; what cannot be proved is not said.

What was measured in a session wins over what the programme states of it; a session with neither is named as missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from webcycle.programme import Claim, FigureName, Programme, Session, Stated
from webcycle.values import Moment, day_of

VerdictKind = Literal["holds", "contradicted", "unknown"]
Reason = Literal[
    "counted", "already", "fewer", "more", "nothing", "incomplete", "distinct", "dated", "between", "hidden"
]
"""Why a verdict is what it is; `hidden` is said by what is published, where the number may not be told."""
StatedKey = Literal["registered", "participants", "views"]
Bounds = tuple[int | None, int | None]
"""At least and at most; None where there is no bound."""

_STATED: Mapping[FigureName, StatedKey] = MappingProxyType(
    {"registrations": "registered", "participations": "participants", "people": "participants", "views": "views"}
)


@dataclass(frozen=True, slots=True)
class SessionCounts:
    """What the records of a session say; None where they say nothing of a figure.

    `newcomers` are those who attended none of the sessions before, in the order of (last day, start, place in the
    programme). `views` are the readings of its replay: until which day, how many; oldest first.
    """

    registered: int | None = None
    attended: int | None = None
    newcomers: int | None = None
    views: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """What the records of a cycle say, by the ids of its sessions.

    `people` is what is known of the distinct people of several sessions together where it is not told who of those of
    each session had come before.
    """

    sessions: Mapping[str, SessionCounts] = field(default_factory=lambda: MappingProxyType({}))
    people: Mapping[frozenset[str], Bounds] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, session: Session) -> SessionCounts:
        """What they say of a session."""
        return self.sessions.get(session.id, _NOT_MEASURED)


_NOT_MEASURED = SessionCounts()
NOTHING = Measured()
"""Of a cycle without records."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a figure on a day: at least `value` (None: nothing) and at most `most` (None: no bound).

    `missing` are the ids of the sessions whose share is not known.
    """

    figure: FigureName
    value: int | None
    most: int | None
    missing: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the two bounds leave one number."""
        return self.value is not None and self.value == self.most


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure is made of: the ids of the sessions that were measured, and what was stated of others."""

    measured: tuple[str, ...]
    stated: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is stated of a session and that its records contradict; `measured` may be a range: "300–360"."""

    session: str
    key: StatedKey
    stated: int
    measured: str


@dataclass(frozen=True, slots=True)
class _Share:
    """What a session adds to a figure: at least and at most so many; None where that is not known.

    Of `heads` it is not known how many of them had come before.
    """

    low: int | None
    high: int | None
    measured: bool
    heads: bool = False


_NO_SHARE = _Share(None, None, measured=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the data say of a claim; `reason` and `values` name the sentence `claim.<reason>` of `webcycle.texts`."""

    kind: VerdictKind
    reason: Reason
    values: Mapping[str, str]


def ended_by(session: Session, by: Moment) -> bool:
    """Whether the slot of a session has ended, whatever its status.

    `by` is a day, which lasts until its end; or an hour on the clocks of the cycle's zone, at which a slot of days is
    over only from the midnight on that ends it.
    """
    slot = session.slot
    if slot is None:
        return False
    if not isinstance(by, datetime):
        return day_of(slot.end) <= by
    return slot.end <= by if isinstance(slot.end, datetime) else slot.end < by.date()


def recompute(programme: Programme, figure: FigureName, on: Moment, measured: Measured = NOTHING) -> Known:
    """The figure as of a day or an hour (as `ended_by` takes them), counted over the confirmed sessions that had ended.

    Where nothing was measured and nobody has stated anything nothing is known: a sum over no session is not nought.
    People are the newcomers of the measured sessions together, and who came to the others: at least as many as to the
    fullest of them, at most all of their head counts. Views read before the day are a lower bound, views read after it
    an upper one, as long as they do not fall in between. Registrations for the sessions to come are named as missing:
    more may follow.
    """
    over = held(programme, on)
    if figure == "sessions-held":
        return Known(figure, len(over), len(over))
    shares = _shares(over, figure, day_of(on), measured)
    if figure == "registrations":
        shares |= {
            session.id: _NO_SHARE for session in programme.sessions if _open(session) and session.id not in shares
        }
    missing = tuple(name for name, share in shares.items() if share.low is None and share.high is None)
    if figure == "people" and (told := measured.people.get(frozenset(one.id for one in over))) is not None:
        return Known(figure, *told, missing)
    highs = [share.high for share in shares.values() if share.high is not None]
    most = sum(highs) if highs and len(highs) == len(shares) else None
    return Known(figure, _least(figure, list(shares.values())), most, missing)


def _shares(held: list[Session], figure: FigureName, on: date, measured: Measured) -> dict[str, _Share]:
    return {session.id: _share(session, figure, on, measured) for session in held if _has(session, figure, measured)}


def _least(figure: FigureName, shares: list[_Share]) -> int | None:
    known = [(share.low, share.heads) for share in shares if share.low is not None]
    if not known:
        return None
    if figure != "people":
        return sum(low for low, _ in known)
    # Of head counts nobody knows who came before: the greatest of them may hold all others.
    return max(sum(low for low, heads in known if not heads), *(low for low, heads in known if heads), 0)


def counted(programme: Programme, figure: FigureName, on: Moment, measured: Measured = NOTHING) -> Counted:
    """What `recompute` counts for that day or hour, in the order of the programme."""
    if figure == "sessions-held":
        return Counted((), ())
    over = held(programme, on)
    shares = _shares(over, figure, day_of(on), measured)
    known = [session for session in over if session.id in shares and shares[session.id].low is not None]
    return Counted(
        tuple(session.id for session in known if shares[session.id].measured),
        tuple(one.stated for one in known if not shares[one.id].measured and one.stated is not None),
    )


def differences(programme: Programme, measured: Measured) -> Iterator[Difference]:
    """The stated figures that the records contradict, in the order of the programme.

    Stated views are held against the readings around their day; without a day, they are only ever too many.
    """
    for session in programme.sessions:
        yield from contradicted(session, measured)


def contradicted(session: Session, measured: Measured) -> Iterator[Difference]:
    """The stated figures of a session that its records contradict."""
    stated, found = session.stated, measured.of(session)
    if stated is None:
        return
    last = found.views[-1][1] if found.views else None
    views = seen(found.views, stated.on) if stated.on is not None else (None, last)
    held_against: tuple[tuple[StatedKey, int | None, tuple[int | None, int | None]], ...] = (
        ("registered", stated.registered, (found.registered, found.registered)),
        ("participants", stated.participants, (found.attended, found.attended)),
        ("views", stated.views, views),
    )
    for key, said, (low, high) in held_against:
        if said is not None and ((low is not None and said < low) or (high is not None and said > high)):
            yield Difference(session.id, key, said, _range(low, high))


def need_records(programme: Programme) -> bool:
    """Whether the programme has a figure, said in public or stated, that records can bear out or contradict."""
    return any(claim.figure != "sessions-held" for claim in programme.claims) or any(
        session.stated is not None for session in programme.sessions
    )


def verdict(claim: Claim, known: Known) -> Verdict:
    """Whether every number that `known` allows fits the claim (holds), none does (contradicted), or only some do."""
    low, high = _bounds(claim)
    values = _values(claim, known)
    if known.most is not None and known.most < low:
        return Verdict("contradicted", "fewer", values)
    if known.value is not None and high is not None and known.value > high:
        return Verdict("contradicted", "more", values)
    if (known.value or 0) >= low and (high is None or known.exact):
        return Verdict("holds", "counted" if known.exact else "already", values)
    return Verdict("unknown", _doubt(known), values)


def implied(claim: Claim, known: Known) -> Bounds:
    """Between what the figure lies, as the verdict alone tells it to everybody."""
    low, high = _bounds(claim)
    said = verdict(claim, known)
    if said.kind == "holds":
        return low, high
    if said.kind == "unknown":
        return None, None
    return (None, low - 1) if said.reason == "fewer" else ((high or 0) + 1, None)


def notation(claim: Claim) -> str:
    """The claim in signs, the same in every language: "sessions-held = 10", "views > 3600"."""
    sign = "=" if claim.equals is not None else "≥" if claim.at_least is not None else ">"
    return f"{claim.figure} {sign} {_said(claim)}"


def _open(session: Session) -> bool:
    return session.status != "cancelled"


def held(programme: Programme, on: Moment) -> list[Session]:
    """The confirmed sessions that had ended, as `ended_by` takes it, in the order of the programme."""
    return [session for session in programme.sessions if session.status == "confirmed" and ended_by(session, on)]


def _has(session: Session, figure: FigureName, measured: Measured) -> bool:
    """Whether a session can have a share in a figure: nobody watches what was not recorded."""
    return figure != "views" or recordable(session, measured)


def recordable(session: Session, measured: Measured = NOTHING) -> bool:
    """Whether a recording of the session is to be expected, and so views of it."""
    seen_or_shown = session.recording is not None or _states_views(session) or bool(measured.of(session).views)
    return session.mode != "in-person" or seen_or_shown


def _states_views(session: Session) -> bool:
    return session.stated is not None and session.stated.views is not None


def count(session: Session, figure: FigureName, on: date, measured: Measured = NOTHING) -> int | None:
    """What a session adds to a figure of many sessions as of a day, at least; None where that is not known."""
    return _share(session, figure, on, measured).low


def _share(session: Session, figure: FigureName, on: date, measured: Measured) -> _Share:
    found = measured.of(session)
    if figure == "views":
        low, high = seen(found.views, on)
        stated = _stated_views(session, on)
        # A reading of after the day says less than what was stated by then.
        return stated if low is None and stated.low is not None else _Share(low, high, measured=bool(found.views))
    counts = {"registrations": found.registered, "participations": found.attended, "people": found.newcomers}
    if (count := counts[figure]) is not None:
        return _Share(count, count, measured=True)
    if figure == "people" and found.attended is not None:
        return _Share(found.attended, found.attended, measured=True, heads=True)
    said: int | None = None if session.stated is None else getattr(session.stated, _STATED[figure])
    return _Share(said, said, measured=False, heads=figure == "people")


def seen(readings: tuple[tuple[date, int], ...], on: date) -> tuple[int | None, int | None]:
    """At least and at most how many views there were on a day, by the readings of it, before it and after it.

    Replays go on being seen, so that the reading before is a lower bound and the one after an upper bound: but where
    that is the lesser of the two, as platforms take views away too, there is no upper bound.
    """
    before = [views for day, views in readings if day <= on]
    if any(day == on for day, _ in readings):
        return before[-1], before[-1]
    low = before[-1] if before else None
    high = next((views for day, views in readings if day > on), None)
    return low, None if low is not None and high is not None and high < low else high


def _stated_views(session: Session, on: date) -> _Share:
    """Stated views count from their day on; those of before the day may have grown."""
    stated = session.stated
    if stated is None or (stated.on is not None and stated.on > on):
        return _NO_SHARE
    return _Share(stated.views, None if stated.on is not None and stated.on < on else stated.views, measured=False)


def _said(claim: Claim) -> int:
    return next(bound for bound in (claim.equals, claim.at_least, claim.more_than) if bound is not None)


def _bounds(claim: Claim) -> tuple[int, int | None]:
    """The least and the greatest number that fit the claim; None where there is no greatest."""
    said = _said(claim)
    return said + (claim.more_than is not None), said if claim.equals is not None else None


def _doubt(known: Known) -> Reason:
    if known.value is None and known.most is None:
        return "nothing"
    if known.missing:
        return "incomplete"
    if known.figure == "views":
        return "dated" if known.most is None else "between"
    return "distinct"


def _range(low: int | None, high: int | None) -> str:
    """From the one number to the other, in signs."""
    if low == high and low is not None:
        return str(low)
    if high is None:
        return f"≥ {low or 0}"
    return f"≤ {high}" if low is None else f"{low}–{high}"


def _values(claim: Claim, known: Known) -> Mapping[str, str]:
    return MappingProxyType(
        {
            "claimed": notation(claim),
            "counted": _range(known.value, known.most),
            "on": claim.on.isoformat(),
            "missing": ", ".join(known.missing),
        }
    )
