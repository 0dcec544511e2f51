"""Every class of hostile text in every output: it comes back as the same text, and changes nothing around it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from unicodedata import category, normalize
from urllib.parse import urlsplit

import pytest
import tomli_w

from tests.hostile.outputs import OUTPUTS
from tests.hostile.strings import CLASSES, TEXTS, cleaned, squeezed
from webcycle import calendar, folder, intake, records, source, values
from webcycle.calendar import Recipient
from webcycle.errors import RefusedError
from webcycle.intake import IntakeError, Options, Upload
from webcycle.records import Registration

# In JSON nothing is cleaned, for nothing needs to be: its escapes are text.
_AS_IT_IS = frozenset({"terminal-json"})
# A calendar is cleaned as RFC 5545 wants it: what others see as a sign for a control is not there at all.
_CALENDARS = frozenset({"ics", "mail"})


def test_there_are_29_classes_and_every_one_has_texts() -> None:
    assert len(CLASSES) == 29
    assert all(CLASSES.values())


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("kind", CLASSES)
def test_text_comes_back_as_text(kind: str, name: str) -> None:
    texts = CLASSES[kind]
    harmless = OUTPUTS[name]([f"harmless{number}" for number, _ in enumerate(texts)])
    found = OUTPUTS[name](texts)
    assert found.shape == harmless.shape
    wanted = texts if name in _AS_IT_IS else list(map(cleaned, texts))
    assert [_read(text, name) for text in found.texts] == [_read(text, name) for text in wanted]


def _read(text: str, name: str) -> str:
    if name in _CALENDARS:
        text = "".join(one for one in text if one != "\ufffd" and category(one) not in ("Cf", "Cn"))
    return text if name in _AS_IT_IS else squeezed(text)


# ---- names of files


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_is_no_slug_names_no_file(text: str, tmp_path: Path) -> None:
    assert folder.output(tmp_path, "maroc.ics") == tmp_path / "maroc.ics"
    for name in (text, f"{text}.html", f"x-{text}.ics"):
        try:
            path = folder.output(tmp_path, name)
        except RefusedError:
            continue
        assert path.parent == tmp_path
        assert path.name == name
        assert re.fullmatch("[a-z0-9.-]+", name)


@pytest.mark.parametrize("text", TEXTS)
def test_a_name_or_an_address_is_not_in_the_name_of_a_file(text: str, tmp_path: Path) -> None:
    name = calendar.file_name("maroc", Recipient(text.replace("\ud800", "?"), text))
    assert re.fullmatch(r"maroc-[0-9a-f]{16}\.ics", name)
    assert folder.output(tmp_path, name).parent == tmp_path


@pytest.mark.parametrize("text", TEXTS)
def test_an_id_is_a_slug_or_refused(text: str) -> None:
    loaded = source.load(tomli_w.dumps({"cycle": {"id": text.replace("\ud800", "?")}}).encode(), "cycle.toml")
    codes = {finding.code for finding in loaded.findings if finding.path == ("cycle", "id")}
    accepted = re.fullmatch("[a-z0-9][a-z0-9-]{0,63}", text) and text not in ("con", "nul")
    assert bool(codes) is not bool(accepted)


@pytest.mark.parametrize("text", TEXTS)
def test_an_address_that_is_published_leads_to_the_web_or_to_a_mailbox(text: str) -> None:
    assert values.address("https://example.org/a?b=c") == "https://example.org/a?b=c"
    for tried in (text, f"https://example.org/{text}", f"https://{text}@example.org/", f"mailto:{text}"):
        found = values.address(tried)
        if found is not None:
            parts = urlsplit(found)
            assert parts.scheme in ("http", "https", "mailto")
            assert "@" not in parts.netloc
            assert re.fullmatch(r"[!#-;=?-\[\]_a-z~]+", found)


# ---- what is kept of people


@pytest.mark.parametrize("kind", CLASSES)
def test_what_an_export_says_is_kept_as_text(kind: str) -> None:
    rows = [["Email", "First Name", "Last Name", "Registration Time"]]
    rows += [[f"p{number}@example.org", "x", text, "2020-10-26 14:00"] for number, text in enumerate(CLASSES[kind])]
    held = io.StringIO()
    csv.writer(held).writerows(rows)
    upload = Upload("a.csv", held.getvalue().encode("utf-8", "replace"))
    if "\0" in held.getvalue():
        with pytest.raises(IntakeError) as refused:
            intake.read(upload, Options("UTC"))
        assert refused.value.key == "intake.nul"
        upload = Upload("a.csv", upload.data.replace(b"\0", b"") if isinstance(upload.data, bytes) else b"")
    (reading,) = intake.read(upload, Options("UTC"))
    found = {one.email: one.last for one in reading.registrations}
    assert [squeezed(normalize("NFC", found[f"p{number}@example.org"])) for number, _ in enumerate(CLASSES[kind])]
    text = records.dump(Registration, reading.registrations)
    assert sorted(records.load(Registration, text, "a.csv"), key=str) == sorted(reading.registrations, key=str)
    for line in csv.reader(io.StringIO(text, newline=""), strict=True):
        assert not [cell for cell in line if cell.lstrip()[:1] and cell.lstrip()[0] in "=+-@|%＝＋－＠"]
