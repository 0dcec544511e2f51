"""From the synthetic exports to the figures: what is true of the invented cycle is what the engine says.

Where an export keeps whole minutes only (`sport`, and one person of `appels-a-projets`) the counts are met all the
same; the times within a minute for each end of each stay. Every other session is met exactly, to the second.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.metrics.agreement import differences, told
from tests.metrics.reference import figures
from tests.test_synthetic_import import SYNTHETIC, copy, programme, run, sessions, stored, truth
from webcycle import folder as folders
from webcycle import identity, metrics, store
from webcycle.identity import People
from webcycle.metrics import CycleResults, SessionResults
from webcycle.participants import Rolls, rolls
from webcycle.store import Records

IDS = [one["id"] for one in sessions()]
WHOLE_MINUTES = {"sport", "appels-a-projets"}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy(tmp_path_factory.mktemp("truth") / "guide")
    done = run(folder, "import", "--yes", SYNTHETIC)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def people() -> People:
    found, findings = identity.load((SYNTHETIC / "people.toml").read_bytes(), "people.toml")
    assert found is not None
    assert findings == ()
    return found


@pytest.fixture(scope="module")
def records(imported: Path) -> Records:
    return stored(imported)


@pytest.fixture(scope="module")
def results(imported: Path, people: People) -> CycleResults:
    with metrics.open_cycle(programme(), people, store.paths(folders.find(imported))) as engine:
        return engine.results()


@pytest.fixture(scope="module")
def lists(records: Records, people: People) -> Rolls:
    return rolls(programme(), records.registrations, records.visits, people)


def true(number: int) -> dict[str, Any]:
    return sessions()[number]


def registered(session: dict[str, Any]) -> set[str]:
    """Who registered and is one of the public."""
    insiders = {one["person"] for one in session["attended"] if one["role"] != "participant"}
    return set(session["registered"]) - insiders


def by_name(one: SessionResults) -> dict[str, Any]:
    return {figure.name: figure.value for figure in one.figures}


@pytest.mark.parametrize("number", range(len(IDS)), ids=IDS)
def test_the_counts_of_a_session_are_the_true_ones(results: CycleResults, number: int) -> None:
    session = true(number)
    found = by_name(results.of(session["id"]))
    signed, came = registered(session), set(session["counted"])
    assert found["registered"] == len(signed)
    assert found["attended"] == len(came)
    assert found["registered-attended"] == len(came & signed)
    assert found["walk-ins"] == len(came - signed)
    assert found["no-shows"] == len(signed - came)
    assert found["attendance-rate"] == Fraction(len(came & signed), len(signed))
    assert found["views"] == sum(one["views"] for one in truth()["videos"] if one["session"] == session["id"])


def of_the_public(session: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in session["attended"] if one["person"] in set(session["counted"])]


def test_only_two_sessions_have_exports_of_whole_minutes() -> None:
    rounded = {one["id"] for one in sessions() if any(it["resolution"] == "minute" for it in of_the_public(one))}
    assert rounded == WHOLE_MINUTES


@pytest.mark.parametrize("number", range(len(IDS)), ids=IDS)
def test_the_times_of_a_session_are_the_true_ones(results: CycleResults, number: int) -> None:
    session = true(number)
    there = of_the_public(session)
    found = results.of(session["id"]).figure("person-minutes").value
    assert found is not None
    rounded = [one for one in there if one["resolution"] == "minute"]
    assert bool(rounded) == (session["id"] in WHOLE_MINUTES)
    off = abs(found * 60 - sum(one["seconds"] for one in there))
    assert off <= 60 * sum(len(one["stays"]) for one in rounded)


@pytest.mark.parametrize("number", range(len(IDS)), ids=IDS)
def test_the_platform_s_own_totals_stand_beside_ours(results: CycleResults, number: int) -> None:
    session = true(number)
    beside = {(one.name, one.value) for one in results.of(session["id"]).platform}
    assert set(session["platform_totals"].items()) <= beside


def test_some_platforms_say_totals() -> None:
    assert [one["id"] for one in sessions() if one["platform_totals"]] == ["appels-a-projets", "ameriques"]


def test_the_figures_of_the_cycle_are_the_true_ones(results: CycleResults) -> None:
    totals = truth()["totals"]
    found = {figure.name: figure.value for figure in results.figures}
    assert found["participations"] == totals["counted_participations"]
    assert found["people"] == totals["counted_people"]
    assert found["views"] == totals["views"]
    # The truth counts whoever registered; staff and speakers who did are not of the public.
    insiders = sum(len(one["registered"]) - len(registered(one)) for one in sessions())
    assert found["registrations"] == totals["registrations"] - insiders
    assert found["registrants"] == len(set[str]().union(*map(registered, sessions())))
    assert sum(by_name(one)["newcomers"] for one in results.sessions) == totals["counted_people"]
    assert sum(number * persons for number, persons in results.distribution.items()) == found["participations"]


def test_the_reference_agrees_on_every_figure(results: CycleResults, records: Records, people: People) -> None:
    held = records
    reference = figures(programme(), people, held.registrations, held.visits, held.views, held.totals)
    assert list(differences(told(results), reference)) == []


@pytest.mark.parametrize("number", range(len(IDS)), ids=IDS)
def test_the_figures_are_those_of_the_lists_of_participants(results: CycleResults, lists: Rolls, number: int) -> None:
    session = true(number)["id"]
    entries = lists.sessions[session].entries
    found = by_name(results.of(session))
    here = [entry for entry in entries if entry.presence == "present"]
    assert found["attended"] == len(here)
    assert found["registered"] == sum(entry.is_registered for entry in entries)
    assert found["walk-ins"] == sum(not entry.is_registered for entry in here)
    assert found["no-shows"] == sum(entry.is_registered and entry.presence in ("brief", "absent") for entry in entries)
    assert found["person-minutes"] * 60 == sum(entry.seconds or 0 for entry in here)
