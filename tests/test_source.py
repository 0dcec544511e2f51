"""What is read from a programme's text, what is said of a wrong one and where, and what appending leaves alone."""

from __future__ import annotations

import codecs
import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from webcycle import texts
from webcycle.errors import Finding, Language, Severity
from webcycle.source import MAX_BYTES, MAX_FINDINGS, load, parse

CYCLE = """\
[cycle]
id = "guide"
title = "Les webinaires du guide"
timezone = "Europe/Paris"

[organiser]
name = "DAECT"
email = "contact@example.org"
"""
LINES = CYCLE.count("\n")
SESSION = '[[session]]\nid = "maroc"\ntitle = "Le Maroc"\n'
TIMED = f"{SESSION}start = 2020-10-26T14:00:00\n"
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def only(raw: bytes) -> Finding:
    loaded = load(raw, "cycle.toml")
    assert loaded.programme is None
    assert len(loaded.findings) == 1, loaded.findings
    return loaded.findings[0]


def where(finding: Finding) -> str:
    assert finding.place is not None
    return f"{finding.place.file}:{finding.place.line}:{finding.place.column}"


def assert_told(finding: Finding) -> None:
    for lang in LANGUAGES:
        assert texts.message(lang, finding)
        assert texts.hint(lang, finding)


UNREADABLE: list[tuple[str, bytes, str, str]] = [
    ("file-too-large", b"#" * (MAX_BYTES + 1), "1:1", "2097152"),
    ("file-too-deep", b"a = 1\nb = " + b"[" * 101, "2:105", "100"),
    ("file-too-deep", b"[" + b"a." * 100 + b"a]", "1:199", "100"),
    ("file-too-deep", b"a = [\n" + b"{ b.b = [ " * 50, "2:331", "100"),
    ("not-utf-8", 'a = "é"\nb = "ù"'.encode("latin-1"), "1:6", "é"),
    ("not-utf-8", codecs.BOM_UTF8 + "é = 1".encode() + b"\n\xe9\x81", "2:1", "0xE9"),
    ("not-utf-8", "a = 'né à Sète'\nb = '".encode() + b"\x81'", "2:6", "0x81"),
    ("not-utf-8-mark", "a = 1".encode("utf-16"), "1:1", "UTF-16"),
    ("not-utf-8-mark", "a = 1".encode("utf-32"), "1:1", "UTF-32"),
    ("empty-file", b"", "1:1", ""),
    ("empty-file", codecs.BOM_UTF8 + b" \r\n# rien\n\t", "1:1", ""),
    ("control-in-file", "é = 'x\0'".encode(), "1:7", "U+0000"),
    ("control-in-file", b"# \x1b[2J", "1:3", "U+001B"),
    ("control-in-file", b"a = 1\rb = 2", "1:6", "U+000D"),
    ("number-too-long", b"a = '" + b"1" * 200 + b"' # " + b"1" * 200 + b"\nb = " + b"1" * 5000, "2:5", "5000"),
    ("number-too-long", b"a = 99\nb = 0x" + b"f" * 5000, "2:5", "5002"),
    ("toml-statement", b"a = 1\n= 2", "2:1", "= 2"),
    ("toml-after-value", b'a = "the "guide""\n', "1:11", 'guide""'),
    ("toml-after-value", b"a = 26/10/2020\n", "1:7", "/10/2020"),
    ("toml-equals", "année = 1".encode(), "1:4", "ée = 1"),
    ("toml-header", b"[[session]\nid = 1\n", "1:10", "]"),
    ("toml-header", b"[cycle\nid = 1\n", "1:7", ""),
    ("toml-key", b"[cycle.]", "1:8", "]"),
    ("toml-array", b"a = [1,\r\n  2 3]", "2:5", "3]"),
    ("toml-inline-table", b"a = { b = 1 c = 2 }", "1:13", "c = 2 }"),
    ("toml-escape", b'a = "C:\\dir"', "1:8", "\\dir"),
    ("toml-string", b'a = "open\nb = 1\n', "1:5", ""),
    ("toml-string", b"a = 'open\nb = 1\n", "1:5", ""),
    ("toml-string", b'a = """x"""\nb = """open \\""" \n\n', "2:5", ""),
    ("toml-string", b"a = 'it'\nb = '''open \n\n", "2:5", ""),
    ("toml-string", b'a = "open', "1:5", ""),
    ("toml-string", b"a = 'open", "1:5", ""),
    ("toml-date", b"a = 2020-02-30", "1:5", "2020-02-30"),
    ("toml-value", b"a = Le Maroc\n", "1:5", "Le Maroc"),
    ("toml-missing-value", b"a =\nb = 1\n", "1:4", ""),
    ("toml-missing-value", b"a = # rien\n", "1:5", ""),
    ("toml-missing-value", b"a = ", "1:4", ""),
    ("toml-quotes", "a = “Le Maroc”\n".encode(), "1:5", "“Le Maroc”"),
    ("toml-redefined", b"a = 1\n[a.b]\nc = 1\n", "2:1", "[a.b]"),
    ("toml-redefined", b"a = { b = 1 }\na.c = 1", "2:1", "a.c = 1"),
    ("duplicate-key", 'a = "é"\n"\\u0061" = """x\ny"""'.encode(), "2:1", "line 1"),
    ("duplicate-key", b"a = { b = 1, b = 2 }", "1:14", "a.b"),
    ("duplicate-key", b"a = 1\na = 2\nb =\n= 3\n[c", "2:1", "line 1"),
    ("duplicate-table", b"[cycle]\nid = 1\n[[session]]\n[cycle]\n", "4:2", "line 1"),
]


@pytest.mark.parametrize(("code", "raw", "at", "seen"), UNREADABLE)
def test_what_is_not_toml_is_one_finding_with_its_place(code: str, raw: bytes, at: str, seen: str) -> None:
    finding = only(raw)
    assert (finding.code, where(finding)) == (code, f"cycle.toml:{at}")
    assert finding.severity is Severity.ERROR
    assert seen in texts.message("en", finding)
    assert_told(finding)


def test_an_unknown_message_of_the_parser_is_told_in_general(monkeypatch: pytest.MonkeyPatch) -> None:
    def loads(text: str) -> dict[str, Any]:
        raise tomllib.TOMLDecodeError("A rule of a later version (at line 2, column 3)")

    with monkeypatch.context() as patch:
        patch.setattr(tomllib, "loads", loads)
        finding = only(b"a = 1\nb = 2\n")
    assert (finding.code, where(finding), finding.values["found"]) == ("toml-syntax", "cycle.toml:2:3", "= 2")
    assert_told(finding)


def test_a_document_that_the_parser_cannot_descend_into_is_too_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    def loads(text: str) -> dict[str, Any]:
        raise RecursionError

    monkeypatch.setattr(tomllib, "loads", loads)
    assert only(b"a = 1").code == "file-too-deep"


@pytest.mark.parametrize(
    "raw", [b"a = " + b"[" * 99 + b"]" * 99, b"a." * 99 + b"a = 1", b"a = 'x.[{" + b"[" * 200 + b"'"]
)
def test_what_is_not_too_deep_is_read(raw: bytes) -> None:
    assert parse(raw, "cycle.toml")[0] is not None


@pytest.mark.parametrize(
    "part", ['x = """\\"""', 'x = "', "x = '", "'''", '"""""', "[a.b\n", "\\", '"\\', "1a ", "{", "é."]
)
def test_hostile_repetition_is_read_in_linear_time(part: str) -> None:
    text = part * (200_000 // len(part))
    script = "import sys; from webcycle.source import parse; parse(sys.stdin.buffer.read(), 'x')"
    # A quadratic scan of this would take minutes.
    subprocess.run([sys.executable, "-c", script], input=text.encode(), timeout=20, check=True)


def test_a_byte_order_mark_is_accepted_and_does_not_move_places() -> None:
    raw = codecs.BOM_UTF8 + b"cycles = 1\n" + CYCLE.encode()
    loaded = load(raw, "cycle.toml")
    assert loaded.source is not None
    assert loaded.source.raw == raw
    assert [where(finding) for finding in loaded.findings] == ["cycle.toml:1:1"]


WRONG: list[tuple[str, str, str, str]] = [
    ("missing-table", "", "[organiser]", "1:1"),
    ("missing-key", f'{CYCLE}[[session]]\nid = "maroc"\n', "title = ", f"{LINES + 1}:1"),
    ("missing-key", f"{CYCLE}[[release]]\n", 'kind = "programme"', f"{LINES + 1}:1"),
    ("missing-key", f"{CYCLE}{TIMED}duration = '2h'\njoin = {{}}\n", "url = ", f"{LINES + 6}:8"),
    (
        "missing-key",
        f"{CYCLE}{TIMED}duration = '2h'\nagenda = [ {{ end = 15:00:00, title = 'é' }}]",
        "start = 15:45",
        f"{LINES + 6}:12",
    ),
    ("missing-key", f"{CYCLE}{TIMED}duration = '2h'\njoin.platform = 'zoom'\n", "url = ", f"{LINES + 6}:1"),
    ("unknown-key", f"{CYCLE}[[sesion]]\n", "session", f"{LINES + 1}:3"),
    (
        "no-such-key",
        f"{CYCLE}{TIMED}duration = '2h'\njoin = {{ url = 'https://example.org', 'é'.a = 1 }}",
        "",
        f"{LINES + 6}:39",
    ),
    ("unknown-key", f"{CYCLE}shortname = 'D'\n", "short-name", f"{LINES + 1}:1"),
    ("no-such-key", f"{CYCLE}zzz = 'D'\n", "email, phone", f"{LINES + 1}:1"),
    ("unknown-choice", f"{CYCLE}{TIMED}duration = '2h'\nstatus = 'sure'\n", "tentative, confirmed", f"{LINES + 6}:10"),
    ("unknown-language", f"{CYCLE}{SESSION}start = 2020-10-26\nnote.de = 'x'\n", "fr and en", f"{LINES + 5}:6"),
    ("single-brackets", f"{CYCLE}[session]\nid = 'a'\n", "[[session]]", f"{LINES + 1}:1"),
    (
        "single-brackets",
        f"{CYCLE}{TIMED}duration = '2h'\n[session.agenda]\na = 1\n",
        "[[session.agenda]]",
        f"{LINES + 6}:1",
    ),
    ("double-brackets", CYCLE.replace("[organiser]", "[[organiser]]"), "[organiser]", "6:1"),
    ("list-expected", f"{CYCLE}{TIMED}duration = '2h'\npartners = 'CUF'\n", "brackets", f"{LINES + 6}:12"),
    (
        "table-expected",
        f"{CYCLE}{TIMED}duration = '2h'\njoin = 'https://example.org'\n",
        "platform, url",
        f"{LINES + 6}:8",
    ),
    ("whole-number", f"{CYCLE}[privacy]\nsmallest-group = '5'\n", "digits", f"{LINES + 2}:18"),
    ("true-or-false", f"{CYCLE}[attendance]\nclip = 1\n", "true", f"{LINES + 2}:8"),
    ("number-too-small", f"{CYCLE}[privacy]\nsmallest-group = 2\n", "3 or more", f"{LINES + 2}:18"),
    ("number-too-large", f"{CYCLE}[privacy]\nsmallest-group = 101\n", "100 or less", f"{LINES + 2}:18"),
    ("text-type", f"{CYCLE}phone = 144\n", "quotes", f"{LINES + 1}:9"),
    ("text-type", f"{CYCLE}phone = {{}}\n", "quotes", f"{LINES + 1}:9"),
    ("text-type", f"{CYCLE}phone = [true]\n", "quotes", f"{LINES + 1}:9"),
    ("text-type", f"{CYCLE}phone = true\n", "quotes", f"{LINES + 1}:9"),
    ("blank-text", f"{CYCLE}phone = ' '\n", "delete", f"{LINES + 1}:9"),
    ("text-too-long", f"{CYCLE}phone = '{'x' * 501}'\n", "Shorten", f"{LINES + 1}:9"),
    ("line-break", f'{CYCLE}phone = "a\\nb"\n', "one line", f"{LINES + 1}:9"),
    ("control-character", f'{CYCLE}phone = "a\\u0000b"\n', "Delete", f"{LINES + 1}:9"),
    ("slug", f"{CYCLE}[[axis]]\nid = 'Maroc !'\ntitle = 'x'\n", "hyphens", f"{LINES + 2}:6"),
    ("reserved-slug", f"{CYCLE}[[axis]]\nid = 'con'\ntitle = 'x'\n", "con-2021", f"{LINES + 2}:6"),
    ("unknown-zone", CYCLE.replace("Europe/Paris", "europe/pari"), "Europe/Paris", "4:12"),
    ("unknown-zone", CYCLE.replace("Europe/Paris", "zzzzzzzzzzz"), "Indian/Reunion", "4:12"),
    ("email", CYCLE.replace("contact@example.org", "DAECT"), "contact@", "8:9"),
    ("unknown-country", f"{CYCLE}country = 'fr'\n", "FR", f"{LINES + 1}:11"),
    ("asset", f"{CYCLE}letterhead = '../modele.docx'\n", "../modele.docx", f"{LINES + 1}:14"),
    ("colour", f"{CYCLE}[style]\ncolour = 'red'\n", "red", f"{LINES + 2}:10"),
    ("wording", f"{CYCLE}[texts]\nfr = 'x'\n", "table", f"{LINES + 2}:6"),
    ("text-type", f"{CYCLE}[texts.fr]\ndocument.contact = 3\n", "contact", f"{LINES + 2}:20"),
    ("url", f"{CYCLE}url = 'javascript:alert(1)'\n", "https://", f"{LINES + 1}:7"),
    ("moment", f"{CYCLE}{SESSION}start = '2020-11-30 09:30'\n", ": 2020-11-30T09:30:00", f"{LINES + 4}:9"),
    ("moment", f"{CYCLE}{SESSION}start = ' 2020-11-30'\n", ": 2020-11-30", f"{LINES + 4}:9"),
    ("moment", f"{CYCLE}{SESSION}start = 2020\n", "2020-10-26T14:00:00", f"{LINES + 4}:9"),
    ("day", f"{CYCLE}[[release]]\nkind = 'review'\ndate = '2021-05-06T10:00'\n", ": 2021-05-06", f"{LINES + 3}:8"),
    ("day", f"{CYCLE}[[release]]\nkind = 'review'\ndate = 'demain'\n", "2020-10-26", f"{LINES + 3}:8"),
    (
        "clock",
        f"{CYCLE}{TIMED}end = 2020-10-26T16:00:00\nagenda = [{{start='9h30',end=10:00:00,title='x'}}]",
        "09:30:00",
        f"{LINES + 6}:18",
    ),
    (
        "clock",
        f"{CYCLE}{TIMED}end = 2020-10-26T16:00:00\nagenda = [{{start=1,end=10:00:00,title='x'}}]",
        "15:45:00",
        f"{LINES + 6}:18",
    ),
    ("unlikely-year", f"{CYCLE}{SESSION}start = 0001-01-01T00:00:00\nduration = '2h'\n", "1900", f"{LINES + 4}:9"),
    ("offset-time", f"{CYCLE}{SESSION}start = 2020-10-26T14:00:00Z\n", "without Z", f"{LINES + 4}:9"),
    ("duration", f"{CYCLE}{TIMED}duration = 'two hours'\n", "2h30", f"{LINES + 5}:12"),
    ("period", f"{CYCLE}[privacy]\npurge-after = '6 months'\n", "P6M", f"{LINES + 2}:15"),
    ("missing-start", f"{CYCLE}{SESSION}", "start = ", f"{LINES + 1}:1"),
    ("missing-end", f"{CYCLE}{TIMED}", "duration = ", f"{LINES + 1}:1"),
    ("end-without-start", f"{CYCLE}{SESSION}status = 'postponed'\nend = 2020-10-26\n", "Add `start`", f"{LINES + 5}:7"),
    ("end-and-duration", f"{CYCLE}{TIMED}end = 2020-10-26T16:00:00\nduration = '2h'\n", "Keep one", f"{LINES + 6}:12"),
    ("duration-of-days", f"{CYCLE}{SESSION}start = 2020-10-26\nduration = '2h'\n", "last day", f"{LINES + 5}:12"),
    ("end-has-hour", f"{CYCLE}{SESSION}start = 2020-10-26\nend = 2020-10-26T16:00:00\n", "both", f"{LINES + 5}:7"),
    ("end-without-hour", f"{CYCLE}{TIMED}end = 2020-10-26\n", "both", f"{LINES + 5}:7"),
    ("end-before-start", f"{CYCLE}{TIMED}end = 2020-10-26T13:00:00\n", "month", f"{LINES + 5}:7"),
    ("nonexistent-time", f"{CYCLE}{SESSION}start = 2021-03-28T02:30:00\nduration = '2h'\n", "02:30", f"{LINES + 4}:9"),
    ("ambiguous-time", f"{CYCLE}{SESSION}start = 2020-10-25T02:30:00\nduration = '2h'\n", "once", f"{LINES + 4}:9"),
    (
        "claim-bound",
        f"{CYCLE}[[claim]]\nfigure = 'views'\non = 2021-01-01\nsource = 'x'\n",
        "exactly",
        f"{LINES + 1}:1",
    ),
]


@pytest.mark.parametrize(("code", "text", "seen", "at"), WRONG)
def test_a_wrong_value_is_a_finding_with_its_place_and_a_hint(code: str, text: str, seen: str, at: str) -> None:
    loaded = load((text or CYCLE.partition("\n[organiser]")[0]).encode(), "cycle.toml")
    assert loaded.source is not None
    assert loaded.programme is None
    finding = next(finding for finding in loaded.findings if finding.code == code)
    assert where(finding) == f"cycle.toml:{at}"
    assert seen in texts.message("en", finding) + texts.hint("en", finding)
    for one in loaded.findings:
        assert_told(one)


def test_every_sentence_of_a_wrong_file_is_tried_here() -> None:
    """The codes that values and programmes raise, read from their source, all have an example above."""
    raised: set[str] = set()
    for name in ("values", "programme/__init__", "programme/session", "programme/cycle"):
        raised |= set(re.findall(r'(?:wrong\(|yield |positioned\("\w+", \()"([a-z-]+)"', module_text(name)))
    assert {"slug", "end-before-start", "claim-bound"} <= raised
    assert raised - {"nonexistent-time", "ambiguous-time"} <= {code for code, *_ in WRONG}


def module_text(name: str) -> str:
    return files("webcycle").joinpath(*f"{name}.py".split("/")).read_text("utf-8")


def test_a_good_programme_has_no_findings_and_needs_no_syntax_tree() -> None:
    script = "import sys; from webcycle.source import load; r = load(sys.stdin.buffer.read(), 'x')\n"
    check = (
        "assert r.programme and not r.findings; assert 'tree_sitter' not in sys.modules; print(r.programme.cycle.id)"
    )
    text = f"{CYCLE}{TIMED}duration = '2h'\n"
    done = subprocess.run([sys.executable, "-c", script + check], input=text.encode(), capture_output=True, check=True)
    assert done.stdout.strip() == b"guide"


def test_findings_come_in_the_order_of_the_file() -> None:
    text = f"zzz = 1\n{CYCLE}phone = 1\n[[session]]\nid = 'A'\n"
    places = [finding.place for finding in load(text.encode(), "cycle.toml").findings]
    assert len(places) == 4
    assert places == sorted(places, key=lambda place: (place.line, place.column) if place else (0, 0))


def test_a_flood_of_errors_is_cut_and_counted() -> None:
    raw = f"session = [{'1,' * (MAX_FINDINGS + 5)}]\n{CYCLE}".encode()
    findings = load(raw, "cycle.toml").findings
    assert len(findings) == MAX_FINDINGS + 1
    (rest,) = (finding for finding in findings if finding.code == "more-findings")
    assert rest.values["count"] == "5"
    assert_told(rest)


def test_what_is_shown_of_a_value_is_short_and_harmless() -> None:
    finding = only(f'{CYCLE}url = "\\u001b[2J\\u202e{"x" * 200}"\n'.encode())
    assert len(finding.values["found"]) <= 80
    assert finding.values["found"].endswith("…")
    assert not re.search("[\x00-\x1f\u202e]", finding.values["found"])


def test_an_error_of_pydantic_that_has_no_words_of_its_own_still_names_the_key() -> None:
    finding = only(f"{CYCLE}[calendar]\nurl = 0x{'f' * 90}\n".encode())
    assert (finding.code, finding.values["key"]) == ("url", "url")
