"""A file that tells of somebody a hundred thousand times: looked through in proportion, told of in a few lines."""

from __future__ import annotations

import base64
from pathlib import Path
from time import process_time

import pytest

from tests.people.made import programme as tiny
from webcycle import exposure
from webcycle.errors import RefusedError, Severity

from .made import kinds, private, zipped

EMAIL, NAME = "ada@example.org", "Adele Brisefond"
HELD = private(NAME, "Zorglub", emails=(EMAIL,))
MANY = {
    "addresses": f"{EMAIL}\n".encode(),
    "names": f"{NAME}\n".encode(),
    "in a line": f"{EMAIL}, {NAME}, ".encode(),
    "in tags": f"<b>{EMAIL}</b> <i>{NAME}</i>\n".encode(),
    "folded": f"{EMAIL}, {NAME}\n ".encode(),
    "base64": base64.b64encode(b"Grace Hopper is here, who writes to us") + b"\n\n!",
    "a domain without an end": b"@a .b .c .d",
}


@pytest.mark.parametrize("how", MANY)
def test_eight_times_as_many_take_no_more_than_in_proportion(how: str) -> None:
    """Were it to grow with the square, it would take sixty-four times as long."""

    def seconds(data: bytes) -> float:
        before = process_time()
        exposure.hits(HELD, "x", data)
        return process_time() - before

    small = b"x" + MANY[how] * 2_000
    assert seconds(small * 8) < 30 * max(min(seconds(small) for _ in range(2)), 0.05)


def found(folder: Path, held: exposure.Private) -> list[tuple[str, str, int, str]]:
    told = exposure.findings(held, folder, lambda path: path.name)
    return [
        (
            one.code,
            one.values.get("place", one.values.get("count", "")),
            one.place.line if one.place else 0,
            one.severity,
        )
        for one in told
    ]


def test_the_first_places_are_told_and_how_many_more_there_are(tmp_path: Path) -> None:
    held = exposure.known({EMAIL: "a.csv:2", "bob@example.org": "a.csv:3"}, {}, tiny())
    (tmp_path / "a.txt").write_text(f"{EMAIL}\n" * 5000 + "bob@example.org\n" * 10, "utf-8")
    (tmp_path / "b.zip").write_bytes(zipped({"c.txt": f"{EMAIL}\n".encode() * 12}))
    told = found(tmp_path, held)
    ada = [("published-address", str(line), line, Severity.ERROR) for line in range(1, 11)]
    bob = [("published-address", str(line), line, Severity.ERROR) for line in range(5001, 5011)]
    inner = [("published-address", f"c.txt:{line}", 0, Severity.ERROR) for line in range(1, 11)]
    more = [("published-more", "4990", 0, Severity.ERROR), ("published-more", "2", 0, Severity.ERROR)]
    assert sorted(told) == sorted([*ada, *bob, *inner, *more])


def test_a_refusal_tells_the_first_places_and_how_many_more_there_are() -> None:
    for times, key, values in (
        (1, "exposed.name", {"place": "1"}),
        (3, "exposed.name", {"place": "1, 2, 3"}),
        (900, "exposed.name-more", {"place": "1, 2, 3", "count": "897"}),
    ):
        with pytest.raises(RefusedError) as caught:
            exposure.keep_private(HELD, [("x.md", f"{NAME}\n".encode() * times)])
        assert caught.value.key == key
        assert caught.value.values == {"file": "x.md", "record": "-", **values}


def test_links_and_what_is_unread_are_told_place_by_place(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({f"{number:02}.zip": b"PK\3\4" for number in range(15)}))
    assert len(found(tmp_path, HELD)) == 15
    assert not kinds(private("Nobody Here"), b"x")
