"""What `import` tells: each file, how it was read and why, where its rows go, and what is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from webcycle import texts
from webcycle.cli import terminal
from webcycle.errors import Finding, Language, Severity

if TYPE_CHECKING:
    from webcycle.cli.gathering import Told
    from webcycle.imports import Ledger, Outcome, Placement, Plan, Question
    from webcycle.intake import IntakeError, Reading
    from webcycle.programme import Programme, Session
    from webcycle.store import Records

COUNTED = ("registrations", "visits", "views", "totals")
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}


def tell(plan: Plan, told: Told, lang: Language, *, zone: Callable[[Reading], str]) -> None:
    """Print what was found in each file and what becomes of it; `zone` gives the key of the
    words that say why a table's times are of their zone."""
    for outcome in plan.outcomes:
        _tell(outcome, lang, zone=zone)
    if told.passed:
        terminal.say(lang, "command.import.passed", files=", ".join(problem.values["file"] for problem in told.passed))
    for problem in told.refused:
        terminal.say(lang, "command.import.refused", message=texts.error(lang, problem))
    for folder in told.barren:
        terminal.say(lang, "command.import.without-export", folder=folder)


def tell_unnamed(before: Ledger, after: Ledger, lang: Language) -> None:
    """Say of which files the ledger does not hold the names, and how they are named then."""
    hidden = [source for source, one in after.entries.items() if one.file != before.entries[source].file]
    if hidden:
        number = str(len(hidden))
        terminal.say(lang, "command.import.unnamed", count=len(hidden), number=number, sources=", ".join(hidden))


def end(told: Told, lang: Language, *, written: bool, dry_run: bool) -> None:
    """Print what came of it in all."""
    if dry_run:
        terminal.say(lang, "command.import.dry-run")
    elif not written and (told.deliveries or not told.barren):
        terminal.say(lang, "command.import.nothing")
    if told.deliveries:
        terminal.say(lang, "command.import.raw")


def _tell(outcome: Outcome, lang: Language, *, zone: Callable[[Reading], str]) -> None:
    reading = outcome.reading
    terminal.words(_name(reading))
    if outcome.twin:
        _line(lang, "twin", file=outcome.twin)
        return
    for line in _how(reading, lang, zone=zone):
        terminal.words(f"  {line}")
    for line in _places(outcome.placements, lang):
        terminal.words(f"  {line}")
    if left := [one for one in outcome.placements if one.status == "left-out"]:
        rows = sum(len(one.unit.records) for one in left)
        _line(lang, "left-out", count=len(left), number=str(len(left)), rows=str(rows))
    if not outcome.placements:
        _line(lang, "empty")
    terminal.findings(findings(outcome), lang, stream=sys.stderr)


def _line(lang: Language, key: str, *, count: float | None = None, **values: str) -> None:
    terminal.words(f"  {texts.say(lang, f'command.import.{key}', values, count=count)}")


def _name(reading: Reading) -> str:
    return f"{reading.file}: {reading.part}" if reading.part else reading.file


def _how(reading: Reading, lang: Language, *, zone: Callable[[Reading], str]) -> Iterator[str]:
    """What it is, why, how it was read, and an account of its rows and columns."""

    def say(key: str, **values: str) -> str:
        return texts.say(lang, f"command.import.{key}", values)

    kind, reader = texts.say(lang, f"intake.kind.{reading.kind}"), texts.say(lang, f"intake.reader.{reading.reader}")
    yield say("what", reader=reader, kind=kind)
    if reading.experimental:
        yield say("experimental")
    yield say("why", why=", ".join(reading.why))
    delimiter = texts.say(lang, f"command.import.delimiter.{_DELIMITERS.get(reading.delimiter, 'none')}")
    yield say("encoding", encoding=reading.encoding, delimiter=delimiter)
    if reading.order:
        reason = texts.say(lang, f"intake.order.{reading.order_reason}")
        yield say("order", order=texts.say(lang, f"command.import.days.{reading.order}"), reason=reason)
    yield say("zone", zone=reading.zone, reason=texts.say(lang, zone(reading)))
    ignored = ", ".join(
        say("reason", why=texts.say(lang, f"intake.reason.{why}"), count=str(count))
        for why, count in reading.ignored.items()
    )
    total = sum(reading.ignored.values())
    account = {"rows": str(reading.rows), "kept": str(reading.kept), "ignored": str(total)}
    yield say("rows", **account) + (f" ({ignored})" if ignored else "")
    if reading.dropped:
        yield say("dropped", columns=", ".join(reading.dropped))


def _places(placements: Iterable[Placement], lang: Language) -> Iterator[str]:
    """A line for each meeting; one for all the videos of which the same becomes."""
    groups: dict[object, list[Placement]] = {}
    for one in placements:
        alike = (one.status, one.match.how, one.others) if one.unit.records.views else id(one)
        groups.setdefault(alike, []).append(one)
    return (_placed(group, lang) for group in groups.values() if group[0].status not in ("left-out", "open"))


def _placed(group: list[Placement], lang: Language) -> str:
    one = group[0]
    values = {
        "session": ", ".join(one.match.session or texts.say(lang, "command.import.no-session") for one in group),
        "how": texts.say(lang, f"command.import.how.{one.match.how}"),
        "counts": counts([one.unit.records for one in group], lang),
        "others": ", ".join(one.others),
    }
    said = texts.say(lang, f"command.import.status.{one.status}", values)
    if not one.beside:
        return said
    values["commands"] = ", ".join(f"webcycle import --undo {source} ({name})" for source, name in one.beside.items())
    return f"{said}. {texts.say(lang, 'command.import.beside', values)}"


def counts(found: Iterable[Records], lang: Language) -> str:
    """How many records of each kind, in words."""
    numbers = [sum(map(len, lists)) for lists in zip(*(records.lists for records in found), strict=True)]
    return ", ".join(
        texts.say(lang, f"command.import.{name}", {"number": str(number)}, count=number)
        for name, number in zip(COUNTED, numbers, strict=True)
        if number
    )


def findings(outcome: Outcome) -> tuple[Finding, ...]:
    """What is wrong with a table or open about it."""
    return (*outcome.reading.findings, *_open(outcome))


def _open(outcome: Outcome) -> Iterator[Finding]:
    file = _name(outcome.reading)
    for one in outcome.placements:
        values = {"file": file, "meeting": _meeting(one), "candidates": ", ".join(one.match.candidates)}
        if one.status == "open":
            several = "import-several-sessions" if one.match.candidates else "import-no-session"
            yield Finding(several, Severity.ERROR, values=values)
        if one.off_time:
            values = {"file": file, "meeting": _meeting(one), "session": one.match.session or ""}
            yield Finding("import-other-time", Severity.WARNING, values=values)
        if one.also and one.status in ("added", "moved", "replaces"):
            values = {"file": file, "meeting": _meeting(one), "session": one.match.session or ""}
            yield Finding("import-room-left-open", Severity.WARNING, values={**values, "others": ", ".join(one.also)})


def _meeting(one: Placement) -> str:
    """A meeting as it can be told from another: its topic, and when it was in UTC."""
    window = one.unit.window
    time = f"{window.start:%Y-%m-%d %H:%M}–{window.end:%H:%M} UTC" if window else ""
    return ", ".join(part for part in (_topic(one), time) if part) or "–"


def _topic(one: Placement) -> str:
    """The topic of a meeting; not where it names somebody of its records, as platforms do ("Alix Martin's meeting")."""
    from webcycle import exposure  # noqa: PLC0415 - `--help` must not pay for it

    held, topic = one.unit.records, one.unit.topic
    names = {*(here.name for here in held.registrations), *(here.name for here in held.visits)}
    return "…" if exposure.names_one_of(topic, names) else topic


def questions(plan: Plan) -> Iterator[tuple[Question, Reading, Placement]]:
    """What only the user can tell, with the table that it is about."""
    readings = {one.reading.source: one.reading for one in plan.outcomes}
    for question, placement in plan.questions:
        yield question, readings[question[0]], placement


def ask(reading: Reading, one: Placement, sessions: Iterable[Session], programme: Programme, lang: Language) -> None:
    """Print what there is to choose between."""
    values = {"file": _name(reading), "meeting": _meeting(one), "counts": counts([one.unit.records], lang)}
    terminal.words(texts.say(lang, "command.import.question", values))
    for session in sessions:
        when = str(session.start or "")[:16]
        terminal.words(f"  {session.id:<20} {when:<16}  {session.title.pick(lang, programme.cycle.language)[0]}")


def data(plan: Plan, told: Told, lang: Language) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "files": [_data(outcome, lang) for outcome in plan.outcomes],
        "refused": [_problem(problem, lang) for problem in told.refused],
        "passed-over": [_problem(problem, lang) for problem in told.passed],
        "without-export": list(told.barren),
    }


def _problem(problem: IntakeError, lang: Language) -> dict[str, str]:
    return {"file": problem.values["file"], "error": problem.key, "message": texts.error(lang, problem)}


def _data(outcome: Outcome, lang: Language) -> dict[str, Any]:
    reading = outcome.reading
    return {
        "file": reading.file,
        "part": reading.part or None,
        "source": reading.source,
        "same-as": outcome.twin or None,
        "reader": reading.reader,
        "platform": reading.platform or None,
        "kind": reading.kind,
        "why": list(reading.why),
        "experimental": reading.experimental,
        "encoding": reading.encoding,
        "delimiter": reading.delimiter or None,
        "date-order": reading.order.value if reading.order else None,
        "date-order-reason": reading.order_reason if reading.order else None,
        "timezone": reading.zone,
        "timezone-reason": reading.zone_reason,
        "rows": reading.rows,
        "kept": reading.kept,
        "ignored": dict(reading.ignored),
        "dropped-columns": list(reading.dropped),
        "meetings": [_placement_data(one) for one in outcome.placements if one.status != "left-out"],
        "left-out": sum(len(one.unit.records) for one in outcome.placements if one.status == "left-out"),
        "findings": [terminal.finding_data(finding, lang) for finding in findings(outcome)],
    }


def _placement_data(one: Placement) -> dict[str, Any]:
    window = one.unit.window
    return {
        "topic": _topic(one) or None,
        "start": window.start.isoformat() if window else None,
        "end": window.end.isoformat() if window else None,
        "session": one.match.session or None,
        "found-by": one.match.how,
        "candidates": list(one.match.candidates),
        "status": one.status,
        "other-files": list(one.others),
        "beside": dict(one.beside),
        **{name: len(held) for name, held in zip(COUNTED, one.unit.records.lists, strict=True)},
    }
