"""The published files: one feed to subscribe to, and one file a session to open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import lru_cache

from icalendar import Calendar, vDuration, vText, vUri

import webcycle
from webcycle.calendar import contentlines, events, timezones, words
from webcycle.calendar.contentlines import Line
from webcycle.calendar.description import cycle_title, own
from webcycle.calendar.events import Body
from webcycle.calendar.ledger import Ledger
from webcycle.programme import Programme

_REFRESH = timedelta(hours=6)
_END = b"END:VCALENDAR\r\n"


def feed(programme: Programme, ledger: Ledger, axis: str | None, bodies: Mapping[str, Body]) -> bytes:
    """The calendar of the cycle, or of one axis: METHOD:PUBLISH, no alarm."""
    chosen = [body for body in bodies.values() if axis is None or body.session.axis == axis]
    entries = [ledger.entries[body.session.id] for body in chosen]
    head = blank(product(programme))
    head.add("METHOD", "PUBLISH")
    _add_names(head, programme, axis)
    _add_refresh(head, programme, axis)
    if entries:
        head.add("LAST-MODIFIED", max(entry.modified for entry in entries))
    content = (events.vevent(body, entry) for body, entry in zip(chosen, entries, strict=True))
    return b"".join((opened(head), _timezone(programme, chosen), *content, _END))


def session_file(programme: Programme, ledger: Ledger, body: Body) -> bytes:
    """The calendar of one session, to be opened once: no METHOD and no name, which would make a calendar of it."""
    event = events.vevent(body, ledger.entries[body.session.id], events.alarm(programme, body))
    return b"".join((_session_head(product(programme)), _timezone(programme, [body]), event, _END))


def message(programme: Programme, body: Body, method: str, lines: Iterable[Line]) -> bytes:
    """A message about one event (RFC 5546), made of these properties."""
    head = blank(product(programme))
    head.add("METHOD", method)
    return b"".join((opened(head), _timezone(programme, [body]), events.component(lines), _END))


def product(programme: Programme) -> str:
    """PRODID: who publishes, with what, in which language."""
    organiser, lang = programme.organiser, programme.cycle.language.upper()
    name = words.line(organiser.short_name or own(programme, organiser.name))
    return f"-//{name}//webcycle {webcycle.__version__}//{lang}"


def blank(product: str) -> Calendar:
    """A calendar with what every one begins with."""
    head = Calendar()
    head.add("VERSION", "2.0")
    head.add("PRODID", product)
    head.add("CALSCALE", "GREGORIAN")
    return head


@lru_cache(maxsize=8)
def _session_head(product: str) -> bytes:
    return opened(blank(product))


def opened(head: Calendar) -> bytes:
    """A calendar without its END, for components to follow."""
    return contentlines.component(head).removesuffix(_END)


def _add_names(head: Calendar, programme: Programme, axis: str | None) -> None:
    """The names, for RFC 7986 (section 5.1, 5.2) and for older clients; icalendar does not escape them by itself."""
    name = vText(cycle_title(programme, axis))
    head.add("NAME", name)
    head.add("X-WR-CALNAME", name)
    if programme.cycle.introduction is not None:
        about = vText(words.plain(own(programme, programme.cycle.introduction)))
        head.add("DESCRIPTION", about)
        head.add("X-WR-CALDESC", about)


def _add_refresh(head: Calendar, programme: Programme, axis: str | None) -> None:
    every = vDuration(_REFRESH)
    head.add("X-PUBLISHED-TTL", vDuration(_REFRESH))
    every.params["VALUE"] = "DURATION"
    head.add("REFRESH-INTERVAL", every)
    head.add("X-WR-TIMEZONE", vText(programme.cycle.timezone))
    if programme.calendar.url is not None and axis is None:
        source = vUri(programme.calendar.url)
        source.params["VALUE"] = "URI"
        head.add("SOURCE", source)
    if programme.cycle.url is not None:
        head.add("URL", programme.cycle.url)


def _timezone(programme: Programme, bodies: list[Body]) -> bytes:
    """The VTIMEZONE that the events need; without any event one stands for the component that RFC 5545 wants (3.6)."""
    name, years = programme.cycle.timezone, events.years(bodies)
    if not bodies:
        return timezones.vtimezone(name, 1970, 1970)
    return b"" if years is None or timezones.is_utc(name) else timezones.vtimezone(name, *years)
