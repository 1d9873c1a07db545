"""What there is to celebrate: what went well, which organisations had a part, and who said yes to being named.

A win is ``asked`` while somebody named in it has not answered, ``ready`` while it waits for its time, and ``told`` once
it stood in the chats. ``occasion`` says what the bot noticed by itself (``action-12``), so that it is noticed once.
"""

from datetime import datetime

from storage.db import Row, Store, from_ms, to_ms
from storage.values import dataclass


@dataclass(frozen=True, slots=True)
class Win:
    """Something that went well. ``members`` are those who said yes to being named, and nobody else."""

    forum: int
    id: int
    kind: str
    what: str
    actors: tuple[int, ...]
    members: tuple[int, ...]
    told_at: datetime | None
    action: int | None = None
    decision: int | None = None
    state: str = "told"
    by_member: int | None = None


_COLUMNS = "w.forum, w.id, w.kind, w.what, w.told_at, w.action, w.decision, w.state, w.by_member"


def told_between(store: Store, forum: int, since: datetime, until: datetime, *, most: int) -> list[Win]:
    """What was celebrated from a moment until another, oldest first."""
    rows = store.all(
        f"select {_COLUMNS} from win w where w.forum = :forum and w.told_at >= :since and w.told_at < :until"
        " order by w.told_at, w.id limit :most",
        forum=forum,
        since=to_ms(since),
        until=to_ms(until),
        most=most,
    )
    return _wins(store, forum, rows)


def hands(store: Store, forum: int, action: int) -> tuple[int, ...]:
    """The organisations that had a hand in an action: the one that has it, and those whose members moved it on.

    Whoever only wrote it down, put it otherwise or let it go has not.
    """
    rows = store.all(
        "select a.actor from action a where a.forum = :forum and a.id = :action and a.actor is not null"
        " union select m.actor from action_event e join member m on m.forum = e.forum and m.id = e.by_member"
        " where e.forum = :forum and e.action = :action and m.actor is not null"
        " and e.what in ('underway', 'stuck', 'done', 'new-date', 'new-date-late', 'handed-over') order by 1",
        forum=forum,
        action=action,
    )
    return tuple(int(each) for (each,) in rows)


def _wins(store: Store, forum: int, rows: list[Row]) -> list[Win]:
    """Wins with those who had a part, by one more statement however many they are."""
    if not rows:
        return []
    actors: dict[int, list[int]] = {}
    members: dict[int, list[int]] = {}
    shares = store.all(
        "select win, actor, member, answer from win_share where forum = :forum and win >= :first and win <= :last"
        " order by win, actor, member",
        forum=forum,
        first=min(each[1] for each in rows),
        last=max(each[1] for each in rows),
    )
    for win, actor, member, answer in shares:
        if not member:
            actors.setdefault(win, []).append(actor)
        elif answer == "yes":
            members.setdefault(win, []).append(member)
    return [
        Win(
            each[0], each[1], each[2], each[3], tuple(actors.get(each[1], ())), tuple(members.get(each[1], ())),
            from_ms(each[4]) if each[4] is not None else None, *each[5:],
        )
        for each in rows
    ]  # fmt: skip
