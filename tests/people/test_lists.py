"""Lists as files: read back by other programs, hostile names unharmed and harmless, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import html5lib
import pytest
from python_calamine import CalamineWorkbook

from tests.people.made import Rows, at, people, programme, session
from webcycle.documents import html, rollpage, rolls, signin, spreadsheet
from webcycle.documents.rolls import Told
from webcycle.documents.spreadsheet import Sheet, Workbook
from webcycle.errors import Language
from webcycle.participants import rolls as lists

NOW = datetime(2021, 11, 2, 9, 30, tzinfo=UTC)
HOSTILE = (
    "محمد علي",
    "王小明",
    "Zoé 👩‍🚀",
    '=HYPERLINK("http://e.example";"x")',
    "+33 6 12 34 56 78",
    "@SUM(1)",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "O'Brien : chef ; [lien](http://e.example) *x*",
    "file://x",
    "0612345678",
    "1e5",
)
UNSEEN = "Jean\u200f\u202eDupont"


def told(rows: Rows, key: str | None = "one", lang: Language = "en", text: str = "", **tables: Any) -> Told:
    cycle = programme(**tables)
    found = lists(cycle, rows.registrations, rows.visits, people(text))
    return Told(found.cycle if key is None else found.sessions[key], cycle, NOW, lang)


def hostile() -> Rows:
    rows = Rows()
    for index, name in enumerate(HOSTILE):
        rows = rows.registered(f"h{index:02}@example.org", name, organisation=name)
        rows = rows.came(f"h{index:02}@example.org", name, at(10), at(11))
    return rows.came("host@example.org", "Hôte", at(10), at(11), role="host")


def ordinary() -> Rows:
    return (
        Rows()
        .registered("ada@example.org", "Ada Lovelace", first="Ada", last="Lovelace", organisation="Ville",
                    territory="Occitanie", registered=at(8, day=1))
        .came("ada@example.org", "Ada", at(10), at(11, 30, 59))
        .registered("bob@example.org", "Bob")
        .came("", "Cara", at(10), at(10, 2))
        .came("", "Dan", at(10), at(11))
        .registered("eve@example.org", "Eve", status="cancelled")
        .came()
    )  # fmt: skip


def read_csv(data: bytes, delimiter: str = ";") -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter, strict=True))


def read_xlsx(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


# ---- CSV


def test_the_csv_of_a_session_opens_in_a_french_excel() -> None:
    data = spreadsheet.delimited(rolls.sheet(told(ordinary())))
    assert b"\r\n" in data
    header, *rows = read_csv(data)
    assert header == [
        "Standing", "Last name", "First name", "E-mail", "Organisation", "Type", "Territory", "Registered",
        "First joined", "Last left", "Minutes", "Known by",
    ]  # fmt: skip
    assert rows == [
        ["absent", "Bob", "", "bob@example.org", "not determined", "", "not determined", "yes", "", "", "",
         "address or account"],
        ["came briefly", "Cara", "", "", "not determined", "", "not determined", "", "2021-10-12 10:00",
         "2021-10-12 10:02", "2", "name only"],
        ["came unregistered", "Dan", "", "", "not determined", "", "not determined", "", "2021-10-12 10:00",
         "2021-10-12 11:00", "60", "name only"],
        ["present", "Lovelace", "Ada", "ada@example.org", "Ville", "", "Occitanie", "2021-10-01 08:00",
         "2021-10-12 10:00", "2021-10-12 11:30", "90", "address or account"],
    ]  # fmt: skip


def test_the_csv_with_commas_says_the_same() -> None:
    sheet = rolls.sheet(told(ordinary()))
    with_commas = spreadsheet.delimited(sheet, comma=True)
    assert read_csv(with_commas, ",") == read_csv(spreadsheet.delimited(sheet))


def test_the_csv_of_the_cycle_counts_sessions() -> None:
    header, *rows = read_csv(spreadsheet.delimited(rolls.sheet(told(ordinary(), None))))
    ada = dict(zip(header, rows[-1], strict=True))
    assert (ada["Sessions registered"], ada["Sessions attended"], ada["Minutes"]) == ("1", "1", "90")


def test_hostile_names_are_guarded_in_csv_and_otherwise_as_they_are() -> None:
    _, *rows = read_csv(spreadsheet.delimited(rolls.sheet(told(hostile()))))
    names = {row[1] for row in rows}
    risky = {name for name in HOSTILE if name[0] in "=+@"}
    assert len(risky) == 3
    assert names == {f"'{name}" if name in risky else name for name in HOSTILE}
    assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r|%")]


def test_what_cannot_be_seen_does_not_reach_a_cell_and_a_guard_cannot_be_got_round() -> None:
    sheet = Sheet("x", ("a",), ((UNSEEN,), ("\u200f=1+1",), ("a\nb\x00",), (None,), (-3,)))
    assert read_csv(spreadsheet.delimited(sheet))[1:] == [["JeanDupont"], ["'=1+1"], ["a b\ufffd"], [""], ["-3"]]


# ---- XLSX


def test_the_workbook_says_what_it_is_then_holds_the_list_and_who_was_left_out() -> None:
    purpose = {"purpose": "To attest who took part.", "controller": "Example Council", "legal-basis": "Public task"}
    pages = read_xlsx(spreadsheet.workbook(rolls.workbook(told(ordinary(), privacy=purpose))))
    assert list(pages) == ["About this list", "Participants", "Not counted"]
    about = {row[0]: row[1] for row in pages["About this list"] if row[0]}
    assert pages["About this list"][0][0] == "Participants: Session one"
    assert about["List made"] == "Tuesday 2 November 2021, 09:30"
    assert about["Purpose"] == "To attest who took part."
    assert about["Keep until"] == "19 April 2022"
    assert (about["Registered"], about["Came unregistered"]) == ("2", "1")
    assert about["Not counted"] == "anonymous 1, registration cancelled 1"
    assert about["Controller"] == "Example Council"
    assert about["Legal basis"] == "Public task"
    assert about["Rule"] == "Present: there for at least 5 minutes. Less than that: 1."
    assert [row[1] for row in pages["Participants"]] == ["Last name", "Bob", "Cara", "Dan", "Lovelace"]
    assert pages["Participants"][4][10] == 90
    assert [row[5] for row in pages["Not counted"][1:]] == ["anonymous", "registration cancelled"]


def test_hostile_names_are_text_in_the_workbook_as_they_are() -> None:
    data = spreadsheet.workbook(rolls.workbook(told(hostile())))
    assert {row[1] for row in read_xlsx(data)["Participants"][1:]} == set(HOSTILE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pages = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
        assert not [name for name in archive.namelist() if "externalLink" in name]
    assert len(pages) == 3
    assert not [page for page in pages if b"<f>" in page or b"<f " in page or b"hyperlink" in page]


def test_the_header_stays_and_filters_and_the_page_prints_whole() -> None:
    with zipfile.ZipFile(io.BytesIO(spreadsheet.workbook(rolls.workbook(told(ordinary()))))) as archive:
        page = archive.read("xl/worksheets/sheet2.xml")
    for part in (b'state="frozen"', b'<autoFilter ref="A1:L5"', b"<cols>", b'orientation="landscape"', b"fitToPage"):
        assert part in page


def test_the_same_workbook_has_the_same_bytes() -> None:
    book = rolls.workbook(told(hostile()))
    first = spreadsheet.workbook(book)
    assert spreadsheet.workbook(book) == first
    assert spreadsheet.workbook(replace(book, made=at(1))) != first


def test_a_sheet_without_rows_and_a_cell_that_is_too_long_are_taken() -> None:
    empty = Sheet("Nobody", ("a", "b"), ())
    long = Sheet("Long", ("a",), (("x" * 40_000,),))
    pages = read_xlsx(spreadsheet.workbook(Workbook("T", "A", NOW, "About", (), (empty, long))))
    assert pages["Nobody"] == [["a", "b"]]
    assert pages["Long"][1] == ["x" * 32_767]


# ---- documents


def page(data: str) -> Any:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(data)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("key", ["one", None])
def test_hostile_names_are_words_of_the_page(lang: Language, key: str | None) -> None:
    written = html.render(rollpage.document(told(hostile(), key, lang)))
    tree = page(written)
    cells = {"".join(cell.itertext()) for cell in tree.iter("th")}
    assert set(HOSTILE) <= cells
    assert not list(tree.iter("script"))
    assert not list(tree.iter("img"))
    assert [a.get("href") for a in tree.iter("a")] == ["#content"]


def test_the_page_has_a_table_for_each_group_and_says_what_it_is() -> None:
    written = html.render(rollpage.document(told(ordinary())))
    tree = page(written)
    assert [table.get("id") for table in tree.iter("table")] == [
        "list-present", "list-walk-in", "list-brief", "list-absent", "list-left-out", "list-about",
    ]  # fmt: skip
    text = "".join(tree.itertext())
    assert "19 April 2022" in text
    assert "PRIVATE" in text
    assert "This list holds personal data" in text


def test_a_session_without_attendance_has_no_figures_of_it() -> None:
    rows = Rows().registered("ada@example.org", "Ada")
    tree = page(html.render(rollpage.document(told(rows))))
    assert [table.get("id") for table in tree.iter("table")] == ["list-unknown", "list-about"]
    assert dict(rolls.figures(told(rows).roll)) == {"registered": 1, "unknown": 1}
    both = rows.came("ada@example.org", session="two").registered("bob@example.org")
    assert dict(rolls.figures(told(both, None).roll)) == {
        "registered": 2, "present": 1, "absent": 0, "walk-ins": 0, "unknown": 1,
    }  # fmt: skip
    about = [label for label, _ in rolls.about(told(rows))]
    assert "Rule" not in about
    assert "Rule" in [label for label, _ in rolls.about(told(both, "two"))]
    assert "Rule" not in [label for label, _ in rolls.about(told(both, "two", attendance={"minutes": 0}))]


def test_a_list_of_a_postponed_session_names_no_day() -> None:
    sessions = [{"id": "one", "title": "One", "status": "postponed"}]
    about = dict(rolls.about(told(Rows().registered("ada@example.org"), session=sessions)))
    assert about["When"] == "date to come"
    assert about["Keep until"].startswith("the end of the period")


# ---- JSON


def test_the_json_says_everything_with_the_zone_and_nothing_for_what_is_not_known() -> None:
    tables: dict[str, Any] = {"cycle": {"id": "tiny", "title": "Tiny", "timezone": "Europe/Paris", "language": "en"}}
    data = json.loads(json.dumps(rolls.data(told(ordinary(), **tables))))
    assert data["counts"] == {
        "registered": 2, "present": 1, "absent": 1, "walk_ins": 1, "brief": 1, "unknown": 0,
        "left_out": {"anonymous": 1, "cancelled": 1}, "rows": 7,
    }  # fmt: skip
    assert (data["cycle"], data["session"], data["keep_until"]) == ("tiny", "one", "2022-04-19")
    ada = data["participants"][-1]
    assert ada == {
        "key": "ada@example.org", "name": "Ada Lovelace", "email": "ada@example.org", "organisation": "Ville",
        "weak": False, "type": None, "territory": "Occitanie", "role": "participant", "standing": "present",
        "registrations": 1, "attended": 1, "registered": "2021-10-01T10:00:00+02:00",
        "joined": "2021-10-12T12:00:00+02:00", "left": "2021-10-12T13:30:59+02:00", "minutes": 90, "rows": 2,
    }  # fmt: skip
    assert data["left_out"][0]["key"] is None
    assert rolls.data(told(Rows(), None, session=[]))["keep_until"] is None


# ---- sign-in sheets

IN_PERSON: dict[str, Any] = {"session": [session("one", 12, mode="in-person", place="Bordeaux")]}


def test_the_sign_in_sheet_names_the_registered_and_leaves_room() -> None:
    made = told(ordinary(), **IN_PERSON)
    tree = page(html.render(signin.document(made)))
    (table,) = tree.iter("table")
    rows = [["".join(cell.itertext()).strip() for cell in row.iter("td")] for row in table.iter("tr")][1:]
    assert rows[:2] == [["Bob", "", "", ""], ["Lovelace", "Ada", "Ville", ""]]
    assert rows[2:] == [["", "", "", ""]] * 10
    text = "".join(tree.itertext())
    assert "Bordeaux, Tuesday 12 October 2021, 10:00 to 12:00" in text
    assert "to attest who took part" in text
    assert "@example.org" not in "".join(table.itertext())


def test_the_sign_in_sheet_of_several_days_has_a_column_a_day() -> None:
    days = {"start": date(2021, 10, 12), "end": date(2021, 10, 13)}
    made = told(Rows(), session=[{"id": "one", "title": "One", "mode": "hybrid", **days}], privacy={"purpose": "*X*"})
    assert signin.sheet(made).titles[3:] == ("Signature, Tuesday 12 October", "Signature, Wednesday 13 October")
    text = "".join(page(html.render(signin.document(made))).itertext())
    assert "Place to come" in text
    assert "Purpose: X" in text
    long = {"start": date(2021, 10, 12), "end": date(2021, 10, 22)}
    week = told(Rows(), session=[{"id": "one", "title": "One", **long}])
    assert signin.sheet(week).titles[3:] == ("Signature",)


def test_the_sign_in_sheet_of_a_session_that_ends_at_midnight_or_has_no_date_has_one_column() -> None:
    hours = {"start": datetime(2021, 10, 12, 20), "end": datetime(2021, 10, 13)}
    for times in (hours, {"status": "postponed"}):
        made = told(Rows(), session=[{"id": "one", "title": "One", "mode": "hybrid", **times}])
        assert signin.sheet(made).titles[3:] == ("Signature",)
        assert page(html.render(signin.document(made))) is not None


def test_the_workbook_of_a_sign_in_sheet_has_the_sheet_alone_and_what_it_is() -> None:
    pages = read_xlsx(spreadsheet.workbook(signin.workbook(told(ordinary(), **IN_PERSON))))
    assert list(pages) == ["About this list", "Sign-in sheet"]
    assert pages["Sign-in sheet"][1:] == [["Bob", "", "", ""], ["Lovelace", "Ada", "Ville", ""]]
    assert "Registered" not in {row[0] for row in pages["About this list"]}


def test_somebody_without_a_name_is_shown_by_address_or_account() -> None:
    rows = Rows().registered("ada@example.org").came("", "", at(10), at(11), platform="teams", person="8")
    names = [rolls.whole_name(entry.person) for entry in told(rows).roll.entries]
    assert sorted(names) == ["ada@example.org", "id:teams/8"]
