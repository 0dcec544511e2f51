"""What is due: programme, imports and a moment in; the duties that remain, were met or do not apply out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from webcycle import texts
from webcycle.checks import owed
from webcycle.checks.found import local
from webcycle.duties import cycle, dates, documents, platforms
from webcycle.duties.cycle import kept_until
from webcycle.duties.duty import Duty, Imported, Kind, State, order
from webcycle.errors import Language
from webcycle.programme import Programme

__all__ = ["Duty", "Imported", "Kind", "State", "duties", "kept_until", "sentence"]

_NOTHING = Imported()


def duties(programme: Programme, now: datetime, imported: Imported = _NOTHING) -> tuple[Duty, ...]:
    """Every duty of the programme at that instant (aware), whatever its state, by date; what has none at the end."""
    return tuple(sorted(_all(programme, local(programme, now), imported), key=order))


def _all(programme: Programme, now: datetime, imported: Imported) -> Iterator[Duty]:
    recorded = owed.records(programme)
    for session in programme.chronological():
        yield from dates.duties(programme, session, now)
        yield from platforms.duties(programme.retention, session, imported, now, recorded=recorded)
        yield from documents.duties(session, now, recorded=recorded)
    yield from cycle.duties(programme, imported, now)


def sentence(duty: Duty, lang: Language) -> str:
    """What is to be done, in words."""
    values = dict(duty.values)
    if duty.kind == "claim":
        said = texts.say(lang, f"claim.{values['reason']}", values)
        return texts.say(lang, "duty.claim", {"source": values["said-in"], "verdict": said})
    if "platform" in values:
        values["platform"] = texts.say(lang, f"duty.platform.{values['platform']}")
    if "document" in values:
        values["document"] = texts.say(lang, f"duty.document-kind.{values['document']}")
    return texts.say(lang, f"duty.{duty.kind}", values)
