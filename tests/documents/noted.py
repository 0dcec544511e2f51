"""Cycles of one session, or of two, whose notes are read: invented people and places, on example.org."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from webcycle.documents import announce, markdown
from webcycle.documents.announce import Kind
from webcycle.documents.blocks import Document
from webcycle.errors import Language
from webcycle.programme import Programme

DATA = Path(__file__).parents[2] / "data"
DAY = date(2026, 10, 1)


def real(cycle: str) -> Programme:
    return Programme.model_validate(tomllib.loads((DATA / cycle / "cycle.toml").read_text("utf-8")))


def at(moment: str) -> datetime | date:
    return datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)


def session(**keys: Any) -> dict[str, Any]:
    """A session on 26 October 2026 from 14:00 to 16:00 unless told otherwise; moments as ISO texts."""
    told: dict[str, Any] = {"id": "sante", "title": "La santé", "start": "2026-10-26T14:00", "end": "2026-10-26T16:00"}
    told |= {name.replace("_", "-"): value for name, value in keys.items()}
    if told["start"] is None:
        del told["start"], told["end"]
    for name in ("start", "end"):
        if name in told:
            told[name] = at(told[name])
    told["moved-from"] = [at(moment) for moment in told.get("moved-from", ())]
    return told


def cycle(*sessions: dict[str, Any], lang: Language = "fr", **tables: Any) -> Programme:
    organiser = {"name": "Délégation d’exemple", "short-name": "DEX", "email": "cycle@example.org", "place": "Paris"}
    if lang == "en":
        organiser["name"] = "Delegation for examples"
    base = {"id": "guide", "title": "Les webinaires du guide", "language": lang, "timezone": "Europe/Paris"}
    return Programme.model_validate(
        {
            "organiser": organiser,
            **{name: value for name, value in tables.items() if name != "cycle"},
            "cycle": {**base, **tables.get("cycle", {})},
            "session": list(sessions),
        }
    )


def note(
    kind: Kind, programme: Programme, lang: Language = "fr", today: date = DAY, key: str | None = None
) -> Document:
    return announce.build(programme, kind, key or programme.sessions[0].id, lang, today)


def read(document: Document) -> str:
    """The Markdown with ordinary spaces, from the title to the contact."""
    text = markdown.render(document).replace("\u00a0", " ").replace("\u202f", " ")
    return text[text.index("\n# ") + 1 : text.index("\n## Contact")]
