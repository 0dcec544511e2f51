"""Hypothesis strategies: whole programmes as TOML data."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]

# None of these zones changes its clocks between 5 in the morning and midnight, so that every hour drawn exists once.
ZONES = (
    "Europe/Paris",
    "America/Guadeloupe",
    "America/Miquelon",
    "Indian/Reunion",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Etc/UTC",
)
STATUSES = ("tentative", "confirmed", "confirmed", "postponed", "cancelled")

slugs = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,5})?", fullmatch=True).filter(
    lambda slug: slug not in {"con", "prn", "aux", "nul"} and not slug.startswith(("com", "lpt"))
)
lines = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30).filter(str.strip)
words = lines | st.fixed_dictionaries({"fr": lines, "en": lines})
urls = st.builds("{}://www.example.org/{}".format, st.sampled_from(("http", "https")), slugs)
rooms = st.builds("https://meet.example.net/{}".format, slugs)
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
clocks = st.builds(time, st.integers(5, 22), st.sampled_from((0, 15, 30)))
moments = st.builds(datetime.combine, days, clocks)
counts = st.integers(0, 2000)


def _optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    return st.fixed_dictionaries({}, optional={name.replace("_", "-"): value for name, value in fields.items()})


@st.composite
def _times(draw: st.DrawFn, status: str) -> Data:
    """The start and the end of a session: hours, days, or, for one that is postponed, nothing."""
    kind = draw(st.sampled_from(("hours", "hours", "long", "days", "none")))
    if kind == "none" and status == "postponed":
        return {}
    if kind == "days":
        first = draw(days)
        last = draw(st.none() | st.integers(0, 40).map(lambda more: first + timedelta(days=more)))
        return {"start": first} if last is None else {"start": first, "end": last}
    start = draw(moments)
    if draw(st.booleans()):
        return {"start": start, "duration": draw(st.sampled_from(("45 min", "1h", "2h30", "24h")))}
    length = timedelta(days=draw(st.integers(1, 3))) if kind == "long" else timedelta(minutes=30)
    return {"start": start, "end": start + length}


def _agenda(whole: bool) -> st.SearchStrategy[Data]:
    later = clocks if whole else st.just(time(22, 45))
    return st.fixed_dictionaries(
        {"start": clocks, "end": later, "title": words}, optional={"speakers": st.lists(words)}
    )


@st.composite
def sessions(draw: st.DrawFn, axes: tuple[str, ...] = (), contacts: tuple[str, ...] = (), loose: bool = False) -> Data:
    """One `[[session]]`; `loose` ones may contradict themselves, as users' programmes do."""
    status = draw(st.sampled_from(STATUSES))
    times = draw(_times(status))
    start = times.get("start")
    chosen: Data = {"id": draw(slugs), "title": draw(words), "status": status, **times}
    for key, ids in (("axis", axes), ("contact", contacts)):
        if ids and (name := draw(st.none() | st.sampled_from(ids))) is not None:
            chosen[key] = name
    held = st.builds(lambda at, minutes: {"start": at, "end": at + timedelta(minutes=minutes)}, moments, st.just(20))
    registration = {"url": urls, "capacity": st.integers(1, 500)}
    if loose or start is None:
        registration |= {"deadline": moments | days, "details_sent": moments | days}
    documents = st.fixed_dictionaries(
        {"kind": st.sampled_from(("slides", "minutes", "other"))},
        optional={"title": words, "url": urls, "due": days, "published": days},
    )
    speakers = st.fixed_dictionaries({"name": lines}, optional={"role": words, "organisation": words})
    stated = _optional(registered=counts, participants=counts, views=counts, on=days)
    return chosen | draw(
        _optional(
            short_title=words,
            moved_from=st.lists(moments | days, max_size=2),
            reason=words,
            mode=st.sampled_from(("online", "in-person", "hybrid")),
            place=lines,
            note=words,
            countries=st.lists(st.sampled_from(("FR", "MA", "SN")), max_size=2),
            partners=st.lists(words, max_size=2),
            parent_event=words,
            highlights=st.lists(words, max_size=2),
            registration=_optional(**registration),
            join=st.fixed_dictionaries({"platform": st.sampled_from(("zoom", "bigbluebutton")), "url": rooms}),
            held=held,
            agenda=st.lists(_agenda(loose), max_size=3),
            speakers=st.lists(speakers, max_size=2),
            documents=st.lists(documents, max_size=2),
            recording=st.fixed_dictionaries({"url": urls}, optional={"published": days}),
            stated=stated.map(lambda given: {**given, "source": "head count"}),
            url=urls,
        )
    )


@st.composite
def _claims(draw: st.DrawFn) -> Data:
    figure = draw(st.sampled_from(("sessions-held", "registrations", "participations", "people", "views")))
    bound = draw(st.sampled_from(("equals", "at-least", "more-than")))
    return {"figure": figure, bound: draw(counts), "on": draw(days), "source": draw(lines)}


def _links() -> st.SearchStrategy[list[Data]]:
    return st.lists(st.fixed_dictionaries({"title": words}, optional={"url": urls, "text": words}), max_size=2)


def _ids(items: list[Data], loose: bool) -> tuple[str, ...]:
    return (*(item["id"] for item in items), *(("nowhere",) if loose else ()))


@st.composite
def programmes(draw: st.DrawFn, *, loose: bool = False, max_sessions: int = 6) -> Data:
    """A programme as TOML data, which `Programme.model_validate` takes.

    Ids are unique and references known; a `loose` one breaks that, and has figures that may be contradicted.
    """
    unique = None if loose else (lambda item: item["id"])
    axes: list[Data] = draw(
        st.lists(st.fixed_dictionaries({"id": slugs, "title": words}), max_size=3, unique_by=unique)
    )
    contacts: list[Data] = draw(
        st.lists(
            st.fixed_dictionaries({"id": slugs, "name": words}, optional={"email": st.just("contact@example.org")}),
            max_size=2,
            unique_by=unique,
        )
    )
    one = sessions(axes=_ids(axes, loose), contacts=_ids(contacts, loose), loose=loose)
    listed = draw(st.lists(one, max_size=max_sessions, unique_by=unique))
    cycle = draw(
        st.fixed_dictionaries(
            {"id": st.just("cycle-of-tests"), "title": words, "timezone": st.sampled_from(ZONES)},
            optional={
                "edition": st.integers(1, 9),
                "language": st.sampled_from(("fr", "en")),
                "also-show": st.lists(st.sampled_from(ZONES), max_size=3),
                "introduction": words,
                "url": urls,
            },
        )
    )
    organiser = draw(
        st.fixed_dictionaries(
            {"name": words, "email": st.just("organiser@example.org")},
            optional={"country": st.sampled_from(("FR", "MA", "DZ", "AQ")), "url": urls, "place": lines},
        )
    )
    data: Data = {"cycle": cycle, "organiser": organiser, "axis": axes, "contact": contacts, "session": listed}
    data["link"] = draw(_links())
    data["release"] = [{"kind": "session", "session": item["id"], "links": draw(_links())} for item in listed[:1]]
    if loose:
        data["claim"] = draw(st.lists(_claims(), max_size=3))
        data["check"] = {"ignore": draw(st.lists(st.sampled_from(("weekend", "duplicate-id", "nothing")), max_size=2))}
    return data
