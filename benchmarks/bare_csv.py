"""The yardstick of import: `csv.reader` over a webinar report, and `strptime` on its two time columns."""

from __future__ import annotations

import csv
import sys
from datetime import datetime
from pathlib import Path

FORMAT = "%m/%d/%Y %I:%M:%S %p"

with Path(sys.argv[1]).open(encoding="utf-8", newline="") as stream:
    for cells in csv.reader(stream):
        if len(cells) == 12 and cells[0] == "Yes":
            datetime.strptime(cells[7], FORMAT)  # noqa: DTZ007
            datetime.strptime(cells[8], FORMAT)  # noqa: DTZ007
