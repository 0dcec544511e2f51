"""A review as data: each figure with its bounds, provenance, sources and method; groups as they may be published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from fractions import Fraction
from typing import Any

from webcycle.claims import StatedKey
from webcycle.documents import figure_words, inline
from webcycle.documents.blocks import Inline
from webcycle.documents.voice import Voice
from webcycle.errors import Language
from webcycle.metrics import CycleResults, SessionFigure
from webcycle.metrics import Figure as RecordedFigure
from webcycle.metrics.results import Number
from webcycle.programme import Programme
from webcycle.published import Breakdowns
from webcycle.review import Amount, Change, ClaimVerdict, Figure, Review, SessionRow, amount, recorded_amount
from webcycle.review.data import VERSION, ReviewData
from webcycle.review.growth import published
from webcycle.values import Moment

_Data = dict[str, Any]
_PEOPLE = ("people",)
# The figures of a session: how a row has them, and what the programme may state of them.
_OF_SESSIONS: dict[SessionFigure, tuple[Callable[[SessionRow], Number | None], StatedKey | None]] = {
    "registered": (lambda row: row.registered, "registered"),
    "attended": (lambda row: row.participants, "participants"),
    "attendance-rate": (lambda row: row.rate, None),
    "peak": (lambda row: row.peak, None),
    "median-minutes": (lambda row: row.median, None),
    "views": (lambda row: row.views, "views"),
}


def build(review: Review, lang: Language) -> ReviewData:
    """The review as data, its words in that language."""
    voice = Voice.of_programme(review.programme, lang)
    title, title_lang = review.programme.cycle.title.pick(lang, voice.own)
    return ReviewData.model_validate(
        {
            "version": VERSION,
            "cycle": {"id": review.programme.cycle.id, "title": title, "language": title_lang},
            "timezone": review.programme.cycle.timezone,
            "language": lang,
            "issued": review.issued,
            "least": review.least,
            "figures": tuple(_figures(review, voice)),
            "sessions": tuple(_session(review, row, voice) for row in review.rows),
            "breakdowns": tuple(_breakdowns(review.groups)) if review.groups else (),
            "claims": tuple(_claim(judged) for judged in review.claims),
            "gaps": tuple({"kind": gap.kind, "names": gap.names} for gap in review.gaps),
            "growth": _growth(review),
        }
    )


def _words(said: Inline, voice: Voice) -> str:
    return inline.text_of(said, voice.lang)


# ---- the figures of the cycle


def _figures(review: Review, voice: Voice) -> Iterator[_Data]:
    for figure in review.figures:
        yield {
            "name": figure.name,
            **_amount(figure.name, amount(figure), "not-known"),
            "provenance": figure.provenance,
            "sources": figure.sources,
            "on": figure.on,
            "missing": figure.missing,
            "method": _words(_method(figure, review.results, voice), voice),
        }
    for recorded in review.recorded:
        yield {
            "name": recorded.name,
            **_amount(recorded.name, recorded_amount(recorded), recorded.absent),
            "provenance": recorded.provenance,
            "sources": recorded.sources,
            "on": review.issued,
            "missing": recorded.missing,
            "method": _said(recorded, review.results, voice),
        }


def _amount(name: str, found: Amount, why: str | None) -> _Data:
    held = {"value": found.value, "low": found.low, "above": found.above, "high": found.high}
    absent = None if found.known else "small-group" if found.hidden else why
    return {**{key: _number(name, value) for key, value in held.items()}, "absent": absent}


def _number(name: str, value: Number | None) -> float | None:
    """A number as it is published: whole where it is, else the nearest decimal, which JSON writes as it stands."""
    rounded = published(name, value)
    return float(rounded) if isinstance(rounded, Fraction) else rounded


def _method(figure: Figure, results: CycleResults | None, voice: Voice) -> Inline:
    if results is not None and figure.name != "sessions-held" and figure.provenance in ("measured", "mixed"):
        found = amount(figure)
        recorded = RecordedFigure(figure.name, None, found.value, found.low, found.high, missing=figure.missing)
        return figure_words.method(recorded, results, voice)
    return voice.say(
        "metrics.counted.stated" if figure.provenance == "stated" else f"document.method.{figure.provenance}"
    )


def _said(figure: RecordedFigure, results: CycleResults | None, voice: Voice) -> str:
    return _words(figure_words.method(figure, results, voice), voice) if results is not None else ""


# ---- the sessions


def _session(review: Review, row: SessionRow, voice: Voice) -> _Data:
    slot = row.session.slot
    return {
        "id": row.session.id,
        "title": row.session.title.pick(voice.lang, voice.own)[0],
        "state": row.state,
        "start": _iso(review.programme, slot.start) if slot else None,
        "end": _iso(review.programme, slot.end) if slot else None,
        "figures": tuple(_session_figure(review, row, name, voice) for name in _OF_SESSIONS),
    }


def _iso(programme: Programme, moment: Moment) -> str:
    return programme.aware(moment).isoformat() if isinstance(moment, datetime) else moment.isoformat()


def _session_figure(review: Review, row: SessionRow, name: SessionFigure, voice: Voice) -> _Data:
    value, key = _OF_SESSIONS[name]
    number = value(row)
    found = _recorded(review.results, row.session.id, name)
    measured = found is not None and found.provenance == "measured" and found.exact
    told = number is not None
    stated = row.session.stated.source if row.session.stated else ""
    return {
        "name": name,
        **_amount(name, Amount(number), _why(row, found)),
        "provenance": "unknown" if not told else "measured" if measured else "stated",
        "sources": () if not told else found.sources if found is not None and measured else (stated,),
        "on": row.views_on if name == "views" else None,
        "missing": (),
        "method": _session_method(found if measured else None, review.results, voice, told=told),
        "stated": row.stated.get(key) if key else None,
    }


def _recorded(results: CycleResults | None, session: str, name: SessionFigure) -> RecordedFigure | None:
    found = next((one for one in results.sessions if one.session == session), None) if results is not None else None
    return found.figure(name) if found is not None else None


def _why(row: SessionRow, found: RecordedFigure | None) -> str:
    """Why a session has no such figure."""
    if row.state != "held":
        return "not-held"
    return found.absent if found is not None and found.absent else "no-records"


def _session_method(figure: RecordedFigure | None, results: CycleResults | None, voice: Voice, *, told: bool) -> str:
    if not told:
        return _words(voice.say("document.method.unknown"), voice)
    return _said(figure, results, voice) if figure else _words(voice.say("metrics.counted.stated"), voice)


# ---- groups of persons


def _breakdowns(shown: Breakdowns) -> Iterator[_Data]:
    if not shown.measured:
        return
    loyalty = [_group([session], counts or (None, None)) for session, counts in shown.loyalty.items()]
    yield _breakdown("newcomers", ("newcomers", "returning"), loyalty)
    classes = [_group([str(number)], (count,)) for number, count in shown.sessions.shown]
    yield {
        **_breakdown("sessions-attended", _PEOPLE, classes, hidden=shown.sessions.hidden, merged=shown.sessions.merged),
        "merged_from": shown.sessions.from_,
    }
    single = [_group([name], (count,)) for name, count in shown.axes.single.items()]
    yield _breakdown("axes", _PEOPLE, single, hidden=shown.axes.hidden)
    pairs = [_group(pair, (count,)) for pair, count in shown.axes.pairs.items()]
    yield _breakdown("axis-pairs", _PEOPLE, pairs, hidden=shown.axes.hidden)
    for kind, found in (("types", shown.types), ("territories", shown.territories)):
        groups = [_group([name], (count,)) for name, count in found.shown]
        yield _breakdown(kind, _PEOPLE, groups, hidden=found.hidden, merged=found.merged)


def _group(names: Iterable[str], counts: tuple[int | None, ...]) -> _Data:
    return {"names": tuple(names), "counts": counts}


def _breakdown(
    name: str, columns: tuple[str, ...], groups: list[_Data], *, hidden: bool = False, merged: int | None = None
) -> _Data:
    return {
        "name": name,
        "columns": columns,
        "hidden": hidden,
        "groups": tuple(groups),
        "merged": merged,
        "merged_from": None,
    }


# ---- claims and growth


def _claim(judged: ClaimVerdict) -> _Data:
    """A claim; its count is left out where that is not told."""
    values = judged.verdict.values
    return {
        "figure": judged.claim.figure,
        "said": values["claimed"],
        "on": judged.claim.on,
        "source": judged.claim.source,
        "verdict": judged.verdict.kind,
        "reason": judged.verdict.reason,
        "counted": values["counted"] if judged.known is not None else "",
        "missing": judged.known.missing if judged.known is not None else (),
    }


def _growth(review: Review) -> _Data | None:
    found = review.comparison
    if found is None:
        return None
    return {
        "cycle": {"id": found.cycle, "title": found.title, "language": found.language},
        "issued": found.issued,
        "figures": tuple(_change(change) for change in found.changes),
    }


def _change(change: Change) -> _Data:
    return {
        "name": change.name,
        "then": _amount(change.name, change.then, "not-known"),
        "now": _amount(change.name, change.now, "not-known"),
        "difference": _number(change.name, change.difference),
        "share": _number("share", change.share),
    }
