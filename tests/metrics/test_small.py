"""What is published of a session of few people: how many they were."""

from __future__ import annotations

import pytest

from tests.documents.results import cycle, session, unmeasured
from webcycle.metrics import without_small


@pytest.mark.parametrize(("attended", "told"), [(0, True), (1, False), (10, False), (11, True)])
def test_a_small_session_tells_its_numbers_and_no_more(attended: int, told: bool) -> None:
    one, other = session(0, attended=attended), session(1, attended=50)
    found = without_small(cycle([one, other]), 11)
    assert found.sessions[1] == other
    assert (found.sessions[0] == one) is told
    if not told:
        small = found.sessions[0]
        assert (small.curve, small.thresholds, small.platform) == ((), (), ())
        assert one.curve
        assert small.figure("attended").value == attended
        assert {figure.name for figure in small.figures if figure.absent == "small"} >= {"half-way", "stayed-rate"}


def test_numbers_given_by_hand_stay() -> None:
    one = unmeasured(0, 4, "stated")
    assert without_small(cycle([one]), 11).sessions == (one,)
