"""Rules of actions, pure: when reminders ring, how near a day is, what reads as a number, who may answer."""

import re
import zlib
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from handlers.kit.when import next_working_day, next_working_moment, working_days_before, working_moment
from storage.actions import OPEN
from storage.records import ActionItem, Member

AT: Final = time(9, 0)
"""When reminders ring, on the forum's clock."""
OVERDUE_AT: Final = AT
"""When the coordinators hear of what is overdue: with whatever they are reminded of themselves."""
BEFORE: Final = 3
"""So many working days ahead comes the first reminder."""
AFTER: Final = (1, 3, 7)
"""So many working days after its day an unfinished action is asked about."""
MOST: Final = 5
"""More reminders than this of one day are nagging."""
CORRECT_FOR: Final = timedelta(minutes=15)
"""So long one may correct what one wrote oneself."""
FAR: Final = 3660
"""Ten years of days."""
LONGEST: Final = 500
"""Characters of what is to be done."""

_NUMBER: Final = re.compile(r"\s*(?:#|nr\.?|no\.?)?\s*(\d{1,9})\s*", re.IGNORECASE | re.ASCII)
Nearness: TypeAlias = Literal["past", "today", "tomorrow", "soon", "ahead"]
SOON: Final = 14
"""Within so many days one counts them; beyond, the date says more."""


def next_reminder(due_on: date, now: datetime, sent: int, zone: str) -> datetime | None:
    """The next instant at which an unfinished action is asked about; ``None`` when it has been asked about enough.

    Three working days before, on the day (on the last working day before, when nobody works then), and one, three
    and seven working days after. What has passed already is left out, not caught up with.
    """
    if sent >= MOST:
        return None
    days = [working_days_before(due_on, BEFORE), working_days_before(due_on, 0)]
    days += [working_days_after(due_on, each) for each in AFTER]
    moments = (working_moment(each, AT, zone) for each in days)
    return next((each for each in moments if each > now), None)


def working_days_after(day: date, count: int) -> date:
    """The working day that lies ``count`` working days after."""
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day


def overdue_report(due_on: date, now: datetime, zone: str) -> datetime:
    """When the coordinators hear that something due on this day is not done: the first working day after it.

    If that has been missed, as soon as people are at work.
    """
    at = working_moment(working_days_after(due_on, 1), OVERDUE_AT, zone)
    return at if at > now else next_working_moment(now, zone)


def is_far(due_on: date, today: date) -> bool:
    """Whether a day lies so far ahead that it must be a slip of the pen."""
    return (due_on - today).days > FAR


def nearness(due_on: date, today: date) -> Nearness:
    """How a day lies to today."""
    match (due_on - today).days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case days if days < 0:
            return "past"
        case days:
            return "soon" if days <= SOON else "ahead"


def is_open(one: ActionItem) -> bool:
    """Whether it still waits to be done."""
    return one.state in OPEN


def is_on_time(one: ActionItem, zone: str) -> bool:
    """Whether it was done by the day agreed on last; without a day there is no being late."""
    if one.done_at is None or one.due_on is None:
        return True
    return one.done_at.astimezone(ZoneInfo(zone)).date() <= one.due_on


def is_owners(one: ActionItem, member: Member) -> bool:
    """Whether the member answers for it: as its owner, or as one of the actor that owns it."""
    return one.owner == member.id or (one.actor is not None and one.actor == member.actor)


def is_fresh(one: ActionItem, member: Member, now: datetime) -> bool:
    """Whether the member wrote it so lately that they may still correct it, whoever owns it."""
    return one.by_member == member.id and now - one.at < CORRECT_FOR


def may_take(one: ActionItem, member: Member) -> bool:
    """Whether the member may make it theirs: nobody has it, and it rests with their actor or with no one."""
    return one.owner is None and one.actor in (None, member.actor)


def read_number(said: str) -> int | None:
    """The number in "7", "#7" or "nr 7"; ``None`` for anything else."""
    match = _NUMBER.fullmatch(said)
    return int(match[1]) if match else None


def seal(one: ActionItem) -> str:
    """What an editor saw, in short: another seal later means that somebody else changed it meanwhile."""
    return f"{zlib.crc32(repr((one.what, one.actor, one.owner, one.due_on)).encode()):x}"


def page_key(one: ActionItem) -> tuple[str, int]:
    """Where a page of a list ends, as it travels in a button."""
    return (one.due_on.isoformat() if one.due_on else "9999", one.id)
