"""The doctor: what is wrong on this machine, in the database and at the platforms, and what to do.

Changes nothing, prints no token. Each check yields what it found, in the order in which a person would mend it.
"""

import os
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from bot.checks_platforms import at_platforms
from bot.checks_upkeep import AWAKE, of_files, of_upkeep
from bot.clock import Clock, SystemClock
from bot.condition import condition, is_whole, looking, looking_at
from bot.finding import READABLE_BY_OTHERS, Finding
from bot.health import has_room
from bot.settings import FILE, Settings
from storage import gauges, whereabouts
from storage.db import InUse, StoreUnavailable
from storage.opened import shown
from storage.sqlite import take_lock

SOUND_SQLITE: Final = (3, 51, 3)
"""Older ones may damage a file when several connections write, which ours never do: https://sqlite.org/wal.html"""

_TO_BE_CAREFUL: Final = {
    "fsync": "On the server: psql -c 'alter system set fsync = on' -c 'select pg_reload_conf()' && sync",
    "full_page_writes": "On the server: psql -c 'alter system set full_page_writes = on' -c 'select pg_reload_conf()'",
}


async def look(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Finding]:
    """Check everything that the settings name."""
    clock = clock or SystemClock()
    for each in (*_look_at_file(), *_look_at_database(settings, clock)):
        yield each
    async for each in at_platforms(settings, clock):
        yield each


def _look_at_file() -> Iterator[Finding]:
    file = Path(FILE)
    if file.is_file() and file.stat().st_mode & READABLE_BY_OTHERS:
        yield Finding("note", f"Other users of this machine can read {FILE}.", f"Run: chmod 600 {FILE}")


def _look_at_database(settings: Settings, clock: Clock) -> Iterator[Finding]:
    if isinstance(settings.where, Path):
        yield from _look_at_folder(settings.where)
        if settings.where.exists():
            yield from _look_inside(settings, settings.where, clock)
    else:
        yield from _look_at_server(settings, settings.where, clock)


# --- A file ----------------------------------------------------------------------------------------------------


def _look_at_folder(path: Path) -> Iterator[Finding]:
    folder = next(each for each in path.absolute().parents if each.exists())
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as trouble:
        yield Finding(
            "wrong", f"Nothing can be written in {folder}: {trouble.strerror}.", "Change its owner."
        )
        return
    if not has_room(path):
        yield Finding("note", "The disk of the database is more than nine tenths full.", "Make room.")
    if not path.exists():
        yield Finding("fine", f"The database {path} will be made at the first start.")
    if sqlite3.sqlite_version_info < SOUND_SQLITE:
        yield Finding(
            "note",
            f"SQLite is {sqlite3.sqlite_version}; versions before {'.'.join(map(str, SOUND_SQLITE))} have a rare fault"
            " when several connections write.",
            "The bot keeps to one. Let no other program write to the database.",
        )


def _look_inside(settings: Settings, path: Path, clock: Clock) -> Iterator[Finding]:
    running = _in_use(path)
    try:
        with looking_at(path) as connection:
            whole, found = is_whole(connection, quick=True), condition(connection)
    except StoreUnavailable as trouble:
        yield Finding("wrong", f"The database {path} cannot be read: {trouble}.", "Restore a backup.")
        return
    if not whole:
        yield Finding("wrong", f"The database {path} is damaged.", "Restore a backup.")
    elif found.strange:
        yield Finding("wrong", f"The database {path} was made by a newer Samsyn.", "Update this one.")
    elif found.lacking:
        yield Finding("note", f"The database {path} gets a newer schema at the next start.")
    else:
        at_work = ", and a bot is running on it" if running else ""
        yield Finding("fine", f"The database {path} is whole{at_work}.")
        yield from of_files(path)
        yield from _look_at_content(settings, clock, running=running)


def _in_use(path: Path) -> bool:
    try:
        os.close(take_lock(path))
    except InUse:
        return True
    return False


# --- A server --------------------------------------------------------------------------------------------------


def _look_at_server(settings: Settings, address: str, clock: Clock) -> Iterator[Finding]:
    name = shown(address)
    try:
        with looking(address) as store:
            careless = gauges.careless_settings(store)
            fits = gauges.schema_fits(store)
            last = gauges.last_known(store) if fits else None
    except StoreUnavailable as trouble:
        yield Finding("wrong", f"The database {name} cannot be used: {trouble}.", "Check DATABASE_URL.")
        return
    if fits:
        yield Finding("fine", f"The database {name} answers.")
    else:
        yield Finding("note", f"The database {name} gets today's schema at the next start.")
    for each in careless:
        told = f"The server of the database has {each} = off: if its machine fails, what was kept may be lost or damaged."
        yield Finding("wrong", told, _TO_BE_CAREFUL[each])
    if not fits:
        return
    yield from _look_at_content(settings, clock, running=bool(last and clock.now() - last < AWAKE))


# --- Either ----------------------------------------------------------------------------------------------------


def _look_at_content(settings: Settings, clock: Clock, *, running: bool) -> Iterator[Finding]:
    with looking(settings.where) as store:
        try:
            whereabouts.check(store)
        except whereabouts.Elsewhere as elsewhere:
            yield Finding("wrong", f"No bot can start on this database: {elsewhere}.")
        yield from of_upkeep(store, settings, clock.now(), running=running)
