"""By what an import knows somebody again who was forgotten: `webcycle.forgotten` keeps the marks of these texts."""

from __future__ import annotations

from collections.abc import Callable

from webcycle.forgotten import Forgotten
from webcycle.identity import key_of, keys
from webcycle.privacy.subject import Subject
from webcycle.records import Registration, Visit

LIKE = "like:"
"""Before what tells of somebody without saying for sure who it is: it is marked apart from their keys."""
WORD = "word:"
"""Before a name of one word that is nobody else's: it tells of them in the name of a file, of no row whose it is."""


def marked(subject: Subject) -> tuple[str, ...]:
    """The texts to mark: the person's keys; the forms of the names that nobody else bears, and tagged addresses without
    their tag, as what is like this person; and names of one word."""
    bare = (keys.untagged(one) for one in subject.addresses if keys.untagged(one) != one)
    alike = (f"{LIKE}{one}" for one in (*subject.forms, *bare))
    return (*subject.keys, *alike, *(f"{WORD}{one}" for one in subject.alone))


def standing(held: Forgotten) -> Callable[[Registration | Visit], tuple[str, str]]:
    """What a row of an import is to those who were forgotten, and by what it is known; two empty texts for nothing.

    "forgotten" is a row of one of them, with whatever "+tag"; "namesake" one without an address under such a name;
    "alike" one under such a name, or a like address, but with an address that is another.
    """

    def told(row: Registration | Visit) -> tuple[str, str]:
        if not held.marks:
            return "", ""
        key = key_of(row)
        bare = keys.untagged(key) if row.email.strip() else ""
        if held.holds(key) or held.holds(bare):
            return "forgotten", key
        like = any(held.holds(f"{LIKE}{one}") for one in (bare, *sorted(keys.forms(row.name))) if one)
        return ("alike" if bare else "namesake", key) if like else ("", "")

    return told
