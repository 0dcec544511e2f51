"""Which purge's figures are told."""

from __future__ import annotations

from datetime import UTC, datetime

from webcycle import privacy

BEGUN = datetime(2021, 9, 1, 12, tzinfo=UTC)


def test_the_figures_of_the_last_purge_that_kept_some_are_told() -> None:
    bare = privacy.Purge(BEGUN, 1, 0, 0, 0, finished=BEGUN)
    first = privacy.Purge(BEGUN, 1, 0, 0, 0, figures_sha256="a", finished=BEGUN)
    last = privacy.Purge(BEGUN, 1, 0, 0, 0, figures_sha256="b")  # not ended
    assert privacy.kept(()) is None
    assert privacy.kept((bare,)) is None
    assert privacy.kept((first, bare)) is first
    assert privacy.kept((bare, first, last, bare)) is last
