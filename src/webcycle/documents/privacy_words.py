"""What the notice and the register say alike: who decides, on what basis, which rights follow, for how long."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args
from unicodedata import normalize

from webcycle.documents import communique, wording
from webcycle.documents.blocks import Block, Callout, Document, Inline, Paragraph
from webcycle.documents.voice import Voice
from webcycle.duties import kept_until
from webcycle.errors import KeyPath
from webcycle.programme import Programme
from webcycle.programme.options import Privacy

Basis = Literal["consent", "contract", "legal-obligation", "vital-interests", "public-interest", "legitimate-interests"]
"""The grounds of GDPR, article 6(1), in its order."""

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
# How the grounds are written, without accents.
_WRITTEN: tuple[tuple[Basis, re.Pattern[str]], ...] = (
    ("public-interest", re.compile(r"interet public|public interest|public task|autorite publique|official authority")),
    ("legitimate-interests", re.compile(r"interets? legitimes?|legitimate interests?")),
    ("legal-obligation", re.compile(r"obligations? legales?|legal obligations?")),
    ("vital-interests", re.compile(r"interets? vita(?:l|ux)|vital interests?")),
    ("consent", re.compile(r"consent")),
    ("contract", re.compile(r"contra[ct]t?")),
)
_PERIOD = re.compile(r"(\d+)([YMWD])")
_UNITS = {"Y": "years", "M": "months", "W": "weeks", "D": "days"}

NEEDED = ("purpose", "legal-basis", "recipients", "dpo", "transfers")
"""The keys of `[privacy]` that both documents need (GDPR, articles 13, 14 and 30)."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What both are made from: the programme, the voice of the document, and its day."""

    programme: Programme
    voice: Voice
    today: date

    @property
    def given(self) -> Privacy:
        """What the programme says of it."""
        return self.programme.privacy

    def say(self, name: str, **fields: Inline | str) -> Inline:
        """A sentence of both."""
        return self.voice.say(f"document.privacy.{name}", count=None, **fields)

    @property
    def controller(self) -> Inline:
        """Who decides about the data: else the organiser."""
        return self.voice.plain(self.given.controller or self.programme.organiser.name)

    @property
    def email(self) -> str:
        """Where people write to about their data."""
        return self.given.email or self.programme.organiser.email

    def rich(self, key: str) -> Inline:
        """What is given as prose, or that it is to be completed."""
        words = getattr(self.given, key.replace("-", "_"))
        return self.voice.rich(words) if words else self.say("missing", what=key)

    @property
    def recipients(self) -> Inline:
        """Who gets the data."""
        found = self.given.recipients
        return (
            self.voice.listed(tuple(map(self.voice.plain, found))) if found else self.say("missing", what="recipients")
        )

    @property
    def platforms(self) -> Inline:
        """The platforms of the sessions, as they call themselves."""
        names = dict.fromkeys(one.join.platform for one in self.programme.sessions if one.join)
        return self.voice.listed(tuple(self.voice.say(f"document.privacy-platform.{name}") for name in names))

    @property
    def kept(self) -> Inline:
        """How long the data are kept: until a day where the last session has one, else so long after it."""
        period = self.voice.listed(tuple(self._period()))
        day = kept_until(self.programme)
        if day is None:
            return self.say("kept-period", period=period)
        return self.say("kept-until", period=period, day=wording.day(day, self.voice.lang, weekday=False))

    def _period(self) -> list[Inline]:
        found = [(int(number), _UNITS[unit]) for number, unit in _PERIOD.findall(self.given.purge_after)]
        return [self.voice.say(f"document.privacy-{unit}", count=n, number=self.voice.number(n)) for n, unit in found]

    @property
    def review(self) -> Block:
        """That it must be read again before it is used."""
        return Callout("warning", self.say("review"), (Paragraph(self.say("review-why")),))

    def framed(self, title: Inline, label: Inline, blocks: tuple[Block, ...]) -> Document:
        """The document with these blocks."""
        return replace(communique.framed(self.programme, self.voice, None, self.today, title, blocks), label=label)


def basis(given: Privacy) -> Basis | None:
    """The ground of article 6 that the words of the programme name; None where they name none that is known."""
    words = given.legal_basis
    said = " ".join(filter(None, (words.plain, words.fr, words.en))) if words else ""
    folded = "".join(one for one in normalize("NFKD", said.casefold()) if one.isascii())
    return next((name for name, pattern in _WRITTEN if pattern.search(folded)), None)


def rights(ground: Basis | None) -> tuple[Right, ...]:
    """The rights that a ground gives; where it is not known, all of them."""
    chosen = _ALWAYS | _MORE[ground] if ground else frozenset(get_args(Right))
    return tuple(one for one in get_args(Right) if one in chosen)


def missing(given: Privacy) -> tuple[KeyPath, ...]:
    """The keys that the documents need and the programme does not give."""
    return tuple(("privacy", key) for key in NEEDED if not getattr(given, key.replace("-", "_")))
