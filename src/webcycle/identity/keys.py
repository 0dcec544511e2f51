"""By what a person is known: an e-mail address, a platform's id, else a name; and how names are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from webcycle.plain import clean
from webcycle.records import Registration, Visit
from webcycle.values import is_email

Strength = Literal["email", "platform", "name"]
"""What a key rests on; a name is weak: two people may share it."""

STRENGTHS: tuple[Strength, ...] = ("email", "platform", "name")

MOST_WORDS = 8
"""Names of more words are lists, jokes or attacks."""

CIVILITIES = frozenset("m mr mme mlle mrs ms miss dr pr prof monsieur madame mademoiselle".split())
"""Titles that stand with a name and are none; "m" may be an initial too."""

_SIGNS = ".,_()[]"
# Before a name these are titles too; elsewhere they may be names.
_TITLES = CIVILITIES | {"me", "maître", "maitre", "docteur", "docteure", "professeur", "professeure"}
_PLATFORM, _NAME = "id:", "name:"
_PLATFORM_KEY = re.compile(r"id:[a-z]*/\S.*")
# What platforms and people add to a name, in brackets or after a dash: "(Externe)", "(Guest)", "[EXT]", "- Hôte".
_ADDED = (
    "externe|extern|external|ext|guest|invité|invitée|gast|non vérifié|non vérifiée|unverified|not verified|"
    "nicht überprüft|hôte|host|co-host|co-hôte|organisateur|organisatrice|organizer|me|moi|vous|you"
)
_TAG = re.compile(r"\+[^@]*@")
# After a name and a dash or a bar, or in brackets, comes a body or a role: "Ada Lovelace - Example Town".
_ASIDE = re.compile(r" [-–—|/]+ | ?[(\[|]")
# A word with the signs after it: of "M.Jean" there are two.
_WORD = re.compile(r"[^\s.,_]+[.,_)\]]*")
_SUFFIX = re.compile(rf"(?<!\s)\s*(?:[(\[]\s*(?:{_ADDED})\s*[)\]]|\s[-–—]\s*(?:{_ADDED}))\s*$")


def key_of(record: Registration | Visit) -> str:
    """The key of the person of a record; "" when the record tells nothing of anybody.

    "ada@example.org" (the normalised address), "id:teams/8f3a" (a platform's id), "name:ada lovelace; example town".
    """
    if record.email.strip():
        return email_key(record.email)
    if isinstance(record, Visit) and record.person.strip():
        return f"{_PLATFORM}{record.platform}/{_one_line(record.person)}"
    return name_key(record.name, record.organisation)


@lru_cache(maxsize=65536)
def email_key(address: str) -> str:
    """An address as compared: without blanks around it, in Unicode form C, without capitals; a "+tag" is kept."""
    return _caseless(address.strip())


@lru_cache(maxsize=65536)
def name_key(name: str, organisation: str) -> str:
    """The weak key of a name and an organisation; "" when there is no name."""
    found, body = (folded(part).replace(";", ",") for part in (name, organisation))
    return f"{_NAME}{found}; {body}".removesuffix("; ") if found else ""


def name_in(key: str) -> str:
    """The name, as compared, in a key of the weakest kind."""
    return key.removeprefix(_NAME).partition("; ")[0]


def strength(key: str) -> Strength:
    """What a key rests on."""
    return "name" if key.startswith(_NAME) else "platform" if key.startswith(_PLATFORM) else "email"


def rank(key: str) -> tuple[int, str]:
    """The order of keys: the strongest first."""
    return STRENGTHS.index(strength(key)), key


def normal_key(text: str) -> str | None:
    """A key as a person wrote it, in the form in which `key_of` gives it; None when it is none."""
    line = _one_line(text)
    if line.lower().startswith(_NAME):
        name, _, body = line[len(_NAME) :].partition(";")
        return name_key(name, body) or None
    if line.startswith(_PLATFORM):
        return line if _PLATFORM_KEY.fullmatch(line) else None
    found = email_key(line)
    local, _, host = found.rpartition("@")
    try:
        return found if is_email(f"{local}@{host.encode('idna').decode('ascii')}") else None
    except UnicodeError:
        return None


def domain(address: str) -> str:
    """The domain of an e-mail address, as compared."""
    return email_key(address).rpartition("@")[2]


def folded(name: str) -> str:
    """A name as compared: one line, without capitals or invisible characters, in Unicode form C."""
    return _caseless(_one_line(name))


def bare(name: str) -> str:
    """A folded name without what platforms add to it: "ada lovelace (externe)" is "ada lovelace"."""
    while (shorter := _SUFFIX.sub("", name)) not in (name, ""):
        name = shorter
    return name


def untitled(name: str) -> str:
    """A folded name without titles: "mme marie dupont" and "dupont, mme marie" are "marie dupont" and "dupont, marie".

    Only where what is left can tell somebody: "mme dupont" stays, as does "m. dupont", who may be Marie. What may be a
    name or an initial is a title only before two words: "jean m. dupont" and "anne maître" stay.
    """
    words = rest = _WORD.findall(name)
    while len(rest) > 2 and rest[0].strip(_SIGNS) in _TITLES:
        rest = rest[1:]
    named = [word for word in rest if word.rstrip(".,_") == "m" or word.strip(_SIGNS) not in CIVILITIES]
    rest = named if tells(named) else rest
    return " ".join(rest) if len(rest) < len(words) else name


def untagged(address: str) -> str:
    """An address without its "+tag"."""
    return _TAG.sub("@", address)


def forms(name: str) -> frozenset[str]:
    """The forms in which a name is compared with others: its words in the order of the alphabet, without accents, nor
    what platforms add, with titles and without; and the same of what stands before a dash, a bar or a bracket. None
    for a name of nobody."""
    found = folded(name)
    said = (bare(one) for one in (found, _ASIDE.split(found, maxsplit=1)[0]))
    spelled = (unaccented(spelling).split() for one in said for spelling in (one, untitled(one)))
    return frozenset(" ".join(sorted(words)) for words in spelled if tells(words))


def tells(words: Sequence[str]) -> bool:
    """Whether the words of a name can tell somebody: two, or one in a script without case, which does not part them."""
    if len(words) == 1:
        return len(words[0]) > 1 and words[0].upper() == words[0]
    return 1 < len(words) <= MOST_WORDS


def unaccented(name: str) -> str:
    """A folded name without accents, its hyphens, apostrophes, dots and commas as blanks."""
    base = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("æ", "ae").replace("ø", "o").replace("ł", "l"))
    letters = (" " if _parts(letter) else letter for letter in base if not unicodedata.combining(letter))
    return " ".join("".join(letters).split())


def _parts(character: str) -> bool:
    return unicodedata.category(character) in ("Pd", "Po", "Pf", "Pi", "Pc", "Zs") or character in "`´ʼ"


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _caseless(text: str) -> str:
    """Canonical caseless matching (Unicode Standard, definition D145), kept in form C."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())
