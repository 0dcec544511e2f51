"""The published calendar: programme and ledger in, iCalendar bytes out (RFC 5545, 5546, 7986)."""

from webcycle.calendar.invitations import Recipient, file_name, invitation, method
from webcycle.calendar.ledger import Entry, Ledger, read_ledger, write_ledger
from webcycle.calendar.publication import Change, Publication, describe, feed, feed_name, plan, session_file
from webcycle.calendar.recovery import recover

__all__ = [
    "Change",
    "Entry",
    "Ledger",
    "Publication",
    "Recipient",
    "describe",
    "feed",
    "feed_name",
    "file_name",
    "invitation",
    "method",
    "plan",
    "read_ledger",
    "recover",
    "session_file",
    "write_ledger",
]
