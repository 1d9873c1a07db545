"""What there is to celebrate: what went well, which organisations had a part, and who said yes to being named.

A win is ``asked`` while somebody named in it has not answered, ``ready`` while it waits for its time, ``told`` once it
stood in the chats, and ``dropped`` when it was taken back or does not hold any more. ``occasion`` says what the bot
noticed by itself (``action-12``), so that it is noticed once.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from storage.db import Param, Row, Store, from_ms, to_ms
from storage.values import dataclass


@dataclass(frozen=True, slots=True)
class Win:
    """Something that went well. ``members`` are those who said yes to being named, and nobody else.

    ``kind`` is ``told`` (by a member) or ``thanks``; what the bot noticed is ``together``, ``helped``, ``carried-out``,
    ``first-carried-out``, ``decisions`` (``what`` is how many) or ``years`` (the same).
    """

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
_HOLDS: Final = (
    " and w.state <> 'dropped' and (w.action is null or w.kind = 'told' or exists (select 1 from action a"
    " where a.forum = w.forum and a.id = w.action and a.state = 'done'))"
    " and (w.decision is null or not exists (select 1 from decision d where d.forum = w.forum and d.id = w.decision"
    " and d.state in ('undone', 'withdrawn')))"
)
"""Nobody took it back, and what it is about still holds."""
_TOLD: Final = "w.forum = :forum and w.told_at >= :since and w.told_at < :until"


# --- Keeping ---------------------------------------------------------------------------------------------------


def add(
    store: Store, forum: int, *, kind: str, what: str, actors: Sequence[int], now: datetime,
    occasion: str | None = None, action: int | None = None, decision: int | None = None, member: int | None = None,
) -> int | None:  # fmt: skip
    """Keep a win; its number, or ``None`` when this occasion is known already."""
    if occasion and knows(store, forum, occasion):
        return None
    number = store.next_number(forum, "win")
    store.do(
        "insert into win (forum, id, kind, what, occasion, action, decision, state, by_member, at)"
        " values (:forum, :id, :kind, :what, :occasion, :action, :decision, 'ready', :member, :at)",
        forum=forum, id=number, kind=kind, what=what, occasion=occasion, action=action, decision=decision,
        member=member, at=to_ms(now),
    )  # fmt: skip
    set_actors(store, forum, number, actors)
    return number


def knows(store: Store, forum: int, occasion: str) -> bool:
    """Whether this has been noticed before."""
    return bool(
        store.one(
            "select 1 from win where forum = :forum and occasion = :occasion", forum=forum, occasion=occasion
        )
    )


def told_of(store: Store, forum: int, action: int) -> bool:
    """Whether a member has told of an action themselves."""
    told = "select 1 from win where forum = :forum and action = :action and kind = 'told' limit 1"
    return bool(store.one(told, forum=forum, action=action))


def set_actors(store: Store, forum: int, win: int, actors: Sequence[int]) -> None:
    """These organisations had a part in it, and no others."""
    store.do("delete from win_share where forum = :forum and win = :win and member = 0", forum=forum, win=win)
    for each in dict.fromkeys(actors):
        store.do(
            "insert into win_share (forum, win, actor, member) values (:forum, :win, :actor, 0)",
            forum=forum,
            win=win,
            actor=each,
        )


def name(store: Store, forum: int, win: int, member: int, answer: str = "") -> None:
    """A member had a part in it: asked, or with an answer already. What they have answered themselves stays."""
    store.do(
        "insert into win_share (forum, win, actor, member, answer) values (:forum, :win, 0, :member, :answer)"
        " on conflict (forum, win, actor, member) do update set answer = excluded.answer where win_share.answer = ''",
        forum=forum,
        win=win,
        member=member,
        answer=answer,
    )


def answer(store: Store, forum: int, win: int, member: int, said: str) -> bool:
    """A named member's ``yes``, ``no`` or ``private``; false when they are not named there."""
    return bool(
        store.run(
            "update win_share set answer = :said where forum = :forum and win = :win and actor = 0"
            " and member = :member",
            said=said,
            forum=forum,
            win=win,
            member=member,
        )
    )


def unname(store: Store, forum: int, member: int) -> list[Win]:
    """A member is named nowhere any more, and what still waits does not ask for their name; what was told with it."""
    rows = store.all(
        f"select {_COLUMNS} from win w join win_share s on s.forum = w.forum and s.win = w.id where w.forum = :forum"
        " and w.state = 'told' and s.actor = 0 and s.member = :member and s.answer = 'yes' order by w.id",
        forum=forum, member=member,
    )  # fmt: skip
    store.do(
        "update win_share set answer = 'private' where forum = :forum and member = :member and actor = 0"
        " and answer in ('', 'yes')",
        forum=forum, member=member,
    )  # fmt: skip
    return _wins(store, forum, rows)


def reword(store: Store, forum: int, win: int, what: str, *, by: int) -> None:
    """Other words for the same win: nobody has said yes to them but whoever wrote them."""
    store.do(
        "update win set what = :what where forum = :forum and id = :win", what=what, forum=forum, win=win
    )
    store.do(
        "update win_share set answer = '' where forum = :forum and win = :win and answer = 'yes' and member <> :by",
        forum=forum, win=win, by=by,
    )  # fmt: skip


def set_state(store: Store, forum: int, win: int, state: str) -> None:
    """``asked``, ``ready``, ``told`` or ``dropped``; when it was told stays."""
    store.do(
        "update win set state = :state where forum = :forum and id = :win", state=state, forum=forum, win=win
    )


def tell(store: Store, forum: int, wins: Sequence[int], now: datetime) -> None:
    """These have been celebrated together, at a moment that no others have."""
    last = last_told(store, forum)
    at = max(now, last + timedelta(milliseconds=1)) if last else now
    for each in wins:
        store.do(
            "update win set state = 'told', told_at = :now where forum = :forum and id = :win",
            now=to_ms(at),
            forum=forum,
            win=each,
        )


# --- Looking ---------------------------------------------------------------------------------------------------


def get(store: Store, forum: int, win: int) -> Win | None:
    """One win."""
    rows = store.all(
        f"select {_COLUMNS} from win w where w.forum = :forum and w.id = :win", forum=forum, win=win
    )
    return next(iter(_wins(store, forum, rows)), None)


def holds(store: Store, one: Win) -> bool:
    """Whether a win still holds: it was not taken away, what was done is done, what was decided was not undone."""
    known = "select 1 from win w where w.forum = :forum and w.id = :win"
    return bool(store.one(f"{known} {_HOLDS}", forum=one.forum, win=one.id))


def told_with(store: Store, one: Win) -> list[Win]:
    """The wins that were told in the same message as this one, and itself; also what was taken away since."""
    rows = store.all(
        f"select {_COLUMNS} from win w where w.forum = :forum and w.told_at = :at order by w.id",
        forum=one.forum,
        at=to_ms(one.told_at) if one.told_at else None,
    )
    return _wins(store, one.forum, rows)


def first_is_known(store: Store, forum: int) -> bool:
    """Whether the first decision to be carried out is known already, and was not taken back."""
    first = "select 1 from win where forum = :forum and kind = 'first-carried-out' and state <> 'dropped'"
    return bool(store.one(f"{first} limit 1", forum=forum))


def ready(store: Store, forum: int) -> list[tuple[Win, datetime]]:
    """What waits to be celebrated, oldest first, and since when."""
    rows = store.all(
        f"select {_COLUMNS}, w.at from win w where w.forum = :forum and w.told_at is null and w.state = 'ready'"
        " order by w.id",
        forum=forum,
    )
    return [(one, from_ms(row[9])) for one, row in zip(_wins(store, forum, rows), rows, strict=True)]


def told_between(store: Store, forum: int, since: datetime, until: datetime, *, most: int) -> list[Win]:
    """What was celebrated last from a moment until another and still holds, oldest first."""
    return _told(store, forum, since, until, most)


def count_between(store: Store, forum: int, since: datetime, until: datetime) -> int:
    """How much of it there is."""
    row = store.one(
        f"select count(*) from win w where {_TOLD}{_HOLDS}",
        forum=forum,
        since=to_ms(since),
        until=to_ms(until),
    )
    return int(row[0]) if row else 0


def thanks_to(
    store: Store, forum: int, member: int, actor: int | None, since: datetime, until: datetime, *, most: int
) -> list[Win]:
    """What a member, or their organisation, was thanked or praised for last in a span of time, oldest first.

    Also what was told without their name, because they wished so: it is theirs all the same.
    """
    theirs = (
        " and exists (select 1 from win_share s where s.forum = w.forum and s.win = w.id and (s.member = :member"
        " or (w.kind = 'thanks' and s.member = 0 and s.actor = :actor)))"
    )
    return _told(store, forum, since, until, most, theirs, member=member, actor=actor)


def _told(
    store: Store, forum: int, since: datetime, until: datetime, most: int, whose: str = "", **more: Param
) -> list[Win]:
    rows = store.all(
        f"select {_COLUMNS} from win w where {_TOLD}{whose}{_HOLDS} order by w.told_at desc, w.id desc limit :most",
        forum=forum, since=to_ms(since), until=to_ms(until), most=most, **more,
    )  # fmt: skip
    return _wins(store, forum, rows[::-1])


def last_told(store: Store, forum: int) -> datetime | None:
    """When something was celebrated last."""
    row = store.one("select max(told_at) from win where forum = :forum", forum=forum)
    return from_ms(row[0]) if row and row[0] is not None else None


def unanswered(store: Store, forum: int, win: int) -> tuple[int, ...]:
    """The members who have been asked whether they may be named, and have not answered."""
    rows = store.all(
        "select member from win_share where forum = :forum and win = :win and actor = 0 and answer = ''",
        forum=forum,
        win=win,
    )
    return tuple(int(each) for (each,) in rows)


def named(store: Store, forum: int, win: int) -> tuple[int, ...]:
    """All members who had a part in it, whatever they answered."""
    rows = store.all(
        "select member from win_share where forum = :forum and win = :win and actor = 0 order by member",
        forum=forum,
        win=win,
    )
    return tuple(int(each) for (each,) in rows)


def lately_asked(store: Store, forum: int, since: datetime) -> frozenset[int]:
    """The members who have been praised, or asked whether they may be, since a moment."""
    rows = store.all(
        "select distinct s.member from win_share s join win w on w.forum = s.forum and w.id = s.win"
        " where s.forum = :forum and s.member > 0 and w.at >= :since",
        forum=forum,
        since=to_ms(since),
    )
    return frozenset(int(each) for (each,) in rows)


# --- Who had a hand in it --------------------------------------------------------------------------------------


def hands(store: Store, forum: int, action: int) -> tuple[int, ...]:
    """The organisations that had a hand in an action: the one that has it, and those whose members moved it on.

    Whoever only wrote it down, put it otherwise or let it go has not; nor has a coordinator who answered for others.
    """
    rows = store.all(
        "select a.actor from action a where a.forum = :forum and a.id = :action and a.actor is not null"
        " union select m.actor from action_event e join member m on m.forum = e.forum and m.id = e.by_member"
        " join action a on a.forum = e.forum and a.id = e.action"
        " where e.forum = :forum and e.action = :action and m.actor is not null"
        " and (m.role <> 'coordinator' or m.id = a.owner)"
        " and e.what in ('underway', 'stuck', 'done', 'new-date', 'new-date-late') order by 1",
        forum=forum,
        action=action,
    )
    return tuple(int(each) for (each,) in rows)


def workers(store: Store, forum: int, action: int) -> tuple[int, ...]:
    """The members who had a hand in an action and are still here, its owner first."""
    rows = store.all(
        "select m.id, case when m.id = a.owner then 0 else 1 end from action a"
        " join member m on m.forum = a.forum and m.state = 'active' where a.forum = :forum and a.id = :action"
        " and (m.id = a.owner or (m.role <> 'coordinator' and exists (select 1 from action_event e"
        " where e.forum = a.forum and e.action = a.id and e.by_member = m.id"
        " and e.what in ('underway', 'stuck', 'done', 'new-date', 'new-date-late')))) order by 2, 1",
        forum=forum,
        action=action,
    )
    return tuple(int(each) for each, _ in rows)


def lately_done(store: Store, forum: int, *, most: int) -> list[tuple[int, str]]:
    """The actions that were done last: number and words."""
    rows = store.all(
        "select id, what from action where forum = :forum and done_at is not null order by done_at desc limit :most",
        forum=forum,
        most=most,
    )
    return [(int(each[0]), str(each[1])) for each in rows]


def was_helped(store: Store, forum: int, action: int) -> bool:
    """Whether somebody asked for help with an action on the way."""
    stuck = "select 1 from action_event where forum = :forum and action = :action and what = 'stuck' limit 1"
    return bool(store.one(stuck, forum=forum, action=action))


def merge(store: Store, forum: int, stays: int, goes: int) -> None:
    """Two members turn out to be one person: where both had a part, a no of either counts."""
    store.do(
        "update win_share set answer = 'no' where forum = :forum and member = :stays and answer in ('', 'yes')"
        " and exists (select 1 from win_share g where g.forum = win_share.forum and g.win = win_share.win"
        " and g.actor = win_share.actor and g.member = :goes and g.answer in ('no', 'private'))",
        forum=forum,
        goes=goes,
        stays=stays,
    )
    store.do(
        "delete from win_share where forum = :forum and member = :goes and exists (select 1 from win_share k"
        " where k.forum = win_share.forum and k.win = win_share.win and k.actor = win_share.actor"
        " and k.member = :stays)",
        forum=forum,
        goes=goes,
        stays=stays,
    )
    store.do(
        "update win_share set member = :stays where forum = :forum and member = :goes",
        forum=forum,
        stays=stays,
        goes=goes,
    )


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
    for win, actor, member, answered in shares:
        if not member:
            actors.setdefault(win, []).append(actor)
        elif answered == "yes":
            members.setdefault(win, []).append(member)
    return [
        Win(
            each[0], each[1], each[2], each[3], tuple(actors.get(each[1], ())), tuple(members.get(each[1], ())),
            from_ms(each[4]) if each[4] is not None else None, *each[5:9],
        )
        for each in rows
    ]  # fmt: skip
