"""What is due: every kind of duty in each of its states, before, on and after the day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import programmes
from webcycle import texts
from webcycle.checks import check
from webcycle.claims import Measured, SessionCounts
from webcycle.duties import Duty, Imported, Kind, State, duties, kept_until, sentence
from webcycle.duties.duty import order, past
from webcycle.duties.platforms import REPORTS
from webcycle.programme import Platform, Programme
from webcycle.values import after

ZOOM = "https://zoom.example.org/j/90210123456?pwd=Sesame1234"


def at(local: str) -> datetime:
    """An instant by the clocks of Paris in winter, when they are one hour ahead."""
    return datetime.fromisoformat(f"{local}+01:00").astimezone(UTC)


def session(**more: Any) -> dict[str, Any]:
    usual = {"id": "maroc", "title": "T", "start": datetime(2021, 1, 20, 14), "end": datetime(2021, 1, 20, 16)}
    return {name.replace("_", "-"): value for name, value in {**usual, **more}.items() if value is not None}


def programme(*sessions: dict[str, Any], **tables: Any) -> Programme:
    return Programme.model_validate(
        {
            "organiser": {"name": "The office", "email": "office@example.org"},
            **tables,
            "cycle": {"id": "guide", "title": "G", "timezone": "Europe/Paris", **tables.get("cycle", {})},
            "session": list(sessions),
        }
    )


def found(
    kind: Kind, planned: Programme, now: str, imported: Imported | None = None, **values: str
) -> list[tuple[State, date | None]]:
    """The states and dates of the duties of a kind that have these values."""
    every = duties(planned, at(now), imported or Imported())
    return [(one.state, one.due) for one in every if one.kind == kind and {**one.values, **values} == dict(one.values)]


# ---- dates


def test_a_tentative_date_is_to_be_confirmed_two_weeks_before() -> None:
    tentative = programme(session(status="tentative"))
    due = date(2021, 1, 6)
    assert found("date", tentative, "2021-01-06T23:59") == [("due", due)]
    assert found("date", tentative, "2021-01-07T00:00") == [("late", due)]
    assert found("date", programme(session()), "2021-01-07T00:00") == [("present", due)]
    for more, states in (({}, [("not-applicable", None)]), ({"start": None, "end": None}, [])):
        assert found("date", programme(session(status="cancelled", **more)), "2021-01-07T00:00") == states


def test_of_a_postponed_session_the_new_date_is_told_before_the_old_one_comes() -> None:
    postponed = programme(session(status="postponed"))
    assert found("new-date", postponed, "2021-01-20T09:00") == [("due", date(2021, 1, 20))]
    assert found("new-date", postponed, "2021-01-21T09:00") == [("late", date(2021, 1, 20))]
    never = programme(session(status="postponed", start=None, end=None))
    assert found("new-date", never, "2031-01-21T09:00") == [("due", None)]
    assert found("new-date", programme(session()), "2021-01-21T09:00") == []


def test_a_postponed_session_owes_nothing_but_its_date() -> None:
    join = {"platform": "zoom", "url": ZOOM}
    every = duties(programme(session(status="postponed", join=join, documents=[{"kind": "slides"}])), at("2023-01-01"))
    assert {one.kind for one in every if one.open} == {"new-date"}


def test_a_cancelled_session_owes_nothing() -> None:
    wanted = session(
        join={"platform": "zoom", "url": "https://webinaire.numerique.gouv.fr/x-1"},
        registration={"url": "https://www.example.org/r", "deadline": date(2021, 1, 10)},
        documents=[{"kind": "minutes", "due": date(2021, 2, 1)}],
    )
    recorded = session(id="sante", recording={"url": "https://www.example.org/v"})
    cycle = {"times-provisional": True}
    stands, gone = (programme(one, recorded, cycle=cycle) for one in (wanted, {**wanted, "status": "cancelled"}))
    kinds = {one.kind for one in duties(stands, at("2023-01-01")) if one.open and one.session == "maroc"}
    assert kinds == {"export", "platform-recording", "attendance", "recording", "document"}
    assert [one for one in duties(gone, at("2023-01-01")) if one.open and one.session == "maroc"] == []
    assert {one.state for one in duties(gone, at("2021-01-05")) if one.session == "maroc"} == {"not-applicable"}


def test_registrations_close_at_their_hour_and_are_never_late() -> None:
    deadline = datetime(2021, 1, 18, 12)
    closing = programme(session(registration={"url": "https://www.example.org/r", "deadline": deadline}))
    assert found("deadline", closing, "2021-01-18T12:00") == [("due", deadline)]
    assert found("deadline", closing, "2021-01-18T12:01") == [("present", deadline)]
    gone = programme(session(status="cancelled", registration={"deadline": deadline}))
    assert found("deadline", gone, "2021-01-18T12:00") == [("not-applicable", deadline)]
    assert found("deadline", programme(session()), "2021-01-18T12:00") == []


@pytest.mark.parametrize("kind", ["details", "hours"])
def test_details_and_provisional_hours_are_sent_days_before_the_session(kind: Kind) -> None:
    registration = {"url": "https://www.example.org/r"}
    cycle = {"times-provisional": True}
    usual = programme(session(registration=registration), cycle=cycle)
    assert found(kind, usual, "2021-01-18T23:00") == [("due", date(2021, 1, 18))]
    assert found(kind, usual, "2021-01-19T09:00") == [("late", date(2021, 1, 18))]
    assert found(kind, usual, "2021-01-20T14:00") == [("not-applicable", date(2021, 1, 18))]
    week = programme(session(registration=registration), cycle=cycle, mail={"details-before": 7})
    assert found(kind, week, "2021-01-12T09:00") == [("due", date(2021, 1, 13))]
    sent = {**registration, "details-sent": datetime(2021, 1, 15, 9)}
    told = programme(session(registration=sent), cycle=cycle)
    assert found(kind, told, "2021-01-15T08:00") == [("due", datetime(2021, 1, 15, 9))]
    assert found(kind, told, "2021-01-19T09:00") == [("present", datetime(2021, 1, 15, 9))]


def test_where_nobody_connects_no_details_are_sent_and_firm_hours_are_not_confirmed() -> None:
    registration = {"url": "https://www.example.org/r"}
    for one in (session(), session(mode="in-person", place="Lyon", registration=registration)):
        assert found("details", programme(one), "2021-01-18T09:00") == [("not-applicable", None)]
    joined = programme(session(join={"url": ZOOM}))
    assert found("details", joined, "2021-01-18T09:00") == [("due", date(2021, 1, 18))]
    assert found("hours", joined, "2021-01-18T09:00") == []
    days = programme(session(start=date(2021, 1, 20), end=None), cycle={"times-provisional": True})
    assert found("hours", days, "2021-01-18T09:00") == [("not-applicable", None)]


# ---- platforms


@pytest.mark.parametrize(
    ("platform", "due", "before", "afterwards"),
    [
        ("bigbluebutton", datetime(2021, 1, 20, 16, 2), "2021-01-20T16:02", "2021-01-20T16:03"),
        ("zoom", date(2021, 7, 20), "2021-07-20T22:00", "2021-07-21T01:00"),
        ("teams", date(2022, 1, 20), "2022-01-20T23:00", "2022-01-21T00:00"),
    ],
)
def test_an_export_is_fetched_before_the_platform_deletes_it(
    platform: str, due: date, before: str, afterwards: str
) -> None:
    planned = programme(session(join={"platform": platform, "url": ZOOM}))
    assert found("export", planned, before) == [("due", due)]
    assert found("export", planned, afterwards) == [("late", due)]
    read = Imported(visits=frozenset({"maroc"}))
    assert found("export", planned, afterwards, read) == [("present", due)]
    counted = programme(
        session(join={"platform": platform, "url": ZOOM}, stated={"participants": 40, "source": "head count"})
    )
    assert found("export", counted, afterwards) == [("present", due)]
    gone = programme(session(status="tentative", join={"platform": platform, "url": ZOOM}))
    assert found("export", gone, afterwards) == [("not-applicable", None)]


def test_a_session_that_ran_late_keeps_its_dashboard_from_its_real_end() -> None:
    held = {"start": datetime(2021, 1, 20, 14), "end": datetime(2021, 1, 20, 16, 30)}
    planned = programme(session(held=held, join={"platform": "bigbluebutton", "url": ZOOM}))
    assert found("export", planned, "2021-01-20T16:10") == [("due", datetime(2021, 1, 20, 16, 32))]


@pytest.mark.parametrize(
    ("platform", "retention", "due"),
    [
        ("zoom", {"zoom": "P15M"}, date(2022, 4, 20)),
        ("teams", {"teams": "P30D"}, date(2021, 2, 19)),
        ("webex", {"webex": "P1Y"}, date(2022, 1, 20)),
        ("meet", {"meet": "P2W"}, date(2021, 2, 3)),
        ("goto", {"goto": "P1M"}, date(2021, 2, 20)),
        ("bigbluebutton", {"bigbluebutton-minutes": 60}, datetime(2021, 1, 20, 17)),
        ("bigbluebutton", {"bigbluebutton-minutes": 0}, None),
        ("webex", {}, None),
        ("youtube", {}, None),
        ("other", {}, None),
    ],
)
def test_the_programme_says_what_an_account_keeps(platform: Platform, retention: Any, due: date | None) -> None:
    planned = programme(session(join={"platform": platform, "url": ZOOM}), retention=retention)
    assert found("export", planned, "2021-01-20T15:00") == ([] if due is None else [("due", due)])
    key = f"retention.{'bigbluebutton-minutes' if platform == 'bigbluebutton' else platform}"
    sources = {one.source for one in duties(planned, at("2021-01-20T15:00")) if one.kind == "export"}
    assert sources == (set() if due is None else {key})


def test_every_figure_of_a_platform_has_its_source() -> None:
    assert all(len(kept.source) > 20 for kept in REPORTS.values())
    assert set(REPORTS) <= set(get_args(Platform))


def test_a_recording_of_the_state_service_is_fetched_within_a_year() -> None:
    join = {"platform": "bigbluebutton", "url": "https://webinaire.numerique.gouv.fr/meeting/x/1"}
    other = session(id="sante", recording={"url": "https://www.example.org/v"})
    planned = programme(session(join=join), other)
    assert found("platform-recording", planned, "2022-01-20T09:00") == [("due", date(2022, 1, 20))]
    assert found("platform-recording", planned, "2022-01-21T09:00") == [("late", date(2022, 1, 20))]
    shown = programme(session(join=join, recording={"url": "https://www.example.org/v"}))
    assert found("platform-recording", shown, "2022-01-21T09:00") == [("present", date(2022, 1, 20))]
    assert found("platform-recording", programme(session(join=join)), "2022-01-21") == [("not-applicable", None)]
    elsewhere = {"join": {"platform": "zoom", "url": ZOOM}}
    assert found("platform-recording", programme(session(**elsewhere), other), "2022-01-21") == []
    own = programme(session(**elsewhere), other, retention={"recordings": "P30D"})
    assert found("platform-recording", own, "2021-02-01") == [("due", date(2021, 2, 19))]


def test_a_session_that_was_held_is_counted_within_two_weeks() -> None:
    planned = programme(session())
    due = date(2021, 2, 3)
    assert found("attendance", planned, "2021-01-20T15:59") == [("not-applicable", due)]
    assert found("attendance", planned, "2021-01-20T16:00") == [("due", due)]
    assert found("attendance", planned, "2021-02-03T12:00") == [("due", due)]
    assert found("attendance", planned, "2021-02-04T00:00") == [("late", due)]
    assert found("attendance", planned, "2021-02-04", Imported(visits=frozenset({"maroc"}))) == [("present", due)]
    views = programme(session(stated={"views": 40, "source": "YouTube"}))
    assert found("attendance", views, "2021-02-04") == [("late", due)]
    counted = programme(session(stated={"participants": 0, "source": "head count"}))
    assert found("attendance", counted, "2021-02-04") == [("present", due)]
    assert found("attendance", programme(session(status="cancelled")), "2021-02-04") == [("not-applicable", None)]


# ---- documents


def test_a_recording_is_owed_where_the_cycle_publishes_recordings() -> None:
    other = session(id="sante", recording={"url": "https://www.example.org/v"})
    planned = programme(session(), other)
    assert found("recording", planned, "2021-02-03T23:00") == [("due", date(2021, 2, 3)), ("present", None)]
    assert found("recording", planned, "2021-02-04T00:00") == [("late", date(2021, 2, 3)), ("present", None)]
    assert found("recording", programme(session()), "2021-02-04T00:00") == [("not-applicable", None)]
    lyon = programme(session(mode="in-person", place="Lyon"), other)
    assert ("not-applicable", None) in found("recording", lyon, "2021-02-04T00:00")


def test_what_is_to_be_published_on_a_day_is_due_on_that_day() -> None:
    published = {"url": "https://www.example.org/v", "published": date(2021, 3, 1)}
    planned = programme(session(recording=published, documents=[{"kind": "slides", **published}]))
    later = [("due", date(2021, 3, 1))]
    assert found("recording", planned, "2021-02-28T23:59") == later
    assert found("document", planned, "2021-02-28T23:59", document="slides") == later
    assert found("recording", planned, "2021-03-01T00:00") == [("present", None)]
    assert found("document", planned, "2021-03-01T00:00", document="slides") == [("present", date(2021, 2, 3))]


@pytest.mark.parametrize("kind", ["slides", "minutes", "contacts", "captions", "transcript"])
def test_a_document_that_is_listed_is_owed_on_its_day_or_in_two_weeks(kind: str) -> None:
    def states(document: dict[str, Any] | None, now: str, **more: Any) -> list[tuple[State, date | None]]:
        listed = [] if document is None else [{"kind": kind, **document}]
        return found("document", programme(session(documents=listed, **more)), now, document=kind)

    promised = {"due": date(2021, 3, 1)}
    assert states({}, "2021-02-03T23:00") == [("due", date(2021, 2, 3))]
    assert states({}, "2021-02-04T00:00") == [("late", date(2021, 2, 3))]
    assert states(promised, "2021-03-01T23:00") == [("due", date(2021, 3, 1))]
    assert states(promised, "2021-03-02T00:00") == [("late", date(2021, 3, 1))]
    assert states({"url": "https://www.example.org/d"}, "2021-03-02") == [("present", date(2021, 2, 3))]
    assert states({"published": date(2021, 2, 1)}, "2021-03-02") == [("present", date(2021, 2, 3))]
    assert states(None, "2021-03-02") == [("not-applicable", None)]
    assert states({}, "2021-03-02", status="cancelled") == [("not-applicable", None)]
    published = {"url": "https://www.example.org/d"}
    assert states(published, "2021-03-02", status="cancelled") == [("present", None)]


@given(data=programmes(max_sessions=2), now=st.datetimes(datetime(1995, 1, 1), datetime(2100, 1, 1)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_documents_and_recordings_are_late_exactly_where_check_misses_them(data: Any, now: datetime) -> None:
    planned = Programme.model_validate(data)
    instant = now.replace(tzinfo=UTC)
    missed = [one.values["found"] for one in check(planned, instant) if one.code.startswith("missing-")]
    late = [one.session for one in duties(planned, instant) if one.kind in ("document", "recording")]
    owed = [
        one.session for one in duties(planned, instant) if one.kind in ("document", "recording") and one.state == "late"
    ]
    assert len(late) >= len(owed)
    assert sorted(map(str, owed)) == sorted(missed)


# ---- the cycle


def test_personal_data_are_deleted_when_their_time_is_over() -> None:
    planned = programme(session(), privacy={"purge-after": "P1M"})
    held = Imported(personal=frozenset({"maroc"}))
    assert found("personal-data", planned, "2021-02-20T12:00", held) == [("due", date(2021, 2, 20))]
    assert found("personal-data", planned, "2021-02-21T12:00", held) == [("late", date(2021, 2, 20))]
    assert found("personal-data", planned, "2021-02-21T12:00") == [("not-applicable", date(2021, 2, 20))]
    assert kept_until(planned) == date(2021, 2, 20)
    longer = session(id="held", held={"start": date(2021, 1, 20), "end": date(2021, 1, 22)})
    assert kept_until(programme(longer, session(), privacy={"purge-after": "P1M"})) == date(2021, 2, 22)
    assert found("personal-data", programme(), "2021-02-21", held) == [("due", None)]


@pytest.mark.parametrize(
    ("start", "period", "day"),
    [
        (date(2020, 8, 31), "P6M", date(2021, 2, 28)),
        (date(2020, 2, 29), "P1Y", date(2021, 2, 28)),
        (date(2021, 12, 15), "P1M2W3D", date(2022, 2, 1)),
        (date(2199, 12, 31), "P999Y9999M9999W99999D", date(4497, 9, 1)),
    ],
)
def test_a_period_is_counted_on_the_calendar(start: date, period: str, day: date) -> None:
    assert after(start, period) == day


def test_a_claim_that_the_figures_contradict_is_late() -> None:
    counts = Imported(measured=Measured(MappingProxyType({"maroc": SessionCounts(attended=40)})))

    def claimed(**bound: int) -> Programme:
        said = {"figure": "participations", **bound, "on": date(2021, 4, 27), "source": "the note of April"}
        return programme(session(), claim=[said])

    assert found("claim", claimed(equals=50), "2021-05-01", counts) == [("late", date(2021, 4, 27))]
    assert found("claim", claimed(equals=40), "2021-05-01", counts) == [("present", date(2021, 4, 27))]
    assert found("claim", claimed(equals=40), "2021-05-01") == [("not-applicable", date(2021, 4, 27))]
    wrong = next(one for one in duties(claimed(equals=50), at("2021-05-01"), counts) if one.kind == "claim")
    assert "the note of April" in sentence(wrong, "en")
    assert "is contradicted" in sentence(wrong, "en")
    assert "40" in sentence(wrong, "fr")


# ---- all of them


def test_duties_come_by_date_a_day_before_its_hours_and_what_has_none_at_the_end() -> None:
    morning = Duty("deadline", "a", datetime(2021, 1, 2), "due", "")
    dated = [
        Duty("details", "a", date(2021, 1, 1), "due", ""),
        Duty("date", "a", date(2021, 1, 2), "due", ""),
        morning,
        Duty("export", "a", datetime(2021, 1, 2, 9), "due", ""),
        Duty("new-date", "a", None, "due", ""),
    ]
    assert sorted((dated[3], dated[4], dated[1], dated[0], dated[2]), key=order) == dated
    assert not past(None, datetime(2021, 1, 1))


def test_the_hours_are_those_of_the_zone_of_the_cycle() -> None:
    join = {"platform": "bigbluebutton", "url": ZOOM}
    noumea = programme(session(join=join), cycle={"timezone": "Pacific/Noumea"})
    due = datetime(2021, 1, 20, 16, 2)
    assert found("export", noumea, "2021-01-20T06:02") == [("due", due)]  # 16:02 in Nouméa, eleven hours ahead of UTC
    assert found("export", noumea, "2021-01-20T06:03") == [("late", due)]


@given(data=programmes(loose=True, max_sessions=2), now=st.datetimes(datetime(1995, 1, 1), datetime(2100, 1, 1)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_duty_has_its_sentence_and_tells_no_join_link(data: Any, now: datetime) -> None:
    planned = Programme.model_validate(data)
    for one in duties(planned, now.replace(tzinfo=UTC)):
        for lang in ("en", "fr"):
            assert sentence(one, lang)
            assert "meet.example.net" not in sentence(one, lang)
            assert texts.say(lang, f"duty.state.{one.state}")
        assert one.open == (one.state in ("due", "late"))
        if one.state == "late":
            assert one.due is not None


def test_every_kind_and_platform_has_its_words_in_both_languages() -> None:
    for lang in ("en", "fr"):
        for platform in get_args(Platform):
            one = Duty("export", "a", None, "due", "", MappingProxyType({"platform": platform}))
            assert texts.say(lang, f"duty.platform.{platform}") in sentence(one, lang)
        for kind in set(get_args(Kind)) - {"claim"}:
            assert texts.template(lang, f"duty.{kind}")
