"""Time zones as calendars read them (VTIMEZONE): when clocks change, by a yearly rule wherever there is one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from handlers.cycle_rules import DAYS
from storage.values import dataclass

YEARS: Final = 12
"""So many years are told where clocks follow no rule; and so many must agree on one."""
DAY: Final = timedelta(days=1)
WEEK_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class _Change:
    """A moment at which clocks change: what they show just before, and how far from UTC they are then and afterwards."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


@lru_cache(maxsize=64)
def zone_component(zone: str, first_year: int) -> Timezone:
    """The zone from the beginning of a year on."""
    there = ZoneInfo(zone)
    found = Timezone()
    found.add("tzid", zone)
    changes = list(_changes(there, datetime(first_year - 1, 1, 1, tzinfo=UTC)))
    if not changes:
        start = datetime(first_year - 1, 1, 1, tzinfo=there)
        offset, name = start.utcoffset() or timedelta(), start.tzname() or zone
        changes = [_Change(start.replace(tzinfo=None), offset, offset, name, summer=False)]
    for kind in dict.fromkeys((each.before, each.after, each.name, each.summer) for each in changes):
        alike = [each for each in changes if (each.before, each.after, each.name, each.summer) == kind]
        found.add_component(_observance(alike))
    return found


def _observance(alike: list[_Change]) -> TimezoneStandard | TimezoneDaylight:
    first = alike[0]
    one = TimezoneDaylight() if first.summer else TimezoneStandard()
    one.add("dtstart", first.wall)
    one.add("tzoffsetfrom", first.before)
    one.add("tzoffsetto", first.after)
    one.add("tzname", first.name)
    if len(alike) == YEARS and len({_in_year(each.wall) for each in alike}) == 1:
        month, day, _ = _in_year(first.wall)
        one.add("rrule", {"freq": "yearly", "bymonth": month, "byday": f"-1{DAYS[day]}"})
    elif len(alike) > 1:
        one.add("rdate", [each.wall for each in alike[1:]])
    return one


def _in_year(wall: datetime) -> tuple[int, int, object]:
    """Month, weekday and time of day on the last such weekday of a month; the date itself on any other."""
    last = (wall + WEEK_DAYS * DAY).month != wall.month
    return wall.month, wall.weekday(), wall.time() if last else wall


def _changes(there: ZoneInfo, start: datetime) -> Iterator[_Change]:
    for days in range(YEARS * 366):
        day = start + days * DAY
        if day.year >= start.year + YEARS:
            return
        before, after = _offset(there, day), _offset(there, day + DAY)
        if before != after:
            at = _moment(there, day, before)
            local = at.astimezone(there)
            yield _Change(
                (at + before).replace(tzinfo=None), before, after, local.tzname() or "", bool(local.dst())
            )


def _moment(there: ZoneInfo, day: datetime, before: timedelta) -> datetime:
    """The minute of the day from which on clocks show another time."""
    low, high = 0, 24 * 60
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(there, day + timedelta(minutes=middle)) == before:
            low = middle
        else:
            high = middle
    return day + timedelta(minutes=high)


def _offset(there: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(there).utcoffset() or timedelta()
