"""What an attendance table says, of a session or of the cycle, whatever it is shown in. It holds no person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import combinations
from types import MappingProxyType

from webcycle.disclosure import Groups
from webcycle.documents import figure_words, inline, wording
from webcycle.documents.blocks import Inline, Run
from webcycle.documents.voice import Voice, sentences
from webcycle.errors import Language
from webcycle.metrics.results import (
    PLATFORM_FIGURES,
    Absence,
    CycleFigure,
    CycleResults,
    Figure,
    Number,
    PlatformFigure,
    SessionFigure,
    SessionResults,
    Threshold,
)
from webcycle.metrics.small import tells_of_few
from webcycle.programme import Programme, Session
from webcycle.published import KINDS, Breakdowns

_OF_GROUPS = frozenset({"newcomers", "returning"})
# What says how many distinct people there are, and so falls silent with them.
_OF_PEOPLE = frozenset({"people", "weak-share"})
# Which figure of the cycle stands in the column of a session's; in the others it has none.
_TOTALS: Mapping[SessionFigure, CycleFigure] = MappingProxyType(
    {
        "registered": "registrations",
        "attended": "participations",
        "attendance-rate": "attendance-rate",
        "mean-minutes": "mean-minutes",
        "median-minutes": "median-minutes",
        "person-minutes": "person-minutes",
        "weak-share": "weak-share",
        "views": "views",
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is told: the figures, which groups of persons may be, the programme, of which session, and on which day."""

    results: CycleResults
    groups: Breakdowns
    programme: Programme
    lang: Language
    day: date
    session: Session | None = None

    @property
    def voice(self) -> Voice:
        """The voice of the table."""
        return Voice.of_programme(self.programme, self.lang)

    def say(self, key: str, *, count: float | None = None, **fields: Inline | str) -> Inline:
        """A sentence of the table."""
        return self.voice.say(f"attendance.{key}", count=count, **fields)

    def text(self, key: str, *, count: float | None = None, **fields: Inline | str) -> str:
        """The same as text."""
        return self.words(self.say(key, count=count, **fields))

    def words(self, nodes: Inline) -> str:
        """Inline text as text, with its typography."""
        return inline.text_of(nodes, self.lang)

    @property
    def found(self) -> SessionResults | None:
        """The figures of the session, where it is about one."""
        return self.results.of(self.session.id) if self.session else None

    @property
    def sessions(self) -> tuple[tuple[Session, SessionResults], ...]:
        """The sessions of which it tells, by date."""
        known = {found.session: found for found in self.results.sessions}
        told = (self.session,) if self.session else self.programme.chronological()
        return tuple((session, known[session.id]) for session in told if session.id in known)


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it is shown; a hidden one holds no number."""

    figure: Figure
    hidden: bool = False

    def value(self, voice: Voice) -> Inline:
        """The value in words."""
        return hidden(voice) if self.hidden else figure_words.value(self.figure, voice)

    def why(self, voice: Voice) -> Inline:
        """Why there is no value; nothing where there is one."""
        return voice.say("attendance.why-hidden") if self.hidden else figure_words.why_absent(self.figure, voice)


def hidden(voice: Voice) -> Inline:
    """What stands where a count of persons is not told."""
    return voice.say("attendance.hidden")


# ---- figures


def figures(told: Told, found: SessionResults | None) -> tuple[Shown, ...]:
    """The figures of a session, or of the cycle where it is None."""
    if found is None:
        return tuple(_of_cycle(told, figure) for figure in told.results.figures)
    return tuple(_of_session(told, figure) for figure in found.figures)


def figure(told: Told, found: SessionResults | None, name: SessionFigure | CycleFigure) -> Shown:
    """The figure of that name."""
    held, shown = (told.results.figures, _of_cycle) if found is None else (found.figures, _of_session)
    return shown(told, next(one for one in held if one.name == name))


def total(told: Told, name: SessionFigure) -> Shown | None:
    """The figure of the cycle that stands under a column of the sessions' figures; None where none does."""
    return figure(told, None, _TOTALS[name]) if name in _TOTALS else None


def _of_session(told: Told, figure: Figure) -> Shown:
    secret = figure.name in _OF_GROUPS and told.groups.loyalty.get(figure.session or "", ()) is None
    few = figure.name == "weak-share" and tells_of_few(figure, told.groups.least)
    return _hiding(figure) if secret or few else Shown(figure)


def _of_cycle(told: Told, figure: Figure) -> Shown:
    if told.groups.tells_people:
        return _hiding(figure) if figure.name == "weak-share" and told.groups.weak != "told" else Shown(figure)
    return _hiding(figure) if figure.name in _OF_PEOPLE else Shown(replace(figure, persons=None))


def _hiding(figure: Figure) -> Shown:
    """The figure without a number; where there is none anyway, it says why."""
    if figure.absent not in (None, "small"):
        return Shown(figure)
    return Shown(replace(figure, value=None, low=None, high=None, persons=None, absent=None), hidden=True)


def at(told: Told, instant: datetime) -> str:
    """The hour of an instant on the clocks of the cycle's zone."""
    return wording.hour(told.programme.local(instant), told.lang)


def peak(told: Told, shown: Shown) -> Inline:
    """A figure with the hour that belongs to it: "52 (14h25)"."""
    value = shown.value(told.voice)
    return told.say("value-at", value=value, hour=at(told, shown.figure.at)) if shown.figure.at else value


# ---- what is missing

GAPS: Mapping[str, tuple[SessionFigure, frozenset[Absence]]] = MappingProxyType(
    {
        "registrations": ("registered", frozenset({"no-records", "no-registrations"})),
        "attendance": ("attended", frozenset({"no-records", "no-attendance"})),
        "times": ("peak", frozenset({"no-times"})),
        "hours": ("half-way", frozenset({"no-hours"})),
        "views": ("views", frozenset({"no-records"})),
    }
)
"""What can be missing of a session: the figure whose absence tells, and the reasons that count."""


def gaps(told: Told) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is missing, with the ids of the sessions that lack it."""
    found = ((kind, _lacking(told, name, reasons)) for kind, (name, reasons) in GAPS.items())
    return tuple((kind, sessions) for kind, sessions in found if sessions)


def _lacking(told: Told, name: SessionFigure, reasons: frozenset[Absence]) -> tuple[str, ...]:
    return tuple(session.id for session, found in told.sessions if found.figure(name).absent in reasons)


def gap(told: Told, kind: str, sessions: Sequence[str]) -> Inline:
    """What is missing, as a sentence."""
    return told.say(f"gap.{kind}", sessions=", ".join(sessions))


def is_empty(results: CycleResults) -> bool:
    """Whether nothing at all is known: neither imported nor stated."""
    return all(figure.absent for found in results.sessions for figure in found.figures)


# ---- the rule, thresholds, platforms


def rule(told: Told) -> Inline:
    """Who counts as having attended."""
    return told.say("rule", presence=figure_words.presence(told.results, told.voice))


def threshold(told: Told, one: Threshold) -> Inline:
    """What was asked for: "la moitié de la séance (1 h 03)"."""
    if one.seconds is None or one.name not in ("half", "85-percent"):
        return told.say(f"threshold.{one.name}")
    # A threshold is rounded up to its second: to be there that long is to be there for those minutes.
    minutes = figure_words.length(one.seconds // 60, told.voice)
    return told.say("value-at", value=told.say(f"threshold.{one.name}"), hour=minutes)


def reached(told: Told, one: Threshold) -> Inline:
    """How many were there that long."""
    return told.voice.unknown() if one.attended is None else inline.plain(told.voice.number(one.attended))


def platform_name(told: Told, one: PlatformFigure) -> Inline:
    """What a platform calls its figure: "Zoom : spectateurs uniques"."""
    platform = figure_words.platform(one.platform)
    return told.say("platform.figure", platform=platform, name=told.say(f"platform.name.{platform_key(one)}"))


def platform_key(one: PlatformFigure) -> str:
    """The name of the figure, "other" for one that no reader of ours gives."""
    return one.name if one.name in PLATFORM_FIGURES else "other"


def difference(told: Told, found: SessionResults, one: PlatformFigure) -> Inline:
    """Our figure beside the platform's, and why they may differ."""
    said = []
    ours = figure(told, found, one.ours) if one.ours else None
    if ours:
        label, value = figure_words.label(ours.figure, told.voice), ours.value(told.voice)
        said.append(told.say("platform.ours", label=label, value=value))
    said.append(told.say(f"platform.{_why(ours.figure.value if ours else None, one)}"))
    if (alike := sum((other.platform, other.name) == (one.platform, one.name) for other in found.platform)) > 1:
        said.append(told.say("platform.several", number=told.voice.number(alike)))
    return sentences(said)


def _why(ours: Number | None, one: PlatformFigure) -> str:
    if ours == one.value:
        return "same"
    return "zero" if ours and not one.value else f"why.{platform_key(one)}"


def without_times(told: Told, found: SessionResults) -> Inline:
    """How many no curve can show; nothing where there is none."""
    if not found.without_times:
        return ()
    return told.say("without-times", count=found.without_times, number=told.voice.number(found.without_times))


# ---- groups of persons


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Persons by group, None where their number is hidden; `notes` say what was done to hide small groups."""

    key: str
    rows: tuple[tuple[Inline, int | None], ...]
    notes: tuple[Inline, ...]

    @property
    def is_told(self) -> bool:
        """Whether every number is."""
        return all(count is not None for _, count in self.rows)


def breakdowns(told: Told) -> tuple[Breakdown, ...]:
    """The breakdowns of the people of the cycle, without those of which nothing is determined."""
    if not told.groups.measured:
        return ()
    kinds = [kind for kind in KINDS if kind in told.groups.determined]
    return (
        _by_sessions(told),
        *(_by_axes(told) if len(told.groups.axes.single) > 1 else ()),
        *(_by_group(told, kind, getattr(told.groups, kind)) for kind in kinds),
    )


def _by_sessions(told: Told) -> Breakdown:
    shown = told.groups.sessions
    rows = [(_number_of(told, "attended", number), count) for number, count in shown.shown]
    if shown.from_ is not None:
        rows.append((_number_of(told, "attended-or-more", shown.from_), shown.merged or 0))
    return Breakdown("sessions", tuple(rows), _notes(told, merged=shown.from_ is not None, none=shown.hidden))


def _number_of(told: Told, key: str, number: int) -> Inline:
    return told.say(key, count=number, number=told.voice.number(number))


def _by_axes(told: Told) -> Iterator[Breakdown]:
    shown = told.groups.axes
    names = sorted(shown.single, key=[*(axis.id for axis in told.programme.axes), ""].index)
    # Of two axes, those who came to both; a pair stands by the order of its letters.
    pairs = [(first, second, *sorted((first, second))) for first, second in combinations(names, 2)]
    both = (
        (told.say("both-axes", first=_axis(told, first), second=_axis(told, second)), shown.pairs[low, high])
        for first, second, low, high in pairs
    )
    for key, rows in (
        ("axes", tuple((_axis(told, name), shown.single[name]) for name in names)),
        ("overlap", tuple(both)),
    ):
        secret = any(count is None for _, count in rows)
        yield Breakdown(key, rows, (told.say("why-hidden"),) if secret else ())


def _axis(told: Told, name: str) -> Inline:
    title = next((axis.title for axis in told.programme.axes if axis.id == name), None)
    return told.voice.plain(title) if title else told.say("no-axis")


def _by_group(told: Told, key: str, shown: Groups) -> Breakdown:
    rows = [((Run(name, verbatim=True),) if name else told.say("not-determined"), count) for name, count in shown.shown]
    if shown.merged is not None:
        number = len(shown.names_merged)
        rows.append((told.say("others", count=number, number=told.voice.number(number)), shown.merged))
    return Breakdown(key, tuple(rows), _notes(told, merged=shown.merged is not None, none=shown.hidden))


def _notes(told: Told, *, merged: bool, none: bool) -> tuple[Inline, ...]:
    least = told.voice.number(told.groups.least)
    if none:
        return (told.say("none-told", least=least),)
    return (told.say("merged", least=least),) if merged else ()
