"""The events are kept by a CalDAV server (Radicale) as they were given, and moved rather than doubled."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import pytest
from icalendar import Calendar

from tests.calendar.cycles import NOW, again, at, published, session
from tests.interop.programs import free_port, program
from webcycle.calendar import Publication, Recipient, invitation

PLACE = "/somebody/cycle"
QUERY = b"""<?xml version="1.0" encoding="utf-8"?>
<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
<d:prop><d:getetag/></d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">
<c:time-range start="%s" end="%s"/></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"""


class Server:
    """A CalDAV server with one calendar."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        given = {"Authorization": "Basic c29tZWJvZHk6c2VjcmV0", **headers}
        connection.request(method, path, body, given)
        answer: HTTPResponse = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found

    def put(self, key: str, data: bytes) -> int:
        return self.ask("PUT", f"{PLACE}/{key}.ics", data, **{"Content-Type": "text/calendar; charset=utf-8"})[0]

    def event(self, key: str) -> Any:
        status, data = self.ask("GET", f"{PLACE}/{key}.ics")
        assert status == 200
        return Calendar.from_ical(data).walk("VEVENT")[0]

    def between(self, start: bytes, end: bytes) -> int:
        status, data = self.ask("REPORT", f"{PLACE}/", QUERY % (start, end), Depth="1")
        assert status == 207
        return data.count(b"<response>")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("radicale")
    port = free_port()
    (folder / "users").write_text("somebody:secret\n")
    (folder / "config").write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[storage]\nfilesystem_folder = {folder}/kept\n"
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder}/users\nhtpasswd_encryption = plain\ndelay = 0\n"
    )
    with subprocess.Popen(
        (program("radicale"), "--config", folder / "config"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        found = Server(port)
        try:
            _wait(found)
            assert found.ask("MKCALENDAR", f"{PLACE}/")[0] == 201
            yield found
        finally:
            running.terminate()


def _wait(server: Server) -> None:
    for _ in range(150):
        try:
            server.ask("GET", "/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("Radicale does not answer")


RICH = session(
    "maroc",
    title="Le Maroc ; après, « avant » \\ 🎥",
    note="Un mot.\n\nEt un autre.",
    start=at("2026-10-20T14:00"),
    axis="geo",
    url="https://example.org/maroc",
)


def kept(publication: Publication, server: Server, key: str) -> dict[str, Any]:
    assert server.put(key, publication.session_file(key)) in (201, 204)
    return dict(server.event(key).items())


def test_every_field_comes_back(server: Server) -> None:
    publication = published(RICH)
    own = dict(Calendar.from_ical(publication.session_file("maroc")).walk("VEVENT")[0].items())
    assert kept(publication, server, "maroc") == own
    assert "🎥" in str(own["SUMMARY"])


def test_a_moved_session_is_there_once_at_its_new_hour(server: Server) -> None:
    first = published(RICH)
    kept(first, server, "maroc")
    assert server.between(b"20261020T110000Z", b"20261020T130000Z") == 1
    moved = again(first, {**RICH, "start": at("2026-11-20T14:00"), "end": at("2026-11-20T16:00")})
    assert kept(moved, server, "maroc")["SEQUENCE"] == 1
    assert server.between(b"20261020T110000Z", b"20261020T130000Z") == 0
    # An hour later in winter; a query that ends where it begins finds nothing.
    assert server.between(b"20261120T130000Z", b"20261120T150000Z") == 1
    assert server.between(b"20261120T150000Z", b"20261120T160000Z") == 0


def test_a_server_takes_neither_a_feed_nor_another_uid_for_one_event(server: Server) -> None:
    publication = published(RICH, session("sante"))
    assert server.put("both", publication.feed()) == 400
    assert kept(publication, server, "sante")


def test_a_message_without_its_method_is_the_same_event(server: Server) -> None:
    publication = published(RICH)
    message = invitation(publication, "maroc", Recipient("a@example.org", "A"), NOW)
    assert server.put("maroc", message.replace(b"METHOD:REQUEST\r\n", b"")) in (201, 204)
    assert str(server.event("maroc")["ATTENDEE"]) == "mailto:a@example.org"
