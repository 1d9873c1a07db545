"""Rules of the agenda, pure: when it is posted, what an editor saw, where a point stands among the others."""

import zlib
from collections.abc import Sequence
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from handlers.kit.when import working_days_before, working_moment
from storage.agenda import Point

BEFORE: Final = 2
"""So many working days before a meeting its agenda is posted."""
AT: Final = time(9, 30)
LONGEST: Final = 500
"""Characters of a point, and of what to prepare."""
LENGTHS: Final = (5, 10, 15, 20, 30, 45, 60, 90)
"""Minutes that a point can be given."""


def posted_at(begins_at: datetime, zone: str) -> datetime:
    """When the agenda of a meeting is posted: half past nine, two working days before its day."""
    day = begins_at.astimezone(ZoneInfo(zone)).date()
    return working_moment(working_days_before(day, BEFORE), AT, zone)


def seal(point: Point) -> str:
    """What an editor saw, in short: another seal later means that somebody else changed it meanwhile."""
    seen = (point.what, point.minutes, point.prepare, point.recurring)
    return f"{zlib.crc32(repr(seen).encode()):x}"


def moved(points: Sequence[Point], point: int, step: int) -> list[Point]:
    """The same points with one of them ``step`` places further down; at the ends nothing happens."""
    order = list(points)
    here = next(index for index, each in enumerate(order) if each.id == point)
    there = min(max(here + step, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    return order
