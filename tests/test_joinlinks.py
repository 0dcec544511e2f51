"""A join link is found in whatever form it was put into a text, and other addresses are not taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.writing import found, read, session
from webcycle import joinlinks
from webcycle.errors import RefusedError
from webcycle.texts import error

LINK = "https://us02web.zoom.us/j/85712345678?pwd=SeCrEtJoin01"


def told(link: str, text: str) -> str | None:
    programme = read(session("talk", f'join = {{ platform = "zoom", url = "{link}" }}'))
    return joinlinks.known(programme).told(text)


@pytest.mark.parametrize(
    "text",
    [
        LINK,
        f"Voir ({LINK}).",
        "us02web.zoom.us/j/85712345678",
        "HTTPS://US02WEB.zoom.us/j/85712345678?pwd=SeCrEtJoin01",
        "https://us02web.zoom.us/j/857123%345678",
        "https%253A%252F%252Fus02web.zoom.us%252Fj%252F85712345678",
        "https://us02web.zoom.us/j/8571234&#53;678",
        "https:\\/\\/us02web.zoom.us\\/j\\/85712345678",
        "https://us02web.zoom.us/j/857123\r\n 45678\\nLien",
        "us02\u00adweb.zoom\u200b.us/j/8571\ufe0f2345678",
        "ID 857 1234 5678",
        "ID 857\u00a01234\u20115678",
        "ID 857 **1234** 5678",
        "<p>857 <b>1234</b> 5678</p>",
        "\uff18\uff15\uff17\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
        "le code SeCrEtJoin01.",
        "_SeCr\u00adEtJoin%301_",
    ],
)
def test_a_link_its_number_and_its_passcode_are_found_in_any_form(text: str) -> None:
    assert told(LINK, text) == "talk"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://us02web.zoom.us/j/99999999999",
        "https://us02web.zoom.us/",
        "01 23 45 67 89, le 26/10/2020 à 14h00",
        "Join the secret talk",
        "857 1234",
    ],
)
def test_other_words_and_addresses_are_no_join_link(text: str) -> None:
    assert told(LINK, text) is None


@pytest.mark.parametrize(
    ("link", "text", "known"),
    [
        ("https://www.example.org/", "https://example.org.", True),
        ("https://example.org", "(https://www.example.org/)", True),
        ("https://example.org", "office@example.org", False),
        ("https://example.org", "https://example.org/contact", False),
        ("https://example.org", "https://example.org.uk/", False),
        ("https://meet.example.org/abc-defg-hij", "meet.example.org/abc-defg-hij", True),
        ("https://meet.example.org/abc", "meet.example.org/abcd", False),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.com/watch?v=other", False),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ", True),
        ("https://example.org/j?pwd=Webinaire", "Un webinaire", False),
        ("https://example.org/#/room/blue", "https://example.org/#/room/blue", True),
        ("https://example.org/#/room/blue", "https://example.org/", False),
    ],
)
def test_what_of_an_address_names_the_meeting(link: str, text: str, known: bool) -> None:
    assert (told(link, text) is not None) is known


def test_a_programme_without_join_links_has_nothing_to_keep() -> None:
    programme = read(session("talk"))
    assert joinlinks.keep_private(programme, [("review.md", LINK.encode())]) == (("review.md", LINK.encode()),)
    mail = read(session("talk", 'join = { url = "mailto:desk@example.org" }'))
    assert joinlinks.known(mail).told("desk@example.org") is None


@settings(deadline=None)
@given(st.text(), st.text())
def test_a_link_is_found_between_any_words(before: str, after: str) -> None:
    assert told(LINK, f"{before} {LINK} {after}") == "talk"


def test_a_file_that_tells_a_link_is_refused_by_name() -> None:
    programme = read(session("talk", f'join = {{ url = "{LINK}" }}'))
    assert joinlinks.keep_private(programme, iter([("a.md", b"nothing")])) == (("a.md", b"nothing"),)
    with pytest.raises(RefusedError) as refused:
        joinlinks.keep_private(programme, [("a.md", b"nothing"), ("review.md", f"x {LINK}".encode())])
    assert refused.value.values == {"file": "review.md", "session": "talk"}
    assert "review.md" in error("fr", refused.value)


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        (f'title = "T {LINK}"', ("title",)),
        (f'reason = {{ fr = "x", en = "{LINK}" }}', ("reason", "en")),
        (f'highlights = ["x", "[ici]({LINK})"]', ("highlights", 1)),
        (f'recording = {{ url = "{LINK}" }}', ("recording", "url")),
        (f'registration = {{ url = "{LINK}" }}', ("registration", "url")),
        (f'documents = [{{ kind = "slides", url = "{LINK}" }}]', ("documents", 0, "url")),
        (f'stated = {{ participants = 3, source = "{LINK}" }}', ("stated", "source")),
        (f'questions-to = {{ label = "{LINK}" }}', ("questions-to", "label")),
    ],
)
def test_check_names_the_place_of_a_join_link(lines: str, path: tuple[str | int, ...]) -> None:
    body = session("talk", f'join = {{ platform = "zoom", url = "{LINK}" }}')
    body = body.replace('title = "T"', lines) if lines.startswith("title") else body + lines
    places = [where for code, where, _values in found(read(body)) if code == "join-link-in-public-text"]
    assert places == [("session", 0, *path)]
