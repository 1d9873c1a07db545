"""Actions: commitments with an owner and a day, and what happened to them."""

from datetime import date, datetime

from storage.db import Param, Row, Store, day_or_none, from_ms, to_ms
from storage.records import ActionItem, Member

_COLUMNS = (
    "a.forum, a.id, a.what, a.actor, a.owner, a.due_on, a.state, a.decision, a.by_member, a.at, a.done_at,"
    " a.reminders, a.note, a.link"
)
OPEN = ("open", "underway", "stuck")
_DAY = "coalesce(a.due_on, '9999')"
"""What open actions are ordered by: those without a day come last."""
_IS_OPEN = f"a.state in ('open', 'underway', 'stuck') and {_DAY} >= ''"
"""The day says nothing here, but it leads to the index of those that are open: they are few, however old the forum."""


def _action(row: Row) -> ActionItem:
    done_at = from_ms(row[10]) if row[10] is not None else None
    return ActionItem(*row[:5] + (day_or_none(row[5]),) + row[6:9] + (from_ms(row[9]), done_at) + row[11:])


def add(
    store: Store, forum: int, *, what: str, actor: int | None, owner: int | None, due_on: date | None,
    decision: int | None, member: int, now: datetime, link: str = "",
) -> int:  # fmt: skip
    """A new action; its number in the forum."""
    number = store.next_number(forum, "action")
    store.do(
        "insert into action (forum, id, what, actor, owner, due_on, state, decision, by_member, at, link)"
        " values (:forum, :id, :what, :actor, :owner, :due_on, 'open', :decision, :member, :at, :link)",
        forum=forum,
        id=number,
        what=what,
        actor=actor,
        owner=owner,
        due_on=due_on.isoformat() if due_on else None,
        decision=decision,
        member=member,
        at=to_ms(now),
        link=link,
    )
    note(store, forum, number, "added", "", member=member, now=now)
    return number


def get(store: Store, forum: int, action: int) -> ActionItem | None:
    """An action by its number."""
    row = store.one(
        f"select {_COLUMNS} from action a where a.forum = :forum and a.id = :id", forum=forum, id=action
    )
    return _action(row) if row else None


def note(
    store: Store, forum: int, action: int, what: str, detail: str, *, member: int | None, now: datetime
) -> None:
    """Add a line to the action's history."""
    store.do(
        "insert into action_event (forum, action, seq, what, detail, by_member, at)"
        " select :forum, :action, coalesce(max(seq), 0) + 1, :what, :detail, :member, :at"
        " from action_event where forum = :forum and action = :action",
        forum=forum,
        action=action,
        what=what,
        detail=detail,
        member=member,
        at=to_ms(now),
    )


def history(store: Store, forum: int, action: int) -> list[tuple[str, str, str, datetime]]:
    """What happened, oldest first: what, detail, by whom ("" when nobody), when."""
    rows = store.all(
        "select e.what, e.detail, coalesce(p.name, ''), e.at from action_event e"
        " left join member m on m.forum = e.forum and m.id = e.by_member left join person p on p.id = m.person"
        " where e.forum = :forum and e.action = :action order by e.seq",
        forum=forum,
        action=action,
    )
    return [(each[0], each[1], each[2], from_ms(each[3])) for each in rows]


def set_state(
    store: Store, forum: int, action: int, state: str, *, member: int | None, now: datetime, detail: str = ""
) -> None:
    """Move an action to a state, with a line in its history."""
    store.do(
        "update action set state = :state, done_at = case when :state = 'done' then :now end, note = :note"
        " where forum = :forum and id = :id",
        state=state,
        now=to_ms(now),
        note=detail,
        forum=forum,
        id=action,
    )
    note(store, forum, action, state, detail, member=member, now=now)


def set_due(
    store: Store, forum: int, action: int, due_on: date | None, *, member: int, now: datetime, kept: bool
) -> None:
    """A new day, or none; the count of reminders begins again. ``kept``: agreed before the old day had passed."""
    store.do(
        "update action set due_on = :due_on, reminders = 0 where forum = :forum and id = :id",
        due_on=due_on.isoformat() if due_on else None,
        forum=forum,
        id=action,
    )
    detail = due_on.isoformat() if due_on else ""
    note(store, forum, action, "new-date" if kept else "new-date-late", detail, member=member, now=now)


def reword(store: Store, one: ActionItem, what: str, *, member: int, now: datetime) -> None:
    """Other words for the same action; the old ones stay in its history."""
    store.do(
        "update action set what = :what where forum = :forum and id = :id",
        what=what,
        forum=one.forum,
        id=one.id,
    )
    note(store, one.forum, one.id, "reworded", one.what, member=member, now=now)


def set_owner(
    store: Store,
    forum: int,
    action: int,
    *,
    actor: int | None,
    owner: int | None,
    member: int | None,
    now: datetime,
) -> None:
    """Hand an action over; without a person it rests with the actor."""
    store.do(
        "update action set actor = :actor, owner = :owner where forum = :forum and id = :id",
        actor=actor,
        owner=owner,
        forum=forum,
        id=action,
    )
    note(store, forum, action, "handed-over", "", member=member, now=now)


def count_reminder(store: Store, forum: int, action: int) -> int:
    """One more reminder sent; how many that makes."""
    row = store.one(
        "update action set reminders = reminders + 1 where forum = :forum and id = :id returning reminders",
        forum=forum,
        id=action,
    )
    return int(row[0]) if row else 0


def open_in(
    store: Store, forum: int, *, after: tuple[str, int] | None = None, most: int = 8
) -> list[ActionItem]:
    """The forum's open actions, soonest first, those without a day last; a further page begins ``after`` a key."""
    day, number = after or ("", 0)
    rows = store.all(
        f"select {_COLUMNS} from action a where a.forum = :forum and {_IS_OPEN}"
        f" and {_DAY} >= :day and ({_DAY}, a.id) > (:day, :number) order by {_DAY}, a.id limit :most",
        forum=forum,
        day=day,
        number=number,
        most=most,
    )
    return [_action(each) for each in rows]


def fell_due(
    store: Store, forum: int, *, since: str, today: date, most: int = 8
) -> tuple[list[ActionItem], int]:
    """Open actions whose day passed before today but not before ``since`` (ISO): the first ones, and how many."""
    where = f" from action a where a.forum = :forum and {_IS_OPEN} and {_DAY} >= :since and {_DAY} < :today"
    values: dict[str, Param] = {"forum": forum, "since": since, "today": today.isoformat()}
    rows = store.all(f"select {_COLUMNS}{where} order by {_DAY}, a.id limit :most", most=most, **values)
    count = store.one(f"select count(*){where}", **values)
    return [_action(each) for each in rows], int(count[0]) if count else 0


def next_due(store: Store, forum: int, *, since: str) -> date | None:
    """The first day from ``since`` (ISO) on which an open action is due."""
    row = store.one(
        f"select a.due_on from action a where a.forum = :forum and {_IS_OPEN} and {_DAY} >= :since"
        f" order by {_DAY} limit 1",
        forum=forum,
        since=since,
    )
    return day_or_none(row[0]) if row else None


def count_open(store: Store, forum: int) -> int:
    """How many actions are open."""
    row = store.one(f"select count(*) from action a where a.forum = :forum and {_IS_OPEN}", forum=forum)
    return int(row[0]) if row else 0


def of_member(
    store: Store, forum: int, member: int, *, after: tuple[str, int] | None = None, most: int = 8
) -> list[ActionItem]:
    """A member's open actions, soonest first; a further page begins ``after`` a key as in :func:`open_in`."""
    day, number = after or ("", 0)
    rows = store.all(
        f"select {_COLUMNS} from action a where a.forum = :forum and a.owner = :member and {_IS_OPEN}"
        f" and {_DAY} >= :day and ({_DAY}, a.id) > (:day, :number) order by {_DAY}, a.id limit :most",
        forum=forum,
        member=member,
        day=day,
        number=number,
        most=most,
    )
    return [_action(each) for each in rows]


_NOBODYS = "a.owner is null and (a.actor = :actor or (:lead = 1 and a.actor is null))"


def untaken(store: Store, one: Member, *, most: int = 8) -> list[ActionItem]:
    """Open actions of the member's actor that no person has; for a coordinator also those that nobody has at all."""
    rows = store.all(
        f"select {_COLUMNS} from action a where a.forum = :forum and {_IS_OPEN} and {_NOBODYS}"
        f" order by {_DAY}, a.id limit :most",
        forum=one.forum,
        actor=one.actor,
        lead=int(one.role == "coordinator"),
        most=most,
    )
    return [_action(each) for each in rows]


def count_waiting(store: Store, one: Member) -> int:
    """How many open actions are the member's own, or there for them to take."""
    row = store.one(
        f"select count(*) from action a where a.forum = :forum and {_IS_OPEN}"
        f" and (a.owner = :member or {_NOBODYS})",
        forum=one.forum,
        member=one.id,
        actor=one.actor,
        lead=int(one.role == "coordinator"),
    )
    return int(row[0]) if row else 0


def release(store: Store, gone: Member, now: datetime) -> list[ActionItem]:
    """Let a member's open actions rest with their actor, or the member's where they had none; soonest first."""
    numbers = store.all(
        f"select a.id from action a where a.forum = :forum and a.owner = :member and {_IS_OPEN}"
        f" order by {_DAY}, a.id",
        forum=gone.forum,
        member=gone.id,
    )
    store.do(
        "update action as a set owner = null, actor = coalesce(a.actor, :actor)"
        f" where a.forum = :forum and a.owner = :member and {_IS_OPEN}",
        forum=gone.forum,
        member=gone.id,
        actor=gone.actor,
    )
    for (number,) in numbers:
        note(store, gone.forum, number, "released", "", member=gone.id, now=now)
    found = (get(store, gone.forum, number) for (number,) in numbers)
    return [each for each in found if each]


def of_decision(store: Store, forum: int, decision: int) -> list[ActionItem]:
    """Every action that came out of a decision."""
    rows = store.all(
        f"select {_COLUMNS} from action a where a.forum = :forum and a.decision = :decision order by a.id",
        forum=forum,
        decision=decision,
    )
    return [_action(each) for each in rows]
