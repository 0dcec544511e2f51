"""A person's name in what registrants type for one: "Ada Lovelace, mayor", "Ada Lovelace (Example Town)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from webcycle.exposure.words import WORD, folded, words
from webcycle.identity.keys import CIVILITIES

PARTICLES = frozenset(
    "de d du des la le les l da do dos das di del della van von der den ten el al bin ben y e".split()
)
_MOST_WORDS = 5
_LEAST = 2

# What bodies and offices are called, in French and English: no word of them is taken for a person's.
_OFFICES = frozenset(
    words(
        """
        accueil adjoint adjointe adjt administrateur administratrice administration afd agence agency agent agente
        agglo agglomération aide ambassade ambassadeur ambassadrice animateur animatrice anct ars assistant
        assistante association asso attaché attachée attachee bénévole board bureau cabinet cadre ccas ceo cellule
        centre center cerema chambre chambers chargé chargée charge chef cheffe chu ciedel cites cités city cnfpt
        collectif collectivité collège comité commission commune communauté communication community compagnie conseil
        conseiller conseillère consul consulat consultant consultante coopération coordinateur coordinatrice
        coordination coordonnateur coordonnatrice council councillor county cpie cuf cultural culture daect dac ddt
        ddtm délégation délégué déléguée department département départemental départementale deputy député députée
        dgs dgst directeur direction directrice director district drac draaf dreal dreets drh dsi école élu élue
        embassy enseignant enseignante entreprise epci établissement étudiant étudiante european europe expert
        experte faculté federation fédération fonction fondation formateur formatrice foundation france general
        général générale gie gip gouvernement government group groupe groupement head hôpital inc indépendant
        indépendante inspecteur inspectrice institut institution international internationale journal journaliste
        laboratoire ltd lycée mairie maire manager mayor mayors mda métropole metropolis minister ministère ministre
        ministry mission musée office officer ong ngo onu opérateur organisation organization parc partenariat
        participant participante pays pôle préfecture préfet préfète president président présidence présidente
        prestataire professeur programme project projet projets province psf public région régional régionale
        relations réseau réseaux responsable resp retraité retraitée salle sarl sas secrétaire secrétariat senator
        sénat sénateur sénatrice service services sgar société solidarité sous-préfecture spl stagiaire student
        syndicat tech technicien technicienne town trainee union unies université university vice ville village
        volontaire volunteer webmaster
        """
    )
)

_BRACKETS = re.compile(r"[(\[{<]([^()\[\]{}<>]*)(?:[)\]}>]|\Z)")
_SEAM = re.compile(r"\s[-–—]+\s?|[–—/|;:•·]+")


def plain(name: str, email: str = "", bodies: Iterable[str] = ()) -> str:
    """The name of the person alone in one that holds an office or a body too; "" where it holds none, or it cannot be
    told which words are the person's.

    `bodies` are what the person gave as their organisation and the like. Where several parts might be a name, the first
    whose words stand in `email` is, else the first. What stands before a comma may be a surname alone ("de la Tour,
    Ada"): what follows has to be no first name.
    """
    if not _parts(name):
        return ""
    known = [frozenset(words(body)) - PARTICLES for body in bodies]
    outside, inside = _BRACKETS.sub(" ", name), _BRACKETS.findall(name)
    likely = [found for part in (*_SEAM.split(outside), *inside) if _is_name(found := _person(part, known, name))]
    local = folded(email).partition("@")[0]
    sure = [one for one in likely if any(word in local for word in _own(one))]
    return next((one for one in (*sure, *likely) if one in sure or not _is_body(one, known)), "")


def _parts(name: str) -> bool:
    """Whether a name may hold more than a person's: by its signs, or by a word."""
    return "," in name or any(one.search(name) for one in (_BRACKETS, _SEAM)) or not _OFFICES.isdisjoint(words(name))


def _person(part: str, known: Sequence[frozenset[str]], name: str) -> str:
    """What of a part may be a person's name."""
    parts = [one for one in part.split(",") if one.strip()]
    while len(parts) > 1 and _is_aside(parts[-1], known, name):
        parts.pop()
    while len(parts) > 1 and _is_body(parts[0], known):
        parts.pop(0)
    return ", ".join((*parts[:-1], _before_office(parts[-1]))) if 0 < len(parts) <= _LEAST else ""


def _before_office(part: str) -> str:
    """What stands before the first word of an office or a body, without the particles between them."""
    office = next((found.start() for found in WORD.finditer(part) if folded(found[0]) in _OFFICES), len(part))
    said = part[:office].split()
    while office < len(part) and said and folded(said[-1]) in PARTICLES:
        said.pop()
    return " ".join(said)


def _own(name: str) -> tuple[str, ...]:
    return tuple(word for word in words(name) if word not in CIVILITIES and word not in PARTICLES)


def _is_name(text: str) -> bool:
    return len(_own(text)) >= _LEAST and len(words(text)) <= _MOST_WORDS and not any(map(str.isdigit, text))


def _is_body(part: str, known: Iterable[frozenset[str]]) -> bool:
    """Whether a part begins with a word of offices, or is what the person named as a body."""
    said = words(part)
    own = frozenset(said) - PARTICLES
    return not own or said[0] in _OFFICES or any(own <= body for body in known)


def _is_aside(part: str, known: Iterable[frozenset[str]], name: str) -> bool:
    """Whether what follows a comma is no first name: a body, a word in small letters or capitals where the rest of the
    name is written otherwise."""
    text = part.strip()
    capitals = name != name.lower()
    small = capitals and text[0].islower() and words(text)[0] not in PARTICLES
    return small or (text.isupper() and not name.isupper()) or _is_body(text, known)
