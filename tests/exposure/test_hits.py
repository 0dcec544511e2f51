"""Whose address, name or link stands in a file, and where."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.made import programme as tiny
from tests.people.made import session
from webcycle import exposure
from webcycle.errors import RefusedError, Severity
from webcycle.exposure import Hit
from webcycle.exposure.people import person
from webcycle.folder import Folder
from webcycle.records import RecordsError, Registration, Visit, dump

from .made import ALONE, EMAIL, NAME, WRITTEN, folded, kinds, private, zipped

HELD = private(NAME, ALONE, emails=(EMAIL,))


@pytest.mark.parametrize("how", WRITTEN)
@pytest.mark.parametrize(("kind", "text"), [("name", NAME), ("address", EMAIL), ("name", "Lefèvre-Œuf Éloïse")])
def test_what_is_planted_is_found_however_it_is_written(how: str, kind: str, text: str) -> None:
    assert kind in {found[0] for found in kinds(HELD, WRITTEN[how](text))}
    assert not kinds(private("Nobody Here"), WRITTEN[how](text))


LETTERS = st.text(st.sampled_from("abcdefgéèçñüßøœąğłžщдж"), min_size=3, max_size=8)
AROUND = st.text(st.sampled_from(" .,;\n()«»!?|*_>#-"), max_size=12)


@given(st.lists(LETTERS, min_size=2, max_size=4), st.sampled_from(sorted(WRITTEN)), AROUND, AROUND, st.data())
def test_a_name_is_found_in_any_order_any_writing_at_any_place(
    parts: list[str], how: str, before: str, after: str, data: st.DataObject
) -> None:
    turn = data.draw(st.integers(0, len(parts) - 1))
    text = " ".join(parts[turn:] + parts[:turn]).title()
    planted = WRITTEN[how](text)
    if how in ("plain", "capitals", "entities", "html", "percent", "base64"):
        planted = before.encode() + b" " + planted + b" " + after.encode()
    assert "name" in {found[0] for found in kinds(private(" ".join(parts)), planted)}


SAID = st.lists(st.lists(LETTERS, min_size=2, max_size=5).map(" ".join), min_size=1, max_size=5)


@given(SAID, st.data())
def test_the_own_words_of_a_programme_are_never_a_hit(said: list[str], data: st.DataObject) -> None:
    """Not the words of one text, nor two that meet where one text of several words ends and another begins."""
    of = tiny(session=[session("one", 12, speakers=[{"name": one} for one in said])])
    text = ", ".join(said)
    every = text.replace(",", "").split()
    names = data.draw(st.lists(st.sampled_from([*every, *said, *map(" ".join, pairwise(every))]), max_size=6))
    assert not kinds(private(*names, of=of), text.encode())


# ---- addresses


@pytest.mark.parametrize(
    "text",
    [
        "ada@example.org",
        "Ada <ADA@Example.Org>.",
        "mailto:ada%40example.org?subject=x",
        "ada&#64;example.org",
        "*ada@example.org*, _ada@example.org_",
        "x=ada@example.org",
        "ada@example.org.\n",
    ],
)
def test_an_address_is_found(text: str) -> None:
    assert kinds(private(emails=("ada@example.org",)), text.encode()) == [("address", "", 1)]


@pytest.mark.parametrize(
    "text",
    ["nada@example.org", "x.ada@example.org", "ada@example.org.uk", "ada@sub.example.org", "@example.org ada@", "a@b"],
)
def test_the_address_of_another_is_not(text: str) -> None:
    assert not kinds(private(emails=("ada@example.org", "no address", "@", "a@")), text.encode())


def test_what_the_programme_gives_to_all_is_no_secret() -> None:
    of = tiny(contact=[{"id": "help", "name": "Help", "email": "help@example.org"}])
    held = private(emails=("council@example.org", "Help@example.org", "ada@example.org"), of=of)
    assert not kinds(held, b"help@example.org council@example.org")
    assert kinds(held, b"help@example.org\nada@example.org") == [("address", "", 2)]


# ---- names


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Mme Marie Dupont", ("marie", "dupont")),
        ("Mme Dupont", ("dupont",)),
        ("DUPONT M. Jean", ("dupont", "jean")),
        ("Maître Marie Dupont", ("marie", "dupont")),
        ("Me Marie Dupont", ("marie", "dupont")),
        ("Maître Dupont", ("maitre", "dupont")),
        ("Jean Maître", ("jean", "maitre")),
        ("Maître", ("maitre",)),
        ("Madame", ()),
        ("DUPONT Marie (Externe)", ("dupont", "marie")),
        ("Jean-Pierre O'Neil", ("jean", "pierre", "o", "neil")),
        ("Galaxy A51 12", ("galaxy", "a51")),
        ("Li Wu", ("li", "wu")),
        ("Jo B", ()),
        ("Anne", ("anne",)),
        ("Zoé", ()),
        ("", ()),
    ],
)
def test_the_words_by_which_a_name_is_looked_for(name: str, words: tuple[str, ...]) -> None:
    assert person(name) == words


def test_a_name_is_whole_words_in_either_order_whatever_parts_them() -> None:
    held = private("Marie Dupont")
    for text in ("Marie Dupont", "DUPONT, Marie", "dupont;marie", "marie.dupont", "Marie\nDupont", "Marie-Dupont."):
        assert kinds(held, text.encode()), text
    for text in ("Annemarie Dupont", "Marie Dupontel", "Marie et Dupont", "Marie"):
        assert not kinds(held, text.encode()), text


def test_a_name_of_one_word_is_looked_for_where_it_is_no_common_word() -> None:
    """A stated rule: not of the programme, our sentences, a calendar, a country, a format; and only in what is read."""
    held = private("Zorglub", "Avril", "Maroc", "Participants", "Typst", "Style", "Tiny", "Note", "monospace")
    said = b"Zorglub. Avril, Maroc: participants. Typst. Tiny. Note"
    assert kinds(held, said) == [("name", "", 1)]
    page = b"<style>.zorglub { font: monospace }</style>\n<p class='zorglub'>x</p>\n<!-- zorglub --><i title='Zorglub'>"
    assert kinds(held, page) == [("name", "", 3)]
    assert not kinds(held, b'{"zorglub": 1, "a": [2]}', "x.json")
    assert kinds(held, b'{"a": "Zorglub"}', "x.json")
    calendar = b"BEGIN:VCALENDAR\r\nCATEGORIES:ZORGLUB,\r\n ZORGLUB\r\nSUMMARY:Le Zor\r\n glub\r\n"
    assert kinds(held, calendar) == [("name", "", 4)]
    assert not kinds(private("Gregorian", "Public"), b"BEGIN:VCALENDAR\r\nCALSCALE:GREGORIAN\r\nCLASS:PUBLIC\r\n")


def test_a_speaker_who_registered_too_is_no_secret() -> None:
    of = tiny(session=[session("one", 12, speakers=[{"name": "Anne Martin"}, {"name": "Paul Durand"}])])
    held = private("Anne Martin", "Durand Paul", "Paul Martin", of=of)
    assert not kinds(held, b"Anne Martin, Paul Durand")  # "Martin, Paul" is where two speakers meet
    assert kinds(held, b"Anne Martin, Paul Durand, Paul Martin")


def test_the_name_of_a_file_is_read_too() -> None:
    held = private("Marie Dupont")
    assert kinds(held, b"", "marie-dupont.md") == [("name", "", 1)]
    assert kinds(held, zipped({"list/Dupont_Marie.txt": b"x"}, b"by Marie Dupont")) == [("name", "", 1)]


# ---- places


def test_each_place_is_told_once_and_what_was_found_never() -> None:
    held = private("Marie Dupont", emails=("ada@example.org",))
    text = b"x\nMarie Dupont ada@example.org\n\nDupont Marie Dupont\n"
    assert kinds(held, text) == [("address", "", 2), ("name", "", 2), ("name", "", 4)]
    assert kinds(held, folded("x, Marie Dupont, of it")) == [("name", "", 2)]  # where the line begins
    assert kinds(held, b"a=C3=A9=\nb=\nc Marie=20Dupont=\n\nada@example.org") == [("name", "", 1), ("address", "", 5)]
    assert "Dupont" not in repr(exposure.hits(held, "x", text))


def test_the_place_as_it_is_told() -> None:
    assert Hit("name", "", 12).place == "12"
    assert Hit("name", "xl/sheet1.xml", 3).place == "xl/sheet1.xml:3"
    assert Hit("unread", "", 0).place == "-"


# ---- join links


def test_a_join_link_is_found_at_its_line() -> None:
    join = {"platform": "zoom", "url": "https://zoom.example.org/j/98765432101"}
    held = private(of=tiny(session=[session("one", 12, join=join)]))
    assert not held.people
    assert kinds(held, b"a\nb\nhttps://zoom.example.org/j/98765432101\nc\nd\n") == [("link", "", 3)]
    assert kinds(held, zipped({"a.txt": b"https://zoom.example.org/j/98765432101"})) == [("link", "a.txt", 1)]


# ---- commands


def test_a_file_that_exposes_is_refused_before_anything_is_written() -> None:
    held = private("Marie Dupont")
    exposure.keep_private(held, [("a.md", b"nobody"), ("b.zip", b"PK\x03\x04")])
    exposure.keep_private(private(), [("a.md", b"Marie Dupont")])
    with pytest.raises(RefusedError) as caught:
        exposure.keep_private(held, [("a.md", b"nobody"), ("b.md", b"x\nMarie Dupont")])
    assert (caught.value.key, caught.value.values) == (
        "exposed.name",
        {"file": "b.md", "place": "2", "record": "-"},
    )


def test_a_folder_is_gone_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.md").write_bytes(b"x\nMarie Dupont")
    (tmp_path / "b.zip").write_bytes(zipped({"c.txt": b"Marie Dupont"}))
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "d.md").write_bytes(b"x" * 2000)
    monkeypatch.setattr(exposure, "MAX_FILE", 1000)
    found = list(exposure.findings(private("Marie Dupont"), tmp_path, lambda path: path.name))
    assert [(one.code, one.values["file"], one.values["place"], one.severity) for one in found] == [
        ("published-name", "b.zip", "c.txt:1", Severity.ERROR),
        ("published-name", "a.md", "2", Severity.ERROR),
        ("published-unread", "c.zip", "-", Severity.WARNING),
        ("published-unread", "d.md", "-", Severity.WARNING),
    ]
    assert [str(one.place.line) if one.place else None for one in found] == [None, "2", None, None]


# ---- who is private


def write(folder: Path, registrations: list[Registration], visits: list[Visit]) -> None:
    place = folder / "sessions" / "one"
    place.mkdir(parents=True)
    (place / "registrations.csv").write_text(dump(Registration, registrations), "utf-8")
    (place / "attendance.csv").write_text(dump(Visit, visits), "utf-8")


def of(folder: Path, **tables: Any) -> exposure.Private:
    return exposure.private(Folder(folder), tiny(**tables))


def test_the_people_of_the_records_and_of_people_toml(tmp_path: Path) -> None:
    assert not of(tmp_path).people
    many = [Registration("one", email=f"p{n}@example.org", name=f"P{n}", organisation="Ville Haute") for n in range(11)]
    few = [Registration("one", email="q@example.org", name="Ville Basse", organisation="Ville Basse")]
    registrations = [
        *many,
        *few,
        Registration("one", email="ada@example.org", name="Ada Lovelace", first="Ada", last="King Noel"),
        Registration("one", email="h@example.org", name="Ville Haute"),
    ]
    visits = [
        Visit("one", name="=Grace Hopper", joined=datetime.fromisoformat("2021-10-12T10:00:00+00:00")),
        Visit("one", name="Otter Pilot", role="bot"),
        Visit("one", name="Salle Bleue"),
        Visit("one", name="Zoom Noter"),
        Visit("one", name="Agence Verte"),
    ]
    write(tmp_path, registrations, visits)
    (tmp_path / "people.toml").write_text(
        '[staff]\nemails = ["staff@example.org"]\n[anonymous]\nnames = ["Salle Bleue"]\n[bots]\npatterns = ["*noter"]\n'
        '[[organisation]]\ndomain = "green.example.org"\nname = "Agence verte"\n',
        "utf-8",
    )
    held = of(tmp_path)
    assert held.people
    for text in (
        "Lovelace Ada",
        "King Noel Ada",
        "Grace Hopper",
        "ada@example.org",
        "staff@example.org",
        "Ville Basse",
    ):
        assert kinds(held, text.encode()), text
    for text in ("Ville Haute", "Otter Pilot", "Salle Bleue", "Zoom Noter", "Agence Verte", "green.example.org"):
        assert not kinds(held, text.encode()), text


def test_a_people_toml_that_cannot_be_read_still_tells_its_addresses(tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text('[staff\nemails = ["ada@example.org"]\n', "utf-8")
    assert kinds(of(tmp_path), b"ada@example.org")


@pytest.mark.parametrize(("text", "key"), [("a,b\n", "records.header"), (None, "records.csv")])
def test_records_that_are_not_ours_are_told(tmp_path: Path, text: str | None, key: str) -> None:
    write(tmp_path, [Registration("one", name="Ada Lovelace")], [])
    path = tmp_path / "sessions" / "one" / "registrations.csv"
    path.write_text(text or dump(Registration, []) + "x" * 200_000, "utf-8")
    with pytest.raises(RecordsError) as caught:
        of(tmp_path)
    assert caught.value.key == key


def test_rows_that_are_damaged_and_empty_files_do_not_stop_it(tmp_path: Path) -> None:
    write(tmp_path, [Registration("one", name="Ada Lovelace")], [])
    with (tmp_path / "sessions" / "one" / "registrations.csv").open("a", encoding="utf-8") as file:
        file.write("too,short\n")
    (tmp_path / "sessions" / "one" / "attendance.csv").write_bytes(b"")
    assert kinds(of(tmp_path), b"Ada Lovelace")


def test_nothing_of_the_programme_that_is_private_is_its_own_word() -> None:
    join = {"platform": "zoom", "url": "https://zoom.example.org/marie/dupont"}
    words = {"fr": "Les villes, Anne Durand", "en": "Towns"}
    of_texts = tiny(
        session=[session("one", 12, join=join, title=words)], texts={"en": {"document.review": "Paul Petit"}}
    )
    held = private("Marie Dupont", "Anne Durand", of=of_texts)
    assert kinds(held, b"Marie Dupont")
    assert not kinds(held, b"Anne Durand")


@pytest.mark.parametrize(
    ("topic", "told"),
    [
        ("Alix Martin's Zoom Meeting", True),
        ("Réunion de MARTIN Alix", True),
        ("Réunion d’Ivanka", True),
        ("Webinaire, alix@example.org", True),
        ("Le Sénégal avec Martine", False),
        ("", False),
    ],
)
def test_a_topic_may_name_one_of_those_who_were_there(topic: str, told: bool) -> None:
    assert exposure.names_one_of(topic, {"Alix Martin", "Ivanka", ""}) is told
