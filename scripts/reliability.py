"""RELIABILITY.md: each promise, the suites behind it, and how they ended, from pytest's report of them.

`scripts/reliability.py --suites` names the suites that exist; `scripts/reliability.py REPORT.xml ...` prints the page.
No result on it is written by hand: `make reliability`.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

# A promise in a sentence, and the files or folders of tests that would go red if it were broken.
PROMISES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Kill a command at any moment, interrupt it, or let the disk refuse it at any step: each file is the old one "
        "or the new one, never a part of one, and what was killed can be run again.",
        ("tests/safety/test_faults.py", "tests/safety/test_real_process.py", "tests/test_folder.py"),
    ),
    (
        "Done means on disk: what a command said to be written is there after a power loss, on ext4 and XFS. Where "
        "`fsync` is taken away, this suite sees the losses.",
        ("tests/safety/test_power.py",),
    ),
    (
        "A disk that is full, read-only or short of quota costs nothing that was there, and is said in a sentence.",
        ("tests/safety/test_full_disk.py",),
    ),
    (
        "Two commands at the same time lose nothing; who waits too long is told whom for; an empty or vanished "
        "programme is an error.",
        ("tests/safety/test_together.py", "tests/test_folder_lock.py"),
    ),
    (
        "What you save in an editor is never overwritten, and a question that you interrupt changes nothing.",
        ("tests/safety/test_prompts.py", "tests/cli/test_import_saved.py"),
    ),
    (
        "Your comments, your order and your line endings stay where you put them.",
        ("tests/test_source_edit.py", "tests/test_source_append.py", "tests/test_rescheduling.py"),
    ),
    (
        "No name or title can run in a spreadsheet, a browser, a terminal, a mail or a calendar; no file can exhaust "
        "the machine.",
        ("tests/hostile",),
    ),
    (
        "Nothing that may be published holds a person or a join link; no message, file name or public file tells of "
        "any of a thousand planted names.",
        (
            "tests/exposure",
            "tests/unpacked",
            "tests/test_joinlinks.py",
            "tests/cli/test_exposure.py",
            "tests/cli/test_own_words.py",
            "tests/cli/test_planted.py",
        ),
    ),
    (
        "Files of people are their owner's alone, never taken in by git, and nothing asks for a network.",
        ("tests/cli/test_private_files.py", "tests/people/test_personal.py"),
    ),
    (
        "Forgotten is proved, and stays so when an old export is imported again; what could not be searched is named.",
        (
            "tests/privacy",
            "tests/cli/test_erasing.py",
            "tests/cli/test_erasing_proof.py",
            "tests/cli/test_erased_again.py",
            "tests/cli/test_import_callers.py",
            "tests/cli/test_out_of_reach.py",
        ),
    ),
    (
        "After a purge no record of anybody is left, every other file that tells of them was named, and every figure "
        "is the one that was published.",
        ("tests/published", "tests/cli/test_purging.py"),
    ),
    (
        "No group of a few people can be worked out from what is published of a cycle (docs/metrics.md says which).",
        ("tests/test_disclosure.py", "tests/cli/test_subtraction.py"),
    ),
    ("The figures are those of a second implementation that shares no code with the first.", ("tests/metrics",)),
    ("Other programs read the calendar as it was meant.", ("tests/interop", "tests/calendar")),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A test: its file, how it ended, why it was skipped, and what it counted."""

    file: str
    result: str
    reason: str
    counted: Mapping[str, int]


def suites() -> tuple[str, ...]:
    """The suites of all promises that exist, each once."""
    return tuple(dict.fromkeys(suite for _promise, named in PROMISES for suite in named if (ROOT / suite).exists()))


def cases(report: ET.Element) -> Iterator[Case]:
    """The tests of a report."""
    for one in report.iter("testcase"):
        ended = next((child for child in one if child.tag in ("failure", "error", "skipped")), None)
        counted = {found.get("name", ""): int(found.get("value", "0")) for found in one.iter("property")}
        reason = ended.get("message", "") if ended is not None else ""
        yield Case(one.get("file") or _file(one), ended.tag if ended is not None else "passed", reason, counted)


def _file(case: ET.Element) -> str:
    return case.get("classname", "").replace(".", "/") + ".py"


def of(suite: str, found: Iterable[Case]) -> list[Case]:
    """The tests of a suite, a file or a folder."""
    return [one for one in found if one.file == suite or one.file.startswith(f"{suite}/")]


def page(reports: Sequence[ET.Element]) -> Iterator[str]:
    """The lines of the page."""
    named = suites()
    every = (case for report in reports for case in cases(report))
    found = [case for case in every if any(of(suite, [case]) for suite in named)]
    days = {suite.get("timestamp", "")[:10] for report in reports for suite in report.iter("testsuite")}
    yield "# What webcycle promises, and what stands behind it"
    yield ""
    yield f"Written by `make reliability` from a run of these suites on {max(days)}: {_results(found)}. Do not edit it."
    for promise, named in PROMISES:
        there = [suite for suite in named if (ROOT / suite).exists()]
        if not there:
            continue
        yield from ("", f"## {promise}", "", "| suite | size | last result |", "|---|---|---|")
        for suite in there:
            own = of(suite, found)
            yield f"| `{suite}` | {_size(own)} | {_results(own)} |"
    reasons = Counter(one.reason for one in found if one.result == "skipped")
    if reasons:
        yield from ("", "## What was skipped in this run", "")
        yield from (f"- {number} × {reason}" for reason, number in sorted(reasons.items()))


def _size(own: Iterable[Case]) -> str:
    own = list(own)
    counted: Counter[str] = Counter()
    for one in own:
        counted.update(one.counted)
    return ", ".join((f"{len(own):,} tests", *(f"{number:,} {name}" for name, number in sorted(counted.items()))))


def _results(own: Iterable[Case]) -> str:
    counted = Counter(one.result for one in own)
    words = {"passed": "passed", "failure": "failed", "error": "broke", "skipped": "skipped"}
    told = [f"{counted[result]:,} {word}" for result, word in words.items() if counted[result]]
    return ", ".join(told) or "did not run"


def main(arguments: list[str]) -> None:
    """Print the names of the suites, or the page."""
    if arguments == ["--suites"]:
        print(*suites())
        return
    print("\n".join(page([ET.parse(report).getroot() for report in arguments])))


if __name__ == "__main__":
    main(sys.argv[1:])
