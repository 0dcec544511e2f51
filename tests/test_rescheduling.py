"""The life of a date as edits: what each change writes, what it refuses, and what holds over a whole life."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from icalendar import Calendar

from webcycle import calendar, checks, rescheduling, source
from webcycle.calendar import Ledger
from webcycle.errors import RefusedError, Severity
from webcycle.programme import Programme, Session
from webcycle.values import Moment

HEAD = """\
[cycle]
id = "guide"
title = "Le guide"
timezone = "Europe/Paris" # of all hours

[organiser]
name = "Région d'exemple"
email = "cycle@example.org"

"""


def at(local: str) -> Moment:
    return datetime.fromisoformat(local) if "T" in local else date.fromisoformat(local)


def text(*lines: str) -> bytes:
    return (HEAD + "\n".join(("[[session]]", 'id = "maroc"', 'title = "Le Maroc"', *lines, ""))).encode()


def loaded(raw: bytes) -> Programme:
    found = source.load(raw, "cycle.toml")
    assert found.programme is not None, found.findings
    return found.programme


def session_of(raw: bytes) -> Session:
    return loaded(raw).sessions[0]


def session_data(raw: bytes) -> dict[str, Any]:
    data: dict[str, Any] = tomllib.loads(raw.decode())["session"][0]
    return data


def moved(raw: bytes, to: str, end: str | None = None) -> bytes:
    programme = loaded(raw)
    return rescheduling.moved(raw, programme, programme.sessions[0], at(to), at(end) if end else None)


HOURS = ("start = 2026-10-26T14:00:00 # Monday", "end = 2026-10-26T16:30:00")


def test_a_moved_session_keeps_its_length_and_its_former_start() -> None:
    assert moved(text(*HOURS), "2026-11-02T09:00") == text(
        "start = 2026-11-02T09:00:00 # Monday", "end = 2026-11-02T11:30:00", "moved-from = [2026-10-26T14:00:00]"
    )


@pytest.mark.parametrize(
    ("before", "to", "end", "after"),
    [
        # A length stays as it is written.
        (
            ("start = 2026-10-26T14:00:00", 'duration = "2h30"'),
            "2026-11-02T09:00",
            None,
            ("start = 2026-11-02T09:00:00", 'duration = "2h30"', "moved-from = [2026-10-26T14:00:00]"),
        ),
        (
            ("start = 2026-10-26T14:00:00", 'duration = "2h30"'),
            "2026-11-02T09:00",
            "2026-11-02T10:00",
            ("start = 2026-11-02T09:00:00", "end = 2026-11-02T10:00:00", "moved-from = [2026-10-26T14:00:00]"),
        ),
        # Days stay days, as many as before.
        (
            ("start = 2026-10-26", "end = 2026-10-27"),
            "2026-11-30",
            None,
            ("start = 2026-11-30", "end = 2026-12-01", "moved-from = [2026-10-26]"),
        ),
        (("start = 2026-10-26",), "2026-11-30", None, ("start = 2026-11-30", "moved-from = [2026-10-26]")),
        (
            ("start = 2026-10-26",),
            "2026-11-30T09:00",
            "2026-11-30T17:00",
            ("start = 2026-11-30T09:00:00", "end = 2026-11-30T17:00:00", "moved-from = [2026-10-26]"),
        ),
        # A day alone takes the place of hours that are no longer known.
        (HOURS, "2026-11-30", None, ("start = 2026-11-30 # Monday", "moved-from = [2026-10-26T14:00:00]")),
        # A date to come that has come; one more move is added to the others.
        (
            ("start = 2026-10-26", 'status = "postponed"', "moved-from = [2026-10-01]"),
            "2026-11-30",
            None,
            ("start = 2026-11-30", 'status = "confirmed"', "moved-from = [2026-10-01, 2026-10-26]"),
        ),
        (('status = "postponed"',), "2026-11-30", None, ("start = 2026-11-30", 'status = "confirmed"')),
        (
            ("start = 2026-10-26", 'status = "tentative"'),
            "2026-11-30",
            None,
            ("start = 2026-11-30", 'status = "tentative"', "moved-from = [2026-10-26]"),
        ),
        # The date that had been given up, given again.
        (
            ("start = 2026-10-26", 'status = "cancelled"'),
            "2026-10-26",
            None,
            ("start = 2026-10-26", 'status = "confirmed"'),
        ),
    ],
)
def test_where_a_moved_session_stands(
    before: tuple[str, ...], to: str, end: str | None, after: tuple[str, ...]
) -> None:
    new = moved(text(*before), to, end)
    assert session_data(new) == session_data(text(*after))
    assert source.load(new, "cycle.toml").programme is not None


@pytest.mark.parametrize(
    ("before", "to", "key"),
    [
        (HOURS, "2026-10-26T14:00", "date.not-moved"),
        (("start = 2026-10-26",), "2026-10-30T14:00", "date.no-length"),
        (('status = "postponed"',), "2026-10-30T14:00", "date.no-length"),
    ],
)
def test_a_move_that_cannot_be_is_refused(before: tuple[str, ...], to: str, key: str) -> None:
    with pytest.raises(RefusedError) as refused:
        moved(text(*before), to)
    assert refused.value.key == key


CHANGES = {
    "postpone": rescheduling.postponed,
    "confirm": rescheduling.confirmed,
    "cancel": rescheduling.cancelled,
    "reinstate": rescheduling.reinstated,
}


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        ("postpone", "confirmed", "postponed"),
        ("postpone", "tentative", "postponed"),
        ("postpone", "postponed", "postponed"),
        ("confirm", "tentative", "confirmed"),
        ("confirm", "confirmed", "confirmed"),
        ("cancel", "confirmed", "cancelled"),
        ("cancel", "postponed", "cancelled"),
        ("reinstate", "cancelled", "confirmed"),
        ("reinstate", "postponed", "confirmed"),
        ("postpone", "cancelled", "date.cancelled"),
        ("confirm", "cancelled", "date.cancelled"),
        ("confirm", "postponed", "date.to-come"),
        ("reinstate", "confirmed", "confirmed"),
        ("reinstate", "tentative", "tentative"),
    ],
)
def test_what_becomes_of_a_status(change: str, before: str, after: str) -> None:
    raw = text("start = 2026-10-26", f'status = "{before}"')
    programme = loaded(raw)
    if "." in after:
        with pytest.raises(RefusedError) as refused:
            CHANGES[change](raw, programme, programme.sessions[0])
        assert refused.value.key == after
    else:
        new = CHANGES[change](raw, programme, programme.sessions[0])
        # A date that stands again is kept as one that had been given up, so that it can be told.
        back = ["moved-from = [2026-10-26]"] if change == "reinstate" and before in ("cancelled", "postponed") else []
        assert new == text("start = 2026-10-26", f'status = "{after}"', *back)


def test_a_status_that_is_not_written_is_added_after_the_dates() -> None:
    raw = text(*HOURS, 'note = "x"')
    programme = loaded(raw)
    new = rescheduling.cancelled(raw, programme, programme.sessions[0])
    assert new == text(*HOURS, 'status = "cancelled"', 'note = "x"')
    assert rescheduling.confirmed(raw, programme, programme.sessions[0]) == raw


@pytest.mark.parametrize(
    ("former", "after"),
    [
        ((), "2026-10-26"),
        (("moved-from = [2026-10-01]",), "2026-10-01, 2026-10-26"),
        (("moved-from = [2026-10-26]",), "2026-10-26"),
    ],
)
def test_the_reason_of_what_is_undone_goes_and_the_date_is_kept(former: tuple[str, ...], after: str) -> None:
    raw = text("start = 2026-10-26", 'status = "cancelled"', *former, 'reason = "grève"')
    programme = loaded(raw)
    new = rescheduling.reinstated(raw, programme, programme.sessions[0])
    assert new == text("start = 2026-10-26", 'status = "confirmed"', f"moved-from = [{after}]")
    assert moved(new, "2026-11-30").decode().count("2026-10-26") == 1


@pytest.mark.parametrize(
    ("lines", "stays"),
    [
        (("moved-from = [2026-10-01]",), False),
        (('status = "postponed"', "moved-from = [2026-10-01]"), True),
        (('status = "cancelled"',), True),
        ((), True),
    ],
)
def test_the_reason_of_a_move_is_not_that_of_the_next_change(lines: tuple[str, ...], stays: bool) -> None:
    raw = text("start = 2026-10-26", *lines, 'reason = "grève"')
    programme = loaded(raw)
    new = rescheduling.without_former_reason(raw, programme, programme.sessions[0])
    assert new == (raw if stays else text("start = 2026-10-26", *lines))


def test_a_session_without_a_date_cannot_go_back_to_it() -> None:
    raw = text('status = "cancelled"')
    programme = loaded(raw)
    with pytest.raises(RefusedError) as refused:
        rescheduling.reinstated(raw, programme, programme.sessions[0])
    assert refused.value.key == "date.none"


def test_the_reason_stands_with_the_dates() -> None:
    raw = text(*HOURS, 'note = "x"')
    programme = loaded(raw)
    new = rescheduling.with_reason(raw, programme, programme.sessions[0], "contexte sanitaire")
    assert new == text(*HOURS, 'reason = "contexte sanitaire"', 'note = "x"')


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        ("title", "Autre", 'title = "Autre"'),
        ("recording.url", "https://example.org/r", 'recording = { url = "https://example.org/r" }'),
        ("documents.minutes.url", "https://example.org/m", '{ kind = "minutes", url = "https://example.org/m" }'),
        ("documents.1.url", "https://example.org/m", '{ kind = "minutes", url = "https://example.org/m" }'),
        (
            "documents.slides.url",
            "https://example.org/s",
            '{ kind = "minutes" }, { kind = "slides", url = "https://example.org/s" }',
        ),
    ],
)
def test_a_key_of_a_session_is_set(key: str, value: str, line: str) -> None:
    raw = text("start = 2026-10-26", 'documents = [{ kind = "minutes" }]')
    programme = loaded(raw)
    new = rescheduling.with_value(raw, programme, programme.sessions[0], key, value)
    assert line in new.decode()
    assert loaded(new)


@pytest.mark.parametrize(
    ("key", "error"),
    [
        ("id", "date.kept-id"),
        ("start", "date.kept"),
        ("end", "date.kept"),
        ("moved-from", "date.kept"),
        ("Title", "date.key"),
        ("", "date.key"),
        ("documents", "date.document-key"),
        ("documents.minutes", "date.document-key"),
        ("documents.2.url", "date.no-document"),
        ("documents.0.url", "date.no-document"),
        ("title.fr", "edit-no-place"),
    ],
)
def test_a_key_that_must_not_be_set_is_refused(key: str, error: str) -> None:
    raw = text("start = 2026-10-26", 'documents = [{ kind = "minutes" }]')
    programme = loaded(raw)
    with pytest.raises(RefusedError) as refused:
        rescheduling.with_value(raw, programme, programme.sessions[0], key, "x")
    assert refused.value.key == error


def test_a_key_is_removed() -> None:
    raw = text("start = 2026-10-26", 'note = "x"')
    programme = loaded(raw)
    assert rescheduling.without_value(raw, programme, programme.sessions[0], "note") == text("start = 2026-10-26")
    with pytest.raises(RefusedError):
        rescheduling.without_value(raw, programme, programme.sessions[0], "place")


# ---- over a whole life

NOW = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
COMMENTS = ("# the programme", 'timezone = "Europe/Paris" # of all hours', "# end of the head")
MOMENTS = st.datetimes(datetime(2026, 3, 30, 8), datetime(2026, 10, 20, 18)).map(
    lambda moment: moment.replace(minute=0, second=0, microsecond=0)
)


class Life(RuleBasedStateMachine):
    """Sessions are added, moved, given up, confirmed, reinstated, retitled and published, in any order."""

    @initialize()
    def begin(self) -> None:
        self.raw = f"# the programme\n{HEAD}# end of the head\n".encode()
        self.ids: list[str] = []
        self.now = NOW
        self.ledger = Ledger()
        self.uids: dict[str, str] = {}
        self.sequences: dict[str, int] = {}

    def programme(self) -> Programme:
        return loaded(self.raw)

    @rule(start=MOMENTS)
    def add(self, start: datetime) -> None:
        key = f"s{len(self.ids)}"
        session = {"id": key, "title": f"Séance {key}", "start": start, "duration": "1h"}
        self.raw = source.append_table(self.raw, "session", session)
        self.ids.append(key)

    def change(self, data: st.DataObject, edit: Any, *more: Any) -> None:
        programme = self.programme()
        session = programme.session_by_id[data.draw(st.sampled_from(self.ids))]
        untouched = [line for line in self.raw.splitlines() if line.startswith(b"#")]
        try:
            new = edit(self.raw, programme, session, *more)
        except RefusedError:
            return
        others = [one for one in programme.sessions if one.id != session.id]
        assert [one for one in loaded(new).sessions if one.id != session.id] == others
        assert [line for line in new.splitlines() if line.startswith(b"#")] == untouched
        self.raw = new

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), to=MOMENTS)
    def move(self, data: st.DataObject, to: datetime) -> None:
        self.change(data, rescheduling.moved, to)

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), name=st.sampled_from(sorted(CHANGES)))
    def restate(self, data: st.DataObject, name: str) -> None:
        self.change(data, CHANGES[name])

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), title=st.sampled_from(["Autre", "Encore « une »", 'avec "guillemets"', "é\U0001f642"]))
    def retitle(self, data: st.DataObject, title: str) -> None:
        self.change(data, rescheduling.with_value, "title", title)

    @precondition(lambda self: self.ids)
    @rule(hours=st.integers(0, 50))
    def publish(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        publication = calendar.plan(self.programme(), self.ledger, self.now)
        again = calendar.plan(self.programme(), publication.ledger, self.now + timedelta(days=1))
        assert again.changes == ()
        assert again.feed() == publication.feed()
        self.ledger = publication.ledger
        for key, entry in self.ledger.entries.items():
            assert self.uids.setdefault(key, entry.uid) == entry.uid
            assert self.sequences.get(key, 0) <= entry.sequence
            self.sequences[key] = entry.sequence
        found = Calendar.from_ical(publication.feed())
        uids = [str(event["UID"]) for event in found.walk("VEVENT")]
        assert len(uids) == len(set(uids)) == len(self.ledger.entries)

    @invariant()
    def the_programme_checks(self) -> None:
        found = checks.check(self.programme(), NOW)
        assert not [one for one in found if one.severity is Severity.ERROR]

    @invariant()
    def the_comments_stay(self) -> None:
        lines = self.raw.decode().splitlines()
        assert [line for line in COMMENTS if line in lines] == list(COMMENTS)


LifeTest = Life.TestCase
LifeTest.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
