"""Looks for bytes that break a target of tests/hostile/targets.py: `fuzz.py TARGET SECONDS FOLDER`.

What it finds stands in FOLDER afterwards as crash-*, timeout-* or oom-*, and belongs into tests/hostile/corpus.
"""

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[1]


def main() -> None:
    name, seconds, folder = sys.argv[1:]
    sys.path.insert(0, str(ROOT))
    with atheris.instrument_imports(include=["webcycle", "icalendar"]):
        from tests.hostile.targets import SEEDS, TARGETS  # noqa: PLC0415 - what is instrumented is imported here
    found, seeds = Path(folder), Path(folder) / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (seeds / f"{number}").write_bytes(seed)
    for path in (ROOT / "tests/hostile/corpus" / name).glob("*"):
        (seeds / path.name).write_bytes(path.read_bytes())
    limits = [
        f"-max_total_time={seconds}",
        "-max_len=4096",
        "-timeout=10",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={found}/", str(seeds)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
