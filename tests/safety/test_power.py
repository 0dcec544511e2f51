"""What a command said to be done is there after the power failed at once, on ext4 and XFS.

And the proof that this can fail: where `fsync` does nothing, it does.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import require_tool
from tests.safety import mounts
from tests.safety.cycles import WRITING, Tree, Writing, fresh, temporaries, tree
from tests.safety.faults import Point, injecting, points, tracing
from tests.safety.mounts import Disk
from tests.safety.powerloss import LOG_KEPT, LOG_LOST, cut
from tests.safety.running import Crew, Record, Warm

REPEATS = 3
_CHOSEN = ("init", "set", "export-ics", "import", "participants", "announce")
COMMANDS = tuple(next(one for one in WRITING if one.arguments[0] == name) for name in _CHOSEN)
SET = COMMANDS[1]
LOGS = pytest.mark.parametrize("log", [LOG_KEPT, LOG_LOST], ids=["log kept", "log lost"])
SYSTEMS = pytest.mark.parametrize("disk", ["ext4", "xfs"], indirect=True)


@pytest.fixture(scope="module")
def disk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    """A disk whose power can fail."""
    kind = str(request.param)
    require_tool(shutil.which(f"mkfs.{kind}", path="/usr/sbin:/sbin:/usr/bin"), f"mkfs.{kind}")
    place = tmp_path_factory.mktemp("disk")
    mounts.require_mounts(place)
    with mounts.disk(place, kind) as made:
        yield made


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    """A process that runs commands."""
    made = Warm()
    yield made
    made.close()


@pytest.fixture(scope="module")
def careless() -> Iterator[Warm]:
    """One for which `fsync` does nothing."""
    library = next(Path("/usr/lib").glob("*/libeatmydata.so"), None)
    require_tool(library, "libeatmydata")
    made = Warm(str(library))
    yield made
    made.close()


@pytest.fixture(scope="module")
def new(crew: Crew, place: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Writing, Tree]:
    """What each command makes where nothing fails."""
    made = {}
    for writing in COMMANDS:
        folder = fresh(place, writing, tmp_path_factory.mktemp("new") / "work")
        assert crew.run(folder, *writing.arguments).code == 0
        made[writing] = tree(folder)
    return made


def prepared(disk: Disk, place: Path, writing: Writing) -> Path:
    """The folder to run a command on, safe on the disk."""
    work = disk.point / "work"
    shutil.rmtree(work, ignore_errors=True)
    folder = fresh(place, writing, work)
    disk.sync()
    return folder


def after_power_is_back(disk: Disk, folder: Path) -> Tree:
    disk.take_out()
    disk.put_in()
    return tree(folder)


def lost(warm: Warm, disk: Disk, place: Path, new: dict[Writing, Tree], log: int, repeats: int = 1) -> list[str]:
    """The files that are not what a command that had ended well made of them."""
    found = []
    for writing in COMMANDS * repeats:
        folder = prepared(disk, place, writing)
        ran = warm.run(folder, *writing.arguments, then=[str(disk.point), log])
        assert ran.code == 0, ran.stderr
        left = after_power_is_back(disk, folder)
        found += [f"{writing.name}: {name}" for name in new[writing] if left.get(name) != new[writing][name]]
    return found


@SYSTEMS
@LOGS
def test_done_means_on_disk(
    warm: Warm, disk: Disk, place: Path, new: dict[Writing, Tree], log: int, record_property: Record
) -> None:
    record_property("power losses", len(COMMANDS) * REPEATS)
    assert lost(warm, disk, place, new, log, REPEATS) == []


@SYSTEMS
def test_the_losses_are_seen_where_fsync_does_nothing(
    careless: Warm, disk: Disk, place: Path, new: dict[Writing, Tree], record_property: Record
) -> None:
    found = lost(careless, disk, place, new, LOG_LOST)
    record_property("losses seen without fsync", len(found))
    assert {one.split()[0] for one in found} == set(_CHOSEN)


@SYSTEMS
@LOGS
def test_a_power_loss_in_the_middle_leaves_the_old_or_the_new(
    warm: Warm, disk: Disk, place: Path, tmp_path: Path, log: int, record_property: Record
) -> None:
    require_tool(shutil.which("strace"), "strace")
    folder = prepared(disk, place, SET)
    old = tree(folder)
    warm.run(folder, *SET.arguments, strace=tracing(tmp_path / "trace"))
    found = points((tmp_path / "trace").read_text(), folder)
    kinds = [old, tree(folder)]
    record_property("power losses", len(found))
    assert len(found) > 8
    for point in found:
        folder = prepared(disk, place, SET)
        assert warm.run(folder, *SET.arguments, strace=injecting(point, "kill", tmp_path / "said")).code is None
        cut(str(disk.point), log)
        left = after_power_is_back(disk, folder)
        assert {name: left[name] for name in left if name not in temporaries(left)} in kinds, point


@SYSTEMS
def test_what_a_killed_command_had_written_is_on_disk_when_the_next_finds_it_written(
    warm: Warm, disk: Disk, place: Path, new: dict[Writing, Tree], tmp_path: Path
) -> None:
    """A command that has nothing to write any more says that all is done: then it has to be."""
    require_tool(shutil.which("strace"), "strace")
    writing = COMMANDS[2]
    folder = prepared(disk, place, writing)
    warm.run(folder, *writing.arguments, strace=tracing(tmp_path / "trace"))
    last = [one for one in points((tmp_path / "trace").read_text(), folder) if one.call == "fsync"][-1]
    folder = prepared(disk, place, writing)
    kill = injecting(Point("fsync", last.number, last.number), "kill", tmp_path / "said")
    assert warm.run(folder, *writing.arguments, strace=kill).code is None
    assert warm.run(folder, *writing.arguments, then=[str(disk.point), LOG_LOST]).code == 0
    left = after_power_is_back(disk, folder)
    assert {name: left.get(name) for name in new[writing]} == new[writing]
