"""The legal basis that a programme states, as a ground of the GDPR, and the rights that follow from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, get_args
from unicodedata import combining, normalize

from webcycle.programme.options import Privacy

Basis = Literal["consent", "contract", "legal-obligation", "vital-interests", "public-interest", "legitimate-interests"]
"""The grounds of GDPR, article 6(1), in its order: points (a) to (f)."""

Right = Literal["access", "rectification", "erasure", "restriction", "portability", "objection", "withdrawal"]
"""The rights of GDPR, articles 15 to 21 and 7(3), in their order."""

_ALWAYS: frozenset[Right] = frozenset({"access", "rectification", "restriction"})
# GDPR, articles 7(3), 17(3)(b), 20(1)(a), 21(1); the table of CNIL's guide for developers, sheet 15.
_MORE: dict[Basis, frozenset[Right]] = {
    "consent": frozenset({"erasure", "portability", "withdrawal"}),
    "contract": frozenset({"erasure", "portability"}),
    "legal-obligation": frozenset(),
    "vital-interests": frozenset({"erasure"}),
    "public-interest": frozenset({"objection"}),
    "legitimate-interests": frozenset({"erasure", "objection"}),
}
# How the grounds are written, folded: in the words of the article, and in those of registers.
_WRITTEN: dict[Basis, re.Pattern[str]] = {
    "consent": re.compile(
        r"\bconsent|\bopt-?in\b|\baccord (?:explicite|expres|prealable|de la personne|des (?:personnes|participants))"
    ),
    "contract": re.compile(r"contra(?:ct|t)"),
    "legal-obligation": re.compile(
        r"\bobligations? (?:legales?|reglementaires?|juridiques?)|\bobligations? [^.;:]{0,40}\b(?:loi|law)\b"
        r"|\b(?:legal|statutory) (?:obligation|requirement|dut(?:y|ies))"
    ),
    "vital-interests": re.compile(r"\binterets? vita(?:l|ux)\b|\bvital interests?\b"),
    "public-interest": re.compile(
        r"\binterets? (?:public|general)|\bservices? publics?\b|\bmissions? publiques?\b"
        r"|\b(?:autorite|puissance) publique|\b(?:public|general) interest|\bpublic (?:task|service|authority|function)"
        r"|\bofficial authority"
    ),
    "legitimate-interests": re.compile(r"\binterets? legitimes?\b|\blegitimes? interets?\b|\blegitimate interests?\b"),
}
# "6(1)(e)", "6.1.c et e)", "6, paragraphe 1, point e)"; "article 6-e"; "point e) du paragraphe 1 de l'article 6".
_POINTS = (
    r"(?<![\w'])(?P<points>[a-f]\)?(?:\s?(?:,|/|&|\bet\b|\bou\b|\band\b|\bor\b)\s?"
    r"(?:(?:point|lettre|letter|lit)\.? )?\(?[a-f]\b\)?){0,5})"
)
_AFTER = r"(?=\)|\W{0,9}$|\s?[.,;:)/\]-]|\s(?:du|dudit|of|rgpd|gdpr|et|ou|and|or)\b)"
_POINT = r"(?:(?:points?|lettres?|letters?|litt?|let)\b\W{0,3})?"
_PARAGRAPH = (
    r"\W{1,4}(?:(?:paragraphe?|para|par|alinea|al|p)\b\W{0,3})?(?:1(?:er)?|premier|one)"
    r"(?:\W{1,2}(?:paragraphe?|alinea)\b)?"
)
_CITED = (
    re.compile(rf"\b6{_PARAGRAPH}\W{{1,4}}{_POINT}{_POINTS}{_AFTER}"),
    re.compile(rf"\bart(?:icle)?\W{{1,2}}6\W{{1,3}}{_POINT}{_POINTS}{_AFTER}"),
    re.compile(rf"{_POINTS}\W{{1,3}}(?:of|du|de)\b[^.;:]{{0,30}}\bart(?:icle)?\W{{1,2}}6\b"),
)
# Article 6(1)(f) itself says "except where": that denies no ground.
_DENIAL = re.compile(
    r"\b(?:pas|non|ni|sans|aucune?|jamais|nullement|hors|not|no|nor|neither|never|without|excluding|excepte"
    r"|plutot que?|au lieu d[eu]|a l'exclusion|other than|rather than|instead of|sauf(?! si)|except(?! where))\b|n't\b"
)


def grounds(given: Privacy) -> tuple[Basis, ...]:
    """The grounds of article 6 that the words of the programme name, in words or as points, in its order."""
    said = _folded(given)
    named = {name for name, pattern in _WRITTEN.items() if any(map(pattern.search, said))}
    cited = {get_args(Basis)["abcdef".index(point)] for one in said for point in _points(one)}
    return tuple(one for one in get_args(Basis) if one in named | cited)


def unclear(given: Privacy) -> bool:
    """Whether the words name several grounds, or deny one: then which one holds is not guessed."""
    found = grounds(given)
    return len(found) > 1 or (bool(found) and any(map(_DENIAL.search, _folded(given))))


def basis(given: Privacy) -> Basis | None:
    """The ground that the words of the programme name; None where they name none that is known, or not clearly one."""
    return None if unclear(given) else next(iter(grounds(given)), None)


def rights(ground: Basis | None) -> tuple[Right, ...]:
    """The rights that a ground gives; where it is not known, all of them."""
    chosen = _ALWAYS | _MORE[ground] if ground else frozenset(get_args(Right))
    return tuple(one for one in get_args(Right) if one in chosen)


def _folded(given: Privacy) -> tuple[str, ...]:
    """The words in each language, in small letters without accents, quotes alike, one space between words."""
    words = given.legal_basis
    found = filter(None, (words.plain, words.fr, words.en)) if words else ()
    return tuple(map(_plain, found))


def _plain(words: str) -> str:
    bare = "".join(one for one in normalize("NFKD", words.casefold()) if not combining(one))
    return " ".join(bare.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


def _points(said: str) -> Iterator[str]:
    for pattern in _CITED:
        for match in pattern.finditer(said):
            yield from re.findall(r"\b[a-f]\b", match["points"])
