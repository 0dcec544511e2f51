"""Own wording: what may be worded is what the documents say through a voice, and every document uses it."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.documents import every_document as every
from tests.people import test_lists as lists
from tests.published.made import as_they_are
from webcycle import texts
from webcycle.documents import (
    announce,
    attendance,
    attendance_page,
    attendance_sheets,
    inline,
    markdown,
    privacy_notice,
    privacy_record,
    review,
    rollpage,
    rolls,
    signin,
    spreadsheet,
)
from webcycle.documents.blocks import Document, Figure
from webcycle.documents.blocks import every as every_block
from webcycle.documents.voice import Voice
from webcycle.errors import Language
from webcycle.programme import OwnTexts, Programme
from webcycle.published import breakdowns
from webcycle.review import review as reviewed
from webcycle.texts import own

LANGUAGES: tuple[Language, ...] = ("fr", "en")
SOURCE = Path(__file__).parents[2] / "src" / "webcycle"

# ---- what is listed


def test_the_sentences_are_the_same_in_both_languages() -> None:
    french, english = (own.sentences(lang) for lang in LANGUAGES)
    assert len(french) > 500
    assert list(french) == list(english)
    assert all(french[key].fields == english[key].fields for key in french)


def test_a_sentence_has_the_words_of_the_program() -> None:
    assert own.sentences("fr")["document.dateline"].words == texts.template("fr", "document.dateline")
    assert own.sentences("fr")["document.dateline"].fields == {"place", "day"}


def test_a_form_of_a_plural_is_given_the_fields_of_both() -> None:
    known = own.sentences("en")
    assert own.is_plural("metrics.counted.least.one", known)
    assert own.other_form("metrics.counted.least.one") == "metrics.counted.least.other"
    # A kind of document that is called so.
    assert "document.kind.other" in known
    assert not own.is_plural("document.kind.other", known)
    assert not own.is_plural("document.contact", known)
    for key, sentence in known.items():
        if own.is_plural(key, known):
            assert sentence.fields == known[own.other_form(key) or ""].fields


@pytest.mark.parametrize("key", ["document.writer.skip", "document.pdf-note.no-glyph", "error.system", "wording.hour"])
def test_what_the_program_says_itself_cannot_be_worded(key: str) -> None:
    assert texts.template("en", key)
    assert key not in own.sentences("en")


# ---- that it is what voices say

ANY = "[a-z0-9.-]*"
# Which family the `say` of a list or of a table of attendance adds to a key.
PREFIXES = {"rolls": "rolls", "rollpage": "rolls", "signin": "rolls", "attendance": "attendance"}


@cache
def modules() -> Mapping[Path, ast.Module]:
    found = [*SOURCE.glob("documents/**/*.py"), SOURCE / "cli" / "attendance_view.py", SOURCE / "cli" / "explained.py"]
    assert len(found) > 40
    return {path: ast.parse(path.read_text("utf-8")) for path in found}


@cache
def constants() -> Mapping[str, str]:
    """The names of modules that stand for part of a key."""
    return {
        target.id: node.value.value
        for tree in modules().values()
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper()
    }


def patterns(node: ast.expr | None, inside: ast.AST) -> list[str]:
    """What a key may be, as regular expressions; `inside` is the function whose names it uses."""
    match node:
        case ast.Constant(value=str(words)):
            return [re.escape(words)]
        case ast.JoinedStr(values):
            return ["".join(parts) for parts in product(*(patterns(part, inside) for part in values))]
        case ast.FormattedValue(value=value):
            return patterns(value, inside)
        case ast.IfExp(body=body, orelse=orelse):
            return [*patterns(body, inside), *patterns(orelse, inside)]
        case ast.BinOp(left=left, right=right):
            return ["".join(parts) for parts in product(patterns(left, inside), patterns(right, inside))]
        case ast.Name(id=name) if name in constants():
            return [re.escape(constants()[name])]
        case ast.Name(id=name):
            given = [one.value for one in ast.walk(inside) if isinstance(one, ast.Assign) and named(one, name)]
            return [one for value in given for one in patterns(value, inside)] or [ANY]
        case _:
            return [ANY]


def named(node: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in node.targets)


def said(path: Path, tree: ast.Module) -> Iterator[list[str]]:
    """The keys that are said through a voice in a module: for each place what they may be."""
    family = next((PREFIXES[name] for name in PREFIXES if path.stem.startswith(name)), "")
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inner = {call for function in functions for call in ast.walk(function)}
    for inside in [*functions, tree]:
        for call in ast.walk(inside):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or not call.args:
                continue
            if inside is tree and call in inner:
                continue
            who, what = ast.unparse(call.func.value).split(".")[-1], call.func.attr
            if what == "say" and (who == "voice" or (who, path.stem) == ("self", "voice")):
                yield patterns(call.args[0], inside)
            elif what in ("say", "text") and who == "told" and family:
                yield [f"{family}\\.{one}" for one in patterns(call.args[0], inside)]


def handed_on(tree: ast.Module) -> Iterator[str]:
    """The literals of a module: a key, or its last part, may be handed to the function that says it."""
    yield from (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


@cache
def all_said() -> frozenset[str]:
    """Every key that a voice says, as regular expressions; none that would take a whole family."""
    found = {one for path, tree in modules().items() for place in said(path, tree) for one in place}
    catalogue = ast.parse((SOURCE / "metrics" / "catalogue.py").read_text("utf-8"))
    found |= {
        one for node in ast.walk(catalogue) if isinstance(node, ast.JoinedStr) for one in patterns(node, catalogue)
    }
    for path, tree in modules().items():
        family = next((PREFIXES[name] for name in PREFIXES if path.stem.startswith(name)), "")
        found |= {
            f"{family}\\.{re.escape(words)}" for words in handed_on(tree) if re.fullmatch("[a-z-]+", words) and family
        }
    return frozenset(one for one in found if not re.fullmatch(rf"(?:[a-z]+\\\.)?{re.escape(ANY)}", one))


def is_said(key: str) -> bool:
    return any(re.fullmatch(rf"{one}(?:\.one|\.other)?", key) for one in all_said())


def test_the_walk_sees_what_is_said() -> None:
    assert len(all_said()) > 200
    for key in ("document.contact", "rolls.label", "attendance.label", "metrics.definition.people"):
        assert is_said(key)
    for key in ("document.nothing", "rolls.nothing", "attendance.nothing", "metrics.nothing", "document.writer.skip"):
        assert not is_said(key), key


def test_no_sentence_is_listed_that_no_document_says() -> None:
    assert [key for key in own.sentences("en") if not is_said(key)] == []


def test_no_document_says_a_sentence_that_is_not_listed() -> None:
    known = own.sentences("en")
    names = [*known, *(key.rpartition(".")[0] for key in known)]
    places = [place for path, tree in modules().items() for place in said(path, tree)]
    assert len(places) > 300
    assert [one for one in places if not any(re.fullmatch(key, name) for key in one for name in names)] == []


# ---- that it is used


def marked(lang: Language) -> dict[str, str]:
    """Every sentence with its number before it."""
    return {key: f"⟦{number}⟧ {one.words}" for number, (key, one) in enumerate(own.sentences(lang).items())}


def worded(programme: Programme) -> Programme:
    """The programme with every sentence in words of its own."""
    return programme.model_copy(update={"texts": OwnTexts(fr=marked("fr"), en=marked("en"))})


def numbers(words: str) -> set[int]:
    return {int(number) for number in re.findall(r"⟦(\d+)⟧", words)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_is_said_in_words_of_its_own(lang: Language) -> None:
    voice = Voice(lang, lang, marked(lang))
    known = own.sentences(lang)
    for number, (key, sentence) in enumerate(known.items()):
        fields = {name: inline.plain("x") for name in sentence.fields}
        plural = own.is_plural(key, known)
        count = (1 if key.endswith(".one") else 2) if plural else None
        told = voice.say(key.rpartition(".")[0] if plural else key, count=count, **fields)
        assert numbers(inline.text_of(told, lang)) == {number}, key


def documents(lang: Language) -> Iterator[Document]:
    for name in every.CYCLES:
        yield review.build(reviewed(worded(every.programme(name)), every.NOW), lang)
    plan = worded(every.titled("guide-2020-2021"))
    yield review.build(reviewed(plan, every.NOW, as_they_are(every.measured(plan), plan)), lang, "full")
    for name, kind, key, day in every.ANNOUNCED:
        yield announce.build(worded(every.programme(name)), kind, key, lang, day)
    for told in tables(lang):
        yield attendance_page.document(told)
    for listed in rolled(lang):
        yield rollpage.document(listed)
    yield signin.document(rolled(lang)[-1])
    yield privacy_notice.build(plan, lang, every.DAY)
    yield privacy_record.build(plan, lang, every.DAY)


def tables(lang: Language) -> list[attendance.Told]:
    plan = worded(every.titled("guide-2020-2021"))
    figures = every.measured(plan)
    groups = breakdowns(figures, plan, published=True)
    return [attendance.Told(figures, groups, plan, lang, every.DAY, one) for one in (None, plan.sessions[0])]


def rolled(lang: Language) -> list[rolls.Told]:
    found = [lists.told(lists.ordinary(), None, lang), lists.told(lists.ordinary(), "one", lang, **lists.IN_PERSON)]
    return [replace(told, programme=worded(told.programme)) for told in found]


def shown(document: Document) -> str:
    drawn = (block.image.decode() for block in every_block(document.blocks) if isinstance(block, Figure))
    return "".join((markdown.render(document), *drawn))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_document_is_written_in_words_of_its_own(lang: Language) -> None:
    keys = list(own.sentences(lang))
    found: set[int] = set()
    for document in documents(lang):
        used = numbers(shown(document))
        assert used, document.subject
        found |= used
    books = (
        *(rolls.workbook(told) for told in rolled(lang)),
        *(attendance_sheets.workbook(told) for told in tables(lang)),
    )
    for book in books:
        assert spreadsheet.workbook(book)
        found |= numbers(repr(book))
    used_keys = {keys[number] for number in found}
    # The rest is of rarer cases: a figure that is hidden, a session that was cancelled.
    assert len(used_keys) > len(keys) * 0.45
    groups = {".".join(key.split(".")[:2]) for key in used_keys}
    assert groups >= {
        *(
            f"document.{name}"
            for name in ("announcement", "chart", "column", "contact", "dateline", "label", "measured")
        ),
        *(f"document.{name}" for name in ("note", "programme", "publication", "provenance", "review", "state")),
        *(f"metrics.{name}" for name in ("counted", "figure", "method", "provenance", "unit")),
        *(f"attendance.{name}" for name in ("breakdown", "column", "label", "rule", "short", "tab", "title")),
        *(f"rolls.{name}" for name in ("about", "caption", "column", "label", "sign-in", "standing", "tab", "title")),
    }


def test_the_tabs_of_a_workbook_are_names_that_excel_takes() -> None:
    told = rolled("en")[0]
    names = ("'[a]: b*?/\\'", "A" * 40, "a" * 40, "\U0001f600", "")
    sheet = rolls.sheet(told)
    book = replace(rolls.workbook(told), about_name="A" * 31, sheets=tuple(replace(sheet, name=name) for name in names))
    with ZipFile(io.BytesIO(spreadsheet.workbook(book))) as archive:
        written = re.findall('<sheet name="([^"]*)"', archive.read("xl/workbook.xml").decode())
    assert written == [
        "A" * 31,
        "a   b",
        "A" * 28 + " 2",
        "a" * 28 + " 3",
        "-",
        "- 2",
    ]


# ---- what a voice makes of it


def test_a_form_of_a_plural_goes_before_one_wording_for_any_number() -> None:
    key = "metrics.counted.least"
    both = Voice("en", "en", {key: "some time", f"{key}.one": "a minute"})
    assert [inline.text_of(both.say(key, count=count, number="x"), "en") for count in (1, 2)] == [
        "a minute",
        "some time",
    ]
    one = Voice("en", "en", {f"{key}.one": "a minute"})
    assert "x" in inline.text_of(one.say(key, count=2, number="x"), "en")


def test_own_words_are_markdown_with_fields_that_stay_text() -> None:
    voice = Voice("en", "en", {"document.dateline": "**{day}**, {place}, [site](https://example.org/)"})
    said = voice.say("document.dateline", day="*monday*", place="{day}")
    assert inline.text_of(said, "en") == "*monday*, {day}, site"


def test_a_character_that_no_font_has_is_no_field() -> None:
    voice = Voice("en", "en", {"document.dateline": "\ue000{day}\ue005\uf8ff {place}"})
    assert inline.text_of(voice.say("document.dateline", day="a", place="b"), "en") == "a b"


def test_wording_is_taken_from_the_language_of_the_document() -> None:
    told = every.programme("guide-2020-2021").model_copy(
        update={"texts": OwnTexts(fr={"document.contact": "Questions"})}
    )
    english, french = (
        inline.text_of(Voice.of_programme(told, lang).say("document.contact"), lang) for lang in ("en", "fr")
    )
    assert (english, french) == ("Contact", "Questions")
