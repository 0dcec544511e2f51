"""The figures of the cycle at hand, for the commands that show them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from webcycle.cli import terminal
from webcycle.cli.state import now, shown
from webcycle.errors import RefusedError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from webcycle.claims import Measured
    from webcycle.cli.state import Work
    from webcycle.errors import Finding, Language
    from webcycle.ledger import Ledger
    from webcycle.metrics import CycleResults, Engine
    from webcycle.privacy import Purge
    from webcycle.published import Published


def engine(work: Work, lang: Language) -> Engine:
    """The relations and views of the cycle as of now, for a `with`; RefusedError where people.toml is wrong."""
    from webcycle import metrics, store  # noqa: PLC0415 - brings duckdb
    from webcycle.cli.people import decisions  # noqa: PLC0415

    programme = work.programme
    _snapshot, people = decisions(work.folder, lang)
    here = programme.local(now()).replace(tzinfo=None)
    return metrics.open_cycle(programme, people, store.paths(work.folder), here, ledger(work))


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


def _recorded(work: Work, lang: Language) -> CycleResults:
    with engine(work, lang) as opened:
        return opened.results()


def publishable(work: Work, lang: Language) -> Published:
    """The figures as everybody may be told them."""
    from webcycle import published  # noqa: PLC0415 - `--help` must not pay for it

    here = work.programme.local(now()).replace(tzinfo=None)
    return kept(work, lang) or published.publishable(_recorded(work, lang), work.programme, here)


def kept(work: Work, lang: Language) -> Published | None:
    """The figures that a purge kept, with what is known today of the replays and of later sessions.

    None where no purge was made; RefusedError where the file is another one than the purge wrote.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    purge = purged(work)
    if purge is None:
        return None
    from webcycle import privacy, published  # noqa: PLC0415 - only where a purge was made

    path = work.folder.root / privacy.FIGURES
    raw = folders.read(path).data
    if hashlib.sha256(raw).hexdigest() != purge.figures_sha256:
        raise RefusedError("privacy.frozen-changed", file=shown(path))
    return published.brought_up(published.thaw(raw, shown(path)), _recorded(work, lang))


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
