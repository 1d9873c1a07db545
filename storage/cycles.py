"""Cycles of meetings: the rule that a forum meets by, what was said about single days, and the address of its calendar.

``state`` is ``draft`` until a coordinator has seen the dates and saved it, then ``active``, in the end ``ended``. A change
names the version that it is made to, so of two at once the second hears of the first.
"""

import json
from collections.abc import Mapping
from datetime import date, time

from storage.db import Row, Store
from storage.values import dataclass

_COLUMNS = "forum, id, title, words, rule, first_on, begins, minutes, zone, venue, sequence, state, moves"


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle. ``rule`` is an RRULE that counts from ``first_on``; ``words`` is how somebody said it.

    ``moves`` is what was said about days that the rule gives: another day, the same one, or "" for no meeting.
    """

    forum: int
    id: int
    title: str
    words: str
    rule: str
    first_on: date
    begins: time
    minutes: int
    zone: str
    venue: str
    sequence: int
    state: str
    moves: Mapping[str, str]


def _cycle(row: Row) -> Cycle:
    days = (date.fromisoformat(row[5]), time.fromisoformat(row[6]))
    return Cycle(*row[:5] + days + row[7:12] + (json.loads(row[12]),))


def add(
    store: Store, forum: int, *, title: str, words: str, rule: str, first_on: date, begins: time, minutes: int, zone: str,
    venue: str = "",
) -> int:  # fmt: skip
    """A draft of a cycle; its number in the forum."""
    number = store.next_number(forum, "cycle")
    store.do(
        "insert into meeting_cycle (forum, id, title, words, rule, first_on, begins, minutes, zone, venue)"
        " values (:forum, :id, :title, :words, :rule, :first_on, :begins, :minutes, :zone, :venue)",
        forum=forum, id=number, title=title, words=words, rule=rule, first_on=first_on.isoformat(),
        begins=f"{begins:%H:%M}", minutes=minutes, zone=zone, venue=venue,
    )  # fmt: skip
    return number


def get(store: Store, forum: int, cycle: int) -> Cycle | None:
    """A cycle by its number."""
    row = store.one(
        f"select {_COLUMNS} from meeting_cycle where forum = :forum and id = :id", forum=forum, id=cycle
    )
    return _cycle(row) if row else None


def active(store: Store, forum: int) -> list[Cycle]:
    """The cycles that the forum meets by, oldest first."""
    rows = store.all(
        f"select {_COLUMNS} from meeting_cycle where forum = :forum and state = 'active' order by id",
        forum=forum,
    )
    return [_cycle(each) for each in rows]


def ever(store: Store, forum: int) -> list[Cycle]:
    """The cycles that the forum meets by or has met by, oldest first."""
    rows = store.all(
        f"select {_COLUMNS} from meeting_cycle where forum = :forum and state <> 'draft' order by id",
        forum=forum,
    )
    return [_cycle(each) for each in rows]


def change(
    store: Store, cycle: Cycle, *, title: str, words: str, rule: str, first_on: date, begins: time, minutes: int, zone: str,
    venue: str,
) -> bool:  # fmt: skip
    """The same cycle by another rule; what was said about single days stands. False when somebody was faster."""
    return bool(
        store.run(
            "update meeting_cycle set title = :title, words = :words, rule = :rule, first_on = :first_on,"
            " begins = :begins, minutes = :minutes, zone = :zone, venue = :venue, sequence = sequence + 1"
            " where forum = :forum and id = :id and sequence = :sequence and state <> 'ended'",
            title=title,
            words=words,
            rule=rule,
            first_on=first_on.isoformat(),
            begins=f"{begins:%H:%M}",
            minutes=minutes,
            zone=zone,
            venue=venue,
            forum=cycle.forum,
            id=cycle.id,
            sequence=cycle.sequence,
        )
    )


def answer(store: Store, cycle: Cycle, days: Mapping[str, str]) -> None:
    """What was said about days that the rule gives."""
    store.do(
        "update meeting_cycle set moves = :moves, sequence = sequence + 1 where forum = :forum and id = :id",
        moves=json.dumps({**cycle.moves, **days}),
        forum=cycle.forum,
        id=cycle.id,
    )


def begin(store: Store, cycle: Cycle) -> bool:
    """A draft becomes what the forum meets by; false when it was no draft any more."""
    return _becomes(store, cycle, "active", "draft")


def end(store: Store, cycle: Cycle) -> bool:
    """The forum meets by it no longer; false when that was so before."""
    return _becomes(store, cycle, "ended", "active")


def _becomes(store: Store, cycle: Cycle, state: str, before: str) -> bool:
    return bool(
        store.run(
            "update meeting_cycle set state = :state, sequence = sequence + 1"
            " where forum = :forum and id = :id and state = :before",
            state=state,
            before=before,
            forum=cycle.forum,
            id=cycle.id,
        )
    )


# --- The calendar's address --------------------------------------------------------------------------------------


def feed(store: Store, forum: int) -> str:
    """The secret in the address of the forum's calendar; "" while it has none, or where there is no such forum."""
    row = store.one("select feed from forum where id = :forum", forum=forum)
    return str(row[0]) if row else ""


def set_feed(store: Store, forum: int, token: str) -> None:
    """A new secret: the old address leads nowhere any more."""
    store.do("update forum set feed = :token where id = :forum", token=token, forum=forum)
