"""Whether a backup is any good: looked through without touching it, and put back on trial in a place of its own.

A backup that was never put back is only a hope. The drill does what a restore does, in a folder that is thrown away,
and compares every table; nothing of the running bot is touched.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.backups import BackupError, brought_up, copied
from bot.condition import condition, is_whole, looking_at
from storage import copying, outbox, whereabouts
from storage.copying import Contents
from storage.db import StoreUnavailable
from storage.sqlite import SqliteDatabase, SqliteStore


@dataclass(frozen=True, slots=True)
class Verified:
    """What a backup holds, by table; the steps of the schema that it ``lacks``; how many messages ``wait`` in it."""

    contents: Contents
    lacks: tuple[str, ...]
    wait: int


def verify(backup: Path) -> Verified:
    """Look through all of a backup. Raises :class:`BackupError` when it is not whole or not ours."""
    if not backup.is_file():
        raise BackupError(f"There is no file {backup}.")
    try:
        with looking_at(backup) as connection:
            if not is_whole(connection):
                raise BackupError(f"{backup} is damaged: the database in it does not hold together.")
            found = condition(connection)
            if found.strange:
                raise BackupError(f"{backup} was made by a newer Samsyn. Update this one first.")
            if not found.taken:
                raise BackupError(f"{backup} is no database of Samsyn.")
            store = SqliteStore(connection)
            with copying.snapshot(store):
                wait = sum(outbox.count(store, each) for each in ("new", "sending"))
                return Verified(copying.contents(store), found.lacking, wait)
    except StoreUnavailable as trouble:
        raise BackupError(f"{backup} cannot be read: {trouble}.") from None


def drill(backup: Path, where: Path | str) -> Verified:
    """Put a backup back on trial; what it holds. Raises :class:`BackupError` when it is not what comes out."""
    held = verify(backup)
    with _place_to_throw_away(where) as folder:
        fresh = folder / "samsyn.db"
        copied(backup, fresh)
        if differ := copying.differences(held.contents, verify(fresh).contents):
            raise BackupError(f"What comes out of {backup} is not what is in it: {', '.join(differ)}.")
        brought_up(fresh)
        _check_startable(fresh, backup, held)
    return held


def _check_startable(fresh: Path, backup: Path, held: Verified) -> None:
    """As the bot would: the schema is today's, nothing goes out that waited, no row is missing."""
    with closing(SqliteDatabase(fresh)) as database:
        whereabouts.check(database.store)
        after = copying.contents(database.store)
        fewer = [table for table, content in held.contents.items() if after[table].rows < content.rows]
        if database.migrate() or outbox.waiting(database.store) or fewer:
            raise BackupError(f"No bot could start on what comes out of {backup}.")


@contextmanager
def _place_to_throw_away(where: Path | str) -> Iterator[Path]:
    """A folder for us alone: beside the database, where there is room for one; what a killed drill left is removed."""
    if not isinstance(where, Path):
        with TemporaryDirectory(prefix="samsyn-") as folder:
            yield Path(folder)
        return
    place = where.with_name(f"{where.name}.drill")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700, parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place)
