"""The privacy notice and the line of the register: what the GDPR asks for stands in them, and no guess."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.golden import assert_golden
from tests.people.made import programme, session
from webcycle.documents import html, markdown, privacy_notice, privacy_record
from webcycle.documents.privacy_basis import basis, grounds, rights, unclear
from webcycle.documents.privacy_words import UNSEEN, Files, missing
from webcycle.errors import Language
from webcycle.programme import Programme
from webcycle.values import Text

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
BEFORE, AFTER = date(2022, 11, 14), date(2023, 1, 4)
LANGUAGES: tuple[Language, ...] = ("fr", "en")
REPLAY = {"url": "https://video.example.org/a"}


def made(kind: str, lang: Language, of: Programme, today: date = BEFORE, files: Files = UNSEEN) -> str:
    said = markdown.render(BUILDERS[kind](of, lang, today, files))
    return said.replace("\u00a0", " ").replace("\u202f", " ").replace("\\", "")


def whole(*, one: dict[str, Any] | None = None, tables: dict[str, Any] | None = None, **more: Any) -> Programme:
    """A programme of one session that says all that `[privacy]` can say; `one` adds to the session."""
    cycle = {"id": "tiny", "title": "Tiny", "timezone": "UTC", "language": "fr"}
    sessions = [session("one", 12, **{"join": JOIN} | (one or {}))]
    return programme(**{"privacy": GIVEN | more, "cycle": cycle, "session": sessions, **(tables or {})})


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_that_is_given_is_told(kind: str, lang: Language) -> None:
    said = made(kind, lang, whole())
    assert missing(whole().privacy) == ()
    for words in (*(one for one in GIVEN.values() if isinstance(one, str)), *GIVEN["recipients"], "Microsoft Teams"):
        assert words in said or words.startswith("P1Y")
    assert ("dans la table privacy" if lang == "fr" else "in the table privacy") not in said
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


# ---- what only the controller knows

MARK = {"fr": "[à compléter par le responsable du traitement : ", "en": "[to be completed by the controller: "}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "french", "english"),
    [
        ("notice", "ce que le formulaire d’inscription demande d’autre", "what else the registration form asks for"),
        ("notice", "les durées de conservation de ces outils", "how long these tools keep them"),
        ("record", "si le formulaire d’inscription en demande", "whether the registration form asks for any"),
        ("record", "les durées de conservation de ces outils", "how long these tools keep them"),
        ("record", "l’accès aux postes de travail, les sauvegardes", "access to workstations, backups"),
    ],
)
def test_what_only_the_controller_knows_is_to_be_completed(
    lang: Language, kind: str, french: str, english: str
) -> None:
    assert MARK[lang] + (french if lang == "fr" else english) in made(kind, lang, whole())


def test_nothing_is_promised_of_the_whole_processing() -> None:
    notice, record = (made(kind, "fr", whole()) for kind in BUILDERS)
    assert "Aucune donnée sensible" not in record
    assert "aucun envoi" not in record
    assert "Ne sont conservés ni votre adresse IP" not in notice
    assert "Des relevés de présence ne sont repris ni votre adresse IP" in notice
    assert "Les outils en ligne utilisés peuvent, eux, les enregistrer." in notice
    assert (
        "(Microsoft Teams, formulaire d’inscription) conservent ces données et d’autres selon leurs propres règles"
        in notice
    )
    assert "ni à un profilage [à confirmer par le responsable du traitement]." in notice
    assert "Vous n’êtes pas tenu de fournir ces données [à confirmer par le responsable du traitement]." in notice


@pytest.mark.parametrize("kind", BUILDERS)
def test_without_a_platform_the_tools_are_not_named(kind: str) -> None:
    assert "The online tools that are used, for registration for instance, keep these data" in made(
        kind, "en", programme()
    )


# ---- recordings and signatures


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize(
    ("of", "recorded", "online"),
    [
        (whole(), False, False),
        (whole(one={"recording": REPLAY}), True, True),
        (whole(tables={"link": [{"kind": "recordings", "title": "Replays"}]}), True, True),
        (whole(tables={"link": [{"kind": "documents", "title": "Papers"}]}), False, False),
        (whole(tables={"retention": {"recordings": "P1Y"}}), True, False),
    ],
)
def test_recordings_are_told_where_the_programme_has_any(
    kind: str, of: Programme, *, recorded: bool, online: bool
) -> None:
    french, english = (made(kind, lang, of) for lang in LANGUAGES)
    assert ("mage et v" in french.replace("votre voix", "voix")) == recorded
    assert ("Enregistrements : " in french) == recorded
    assert ("[à compléter par le responsable du traitement : qui réalise les enregistrements" in french) == recorded
    assert ("Recordings: " in english) == recorded
    assert ("can be watched again online" in english) == online
    assert ("Sessions may be recorded" in english) == (recorded and not online)
    assert ("Recordings: the platform deletes them 1 year after the session." in english) == (recorded and not online)


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize(
    ("mode", "status", "signed"),
    [
        ("online", "confirmed", False),
        ("in-person", "confirmed", True),
        ("hybrid", "confirmed", True),
        ("in-person", "cancelled", False),
    ],
)
def test_signatures_are_told_where_people_come(kind: str, mode: str, status: str, *, signed: bool) -> None:
    of = whole(one={"mode": mode, "status": status, "place": "Paris"})
    french, english = (made(kind, lang, of) for lang in LANGUAGES)
    assert ("ignature" in french) == ("ignature" in english) == signed
    assert ("Feuilles d’émargement signées : [à compléter" in french) == signed
    assert ("Signed attendance sheets: [to be completed" in english) == signed


# ---- how the files are kept


@pytest.mark.parametrize(
    ("files", "french", "english"),
    [
        (UNSEEN, "ni leur exclusion de git n’ont été vérifiés", "nor their exclusion from git were checked"),
        (
            Files(present=True, records=True),
            "ni leur exclusion de git n’ont été vérifiés",
            "nor their exclusion from git were checked",
        ),
        (Files(present=False), "webcycle ne tenait aucun fichier", "webcycle held no file of personal data"),
        (
            Files(present=True, faults=frozenset()),
            "Le 14 novembre 2022, seul leur propriétaire pouvait ouvrir les fichiers de données personnelles que "
            "tient webcycle. Git n’en suivait aucun",
            "On 14 November 2022, only their owner could open the files of personal data that webcycle holds. "
            "Git tracked none",
        ),
        (
            Files(present=True, faults=frozenset({"personal-file-open"})),
            "pouvaient ouvrir des fichiers de données personnelles que tient webcycle : à corriger. "
            "Git n’en suivait aucun",
            "could open files of personal data that webcycle holds: to be corrected. Git tracked none",
        ),
        (
            Files(present=True, faults=frozenset({"personal-file-tracked"})),
            "tient webcycle. Git en suivait, ou en aurait pris : à corriger.",
            "webcycle holds. Git tracked some of them, or would have taken them: to be corrected.",
        ),
    ],
)
def test_the_register_tells_how_the_files_were_found(files: Files, french: str, english: str) -> None:
    known = {"fr": french, "en": english}
    for lang in LANGUAGES:
        said = made("record", lang, whole(), files=files)
        assert known[lang] in said
        safe = ("seul leur propriétaire", "only their owner")
        good = files.faults is not None and "personal-file-open" not in files.faults
        assert any(words in said for words in safe) == good


# ---- reading it again, and how long


def test_it_must_be_read_again_first() -> None:
    assert "> **Projet à faire relire par votre délégué à la protection des données**" in made("notice", "fr", whole())
    assert "> **Draft to be reviewed by your data protection officer**" in made("record", "en", whole())


@pytest.mark.parametrize("kind", BUILDERS)
def test_how_long_the_data_are_kept(kind: str) -> None:
    assert "jusqu’au 3 janvier 2023, soit 1 an, 2 mois, 3 semaines et 1 jour après" in made(kind, "fr", whole())
    later = programme(session=[{"id": "one", "title": "One", "status": "postponed"}])
    assert "for 6 months after the last session." in made(kind, "en", later, AFTER, Files(records=True))


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize(
    ("records", "french", "english"),
    [
        (
            True,
            "ils auraient dû être supprimés au plus tard le 3 janvier 2023",
            "should have been deleted by 3 January",
        ),
        (False, "webcycle n’en conserve plus", "webcycle holds none any more"),
        (None, "ce délai est écoulé.", "that date is past."),
    ],
)
def test_a_date_that_is_past_is_told_as_past(kind: str, records: bool | None, french: str, english: str) -> None:
    on_the_day, files = date(2023, 1, 3), Files(records=records)
    known = {"fr": french, "en": english}
    for lang in LANGUAGES:
        words = known[lang]
        assert words not in made(kind, lang, whole(), on_the_day, files)
        told = made(kind, lang, whole(), AFTER, files)
        assert words in told
        assert "jusqu’au 3 janvier" not in told
        assert "until 3 January" not in told


def test_where_to_complain_is_told() -> None:
    cnil = "Commission nationale de l’informatique et des libertés (CNIL), sur www.cnil.fr"
    assert cnil in made("notice", "fr", whole())
    organiser = {"name": "Example Council", "email": "council@example.org", "country": "BE"}
    said = made("notice", "fr", programme(organiser=organiser))
    assert "CNIL" not in said
    assert "l’autorité de protection des données de votre pays" in said


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_paper_as_somebody_has_read_it(kind: str, lang: Language) -> None:
    of = whole(
        one={"mode": "hybrid", "place": "Paris", "recording": REPLAY}, tables={"retention": {"recordings": "P1Y"}}
    )
    files = Files(present=True, records=True, faults=frozenset())
    golden = Path(__file__).parent / "golden" / f"privacy-{kind}.{lang}.md"
    assert_golden(golden, markdown.render(BUILDERS[kind](of, lang, AFTER, files)))


# ---- the legal basis


def based(words: Any) -> Programme:
    given: dict[str, Any] = {"legal-basis": words}
    return whole(**given)


def ground(words: Any) -> str | None:
    return basis(based(words).privacy)


@pytest.mark.parametrize(
    ("words", "found", "more"),
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
def test_the_basis_decides_which_rights_are_named(words: str, found: str | None, more: set[str]) -> None:
    of = based(words)
    assert basis(of.privacy) == found
    assert set(rights(basis(of.privacy))) == {"access", "rectification", "restriction"} | more
    said = made("notice", "fr", of)
    assert ("effacement :" in said) == ("erasure" in more)
    assert ("portabilité :" in said) == ("portability" in more)
    assert ("opposition :" in said) == ("objection" in more)
    assert ("retrait du consentement" in said) == ("withdrawal" in more)
    assert ("lesquels de ces droits s’appliquent" in said) == (found is None)


# GDPR, article 6(1), in its own words, and as registers and notices write it.
WRITTEN = {
    "consent": (
        "la personne concernée a consenti au traitement de ses données pour une ou plusieurs finalités spécifiques",
        "the data subject has given consent to the processing of his or her personal data",
        "Accord explicite des participants",
        "opt-in",
    ),
    "contract": (
        "le traitement est nécessaire à l’exécution d’un contrat ou à l’exécution de mesures précontractuelles",
        "performance of a contract to which the data subject is party, or steps prior to entering into a contract",
        "relation contractuelle",
    ),
    "legal-obligation": (
        "respect d’une obligation légale à laquelle le responsable du traitement est soumis",
        "compliance with a legal obligation to which the controller is subject",
        "obligation réglementaire",
        "obligation prévue par la loi",
        "Statutory duty",
    ),
    "vital-interests": (
        "sauvegarde des intérêts vitaux de la personne concernée ou d’une autre personne physique",
        "to protect the vital interests of the data subject or of another natural person",
    ),
    "public-interest": (
        "exécution d’une mission d’intérêt public ou relevant de l’exercice de l’autorité publique",
        "performance of a task carried out in the public interest or in the exercise of official authority",
        "Mission de service public",
        "missions d'intérêt général",
        "Public task",
        "public service mission",
    ),
    "legitimate-interests": (
        "intérêts légitimes poursuivis par le responsable du traitement, à moins que ne prévalent les intérêts ou les "
        "libertés et droits fondamentaux",
        "legitimate interests pursued by the controller, except where such interests are overridden by the rights",
        "Intérêt légitime",
        "legitimate interest",
    ),
}
POINTS = (
    "article 6.1.{}",
    "Article 6.1 {})",
    "art. 6(1)({})",
    "Art. 6 (1) {} GDPR",
    "GDPR 6(1){}",
    "6, paragraphe 1, point {})",
    "RGPD, art. 6, par. 1, lettre {}",
    "article 6 § 1 {})",
    "article 6-1-{} du RGPD",
    "article 6, 1er paragraphe, {})",
    "article 6 {}) du RGPD",
    "art. 6.{}",
    "point {}) du paragraphe 1 de l’article 6 du RGPD",
    "le {} du 1 de l’article 6",
    "{}) de l’article 6, paragraphe 1",
    "point ({}) of Article 6(1)",
)


@pytest.mark.parametrize(("found", "words"), [(one, words) for one, all_of in WRITTEN.items() for words in all_of])
def test_a_basis_is_known_in_the_words_of_the_article_and_in_those_of_registers(found: str, words: str) -> None:
    assert ground(words) == ground(words.upper()) == ground({"fr": words, "en": words}) == found


@pytest.mark.parametrize("written", POINTS)
@pytest.mark.parametrize(("point", "found"), list(zip("abcdef", WRITTEN, strict=True)))
def test_a_basis_is_known_as_a_point_of_article_6(written: str, point: str, found: str) -> None:
    assert ground(written.format(point)) == ground(written.format(point.upper())) == found
    assert ground(f"{WRITTEN[found][0]} ({written.format(point)})") == found
    other = "b" if point == "a" else "a"
    assert unclear(based(f"{WRITTEN[found][0]} ({written.format(other)})").privacy)


@pytest.mark.parametrize(
    "words",
    [
        "le consentement, et non l’intérêt public",
        "Sans contrat ni consentement : intérêt légitime",
        "consentement (inscription) ; mission d’intérêt public (bilan)",
        "Le traitement n’est pas fondé sur le consentement",
        "sans consentement",
        "Not based on consent",
        "The basis isn't consent",
        "anything rather than consent",
        "article 6.1.c et e)",
        "art. 6(1)(a), (f)",
        "articles 6.1.c et 6.1.e",
        "mission d’intérêt public (article 6.1.f)",
        {"fr": "consentement", "en": "public interest"},
    ],
)
def test_several_grounds_or_a_denial_are_not_guessed(words: Any) -> None:
    of = based(words)
    assert unclear(of.privacy)
    assert basis(of.privacy) is None
    said = made("notice", "en", of)
    assert "Depending on the legal basis" in said
    assert "withdrawal of consent" in said
    assert "[to be completed by the controller: which of these rights apply" in said


@pytest.mark.parametrize(
    "words",
    [
        "parce que",
        "non",
        "article 6",
        "article 6 du RGPD",
        "article 9.2.a",
        "article 16.1.e",
        "article 6.1 a été retenu",
        "61 e",
        "6.1.g",
    ],
)
def test_what_names_no_ground_is_none(words: str) -> None:
    assert grounds(based(words).privacy) == ()
    assert not unclear(based(words).privacy)


def test_a_long_basis_is_read_in_a_moment() -> None:
    begun = time.perf_counter()
    for words in (
        "a, " * 16_000,
        "6 1 " + "a, " * 16_000,
        "6 1 a et " * 5_000,
        "obligation " * 4_500,
        "a de art 6" * 5_000,
        "6" * 50_000,
    ):
        grounds(programme().privacy.model_copy(update={"legal_basis": Text(plain=words)}))
    assert time.perf_counter() - begun < 5


def test_what_the_author_writes_is_text() -> None:
    said = html.render(privacy_notice.build(whole(controller="<script>x</script>"), "en", BEFORE))
    assert "&lt;script&gt;x" in said
    assert "<script" not in said
