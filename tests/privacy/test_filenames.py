"""Whether the name of a file tells of somebody: of the rows at hand, or of those who were forgotten."""

from __future__ import annotations

import unicodedata

import pytest

from webcycle import forgotten, privacy
from webcycle.forgotten import NOBODY
from webcycle.privacy import Subject
from webcycle.records import Registration, Visit

KEY = "ab" * 32
ROWS = (
    Registration(email="cyril@example.org", name="Cyril Caldremont"),
    Registration(email="zoe@example.org", name="Mme Zoé DE LA TOUR (Guest)", organisation="Port"),
    Registration(email="ada@example.org", name="Ada Lovelace, maire du Port", organisation="Port"),
    Visit(name="Bo Lund | Port office"),
    Registration(email="bea@example.org", first="Bea", last="Fisher"),
    Visit(name="Madonna"),
    Visit(name="山田太郎"),
    Visit(name="Li"),
    Visit(name="X"),
    Visit(name="2020"),
    Visit(name="Participants"),
    Visit(email="nobody@example.org"),
)
TELLING = (
    "Cyril Caldremont.csv",
    "caldremont_cyril-2020.csv",
    "CyrilCaldremont.csv",
    "export (Caldremont, Cyril).xlsx",
    "zoé de la tour.csv",
    "TOUR Zoe de la.csv",
    unicodedata.normalize("NFD", "Zoé de la Tour.csv"),
    "downloads of ada lovelace.csv",
    "Bo Lund.csv",
    "from madonna.csv",
    "registrations-fisher-bea.csv",
    "山田太郎.csv",
    "会議山田太郎の参加者.csv",
    "for Li.csv",
)
HARMLESS = (
    "participants.csv",
    "Caldremont.csv",
    "Cyril and Ada.csv",
    "Port office 2020-10-26.csv",
    "list-of-10.csv",
    "madonnas.csv",
    "x.csv",
    "",
)


@pytest.mark.parametrize("name", TELLING)
def test_the_name_of_a_file_tells_of_somebody_of_the_rows(name: str) -> None:
    assert privacy.telling(ROWS)(name)
    assert not privacy.telling(())(name)


@pytest.mark.parametrize("name", HARMLESS)
def test_other_names_of_files_tell_of_nobody(name: str) -> None:
    assert not privacy.telling(ROWS, _marked())(name)


def _marked() -> forgotten.Forgotten:
    subjects = (
        Subject("cyril@example.org", ("cyril@example.org",), names=("Cyril Caldremont",), forms=("caldremont cyril",)),
        Subject("zoe@example.org", ("zoe@example.org",), forms=("de la tour zoe",)),
        Subject("ada@example.org", ("ada@example.org", "name:ada lovelace"), forms=("ada lovelace",)),
        Subject("bo@example.org", ("bo@example.org",), forms=("bo lund",)),
        Subject("bea@example.org", ("bea@example.org",), forms=("bea fisher",)),
        Subject("m@example.org", ("m@example.org",), alone=("madonna",)),
        Subject("y@example.org", ("y@example.org",), forms=("山田太郎",)),
        Subject("name:li", ("name:li",), names=("li",)),
    )
    held = NOBODY
    for one in subjects:
        held = held.with_all(privacy.marked(one), KEY)
    return held


@pytest.mark.parametrize("name", TELLING)
def test_the_name_of_a_file_tells_of_somebody_who_was_forgotten(name: str) -> None:
    assert privacy.telling((), _marked())(name)


def test_a_mark_of_one_word_leaves_no_row_out() -> None:
    held = NOBODY.with_all(privacy.marked(Subject("m@example.org", ("m@example.org",), alone=("madonna",))), KEY)
    assert privacy.telling((), held)("Madonna.csv")
    assert privacy.standing(held)(Visit(name="Madonna")) == ("", "")
