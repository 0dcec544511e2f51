"""Whether all rows are there of which the ledger of imports tells."""

from __future__ import annotations

import pytest

from tests.privacy.test_privacy import entry
from webcycle import privacy
from webcycle.folder import ABSENT
from webcycle.ledger import Ledger, Part
from webcycle.records import PlatformTotal
from webcycle.store import Records, Stored

SOURCE = "a" * 16
REGISTRATIONS, ATTENDANCE = "sessions/maroc/registrations.csv", "sessions/maroc/attendance.csv"


def told(kind: str, *sessions: str) -> Ledger:
    stored = [Part(session=session) for session in sessions]
    return Ledger({SOURCE: entry("a.csv").model_copy(update={"kind": kind, "stored": stored})})


@pytest.mark.parametrize(
    ("kind", "files", "missing"),
    [
        ("registrations", (), True),
        ("registrations", (ATTENDANCE,), True),
        ("registrations", (REGISTRATIONS,), False),
        ("attendance", (), True),
        ("attendance", (REGISTRATIONS,), True),
        ("attendance", (ATTENDANCE,), False),
        ("both", (), True),
        ("both", (REGISTRATIONS,), False),
        ("both", (ATTENDANCE,), False),
        ("views", (), False),
    ],
)
def test_a_session_lacks_rows_whose_file_is_not_there(kind: str, files: tuple[str, ...], missing: bool) -> None:
    stored = Stored(Records(), dict.fromkeys((*files, "views.csv"), ABSENT))
    assert privacy.missing(told(kind, "maroc"), stored) == (("maroc",) if missing else ())


def test_each_session_is_named_once_in_their_order() -> None:
    assert privacy.missing(told("both", "b", "a", "", "b"), Stored(Records(), {})) == ("a", "b")
    assert privacy.missing(Ledger(), Stored(Records(), {})) == ()


def test_a_total_of_the_platform_alone_lacks_no_rows() -> None:
    total = PlatformTotal("maroc", "", "zoom", "participants", 3, SOURCE)
    assert privacy.missing(told("attendance", "maroc", "sante"), Stored(Records(totals=(total,)), {})) == ("sante",)
