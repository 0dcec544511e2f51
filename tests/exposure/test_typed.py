"""The name of a person in what registrants type for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.people.made import programme as tiny
from webcycle import exposure, privacy
from webcycle.exposure.typed import plain
from webcycle.folder import Folder
from webcycle.identity import People, resolve
from webcycle.records import Registration, dump

from .made import kinds

WHOLE = (
    "Adèle Brisefond, maire",
    "Adèle Brisefond, Maire de Trifouilly",
    "Adèle Brisefond, DREAL",
    "Adèle Brisefond, secteur nord",
    "adèle brisefond, maire",
    "Adèle Brisefond (mairie de Trifouilly)",
    "Adèle Brisefond [DREAL",
    "Adèle (Dédé) Brisefond",
    "Adèle Brisefond - Ville de Trifouilly",
    "Adèle Brisefond – Trifouilly",
    "Adèle Brisefond / DREAL",
    "Adèle Brisefond | UNESCO",
    "Adèle Brisefond adjointe au maire",
    "Adèle Brisefond de la ville de Trifouilly",
    "Mme Adèle Brisefond : Région",
    "DREAL - Adèle Brisefond",
    "DREAL (Adèle Brisefond)",
    "Ville de Trifouilly, Adèle Brisefond",
    "Brisefond Adèle, maire",
    "Brisefond, Adèle, maire",
    "Brisefond, Adèle - Trifouilly",
)


def of(folder: Path, *rows: Registration) -> exposure.Private:
    place = folder / "sessions" / "one"
    place.mkdir(parents=True)
    (place / "registrations.csv").write_text(dump(Registration, rows), "utf-8")
    return exposure.private(Folder(folder), tiny())


@pytest.mark.parametrize("name", WHOLE)
def test_the_plain_name_is_found_where_more_was_typed(name: str, tmp_path: Path) -> None:
    held = of(tmp_path, Registration("one", email="a@example.org", name=name))
    found = exposure.hits(held, "x", b"x\nvu par Ad\xc3\xa8le Brisefond hier")
    assert [(one.kind, one.line, one.record) for one in found] == [("name", 2, "sessions/one/registrations.csv:2")]
    assert kinds(held, name.encode())
    assert not kinds(held, b"Trifouilly, DREAL, Brisefond")


@pytest.mark.parametrize("name", WHOLE)
def test_the_plain_name_is_searched_for_when_its_bearer_is_forgotten(name: str) -> None:
    rows = [Registration("one", email="a@example.org", name=name)]
    subject = privacy.subject("a@example.org", resolve(rows, (), People()), People())
    assert privacy.proof(subject, [("x.md", "vu par Adèle Brisefond hier".encode())]).left
    assert not privacy.proof(subject, [("x.md", b"Trifouilly, DREAL")]).left


@pytest.mark.parametrize(
    "name",
    [
        "Adèle Brisefond",
        "Ville de Trifouilly",
        "Chiffres Clés",
        "Ville de Trifouilly - Service des sports",
        "de la Tour - DREAL",
        "Adèle, maire",
        "Maire, Adèle",
        "Galaxy A51 (12)",
        "Salle 2 - étage",
        "Brisefond, Adèle, Marie, Anne",
        ", ,",
        "()",
        "",
    ],
)
def test_no_name_is_made_up(name: str) -> None:
    assert plain(name) == ""


@pytest.mark.parametrize("name", ["de la Tour, Adèle", "DE LA TOUR, Adèle", "Martin Leroy, Marie", "Le Goff, de Marie"])
def test_a_surname_before_a_comma_is_no_name(name: str, tmp_path: Path) -> None:
    held = of(tmp_path, Registration("one", name=name))
    assert kinds(held, name.encode())
    assert not kinds(held, name.partition(",")[0].encode())


@pytest.mark.parametrize(
    ("name", "email", "body", "expected"),
    [
        ("Trifouilly Haut - Adèle Brisefond", "", "", "Trifouilly Haut"),
        ("Trifouilly Haut - Adèle Brisefond", "brisefond@example.org", "", "Adèle Brisefond"),
        ("Trifouilly Haut - Adèle Brisefond", "", "Trifouilly Haut", "Adèle Brisefond"),
        ("Trifouilly Haut - Les sports", "x@example.org", "Trifouilly Haut", ""),
        ("Adèle Brisefond, Trifouilly", "", "Ville de Trifouilly", "Adèle Brisefond"),
        ("Adèle Brisefond, Trifouilly", "", "", "Adèle Brisefond, Trifouilly"),
        ("Adèle Brisefond, consultante", "adele@example.org", "Adèle Brisefond", "Adèle Brisefond"),
    ],
)
def test_the_address_and_the_organisation_tell_which_part_is_the_person_s(
    name: str, email: str, body: str, expected: str
) -> None:
    assert plain(name, email, (body, "")) == expected


def test_what_is_a_body_s_bot_s_or_nobody_s_blocks_nothing(tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text(
        '[bots]\nnames = ["Otter Pilot"]\n[anonymous]\nnames = ["Salle Bleue, maire", "Poste Vert"]\n', "utf-8"
    )
    rows = [
        Registration("one", name="Trifouilly Haut - Adèle Brisefond"),
        Registration("one", email="b@example.org", organisation="Trifouilly Haut"),
        Registration("one", email="c@example.org", organisation="Trifouilly Haut"),
        Registration("one", name="Otter Pilot (DREAL)"),
        Registration("one", name="Salle Bleue, maire"),
        Registration("one", name="Poste Vert - DREAL"),
    ]
    held = of(tmp_path, *rows)
    for text in ("Trifouilly Haut", "Otter Pilot", "Salle Bleue", "Poste Vert", "Chiffres Clés"):
        assert not kinds(held, text.encode()), text
    assert kinds(held, "Trifouilly Haut Adèle Brisefond".encode())


def test_the_row_that_bears_the_plain_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text('[staff]\nnames = ["Ada King"]\n', "utf-8")
    held = of(tmp_path, Registration("one", name="Ada King (DREAL)"))
    assert [one.record for one in exposure.hits(held, "x", b"Ada King")] == ["people.toml:2"]


def test_a_row_of_the_plain_name_alone_has_to_be_decided() -> None:
    rows = [Registration("one", email="a@example.org", name="Ada King, maire"), Registration("one", name="Ada King")]
    subject = privacy.subject("a@example.org", resolve(rows, (), People()), People())
    assert subject.perhaps == ("name:ada king",)
