"""The year as people know it: working days, when each digest was promised, and when somebody may be written to.

Written anew from what is promised, without the product's own rules of time: two that agree are better than one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays

from storage.wishes import Wishes

DAY: Final = timedelta(days=1)
FRIDAY: Final = 4
OPENS: Final = time(8)
CLOSES: Final = time(17)
FIRST_THING: Final = time(8, 30)


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment until another."""

    begins: datetime
    ends: datetime

    def holds(self, at: datetime) -> bool:
        return self.begins <= at < self.ends


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody said at ``since`` that they are away, and when they are back."""

    since: datetime
    until: date


def works(day: date) -> bool:
    """Whether people work on that day in Sweden."""
    return day.weekday() <= FRIDAY and day not in _free(day.year)


def moment(day: date, at: time, zone: str) -> datetime:
    """When clocks in the zone show that time on that day."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def next_at_work(at: datetime, zone: str) -> datetime:
    """That moment, if people are at work then; else half past eight on the next day on which they are."""
    here = at.astimezone(ZoneInfo(zone))
    if works(here.date()) and OPENS <= here.time() < CLOSES:
        return at
    day = here.date() if here.time() < OPENS else here.date() + DAY
    while not works(day):
        day += DAY
    return moment(day, FIRST_THING, zone)


def promised(weekday: int, at: time, zone: str, *, since: datetime, until: datetime) -> Iterator[datetime]:
    """Each moment at which a weekly digest is to come; where that day is free, on the next one on which people work."""
    day = since.astimezone(ZoneInfo(zone)).date() - 14 * DAY
    day += (weekday - day.weekday()) % 7 * DAY
    while (monday := moment(day, at, zone)) < until + 14 * DAY:
        shown = day
        while not works(shown):
            shown += DAY
        if since < moment(shown, at, zone) < until:
            yield moment(shown, at, zone)
        day = monday.astimezone(ZoneInfo(zone)).date() + 7 * DAY


def may_be_written_to(wishes: Wishes, leaves: Sequence[Leave], at: datetime, zone: str) -> bool:
    """Whether a private message at this moment is one in somebody's days and hours, and not in their leave.

    Whoever wants Saturdays or Sundays wants holidays as well.
    """
    here = at.astimezone(ZoneInfo(zone))
    if any(each.since <= at and here.date() < each.until for each in leaves):
        return False
    if here.weekday() not in wishes.days or not wishes.opens <= here.time() < wishes.closes:
        return False
    return here.date() not in _free(here.year) or any(each > FRIDAY for each in wishes.days)


@lru_cache(maxsize=8)
def _free(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("SE", years=year, categories=("public", "de_facto")))
