"""Where a section has no header, its first row is somebody's: it is kept, or counted with what is left out."""

from __future__ import annotations

import pytest

from webcycle.intake import IntakeError, Options, Reading, Upload, read

from .harness import SAMPLES

TEAMS = """1. Summary
Meeting title\tLe cycle
Start time\t14/11/22, 09:29:07

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Alix\t14/11/22, 09:29:07\t14/11/22, 11:01:00\t1h 20m\talix@example.org\talix@example.org\tOrganizer
Noé\t14/11/22, 09:31:00\t14/11/22, 10:31:00\t1h\tnoe@example.org\tnoe@example.org\tPresenter
"""
ZOOM = """Attendee Report
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes)
Le cycle,844 4444 4444,10/26/2020 02:00:00 PM,95
Attendee Details
Attended,User Name,Email,Join Time,Leave Time
Yes,Alix,alix@example.org,10/26/2020 02:05:00 PM,10/26/2020 03:00:00 PM
"""


def reading(text: str) -> Reading:
    (found,) = read(Upload("a.csv", text.encode()), Options("Europe/Paris"))
    assert found.rows == found.kept + sum(found.ignored.values())
    return found


def test_an_unknown_section_of_teams_without_header_loses_no_row_and_shows_none() -> None:
    rows = "Zoé\tzoe@example.org\t11/11/22\nIda\tida@example.org\t11/11/22\n"
    found = reading(f"{TEAMS}\n4. Registrations\n{rows}")
    assert (found.kept, dict(found.ignored)) == (2, {"other-section": 2})
    assert "Zoé" not in found.dropped
    headed = reading(f"{TEAMS}\n4. Registrations\nName\tEmail\tRegistered\n{rows}")
    assert (headed.rows, headed.dropped) == (found.rows, ("Name", "Email", "Registered"))


def test_the_stays_of_teams_are_read_without_their_header_too() -> None:
    stays = "Alix\t14/11/22, 09:29:07\t14/11/22, 10:00:00\t30m\talix@example.org\tOrganizer\n"
    header = "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
    with_header, without = (reading(f"{TEAMS}\n3. Activities\n{top}{stays}") for top in (header, ""))
    assert [one.name for one in without.visits] == ["Noé", "Alix"]
    assert without.kept == with_header.kept == 2
    assert dict(without.ignored) == dict(with_header.ignored) == {"summed-up": 1}


@pytest.mark.parametrize(
    ("section", "row"), [("Interpreter Details", "Ida,Portuguese,yes"), ("Panelist Details", "Yes,Ida,ida@example.org")]
)
def test_a_section_of_zoom_without_header_loses_no_row_and_shows_none(section: str, row: str) -> None:
    found = reading(f"{ZOOM}{section}\n{row}\n{row}\n")
    assert found.kept == 1
    assert sum(found.ignored.values()) == 2
    assert "Ida" not in " ".join(found.dropped)


def test_a_section_of_zoom_with_its_header_counts_its_rows_alone() -> None:
    found = reading(f"{ZOOM}Interpreter Details\nUser Name,Email,Language\nIda,ida@example.org,Portuguese\n")
    assert dict(found.ignored) == {"other-section": 1}


def test_a_dashboard_without_its_header_is_not_taken_for_one() -> None:
    header, person, *_others = (
        (SAMPLES / "bigbluebutton" / "dashboard-canadian-hours.csv").read_text("utf-8").split("\n")
    )
    other = person.replace("Noé", "Zoé")
    (known,) = read(Upload("a.csv", f"{header}\n{person}\n{other}\n".encode()), Options("Europe/Paris"))
    assert (known.reader, known.kept) == ("bbb-dashboard", 2)
    with pytest.raises(IntakeError, match="unclaimed"):
        read(Upload("a.csv", f"{person}\n{other}\n".encode()), Options("Europe/Paris"))


def test_a_title_above_the_events_of_a_recording_is_no_header() -> None:
    text = (SAMPLES / "bigbluebutton" / "events-gem.csv").read_text("utf-8")
    plain, titled = reading(text), reading(f"Le cycle\n{text}")
    assert titled.kept == plain.kept > 0
    assert titled.ignored == plain.ignored


def test_an_approval_of_zoom_that_nobody_knows_is_taken_for_a_yes_and_told() -> None:
    header = "Attended,First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time"
    rows = "".join(
        f"No,Zoé,Lê,zoe{number}@example.org,10/20/2020 09:00:00 AM,{approval},--,--\n"
        for number, approval in enumerate(("approved", "denied by host", "weird", "NA"))
    )
    found = reading(ZOOM[: ZOOM.index("Attended,")] + f"{header}\n{rows}")
    assert [one.status for one in found.registrations] == ["confirmed", "refused", "confirmed", "confirmed"]
    (told,) = (one for one in found.findings if one.code == "intake-unknown-status")
    assert told.values["count"] == "1"
