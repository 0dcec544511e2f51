"""The article of a name: told from the word that begins it, where that is one that bodies, events and reasons use."""

from __future__ import annotations

import re

from webcycle.errors import Language

_APOSTROPHE = "’"
_BEGINNING: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(r"(?P<article>le|la|les|une?)\s+(?=\S)|(?P<elided>l)['’](?=\w)", re.IGNORECASE),
    "en": re.compile(r"(?P<article>the|an?)\s+(?=\S)", re.IGNORECASE),
}
_OF = {"le": "du ", "la": "de la ", "les": "des ", "l’": "de l’", "un": "d’un ", "une": "d’une ", None: "de "}
# Nouns that begin the names of public bodies, of events and of reasons; where a noun is not here, nothing is guessed.
_NOUNS: dict[Language, dict[str, str]] = {
    "fr": {
        "le": "bureau centre cercle collectif colloque comité commissariat congrès conseil contexte cycle département "
        "festival fonds forum groupement mois ministère mouvement pôle programme réseau rectorat salon secrétariat "
        "séminaire service sommet syndicat",
        "la": "biennale bibliothèque canicule chambre chancellerie collectivité commission commune communauté "
        "confédération conférence convention coordination coopérative crise délégation direction fédération foire "
        "fondation grève journée ligue mairie maison métropole mission mutuelle neige pandémie plateforme préfecture "
        "présidence quinzaine région rencontre représentation saison séance semaine situation société tempête ville",
        "l’": "absence académie administration agence alliance ambassade année assemblée association atelier école "
        "épidémie établissement état indisponibilité institut institution observatoire office organisation union "
        "université",
        "les": "assises conditions élections états inondations intempéries journées rencontres universités",
    },
    "en": {
        "the": "academy agency alliance assembly association board centre chamber committee council delegation "
        "department directorate embassy federation foundation institute ministry mission network office region "
        "secretariat union university",
    },
}
_ARTICLES = {
    lang: {noun: article for article, nouns in table.items() for noun in nouns.split()}
    for lang, table in _NOUNS.items()
}
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def split(words: str, lang: Language) -> tuple[str | None, str]:
    """The article of a name and what follows it: ("la", "Délégation ..."), ("l’", "Agence ..."); None: not known."""
    found = _BEGINNING[lang].match(words)
    if found is not None:
        elided = found.groupdict().get("elided")
        return ("l’" if elided else found["article"].lower()), words[found.end() :]
    first = _FIRST_WORD.match(words)
    return (_ARTICLES[lang].get(first[0].lower()) if first is not None else None), words


def after(article: str | None) -> str:
    """The article as it stands before its noun: "la ", "l’"; nothing where it is not known."""
    return "" if article is None else article if article.endswith(_APOSTROPHE) else f"{article} "


def of(article: str | None, lang: Language) -> str:
    """ "of" with the article: "de la ", "du ", "de l’", "d’une "; "of the "."""
    return _OF[article] if lang == "fr" else f"of {after(article)}"
