"""Every figure of a cycle, per session and of the whole, from its CSV file, on two cores."""

from __future__ import annotations

import sys
from pathlib import Path

from webcycle import metrics, source
from webcycle.identity import People
from webcycle.store import Files


def main(folder: Path) -> None:
    programme = source.load((folder / "cycle.toml").read_bytes(), "cycle.toml").programme
    assert programme is not None
    files = Files(visits=(folder / "attendance.csv",))
    with metrics.open_cycle(programme, People(), files) as opened:
        results = opened.results()
    print(*(f"{name} {results.figure(name).value}" for name in ("participations", "people", "median-minutes")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
