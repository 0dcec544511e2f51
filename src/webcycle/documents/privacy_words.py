"""What the notice and the register say alike: who decides, which data there are, who gets them, for how long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from webcycle.checks import owed
from webcycle.documents import communique, wording
from webcycle.documents.blocks import Block, Callout, Document, Inline, Paragraph
from webcycle.documents.voice import Voice, sentences
from webcycle.duties import kept_until
from webcycle.errors import KeyPath
from webcycle.programme import Programme
from webcycle.programme.options import Privacy

_PERIOD = re.compile(r"(\d+)([YMWD])")
_UNITS = {"Y": "years", "M": "months", "W": "weeks", "D": "days"}

NEEDED = ("purpose", "legal-basis", "recipients", "dpo", "transfers")
"""The keys of `[privacy]` that both documents need (GDPR, articles 13, 14 and 30)."""


@dataclass(frozen=True, slots=True)
class Files:
    """What was found of webcycle's personal files on the day of the paper: whether there are any, whether people are
    still held in records, and the codes of what `webcycle.personal` found wrong with how they are kept.

    None: nobody looked, or nobody could.
    """

    present: bool | None = None
    records: bool | None = None
    faults: frozenset[str] | None = None


UNSEEN = Files()
"""Nobody looked at them."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What both are made from: the programme, the voice of the document, its day, and the files of that day."""

    programme: Programme
    voice: Voice
    today: date
    files: Files = UNSEEN

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

    def lack(self, name: str) -> Inline:
        """What nobody but the controller knows, marked as to be completed."""
        return self.say("to-complete", what=self.say(f"lack-{name}"))

    @property
    def recorded(self) -> bool:
        """Whether sessions are recorded, as far as the programme tells."""
        return self.replayed or self.programme.retention.recordings is not None

    @property
    def replayed(self) -> bool:
        """Whether readers are given recordings."""
        return owed.records(self.programme) or any(one.kind == "recordings" for one in self.programme.links)

    @property
    def signed(self) -> bool:
        """Whether people come to a place, where they may have to sign."""
        return any(one.mode != "online" and one.status != "cancelled" for one in self.programme.sessions)

    @property
    def shown(self) -> Inline:
        """Who sees and hears the people of a recording."""
        return sentences((self.say("recorded-online" if self.replayed else "recorded"), self.lack("recording")))

    @property
    def kept(self) -> tuple[Inline, ...]:
        """How long each kind of data is kept: what is known of it, and what the controller must add."""
        return tuple(self._kept())

    def _kept(self) -> Iterator[Inline]:
        yield self._records()
        if self.recorded:
            yield self.say("kept-recordings", kept=sentences(tuple(self._recordings())))
        if self.signed:
            yield self.say("kept-signatures", kept=self.lack("signatures"))
        beside = self.platforms
        said = self.say("kept-tools-named", platforms=beside) if beside else self.say("kept-tools")
        yield sentences((said, self.lack("tools")))

    def _records(self) -> Inline:
        """Until a day where the last session has one, else so long after it; a day that is past is told as past."""
        period, day = self._period(self.given.purge_after), kept_until(self.programme)
        if day is None:
            return self.say("kept-period", period=period)
        over = {True: "kept-overdue", False: "kept-over", None: "kept-past"}[self.files.records]
        key = over if day < self.today else "kept-until"
        return self.say(key, period=period, day=wording.day(day, self.voice.lang, weekday=False))

    def _recordings(self) -> Iterator[Inline]:
        if period := self.programme.retention.recordings:
            yield self.say("kept-platform", period=self._period(period))
        yield self.lack("recording-period")

    def _period(self, period: str) -> Inline:
        found = [(int(number), _UNITS[unit]) for number, unit in _PERIOD.findall(period)]
        said = [self.voice.say(f"document.privacy-{unit}", count=n, number=self.voice.number(n)) for n, unit in found]
        return self.voice.listed(said)

    @property
    def review(self) -> Block:
        """That it must be read again before it is used."""
        return Callout("warning", self.say("review"), (Paragraph(self.say("review-why")),))

    def framed(self, title: Inline, label: Inline, blocks: tuple[Block, ...]) -> Document:
        """The document with these blocks."""
        return replace(communique.framed(self.programme, self.voice, None, self.today, title, blocks), label=label)


def overdue(programme: Programme, today: date, files: Files) -> date | None:
    """The day by which records of people that are still there should have been deleted; None where they need not."""
    day = kept_until(programme)
    return day if files.records and day is not None and day < today else None


def missing(given: Privacy) -> tuple[KeyPath, ...]:
    """The keys that the documents need and the programme does not give."""
    return tuple(("privacy", key) for key in NEEDED if not getattr(given, key.replace("-", "_")))
