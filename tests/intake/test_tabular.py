"""Text to rows: encodings, delimiters, true line numbers, and what is refused with its line."""

from __future__ import annotations

import codecs

import pytest

from webcycle.intake import tabular
from webcycle.intake.contents import Table, Upload
from webcycle.intake.problems import IntakeError


def table(data: bytes) -> Table:
    return tabular.text_table(Upload("a.csv", data))


def rows(data: bytes) -> list[tuple[int, list[str]]]:
    return [(line.number, line.cells) for line in table(data).lines()]


def refusal(data: bytes) -> IntakeError:
    with pytest.raises(IntakeError) as refused:
        list(table(data).lines())
    return refused.value


WORDS = "Prénom,Œuvre\nÉloïse,Łódź\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode(), "utf-8"),
        (codecs.BOM_UTF8 + WORDS.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "utf-16"),
        (WORDS.encode("utf-16-le"), "utf-16-le"),
        (WORDS.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_unicode_is_recognised(data: bytes, encoding: str) -> None:
    assert table(data).encoding == encoding
    assert rows(data) == [(1, ["Prénom", "Œuvre"]), (2, ["Éloïse", "Łódź"])]
    assert table(data).findings == ()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Prénom;Où;Cœur\nÉloïse;à côté;l’été\n", "cp1252"),
        ("Imię;Miasto\nŁucja Żak;Łódź\nPaweł;Gdańsk\n", "cp1250"),
    ],
)
def test_an_old_encoding_is_assumed_with_a_warning_that_shows_words(text: str, encoding: str) -> None:
    found = table(text.encode(encoding))
    (warning,) = found.findings
    assert found.encoding == encoding
    assert warning.code == "intake-legacy-encoding"
    assert warning.values["examples"].split(", ")[0] in text
    assert [line.cells for line in found.lines()] == [row.split(";") for row in text.splitlines()]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2;3\n2,5;3;4\n", ";"),
        ("a\tb\tc\n1, x\t2, y\t3, z\n", "\t"),
        ('a;b\n"x,y,z,t";2\n"x,y,z";3\n', ";"),
        ("sep=;\na;b,c\n", ";"),
        ("alone\n", ""),
    ],
)
def test_the_delimiter_is_seen_in_the_content(text: str, delimiter: str) -> None:
    assert table(text.encode()).delimiter == delimiter


def test_lines_are_counted_as_an_editor_does() -> None:
    data = b'a,b\n\n"two\nlines",2\r\n,,\nlast,"x"\n'
    assert [number for number, _ in rows(data)] == [1, 2, 3, 5, 6]


def test_lines_are_counted_below_an_excel_directive() -> None:
    assert rows(b"sep=;\na;b\n1;2\n") == [(2, ["a", "b"]), (3, ["1", "2"])]


def test_a_nul_is_refused_with_its_line() -> None:
    assert refusal(b"a,b\n1,2\nx\0,3\n").values["line"] == "3"


@pytest.mark.parametrize(
    ("data", "line"),
    [(b'a,b\n1,2\n"open,3\n4,5\n', "3"), (b'a,b\n"x"y,2\n', "2")],
)
def test_a_misplaced_quote_is_refused_with_the_line_where_its_row_begins(data: bytes, line: str) -> None:
    problem = refusal(data)
    assert (problem.key, problem.values["line"]) == ("intake.quotes", line)


def test_a_cell_longer_than_the_limit_is_refused() -> None:
    assert list(table(b"a,b\n" + b"x" * 131_072 + b",2\n").lines())
    assert refusal(b"a,b\n" + b"x" * 131_073 + b",2\n").key == "intake.long-cell"


def test_bytes_that_are_no_text_are_refused() -> None:
    assert refusal(b"a,b\n\x81\x83\x88,\x90\n").key == "intake.encoding"


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "MAX_ROWS", 2)
    assert len(rows(b"a,b\n1,2\n")) == 2
    assert refusal(b"a,b\n1,2\n3,4\n").key == "intake.too-many-rows"


def test_too_large_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "MAX_BYTES", 10)
    assert rows(b"a,b\n1,2\n")
    assert refusal(b"a,b\n1,2\n3,4\n").key == "intake.too-large"


def test_quotes_that_are_not_doubled_are_read_where_a_reader_asks_for_it() -> None:
    data = b'h1,h2,h3\r\n"Ann "Nan" Lee","a, b","x\r\ny"\r\n"Bo","","z"\r\n'
    unescaped = table(data).unescaped
    assert unescaped is not None
    assert [(line.number, line.cells) for line in unescaped()] == [
        (1, ["h1", "h2", "h3"]),
        (2, ['Ann "Nan" Lee', "a, b", "x\r\ny"]),
        (4, ["Bo", "", "z"]),
    ]
