"""Timers: what shall ring, and when. The database remembers; whoever wakes only asks what is due."""

from datetime import datetime, timedelta

from storage.db import SERVER_NOW as _NOW
from storage.db import Row, Store, from_ms, to_ms
from storage.values import dataclass


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer. ``action`` is an encoded action; after ``grace`` the ``late`` rule (``ring``, ``skip``, ``again``) decides."""

    name: str
    forum: int | None
    due_at: datetime
    action: str
    grace: timedelta
    late: str


def schedule(
    store: Store, name: str, at: datetime, action: str, *, forum: int | None, grace: timedelta, late: str
) -> None:
    """Set a timer, or move the one of that name."""
    store.do(
        "insert into timer (name, forum, due_at, action, grace, late)"
        " values (:name, :forum, :at, :action, :grace, :late)"
        " on conflict (name) do update set due_at = excluded.due_at, action = excluded.action,"
        " grace = excluded.grace, late = excluded.late, taken_until = 0",
        name=name,
        forum=forum,
        at=to_ms(at),
        action=action,
        grace=round(grace.total_seconds()),
        late=late,
    )


def cancel(store: Store, name: str) -> None:
    """Silence a timer."""
    store.do("delete from timer where name = :name", name=name)


def ring(store: Store, name: str, due_at: datetime) -> bool:
    """Take a timer that is due out of the table; false when it was moved, cancelled or already rang."""
    return bool(
        store.run("delete from timer where name = :name and due_at = :at", name=name, at=to_ms(due_at))
    )


def due(store: Store, now: datetime, *, most: int = 100) -> list[Timer]:
    """What should have rung by now, soonest first."""
    rows = store.all(
        "select name, forum, due_at, action, grace, late from timer where due_at <= :now"
        " order by due_at, name limit :most",
        now=to_ms(now),
        most=most,
    )
    return list(map(_timer, rows))


def take_due(store: Store, *, now: datetime, lease: timedelta, most: int = 50) -> list[Timer]:
    """The same, for one of several processes: whoever takes a timer has so long to ring it before another one does.

    What is due is said by ``now``; how long it stays taken, by the server's clock.
    """
    rows = store.all(
        f"update timer set taken_until = {_NOW} + :lease where name in (select name from timer where due_at <= :now"
        f" and taken_until <= {_NOW} order by due_at, name limit :most for update skip locked)"
        " returning name, forum, due_at, action, grace, late",
        lease=round(lease.total_seconds() * 1000),
        now=to_ms(now),
        most=most,
    )
    return sorted(map(_timer, rows), key=lambda each: (each.due_at, each.name))


def next_due(store: Store) -> datetime | None:
    """When the next timer rings."""
    row = store.one("select min(due_at) from timer")
    return from_ms(row[0]) if row and row[0] is not None else None


def next_to_take(store: Store, now: datetime) -> datetime | None:
    """When the next timer rings that no other process has taken, by the clock that says ``now``."""
    row = store.one(
        f"select min(greatest(due_at, case when taken_until > {_NOW} then :now + taken_until - {_NOW} else 0 end))"
        " from (select due_at, taken_until from timer order by due_at limit 500) as soon",
        now=to_ms(now),
    )
    return from_ms(row[0]) if row and row[0] is not None else None


def _timer(row: Row) -> Timer:
    return Timer(row[0], row[1], from_ms(row[2]), row[3], timedelta(seconds=row[4]), row[5])
