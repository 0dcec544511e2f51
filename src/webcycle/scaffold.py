"""The files of a new cycle."""

from __future__ import annotations

import json
from dataclasses import dataclass

import tomli_w

from webcycle import texts
from webcycle.errors import Language
from webcycle.programme import Programme


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new programme cannot do without."""

    title: str
    id: str
    organiser: str
    email: str
    timezone: str
    language: str


def programme(answers: Answers) -> bytes:
    """The text of a new cycle.toml, with comments in the cycle's language that say what may come next."""
    lang: Language = "fr" if answers.language == "fr" else "en"
    cycle = {
        "id": answers.id,
        "title": answers.title,
        "language": answers.language,
        "timezone": answers.timezone,
    }
    organiser = {"name": answers.organiser, "email": answers.email}
    parts = (
        "#:schema ./cycle.schema.json",
        _comment(lang, "top"),
        "",
        tomli_w.dumps({"cycle": cycle}).rstrip(),
        _comment(lang, "cycle"),
        "",
        tomli_w.dumps({"organiser": organiser}).rstrip(),
        _comment(lang, "organiser"),
        "",
        _comment(lang, "sessions"),
    )
    return ("\n".join(parts) + "\n").encode()


def _comment(lang: Language, name: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in texts.say(lang, f"scaffold.{name}").strip().splitlines())


def schema() -> bytes:
    """The JSON Schema of the programme, draft 2020-12."""
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Programme.model_json_schema()}
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


_RULES = (
    "# People's data, and what can be made again.",
    "/downloads/",
    "/sessions/",
    "/people.toml",
    "/out/",
    "/.webcycle.lock",
    "*.rej",
    ".*.tmp",
)


def gitignore(present: bytes = b"") -> bytes:
    """The rules of a .gitignore that keep people's data out of a repository, after those that are `present`."""
    text = present.decode("utf-8", "surrogateescape")
    known = set(text.split("\n"))
    missing = [rule for rule in _RULES if rule not in known]
    start = text if not text or text.endswith("\n") else text + "\n"
    return (start + "".join(f"{rule}\n" for rule in missing)).encode("utf-8", "surrogateescape")
