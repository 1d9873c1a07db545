"""Rules of a meeting, pure: which point is next, how much time is left, whose turn it is, when silence is an end."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from storage.agenda import Point
from storage.meetings import Meeting
from storage.sittings import Seat

SOON: Final = timedelta(hours=1)
"""So long before its time a planned meeting may be opened without naming it."""
QUIET: Final = timedelta(hours=3)
"""After so long without a sign of life the chair is asked whether the meeting is over."""
GIVEN_UP: Final = timedelta(hours=24)
"""After so long it is."""


def about_now(planned: Iterable[Meeting], now: datetime) -> Meeting | None:
    """The planned meeting that somebody means who opens one now."""
    return next((each for each in planned if each.begins_at - SOON <= now < each.ends_at), None)


def after(points: Sequence[Point], current: Point | None) -> Point | None:
    """The point to take up next; from between the points the first that has not been dealt with."""
    if current is None:
        return next((each for each in points if each.state == "planned"), None)
    return next((each for each in points if _key(each) > _key(current)), None)


def before(points: Sequence[Point], current: Point | None) -> Point | None:
    """The point to go back to; from between the points the last that has been dealt with."""
    if current is None:
        return next((each for each in reversed(points) if each.state == "done"), None)
    return next((each for each in reversed(points) if _key(each) < _key(current)), None)


def _key(point: Point) -> tuple[int, int]:
    return point.place, point.id


def place_of(points: Sequence[Point], point: int) -> int:
    """Where a point stands among the others, from 1; 0 when it does not."""
    return next((place for place, each in enumerate(points, 1) if each.id == point), 0)


def minutes_left(minutes: int, since: datetime, now: datetime) -> int:
    """Minutes that are left of a point, negative when it has gone over its time."""
    return round(minutes - (now - since).total_seconds() / 60)


def queue(seats: Mapping[int, Seat]) -> list[int]:
    """Who waits for their turn in the check-in, in order."""
    waiting = [each for each in seats.values() if each.present and each.turn > 0]
    return [each.member for each in sorted(waiting, key=lambda each: (each.turn, each.member))]


def last_place(seats: Mapping[int, Seat]) -> int:
    """A turn behind everybody else's."""
    return max((each.turn for each in seats.values()), default=0) + 1


def silent_until(meeting: Meeting, sign: datetime) -> datetime:
    """When a meeting without any sign of life since then has been quiet for long: never before it should end."""
    return max(sign + QUIET, meeting.ends_at)


def is_given_up(meeting: Meeting, sign: datetime, now: datetime) -> bool:
    """Whether nobody will close it any more."""
    return now >= max(sign, meeting.ends_at) + GIVEN_UP
