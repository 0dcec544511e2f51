"""The kinds of value that a programme is made of, each refused where it is wrong rather than where it is used."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, ValidationError, core_schema

from webcycle import zones
from webcycle.errors import Language

_Date = TypeVar("_Date", bound=date)

Moment = date | datetime
"""A day, or a day and an hour on the clocks of the cycle's zone (no offset)."""


def day_of(moment: Moment) -> date:
    """The day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


MAX_LINE = 500
MAX_PROSE = 20_000

# Windows refuses these as file names, whatever the ending.
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# The valid e-mail address of the HTML Living Standard, section 4.10.5.1.5; with at least one dot in the host.
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")
# C0 and C1 controls but tab and newline, the two Unicode line separators, and lone surrogates.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_DURATION = r"(?:(\d{1,3})\s?h\s?(?:(\d{1,2})(?:\s?min|\s?m)?)?|(\d{1,4})\s?(?:min|m))"
_PERIOD = r"P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?"
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_MONTH = r"(\d{4})-(0[1-9]|1[0-2])"
_COUNTRIES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR "
    "GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT "
    "JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO "
    "TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split()
)


def positioned(title: str, *errors: tuple[str, tuple[str | int, ...], dict[str, str]]) -> ValidationError:
    """A Pydantic error that names, for each of (code, key path, values), the key that is wrong."""
    return ValidationError.from_exception_data(
        title,
        [
            InitErrorDetails(type=PydanticCustomError(code, "{code}", {"code": code, **values}), loc=loc, input=None)
            for code, loc, values in errors
        ],
    )


def wrong(code: str, **values: str) -> PydanticCustomError:
    """A Pydantic error with a code of ours; the sentence is in `webcycle.texts`."""
    return PydanticCustomError(code, "{code}", {"code": code, **values})


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year, where no day is known."""

    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Text:
    """Words that a reader sees: either in the cycle's language (`plain`), or one string a language."""

    plain: str | None = None
    fr: str | None = None
    en: str | None = None

    def pick(self, lang: Language, own: Language) -> tuple[str, Language]:
        """The words for a reader of `lang`, and the language that they are in; `own` is the cycle's language."""
        if self.plain is not None:
            return self.plain, own
        other: Language = "en" if lang == "fr" else "fr"
        here, there = getattr(self, lang), getattr(self, other)
        return (here, lang) if here is not None else (there, other)


def _words(value: object, limit: int, *, one_line: bool) -> str:
    if not isinstance(value, str):
        raise wrong("text-type", found=type(value).__name__)
    if not value.strip():
        raise wrong("blank-text")
    if len(value) > limit:
        raise wrong("text-too-long", length=str(len(value)), limit=str(limit))
    if one_line and ("\n" in value or "\t" in value):
        raise wrong("line-break")
    if found := _CONTROL.search(value):
        raise wrong("control-character", character=f"U+{ord(found[0]):04X}")
    return value


def _text(limit: int, *, one_line: bool) -> Callable[[Any], Text]:
    def read(value: Any) -> Text:
        if isinstance(value, Text):
            return value
        if not isinstance(value, dict):
            return Text(plain=_words(value, limit, one_line=one_line))
        if unknown := [key for key in value if key not in ("fr", "en")]:
            raise positioned("Text", *(("unknown-language", (key,), {"found": key}) for key in unknown))
        if not value:
            raise wrong("blank-text")
        found: dict[str, str] = {}
        for lang, words in value.items():
            try:
                found[lang] = _words(words, limit, one_line=one_line)
            except PydanticCustomError as problem:
                values = {name: text for name, text in (problem.context or {}).items() if name != "code"}
                raise positioned("Text", (problem.type, (lang,), values)) from None
        return Text(**found)

    return read


def _line(value: Any) -> str:
    return _words(value, MAX_LINE, one_line=True)


def _slug(value: Any) -> str:
    if not isinstance(value, str) or not _SLUG.fullmatch(value):
        raise wrong("slug", found=str(value)[:80])
    if value in _RESERVED:
        raise wrong("reserved-slug", found=value)
    return value


def _zone(value: Any) -> str:
    if not isinstance(value, str) or value not in zones.names():
        raise wrong("unknown-zone", found=str(value)[:80])
    return value


def is_email(value: str) -> bool:
    """Whether this is a valid e-mail address of the HTML Living Standard, at most 254 octets (RFC 5321)."""
    return len(value) <= 254 and bool(_EMAIL.fullmatch(value))


def _email(value: Any) -> str:
    if not isinstance(value, str) or not is_email(value):
        raise wrong("email", found=str(value)[:80])
    return value


def _country(value: Any) -> str:
    if not isinstance(value, str) or value not in _COUNTRIES:
        raise wrong("unknown-country", found=str(value)[:80])
    return value


def address(value: str) -> str | None:
    """`value` as an ASCII http, https or mailto address (RFC 3986), or None when it is not one.

    Accents in a path are percent-encoded and in a host name IDNA-encoded, as browsers do. A user name or password in
    the address is refused: it would be published.
    """
    from urllib.parse import quote, urlsplit, urlunsplit  # noqa: PLC0415 - many programmes have no address yet

    try:
        parts = urlsplit(value)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if value != value.strip() or re.search(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff<>\"\\^`{|}]", value):
        return None
    if parts.scheme == "mailto":
        return value if is_email(parts.path) and value.isascii() else None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    try:
        netloc = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return None
    if ":" in netloc:
        netloc = f"[{netloc}]"
    rest = (quote(part, safe="%/:=&?~#+!$,;'@()*[]") for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, netloc if port is None else f"{netloc}:{port}", *rest))


def _url(value: Any) -> str:
    found = address(value) if isinstance(value, str) and len(value) <= 2000 else None
    if found is None:
        raise wrong("url", found=str(value)[:80])
    return found


def _near(value: _Date) -> _Date:
    # The first and the last year of Python's calendar overflow in another zone.
    if not 1900 <= value.year <= 2199:
        raise wrong("unlikely-year", found=value.isoformat())
    return value


def _moment(value: Any) -> Moment:
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise wrong("offset-time", found=value.isoformat())
        return _near(value)
    if isinstance(value, date):
        return _near(value)
    raise wrong("moment", found=str(value)[:40])


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return _near(value)
    raise wrong("day", found=str(value)[:40])


def _issue_day(value: Any) -> date | Month:
    if isinstance(value, str) and (match := re.fullmatch(_MONTH, value)):
        return Month(int(match[1]), int(match[2]))
    return _day(value)


def _clock(value: Any) -> time:
    if isinstance(value, time) and value.tzinfo is None:
        return value
    raise wrong("clock", found=str(value)[:40])


def duration(value: Any) -> timedelta:
    """A length such as "2h30", "2h", "90 min"; longer than nothing, at most a week."""
    match = re.fullmatch(_DURATION, value.strip()) if isinstance(value, str) else None
    if match is None:
        raise wrong("duration", found=str(value)[:40])
    hours, minutes, alone = (int(part or 0) for part in match.groups())
    length = timedelta(hours=hours, minutes=minutes + alone)
    if not timedelta() < length <= timedelta(days=7) or (hours and minutes > 59):
        raise wrong("duration", found=value)
    return length


def _period(value: Any) -> str:
    match = re.fullmatch(_PERIOD, value) if isinstance(value, str) else None
    if match is None or not any(int(part or 0) for part in match.groups()):
        raise wrong("period", found=str(value)[:40])
    return str(value)


def after(day: date, period: str) -> date:
    """The day that lies an ISO 8601 period after another; the day of a month that lacks it is that month's last."""
    amounts = {unit: int(number) for number, unit in re.findall(r"(\d+)([YMWD])", period)}
    months = day.year * 12 + day.month - 1 + 12 * amounts.get("Y", 0) + amounts.get("M", 0)
    year, month = divmod(months, 12)
    last = min(day.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, last) + timedelta(weeks=amounts.get("W", 0), days=amounts.get("D", 0))


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of value for Pydantic: what reads it, and its JSON Schema.

    It does what `PlainValidator` and `WithJsonSchema` do, without the search for a serialiser that each use of them
    costs: half of the time that a model of this size takes to build.
    """

    read: Callable[[Any], Any]
    json: Mapping[str, Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The validator."""
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The JSON Schema."""
        return dict(self.json)


def _asset(value: Any) -> str:
    parts = value.split("/") if isinstance(value, str) else []
    if not parts or any(part in ("", ".", "..") for part in parts) or "\\" in value or ":" in value:
        raise wrong("asset", found=str(value)[:80])
    return _line(value)


def _colour(value: Any) -> str:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise wrong("colour", found=str(value)[:40])
    return value.lower()


def _wording(value: Any) -> dict[str, str]:
    """Sentences by their keys, each key from the names of its tables: {"document.contact": "Contacts"}."""
    if not isinstance(value, dict):
        raise wrong("wording")
    return dict(_sentences(value, ()))


def _sentences(table: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key, words in table.items():
        here = (*path, key)
        if isinstance(words, dict):
            yield from _sentences(words, here)
            continue
        try:
            yield ".".join(here), _words(words, MAX_PROSE, one_line=False)
        except PydanticCustomError as problem:
            values = {name: text for name, text in (problem.context or {}).items() if name != "code"}
            raise positioned("Wording", (problem.type, here, values)) from None


def _string(read: Callable[[Any], Any], **more: Any) -> Kind:
    return Kind(read, {"type": "string", **more})


def _translated(limit: int, *, one_line: bool) -> Kind:
    words = {"type": "string", "minLength": 1, "maxLength": limit, **({"pattern": r"^[^\n\t]*$"} if one_line else {})}
    languages = {"type": "object", "properties": {"fr": words, "en": words}, "additionalProperties": False}
    return Kind(_text(limit, one_line=one_line), {"anyOf": [words, {**languages, "minProperties": 1}]})


Title = Annotated[Text, _translated(MAX_LINE, one_line=True)]
Prose = Annotated[Text, _translated(MAX_PROSE, one_line=False)]
Line = Annotated[str, _string(_line, minLength=1, maxLength=MAX_LINE)]
Slug = Annotated[str, _string(_slug, pattern=f"^{_SLUG.pattern}$")]
Zone = Annotated[str, _string(_zone, examples=["Europe/Paris", "Indian/Reunion"])]
Email = Annotated[str, _string(_email, format="email")]
Url = Annotated[str, _string(_url, format="uri")]
Country = Annotated[str, _string(_country, enum=sorted(_COUNTRIES))]
When = Annotated[Moment, _string(_moment, examples=["2020-10-26T14:00:00", "2020-10-26"])]
Day = Annotated[date, _string(_day, format="date")]
DayOrMonth = Annotated[date | Month, _string(_issue_day, examples=["2020-09-28", "2020-09"])]
Clock = Annotated[time, _string(_clock, examples=["15:45:00"])]
Duration = Annotated[timedelta, _string(duration, examples=["2h30", "90 min"])]
Period = Annotated[str, _string(_period, pattern=f"^{_PERIOD}$", examples=["P6M"])]

Asset = Annotated[str, _string(_asset, examples=["style/logo.png"])]
Colour = Annotated[str, _string(_colour, pattern=f"^{_COLOUR.pattern}$", examples=["#1f4e79"])]
Wording = Annotated[
    dict[str, str],
    Kind(_wording, {"type": "object", "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "object"}]}}),
]


def slugify(words: str) -> str:
    """A slug made from words: ASCII letters, digits and hyphens, at most 40 characters; "" when nothing is left."""
    import unicodedata  # noqa: PLC0415 - only a new id needs it

    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].rstrip("-")
