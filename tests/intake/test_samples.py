"""One harness for every reader: each sample is claimed by exactly one, read as expected, and adds up."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from webcycle.intake import READERS, IntakeError, Options, Upload, claims, read
from webcycle.intake.contents import Table

from .harness import contents, expected_file, options, read_sample, samples, shown, upload

SAMPLES = samples(strangers=False)
STRANGERS = samples(strangers=True)


@pytest.mark.parametrize("name", SAMPLES)
def test_exactly_one_reader_claims_each_sample(name: str) -> None:
    for content in contents(name):
        assert len(claims(content)) == 1


def test_every_reader_has_a_sample() -> None:
    claimed = {reader.name for name in SAMPLES for content in contents(name) for reader, _ in claims(content)}
    assert claimed == {reader.name for reader in READERS}


@pytest.mark.parametrize("name", STRANGERS)
def test_no_reader_claims_a_stranger(name: str) -> None:
    with pytest.raises(IntakeError) as refused:
        read(upload(name), options(name))
    assert refused.value.key in {
        "intake.unclaimed",
        "intake.empty",
        "intake.binary",
        "intake.markup",
        "intake.two-emails",
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_gives_the_expected_records(name: str) -> None:
    assert shown(read_sample(name)) == json.loads(expected_file(name).read_text("utf-8"))


@pytest.mark.parametrize("name", SAMPLES)
def test_rows_are_kept_or_accounted_for(name: str) -> None:
    for reading in read_sample(name):
        assert reading.rows == reading.kept + sum(reading.ignored.values())
        assert reading.kept > 0
        assert all(count > 0 for count in reading.ignored.values())


@pytest.mark.parametrize("name", SAMPLES)
def test_the_name_of_the_file_changes_nothing(name: str) -> None:
    renamed = Upload("x.bin", _sample_path(name).read_bytes())
    before, after = read_sample(name), read(renamed, options(name))
    assert [replace(one, file="", findings=()) for one in after] == [
        replace(one, file="", findings=()) for one in before
    ]


def test_nothing_but_the_kept_columns_is_kept() -> None:
    """The samples hold telephone numbers, addresses, devices and answers: none of them is in a record."""
    secrets = ("0600000000", "33600000000", "33612345678", "192.0.2.1", "Mozilla", "Cheffe de projet", "Combien ?")
    held = "".join(path.read_text("utf-8", "ignore") for path in map(_sample_path, SAMPLES) if path.suffix == ".csv")
    held += "".join(path.read_text("utf-8") for path in map(_sample_path, SAMPLES) if path.suffix == ".tsv")
    assert [secret for secret in secrets if secret not in held] == []
    records = "".join(repr((one.registrations, one.visits, one.views)) for name in SAMPLES for one in read_sample(name))
    assert [secret for secret in secrets if secret in records] == []


def _sample_path(name: str) -> Path:
    return expected_file(name).with_name(Path(name).name)


def test_two_claimants_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    twin = replace(READERS[0], name="twin")  # type: ignore[type-var]
    monkeypatch.setattr("webcycle.intake.READERS", (*READERS, twin))
    with pytest.raises(IntakeError) as refused:
        read(upload("zoom/participants-rejoin.csv"), Options("Europe/Paris"))
    assert refused.value.values["readers"] == "twin, zoom-meeting"


def test_dates_that_nothing_decides_are_asked_about() -> None:
    with pytest.raises(IntakeError) as refused:
        read(upload("teams/list-portuguese.csv"), Options("Europe/Paris"))
    assert refused.value.values["dmy"] == "2021-03-09"
    assert refused.value.values["mdy"] == "2021-09-03"


def test_hours_without_a_day_ask_for_the_session() -> None:
    with pytest.raises(IntakeError, match="no-day"):
        read(upload("meet/hours-without-day.csv"), Options("Europe/Paris"))


def test_a_table_that_nobody_knows_is_read_by_a_map_of_its_columns() -> None:
    columns = {"name": "Name", "email": "Email", "minutes": "Minutes"}
    (reading,) = read(upload("strangers/unknown-attendance.csv"), Options("Europe/Paris", columns=columns))
    (visit,) = reading.visits
    assert (visit.name, visit.email, visit.seconds) == ("Alix", "alix@example.org", 300)
    assert reading.dropped == ("Time connected",)


@pytest.mark.parametrize(
    ("columns", "key"),
    [({"shoe": "Name"}, "intake.unknown-field"), ({"name": "Nobody"}, "intake.no-such-columns")],
)
def test_a_wrong_map_is_refused(columns: dict[str, str], key: str) -> None:
    with pytest.raises(IntakeError) as refused:
        read(upload("strangers/unknown-attendance.csv"), Options("Europe/Paris", columns=columns))
    assert refused.value.key == key


def test_what_is_shown_of_an_unknown_file_names_nobody() -> None:
    data = b"alix@example.org,Alix Martin,0600000000\nnoe@example.org,No,0600000001\n"
    with pytest.raises(IntakeError) as refused:
        read(Upload("a.csv", data), Options("Europe/Paris"))
    assert refused.value.values["seen"] == "…"


def test_a_platform_narrows_the_readers() -> None:
    with pytest.raises(IntakeError, match="unclaimed"):
        read(upload("zoom/participants-rejoin.csv"), Options("Europe/Paris", platform="teams"))
    (reading,) = read(upload("zoom/participants-rejoin.csv"), Options("Europe/Paris", platform="zoom"))
    assert reading.platform == "zoom"


def test_all_samples_but_trees_are_tables() -> None:
    tables = [name for name in SAMPLES if all(isinstance(content, Table) for content in contents(name))]
    assert {Path(name).suffix for name in set(SAMPLES) - set(tables)} == {".json", ".xml"}
