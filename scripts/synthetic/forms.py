"""Registration forms: Google Forms, Microsoft Forms, LimeSurvey, each as its tool exports the answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from .dice import Dice
from .meetings import Meeting, Signup
from .people import Person, plain
from .tables import BOM, Files, serial, table, workbook

CHOICE = "À quel webinaire souhaitez-vous vous inscrire ?"
# What people write: several lines, quotes, the delimiter, what a spreadsheet would take for a formula.
_QUESTIONS = (
    *("", "", "", "", "", ""),
    "Comment trouver un partenaire ?",
    "Deux questions :\n- le budget ;\n- le calendrier.",
    'Que veut dire "cofinancement" ?',
    "=SOMME(1;1) : est-ce permis ?",
)
_CONSENT = "J’accepte que mes réponses servent à m’envoyer le lien de connexion"


def google(meeting: Meeting) -> Files:
    """The sheet of the answers, saved as CSV in French."""
    header = ("Horodateur", "Adresse e-mail", "Nom", "Prénom", "Collectivité ou organisme", "Territoire", CHOICE)
    rows = [
        (
            *(f"{meeting.local(one.when):%d/%m/%Y %H:%M:%S}", one.email, one.person.last, one.person.first),
            *(one.person.organisation, one.person.territory, meeting.title, _question(meeting, one), "Oui"),
        )
        for one in meeting.signups
    ]
    text = table([(*header, "Une question pour les intervenants ?", _CONSENT), *rows], end="\r\n")
    return {f"Inscription {plain(meeting.session)} (reponses) - Reponses au formulaire 1.csv": text.encode()}


def microsoft(meeting: Meeting) -> Files:
    """A workbook whose dates are numbers; nobody had to sign in."""
    header = (
        *("ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", "Heure de la dernière modification"),
        *("Nom", "Prénom", "Adresse e-mail professionnelle", "Organisme", "Territoire", CHOICE),
    )
    rows: list[Sequence[str | int | float]] = [
        (
            *(number, serial(meeting.local(one.when - timedelta(seconds=95))), serial(meeting.local(one.when))),
            *("anonymous", "", "", one.person.last, one.person.first, one.email),
            *(one.person.organisation, one.person.territory, meeting.title),
        )
        for number, one in enumerate(meeting.signups, 1)
    ]
    name = f"Inscription {plain(meeting.session)}(1-{len(rows)}).xlsx"
    return {name: workbook("Form1", [header, *rows], meeting.local(meeting.opened))}


def limesurvey(meeting: Meeting, strangers: Sequence[Person]) -> Files:
    """Every cell quoted, semicolons; `strangers` began to answer and stopped."""
    header = (
        *("ID de la réponse", "Date de soumission", "Dernière page", "Langue de départ", "Tête de série"),
        *("Date de lancement", "Date de la dernière action", "Nom", "Prénom", "Adresse électronique"),
        *("Organisme (collectivité, association…)", "Territoire", CHOICE, "Votre question"),
    )
    answers = [(one, meeting.local(one.when), True) for one in meeting.signups]
    stopped = [Signup(person, person.email, meeting.opened - timedelta(days=1, hours=2)) for person in strangers]
    answers += [(one, meeting.local(one.when), False) for one in stopped]
    answers.sort(key=lambda answer: (answer[1], answer[0].person.id))
    rows = [
        (
            *(number, _iso(when) if done else "", 2 if done else 1, "fr", 10_000_000 + number * 7919),
            *(_iso(when - timedelta(seconds=140)), _iso(when), one.person.last, one.person.first, one.email),
            *(one.person.organisation, one.person.territory, meeting.title, _question(meeting, one) if done else ""),
        )
        for number, (one, when, done) in enumerate(answers, 1)
    ]
    text = BOM + table([header, *rows], ";", "\r\n", quoting=1)
    return {f"results-survey{meeting.number % 1_000_000:06}.csv": text.encode()}


def _question(meeting: Meeting, one: Signup) -> str:
    return Dice(meeting.session, one.person.id, "question").pick(_QUESTIONS)


def _iso(local: datetime) -> str:
    return f"{local:%Y-%m-%d %H:%M:%S}"
