"""When a forum celebrates: until which day it is left in quiet, and since when it has been together."""

from datetime import date, datetime

from storage.db import Store, day_or_none, from_ms


def calm_until(store: Store, forum: int) -> date | None:
    """The day before which nothing is celebrated."""
    row = store.one("select calm_until from forum_rhythm where forum = :forum", forum=forum)
    return day_or_none(row[0]) if row else None


def set_calm(store: Store, forum: int, until: date) -> None:
    """Celebrate nothing before a day; with today a longer quiet time is over."""
    store.do(
        "insert into forum_rhythm (forum, calm_until) values (:forum, :until)"
        " on conflict (forum) do update set calm_until = excluded.calm_until",
        forum=forum,
        until=until.isoformat(),
    )


def together_since(store: Store, forum: int) -> datetime:
    """When a forum began."""
    row = store.one("select created_at from forum where id = :forum", forum=forum)
    assert row is not None  # noqa: S101 - whoever asks is in it
    return from_ms(row[0])


def decided(store: Store, forum: int) -> int:
    """How many decisions a forum has made; what was undone was none."""
    row = store.one("select count(*) from decision where forum = :forum and state <> 'undone'", forum=forum)
    return int(row[0]) if row else 0
