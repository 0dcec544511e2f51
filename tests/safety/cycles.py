"""A small cycle with everything in it, and the commands that write, each with what it is run on."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.safety.running import Crew

PROGRAMME = """\
# The programme of the port office.
[cycle]
id = "ports"
title = "Webinars of the ports"
timezone = "Europe/Paris"
language = "en"

[organiser]
name = "Port office"
email = "office@example.org"
place = "Brest"

[[axis]]
id = "sea"
title = "The sea"

[[session]]  # the first
id = "quays"
title = "Quays and cranes"
axis = "sea"
start = 2020-10-26T14:00:00
end = 2020-10-26T16:00:00

[[session]]
id = "tides"
title = "Tides"
start = 2020-11-09T14:00:00
end = 2020-11-09T16:00:00
status = "tentative"

[[session]]
id = "fog"
title = "Fog"
start = 2020-11-16T14:00:00
end = 2020-11-16T16:00:00
status = "cancelled"
"""
STAYS = """\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)
Ada Diallo,ada@example.org,10/26/2020 14:02:00,10/26/2020 15:00:00,58
Bo Lund,bo@example.org,10/26/2020 14:05:00,10/26/2020 15:30:00,85
"""
FORM = """\
Horodateur,Adresse e-mail,Nom,Prénom
20/10/2020 09:00:00,ada@example.org,Diallo,Ada
21/10/2020 10:00:00,ada.diallo@example.org,Diallo,Ada
21/10/2020 10:00:00,bo@example.org,Lund,Bo
"""
_OLD = ('title = "Webinars of the ports"', 'title = "Webinars of the port"')


@dataclass(frozen=True, slots=True)
class Writing:
    """A command that writes, and whether it is run on a cycle that was published before, one where a file stands
    beside its correction, a bare one, or on nothing.

    Of one that is `slow` (it counts, and writes as the others do) a third of the points are tried.
    """

    arguments: tuple[str, ...]
    on: str = "published"
    slow: bool = False

    @property
    def name(self) -> str:
        return " ".join(one for one in self.arguments if not one.startswith("--"))[:40] + f" on {self.on}"


_SESSION = ("--title", "Locks", "--start", "2020-12-07 14:00", "--duration", "2h", "--yes")
WRITING = (
    Writing(("init", ".", "--title", "Ports", "--organiser", "Office", "--email", "office@example.org"), "nothing"),
    Writing(("init", "deep/er", "--title", "Ports", "--organiser", "O", "--email", "o@example.org"), "nothing"),
    Writing(("add-session", *_SESSION)),
    Writing(("set", "quays", "note", "Bring a coat.", "--yes")),
    Writing(("confirm", "tides", "--yes")),
    Writing(("postpone", "tides", "--to", "2020-11-30 14:00", "--reason", "storm", "--yes")),
    Writing(("cancel", "tides", "--yes")),
    Writing(("reinstate", "fog", "--yes")),
    Writing(("export-ics",)),
    Writing(("export-ics", "--axis", "sea"), "bare"),
    Writing(("export-ics", "--invite", "quays")),
    Writing(("import", "../exports", "--yes"), "bare"),
    Writing(("import", "../more", "--yes")),
    Writing(("import", "--undo", "stays.csv", "--yes"), "corrected"),
    Writing(("people", "--accept", "1", "--yes")),
    Writing(("participants", "quays", "--format", "csv,html")),
    Writing(("attendance", "--format", "csv,json"), slow=True),
    Writing(("status", "--ics")),
    Writing(("report", "--format", "md,json"), slow=True),
    Writing(("announce", "session", "quays", "--format", "md,html")),
    Writing(("announce", "programme", "--format", "md"), "bare"),
    Writing(("privacy", "notice", "--format", "md")),
)
# What they take away cannot be had back: killed, they are finished by being run again.
ERASING = (Writing(("forget", "ada@example.org", "--yes")), Writing(("purge", "--yes"), slow=True))
# They read alone; `demo` is made of those above, and what `whois` tells includes what it wrote itself.
READING = frozenset({"whois", "check", "list", "show", "diff", "explain", "query", "texts", "schema", "demo"})


def make(crew: Crew, place: Path) -> None:
    """The folders that commands are run on, and the exports that they import."""
    bare, published = place / "bare", place / "published"
    for folder, name, text in (
        ("exports", "stays.csv", STAYS),
        ("exports", "form.csv", FORM),
        ("more", "m.csv", _more()),
    ):
        (place / folder / "quays").mkdir(parents=True, exist_ok=True)
        (place / folder / "quays" / name).write_text(text, "utf-8")
    (place / "nothing").mkdir()
    bare.mkdir()
    (bare / "cycle.toml").write_text(PROGRAMME.replace(*_OLD), "utf-8")
    shutil.copytree(bare, published)
    for arguments in (
        ("import", "../exports", "--yes"),
        ("export-ics", "--invite", "quays"),
        ("participants", "quays", "--format", "csv,html"),
        ("attendance", "--format", "csv,json"),
        ("status", "--ics"),
        ("report", "--format", "md,json"),
        ("announce", "session", "quays", "--format", "md,html"),
    ):
        ran = crew.run(published, *arguments)
        assert ran.code in (0, 1), (arguments, ran)
    (published / "cycle.toml").write_text(PROGRAMME, "utf-8")
    held = published / "sessions" / "quays" / "registrations.csv"
    held.write_bytes(held.read_bytes().replace(b"Lund", b"Lunde"))
    for old in (published / "out" / "public").glob("a*"):
        old.write_bytes(old.read_bytes() + b"\n")

    corrected = place / "corrected"
    shutil.copytree(published, corrected)
    ran = crew.run(corrected, "import", "../more", "--yes")
    assert ran.code == 0, ran


def _more() -> str:
    return STAYS.replace("Bo Lund,bo@", "Cy Roux,cy@")


Tree = Mapping[str, bytes]


def tree(folder: Path) -> Tree:
    """Every file of a folder by its path, but that of the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".webcycle.lock"
    }


def temporaries(found: Tree) -> list[str]:
    """The temporary files among them."""
    return [path for path in found if path.endswith(".tmp")]


def fresh(place: Path, writing: Writing, work: Path) -> Path:
    """A new copy of what the command is run on; `../exports` leads where it led."""
    work.mkdir()
    for name in ("exports", "more"):
        (work / name).symlink_to(place / name)
    folder = work / "cycle"
    shutil.copytree(place / writing.on, folder)
    return folder
