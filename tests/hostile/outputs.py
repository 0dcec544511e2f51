"""Each kind of output: texts are written as the program writes them, and read back by a parser that is not ours.

An output answers with what a reader finds in the place of each text, and with its shape: the elements, headers,
properties, cells or modes that it consists of, which the texts must not change.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree

import html5lib
import pyte
from icalendar import Calendar
from markdown_it import MarkdownIt
from python_calamine import CalamineWorkbook

from tests.calendar.cycles import NOW, published, session
from tests.calendar.ics_lint import lint
from tests.documents import docx_reading, pdf_reading
from tests.documents.chart_samples import figures, said
from tests.hostile.strings import cleaned
from webcycle import calendar
from webcycle.calendar import Ledger, Recipient
from webcycle.cli import terminal
from webcycle.documents import charts, docx, html, markdown, pages, pdf, spreadsheet
from webcycle.documents.blocks import Column, Document, Paragraph, Run, Table
from webcycle.documents.inline import plain
from webcycle.documents.spreadsheet import Sheet, Workbook
from webcycle.documents.voice import Voice

Texts = Sequence[str]
TITLE = "Harmless"
WIDE = 400


@dataclass(frozen=True)
class Output:
    """What a reader finds: the texts in their places, and the shape of the whole."""

    texts: list[str]
    shape: Hashable


# ---- the terminal


def screen(printed: str, columns: int = WIDE) -> pyte.Screen:
    """What a terminal makes of what is printed."""
    found = pyte.Screen(columns, printed.count("\n") + 2 + len(printed) // columns)
    pyte.Stream(found).feed(printed.replace("\n", "\r\n"))
    return found


def printed(write: Callable[[], object]) -> str:
    """What is written on standard output, as a terminal gets it: what UTF-8 lacks is escaped (`cli.streams`)."""
    held = io.StringIO()
    with redirect_stdout(held):
        write()
    return held.getvalue().encode("utf-8", "backslashreplace").decode()


def lines(texts: Texts) -> Output:
    """Lines of data."""

    def write() -> None:
        for text in texts:
            terminal.data(text)

    shown = printed(write)
    return Output(shown.split("\n")[:-1], _state(shown))


def table(texts: Texts) -> Output:
    """The cells of a table, each cell on lines of its own between two rules."""
    rows = [(str(number), text) for number, text in enumerate(texts)]

    def draw() -> None:
        console = terminal.console()
        console.width = WIDE
        console.print(terminal.table(("Number", "Text"), rows, (6, 300), None))

    shown = printed(draw)
    found = dict[str, str]()
    number = ""
    for line in shown.split("\n")[3:]:
        number = line[:8].strip() or number
        found[number] = found.get(number, "") + line[8:]
    return Output([found.get(str(index), "") for index, _ in enumerate(texts)], _state(shown))


def as_json(texts: Texts) -> Output:
    """JSON, which has escapes of its own and loses nothing."""
    shown = printed(lambda: terminal.as_json(list(texts)))
    return Output(json.loads(shown), _state(shown))


def _state(shown: str) -> Hashable:
    """What a terminal was told besides letters: its title, its modes, and any sign that is none."""
    end = screen(shown)
    signs = frozenset(one for one in shown if one != "\n" and cleaned(one) != one)
    return end.title, end.icon_name, frozenset(end.mode), end.cursor.attrs, signs


# ---- documents


def document(texts: Texts) -> Document:
    """A table of names as they stand, and each text once more as prose."""
    rows = tuple((plain(str(number)), (Run(text, verbatim=True),)) for number, text in enumerate(texts))
    names = Table("t", plain("Names"), (Column(plain("Number")), Column(plain("Name"))), rows)
    return Document(plain(TITLE), "en", (names, *(Paragraph(plain(f"P {text}")) for text in texts)))


def page(texts: Texts) -> Output:
    """HTML, read by html5lib."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html.render(document(texts)))
    shape = tuple((one.tag, tuple(sorted(one.keys()))) for one in tree.iter())
    cells = ["".join(cell.itertext()) for cell in tree.iter("td")]
    prose = [words for one in tree.iter("p") if (words := "".join(one.itertext())).startswith("P ")]
    assert [squeezed_prose(words) for words in prose] == [squeezed_prose(f"P {cleaned(text)}") for text in texts]
    return Output(cells, shape)


def squeezed_prose(words: str) -> str:
    """Prose but for its typography and its blanks."""
    return "".join(words.replace("…", "...").split())


_READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def source(texts: Texts) -> Output:
    """Markdown, read by markdown-it with the tables of GitHub."""
    tokens = _READER.parse(markdown.render(document(texts)))
    flat = [one for token in tokens for one in (token, *(token.children or ()))]
    cells = [
        "".join(one.content for one in tokens[index + 1].children or ())
        for index, token in enumerate(tokens)
        if token.type == "td_open"
    ]
    shape = tuple(one.type for one in flat if one.type not in ("text", "text_special"))
    return Output(cells[1::2], shape)


def picture(texts: Texts) -> Output:
    """An SVG chart, read by an XML parser; a label takes two lines at most, and is cut beyond them."""
    groups = [(plain(cleaned(text)[:30]), number + 1) for number, text in enumerate(texts)]
    blocks = charts.group_bars("g", plain("T"), plain("U"), groups, plain("N"), Voice("en", "en"))
    drawn = figures(blocks)
    every = [one for figure in drawn for one in ElementTree.fromstring(figure.image).iter()]
    kinds = frozenset(one.tag for one in every)
    attributes = frozenset(name for one in every for name in one.attrib)
    whole = "".join("".join(words.split()) for figure in drawn for words in said(figure))
    found = (text if "".join(text[:30].split()) in whole else "" for text in map(cleaned, texts))
    return Output(list(found), (kinds, attributes))


def paper(texts: Texts) -> Output:
    """PDF: what is handed to typst is data, and is on the pages as far as a font has it and a reader orders it."""
    told = document(texts)
    rendered = pdf.render_with_notes(told)
    reader = pdf_reading.reader(rendered.data)
    root = reader.trailer["/Root"]
    whole = "".join(pdf_reading.shown(rendered.data).split())
    for text in texts:
        if text.isascii() and text.isprintable():
            assert "".join(text.split()) in whole
    found = "\n".join(_strings(json.loads(json.dumps(pages.data(told)))))
    active = frozenset(key for key in ("/OpenAction", "/AA", "/Names", "/AcroForm") if key in root)  # type: ignore[operator]
    links = tuple(str(note) for one in reader.pages for note in one.get("/Annots", ()))
    return Output([cleaned(text) if cleaned(text) in found else "" for text in texts], (active, links))


def _strings(value: Any) -> Iterator[str]:
    """Every text in it; places where an address may break are no text."""
    match value:
        case str():
            yield value.replace("\u200b", "")
        case list():
            yield "".join(text for one in value for text in _strings(one))
        case dict():
            yield "".join(text for one in value.values() for text in _strings(one))


def word(texts: Texts) -> Output:
    """DOCX, its parts read by an XML parser."""
    data = docx.render(document(texts))
    cells = [docx_reading.shown(row[-1]) for row in docx_reading.part(data).iter(f"{docx_reading.W}tr")][1:]
    whole = docx_reading.part(data)
    blanks = {f"{docx_reading.W}{name}" for name in ("t", "r", "rPr", "noBreakHyphen", "br")}
    shape = tuple(str(one.tag) for one in whole.iter() if one.tag not in blanks)
    return Output(cells, (shape, tuple(docx_reading.names(data)), tuple(docx_reading.links(data))))


# ---- calendar and mail


def feed(texts: Texts) -> Output:
    """iCalendar, read by icalendar and by a linter that knows what the program may write."""
    base = published(*(session(f"s{number}") for number, _ in enumerate(texts)))
    changed = tuple(
        one.model_copy(update={"title": replace(one.title, plain=f"x{text}")})
        for one, text in zip(base.programme.sessions, texts, strict=True)
    )
    data = calendar.plan(base.programme.model_copy(update={"sessions": changed}), Ledger(), NOW).feed()
    assert lint(data) == []
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    named = {str(event["UID"]).partition(".")[0]: event for event in found.events}
    events = [named[f"s{number}"] for number, _ in enumerate(texts)]
    shape = tuple(sorted((event.name, tuple(event.keys())) for event in found.walk()))
    return Output([str(event["SUMMARY"])[1:] for event in events], shape)


def mails(texts: Texts) -> Output:
    """Messages to the registered in mails that Python's own library builds and reads."""
    publication = published(session())
    found: list[str] = []
    shapes = set[Hashable]()
    for text in texts:
        message = calendar.invitation(publication, "maroc", Recipient("zoe@example.org", f"x{text}"), NOW)
        # Python's library takes for a coded word what only looks like one, and loses the quotation marks of a name
        # that is longer than a line; both stay in their header.
        told = f"x{cleaned(text)}".replace("=?", "")[:40]
        mail = EmailMessage(policy=SMTP)
        mail["To"] = Address(told, addr_spec="zoe@example.org")
        mail["Subject"] = told
        mail.set_content("Hello.\n")
        mail.add_alternative(message, maintype="text", subtype="calendar", params={"method": "REQUEST"})
        read = message_from_bytes(mail.as_bytes(), policy=SMTP)
        (recipient,) = read["To"].addresses
        (part,) = [one for one in read.walk() if one.get_content_type() == "text/calendar"]
        assert part.get_payload(decode=True) == message
        event = Calendar.from_ical(message).walk("VEVENT")[0]
        shapes.add(
            (tuple(lint(message)), tuple(read.keys()), recipient.addr_spec, str(event["ATTENDEE"]), tuple(event.keys()))
        )
        found.append(str(event["ATTENDEE"].params["CN"])[1:])
        assert _blank(recipient.display_name) == _blank(told)
    return Output(found, frozenset(shapes))


def _blank(text: str) -> str:
    return "".join(text.split())


# ---- spreadsheets


def cells(texts: Texts) -> Sheet:
    """Names, one a row."""
    return Sheet("Names", ("Number", "Name"), tuple((number, text) for number, text in enumerate(texts)))


def delimited(texts: Texts) -> Output:
    """CSV, read strictly: no cell begins with what a spreadsheet calculates with."""
    data = spreadsheet.delimited(cells(texts)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data, newline=""), delimiter=";", strict=True))[1:]
    assert not [row for row in rows if row[1].lstrip()[:1] and row[1].lstrip()[0] in "=+-@|%\t\r\n＝＋－＠"]
    return Output([row[1].removeprefix("'") for row in rows], tuple(map(len, rows)))


def workbook(texts: Texts) -> Output:
    """XLSX, read by calamine; its parts hold no formula and no link."""
    made = Workbook(TITLE, TITLE, datetime(2021, 11, 2, tzinfo=UTC), "About", (), (cells(texts),))
    data = spreadsheet.workbook(made)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml")
        kinds = frozenset(mark for mark in (b"<f>", b"<f ", b"hyperlink") if mark in sheet)
        names = tuple(archive.namelist())
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Names").to_python()[1:]
    return Output([str(row[1]) for row in rows], (kinds, names, tuple(map(len, rows))))


OUTPUTS: Mapping[str, Callable[[Texts], Output]] = MappingProxyType(
    {
        "terminal-lines": lines,
        "terminal-table": table,
        "terminal-json": as_json,
        "html": page,
        "markdown": source,
        "svg": picture,
        "pdf": paper,
        "docx": word,
        "ics": feed,
        "mail": mails,
        "csv": delimited,
        "xlsx": workbook,
    }
)
