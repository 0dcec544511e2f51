"""What became of the stored rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from webcycle.metrics.results import FATES, Fate, RowAccount
from webcycle.metrics.rows import Tables


def attendance(tables: Tables, number: int | None) -> RowAccount:
    """What became of the stored rows of attendance of a session; None: of the rows of no session of the programme."""
    row = tables.attendance_rows.get(number)
    if row is None:
        return RowAccount()
    read, fates = row["rows_read"], dict[Fate, int]()
    if not row["counted"]:
        fates = {"unknown-session" if number is None else "not-held": read}
    for one in tables.attendance_fates.get(number, ()):
        fates[one["fate"]] = fates.get(one["fate"], 0) + one["rows_there"]
    persons = tables.attendance.get(number, {}).get("attended", 0)
    weak = tables.attendance_weak.get(number, {}).get("weak", 0)
    return RowAccount(read, _in_order(fates), persons, weak, row["clipped"], row["without_times"])


def registrations(tables: Tables, number: int | None) -> RowAccount:
    """What became of the stored registrations of a session; None: of those of no session of the programme."""
    found = tables.registration_counts.get(number, ())
    fates: dict[Fate, int] = {row["fate"]: row["rows_there"] for row in found}
    persons = tables.registrations.get(number, {}).get("registered", 0)
    weak = sum(row["weak"] for row in found)
    return RowAccount(sum(fates.values()), _in_order(fates), persons, weak)


def together(accounts: Iterable[RowAccount]) -> RowAccount:
    """The rows of several accounts as one."""
    accounts = tuple(accounts)
    fates: defaultdict[Fate, int] = defaultdict(int)
    for account in accounts:
        for fate, count in account.fates.items():
            fates[fate] += count
    return RowAccount(
        sum(one.read for one in accounts),
        _in_order(fates),
        sum(one.persons for one in accounts),
        sum(one.weak for one in accounts),
        sum(one.clipped for one in accounts),
        sum(one.without_times for one in accounts),
    )


def _in_order(fates: Mapping[Fate, int]) -> Mapping[Fate, int]:
    """The fates that some row has, always in the same order."""
    return MappingProxyType({fate: fates[fate] for fate in FATES if fates.get(fate)})
