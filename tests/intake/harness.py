"""What the intake tests share: the samples, how to read them, and readings as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from webcycle.errors import Finding
from webcycle.intake import Options, Reading, Upload, read
from webcycle.intake.archives import open_upload
from webcycle.intake.contents import Content

SAMPLES = Path(__file__).parent / "samples"
_ENDING = ".expected.json"

EXPECTED_DAY = {
    "zoom/participants-french-semicolons-cp1252-padded.csv": date(2020, 11, 5),
    "teams/list-portuguese.csv": date(2021, 3, 9),
    "meet/hours-without-day.csv": date(2026, 3, 4),
    "meet/french-from-memory.csv": date(2026, 3, 4),
}
"""The day of the session, for the samples that cannot be read without it."""


def samples(*, strangers: bool) -> list[str]:
    """The samples that some reader claims, or those that none may claim; never none of them."""
    names = sorted(
        path.relative_to(SAMPLES).as_posix()
        for path in SAMPLES.rglob("*")
        if path.is_file() and not path.name.endswith(_ENDING)
    )
    found = [name for name in names if name.startswith("strangers/") == strangers]
    assert len(found) >= (8 if strangers else 40)
    return found


def expected_file(name: str) -> Path:
    return SAMPLES / f"{name}{_ENDING}"


def options(name: str) -> Options:
    day = EXPECTED_DAY.get(name)
    return Options("Europe/Paris", expected=(day,) if day else (), read_on=date(2026, 2, 1))


def upload(name: str) -> Upload:
    return Upload(Path(name).name, SAMPLES / name)


def read_sample(name: str) -> tuple[Reading, ...]:
    return read(upload(name), options(name))


def contents(name: str) -> list[Content]:
    return [one for one in open_upload(upload(name)) if not isinstance(one, Finding)]


def shown(readings: tuple[Reading, ...]) -> Any:
    """Readings as JSON: without what is empty, and without the source, which is the hash of the bytes."""
    return json.loads(json.dumps([_without_nothing(asdict(one)) for one in readings], default=_plain))


def as_json(readings: tuple[Reading, ...]) -> str:
    return json.dumps(shown(readings), ensure_ascii=False, indent=1) + "\n"


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: _without_nothing(one) for name, one in value.items() if name != "source"}
        return {name: one for name, one in kept.items() if one not in ("", None, [], (), {})}
    if isinstance(value, list | tuple):
        return [_without_nothing(one) for one in value]
    return value


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return dict(value)  # type: ignore[call-overload]


def write_expected() -> None:
    """Write what is read today beside each sample; the difference must then be reviewed."""
    for name in samples(strangers=False):
        expected_file(name).write_text(as_json(read_sample(name)), "utf-8")


if __name__ == "__main__":
    write_expected()
