"""What a digest tells is read here, each thing with one question to the store, and no more of it than is shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeVar

from handlers.agenda_points import in_short
from handlers.digest_rules import LATELY, RECENTLY, WEEK, Digest, is_much, latest_months
from handlers.kit.forum import forum_of, local_day
from handlers.kit.inbound import Request
from handlers.kit.people_shown import shortened
from handlers.kit.ui import Text, text
from storage import agenda, digests, forums, outcomes, wins
from storage.agenda import Point
from storage.digests import Some
from storage.values import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each kind there is room for."""

    waits: int
    happened: int
    wins: int
    points: int
    asked: int
    follow_ups: int


LINE: Final = 70
"""Characters of a point on the agenda."""
MANY: Final = 40
"""So many wins and decisions to look back on are counted: as good as all, in a week or a month of weeks."""
SHORT: Final = Room(waits=3, happened=3, wins=2, points=3, asked=3, follow_ups=2)
"""A phone screen and a half."""
LONG: Final = Room(waits=7, happened=9, wins=8, points=5, asked=6, follow_ups=4)
"""Each half of the whole, on a message of its own."""


def read(
    req: Request, since: datetime, until: datetime, *, room: Room = SHORT, picture: bool = False
) -> Digest:
    """What the forum's digest tells from a moment until another, as things stand now."""
    store, forum = req.store, forum_of(req)
    recently = min(req.today - RECENTLY, local_day(req, since))
    late, due, long_late = digests.actions_until(
        store, forum.id, req.today, req.today + WEEK, recently=recently, most=room.waits
    )
    asked = digests.asked(store, forum.id, since, until, until - LATELY)
    told = wins.told_between(store, forum.id, since, until, most=MANY)
    points, count = _points(req, room) if any(each.kind == "meeting" for each in asked) else ((), 0)
    months = digests.months(store, forum.id, latest_months(until, req.zone), until) if picture else []
    won = {each.action for each in told}
    finished = digests.done(store, forum.id, since, until)
    others = [each for each in finished.items if each.id not in won]
    due_back = outcomes.due(store, forum.id, req.today, most=MANY)
    return Digest(
        since, until, late, long_late, due, tuple(asked),
        _some(due_back, room.follow_ups),
        digests.decided(store, forum.id, since, until, most=room.happened),
        Some(tuple(others[: room.happened]), finished.count - len(finished.items) + len(others)),
        _some(told, room.wins), points, count,
        tuple(months) if is_much(tuple(months)) else (),
        tuple((each.id, each.name) for each in forums.actors(store, forum.id)) if told else (),
        room.asked,
    )  # fmt: skip


def _some(found: Sequence[T], room: int) -> Some[T]:
    return Some(tuple(found[:room]), len(found))


def _points(req: Request, room: Room) -> tuple[tuple[Text, ...], int]:
    points = agenda.proposed(req.store, forum_of(req).id)
    return tuple(map(_in_one_line, points[: room.points])), len(points)


def _in_one_line(point: Point) -> Text:
    said = in_short(point)
    words = said.vars.get("words")
    return text("verbatim", words=shortened(words, LINE)) if isinstance(words, str) else said
