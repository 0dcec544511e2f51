"""The engine reads what the store wrote, says what is damaged, and leaves nothing behind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from webcycle import ledger, metrics, records, source
from webcycle.errors import OutsideError
from webcycle.identity import People
from webcycle.metrics import engine, relations
from webcycle.programme import Programme
from webcycle.records import Record, RecordsError, Registration, ViewCount, Visit
from webcycle.store import Files

PROGRAMME = """
[cycle]
id = "spring"
title = "Spring"
language = "en"
timezone = "Europe/Paris"

[organiser]
name = "Regional council"
email = "webinars@example.org"

[[session]]
id = "one"
title = "One"
start = 2021-03-01T10:00:00
end = 2021-03-01T11:00:00

[[session]]
id = "two"
title = "Two"
start = 2021-03-08
status = "tentative"
"""


def programme() -> Programme:
    loaded = source.load(PROGRAMME.encode(), "cycle.toml")
    assert loaded.programme is not None
    return loaded.programme


def visit(email: str, minute: int = 0, until: int = 50, session: str = "one") -> Visit:
    def at(minutes: int) -> datetime:
        return datetime(2021, 3, 1, 9, minutes, tzinfo=UTC)

    return Visit(session, "m", "zoom", email=email, joined=at(minute), left=at(until))


def write(path: Path, kind: type[Record], rows: Iterable[Record]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(records.dump(kind, rows), "utf-8", newline="")  # type: ignore[type-var]
    return path


def attended(files: Files) -> int:
    with metrics.open_cycle(programme(), People(), files) as opened:
        found = opened.results().of("one").figure("attended").value
    assert isinstance(found, int)
    return found


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    return write(tmp_path / "attendance.csv", Visit, [visit(f"p{n}@example.org") for n in range(5)])


def test_csv_is_read(visits: Path) -> None:
    assert attended(Files(visits=(visits,))) == 5


@pytest.mark.parametrize(
    "name", ["we[i]rd", "st*r", "quo'te", 'quo"te', "what?", "été 日本", "back\\slash", "per%cent"]
)
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    other = write(tmp_path / "weird" / "attendance.csv", Visit, [visit("other@example.org")])
    asked = write(tmp_path / name / "attendance.csv", Visit, [visit("ada@example.org"), visit("bob@example.org")])
    assert attended(Files(visits=(asked,))) == 2
    assert attended(Files(visits=(asked, other))) == 3


def test_parquet_gives_the_same_figures(visits: Path, tmp_path: Path) -> None:
    parquet = tmp_path / "attendance.parquet"
    with duckdb.connect() as connection:
        connection.read_csv(
            str(visits), dtype={"seconds": "BIGINT", "joined": "TIMESTAMP", "left": "TIMESTAMP"}
        ).write_parquet(str(parquet))
    with (
        metrics.open_cycle(programme(), People(), Files(visits=(parquet,))) as one,
        metrics.open_cycle(programme(), People(), Files(visits=(visits,))) as other,
    ):
        assert one.results() == other.results()
    assert attended(Files(visits=(visits, parquet))) == 5


def test_a_text_that_spreadsheets_would_run_is_read_as_it_was(tmp_path: Path) -> None:
    rows = [Visit("one", name=name) for name in ("=1+1", "'quoted", "+33 1", "Ada")]
    file = write(tmp_path / "attendance.csv", Visit, rows)
    assert "'=1+1" in file.read_text("utf-8")
    with metrics.open_cycle(programme(), People(), Files(visits=(file,))) as opened:
        found = opened.connection.execute("select name from visits order by name").fetchall()
        keys = opened.connection.execute("select normal from keys order by normal").fetchall()
    assert [name for (name,) in found] == sorted(row.name for row in rows)
    assert [key for (key,) in keys] == sorted(f"name:{row.name.lower()}" for row in rows)


def test_any_text_in_a_cell_comes_back(tmp_path: Path) -> None:
    names = ["a,b", 'say "hi"', "line\nbreak", "carriage\rreturn", "both\r\n", "null\x00byte", "\x1fseparator", "NULL"]
    file = write(tmp_path / "attendance.csv", Visit, [Visit("one", name=name) for name in names])
    with metrics.open_cycle(programme(), People(), Files(visits=(file,))) as opened:
        found = opened.connection.execute("select name from visits").fetchall()
    assert sorted(name for (name,) in found) == sorted(names)


def test_without_files_everything_is_absent_and_nothing_fails() -> None:
    with metrics.open_cycle(programme(), People(), Files()) as opened:
        results = opened.results()
    assert {figure.absent for figure in results.figures} == {"no-registrations", "no-attendance", "no-records"}
    assert {figure.absent for figure in results.of("two").figures} == {"not-held"}


def test_a_damaged_cell_is_named_with_its_line(visits: Path) -> None:
    text = visits.read_text("utf-8")
    visits.write_text(text.replace("2021-03-01T09:50:00Z", "yesterday", 1), "utf-8")
    with pytest.raises(RecordsError) as caught:
        attended(Files(visits=(visits,)))
    assert caught.value.key == "records.cell"
    assert caught.value.values["column"] == "left"
    assert caught.value.values["line"] == "2"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "records.header"),
        (",".join(records.columns(Visit)).encode() + b"\none,,,,,,,queen,,,,\n", "records.cell"),
        (b"name,email\n", "records.header"),
        (b"\xff\xfe", "records.encoding"),
        (",".join(records.columns(Visit)).encode() + b"\n\xff" + b"," * 11 + b"\n", "records.encoding"),
        (",".join(records.columns(Visit)).encode() + b"\none,two\n", "records.width"),
        (",".join(records.columns(Visit)).encode() + b'\n"one\n', "records.csv"),
    ],
)
def test_a_file_that_is_not_the_stores_is_refused(tmp_path: Path, content: bytes, key: str) -> None:
    file = tmp_path / "attendance.csv"
    file.write_bytes(content)
    with pytest.raises(RecordsError) as caught:
        attended(Files(visits=(file,)))
    assert caught.value.key == key
    assert str(file) in caught.value.values["file"]


def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutsideError):
        attended(Files(visits=(tmp_path / "nothing.csv",)))


def test_a_damaged_parquet_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "attendance.parquet"
    file.write_bytes(b"PAR1 no PAR1")
    with pytest.raises(RecordsError) as caught:
        attended(Files(visits=(file,)))
    assert caught.value.key == "records.unreadable"


def test_what_was_spilled_is_private_and_gone_at_the_end(visits: Path) -> None:
    opened = metrics.open_cycle(programme(), People(), Files(visits=(visits,)))
    (found,) = opened.connection.execute("select current_setting('temp_directory')").fetchall()[0]
    place = Path(found)
    assert place.stat().st_mode & 0o777 == 0o700
    opened.close()
    assert not place.exists()


def test_each_view_reads_only_those_before_it() -> None:
    known = {*relations.RELATIONS, "sessions", "settings", "people"}
    for name in engine.VIEWS:
        read = set(re.findall(r"(?:from|join) ([a-z_]+)", engine.sql(name)))
        assert read & known, name
        assert not read & (set(engine.VIEWS) - known), name
        known.add(name)


def test_every_view_begins_with_what_it_says_in_words() -> None:
    for name in engine.VIEWS:
        assert engine.sql(name).startswith("-- "), name


def test_views_of_a_session_that_the_programme_does_not_have_are_in_no_figure(tmp_path: Path) -> None:
    rows = [ViewCount("one", "youtube", "v", views=7), ViewCount("", "youtube", "w", views=1000)]
    file = write(tmp_path / "views.csv", ViewCount, rows)
    with metrics.open_cycle(programme(), People(), Files(views=(file,))) as opened:
        assert opened.results().figure("views").value == 7


def test_registrations_alone_are_measured(tmp_path: Path) -> None:
    rows = [Registration("one", email=f"p{n}@example.org") for n in range(4)]
    file = write(tmp_path / "registrations.csv", Registration, rows)
    with metrics.open_cycle(programme(), People(), Files(registrations=(file,))) as opened:
        results = opened.results()
    assert results.of("one").figure("registered").value == 4
    assert results.of("one").figure("no-shows").absent == "no-attendance"


def test_a_programme_without_sessions_has_no_figures() -> None:
    loaded = source.load(PROGRAMME.partition("[[session]]")[0].encode(), "cycle.toml")
    assert loaded.programme is not None
    with metrics.open_cycle(loaded.programme, People(), Files()) as opened:
        results = opened.results()
    assert results.sessions == ()
    assert results.figure("people").absent == "no-attendance"


def test_hours_without_length_have_an_empty_curve(tmp_path: Path) -> None:
    text = PROGRAMME.replace(
        'title = "One"', 'title = "One"\nheld = { start = 2021-03-01T10:00:00, end = 2021-03-01T10:00:00 }'
    )
    loaded = source.load(text.encode(), "cycle.toml")
    assert loaded.programme is not None
    file = write(tmp_path / "attendance.csv", Visit, [visit(f"p{n}@example.org") for n in range(5)])
    with metrics.open_cycle(loaded.programme, People(), Files(visits=(file,))) as opened:
        results = opened.results()
    assert results.of("one").curve == ()
    assert results.of("one").figure("attended").value == 0


def test_a_session_without_a_date_comes_last(tmp_path: Path) -> None:
    text = PROGRAMME.replace('start = 2021-03-08\nstatus = "tentative"', 'status = "postponed"')
    loaded = source.load(text.encode(), "cycle.toml")
    assert loaded.programme is not None
    assert [(number, one.id) for number, one in relations.in_order(loaded.programme)] == [(1, "one"), (2, "two")]


def test_the_ends_of_lines_do_not_matter(tmp_path: Path) -> None:
    """As a spreadsheet or an editor may have left them."""
    unix, windows, mixed = (
        write(tmp_path / name / "attendance.csv", Visit, [visit(f"{name}{n}@example.org") for n in range(3)])
        for name in ("unix", "windows", "mixed")
    )
    windows.write_bytes(windows.read_bytes().replace(b"\n", b"\r\n"))
    assert attended(Files(visits=(unix, windows))) == 6
    assert attended(Files(visits=(windows,))) == 3
    mixed.write_bytes(mixed.read_bytes().replace(b"\n", b"\r\n", 1))
    assert attended(Files(visits=(mixed,))) == 3


def test_a_year_far_away_is_no_error(tmp_path: Path) -> None:
    far = Visit(
        "one",
        email="ada@example.org",
        joined=datetime(2021, 3, 1, 9, tzinfo=UTC),
        left=datetime(9999, 1, 1, tzinfo=UTC),
    )
    file = write(tmp_path / "attendance.csv", Visit, [far])
    assert attended(Files(visits=(file,))) == 1


def test_the_rows_of_another_session_in_a_sessions_folder_are_refused(tmp_path: Path) -> None:
    right = write(tmp_path / "sessions" / "one" / "attendance.csv", Visit, [visit("ada@example.org")])
    assert attended(Files(visits=(right,))) == 1
    wrong = write(tmp_path / "sessions" / "two" / "attendance.csv", Visit, [visit("ada@example.org")])
    with pytest.raises(RecordsError) as caught:
        attended(Files(visits=(wrong,)))
    assert caught.value.key == "records.session"


def test_what_does_not_fit_in_memory_is_spilled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [visit(f"p{number}@example.org", until=number % 60) for number in range(60_000)]
    file = write(tmp_path / "attendance.csv", Visit, rows)
    enough = attended(Files(visits=(file,)))
    monkeypatch.setattr(engine, "MEMORY", "24MB")
    monkeypatch.setattr(relations, "_READ_AT_ONCE", 0)
    with metrics.open_cycle(programme(), People(), Files(visits=(file,))) as opened:
        spilled = opened.connection.execute("select sum(size) from duckdb_temporary_files()").fetchall()
        assert opened.results().of("one").figure("attended").value == enough == 55_000
    assert spilled[0][0]


def test_bytes_that_are_no_text_far_into_a_file_are_said(tmp_path: Path) -> None:
    file = write(tmp_path / "attendance.csv", Visit, [visit(f"p{number}@example.org") for number in range(2_000)])
    raw = file.read_bytes()
    file.write_bytes(raw[:-200] + b"\xff" + raw[-199:])
    with pytest.raises(RecordsError) as caught:
        attended(Files(visits=(file,)))
    assert caught.value.key == "records.encoding"


def test_a_file_that_tells_of_a_session_twice_is_one_source(visits: Path) -> None:
    """A meeting that was started again has two parts in its file."""
    source_id = "0123456789abcdef"
    text = f"""
version = 1

[[import]]
source = "{source_id}"
sha256 = "{"0" * 64}"
file = "report.csv"
reader = "zoom-meeting"
platform = "zoom"
kind = "attendance"
encoding = "utf-8"
zone = "UTC"
zone-reason = "given"
rows = 5
kept = 5
imported = 2021-03-02T10:00:00Z
stored = [{{ meeting = "a", session = "one" }}, {{ meeting = "b", session = "one" }}]
"""
    kept = ledger.read_ledger(text)
    with metrics.open_cycle(programme(), People(), Files(visits=(visits,)), ledger=kept) as opened:
        assert opened.results().of("one").figure("attended").sources == (source_id,)
