"""The privacy notice and the line of the register: what the GDPR asks for stands in them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.people.made import programme, session
from webcycle.documents import html, markdown, privacy_notice, privacy_record
from webcycle.documents.privacy_words import basis, missing, rights
from webcycle.errors import Language
from webcycle.programme import Programme

GIVEN = {
    "controller": "Conseil de l’exemple",
    "purpose": "organiser les rencontres",
    "legal-basis": "mission d’intérêt public",
    "recipients": ["les agents du service", "les partenaires de la séance"],
    "transfers": "aucun",
    "dpo": "Bureau des données, dpo@example.org",
    "email": "donnees@example.org",
    "purge-after": "P1Y2M3W1D",
}
JOIN = {"platform": "teams", "url": "https://meet.example.org/a"}
BUILDERS = {"notice": privacy_notice.build, "record": privacy_record.build}


def made(kind: str, lang: Language, of: Programme) -> str:
    said = markdown.render(BUILDERS[kind](of, lang, date(2023, 11, 14)))
    return said.replace("\u00a0", " ").replace("\u202f", " ").replace("\\", "")


def whole(**more: Any) -> Programme:
    cycle = {"id": "tiny", "title": "Tiny", "timezone": "UTC", "language": "fr"}
    return programme(privacy=GIVEN | more, cycle=cycle, session=[session("one", 12, join=JOIN)])


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_all_that_is_given_is_told(kind: str, lang: Language) -> None:
    said = made(kind, lang, whole())
    assert missing(whole().privacy) == ()
    for words in (*(one for one in GIVEN.values() if isinstance(one, str)), *GIVEN["recipients"], "Microsoft Teams"):
        assert words in said or words.startswith("P1Y")
    assert ("[à compléter" if lang == "fr" else "[to be completed") not in said
    assert "délégué à la protection des données" in said or "data protection officer" in said
    assert JOIN["url"] not in said


@pytest.mark.parametrize("kind", BUILDERS)
def test_what_is_missing_is_to_be_completed(kind: str) -> None:
    of = programme()
    said = made(kind, "en", of)
    assert [path[1] for path in missing(of.privacy)] == ["purpose", "legal-basis", "recipients", "dpo", "transfers"]
    for key in ("purpose", "legal-basis", "recipients", "dpo", "transfers"):
        assert f"[to be completed: {key} in the table privacy" in said
    assert "Example Council" in said
    assert "council@example.org" in said


def test_it_must_be_read_again_first() -> None:
    assert "> **Projet à faire relire par votre délégué à la protection des données**" in made("notice", "fr", whole())
    assert "> **Draft to be reviewed by your data protection officer**" in made("record", "en", whole())


def test_how_long_the_data_are_kept() -> None:
    assert "Jusqu’au 3 janvier 2023, soit 1 an, 2 mois, 3 semaines et 1 jour après" in made("notice", "fr", whole())
    later = programme(session=[{"id": "one", "title": "One", "status": "postponed"}])
    assert "For 6 months after the last session." in made("notice", "en", later)


def test_where_to_complain_is_told() -> None:
    cnil = "Commission nationale de l’informatique et des libertés (CNIL), sur www.cnil.fr"
    assert cnil in made("notice", "fr", whole())
    organiser = {"name": "Example Council", "email": "council@example.org", "country": "BE"}
    said = made("notice", "fr", programme(organiser=organiser))
    assert "CNIL" not in said
    assert "l’autorité de protection des données de votre pays" in said


@pytest.mark.parametrize(
    ("words", "ground", "more"),
    [
        ("mission d’intérêt public", "public-interest", {"objection"}),
        ("Public task", "public-interest", {"objection"}),
        ("Consentement", "consent", {"erasure", "portability", "withdrawal"}),
        ("exécution d’un contrat", "contract", {"erasure", "portability"}),
        ("contract", "contract", {"erasure", "portability"}),
        ("Intérêts légitimes", "legitimate-interests", {"erasure", "objection"}),
        ("obligation légale", "legal-obligation", set()),
        ("intérêts vitaux", "vital-interests", {"erasure"}),
        ("parce que", None, {"erasure", "portability", "objection", "withdrawal"}),
    ],
)
def test_the_basis_decides_which_rights_are_named(words: str, ground: str | None, more: set[str]) -> None:
    of = whole(**{"legal-basis": words})
    assert basis(of.privacy) == ground
    assert set(rights(basis(of.privacy))) == {"access", "rectification", "restriction"} | more
    said = made("notice", "fr", of)
    assert ("effacement :" in said) == ("erasure" in more)
    assert ("portabilité :" in said) == ("portability" in more)
    assert ("opposition :" in said) == ("objection" in more)
    assert ("retrait du consentement" in said) == ("withdrawal" in more)


def test_what_the_author_writes_is_text() -> None:
    said = html.render(privacy_notice.build(whole(controller="<script>x</script>"), "en", date(2023, 11, 14)))
    assert "&lt;script&gt;x" in said
    assert "<script" not in said
