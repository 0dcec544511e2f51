"""The same main figures in pandas, as one would write them there: union, attended, median, people, peak, curve."""

from __future__ import annotations

import sys

import pandas as pd


def main(file: str) -> None:
    visits = pd.read_csv(file, usecols=["session", "email", "role", "joined", "left"], parse_dates=["joined", "left"])
    visits = visits[visits.role == "participant"]
    visits["email"] = visits.email.str.strip().str.lower()
    visits = visits.sort_values(["session", "email", "joined", "left"])
    reached = visits.groupby(["session", "email"]).left.cummax().groupby([visits.session, visits.email]).shift()
    visits["start"] = visits.joined.where(reached.isna() | (visits.joined > reached), reached)
    pieces = visits[visits.left > visits.start]
    seconds = (pieces.left - pieces.start).dt.total_seconds().groupby([pieces.session, pieces.email]).sum()
    attended = seconds[seconds >= 300].reset_index(name="seconds")
    median = attended.groupby("session").seconds.median()
    changes = pd.concat(
        [
            pd.DataFrame({"session": pieces.session, "at": pieces.start, "more": 1}),
            pd.DataFrame({"session": pieces.session, "at": pieces.left, "more": -1}),
        ]
    ).sort_values(["session", "at", "more"])
    changes["present"] = changes.groupby("session").more.cumsum()
    peak = changes.groupby("session").present.max()
    curve = changes.groupby(["session", changes["at"].dt.floor("5min")]).present.last()
    print(len(attended), attended.email.nunique(), median.mean(), peak.max(), len(curve))


if __name__ == "__main__":
    main(sys.argv[1])
