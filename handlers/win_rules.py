"""Rules of celebrating, pure: what is worth it, when it is said, and who is asked whether they may be named."""

import re
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from handlers.kit.when import in_working_hours, next_working_day, next_working_moment, working_moment

LONGEST: Final = 300
"""Characters of what went well."""
OPTION: Final = 60
"""Characters of it, or of what it belongs to, in a choice."""
MILESTONES: Final = (10, 25, 50, 100, 200, 300, 500, 1000)
MISSED: Final = 10
"""A milestone is noticed with the decision that reaches it, or with one of the next: not long after it has passed."""
APART: Final = timedelta(days=2)
"""What the bot notices by itself is said at most so often; what comes in between is said together."""
STALE: Final = timedelta(days=7)
"""What has waited longer is not said any more: it stands in the month's list alone."""
REST: Final = timedelta(days=30)
"""So long after somebody was asked whether they may be named, others are asked before them."""
LONGEST_CALM: Final = 92
"""Days of quiet at most: longer, and it would be forgotten."""
ASKED: Final = 2
"""People asked about one thing that the bot noticed."""
ANSWER_BY: Final = time(13, 0)
"""When on the next working day the forum is told, with those names that were given."""
AGAIN_AT: Final = time(9, 0)
MONTH_AT: Final = time(10, 0)
"""When the coordinators get the month's list: after the digest."""
ENOUGH_FOR_A_MONTH: Final = 2
"""Fewer wins than this are no list."""


def decision_milestone(count: int) -> int | None:
    """The round number of decisions that a forum has just reached."""
    return next((each for each in MILESTONES if each <= count < each + MISSED), None)


def years_together(since: date, today: date) -> int:
    """Whole years."""
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))


def next_anniversary(since: date, today: date, zone: str) -> datetime:
    """The next day on which whole years are full, or the working day after it; for 29 February, 1 March."""
    year = since.year + years_together(since, today) + 1
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    day = (
        date(year, 3, 1) if (since.month, since.day) == (2, 29) and not is_leap else since.replace(year=year)
    )
    return working_moment(next_working_day(day), AGAIN_AT, zone)


def may_say_now(now: datetime, zone: str, calm: date | None, today: date) -> bool:
    """Whether something may be celebrated at this moment."""
    return in_working_hours(now, zone) and not is_calm(calm, today)


def say_at(now: datetime, zone: str, calm: date | None, last: datetime | None) -> datetime:
    """When what the bot noticed is said: in working hours, not just after the last time, and not in quiet times."""
    at = max(now, last + APART) if last else now
    if calm:
        at = max(at, working_moment(next_working_day(calm), AGAIN_AT, zone))
    return next_working_moment(at, zone)


def answers_until(today: date, zone: str) -> datetime:
    """Until when those who are named may answer before the forum is told without their names."""
    return working_moment(next_working_day(today + timedelta(days=1)), ANSWER_BY, zone)


def is_stale(since: datetime, now: datetime) -> bool:
    """Whether it has waited so long that saying it now would only be odd."""
    return now - since > STALE


def whom_to_ask(candidates: Sequence[int], lately: frozenset[int]) -> tuple[int, ...]:
    """Whose name to ask for: those who have not been asked lately; nobody rather than always the same."""
    return tuple(each for each in candidates if each not in lately)[:ASKED]


def names_in(words: str, names: Sequence[str]) -> tuple[str, ...]:
    """The people whose full names stand in these words. A single name may be an ordinary word, so it is let through."""
    said = " ".join(words.split()).casefold()
    full = [" ".join(each.split()) for each in dict.fromkeys(names)]
    return tuple(
        each for each in full
        if " " in each and re.search(rf"(?<!\w){re.escape(each.casefold())}(?:[:'’]?s)?(?!\w)", said)
    )  # fmt: skip


def wording(what: str) -> int:
    """What words are known by on a button with at most four digits, so that a yes to them is none to others."""
    return zlib.crc32(what.encode()) % 10_000


def thanked(said: str, names: Sequence[str]) -> tuple[int, str] | None:
    """In "Polisen för lamporna" the place of the organisation among ``names``, and what for; the longest name wins."""
    words = " ".join(said.split())
    fits = [
        (len(each), place) for place, each in enumerate(names)
        if words.casefold().startswith(each.casefold()) and not words[len(each) : len(each) + 1].isalnum()
    ]  # fmt: skip
    if not fits:
        return None
    length, place = max(fits)
    rest = words[length:].strip(" ,:–-")
    return place, rest if any(map(str.isalnum, rest)) else ""


def is_calm(calm: date | None, today: date) -> bool:
    """Whether nothing is celebrated for now."""
    return calm is not None and today < calm


def first_of_next_month(today: date) -> date:
    """The first working day of next month."""
    return next_working_day((today.replace(day=1) + timedelta(days=32)).replace(day=1))


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)
