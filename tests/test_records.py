"""The records and their CSV: what is written is read back, in one order, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcycle import records
from webcycle.records import PlatformTotal, Record, RecordsError, Registration, ViewCount, Visit

KINDS: tuple[type[Record], ...] = (Registration, Visit, ViewCount, PlatformTotal)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
VISITS = st.builds(
    Visit,
    session=TEXTS,
    meeting=TEXTS,
    platform=TEXTS,
    person=TEXTS,
    email=TEXTS,
    name=TEXTS,
    organisation=TEXTS,
    role=st.sampled_from(["participant", "host", "panelist", "staff", "bot", "anonymous"]),
    joined=st.none() | INSTANTS,
    left=st.none() | INSTANTS,
    seconds=st.none() | st.integers(0, 10**6),
    source=TEXTS,
)


@given(st.lists(VISITS, max_size=5))
@settings(deadline=None)
def test_what_is_written_is_read_back(visits: list[Visit]) -> None:
    read = records.load(Visit, records.dump(Visit, visits), "attendance.csv")
    assert Counter(read) == Counter(visits)


@given(st.lists(VISITS, max_size=5), st.randoms())
@settings(deadline=None)
def test_the_order_of_records_changes_nothing(visits: list[Visit], chance: object) -> None:
    turned = list(reversed(visits))
    assert records.dump(Visit, visits) == records.dump(Visit, turned)


@given(st.lists(VISITS, min_size=1, max_size=5))
@settings(deadline=None)
def test_no_cell_begins_like_a_formula(visits: list[Visit]) -> None:
    for row in csv.reader(io.StringIO(records.dump(Visit, visits), newline="")):
        assert not any(cell.lstrip()[:1] in tuple("=+-@|%＝＋－＠") for cell in row if cell.strip())


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_file_of_its_own_columns(kind: type[Record]) -> None:
    header = ",".join(records.columns(kind))
    assert header.startswith("session,")
    assert records.dump(kind, []) == f"{header}\n"  # type: ignore[type-var]


@pytest.mark.parametrize(
    "text",
    ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\u200b=1", "＝1", "|x", "%x", "'", "'=1", "\ufeff=1"],
)
def test_a_formula_is_guarded_and_comes_back(text: str) -> None:
    assert records.guarded(text) == f"'{text}"
    assert records.unguarded(records.guarded(text)) == text


@pytest.mark.parametrize("text", ["", "Alix Martin", "O'Neil", "a=1", "1-2", "Zoé"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert records.guarded(text) == text


def test_times_are_written_in_utc() -> None:
    paris = timezone(timedelta(hours=1))
    text = records.dump(Visit, [Visit(joined=datetime(2020, 10, 26, 14, tzinfo=paris))])
    assert "2020-10-26T13:00:00Z" in text


def test_a_view_count_is_read_back() -> None:
    view = ViewCount("maroc", "youtube", "v1", "Le Maroc", date(2020, 11, 2), date(2021, 1, 1), "day", 12, "Views", "s")
    assert records.load(ViewCount, records.dump(ViewCount, [view]), "views.csv") == (view,)


HEADER = ",".join(records.columns(PlatformTotal))


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("a,b\n1,2\n", "records.header", None),
        (f"{HEADER}\na,b\n", "records.width", "2"),
        (f'{HEADER}\n\n"a"b,,,,,\n', "records.width", "2"),
        (f'{HEADER}\n"a"b,,,,,\n', "records.csv", "2"),
        (f"{HEADER}\n,,,x,many,s\n", "records.cell", "2"),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(text: str, key: str, line: str | None) -> None:
    with pytest.raises(RecordsError) as refused:
        records.load(PlatformTotal, text, "totals.csv")
    assert refused.value.key == key
    assert refused.value.values.get("line") == line


def test_a_role_that_we_do_not_know_is_refused() -> None:
    text = records.dump(Visit, [Visit(name="Alix")]).replace("participant", "guest")
    with pytest.raises(RecordsError) as refused:
        records.load(Visit, text, "attendance.csv")
    assert refused.value.values["column"] == "role"


def test_a_stored_time_without_an_offset_is_refused() -> None:
    good = records.dump(
        Registration, [Registration(email="a@example.org", registered=datetime(2026, 1, 1, tzinfo=UTC))]
    )
    assert "2026-01-01T00:00:00Z" in good
    with pytest.raises(records.RecordsError):
        records.load(Registration, good.replace("2026-01-01T00:00:00Z", "2026-01-01T00:00:00"), "registrations.csv")
