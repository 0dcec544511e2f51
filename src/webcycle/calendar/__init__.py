"""The published calendar: programme and ledger in, iCalendar bytes out (RFC 5545, 5546, 7986)."""

from webcycle.calendar.ledger import Entry, Ledger, read_ledger, write_ledger
from webcycle.calendar.publication import Change, Publication, describe, feed, plan, session_file

__all__ = [
    "Change",
    "Entry",
    "Ledger",
    "Publication",
    "describe",
    "feed",
    "plan",
    "read_ledger",
    "session_file",
    "write_ledger",
]
