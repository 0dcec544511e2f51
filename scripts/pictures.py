"""Makes pictures of the demonstration: of each page of its documents, and those of the README in `docs`."""

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

import webcycle

HERE = Path(__file__).parents[1]
DOCS, ALL = HERE / "docs", HERE / "build" / "pictures"
WEBCYCLE = str(Path(sys.executable).with_name("webcycle"))
CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")
# Which of all pictures the README shows, by what they are called there.
CHOSEN = {"review": "review", "review-2": "review-print", "programme-1": "programme"}
# 1 October 2020: the programme has no date of its own, and is announced before its first session.
BEFORE = "1601539200"
# The fonts of the package alone, so that the pictures do not depend on those of the machine.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def main() -> None:
    DOCS.mkdir(exist_ok=True)
    shutil.rmtree(ALL, ignore_errors=True)
    ALL.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "webcycle-demo"
        env = {**os.environ, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1700000000", "COLUMNS": "118"}
        made(env, "demo", work)
        measured = work / "synthetic"
        made(env, "--cycle", measured, "report", "--format", "html,pdf")
        made({**env, "SOURCE_DATE_EPOCH": BEFORE}, "--cycle", work, "announce", "programme", "--format", "html,pdf")
        for name, cycle, stem in (("review", measured, "review"), ("programme", work, "announce-programme")):
            public = cycle / "out" / "public"
            on_screen(name, public / f"{stem}.html", Path(folder))
            on_paper(name, public / f"{stem}.pdf")
        terminal(work, env)
    for name, shown in CHOSEN.items():
        shutil.copyfile(ALL / f"{name}.png", DOCS / f"{shown}.png")


def made(env: dict[str, str], *command: str | Path) -> None:
    subprocess.run([WEBCYCLE, *command], check=True, capture_output=True, env=env)


def on_screen(name: str, page: Path, folder: Path) -> None:
    """The first screen of a page."""
    fonts = folder / "fonts.conf"
    found = Path(webcycle.__file__).parent / "documents" / "fonts"
    fonts.write_text(FONTS.format(fonts=found, cache=folder / "fonts"), "utf-8")
    options = (*CHROMIUM, f"--user-data-dir={folder / 'profile'}", "--window-size=1000,1280")
    command = [program("chromium"), *options, f"--screenshot={ALL / name}.png", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "FONTCONFIG_FILE": str(fonts)})


def on_paper(name: str, document: Path) -> None:
    """Each page of a PDF: `name-1.png` and so on."""
    subprocess.run([program("pdftoppm"), "-r", "90", "-png", document, ALL / name], check=True)


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is missing: make tools")
    return found


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
