"""How a figure comes about: what it is made of, the files and rows behind it. Facts without words, and as JSON.

No person is in it: files, sessions, counts and SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal

from webcycle import claims
from webcycle.documents import figure_words, inline
from webcycle.documents.blocks import Inline
from webcycle.documents.voice import Voice
from webcycle.ledger import Entry
from webcycle.metrics import catalogue
from webcycle.metrics.catalogue import Name, Origin
from webcycle.metrics.results import CycleResults, Figure, Replay, RowAccount
from webcycle.programme import Programme, Session
from webcycle.values import Moment

Rows = Literal["attendance", "registrations"]


@dataclass(frozen=True, slots=True)
class Hashed:
    """A file of the cycle's folder that was read, by its path in it."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Case:
    """A figure of a session (its id) or of the cycle (None), with all that it was counted from.

    `by` is the hour on the clocks of the cycle's zone until which sessions count.
    """

    name: Name
    session: str | None
    programme: Programme
    results: CycleResults
    imports: tuple[Entry, ...]
    files: tuple[Hashed, ...]
    by: Moment

    @property
    def figure(self) -> Figure | None:
        """The figure; none for the sessions held, which are in the programme and not measured."""
        found = self.results.of(self.session).figures if self.session else self.results.figures
        return next((one for one in found if one.name == self.name), None)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """What it is made of."""
        return catalogue.origins(self.name, of_session=self.session is not None)

    @property
    def definitions(self) -> tuple[tuple[str, str], ...]:
        """The SQL behind it, by the views' names."""
        return catalogue.definitions(self.name, of_session=self.session is not None)

    @property
    def relations(self) -> frozenset[str]:
        """The relations that these rest upon."""
        return catalogue.relations(origin.view for origin in self.origins)

    @property
    def held(self) -> tuple[Session, ...]:
        """The sessions that count and were over by then."""
        found = (one for one in self.programme.sessions if one.status == "confirmed")
        return tuple(one for one in found if claims.ended_by(one, self.by))


def label(case: Case, voice: Voice) -> Inline:
    """What it is called."""
    figure = case.figure
    return figure_words.label(figure, voice) if figure else voice.say(f"document.figure-name.{case.name}")


def definition(case: Case) -> str:
    """The key of its definition's text."""
    return catalogue.definition(case.name, of_session=case.session is not None)


def shares(case: Case) -> tuple[Figure, ...]:
    """The sessions' figures that a figure of the cycle sums up, or is bounded by."""
    if case.session is not None or case.name not in catalogue.SHARES:
        return ()
    found = (one.figure(catalogue.SHARES[case.name]) for one in case.results.sessions)
    return tuple(one for one in found if one.absent != "not-held")


def accounts(case: Case) -> Mapping[Rows, RowAccount]:
    """What became of the rows that the figure was counted from; none of them for views."""
    results = case.results.of(case.session) if case.session else case.results
    found: dict[Rows, RowAccount] = {}
    if "visits" in case.relations:
        found["attendance"] = results.attendance_rows
    if "registrations" in case.relations:
        found["registrations"] = results.registration_rows
    return MappingProxyType(found)


def is_balanced(account: RowAccount) -> bool:
    """Whether every row that was read is accounted for, once."""
    return account.read == sum(account.fates.values())


def readings(case: Case) -> tuple[Replay, ...]:
    """The readings of the replays that views are counted from."""
    if "views" not in case.relations:
        return ()
    return tuple(one for one in case.results.replays if case.session in (None, one.session))


# ---- as JSON


def data(case: Case, voice: Voice) -> dict[str, Any]:
    """All of it; instants in the cycle's zone, rates as fractions of 1, times in minutes."""
    return {
        "figure": case.name,
        "session": case.session,
        **_figure(case, voice),
        "definition": text(voice, voice.say(definition(case))),
        "made_of": [{"view": origin.view, "columns": list(origin.columns)} for origin in case.origins],
        "settings": _settings(case),
        "imports": [_import(entry) for entry in case.imports],
        "files": [{"path": file.path, "sha256": file.sha256} for file in case.files],
        "rows": {kind: _account(account) for kind, account in accounts(case).items()},
        "shares": [_share(figure) for figure in shares(case)],
        "readings": [
            {"session": replay.session, "on": on.isoformat(), "views": views}
            for replay in readings(case)
            for on, views in replay.readings
        ],
        "sql": [{"view": name or None, "text": definition} for name, definition in case.definitions],
    }


def text(voice: Voice, nodes: Inline) -> str:
    """Inline text as plain text."""
    return inline.text_of(nodes, voice.lang)


def _figure(case: Case, voice: Voice) -> dict[str, Any]:
    figure = case.figure
    if figure is None:
        held = [session.id for session in case.held]
        return {"label": text(voice, label(case, voice)), "value": len(held), "sessions": held}
    return {
        "label": text(voice, label(case, voice)),
        "value": _number(figure.value),
        "exact": str(figure.value) if isinstance(figure.value, Fraction) else None,
        "low": _number(figure.low),
        "high": _number(figure.high),
        "absent": figure.absent,
        "provenance": figure.provenance,
        "persons": figure.persons,
        "at": _local(case, figure.at),
        "on": figure.on.isoformat() if figure.on else None,
        "missing": list(figure.missing),
        "method": text(voice, figure_words.method(figure, case.results, voice)),
    }


def _number(amount: int | Fraction | None) -> float | None:
    if amount is None or isinstance(amount, int):
        return amount
    return figure_words.rounded(amount, 6) / 1_000_000


def _local(case: Case, instant: datetime | None) -> str | None:
    return case.programme.local(instant).isoformat() if instant else None


def _settings(case: Case) -> dict[str, Any]:
    chosen = [one for one in case.results.sessions if case.session in (None, one.session)]
    return {
        "minimum_seconds": case.results.minimum_seconds,
        "clipped": case.results.clipped,
        "hours": [
            {
                "session": one.session,
                "start": _local(case, one.hours[0]),
                "end": _local(case, one.hours[1]),
                "held": one.hours_held,
            }
            for one in chosen
            if one.hours
        ],
    }


def _import(entry: Entry) -> dict[str, Any]:
    return {
        "source": entry.source,
        "file": entry.file,
        "part": entry.part,
        "sha256": entry.sha256,
        "reader": entry.reader,
        "kind": entry.kind,
        "rows": entry.rows,
        "kept": entry.kept,
        "ignored": dict(sorted(entry.ignored.items())),
        "imported": entry.imported.isoformat(),
        "sessions": sorted({part.session for part in entry.stored if part.session}),
    }


def _account(account: RowAccount) -> dict[str, Any]:
    return {
        "read": account.read,
        "fates": dict(account.fates),
        "sum": sum(account.fates.values()),
        "persons": account.persons,
        "weak": account.weak,
        "clipped": account.clipped,
        "without_times": account.without_times,
    }


def _share(figure: Figure) -> dict[str, Any]:
    return {
        "session": figure.session,
        "figure": figure.name,
        "value": _number(figure.value),
        "provenance": figure.provenance,
        "absent": figure.absent,
    }
