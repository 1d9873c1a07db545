"""When a person may be written to, pure: their hours, their days, holidays, and while they are away."""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.kit.when import SATURDAY, is_working_day, next_working_day, working_moment
from storage.wishes import Wishes

MORNING: Final = time(9, 0)
"""When what waited comes, unless somebody's hours begin later."""
ENOUGH: Final = time(9, 15)
"""Whoever's hours are over by then is written to when they begin."""
FURTHEST: Final = 30
"""Days ahead after which somebody who wants no day at all is written to on none."""


def back_on(wishes: Wishes, today: date) -> date | None:
    """The first working day that somebody who is on leave is back; ``None`` for anybody else."""
    until = wishes.away_until
    return next_working_day(until) if until is not None and today < until else None


def is_away(wishes: Wishes, today: date) -> bool:
    """Whether the person is on leave."""
    return back_on(wishes, today) is not None


def is_welcome(wishes: Wishes, now: datetime, zone: str) -> bool:
    """Whether the person may be written to at this moment."""
    local = now.astimezone(ZoneInfo(zone))
    return _is_day(wishes, local.date()) and wishes.opens <= local.time() < wishes.closes


def next_welcome(wishes: Wishes, now: datetime, zone: str, *, after: date | None = None) -> datetime | None:
    """Now, if that is welcome and no day to leave out; else the next morning that is. ``None`` when there is none.

    ``after`` is a day on which the person has had their share.
    """
    local = now.astimezone(ZoneInfo(zone))
    if is_welcome(wishes, now, zone) and (after is None or local.date() > after):
        return now
    for ahead in range(FURTHEST):
        day = local.date() + timedelta(days=ahead)
        at = working_moment(day, _first(wishes), zone)
        if _is_day(wishes, day) and at > now and (after is None or day > after):
            return at
    return None


def _first(wishes: Wishes) -> time:
    return MORNING if wishes.opens <= MORNING and wishes.closes > ENOUGH else wishes.opens


def _is_day(wishes: Wishes, day: date) -> bool:
    """Holidays are free for everybody who keeps to working days; whoever takes Saturdays takes those too."""
    if is_away(wishes, day) or day.weekday() not in wishes.days:
        return False
    return is_working_day(day) or any(each >= SATURDAY for each in wishes.days)
