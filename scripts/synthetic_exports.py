"""Writes invented exports of a whole cycle: registrations, attendance and views as the platforms would give them.

Beside them lie truth.json, which says what really happened, and a README.md, which says that nothing did.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from synthetic.folder import made
from synthetic.people import MOST_PEOPLE

from webcycle import source
from webcycle.programme import Programme


def main() -> None:
    """Write the files, or compare those that are there."""
    given = _arguments()
    wanted = made(_programme(given.programme), given.seed, given.people)
    found = _differences(given.out, wanted)
    if given.check:
        sys.exit("\n".join(found) or None)
    if others := [line for line in found if line.startswith("unexpected")]:
        sys.exit("\n".join([*others, "Nothing was written: remove these files, or name another folder."]))
    for name, data in wanted.items():
        target: Path = given.out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    print(f"{len(wanted)} files, {sum(map(len, wanted.values()))} bytes, in {given.out}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programme", type=Path, metavar="PROGRAMME", help="cycle.toml, or the folder that holds it")
    parser.add_argument("out", type=Path, metavar="OUT", help="folder to write to")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same bytes (default: 0)")
    parser.add_argument("--people", type=_count, default=600, help="how many the public has (default: 600)")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where OUT is not what it would be")
    return parser.parse_args()


def _count(text: str) -> int:
    if not 1 <= int(text) <= MOST_PEOPLE:
        raise argparse.ArgumentTypeError(f"1 to {MOST_PEOPLE}")
    return int(text)


def _programme(path: Path) -> Programme:
    file = path / "cycle.toml" if path.is_dir() else path
    loaded = source.load(file.read_bytes(), file.name)
    if loaded.programme is None:
        raise SystemExit(f"{file}: not a valid programme; `webcycle check` says why")
    return loaded.programme


def _differences(folder: Path, wanted: dict[str, bytes]) -> list[str]:
    """What is missing, what is not as it would be written, and what should not be there."""
    there = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    missing = [f"missing: {name}" for name in wanted if name not in there]
    changed = [f"not up to date: {name}" for name, data in wanted.items() if there.get(name, data) != data]
    return [*missing, *changed, *(f"unexpected: {name}" for name in sorted(set(there) - set(wanted)))]


if __name__ == "__main__":
    main()
