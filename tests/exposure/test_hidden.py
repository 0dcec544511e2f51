"""What hid from the search: bytes that are no text, linked folders, other packings, names of people.toml alone."""

from __future__ import annotations

import bz2
import lzma
import quopri
import random
import struct
import tarfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from time import process_time
from types import MappingProxyType

import pytest

from tests.people.made import programme as tiny
from tests.people.made import session
from webcycle import exposure, legible
from webcycle.errors import RefusedError
from webcycle.folder import Folder
from webcycle.records import Registration, dump
from webcycle.unpacked import Bounds, Unread, pieces

from .made import kinds, private, zipped

NAME, EMAIL = "Adèle Brisefond", "adele.b@example.org"
HELD = private(NAME, emails=(EMAIL,))
NOISE = random.Random(7).randbytes(100_000)


def tarred(text: str) -> bytes:
    held = BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(text.encode())
        archive.addfile(entry, BytesIO(text.encode()))
    return held.getvalue()


PACKED: Mapping[str, Callable[[str], bytes]] = MappingProxyType(
    {
        "bz2": lambda text: bz2.compress(text.encode()),
        "bz2 twice": lambda text: bz2.compress(b"x ") + bz2.compress(text.encode()),
        "xz": lambda text: lzma.compress(text.encode()),
        "tar.bz2": lambda text: bz2.compress(tarred(text)),
        "tar": tarred,
        "rtf": lambda text: (
            "{\\rtf1\\ansi {\\b " + text.replace("è", "\\'e8").replace(" ", "}\\cell ") + "}"
        ).encode(),
        "rtf in Unicode": lambda text: ("{\\rtf1 " + text.replace("è", "\\u232\\'e8") + "}").encode(),
        "utf-16 without a mark": lambda text: text.encode("utf-16-le"),
        "utf-16 behind noise": lambda text: NOISE + text.encode("utf-16-le") + NOISE,
        "utf-16 of the other order behind noise": lambda text: NOISE + b"\0" + text.encode("utf-16-be") + b"\0",
        "utf-8 in noise": lambda text: NOISE + b"\0" + text.encode() + b"\0" + NOISE,
        "windows in noise": lambda text: NOISE + b"\0" + text.encode("cp1252") + b"\0" + NOISE,
        "windows in little noise": lambda text: NOISE[:900] + b"\0" + text.encode("cp1252") + b"\0",
        "in much noise": lambda text: NOISE * 45 + b"\0" + text.encode("cp1252") + b"\0" + NOISE,
        "cells": lambda text: (
            b"\x09\x08\0\0\x01\x02"
            + b"".join(struct.pack("<HB", len(one), 0) + one.encode("cp1252") for one in text.split())
        ),
        "cells of Excel 97": lambda text: b"\x09\x08\0\0\x05\0\0" + text.encode("cp1252") + b"\xff\0\n\0",
        "wide cells": lambda text: (
            b"\x09\x08\0\0\x01\x02"
            + b"".join(struct.pack("<HB", len(one), 1) + one.encode("utf-16-le") for one in text.split())
        ),
    }
)


@pytest.mark.parametrize("how", PACKED)
def test_a_name_is_found_in_what_is_no_plain_text(how: str) -> None:
    data = PACKED[how](NAME)
    assert "name" in {kind for kind, _inner, _line in kinds(HELD, data)}
    assert not kinds(private("Nobody Here"), data)


def test_an_address_is_found_in_noise_by_both() -> None:
    data = NOISE + b"\0" + EMAIL.encode() + b"\0" + NOISE
    assert [kind for kind, _inner, _line in kinds(HELD, data)] == ["address"]
    assert [(hit.label, hit.line) for hit in legible.search(data, [legible.address(EMAIL)])] == [("address", None)]


def test_four_times_the_noise_takes_no_more_than_in_proportion() -> None:
    def seconds(data: bytes) -> float:
        before = process_time()
        exposure.hits(HELD, "film.mp4", data)
        legible.search(data, [legible.address(EMAIL), legible.name(NAME)])
        return process_time() - before

    small = random.Random(1).randbytes(5 << 20)
    once = min(seconds(small) for _ in range(2))
    assert seconds(small * 4) < 8 * once
    assert sum(len(one.text) for one in pieces(small) if not isinstance(one, Unread) and hasattr(one, "text")) < 2e5


@pytest.mark.parametrize(
    "data",
    [
        b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\0", b"\x28\xb5\x2f\xfd", bz2.compress(b"x" * 99)[:-9],
        lzma.compress(b"x" * 99)[:-9], b"BZh is no packing", b"\xfd7zXZ\0 nor this",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    ],
)  # fmt: skip
def test_what_nothing_opens_is_said(data: bytes) -> None:
    assert ("unread", "", 0) in kinds(HELD, data)


def test_a_bomb_of_another_packing_does_not_go_off() -> None:
    found = list(pieces(bz2.compress(b" " * 5_000_000), Bounds(file=1000)))
    assert [one.part for one in found if isinstance(one, Unread)] == [""]


def test_bytes_that_begin_as_wide_text_and_are_none_are_no_text() -> None:
    assert kinds(HELD, b"\xff\xfe" + NOISE + b"\0" + NAME.encode() + b"\0")
    assert kinds(HELD, b"\xff\xfe\0\0" + NAME.encode("utf-32-le"))
    assert kinds(HELD, bytes(one | 0x80 for one in NOISE) + b" " + NAME.encode())


# ---- places


def test_links_to_folders_are_followed_once(tmp_path: Path) -> None:
    outside, public = tmp_path / "outside", tmp_path / "public"
    outside.mkdir()
    public.mkdir()
    (outside / "list.md").write_text(NAME, "utf-8")
    (public / "link").symlink_to(outside)
    (public / "more").symlink_to(outside)
    (outside / "back").symlink_to(public)
    found = list(exposure.findings(HELD, public, lambda path: path.name))
    assert [(one.code, one.values["file"]) for one in found] == [("published-name", "list.md")]


def test_capitals_part_the_words_of_a_file_name() -> None:
    assert kinds(HELD, b"", "AdeleBrisefond.png") == [("name", "", 1)]
    assert kinds(HELD, zipped({"a/AdèleBrisefond.png": b""})) == [("name", "", 1)]
    assert kinds(HELD, b"", "AdeleBrisefond2021.png") == kinds(HELD, b"", "brisefond_adele2.png") == [("name", "", 1)]


LINK = "https://region-example.zoom.us/j/81234567890?pwd=3DQWxhZ3Rlc3Q"


@pytest.mark.parametrize(
    "text",
    [
        "x\n" + quopri.encodestring(LINK.replace("p", "p=\n", 1).encode()).decode(),
        "https://region-example.zoom.us/j/8123=\n4567890?pwd=3DQW\n",
        "".join(f"\\u{ord(one):04x}" for one in LINK),
        "(812) 3456-7890",
        "812/3456/7890",
        "812, 3456, 7890",
    ],
)
def test_a_join_link_is_found_in_the_forms_of_names(text: str) -> None:
    held = private(of=tiny(session=[session("one", 12, join={"platform": "zoom", "url": LINK})]))
    assert {kind for kind, _inner, _line in kinds(held, text.encode())} == {"link"}
    assert not kinds(held, text.translate({ord("8"): "9", ord("3"): "4", ord("7"): "6", ord("O"): "b"}).encode())


# ---- who


def test_a_longer_name_than_that_of_a_speaker_is_no_speakers() -> None:
    of = tiny(session=[session("one", 12, speakers=[{"name": "Marie Martin"}])])
    held = private("Marie Martin-Leroy", of=of)
    assert kinds(held, b"Marie Martin-Leroy")
    assert kinds(held, b"Leroy Marie Martin")
    assert not kinds(held, b"Marie Martin, Leroy")[1:]
    assert not kinds(held, b"Marie Martin")


def test_names_of_people_toml_alone_are_looked_for(tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text(
        '[staff]\nnames = ["Jamais Enregistrée"]\n[bots]\nnames = ["Otter Pilot"]\n'
        '[anonymous]\nnames = ["Salle Bleue"]\n'
        '[[alias]]\nperson = "ada@example.org"\nis = ["name:seulement décidée", "name:otter pilot"]\n',
        "utf-8",
    )
    held = exposure.private(Folder(tmp_path), tiny())
    found = {
        text: [hit.record for hit in exposure.hits(held, "x", text.encode())]
        for text in ("Jamais Enregistrée", "Seulement Décidée", "ada@example.org", "Otter Pilot", "Salle Bleue")
    }
    assert list(found.values()) == [["people.toml:2"], ["people.toml:9"], ["people.toml:8"], [], []]


OWN = ("Charset UTF-8", "Width Device", "XML Version", "Données Personnelles")


@pytest.mark.parametrize("name", OWN)
def test_a_name_of_our_own_words_does_not_stop_publication(name: str) -> None:
    page = b'<?xml version="1.0"?><meta charset="utf-8">\n'
    page += b'<meta name="viewport" content="width=device-width, initial-scale=1">'
    held = private(name, NAME)
    exposure.keep_private(held, [("x.html", page), ("x.docx", zipped({"word/document.xml": page}))])
    assert kinds(held, page + f"<p data-x='{NAME}'>".encode())
    with pytest.raises(RefusedError):
        exposure.keep_private(held, [("x.html", page + f"<p title='{NAME}'>".encode())])


def test_a_refusal_tells_where_in_the_records_the_name_stands(tmp_path: Path) -> None:
    place = tmp_path / "sessions" / "one"
    place.mkdir(parents=True)
    rows = [Registration("one", name="Ada Lovelace"), Registration("one", email=EMAIL, name=NAME)]
    (place / "registrations.csv").write_text(dump(Registration, rows), "utf-8")
    held = exposure.private(Folder(tmp_path), tiny())
    for text in (NAME, EMAIL):
        with pytest.raises(RefusedError) as caught:
            exposure.keep_private(held, [("x.md", text.encode())])
        assert caught.value.values["record"] == "sessions/one/registrations.csv:3"
