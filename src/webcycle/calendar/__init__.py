"""The published calendar: programme and ledger in, iCalendar bytes out (RFC 5545, 5546, 7986)."""

from webcycle.calendar.invitations import Recipient, file_name, invitation, method, recipient_of, withdrawal
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
    "recipient_of",
    "recover",
    "session_file",
    "withdrawal",
    "write_ledger",
]
