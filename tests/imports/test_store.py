"""The files that hold what was observed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.imports.cycles import registration, view, visit
from webcycle import records as csv
from webcycle import store
from webcycle.errors import OutsideError
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


ASKING: tuple[Callable[[Folder], object], ...] = (store.load, store.paths, store.sessions, store.visited)


@pytest.mark.parametrize("ask", ASKING)
@pytest.mark.parametrize("name", ["sessions", "sessions/water"])
def test_a_folder_that_cannot_be_listed_may_hold_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Folder], object], name: str
) -> None:
    folder = Folder(tmp_path)
    saved(folder, WATER)
    assert ask(folder)
    real = Path.iterdir

    def iterdir(self: Path) -> Iterator[Path]:
        if self == tmp_path / name:
            raise PermissionError(13, "Permission denied")
        return real(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    with pytest.raises(OutsideError) as caught:
        ask(folder)
    assert caught.value.key == "file-denied"
    assert caught.value.values["file"] == str(tmp_path / name)


@pytest.mark.parametrize("ask", ASKING)
@pytest.mark.parametrize("name", ["sessions", "sessions/water"])
def test_records_on_a_disk_that_is_not_there_are_missing_not_none(
    tmp_path: Path, ask: Callable[[Folder], object], name: str
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).symlink_to(tmp_path / "unmounted")
    with pytest.raises(OutsideError) as caught:
        ask(Folder(tmp_path))
    assert caught.value.key == "file-missing"
    assert caught.value.values["file"] == str(tmp_path / name)


def test_the_sessions_of_which_something_is_stored_are_told_in_the_order_of_their_names(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    saved(folder, store.joined([WATER, store.named("roads", Records(registrations=(registration("cleo"),)))]))
    saved(folder, Records(), store.named("air", Records(visits=(visit("cleo"),))))
    (folder.sessions / "notes.txt").write_text("mine", "utf-8")
    assert store.sessions(folder) == ("roads", "water")
    assert store.visited(folder) == ("water",)
    found = store.paths(folder)
    assert [path.parent.name for path in found.registrations] == ["roads", "water"]
    assert [path.parent.name for path in found.visits] == ["air", "water"]
