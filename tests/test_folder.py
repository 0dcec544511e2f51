"""Where files live, and that a write is whole or nothing, kept by the lock and refused after another's change."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from webcycle import texts
from webcycle.errors import Language, OutsideError, RefusedError, UsageError, WebcycleError
from webcycle.folder import (
    ABSENT,
    Folder,
    below,
    find,
    listed,
    make,
    make_private,
    output,
    read,
    replaced,
    shut,
    size,
    write,
    write_all,
)

LANGUAGES: tuple[Language, ...] = ("fr", "en")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def temporaries(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob(".*.tmp"))


def assert_told(problem: WebcycleError, *seen: str) -> None:
    for lang in LANGUAGES:
        sentence = texts.error(lang, problem)
        assert all(part in sentence for part in seen)


@pytest.fixture
def cycle(tmp_path: Path) -> Folder:
    (tmp_path / "cycle.toml").write_text("a = 1\n")
    return Folder(tmp_path)


@pytest.fixture
def umask_000() -> Iterator[None]:
    old = os.umask(0)
    yield
    os.umask(old)


# --- finding the folder


def test_the_folder_is_found_from_below(cycle: Folder) -> None:
    below = cycle.root / "out" / "public"
    below.mkdir(parents=True)
    assert find(below) == find(cycle.root) == cycle


def test_the_nearest_programme_wins(cycle: Folder) -> None:
    inner = cycle.root / "inner"
    inner.mkdir()
    assert find(inner) == cycle
    (inner / "cycle.toml").touch()
    assert find(inner).root == inner


def test_a_folder_can_be_named_by_itself_or_by_its_programme(
    cycle: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert find(elsewhere, cycle.root) == find(elsewhere, cycle.programme) == cycle


def test_the_folder_of_a_linked_programme_is_that_of_the_link(
    cycle: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    linked = tmp_path_factory.mktemp("linked")
    (linked / "cycle.toml").symlink_to(cycle.programme)
    assert find(cycle.root, linked / "cycle.toml").root == linked


def test_no_programme_is_a_usage_error_that_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        find(tmp_path)
    assert_told(caught.value, str(tmp_path))
    with pytest.raises(UsageError) as caught:
        find(tmp_path, tmp_path / "typo")
    assert_told(caught.value, str(tmp_path / "typo"))


def test_everything_has_its_place_below_the_root() -> None:
    root = Folder(Path("/c"))
    places = (root.programme, root.ledger, root.imports, root.people, root.sessions, root.public, root.private)
    names = "cycle.toml calendar.toml imports.toml people.toml sessions out/public out/private".split()
    assert [str(place) for place in places] == [f"/c/{name}" for name in names]


# --- reading


def test_a_file_is_known_again_until_it_changes(cycle: Folder) -> None:
    first = read(cycle.programme)
    assert (first.path, first.data, first.identity.size) == (cycle.programme, b"a = 1\n", 6)
    assert read(cycle.programme) == first
    cycle.programme.write_bytes(b"a = 2\n")
    assert read(cycle.programme).identity != first.identity


def test_a_programme_that_is_gone_is_an_error(cycle: Folder) -> None:
    cycle.programme.unlink()
    with pytest.raises(OutsideError) as caught:
        read(cycle.programme)
    assert_told(caught.value, str(cycle.programme))


def test_an_optional_file_may_be_missing_but_not_a_link_to_nowhere(cycle: Folder) -> None:
    snapshot = read(cycle.ledger, optional=True)
    assert (snapshot.data, snapshot.identity) == (b"", ABSENT)
    cycle.ledger.symlink_to(cycle.root / "unmounted" / "calendar.toml")
    with pytest.raises(OutsideError):
        read(cycle.ledger, optional=True)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_file_that_cannot_be_read_is_named(cycle: Folder, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(*arguments: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OutsideError) as caught:
        read(cycle.programme)
    assert_told(caught.value, str(cycle.programme))


@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_ordinary_file_is_not_read(cycle: Folder, kind: str) -> None:
    cycle.programme.unlink()
    if kind == "pipe":
        os.mkfifo(cycle.programme)
    elif kind == "folder":
        cycle.programme.mkdir()
    else:
        cycle.programme.symlink_to("/dev/zero")
    with pytest.raises(OutsideError) as caught:
        read(cycle.programme)
    assert caught.value.key == "file-not-regular"
    assert_told(caught.value, str(cycle.programme))
    with pytest.raises(OutsideError):
        write(cycle.programme, b"x")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(cycle: Folder) -> None:
    assert read(cycle.programme, limit=6).data == b"a = 1\n"
    with cycle.programme.open("r+b") as file:
        file.truncate(1 << 40)
    with pytest.raises(RefusedError) as caught:
        read(cycle.programme, limit=6)
    assert_told(caught.value, str(cycle.programme), str(1 << 40))


# --- outputs


def test_an_output_lies_in_its_folder(cycle: Folder) -> None:
    assert output(cycle.public, "guide-2020-2021.ics") == cycle.public / "guide-2020-2021.ics"
    assert output(cycle.public, "cycle.schema.json") == cycle.public / "cycle.schema.json"


@pytest.mark.parametrize(
    "name", ["../cycle.toml", "..", "/etc/passwd", "a/b.md", "A.md", "a b.md", ".md", "a", "a.md\n", "é.md", "-a.md"]
)
def test_a_name_that_is_no_slug_is_refused(cycle: Folder, name: str) -> None:
    with pytest.raises(RefusedError) as caught:
        output(cycle.public, name)
    assert_told(caught.value)


def test_a_linked_output_folder_is_used_but_a_link_out_of_it_is_not(
    cycle: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = tmp_path_factory.mktemp("site")
    (cycle.root / "out").mkdir()
    cycle.public.symlink_to(site)
    assert write(output(cycle.public, "review.md"), b"x")
    assert (site / "review.md").read_bytes() == b"x"
    (site / "review.html").symlink_to(cycle.programme)
    with pytest.raises(RefusedError) as caught:
        output(cycle.public, "review.html")
    assert_told(caught.value, "review.html")


# --- writing


def test_a_write_tells_whether_anything_changed(cycle: Folder) -> None:
    assert write(cycle.ledger, b"one")
    before = read(cycle.ledger).identity
    assert not write(cycle.ledger, b"one")
    assert read(cycle.ledger).identity == before
    assert write(cycle.ledger, b"two")
    assert cycle.ledger.read_bytes() == b"two"
    assert temporaries(cycle.root) == []


def test_an_empty_file_is_written_where_there_was_none(cycle: Folder) -> None:
    assert write(cycle.ledger, b"")
    assert cycle.ledger.read_bytes() == b""


def test_a_link_stays_a_link(cycle: Folder) -> None:
    real = cycle.root / "real.toml"
    cycle.programme.rename(real)
    cycle.programme.symlink_to("real.toml")
    assert write(cycle.programme, b"new")
    assert cycle.programme.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize("kept", [0o640, 0o664, 0o600, 0o444])
def test_the_mode_is_kept(cycle: Folder, kept: int) -> None:
    cycle.programme.chmod(kept)
    assert write(cycle.programme, b"new")
    assert mode(cycle.programme) == kept


@pytest.mark.parametrize(("before", "after"), [(0o666, 0o600), (0o644, 0o600), (0o600, 0o600), (0o440, 0o400)])
def test_what_is_private_is_taken_from_others_even_where_it_holds_the_bytes_already(
    cycle: Folder, before: int, after: int
) -> None:
    for data, changed in ((b"new", True), (b"new", False)):
        cycle.people.write_bytes(b"old" if changed else b"new")
        cycle.people.chmod(before)
        assert write(cycle.people, data, private=True) is changed
        assert mode(cycle.people) == after
        cycle.people.chmod(0o600)


def test_an_access_list_does_not_open_again_what_is_private(cycle: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """An access list is an attribute, and to set it sets the rights of the group."""
    monkeypatch.setattr(os, "listxattr", lambda _path: ["system.posix_acl_access"])
    monkeypatch.setattr(os, "getxattr", lambda _path, _name: b"")
    monkeypatch.setattr(os, "setxattr", lambda file, _name, _value: os.fchmod(file, 0o664))
    cycle.people.write_bytes(b"old")
    assert write(cycle.people, b"new", private=True)
    assert mode(cycle.people) == 0o600


def test_folders_of_personal_files_are_the_users_alone(cycle: Folder) -> None:
    cycle.sessions.mkdir(mode=0o755)
    make_private(cycle.sessions, cycle.sessions / "maroc", cycle.private)
    assert {mode(one) for one in (cycle.sessions, cycle.sessions / "maroc", cycle.private)} == {0o700}
    assert mode(cycle.private.parent) == 0o755
    make_private(cycle.sessions)
    assert mode(cycle.sessions) == 0o700


def test_what_is_somebody_elses_is_left_to_them(cycle: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **more: object) -> None:
        raise PermissionError(errno.EPERM, "not permitted")

    cycle.people.write_bytes(b"x")
    cycle.people.chmod(0o644)
    monkeypatch.setattr(Path, "chmod", refuse)
    assert not write(cycle.people, b"x", private=True)
    assert mode(cycle.people) == 0o644


def test_a_folder_of_personal_files_that_cannot_be_made_is_named(cycle: Folder) -> None:
    cycle.sessions.write_bytes(b"")
    with pytest.raises(OutsideError) as caught:
        make_private(cycle.sessions / "maroc")
    assert "maroc" in caught.value.values["file"]


@pytest.mark.usefixtures("umask_000")
def test_what_is_private_is_so_whatever_the_umask(cycle: Folder) -> None:
    file = cycle.private / "lists" / "attendance.csv"
    assert write(file, b"x", private=True)
    assert (mode(file), mode(file.parent), mode(cycle.private)) == (0o600, 0o700, 0o755)
    public = cycle.public / "review.md"
    assert write(public, b"x")
    assert (mode(public), mode(cycle.public)) == (0o644, 0o755)


def test_a_strict_umask_does_not_hide_what_is_public(cycle: Folder) -> None:
    old = os.umask(0o077)
    try:
        assert write(cycle.public / "review.md", b"x")
    finally:
        os.umask(old)
    assert (mode(cycle.public / "review.md"), mode(cycle.public)) == (0o644, 0o755)


def test_extended_attributes_are_kept(cycle: Folder) -> None:
    try:
        os.setxattr(cycle.programme, "user.note", b"kept")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    assert write(cycle.programme, b"new")
    assert os.getxattr(cycle.programme, "user.note") == b"kept"


@pytest.mark.parametrize("error", [None, OSError(errno.ENOTSUP, "not supported"), AttributeError("listxattr")])
def test_attributes_and_owner_that_cannot_be_kept_do_not_stop_a_write(
    cycle: Folder, monkeypatch: pytest.MonkeyPatch, error: Exception | None
) -> None:
    def refuse(*arguments: object) -> None:
        raise PermissionError(errno.EPERM, "not permitted")

    def listed(path: object) -> list[str]:
        if error is not None:
            raise error
        return ["user.note"]

    monkeypatch.setattr(os, "fchown", refuse)
    monkeypatch.setattr(os, "getxattr", refuse)
    monkeypatch.setattr(os, "listxattr", listed)
    assert write(cycle.programme, b"new")
    assert cycle.programme.read_bytes() == b"new"


def test_all_is_on_disk_before_the_rename_and_the_rename_before_the_end(
    cycle: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = cycle.public / "review.md"
    events: list[tuple[str, str]] = []
    real_sync, real_replace = os.fsync, os.replace

    def sync(descriptor: int) -> None:
        path = str(Path(f"/proc/self/fd/{descriptor}").readlink())
        words = "file" if stat.S_ISREG(os.fstat(descriptor).st_mode) else "folder"
        if words == "file":
            assert Path(path).read_bytes() == b"words"
        events.append((words, path if words == "folder" else ""))
        real_sync(descriptor)

    def replace(source: str, target: str) -> None:
        events.append(("rename", str(target)))
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", replace)
    assert write(file, b"words")
    assert events[:2] == [("file", ""), ("rename", str(file))]
    assert set(events[2:]) == {("folder", str(one)) for one in (cycle.public, cycle.public.parent, cycle.root)}


def test_a_file_that_an_editor_saved_meanwhile_is_left_alone(cycle: Folder) -> None:
    snapshot = read(cycle.programme)
    cycle.programme.write_bytes(b"the editor's\n")
    with pytest.raises(RefusedError) as caught:
        write(cycle.programme, b"ours\n", expected=snapshot.identity)
    assert cycle.programme.read_bytes() == b"the editor's\n"
    rejected = cycle.root / "cycle.toml.rej"
    assert rejected.read_bytes() == b"ours\n"
    assert_told(caught.value, str(cycle.programme), str(rejected))
    assert temporaries(cycle.root) == []


def test_a_change_in_the_last_moment_is_seen(cycle: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = read(cycle.programme)
    real = os.fsync

    def sync(descriptor: int) -> None:
        real(descriptor)
        cycle.programme.write_bytes(b"the editor's\n")

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(RefusedError):
        write(cycle.programme, b"ours\n", expected=snapshot.identity)
    assert cycle.programme.read_bytes() == b"the editor's\n"


def test_what_was_expected_is_replaced(cycle: Folder) -> None:
    assert write(cycle.programme, b"ours\n", expected=read(cycle.programme).identity)
    assert write(cycle.ledger, b"new\n", expected=read(cycle.ledger, optional=True).identity)
    with pytest.raises(RefusedError):
        write(cycle.ledger, b"newer\n", expected=ABSENT)


@pytest.mark.parametrize("step", ["replace", "fsync", "fchmod"])
def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    cycle: Folder, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def interrupt(*arguments: object) -> None:
        assert temporaries(cycle.root)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, step, interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(cycle.programme, b"new")
    assert cycle.programme.read_bytes() == b"a = 1\n"
    assert temporaries(cycle.root) == []


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "write-no-space"),
        (errno.EDQUOT, "write-no-space"),
        (errno.EROFS, "write-read-only"),
        (errno.EACCES, "write-denied"),
        (errno.EPERM, "write-denied"),
        (errno.EIO, "write-failed"),
    ],
)
def test_a_failed_write_names_file_and_reason(
    cycle: Folder, monkeypatch: pytest.MonkeyPatch, number: int, key: str
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutsideError) as caught:
        write(cycle.programme, b"new")
    assert caught.value.key == key
    assert_told(caught.value, str(cycle.programme))
    assert cycle.programme.read_bytes() == b"a = 1\n"
    assert temporaries(cycle.root) == []


def test_a_folder_that_may_not_be_written_is_told(cycle: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object, flags: int, mode: int = 0o777) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OutsideError) as caught:
        write(cycle.programme, b"new")
    assert caught.value.key == "write-denied"


def test_a_full_device_leaves_the_old_file(cycle: Folder) -> None:
    """A limit on the size of files cuts a real write short, as a full disk does."""
    script = (
        "import resource, sys; from pathlib import Path; from webcycle.folder import write\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "write(Path(sys.argv[1]), b'x' * 100_000)\n"
    )
    arguments = [sys.executable, "-c", script, str(cycle.programme)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert "OutsideError: write-failed" in done.stderr
    assert cycle.programme.read_bytes() == b"a = 1\n"
    assert temporaries(cycle.root) == []


def test_the_folder_of_a_new_cycle_is_made_with_those_above_it(tmp_path: Path) -> None:
    made = make(tmp_path / "a" / "b")
    assert made.root.is_dir()
    assert make(made.root) == made


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutsideError) as caught:
        make(tmp_path / "file" / "cycle")
    assert "cycle" in caught.value.values["file"]


def test_outputs_are_written_together_and_only_those_that_changed(tmp_path: Path) -> None:
    files = [("a.ics", b"1"), ("b.ics", b"2")]
    out = tmp_path / "out" / "public"
    assert write_all(out, files) == (out / "a.ics", out / "b.ics")
    assert write_all(out, [("a.ics", b"1"), ("b.ics", b"3")]) == (out / "b.ics",)
    assert (out / "b.ics").read_bytes() == b"3"


def test_an_output_that_is_a_link_is_written_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "a.ics").symlink_to("real.ics")
    write_all(tmp_path, [("a.ics", b"1")])
    assert (tmp_path / "a.ics").is_symlink()
    assert (tmp_path / "real.ics").read_bytes() == b"1"


def test_outputs_that_cannot_be_written_are_an_error_that_names_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutsideError) as caught:
        write_all(tmp_path / "file" / "out", [("a.ics", b"1")])
    assert "out" in caught.value.values["file"]


def test_every_output_is_on_disk_before_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    write_all(tmp_path / "out", [("a.ics", b"1"), ("b.ics", b"2")])
    assert len([name for name in synced if ".ics." in name]) == 2
    assert synced.index(str(tmp_path / "out")) > 1
    assert synced.count(str(tmp_path / "out")) == 1
    assert str(tmp_path) in synced


@pytest.mark.parametrize("before", [None, b"", b"one,", b"one,two,three", b"one,2wo"])
def test_what_comes_in_pieces_is_written_whole_and_only_when_it_differs(tmp_path: Path, before: bytes | None) -> None:
    file = tmp_path / "file.csv"
    if before is not None:
        file.write_bytes(before)
    assert write(file, [b"one,", b"two"])
    assert file.read_bytes() == b"one,two"
    assert not write(file, [b"on", b"e,two"])
    assert not write(file, b"one,two")


def test_what_the_disk_does_not_confirm_is_told_as_written(cycle: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def fail(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutsideError) as caught:
        write(cycle.programme, b"new")
    assert caught.value.key == "write-unconfirmed"
    assert_told(caught.value, str(cycle.programme))
    assert cycle.programme.read_bytes() == b"new"
    with pytest.raises(OutsideError) as caught:
        write(cycle.programme, b"new")
    assert caught.value.key == "write-unconfirmed"
    with pytest.raises(OutsideError) as caught:
        write_all(cycle.root, [("a.md", b"x")])
    assert_told(caught.value, str(cycle.root / "a.md"))


def test_of_several_outputs_the_one_that_cannot_be_written_is_named(cycle: Folder) -> None:
    (cycle.root / "b.md").mkdir()
    with pytest.raises(OutsideError) as caught:
        write_all(cycle.root, [("a.md", b"x"), ("b.md", b"x")])
    assert_told(caught.value, str(cycle.root / "b.md"))
    assert (cycle.root / "a.md").read_bytes() == b"x"


@pytest.mark.parametrize(("late", "number"), [(False, 0), (True, 1)])
def test_what_was_changed_is_known_wherever_the_interruption_comes(
    cycle: Folder, monkeypatch: pytest.MonkeyPatch, late: bool, number: int
) -> None:
    real, before = os.replace, replaced()

    def interrupt(source: str, target: str) -> None:
        if late:
            real(source, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(cycle.programme, b"new")
    assert replaced() - before == number
    assert cycle.programme.read_bytes() == (b"new" if late else b"a = 1\n")
    assert temporaries(cycle.root) == []


def test_what_is_of_people_is_shut_and_nothing_beyond_a_link(
    cycle: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    theirs = [cycle.sessions / "maroc", cycle.sessions / "maroc" / "a.csv", cycle.people]
    others = [elsewhere / "b.csv", cycle.programme]
    theirs[0].mkdir(parents=True)
    for path in (*theirs[1:], *others):
        path.write_text("x")
    for path in (*theirs, *others):
        path.chmod(0o777)
    (cycle.sessions / "away").symlink_to(elsewhere)
    shut(cycle)
    assert [path.stat().st_mode & 0o777 for path in theirs] == [0o700] * 3
    assert [path.stat().st_mode & 0o777 for path in (*others, elsewhere)] == [0o777, 0o777, 0o700]


def test_what_cannot_be_looked_at_is_named(cycle: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, **_how: bool) -> None:
        raise OSError(errno.EIO, "Input/output error")

    cycle.sessions.mkdir()
    for method in ("iterdir", "stat"):
        with monkeypatch.context() as refusing:
            refusing.setattr(Path, method, refuse)
            with pytest.raises(OutsideError) as caught:
                shut(cycle)
        assert_told(caught.value, "Input/output error", {"iterdir": "sessions", "stat": "people.toml"}[method])


def test_every_file_is_found_once_by_its_path_without_a_link(tmp_path: Path) -> None:
    inside, outside = tmp_path / "place", tmp_path / "outside"
    for file in ("sessions/one/rows.csv", "out/list.csv", ".git/config", "b.txt"):
        (inside / file).parent.mkdir(parents=True, exist_ok=True)
        (inside / file).write_text("x", "utf-8")
    (outside / "deep").mkdir(parents=True)
    (outside / "deep" / "thesis.txt").write_text("x", "utf-8")
    (outside / "deep" / "round").symlink_to(outside)
    (inside / "a").symlink_to(inside / "sessions")
    (inside / "out" / "all").symlink_to(inside)
    (inside / "out" / "more").symlink_to(outside)
    (inside / "gone").symlink_to(tmp_path / "nothing")
    (inside / "same.txt").symlink_to(inside / "b.txt")
    found = [str(path.relative_to(inside)) for path in below(inside)]
    assert found == ["b.txt", "same.txt", "out/list.csv", "sessions/one/rows.csv", "out/more/deep/thesis.txt"]
    assert sorted({str(path.relative_to(inside)) for path in below(inside, git=True)} - {*found}) == [".git/config"]


def deny(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """Let the folder be listed by nobody, as it is to a user without the right to: root may list all."""
    real = Path.iterdir

    def iterdir(self: Path) -> Iterator[Path]:
        if self == place:
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return real(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)


def test_a_folder_that_cannot_be_listed_is_named_and_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "deep/locked/b.txt", "deep/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    assert len([*below(tmp_path)]) == 3
    deny(monkeypatch, tmp_path / "deep" / "locked")
    for every in (below, listed):
        with pytest.raises(OutsideError) as caught:
            [*every(tmp_path / "deep" / "locked")]
        assert caught.value.key == "file-denied"
        assert caught.value.values["file"] == str(tmp_path / "deep" / "locked")
    with pytest.raises(OutsideError):
        [*below(tmp_path)]


def test_what_cannot_be_looked_at_in_a_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x", "utf-8")
    (tmp_path / "round").symlink_to("round")
    assert [*below(tmp_path)] == [tmp_path / "a.txt"]
    real = Path.stat

    def stat(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if self.name == "a.txt":
            raise OSError(errno.EIO, "Input/output error")
        return real(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    for look in (lambda: [*below(tmp_path)], lambda: size(tmp_path / "a.txt")):
        with pytest.raises(OutsideError) as caught:
            look()
        assert caught.value.key == "file-unreadable"
        assert caught.value.values == {"file": str(tmp_path / "a.txt"), "reason": "Input/output error"}


def test_where_nothing_is_nothing_is_listed_but_a_link_to_what_is_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("four", "utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "gone").symlink_to(tmp_path / "unmounted")
    assert listed(tmp_path) == (tmp_path / "a", tmp_path / "b.txt", tmp_path / "gone")
    assert listed(tmp_path / "nothing") == listed(tmp_path / "b.txt") == ()
    assert [size(tmp_path / name) for name in ("b.txt", "nothing")] == [4, 0]
    for look in (listed, size):
        with pytest.raises(OutsideError) as caught:
            look(tmp_path / "gone")
        assert caught.value.key == "file-missing"
        assert caught.value.values["file"] == str(tmp_path / "gone")
