"""Who is meant, what of people.toml goes, the journal and the log."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from webcycle import identity, privacy
from webcycle import ledger as ledgers
from webcycle.errors import RefusedError
from webcycle.identity import People
from webcycle.privacy import Kind, decisions
from webcycle.privacy.subject import Subject
from webcycle.records import RecordsError, Registration, Visit, dump

ADA = Subject("ada@example.org", ("ada@example.org", "name:ada lovelace"), names=("Ada Lovelace",))

MADE = privacy.maker(("maroc", "mali"))

PEOPLE = b"""# Ours.

[staff]
emails = ["ada@example.org", "bea@example.org"]
names = [
    "Ada Lovelace",  # of the office
    "Cy Young",
]
patterns = ["*bot*", "*Ada Lovelace*"]

# Ada joins by telephone.
[[alias]]
person = "Ada@example.org"
is = ["name:Ada Lovelace"]

# Ask ada@example.org about this one.
[[alias]]
person = "bea@example.org"
is = ["name:bea"]  # kept

[[distinct]]
keys = ["ada@example.org", "bea@example.org"]

[[distinct]]
keys = ["bea@example.org", "ada@example.org", "cy@example.org"]
"""


def subject(asked: str, people: People, *rows: Registration | Visit, **former: dict[str, Subject]) -> Subject:
    registrations = [one for one in rows if isinstance(one, Registration)]
    visits = [one for one in rows if isinstance(one, Visit)]
    return privacy.subject(asked, identity.resolve(registrations, visits, people), people, **former)


def people(raw: bytes) -> People:
    found, findings = identity.load(raw, "people.toml")
    assert found is not None, findings
    return found


def test_a_person_is_all_their_keys_and_names() -> None:
    decided = people(b'[[alias]]\nperson = "ada@example.org"\nis = ["al@example.org", "name:Ada King; Royal"]\n')
    rows = (
        Registration(email="ADA@example.org", name="Ada Lovelace"),
        Visit(email="al@example.org", name="Ada"),
        Registration(email="bea@example.org", name="Ada King-Noel"),
        Registration(email="a.l+x@example.org", name="Ann Ada King"),
        Registration(email="adaline@example.org", name=""),
    )
    for asked in ("ada@example.org", "al@example.org"):
        found = subject(asked, decided, *rows)
        assert found.keys == ("ada@example.org", "al@example.org", "name:ada king; royal")
        assert found.names == ("Ada", "Ada Lovelace", "ada king")
        assert (found.shared, found.short, found.proper) == (("ada", "ada king"), (), ("ada lovelace",))
        assert found.alike == ("a.l+x@example.org",)
        assert found.addresses == ("ada@example.org", "al@example.org")
        assert [one.label for one in found.needles] == ["address", "address", "name"]
    assert subject("al@example.org", People(), rows[1]).short == ("ada",)


def test_a_person_is_known_by_the_name_without_the_body_beside_it_too() -> None:
    row = Registration(email="ada@example.org", name="Ada Lovelace - Mairie", organisation="Example Town")
    assert subject("ada@example.org", People(), row).names == ("Ada Lovelace", "Ada Lovelace - Mairie")


def test_rows_without_an_address_under_a_like_name_are_perhaps_theirs() -> None:
    rows = (
        Registration(email="ada@example.org", name="Ada Lovelace"),
        Visit(name="lovelace ADÁ"),
        Visit(platform="teams", person="8f3a", name="Ada Lovelace (Guest)"),
        Visit(name="Ada Lovelace-King"),
        Visit(email="al@example.org", name="Ada"),
        Visit(name="ada", organisation="Town"),
    )
    found = subject("ada@example.org", People(), *rows)
    assert found.perhaps == ("id:teams/8f3a", "name:lovelace adá")
    assert [found.may_have_made(one) for one in rows] == [False, True, True, False, False, False]
    assert (found.forms, subject("ada@example.org", People(), rows[0]).forms) == ((), ("ada lovelace",))
    assert subject("al@example.org", People(), *rows).perhaps == ("name:ada; town",)  # a word alone, but the very same
    decided = people(
        b'[[distinct]]\nkeys = ["ada@example.org", "name:lovelace ad\xc3\xa1"]\n'
        b'[[distinct]]\nkeys = ["bea@example.org", "cy@example.org"]\n[anonymous]\nnames = ["Ada Lovelace (Guest)"]\n'
    )
    apart = subject("ada@example.org", decided, *rows)
    assert (apart.perhaps, apart.distinct, apart.forms) == ((), ("name:lovelace adá",), ())
    again = subject("ada@example.org", People(), *rows, former={"ada@example.org": apart})
    assert (again.perhaps, again.distinct) == (("id:teams/8f3a",), ("name:lovelace adá",))


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("Marie Dupont", "Mme Marie DUPONT"),
        ("Dr. Jean-Pierre O'Neill", "Jean Pierre O'Neill"),
        ("Marie Dupont", "DUPONT, Mme Marie"),
        ("M. Jean Dupont", "Prof. Jean Dupont"),
        ("Maître Jean Dupont", "Dupont Jean"),
    ],
)
def test_rows_without_an_address_under_a_name_with_a_title_are_perhaps_theirs(own: str, other: str) -> None:
    rows = (Registration(email="ada@example.org", name=own), Visit(name=other), Visit(name="Mme Dupont"))
    found = subject("ada@example.org", People(), *rows)
    key = identity.key_of(rows[1])
    assert found.perhaps == (key,)
    decided = people(f'[[distinct]]\nkeys = ["ada@example.org", "{key}"]\n'.encode())
    apart = subject("ada@example.org", decided, *rows)
    assert (apart.perhaps, apart.distinct) == ((), (key,))
    (without,) = identity.keys.forms(own) & identity.keys.forms(other)
    assert without not in apart.forms  # it is somebody else's too
    assert without in subject("ada@example.org", People(), rows[0]).forms


def test_an_interrupted_run_is_remembered() -> None:
    before = Subject("ada@example.org", ("ada@example.org", "name:ada x"), ("Ada Lovelace",), shared=("ada x",))
    found = subject("ada@example.org", People(), former={"ada@example.org": before})
    assert found.keys == before.keys
    assert found.names == ("Ada Lovelace", "ada x")
    assert found.shared == ("ada x",)
    assert privacy.load(privacy.dump({"ada@example.org": before})) == {"ada@example.org": before}
    assert privacy.load(b"") == {}
    other = subject("al@example.org", People(), former={"b": Subject("b", ("b", "al@example.org"), ("Al Ice",))})
    assert (other.keys, other.names) == (("al@example.org", "b"), ("Al Ice",))
    for raw in (b"{", b"[1]", b"[{}]", b'[{"asked": "a", "b": []}]', b'[{"asked": "a"}]', b"[" * 100_000):
        with pytest.raises(RefusedError):
            privacy.load(raw)


@pytest.mark.parametrize("keys", ['"abc"', "[1]", '[["a"]]', "null", '{"a": 1}'])
def test_a_journal_of_other_kinds_is_damaged(keys: str) -> None:
    made = '[{{"asked": {}, "keys": {}}}]'
    assert privacy.load(made.format('"a"', '["abc"]').encode())["a"].keys == ("abc",)
    with pytest.raises(RefusedError) as refused:
        privacy.load(made.format('"a"', keys).encode())
    assert refused.value.key == "privacy.journal-damaged"
    with pytest.raises(RefusedError):
        privacy.load(made.format(keys, '["abc"]').encode() if keys != '"abc"' else b'{"asked": "a", "keys": ["b"]}')


def test_what_is_no_address_is_refused() -> None:
    assert privacy.normal(" Ada@Example.org ") == "ada@example.org"
    assert (privacy.normal("name:Jürgen  Größe"), privacy.normal("id:zoom/1")) == ("name:jürgen grösse", "id:zoom/1")
    for given in ("ada", "name:", "id:zoom", ""):
        with pytest.raises(RefusedError):
            privacy.normal(given)


def test_decisions_go_and_every_other_byte_stays() -> None:
    found = decisions.decisions(PEOPLE, ADA)
    assert [one.line for one in found] == [4, 6, 9, 12, 16, 21, 25]
    assert decisions.without(PEOPLE, ADA).decode() == (
        "# Ours.\n\n[staff]\n"
        'emails = ["bea@example.org"]\nnames = [\n    "Cy Young",\n]\npatterns = ["*bot*"]\n\n'
        '[[alias]]\nperson = "bea@example.org"\nis = ["name:bea"]  # kept\n\n'
        '[[distinct]]\nkeys = ["bea@example.org", "cy@example.org"]\n'
    )
    assert people(decisions.without(PEOPLE, ADA))
    assert decisions.decisions(decisions.without(PEOPLE, ADA), ADA) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b""),
        (b'# Top.\n[[alias]]\nperson = "ada@example.org"\nis = ["name:a b"]', b"# Top.\n"),
        (b'\xef\xbb\xbf[staff]\nemails = ["ada@example.org"]', b"\xef\xbb\xbf[staff]\nemails = []"),
        (b'alias = [{ person = "ada@example.org", is = ["name:a b"] }]\n', b"alias = []\n"),
        (b'[staff]\nemails = [\n  "ada@example.org"\n]\n', b"[staff]\nemails = [\n]\n"),
    ],
)
def test_decisions_in_other_forms(before: bytes, after: bytes) -> None:
    assert decisions.without(before, ADA) == after


def test_a_comment_inside_a_text_is_refused() -> None:
    raw = b'[[alias]]\nperson = "bea@example.org"\nis = ["name:b"]\nreason = """\n# ada@example.org\n"""\n'
    with pytest.raises(RefusedError, match="people-edit"):
        decisions.without(raw, ADA)


def test_an_item_whose_comma_stands_after_a_comment_is_refused() -> None:
    with pytest.raises(RefusedError, match="people-edit"):
        decisions.without(b'[staff]\nemails = [ "ada@example.org" # x\n , "b@x.org"]\n', ADA)


def test_a_result_that_would_differ_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for broken in (b"[", b""):
        monkeypatch.setattr(decisions, "_without_item", lambda _body, _span, made=broken: made)
        with pytest.raises(RefusedError):
            decisions.without(b'[staff]\nemails = ["ada@example.org"]\n', ADA)


def test_rows_are_found_by_their_lines_and_taken_out() -> None:
    rows = [
        Registration("maroc", "", "ada@example.org", "Ada Lovelace", source="a" * 16),
        Registration("maroc", "", "bea@example.org", "=Bea"),
    ]
    raw = dump(Registration, rows).encode()
    path = "sessions/maroc/registrations.csv"
    (one,) = privacy.held(ADA, [(path, raw)], ledgers.Ledger(), MADE)
    assert (one.line, one.kind, one.source) == (2, "registration", "")
    assert one.fields["name"] == "Ada Lovelace"
    assert privacy.without(path, raw, ADA) == dump(Registration, rows[1:]).encode()
    assert privacy.held(ADA, [(path, b"")], ledgers.Ledger(), MADE) == ()
    assert privacy.without("sessions/maroc/attendance.csv", b"", ADA) == dump(Visit, ()).encode()
    assert privacy.without("out/private/list.csv", b"x", ADA) is None
    assert privacy.without("people.toml", PEOPLE, ADA) == decisions.without(PEOPLE, ADA)
    with pytest.raises(RecordsError):
        privacy.without(path, b"no header", ADA)


def entry(file: str, part: str = "") -> ledgers.Entry:
    return ledgers.Entry(
        source="a" * 16,
        sha256="b" * 64,
        file=file,
        part=part,
        reader="zoom",
        kind="both",
        encoding="utf-8",
        zone="Europe/Paris",
        rows=1,
        kept=1,
        imported=datetime(2021, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize("file", ["list-of-ada-lovelace.csv", "Ada_Lovelace.xlsx"])
def test_the_names_of_imported_files_are_hidden(file: str) -> None:
    ledger = ledgers.Ledger({"a" * 16: entry(file, "Sheet 1")})
    raw = ledgers.write_ledger(ledger)
    (one,) = privacy.held(ADA, [("imports.toml", raw)], ledger, MADE)
    assert (one.kind, dict(one.fields)) == ("file-name", {"file": file, "part": "Sheet 1"})
    after = privacy.without("imports.toml", raw, ADA)
    assert after is not None
    assert b"velace" not in after
    assert ledgers.read_ledger(after.decode()).entries["a" * 16].part == "Sheet 1"
    other = ledgers.Ledger({"a" * 16: entry("bea.csv")})
    assert privacy.held(ADA, [("imports.toml", ledgers.write_ledger(other))], other, MADE) == ()
    bare = privacy.held(ADA, [("imports.toml", raw)], ledgers.Ledger({"a" * 16: entry(file)}), MADE)
    assert dict(bare[0].fields) == {"file": file}
    named = privacy.unnamed(ledgers.Ledger({"a" * 16: entry("cy@example.org list.csv")}), lambda _name: False)
    assert named.entries["a" * 16].file == "… list.csv"


@pytest.mark.parametrize(
    ("path", "raw", "kind"),
    [
        ("out/private/participants.pdf", b"anything", "made"),
        ("out/private/participants-maroc-en.csv", b"anything", "made"),
        ("out/private/sign-in-mali.html", b"anything", "made"),
        ("out/private/whois-0123456789abcdef.json", b"anything", "made"),
        ("out/private/invitations/maroc.csv", b"anything", "made"),
        ("out/private/invitations/maroc-0123456789abcdef.ics", b"mailto:ada@example.org", "made"),
        ("out/private/invitations/maroc-0123456789abcdef.ics", b"mailto:bea@example.org", None),
        ("out/private/duties.ics", b"Ada Lovelace", "made"),
        ("out/private/participants-tunis.csv", b"anything", None),
        ("out/private/sign-in.html", b"anything", None),
        ("out/private/scan.pdf", b"anything", None),
        ("out/private/scan.md", b"Ada Lovelace", "own"),
        ("out/private/a.ics", b"mailto:ada@example.org", "own"),
        ("out/private/.participants.csv.0a1b2c3d.tmp", b"nobody", "left"),
        ("out/public/review.md", b"Ada Lovelace", "public"),
        ("notes.md", b"Ada Lovelace", "own"),
        ("sessions/maroc/notes.md", b"Ada Lovelace", "own"),
        ("sessions/maroc/notes.md", b"nobody", None),
        ("sessions/maroc/attendance.csv.rej", b"nobody", "left"),
        ("people.toml.rej", b"nobody", "left"),
        ("people.toml.rejected", b"nobody", None),
        ("people.toml.rejected", b"Ada Lovelace", "own"),
        ("sessions/maroc/notes.rej", b"Ada Lovelace", "own"),
        ("sessions/liste.rejets.txt", b"nobody", None),
        ("sessions/maroc/compte.rendu.v1.tmpl.docx", b"nobody", None),
        ("notes/.people.toml.0a1b2c3d.tmp", b"Ada Lovelace", "own"),
        ("cycle.toml.rej", b"Ada Lovelace", "left"),
        ("cycle.toml.rej", b"nobody", None),
        (".cycle.toml.0123abcd.tmp", b"ada@example.org", "left"),
        ("sessions/.forgotten.toml", b"ada@example.org", None),
        (".webcycle.lock", b"ada@example.org", None),
        ("people.toml", b"", None),
        ("people.toml", PEOPLE.split(b"[[alias]]")[0], "decision"),
    ],
)
def test_each_file_is_what_its_place_says(path: str, raw: bytes, kind: Kind | None) -> None:
    found = privacy.held(ADA, [(path, raw)], ledgers.Ledger(), MADE)
    assert {one.kind for one in found} == ({kind} if kind else set())


def test_the_proof_looks_into_every_file_but_what_says_whom_to_forget() -> None:
    files = [
        ("a.md", b"\nada@example.org Ada Lovelace"),
        ("Ada Lovelace.md", b""),
        (privacy.JOURNAL, b"ada@example.org"),
    ]
    files += [("out/public/b.md", b"ada@example.org")]
    found = privacy.proof(ADA, files).left
    assert [(one.file, one.line, one.kind) for one in found] == [
        ("a.md", 2, "own"),
        ("a.md", 2, "own"),
        ("Ada Lovelace.md", None, "own"),
        ("out/public/b.md", 1, "public"),
    ]


def test_rows_that_only_a_key_tells_are_found_too() -> None:
    him = Subject("al@example.org", ("al@example.org", "name:al"))
    raw = dump(Visit, [Visit(name="Al"), Visit(email="al@example.org"), Visit(name="Zoe")]).encode()
    told = {number for number, line in enumerate(raw.decode().splitlines(), start=1) if "al@" in line or ",Al," in line}
    found = privacy.proof(him, [("sessions/maroc/attendance.csv", raw)]).left
    assert len(found) == len(told) == 2
    assert {(one.line, one.kind) for one in found} == {(number, "own") for number in told}


def test_what_goes_with_a_purge() -> None:
    for path in ("people.toml", "people.toml.rej", "sessions/.forgotten.toml", privacy.JOURNAL, "out/private/a/b.ics"):
        assert privacy.personal(path)
    for path in (
        "sessions/a/registrations.csv",
        "sessions/a/attendance.csv",
        "sessions/a/.attendance.csv.0a1b2c3d.tmp",
    ):
        assert privacy.personal(path)
    for path in ("cycle.toml", "cycle.toml.rej", "imports.toml", "views.csv", "out/public/a.md", "sessions/a/notes.md"):
        assert not privacy.personal(path)


def test_the_log_comes_back_and_damage_is_refused() -> None:
    begun = datetime(2021, 9, 1, 12, tzinfo=UTC)
    log = (privacy.Purge(begun, 3, 2, 0, 1, finished=begun), privacy.Purge(begun, 1, 0, 0, 0, True, "a", "b"))
    assert privacy.read_log(privacy.write_log(log)) == log
    assert b"visits = 0" in privacy.write_log(log)
    assert privacy.read_log(b"") == ()
    counts = b"files = 1\nregistrations = 1\nvisits = 1\npeople = 1\n"
    assert privacy.read_log(b"[[purge]]\nbegun = 2021-01-01T00:00:00Z\n" + counts)
    for raw in (
        b"\xff",
        b"[",
        b"purge = 1",
        b'purge = "abc"',
        b"[[purge]]\nfiles = 1",
        b"purge = [1]",
        b"[[purge]]\nbegun = 2021-01-01",
        b"[[purge]]\nbegun = 2021-01-01T00:00:00\n" + counts,
        b"[[purge]]\nbegun = 0001-01-01T00:00:00+14:00\n" + counts,
        b"purge = " + b"[" * 100_000,
    ):
        with pytest.raises(RefusedError):
            privacy.read_log(raw)
