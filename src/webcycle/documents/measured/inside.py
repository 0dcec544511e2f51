"""Inside the sessions: how many people were online at each moment, when most of them were, and how many stayed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from webcycle.documents import charts, figure_words, inline, wording
from webcycle.documents.blocks import Block, Heading, Inline, Paragraph
from webcycle.documents.measured.sessions import measured, names
from webcycle.documents.voice import Voice, sentences
from webcycle.metrics import Figure, SessionResults
from webcycle.programme import Session
from webcycle.review import Review


def curves(review: Review, voice: Voice) -> Iterator[Block]:
    """The presence curve of each measured session, with its peak, half-way count and who stayed; then who has none."""
    found = measured(review)
    if not found:
        return
    yield Heading(2, voice.say("document.measured.curves"), "curves")
    drawn = [results for _session, results in found if _has_curve(results)]
    all_planned = len(drawn) > 1 and not any(results.hours_held for results in drawn)
    if all_planned:
        yield Paragraph(voice.say("document.measured.planned-hours-of-all"))
    for session, results in found:
        if results.figure("peak").exact:
            yield Heading(3, voice.plain(session.title))
            yield Paragraph(sentences(_told(review, results, voice, which_hours=not all_planned)))
            yield from _chart(review, session, results, voice)
    if lacking := [(session, results) for session, results in found if not _has_curve(results)]:
        yield Paragraph(sentences(_without_curve(lacking, voice)))


def curve_of_most_attended(review: Review, voice: Voice) -> Iterator[Block]:
    """The presence curve of the session that most people came to, the first one of equals; nothing without a curve."""
    drawn = [(session, results) for session, results in measured(review) if _has_curve(results)]
    if not drawn:
        return
    session, results = max(drawn, key=lambda one: one[1].figure("attended").value or 0)
    most = [voice.say("document.measured.most-attended", session=voice.plain(session.name()))] if drawn[1:] else []
    yield Heading(2, voice.say("document.measured.curves"), "curves")
    yield Paragraph(sentences((*most, *_told(review, results, voice, which_hours=True))))
    yield from _chart(review, session, results, voice)


def _has_curve(results: SessionResults) -> bool:
    return bool(results.curve) and results.figure("peak").exact


# ---- the sentences


def _told(review: Review, results: SessionResults, voice: Voice, *, which_hours: bool) -> Iterator[Inline]:
    first = review.programme.local(results.hours[0]).date() if results.hours else None
    yield _peak(review, results, first, voice)
    half = results.figure("half-way")
    if half.at is not None:
        yield _counted("half-way", half, voice, hour=_hour(review, half.at, first, voice))
    yield from _stayed(results, voice)
    if results.without_times:
        without = results.without_times
        yield voice.say("document.measured.without-times", count=without, number=voice.number(without))
    if which_hours and _has_curve(results) and not results.hours_held:
        yield voice.say("document.measured.planned-hours")


def _peak(review: Review, results: SessionResults, first: date | None, voice: Voice) -> Inline:
    peak = results.figure("peak")
    if peak.at is None:
        return voice.say("document.measured.nobody")
    key = "peak" if _within_hours(peak.at, results) else "peak-outside"
    return _counted(key, peak, voice, hour=_hour(review, peak.at, first, voice))


def _within_hours(moment: datetime, results: SessionResults) -> bool:
    return results.hours is None or results.hours[0] <= moment <= results.hours[1]


def _stayed(results: SessionResults, voice: Voice) -> Iterator[Inline]:
    stayed, share = results.figure("stayed"), results.figure("stayed-rate")
    if stayed.exact and share.exact:
        key = "stayed-share" if share.persons == results.figure("attended").value else "stayed-share-of-known"
        yield _counted(key, stayed, voice, share=figure_words.value(share, voice))
    elif stayed.exact:
        yield _counted("stayed", stayed, voice)


def _counted(key: str, figure: Figure, voice: Voice, **fields: Inline) -> Inline:
    number = figure_words.value(figure, voice)
    return voice.say(f"document.measured.{key}", count=float(figure.value or 0), number=number, **fields)


def _hour(review: Review, moment: datetime, first: date | None, voice: Voice) -> Inline:
    """The local hour, with its day where that is not the session's first one."""
    local = review.programme.local(moment)
    alone = first in (None, local.date())
    return inline.plain(wording.hour(local, voice.lang) if alone else wording.hour_of_day(local, voice.lang))


def _without_curve(lacking: list[tuple[Session, SessionResults]], voice: Voice) -> Iterator[Inline]:
    """A sentence a reason: which sessions have no curve, and why."""
    reasons = {one.session: figure_words.why_absent(_absent(one), voice) for _session, one in lacking}
    for reason in dict.fromkeys(reasons.values()):
        sessions = [session for session, one in lacking if reasons[one.session] == reason]
        yield voice.say("document.measured.no-curve", sessions=names(sessions, voice))
        yield reason


def _absent(results: SessionResults) -> Figure:
    peak = results.figure("peak")
    return peak if peak.absent else results.figure("half-way")


# ---- the chart


def _chart(review: Review, session: Session, results: SessionResults, voice: Voice) -> Iterator[Block]:
    """The curve in local time; a peak between its last point and the end of the hours is a point of it."""
    if not results.curve:
        return
    points = [(point.at, point.present) for point in results.curve]
    at, most = _top(results)
    if at > points[-1][0]:
        points.append((at, most))
    local = review.programme.local
    drawn = tuple((local(moment), present) for moment, present in points)
    end = local(results.hours[1]) if results.hours else None
    curve = charts.Curve(voice.plain(session.name()), drawn, most, local(at), end)
    yield from charts.presence_curve(f"curve-{session.id}", curve, voice, short=True)


def _top(results: SessionResults) -> tuple[datetime, int]:
    """The peak; where it lies outside of the hours that the curve shows, the highest point of the curve."""
    peak = results.figure("peak")
    if peak.at is not None and _within_hours(peak.at, results):
        return peak.at, figure_words.rounded(peak.value or 0)
    highest = max(results.curve, key=lambda point: point.present)
    return highest.at, highest.present
