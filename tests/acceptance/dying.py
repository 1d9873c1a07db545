"""``python tests/acceptance/dying.py <folder>``: migrations that are killed at every statement, from every older schema.

For each step from which an installation may come, or nothing, a child takes the steps that are lacking and is killed
(SIGKILL) at its n-th statement, for every n until the first of them is taken. The next start completes them all. Prints
how many deaths there were; says what was wrong.
"""

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from storage.migrations import migrations
from storage.sqlite import SqliteDatabase


def old(path: Path, steps: int) -> None:
    """A database as a version with so many steps left it, with something in it."""
    with closing(SqliteDatabase(path)) as database:
        names = [each.name for each in migrations.pending(database.tools)]
        migrations.apply(database.tools, stop_before=names[steps])
        if steps:
            database.store.run(
                "insert into person (name, language, created_at) values ('Ada', 'sv', 1), ('Bo', '', 2)"
            )


def killed_at(path: Path, nth: int) -> bool:
    """A child migrates and is killed at its n-th statement; false when it had fewer."""
    child = os.fork()
    if not child:
        with closing(_hurried(path)) as database:
            left = iter(range(nth - 1))
            database.writer.set_trace_callback(lambda _: _die_unless(left))
            database.migrate()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def _hurried(path: Path) -> SqliteDatabase:
    """Without flushes: a process that dies takes nothing along that the system has."""
    database = SqliteDatabase(path)
    database.writer.execute("pragma synchronous = off")
    return database


def _die_unless(left: Iterator[int]) -> None:
    if next(left, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)


def shape(path: Path) -> object:
    """What there is: everything of the schema, the steps taken, and the people; and that the file is whole."""
    with closing(sqlite3.connect(path)) as store:
        assert store.execute("pragma integrity_check").fetchone() == ("ok",)
        schema = store.execute("select type, name, sql from sqlite_master order by type, name").fetchall()
        steps = store.execute("select name from _sqlite_migrations order by id").fetchall()
        return schema, steps, store.execute("select * from person order by id").fetchall()


def taken(path: Path) -> int:
    """How many steps are in it."""
    with closing(sqlite3.connect(path)) as store:
        there = store.execute("select count(*) from sqlite_master where name = '_sqlite_migrations'")
        row = store.execute("select count(*) from _sqlite_migrations") if there.fetchone()[0] else [(0,)]
        return int(next(iter(row))[0])


def main() -> None:
    """Kill, complete, compare."""
    folder, deaths = Path(sys.argv[1]), 0
    with closing(SqliteDatabase(folder / "none.db")) as database:
        known = len(list(migrations.pending(database.tools)))
    for steps in range(known):
        before, wanted = folder / f"{steps}.db", folder / f"{steps}-wanted.db"
        old(before, steps)
        shutil.copyfile(before, wanted)
        with closing(SqliteDatabase(wanted)) as database:
            assert len(database.migrate()) == known - steps
        for nth in count(1):
            at = folder / f"{steps}-{nth}.db"
            shutil.copyfile(before, at)
            deaths += killed_at(at, nth)
            is_taken = taken(at) > steps
            with closing(_hurried(at)) as database:
                database.migrate()
            assert shape(at) == shape(wanted), (steps, nth)
            for each in folder.glob(f"{at.name}*"):
                each.unlink()
            if is_taken:
                break
    print(known, deaths)  # noqa: T201 - whoever called reads it


if __name__ == "__main__":
    main()
