"""What shall be taken up at the next meeting: points that somebody has proposed, until they are dealt with."""

from datetime import datetime

from storage.db import Store, from_ms, to_ms
from storage.values import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A proposed point. ``what`` is a text as JSON; ``origin`` says what it came from ("pulse:3"), "" for words."""

    forum: int
    id: int
    what: str
    origin: str
    by_member: int
    at: datetime


def propose(store: Store, forum: int, *, what: str, origin: str, member: int, now: datetime) -> int | None:
    """Put a point on the list; ``None`` when one of the same origin is there, or was."""
    if origin and store.one(
        "select 1 from agenda_point where forum = :forum and origin = :origin", forum=forum, origin=origin
    ):
        return None
    number = store.next_number(forum, "agenda-point")
    store.do(
        "insert into agenda_point (forum, id, what, origin, by_member, at, state)"
        " values (:forum, :id, :what, :origin, :member, :at, 'proposed')",
        forum=forum,
        id=number,
        what=what,
        origin=origin,
        member=member,
        at=to_ms(now),
    )
    return number


def proposed(store: Store, forum: int) -> list[Point]:
    """What waits for the next meeting, in the order it was proposed."""
    rows = store.all(
        "select forum, id, what, origin, by_member, at from agenda_point"
        " where forum = :forum and state = 'proposed' order by id",
        forum=forum,
    )
    return [Point(*each[:5] + (from_ms(each[5]),)) for each in rows]


def settle(store: Store, forum: int, number: int) -> bool:
    """The point has been dealt with; false when it was already."""
    return bool(
        store.run(
            "update agenda_point set state = 'done' where forum = :forum and id = :id and state = 'proposed'",
            forum=forum,
            id=number,
        )
    )
