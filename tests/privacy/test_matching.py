"""By what somebody is searched for: as `check` searches for everybody."""

from __future__ import annotations

from tests.privacy.test_privacy import entry as file_entry
from webcycle import exposure, privacy
from webcycle import ledger as ledgers
from webcycle.identity import People, resolve
from webcycle.privacy.matching import borne, matcher
from webcycle.privacy.subject import Subject
from webcycle.records import Registration

ADA = Subject("ada@example.org", ("ada@example.org",), ("Zoé Ada King",), loose=("zoé ada king",), alone=("madonnina",))


def subject(asked: str, *rows: Registration, common: tuple[str, ...] = ()) -> Subject:
    return privacy.subject(asked, resolve(rows, (), People()), People(), common=common)


def test_a_name_is_known_in_every_order_that_keeps_neighbours_and_a_word_by_itself() -> None:
    held = matcher(["Ada@example.org"], ["Zoé Ada King", "Madonnina", "Al"])
    assert held.addresses == {"example.org": frozenset({"ada"})}
    assert held.names["king"] == (("king", "zoe", "ada"),)
    assert held.alone == {"madonnina"}
    assert exposure.hits(held, "", b"KING, Zoe Ada")
    assert not exposure.hits(held, "", b"King Ada Zoe, Al")


def test_a_name_is_borne_by_who_has_it_among_theirs() -> None:
    names = ["Marie Martin", "Ada", "Al", "Lovelace Ada", "Bea Fisher"]
    assert borne(names, ["Martin, Marie-Leroy", "ada lovelace"]) == {"Lovelace Ada", "Marie Martin"}
    assert borne(names, ["Marie Martin-Leroy", "Fisher X Bea", "al"]) == {"Marie Martin"}
    assert borne(["Zelda"], ["zelda@example.org"]) == {"Zelda"}


def test_of_a_name_is_searched_what_is_nobody_else_s() -> None:
    rows = [
        Registration(email="ada@example.org", name="Marie Martin"),
        Registration(email="ada@example.org", name="Madonnina"),
        Registration(email="ada@example.org", name="Fisher"),
        Registration(email="ada@example.org", name="Ville"),
        Registration(email="ada@example.org", name="Zelda Ace"),
        Registration(email="bea@example.org", name="Martin-Leroy Marie", organisation="Fisher & Co"),
        Registration(email="cy@example.org", name="Marie Martin-Leroy"),
    ]
    found = subject("ada@example.org", *rows, common=("ville",))
    assert (found.loose, found.alone, found.unsought) == (("zelda ace",), ("madonnina",), 2)
    assert found.short == ("fisher", "madonnina", "ville")
    assert found.proper == ("marie martin", "zelda ace")  # the first only as it is written


def test_names_of_files_are_hidden_in_whatever_order() -> None:
    tells = privacy.telling([Registration(name="Zoé King")])
    assert all(map(tells, ("KING_Zoe.csv", "zoé-king.pdf", "ZoéKing.png", "list of Zoe King")))
    assert not any(map(tells, ("Zoé.csv", "kings zoe.csv", "list.csv")))
    entry = file_entry("King_Zoe_Ada.csv")
    raw = ledgers.write_ledger(ledgers.Ledger({"a" * 16: entry}))
    without = privacy.without("imports.toml", raw, ADA)
    assert without is not None
    assert b"King" not in without
    assert [one.file for one in privacy.proof(ADA, [("imports.toml", raw)]).left] == ["imports.toml"]
    assert privacy.proof(ADA, [("imports.toml", without)]).left == ()


def test_records_of_others_are_searched_cell_by_cell() -> None:
    header = "session,meeting,email,name,first,last,organisation,territory,role,registered,status,source\n"
    row = "maroc,,ada.b@example.org,Al King,Zoé Ada,King,,,participant,,confirmed,\n"
    path = "sessions/maroc/registrations.csv"
    assert privacy.proof(ADA, [(path, (header + row).encode())]).left == ()
    told = header + row + row.replace("Al King", "King Zoe Ada")
    assert [one.line for one in privacy.proof(ADA, [(path, told.encode())]).left] == [3]


def test_what_is_beyond_a_link_is_somebody_s_own() -> None:
    files = [("out/private/participants.csv", b"x"), ("people.toml.rej", b"ada@example.org")]
    made = privacy.maker(())
    assert [one.kind for one in privacy.held(ADA, files, ledgers.Ledger(), made)] == ["made", "left"]
    beyond = {name for name, _raw in files}
    found = privacy.held(ADA, files, ledgers.Ledger(), made, beyond)
    assert [(one.file, one.kind) for one in found] == [("people.toml.rej", "own")]


def test_what_is_not_read_whole_proves_nothing() -> None:
    files = [("a.zip", b"PK\x03\x04 damaged"), ("b.txt", b"x"), (privacy.JOURNAL, b"PK\x03\x04 damaged")]
    assert privacy.proof(ADA, files) == privacy.Proof((), (("a.zip", ""),))
