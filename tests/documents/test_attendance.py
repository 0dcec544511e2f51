"""The attendance of a cycle as data, spreadsheets and a page: what they say, and what nobody can work out from them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.documents.results import changed, cycle, platform, programme, session, start, unmeasured
from webcycle.disclosure import Overlap
from webcycle.documents import (
    attendance,
    attendance_data,
    attendance_page,
    attendance_sheets,
    html,
    markdown,
    spreadsheet,
)
from webcycle.documents.attendance import Told
from webcycle.errors import Language
from webcycle.metrics import CycleResults, Figure, Threshold
from webcycle.published import breakdowns

DAY = date(2023, 5, 6)
TITLES = ("le Maroc", "le sport", "la santé", "la jeunesse")
DISTRIBUTION = {1: 50, 2: 30, 3: 20, 4: 15}
PRIVATE = '[privacy]\nsmallest-group = 5\npurge-after = "P6M"\n'


def told(
    results: CycleResults,
    *,
    published: bool = True,
    lang: Language = "fr",
    session: str | None = None,
    titles: Sequence[str] = TITLES,
    more: str = "",
) -> Told:
    plan = programme(titles, more)
    groups = breakdowns(results, plan, published=published)
    return Told(results, groups, plan, lang, DAY, plan.session_by_id[session] if session else None)


def counted(rows: Sequence[tuple[int, int]], **more: Any) -> CycleResults:
    """A cycle of sessions to which so many came, so many of them for the first time."""
    sessions = [
        session(index, attended=came, newcomers=new, returning=came - new) for index, (came, new) in enumerate(rows)
    ]
    people = sum(new for _, new in rows)
    more.setdefault("distribution", {1: people} if people else {})
    return cycle(sessions, people=people, **more)


def loyalty(rows: Sequence[tuple[int, int]], *, published: bool = True, **more: Any) -> list[tuple[int, int] | None]:
    results = counted(rows, **more)
    found = breakdowns(results, programme([f"titre {index}" for index in range(len(rows))]), published=published)
    return [found.loyalty.get(f"s{index}") for index in range(len(rows))]


# ---- newcomers and returning participants


def test_newcomers_of_large_groups_are_told() -> None:
    assert loyalty([(40, 40), (50, 30), (60, 20)]) == [(40, 0), (30, 20), (20, 40)]


def test_a_small_count_is_hidden_with_another_session_that_could_make_up_for_it() -> None:
    assert loyalty([(40, 40), (50, 47), (60, 20), (45, 20)]) == [(40, 0), None, (20, 40), None]


def test_a_small_count_inside_the_house_is_one_under_its_own_threshold() -> None:
    assert loyalty([(40, 40), (50, 43), (60, 20)], published=False) == [(40, 0), (43, 7), (20, 40)]
    assert loyalty([(40, 40), (50, 47), (60, 20)], published=False) == [(40, 0), None, None]


def test_of_a_session_to_which_few_came_nothing_is_told_but_how_many() -> None:
    assert loyalty([(40, 40), (4, 4), (60, 20), (45, 20)]) == [(40, 0), None, (20, 40), None]


def test_the_first_session_is_told_as_everybody_knows_that_all_were_new() -> None:
    assert loyalty([(4, 4), (50, 30)]) == [(4, 0), (30, 20)]


def test_sessions_are_in_the_order_in_which_they_were_held() -> None:
    results = counted([(40, 40), (50, 47), (60, 20), (45, 20)])
    backwards = replace(results, sessions=tuple(reversed(results.sessions)))
    plan = programme(TITLES)
    there, back = (breakdowns(one, plan, published=True) for one in (results, backwards))
    assert there.loyalty == back.loyalty
    assert list(there.loyalty) == ["s0", "s1", "s2", "s3"]


def test_where_no_other_session_could_make_up_for_it_the_number_of_people_is_not_published() -> None:
    """Two sessions of 40 and of 50 people, 87 in all: 3 came twice."""
    rows = [(40, 40), (50, 47)]
    results = counted(rows, distribution={1: 84, 2: 3}, types={"commune": 87}, territories={"Nord": 87})
    found = breakdowns(results, programme(TITLES), published=True)
    assert (found.tells_people, dict(found.loyalty)) == (False, {"s0": (40, 0), "s1": None})
    assert found.sessions.hidden
    assert (found.types.shown, found.territories.shown, found.types.total) == ((), (), None)
    inside = breakdowns(results, programme(TITLES), published=False)
    assert inside.tells_people
    assert inside.loyalty["s1"] is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=4), st.integers(0, 9))
def test_nobody_can_work_a_small_count_out(later: list[tuple[int, int]], opening: int) -> None:
    """Who knows how many came, the sum of newcomers and the rule still has two answers for each that is hidden."""
    rows = [(opening, opening), *((new + again, new) for new, again in later)]
    results = counted(rows)
    found = breakdowns(results, programme([str(index) for index in range(len(rows))], THRESHOLD), published=False)
    shown = [found.loyalty.get(f"s{index}", (0, 0)) for index in range(len(rows))]
    first = next((index for index, (came, _) in enumerate(rows) if came), 0)
    for index, ((came, new), told) in enumerate(zip(rows, shown, strict=True)):
        if told is not None:
            assert told == (new, came - new)
            assert index <= first or not any(0 < count < 3 for count in (came, new, came - new))
    hidden = [index for index, one in enumerate(shown) if one is None]
    total = sum(rows[index][1] for index in hidden)
    if hidden and not _is_told_by_the_sum(rows, hidden):
        answers = [one for one in product(*(_possible(rows[index][0]) for index in hidden)) if sum(one) == total]
        assert all(len({answer[place] for answer in answers}) > 1 for place in range(len(hidden)))


THRESHOLD = PRIVATE.replace("smallest-group = 5", "smallest-group = 3")


def _possible(came: int) -> range:
    """How many newcomers a hidden session can have: 0 is shown, unless few came."""
    return range(came + 1) if came < 3 else range(1, came)


def _is_told_by_the_sum(rows: Sequence[tuple[int, int]], hidden: Sequence[int]) -> bool:
    """Whether all later sessions are hidden, and would have to be with the number of people: see the next test."""
    return len(hidden) == sum(came > 0 for came, _ in rows) - 1


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=4), st.integers(1, 30))
def test_what_is_published_never_tells_how_many_people_there_are_where_that_tells_a_small_count(
    later: list[tuple[int, int]], opening: int
) -> None:
    rows = [(opening, opening), *((new + again, new) for new, again in later)]
    found = breakdowns(counted(rows), programme([str(index) for index in range(len(rows))]), published=True)
    hidden = [index for index in range(len(rows)) if found.loyalty.get(f"s{index}", ()) is None]
    assume(hidden)
    if found.tells_people:
        bounds = [(0, came) if came < 11 else (1, came - 1) for came, _ in (rows[index] for index in hidden)]
        total = sum(rows[index][1] for index in hidden)
        for place, (low, high) in enumerate(bounds):
            others = bounds[:place] + bounds[place + 1 :]
            least = max(low, total - sum(most for _, most in others))
            most = min(high, total - sum(fewest for fewest, _ in others))
            assert least < most
    else:
        assert hidden == [index for index, (came, _) in enumerate(rows) if came and index]
        assert not found.types.shown
        assert not found.sessions.shown


# ---- axes


@given(st.lists(st.sets(st.sampled_from(["", "lieux", "themes"]), min_size=1), min_size=1, max_size=60))
def test_people_of_axes_are_those_of_their_regions(people: list[set[str]]) -> None:
    """Where nothing is small nothing is hidden, so that the regions must have been the right ones."""
    names = sorted(set().union(*people))
    axes = {name: sum(name in one for one in people) for name in names}
    pairs = {pair: sum(set(pair) <= one for one in people) for pair in combinations(names, 2)}
    many = [one for one in people for _ in range(11)]
    results = cycle(
        [session(0, attended=0)],  # no head count beside which a number of people would tell who came twice
        people=len(many),
        distribution=Counter(map(len, many)),
        axes={name: 11 * count for name, count in axes.items()},
        overlap={pair: 11 * count for pair, count in pairs.items() if count},
    )
    found = breakdowns(results, programme(TITLES), published=True).axes
    assert found.single == {name: 11 * count for name, count in axes.items()}
    assert found.pairs == {pair: 11 * count for pair, count in pairs.items()}


def test_a_small_overlap_is_hidden_and_said_to_be() -> None:
    results = counted(
        [(60, 60), (70, 40)],
        distribution={1: 70, 2: 30},
        axes={"lieux": 60, "themes": 43},
        overlap={("lieux", "themes"): 3},
    )
    by_key = {one.key: one for one in attendance.breakdowns(told(results))}
    assert by_key["overlap"].rows[0][1] is None
    assert not by_key["overlap"].is_told
    assert by_key["overlap"].notes
    assert "masqué" in page(told(results))


def test_the_overlap_of_very_many_axes_is_hidden() -> None:
    def shown(axes: int) -> Overlap:
        many = replace(counted([(90, 90)]), regions={frozenset({f"a{number}"}): 20 for number in range(axes)})
        return breakdowns(many, programme(TITLES), published=True).axes

    assert not shown(7).hidden
    assert shown(8).hidden


def test_axes_stand_in_the_order_of_the_programme_and_the_rest_last() -> None:
    results = counted([(110, 110)], axes={"": 40, "lieux": 40, "themes": 50}, overlap={("", "themes"): 20})
    by_key = {one.key: one for one in attendance.breakdowns(told(results))}
    labels = [told(results).words(label) for label, _ in by_key["axes"].rows]
    assert labels == ["Axe géographique", "Axe thématique", "Hors axe"]
    both = {told(results).words(label): count for label, count in by_key["overlap"].rows}
    assert both["Axe thématique et Hors axe"] == 20
    assert both["Axe géographique et Axe thématique"] == 0


# ---- types, territories, numbers of sessions


GROUPS = {"Nord": 60, "Sud": 30, "Est": 6, "Ouest": 4, "": 15}


def test_small_groups_are_merged_and_only_their_number_is_told() -> None:
    results = counted([(115, 115)], territories=GROUPS, types={"": 115})
    (one,) = (one for one in attendance.breakdowns(told(results)) if one.key == "territories")
    rows = {told(results).words(label): count for label, count in one.rows}
    assert rows == {"Nord": 60, "Sud": 30, "autres (3 groupes)": 25}
    everything = "".join([page(told(results)), text(told(results)), *sheets(told(results))])
    assert "Nord" in everything
    assert "Ouest" not in everything
    assert "autres (" in everything


def test_inside_the_house_smaller_groups_are_told() -> None:
    results = counted([(115, 115)], territories=GROUPS)
    found = breakdowns(results, programme(TITLES), published=False).territories
    assert dict(found.shown)["Nord"] == 60
    assert len(found.shown) > len(breakdowns(results, programme(TITLES), published=True).territories.shown)


def test_a_breakdown_that_cannot_be_told_says_so() -> None:
    results = counted([(15, 15)], territories={"Nord": 8, "Sud": 7}, types={"": 15})
    (one,) = (one for one in attendance.breakdowns(told(results)) if one.key == "territories")
    assert one.rows == ()
    note = told(results).words(one.notes[0])
    assert note.startswith("Répartition masquée")
    assert note in page(told(results))
    assert any(note in sheet for sheet in sheets(told(results)))


def test_what_is_not_determined_of_anybody_is_no_breakdown() -> None:
    results = counted([(60, 60)], territories={"": 60}, types={"": 60})
    assert [one.key for one in attendance.breakdowns(told(results))] == ["sessions"]


def test_nobody_measured_is_nothing_to_break_down() -> None:
    results = cycle([unmeasured(0, 12, "stated")], people=0)
    assert attendance.breakdowns(told(results)) == ()
    assert attendance_data.data(told(results))["breakdowns"] is None


def test_the_tail_of_the_sessions_attended_is_merged() -> None:
    results = counted([(90, 60), (80, 40), (70, 20), (60, 20)], distribution={1: 60, 2: 50, 3: 25, 4: 5})
    one = attendance.breakdowns(told(results))[0]
    rows = {told(results).words(label).replace("\u00a0", " "): count for label, count in one.rows}
    assert rows == {"1 séance": 60, "2 séances ou plus": 80}
    data = attendance_data.data(told(results))["breakdowns"]["sessions_attended"]
    assert data["or_more"] == {"sessions": 2, "persons": 80}


# ---- what is written holds no hidden count


def text(found: Told) -> str:
    return json.dumps(attendance_data.data(found), ensure_ascii=False)


def page(found: Told) -> str:
    return html.render(attendance_page.document(found))


def sheets(found: Told) -> list[str]:
    book = attendance_sheets.workbook(found)
    return [spreadsheet.delimited(one).decode() for one in (*book.sheets, attendance_sheets.sheet(found))]


def test_a_hidden_count_is_in_no_output() -> None:
    """4711 people of 4714 were new, 3 not: numbers that stand nowhere else."""
    rows = [(9000, 9000), (4714, 4711), (6007, 3004)]
    shown = counted([*rows[:1], (4714, 2357), *rows[2:]])
    assert "2357" in text(told(shown, titles=TITLES[:3]))
    results = counted(rows, distribution={1: 16000, 2: 615, 3: 100})
    found = told(results, titles=TITLES[:3])
    assert found.groups.tells_people
    data = attendance_data.data(found)["sessions"][1]["figures"]
    for name in ("newcomers", "returning"):
        assert data[name]["hidden"] is True
        assert [data[name][key] for key in ("value", "low", "high", "persons")] == [None] * 4
    for output in (text(found), page(found), *sheets(found), text(told(results, session="s1", titles=TITLES[:3]))):
        plain = output.replace("\u202f", "")
        assert "4711" not in plain
        assert "3004" not in plain


def test_where_people_cannot_be_told_nothing_that_tells_them_is() -> None:
    results = counted([(4000, 4000), (5000, 4997)], distribution={1: 8994, 2: 3}, types={"commune": 8997})
    results = replace(
        results,
        figures=tuple(
            replace(one, low=one.value, high=one.value, persons=8997) if one.value is not None else one
            for one in results.figures
        ),
    )
    assert "8997" in text(told(results, published=False, titles=TITLES[:2]))
    found = told(results, titles=TITLES[:2])
    data = attendance_data.data(found)
    assert data["figures"]["people"]["hidden"] is True
    assert data["figures"]["weak-share"]["hidden"] is True
    for output in (text(found), page(found), *sheets(found)):
        plain = output.replace("\u202f", "")
        assert "8997" not in plain
        assert "4997" not in plain
        assert "8994" not in plain


def test_an_absent_figure_stays_absent_where_its_kind_is_hidden() -> None:
    results = counted([(40, 40), (50, 47)], weak=None)
    figure = attendance_data.data(told(results))["figures"]["weak-share"]
    assert (figure["hidden"], figure["absent"]) == (False, "no-records")


# ---- data


def test_a_figure_as_data() -> None:
    results = cycle([session(0, attendance_rate=Fraction(2, 3), mean_minutes=Fraction(1, 3))], people=40)
    data = attendance_data.data(told(results, session="s0"))
    assert set(data) == {
        "cycle",
        "timezone",
        "minimum_seconds",
        "clipped",
        "smallest_group",
        "sessions",
        "gaps",
    }
    (one,) = data["sessions"]
    assert one["figures"]["attendance-rate"]["value"] == 0.666667
    assert one["figures"]["mean-minutes"]["value"] == 0.33
    assert one["figures"]["peak"] == {
        "value": 38,
        "low": 38,
        "high": 38,
        "hidden": False,
        "absent": None,
        "provenance": "measured",
        "persons": None,
        "at": "2023-01-02T10:12:00+01:00",
        "on": None,
        "sources": ["0123456789abcdef"],
        "missing": [],
    }
    assert (one["start"], one["end"], one["held"]) == ("2023-01-02T10:00:00+01:00", "2023-01-02T11:00:00+01:00", True)
    assert one["curve"][1] == {"at": "2023-01-02T10:05:00+01:00", "present": 30}
    assert one["thresholds"][0] == {"name": "1-minute", "seconds": 60, "attended": 43}
    assert one["views"] == [{"on": "2023-05-04", "views": 100}]


def test_bounds_as_data() -> None:
    people = Figure("people", None, low=12, high=15, provenance="mixed", missing=("s1",))
    results = counted([(40, 40)])
    results = replace(results, figures=tuple(people if one.name == "people" else one for one in results.figures))
    found = attendance_data.data(told(results))["figures"]["people"]
    assert [found[key] for key in ("value", "low", "high", "missing")] == [None, 12, 15, ["s1"]]


def test_sessions_without_hours_have_none() -> None:
    results = cycle([replace(session(0), hours=None, hours_held=False, curve=())])
    (one,) = attendance_data.data(told(results))["sessions"]
    assert (one["start"], one["end"], one["curve"]) == (None, None, [])


def test_gaps_are_named_by_session() -> None:
    results = cycle(
        [
            session(0),
            unmeasured(1),
            changed(session(2), peak={"value": None, "absent": "no-times"}),
            changed(session(3), half_way={"value": None, "absent": "no-hours"}, views={"absent": "too-few"}),
        ]
    )
    found = attendance.gaps(told(results))
    assert found == (
        ("registrations", ("s1",)),
        ("attendance", ("s1",)),
        ("times", ("s2",)),
        ("hours", ("s3",)),
        ("views", ("s1",)),
    )
    assert told(results).words(attendance.gap(told(results), *found[1])) == "Présences inconnues\u00a0: s1."
    assert "Présences inconnues" in page(told(results))
    assert attendance_data.data(told(results))["gaps"][0] == {"kind": "registrations", "sessions": ["s1"]}


def test_a_session_that_is_not_counted_is_no_gap() -> None:
    found = changed(unmeasured(0, absent="not-held"), attended={"absent": "not-held"})
    assert attendance.gaps(told(cycle([found]))) == ()
    assert attendance.gaps(told(cycle([unmeasured(0)])))


def test_nothing_known_is_empty_and_a_stated_number_is_not() -> None:
    assert attendance.is_empty(cycle([unmeasured(0)]))
    assert not attendance.is_empty(cycle([unmeasured(0, 12, "stated")]))


# ---- words


def test_thresholds_say_what_was_asked_for() -> None:
    found = told(cycle([session(0)]))
    one = found.results.sessions[0]
    said = [found.words(attendance.threshold(found, threshold)).replace("\u00a0", " ") for threshold in one.thresholds]
    assert said == ["1 minute", "5 minutes", "la moitié de la séance (30 min)", "85 % de la séance (51 min)"]
    unknown = Threshold("half", None, None)
    assert found.words(attendance.threshold(found, unknown)) == "la moitié de la séance"
    assert found.words(attendance.reached(found, unknown)).replace("\u00a0", " ") == "n. d."


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (platform("unique-viewers", 52, "attended"), "réunies lorsqu’elles ont plusieurs adresses"),
        (platform("participants", 40, "attended", "teams"), "Les deux s’accordent."),
        (platform("max-concurrent", 0, "peak"), "n’a pas fait ce compte"),
        (platform("users", 80), "compte une connexion de plus"),
        (platform("cancelled", 0), "inscriptions annulées"),
        (platform("Ada Lovelace", 7), "ne dit pas comment elle compte"),
    ],
)
def test_a_platform_s_total_stands_beside_ours_and_the_difference_is_explained(total: Any, words: str) -> None:
    results = cycle([replace(session(0), platform=(total,))])
    found = told(results, session="s0")
    said = found.words(attendance.difference(found, results.sessions[0], total))
    assert words in said
    assert ("dans notre compte" in said) == (total.ours is not None)
    assert words in page(found).replace("&#39;", "'")
    # What no reader of ours calls a figure is not repeated.
    assert "Lovelace" not in text(found) + page(found)


def test_several_totals_of_one_kind_are_said_to_be_several() -> None:
    totals = (platform("participants", 52, "attended"), platform("participants", 12, "attended"))
    results = cycle([replace(session(0), platform=totals)])
    found = told(results, session="s0")
    assert "2 totaux de cette sorte" in found.words(attendance.difference(found, results.sessions[0], totals[0]))
    assert [one["value"] for one in attendance_data.data(found)["sessions"][0]["platform"]] == [52, 12]


def test_persons_without_times_are_said() -> None:
    results = cycle([replace(session(0), without_times=3)])
    found = told(results, session="s0")
    said = found.words(attendance.without_times(found, results.sessions[0]))
    assert said.startswith("3 participants n’apparaissent ni dans la courbe ni dans le pic")
    assert said in page(found)
    assert attendance.without_times(found, session(0)) == ()


# ---- sheets and pages


def test_the_sheet_of_the_sessions_ends_with_the_cycle() -> None:
    sessions = [
        session(0, attended=1500, attendance_rate=Fraction(5, 8), median_minutes=Fraction(105, 2)),
        unmeasured(1),
    ]
    results = cycle(sessions, people=1490)
    sheet = attendance_sheets.sheet(told(results, titles=TITLES[:2]))
    first, second, last = (dict(zip(sheet.titles, row, strict=True)) for row in sheet.rows)
    assert (first["Identifiant"], first["Début"]) == ("s0", "2023-01-02 10:00")
    assert (first["Participants présents"], first["Temps de présence médian (min)"]) == (1500, 53)
    assert first["Taux de présence"] == "62,5\u00a0%"
    assert first["Heure du pic"] == "10:12"
    assert second["Participants présents"] == "n. d."
    assert (last["Identifiant"], last["Séance"]) == (None, "Ensemble du cycle")
    assert last["Personnes distinctes"] == 1490


def test_a_workbook_has_only_the_sheets_that_say_something() -> None:
    titles = [sheet.name for sheet in attendance_sheets.workbook(told(counted([(40, 40)]))).sheets]
    assert titles == [
        "Séance par séance",
        "Chiffres",
        "Répartitions",
        "Courbe de présence",
        "Seuils de présence",
        "Relevés de vues",
    ]
    alone = attendance_sheets.workbook(told(cycle([unmeasured(1)]), session="s1"))
    assert [sheet.name for sheet in alone.sheets] == ["Chiffres"]
    assert (
        "Règle",
        "Compte comme présente toute personne restée au moins 5 minutes, équipe et intervenants non compris.",
    ) in alone.about
    assert dict(alone.about)["Ce qui manque"] == "Vues inconnues\u00a0: s1."


def test_the_sheets_of_a_session_tell_its_figures_with_method_and_origin() -> None:
    results = cycle([replace(session(0, median_minutes=Fraction(95)), platform=(platform("users", 80),))])
    sheet = attendance_sheets.sheet(told(results, session="s0"))
    rows = {str(row[0]): row for row in sheet.rows}
    assert rows["Participants présents"][1] == 40
    assert rows["Pic de présence"][1] == "38 (10h12)"
    assert rows["Temps de présence médian"][1] == "1\u00a0h\u00a035"
    assert rows["Participants présents"][3] == "mesuré\u00a0: 1 fichier importé"
    assert (
        rows["Identifiés par leur nom seul"][4]
        == "Aucun fichier n’a été importé, et aucun nombre n’est indiqué à la main."
    )
    book = attendance_sheets.workbook(told(results, session="s0"))
    assert any("Zoom" in str(row) for one in book.sheets for row in one.rows)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("one", [None, "s0", "s1"])
def test_the_page_is_made_in_both_languages_and_for_what_is_not_known(lang: Language, one: str | None) -> None:
    results = cycle([session(0), unmeasured(1), session(2, peak=None)], people=80, distribution={1: 60, 2: 20})
    found = told(results, session=one, lang=lang, titles=TITLES[:3])
    made = markdown.render(attendance_page.document(found))
    assert ("Fréquentation" if lang == "fr" else "Attendance") in made
    assert ("40" in made) == (one != "s1")
    assert html.render(attendance_page.document(found)).count("<h1") == 1


def test_a_session_of_no_date_has_none_on_its_page() -> None:
    plan = programme(TITLES[:1])
    undated = plan.model_copy(
        update={"sessions": (plan.sessions[0].model_copy(update={"start": None, "end": None, "status": "postponed"}),)}
    )
    results = cycle([unmeasured(0)])
    groups = breakdowns(results, undated, published=True)
    for chosen in (None, undated.sessions[0]):
        found = Told(results, groups, undated, "fr", DAY, chosen)
        assert "2023-01-02" not in page(found)


def test_a_title_is_text_everywhere() -> None:
    hostile = "=1+1 <script>alert(1)</script> [x](http://example.org) *gras*"
    results = counted([(40, 40)], territories={"=cmd|' /C calc'!A0": 40}, types={"": 40})
    found = told(results, titles=[hostile])
    made = page(found)
    assert "<script>" not in made
    assert "&lt;script&gt;" in made
    csv = "".join(sheets(found))
    assert "'=1+1" in csv
    assert "'=cmd" in csv


def test_the_same_figures_make_the_same_bytes() -> None:
    made = [
        (text(one), page(one), sheets(one), spreadsheet.workbook(attendance_sheets.workbook(one)))
        for one in (told(counted([(40, 40), (50, 47)])) for _ in range(2))
    ]
    assert made[0] == made[1]


def test_the_mapping_of_hours_is_that_of_the_cycle_s_zone() -> None:
    found = told(cycle([session(0)]))
    assert attendance.at(found, start(0) + timedelta(minutes=12)) == "10h12"


def test_every_gap_has_its_sentence() -> None:
    found: Mapping[str, Any] = attendance.GAPS
    assert all(told(cycle([])).text(f"gap.{kind}", sessions="s0") for kind in found)


@pytest.mark.parametrize(
    ("people", "weak", "hidden"), [(100, 10, True), (100, 11, False), (100, 0, False), (20, 15, True)]
)
def test_a_share_of_few_people_is_hidden_with_its_count(people: int, weak: int, hidden: bool) -> None:
    results = cycle([session(0)], people=people, weak=Fraction(weak, people))
    shown = attendance.figure(told(results), None, "weak-share")
    assert shown.hidden is hidden
    assert (shown.figure.value is None) is hidden
