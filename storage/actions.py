"""Actions: commitments with an owner and a day, and what happened to them."""

from datetime import date, datetime

from storage.db import Row, Store, day_or_none, from_ms, to_ms
from storage.records import ActionItem

_COLUMNS = (
    "a.forum, a.id, a.what, a.actor, a.owner, a.due_on, a.state, a.decision, a.by_member, a.at, a.done_at,"
    " a.reminders, a.note, a.link"
)
OPEN = ("open", "underway", "stuck")
_IS_OPEN = "a.state in ('open', 'underway', 'stuck')"


def _action(row: Row) -> ActionItem:
    done_at = from_ms(row[10]) if row[10] is not None else None
    return ActionItem(*row[:5] + (day_or_none(row[5]),) + row[6:9] + (from_ms(row[9]), done_at) + row[11:])


def add(
    store: Store, forum: int, *, what: str, actor: int | None, owner: int | None, due_on: date | None,
    decision: int | None, member: int, now: datetime, link: str = "",
) -> int:  # fmt: skip
    """A new action; its number in the forum."""
    number = store.next_number(forum, "action")
    store.run(
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
    store.run(
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
    store.run(
        "update action set state = :state, done_at = case when :state = 'done' then :now end, note = :note"
        " where forum = :forum and id = :id",
        state=state,
        now=to_ms(now),
        note=detail,
        forum=forum,
        id=action,
    )
    note(store, forum, action, state, detail, member=member, now=now)


def set_due(store: Store, forum: int, action: int, due_on: date, *, member: int, now: datetime) -> None:
    """A new day; the count of reminders begins again."""
    store.run(
        "update action set due_on = :due_on, reminders = 0 where forum = :forum and id = :id",
        due_on=due_on.isoformat(),
        forum=forum,
        id=action,
    )
    note(store, forum, action, "new-date", due_on.isoformat(), member=member, now=now)


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
    store.run(
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
        " and (coalesce(a.due_on, '9999') > :day or (coalesce(a.due_on, '9999') = :day and a.id > :number))"
        " order by coalesce(a.due_on, '9999'), a.id limit :most",
        forum=forum,
        day=day,
        number=number,
        most=most,
    )
    return [_action(each) for each in rows]


def count_open(store: Store, forum: int) -> int:
    """How many actions are open."""
    row = store.one(f"select count(*) from action a where a.forum = :forum and {_IS_OPEN}", forum=forum)
    return int(row[0]) if row else 0


def of_member(store: Store, forum: int, member: int) -> list[ActionItem]:
    """A member's open actions, soonest first."""
    rows = store.all(
        f"select {_COLUMNS} from action a where a.forum = :forum and a.owner = :member and {_IS_OPEN}"
        " order by coalesce(a.due_on, '9999'), a.id",
        forum=forum,
        member=member,
    )
    return [_action(each) for each in rows]


def unowned_of_actor(store: Store, forum: int, actor: int) -> list[ActionItem]:
    """An actor's open actions that no person has."""
    rows = store.all(
        f"select {_COLUMNS} from action a where a.forum = :forum and a.actor = :actor and a.owner is null"
        f" and {_IS_OPEN} order by coalesce(a.due_on, '9999'), a.id",
        forum=forum,
        actor=actor,
    )
    return [_action(each) for each in rows]


def of_decision(store: Store, forum: int, decision: int) -> list[ActionItem]:
    """Every action that came out of a decision."""
    rows = store.all(
        f"select {_COLUMNS} from action a where a.forum = :forum and a.decision = :decision order by a.id",
        forum=forum,
        decision=decision,
    )
    return [_action(each) for each in rows]
