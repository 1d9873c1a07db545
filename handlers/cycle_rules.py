"""Rules of recurring meetings: which days they give, how calendars write them, and which days had better be moved.

Pure: no clock, no store. A day is a date on the forum's wall calendar, and a time of day what its clocks show.
"""

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from typing import Final, Literal
from zoneinfo import ZoneInfo

import holidays

from storage.values import dataclass

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS: Final = 5
LAST: Final = -1
MOST_NTH: Final = 5
JULY: Final = 7
WEEK: Final = timedelta(days=7)
YEARS_TRIED: Final = 10
"""A rule that gives no day for so long gives none at all."""
CLOSE: Final = timedelta(days=35)
"""Whoever meets again so soon need not make up for a meeting in July."""
BACK_AT_WORK: Final = (8, 15)
"""From this day on in August people can be asked to a meeting."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When a forum meets. ``every`` ``interval`` weeks on ``weekdays``, or months: on the ``nth`` weekday or on ``day``.

    ``nth`` is 1 to 5, or -1 for the last one and -2 for the one before; ``day`` 1 to 31, or -1 for the last of the
    month. ``months`` keeps to some months of the year.
    """

    every: Literal["week", "month"]
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    day: int = 0
    months: tuple[int, ...] = ()
    begins: time = time(13)
    minutes: int = 120

    @property
    def rrule(self) -> str:
        """The days as RFC 5545 writes them, without an end."""
        parts = [f"FREQ={self.every.upper()}LY"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.months:
            parts.append(f"BYMONTH={','.join(map(str, self.months))}")
        if self.day:
            parts.append(f"BYMONTHDAY={self.day}")
        else:
            prefix = str(self.nth) if self.nth else ""
            parts.append(f"BYDAY={','.join(prefix + DAYS[each] for each in self.weekdays)}")
        return ";".join(parts)


def rule_of(rrule: str, begins: time, minutes: int) -> Rule:
    """The reverse of :attr:`Rule.rrule`."""
    parts = dict(each.split("=") for each in rrule.split(";"))
    nth, weekdays = 0, []
    for each in filter(None, parts.get("BYDAY", "").split(",")):
        found = re.fullmatch(r"(-?[0-9]*)([A-Z]{2})", each)
        assert found, rrule  # noqa: S101 - we wrote it ourselves
        nth = int(found[1] or 0)
        weekdays.append(DAYS.index(found[2]))
    months = tuple(int(each) for each in parts.get("BYMONTH", "").split(",") if each)
    every: Literal["week", "month"] = "week" if parts["FREQ"] == "WEEKLY" else "month"
    day = int(parts.get("BYMONTHDAY", "0"))
    return Rule(every, int(parts.get("INTERVAL", "1")), tuple(weekdays), nth, day, months, begins, minutes)


# --- Days --------------------------------------------------------------------------------------------------------


def occurrences(rule: Rule, first_on: date, until: date) -> list[date]:
    """The days from ``first_on``, which counts the weeks or months, up to and with ``until``; in their order."""
    found = []
    for each in _every(rule, first_on):
        if each is None or each > until:
            break
        found.append(each)
    return found


def first_day(rule: Rule, since: date) -> date | None:
    """The first day from ``since`` on that fits; ``None`` when the rule gives no days at all."""
    once = Rule(rule.every, 1, rule.weekdays, rule.nth, rule.day, rule.months)
    return next(_every(once, since))


def _every(rule: Rule, first_on: date) -> Iterator[date | None]:
    """All days without end; ``None`` once it is clear that there are no more."""
    last_year = first_on.year + YEARS_TRIED
    if rule.every == "week":
        monday = first_on - timedelta(days=first_on.weekday())
        for turn in count():
            start = monday + turn * rule.interval * WEEK
            days = (start + timedelta(days=each) for each in sorted(rule.weekdays))
            yield from (each for each in days if each >= first_on)
    for month in count(first_on.year * 12 + first_on.month - 1, rule.interval):
        year = month // 12
        day = _in_month(rule, year, month % 12 + 1) if year <= date.max.year else None
        if day and day >= first_on:
            last_year = year + YEARS_TRIED
            yield day
        if year > last_year:
            yield None
            return


def _in_month(rule: Rule, year: int, month: int) -> date | None:
    if rule.months and month not in rule.months:
        return None
    length = calendar.monthrange(year, month)[1]
    if rule.day:
        day = rule.day if rule.day > 0 else length + 1 + rule.day
    elif rule.nth > 0:
        first = date(year, month, 1).weekday()
        day = 1 + (rule.weekdays[0] - first) % 7 + 7 * (rule.nth - 1)
    else:
        last = date(year, month, length).weekday()
        day = length - (last - rule.weekdays[0]) % 7 + 7 * (rule.nth + 1)
    return date(year, month, day) if 1 <= day <= length else None


def span(day: date, begins: time, minutes: int, zone: str) -> tuple[datetime, datetime]:
    """When a meeting begins and ends (UTC), by what clocks show.

    A beginning that the change to summer time skips comes as much later; one that happens twice is the first of them.
    """
    local = datetime.combine(day, begins)
    there = ZoneInfo(zone)
    begins_at = local.replace(tzinfo=there).astimezone(UTC)
    ends_at = (local + timedelta(minutes=minutes)).replace(tzinfo=there).astimezone(UTC)
    return begins_at, ends_at if ends_at > begins_at else begins_at + timedelta(minutes=minutes)


# --- Days that had better be moved -------------------------------------------------------------------------------

_NAMES: Final = {
    "Nyårsdagen": "new-year", "Trettondedag jul": "epiphany", "Långfredagen": "good-friday", "Påskdagen": "easter",
    "Annandag påsk": "easter-monday", "Första maj": "may-day", "Kristi himmelsfärdsdag": "ascension",
    "Pingstdagen": "whitsun", "Nationaldagen": "national-day", "Midsommarafton": "midsummer-eve",
    "Midsommardagen": "midsummer", "Alla helgons dag": "all-saints", "Julafton": "christmas-eve",
    "Juldagen": "christmas", "Annandag jul": "boxing-day", "Nyårsafton": "new-years-eve",
}  # fmt: skip
"""What the holidays are called in our texts: ``day-off-<name>``."""


def day_off(day: date) -> str:
    """What speaks against a day: the name of a public holiday or of an eve that is like one, ``july``, or ""."""
    said = _days_off(day.year).get(day)
    if said is not None:
        return said
    return "july" if day.month == JULY else ""


@lru_cache(maxsize=64)
def _days_off(year: int) -> dict[date, str]:
    found = holidays.country_holidays("SE", years=year, categories=("public", "de_facto"), language="sv")
    return {day: _NAMES.get(name.split("; ")[0], "other") for day, name in found.items()}


@dataclass(frozen=True, slots=True)
class Slot:
    """A day that the rule gives. ``why`` says what speaks against it, ``instead`` where it had better be (``None``: nowhere).

    ``on`` is where it is to be: the day itself, or what the coordinator said; ``None`` for a meeting that is skipped.
    Until ``settled`` nobody has said anything about a day that something speaks against: nothing is planned there.
    """

    day: date
    on: date | None
    why: str = ""
    instead: date | None = None
    settled: bool = True


def slots(
    rule: Rule,
    days: Iterable[date],
    said: dict[str, str],
    beyond: Iterable[date] = (),
    *,
    after: date = date.min,
) -> list[Slot]:
    """The days with what the coordinators have said about them: another day, the same one, or "" for no meeting.

    Nothing is suggested ``beyond``, where the rule has other days, and all that is suggested lies ``after`` a day. What
    was moved to a day that the rule has come to give is one meeting with that.
    """
    every = list(days)
    given = {*every, *beyond}
    taken = {*given, *(date.fromisoformat(each) for each in said.values() if each)}
    found = []
    for day in every:
        why, answer = day_off(day), said.get(day.isoformat())
        instead = suggested(rule, day, taken, after) if why and answer is None else None
        if instead:
            taken.add(instead)
        on = day if answer is None else date.fromisoformat(answer) if answer else None
        if on != day and on in given:
            on = None  # the rule was changed since, and meets there anyway
        found.append(Slot(day, on, why, instead, answer is not None or not why))
    return found


def suggested(rule: Rule, day: date, taken: set[date], after: date = date.min) -> date | None:
    """A better day, near and on the same weekday if possible; ``None`` where it is better not to meet."""
    if day.month == JULY and not _days_off(day.year).get(day):
        return _after_july(rule, day, taken, after)
    weeks = () if rule.every == "week" and rule.interval == 1 else (7, -7)
    for step in (*weeks, 1, -1, 2, -2, 3, -3, 4, -4):
        other = day + timedelta(days=step)
        may_be = rule.every == "month" or abs(step) == 7 or other.isocalendar()[:2] == day.isocalendar()[:2]  # noqa: PLR2004
        if may_be and other > after and _is_free(other, day, taken):
            return other
    return None


def _after_july(rule: Rule, day: date, taken: set[date], after: date) -> date | None:
    if rule.every == "week" or any(day < each <= day + CLOSE for each in taken):
        return None
    other, back = day, date(day.year, *BACK_AT_WORK)
    while other < back or other <= after or not _is_free(other, day, taken):
        other += WEEK
    return other


def _is_free(other: date, day: date, taken: set[date]) -> bool:
    """A working day (or any other day, for those who meet at weekends) on which nothing else is."""
    works = other.weekday() < WORKDAYS or day.weekday() >= WORKDAYS
    return works and other not in taken and not day_off(other)
