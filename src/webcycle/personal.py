"""The personal files that a cycle's folder holds: of which session, who may open them, and whether git takes them."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from webcycle import store
from webcycle.errors import Finding, Severity
from webcycle.folder import Folder, is_within, listed
from webcycle.programme import Programme, Session
from webcycle.values import day_of

Show = Callable[[Path], str]
"""How a path is shown: as the user would type it."""

Held = Mapping[Path, tuple[Path, ...]]
"""The places of personal files, each with itself and all that is in it."""


def findings(folder: Folder, programme: Programme | None, show: Show) -> tuple[Finding, ...]:
    """What is wrong with how they are kept; without a programme nothing of whose they are.

    Raises OutsideError where git cannot be asked or a folder cannot be listed, RecordsError for a file that is not ours
    or was damaged.
    """
    places = (folder.people, folder.sessions, folder.private)
    held = {place: tuple(_below(place)) for place in places if place.exists()}
    if not held:
        return ()
    sessions = _of_sessions(folder, programme, show) if programme else ()
    return (*sessions, *_open(held, show), *_tracked(folder, held, show))


def _below(place: Path) -> Iterator[Path]:
    """The place and all that is in it; a link that leads nowhere holds nothing, and what is beyond one out of the place
    is not in it."""
    yield place
    yield from _inside(place, place)


def _inside(folder: Path, place: Path) -> Iterator[Path]:
    found = listed(folder)
    yield from (path for path in found if path.exists() and is_within(path, place))
    for path in found:
        if path.is_dir() and not path.is_symlink():
            yield from _inside(path, place)


def _of_sessions(folder: Folder, programme: Programme, show: Show) -> Iterator[Finding]:
    for name in store.sessions(folder):
        session = programme.session_by_id.get(name)
        if session is None:
            values = {"path": show(folder.sessions / name), "found": name}
            yield Finding("records-of-no-session", Severity.WARNING, values=values)
        else:
            yield from _of_another_day(folder, programme, session, show)


def _of_another_day(folder: Folder, programme: Programme, session: Session, show: Show) -> Iterator[Finding]:
    """Somebody came on a day of the session, on the clocks of the cycle's zone; a large file is not gone through."""
    slot = session.held or session.slot
    if slot is None or (session.held is None and session.status in ("postponed", "cancelled")):
        return
    first, last = day_of(slot.start), day_of(slot.end)
    path, visits = store.few_visits(folder, session.id)
    days = {programme.local(visit.joined).date() for visit in visits if visit.joined}
    if days and not any(first <= one <= last for one in days):
        stays = " – ".join(str(one) for one in dict.fromkeys((min(days), max(days))))
        values = {"found": session.id, "path": show(path), "day": str(first), "stays": stays}
        yield Finding("stays-on-another-day", Severity.WARNING, values=values)


def _open(held: Held, show: Show) -> Iterator[Finding]:
    """Only their owner may read, change or list them."""
    for place, paths in held.items():
        loose = next((path for path in paths if path.stat().st_mode & 0o077), None)
        if loose:
            values = {"path": show(loose), "command": f"chmod -R go= {shlex.quote(show(place))}"}
            yield Finding("personal-file-open", Severity.WARNING, values=values)


def _tracked(folder: Folder, held: Held, show: Show) -> Iterator[Finding]:
    """Git neither tracks nor would track them."""
    from webcycle import guard  # noqa: PLC0415 - most cycles that are checked hold no personal files

    files = {path: place for place, paths in held.items() for path in paths if path.is_file()}
    first: dict[Path, tuple[Path, Path]] = {}
    for path, top in guard.tracked(files).items():
        first.setdefault(files[path], (path, top))
    for place, (path, top) in first.items():
        ending = "/" if place.is_dir() else ""
        values = {
            "path": show(path),
            "folder": str(top),
            "rule": f"/{place.relative_to(folder.root)}{ending}",
            "command": f"git rm -r --cached {shlex.quote(show(place))}",
        }
        yield Finding("personal-file-tracked", Severity.ERROR, values=values)
