"""How dates, hours, numbers, lists and small words are written in French and in British English (CLDR by Babel)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from babel import Locale
from babel.dates import format_date, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_decimal

from webcycle import zones
from webcycle.errors import Language
from webcycle.programme import Slot
from webcycle.texts import say
from webcycle.values import Month

LOCALES = {"fr": Locale("fr"), "en": Locale("en", "GB")}


# ---- days and hours


def day(value: date, lang: Language, *, weekday: bool = True, year: bool = True) -> str:
    """ "lundi 26 octobre 2020", "mardi 1er juin 2021"; "Monday 26 October 2020"."""
    pattern = f"{'EEEE ' if weekday else ''}{_number_of(value, lang)} MMMM{' y' if year else ''}"
    return format_date(value, pattern, locale=LOCALES[lang])


def _number_of(value: date, lang: Language) -> str:
    return "d'er'" if lang == "fr" and value.day == 1 else "d"


def day_article(value: date, lang: Language, *, weekday: bool = True, year: bool = True) -> str:
    """ "le lundi 26 octobre 2020"; "Monday 26 October 2020"."""
    return say(lang, "wording.on-day", {"day": day(value, lang, weekday=weekday, year=year)})


def month(value: date | Month, lang: Language) -> str:
    """ "septembre 2020"; "September 2020"."""
    return format_date(date(value.year, value.month, 1), "MMMM y", locale=LOCALES[lang])


def issued(value: date | Month, lang: Language) -> str:
    """The day, without its weekday, or the month, of a publication."""
    return month(value, lang) if isinstance(value, Month) else day(value, lang, weekday=False)


def hour(value: time | datetime, lang: Language) -> str:
    """ "14h00"; "14:00"."""
    return say(lang, "wording.hour", {"hour": f"{value.hour:02}", "minute": f"{value.minute:02}"})


def hour_of_day(value: datetime, lang: Language) -> str:
    """An hour and its day, where that is not the one told before: "09h00 (mardi 27 octobre)"."""
    return say(lang, "wording.hour-of-day", {"hour": hour(value, lang), "day": day(value, lang, year=False)})


def hours(start: time | datetime, end: time | datetime, lang: Language) -> str:
    """ "de 14h00 à 16h00"; "14:00 to 16:00"."""
    return say(lang, "wording.hours", {"start": hour(start, lang), "end": hour(end, lang)})


def hours_of_days(slot: Slot, lang: Language) -> str:
    """The hours of a session that ends on another day: "de 22h00 (mardi 3 novembre) à 02h00 (vendredi 6 novembre)"."""
    ends = [hour_of_day(end, lang) for end in (slot.start, slot.end) if isinstance(end, datetime)]
    return say(lang, "wording.hours", {"start": ends[0], "end": ends[1]})


def span(slot: Slot, lang: Language, *, weekday: bool = True, year: bool = True) -> str:
    """When a session is: "le mercredi 18 novembre 2020 de 10h00 à 12h30", "du 21 au 22 septembre 2020"."""
    start, end = slot.start, slot.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return days(start, end, lang, weekday=weekday, year=year)
    first = day(start, lang, weekday=weekday, year=year)
    if last_day(start, end) == start.date():
        return say(lang, "wording.span", {"day": first, "hours": hours(start, end, lang)})
    last = day(end, lang, weekday=weekday, year=year)
    return say(
        lang, "wording.long-span", {"first": first, "start": hour(start, lang), "last": last, "end": hour(end, lang)}
    )


def last_day(start: datetime, end: datetime) -> date:
    """The day of the last minute: a session that ends at midnight is not one of two days."""
    return max(start, end - timedelta(minutes=1)).date()


def days(first: date, last: date, lang: Language, *, weekday: bool = True, year: bool = True) -> str:
    """From a day to a day, both included, the month and year said once: "du 21 au 22 septembre 2020"."""
    if first == last:
        return day_article(first, lang, weekday=weekday, year=year)
    end = day(last, lang, weekday=False, year=year)
    if (first.year, first.month) == (last.year, last.month):
        start = format_date(first, _number_of(first, lang), locale=LOCALES[lang])
    else:
        start = day(first, lang, weekday=False, year=year and first.year != last.year)
    return say(lang, "wording.days", {"first": start, "last": end})


def hours_elsewhere(slot: Slot, zone: str, others: Sequence[str], lang: Language) -> tuple[str, ...]:
    """The hours of a session of `zone` on the clocks of other zones, with the day where it is another one.

    "Guadeloupe : 09h00 à 11h00", "Nouméa : 00h00 (mardi 27 octobre) à 02h00". None for a session of whole days.
    """
    start, end = slot.start, slot.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return ()
    instants = [moment.replace(tzinfo=zones.zone(zone)) for moment in (start, end)]
    return tuple(_hours_in(other, instants, start.date(), lang) for other in others)


def _hours_in(zone: str, instants: Sequence[datetime], known: date, lang: Language) -> str:
    written = []
    for instant in instants:
        local = instant.astimezone(zones.zone(zone))
        if local.date() == known:
            written.append(hour(local, lang))
        else:
            known = local.date()
            told = {"hour": hour(local, lang), "day": day(known, lang, year=False)}
            written.append(say(lang, "wording.hour-of-day", told))
    start, end = written
    return say(lang, "wording.hours-elsewhere", {"place": place(zone, lang), "start": start, "end": end})


def place(zone: str, lang: Language) -> str:
    """The city or territory by which CLDR names a zone: "La Réunion", "Nouméa"."""
    return get_timezone_location(zones.zone(zone), locale=LOCALES[lang], return_city=True)


def country(code: str, lang: Language) -> str:
    """The name of a country by its ISO 3166 code."""
    return str(LOCALES[lang].territories[code])


# ---- numbers and lists


def number(value: float, lang: Language) -> str:
    """ "1 500" with a narrow no-break space; "1,500"."""
    return str(format_decimal(value, locale=LOCALES[lang]))


def at_least(value: int, lang: Language) -> str:
    """ "au moins 1 500"; "at least 1,500"."""
    return say(lang, "wording.at-least", {"number": number(value, lang)})


def more_than(value: int, lang: Language) -> str:
    """ "plus de 1 500"; "more than 1,500"."""
    return say(lang, "wording.more-than", {"number": number(value, lang)})


def ordinal(value: int, lang: Language, *, feminine: bool = False) -> str:
    """ "1er", "1re", "2e"; "1st", "2nd", "11th"."""
    if lang == "fr":
        return f"{value}{'e' if value != 1 else 're' if feminine else 'er'}"
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def joined(parts: Sequence[str], lang: Language) -> str:
    """A list in prose: "a, b et c"; "a, b and c"."""
    return format_list(list(parts), locale=LOCALES[lang])


# ---- small words

# What may stand before the first word without being one: CommonMark's marks, an opening quotation mark or bracket.
_OPENING = r"(?P<opening>(?:[*_\[(“\"]|«\s*)*)"
_ARTICLE = re.compile(_OPENING + r"(?P<article>les?)\s+(?P<rest>\S.*)", re.IGNORECASE | re.DOTALL)
_MARKED_ARTICLE = re.compile(_OPENING + r"(?P<article>les?)(?P<rest>(?:[*_]+|\]\S*)\s.*)", re.IGNORECASE | re.DOTALL)
# The h that does not keep a vowel from eliding, by the beginnings of the words that a programme is likely to name.
_MUTE_H = (
    "habil|habit|haïti|haleine|halt[eé]r|harmoni|hect|héb(?!é)|hégémoni|hélicop|hémi|hépat|hérault|herb|hérit|hés|hétéro|"
    "heur(?!t)|hexag|hist|hiv|hôm|homm|homo|honn|hono|hôp|hor(?!s|de)|hosp|hôt|huil|huiss|hum|hydr|hyg|hym|hyp"
)
# Words that begin with a vowel and yet take "de": onze, oui, yaourt and the like.
_KEEPS_E = r"onz|oui\b|ouistiti|uhlan|ululer|y[aeiou]"
_ELIDES = re.compile(_OPENING + rf"(?!{_KEEPS_E})(?:[aàâäeéèêëiîïoôöuùûüyœæ]|(?:{_MUTE_H}))", re.IGNORECASE)


def of(words: str, lang: Language) -> str:
    """ "des collectivités", "du Maroc", "de l’AECT", "d’une région"; "of the communes"."""
    return "".join(split_of(words, lang))


def split_of(words: str, lang: Language) -> tuple[str, str]:
    """The same in two: "des " and "« webinaires du guide »", the article out of the quotation and of its markup."""
    if lang == "en":
        return "of ", words
    before, after = _contracted(words, {"le": "du", "les": "des"})
    if before or after != words:
        return before, after
    return ("d’" if _ELIDES.match(words) else "de "), words


def at(words: str, lang: Language) -> str:
    """ "aux collectivités", "au Maroc", "à la jeunesse"; "to the communes"."""
    return "".join(split_at(words, lang))


def split_at(words: str, lang: Language) -> tuple[str, str]:
    """The same in two: "aux " and "collectivités"."""
    if lang == "en":
        return "to ", words
    before, after = _contracted(words, {"le": "au", "les": "aux"})
    return (before, after) if before or after != words else ("à ", words)


def _contracted(words: str, forms: dict[str, str]) -> tuple[str, str]:
    if found := _ARTICLE.fullmatch(words):
        return f"{forms[found['article'].lower()]} ", found["opening"] + found["rest"]
    if found := _MARKED_ARTICLE.fullmatch(words):
        return "", found["opening"] + forms[found["article"].lower()] + found["rest"]
    return "", words


def capital(words: str) -> str:
    """`words` with a capital at the beginning of a sentence, past opening marks: "le lundi" -> "Le lundi"."""
    found = re.match(_OPENING, words)
    at_letter = found.end() if found else 0
    return words[:at_letter] + words[at_letter : at_letter + 1].upper() + words[at_letter + 1 :]
