"""The releases of a programme: of which document each is, and about what."""

from __future__ import annotations

from typing import Literal, get_args

from webcycle.programme import Programme, Release

Kind = Literal["programme", "session", "change", "minutes", "publication"]
KINDS: tuple[Kind, ...] = get_args(Kind)
OF_A_SESSION: frozenset[Kind] = frozenset({"session", "change", "minutes"})


def release_of(programme: Programme, kind: Kind, key: str | None = None) -> Release | None:
    """The release of that kind about the session or resource with that id; of several, the last in the programme.

    A publication's release that names no resource is about the only one that there is.
    """
    found = [one for one in programme.releases if one.kind == kind and _about(programme, one) == key]
    return found[-1] if found else None


def _about(programme: Programme, release: Release) -> str | None:
    if release.kind != "publication":
        return release.session
    only = programme.resources[0].id if len(programme.resources) == 1 else None
    return release.resource or only
