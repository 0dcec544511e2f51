"""The figures of the cycle at hand, for the commands that show them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from webcycle.cli import terminal
from webcycle.cli.state import now, shown
from webcycle.errors import Finding, RefusedError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from webcycle.claims import Measured
    from webcycle.cli.state import Work
    from webcycle.errors import Language
    from webcycle.ledger import Ledger
    from webcycle.metrics import CycleResults, Engine
    from webcycle.privacy import Purge
    from webcycle.programme import Programme
    from webcycle.published import Frozen, Published


def engine(work: Work, lang: Language, day: date | None = None) -> Engine:
    """The relations and views of the cycle as of now, or of a day before, for a `with`.

    RefusedError where people.toml is wrong.
    """
    from webcycle import metrics, store  # noqa: PLC0415 - brings duckdb
    from webcycle.cli.people import decisions  # noqa: PLC0415

    programme = work.programme
    _snapshot, people = decisions(work.folder, lang)
    files = store.paths(work.folder)
    if day is not None:
        files = files.of(_held(programme, day))
    return metrics.open_cycle(programme, people, files, day or _here(programme), ledger(work))


def _here(programme: Programme) -> datetime:
    return programme.local(now()).replace(tzinfo=None)


def _held(programme: Programme, day: date) -> frozenset[str]:
    from webcycle import claims  # noqa: PLC0415 - `--help` must not pay for it

    return frozenset(one.id for one in claims.held(programme, day))


def ledger(work: Work) -> Ledger:
    """What was imported, and how it was read."""
    from webcycle.ledger import load  # noqa: PLC0415 - `--help` must not pay for it

    return load(work.folder)


def results(work: Work, lang: Language) -> CycleResults:
    """Every figure of the cycle, of groups of any size: measured where records were imported, else stated, else absent.

    After a purge those of people are as they were published.
    """
    found = kept(work, lang)
    return found.results if found is not None else _recorded(work, lang)


def _recorded(work: Work, lang: Language, day: date | None = None) -> CycleResults:
    with engine(work, lang, day) as opened:
        return opened.results()


def publishable(work: Work, lang: Language) -> Published:
    """The figures as everybody may be told them."""
    return kept(work, lang) or _publishable(work, lang)


def of_review(work: Work, lang: Language) -> Published:
    """The same as of the day on which the review is issued."""
    from webcycle import review  # noqa: PLC0415 - `--help` must not pay for it

    _release, day = review.issue(work.programme, now())
    return kept(work, lang, day) or _publishable(work, lang, _earlier(work, day))


def to_keep(work: Work, lang: Language) -> Frozen:
    """What a purge keeps."""
    from webcycle import published, review  # noqa: PLC0415 - `--help` must not pay for them

    _release, issued = review.issue(work.programme, now())
    day = _earlier(work, issued)
    return published.Frozen(_publishable(work, lang), {day: _publishable(work, lang, day)} if day else {})


def _publishable(work: Work, lang: Language, day: date | None = None) -> Published:
    from webcycle import published  # noqa: PLC0415 - `--help` must not pay for it

    programme = work.programme
    return published.publishable(_recorded(work, lang, day), programme, day or _here(programme))


def _earlier(work: Work, day: date) -> date | None:
    """The day, where it is past and sessions of which there are records came after it."""
    from webcycle import store  # noqa: PLC0415 - `--help` must not pay for it

    later = set(store.sessions(work.folder)) - _held(work.programme, day)
    return day if later and day < _here(work.programme).date() else None


def kept(work: Work, lang: Language, day: date | None = None) -> Published | None:
    """The figures that a purge kept, with what is known today of the replays and of later sessions; those of a review
    of that `day` where they were others.

    None where no purge was made; RefusedError where the file is another one than the purge wrote.
    """
    frozen = _frozen(work)
    if frozen is None:
        return None
    from webcycle import published  # noqa: PLC0415 - only where a purge was made

    if day is not None and day in frozen.reviewed:
        return published.brought_up(frozen.reviewed[day], _recorded(work, lang, day))
    return published.brought_up(frozen.published, _recorded(work, lang))


def _frozen(work: Work) -> Frozen | None:
    """What a purge kept; raises as `kept` does."""
    purge = purged(work)
    if purge is None:
        return None
    from webcycle import folder as folders  # noqa: PLC0415 - only where a purge was made
    from webcycle import privacy, published  # noqa: PLC0415

    path = work.folder.root / privacy.FIGURES
    raw = folders.read(path, optional=True).data
    if hashlib.sha256(raw).hexdigest() != purge.figures_sha256:
        raise RefusedError("privacy.frozen-changed", file=shown(path))
    return published.thaw(raw, shown(path))


def of_the_kept(work: Work) -> Iterator[Finding]:
    """What is wrong with the figures that a purge kept: they are not there, or tell of sessions that are gone."""
    try:
        frozen = _frozen(work)
    except RefusedError as problem:
        yield Finding("kept-figures", Severity.ERROR, values={"path": problem.values["file"]})
        return
    programme = work.loaded.programme
    if frozen is None or programme is None:
        return
    for name in (one.session for one in frozen.published.results.sessions):
        if name not in programme.session_by_id:
            yield Finding("kept-session", Severity.WARNING, values={"session": name})


def purged(work: Work) -> Purge | None:
    """The purge that kept the figures of the cycle."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them

    raw = folders.read(work.folder.purges, optional=True).data
    if not raw:
        return None
    from webcycle import privacy  # noqa: PLC0415 - only where a purge was made

    return privacy.kept(privacy.read_log(raw))


def still_counts(work: Work, *, private: bool, key: str = "purged-import") -> None:
    """RefusedError (`privacy.<key>`) where rows of people (`private`) are not counted, as a purge kept the figures."""
    if private and (purge := purged(work)) is not None:
        from webcycle import privacy  # noqa: PLC0415 - only where a purge was made

        day = work.programme.local(purge.begun).date().isoformat()
        raise RefusedError(f"privacy.{key}", day=day, file=privacy.FIGURES)


def tell_purged(work: Work, key: str, lang: Language) -> None:
    """Say `command.purged.<key>` where a purge kept the figures."""
    if (purge := purged(work)) is not None:
        from webcycle import privacy  # noqa: PLC0415 - only where a purge was made

        day = work.programme.local(purge.begun).date().isoformat()
        terminal.say(lang, f"command.purged.{key}", day=day, file=privacy.FIGURES)


def for_claims(work: Work, findings: Iterable[Finding], lang: Language) -> Measured:
    """What the records say, where the programme has a figure that they can bear out and no finding is another error."""
    from webcycle import claims, store  # noqa: PLC0415 - `--help` must not pay for them

    programme = work.loaded.programme
    if programme is None or not claims.need_records(programme):
        return claims.NOTHING
    if purged(work) is None and not store.paths(work.folder):
        return claims.NOTHING
    if any(one.severity is Severity.ERROR and one.code != "claim-contradicted" for one in findings):
        return claims.NOTHING
    if (found := kept(work, lang)) is not None:
        return found.measured
    from webcycle.metrics import for_claims as counts  # noqa: PLC0415 - brings duckdb

    return counts.measured(_recorded(work, lang))
