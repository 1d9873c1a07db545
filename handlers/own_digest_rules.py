"""Rules of one's own summary, pure: when it comes, whether there is anything in it, which forums come first."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.kit.welcome import is_welcome, next_welcome
from handlers.kit.when import next_working_day, working_moment
from storage.own_digests import Mine
from storage.wishes import Wishes

FIRST_THING: Final = time(8, 30)
STALE: Final = timedelta(hours=24)
"""One later than this is left out; the next one tells it all."""
WEEK: Final = timedelta(days=7)
FURTHEST: Final = 40
"""Days ahead in which a day is looked for."""
AWAY: Final = timedelta(days=28)
"""So far back goes the summary for somebody who is back."""


def next_own(wishes: Wishes, now: datetime, zone: str) -> datetime | None:
    """The next time after now that the person's own summary comes, in their hours; ``None`` when they want none."""
    if wishes.digest == "off":
        return None
    always = replace(wishes, away_until=None)
    hour = FIRST_THING if wishes.opens <= FIRST_THING < wishes.closes else wishes.opens
    today = now.astimezone(ZoneInfo(zone)).date()
    for ahead in range(-7, FURTHEST):
        at = _on(always, today + timedelta(days=ahead), hour, zone)
        if at and at > now:
            return at
    return None


def _on(wishes: Wishes, day: date, hour: time, zone: str) -> datetime | None:
    """When the summary of a day comes: that of a weekday that is free comes later, that of every day not at all."""
    if wishes.digest == "daily":
        at = working_moment(day, hour, zone)
        return at if is_welcome(wishes, at, zone) else None
    if day.weekday() != int(wishes.digest):
        return None
    return next_welcome(wishes, working_moment(next_working_day(day), hour, zone), zone)


def is_something(one: Mine, now: datetime) -> bool:
    """Whether a forum has anything to tell a person."""
    soon = one.meeting is not None and one.meeting.begins_at <= now + WEEK
    return bool(one.actions or one.rounds or one.minutes or one.thanks or one.decided.count or soon)


def most_pressing_first(found: list[Mine]) -> list[Mine]:
    """Forums by what is due soonest; those where nothing is due last."""
    return sorted(found, key=lambda each: min(_days(each), default="9999"))


def _days(one: Mine) -> list[str]:
    days = [each.due_on.isoformat() for each in one.actions if each.due_on]
    return days + [each.until.date().isoformat() for each in (*one.rounds, *one.minutes)]
