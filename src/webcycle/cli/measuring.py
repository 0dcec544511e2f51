"""The figures of the cycle at hand, for the commands that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webcycle.cli.state import now
from webcycle.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from webcycle.claims import Measured
    from webcycle.cli.state import Work
    from webcycle.errors import Finding, Language
    from webcycle.ledger import Ledger
    from webcycle.metrics import CycleResults, Engine


def engine(work: Work, lang: Language) -> Engine:
    """The relations and views of the cycle as of today, for a `with`; RefusedError where people.toml is wrong."""
    from webcycle import metrics, store  # noqa: PLC0415 - brings duckdb
    from webcycle.cli.people import decisions  # noqa: PLC0415

    programme = work.programme
    _snapshot, people = decisions(work.folder, lang)
    today = programme.local(now()).date()
    return metrics.open_cycle(programme, people, store.paths(work.folder), today, ledger(work))


def ledger(work: Work) -> Ledger:
    """What was imported, and how it was read."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.ledger import read_ledger  # noqa: PLC0415

    return read_ledger(folders.read(work.folder.imports, optional=True).data.decode("utf-8", "replace"))


def results(work: Work, lang: Language) -> CycleResults:
    """Every figure of the cycle: measured where records were imported, else stated, else absent."""
    with engine(work, lang) as opened:
        return opened.results()


def for_claims(work: Work, findings: Iterable[Finding], lang: Language) -> Measured:
    """What the records say, where the programme has a figure that they can bear out and no finding is another error."""
    from webcycle import claims, store  # noqa: PLC0415 - `--help` must not pay for them

    programme = work.loaded.programme
    if programme is None or not claims.need_records(programme) or not store.paths(work.folder):
        return claims.NOTHING
    if any(one.severity is Severity.ERROR and one.code != "claim-contradicted" for one in findings):
        return claims.NOTHING
    from webcycle.metrics import for_claims as counts  # noqa: PLC0415 - brings duckdb

    return counts.measured(results(work, lang))
