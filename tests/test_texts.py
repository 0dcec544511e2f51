"""The sentences of both languages say the same things, with the same fields, in the typography of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from webcycle import checks, texts
from webcycle.errors import Finding, Language, Severity, UsageError

LANGUAGES: tuple[Language, ...] = ("en", "fr")
FIELD = re.compile(r"\{([a-z_]+)\}")
# What is typed or clicked is not French prose: code, addresses.
LITERAL = re.compile(r"`[^`]*`|https?://\S+")


def sentences(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        at = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            yield from sentences(value, at)
        else:
            yield at, value


def prose(lang: Language) -> dict[str, str]:
    return {key: LITERAL.sub("", text) for key, text in sentences(texts.table(lang))}


def test_both_languages_have_the_same_keys() -> None:
    english, french = (dict(sentences(texts.table(lang))) for lang in LANGUAGES)
    assert len(english) > 80
    assert set(english) == set(french)


def test_both_languages_have_the_same_fields() -> None:
    english, french = (
        {key: set(FIELD.findall(text)) for key, text in sentences(texts.table(lang))} for lang in LANGUAGES
    )
    assert any(english.values())
    assert {key: (english[key], french[key]) for key in english if english[key] != french.get(key)} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_is_empty_or_unfinished(lang: Language) -> None:
    for key, text in sentences(texts.table(lang)):
        assert text.strip(), key
        assert "TODO" not in text, key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_has_a_message_and_a_hint(lang: Language) -> None:
    found = texts.table(lang)["finding"]
    assert len(found) > 40
    for code, entry in found.items():
        assert set(entry) == {"message", "hint"}, code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_of_the_rules_has_its_sentences(lang: Language) -> None:
    assert set(checks.CODES) <= set(texts.table(lang)["finding"])


FRENCH_FAULTS = {
    "a straight apostrophe": re.compile(r"\w'\w"),
    "no narrow no-break space before ; ! ?": re.compile(r"[^\u202f?!;][;!?](?=\s|$|»)"),
    "no no-break space before a colon": re.compile(r"[^\u00a0\W]:\s|(?<![\u00a0]) :|[\w\"»)]:(?=\s|$)"),
    "no no-break space inside quotation marks": re.compile(r"«[^\u00a0]|[^\u00a0]»"),
}


@pytest.mark.parametrize("fault", FRENCH_FAULTS)
def test_french_typography(fault: str) -> None:
    assert [key for key, text in prose("fr").items() if FRENCH_FAULTS[fault].search(text)] == []


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("a straight apostrophe", "l'axe"),
        ("no narrow no-break space before ; ! ?", "Vraiment ?"),
        ("no narrow no-break space before ; ! ?", "un; deux"),
        ("no no-break space before a colon", "ceci : cela"),
        ("no no-break space before a colon", "ceci: cela"),
        ("no no-break space inside quotation marks", "« ici »"),
    ],
)
def test_the_faults_of_french_typography_would_be_seen(fault: str, text: str) -> None:
    assert FRENCH_FAULTS[fault].search(text)


def test_a_value_is_text_and_is_not_read_as_a_template() -> None:
    assert texts.fill("{one} and {two}", {"one": "{two}", "two": "x"}) == "{two} and x"


def test_an_unknown_key_and_a_field_without_value_are_errors_of_the_program() -> None:
    with pytest.raises(KeyError):
        texts.say("en", "finding.nothing.message")
    with pytest.raises(KeyError):
        texts.fill("{one}", {})


@pytest.mark.parametrize(
    ("lang", "count", "form"),
    [
        ("fr", 0, "one"),
        ("fr", 1.5, "one"),
        ("fr", 2, "other"),
        ("en", 0, "other"),
        ("en", 1, "one"),
        ("en", 2, "other"),
    ],
)
def test_plural_forms_follow_cldr(lang: Language, count: float, form: str) -> None:
    assert texts.plural(lang, count) == form


def test_a_sentence_with_a_number_takes_the_form_that_fits() -> None:
    forms = [key.removesuffix(".one") for key, _text in sentences(texts.table("en")) if key.endswith(".one")]
    assert forms
    for key in forms:
        assert texts.template("en", key, count=1) != texts.template("en", key, count=2)


def test_a_finding_says_what_and_what_to_do_in_either_language() -> None:
    finding = Finding("weekend", Severity.WARNING, values={"found": "maroc", "day": "2020-10-24"})
    assert texts.message("en", finding) == "The session “maroc” falls on a weekend (2020-10-24)."
    assert texts.message("fr", finding) == "La séance «\u00a0maroc\u00a0» tombe un jour de fin de semaine (2020-10-24)."
    assert texts.hint("fr", finding).startswith("Vérifiez la date\u202f; ")
    assert "check" in texts.hint("en", finding)


def test_an_exception_of_ours_has_its_sentence() -> None:
    key = next(iter(dict(sentences(texts.table("en")["error"]))))
    values = dict.fromkeys(FIELD.findall(texts.template("en", f"error.{key}")), "x")
    assert texts.error("en", UsageError(key, **values)) == texts.say("en", f"error.{key}", values)
