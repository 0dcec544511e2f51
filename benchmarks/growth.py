"""How time and memory grow with the visits: every figure of 1, 10 and 50 million, drawn to docs/growth.svg.

It takes about ten minutes and 10 GB of disk. The numbers are kept beside the picture, in docs/growth.json.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import visits

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs"
MILLIONS = (1, 10, 50)


def measured(folder: Path, millions: int) -> dict[str, float]:
    """Seconds on the wall and of the processors, and the largest memory in MB, of one process."""
    visits.write(folder, rows=millions * 1_000_000)
    started = time.perf_counter()
    with subprocess.Popen([sys.executable, str(HERE / "figures.py"), str(folder)], stdout=subprocess.DEVNULL) as one:
        _pid, status, usage = os.wait4(one.pid, 0)
        one.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    shutil.rmtree(folder)
    if one.returncode:
        raise SystemExit(f"{millions} million visits: exit code {one.returncode}")
    return {
        "million visits": millions,
        "seconds": round(seconds, 1),
        "processor seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "MB": round(usage.ru_maxrss / 1024),
    }


def picture(points: list[dict[str, float]]) -> str:
    """The points on two panels, time and memory, as SVG."""
    import vl_convert  # noqa: PLC0415 - a tool of this script alone

    def panel(field: str, title: str) -> dict[str, object]:
        axes = {
            "x": {"field": "million visits", "type": "quantitative", "title": "million visits"},
            "y": {"field": field, "type": "quantitative", "title": title},
        }
        return {
            "width": 300,
            "height": 220,
            "layer": [
                {"mark": {"type": "line", "point": True, "color": "#1f4e79"}, "encoding": axes},
                {
                    "mark": {"type": "text", "align": "left", "dx": 6, "dy": 12},
                    "encoding": axes | {"text": {"field": field, "type": "quantitative"}},
                },
            ],
        }

    spec = {
        "data": {"values": points},
        "config": {"font": "Liberation Sans", "background": "white"},
        "hconcat": [panel("processor seconds", "processor seconds"), panel("MB", "MB at most")],
    }
    drawn: str = vl_convert.vegalite_to_svg(spec)
    return drawn


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        points = []
        for millions in MILLIONS:
            points.append(measured(Path(folder) / str(millions), millions))
            print(points[-1], flush=True)
    (DOCS / "growth.json").write_text(json.dumps(points, indent=2) + "\n", "utf-8")
    (DOCS / "growth.svg").write_text(picture(points) + "\n", "utf-8")


if __name__ == "__main__":
    main()
