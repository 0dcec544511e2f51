"""IANA time zones, read from the `tzdata` package so that every machine gives the same instants."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata

_ROOT = Path(tzdata.__file__).parent


@cache
def names() -> frozenset[str]:
    """Every zone name of the IANA database, links included."""
    return frozenset((_ROOT / "zones").read_text("ascii").split())


@cache
def _tzif(name: str) -> bytes:
    if name not in names():
        raise KeyError(name)
    return _ROOT.joinpath("zoneinfo", *name.split("/")).read_bytes()


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of that name; KeyError when the database has none."""
    return ZoneInfo.from_file(io.BytesIO(_tzif(name)), key=name)


def footer(name: str) -> str:
    """The POSIX TZ rule that holds after the zone's last recorded change (RFC 8536, section 3.3)."""
    return _tzif(name).rsplit(b"\n", 2)[1].decode("ascii")


def readings(local: datetime, name: str) -> tuple[datetime, ...]:
    """The instants (aware, in that zone) that a clock on the wall shows as `local`.

    One as a rule; none in the hour that a clock change skips; two in the hour that it repeats.
    """
    tz = zone(name)
    both = tuple(local.replace(tzinfo=tz, fold=fold) for fold in (0, 1))
    real = tuple(one for one in both if one.astimezone(UTC).astimezone(tz).replace(tzinfo=None) == local)
    return real[:1] if len({one.utcoffset() for one in real}) == 1 else real


def shifted(local: datetime, name: str) -> tuple[datetime, datetime]:
    """The two instants meant by an hour that a clock change skips: read with the offset before it, and after it."""
    tz = zone(name)
    before, after = (local.replace(tzinfo=tz, fold=fold).astimezone(UTC).astimezone(tz) for fold in (0, 1))
    return before, after
