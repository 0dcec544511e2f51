"""What the programme says of a person, and its comments; what is published as it says it; and what has but a name."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcycle import ledger as ledgers
from webcycle import privacy
from webcycle.privacy.planned import parted, unsaid
from webcycle.privacy.subject import Subject
from webcycle.records import RecordsError

ADA = Subject(
    "ada@example.org",
    ("ada@example.org", "id:zoom/1", "name:ada lovelace"),
    names=("Ada Lovelace", "Ada King"),
    loose=("Ada Lovelace", "Ada King"),
    alone=("lovelace",),
)
MADE = privacy.maker(())
PROGRAMME = b'# Ada King\n[[session]]\nspeakers = ["Lovelace, Ada"] # Ada Lovelace\nnote = """\n# Ada Lovelace"""\n'


def test_a_programme_is_parted_from_its_comments() -> None:
    said, notes = parted(PROGRAMME)
    assert said.split(b"\n")[2:5] == [
        b'speakers = ["Lovelace, Ada"]               ',
        b'note = """',
        b'# Ada Lovelace"""',
    ]
    assert [line.strip() for line in notes.split(b"\n")] == [b"# Ada King", b"", b"# Ada Lovelace", b"", b"", b""]
    assert parted(b"a =") == (b"", b"a =")
    assert parted(b"a = " + b"[" * 100_000)[0] == b""
    assert parted(b"\xef\xbb\xbfa = 1 # b")[0] == b"\xef\xbb\xbfa = 1    "


PIECES = st.sampled_from(
    ['"#"', "'#'", '"""#"""', "'''#'''", '"""a"#"b"""""', "'''a'#'b'''''", '"\\"#"', "''", '""', '"""\\"""#"""', "'\\'"]
)
COMMENTS = st.sampled_from(["", " # é", ' # """ \'', " #", "\n# '''"])


@given(st.lists(st.tuples(PIECES, COMMENTS), max_size=6))
def test_both_parts_make_the_programme_and_the_said_means_the_same(lines: list[tuple[str, str]]) -> None:
    raw = "\n".join(f"k{at} = {text}{comment}" for at, (text, comment) in enumerate(lines)).encode()
    said, notes = parted(raw)
    assert tomllib.loads(said.decode()) == tomllib.loads(raw.decode())
    assert bytes(max(one, other) for one, other in zip(said, notes, strict=True)) == raw
    assert b" ".join(notes.split()) == b" ".join(
        b" ".join(comment.encode().split()) for _text, comment in lines if comment
    )


def test_the_proof_tells_the_programme_apart() -> None:
    files = [
        ("cycle.toml", PROGRAMME),
        ("out/public/a.md", b"Ada Lovelace"),
        ("out/public/b.md", b"Ada Lovelace\nAda King"),
        ("out/public/c.md", b"of nobody"),
        ("a.md", b"Ada Lovelace"),
    ]
    found = privacy.proof(ADA, files, (), PROGRAMME)
    assert [(one.file, one.line, one.kind) for one in found.left] == [
        ("cycle.toml", 1, "own"),
        ("out/public/b.md", 2, "public"),
        ("a.md", 1, "own"),
    ]
    assert {(one.file, one.line, one.kind) for one in found.planned} == {
        ("cycle.toml", 3, "programme"),
        ("out/public/a.md", 1, "as-programme"),
    }
    held = privacy.held(ADA, files, ledgers.Ledger(), MADE)
    assert {one.kind for one in held if one.file == "cycle.toml"} == {"programme", "own"}
    assert {one.kind for one in privacy.proof(ADA, files).left if one.file == "out/public/a.md"} == {"public"}


def test_who_is_looked_for_in_what_is_published() -> None:
    assert unsaid(ADA, b'a = "nobody" # Ada Lovelace') is ADA
    rest = unsaid(ADA, b'a = "Ada Lovelace, ada@example.org"')
    assert (rest.keys, rest.names, rest.alone) == (("id:zoom/1", "name:ada lovelace"), ("Ada King",), ())
    assert rest.loose == ("Ada King",)


def test_what_has_a_name_and_is_no_file_is_found_by_it() -> None:
    names = [("Ada Lovelace", ""), ("out/public/x", "/home/ada@example.org"), ("y", "/home/nobody")]
    found = privacy.proof(ADA, [], names).left
    assert [(one.file, one.line, one.kind) for one in found] == [
        ("Ada Lovelace", None, "own"),
        ("out/public/x", None, "public"),
    ]
    assert [one.file for one in privacy.held(ADA, [], ledgers.Ledger(), MADE, (), names)] == [one.file for one in found]


def test_records_whose_cells_cannot_be_told_apart_are_refused() -> None:
    raw = b'session,"' + b"a" * 200_000
    with pytest.raises(RecordsError) as refused:
        privacy.proof(ADA, [("sessions/maroc/attendance.csv", raw)])
    assert refused.value.key == "records.csv"
