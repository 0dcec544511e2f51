"""people.toml without somebody: the decisions about them go with what is said of each; every other byte stays."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from webcycle import source
from webcycle.errors import KeyPath, RefusedError
from webcycle.identity import keys, normal_key
from webcycle.privacy.subject import Subject

FILE = "people.toml"
_GROUPS = ("staff", "panelists", "bots", "anonymous")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision says of somebody: where it stands, its line, and the text that goes."""

    path: KeyPath
    line: int
    text: str


def decisions(raw: bytes, subject: Subject) -> tuple[Decision, ...]:
    """All that the file says of this person, in its order: tables, items of lists, and comments that name them."""
    data = tomllib.loads(_body(raw).decode())
    known = source.positions(_body(raw).decode())
    found = [
        Decision(path, _body(raw)[: known[path].key[0]].count(b"\n") + 1, text) for path, text in _about(data, subject)
    ]
    return tuple(sorted((*found, *_comments(raw, subject)), key=lambda one: (one.line, one.path)))


def without(raw: bytes, subject: Subject) -> bytes:
    """The file without this person. RefusedError, and nothing else, where that would change more."""
    data = tomllib.loads(_body(raw).decode())
    for path, _text in sorted(_about(data, subject), key=lambda one: one[0], reverse=True):
        raw = _without(raw, path)
    lines = raw.split(b"\n")
    gone = {one.line for one in _comments(raw, subject)}
    new = b"\n".join(line for number, line in enumerate(lines, start=1) if number not in gone)
    if tomllib.loads(_body(new).decode()) != tomllib.loads(_body(raw).decode()):  # a line of a text over several
        raise RefusedError("privacy.people-edit", file=FILE, name="#")
    return new


def _about(data: dict[str, Any], subject: Subject) -> Iterator[tuple[KeyPath, str]]:
    """Each place in the data, and the text that tells of the person; an item stands in a list of its own table."""
    theirs = frozenset(subject.keys)
    for index, alias in enumerate(data.get("alias", ())):
        if theirs.intersection(map(_key, (alias["person"], *alias["is"]))):
            yield ("alias", index), " = ".join((alias["person"], *alias["is"]))
    for index, distinct in enumerate(data.get("distinct", ())):
        own = [at for at, key in enumerate(distinct["keys"]) if _key(key) in theirs]
        if own and len({_key(key) for key in distinct["keys"]} - theirs) < 2:
            yield ("distinct", index), " / ".join(distinct["keys"])
        else:
            yield from ((("distinct", index, "keys", at), distinct["keys"][at]) for at in own)
    for group in _GROUPS:
        yield from _members(data.get(group, {}), group, subject)


def _members(table: dict[str, Any], group: str, subject: Subject) -> Iterator[tuple[KeyPath, str]]:
    addresses, names = frozenset(subject.addresses), frozenset(subject.proper)
    for index, email in enumerate(table.get("emails", ())):
        if keys.email_key(email) in addresses:
            yield (group, "emails", index), email
    for field in ("names", "patterns"):
        for index, words in enumerate(table.get(field, ())):
            if any(one.stands(words) for one in subject.needles) or keys.folded(words) in names:
                yield (group, field, index), words


def _key(text: str) -> str:
    return normal_key(text) or text


def _comments(raw: bytes, subject: Subject) -> Iterator[Decision]:
    """The lines that hold a comment alone, and in it the person."""
    for number, line in enumerate(_body(raw).decode("utf-8", "replace").split("\n"), start=1):
        if line.lstrip().startswith("#") and any(one.stands(line) for one in subject.needles):
            yield Decision((), number, line.strip())


def _body(raw: bytes) -> bytes:
    return raw.removeprefix(codecs.BOM_UTF8)


def _without(raw: bytes, path: KeyPath) -> bytes:
    body = _body(raw)
    mark = raw[: len(raw) - len(body)]
    known = source.positions(body.decode())
    here = known[path]
    under_header = here.value[0] < here.key[0]
    new = _without_table(body, path) if under_header else _without_item(body, here.value)
    return mark + _proved(new, body, path)


def _without_table(body: bytes, path: KeyPath) -> bytes:
    """Without the lines of a table and the comment that stands directly above it, if it is not the file's own."""
    known = source.positions(body.decode())
    inside = [one.value[1] for key, one in known.items() if key[: len(path)] == path]
    start = body.rfind(b"\n", 0, known[path].value[0]) + 1
    above = start
    while above and body[body.rfind(b"\n", 0, above - 1) + 1 : above].lstrip().startswith(b"#"):
        above = body.rfind(b"\n", 0, above - 1) + 1
    end = body.find(b"\n", max(inside))
    return body[: above or start] + (body[end + 1 :].removeprefix(b"\n") if end >= 0 else b"")


def _without_item(body: bytes, span: source.Span) -> bytes:
    """Without an item of a list, the comma after it, and the rest of its line where it stood there alone."""
    start, end = span
    rest = body[end:]
    comma = rest.lstrip()
    if comma.startswith(b","):
        end += len(rest) - len(comma) + 1
        end += len(body[end:]) - len(body[end:].lstrip(b" \t"))
    elif comma.startswith(b"]") and body[:start].rstrip(b" \t").endswith(b","):
        start = len(body[:start].rstrip(b" \t")) - 1
    first = body.rfind(b"\n", 0, start) + 1
    last = body.find(b"\n", end)
    after = body[end : last if last >= 0 else len(body)].strip()
    if first and not body[first:start].strip() and (not after or after.startswith(b"#")):
        return body[:first] + body[last + 1 :]
    return body[:start] + body[end:]


def _proved(new: bytes, before: bytes, path: KeyPath) -> bytes:
    expected: Any = tomllib.loads(before.decode())
    holder: Any = expected
    for part in path[:-1]:
        holder = holder[part]
    del holder[path[-1]]
    try:
        found = tomllib.loads(new.decode())
    except ValueError:
        found = None
    if found is None or _full(found) != _full(expected):
        raise RefusedError("privacy.people-edit", file=FILE, name=".".join(map(str, path)))
    return new


def _full(data: dict[str, Any]) -> dict[str, Any]:
    """The data without lists of tables that hold none: they go with their last table."""
    return {key: value for key, value in data.items() if value != []}
