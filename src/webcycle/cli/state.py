"""What every command starts from: the options given before it, the clock, and the programme that it works on."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from webcycle.errors import Finding, Language, OutsideError, ProgrammeError, Severity, UsageError

if TYPE_CHECKING:
    from webcycle.claims import Measured
    from webcycle.folder import Folder, Snapshot
    from webcycle.programme import Programme, Session
    from webcycle.source import Loaded

LangOption = Annotated[str | None, typer.Option("--lang", help="fr or en.", metavar="fr|en")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
CycleOption = Annotated[Path | None, typer.Option("--cycle", help="Folder of the cycle.", show_default=False)]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
OpenOption = Annotated[bool, typer.Option("--open", help="Open what was written: HTML before PDF, DOCX, Markdown.")]
OutOption = Annotated[
    str | None, typer.Option("--out", metavar="PATH", help="Write into this folder instead of out/public.")
]


@dataclass(frozen=True, slots=True)
class State:
    """The global options."""

    cycle: Path | None
    lang: Language
    debug: bool

    @staticmethod
    def of(ctx: Any) -> State:
        """The state of a command; before the global options are read, the locale's."""
        found = ctx.find_root().obj
        return found if isinstance(found, State) else State(cycle=None, lang=locale_language(), debug=False)


@dataclass(frozen=True, slots=True)
class Work:
    """A programme that is being worked on: where it lives, its bytes, what it says and what is wrong with it."""

    folder: Folder
    snapshot: Snapshot
    loaded: Loaded
    findings: tuple[Finding, ...]

    @property
    def programme(self) -> Programme:
        """The programme; ProgrammeError when it could not be read."""
        if self.loaded.programme is None:
            raise ProgrammeError(self.findings)
        return self.loaded.programme


def locale_language() -> Language:
    """French where the locale is French, else English (POSIX: LC_ALL, LC_MESSAGES, LANG, the first that is set)."""
    found = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "fr" if found.lower().startswith("fr") else "en"


def language(given: str | None, otherwise: Language) -> Language:
    """The language asked for by `--lang`; a usage error for another one."""
    if given is None:
        return otherwise
    if given in ("fr", "en"):
        return cast(Language, given)
    raise typer.BadParameter(f"{given!r}: fr | en", param_hint="--lang")


def known_session(programme: Programme, key: str) -> Session:
    """The session of that id; a usage error where there is none."""
    if key not in programme.session_by_id:
        raise UsageError("unknown-session", found=key, known=", ".join(programme.session_by_id) or "-")
    return programme.session_by_id[key]


def now() -> datetime:
    """The present instant in UTC; SOURCE_DATE_EPOCH stands in for it where output must be reproducible.

    Source: the SOURCE_DATE_EPOCH specification of reproducible-builds.org.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the one clock
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise OutsideError("epoch", found=epoch) from None


def shown(path: Path) -> str:
    """A path as the user would type it: relative to the current folder where it lies below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def work(ctx: typer.Context, cycle: Path | None = None) -> Work:
    """The programme of the cycle at hand with every finding about it; never raises for what is in the file."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    return _read(folders.find(Path.cwd(), cycle or State.of(ctx).cycle))


def again(before: Work) -> Work:
    """The same programme as it is now."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    unchanged = folders.read(before.folder.programme).identity == before.snapshot.identity
    return before if unchanged else _read(before.folder)


def _read(folder: Folder) -> Work:
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import source  # noqa: PLC0415

    snapshot = folders.read(folder.programme, limit=source.MAX_BYTES)
    loaded, findings = examine(snapshot.data, shown(folder.programme))
    return Work(folder, snapshot, loaded, findings)


def examine(raw: bytes, name: str) -> tuple[Loaded, tuple[Finding, ...]]:
    """The programme in these bytes and all findings about it, each with its place, in the order of the file."""
    from webcycle import claims, source  # noqa: PLC0415 - `--help` must not pay for them

    loaded = source.load(raw, name)
    return loaded, examined(loaded, claims.NOTHING)


def examined(loaded: Loaded, measured: Measured) -> tuple[Finding, ...]:
    """All findings about a programme whose records say this, each with its place, in the order of the file."""
    from webcycle import checks, source  # noqa: PLC0415 - `--help` must not pay for them

    if loaded.programme is None or loaded.source is None:
        return loaded.findings
    found = source.locate(loaded.source, checks.check(loaded.programme, now(), measured))
    return tuple(sorted((*loaded.findings, *found), key=_place))


def placed(work: Work, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings about what the programme names, at their places in it."""
    from webcycle import source  # noqa: PLC0415 - `--help` must not pay for it

    return source.locate(work.loaded.source, findings) if work.loaded.source is not None else tuple(findings)


def sound(ctx: typer.Context, cycle: Path | None = None) -> Work:
    """Like `work`, for commands that build on the programme: ProgrammeError when an error stands in the way.

    A claim that the data contradict does not: the review says so in its place.
    """
    found = work(ctx, cycle)
    if in_the_way(found.findings):
        raise ProgrammeError(found.findings)
    return found


def in_the_way(findings: Iterable[Finding]) -> list[Finding]:
    """The errors that stop what builds on a programme; a contradicted claim does not: it was said."""
    return [one for one in findings if one.severity is Severity.ERROR and one.code != "claim-contradicted"]


def _place(finding: Finding) -> tuple[int, int, str]:
    place = finding.place
    return (place.line, place.column, finding.code) if place else (0, 0, finding.code)
