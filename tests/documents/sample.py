"""A document that uses every block, in both languages: what the golden files beside it are made from."""

from datetime import date, datetime

from webcycle.documents.blocks import (
    BulletList,
    Callout,
    Column,
    ContactCard,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Item,
    KeyFigure,
    KeyFigures,
    LinkList,
    NumberedList,
    Paragraph,
    Run,
    Table,
)
from webcycle.documents.inline import compose, joined, link, plain, rich, text_of
from webcycle.documents.prose import prose
from webcycle.documents.wording import at, days, hours_elsewhere, more_than, number, ordinal, span, split_of
from webcycle.documents.wording import joined as words_joined
from webcycle.errors import Language
from webcycle.programme import Slot

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 60" role="img">'
    b'<rect width="310" height="24" fill="#1f4e79"/><rect y="30" width="180" height="24" fill="#1f4e79"/></svg>'
)
TITLE = "Les webinaires du guide de la coopération décentralisée"
SESSIONS = (
    (Slot(datetime(2020, 10, 26, 14), datetime(2020, 10, 26, 16)), "Coopérer avec le Maroc: dispositifs", 412, 305),
    (Slot(datetime(2020, 11, 18, 10), datetime(2020, 11, 18, 12, 30)), "L'égalité femmes-hommes", 1280, 964),
    (Slot(date(2021, 6, 1), date(2021, 6, 2)), "Semaine de l'Amérique latine", 96, 71),
)
PROSE = """Le guide se décompose en **trois parties** :

1. la valeur ajoutée de l'action internationale ;
2. la conduite d'un projet :
   - cadre juridique ;
   - sources de financement ;
3. les [partenariats](https://guide.example.org/partenariats_(2020)?a=1&b=2) ouverts.

## Qu'en disent les communes?

> « Enfin un outil clair ! »
"""


def document(lang: Language) -> Document:
    """The sample in a language; the author's words are French in both."""
    return _french() if lang == "fr" else _english()


def _figures(lang: Language, title: str, labels: tuple[str, str, str], note: str) -> KeyFigures:
    values = (plain(more_than(1300, lang)), plain(number(1788, lang)), plain("74.9%" if lang == "en" else "74,9 %"))
    notes: tuple[Inline, ...] = (rich(note), (), plain(note))
    triples = zip(values, labels, notes, strict=True)
    return KeyFigures(plain(title), tuple(KeyFigure(value, plain(label), note) for value, label, note in triples))


def _table(lang: Language, caption: str, heads: tuple[str, ...], total: str) -> Table:
    rows = tuple(
        (plain(span(slot, lang)), plain(title, "fr"), plain(number(came, lang)), plain(number(present, lang)))
        for slot, title, came, present in SESSIONS
    )
    kinds = (Column(plain(heads[0]), "date"), Column(plain(heads[1])), *(Column(plain(h), "number") for h in heads[2:]))
    sums = (plain(total), (), plain(number(1788, lang)), plain(number(1340, lang)))
    return Table("sessions", plain(caption), kinds, rows, sums, 1, rich("*n. d.*"))


def _programme(lang: Language) -> DefinitionList:
    note = "Organisé dans le cadre du **dispositif conjoint** franco-marocain."
    elsewhere = "; ".join(hours_elsewhere(SESSIONS[0][0], "Europe/Paris", ["Indian/Reunion", "Pacific/Noumea"], lang))
    first, *others = SESSIONS
    told = (Paragraph(plain(first[1], "fr")), Paragraph(rich(note, "fr")), Paragraph(plain(elsewhere)))
    rest = (Definition(plain(span(slot, lang)), (Paragraph(plain(title, "fr")),)) for slot, title, *_ in others)
    return DefinitionList((Definition(plain(span(first[0], lang)), told), *rest))


def _french() -> Document:
    before, title = split_of(TITLE, "fr")
    parts = [rich("le *Maroc*"), rich("le Sénégal"), rich("l'[Afrique anglophone](https://afrique.example.org)")]
    return Document(
        title=compose(
            "Bilan du {ordinal} cycle {of}« {title} »",
            {"ordinal": plain(ordinal(1, "fr")), "of": plain(before), "title": plain(title, "fr")},
        ),
        lang="fr",
        blocks=(
            Paragraph(
                compose(
                    "Un cycle de {n} webinaires a été proposé {audience} {when}, dans **{kinds}** axes: {axes}.",
                    {
                        "n": plain("10"),
                        "audience": rich(at("les **collectivités**", "fr")),
                        "when": plain(days(date(2020, 10, 26), date(2021, 2, 17), "fr")),
                        "kinds": plain("3"),
                        "axes": joined(parts, words_joined(["{0}", "{1}", "{2}"], "fr")),
                    },
                ),
                lead=True,
            ),
            _figures(
                "fr", "Chiffres clés", ("participations en direct", "inscriptions", "présence"), "Source: exports"
            ),
            Heading(2, plain("Les séances"), "seances"),
            _table("fr", "Fréquentation des séances", ("Date", "Séance", "Inscrits", "Présents"), "Total"),
            Figure("courbe", plain("Présence"), "Deux barres: 310 puis 180", SVG, "image/svg+xml", "sessions"),
            Heading(2, plain("Programme"), "programme"),
            Callout("date", plain("Le mardi 19 mai de 15h00 à 17h30")),
            _programme("fr"),
            Heading(2, plain("Le guide"), "guide"),
            *prose(PROSE, "fr"),
            Callout("warning", plain("Report"), (Paragraph(rich("En raison du *contexte sanitaire*...")),)),
            NumberedList((Item(plain("un")), Item(plain("deux"))), 3),
            BulletList((Item((), (Paragraph(plain("sans texte propre")),)), Item(plain("n° 5, M. Martin, 20 %")))),
            LinkList(
                (
                    link(plain("Retrouver la documentation"), "https://docs.example.org/"),
                    (*plain("Revoir les séances sur "), *link(plain("la chaîne"), "https://video.example.org/")),
                )
            ),
            Heading(2, plain("Contact"), "contact"),
            _contact("Secrétariat du cycle", "accueil et inscriptions"),
        ),
        issuer=(
            plain("Direction générale de la mondialisation, de la culture et du développement international"),
            plain("Délégation pour l'action extérieure des collectivités"),
        ),
        dateline=plain("Paris, mardi 27 avril 2021"),
        label=plain("COMMUNIQUÉ"),
        date=date(2021, 4, 27),
        author="Délégation pour l'action extérieure",
        subject="Bilan du cycle",
        keywords=("webinaires", "coopération"),
    )


def _contact(name: str, role: str) -> ContactCard:
    lines = (plain("Délégation pour l'action extérieure (DAE)"),)
    return ContactCard(plain(name), plain(role), lines, "57, rue des Lilas", "01 99 00 12 34", "cycle@example.org")


def _english() -> Document:
    title = (*plain("Review of the "), Run(ordinal(1, "en")), *plain(" cycle “"), *plain(TITLE, "fr"), *plain("”"))
    return Document(
        title=title,
        lang="en",
        blocks=(
            Paragraph(rich("A cycle of **10 webinars** was offered to the local authorities..."), lead=True),
            _figures("en", "Key figures", ("live participations", "registrations", "attendance"), "Source: exports"),
            Heading(2, plain("Sessions"), "sessions-held"),
            _table("en", "Attendance of the sessions", ("Date", "Session", "Registered", "Present"), "Total"),
            Figure("curve", plain("Attendance"), "Two bars: 310 then 180", SVG, "image/svg+xml", "sessions"),
            _programme("en"),
            Heading(2, plain("The guide"), "guide"),
            *prose(PROSE, "fr"),
            Callout("note", (Emphasis(plain("Nota")),), (BulletList((Item(plain("one")), Item(plain("two")))),)),
            LinkList((link(plain("Registration"), "https://register.example.org/"),)),
            _contact("Secretariat", "registrations"),
        ),
        issuer=(plain("Directorate for Partnerships"),),
        dateline=plain("Paris, Tuesday 27 April 2021"),
        label=plain("PRESS RELEASE"),
        date=date(2021, 4, 27),
        subject=text_of(title, "en"),
    )
