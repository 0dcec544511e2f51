"""A message in a mail that Python's own library builds, read back in another language."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from tests.calendar.cycles import NOW, again, at, published, session
from tests.conftest import require_tool
from tests.interop.programs import NODE_MODULES
from webcycle.calendar import Publication, Recipient, invitation, method

SOMEBODY = Recipient("zoe@example.org", "Zoé Aubréval")
MAROC = session(title="Le Maroc, « après » 🎥", join={"url": "https://zoom.example.org/j/123456789"})


def mail(publication: Publication) -> tuple[bytes, bytes]:
    """A mail as RFC 6047 wants it (the method also in its header), and the calendar in it."""
    calendar = invitation(publication, "maroc", SOMEBODY, NOW)
    message = EmailMessage(policy=SMTP)
    message["From"] = "Délégation d’exemple <cycle@example.org>"
    message["To"] = SOMEBODY.email
    message["Subject"] = "Le Maroc"
    message.set_content("Bonjour, voici l’invitation.\n")
    # As bytes: as text, the library would turn its line ends into those of this system.
    named = {"method": method(publication.bodies["maroc"].session), "charset": "utf-8"}
    message.add_alternative(calendar, maintype="text", subtype="calendar", params=named)
    return message.as_bytes(), calendar


def read(raw: bytes) -> Any:
    node = shutil.which("node")
    require_tool(node and (NODE_MODULES / "postal-mime").exists(), "postal-mime")
    assert node is not None
    script = Path(__file__).with_name("read_mail.mjs")
    done = subprocess.run((node, script, NODE_MODULES), input=raw, capture_output=True, timeout=60, check=True)
    return json.loads(done.stdout)


FIRST = published(MAROC)
MOVED = again(FIRST, {**MAROC, "start": at("2026-11-02T14:00"), "end": at("2026-11-02T16:00")})
CANCELLED = again(MOVED, {**MAROC, "status": "cancelled"})


@pytest.mark.parametrize("publication", [FIRST, MOVED, CANCELLED], ids=["request", "update", "cancel"])
def test_a_mail_carries_the_message_byte_for_byte(publication: Publication) -> None:
    raw, calendar = mail(publication)
    found = read(raw)
    [part] = found["parts"]
    # postal-mime takes the carriage returns of a calendar part away; what was sent has them.
    assert base64.b64decode(part["content"]) == calendar.replace(b"\r\n", b"\n")
    assert f"METHOD:{part['method']}\r\n".encode() in calendar
    [sent] = [one for one in message_from_bytes(raw, policy=SMTP).walk() if one.get_content_type() == "text/calendar"]
    content = sent.get_payload(decode=True)
    assert content == calendar
    assert calendar.count(b"\n") == calendar.count(b"\r\n") > 20
    assert found["from"] in calendar.decode()
    assert found["to"] == [SOMEBODY.email]
    assert "voici l’invitation" in found["text"]


def test_a_mail_built_from_text_would_lose_its_line_ends() -> None:
    message = EmailMessage()
    message.set_content(mail(FIRST)[1].decode(), subtype="calendar")
    assert b"\r\n" not in message.get_content().encode()
