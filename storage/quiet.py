"""Until which day a forum is left in quiet: nothing is celebrated before."""

from datetime import date

from storage.db import Store, day_or_none


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
