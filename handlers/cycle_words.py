"""Recurring meetings in plain words, in Swedish or English: "första tisdagen varje månad 13-15", "varannan torsdag 9".

What is said is read piece by piece. What is missing is assumed and named; what cannot be read is given back, with what
was read and the nearest rule that there is. Saying a rule and reading it again gives the same rule.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from handlers.cycle_rules import LAST, MOST_NTH, WORKDAYS, Rule, first_day
from handlers.cycle_vocabulary import MONTHS, NUMBERS, ORDINALS, UNITS, WEEKDAYS, one_of
from storage.values import dataclass as value

LONGEST: Final = 200
USUAL: Final = Rule("month", 1, (1,), 2)
"""The second Tuesday of every month, 13 to 15: what is assumed where nothing is said."""
USUAL_LENGTH: Final = 60
DAY_MINUTES: Final = 24 * 60
MOST_WEEKS, MOST_MONTHS, MOST_DAYS = 26, 12, 31
SOME_DAY: Final = date(2024, 1, 1)
_SPREAD: Final = {1: (3,), 2: (4, 10), 3: (2, 5, 10), 4: (2, 5, 9, 11), 6: (2, 3, 5, 9, 10, 12)}
MONTHS_OF_YEAR: Final = range(1, 13)
_WITHOUT_JULY: Final = (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)


@value(frozen=True, slots=True)
class Reading:
    """What was made of somebody's words. Without ``exact`` the rule is only the nearest one: it has to be asked about.

    ``heard`` are the words that were understood and ``stray`` the others; ``assumed`` what was not said (``day``,
    ``time``, ``months``); ``wrong`` what is wrong with what was said (``ends-first``, ``no-time``, ``no-days``), or "".
    """

    rule: Rule
    exact: bool
    heard: tuple[str, ...] = ()
    stray: str = ""
    assumed: tuple[str, ...] = ()
    wrong: str = ""


@dataclass
class _Heard:
    """What has been heard so far."""

    begins: int | None = None
    ends: int | None = None
    length: int | None = None
    nth: int = 0
    interval: int = 0
    nth_or_interval: int = 0
    unit: str = ""
    times: int = 0
    every: bool = False
    day: int = 0
    weekdays: list[int] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    without: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    wrong: str = ""


def read_rule(said: str) -> Reading:
    """What somebody's words mean as a rule."""
    plain = " ".join(unicodedata.normalize("NFKC", said[:LONGEST]).casefold().split())
    plain = re.sub("[–—−]", "-", plain)
    heard, place = _Heard(), 0
    while place < len(plain):
        place = _piece(heard, plain, place)
    return _made(heard)


def _piece(heard: _Heard, plain: str, place: int) -> int:
    """Take one piece off the words; where the next one begins."""
    for pattern, take in PIECES:
        found = pattern.match(plain, place)
        if found:
            if take:
                heard.words.append(found[0].strip(" ,"))
                take(heard, found)
            return found.end()
    word = re.compile(r"\S+\s*").match(plain, place)
    assert word, plain  # noqa: S101 - blanks are a piece, so this is none
    heard.stray.append(word[0].strip())
    return word.end()


# --- What words mean ---------------------------------------------------------------------------------------------

_CLOCK: Final = r"([0-9]{1,2})(?:[.:]([0-9]{2}))? ?(am|pm)?"
_AT: Final = r"(?:(?:kl|klockan|at|from|från|mellan|between)\b\.? ?)"
_END: Final = r"(?![\w:/])(?![.-][0-9])[ ,.;]*"


def minute_of(hour: str, minutes: str | None, half: str | None) -> int | None:
    """Minutes since midnight; ``None`` for a time that no clock shows."""
    number, past = int(hour), int(minutes or 0)
    if half:
        number = number % 12 + (12 if half == "pm" else 0)
    total = number * 60 + past
    return total if total <= DAY_MINUTES and past < 60 else None  # noqa: PLR2004 - minutes of an hour


def _take_times(heard: _Heard, found: re.Match[str]) -> None:
    first, second = found[3] or found[6], found[6]
    begins, ends = minute_of(found[1], found[2], first), minute_of(found[4], found[5], second)
    if begins is None or ends is None or begins == DAY_MINUTES:
        heard.wrong = "no-time"
    elif ends <= begins and not found[3] and second == "pm" and begins >= 12 * 60:
        heard.begins, heard.ends = begins - 12 * 60, ends  # "11-1 pm" begins before noon
    else:
        heard.begins, heard.ends = begins, ends


def _take_time(heard: _Heard, found: re.Match[str]) -> None:
    begins = minute_of(found[1], found[2], found[3])
    if begins is None or begins == DAY_MINUTES:
        heard.wrong = "no-time"
    else:
        heard.begins = begins


def _take_length(heard: _Heard, found: re.Match[str]) -> None:
    number = NUMBERS.get(found[1]) or int(found[1])
    heard.length = number * (60 if found[2][0] in "th" else 1)


def _see_days(heard: _Heard, number: int) -> None:
    """Note that no times a year, and every no weeks, gives no days."""
    if not number:
        heard.wrong = "no-days"


def _take_count(heard: _Heard, found: re.Match[str]) -> None:
    heard.times = {"once": 1, "twice": 2}.get(found[1]) or NUMBERS.get(found[2] or "") or int(found[2] or 0)
    heard.unit = UNITS[found[3]]
    _see_days(heard, heard.times)


def _take_interval(heard: _Heard, found: re.Match[str]) -> None:
    said = found["n"]
    heard.interval = ORDINALS.get(said) or NUMBERS.get(said) or int(re.sub(r"\D", "", said) or 0)
    heard.every = True
    _see_days(heard, heard.interval)


def _take_every_nth(heard: _Heard, found: re.Match[str]) -> None:
    heard.nth_or_interval, heard.every = ORDINALS[found[1]], True


def _take_other(heard: _Heard, _found: re.Match[str]) -> None:
    heard.interval, heard.every = 2, True


def _take_fortnight(heard: _Heard, _found: re.Match[str]) -> None:
    heard.interval, heard.unit, heard.every = 2, "week", True


def _take_odd_weeks(heard: _Heard, found: re.Match[str]) -> None:
    """No calendar knows odd and even weeks: a year with a week 53 turns them around."""
    _take_fortnight(heard, found)
    heard.stray.append(found[1])


def _take_every(heard: _Heard, _found: re.Match[str]) -> None:
    heard.every = True


def _take_before_last(heard: _Heard, _found: re.Match[str]) -> None:
    heard.nth = 2 * LAST


def _take_last_day(heard: _Heard, _found: re.Match[str]) -> None:
    heard.day = LAST


def _take_nth(heard: _Heard, found: re.Match[str]) -> None:
    heard.nth = ORDINALS[found[1]]


def _take_weekday(heard: _Heard, found: re.Match[str]) -> None:
    heard.weekdays.append(WEEKDAYS[found[1]])
    heard.every = heard.every or found[1].endswith(("ar", "arna", "days"))


def _take_workdays(heard: _Heard, _found: re.Match[str]) -> None:
    heard.weekdays.extend(range(WORKDAYS))
    heard.every = True


def _take_unit(heard: _Heard, found: re.Match[str]) -> None:
    heard.unit = UNITS[found[1]]
    heard.every = heard.every or found[1].endswith(("ly", "ligen"))


def _take_month(heard: _Heard, found: re.Match[str]) -> None:
    heard.months.append(MONTHS[found[1]])


def _take_except(heard: _Heard, found: re.Match[str]) -> None:
    """No rule leaves months out; the nearest one does not meet in just these."""
    heard.stray.append(heard.words.pop())
    heard.without += [MONTHS[each] for each in re.findall(r"\w+", found[0]) if each in MONTHS]


def _take_day(heard: _Heard, found: re.Match[str]) -> None:
    heard.day = int(found[1])
    _see_days(heard, heard.day)


_Take = Callable[[_Heard, re.Match[str]], None]


def _row(pattern: str, take: _Take | None) -> tuple[re.Pattern[str], _Take | None]:
    return re.compile(pattern + _END), take


_COUNTS: Final = one_of(NUMBERS)
_PER: Final = r"(?:per|om|i|a|each|every|varje|in a|the)?"
PIECES: Final = (
    (re.compile(r"[ ,.;:!?]+"), None),
    _row(rf"{_AT}?{_CLOCK} ?(?:-|till|to|until|och|and) ?(?:kl\.? ?)?{_CLOCK}", _take_times),
    _row(rf"{_AT}{_CLOCK}", _take_time),
    _row(r"([0-9]{1,2})[.:]([0-9]{2}) ?(am|pm)?", _take_time),
    _row(r"([0-9]{1,2})()() ?(?=$)", _take_time),
    _row(r"([0-9]{1,2})() ?(am|pm)", _take_time),
    _row(rf"(?:i |for )?([0-9]{{1,3}}|{_COUNTS}) ?(timmar|timme|tim|hours|hour|h|minuter|minutes|min)", _take_length),
    _row(rf"(?:(once|twice)|([0-9]{{1,2}}|{_COUNTS}) ?(?:gånger|gång|ggr|times|time)) {_PER} ?({one_of(UNITS)})", _take_count),
    _row(r"(udda|jämna|jämn|odd|even) (?:veckor|vecka|weeks?)", _take_odd_weeks),
    _row(rf"(?:utom|förutom|undantaget|except(?: for)?|but not)(?:,? (?:(?:och|and|eller|or|i|in) )*(?:{one_of(MONTHS)})\b)*", _take_except),
    _row(r"(?:varannan|varannat|every other|every two|every 2)", _take_other),
    _row(r"(?:biweekly|fortnightly|every fortnight)", _take_fortnight),
    _row(rf"var (?P<n>[0-9]{{1,2}}:?[aed]{{0,2}}|{one_of(ORDINALS)})", _take_interval),
    _row(rf"every (?P<n>[0-9]{{1,2}}|{_COUNTS})(?= (?:weeks|months))", _take_interval),
    _row(rf"(?:every|varje) ({one_of(ORDINALS)})", _take_every_nth),
    _row(r"(?:varje|var|every|each|alla)", _take_every),
    _row(r"(?:näst sista|second last|second to last|last but one)", _take_before_last),
    _row(r"(?:(?:den )?sista(?: dagen)?|(?:the )?last(?: day)?)(?= (?:varje månad|i månaden|i varje|varannan månad|var [0-9:e]+ månad|of (?:the|every) month|every|in))", _take_last_day),
    _row(r"(?:sista dagen|last day)", _take_last_day),
    _row(rf"(?:den |the )?({one_of(ORDINALS)})(?= (?:{one_of(WEEKDAYS)}|vardagen))", _take_nth),
    _row(rf"({one_of(WEEKDAYS)})", _take_weekday),
    _row(r"(?:vardagar|vardag|weekdays|weekday)", _take_workdays),
    _row(r"(?:den |the )([0-3]?[0-9])(?::?[ea]|st|nd|rd|th)?", _take_day),
    _row(r"([0-3]?[0-9])(?::[ea]|st|nd|rd|th)", _take_day),
    _row(r"([0-3]?[0-9])(?= (?:i |of )?(?:varje|every|each|" + one_of(MONTHS) + "))", _take_day),
    _row(rf"({one_of(UNITS)})", _take_unit),
    _row(rf"({one_of(MONTHS)})", _take_month),
    _row(r"(?:i|på|den|det|the|of|in|on|och|and|a|an|per|med|vi|we|ses|träffas|meet|meets|möts|möte|möten|mötet|meeting|meetings|at|om)", None),
)  # fmt: skip
"""What may stand there, tried in this order; a piece without a meaning is only stepped over."""


# --- What it comes to --------------------------------------------------------------------------------------------


def _made(heard: _Heard) -> Reading:
    begins, minutes, wrong = _times(heard)
    assumed = [] if heard.begins is not None else ["time"]
    rule, sure, guessed = _days(heard)
    assumed += guessed
    rule = Rule(rule.every, rule.interval, rule.weekdays, rule.nth, rule.day, rule.months, begins, minutes)
    if first_day(rule, SOME_DAY) is None:
        wrong = wrong or "no-days"
        rule = Rule("month", 1, (), 0, LAST, rule.months, begins, minutes)
    stray = " ".join(heard.stray)
    exact = sure and not stray and not wrong
    return Reading(rule, exact, tuple(heard.words), stray, tuple(assumed), wrong)


def _times(heard: _Heard) -> tuple[time, int, str]:
    """When it begins, how long it takes, and what is wrong with what was said."""
    if heard.begins is None:
        most = DAY_MINUTES - USUAL.begins.hour * 60
        return USUAL.begins, min(heard.length or USUAL.minutes, most), heard.wrong
    begins, wrong = heard.begins, heard.wrong
    minutes = heard.length or USUAL_LENGTH
    if heard.ends is not None:
        if heard.ends <= begins:
            wrong = wrong or "ends-first"
            begins, minutes = heard.ends, begins - heard.ends or USUAL_LENGTH
        else:
            minutes = heard.ends - begins
    return time(begins // 60, begins % 60), min(minutes, DAY_MINUTES - begins), wrong


def _days(heard: _Heard) -> tuple[Rule, bool, list[str]]:
    """The days, whether they are what was said, and what was assumed."""
    _untangle(heard)
    if heard.times:
        return _so_many(heard)
    by_month = heard.nth or heard.day or heard.months or heard.unit in ("month", "quarter", "half", "year")
    if by_month:
        rule, sure, assumed = _monthly(heard)
        each_week = (
            heard.every and heard.weekdays and not heard.nth and (heard.months or heard.unit == "month")
        )
        return rule, sure and not each_week, assumed  # "every Tuesday in May": which of them, or all?
    if heard.weekdays or heard.unit == "week":
        weekdays = tuple(sorted(set(heard.weekdays))) or USUAL.weekdays
        interval = heard.interval or 1
        sure = heard.every and 0 < interval <= MOST_WEEKS
        if not heard.every:
            return Rule("month", 1, weekdays[:1], 1), False, []
        return Rule("week", min(interval, MOST_WEEKS), weekdays), sure, [] if heard.weekdays else ["day"]
    return USUAL, False, []


def _untangle(heard: _Heard) -> None:
    """See that "every third Friday" is the third of each month; "every third week" and "every second Friday" count weeks."""
    if heard.nth_or_interval:
        counts = heard.nth_or_interval > 0 and (heard.unit == "week" or heard.nth or not heard.weekdays)
        if counts or (heard.nth_or_interval == 2 and not heard.unit):  # noqa: PLR2004 - every second one
            heard.interval = heard.nth_or_interval
        else:
            heard.nth = heard.nth_or_interval
    if heard.unit == "week":
        heard.nth = 0


def _so_many(heard: _Heard) -> tuple[Rule, bool, list[str]]:
    """So and so many times a year, a month or a week."""
    per = {"year": 1, "half": 2, "quarter": 4, "month": 12, "week": 52}[heard.unit]
    total = heard.times * per
    weekly = {52: 1, 26: 2}.get(total)
    if weekly:
        weekdays = tuple(sorted(set(heard.weekdays))) or USUAL.weekdays
        return Rule("week", weekly, weekdays), True, [] if heard.weekdays else ["day"]
    if total > MOST_MONTHS:
        return Rule("week", 2, tuple(heard.weekdays[:1]) or USUAL.weekdays), False, []
    said = tuple(sorted(set(heard.months)))
    if said and len(said) != total:
        return _monthly(heard)[0], False, []
    if not said and total < MOST_MONTHS:
        heard.months = [*spread(total)]
    heard.unit = "month"
    rule, sure, assumed = _monthly(heard)
    return rule, sure, assumed if said or total == MOST_MONTHS else [*assumed, "months"]


def spread(times: int) -> tuple[int, ...]:
    """Months for so many meetings in a year, none of them July."""
    if times in _SPREAD:
        return _SPREAD[times]
    step = len(_WITHOUT_JULY) / times
    return tuple(_WITHOUT_JULY[int(each * step)] for each in range(times))


def _monthly(heard: _Heard) -> tuple[Rule, bool, list[str]]:
    months, assumed = tuple(sorted(set(heard.months))), []
    if heard.unit in ("quarter", "half", "year") and not months:
        months = _of_unit(heard)
        if heard.unit == "year" or not heard.nth:
            assumed.append("months")
    interval = heard.interval or 1
    if heard.without and not months and interval == 1:
        months = tuple(each for each in MONTHS_OF_YEAR if each not in heard.without)
    sure = 0 < interval <= MOST_MONTHS and not (months and interval > 1)
    interval = 1 if months else min(max(interval, 1), MOST_MONTHS)
    if heard.day:
        fits = LAST <= heard.day <= MOST_DAYS and not heard.weekdays
        day = heard.day if heard.day <= MOST_DAYS else LAST
        return Rule("month", interval, (), 0, day, months), sure and fits, assumed
    weekdays, nth = tuple(heard.weekdays), heard.nth
    if not weekdays or not nth:
        assumed.append("day")
    sure = sure and len(set(weekdays)) <= 1 and nth <= MOST_NTH
    return (
        Rule("month", interval, weekdays[:1] or USUAL.weekdays, min(nth, MOST_NTH) or USUAL.nth, 0, months),
        sure,
        assumed,
    )


def _of_unit(heard: _Heard) -> tuple[int, ...]:
    """Months of a quarter, a half-year or a year: its first or its last, or else those in which people are at work."""
    first = {"quarter": (1, 4, 7, 10), "half": (1, 7), "year": ()}[heard.unit]
    if not heard.nth or not first:
        return spread({"quarter": 4, "half": 2, "year": 1}[heard.unit])
    step = first[1] - first[0] - 1
    return first if heard.nth > 0 else tuple(each + step for each in first)
