"""Counts of persons made safe to print: what is under a threshold is neither shown nor to be worked out from the rest.

The rule, for a threshold k: a count of 1 to k-1 is hidden, and so is whatever would give it away by adding, subtracting
or dividing; 0 is shown; a share is hidden with its count. Sources: CMS cell size suppression policy (k = 11,
https://www.hhs.gov/guidance/document/cms-cell-suppression-policy); INSEE, secret statistique (k = 11 for tax data of
persons).

The reader from whom a count is hidden knows the published totals, that persons are whole and not negative, the
threshold, and that 0 is never hidden while anything is shown. Hidden is what such a reader cannot know exactly; a range
may be known. One sign has to stand for all that is hidden: to tell a small count from one that covers it undoes this.
"""

from __future__ import annotations

from webcycle.disclosure.lists import Groups, Tail, groups, tail
from webcycle.disclosure.overlaps import Overlap, overlap
from webcycle.disclosure.rule import is_small, rate, shown

__all__ = ["Groups", "Overlap", "Tail", "groups", "is_small", "overlap", "rate", "shown", "tail"]
