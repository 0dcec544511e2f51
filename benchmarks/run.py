"""Ratios of whole processes, measured in turn within one run: ours, the yardstick, ours, the yardstick ...

Each line gives the median of the ratios of processor time (user and system) of neighbouring runs, and the limit that
the project sets itself. Processor time, because the time on the wall follows whatever else the machine does.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import reviewed
import synthetic
import visits
import webinar

HERE = Path(__file__).parent
PYTHON = sys.executable
WEBCYCLE = str(Path(PYTHON).with_name("webcycle"))
DATA = HERE.parent / "data"


@dataclass(frozen=True)
class Usage:
    """What one finished process used: seconds of processor time, and its largest memory in MB."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Comparison:
    """A command of ours against a yardstick; `megabytes` and `seconds` (of the processors) are limits of the command by
    itself where there are any, `runs` the most runs where one takes minutes."""

    name: str
    ours: list[str]
    yardstick: list[str]
    limit: float
    before: Callable[[], None] = lambda: None
    megabytes: float | None = None
    seconds: float | None = None
    expected: tuple[int, ...] = (0,)
    runs: int = 1000


def used(command: list[str], expected: tuple[int, ...] = (0,)) -> Usage:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in expected:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    return Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compare(one: Comparison, runs: int) -> bool:
    """Print the line of a comparison; whether it keeps its limits."""
    ratios, seconds, memory = [], [], 0.0
    for run in range(min(runs, one.runs) + 1):
        one.before()
        ours, yardstick = used(one.ours, one.expected), used(one.yardstick)
        memory = max(memory, ours.megabytes)
        if run:  # the first pair fills the caches of the file system
            ratios.append(ours.seconds / yardstick.seconds)
            seconds.append(ours.seconds)
    ratio, took = statistics.median(ratios), statistics.median(seconds)
    kept = ratio <= one.limit and memory <= (one.megabytes or memory) and took <= (one.seconds or took)
    within = "" if one.megabytes is None else f" (limit {one.megabytes:.0f})"
    alone = "" if one.seconds is None else f"  {took:.2f} s (limit {one.seconds:.2f})"
    print(
        f"{one.name:<44} {ratio:5.2f}  limit {one.limit:5.2f}  spread {min(ratios):.2f}-{max(ratios):.2f}"
        f"  {memory:4.0f} MB{within}{alone}  {'ok' if kept else 'OVER'}",
        flush=True,
    )
    return kept


def python(code: str, *arguments: str) -> list[str]:
    return [PYTHON, "-c", code, *arguments]


def comparisons(work: Path) -> list[Comparison]:
    ten = DATA / "guide-2020-2021"
    many = synthetic.write(work / "many", sessions=10_000, rich=False)
    thousand = synthetic.write(work / "thousand", sessions=1_000)

    def unpublished() -> None:
        (thousand / "calendar.toml").unlink(missing_ok=True)
        shutil.rmtree(thousand / "out", ignore_errors=True)

    return [
        Comparison(
            "--help / import typer, rich.console", [WEBCYCLE, "--help"], python("import typer, rich.console"), 1.5
        ),
        Comparison(
            "check, 10 sessions / import typer, pydantic",
            [WEBCYCLE, "--cycle", str(ten), "check"],
            python("import typer, pydantic"),
            2.0,
        ),
        Comparison(
            "check, 10,000 sessions / tomllib",
            [WEBCYCLE, "--cycle", str(many), "check"],
            python("import sys, tomllib; tomllib.load(open(sys.argv[1], 'rb'))", str(many / "cycle.toml")),
            20.0,
            megabytes=300,
        ),
        Comparison(
            "export-ics, 1,000 sessions / bare icalendar",
            [WEBCYCLE, "--cycle", str(thousand), "export-ics"],
            [PYTHON, str(HERE / "bare_icalendar.py"), str(thousand), str(work / "bare")],
            1.3,
            before=unpublished,
        ),
        Comparison(
            "attendance, 10 sessions / import duckdb ...",
            [WEBCYCLE, "--cycle", str(measured(work / "measured")), "attendance"],
            python("import duckdb, pydantic, typer"),
            2.5,
        ),
        report("report, HTML, 10 sessions / import typer ...", work, "html", limit=3.0),
        report("report, all formats, 10 sessions", work, "md,html,pdf,docx", megabytes=400, seconds=3.0),
        Comparison(
            "report, HTML, 200 sessions / 100 sessions",
            [WEBCYCLE, "--cycle", str(work / "reviewed-200"), "report", "--format", "html"],
            [WEBCYCLE, "--cycle", str(work / "reviewed-100"), "report", "--format", "html"],
            2.0,
            before=lambda: _reviewing(work, 100, 200),
            runs=3,
        ),
        *(names(ending) for ending in ("html", "pdf", "docx")),
        figures(work / "visits", "figures, 10,000,000 visits / union, median", rows=10_000_000),
        pandas(work / "fewer-visits", "figures, 1,000,000 visits / pandas"),
        imported(work / "webinar", "import, 100,000 rows / csv.reader, strptime", rows=100_000),
        imported(work / "large-webinar", "import, 1,000,000 rows / csv.reader, strptime", rows=1_000_000),
    ]


def measured(folder: Path) -> Path:
    """The sample cycle with the synthetic exports imported."""
    shutil.copytree(DATA / "guide-2020-2021", folder)
    exports = DATA / "guide-2020-2021-synthetic-exports"
    shutil.copy(exports / "people.toml", folder)
    used([WEBCYCLE, "--cycle", str(folder), "import", "--yes", str(exports)])
    return folder


def report(
    name: str,
    work: Path,
    formats: str,
    *,
    limit: float = float("inf"),
    megabytes: float | None = None,
    seconds: float | None = None,
) -> Comparison:
    """The review of ten sessions from nothing to the files, against the libraries that no page can do without."""
    return Comparison(
        name,
        [WEBCYCLE, "--cycle", str(work / "reviewed-10"), "report", "--format", formats],
        python("import typer, pydantic, jinja2"),
        limit,
        before=lambda: _reviewing(work, 10),
        megabytes=megabytes,
        seconds=seconds,
    )


def _reviewing(work: Path, *sizes: int) -> None:
    """Cycles of so many sessions of 200 people each, with their reports imported."""
    for sessions in sizes:
        if not (folder := work / f"reviewed-{sessions}").exists():
            reviewed.write(folder, sessions=sessions)
            used([WEBCYCLE, "--cycle", str(folder), "import", "--yes", "--date-order", "mdy", str(folder / "exports")])


def names(ending: str) -> Comparison:
    """A list of 1,000 names in that format, against one of a single name."""
    ours = [PYTHON, str(HERE / "names.py"), ending]
    return Comparison(
        f"list of 1,000 names, {ending} / of one", [*ours, "1000"], [*ours, "1"], float("inf"), seconds=1.0
    )


def figures(folder: Path, name: str, *, rows: int) -> Comparison:
    """Every figure of so many visits in 2 GB, against a query that does one thing of it."""
    return Comparison(
        name,
        [PYTHON, str(HERE / "figures.py"), str(folder)],
        [PYTHON, str(HERE / "bare_duckdb.py"), str(folder / "attendance.csv")],
        1.5,
        before=lambda: _visits(folder, rows),
        # DuckDB's own limit is 2 GB; what Python, the libraries and reading need comes on top.
        megabytes=2_400,
        runs=3,
    )


def pandas(folder: Path, name: str) -> Comparison:
    """Every figure of a million visits, against the main ones in pandas: at least five times faster."""
    return Comparison(
        name,
        [PYTHON, str(HERE / "figures.py"), str(folder)],
        [PYTHON, str(HERE / "bare_pandas.py"), str(folder / "attendance.csv")],
        0.2,
        before=lambda: _visits(folder, 1_000_000),
        runs=3,
    )


def _visits(folder: Path, rows: int) -> None:
    if not folder.exists():
        visits.write(folder, rows=rows)


def imported(folder: Path, name: str, *, rows: int) -> Comparison:
    """The import of a webinar report of so many rows into a cycle that holds nothing yet."""
    report, cycle = folder / "report.csv", folder / "cycle"

    def empty() -> None:
        if not folder.exists():
            webinar.write(folder, rows=rows)
        shutil.rmtree(cycle / "sessions", ignore_errors=True)
        (cycle / "imports.toml").unlink(missing_ok=True)

    return Comparison(
        name,
        [WEBCYCLE, "--cycle", str(cycle), "import", "--yes", str(report)],
        [PYTHON, str(HERE / "bare_csv.py"), str(report)],
        6.0,
        before=empty,
        megabytes=500,
        runs=9 if rows < 1_000_000 else 1,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--only", default="", help="compare only what has this in its name")
    options = parser.parse_args()
    os.environ |= {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1700000000"}
    # An installed package is compiled once: where the environment forbids that, each of our processes would do it anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "pyc"))
        chosen = [one for one in comparisons(Path(folder)) if options.only in one.name]
        kept = [compare(one, options.runs) for one in chosen]
    raise SystemExit(not all(kept))


if __name__ == "__main__":
    main()
