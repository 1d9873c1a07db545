"""Backups of a PostgreSQL database: copied into a SQLite file as of one instant, and put back out of one.

So there is one kind of backup, whichever engine keeps the data: it can be looked into, checked and tried out without a
server, and put back on either engine. Ballots are in none.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.backups import BackupError, Restored, made_ready, written
from storage import copying
from storage.db import Database, NewerSchema
from storage.migrations import migrations
from storage.opened import opened
from storage.postgres_whole import check_alone, migrated_anew, patient, steps_taken
from storage.schema import STEPS
from storage.sqlite import SqliteDatabase


def back_up(address: str, to: Path) -> None:
    """Copy the database to a file that is not there yet, also while bots run. Raises ``BackupError``."""
    with written(to) as part, _on(address) as server:
        steps = steps_taken(server.store)
        if not steps:
            raise BackupError("There is nothing in the database to back up.")
        with closing(SqliteDatabase(part, exclusive=False)) as file, _compared():
            _bring_up(file, steps)
            file.store.run("begin")
            with copying.snapshot(server.store):
                copying.copy(server.store, file.store)
            file.store.run("commit")
            file.store.one("pragma journal_mode = delete")


def restore(backup: Path, address: str) -> Restored:
    """Put a backup into the database; what it held is kept in a schema of its own. All of it or nothing.

    Raises ``BackupError`` when the backup is not whole or not ours, ``InUse`` while a bot runs on the database.
    """
    with TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.db"
        dropped = made_ready(backup, fresh)
        with closing(SqliteDatabase(fresh, exclusive=False)) as file, _on(address) as server, _compared():
            check_alone(server.store)
            server.store.run("begin")
            aside = migrated_anew(server.store, keep=copying.total(server.store) > 0)
            check_alone(server.store)
            copying.empty(server.store)
            copying.copy(file.store, server.store)
            server.store.run("commit")
    return Restored(None, dropped, aside)


def _bring_up(file: SqliteDatabase, steps: list[str]) -> None:
    """The schema that the server has, which may be older than ours."""
    known = [each.name for each in STEPS]
    if not set(steps) <= set(known):
        raise NewerSchema(", ".join(sorted(set(steps) - set(known))))
    lacking = [each for each in known if each not in steps]
    migrations.apply(file.tools, stop_before=lacking[:1])


@contextmanager
def _on(address: str) -> Iterator[Database]:
    with closing(opened(address)) as server, copying.plainly(server.store):
        patient(server.store)
        yield server


@contextmanager
def _compared() -> Iterator[None]:
    try:
        yield
    except copying.Torn as why:
        raise BackupError(f"What arrived is not what was sent, in {why}. Nothing was changed.") from None
