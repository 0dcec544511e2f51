"""What is held of a person, as a page: what is kept too long is told as that."""

from __future__ import annotations

from datetime import date

import pytest

from tests.people.made import programme
from webcycle.documents import markdown, whois
from webcycle.errors import Language
from webcycle.privacy import Holding, Subject

ADDRESS = "ada@example.org"
UNTIL = date(2021, 8, 17)


def told(today: date | None, *, held: bool = True, until: date | None = UNTIL) -> whois.Told:
    line = Holding("sessions/one/registrations.csv", 2, "registration", fields={"email": ADDRESS})
    return whois.Told(Subject(ADDRESS, (ADDRESS,)), (line,) if held else (), programme(), until, (), today)


@pytest.mark.parametrize(
    ("lang", "kept", "overdue"),
    [
        ("fr", "Conservation jusqu’au", "Auraient dû être supprimées au plus tard le"),
        ("en", "Kept until", "Should have been deleted by"),
    ],
)
def test_a_date_that_is_past_is_told_as_past(lang: Language, kept: str, overdue: str) -> None:
    def said(one: whois.Told) -> str:
        return markdown.render(whois.document(one, lang)).replace("\u00a0", " ")

    for one in (told(UNTIL), told(None)):
        assert kept in said(one)
        assert overdue not in said(one)
        assert whois.data(one)["overdue"] is False
    late = told(date(2021, 8, 18))
    assert overdue in said(late)
    assert kept not in said(late)
    assert whois.data(late)["overdue"] is True
    assert whois.data(late)["kept-until"] == "2021-08-17"


def test_of_nothing_there_is_no_date() -> None:
    found = told(date(2026, 11, 21), held=False)
    assert not found.overdue
    assert "2021" not in markdown.render(whois.document(found, "en"))


def test_without_a_date_nothing_is_late() -> None:
    assert not told(date(2026, 11, 21), until=None).overdue
