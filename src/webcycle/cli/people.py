"""The command people: who is likely the same person, and what was decided. What it prints is personal."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from webcycle import texts
from webcycle.cli import terminal
from webcycle.cli.asking import agree
from webcycle.cli.state import CycleOption, JsonOption, LangOption, State, YesOption, language, now, shown, work
from webcycle.errors import Language, RefusedError, UsageError

if TYPE_CHECKING:
    from webcycle.folder import Folder, Snapshot
    from webcycle.identity import Directory, OpenDomain, People, Person, Suggestion


def people(
    ctx: typer.Context,
    accept: Annotated[
        list[int] | None, typer.Option("--accept", metavar="N", help="Number N is the same person; repeatable.")
    ] = None,
    refuse: Annotated[
        list[int] | None, typer.Option("--refuse", metavar="N", help="Number N is two people; repeatable.")
    ] = None,
    accept_domain: Annotated[
        list[str] | None,
        typer.Option("--accept-domain", metavar="DOMAIN=NAME", help='"example.org=Name; type; territory"; repeatable.'),
    ] = None,
    as_json: JsonOption = False,
    yes: YesOption = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """List who is likely the same person; write what you decide.

    E-mail domains without an organisation are listed too.

    Nobody is merged unless people.toml says so. Names and addresses are printed.
    """
    from webcycle import identity, store  # noqa: PLC0415 - `--help` must not pay for them

    said = language(lang, State.of(ctx).lang)
    at_hand = work(ctx, cycle)
    snapshot, decided = decisions(at_hand.folder, said)
    records = store.load(at_hand.folder)
    directory = identity.resolve(records.registrations, records.visits, decided)
    found = identity.suggestions(directory, decided)
    domains = [_domain(given, decided) for given in accept_domain or ()]
    if not (accept or refuse or domains):
        _list(directory, found, identity.open_domains(directory, decided), said, as_json=as_json)
        if as_json or not found or not terminal.interactive():
            return
        accept, refuse = _asked("accept", said), _asked("refuse", said)
    today = at_hand.programme.local(now()).date()
    after = _decided(snapshot, found, accept or (), refuse or (), domains, today, said)
    if after != snapshot.data:
        _store(at_hand.folder, snapshot, after, said, yes=yes)


def decisions(folder: Folder, lang: Language) -> tuple[Snapshot, People]:
    """people.toml, read; what is wrong with it is shown."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them

    snapshot = folders.read(folder.people, optional=True)
    return snapshot, _valid(snapshot.data, folder, lang)


def _valid(raw: bytes, folder: Folder, lang: Language) -> People:
    from webcycle import identity  # noqa: PLC0415 - `--help` must not pay for it

    file = shown(folder.people)
    decided, findings = identity.load(raw, file)
    if decided is None:
        terminal.findings(findings, lang, stream=sys.stderr)
        raise RefusedError("people.errors", file=file)
    return decided


# ---- people: what is likely


def _list(
    directory: Directory,
    found: Sequence[Suggestion],
    domains: Sequence[OpenDomain],
    lang: Language,
    *,
    as_json: bool,
) -> None:
    weak = sum(person.weak for person in directory.persons.values())
    if as_json:
        terminal.as_json(
            {
                "people": len(directory.persons),
                "by_name_only": weak,
                "suggestions": [
                    {
                        "number": number,
                        "kept": _person_data(one.kept),
                        "other": _person_data(one.other),
                        "reasons": list(one.reasons),
                    }
                    for number, one in enumerate(found, start=1)
                ],
                "domains": [{"domain": one.domain, "people": one.people, "named": one.named} for one in domains],
            }
        )
        return
    if found:
        rows = [
            (str(number), _shown(one.kept), _shown(one.other), _reasons(one, lang))
            for number, one in enumerate(found, start=1)
        ]
        _table("likely", ("number", "kept", "other", "reason"), rows, lang)
    else:
        terminal.say(lang, "command.people.none")
    if domains:
        _table("domains", ("domain", "people", "named"), [(o.domain, str(o.people), o.named) for o in domains], lang)
    count = len(directory.persons)
    terminal.say(lang, "command.people.count", count=count, number=str(count), weak=str(weak))


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], lang: Language) -> None:
    titles = [texts.say(lang, f"command.people.{name}") for name in columns]
    widths = [min(max(map(len, cells)), 40) for cells in zip(titles, *rows, strict=True)]
    terminal.console().print(terminal.table(titles, rows, widths, texts.say(lang, f"command.people.{title}")))


def _shown(person: Person) -> str:
    """ "Ada Lovelace <ada@example.org>, Example Town"."""
    known = f"<{person.email}>" if person.email else "" if person.name else person.key
    return ", ".join(filter(None, (f"{person.name} {known}".strip(), person.organisation)))


def _reasons(one: Suggestion, lang: Language) -> str:
    return ", ".join(texts.say(lang, f"people.reason.{reason}") for reason in one.reasons)


def _person_data(person: Person) -> dict[str, Any]:
    return {"key": person.key, "name": person.name, "email": person.email, "organisation": person.organisation}


# ---- people: what is decided


def _asked(question: str, lang: Language) -> list[int]:
    answer = terminal.ask(texts.say(lang, f"command.people.{question}"), default="", show_default=False)
    return [int(number) for number in re.findall(r"[0-9]{1,9}", answer)]


def _domain(given: str, decided: People) -> dict[str, str]:
    """`example.org=Name; type; territory` as a table of people.toml."""
    domain, equals, rest = given.partition("=")
    parts = [part.strip() for part in rest.split(";")]
    domain = domain.strip().removeprefix("@").casefold()
    if not (equals and domain and parts[0]) or len(parts) > 3:
        raise UsageError("people.domain", found=given)
    if domain in decided.organisation_by_domain:
        raise UsageError("people.known-domain", domain=domain)
    return {
        "domain": domain,
        **{key: part for key, part in zip(("name", "type", "territory"), parts, strict=False) if part},
    }


def _decided(
    snapshot: Snapshot,
    found: Sequence[Suggestion],
    accept: Iterable[int],
    refuse: Iterable[int],
    domains: Iterable[dict[str, str]],
    today: date,
    lang: Language,
) -> bytes:
    """people.toml with the decisions at its end; each is told."""
    from webcycle import identity  # noqa: PLC0415 - `--help` must not pay for it

    accepted, refused = dict.fromkeys(accept), dict.fromkeys(refuse)
    for number in (*accepted, *refused):
        if not 1 <= number <= len(found):
            raise UsageError("people.number", number=str(number), count=str(len(found)))
        if number in accepted and number in refused:
            raise UsageError("people.both", number=str(number))
    raw = before = snapshot.data or _top(lang)
    for one in (found[number - 1] for number in accepted):
        raw = identity.append_alias(raw, one.kept.key, one.other.key, _reasons(one, lang), today)
        terminal.say(lang, "command.people.same", kept=one.kept.key, other=one.other.key, reasons=_reasons(one, lang))
    for one in (found[number - 1] for number in refused):
        raw = identity.append_distinct(raw, one.kept.key, one.other.key, today)
        terminal.say(lang, "command.people.different", kept=one.kept.key, other=one.other.key)
    for body in domains:
        raw = identity.append_organisation(raw, body)
        terminal.say(lang, "command.people.organisation", domain=body["domain"], name=body["name"])
    return snapshot.data if raw == before else raw


def _top(lang: Language) -> bytes:
    """The comment that a new people.toml begins with."""
    lines = texts.say(lang, "people.top").strip().splitlines()
    return "".join(f"# {line}".rstrip() + "\n" for line in lines).encode()


def _store(folder: Folder, snapshot: Snapshot, after: bytes, lang: Language, *, yes: bool) -> None:
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import guard  # noqa: PLC0415

    _valid(after, folder, lang)
    file = shown(folder.people)
    if not yes:
        agree(lang, "command.people.ask", file=file)
    with folders.lock(folder, "webcycle people"):
        guard.refuse_tracked(folder, [folder.people])
        folders.shut(folder)
        folders.write(folder.people, after, expected=snapshot.identity, private=True)
    terminal.say(lang, "command.written", file=file)
