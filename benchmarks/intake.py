"""How long a large webinar report takes, against `csv.reader` and `strptime` on its two time columns, and its memory.

    python benchmarks/intake.py [ROWS] [PEOPLE]

The target: 100,000 rows in at most six times the yardstick; a million rows below 500 MB.
"""

from __future__ import annotations

import csv
import resource
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from webcycle.intake import Options, Upload, read

FORMAT = "%m/%d/%Y %I:%M:%S %p"
START = datetime(2026, 4, 26, 10, 40)  # noqa: DTZ001
PREAMBLE = """Attendee Report
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes)
Le cycle,844 4444 4444,04/26/2026 10:40:00 AM,95
Attendee Details
Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,\
Time in Session (minutes),Is Guest,Country/Region Name
"""


def row(number: int, people: int) -> str:
    """An attendee's stay; the first of each person carries the registration."""
    person = number % people
    joined = START + timedelta(seconds=number * 7919 % 5000)
    left = joined + timedelta(seconds=number * 104729 % 3000)
    registered = START - timedelta(seconds=person * 2011 % 2_000_000 + 86400)
    registration = f"{registered:{FORMAT}},approved" if number < people else ","
    who = f"Prénom{person} Nom{person},Prénom{person},Nom{person},personne{person}@example.org"
    return f"Yes,{who},{registration},{joined:{FORMAT}},{left:{FORMAT}},5,Yes,France\n"


def yardstick(path: Path) -> float:
    """Seconds for the least that any reader must do."""
    began = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as stream:
        for cells in csv.reader(stream):
            if len(cells) == 12 and cells[0] == "Yes":
                datetime.strptime(cells[7], FORMAT)  # noqa: DTZ007
                datetime.strptime(cells[8], FORMAT)  # noqa: DTZ007
    return time.perf_counter() - began


def main() -> None:
    rows, people = (int(given) for given in (*sys.argv[1:], "100000", "40000")[:2])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.csv")
        with path.open("w", encoding="utf-8") as stream:
            stream.write(PREAMBLE)
            stream.writelines(row(number, people) for number in range(rows))
        least = yardstick(path)
        began = time.perf_counter()
        (reading,) = read(Upload(path.name, path), Options("Europe/Paris"))
        took = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{reading.rows} rows: {took:.1f} s, {took / least:.1f} times the yardstick, {memory:.0f} MB")


if __name__ == "__main__":
    main()
