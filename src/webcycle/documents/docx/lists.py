"""The numbering of lists: bullets, arrows before links, and numbers that begin anew with each list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from webcycle.documents.docx.wml import Element, W, Xml, parsed, w

Marker = Literal["bullet", "arrow", "number"]

STEP = 340
"""How far each level is set in, in twentieths of a point."""
DEEPEST = 8
"""The last level that Word knows, counted from 0."""

_BULLETS = ("•", "–")


@dataclass(frozen=True, slots=True)
class Numbering:
    """The lists of a document: `root` is its w:numbering; those of a letterhead stay as they are."""

    root: Element
    colour: str
    kinds: dict[Marker, int] = field(default_factory=dict)
    shared: dict[Marker, int] = field(default_factory=dict)

    def unordered(self, marker: Literal["bullet", "arrow"]) -> int:
        """The number of the list that all of this kind share."""
        if marker not in self.shared:
            self.shared[marker] = self._list(marker)
        return self.shared[marker]

    def ordered(self, start: int, depth: int) -> int:
        """The number of a new list that counts from `start` at that level."""
        begun = w("startOverride", val=start)
        return self._list("number", w("lvlOverride", begun, ilvl=min(depth, DEEPEST)))

    def _list(self, marker: Marker, *overrides: Xml) -> int:
        kind = self._kind(marker)
        number = self._next("num", "numId")
        self.root.append(parsed(w("num", w("abstractNumId", val=kind), *overrides, numId=number)))
        return number

    def _kind(self, marker: Marker) -> int:
        if marker not in self.kinds:
            number = self._next("abstractNum", "abstractNumId")
            levels = (_level(marker, depth, self.colour) for depth in range(DEEPEST + 1))
            made = w("abstractNum", w("multiLevelType", val="multilevel"), *levels, abstractNumId=number)
            # Every w:abstractNum stands before the first w:num.
            self.root.insert(len(self.root.findall(W + "numPicBullet")) + self._count("abstractNum"), parsed(made))
            self.kinds[marker] = number
        return self.kinds[marker]

    def _count(self, tag: str) -> int:
        return len(self.root.findall(W + tag))

    def _next(self, tag: str, identity: str) -> int:
        taken = (one.get(W + identity, "") for one in self.root.findall(W + tag))
        return 1 + max((int(number) for number in taken if number.isdecimal()), default=0)


def _level(marker: Marker, depth: int, colour: str) -> Xml:
    marks = {"bullet": _BULLETS[depth % 2], "arrow": "→", "number": f"%{depth + 1}."}
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="decimal" if marker == "number" else "bullet"),
        w("lvlText", val=marks[marker]),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=STEP * (depth + 1), hanging=STEP)),
        w("rPr", *((w("b"),) if marker == "number" else ()), w("color", val=colour)),
        ilvl=depth,
    )
