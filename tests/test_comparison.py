"""Two programmes compared: each kind of difference by itself, and the laws that hold for any two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import programmes
from tests.test_duties import ZOOM, programme, session
from webcycle.comparison import Change, compare
from webcycle.programme import Programme, Slot
from webcycle.values import Text

WEB = "https://www.example.org"
FIRST = Slot(datetime(2021, 1, 20, 14), datetime(2021, 1, 20, 16))
SECOND = Slot(datetime(2021, 1, 21, 14), datetime(2021, 1, 21, 16))


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What became of one session: kind, key, before and after."""
    found = compare(programme(session(**old)), programme(session(**new)))
    assert {one.session for one in found} <= {"maroc"}
    return [(one.kind, one.key, one.before, one.after) for one in found]


def of_cycle(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str]]:
    found = compare(programme(**old), programme(**new))
    assert {one.session for one in found} <= {None}
    return [(one.kind, one.key) for one in found]


def kinds(found: Iterable[tuple[Any, ...]]) -> list[str]:
    return [one[0] for one in found]


# ---- sessions


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("confirmed", "cancelled", "cancelled"),
        ("confirmed", "postponed", "postponed"),
        ("postponed", "cancelled", "cancelled"),
        ("cancelled", "postponed", "postponed"),
        ("tentative", "confirmed", "confirmed"),
        ("confirmed", "tentative", "tentative"),
        ("cancelled", "confirmed", "reinstated"),
        ("postponed", "tentative", "reinstated"),
    ],
)
def test_a_change_of_status_has_its_name(old: str, new: str, kind: str) -> None:
    assert changes({"status": old}, {"status": new}) == [(kind, "status", old, new)]


def test_a_session_that_moved_tells_from_when_to_when_and_not_that_it_kept_its_former_date() -> None:
    moved = {"start": SECOND.start, "end": SECOND.end, "moved_from": [FIRST.start]}
    assert changes({}, moved) == [("moved", "start", FIRST, SECOND)]
    assert changes({}, {"moved_from": [SECOND.start]}) == [("key-added", "moved-from", None, None)]


def test_a_longer_session_has_moved_and_the_same_end_in_other_words_has_not() -> None:
    assert kinds(changes({}, {"end": datetime(2021, 1, 20, 17)})) == ["moved"]
    assert changes({}, {"end": None, "duration": "2h"}) == []


def test_a_date_comes_and_goes() -> None:
    given_up = {"status": "postponed"}
    nothing = {"status": "postponed", "start": None, "end": None}
    assert changes(given_up, nothing) == [("date-removed", "start", FIRST, None)]
    assert changes(nothing, given_up) == [("date-added", "start", None, FIRST)]
    assert kinds(changes(nothing, {})) == ["reinstated", "date-added"]


def test_a_session_that_is_added_or_removed_tells_its_title_and_its_date() -> None:
    two = programme(session(), session(id="sante", title="Health"))
    one = programme(session())
    assert compare(one, two) == (Change("added", "sante", "session", None, Text("Health"), FIRST),)
    assert compare(two, one) == (Change("removed", "sante", "session", Text("Health"), None, FIRST),)


def test_another_id_is_another_session() -> None:
    found = compare(programme(session()), programme(session(id="maghreb")))
    assert [(one.kind, one.session) for one in found] == [("added", "maghreb"), ("removed", "maroc")]


def test_of_two_sessions_with_the_same_id_the_first_is_compared() -> None:
    twice = programme(session(), session(title="Other", start=date(2020, 1, 1), end=None))
    assert compare(programme(session()), twice) == ()
    assert [one.kind for one in compare(programme(session(title="X")), twice)] == ["retitled"]


def test_a_title_and_an_axis_are_told_before_and_after() -> None:
    assert changes({}, {"title": {"fr": "Le Maroc", "en": "Morocco"}}) == [
        ("retitled", "title", Text("T"), Text(fr="Le Maroc", en="Morocco"))
    ]
    assert changes({"axis": "geo"}, {"axis": "theme"}) == [("axis", "axis", "geo", "theme")]
    assert changes({}, {"axis": "theme"}) == [("axis", "axis", None, "theme")]


def test_recordings_are_published_withdrawn_and_moved() -> None:
    one, other = {"recording": {"url": f"{WEB}/1"}}, {"recording": {"url": f"{WEB}/2"}}
    dated = {"recording": {"url": f"{WEB}/1", "published": date(2021, 2, 1)}}
    assert changes({}, one) == [("recording-added", "recording", None, f"{WEB}/1")]
    assert changes(one, {}) == [("recording-removed", "recording", f"{WEB}/1", None)]
    assert changes(one, other) == [("recording-moved", "recording.url", f"{WEB}/1", f"{WEB}/2")]
    assert changes(one, dated) == [("key-added", "recording.published", None, None)]
    assert changes(dated, one) == [("key-removed", "recording.published", None, None)]


def test_documents_are_added_published_moved_withdrawn_and_removed() -> None:
    owed, one, other = ({"kind": "slides"} | more for more in ({}, {"url": f"{WEB}/1"}, {"url": f"{WEB}/2"}))

    def told(old: list[Any], new: list[Any]) -> list[tuple[Any, ...]]:
        return changes({"documents": old}, {"documents": new})

    assert told([], [owed]) == [("document-added", "slides", None, None)]
    assert told([owed], [one]) == [("document-published", "slides", None, f"{WEB}/1")]
    assert told([one], [other]) == [("document-moved", "slides", f"{WEB}/1", f"{WEB}/2")]
    assert told([one], [owed]) == [("document-withdrawn", "slides", f"{WEB}/1", None)]
    assert told([one], []) == [("document-removed", "slides", f"{WEB}/1", None)]
    assert told([one, other], [other]) == [("document-removed", "slides", f"{WEB}/1", None)]
    assert told([owed], [owed, owed]) == [("document-added", "slides", None, None)]
    assert told([one], [one | {"title": "X"}]) == [("key-changed", "documents.slides", None, None)]
    assert told([one, other], [other, one]) == [("key-changed", "documents", None, None)]
    assert kinds(told([one], [{"kind": "minutes"}])) == ["document-removed", "document-added"]


def test_speakers_come_and_go_by_name() -> None:
    ada, bob = {"name": "Ada"}, {"name": "Bob"}

    def told(old: list[Any], new: list[Any]) -> list[tuple[Any, ...]]:
        return changes({"speakers": old}, {"speakers": new})

    assert told([ada], [bob]) == [
        ("speaker-removed", "speakers", "Ada", None),
        ("speaker-added", "speakers", None, "Bob"),
    ]
    assert told([ada], [ada | {"role": "Mayor"}]) == [("key-changed", "speakers", None, None)]
    assert told([ada, bob], [bob, ada]) == [("key-changed", "speakers", None, None)]


def test_other_keys_are_named_down_to_the_one_that_differs() -> None:
    form = {"registration": {"url": f"{WEB}/r"}}
    assert changes({}, form) == [("key-added", "registration", None, None)]
    assert changes(form, {}) == [("key-removed", "registration", None, None)]
    longer = {"registration": {"url": f"{WEB}/r", "deadline": date(2021, 1, 10)}}
    assert changes(form, longer) == [("key-added", "registration.deadline", None, None)]
    assert changes({"countries": ["FR"]}, {}) == [("key-removed", "countries", None, None)]
    assert changes({}, {"mode": "hybrid"}) == [("key-changed", "mode", None, None)]


# ---- what is private


def test_of_a_join_link_only_that_it_changed_is_told() -> None:
    zoom, teams = {"join": {"platform": "zoom", "url": ZOOM}}, {"join": {"platform": "teams", "url": f"{WEB}/t/abc1"}}
    assert changes({}, zoom) == [("join", "join.url", None, None)]
    assert changes(zoom, {}) == [("join", "join.url", None, None)]
    assert kinds(changes(zoom, teams)) == ["join", "key-changed"]
    renamed = {"join": {"platform": "other", "url": ZOOM}}
    assert changes(zoom, renamed) == [("key-changed", "join.platform", None, None)]


@pytest.mark.parametrize("side", [0, 1])
def test_a_join_link_in_what_is_told_is_not_told(side: int) -> None:
    private = {"join": {"platform": "zoom", "url": ZOOM}}
    both = [private, {**private, "recording": {"url": ZOOM}}]
    found = changes(both[side], both[1 - side])
    assert found == [("key-changed", "recording", None, None)]
    titles = [{**private, "title": {"fr": f"Le lien {ZOOM}", "en": "T"}}, private]
    assert changes(titles[side], titles[1 - side]) == [("key-changed", "title", None, None)]
    open_titles = [{"title": f"Not private {ZOOM}"}, {}]
    assert kinds(changes(open_titles[side], open_titles[1 - side])) == ["retitled"]


def test_a_session_that_comes_with_its_join_link_in_its_title_is_told_without_it() -> None:
    told = session(title=ZOOM, join={"platform": "zoom", "url": ZOOM})
    assert compare(programme(), programme(told)) == (Change("added", "maroc", "session", None, None, FIRST),)
    assert compare(programme(told), programme()) == (Change("removed", "maroc", "session", None, None, FIRST),)


# ---- the cycle


def test_the_cycle_is_compared_key_by_key() -> None:
    old, new = Text("G"), Text("H")
    assert compare(programme(), programme(cycle={"title": "H"})) == (Change("retitled", None, "cycle.title", old, new),)
    assert of_cycle({}, {"cycle": {"introduction": "New"}}) == [("key-added", "cycle.introduction")]
    assert of_cycle({}, {"privacy": {"purge-after": "P1Y"}}) == [("key-changed", "privacy.purge-after")]
    assert of_cycle({}, {"texts": {"fr": {"wording.hour": "x"}}}) == [("key-changed", "texts.fr")]
    assert of_cycle({}, {"mail": {"details-before": 3}}) == [("key-changed", "mail.details-before")]


def test_lists_are_compared_by_the_ids_of_their_tables() -> None:
    geo, theme = {"id": "geo", "title": "Geo"}, {"id": "theme", "title": "Theme"}
    assert of_cycle({}, {"axis": [geo]}) == [("key-added", "axis.geo")]
    assert of_cycle({"axis": [geo, theme]}, {"axis": [theme]}) == [("key-removed", "axis.geo")]
    assert of_cycle({"axis": [geo]}, {"axis": [geo | {"title": "G"}]}) == [("key-changed", "axis.geo")]
    assert of_cycle({"axis": [geo, theme]}, {"axis": [theme, geo]}) == [("key-changed", "axis")]
    assert of_cycle({"link": [{"title": "A"}]}, {"link": [{"title": "B"}]}) == [("key-changed", "link")]
    twice = {"axis": [geo, geo | {"title": "G"}]}
    assert of_cycle({"axis": [geo]}, twice) == [("key-changed", "axis")]


def test_the_cycle_comes_first_then_the_sessions_by_date_and_those_that_are_gone_last() -> None:
    early, late, gone = (
        session(id=name, start=datetime(year, 1, 5, 10), end=datetime(year, 1, 5, 11))
        for name, year in (("z-early", 2020), ("a-late", 2022), ("gone", 2019))
    )
    old = programme(early, late, gone)
    new = programme({**late, "title": "X"}, {**early, "title": "X"}, cycle={"title": "H"})
    assert [one.session for one in compare(old, new)] == [None, "z-early", "a-late", "gone"]


# ---- laws

any_programme = programmes(loose=True, max_sessions=2).map(Programme.model_validate)


@given(any_programme)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_programme_compared_with_itself_gives_nothing(found: Programme) -> None:
    assert compare(found, found) == ()
    assert compare(found, found.model_copy(deep=True)) == ()


@given(any_programme, any_programme)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_directions_name_the_same_sessions(one: Programme, other: Programme) -> None:
    there, back = compare(one, other), compare(other, one)
    assert {change.session for change in there} == {change.session for change in back}
    assert {(change.kind, change.key) for change in there if change.kind == "join"} == {
        (change.kind, change.key) for change in back if change.kind == "join"
    }


@given(any_programme, st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_differs_in_one_session_is_told_of_that_session_alone(found: Programme, data: st.DataObject) -> None:
    others = [one for one in found.sessions if found.session_by_id[one.id] is one]
    if not others:
        return
    chosen = data.draw(st.sampled_from(others))
    changed = chosen.model_copy(update={"note": Text("another note than any that is drawn, as it is longer")})
    sessions = tuple(changed if one is chosen else one for one in found.sessions)
    after = found.model_copy(update={"sessions": sessions})
    after.__dict__.pop("session_by_id", None)
    assert {one.session for one in compare(found, after)} == {chosen.id}


@given(any_programme, any_programme)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_join_link_is_ever_told(one: Programme, other: Programme) -> None:
    assert "meet.example.net" not in str(compare(one, other))
