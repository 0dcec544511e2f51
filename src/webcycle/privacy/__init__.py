"""What is held of a person, and a cycle's folder without that person or without anybody. Nothing is read or written."""

from __future__ import annotations

from webcycle.privacy.held import (
    GOES,
    Files,
    Holding,
    Kind,
    held,
    maker,
    naming,
    personal,
    proof,
    unnamed,
    unread,
    without,
)
from webcycle.privacy.marks import marked, standing
from webcycle.privacy.purging import FIGURES, FROZEN, Purge, kept, read_log, write_log
from webcycle.privacy.subject import JOURNAL, Subject, dump, load, normal, subject

__all__ = [
    "FIGURES",
    "FROZEN",
    "GOES",
    "JOURNAL",
    "Files",
    "Holding",
    "Kind",
    "Purge",
    "Subject",
    "dump",
    "held",
    "kept",
    "load",
    "maker",
    "marked",
    "naming",
    "normal",
    "personal",
    "proof",
    "read_log",
    "standing",
    "subject",
    "unnamed",
    "unread",
    "without",
    "write_log",
]
