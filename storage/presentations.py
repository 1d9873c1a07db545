"""Whose turn it is to present its organisation, what has been presented, and what each one wants to be remembered by."""

from datetime import date, datetime

from storage.db import Row, Store, day_or_none, to_ms
from storage.values import dataclass

_COLUMNS = "a.id, a.name, p.turn, p.presented_on, p.summary"


@dataclass(frozen=True, slots=True)
class Turn:
    """An organisation in the round. ``presented_on`` is ``None`` while it waits; ``summary`` is "" until it is written."""

    actor: int
    name: str
    turn: int
    presented_on: date | None
    summary: str


def _turn(row: Row) -> Turn:
    return Turn(*row[:3] + (day_or_none(row[3]), row[4]))


def line_up(store: Store, forum: int) -> list[Turn]:
    """Every organisation that somebody speaks for, in the order of their turns; those that are new come last."""
    store.do(
        "insert into presentation (forum, actor, turn) select a.forum, a.id,"
        " a.id + (select coalesce(max(turn), 0) from presentation where forum = :forum)"
        " from actor a where a.forum = :forum on conflict do nothing",
        forum=forum,
    )
    rows = store.all(
        f"select {_COLUMNS} from actor a join presentation p on p.forum = a.forum and p.actor = a.id"
        " where a.forum = :forum and exists (select 1 from member m where m.forum = a.forum and m.actor = a.id"
        " and m.state = 'active') order by p.turn, a.id",
        forum=forum,
    )
    return [_turn(each) for each in rows]


def skip(store: Store, forum: int, actor: int) -> None:
    """Another time: last in the line."""
    store.do(
        "update presentation set turn = (select max(turn) + 1 from presentation where forum = :forum)"
        " where forum = :forum and actor = :actor",
        forum=forum,
        actor=actor,
    )


def swap(store: Store, forum: int, one: Turn, other: Turn) -> None:
    """Two change places."""
    store.run_many(
        "update presentation set turn = :turn where forum = :forum and actor = :actor",
        [
            {"turn": other.turn, "forum": forum, "actor": one.actor},
            {"turn": one.turn, "forum": forum, "actor": other.actor},
        ],
    )


def presented(store: Store, forum: int, actor: int, *, meeting: int | None, day: date) -> bool:
    """It has had its turn; false when it is not in the line."""
    return bool(
        store.run(
            "update presentation set presented_on = :day, meeting = :meeting where forum = :forum and actor = :actor",
            day=day.isoformat(),
            meeting=meeting,
            forum=forum,
            actor=actor,
        )
    )


def summarise(store: Store, forum: int, actor: int, summary: str, *, member: int, now: datetime) -> None:
    """What an organisation wants the others to remember."""
    store.do(
        "update presentation set summary = :summary, by_member = :member, at = :at"
        " where forum = :forum and actor = :actor",
        summary=summary,
        member=member,
        at=to_ms(now),
        forum=forum,
        actor=actor,
    )


def begin_again(store: Store, forum: int) -> None:
    """A new round: everybody has a turn; what was written stays."""
    store.do("update presentation set presented_on = '', meeting = null where forum = :forum", forum=forum)
