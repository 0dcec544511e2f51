"""The commands whois and forget: what is held of a person, and a folder without that person.

Names and addresses go to standard output, never to standard error.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from webcycle import texts
from webcycle.cli import outputs, searching, terminal
from webcycle.cli.asking import agree
from webcycle.cli.people import decisions
from webcycle.cli.state import CycleOption, JsonOption, LangOption, State, YesOption, language, now, shown, work
from webcycle.errors import ExitCode, Language, RefusedError
from webcycle.plain import clean

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.documents.whois import Told
    from webcycle.folder import Folder
    from webcycle.privacy import Holding, Proof, Subject
    from webcycle.programme import Programme

EmailArgument = Annotated[
    str,
    typer.Argument(metavar="EMAIL", help="An address of the person; of one without any the key in people.toml."),
]
_FORMATS = ("md", "html", "pdf", "json")


def whois(
    ctx: typer.Context,
    email: EmailArgument,
    formats: Annotated[
        str | None, typer.Option("--format", help="Write it to out/private: md, html, pdf, json, with commas.")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """Show all that is held of a person, and where.

    With what for and until when: what `forget` removes, and what only you can. Names and addresses are printed.
    """
    from webcycle.documents import whois as page  # noqa: PLC0415 - `--help` must not pay for it

    said = language(lang, State.of(ctx).lang)
    at_hand = work(ctx, cycle)
    chosen = outputs.formats(formats, _FORMATS) if formats else []
    told = _told(at_hand, email, said)
    if as_json:
        terminal.as_json(page.data(told))
    elif chosen:
        _write(at_hand, told, chosen, said)
    else:
        _show(told, said)


def forget(
    ctx: typer.Context,
    email: EmailArgument,
    all_names: Annotated[
        bool, typer.Option("--all-names", help="Everybody who seems to use the address, if they are several.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go and write nothing.")] = False,
    yes: YesOption = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """Erase a person from the folder, and prove it.

    From records, decisions, lists, invitations, names of files and what was left behind; then every file is searched.

    A later import leaves out the person's rows. It ends with 0 only where nothing of the person is found any more.
    What the programme says of the person is yours to decide: it is named apart.

    Nothing is written where nothing is held, or before it is decided whose rows without an address are.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    said = language(lang, State.of(ctx).lang)
    folder = folders.find(Path.cwd(), cycle or State.of(ctx).cycle)
    with nullcontext() if dry_run else folders.lock(folder, "webcycle forget"):
        told = _told(work(ctx, cycle), email, said)
        _show(told, said)
        _refuse(folder, told)
        terminal.say(said, "command.forget.figures")
        if dry_run:
            terminal.say(said, "command.forget.dry-run")
            return
        _agree(folder, told, said, all_names=all_names, yes=yes)
        _erase(folder, told, said)
        _name_strangers(folder, told, said)
        proof = _proof(folder, told.subject, said)
        _prove(folder, told.subject, proof, said)
        waiting = _finish(folder, told.subject, said)
    if proof.left or waiting:
        raise typer.Exit(ExitCode.FINDINGS)


# ---- what is held


def _told(at_hand: Work, email: str, lang: Language) -> Told:
    from webcycle import duties, identity, privacy, store  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import folder as folders  # noqa: PLC0415
    from webcycle.cli import measuring  # noqa: PLC0415
    from webcycle.documents.whois import BEYOND, Told  # noqa: PLC0415
    from webcycle.exposure.words import words  # noqa: PLC0415

    programme, folder = at_hand.programme, at_hand.folder
    asked = privacy.normal(email)
    _snapshot, people = decisions(folder, lang)
    records = store.load(folder)
    directory = identity.resolve(records.registrations, records.visits, people)
    former = privacy.load(_raw(folder, privacy.JOURNAL))
    common = words(_raw(folder, folders.PROGRAMME).decode("utf-8", "replace"))
    meant = privacy.subject(asked, directory, people, former, common)
    beyond = {
        one.relative_to(folder.root).as_posix()
        for one in folders.below(folder.root)
        if not folders.is_within(one, folder.root)
    }
    maker, ledger = _maker(folder, programme), measuring.ledger(at_hand)
    with searching.files(folder, lang) as files:
        found = privacy.held(meant, files, ledger, maker, beyond, searching.names(folder))
    if not _is_known(found):
        found = _of_unknown(folder, meant, found, lang)
    return Told(
        meant,
        found,
        programme,
        duties.kept_until(programme),
        BEYOND + (("git",) if searching.is_in_git(folder) else ()),
        programme.local(now()).date(),
        searching.repositories(folder),
        privacy.bearers(meant, (*records.registrations, *records.visits)),
    )


def _of_unknown(folder: Folder, subject: Subject, held: Sequence[Holding], lang: Language) -> tuple[Holding, ...]:
    """Of what is held where nothing is of this person, what tells of them: a list of several people goes whichever of
    them is forgotten. And what tells of them in the rows and decisions of others."""
    left = _proof(folder, subject, lang).left
    there, known = {one.file for one in left}, {one.file for one in held}
    return (*(one for one in held if one.file in there), *(one for one in left if one.file not in known))


def _is_known(held: Sequence[Holding]) -> bool:
    """Whether anything is held that is of this person, and not only files that are made of several people."""
    return any(one.kind not in ("made", "left") for one in held)


def _maker(folder: Folder, programme: Programme) -> Callable[[str], bool]:
    from webcycle import privacy, store  # noqa: PLC0415 - `--help` must not pay for them

    return privacy.maker((*programme.session_by_id, *store.sessions(folder)))


def _raw(folder: Folder, name: str) -> bytes:
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    return folders.read(folder.root / name, optional=True).data


# ---- how it is shown


def _show(told: Told, lang: Language) -> None:
    """The page as lines on standard output."""
    from webcycle.documents import markdown  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.documents import whois as page  # noqa: PLC0415

    for line in markdown.render(page.document(told, lang)).splitlines():
        terminal.data(line)


def _write(at_hand: Work, told: Told, chosen: Sequence[str], lang: Language) -> None:
    """The page in these formats; the name of the file tells nobody whose it is."""
    import json  # noqa: PLC0415 - only where it is used

    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import guard  # noqa: PLC0415
    from webcycle.documents import whois as page  # noqa: PLC0415

    document = outputs.housed(page.document(told, lang), at_hand, [one for one in chosen if one != "json"])
    private = at_hand.folder.private
    with folders.lock(at_hand.folder, "webcycle whois"):
        stem = f"whois-{_mark(at_hand.folder, told.subject.asked)}"
        named = {ending: folders.output(private, f"{stem}.{ending}") for ending in chosen}
        guard.refuse_tracked(at_hand.folder, named.values())
        folders.shut(at_hand.folder)
        folders.make_private(private)
        for ending, path in named.items():
            data = (json.dumps(page.data(told), ensure_ascii=False, indent=2) + "\n").encode()
            raw = data if ending == "json" else outputs.rendered(document, ending, lang)
            changed = folders.write(path, raw, private=True)
            terminal.say(lang, "command.written" if changed else "command.unchanged", file=shown(path))


def _mark(folder: Folder, asked: str) -> str:
    """By what the files about a person are told apart: only who has the key of the folder's marks can make it."""
    import secrets  # noqa: PLC0415 - only where it is used

    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import forgotten, guard  # noqa: PLC0415

    path = folder.root / forgotten.FILE
    held = forgotten.read(_raw(folder, forgotten.FILE))
    if not held.key:
        guard.refuse_tracked(folder, (path,))
        folders.make_private(folder.sessions)
        held = held.with_all((), secrets.token_hex(32))
        folders.write(path, forgotten.write(held), private=True)
    return held.mark(asked)[:16]


# ---- what goes


def _refuse(folder: Folder, told: Told) -> None:
    """RefusedError where nobody decided whose rows are, or nothing is held: then it may be another address; and where a
    file that would change or go lies beyond a link."""
    from webcycle import forgotten, guard, privacy  # noqa: PLC0415 - `--help` must not pay for them

    subject = told.subject
    if subject.perhaps:
        raise RefusedError("privacy.undecided")
    marked = forgotten.read(_raw(folder, forgotten.FILE)).holds(subject.asked)
    begun = subject.asked in privacy.load(_raw(folder, privacy.JOURNAL))
    if not (told.held or len(subject.keys) > 1 or marked or begun):
        raise RefusedError("privacy.nobody")
    changing = (privacy.JOURNAL, forgotten.FILE, *_in_order(told.held))
    guard.keep_inside(folder, (folder.root / name for name in changing))


def _agree(folder: Folder, told: Told, lang: Language, *, all_names: bool, yes: bool) -> None:
    """Ask, and apart where several people would go; RefusedError where a yes to one does not cover the others. What was
    begun was agreed to."""
    from webcycle import privacy  # noqa: PLC0415 - `--help` must not pay for it

    begun = told.subject.asked in privacy.load(_raw(folder, privacy.JOURNAL))
    several = told.several and not (all_names or begun)
    if several and yes:
        raise RefusedError("privacy.several")
    if not yes:
        agree(lang, "command.forget.ask-several" if several else "command.forget.ask", for_good=True)


def _erase(folder: Folder, told: Told, lang: Language) -> None:
    """Remove it, so that a run that was interrupted can be made again: whom it is about is written first, then whom to
    leave out of imports; what is made of records goes before them."""
    import secrets  # noqa: PLC0415 - only where it is used

    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import forgotten, guard, privacy  # noqa: PLC0415

    journal, marks = folder.root / privacy.JOURNAL, folder.root / forgotten.FILE
    guard.refuse_tracked(folder, (journal, marks))
    folders.shut(folder)
    folders.make_private(folder.sessions)
    subject = told.subject
    under_way = {**privacy.load(_raw(folder, privacy.JOURNAL)), subject.asked: subject}
    folders.write(journal, privacy.dump(under_way), private=True)
    held = forgotten.read(_raw(folder, forgotten.FILE))
    folders.write(marks, forgotten.write(held.with_all(privacy.marked(subject), secrets.token_hex(32))), private=True)
    for name in _in_order(told.held):
        done = _without(folder, name, subject)
        terminal.data(texts.say(lang, f"command.forget.{done}", {"file": clean(shown(folder.root / name))}))
    if any(one.kind == "made" for one in told.held):
        terminal.say(lang, "command.forget.make-again")


def _in_order(held: Sequence[Holding]) -> list[str]:
    """The files to change, those that are made of others first, people.toml last."""
    from webcycle import privacy  # noqa: PLC0415 - `--help` must not pay for it

    names = dict.fromkeys(one.file for one in held if one.kind in privacy.GOES)
    return sorted(names, key=lambda name: (name == "people.toml", name.startswith("sessions/"), name))


def _without(folder: Folder, name: str, subject: Subject) -> str:
    """Take the person out of a file; what was done, a key of the texts."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import guard, privacy  # noqa: PLC0415

    path = folder.root / name
    guard.keep_inside(folder, (path,))
    found = folders.read(path)
    new = privacy.without(name, found.data, subject)
    if new is None:
        folders.remove(path)
        return "removed"
    folders.write(path, new, expected=found.identity, private=name != "imports.toml")
    return "touched"


# ---- the proof


def _proof(folder: Folder, subject: Subject, lang: Language) -> Proof:
    """What is still found in the folder; every file is read anew."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import privacy  # noqa: PLC0415

    with searching.files(folder, lang) as files:
        return privacy.proof(subject, files, searching.names(folder), _raw(folder, folders.PROGRAMME))


def _name_strangers(folder: Folder, told: Told, lang: Language) -> None:
    """Name the files of out/private that no command made, beside those that are found to tell of the person."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    made, named = _maker(folder, told.programme), {one.file for one in told.held}
    for path in folders.below(folder.root):
        name = path.relative_to(folder.root).as_posix()
        if name.startswith("out/private/") and not (made(name) or name in named):
            terminal.data(texts.say(lang, "command.forget.stranger", {"file": clean(shown(path))}))


def _prove(folder: Folder, subject: Subject, proof: Proof, lang: Language) -> None:
    """Say where the person is still found; where nowhere, forget whom this was about."""
    for one in (*proof.planned, *proof.left):
        line = "" if one.line is None else f":{one.line}"
        place = f"{shown(folder.root / one.file)}{line}" + (f" ({one.part})" if one.part else "")
        terminal.data(texts.say(lang, f"command.forget.left-{one.kind}", {"place": clean(place)}))
    for name, part in proof.unread:
        place = shown(folder.root / name) + (f" ({part})" if part else "")
        terminal.data(texts.say(lang, "command.forget.unread", {"place": clean(place)}))
    if proof.left:
        terminal.say(lang, "command.forget.not-yet", count=len(proof.left), number=str(len(proof.left)))
    else:
        _strike(folder, set(subject.keys))
        terminal.say(lang, "command.forget.proved-but" if proof.unread else "command.forget.proved")
    if proof.planned:
        terminal.say(lang, "command.forget.planned")
    if unsought := subject.unsought:
        terminal.say(lang, "command.forget.unsought", count=unsought, number=str(unsought))


def _finish(folder: Folder, subject: Subject, lang: Language) -> bool:
    """Whether erasures of others that were begun are not ended yet; each is named. One of whose person nothing is found
    any more is ended."""
    from webcycle import privacy  # noqa: PLC0415 - `--help` must not pay for it

    others = [one for one in privacy.load(_raw(folder, privacy.JOURNAL)).values() if one.asked not in subject.keys]
    waiting = [one.asked for one in others if _proof(folder, one, lang).left]
    for asked in waiting:
        terminal.data(texts.say(lang, "command.forget.waiting", {"address": clean(asked)}))
    if ended := {one.asked for one in others} - {*waiting}:
        _strike(folder, ended)
    return bool(waiting)


def _strike(folder: Folder, ended: Collection[str]) -> None:
    """Take the erasures that these addresses were asked with out of the journal."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import privacy  # noqa: PLC0415

    journal = folder.root / privacy.JOURNAL
    rest = {asked: one for asked, one in privacy.load(_raw(folder, privacy.JOURNAL)).items() if asked not in ended}
    if rest:
        folders.write(journal, privacy.dump(rest), private=True)
    else:
        folders.remove(journal)
