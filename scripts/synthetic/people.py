"""People who do not exist: their names, their organisations, their addresses on example.org (RFC 2606)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .dice import Dice

MOST_PEOPLE = 2000
TEAM_DOMAIN = "equipe.example.org"
SPEAKERS_DOMAIN = "intervenant.example.org"
_TEAM = 5
_SPEAKERS = 14

_FIRST = tuple(
    """Adèle Aïssatou Alban Amina Anaïs Baptiste Béatrice Bilal Camille Cécile Chloé Cyril Delphine Diego Élodie Émile
Fabienne Fatou François Gaëlle Georges Hélène Hugo Inès Ismaël Jean-Noël Jeanne Joëlle Karim Khadija Laure Léon Loïc
Louise Maëlle Malik Marie-Ève Mehdi Mireille Nadège Nils Noé Océane Omar Pauline Pénélope Quentin Raphaël Renée Rokhaya
Salomé Samir Solène Théo Ulysse Valérie Violette Yann Yasmine Zoé Łukasz Siân Ánh Çelik""".split()
)
_LAST = tuple(
    """Abrisel Aubréval Baucourne Bellandre Brisefond Caldremont Cendrelle Clairvigne Corbelune Dautremer Désormel
Douvrelle Ébrillon Escarnac Esquivelle Fabrelune Farguenoy Fontebrise Galandreux Garnuchet Grisvallon Guelmontier
Haudreville Hérissart-Mol Issonval Jaubrelle Joncheray-Lune Kerviadec-Roz Labrisoire Lampernelle Lorvigny Maldrévin
Marchebrume Montruelle Nacrevent Naubresson Nuageon Orvelune Ouvremont Palombrel Pétricourne Pluvinel Quénaudrec
Quillebrume Rivaudel Roncelune Rouvrebois Sablonceau Sarmentelle Serpolune Tamarellune Tisserond Trévilune Umbrevoy
Vaucelune Verdrenac Vignelorme Voilebert Wandrelle Yvrelune Zéphiral O’Brumel Nguémalou Diabrelou""".split()
)
_KINDS = (
    ("Commune de", "commune"),
    ("Ville de", "ville"),
    ("Communauté de communes de", "cc"),
    ("Agglomération de", "agglo"),
    ("Association des amis de", "amis"),
    ("Université de", "univ"),
)
_PLACES = (
    "Nullepart-les-Bains Saint-Exemple-sur-Fiction Valimaginaire Rochefantôme Clairmensonge Port-Chimère Brumelieu "
    "Château-Papier Mirageville Songeval Encre-sur-Page Villefeinte Bois-Inventé Pont-Fabulé Hautefable Contebourg"
).split()
_TERRITORIES = ("Haute-Chimère", "Val-d’Encre", "Côtes-de-Brume", "Pays de Fable", "Outre-Songe", "Bas-Mirage")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented. `domain` is the organisation's, `other` a second address, "" for most; `eager` how much more
    often than others they come; `signed_in` whether platforms know their address; `initial` a short form of the name
    that is nobody else's, "" when there is none; `homonym` that somebody else bears the same name."""

    id: str
    first: str
    last: str
    email: str
    organisation: str
    territory: str
    domain: str = ""
    other: str = ""
    eager: float = 1.0
    signed_in: bool = True
    initial: str = ""
    homonym: bool = False

    @property
    def name(self) -> str:
        """First name, last name."""
        return f"{self.first} {self.last}"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody: the public, those who run the webinars, those who are invited to speak."""

    public: tuple[Person, ...]
    team: tuple[Person, ...]
    speakers: tuple[Person, ...]


def cast(seed: int, count: int) -> Cast:
    """So many of the public. Two of them share a name, nobody else does; a few have a second address."""
    dice = Dice(seed, "people")
    names = dice.some([(first, last) for first in _FIRST for last in _LAST], count + _TEAM + _SPEAKERS)
    team = _group(names[:_TEAM], "equipe", "Équipe organisatrice fictive", TEAM_DOMAIN)
    speakers = _group(names[_TEAM : _TEAM + _SPEAKERS], "intervenant", "Institut des Exemples", SPEAKERS_DOMAIN)
    organisations = [_organisation(kind, place) for kind in _KINDS for place in _PLACES]
    public = [
        _person(dice, f"p{number:04}", *name, *dice.pick(organisations))
        for number, name in enumerate(names[_TEAM + _SPEAKERS :], 1)
    ]
    shared = Counter(_initial(first, last) for first, last in names)
    public = [
        replace(one, initial=short) if shared[short := _initial(one.first, one.last)] == 1 else one for one in public
    ]
    if len(public) > 1:
        public[:2] = _homonyms(public[0], public[1])
    return Cast(tuple(public), team, speakers)


def _group(names: Sequence[tuple[str, str]], kind: str, organisation: str, domain: str) -> tuple[Person, ...]:
    return tuple(
        Person(f"{kind}-{number}", first, last, f"{local(first, last)}@{domain}", organisation, "", domain)
        for number, (first, last) in enumerate(names, 1)
    )


def _initial(first: str, last: str) -> str:
    return f"{first} {last[0]}."


def local(first: str, last: str) -> str:
    """The part of an address before the @."""
    return f"{plain(first)}.{plain(last)}"


def plain(words: str) -> str:
    """Small ASCII letters and hyphens."""
    split = unicodedata.normalize("NFKD", words.replace("Ł", "L")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", split).strip("-")


def _organisation(kind: tuple[str, str], place: str) -> tuple[str, str, str]:
    """Its name, its domain, its territory."""
    words, short = kind
    elided = words[:-1] + "’" if words.endswith("de") and place[0] in "AEÉEIOU" else words + " "
    territory = _TERRITORIES[_PLACES.index(place) % len(_TERRITORIES)]
    return f"{elided}{place}", f"{short}-{plain(place)}.example.org", territory


def _person(dice: Dice, number: str, first: str, last: str, organisation: str, domain: str, territory: str) -> Person:
    private = f"{local(first, last)}@example.org"
    work = f"{local(first, last)}@{domain}"
    return Person(
        number,
        first,
        last,
        private if dice.chance(0.12) else work,
        organisation,
        territory,
        domain,
        other=f"{plain(first)[0]}{plain(last)}@example.org" if dice.chance(0.04) else "",
        eager=dice.pick((0.4, 0.7, 1.0, 1.0, 1.4, 2.0)),
        signed_in=dice.chance(0.7),
    )


def _homonyms(one: Person, two: Person) -> tuple[Person, Person]:
    """Two people of one name, of whom only the address tells which is which."""
    email = f"{local(one.first, one.last)}.2@example.org"
    same = replace(two, first=one.first, last=one.last, email=email, other="", signed_in=True, homonym=True)
    return replace(one, signed_in=True, homonym=True), same
