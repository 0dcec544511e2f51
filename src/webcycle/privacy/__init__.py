"""What is held of a person, and a cycle's folder without that person or without anybody. Nothing is read or written."""

from __future__ import annotations

from webcycle.privacy.held import GOES, Files, Holding, Kind, held, personal, proof, unnamed, without
from webcycle.privacy.purging import FROZEN, LOG, PAGES, Purge, read_log, write_log
from webcycle.privacy.subject import JOURNAL, Subject, dump, load, normal, subject

__all__ = [
    "FROZEN",
    "GOES",
    "JOURNAL",
    "LOG",
    "PAGES",
    "Files",
    "Holding",
    "Kind",
    "Purge",
    "Subject",
    "dump",
    "held",
    "load",
    "normal",
    "personal",
    "proof",
    "read_log",
    "subject",
    "unnamed",
    "without",
    "write_log",
]
