"""The commonest ways to name a day in Swedish and English, as a table of patterns.

Pure and strict: a phrase is read whole or not at all, so that no ordinary word is taken for a date. Each row says
how much company its phrase needs to count as a date at the end of a sentence. Dates are read day first (3/4 is
the third of April), as Swedes write them.
"""

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Final

import holidays


class Reach(IntEnum):
    """Where a phrase counts as a date."""

    ALONE = 0
    """Only as the whole answer to "when?": "2 veckor"."""
    MARKED = 1
    """Also after a comma or "senast": "vecka 48"."""
    ENDING = 2
    """Also at the end of a sentence with some words before it: "Boka lokal 15 mars"."""
    ADVERB = 3
    """Anywhere at the end: "Ring på fredag"."""


FRIDAY: Final = 4
_WEEKDAY_NAMES: Final = (
    ("måndag måndagen monday", "mån mon"),
    ("tisdag tisdagen tuesday", "tis tue tues"),
    ("onsdag onsdagen wednesday", "ons wed"),
    ("torsdag torsdagen thursday", "tor tors thu thur thurs"),
    ("fredag fredagen friday", "fre fri"),
    ("lördag lördagen saturday", "lör sat"),
    ("söndag söndagen sunday", "sön sun"),
)
_LONG_WEEKDAYS: Final = {
    name: number for number, (names, _) in enumerate(_WEEKDAY_NAMES) for name in names.split()
}
_WEEKDAYS: Final = _LONG_WEEKDAYS | {
    name: number for number, (_, names) in enumerate(_WEEKDAY_NAMES) for name in names.split()
}
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb febr",
            "mars march mar",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "augusti august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_NUMBERS: Final = {
    name: number
    for number, names in {
        1: "en ett a an one",
        2: "två two",
        3: "tre three",
        4: "fyra four",
        5: "fem five",
        6: "sex six",
        7: "sju seven",
        8: "åtta eight",
        9: "nio nine",
        10: "tio ten",
        11: "elva eleven",
        12: "tolv twelve",
        14: "fjorton fourteen",
        15: "femton fifteen",
        20: "tjugo twenty",
        30: "trettio thirty",
    }.items()
    for name in names.split()
} | {"ett par": 2, "a couple of": 2}
_UNITS: Final = {
    name: unit
    for unit, names in {
        "day": "dag dagar day days",
        "week": "v vecka veckor week weeks",
        "month": "mån månad månader month months",
        "year": "år year years",
    }.items()
    for name in names.split()
}


def _on_weekday(start: date, weekday: int, *, strictly_after: bool) -> date:
    days = (weekday - start.weekday()) % 7
    return start + timedelta(days=7 if strictly_after and not days else days)


def _christmas_eve(year: int) -> date:
    return date(year, 12, 24)


def _new_years_eve(year: int) -> date:
    return date(year, 12, 31)


def _midsummer_eve(year: int) -> date:
    return _on_weekday(date(year, 6, 19), FRIDAY, strictly_after=False)


def _good_friday(year: int) -> date:
    named = holidays.country_holidays("SE", years=year, language="sv")
    return min(day for day, name in named.items() if name == "Långfredagen")


_FESTIVALS: Final[Mapping[str, Callable[[int], date]]] = {
    **dict.fromkeys(("jul", "julen", "julafton", "christmas", "christmas eve"), _christmas_eve),
    **dict.fromkeys(("nyår", "nyårsafton", "new year", "new year's eve"), _new_years_eve),
    **dict.fromkeys(("påsk", "påsken", "easter"), _good_friday),
    **dict.fromkeys(("midsommar", "midsommarafton", "midsummer", "midsummer eve"), _midsummer_eve),
}
"""The day on which each begins."""


Reader = Callable[[re.Match[str], date], date | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of naming a day: its pattern, where it counts, and how it is read."""

    pattern: re.Pattern[str]
    reach: Reach
    read: Reader


def read_day(phrase: str, today: date) -> tuple[date | None, Reach] | None:
    """What a phrase in lower case names: ``None`` when it is no date phrase, ``(None, …)`` for a day that cannot be."""
    for rule in RULES:
        if found := rule.pattern.fullmatch(phrase):
            try:
                return rule.read(found, today), rule.reach
            except (ValueError, OverflowError):  # the 31st of June, week 54, a year beyond the calendar
                return None, rule.reach
    return None


def names_month(phrase: str) -> bool:
    """Whether a month stands in it by name."""
    return not _MONTHS.keys().isdisjoint(_letters(phrase))


def fits_weekday(phrase: str, day: date) -> bool:
    """Whether every weekday named in it is that of the day."""
    return all(_WEEKDAYS.get(each, day.weekday()) == day.weekday() for each in _letters(phrase))


def _letters(phrase: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", phrase)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _year(found: re.Match[str]) -> int | None:
    raw = found["y"]
    return None if raw is None else int(raw) + (2000 if len(raw) < len("2000") else 0)


def _checked(day: date, found: re.Match[str]) -> date | None:
    """A weekday said together with a date must be right: otherwise we do not know which of them is meant."""
    said = found["wd"]
    return day if said is None or _WEEKDAYS[said] == day.weekday() else None


def _this_or_next(month: int, day: int, today: date) -> date:
    """The next such day from today on; the 29th of February waits for a leap year."""
    for year in range(today.year, today.year + 9):
        if 0 < day <= calendar.monthrange(year, month)[1] and date(year, month, day) >= today:
            return date(year, month, day)
    raise ValueError("no such day in any year")


def _month_day(found: re.Match[str], today: date) -> date | None:
    month = _MONTHS[found["mon"]] if "mon" in found.re.groupindex else int(found["m"])
    year, day = _year(found), int(found["d"])
    return _checked(date(year, month, day) if year else _this_or_next(month, day, today), found)


def _iso(found: re.Match[str], _today: date) -> date | None:
    return _checked(date(int(found["y"]), int(found["m"]), int(found["d"])), found)


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    day = int(found["d"])
    months = (_add_months(today.replace(day=1), ahead) for ahead in range(3))
    days = (
        first.replace(day=day) for first in months if day <= calendar.monthrange(first.year, first.month)[1]
    )
    return next((each for each in days if each >= today), None)


def _weekday(found: re.Match[str], today: date) -> date:
    return _on_weekday(today, _WEEKDAYS[found["wd"]], strictly_after=True)


def _this_weekday(found: re.Match[str], today: date) -> date:
    return _on_weekday(today, _WEEKDAYS[found["wd"]], strictly_after=False)


def _weekday_in_weeks(found: re.Match[str], today: date) -> date:
    """A weekday of a coming calendar week: "nästa fredag", "fredag nästa vecka", "fredag om två veckor"."""
    weeks = _count(found["n"]) if "n" in found.re.groupindex else 1
    weekday = found["wd"] if "wd" in found.re.groupindex else None
    return _monday(today) + timedelta(days=7 * weeks + (_WEEKDAYS[weekday] if weekday else FRIDAY))


def _week(found: re.Match[str], today: date) -> date:
    """A weekday (Friday unless said) of a numbered ISO week."""
    week, year = int(found["w"]), _year(found)
    weekday = _WEEKDAYS[found["wd"]] if found["wd"] else FRIDAY
    if year:
        return date.fromisocalendar(year, week, weekday + 1)
    first = today.isocalendar().year
    for each in range(first, first + 8):
        try:
            day = date.fromisocalendar(each, week, weekday + 1)
        except ValueError:  # only some years have a week 53
            continue
        if day >= today:
            return day
    raise ValueError("no such week")


def _end_of_week(_found: re.Match[str], today: date) -> date:
    return _on_weekday(today, FRIDAY, strictly_after=False)


def _count(said: str) -> int:
    return _NUMBERS.get(said) or int(said)


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _end_of_named_month(found: re.Match[str], today: date) -> date:
    month, year = _MONTHS[found["mon"]], _year(found)
    first = date(year or today.year, month, 1)
    return _end_of_month(first if year or month >= today.month else _add_months(first, 12))


def _later(found: re.Match[str], today: date) -> date:
    count, unit = _count(found["n"]), _UNITS[found["unit"]]
    if unit in ("day", "week"):
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    return _add_months(today, count * (12 if unit == "year" else 1))


def _festival(found: re.Match[str], today: date) -> date:
    """The day it begins, or the day before that when it is to be done before."""
    earlier = timedelta(days=1 if found["before"] else 0)
    begins = _FESTIVALS[found["feast"]]
    day = begins(today.year) - earlier
    return day if day >= today else begins(today.year + 1) - earlier


def _in_days(days: int) -> Reader:
    return lambda _found, today: today + timedelta(days=days)


def _one_of(words: Mapping[str, object]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_PIECES: Final = {
    "WD?": rf"(?:(?:på |on )?(?P<wd>{_one_of(_WEEKDAYS)})\.?,? )?",
    "WD": rf"(?P<wd>{_one_of(_WEEKDAYS)})",
    "LONGWD": rf"(?P<wd>{_one_of(_LONG_WEEKDAYS)})",
    "MON": rf"(?P<mon>{_one_of(_MONTHS)})\.?",
    "D": r"(?P<d>[0-3]?[0-9])(?::?[ea]|st|nd|rd|th)?",
    "Y?": r"(?:,? (?P<y>[0-9]{4}))?",
    "N": rf"(?P<n>[0-9]{{1,3}}|{_one_of(_NUMBERS)})",
    "UNIT": rf"(?P<unit>{_one_of(_UNITS)})",
    "WEEK": r"(?:(?:i |in )?(?:vecka |week |v\.? ?)(?P<w>[0-5]?[0-9]))",
    "NEXTWEEK": r"(?:(?:i |in )?(?:nästa vecka|next week))",
    "FEAST": rf"(?P<feast>{_one_of(_FESTIVALS)})",
}


def _rule(pattern: str, reach: Reach, read: Reader) -> Rule:
    whole = re.sub(r"<([A-Z]+\??)>", lambda piece: _PIECES[piece[1]], pattern)
    return Rule(re.compile(whole), reach, read)


RULES: Final = (
    _rule(r"<WD?>(?P<y>[0-9]{4})(?P<sep>[-/]?)(?P<m>[0-9]{2})(?P=sep)(?P<d>[0-9]{2})", Reach.ENDING, _iso),
    _rule(r"(?:i ?dag|i ?kväll|today|tonight)", Reach.ADVERB, _in_days(0)),
    _rule(r"(?:i ?morgon|i ?morron|tomorrow)", Reach.ADVERB, _in_days(1)),
    _rule(r"(?:i ?övermorgon|(?:the )?day after tomorrow)", Reach.ADVERB, _in_days(2)),
    _rule(r"(?:nu )?(?:på|on) <WD>", Reach.ADVERB, _weekday),
    _rule(r"<LONGWD>", Reach.ENDING, _weekday),
    _rule(r"<WD>", Reach.MARKED, _weekday),
    _rule(r"(?:nu|denna|den här|den|this|kommande|coming) <WD>", Reach.MARKED, _this_weekday),
    _rule(r"(?:på |on )?(?:nästa|next) <WD>", Reach.ENDING, _weekday_in_weeks),
    _rule(r"(?:på |on )?<WD> <NEXTWEEK>", Reach.ENDING, _weekday_in_weeks),
    _rule(r"(?:på |on )?<WD> (?:om|in) <N> (?:v|vecka|veckor|weeks?)", Reach.ENDING, _weekday_in_weeks),
    _rule(r"(?:på |on )?<WD>,? <WEEK><Y?>", Reach.ENDING, _week),
    _rule(r"<WD?><WEEK><Y?>", Reach.MARKED, _week),
    _rule(r"<NEXTWEEK>", Reach.ENDING, _weekday_in_weeks),
    _rule(r"(?:i )?slutet av nästa vecka|(?:at )?(?:the )?end of next week", Reach.ENDING, _weekday_in_weeks),
    _rule(r"(?:i )?slutet av veckan|(?:at )?(?:the )?end of (?:the|this) week", Reach.ADVERB, _end_of_week),
    _rule(r"(?:denna|den här|this) (?:vecka|veckan|week)|i veckan", Reach.MARKED, _end_of_week),
    _rule(r"(?:om|inom|in|within) <N> ?<UNIT>", Reach.ADVERB, _later),
    _rule(r"<N> <UNIT> from (?:now|today)", Reach.ENDING, _later),
    _rule(r"<N> ?<UNIT>", Reach.ALONE, _later),
    _rule(r"<WD?>(?:på |on )?(?:den |the )?<D>\.?(?: of)? <MON><Y?>", Reach.ENDING, _month_day),
    _rule(r"<WD?>(?:on )?<MON> (?:the )?<D><Y?>", Reach.ENDING, _month_day),
    _rule(
        r"<WD?>(?:den )?(?P<d>[0-3]?[0-9])/(?P<m>[01]?[0-9])(?:[ /-](?P<y>[0-9]{4}|[0-9]{2}))?",
        Reach.MARKED,
        _month_day,
    ),
    _rule(
        r"<WD?>(?:den )?(?P<d>[0-3]?[0-9])\.(?P<m>[01]?[0-9])\.?(?:(?<=\.)(?P<y>[0-9]{4}))?",
        Reach.MARKED,
        _month_day,
    ),
    _rule(r"(?:on )?(?:den|the) <D>", Reach.MARKED, _day_of_month),
    _rule(
        r"(?:i |vid )?(?:slutet av månaden|månadsskiftet|månadens slut)|(?:at )?(?:the )?end of (?:the|this) month",
        Reach.ADVERB,
        lambda _found, today: _end_of_month(today),
    ),
    _rule(
        r"(?:i )?(?:slutet av|sista|at the end of|the end of|end of) <MON><Y?>",
        Reach.ADVERB,
        _end_of_named_month,
    ),
    _rule(
        r"(?:i )?(?:slutet av )?nästa månad|(?:at )?(?:the )?(?:end of )?next month",
        Reach.ENDING,
        lambda _found, today: _end_of_month(_add_months(today.replace(day=1), 1)),
    ),
    _rule(r"(?P<before>före |innan |before )?(?:the )?<FEAST>", Reach.MARKED, _festival),
)
