"""The command explain: how a figure was counted, from which files, with which SQL, and what became of every row."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from webcycle import texts
from webcycle.cli import terminal
from webcycle.cli.measuring import ledger, purged, results, tell_purged
from webcycle.cli.state import CycleOption, JsonOption, LangOption, State, known_session, language, now, sound
from webcycle.errors import Language, OutsideError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from webcycle.cli.state import Work
    from webcycle.documents.explanation import Case, Hashed
    from webcycle.ledger import Entry
    from webcycle.metrics import CycleResults
    from webcycle.metrics.catalogue import Name
    from webcycle.metrics.results import Figure
    from webcycle.programme import Programme


def explain(
    ctx: typer.Context,
    figure: Annotated[
        str | None, typer.Argument(metavar="[FIGURE]", help="The figure; without it, all are listed.")
    ] = None,
    session: Annotated[
        str | None, typer.Argument(metavar="[SESSION]", help="Id of the session; else the whole cycle.")
    ] = None,
    sql: Annotated[bool, typer.Option("--sql", help="Print the SQL alone.")] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """Show how a figure was counted.

    Its definition, its files with their hashes, what became of every row, and the SQL. It names no person.
    """
    said = language(lang, State.of(ctx).lang)
    if figure is None:
        if sql:
            raise UsageError("explain.needs-figure", option="sql")
        _list(said, as_json=as_json)
        return
    at_hand = sound(ctx, cycle)
    name = _known(figure, session, at_hand.programme)
    if sql:
        from webcycle.metrics import catalogue  # noqa: PLC0415 - `--help` must not pay for it

        sys.stdout.write(catalogue.statements(name, of_session=session is not None))
        return
    tell_purged(at_hand, "kept", said)
    case = _case(at_hand, name, session, results(at_hand, said))
    _tell(case, said, as_json=as_json)


# ---- which figure


def _known(figure: str, session: str | None, programme: Programme) -> Name:
    """The figure of that name; UsageError for one that is not known, or not of a session or of the cycle."""
    from webcycle.metrics import catalogue  # noqa: PLC0415 - `--help` must not pay for it

    if figure not in catalogue.NAMES:
        likely = get_close_matches(figure.lower(), catalogue.NAMES, n=2)
        if likely:
            raise UsageError("explain.unknown-like", found=figure, likely=" / ".join(likely))
        raise UsageError("explain.unknown", found=figure, known=", ".join(catalogue.NAMES))
    if session is not None:
        known_session(programme, session)
    if not catalogue.is_figure(figure, of_session=session is not None):
        if session is None:
            raise UsageError("explain.of-session", figure=figure, known=", ".join(programme.session_by_id) or "-")
        raise UsageError("explain.of-cycle", figure=figure, known=", ".join(catalogue.SESSION))
    return figure


def _list(lang: Language, *, as_json: bool) -> None:
    from webcycle.metrics import catalogue  # noqa: PLC0415 - `--help` must not pay for it

    if as_json:
        terminal.as_json([_listed(name, lang) for name in catalogue.NAMES])
        return
    rows = [(name, _scope(name, lang), _label(name, lang)) for name in catalogue.NAMES]
    columns = [texts.say(lang, f"command.explain.column.{key}") for key in ("figure", "scope", "label")]
    widths = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    terminal.console().print(terminal.table(columns, rows, widths, None))


def _listed(name: Name, lang: Language) -> dict[str, str | bool]:
    from webcycle.metrics import catalogue  # noqa: PLC0415 - `--help` must not pay for it

    of_session, of_cycle = (catalogue.is_figure(name, of_session=one) for one in (True, False))
    said = texts.say(lang, catalogue.definition(name, of_session=of_session))
    return {
        "figure": name,
        "of_session": of_session,
        "of_cycle": of_cycle,
        "label": _label(name, lang),
        "definition": said,
    }


def _scope(name: Name, lang: Language) -> str:
    from webcycle.metrics import catalogue  # noqa: PLC0415 - `--help` must not pay for it

    kinds = {(True, True): "both", (True, False): "session", (False, True): "cycle"}
    found = tuple(catalogue.is_figure(name, of_session=one) for one in (True, False))
    return texts.say(lang, f"command.explain.scope-{kinds[found]}")  # type: ignore[index]


def _label(name: Name, lang: Language) -> str:
    return texts.say(lang, f"{'document.figure-name' if name == 'sessions-held' else 'metrics.figure'}.{name}")


# ---- what it was counted from


def _case(at_hand: Work, name: Name, session: str | None, found: CycleResults) -> Case:
    from webcycle.documents.explanation import Case  # noqa: PLC0415 - `--help` must not pay for it

    here = at_hand.programme.local(now()).replace(tzinfo=None)
    bare = Case(name, session, at_hand.programme, found, (), (), here)
    return Case(
        name=name,
        session=session,
        programme=at_hand.programme,
        results=found,
        imports=tuple(_imports(at_hand, bare.figure)),
        files=tuple(_files(at_hand, bare)),
        by=here,
    )


def _imports(at_hand: Work, figure: Figure | None) -> Iterator[Entry]:
    """The imported files behind a figure; the words of who stated a number are no file."""
    entries = ledger(at_hand).entries
    yield from (entries[source] for source in (figure.sources if figure else ()) if source in entries)


def _files(at_hand: Work, case: Case) -> Iterator[Hashed]:
    from webcycle import privacy, store  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.documents.explanation import Hashed  # noqa: PLC0415
    from webcycle.metrics import catalogue  # noqa: PLC0415

    stored = store.paths(at_hand.folder)
    by_relation = {"visits": stored.visits, "registrations": stored.registrations, "views": stored.views}
    found = [at_hand.folder.programme]
    if "people" in case.relations and at_hand.folder.people.exists():
        found.append(at_hand.folder.people)
    if purged(at_hand) is not None and case.relations & {"visits", "registrations"}:
        found.append(at_hand.folder.root / privacy.FIGURES)
    whole = case.session is None or case.name in catalogue.OF_THE_WHOLE_CYCLE
    for relation, paths in by_relation.items():
        if relation in case.relations:
            found += (path for path in paths if whole or relation == "views" or path.parent.name == case.session)
    for path in found:
        yield Hashed(str(path.relative_to(at_hand.folder.root)), _sha256(path))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tell(case: Case, lang: Language, *, as_json: bool) -> None:
    """Print it; OutsideError where rows are not accounted for."""
    from webcycle.cli import explained  # noqa: PLC0415 - brings Babel
    from webcycle.documents import explanation  # noqa: PLC0415
    from webcycle.documents.voice import Voice  # noqa: PLC0415

    voice = Voice(lang, case.programme.cycle.language)
    if as_json:
        terminal.as_json(explanation.data(case, voice))
    else:
        explained.show(case, voice)
    for account in explanation.accounts(case).values():
        if not explanation.is_balanced(account):
            raise OutsideError("explain.rows", read=str(account.read), told=str(sum(account.fates.values())))
