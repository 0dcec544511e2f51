"""The files that hold what was observed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.imports.cycles import registration, view, visit
from webcycle import records as csv
from webcycle import store
from webcycle.folder import Folder, write
from webcycle.records import PlatformTotal, RecordsError, Registration, ViewCount, Visit
from webcycle.store import Records, Sheet


def saved(folder: Folder, held: Records, before: Records | None = None) -> list[str]:
    old = store.by_session(before or Records())
    new = store.by_session(held)
    names = []
    for name, sheet, private in store.files(new, old):
        write(folder.root / name, sheet, private=private)
        names.append(name)
    return names


HELD = Records(
    registrations=(registration("ada"),),
    visits=(visit("ada"), visit("bob")),
    views=(view("x", 3),),
    totals=(PlatformTotal(name="users", value=2),),
)
WATER = store.named("water", HELD)


def test_records_come_back_as_they_were_stored(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    held = store.joined([WATER, store.named("roads", Records(visits=(visit("cleo"),))), Records(views=(view("y", 1),))])
    names = saved(folder, held)
    assert names == [
        "sessions/roads/attendance.csv",
        "sessions/water/registrations.csv",
        "sessions/water/attendance.csv",
        "views.csv",
        "totals.csv",
    ]
    found = store.load(folder)
    assert len(found) == len(held) == 7
    assert set(found) == set(held)


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert store.load(Folder(tmp_path)) == Records()
    assert len(Records()) == 0


def test_personal_files_are_for_their_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        saved(Folder(tmp_path), WATER)
    finally:
        os.umask(before)
    modes = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes["sessions/water/attendance.csv"] == 0o600
    assert modes["sessions/water/registrations.csv"] == 0o600
    assert modes["sessions/water"] == 0o700
    assert modes["views.csv"] == 0o644


def test_only_what_changed_is_written_and_what_became_empty_keeps_its_header(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    saved(folder, WATER)
    before = store.by_session(WATER)
    assert list(store.files(before, before)) == []
    fewer = replace(WATER, registrations=(), totals=())
    names = saved(folder, fewer, WATER)
    assert "sessions/water/registrations.csv" in names
    assert store.load(folder) == fewer
    saved(folder, Records(), WATER)
    assert store.load(folder) == Records()
    assert (tmp_path / "sessions/water/attendance.csv").read_text("utf-8").count("\n") == 1


def test_views_of_all_sessions_stay_when_those_of_one_change(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    roads = store.named("roads", Records(views=(view("z", 9),)))
    both = store.joined([WATER, roads])
    saved(folder, both)
    old = store.by_session(both)
    new = {**old, "water": store.named("water", Records(views=(view("x", 4),)))}
    for name, sheet, private in store.files(new, old):
        write(folder.root / name, sheet, private=private)
    assert {one.views for one in store.load(folder).views} == {4, 9}


@settings(deadline=None, max_examples=25)
@given(st.permutations([visit(name, start) for name in ("ada", "bob", "cleo", "dan") for start in range(3)]))
def test_the_same_records_give_the_same_bytes_also_in_pieces(visits: list[Visit]) -> None:
    whole = bytes(Sheet(Visit, (("", tuple(visits)),)))
    assert whole.decode() == csv.dump(Visit, visits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_PIECE", 2)
        pieces = list(Sheet(Visit, (("", tuple(visits)),)))
    assert len(pieces) == 5
    assert b"".join(pieces) == whole


def test_many_records_without_an_address_are_one_piece() -> None:
    nobody = [replace(visit("ada", start), email="") for start in range(5)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_PIECE", 2)
        found = list(Sheet(Visit, (("", nobody),)))
        assert len(list(Sheet(ViewCount, (("", [view("x", 1)] * 5),)))) == 2
    assert len(found) == 2


def test_a_file_that_is_not_ours_or_was_damaged_is_named(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    saved(folder, WATER)
    place = tmp_path / "sessions" / "water"
    whole = (place / "attendance.csv").read_bytes()
    (place / "attendance.csv").write_bytes(whole + b"\xff\n")
    with pytest.raises(RecordsError) as encoding:
        store.load(folder)
    assert (encoding.value.key, encoding.value.values["file"]) == ("records.encoding", "sessions/water/attendance.csv")
    (place / "attendance.csv").write_bytes(whole)
    place.rename(place.with_name("ports"))
    with pytest.raises(RecordsError) as session:
        store.load(folder)
    assert (session.value.key, session.value.values) == (
        "records.session",
        {"file": "sessions/ports/registrations.csv", "found": "water", "session": "ports"},
    )


def test_a_file_among_the_folders_of_sessions_is_not_one(tmp_path: Path) -> None:
    (tmp_path / "sessions").mkdir()
    (tmp_path / "sessions" / "notes.txt").write_text("x")
    assert store.load(Folder(tmp_path)) == Records()


def test_records_are_grouped_in_their_order() -> None:
    found = Records(
        registrations=(registration("ada"), registration("bob")), visits=(visit("bob"), visit("ada"), visit("bob", 5))
    )
    groups = store.grouped(found, lambda one: one.email if isinstance(one, Registration | Visit) else "")
    assert list(groups) == ["ada@example.org", "bob@example.org"]
    assert groups["bob@example.org"].visits == (visit("bob"), visit("bob", 5))
    assert store.grouped(found, lambda _one: "x") == {"x": found}
    assert store.grouped(Records(), str) == {}
