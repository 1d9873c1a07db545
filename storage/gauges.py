"""Figures that whoever runs the bot watches: what waits, what went wrong, what is late. No row says whose.

Small instants of the installation itself (the last backup, the last drill, when the bot was last at work) are kept
among the facts.
"""

from datetime import datetime, timedelta

from storage import intake
from storage.db import Store, from_ms, to_ms
from storage.schema import STEPS
from storage.values import dataclass

BACKUP = "backup-at"
DRILL = "drill-at"
WRITTEN = "written-at"
RESTORED = "restored-from"
"""The last instant that a backup knew of, until the forums have been told that it was put back."""
PATIENCE = timedelta(seconds=90)
"""A timer this late is overdue: whoever rings looks at least once a minute."""


@dataclass(frozen=True, slots=True)
class Gauges:
    """Messages by state, the oldest that waits, what could not be read, timers that did not ring, and two instants."""

    waiting: int
    sending: int
    unknown: int
    dead: int
    oldest_at: datetime | None
    unreadable: int
    overdue: int
    backup_at: datetime | None
    drill_at: datetime | None


def read(store: Store, now: datetime) -> Gauges:
    """All of it, as it stands."""
    states: dict[str, int] = dict(
        store.all(
            "select state, count(*) from outbox where state in ('new', 'sending', 'unknown', 'dead') group by state"
        )
    )
    # What may leave no trace has no time, so it cannot be told how long it waits.
    oldest = store.one("select min(due_at) from outbox where state in ('new', 'sending') and due_at > 0")
    unreadable = store.one("select count(*) from dead_letter")
    overdue = store.one("select count(*) from timer where due_at < :latest", latest=to_ms(now - PATIENCE))
    return Gauges(
        waiting=states.get("new", 0), sending=states.get("sending", 0), unknown=states.get("unknown", 0),
        dead=states.get("dead", 0), oldest_at=from_ms(oldest[0]) if oldest and oldest[0] is not None else None,
        unreadable=unreadable[0] if unreadable else 0, overdue=overdue[0] if overdue else 0,
        backup_at=instant(store, BACKUP), drill_at=instant(store, DRILL),
    )  # fmt: skip


def instant(store: Store, name: str) -> datetime | None:
    """When something last was; ``None`` when it never was."""
    known = intake.fact(store, name)
    return from_ms(int(known)) if known else None


def note(store: Store, name: str, at: datetime) -> None:
    """Remember when something last was."""
    intake.set_fact(store, name, str(to_ms(at)))


def last_known(store: Store) -> datetime | None:
    """The last instant at which the bot was surely at work; ``None`` where nothing tells."""
    found = (instant(store, each) for each in (WRITTEN, *map(awake, ("slack", "telegram"))))
    return max(filter(None, found), default=None)


def forget(store: Store, name: str) -> None:
    """It never was."""
    intake.set_fact(store, name, "")


def awake(platform: str) -> str:
    """The name of the instant when a platform last reached us."""
    return f"awake:{platform}"


def careless_settings(store: Store) -> list[str]:
    """What a server is told to leave out, though without it a crash of its machine loses or damages what was kept."""
    if store.engine == "sqlite":
        return []
    rows = store.all(
        "select name from pg_settings where name in ('fsync', 'full_page_writes') and setting = 'off' order by name"
    )
    return [row[0] for row in rows]


def schema_fits(store: Store) -> bool:
    """Whether every step of the schema that this version knows was taken, and none that leaves it behind."""
    if store.engine == "sqlite":
        rows = store.all("select name, 1 from _sqlite_migrations where migration_set = 'samsyn'")
    elif store.one("select 1 where to_regclass('schema_step') is not null"):
        rows = store.all("select name, breaks from schema_step")
    else:
        return False
    known = {each.name for each in STEPS}
    return known <= {name for name, _ in rows} and not any(
        breaks for name, breaks in rows if name not in known
    )
