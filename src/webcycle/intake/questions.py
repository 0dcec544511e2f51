"""Which columns of a form hold whom: headers are questions in people's own words, and answers tell the e-mails."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from webcycle.intake import words
from webcycle.intake.contents import Line, Table
from webcycle.intake.desk import Layout
from webcycle.intake.problems import IntakeError

EMAIL = tuple(
    """adresse e-mail|adresse email|adresse mail|adresse électronique|adresse de messagerie|adresse courriel|courriel|
mail|e-mail|email|email address|e-mail address|mél|adresse mél|adresse mail professionnelle|
adresse e-mail professionnelle|adresse email professionnelle|adresse électronique professionnelle|
courriel professionnel|mail professionnel|e-mail professionnel|email professionnel|work email|
e-mail-adresse|adres e-mail|endereço de e-mail|correo electrónico""".replace("\n", "").split("|")
)
FIRST = ("prénom", "prénoms", "first name", "given name", "vorname", "imię")
LAST = ("nom", "nom de famille", "nom d'usage", "last name", "surname", "family name", "nachname", "nazwisko")
NAME = tuple(
    """nom et prénom|nom prénom|prénom nom|prénom et nom|nom, prénom|nom - prénom|nom/prénom|nom complet|full name|name|
first and last name|nom et prénoms|imię i nazwisko|nome completo|vollständiger name""".replace("\n", "").split("|")
)
ORGANISATION = tuple(
    """organisation|organization|organisme|structure|collectivité|collectivité ou organisme|collectivité territoriale|
nom de la structure|nom de l'organisation|nom de l'organisme|nom de la collectivité|organisme ou collectivité|
structure ou collectivité|collectivité ou structure|organisation ou collectivité|company|company name|société|
entreprise|employeur|employer|établissement|association|institution""".replace("\n", "").split("|")
)
TERRITORY = (
    *("territoire", "territory", "pays", "country", "région", "region", "département", "state", "province"),
    *("country/region", "pays/région"),
)
REGISTERED = (
    *("horodateur", "timestamp", "date d'inscription", "registration date", "registration time", "registered at"),
    *("date de soumission", "submitted at", "created at", "date de création", "inscrit le"),
)
STATUS = ("statut", "status", "état", "registration status", "statut de l'inscription")

FIELDS: Mapping[str, tuple[str, ...]] = {
    "email": EMAIL,
    "first": FIRST,
    "last": LAST,
    "name": NAME,
    "organisation": ORGANISATION,
    "territory": TERRITORY,
    "registered": REGISTERED,
    "status": STATUS,
}
_LEADING = re.compile(r"(?:votre|vos|your|quel est votre|quelle est votre|what is your) ")
_MAIL = re.compile(r"mail|courriel|messagerie|\bmél\b")
_OTHERS_MAIL = re.compile(
    r"confirm|instruct|référent|conseill|advisor|manager|payeur|payer|factur|invoice|buyer|acheteur|respons|supérieur|emergency"
)
_CHOICE = re.compile(r"(?:quels?|choi[xs]|which|inscri\w*|souhait\w*) .{0,80}(?:webinaire|webinar|séance|session)")


def question(cell: str) -> str:
    """A question as compared: without what stands in brackets, without "votre" or "your", without a final mark."""
    return _LEADING.sub("", re.split(r"[(\[]", words.norm(cell), maxsplit=1)[0].strip(" ?*:."), count=1)


def is_email_question(cell: str) -> bool:
    """Whether a header asks for the e-mail address of the person who answers."""
    text = question(cell)
    return text in EMAIL or bool(_MAIL.search(text) and not _OTHERS_MAIL.search(text))


def layout(table: Table, header: Line, known: Mapping[str, tuple[int, ...]], start: int = 0) -> Layout:
    """The columns of a form: those that the tool itself writes (`known`), and questions from `start` on.

    A question that branches of the form repeat gives one field several cells. For the e-mail address and the name a
    question goes before what the tool knows of the account.
    """
    names = [question(cell) if index >= start else "" for index, cell in enumerate(header.cells)]
    taken = {index for places in known.values() for index in places}
    at: dict[str, tuple[int, ...]] = dict(known)
    for name, options in FIELDS.items():
        found = tuple(_places(names, options, taken))
        if name == "email":
            found = found or _asked_emails(table, header, start, taken)
        if found and (name in ("email", "name") or name not in known):
            at[name] = (*found, *known.get(name, ()))
    if (choice := _choice(header, start, taken)) is not None:
        at["meeting"] = (choice,)
    return Layout("registration", at, tuple(_dropped(header, at)))


def _places(names: Sequence[str], options: Sequence[str], taken: set[int]) -> Iterator[int]:
    """The columns of the options, the most telling option first."""
    for option in options:
        yield from (index for index, name in enumerate(names) if name == option and index not in taken)


def _asked_emails(table: Table, header: Line, start: int, taken: set[int]) -> tuple[int, ...]:
    """The one column whose question is about e-mail and whose answers are; two are not decided between."""
    found = [
        index
        for index, cell in enumerate(header.cells)
        if index >= start and index not in taken and is_email_question(cell) and holds_emails(table, header, index)
    ]
    if len({words.norm(header.cells[index]) for index in found}) > 1:
        both = ", ".join(f"“{words.clean(header.cells[index])}”" for index in found)
        raise IntakeError("two-emails", file=table.file, columns=both)
    return tuple(found)


def holds_emails(table: Table, header: Line, index: int) -> bool:
    """Whether at least three in five of the cells below a header are e-mail addresses, and one at least."""
    cells = [
        line.cells[index].strip()
        for line in table.head
        if line.number > header.number and index < len(line.cells) and line.cells[index].strip()
    ]
    return bool(cells) and sum(bool(words.email(cell)) for cell in cells) >= 0.6 * len(cells)


def _choice(header: Line, start: int, taken: set[int]) -> int | None:
    """The column that asks which of several webinars somebody registers for."""
    for index, cell in enumerate(header.cells):
        if index >= start and index not in taken and _CHOICE.search(words.norm(cell)[:200]):
            return index
    return None


def _dropped(header: Line, at: Mapping[str, tuple[int, ...]]) -> Iterator[str]:
    used = {index for places in at.values() for index in places}
    return (words.clean(cell) for index, cell in enumerate(header.cells) if cell.strip() and index not in used)
