"""A list of so many names through one writer, from nothing to the bytes: `names.py pdf 1000`."""

from __future__ import annotations

import sys
from importlib import import_module

from webcycle.documents.blocks import Column, Document, Inline, Table
from webcycle.documents.inline import plain

_COLUMNS = (
    Column(plain("N°"), "number"),
    *(Column(plain(title)) for title in ("Nom", "Organisation", "Adresse électronique", "Inscrit", "Présent")),
)


def listed(names: int) -> Document:
    """The list: six cells for each name."""
    table = Table("participants", plain("Participants"), _COLUMNS, tuple(map(_row, range(names))))
    return Document(title=plain("Liste des participants"), lang="fr", blocks=(table,))


def _row(number: int) -> tuple[Inline, ...]:
    minutes = "1 h 05" if number % 2 else "52 min"
    organisation = f"Commune de Ville-sur-Mer {number % 50}"
    told = (str(number), f"Prénom{number} Nom{number}", organisation, f"personne{number}@example.org", "oui", minutes)
    return tuple(map(plain, told))


if __name__ == "__main__":
    import_module(f"webcycle.documents.{sys.argv[1]}").render(listed(int(sys.argv[2])))
