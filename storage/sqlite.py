"""SQLite through sqlite-utils: one file, WAL, a flush at every commit, foreign keys on.

There is one write connection in one process: a lock file beside the database makes a second process refuse to start.
"""

import fcntl
import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from operator import itemgetter
from pathlib import Path
from typing import ClassVar, Final, Literal

import sqlite_utils
from typing_extensions import override

from storage import migrations
from storage.db import BUSY_SECONDS, InUse, Param, Row, Store, StoreUnavailable, Transactions, Verdict

_FAULTS = (
    sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.DataError, sqlite3.InterfaceError,
)  # fmt: skip
"""What SQLite says to a wrong statement of ours: it would say so again, however often it was tried."""
_FAULT_CODES = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG})
"""The same, where only the code tells it from a disk that is full or a file that is locked."""
_CHECKPOINT: Final = 200
"""So many pages in the log before they are written to their places. With SQLite's own thousand a commit takes 20 ms now
and then, and everybody waits for it; with 40 all of them wait for the disk more often (``digest-10k``)."""


class SqliteStore(Store):
    """Statements on one connection. ``postponed`` is where a batch gathers what ``at_last`` asks for."""

    __slots__ = ("connection", "postponed")
    engine: ClassVar[Literal["sqlite", "postgres"]] = "sqlite"

    def __init__(
        self,
        connection: sqlite3.Connection,
        postponed: list[tuple[int, str, dict[str, Param]]] | None = None,
    ) -> None:
        self.connection = connection
        self.postponed = postponed

    @override
    def all(self, sql: str, **params: Param) -> list[Row]:
        return self.connection.execute(sql, params).fetchall()

    @override
    def one(self, sql: str, **params: Param) -> Row | None:
        row: Row | None = self.connection.execute(sql, params).fetchone()
        return row

    @override
    def run(self, sql: str, **params: Param) -> int:
        return self.connection.execute(sql, params).rowcount

    @override
    def do(self, sql: str, **params: Param) -> None:
        self.connection.execute(sql, params)

    @override
    def run_many(self, sql: str, rows: Sequence[dict[str, Param]]) -> None:
        self.connection.executemany(sql, rows)

    @override
    def columns(self, table: str) -> list[str]:
        return [row[0] for row in self.all("select name from pragma_table_info(:table)", table=table)]

    @override
    def hold(self, forum: int) -> None:
        """Nobody else is there."""

    @override
    def at_last(self, order: int, sql: str, **params: Param) -> None:
        if self.postponed is None:
            self.run(sql, **params)
        else:
            self.postponed.append((order, sql, params))


class SqliteTransactions:
    """Transactions on the one write connection; what ``at_last`` asks for waits for ``prepare``."""

    blocks = False

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._postponed: list[tuple[int, str, dict[str, Param]]] = []
        self._kept = 0
        self._store = SqliteStore(connection, self._postponed)

    def begin(self) -> Store:
        """Open a transaction that may write."""
        self._connection.execute("begin immediate")
        return self._store

    def mark(self) -> None:
        """Set a savepoint."""
        self._kept = len(self._postponed)
        self._connection.execute("savepoint piece")

    def keep(self) -> None:
        """Let go of the savepoint."""
        self._connection.execute("release piece")

    def undo(self) -> None:
        """Back to the savepoint."""
        self._connection.execute("rollback to piece")
        self._connection.execute("release piece")
        del self._postponed[self._kept :]

    def prepare(self) -> None:
        """Run what was postponed, in its order."""
        for _, sql, params in sorted(self._postponed, key=itemgetter(0)):
            self._connection.execute(sql, params)
        self._postponed.clear()

    def commit(self) -> None:
        """Flush."""
        self._connection.execute("commit")

    def rollback(self) -> None:
        """Nothing of it was."""
        self._postponed.clear()
        if self._connection.in_transaction:
            self._connection.execute("rollback")

    def verdict(self, trouble: Exception) -> Verdict | None:
        """A wrong statement is a fault; anything else SQLite says is about the disk or a lock."""
        if not isinstance(trouble, sqlite3.Error):
            return None
        if isinstance(trouble, _FAULTS):
            return "fault"
        if not self._connection.in_transaction:
            return "lost"
        code = getattr(trouble, "sqlite_errorcode", sqlite3.SQLITE_BUSY)
        return "fault" if code in _FAULT_CODES else "away"


class SqliteDatabase:
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
        self.store: Store = SqliteStore(self.writer)
        self.transactions: Transactions = SqliteTransactions(self.writer)

    def migrate(self) -> list[str]:
        """Bring the schema up to date; the names of the steps taken."""
        return migrations.migrate(self.tools)

    def reader(self) -> SqliteStore:
        """A store on a connection of its own that cannot write."""
        connection = _connect(self.path)
        connection.execute("pragma query_only = on")
        return SqliteStore(connection)

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
        f"wal_autocheckpoint = {_CHECKPOINT}",
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
