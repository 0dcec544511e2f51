"""The rules that hold figures against what was measured."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.checks.writing import NOW, WEDNESDAY, read, session
from webcycle import checks, texts
from webcycle.claims import Measured, SessionCounts
from webcycle.errors import KeyPath, Severity
from webcycle.programme import Programme

CLAIM = '[[claim]]\nfigure = "participations"\n{}\non = 2021-04-27\nsource = "communiqué"\n'
MEASURED = Measured({"a": SessionCounts(registered=60, attended=40, newcomers=40, views=((date(2021, 2, 1), 100),))})


def found(programme: Programme, measured: Measured = MEASURED) -> list[tuple[str, KeyPath, dict[str, str]]]:
    return [(one.code, one.path, dict(one.values)) for one in checks.check(programme, NOW, measured)]


def stated(figures: str) -> str:
    return f'stated = {{ {figures}, source = "head count" }}'


def test_a_claim_is_held_against_what_was_measured() -> None:
    programme = read(session("a", stated("participants = 2000")) + CLAIM.format("more-than = 1500"))
    values = {"claimed": "participations > 1500", "counted": "40", "on": "2021-04-27", "source": "communiqué"}
    assert [code for code, *_ in found(programme, Measured())] == []
    assert found(programme)[0] == ("claim-contradicted", ("claim", 0, "more-than"), values)


def test_a_claim_that_what_was_measured_bears_out_is_no_finding() -> None:
    programme = read(session("a") + CLAIM.format("equals = 40"))
    assert found(programme) == []
    assert [code for code, *_ in found(programme, Measured({"a": SessionCounts(attended=41)}))] == [
        "claim-contradicted"
    ]


@pytest.mark.parametrize(
    ("figures", "key", "values"),
    [
        ("registered = 59", "registered", {"found": "a", "stated": "59", "measured": "60"}),
        ("participants = 41", "participants", {"found": "a", "stated": "41", "measured": "40"}),
        ("views = 99, on = 2021-02-01", "views", {"found": "a", "stated": "99", "measured": "100"}),
    ],
)
def test_a_stated_figure_that_the_records_contradict_is_a_warning_in_its_place(
    figures: str, key: str, values: dict[str, str]
) -> None:
    body = session("b", **WEDNESDAY) + session("a", stated(figures), "2021-01-27T10:00:00", "2021-01-27T11:00:00")
    assert found(read(body)) == [("stated-differs", ("session", 1, "stated", key), values)]
    assert found(read(body), Measured()) == []
    assert checks.CODES["stated-differs"] is Severity.WARNING
    assert found(read(body + '[check]\nignore = ["stated-differs"]')) == []


def test_what_is_stated_as_it_was_measured_is_no_finding() -> None:
    assert found(read(session("a", stated("registered = 60, participants = 40, views = 100")))) == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_finding_says_both_figures(lang: Any) -> None:
    (one,) = checks.check(read(session("a", stated("participants = 41"))), NOW, MEASURED)
    said = texts.message(lang, one)
    assert "41" in said
    assert "40" in said
    assert "{" not in said + texts.hint(lang, one)


def test_of_two_sessions_with_one_id_the_first_is_named() -> None:
    body = session("a", stated("participants = 41")) + session("a", **WEDNESDAY)
    paths = [path for code, path, _ in found(read(body)) if code == "stated-differs"]
    assert paths == [("session", 0, "stated", "participants")]
