"""What the engine says in the form of the reference, and in what both differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from tests.metrics.reference import Account, Reference
from tests.metrics.reference_sessions import Told
from webcycle.metrics import CycleResults, Figure, RowAccount


def told(results: CycleResults) -> Reference:
    """Everything but who stands behind a figure."""
    by_id = {one.session: one for one in results.sessions}
    assert [*by_id] == [one.session for one in results.sessions]
    everything = [*results.figures, *(figure for one in results.sessions for figure in one.figures)]
    figures = {(one.session, one.name): _told(one) for one in everything}
    assert len(figures) == len(everything)
    return Reference(
        figures={(session, str(name)): one for (session, name), one in figures.items()},
        curves={name: tuple((point.at, point.present) for point in one.curve) for name, one in by_id.items()},
        thresholds={
            name: tuple((step.name, step.seconds, step.attended) for step in one.thresholds)
            for name, one in by_id.items()
        },
        platform={
            name: tuple(
                sorted(((it.platform, it.name, it.value, it.ours) for it in one.platform), key=lambda it: it[:3])
            )
            for name, one in by_id.items()
        },
        hours={name: one.hours for name, one in by_id.items()},
        hours_held={name: one.hours_held for name, one in by_id.items()},
        without_times={name: one.without_times for name, one in by_id.items()},
        attendance_rows={None: _account(results.attendance_rows)}
        | {name: _account(one.attendance_rows) for name, one in by_id.items()},
        registration_rows={None: _account(results.registration_rows)}
        | {name: _account(one.registration_rows) for name, one in by_id.items()},
        distribution=dict(results.distribution),
        regions=dict(results.regions),
        axes=dict(results.axes),
        overlap=dict(results.overlap),
        types=dict(results.types),
        territories=dict(results.territories),
        replays={one.session: one.readings for one in results.replays},
    )


def _told(figure: Figure) -> Told:
    return Told(**{field.name: getattr(figure, field.name) for field in fields(Told)})


def _account(rows: RowAccount) -> Account:
    fates = {str(fate): number for fate, number in rows.fates.items() if number}
    return Account(rows.read, fates, rows.persons, rows.weak, rows.clipped, rows.without_times)


def differences(ours: Reference, theirs: Reference) -> Iterator[tuple[str, Any, Any]]:
    """Where, what the engine says, what the reference says."""
    for field in fields(Reference):
        mine, other = getattr(ours, field.name), getattr(theirs, field.name)
        for key in {**mine, **other}:
            if mine.get(key) != other.get(key):
                yield from _parts(field.name, key, mine.get(key), other.get(key))


def _parts(field: str, key: Any, one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(one, Told | Account) and isinstance(other, type(one)):
        where = f"{'cycle' if key[0] is None else 'session'} {key[1]}" if isinstance(one, Told) else field
        for part in fields(one):
            if getattr(one, part.name) != getattr(other, part.name):
                yield f"{where} {part.name}", (key, one), other
    else:
        yield field, (key, one), other
