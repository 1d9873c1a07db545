"""Rules of digests, pure: when one comes, what span of time it tells of, and whether there is anything to tell."""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.kit.ui import Text
from handlers.kit.when import next_working_day, working_moment
from storage.digests import Asked, Done, Month, Rhythm, Ruling, Some, Waiting
from storage.records import Decision
from storage.values import dataclass
from storage.wins import Win

HOURS: Final = (time(8), time(8, 30), time(9), time(10), time(12), time(13), time(15), time(16))
"""When a digest may come: while people are at work."""
WEEKDAYS: Final = ("0", "1", "2", "3", "4")
WEEK: Final = timedelta(days=7)
LATE: Final = timedelta(hours=1)
"""A digest later than this says so."""
STALE: Final = timedelta(hours=24)
"""One later than this is left out: the next one tells of that week too."""
FURTHEST: Final = timedelta(days=35)
"""However long nothing was told, a digest goes no further back."""
RECENTLY: Final = timedelta(days=28)
"""What should have been done before that is counted and no longer named: the same lines every week are read by nobody."""
LATELY: Final = timedelta(days=60)
"""Minutes that nobody has approved for so long are not asked about any more."""
MONTHS: Final = 6
"""Months in the picture."""
ANSWERS: Final = ("minutes", "round", "advice", "pulse")
"""What waits for answers from several at once."""
ENOUGH: Final = 5
"""So many actions done and decisions made are something to see."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What one digest tells, from a moment until another. ``names`` are those of organisations, by id.

    Of what waits for answers it has room for ``most_asked``.
    """

    since: datetime
    until: datetime
    late: Some[Waiting] = Some()
    long_late: int = 0
    due: Some[Waiting] = Some()
    asked: tuple[Asked, ...] = ()
    follow_ups: Some[Decision] = Some()
    decided: Some[Ruling] = Some()
    done: Some[Done] = Some()
    wins: Some[Win] = Some()
    points: tuple[Text, ...] = ()
    points_count: int = 0
    months: tuple[Month, ...] = ()
    names: tuple[tuple[int, str], ...] = ()
    most_asked: int = 3

    def of(self, kind: str) -> tuple[Asked, ...]:
        """What is asked of several at once, of one kind."""
        return tuple(each for each in self.asked if each.kind == kind)

    @property
    def answers(self) -> Some[Asked]:
        """What waits for answers: as many as there is room for, the soonest first, and how many in all."""
        found = tuple(each for each in self.asked if each.kind in ANSWERS)
        return Some(found[: self.most_asked], len(found))

    @property
    def is_cut(self) -> bool:
        """Whether there is more than it has room for."""
        shown = (self.late, self.answers, self.follow_ups, self.due, self.decided, self.done, self.wins)
        return any(each.count > len(each.items) for each in shown) or self.points_count > len(self.points)


def next_digest(rhythm: Rhythm, now: datetime, zone: str) -> datetime:
    """The next time after now: the forum's weekday and hour, on the next working day where that one is free."""
    day = now.astimezone(ZoneInfo(zone)).date() - 2 * WEEK
    day += timedelta(days=(rhythm.weekday - day.weekday()) % 7)
    while (at := working_moment(next_working_day(day), rhythm.at, zone)) <= now:
        day += WEEK
    return at


def began(told_until: datetime | None, now: datetime) -> datetime:
    """Where a digest begins: where the last one ended, or a week ago."""
    return max(told_until, now - FURTHEST) if told_until else now - WEEK


def is_first_of_month(told_until: datetime | None, now: datetime, zone: str) -> bool:
    """Whether no digest has come this month."""
    if told_until is None:
        return True
    here = ZoneInfo(zone)
    before, today = told_until.astimezone(here), now.astimezone(here)
    return (before.year, before.month) != (today.year, today.month)


def latest_months(now: datetime, zone: str) -> list[tuple[date, datetime]]:
    """The first day of each of the latest months, this one last, and the moment it began."""
    first = now.astimezone(ZoneInfo(zone)).date().replace(day=1)
    days = [first]
    while len(days) < MONTHS:
        days.append((days[-1] - timedelta(days=1)).replace(day=1))
    return [(each, working_moment(each, time(), zone)) for each in reversed(days)]


def is_much(months: tuple[Month, ...]) -> bool:
    """Whether there is something to see in a picture."""
    return sum(each.done + each.decided for each in months) >= ENOUGH


def is_news(one: Digest) -> bool:
    """Whether a digest has anything to tell that the last one had not.

    What has waited for long is told of beside something new, and never alone week after week.
    """
    since = one.since.date()
    happened = one.decided.count or one.done.count or one.wins.count or one.of("result")
    coming = one.due.count or one.answers.count
    fresh = any(each.due_on >= since for each in one.late.items)
    fresh = fresh or any(each.follow_up_on and each.follow_up_on >= since for each in one.follow_ups.items)
    return bool(happened or coming or fresh or is_soon(one))


def is_soon(one: Digest) -> bool:
    """Whether the next meeting comes before the next digest."""
    return any(each.at <= one.until + WEEK for each in one.of("meeting"))
