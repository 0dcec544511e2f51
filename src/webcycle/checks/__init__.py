"""What makes sense and what does not in a programme that has the right shape: a flat tuple of small rules."""

from __future__ import annotations

from datetime import datetime

from webcycle.checks import agenda, clashes, dates, figures, look, names, private, published, wording, written
from webcycle.checks.found import CODES, FigureRule, Rule
from webcycle.claims import NOTHING, Measured
from webcycle.errors import Finding, Severity
from webcycle.programme import Programme

__all__ = ["CODES", "FIGURE_RULES", "RULES", "FigureRule", "Rule", "check"]

RULES: tuple[Rule, ...] = (
    names.ignored_codes,
    names.duplicate_ids,
    names.unknown_axes,
    names.unknown_contacts,
    names.unknown_sessions,
    names.unknown_resources,
    names.reserved_ids,
    names.output_clashes,
    names.no_session,
    names.axes_without_session,
    clashes.session_overlaps,
    clashes.speakers_twice,
    dates.out_of_order,
    dates.past_tentative,
    dates.weekends,
    dates.public_holidays,
    dates.deadlines,
    dates.held_far,
    dates.duplicate_also_show,
    dates.unused_also_show,
    dates.day_changes,
    agenda.agenda_reversed,
    agenda.agenda_outside,
    agenda.agenda_overlaps,
    agenda.agenda_gaps,
    private.join_links,
    published.http_links,
    published.links_without_url,
    published.missing_documents,
    published.missing_recordings,
    published.changes_without_reason,
    published.places,
    published.stated_before_session,
    written.rich_texts,
    wording.unknown_texts,
    wording.text_fields,
    wording.left_out_fields,
    wording.plural_forms,
    wording.text_markup,
    look.colour_contrast,
)
"""Every rule about the programme alone; each says in its docstring what must be true."""

FIGURE_RULES: tuple[FigureRule, ...] = (figures.contradicted_claims, figures.stated_differs)
"""Those that hold figures against what was measured."""


def check(programme: Programme, now: datetime, measured: Measured = NOTHING) -> tuple[Finding, ...]:
    """What the rules find at that instant (aware), but for the warnings that `[check] ignore` names, by path."""
    ignored = frozenset(programme.check.ignore)
    found = [finding for rule in RULES for finding in rule(programme, now)]
    found += (finding for rule in FIGURE_RULES for finding in rule(programme, measured))
    kept = (one for one in found if one.severity is Severity.ERROR or one.code not in ignored)
    return tuple(sorted(kept, key=_order))


def _order(finding: Finding) -> tuple[list[tuple[int, str]], str]:
    return [(part, "") if isinstance(part, int) else (-1, part) for part in finding.path], finding.code
