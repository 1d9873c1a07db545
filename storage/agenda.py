"""What shall be taken up at a meeting: points that somebody has proposed, and those that come back by themselves.

A point is ``proposed`` until a meeting opens and takes it in (``planned``). There it is ``done`` once it has been
discussed, or ``unreached``; ``dropped`` is what nobody wants to take up any more. A point that comes back is a new row,
so that older minutes keep theirs; ``root`` names the first of them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from storage.actions import OPEN
from storage.db import Row, Store, from_ms, to_ms
from storage.values import dataclass

_COLUMNS: Final = "forum, id, what, origin, by_member, at, state, meeting, place, minutes, prepare, recurring, coalesce(root, id)"
_IS_OPEN: Final = f"a.state in {OPEN} and coalesce(a.due_on, '9999') >= ''"
"""Open actions by their index, as in ``storage/actions.py``."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point. ``what`` is a text as JSON; ``minutes`` is 0 where nobody has set a time.

    ``origin`` says what it came from: "pulse:3", "action:7:2", "round:2:1", "present:4", "" for somebody's words. One that
    came back by itself has "back:unreached", "back:recurring" or "back:open-action". ``by_member`` is 0 for the bot.
    """

    forum: int
    id: int
    what: str
    origin: str
    by_member: int
    at: datetime
    state: str
    meeting: int | None
    place: int
    minutes: int
    prepare: str
    recurring: bool
    root: int


@dataclass(frozen=True, slots=True)
class Needing:
    """An action whose owner needs help, and that is on no agenda yet. ``member`` is its owner, or who wrote it down.

    ``asked`` is the line of its history that asks: somebody who needs help again is heard again.
    """

    action: int
    what: str
    member: int
    asked: int


def _point(row: Row) -> Point:
    return Point(*row[:5] + (from_ms(row[5]),) + row[6:11] + (bool(row[11]), row[12]))


# --- Proposing -------------------------------------------------------------------------------------------------


def propose(
    store: Store, forum: int, *, what: str, origin: str, member: int, now: datetime, prepare: str = "",
    minutes: int = 0,
) -> int | None:  # fmt: skip
    """Put a point on the list, of the open meeting if there is one; ``None`` when one of the same origin is there, or was."""
    if origin and store.one(
        "select 1 from agenda_point where forum = :forum and origin = :origin", forum=forum, origin=origin
    ):
        return None
    number = store.next_number(forum, "agenda-point")
    store.do(
        "insert into agenda_point (forum, id, what, origin, by_member, at, prepare, minutes, root, meeting, state, place)"
        " select :forum, :id, :what, :origin, :member, :at, :prepare, :minutes, :id, m.id,"
        " case when m.id is null then 'proposed' else 'planned' end,"
        " coalesce(case when m.id is null"
        " then (select max(place) from agenda_point p where p.forum = :forum and p.meeting is null)"
        " else (select max(place) from agenda_point p where p.forum = :forum and p.meeting = m.id) end, 0) + 1"
        " from forum f left join meeting m on m.forum = f.id and m.state = 'open' where f.id = :forum",
        forum=forum,
        id=number,
        what=what,
        origin=origin,
        member=member,
        at=to_ms(now),
        prepare=prepare,
        minutes=minutes,
    )
    return number


def stuck(store: Store, forum: int) -> list[Needing]:
    """Actions that need help, have no point that waits, and had none since they last asked."""
    rows = store.all(
        "select s.id, s.what, s.member, s.asked from (select a.id, a.what, coalesce(a.owner, a.by_member) as member,"
        " (select coalesce(max(e.seq), 0) from action_event e where e.forum = a.forum and e.action = a.id"
        f" and e.what = 'stuck') as asked from action a where a.forum = :forum and {_IS_OPEN} and a.state = 'stuck') s"
        " where not exists (select 1 from agenda_point p join agenda_point w on w.forum = p.forum and w.root = p.root"
        " where p.forum = :forum and p.origin like 'action:' || s.id || ':%'"
        " and (p.origin = 'action:' || s.id || ':' || s.asked or w.state in ('proposed', 'planned'))) order by s.id",
        forum=forum,
    )
    return [Needing(*each) for each in rows]


# --- Looking ---------------------------------------------------------------------------------------------------


def get(store: Store, forum: int, point: int) -> Point | None:
    """A point by its number."""
    row = store.one(
        f"select {_COLUMNS} from agenda_point where forum = :forum and id = :id", forum=forum, id=point
    )
    return _point(row) if row else None


def came_of(store: Store, forum: int, origin: str) -> Point | None:
    """The point that came of something, whatever has become of it."""
    row = store.one(
        f"select {_COLUMNS} from agenda_point where forum = :forum and origin = :origin",
        forum=forum,
        origin=origin,
    )
    return _point(row) if row else None


def proposed(store: Store, forum: int) -> list[Point]:
    """What waits for the next meeting, in its order."""
    rows = store.all(
        f"select {_COLUMNS} from agenda_point where forum = :forum and state = 'proposed' order by place, id",
        forum=forum,
    )
    return [_point(each) for each in rows]


def of_meeting(store: Store, forum: int, meeting: int) -> list[Point]:
    """The points that a meeting took in, in its order, without those that were dropped."""
    rows = store.all(
        f"select {_COLUMNS} from agenda_point where forum = :forum and meeting = :meeting and state <> 'dropped'"
        " order by place, id",
        forum=forum,
        meeting=meeting,
    )
    return [_point(each) for each in rows]


def waiting_of(store: Store, forum: int, kind: str) -> list[Point]:
    """Points of one kind of origin ("present") that wait, or are on the agenda of the open meeting."""
    rows = store.all(
        f"select {_COLUMNS} from agenda_point where forum = :forum and state in ('proposed', 'planned')"
        " and origin like :origin order by id",
        forum=forum,
        origin=f"{kind}:%",
    )
    return [_point(each) for each in rows]


def count_of(store: Store, forum: int, kind: str) -> int:
    """How many points of one kind of origin there ever were."""
    row = store.one(
        "select count(*) from agenda_point where forum = :forum and origin like :origin",
        forum=forum,
        origin=f"{kind}:%",
    )
    return int(row[0]) if row else 0


# --- Changing --------------------------------------------------------------------------------------------------


def change(
    store: Store, point: Point, *, what: str, minutes: int, prepare: str, recurring: bool
) -> None:  # fmt: skip
    """Other words, another length, something else to prepare, each time or once."""
    store.do(
        "update agenda_point set what = :what, minutes = :minutes, prepare = :prepare, recurring = :recurring"
        " where forum = :forum and id = :id",
        what=what,
        minutes=minutes,
        prepare=prepare,
        recurring=int(recurring),
        forum=point.forum,
        id=point.id,
    )


def reorder(store: Store, points: Sequence[Point]) -> None:
    """From now on they come in this order."""
    store.run_many(
        "update agenda_point set place = :place where forum = :forum and id = :id",
        [{"place": place, "forum": each.forum, "id": each.id} for place, each in enumerate(points, 1)],
    )


def settle(store: Store, forum: int, number: int, *, between: datetime | None = None) -> bool:
    """The point has been dealt with; false when it was already.

    ``between`` is now, where that was between two meetings: then it does not come back before the next one is over.
    """
    done = _move(store, forum, number, "done")
    if done and between:
        store.do(
            "update agenda_point set done_at = :now where forum = :forum and id = :id",
            now=to_ms(between),
            forum=forum,
            id=number,
        )
    return done


def drop(store: Store, forum: int, number: int) -> bool:
    """Nobody wants to take it up any more; false when it does not wait."""
    return _move(store, forum, number, "dropped")


def _move(store: Store, forum: int, number: int, state: str) -> bool:
    return bool(
        store.run(
            "update agenda_point set state = :state"
            " where forum = :forum and id = :id and state in ('proposed', 'planned')",
            state=state,
            forum=forum,
            id=number,
        )
    )


# --- With a meeting --------------------------------------------------------------------------------------------


def take_in(store: Store, forum: int, meeting: int) -> None:
    """A meeting opens: all that waits is its agenda."""
    store.do(
        "update agenda_point set state = 'planned', meeting = :meeting, root = coalesce(root, id)"
        " where forum = :forum and state = 'proposed'",
        meeting=meeting,
        forum=forum,
    )


def finish(store: Store, forum: int, meeting: int) -> None:
    """A meeting closes: what was noted or recorded under a point makes it done, the others were not reached."""
    store.do(
        "update agenda_point set state = case"
        " when id in (select n.point from meeting_note n where n.forum = :forum and n.meeting = :meeting)"
        " or id in (select r.point from meeting_record r where r.forum = :forum and r.meeting = :meeting)"
        " then 'done' else 'unreached' end"
        " where forum = :forum and meeting = :meeting and state = 'planned'",
        forum=forum,
        meeting=meeting,
    )


def give_back(store: Store, forum: int) -> None:
    """What a meeting had taken in waits again, when that meeting was undone or cancelled."""
    store.do(
        "update agenda_point set state = 'proposed', meeting = null where forum = :forum and state = 'planned'"
        " and meeting not in (select id from meeting where forum = :forum and state = 'open')",
        forum=forum,
    )


def bring_back(store: Store, forum: int, now: datetime) -> None:
    """Put on the list what comes back by itself, and take off it what no longer has a reason to.

    What was not reached, what is taken up each time, and what has an open action: recorded under the point, earlier
    or now, or the one it came from. Asked any number of times it brings each back once.
    """
    give_back(store, forum)
    open_roots = _with_open_actions(store, forum)
    for each in proposed(store, forum):
        if each.origin == "back:open-action" and each.root not in open_roots:
            store.do("delete from agenda_point where forum = :forum and id = :id", forum=forum, id=each.id)
    for each in _last_of_each(store, forum, open_roots):
        reason = _reason(each, open_roots)
        if reason:
            _return(store, each, reason, now)


def _reason(point: Point, open_roots: set[int]) -> str:
    if point.state == "unreached":
        return "unreached"
    if point.recurring:
        return "recurring"
    return "open-action" if point.root in open_roots else ""


def _last_of_each(store: Store, forum: int, open_roots: set[int]) -> list[Point]:
    """Points that are over, have a reason to come back and have not yet; presentations keep their own turns.

    It costs what there are reasons for, and not all that was ever discussed.
    """
    over = (
        f"select {_COLUMNS} from agenda_point p where p.forum = :forum and p.state in ('done', 'unreached')"
        " and p.origin not like 'present:%' and not exists (select 1 from agenda_point n"
        " where n.forum = p.forum and n.root = p.root and n.id > p.id)"
        " and (p.done_at is null or exists (select 1 from meeting m where m.forum = p.forum and m.state = 'closed'"
        " and m.closed_at > p.done_at))"
    )
    rows = store.all(f"{over} and (p.state = 'unreached' or p.recurring = 1)", forum=forum)
    for root in sorted(open_roots):
        rows += store.all(f"{over} and p.root = :root", forum=forum, root=root)
    found = {each[1]: _point(each) for each in rows}
    return sorted(found.values(), key=lambda each: (each.place, each.id))


def _with_open_actions(store: Store, forum: int) -> set[int]:
    """The roots of points that have an open action: one that was recorded under them, or that they are about."""
    under = store.all(
        "select p.root from action a join meeting_record r on r.forum = a.forum and r.kind = 'action' and r.record = a.id"
        f" join agenda_point p on p.forum = r.forum and p.id = r.point where a.forum = :forum and {_IS_OPEN}",
        forum=forum,
    )
    about = store.all(
        "select root, origin from agenda_point where forum = :forum and origin like 'action:%'", forum=forum
    )
    still = store.all(f"select a.id from action a where a.forum = :forum and {_IS_OPEN}", forum=forum)
    open_now = {str(each[0]) for each in still}
    return {each[0] for each in under} | {root for root, origin in about if origin.split(":")[1] in open_now}


def _return(store: Store, last: Point, reason: str, now: datetime) -> None:
    """The same point again, before those that are new."""
    store.do(
        "insert into agenda_point (forum, id, what, origin, by_member, at, state, minutes, prepare, recurring, root)"
        " values (:forum, :id, :what, :origin, :member, :at, 'proposed', :minutes, :prepare, :recurring, :root)",
        forum=last.forum,
        id=store.next_number(last.forum, "agenda-point"),
        what=last.what,
        origin=f"back:{reason}",
        member=last.by_member,
        at=to_ms(now),
        minutes=last.minutes,
        prepare=last.prepare,
        recurring=int(last.recurring),
        root=last.root,
    )
