"""The store: one connection, named parameters, portable SQL.

SQLite through sqlite-utils in WAL mode with a flush at every commit and foreign keys on. There is one write
connection in one process: a lock file beside the database makes a second process refuse to start. All SQL in this
package keeps to what PostgreSQL understands as well (``on conflict``, ``returning``, ``:named`` parameters).
"""

import fcntl
import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias

import sqlite_utils

Param: TypeAlias = str | int | None
Row: TypeAlias = tuple[Any, ...]

BUSY_SECONDS = 2.0
"""How long a statement waits for a lock: below the three seconds in which Slack wants its answer."""


class StoreUnavailable(Exception):  # noqa: N818
    """The store cannot take or give anything now: full disk, lock, lost connection. Nothing is acknowledged."""


class InUse(StoreUnavailable):
    """Another process already writes to this database."""


def to_ms(moment: datetime) -> int:
    """An instant as it is stored: whole milliseconds since 1970, UTC."""
    return round(moment.timestamp() * 1000)


def from_ms(ms: int) -> datetime:
    """The reverse of :func:`to_ms`."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def day_or_none(raw: str | None) -> date | None:
    """A stored local date."""
    return date.fromisoformat(raw) if raw else None


@dataclass(frozen=True, slots=True)
class Store:
    """Statements on the connection of the present transaction. Begin and commit belong to whoever opened it.

    ``postponed`` is where whoever runs several pieces of work in one transaction gathers what ``at_last`` asks for.
    """

    connection: sqlite3.Connection
    postponed: list[tuple[int, str, dict[str, Param]]] | None = None

    def all(self, sql: str, **params: Param) -> list[Row]:
        """Every row."""
        return self.connection.execute(sql, params).fetchall()

    def one(self, sql: str, **params: Param) -> Row | None:
        """The first row, or ``None``."""
        row: Row | None = self.connection.execute(sql, params).fetchone()
        return row

    def run(self, sql: str, **params: Param) -> int:
        """How many rows the statement touched."""
        return self.connection.execute(sql, params).rowcount

    def run_many(self, sql: str, rows: Sequence[dict[str, Param]]) -> None:
        """The same statement for several rows."""
        self.connection.executemany(sql, rows)

    def at_last(self, order: int, sql: str, **params: Param) -> None:
        """Run a statement just before the commit, in rising ``order``; at once where nobody gathers.

        For full-text tables: they write out all they hold at every savepoint, and whenever their rows step back.
        """
        if self.postponed is None:
            self.run(sql, **params)
        else:
            self.postponed.append((order, sql, params))

    def finish(self) -> None:
        """Run what was postponed."""
        for _, sql, params in sorted(self.postponed or (), key=itemgetter(0)):
            self.connection.execute(sql, params)
        if self.postponed:
            self.postponed.clear()

    def next_number(self, forum: int, kind: str) -> int:
        """The next number of a kind within a forum, from 1: no gaps, for it rolls back with everything else."""
        row = self.one(
            "insert into counter (forum, kind, last) values (:forum, :kind, 1)"
            " on conflict (forum, kind) do update set last = counter.last + 1 returning last",
            forum=forum,
            kind=kind,
        )
        assert row is not None  # noqa: S101 - an insert that returns gives its row
        return int(row[0])


class Database:
    """An open SQLite file and the lock that makes it ours.

    ``writer`` is the one connection that writes; ``reader()`` opens another one for looking only.
    Raises :class:`InUse` when another process has it, :class:`StoreUnavailable` when it cannot be opened.
    """

    def __init__(self, path: Path, *, exclusive: bool = True) -> None:
        self.path = path
        self._lock: int | None = None
        path.parent.mkdir(parents=True, exist_ok=True)
        if exclusive:
            self._lock = take_lock(path)
        try:
            self.writer = _connect(path)
        except sqlite3.Error as trouble:
            self._release()
            raise StoreUnavailable(str(trouble)) from trouble
        self.tools = sqlite_utils.Database(self.writer)
        self.store = Store(self.writer)

    def reader(self) -> Store:
        """A store on a connection of its own that cannot write."""
        connection = _connect(self.path)
        connection.execute("pragma query_only = on")
        return Store(connection)

    def close(self) -> None:
        """Close the file and let go of the lock."""
        self.writer.close()
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS, cached_statements=256
    )
    # Savepoints copy pages aside; in memory that costs little, and no words of anybody's lie in temporary files.
    for pragma in (
        "journal_mode = wal",
        "synchronous = full",
        "foreign_keys = on",
        "secure_delete = on",
        "temp_store = memory",
    ):
        connection.execute(f"pragma {pragma}")
    return connection


def take_lock(database: Path) -> int:
    """Make a database ours until this handle is closed; raises :class:`InUse` when it is somebody else's."""
    path = database.with_name(database.name + ".lock")
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as busy:
        os.close(handle)
        raise InUse(path.stem) from busy
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
    return handle
