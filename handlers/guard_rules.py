"""Which hint the coordinators get this week, pure: the most useful one that is new to them, or none.

Kinds, the most useful first: ``meet`` (no next meeting), ``owner`` (an action that nobody has), ``load`` (work that
hangs on one person), ``follow`` (a decision that nobody follows up), ``quiet`` (an organisation that has been silent).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.kit.when import next_working_day, working_moment
from storage.guards import Hint
from storage.values import dataclass

KINDS: Final = ("meet", "owner", "load", "follow", "quiet")
WEEKDAY: Final = 2
"""Wednesday: far from the digest, and with days left to do something about it."""
AT: Final = time(10, 0)
STALE: Final = timedelta(hours=24)
"""A hint later than this waits for the next week."""
APART: Final = timedelta(days=6)
"""Between two hints, whatever happened to the timer."""
REST: Final = timedelta(days=56)
"""So long the same matter is left alone."""
MANY: Final = 5
"""Open actions of one person that make one ask whether somebody else could take one."""
FEW: Final = 3
"""In a forum of fewer members work hangs on somebody in any case."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that could be pointed out: its kind, and the number of the action, member, decision, or organisation."""

    kind: str
    subject: int


def next_look(now: datetime, zone: str) -> datetime:
    """The next Wednesday morning, or the working day after it."""
    today = now.astimezone(ZoneInfo(zone)).date()
    ahead = (WEEKDAY - today.weekday()) % 7
    at = _morning(today + timedelta(days=ahead), zone)
    return at if at > now else _morning(today + timedelta(days=ahead + 7), zone)


def _morning(day: date, zone: str) -> datetime:
    return working_moment(next_working_day(day), AT, zone)


def chosen(found: Iterable[Matter], told: Sequence[Hint], today: date) -> Matter | None:
    """The first matter that may be pointed out; one of another kind than the last hint comes before its like.

    Never what is settled, what was told of lately, or the very same as last time.
    """
    known = {(each.kind, each.subject): each for each in told}
    last = max(told, key=lambda each: each.told_on, default=None)
    alike: Matter | None = None
    for each in found:
        hint = known.get((each.kind, each.subject))
        if hint and (hint.settled or hint is last or today - hint.told_on < REST):
            continue
        if last is None or each.kind != last.kind:
            return each
        alike = alike or each
    return alike


def hangs_on(loads: Sequence[tuple[int, int]], members: int) -> int | None:
    """The member on whom most of the work hangs, if it does. ``loads``: member and number of open actions."""
    if members < FEW or not loads:
        return None
    member, most = max(loads, key=lambda each: each[1])
    return member if most >= MANY and most * 2 > sum(count for _, count in loads) else None
