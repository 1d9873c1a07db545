"""What needs somebody's hand in a bot that has been at work: letters, timers, backups, and who can read the files."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.finding import READABLE_BY_OTHERS, Finding
from bot.health import OLDEST
from bot.settings import Settings
from storage import gauges
from storage.db import Store
from storage.gauges import Gauges

FRESH_BACKUP: Final = timedelta(hours=26)
"""Once a day is the least; RELIABILITY asks for once an hour."""
FRESH_DRILL: Final = timedelta(days=8)
AWAKE: Final = timedelta(minutes=3)
"""A running bot notes once a minute that a platform reaches it."""
LETTERS: Final = "Which, and why: python -m bot letters"


def of_upkeep(store: Store, settings: Settings, now: datetime, *, running: bool) -> Iterator[Finding]:
    """Everything that the database itself tells. ``running``: a bot is at work on it at this moment."""
    found = gauges.read(store, now)
    yield from _letters(found)
    if running:
        yield from _standing_still(found, now)
        yield from _out_of_reach(store, settings, now)
    elif found.waiting or found.overdue:
        yield Finding(
            "note", f"{_some(found.waiting + found.overdue, 'thing waits', 'things wait')} for a bot to run."
        )
    yield from _backups(found, now)


def _letters(found: Gauges) -> Iterator[Finding]:
    if found.dead:
        yield Finding("note", f"{_some(found.dead, 'message', 'messages')} did not arrive.", LETTERS)
    if found.unknown:
        told = f"{_some(found.unknown, 'message', 'messages')} may or may not have arrived."
        yield Finding("note", told, LETTERS)
    if found.unreadable:
        told = f"{_some(found.unreadable, 'delivery', 'deliveries')} of the platforms could not be read."
        yield Finding("note", told, LETTERS)


def _standing_still(found: Gauges, now: datetime) -> Iterator[Finding]:
    if found.oldest_at and now - found.oldest_at > OLDEST:
        todo = "Is its platform reached, and the token good? The log says why it waits."
        yield Finding("wrong", f"A message has been waiting for {_long(now - found.oldest_at)}.", todo)
    if found.overdue:
        told = f"{_some(found.overdue, 'timer', 'timers')} should have rung and did not."
        yield Finding("wrong", told, "Start the bot anew, and report it: timers ring within a minute.")


def _out_of_reach(store: Store, settings: Settings, now: datetime) -> Iterator[Finding]:
    for platform, wanted in (("slack", settings.slack), ("telegram", settings.telegram)):
        awake_at = gauges.instant(store, gauges.awake(platform)) if wanted else None
        if awake_at and now - awake_at > AWAKE:
            told = f"{platform.capitalize()} has not reached the running bot for {_long(now - awake_at)}."
            yield Finding("wrong", told, "What /ready and the log say tells why.")


def _backups(found: Gauges, now: datetime) -> Iterator[Finding]:
    if found.backup_at is None:
        yield Finding("note", "No backup has been made.", "Every hour: python -m bot backup FILE")
        return
    if now - found.backup_at > FRESH_BACKUP:
        told = f"The last backup was made {_long(now - found.backup_at)} ago."
        yield Finding("note", told, "Every hour: python -m bot backup FILE")
    if found.drill_at is None:
        yield Finding(
            "note", "No backup was ever tried out.", "Every week: python -m bot restore --drill FILE"
        )
    elif now - found.drill_at > FRESH_DRILL:
        told = f"A backup was last tried out {_long(now - found.drill_at)} ago."
        yield Finding("note", told, "Every week: python -m bot restore --drill FILE")


def of_files(database: Path) -> Iterator[Finding]:
    """Who can read what the bot has written."""
    beside = sorted(each for each in database.parent.glob(f"{database.name}*") if each.is_file())
    if names := [each.name for each in beside if each.stat().st_mode & READABLE_BY_OTHERS]:
        told = f"Other users of this machine can read {', '.join(names)}."
        yield Finding("note", told, f"Run: chmod 600 {database}*")


def _some(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _long(span: timedelta) -> str:
    """A length as people say it, rounded down."""
    minutes = int(span.total_seconds() // 60)
    for length, one, many in ((24 * 60, "day", "days"), (60, "hour", "hours")):
        if minutes >= length:
            return _some(minutes // length, one, many)
    return _some(minutes, "minute", "minutes")
