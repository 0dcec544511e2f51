"""Every rule: what it finds, where, and that the corrected programme has nothing to find; the whole never raises."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.checks.cases import CASES
from tests.checks.writing import (
    NOW,
    Case,
    found,
    read,
    session,
)
from tests.strategies import Data, programmes
from webcycle import checks, texts
from webcycle.errors import Finding, Language, Severity
from webcycle.programme import Programme


def name(case: Case) -> str:
    return f"{case.code}-{'.'.join(map(str, case.path))}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_rule_finds_what_is_wrong_and_where(case: Case) -> None:
    programme = read(case.wrong, cycle=case.cycle)
    ((code, path, values),) = found(programme)
    if case.code in ("unknown-ignore", "unknown-text"):
        values["known"] = values["known"].split(", ")[0]
    assert (code, path, values) == (case.code, case.path, case.values)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_corrected_programme_has_nothing_to_find(case: Case) -> None:
    assert found(read(case.right, cycle=case.cycle if case.right_cycle is None else case.right_cycle)) == []


def test_every_code_has_a_case() -> None:
    # These are tested apart: for each address, for each country, and with what was measured.
    assert {case.code for case in CASES} | {"http-link", "public-holiday", "stated-differs"} == set(checks.CODES)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_finding_gives_every_field_of_its_sentences(case: Case, lang: Language) -> None:
    for one in checks.check(read(case.wrong, cycle=case.cycle), NOW):
        assert "{" not in texts.message(lang, one)
        assert texts.hint(lang, one)


def test_the_base_programme_has_nothing_to_find() -> None:
    assert found(read()) == []


def test_every_rule_says_its_constraint() -> None:
    assert len(checks.RULES) > 25
    assert len(checks.FIGURE_RULES) == 2
    for rule in (*checks.RULES, *checks.FIGURE_RULES):
        assert rule.__doc__
        assert rule.__doc__.endswith(".")


def test_an_ignored_warning_is_not_shown() -> None:
    body = session("a", start="2021-04-17", end="")
    assert [code for code, _path, _values in found(read(body))] == ["weekend"]
    assert found(read(body + '[check]\nignore = ["weekend"]')) == []


def test_an_ignored_error_is_shown_all_the_same() -> None:
    body = session("a", 'axis = "geo"') + '[check]\nignore = ["unknown-axis"]'
    assert [code for code, _path, _values in found(read(body))] == ["ignored-error", "unknown-axis"]


def test_one_wording_may_stand_for_both_forms_of_a_plural() -> None:
    assert found(read(session("a") + '[texts.en.metrics.counted]\nleast = "{number} min"')) == []


def test_findings_are_in_the_order_of_their_paths() -> None:
    body = "".join(session(f"s{n}", 'contact = "x"\naxis = "y"', f"2021-01-{n:02}", "") for n in range(1, 13))
    paths = [path for _code, path, _values in found(read(body))]
    assert paths[:4] == [
        ("session", 0, "axis"),
        ("session", 0, "contact"),
        ("session", 1, "axis"),
        ("session", 1, "contact"),
    ]
    assert paths[-1] == ("session", 11, "contact")


def test_a_programme_with_many_ids_still_suggests_the_likeliest() -> None:
    known = "".join(f'[[contact]]\nid = "desk-{n}"\nname = "D"\n' for n in range(300))
    ((_code, _path, values),) = found(read(session("a", 'contact = "desk-2500"') + known))
    assert values["known"].split(", ")[0] == "desk-250"
    ((_code, _path, values),) = found(read(session("a", 'contact = "zzz"') + known))
    assert len(values["known"].split(", ")) == 5


moments = st.datetimes(datetime(1985, 1, 1), datetime(2110, 1, 1), timezones=st.just(UTC))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(programmes(loose=True), moments)
def test_check_never_raises_and_every_finding_can_be_said(data: Data, now: datetime) -> None:
    programme = Programme.model_validate(data)
    findings = checks.check(programme, now)
    assert findings == checks.check(programme, now)
    for one in findings:
        assert one.severity is checks.CODES[one.code]
        assert texts.message("fr", one)
        assert texts.hint("en", one)
        assert reaches(data, one)


def reaches(data: Data, one: Finding) -> bool:
    """Whether the path leads to a value of the data, or to a key that a table of it lacks."""
    node: Any = data
    for part in one.path[:-1]:
        node = node[part]
    return isinstance(node, dict) or one.path[-1] in range(len(node))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(programmes(), moments)
def test_a_programme_with_unique_ids_and_known_references_has_no_error(data: Data, now: datetime) -> None:
    errors = [one.code for one in checks.check(Programme.model_validate(data), now) if one.severity is Severity.ERROR]
    # Drawn texts and addresses may happen to be refused Markdown, or the address of a join link.
    written = {code for code in checks.CODES if code.startswith(("rich-text-", "join-link-"))}
    assert set(errors) <= {"agenda-reversed", *written}
