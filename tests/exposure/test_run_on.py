"""Where an address ends that the next word follows without a blank: for both searches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.people.made import programme as tiny
from tests.people.made import session
from webcycle import exposure, legible, privacy
from webcycle.exposure.people import addresses
from webcycle.exposure.words import addressed
from webcycle.folder import Folder
from webcycle.ledger import Ledger
from webcycle.privacy import Subject

from .made import kinds, private, zipped

EMAIL = "ada@example.org"
HELD, NEEDLES = private(emails=(EMAIL,)), [legible.address(EMAIL)]
ADA = Subject(EMAIL, (EMAIL,))

ENDED = (
    "ada@example.org.Merci",
    "ada@example.org.En cas",
    "ada@example.org.DREAL",
    "ada@example.org.À bientôt",
    "ada@example.org.J'ai",
    "ADA@EXAMPLE.ORG.En cas",
    "ADA@EXAMPLE.ORG.MERCI",
    "Ada@Example.Org.Merci",
    "ada@example.org.merci",
    "ada@example.org...Merci",
    "ada@example.org.06 12 34 56 78",
    "ada@example.org-2021",
    "ada@example.org.csv.gz",
    "ada%40example.org.Merci",
    "ada@example.org.Merci.Bien",
)
GOING_ON = (
    "ada@example.org.uk",
    "ADA@EXAMPLE.ORG.UK",
    "Ada@Example.Org.Uk",
    "ada@example.org.co.uk",
    "ada@example.org.gouv.fr",
    "ada@example.org.xn--p1ai",
    "ada@example.org-x.net",
    "ada@example.orgs",
    "x.ada@example.org.Merci",
    "ada@-",
)


@pytest.mark.parametrize("text", ENDED)
def test_an_address_ends_where_a_sentence_begins(text: str) -> None:
    assert kinds(HELD, text.encode()) == [("address", "", 1)]
    assert [(hit.label, hit.line) for hit in legible.search(text.encode(), NEEDLES)] == [("address", 1)]


@pytest.mark.parametrize("text", GOING_ON)
def test_an_address_that_goes_on_is_somebody_else_s(text: str) -> None:
    assert not kinds(HELD, text.encode())
    assert not legible.search(text.encode(), NEEDLES)


@pytest.mark.parametrize("email", ["ada@mail.Example.org", "ada@example.paris", "ada@le-bourg.example.info", "a@b"])
@pytest.mark.parametrize("text", ["{}", "{}.", "{}.Merci", "{} Merci", "{}.pdf"])
def test_an_address_is_found_whatever_its_domain(email: str, text: str) -> None:
    data = text.format(email).encode()
    assert kinds(private(emails=(email,)), data)
    assert legible.search(data, [legible.address(email)])


def test_an_address_has_each_domain_that_it_may_have() -> None:
    assert [host for _local, host, _at in addresses("ada@example .org .uk")] == [
        "example",
        "example.org",
        "example.org.uk",
    ]
    assert legible.unjoined("ada@example.org.Merci, 3 @ 4.Oui @.") == "ada@example.org .Merci, 3 @ 4.Oui @."


def test_what_the_programme_says_is_no_secret_where_a_sentence_follows() -> None:
    of = tiny(session=[session("one", 12, note="Écrire à help@example.org.Merci")])
    held = private("Ada Lovelace", emails=("help@example.org", EMAIL), of=of)
    assert not kinds(held, b"help@example.org.Merci")
    assert not kinds(held, b"help@example.org")
    assert kinds(held, b"ada@example.org")


def test_a_comment_of_people_toml_tells_and_goes(tmp_path: Path) -> None:
    raw = b"[staff]\n# ada@example.org.Merci\nemails = []\n"
    assert [one.line for one in privacy.held(ADA, [("people.toml", raw)], Ledger(), privacy.maker(()))] == [2]
    assert privacy.without("people.toml", raw, ADA) == b"[staff]\nemails = []\n"
    (tmp_path / "people.toml").write_bytes(raw)
    assert kinds(exposure.private(Folder(tmp_path), tiny()), b"ada@example.org")


# ---- names of files

FILES = (
    "inscription-ada@example.org.pdf",
    "inscription_ada@example.org.jpg",
    "2021-10-ada@example.org-2.csv",
    "ada@example.org.xlsx",
    "ada@example.org (1).PDF",
    "lists/ada@example.org.csv.gz",
)
OF_OTHERS = ("ada@example.org.uk.pdf", "nada@example.org.pdf", "list-ada@example.org.co.uk.xlsx", "adaline.pdf")


@pytest.mark.parametrize("name", FILES)
def test_an_address_is_found_in_the_name_of_a_file(name: str) -> None:
    assert kinds(HELD, b"", name) == [("address", "", 1)]
    assert kinds(HELD, zipped({name: b""})) == [("address", "", 1)]
    assert [one.file for one in privacy.proof(ADA, [(name, b"")]).left] == [name]
    assert privacy.proof(ADA, [("a.zip", zipped({name: b""}))]).left


@pytest.mark.parametrize("name", OF_OTHERS)
def test_an_address_of_another_is_not_found_in_the_name_of_a_file(name: str) -> None:
    assert not kinds(HELD, b"", name)
    assert not privacy.proof(ADA, [(name, b""), ("a.zip", zipped({name: b""}))]).left


def test_each_address_in_the_name_of_a_file_is_taken_by_itself() -> None:
    assert list(addressed("a-jean-paul@b.org, c_d@e.org")) == ["jean-paul@b.org, c_d", "paul@b.org, c_d", "d@e.org"]
    assert not list(addressed("a-b.pdf"))
    assert kinds(private(emails=("jean-paul@b.org",)), b"", "a-jean-paul@b.org.pdf")
    assert sum(map(len, addressed("-" * 60_000 + "@" + "b" * 60_000))) < 128 * 400
