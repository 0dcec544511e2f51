"""Registration forms: what each tool writes beside the answers gives it away; the answers are read as questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from webcycle.intake import questions, words
from webcycle.intake.contents import Line, Table
from webcycle.intake.desk import Row
from webcycle.intake.moments import Order
from webcycle.intake.reading import Claim
from webcycle.intake.registrants import take_registration, withdraw
from webcycle.intake.tables import TableReader, blank, find_header

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A tool's columns. `signs`: groups of headers of which each must have one; `first`: what the first header is.

    `own` maps our fields to the tool's own headers, each at its first place; answers are sought from `start` on. Of
    `orders` each stands for itself: somebody may cancel one and keep another.
    """

    name: str
    signs: Groups
    own: Mapping[str, tuple[str, ...]]
    first: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    start: int = 0
    experimental: bool = False
    order: Order | None = None
    orders: bool = False

    def fits(self, names: tuple[str, ...]) -> bool:
        """Whether a header is this tool's."""
        if self.first and (not names or names[0] not in self.first):
            return False
        return all(any(one in names for one in group) for group in self.signs) and not any(
            one in names for one in self.without
        )

    def claims(self, table: Table) -> Claim | None:
        """The tool's own headers, when they are there and somebody can be made out."""
        header = find_header(table.head, self.fits)
        if header is None or not self._has_person(header):
            return None
        wanted = {one for group in (*self.signs, self.first) for one in group}
        return Claim(tuple(words.clean(cell) for cell in header.cells if words.norm(cell) in wanted))

    def walk(self, table: Table) -> Iterator[Row]:
        """The rows below the header."""
        layout = None
        for line in table.lines():
            if layout is None:
                if self.fits(words.norms(tuple(line.cells))):
                    layout = questions.layout(table, line, self._known(line), self.start)
            elif not blank(line.cells):
                yield Row(line.number, layout, line.cells)

    def reader(self) -> TableReader:
        """The reader of the tool's files."""
        return TableReader(
            self.name,
            "",
            "registrations",
            self.claims,
            self.walk,
            take_registration,
            None if self.orders else withdraw,
            experimental=self.experimental,
            order=self.order,
        )

    def _known(self, header: Line) -> dict[str, tuple[int, ...]]:
        names = [words.norm(cell) for cell in header.cells]
        return {
            field: tuple(names.index(one) for one in options if one in names)
            for field, options in self.own.items()
            if any(one in names for one in options)
        }

    def _has_person(self, header: Line) -> bool:
        asked = {questions.question(cell) for cell in header.cells}
        person = {*questions.EMAIL, *questions.NAME, *questions.FIRST, *questions.LAST}
        known = any(field in self._known(header) for field in ("email", "name", "last"))
        return known or bool(asked & person) or any(map(questions.is_email_question, header.cells))


FORMS = (
    Form(
        "google-forms",
        signs=(),
        first=("timestamp", "horodateur", "zeitstempel", "marca temporal", "sygnatura czasowa"),
        own={"registered": ("timestamp", "horodateur", "zeitstempel", "marca temporal", "sygnatura czasowa")},
        without=("user action", "action de l'utilisateur"),
    ),
    Form(
        "microsoft-forms",
        first=("id",),
        signs=(
            ("start time", "heure de début"),
            ("completion time", "heure de fin"),
            ("email", "e-mail", "adresse de messagerie"),
            ("name", "nom"),
        ),
        own={
            "registered": ("completion time", "heure de fin"),
            "email": ("email", "e-mail", "adresse de messagerie"),
            "name": ("name", "nom"),
        },
        start=5,
    ),
    Form(
        "limesurvey",
        signs=(
            ("id de la réponse", "response id", "id"),
            ("date de soumission", "date submitted", "submitdate"),
            ("tête de série", "seed", "dernière page", "last page", "lastpage"),
        ),
        own={"submitted": ("date de soumission", "date submitted", "submitdate")},
    ),
    Form(
        "drupal-webform",
        signs=(
            ("serial", "numéro de série"),
            ("sid",),
            ("uid",),
            ("ip address", "adresse ip"),
        ),
        own={
            "registered": (
                "completed time",
                "submitted time",
                "heure de soumission",
                "soumis le",
                "heure d'achèvement",
            ),
            "draft": ("draft", "brouillon"),
        },
        experimental=True,
    ),
    Form(
        "eventbrite",
        signs=(
            ("order #", "n° de commande", "no de commande"),
            ("attendee status", "attendee #", "ticket type", "statut du participant", "type de billet"),
        ),
        own={
            "registered": ("order date", "date de la commande"),
            "email": ("email", "e-mail", "adresse e-mail"),
            "status": ("attendee status", "statut du participant"),
            "territory": ("home country",),
        },
        orders=True,
    ),
    Form(
        "pretix-orders",
        signs=(("order code",), ("order total",), ("email",)),
        without=("attendee name", "attendee email"),
        own={"registered": ("order date",), "hour": ("order time",), "email": ("email",), "status": ("status",)},
        orders=True,
    ),
    Form(
        "pretix-positions",
        signs=(("order code",), ("attendee name", "attendee email")),
        own={
            "registered": ("order date",),
            "hour": ("order time",),
            "email": ("attendee email", "email"),
            "name": ("attendee name",),
            "organisation": ("company",),
            "status": ("status",),
        },
        orders=True,
    ),
    Form(
        "demarches-simplifiees",
        first=("id",),
        signs=(("email",), ("état du dossier",), ("déposé le",), ("archivé", "instructeurs", "franceconnect")),
        own={
            "registered": ("déposé le",),
            "email": ("email",),
            "first": ("prénom",),
            "last": ("nom",),
            "status": ("état du dossier",),
        },
        orders=True,
    ),
)

READERS = tuple(form.reader() for form in FORMS)
