"""Backups: a copy that is consistent while the bot runs, and putting one back without losing what was there.

After a restore no message goes out that waited when the copy was made: it may have been sent long ago. Timers stay, and
those that fell due since may have rung: they know, so that digests and reminders come the next time, and what waited for
somebody's day comes on the next one.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from shutil import copy2
from typing import Final

from bot.condition import condition, is_whole, looking_at
from storage import gauges, restored
from storage.db import NewerSchema, StoreUnavailable
from storage.migrations import migrate
from storage.sqlite import SqliteDatabase, take_lock

OURS_ALONE: Final = 0o600
BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database."""


class BackupError(Exception):
    """A backup could not be made or put back; nothing was changed. The message is a sentence for a person."""


class Damaged(StoreUnavailable):
    """The file does not hold together. The message says what to do."""


_DAMAGED: Final = "{}; put a backup in its place with: python -m bot restore <backup>"


@dataclass(frozen=True, slots=True)
class Restored:
    """``kept`` is the file that the old database lies in now, ``aside`` the schema where PostgreSQL keeps it.

    ``dropped`` messages that waited in the backup will not be sent.
    """

    kept: Path | None
    dropped: int
    aside: str = ""


def back_up(where: Path | str, to: Path) -> None:
    """Copy the database to a SQLite file that is not there yet, also while the bot runs."""
    if not isinstance(where, Path):
        from bot.backups_postgres import back_up as copy_from_server  # noqa: PLC0415 - only where there is one

        copy_from_server(where, to)
        return
    if not where.is_file():
        raise BackupError(f"There is no database {where} to back up.")
    with written(to) as part:
        _copy(where, part)


@contextmanager
def written(to: Path) -> Iterator[Path]:
    """Where to write what shall be at ``to``, which is not there yet, when all of it is written and not before."""
    if to.exists():
        raise BackupError(f"{to} is there already, and nothing is overwritten. Choose another name.")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OURS_ALONE))
    except OSError as trouble:
        raise BackupError(f"{to} cannot be written: {trouble.strerror}.") from None
    part = to.with_name(f"{to.name}.part")
    try:
        _begin(part)
        yield part
        part.replace(to)
        _flush(to.parent)
    except BaseException:
        to.unlink()
        raise
    finally:
        _remove(part)


def restore(backup: Path, where: Path | str) -> Restored:
    """Put a backup in the place of the database, which is kept aside.

    Raises :class:`BackupError` when the backup is not whole or not ours, ``InUse`` while a bot runs on the database.
    """
    if not backup.is_file():
        raise BackupError(f"There is no file {backup}.")
    if not isinstance(where, Path):
        from bot.backups_postgres import restore as copy_to_server  # noqa: PLC0415 - only where there is one

        return copy_to_server(backup, where)
    return _restore(backup, where)


def made_ready(backup: Path, fresh: Path) -> int:
    """A copy of a backup that a bot may start on; how many messages will not be sent. Refuses what is not right."""
    copied(backup, fresh)
    return brought_up(fresh)


def copied(backup: Path, fresh: Path) -> None:
    """A copy of a backup, which is whole and ours."""
    _copy(backup, fresh)
    _check_ours(fresh, backup)


def _restore(backup: Path, database: Path) -> Restored:
    if database.exists() and backup.samefile(database):
        raise BackupError(f"{backup} is the database itself.")
    database.parent.mkdir(parents=True, exist_ok=True)
    with _ours(database):
        fresh = database.with_name(f"{database.name}.restoring")
        try:
            dropped = made_ready(backup, fresh)
            kept = _set_aside(database)
            _give_to_neighbours(fresh)
            fresh.replace(database)
            _flush(database.parent)
        finally:
            _remove(fresh)
    return Restored(kept, dropped)


def check_schema(database: Path) -> None:
    """Raises ``NewerSchema`` when this version is too old for the database."""
    if database.is_file():
        with looking_at(database) as connection:
            if strange := condition(connection).strange:
                raise NewerSchema(", ".join(strange))


def check_whole(database: Path) -> None:
    """Raises ``Damaged`` when pages do not hold together: to write on would make it worse."""
    if database.is_file():
        try:
            with looking_at(database) as connection:
                whole = connection.execute("pragma quick_check(1)").fetchone() == ("ok",)
        except StoreUnavailable as trouble:
            if isinstance(trouble.__cause__, sqlite3.OperationalError):
                raise  # of a lock or a right that is lacking, and not of what is in the file
            raise Damaged(_DAMAGED.format(trouble)) from None
        if not whole:
            raise Damaged(_DAMAGED.format("it is damaged"))


def keep_before_migrating(database: Path) -> Path | None:
    """Back up before the schema changes; where the copy lies, or ``None`` when there is nothing to change."""
    if not database.is_file():
        return None
    with looking_at(database) as connection:
        found = condition(connection)
    if not (found.taken and found.lacking):
        return None
    kept = database.with_name(f"{database.stem}.before-{found.lacking[0]}{database.suffix}")
    if kept.exists() and not kept.stat().st_size:
        kept.unlink()  # of a start that was killed while it copied
    if not kept.exists():
        back_up(database, kept)
    return kept


def _copy(source: Path, to: Path) -> None:
    """A whole copy in one file. Refuses what is no database or damaged."""
    _begin(to)
    try:
        with looking_at(source) as original, closing(sqlite3.connect(to)) as copy:
            original.backup(copy)
            copy.execute("pragma journal_mode = delete")
            whole = is_whole(copy)
    except (StoreUnavailable, sqlite3.Error) as trouble:
        raise BackupError(f"{source} cannot be copied: {trouble}.") from None
    if not whole:
        raise BackupError(f"{source} is damaged: the database in it does not hold together.")


def _check_ours(fresh: Path, backup: Path) -> None:
    with looking_at(fresh) as connection:
        found = condition(connection)
    if found.strange:
        raise BackupError(f"{backup} was made by a newer Samsyn. Update this one first.")
    if not found.taken:
        raise BackupError(f"{backup} is no database of Samsyn.")


def brought_up(fresh: Path) -> int:
    """Bring the schema up to date and drop what waited to be sent; how many messages that were.

    The last thing that the backup knows of is noted, so that the forums can be told what they lost.
    """
    with closing(SqliteDatabase(fresh, exclusive=False)) as database:
        migrate(database.tools)
        store = database.store
        store.run("begin immediate")
        dropped = restored.drop_waiting(store)
        restored.doubt_timers(store)
        if since := gauges.last_known(store):
            gauges.note(store, gauges.RESTORED, since)
        store.run("commit")
        store.one("pragma journal_mode = delete")
    return dropped


def _set_aside(database: Path) -> Path | None:
    """Keep the old database as it is under another name, with whatever SQLite left beside it after a crash.

    It is not opened: if it is damaged, that would do away with the log that it might be mended with.
    """
    if not database.exists():
        return None
    names = (database.with_name(f"{database.stem}.replaced-{each}{database.suffix}") for each in count(1))
    aside = next(each for each in names if not each.exists())
    try:
        os.link(database, aside)
    except OSError:  # not every file system has links
        copy2(database, aside)
    for tail in BESIDE:
        beside = _beside(database, tail)
        if beside.exists():
            beside.replace(_beside(aside, tail))
    return aside


@contextmanager
def _ours(database: Path) -> Iterator[None]:
    handle = take_lock(database)
    try:
        _give_to_neighbours(database.with_name(f"{database.name}.lock"))
        yield
    finally:
        os.close(handle)


def _give_to_neighbours(path: Path) -> None:
    """What root puts into the bot's folder is the bot's."""
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.chown(path, folder.st_uid, folder.st_gid)


def _begin(path: Path) -> None:
    """An empty file for us alone, whatever lay there."""
    _remove(path)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OURS_ALONE))


def _remove(path: Path) -> None:
    for each in (path, *(_beside(path, tail) for tail in BESIDE)):
        each.unlink(missing_ok=True)


def _beside(path: Path, tail: str) -> Path:
    return path.with_name(path.name + tail)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
