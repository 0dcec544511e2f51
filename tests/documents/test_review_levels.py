"""What a review says at each of its levels: more at each, and the figures of all of them alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.documents.measured_reading import FRENCH, TITLES, names, table, told
from tests.documents.pdf_reading import places, shown
from tests.documents.results import changed, cycle, made, programme, session
from tests.documents.test_measured import sample
from tests.published.made import as_they_are
from tests.review.measuring import usual
from tests.review.test_measured_review import TWO
from tests.review.test_measured_review import made as reviewed
from tests.review.test_review import NOW, claim
from tests.review.test_review import session as planned
from tests.review.test_review_data import earlier
from webcycle.documents import measured, pages, pdf, session_table
from webcycle.documents import review as builder
from webcycle.documents.blocks import Block, Column, Document, Figure, Heading, KeyFigures, Paragraph, Table
from webcycle.documents.inline import plain, text_of
from webcycle.documents.review import LEVELS, Level
from webcycle.errors import Language
from webcycle.review import Review
from webcycle.review import review as of_programme


def blocks(review: Review, level: Level, lang: Language = "fr") -> tuple[Block, ...]:
    return builder.build(review, lang, level).blocks


def whole(*, tell_people: bool = True) -> Review:
    """A review of all that the sample holds."""
    held = sample()
    return of_programme(held.programme, NOW, as_they_are(held.results, held.programme, tell_people=tell_people))


def headings(found: tuple[Block, ...]) -> list[str]:
    return [block.id or "" for block in found if isinstance(block, Heading) and block.level == 2]


def tables(found: tuple[Block, ...]) -> list[str]:
    return [block.id for block in found if isinstance(block, Table)]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("tell_people", [True, False])
def test_what_a_level_has_the_longer_ones_have_in_the_same_order(lang: Language, tell_people: bool) -> None:
    review = whole(tell_people=tell_people)
    short, standard, full = (blocks(review, level, lang) for level in LEVELS)
    for less, more in ((short, standard), (standard, full)):
        assert [one for one in headings(more) if one in headings(less)] == headings(less)
        assert set(names(less)) <= set(names(more))
    assert names(short) == []
    assert headings(short) == ["axes", "success", "contact"]
    assert set(headings(standard)) > {"sessions", "curves", "method"}
    assert set(headings(full)) > set(headings(standard))
    assert ("who-came" in headings(standard)) == ("loyalty" in headings(full)) == tell_people


def test_a_review_is_standard_where_no_level_is_asked_for() -> None:
    assert builder.build(whole(), "fr") == builder.build(whole(), "fr", "standard")


def test_the_shorter_levels_are_set_small() -> None:
    assert [builder.build(whole(), "fr", level).compact for level in LEVELS] == [True, True, False]
    assert builder.build(reviewed(None, *TWO), "fr", "full").compact


def test_four_figures_stand_in_a_row_and_all_of_them_at_full_length() -> None:
    shown = {}
    for level in LEVELS:
        (tiles,) = (block for block in blocks(reviewed(usual(), *TWO), level) if isinstance(block, KeyFigures))
        shown[level] = [text_of(one.value, "fr") for one in tiles.figures]
        assert all(one.note for one in tiles.figures)
    assert shown["short"] == shown["standard"] == shown["full"][1:]
    assert [value.replace("\u202f", " ") for value in shown["full"]] == [
        "2",
        "Plus de 1 500",
        "1 100",
        "Au moins 360",
        "62,5\u00a0%",
    ]


def labels(review: Review, lang: Language = "fr") -> list[str]:
    (tiles,) = (block for block in blocks(review, "short", lang) if isinstance(block, KeyFigures))
    return [text_of(one.label, lang) for one in tiles.figures]


def test_a_rate_of_some_of_the_sessions_says_of_how_many() -> None:
    whole = reviewed(usual(), *TWO)
    assert "des inscrits sont venus" in labels(whole)
    (rate,) = (one for one in whole.recorded if one.name == "attendance-rate")
    some = replace(whole, recorded=(replace(rate, missing=("s1",)),))
    assert "des inscrits sont venus (1 séance sur 2)" in labels(some)
    assert "of those registered came (1 session of 2)" in labels(some, "en")
    other = replace(whole, recorded=(replace(rate, missing=("not-held",)),))
    assert "des inscrits sont venus" in labels(other)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_counts_contradict_is_said_at_every_level(level: Level) -> None:
    said = claim("participations", "equals = 1500")
    found = told(blocks(reviewed(usual(), *TWO, said), level)).replace("\u202f", " ")
    assert "annoncé 1 500 (communiqué of 2023-06-01), compté 1 537." in found
    assert "contredit" not in told(blocks(reviewed(usual(), *TWO), level))
    people = reviewed(usual(), *TWO, claim("people", "equals = 3"), tell_people=False)
    assert "Personnes\u00a0: annoncé 3 (communiqué of 2023-06-01)." in told(blocks(people, level))


@pytest.mark.parametrize("level", LEVELS)
def test_a_comparison_that_is_asked_for_is_told_at_every_level(level: Level) -> None:
    assert "table-growth" in tables(blocks(reviewed(usual(), *TWO, before=earlier()), level))
    assert "table-growth" not in tables(blocks(reviewed(usual(), *TWO), level))


# ---- the sessions


def test_one_table_of_sessions_is_enough_where_all_were_held_and_nothing_can_be_seen() -> None:
    held = reviewed(usual(), *TWO)
    found = tuple(session_table.brief(held, FRENCH))
    assert tables(found) == ["table-sessions"]
    assert table(found, "table-sessions")[0][:2] == ["1er\u00a0janvier 2023", "S0"]
    (one,) = (block for block in found if isinstance(block, Table))
    assert one.row_header == 1
    columns = [text_of(column.title, "fr") for column in one.columns]
    assert columns == ["Date", "Séance", "Inscrits", "Participants", "Taux de présence", "Vues"]
    assert [text_of(cell, "fr") for cell in one.total][:3] == ["", "Ensemble du cycle", "1\u202f900"]
    assert tables(tuple(session_table.build(held, FRENCH))) == ["table-dates", "table-sessions"]


@pytest.mark.parametrize(
    "more",
    [
        'recording = { url = "https://example.org/watch" }',
        'documents = [{ kind = "slides", url = "https://example.org/slides" }]',
        "moved-from = [2022-12-25T10:00:00]",
        'status = "cancelled"\nreason = "x"',
    ],
)
def test_there_are_two_tables_of_sessions_where_the_first_tells_more(more: str) -> None:
    review = reviewed(usual(), planned(0), planned(1, more))
    found = tuple(session_table.brief(review, FRENCH))
    assert tables(found) == ["table-dates", "table-sessions"]
    assert "26" not in [cell[:2] for cell in table(found, "table-sessions")[0]]
    columns = [
        text_of(column.title, "fr") for block in found[-1:] if isinstance(block, Table) for column in block.columns
    ]
    assert columns[0] == "Séance"


def test_a_session_without_a_day_has_none_in_the_table() -> None:
    review = reviewed(None, planned(0, 'stated = { participants = 8, registered = 9, source = "x" }'))
    rows = replace(review.rows[0], session=review.rows[0].session.model_copy(update={"start": None, "end": None}))
    found = tuple(session_table.brief(replace(review, rows=(rows,)), FRENCH))
    assert table(found, "table-sessions")[0][0] == "n. d."


def test_without_a_session_or_a_count_the_brief_table_is_the_other_or_none() -> None:
    bare = reviewed(None, *TWO)
    assert tables(tuple(session_table.brief(bare, FRENCH))) == ["table-sessions"]
    assert tuple(session_table.brief(replace(bare, rows=()), FRENCH)) == ()
    assert tuple(session_table.build(replace(bare, rows=()), FRENCH)) == ()


# ---- inside a session, who came, from one to the next


def test_the_curve_of_a_standard_review_is_that_of_the_best_attended_session() -> None:
    sessions = [session(0), session(1, attended=70), session(2, attended=70)]
    found = tuple(measured.curve_of_most_attended(made(programme(TITLES[:3]), cycle(sessions)), FRENCH))
    assert names(found) == ["chart-curve-s1", "chart-curve-s1-table"]
    assert "Séance la plus suivie\u00a0: L’égalité." in told(found)
    assert headings(found) == ["curves"]


def test_of_a_single_curve_nothing_is_compared_and_of_none_nothing_is_said() -> None:
    one = made(programme(TITLES[:1]), cycle([session(0)]))
    found = tuple(measured.curve_of_most_attended(one, FRENCH))
    assert names(found) == ["chart-curve-s0", "chart-curve-s0-table"]
    assert "la plus suivie" not in told(found)
    flat = made(programme(TITLES[:1]), cycle([replace(session(0), curve=())]))
    assert tuple(measured.curve_of_most_attended(flat, FRENCH)) == ()
    hidden = changed(session(0), peak={"value": None, "absent": "no-times", "at": None})
    assert tuple(measured.curve_of_most_attended(made(programme(TITLES[:1]), cycle([hidden])), FRENCH)) == ()


def test_a_standard_review_draws_the_types_or_else_the_territories() -> None:
    both = sample()
    found = tuple(measured.who_came_in_short(both, FRENCH))
    assert names(found) == ["chart-types", "table-types", "table-territories"]
    captions = [text_of(block.caption, "fr") for block in found if isinstance(block, Table)]
    assert captions == ["Personnes par type d’organisme\u00a0: les chiffres", "Personnes par territoire"]
    assert both.results is not None
    untyped = made(both.programme, replace(both.results, types={"": 90}))
    found = tuple(measured.who_came_in_short(untyped, FRENCH))
    assert names(found) == ["chart-territories", "table-territories"]
    assert tuple(measured.who_came_in_short(replace(both, results=None, groups=None), FRENCH)) == ()


def test_a_standard_review_tells_how_many_sessions_people_came_to() -> None:
    assert names(tuple(measured.loyalty_in_short(sample(), FRENCH))) == ["table-distribution"]
    assert tuple(measured.loyalty_in_short(replace(sample(), results=None, groups=None), FRENCH)) == ()
    alone = made(programme(TITLES[:1]), cycle([session(0)]))
    assert tuple(measured.loyalty_in_short(alone, FRENCH)) == ()


def test_the_short_method_is_a_list_and_needs_records() -> None:
    found = tuple(measured.method_in_short(sample(), FRENCH))
    assert names(found) == []
    for said in ("Présence.", "Séances.", "Vues.", "Petits groupes."):
        assert said in told(found)
    assert "Arrondis." not in told(found)
    assert tuple(measured.method_in_short(replace(sample(), results=None, groups=None), FRENCH)) == ()


# ---- on paper


def laid_out(*found: Block, lang: Language = "fr") -> list[pages.Data]:
    data: list[pages.Data] = pages.data(Document(plain("T"), lang, found))["blocks"]
    return data


def test_what_introduces_a_picture_stays_with_it() -> None:
    picture = next(block for block in blocks(whole(), "full") if isinstance(block, Figure))
    short, lead, long = Paragraph(plain("a")), Paragraph(plain("a"), lead=True), Paragraph(plain("a " * 2000))
    assert [one["sticky"] for one in laid_out(short, short, picture)[:2]] == [False, True]
    assert not laid_out(lead, picture)[0]["sticky"]
    assert not laid_out(long, picture)[0]["sticky"]


def test_a_picture_right_above_its_table_needs_no_link_to_it() -> None:
    picture = next(block for block in blocks(whole(), "full") if isinstance(block, Figure))
    own = Table(picture.table or "", (), (Column(plain("a")),), ())
    assert laid_out(picture, own)[0]["table"] is None
    assert laid_out(picture, Paragraph(()), own)[0]["table"] == own.id


@pytest.mark.parametrize(("columns", "rows", "kept"), [(2, 10, True), (2, 19, True), (2, 20, False), (40, 10, True)])
def test_a_table_of_few_lines_is_kept_whole(columns: int, rows: int, kept: bool) -> None:
    one = Table("t", plain("c"), (Column(plain("a")),) * columns, ((plain("b"),) * columns,) * rows)
    assert laid_out(one)[0]["kept"] == kept


def test_no_table_is_cut_that_fits_and_none_leaves_the_page() -> None:
    words = " ".join(["anticonstitutionnel"] * 36)
    tall = Table("t", (), (Column(plain("a")), Column(plain("b"))), ((plain("x"), plain(words)),) * 2)
    data = pdf.render(Document(plain("T"), "fr", (tall,)))
    found = "".join(shown(data).split())
    assert found.count("anticonstitutionnel") == 72
    for _x, y, _width, height in places(data):
        assert 20 < y < height - 30
