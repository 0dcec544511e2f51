"""postpone, confirm, cancel, reinstate and set, as a user meets them; and the messages to the registered."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import DATA, Run
from webcycle.cli import terminal


def change(programme: Path, run: Run, *arguments: str) -> str:
    """What a change that is agreed to says; the file then differs."""
    before = programme.read_bytes()
    result = run(*arguments, "--yes")
    assert result.exit_code == 0, result.stderr
    assert programme.read_bytes() != before
    return result.stderr


def test_a_session_is_postponed_with_its_length_and_its_reason(run: Run, programme: Path) -> None:
    assert run("export-ics").exit_code == 0
    said = change(programme, run, "postpone", "maroc", "--to", "2020-11-02 09:00", "--reason", "grève")
    text = programme.read_text("utf-8")
    assert (
        'start = 2020-11-02T09:00:00\nend = 2020-11-02T11:00:00\nmoved-from = [2020-10-26T14:00:00]\nreason = "grève"\n'
    ) in text
    assert "  -start = 2020-10-26T14:00:00\n  -end" in said
    assert "In the calendar: maroc: 26 Oct 14:00 -> 2 Nov 09:00, SEQUENCE 1\n" in said
    assert "webcycle export-ics" in said
    assert "git" in said
    assert "maroc: 26 Oct 14:00 -> 2 Nov 09:00, SEQUENCE 1" in run("export-ics").stderr
    feed = (programme.parent / "out/public/guide-2020-2021.ics").read_bytes().decode()
    assert "SUMMARY:Reporté\u00a0: Présentation" in feed.replace("\r\n ", "")


def test_every_state_is_reached_and_left_again(run: Run, programme: Path) -> None:
    change(programme, run, "postpone", "maroc")
    assert 'status = "postponed"' in programme.read_text("utf-8")
    change(programme, run, "reinstate", "maroc")
    assert 'status = "confirmed"' in programme.read_text("utf-8")
    change(programme, run, "set", "maroc", "status", "tentative")
    change(programme, run, "confirm", "maroc")
    said = change(programme, run, "cancel", "maroc", "--reason", "contexte sanitaire")
    text = programme.read_text("utf-8")
    assert 'status = "cancelled"\n' in text
    assert 'reason = "contexte sanitaire"\n' in text
    # What was said in public cannot be unsaid: it is told, and does not stand in the way.
    assert "claim-contradicted" in said


def test_a_change_without_a_reason_is_not_given_that_of_an_earlier_move(run: Run, programme: Path) -> None:
    change(programme, run, "postpone", "maroc", "--to", "2020-11-02 09:00", "--reason", "grève")
    assert "  -reason = " in change(programme, run, "cancel", "maroc")
    assert "grève" not in programme.read_text("utf-8")
    change(programme, run, "reinstate", "maroc")
    change(programme, run, "postpone", "maroc", "--reason", "contexte sanitaire")
    change(programme, run, "postpone", "maroc", "--to", "2020-11-09 09:00")
    assert 'reason = "contexte sanitaire"' in programme.read_text("utf-8")


def test_a_note_is_proposed_only_where_it_would_tell_the_change(run: Run, programme: Path) -> None:
    note = "webcycle announce change maroc"
    assert note in change(programme, run, "cancel", "maroc", "--reason", "grève")
    assert note in change(programme, run, "reinstate", "maroc")
    assert run("announce", "change", "maroc").exit_code == 0
    assert note not in change(programme, run, "set", "maroc", "url", "https://example.org/maroc")
    assert note in change(programme, run, "postpone", "maroc", "--to", "2020-11-02 09:00")
    assert note not in change(programme, run, "set", "maroc", "title", "Le Maroc")


def test_a_date_is_read_as_one_in_a_programme_whose_claims_are_contradicted(run: Run, programme: Path) -> None:
    assert "claim-contradicted" in change(programme, run, "cancel", "senegal", "--reason", "grève")
    change(programme, run, "set", "maroc", "registration.deadline", "2020-10-20")
    assert "registration = { deadline = 2020-10-20 }" in programme.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("title", "Le Maroc : l'avenir"), 'title = "Le Maroc : l\'avenir"'),
        (("recording.url", "https://example.org/r"), 'recording = { url = "https://example.org/r" }'),
        (
            ("documents.slides.url", "https://example.org/s"),
            'documents = [{ kind = "slides", url = "https://example.org/s" }]',
        ),
        (("registration.capacity", "350"), "registration = { capacity = 350 }"),
        (("registration.deadline", "2020-10-20 18:00"), "registration = { deadline = 2020-10-20T18:00:00 }"),
        (("countries", '["FR"]'), 'countries = ["FR"]'),
        (("title", "2020"), 'title = "2020"'),
    ],
)
def test_a_key_is_set(run: Run, programme: Path, arguments: tuple[str, str], line: str) -> None:
    change(programme, run, "set", "maroc", *arguments)
    assert f"\n{line}\n" in programme.read_text("utf-8")


def test_a_key_is_removed(run: Run, programme: Path) -> None:
    change(programme, run, "set", "maroc", "note", "--remove")
    assert "dispositif conjoint franco-marocain, de soutien" not in programme.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("postpone",), 2, "SESSION"),
        (("postpone", "nowhere"), 2, "nowhere"),
        (("postpone", "maroc", "--to", "tomorrow"), 2, "tomorrow"),
        (("postpone", "maroc", "--end", "2020-11-02"), 2, "--to"),
        (("postpone", "maroc", "--to", "2020-10-26 14:00"), 1, "already"),
        (("postpone", "maroc", "--to", "9999-12-31 23:30"), 1, "too far"),
        (("set", "maroc", "title"), 2, "--remove"),
        (("set", "maroc", "title", "x", "--remove"), 2, "--remove"),
        (("set", "maroc", "id", "x"), 1, "permanent"),
        (("set", "maroc", "start", "2020-11-02"), 1, "postpone"),
        (("set", "maroc", "titel", "x"), 1, "title"),
        (("set", "maroc", "mode", "by air"), 1, "in-person"),
        (("set", "maroc", "recording.url", "javascript:alert(1)"), 1, "address"),
        (("set", "maroc", "title", ""), 1, "would have errors"),
        (("set", "maroc", "title", "[red]\x1b[31mé"), 1, "U+001B"),
    ],
)
def test_what_cannot_be_is_refused_without_change(
    run: Run, programme: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    before = programme.read_bytes()
    result = run(*arguments, "--yes")
    assert (result.exit_code, words in result.stderr) == (code, True), result.stderr
    assert "\x1b" not in result.stderr
    assert programme.read_bytes() == before


@pytest.mark.parametrize("command", ["confirm", "reinstate"])
def test_what_is_so_already_is_said_and_not_written(run: Run, programme: Path, command: str) -> None:
    before = programme.stat().st_mtime_ns
    result = run(command, "maroc", "--yes")
    assert result.exit_code == 0
    assert "already" in result.stderr
    assert programme.stat().st_mtime_ns == before


def test_nobody_there_means_no_change(run: Run, programme: Path) -> None:
    before = programme.read_bytes()
    result = run("postpone", "maroc")
    assert (result.exit_code, programme.read_bytes()) == (2, before)
    assert "+status" in result.stderr


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1)])
def test_on_a_terminal_it_asks(
    run: Run, programme: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr(terminal, "interactive", lambda: True)
    before = programme.read_bytes()
    assert run("postpone", "maroc", answers=answer).exit_code == code
    assert (programme.read_bytes() != before) == (code == 0)


def test_a_file_that_was_changed_meanwhile_is_left_and_the_new_text_stands_beside(
    run: Run, programme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = programme.read_bytes() + b"# mine\n"

    def meanwhile() -> bool:
        programme.write_bytes(mine)
        return True

    monkeypatch.setattr(terminal, "interactive", meanwhile)
    result = run("postpone", "maroc", answers="y\n")
    assert result.exit_code == 1
    assert "cycle.toml.rej" in result.stderr
    assert programme.read_bytes() == mine
    assert 'status = "postponed"' in (programme.parent / "cycle.toml.rej").read_text("utf-8")


def test_a_programme_that_does_not_check_is_not_changed(run: Run, programme: Path) -> None:
    programme.write_text(programme.read_text("utf-8").replace('axis = "geographie"', 'axis = "nowhere"', 1), "utf-8")
    before = programme.read_bytes()
    assert run("confirm", "maroc", "--yes").exit_code == 1
    assert programme.read_bytes() == before


def test_comments_spacing_and_newlines_of_the_rest_stay(run: Run, programme: Path) -> None:
    raw = programme.read_bytes().replace(b"\n", b"\r\n").replace(b"[[session]]", b"[[session]] # one  ")
    programme.write_bytes(raw)
    change(programme, run, "postpone", "senegal", "--to", "2020-12-10 10:00")
    new = programme.read_bytes()
    assert b"\n" not in new.replace(b"\r\n", b"")
    old_lines, new_lines = raw.splitlines(), new.splitlines()
    assert len(new_lines) == len(old_lines) + 1
    assert len(set(new_lines) - set(old_lines)) == 3


# ---- messages to the registered


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """The clock of 1 October 2020, when the sessions were to come."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1601510400")


@pytest.fixture
def registered(guide: Path, run: Run) -> Path:
    """The cycle with its synthetic registrations."""
    exports = DATA / "guide-2020-2021-synthetic-exports"
    shutil.copy(exports / "people.toml", guide)
    assert run("import", "--yes", exports).exit_code == 0
    return guide


def test_a_session_that_is_over_invites_nobody(run: Run, registered: Path) -> None:
    result = run("export-ics", "--invite", "maroc")
    assert (result.exit_code, "is over" in result.stderr) == (1, True)
    assert not (registered / "out/private/invitations").exists()


@pytest.mark.usefixtures("before")
def test_each_of_the_registered_gets_a_message(run: Run, registered: Path) -> None:
    assert run("set", "maroc", "join.url", "https://zoom.example.org/j/123456789", "--yes").exit_code == 0
    result = run("export-ics", "--invite", "maroc")
    assert result.exit_code == 0, result.stderr
    folder = registered / "out/private/invitations"
    index = (folder / "maroc.csv").read_text("utf-8-sig").splitlines()
    messages = sorted(folder.glob("maroc-*.ics"))
    assert f"REQUEST messages for {len(messages)} registered people" in result.stderr
    assert len(index) == len(messages) + 1 > 50
    for line in index[1:]:
        address, _name, file, method = line.split(";")
        assert method == "REQUEST"
        text = (folder / file).read_text("utf-8").replace("\n ", "")
        assert text.count("ATTENDEE") == 1
        assert f"mailto:{address}" in text
        assert "https://zoom.example.org/j/123456789" in text
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert "example.org" not in (result.stdout + result.stderr).replace("zoom.example.org", "")
    assert "0 new or changed" in run("export-ics", "--invite", "maroc").stderr
    public = b"".join(path.read_bytes() for path in (registered / "out/public").iterdir())
    assert b"zoom.example.org" not in public
    assert b"ATTENDEE" not in public


def registrations(folder: Path, old: str, new: str) -> None:
    """What a later export says of a registration for maroc."""
    path = folder / "sessions/maroc/registrations.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def read_index(folder: Path) -> dict[str, tuple[str, str]]:
    """By address, the file and the kind of its message."""
    lines = (folder / "maroc.csv").read_text("utf-8-sig").splitlines()[1:]
    return {address: (file, method) for address, _name, file, method in (line.split(";") for line in lines)}


@pytest.mark.usefixtures("before")
def test_who_withdrew_after_a_message_gets_a_cancellation_once(
    run: Run, registered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("set", "maroc", "join.url", "https://zoom.example.org/j/123456789", "--yes").exit_code == 0
    assert run("export-ics", "--invite", "maroc").exit_code == 0
    folder = registered / "out/private/invitations"
    invited = read_index(folder)
    gone = next(iter(invited))
    # A file that is of another session, of nobody, or no message at all is no reason to write to anybody.
    (folder / "maroc-other.ics").write_bytes((folder / invited[gone][0]).read_bytes())
    (folder / "maroc-none.ics").write_bytes(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    (folder / "maroc-text.ics").write_bytes(b"text")
    rows = (registered / "sessions/maroc/registrations.csv").read_text("utf-8").splitlines()
    (theirs,) = (row for row in rows if f",{gone}," in row)
    registrations(registered, theirs, theirs.replace(",confirmed,", ",cancelled,"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1601596800")
    said = run("export-ics", "--invite", "maroc").stderr
    assert f"REQUEST messages for {len(invited) - 1} registered people" in said
    assert "(1 new or changed)" in said
    assert "One person who had an earlier message is not registered any more" in said
    assert gone not in said
    assert read_index(folder) == {**invited, gone: (invited[gone][0], "CANCEL")}
    message = (folder / invited[gone][0]).read_bytes()
    assert b"METHOD:CANCEL\r\n" in message
    assert f"mailto:{gone}" in message.decode().replace("\r\n ", "")
    assert "zoom.example.org" not in message.decode().replace("\r\n ", "")
    assert "(0 new or changed)" in run("export-ics", "--invite", "maroc").stderr
    assert (folder / invited[gone][0]).read_bytes() == message
    registrations(registered, theirs.replace(",confirmed,", ",cancelled,"), theirs)
    assert "not registered any more" not in run("export-ics", "--invite", "maroc").stderr
    assert read_index(folder) == invited
    assert b"METHOD:REQUEST\r\n" in (folder / invited[gone][0]).read_bytes()


@pytest.mark.usefixtures("before")
def test_nobody_is_sent_a_cancellation_who_is_registered_by_another_address_or_as_one_of_the_house(
    run: Run, registered: Path
) -> None:
    assert run("export-ics", "--invite", "maroc").exit_code == 0
    folder = registered / "out/private/invitations"
    one, other, *_ = read_index(folder)
    rows = (registered / "sessions/maroc/registrations.csv").read_text("utf-8").splitlines()
    (theirs,) = (row for row in rows if f",{other}," in row)
    registrations(registered, theirs, theirs.replace(",participant,", ",staff,"))
    (row,) = (row for row in rows if f",{one}," in row)
    registrations(registered, row, row.replace(f",{one},", ",zz@example.org,"))
    with (registered / "people.toml").open("a", encoding="utf-8") as people:
        people.write(f'\n[[alias]]\nperson = "zz@example.org"\nis = ["{one}"]\n')
    result = run("export-ics", "--invite", "maroc")
    assert result.exit_code == 0, result.stderr
    assert "not registered any more" not in result.stderr
    assert not {one, other} & set(read_index(folder))
    assert "zz@example.org" in read_index(folder)


@pytest.mark.usefixtures("before")
def test_when_everybody_withdrew_they_are_told_all_the_same(run: Run, registered: Path) -> None:
    assert run("export-ics", "--invite", "maroc").exit_code == 0
    registrations(registered, ",confirmed,", ",cancelled,")
    result = run("export-ics", "--invite", "maroc")
    assert result.exit_code == 0, result.stderr
    assert {method for _file, method in read_index(registered / "out/private/invitations").values()} == {"CANCEL"}


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [(("--invite", "nowhere"), 2, "nowhere"), (("--invite", "maroc"), 1, "import the registrations")],
)
def test_nobody_to_invite_is_said(run: Run, guide: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    result = run("export-ics", *arguments)
    assert (result.exit_code, words in result.stderr) == (code, True)
    assert not (guide / "out/private").exists()


def test_a_session_that_never_had_a_date_invites_nobody(run: Run, registered: Path, programme: Path) -> None:
    text = programme.read_text("utf-8")
    before, after = text[: text.index("[[claim]]")].split('id = "maroc"')
    after = after.replace("start = 2020-10-26T14:00:00\nend = 2020-10-26T16:00:00", 'status = "postponed"', 1)
    programme.write_text(f'{before}id = "maroc"{after}', "utf-8")
    result = run("export-ics", "--invite", "maroc")
    assert (result.exit_code, "never had a date" in result.stderr) == (1, True), result.stderr


@pytest.mark.usefixtures("before")
def test_messages_are_not_written_where_git_would_take_them(run: Run, registered: Path) -> None:
    shutil.rmtree(registered / "out", ignore_errors=True)
    (registered / ".gitignore").write_text("", "utf-8")
    assert os.system("git init -q . 2>/dev/null") == 0
    result = run("export-ics", "--invite", "maroc")
    assert result.exit_code == 1
    assert not list(registered.glob("out/private/invitations/*"))
