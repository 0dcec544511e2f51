"""The kinds of value: what is taken, what is refused, and why."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from webcycle import values
from webcycle.values import Month, Text


def taken(kind: Any, value: Any) -> Any:
    return TypeAdapter(kind).validate_python(value)


def refused(kind: Any, value: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    (error,) = caught.value.errors()
    return error["type"]


@pytest.mark.parametrize("slug", ["maroc", "afrique-anglophone", "2021", "a" * 64])
def test_a_slug_is_lower_case_letters_digits_and_hyphens(slug: str) -> None:
    assert taken(values.Slug, slug) == slug


@pytest.mark.parametrize("slug", ["", "Maroc", "-a", "a b", "é", "../x", "a" * 65, "a/b", "a.b", 3, "a\n", ".."])
def test_what_could_be_a_path_or_an_option_is_no_slug(slug: object) -> None:
    assert refused(values.Slug, slug) == "slug"


@pytest.mark.parametrize("slug", ["con", "aux", "nul", "prn", "com1", "lpt9"])
def test_a_file_name_that_windows_refuses_is_no_slug(slug: str) -> None:
    assert refused(values.Slug, slug) == "reserved-slug"


@pytest.mark.parametrize("email", ["a@example.org", "a.b+c@sub.example.org", "o'neil@example.org"])
def test_an_email_address(email: str) -> None:
    assert taken(values.Email, email) == email
    assert values.is_email(email)


@pytest.mark.parametrize(
    "email",
    ["", "a", "a@b", "a b@example.org", "a@example.org\n", "a@b, c@d.org", "a@-x.org", "é@example.org", "a@x..org", 3],
)
def test_what_is_no_email_address(email: object) -> None:
    assert refused(values.Email, email) == "email"


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://example.org", "https://example.org"),
        ("http://example.org:8080/a?b=c#d", "http://example.org:8080/a?b=c#d"),
        ("https://example.org/été/ça va".replace(" ", "%20"), "https://example.org/%C3%A9t%C3%A9/%C3%A7a%20va"),
        ("https://exémple.org/", "https://xn--exmple-cva.org/"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
    ],
)
def test_an_address_is_written_in_ascii(given: str, address: str) -> None:
    assert taken(values.Url, given) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org",
        "example.org",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org/a b",
        'https://example.org/"onload="x',
        " https://example.org",
        "https://example.org\r\nX: y",
        "mailto:nobody",
        "mailto:é@example.org",
        "https://[::1",
        "https://example.org:99999/",
        "https://" + "é" * 80 + ".org",
        "https://example.org/" + "a" * 2000,
        7,
    ],
)
def test_an_address_that_could_harm_or_lead_nowhere_is_refused(address: object) -> None:
    assert refused(values.Url, address) == "url"


@given(st.text(max_size=60))
@settings(deadline=None)
def test_an_address_that_is_taken_stays_as_it_is(text: str) -> None:
    for one in (text, f"https://example.org/{text}"):
        found = values.address(one)
        if found is not None:
            assert found.isascii()
            assert values.address(found) == found


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("2h30", 150),
        ("2h", 120),
        ("2 h 05", 125),
        ("90 min", 90),
        ("90min", 90),
        ("45m", 45),
        ("1h05m", 65),
        (" 1h ", 60),
    ],
)
def test_a_duration(written: str, minutes: int) -> None:
    assert taken(values.Duration, written) == timedelta(minutes=minutes)


@pytest.mark.parametrize("written", ["", "2", "h30", "2h60", "0h", "0 min", "169h", "PT2H", "2:30", 150, "-1h", "1h1h"])
def test_what_is_no_duration(written: object) -> None:
    assert refused(values.Duration, written) == "duration"


@pytest.mark.parametrize("period", ["P6M", "P1Y", "P30D", "P2W", "P1Y6M"])
def test_a_period(period: str) -> None:
    assert taken(values.Period, period) == period


@pytest.mark.parametrize("period", ["", "P", "P0D", "6M", "P6", "PT6H", 6])
def test_what_is_no_period(period: object) -> None:
    assert refused(values.Period, period) == "period"


def test_moments_are_local_days_or_local_times() -> None:
    moment, day = datetime(2020, 10, 26, 14), date(2020, 10, 26)
    assert taken(values.When, moment) == moment
    assert type(taken(values.When, day)) is date
    assert refused(values.When, moment.replace(tzinfo=UTC)) == "offset-time"
    assert refused(values.When, "2020-10-26") == "moment"
    assert taken(values.Day, day) == day
    assert refused(values.Day, moment) == "day"
    assert taken(values.Clock, time(15, 45)) == time(15, 45)
    assert refused(values.Clock, time(15, 45, tzinfo=UTC)) == "clock"
    assert refused(values.Clock, "15:45") == "clock"


@pytest.mark.parametrize("moment", [date(1899, 12, 31), datetime(2200, 1, 1), date(1, 1, 1)])
def test_a_year_that_nobody_means_is_refused(moment: date) -> None:
    assert refused(values.When, moment) == "unlikely-year"


def test_a_publication_may_be_known_by_its_month() -> None:
    assert taken(values.DayOrMonth, "2020-09") == Month(2020, 9)
    assert taken(values.DayOrMonth, date(2020, 9, 28)) == date(2020, 9, 28)
    assert refused(values.DayOrMonth, "2020-13") == "day"


def test_zones_and_countries_are_those_of_their_lists() -> None:
    assert taken(values.Zone, "Pacific/Noumea") == "Pacific/Noumea"
    assert refused(values.Zone, "../../etc/passwd") == "unknown-zone"
    assert refused(values.Zone, 1) == "unknown-zone"
    assert taken(values.Country, "SN") == "SN"
    assert refused(values.Country, "XX") == "unknown-country"


def test_a_text_is_one_string_or_one_a_language() -> None:
    assert taken(values.Title, "Bonjour") == Text(plain="Bonjour")
    both = taken(values.Title, {"fr": "Bonjour", "en": "Hello"})
    assert (both.pick("fr", "fr"), both.pick("en", "fr")) == (("Bonjour", "fr"), ("Hello", "en"))
    assert Text(plain="Bonjour").pick("en", "fr") == ("Bonjour", "fr")
    assert Text(en="Hello").pick("fr", "fr") == ("Hello", "en")
    assert taken(values.Title, both) is both


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (3, "text-type"),
        ("", "blank-text"),
        (" \n", "blank-text"),
        ("a\nb", "line-break"),
        ("a\tb", "line-break"),
        ("a\x1b[31mb", "control-character"),
        ("a\u2028b", "control-character"),
        ("a" * 501, "text-too-long"),
        ({}, "blank-text"),
        ({"de": "x"}, "unknown-language"),
        ({"fr": ""}, "blank-text"),
    ],
)
def test_what_is_no_title(value: object, code: str) -> None:
    assert refused(values.Title, value) == code


def test_prose_has_lines_and_its_own_limit() -> None:
    assert taken(values.Prose, "a\nb\n") == Text(plain="a\nb\n")
    assert refused(values.Prose, "a" * 20_001) == "text-too-long"
    assert refused(values.Line, ["a"]) == "text-type"


def test_an_error_in_one_language_names_it() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(values.Title).validate_python({"fr": "x", "en": "a\nb"})
    assert caught.value.errors()[0]["loc"] == ("en",)


def test_the_schema_of_each_kind_can_be_told() -> None:
    kinds: tuple[Any, ...] = (values.Title, values.Prose, values.Slug, values.Url, values.When, values.Country)
    for kind in kinds:
        assert TypeAdapter(kind).json_schema()


@given(st.text(max_size=80))
@settings(deadline=None)
def test_a_slug_made_from_words_is_one_or_nothing(words: str) -> None:
    made = values.slugify(words)
    assert made == "" or re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", made)


def test_slugs_made_from_titles() -> None:
    assert values.slugify("L'égalité femmes-hommes !") == "l-egalite-femmes-hommes"
    assert values.slugify("日本") == ""


@pytest.mark.parametrize("path", ["logo.png", "style/logo.svg", "a b/é.docx", "..logo/x..y", "CON.svg"])
def test_an_asset_is_a_path_below_the_folder(path: str) -> None:
    assert taken(values.Asset, path) == path


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("", "asset"),
        ("/etc/hostname", "asset"),
        ("../logo.png", "asset"),
        ("style/../../logo.png", "asset"),
        ("./logo.png", "asset"),
        ("style//logo.png", "asset"),
        ("style/", "asset"),
        ("style\\logo.png", "asset"),
        ("C:/logo.png", "asset"),
        ("https://example.org/logo.png", "asset"),
        (3, "asset"),
        (" ", "blank-text"),
        ("a\tb", "line-break"),
        ("a\0b", "control-character"),
        ("a" * 501, "text-too-long"),
    ],
)
def test_what_leads_elsewhere_is_no_asset(path: object, code: str) -> None:
    assert refused(values.Asset, path) == code


def test_a_colour_has_six_digits_and_one_way_to_be_written() -> None:
    assert taken(values.Colour, "#1F4e79") == "#1f4e79"


@pytest.mark.parametrize(
    "colour", ["", "1f4e79", "#1f4e7", "#1f4e790", "#fff", "red", "#1f4e7g", "#1f4e79\n", 0x1F4E79]
)
def test_what_is_no_colour(colour: object) -> None:
    assert refused(values.Colour, colour) == "colour"


def test_own_texts_are_known_by_the_names_of_their_tables() -> None:
    given = {"document": {"contact": "Contacts", "chart": {"hour": "Hour\n"}}, "rolls.label": "LIST"}
    assert taken(values.Wording, given) == {
        "document.contact": "Contacts",
        "document.chart.hour": "Hour\n",
        "rolls.label": "LIST",
    }
    assert taken(values.Wording, {}) == {}


@pytest.mark.parametrize("given", ["Contacts", 3, ["Contacts"], None])
def test_own_texts_are_a_table(given: object) -> None:
    assert refused(values.Wording, given) == "wording"


@pytest.mark.parametrize(
    ("words", "code"), [(3, "text-type"), ("", "blank-text"), (["a"], "text-type"), ("a\0", "control-character")]
)
def test_an_own_text_that_is_none_is_refused_at_its_key(words: object, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(values.Wording).validate_python({"document": {"chart": {"hour": words}}})
    (error,) = caught.value.errors()
    assert (error["type"], error["loc"]) == (code, ("document", "chart", "hour"))


def test_the_schema_of_own_texts_takes_tables_of_texts() -> None:
    schema = TypeAdapter(values.Wording).json_schema()
    assert schema["additionalProperties"] == {"anyOf": [{"type": "string"}, {"type": "object"}]}
