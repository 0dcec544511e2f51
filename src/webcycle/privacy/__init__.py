"""What is held of a person, and a cycle's folder without that person or without anybody. Nothing is read or written."""

from __future__ import annotations

from webcycle.privacy.filenames import telling
from webcycle.privacy.held import GOES, Files, Holding, Kind, Names, held, maker, personal, unnamed, without
from webcycle.privacy.marks import marked, standing
from webcycle.privacy.proving import Proof, proof
from webcycle.privacy.purging import FIGURES, FROZEN, Purge, kept, missing, read_log, write_log
from webcycle.privacy.sharing import bearers
from webcycle.privacy.subject import JOURNAL, Subject, dump, load, normal, subject

__all__ = [
    "FIGURES",
    "FROZEN",
    "GOES",
    "JOURNAL",
    "Files",
    "Holding",
    "Kind",
    "Names",
    "Proof",
    "Purge",
    "Subject",
    "bearers",
    "dump",
    "held",
    "kept",
    "load",
    "maker",
    "marked",
    "missing",
    "normal",
    "personal",
    "proof",
    "read_log",
    "standing",
    "subject",
    "telling",
    "unnamed",
    "without",
    "write_log",
]
