"""The machine-readable review: what it holds, that it is read back, and what is no review."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.published.made import as_they_are
from tests.review import measuring
from tests.review.measuring import FILE, OTHER, cycle, usual
from tests.review.test_measured_review import TWO, made
from tests.review.test_review import BASE, NOW, claim, counts, session
from webcycle.documents import review_data
from webcycle.errors import RefusedError
from webcycle.programme import Programme
from webcycle.review import Amount, Change, Review, data, growth, review

LONG = '[[session]]\nid = "late"\ntitle = "Late"\nstart = 2030-01-01\nend = 2030-01-02\n'


def dumped(found: Review, lang: Any = "en") -> dict[str, Any]:
    told: dict[str, Any] = json.loads(data.dump(review_data.build(found, lang)))
    return told


def named(told: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in told}


def test_every_figure_has_its_amount_provenance_sources_and_method() -> None:
    told = dumped(made(usual(), *TWO))
    assert (told["version"], told["issued"], told["least"]) == (1, "2023-11-14", 11)
    assert told["cycle"] == {"id": "cycle", "title": "Cycle", "language": "fr"}
    figures = named(told["figures"])
    assert figures["participations"] == {
        "name": "participations",
        "value": 1537,
        "low": None,
        "above": None,
        "high": None,
        "absent": None,
        "provenance": "measured",
        "sources": [FILE, OTHER],
        "on": "2023-11-14",
        "missing": [],
        "method": "Sum of the participants of each session: a person counts as often as they came.",
    }
    assert figures["attendance-rate"]["value"] == 0.625
    assert figures["median-minutes"]["value"] == 50.5
    assert figures["mean-minutes"]["absent"] == "no-records"
    assert all(one["method"] for one in told["figures"])
    assert list(figures)[:5] == ["sessions-held", "registrations", "participations", "people", "views"]


def test_bounds_and_what_is_not_known_are_told_as_such() -> None:
    results = cycle(measuring.session("s0", attended=900, newcomers=900))
    parts = (session(0), session(1, counts(participants=300)), claim("views", "more-than = 3600"))
    figures = named(dumped(made(results, *parts))["figures"])

    def amount(name: str) -> tuple[Any, ...]:
        return tuple(figures[name][key] for key in ("value", "low", "above", "high", "absent"))

    assert amount("people") == (None, 900, None, 1200, None)
    assert amount("views") == (None, 3601, 3600, None, None)
    assert amount("registrations") == (None, None, None, None, "not-known")
    assert figures["registrations"]["missing"] == ["s0", "s1"]
    hidden = named(dumped(made(results, *parts, tell_people=False))["figures"])["people"]
    assert (hidden["value"], hidden["low"], hidden["absent"]) == (None, None, "small-group")


def test_sessions_have_their_figures_the_stated_ones_beside_and_why_one_is_absent() -> None:
    parts = (session(0, counts(participants=8)), session(1, counts(registered=700, views=7)), LONG)
    results = cycle(measuring.session("s0", (("2023-05-04", 360),), attended=900, newcomers=900))
    first, second, late = dumped(made(results, *parts))["sessions"]
    assert (first["id"], first["state"], first["start"]) == ("s0", "held", "2023-01-01T10:00:00+01:00")
    attended, views = (named(first["figures"])[name] for name in ("attended", "views"))
    assert (attended["value"], attended["stated"], attended["provenance"], attended["sources"]) == (
        900,
        8,
        "measured",
        [FILE],
    )
    assert (views["value"], views["on"]) == (360, "2023-05-04")
    registered = named(second["figures"])["registered"]
    assert (registered["value"], registered["provenance"], registered["sources"]) == (700, "stated", ["head count"])
    assert named(second["figures"])["peak"]["absent"] == "no-records"
    assert (late["start"], late["end"], late["state"]) == ("2030-01-01", "2030-01-02", "to-come")
    assert {one["absent"] for one in late["figures"]} == {"not-held"}


def test_groups_of_few_people_are_together() -> None:
    results = cycle(
        measuring.session("s0", attended=60, newcomers=60, returning=0),
        measuring.session("s1", attended=42, newcomers=7, returning=35),
        measuring.session("s2", attended=42, newcomers=8, returning=34),
        distribution={1: 20, 2: 25, 3: 30},
        territories={"North": 40, "South": 20, "East": 3, "West": 9, "": 3},
    )
    told = named(dumped(made(results, session(0), session(1), session(2)))["breakdowns"])
    assert told["territories"] == {
        "name": "territories",
        "columns": ["people"],
        "hidden": False,
        "groups": [{"names": ["North"], "counts": [40]}, {"names": ["South"], "counts": [20]}],
        "merged": 15,
        "merged_from": None,
    }
    assert [one["counts"] for one in told["newcomers"]["groups"]] == [[60, 0], [None, None], [None, None]]
    assert [one["counts"] for one in told["sessions-attended"]["groups"]] == [[20], [25], [30]]
    assert dumped(made(None, *TWO))["breakdowns"] == []
    assert dumped(made(cycle(measuring.session("s0", registered=5)), session(0)))["breakdowns"] == []


def test_claims_say_what_the_data_say_of_them() -> None:
    said = (claim("participations", "more-than = 1500"), claim("people", "equals = 3"))
    first, second = dumped(made(usual(), *TWO, *said))["claims"]
    assert first == {
        "figure": "participations",
        "said": "participations > 1500",
        "on": "2023-06-01",
        "source": "communiqué of 2023-06-01",
        "verdict": "holds",
        "reason": "counted",
        "counted": "1537",
        "missing": [],
    }
    assert (second["verdict"], second["counted"]) == ("contradicted", "1100")
    _, hidden = dumped(made(usual(), *TWO, *said, tell_people=False))["claims"]
    assert (hidden["verdict"], hidden["counted"], hidden["missing"]) == ("contradicted", "", [])


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("results", [None, usual()])
def test_it_is_as_its_schema_says_and_is_read_back(lang: Any, results: Any) -> None:
    parts = (*TWO, LONG, claim("views", "more-than = 3600"), '[[link]]\ntitle = "Somewhere"\n')
    before = review_data.build(made(results, *parts), lang)
    told = review_data.build(made(results, *parts, before=before), lang)
    raw = data.dump(told)
    schema = json.loads(data.schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(raw))
    assert data.load(raw, "review.json") == told
    assert data.dump(data.load(raw, "review.json")) == raw


def test_every_key_of_the_schema_is_described() -> None:
    schema = json.loads(data.schema())
    tables = [schema, *schema["$defs"].values()]
    assert len(tables) > 10
    assert all("description" in key for table in tables for key in table["properties"].values())


# ---- growth


def earlier(**values: Any) -> data.ReviewData:
    """The review of a smaller cycle, with some amounts changed."""
    results = cycle(
        measuring.session("s0", (("2023-01-04", 300),), attended=800, newcomers=800), attendance_rate=Fraction(1, 2)
    )
    told = dumped(made(results, session(0)))
    for name, amount in values.items():
        named(told["figures"])[name.replace("_", "-")].update(amount)
    return data.load(json.dumps(told).encode(), "review.json")


def changes(before: data.ReviewData, results: Any = None, **more: Any) -> dict[str, Change]:
    found = made(results or usual(), *TWO, before=before, **more).comparison
    assert found is not None
    return {change.name: change for change in found.changes}


def test_growth_is_told_between_two_numbers() -> None:
    told = changes(earlier())
    participations = told["participations"]
    assert (participations.difference, participations.share) == (737, Fraction(737, 800))
    rate = told["attendance-rate"]
    assert (rate.difference, rate.share) == (Fraction(1, 8), None)
    comparison = made(usual(), *TWO, before=earlier()).comparison
    assert comparison is not None
    assert (comparison.cycle, comparison.title, comparison.issued) == ("cycle", "Cycle", date(2023, 11, 14))
    assert made(usual(), *TWO).comparison is None


NO = {"value": None, "low": None, "above": None, "high": None}


@pytest.mark.parametrize(
    ("then", "difference"),
    [
        ({"value": 0}, 1537),
        ({**NO, "low": 100, "high": 200}, None),
        ({**NO, "low": 101, "above": 100}, None),
        ({**NO, "absent": "small-group"}, None),
        ({**NO, "absent": "not-known"}, None),
    ],
)
def test_no_growth_is_made_up(then: dict[str, Any], difference: int | None) -> None:
    found = changes(earlier(participations=then))["participations"]
    assert (found.difference, found.share) == (difference, None)


def test_what_is_hidden_stays_hidden_and_what_nobody_knows_is_no_row() -> None:
    found = changes(earlier(people={"value": 50}), tell_people=False)["people"]
    assert (found.now.hidden, found.difference, found.share) == (True, None, None)
    told = changes(earlier())
    assert "registrants" in told
    assert "mean-minutes" not in told
    # The other review lacks what is not in it at all.
    bare = earlier().model_copy(update={"figures": ()})
    assert changes(bare) == {}


def test_what_has_not_changed_has_not_grown_though_it_was_rounded() -> None:
    third = cycle(
        measuring.session("s0", attended=900, newcomers=900),
        attendance_rate=Fraction(2, 3),
        mean_minutes=Fraction(1, 3),
        person_minutes=Fraction(1000, 3),
    )
    before = review_data.build(made(third, session(0)), "en")
    found = made(third, session(0), before=before).comparison
    assert found is not None
    told = {change.name: change for change in found.changes}
    for name in ("attendance-rate", "mean-minutes", "person-minutes", "people"):
        assert told[name].difference == 0, name


@given(st.fractions(0, 10**6), st.sampled_from(("attendance-rate", "mean-minutes", "people")))
def test_what_is_written_is_read_as_the_same_number(value: Fraction, name: str) -> None:
    told = growth.published(name, value)
    assert told is not None
    assert abs(told - value) <= Fraction(1, 200)
    # A double holds twelve digits for certain, which six before and six after the point are.
    assert data.amount(amount_data(float(told) if isinstance(told, Fraction) else told)) == Amount(told)


def amount_data(value: float) -> data.AmountData:
    return data.AmountData(value=value, low=None, above=None, high=None, absent=None)


# ---- what is no review

GOOD: dict[str, Any] = dumped(made(usual(), *TWO))


def broken(change: Callable[[dict[str, Any]], Any]) -> bytes:
    told: dict[str, Any] = json.loads(json.dumps(GOOD))
    change(told)
    return json.dumps(told).encode()


def refusal(raw: bytes) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        data.load(raw, "old.json")
    assert caught.value.values["file"] == "old.json"
    return caught.value


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        (b"", "1", "0"),
        (b"{\n 'a': 1}", "2", "2"),
        (b"[" * 100_000, "1", "201"),
        (b'{"version": 1, "cycle": "\xff"}', "1", "26"),
        (b"PK\x03\x04", "1", "1"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(raw: bytes, line: str, column: str) -> None:
    problem = refusal(raw)
    assert (problem.key, problem.values["line"]) == ("review-data.syntax", line)
    assert abs(int(problem.values["column"]) - int(column)) <= 2


def test_another_version_is_refused_as_such() -> None:
    problem = refusal(broken(lambda told: told.update(version=2)))
    assert (problem.key, problem.values["known"]) == ("review-data.version", "1")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda told: told.pop("figures"), "figures"),
        (lambda told: told.update(more=1), "more"),
        (lambda told: told["figures"][2].update(value=-1), "figures.2.value"),
        (lambda told: told["figures"][2].update(value=10**400), "figures.2.value"),
        (lambda told: told["figures"][2].update(value="1537"), "figures.2.value"),
        (lambda told: told["figures"][2].update(value=True), "figures.2.value"),
        (lambda told: told["figures"][2].update(value=float("nan")), "figures.2.value"),
        (lambda told: told["figures"][2].update(name="profit"), "figures.2.name"),
        (lambda told: told["cycle"].update(title="a\x1b[31m"), "cycle.title"),
        (lambda told: told["cycle"].update(id="../x"), "cycle.id"),
        (lambda told: told.update(issued="yesterday"), "issued"),
        (lambda told: told.update(issued=5), "issued"),
        (lambda told: told["figures"][2].update({"x" * 1000: 1}), f"figures.2.{'x' * 190}"),
    ],
)
def test_what_is_not_as_it_should_be_is_refused_with_its_place(change: Any, place: str) -> None:
    problem = refusal(broken(change))
    assert problem.key == "review-data.value"
    assert problem.values["place"].startswith(place)
    assert len(problem.values["place"]) <= 200


@pytest.mark.parametrize("raw", [b"[]", b"null", b"3", b'"x"'])
def test_another_kind_of_json_is_refused(raw: bytes) -> None:
    assert refusal(raw).values["place"] == "."


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_but_those_of_a_review_are_read(raw: bytes) -> None:
    refusal(raw)


def test_the_same_review_gives_the_same_bytes() -> None:
    plan = Programme.model_validate(tomllib.loads(BASE + "".join(TWO)))
    told = as_they_are(usual(), plan)
    first, second = (data.dump(review_data.build(review(plan, NOW, told), "fr")) for _ in range(2))
    assert first == second
    assert first.endswith(b"}\n")
