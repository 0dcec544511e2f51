"""Whom the rows of a file are of, in which role, and whether they still are: what the figures rest upon."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.telephones import kept
from webcycle.exposure import typed
from webcycle.identity import keys
from webcycle.intake import Options, Reading, Upload, read
from webcycle.intake.words import caller

STAYS = "Name (Original Name),User Email,Join Time,Leave Time\n"
HOURS = "10/26/2020 14:00:00,10/26/2020 15:00:00"


def reading(text: str, name: str = "a.csv") -> Reading:
    (found,) = read(Upload(name, text.encode()), Options("Europe/Paris"))
    assert found.rows == found.kept + sum(found.ignored.values())
    return found


def names(text: str) -> list[str]:
    return [one.name for one in reading(text).visits]


# ---- telephones


def phones(*numbers: str) -> str:
    return STAYS + "".join(f"{number},,{HOURS}\n" for number in numbers)


def test_two_numbers_that_end_alike_are_two_people() -> None:
    assert names(phones("+33 6 12 34 56 78", "+33 6 99 99 56 78")) == ["…5678 #d50", "…5678 #4b8"]


@pytest.mark.parametrize(
    "written",
    [
        "0612345678",
        "33612345678",
        "+33612345678",
        "0033612345678",
        "06 12 34 56 78",
        "06\u00a012\u202f34\u00a056\u202f78",
        "06.12.34.56.78",
        "06/12/34/56/78",
        "06-12-34-56-78",
        "06\u201112\u201334\u201056\u201178",
        "+33 (0)6 12 34 56 78",
        "０６１２３４５６７８",
        "٠٦١٢٣٤٥٦٧٨",
    ],
)
def test_a_number_is_one_person_in_whatever_writing(written: str) -> None:
    assert names(phones(written)) == [kept("0612345678")]


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("336****5678", kept("3365678")),
        ("+336***5678", kept("3365678")),
        ("337****5678", kept("3375678")),
        ("+33 6 •• •• 56 78", kept("3365678")),
        ("+1 XXX-XXX-5678", kept("15678")),
        ("888****666", "…666 #" + kept("888666")[-3:]),
        ("3361234****", kept("3361234")),
        ("***78", "***78"),
    ],
)
def test_of_a_number_that_the_platform_masks_what_it_shows_tells_who_it_is(shown: str, name: str) -> None:
    assert names(phones(shown)) == names(phones("0612345678", shown))[1:] == [name]


@pytest.mark.parametrize("name", ["Ada Lovelace", "Ada 0612345678", "123", "iPhone 5678", "+ - ()", ""])
def test_no_other_name_is_a_number(name: str) -> None:
    assert caller(name) == ""


NUMBERS = st.text("0123456789", min_size=4, max_size=14)


@given(NUMBERS, st.lists(NUMBERS, max_size=5), st.data())
def test_what_is_kept_of_a_number_hangs_on_nothing_else(
    number: str, others: Sequence[str], data: st.DataObject
) -> None:
    order = data.draw(st.permutations([number, *others]))
    assert names(phones(number)) == [kept(number)]
    assert names(phones(*order)) == [kept(one) for one in order]


@given(st.lists(NUMBERS, max_size=8))
def test_no_more_than_four_digits_and_a_mark_are_kept(numbers: Sequence[str]) -> None:
    for one in numbers:
        assert caller(one) == kept(one)
        assert re.fullmatch(r"…\d{4} #[0-9a-f]{3}", caller(one))
        assert caller(one) == caller(f"00{one}") or len(one) < 9
        assert all(caller(one) != caller(other) for other in numbers if one[-4:] != other[-4:])


@given(NUMBERS, NUMBERS)
def test_the_name_of_a_caller_is_like_no_other_name(one: str, other: str) -> None:
    met = keys.forms(caller(one)) & keys.forms(caller(other))
    assert bool(met) == (caller(one) == caller(other))
    assert keys.normal_key(f"name:{caller(one)}") == f"name:{caller(one)}"
    assert typed.plain(caller(one)) == ""


# ---- hosts of Zoom

PREAMBLE = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
812 3456 7890,Le Maroc,10/26/2020 13:55:00,10/26/2020 16:10:00,Office@example.org,135,2

"""
PREAMBLE_FRENCH = """N° de réunion,Sujet,Heure de début,Heure de fin,Adresse e-mail de l’utilisateur,Durée (minutes)
812 3456 7890,Le Maroc,26/10/2020 13:55:00,26/10/2020 16:10:00,office@example.org,135

Nom (nom original),Adresse e-mail de l’utilisateur,Heure d’arrivée,Heure de départ
"""


def roles(text: str) -> dict[str, str]:
    return {one.name: one.role for one in reading(text).visits}


def test_the_host_that_only_the_preamble_names_is_not_of_the_public() -> None:
    rows = f"Office,office@example.org,{HOURS}\nAda,ada@example.org,{HOURS}\nOffice too,,{HOURS}\n"
    told = {"Office": "host", "Ada": "participant", "Office too": "participant"}
    assert roles(STAYS + rows)["Office"] == "participant"
    assert roles(PREAMBLE + STAYS + rows) == told
    french = rows.replace("10/26/2020", "26/10/2020")
    assert roles(PREAMBLE_FRENCH + french) == told


def test_the_host_s_address_is_still_told_among_the_columns_that_are_not_kept() -> None:
    found = reading(f"{PREAMBLE}{STAYS}Ada,ada@example.org,{HOURS}\n")
    assert "User Email" in found.dropped
    assert "office" not in repr(found).casefold()


@pytest.mark.parametrize("host", ["Host name,Host email", "User Name,User Email"])
def test_the_host_that_each_row_of_a_report_names_is_not_of_the_public(host: str) -> None:
    header = f"Topic,ID,{host},Start time,End time,Name (original name),Email,Join time,Leave time\n"
    about = 'Jeunesse,833 3333 3333,The Office,office@example.org,"Mar 21, 2024 09:00:00","Mar 21, 2024 10:30:00"'
    hours = '"Mar 21, 2024 09:03:00","Mar 21, 2024 10:29:00"'
    people = ("Someone,office@example.org", "The Office,", "the office,other@example.org", "Ada,ada@example.org")
    found = reading(header + "".join(f"{about},{one},{hours}\n" for one in people))
    assert found.reader == "zoom-report"
    assert [one.role for one in found.visits] == ["host", "host", "participant", "participant"]
    assert host.split(",")[1] in found.dropped


def test_a_report_whose_only_address_is_the_person_s_makes_nobody_a_host() -> None:
    header = "Topic,ID,Creation time,Start time,End time,Name (original name),User email,Join time,Leave time\n"
    about = 'Jeunesse,833,"Mar 1, 2024","Mar 21, 2024 09:00:00","Mar 21, 2024 10:30:00"'
    found = reading(f'{header}{about},Ada,ada@example.org,"Mar 21, 2024 09:03:00","Mar 21, 2024 10:29:00"\n')
    assert [one.role for one in found.visits] == ["participant"]


# ---- who is still in a room of BigBlueButton

JOINED, ENDED = datetime(2020, 10, 26, 13, tzinfo=UTC), datetime(2020, 10, 26, 15, tzinfo=UTC)


def milliseconds(when: datetime) -> int:
    return int(when.timestamp()) * 1000


def room(ended: int, joined: datetime = JOINED, **left: int) -> Reading:
    stay: dict[str, Any] = {"registeredOn": milliseconds(joined), **left}
    users = {"a": {"name": "Ada", "intIds": {"w": stay}}}
    return reading(json.dumps({"intId": "x", "createdOn": milliseconds(JOINED), "endedOn": ended, "users": users}))


def test_who_never_left_was_there_until_the_meeting_ended() -> None:
    for found in (room(milliseconds(ENDED), leftOn=0), room(milliseconds(ENDED))):
        assert [(one.joined, one.left) for one in found.visits] == [(JOINED, ENDED)]


def test_of_a_meeting_that_goes_on_nobody_knows_who_will_stay() -> None:
    assert [one.left for one in room(0, leftOn=0).visits] == [None]


def test_who_left_did_so_when_they_did_and_nobody_leaves_before_joining() -> None:
    early = datetime(2020, 10, 26, 14, tzinfo=UTC)
    assert [one.left for one in room(milliseconds(ENDED), leftOn=milliseconds(early)).visits] == [early]
    assert [one.left for one in room(milliseconds(JOINED), joined=early, leftOn=0).visits] == [None]


# ---- who withdrew

FORM = "Horodateur,Adresse e-mail,Nom,Prénom,Statut\n"


def statuses(*rows: str, head: str = FORM) -> list[str]:
    return [one.status for one in reading(head + "".join(f"{row}\n" for row in rows)).registrations]


def test_who_cancels_later_in_the_same_form_is_not_registered_any_more() -> None:
    first, then = (
        "20/10/2020 09:00:00,ada@example.org,D,Ada,inscrite",
        "21/10/2020 09:00:00,ADA@example.org,D,Ada,annulée",
    )
    assert statuses(first, then) == statuses(then, first) == ["cancelled", "cancelled"]
    assert statuses(first, then.replace("annulée", "refusée")) == ["refused", "refused"]


def test_who_registers_again_is_registered() -> None:
    rows = (
        "20/10/2020 09:00:00,ada@example.org,D,Ada,inscrite",
        "21/10/2020 09:00:00,ada@example.org,D,Ada,annulée",
        "22/10/2020 09:00:00,ada@example.org,D,Ada,inscrite",
    )
    assert sorted(statuses(*rows)) == ["cancelled", "confirmed", "confirmed"]
    assert statuses(rows[0], rows[2]) == ["confirmed", "confirmed"]


def test_who_cancelled_is_told_by_the_address_and_the_time_alone() -> None:
    confirmed = "20/10/2020 09:00:00,ada@example.org,D,Ada,inscrite"
    for other in (
        "21/10/2020 09:00:00,bo@example.org,D,Ada,annulée",
        "20/10/2020 09:00:00,ada@example.org,D,Ada,annulée",
        ",ada@example.org,D,Ada,annulée",
    ):
        assert sorted(statuses(confirmed, other)) == ["cancelled", "confirmed"]
    nameless = (row.replace("ada@example.org", "") for row in (confirmed, confirmed.replace("20/", "21/")))
    assert statuses(*nameless, "22/10/2020 09:00:00,bo@example.org,Lund,Bo,annulée").count("confirmed") == 2


def test_who_cancels_one_webinar_of_a_form_stays_registered_for_the_other() -> None:
    head = FORM.replace("Statut", "À quel webinaire souhaitez-vous participer ?,Statut")
    first, other = (
        "20/10/2020 09:00:00,ada@example.org,D,Ada,Maroc,inscrite",
        "21/10/2020 09:00:00,ada@example.org,D,Ada,Eau,annulée",
    )
    assert sorted(statuses(first, other, head=head)) == ["cancelled", "confirmed"]
    assert statuses(first, other.replace("Eau", "Maroc"), head=head) == ["cancelled", "cancelled"]


def test_of_two_orders_each_stands_for_itself() -> None:
    head = "Order #,Order Date,First Name,Last Name,Email,Attendee #,Attendee Status\n"
    kept, refunded = (
        "1,2020-10-20 09:00,Ada,D,ada@example.org,1,Attending",
        "2,2020-10-21 09:00,Ada,D,ada@example.org,2,Refunded",
    )
    assert statuses(kept, refunded, head=head) == ["confirmed", "cancelled"]
