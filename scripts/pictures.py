"""Makes the pictures of the README from the demonstration: the review in Chromium, the commands as rich draws them."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

DOCS = Path(__file__).parents[1] / "docs"
WEBCYCLE = str(Path(sys.executable).with_name("webcycle"))
CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")


def main() -> None:
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "webcycle-demo"
        env = {**os.environ, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1700000000", "COLUMNS": "118"}
        subprocess.run([WEBCYCLE, "demo", str(work)], check=True, capture_output=True, env=env)
        review(work)
        terminal(work, env)


def review(work: Path) -> None:
    """The first screen of the review."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("Chromium is missing: make tools")
    page = (work / "out" / "public" / "review.html").as_uri()
    target = DOCS / "review.png"
    size = "--window-size=1000,1280"
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *CHROMIUM, f"--user-data-dir={profile}", size, f"--screenshot={target}", page]
        subprocess.run(command, check=True, capture_output=True)


def terminal(work: Path, env: dict[str, str]) -> None:
    """`check` and `list`, one after the other, on the demonstration with a slip of the hand in it."""
    programme = work / "cycle.toml"
    programme.write_text(
        programme.read_text("utf-8").replace('axis = "geographie"', 'axis = "geographique"', 1)
        + '[check]\nignore = ["link-without-url"]\n',
        "utf-8",
    )
    console = Console(record=True, width=118, file=io.StringIO(), force_terminal=True)
    for command in (("check",), ("list",), ("show", "maroc")):
        console.print(Text(f"$ webcycle {' '.join(command)}", "bold"))
        done = subprocess.run([WEBCYCLE, *command], cwd=work, env=env, capture_output=True, text=True, check=False)
        for line in (done.stdout + done.stderr).rstrip().splitlines():
            console.print(coloured(line), no_wrap=line.startswith(" "), crop=False)
    drawing = console.export_svg(title="webcycle")
    # rich's drawing fetches its font from a server; a picture of ours fetches nothing.
    (DOCS / "terminal.svg").write_text(re.sub(r"@font-face \{[^}]*\}\s*", "", drawing), "utf-8")


def coloured(line: str) -> Text:
    text = Text(line)
    for found in re.finditer(r"error\[[a-z-]+\]", line):
        text.stylize("red", *found.span())
    for found in re.finditer(r"warning\[[a-z-]+\]", line):
        text.stylize("yellow", *found.span())
    return text


main()
