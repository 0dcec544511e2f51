"""The whole output: the exports, the truth beside them, and the page that says what they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from webcycle.programme import Programme

from . import bigbluebutton, forms, teams, truth, youtube, zoom
from .decisions import people_toml
from .dice import Dice
from .meetings import Meeting, meetings
from .people import Person, cast
from .tables import Files

_PLATFORMS: Mapping[str, Callable[[Meeting], Files]] = {
    "zoom-webinar-2020": zoom.webinar_2020,
    "zoom-webinar-2021": zoom.webinar_2021,
    "zoom-meeting": zoom.participants,
    "zoom-meeting-excel": zoom.participants_excel,
    "zoom-meeting-restarted": zoom.participants_restarted,
    "teams": teams.report,
    "teams-2021-french": teams.report_2021_french,
    "bbb-json": bigbluebutton.dashboard_json,
    "bbb-csv": bigbluebutton.dashboard_csv,
}


def made(programme: Programme, seed: int, people: int) -> Files:
    """Every file by its path below the folder."""
    everybody = cast(seed, people)
    held = meetings(programme, seed, everybody)
    if not held:
        raise SystemExit("The programme has no session that was held online on a known day.")
    files: Files = {}
    told: list[dict[str, Any]] = []
    for meeting in held:
        attendance = _PLATFORMS[meeting.venue.platform](meeting)
        signups = _form(meeting, everybody.public)
        told += [_about(name, truth.READER_OF[meeting.venue.platform], meeting) for name in attendance]
        told += [_about(name, meeting.venue.form, meeting) for name in signups]
        files |= attendance | signups
    films = youtube.videos(programme, held, seed)
    studio = youtube.table_data(films, seed)
    told += [{"file": name, "reader": "youtube-table", "session": ""} for name in studio]
    facts = truth.truth(programme, seed, everybody, held, films) | {"files": told}
    return {
        **{f"exports/{name}": data for name, data in sorted((files | studio).items())},
        "people.toml": people_toml(everybody, held),
        "truth.json": f"{truth.written(facts)}\n".encode(),
        "README.md": _readme(facts).encode(),
    }


def _form(meeting: Meeting, public: Sequence[Person]) -> Files:
    if meeting.venue.form == "google-forms":
        return forms.google(meeting)
    if meeting.venue.form == "microsoft-forms":
        return forms.microsoft(meeting)
    if meeting.venue.form == "limesurvey":
        busy = {one.person.id for one in meeting.signups} | {one.person for one in meeting.attendees}
        free = [person for person in public if person.id not in busy]
        return forms.limesurvey(meeting, Dice(meeting.session, "stopped").some(free, 3))
    return {}


def _about(name: str, reader: str, meeting: Meeting) -> dict[str, str]:
    return {"file": name, "reader": reader, "session": meeting.session}


_README = """\
# Synthetic exports: nothing here is real

**Données synthétiques : personnes, organismes, adresses et chiffres sont tous inventés.**

These files were made by a program for the sessions of the programme `{programme}`. No such people registered or came,
and no figure in or derived from them is one of the organiser's: they show what platforms' exports look like, and test
that an import gives back the truth. Every name is invented, every address is on example.org (RFC 2606), every telephone
number is one of those reserved for fiction. A document that is made from them must say that it is synthetic.

- `exports/`: what the platforms would have written. The names of the files mean nothing to the program.
- `truth.json`: who registered, who came and when, and what the sums are. Its `resolution` says what an export keeps of
  a stay: `second`; `minute`, cut off; or `sum`, first, last and how long in all for each device.
- `people.toml`: what the organiser would have decided about who is who, so that lists can be compared with the truth.

Made by `python scripts/synthetic_exports.py PROGRAMME FOLDER --seed {seed} --people {people}`; with `--check` it says
whether the files are still what it would write.

| session | platform | registrations | export |
| --- | --- | --- | --- |
{rows}
"""


def _readme(facts: dict[str, Any]) -> str:
    rows = []
    for session in facts["sessions"]:
        files = [one["file"] for one in facts["files"] if one["session"] == session["id"]]
        names = ", ".join(f"`{name}`" for name in files)
        rows.append(f"| {session['id']} | {session['venue']} | {session['form'] or 'in the same file'} | {names} |")
    rows.append("| all | YouTube Studio | - | `Table data.csv` |")
    return _README.format(**{**facts, "rows": "\n".join(rows)})
