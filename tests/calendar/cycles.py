"""Programmes and publications for the tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from tests.calendar.ics_lint import lint
from webcycle.calendar import Ledger, Publication, plan, read_ledger, write_ledger
from webcycle.programme import Programme

NOW = datetime(2026, 1, 5, 9, 30, 15, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


def at(local: str) -> datetime:
    """A local time, as a programme has it."""
    return datetime.fromisoformat(local)


def session(key: str = "maroc", **more: Any) -> dict[str, Any]:
    """A session of a programme, two hours long unless told otherwise."""
    start = more.get("start", at("2026-10-26T14:00"))
    usual: dict[str, Any] = {"id": key, "title": "Le Maroc, et après", "start": start}
    if isinstance(start, datetime) and "duration" not in more:
        usual["end"] = start + timedelta(hours=2)
    return {name: value for name, value in {**usual, **more}.items() if value is not None}


def programme(*sessions: dict[str, Any], zone: str = "Europe/Paris", lang: str = "fr", **more: Any) -> Programme:
    """A programme of those sessions; `more` are further tables, `cycle` further keys of its cycle."""
    return Programme.model_validate(
        {
            "organiser": {"name": "Délégation d’exemple", "short-name": "DEX", "email": "cycle@example.org"},
            "axis": [{"id": "geo", "title": "Axe géographique"}],
            **more,
            "cycle": {
                "id": "guide",
                "title": "Les webinaires du guide",
                "language": lang,
                "timezone": zone,
                **more.get("cycle", {}),
            },
            "session": list(sessions),
        }
    )


def published(*sessions: dict[str, Any], ledger: Ledger | None = None, **more: Any) -> Publication:
    """The publication of a programme."""
    return plan(programme(*sessions, **more), ledger or Ledger(), NOW)


def events(data: bytes) -> dict[str, Any]:
    """The events of a calendar by the session's id, as icalendar reads them."""
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    return {str(event["UID"]).partition(".")[0]: event for event in calendar.events}


def rich() -> Publication:
    """A cycle with a session of every kind."""
    return published(
        session("maroc", **{"axis": "geo", "moved-from": [at("2026-10-12T14:00")], "reason": "grève"}),
        session("senegal", title="Sénégal ; bilan", start=at("2027-03-28T14:00"), status="tentative", axis="geo"),
        session("sport", start=at("2027-01-05T00:00"), status="postponed", reason="*contexte* sanitaire"),
        session("sante", start=at("2027-02-05T09:00"), status="cancelled"),
        session("jeunesse", start=at("2027-02-08T00:00").date(), end=at("2027-02-09T00:00").date()),
        session("sans-date", start=None, status="postponed"),
        session("salle", start=at("2028-07-03T10:00"), mode="in-person", place="Bordeaux", duration="1h30"),
        session(
            "long",
            start=at("2028-07-04T10:00"),
            mode="hybrid",
            place="Lyon",
            title="Une séance dont le titre est assez long pour être plié plusieurs fois 👩‍👩‍👧 في",
            registration={"url": "https://example.org/f?a=1,2;b", "deadline": at("2028-07-01T18:00")},
            agenda=[{"start": at("2028-07-04T10:00").time(), "end": at("2028-07-04T11:00").time(), "title": "Un"}],
            speakers=[{"name": "Ada Exemple", "role": "maire", "organisation": "Ville"}],
            documents=[{"kind": "slides", "url": "https://example.org/d.pdf"}],
            recording={"url": "https://example.org/video"},
        ),
        cycle={"also-show": ["Pacific/Noumea", "America/Guadeloupe"], "url": "https://example.org/cycle"},
        calendar={"url": "https://example.org/guide.ics"},
    )


def event(publication: Publication, key: str = "maroc") -> Any:
    """The event of a session in the feed, which has no fault."""
    feed = publication.feed()
    assert lint(feed) == []
    return events(feed)[key]


def again(publication: Publication, *sessions: dict[str, Any], **more: Any) -> Publication:
    """The next publication, three days later, with the ledger as it comes back from the disk."""
    ledger = read_ledger(write_ledger(publication.ledger).decode())
    return plan(programme(*sessions, **more), ledger, LATER)
