"""The charts: what they say in pictures, tables and words, and where things stand in them."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.chart_samples import (
    BARS,
    CURVE,
    ENGLISH,
    FRENCH,
    GROUPS,
    LOYALTY,
    PARIS,
    START,
    cells,
    elements,
    figures,
    four,
    lengths,
    said,
    tables,
)
from webcycle.documents import charts
from webcycle.documents.blocks import Figure, Table
from webcycle.documents.charts import Bar, Curve, curve, labels, layout
from webcycle.documents.inline import plain, text_of

# ---- what they say


def test_a_chart_is_a_picture_and_a_table_with_the_same_data() -> None:
    for blocks in four(FRENCH):
        figure, table = blocks
        assert isinstance(figure, Figure)
        assert isinstance(table, Table)
        assert figure.table == table.id
        assert text_of(table.caption, "fr") == f"{text_of(figure.title, 'fr')}\u00a0: les chiffres"


def test_registered_and_attended() -> None:
    figure, table = charts.session_bars("s", BARS, FRENCH)
    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    assert cells(table, "fr") == [
        ["le Maroc", "412", "305"],
        ["l’égalité femmes-hommes", "1\u202f280", "n. d."],
        ["le sport", "0", "0"],
    ]
    assert [column.kind for column in table.columns] == ["text", "number", "number"]
    words = ["le Maroc", "l’égalité femmes-hommes", "le sport", "412", "305", "1\u202f280", "n. d.", "0", "0"]
    assert sorted(said(figure)) == sorted([*words, "Inscrits", "Participants"])
    assert figure.alt == (
        "Inscrits et participants par séance\u00a0: diagramme à barres horizontales. "
        "Inscrits\u00a0: de 0 (le sport) à 1\u202f280 (l’égalité femmes-hommes). "
        "Participants\u00a0: de 0 (le sport) à 305 (le Maroc). "
        "1 valeur n’est pas donnée (n. d.). Les mêmes données sont dans le tableau qui suit."
    )


def test_groups() -> None:
    figure, table = charts.group_bars("g", plain("Types"), plain("Type"), GROUPS, plain("Une note."), ENGLISH)
    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    assert said(figure) == ["Communes", "Régions", "Non renseigné", "1,204", "64", "133"]
    assert cells(table, "en") == [["Communes", "1,204"], ["Régions", "64"], ["Non renseigné", "133"]]
    assert [text_of(column.title, "en") for column in table.columns] == ["Type", "Number"]
    assert text_of(table.note, "en") == "Une note."
    assert figure.alt == (
        "Types: horizontal bar chart. Number: from 64 (Régions) to 1,204 (Communes). "
        "The same data are in the table that follows."
    )


def test_what_is_counted_can_be_named() -> None:
    figure, table = charts.group_bars(
        "g", plain("Types"), plain("Type"), GROUPS, (), ENGLISH, counted=plain("Participations")
    )
    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    assert text_of(table.columns[1].title, "en") == "Participations"
    assert "Participations: from 64" in figure.alt


def test_newcomers_and_returning() -> None:
    figure, table = charts.stacked("l", LOYALTY, FRENCH)
    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    assert cells(table, "fr") == [
        ["le Maroc", "203", "102"],
        ["le sport", "n. d.", "4"],
        ["la santé", "n. d.", "n. d."],
    ]
    assert {"203 + 102", "n. d. + 4", "n. d."} < set(said(figure))
    assert "diagramme à barres horizontales empilées" in figure.alt
    assert "Nouveaux participants\u00a0: 203." in figure.alt
    assert "3 valeurs ne sont pas données (n. d.)." in figure.alt


def test_a_presence_curve() -> None:
    figure, table = charts.presence_curve("c", CURVE, FRENCH)
    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    assert text_of(figure.title, "fr") == "Personnes connectées pendant la séance «\u00a0le Maroc\u00a0»"
    assert cells(table, "fr") == [["14h03", "0"], ["14h08", "80"], ["14h13", "160"], ["14h18", "150"], ["14h23", "40"]]
    assert text_of(table.note, "fr") == "Maximum\u00a0: 171 à 14h15"
    words = said(figure)
    assert {"Début\u00a0: 14h03", "Maximum\u00a0: 171 à 14h15", "Fin\u00a0: 14h23"} < set(words)
    assert [word for word in words if re.fullmatch(r"\d\dh\d\d", word)] == ["14h05", "14h10", "14h15", "14h20"]
    assert [word for word in words if word.isdecimal()] == ["0", "50", "100", "150", "200"]
    assert figure.alt == (
        "Personnes connectées pendant la séance «\u00a0le Maroc\u00a0»\u00a0: courbe. Au début (14h03)\u00a0: 0. "
        "Au plus haut (14h15)\u00a0: 171. Au plus bas (14h03)\u00a0: 0. Au dernier relevé (14h23)\u00a0: 40. "
        "Les mêmes données sont dans le tableau qui suit."
    )
    assert {"Start: 14:03", "Peak: 171 at 14:15", "End: 14:23"} < set(said(figures(four(ENGLISH)[1])[0]))


def test_the_table_can_be_one_that_is_there_already() -> None:
    for blocks in four(FRENCH, "table-sessions"):
        (figure,) = figures(blocks)
        assert tables(blocks) == []
        assert figure.table == "table-sessions"
        assert figure.alt.endswith("Les mêmes données sont dans un autre tableau de ce document.")


def test_without_the_renderer_the_table_says_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert charts.available()
    drawn = four(FRENCH)
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    assert not charts.available()
    for with_picture, without in zip(drawn, four(FRENCH), strict=True):
        assert figures(with_picture)
        assert list(without) == tables(with_picture)
    assert four(FRENCH, "table-sessions") == ((), (), (), ())


def test_nothing_is_made_of_nothing() -> None:
    assert charts.session_bars("s", [], FRENCH) == charts.stacked("l", [], FRENCH) == ()
    assert charts.group_bars("g", plain("T"), plain("G"), [], (), FRENCH) == ()
    assert charts.presence_curve("c", replace(CURVE, points=()), FRENCH) == ()


def test_what_is_wholly_unknown_is_not_drawn() -> None:
    (table,) = charts.session_bars("s", [Bar(plain("a"), None, None)], ENGLISH)
    assert isinstance(table, Table)
    assert cells(table, "en") == [["a", "n/a", "n/a"]]
    (moment,) = charts.presence_curve("c", replace(CURVE, points=CURVE.points[:1]), ENGLISH)
    assert isinstance(moment, Table)


def test_unknown_has_no_bar_and_nobody_has_one_of_no_length() -> None:
    def bars(registered: int | None) -> list[float]:
        (figure,) = figures(charts.session_bars("s", [Bar(plain("a"), registered, 7)], ENGLISH))
        return lengths(figure)

    assert bars(None) == [468]
    assert bars(0) == [0, 468]
    assert bars(14) == [468, 234]


def test_only_zeros_are_a_chart_too() -> None:
    for blocks in (
        charts.session_bars("s", [Bar(plain("a"), 0, 0)], ENGLISH),
        charts.presence_curve("c", replace(CURVE, points=tuple((at, 0) for at, _n in CURVE.points), peak=0), ENGLISH),
    ):
        (figure,) = figures(blocks)
        assert "NaN" not in figure.image.decode()
        assert ": 0." in figure.alt


# ---- where things stand


def test_bars_are_as_long_as_their_values_say() -> None:
    (figure,) = figures(charts.session_bars("s", [Bar(plain("a"), 100, 50), Bar(plain("b"), 25, 0)], ENGLISH))
    assert lengths(figure) == [468, 117, 234, 0]


def test_many_rows_make_several_pictures_of_one_scale() -> None:
    rows = [Bar(plain(f"séance {number}"), 10 * number, number) for number in range(1, 41)]
    drawn = figures(charts.session_bars("s", rows, ENGLISH))
    assert [figure.id for figure in drawn] == ["chart-s", "chart-s-2", "chart-s-3", "chart-s-4"]
    assert [text_of(figure.title, "en")[-8:] for figure in drawn] == [f"({n} of 4)" for n in range(1, 5)]
    assert len({figure.table for figure in drawn}) == 1
    named = [word for figure in drawn for word in said(figure) if word.startswith("séance")]
    assert named == [f"séance {number}" for number in range(1, 41)]
    assert all(float(elements(figure, "svg")[0].get("height", "0")) < 760 for figure in drawn)
    assert "Registered: from 10 (séance 1) to 100 (séance 10)" in drawn[0].alt
    assert [max(lengths(figure)) for figure in drawn] == [117, 234, 351, 468]
    (single,) = figures(charts.session_bars("s", rows[:11], ENGLISH))
    assert "of" not in text_of(single.title, "en").split()


@given(st.lists(st.integers(1, 2), min_size=1, max_size=200))
def test_pages_hold_every_row_once_and_fit_on_paper(lines: list[int]) -> None:
    rows = [layout.Row(("x",) * count, layout.side_by_side((1, 2), ("1", "2"))) for count in lines]
    pages = layout.pages(rows)
    assert [row for page in pages for row in page] == rows
    assert all(layout.datasets(page, ["a", "b"])[0] < 800 for page in pages)


def test_a_long_label_takes_two_lines_and_then_an_ellipsis() -> None:
    words = "Présentation de la coopération décentralisée et de ses dispositifs conjoints avec les régions du Sud"
    one, two = labels.lines(words, 66, 2)
    assert f"{one} {two}" == words
    long = labels.lines(" ".join([words] * 3), 66, 2)
    assert len(long) == 2
    assert long[1].endswith("…")
    assert labels.lines("court", 66, 2) == ("court",)
    assert labels.lines("日" * 300, 66, 2) == ("日" * 32 + "…",)


@given(st.text(max_size=200), st.integers(2, 80), st.integers(1, 3))
def test_no_line_is_longer_than_its_room(words: str, room: int, most: int) -> None:
    found = labels.lines(words, room, most)
    assert 1 <= len(found) <= most
    assert all(labels.breadth(line) <= room for line in found)
    assert " ".join(found) == words or any(line.endswith("…") for line in found)


@given(st.integers(0, 10**7))
def test_levels_are_round_and_reach_over_the_most(most: int) -> None:
    levels = curve._levels(most)
    assert levels[0] == 0 <= levels[-2] <= most <= levels[-1]
    assert 2 <= len(levels) <= 6
    assert len({after - before for before, after in pairwise(levels)}) == 1


@given(st.integers(0, 1439), st.integers(1, 20_000))
def test_hours_are_round_and_between_start_and_end(start: int, minutes: int) -> None:
    first = datetime(2020, 6, 1, tzinfo=PARIS) + timedelta(minutes=start, seconds=17)
    last = first + timedelta(minutes=minutes)
    found = curve._hours(first, last)
    assert len(found) <= 7
    assert all(first <= one <= last and one.second == 0 and one.minute % 5 == 0 for one in found)
    assert found or minutes < 5


def test_a_night_in_which_the_clock_goes_back() -> None:
    """At 03h00 it is 02h00 again: time goes on, and every point has its place on the curve."""
    start = datetime(2020, 10, 25, 0, 30, tzinfo=UTC)
    points = tuple(((start + timedelta(minutes=30 * n)).astimezone(PARIS), 10 + n) for n in range(4))
    told = Curve(plain("nuit"), points, 13, points[-1][0])
    assert [one["minute"] for one in curve._line(told)] == [0, 30, 60, 90]
    figure, table = charts.presence_curve("c", told, FRENCH)
    assert isinstance(table, Table)
    assert [row[0] for row in cells(table, "fr")] == ["02h30", "02h00", "02h30", "03h00"]
    assert "Début\u00a0: 02h30" in said(figures((figure,))[0])


@pytest.mark.parametrize(("share", "anchor"), [(0, "start"), (10, "middle"), (20, "end")])
def test_the_caption_of_the_peak_stays_in_the_picture(share: int, anchor: str) -> None:
    (figure,) = figures(
        charts.presence_curve("c", replace(CURVE, peak_at=START + timedelta(minutes=share)), ENGLISH, table="t")
    )
    (caption,) = (one for one in elements(figure, "text") if "".join(one.itertext()).startswith("Peak"))
    assert caption.get("text-anchor") == anchor


@pytest.mark.parametrize(("points", "columns", "step"), [(8, 9, None), (12, 8, "10"), (24, 8, "20"), (60, 7, "60")])
def test_a_short_table_of_a_curve_has_few_moments_side_by_side_and_says_so(
    points: int, columns: int, step: str | None
) -> None:
    many = replace(CURVE, points=tuple((START + timedelta(minutes=5 * at), at) for at in range(points)))
    peak = replace(many, peak=99, peak_at=START + timedelta(minutes=12))
    figure, table = charts.presence_curve("c", peak, ENGLISH, short=True)
    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    (row,) = cells(table, "en")
    assert row[0] == "People connected"
    assert len(row) == len(table.columns) == 1 + columns
    assert (row[1], row[-1]) == ("0", str(points - 1))
    hours = [text_of(column.title, "en") for column in table.columns]
    assert hours == ["Time", *sorted(hours[1:])]
    assert row[hours.index("14:15")] == "99"
    assert (f"every {step} minutes" in figure.alt) == (step is not None)


def test_a_curve_runs_to_the_end_of_the_hours_and_its_last_count_is_that_of_its_last_mark() -> None:
    late = replace(CURVE, end=CURVE.points[-1][0] + timedelta(minutes=5))
    assert curve._line(CURVE)[-1] == {"minute": 20, "people": 40}
    assert curve._line(late)[-2:] == [{"minute": 20, "people": 40}, {"minute": 25, "people": 40}]
    figure, table = charts.presence_curve("c", late, FRENCH)
    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    assert "Fin\u00a0: 14h28" in said(figure)
    assert "Au dernier relevé (14h23)\u00a0: 40." in figure.alt
    assert cells(table, "fr")[-1] == ["14h23", "40"]
    early = replace(CURVE, end=CURVE.points[2][0])
    assert "Fin\u00a0: 14h23" in said(figures(charts.presence_curve("c", early, FRENCH))[0])


def test_a_single_moment_within_hours_is_a_curve() -> None:
    one = replace(CURVE, points=CURVE.points[:1], end=START + timedelta(minutes=20), peak=0, peak_at=START)
    figure, table = charts.presence_curve("c", one, FRENCH, short=True)
    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    assert cells(table, "fr") == [["Personnes connectées", "0"]]
