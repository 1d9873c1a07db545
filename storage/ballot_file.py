"""The file that ballots lie in with SQLite: opened when first needed, never trusted to be there, wiped when damaged.

Trouble is of two kinds. A file that is missing, damaged or not ours has nothing to tell, and stops nobody; a disk that
is full or fails is :class:`StoreUnavailable`, for another time it may work. What a file system itself keeps of a file,
the time of its last change, cannot be avoided.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import Final, TypeVar

from storage import ballot_rows
from storage.ballot_rows import Audit
from storage.db import BUSY_SECONDS, Store, StoreUnavailable
from storage.sqlite import SqliteStore

T = TypeVar("T")

_SCHEMA: Final = (
    "create table if not exists ballot_box (token text primary key, salt blob not null, sealed blob not null) without rowid",
    "create table if not exists ballot_seat (token text, seat blob, used int not null, primary key (token, seat)) without rowid",
)
_FORMERLY: Final = {"box": "ballot_box", "seat": "ballot_seat"}
"""What the tables were called in the first files; a round that was open then goes on."""
_DAMAGE: Final = frozenset({
    sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_CONSTRAINT,
})  # fmt: skip
"""What SQLite says of a file that is not, or no longer, ours to read. Anything else is the disk's trouble."""


class DamagedError(Exception):
    """The file is there and cannot be read."""


class BallotFile:
    """One connection. For one thread at a time.

    Changes are committed one by one, until ``gather``: then several pieces of work share one ``commit``, each is kept or
    undone as a whole, and what is to be destroyed waits for ``finish``.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.traces: Event | None = None
        self._gathers = False
        self._waiting = False
        self._in_piece = False
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._doomed: list[str] = []
        self._kept = 0

    def on(self, _store: Store) -> "BallotFile":
        """The file is beside the database, whichever piece of work asks."""
        return self

    def looks(self, otherwise: T, work: Callable[[Store], T]) -> T:
        """What the work finds; ``otherwise`` where there is no file, or none that can be read."""
        return self._finds(otherwise, lambda db: work(SqliteStore(db)))

    def changes(self, _token: str, otherwise: T, work: Callable[[Store], T]) -> T:
        """The same for work that changes something, as a whole or not at all."""

        def whole(db: sqlite3.Connection) -> T:
            with self._change(db):
                return work(SqliteStore(db))

        return self._finds(otherwise, whole)

    def opens(self, work: Callable[[Store], None]) -> None:
        """The same, in a file that is made if need be; one that cannot be read makes room for a new one."""

        def whole(db: sqlite3.Connection) -> None:
            with self._change(db):
                work(SqliteStore(db))

        try:
            self._does(whole, create=True)
        except DamagedError:
            self.wipe()
            self._does(whole, create=True)

    def destroys(self, token: str) -> None:
        """Overwrite and remove a round. If that cannot be done in a damaged file, all of it goes.

        Where pieces are gathered it is done by ``finish``: not before the result is safe in the database.
        """
        if self._gathers:
            self._doomed.append(token)
        else:
            self._destroys_now(token)

    def audit(self) -> Audit:
        """What the file holds; ``whole`` when SQLite finds it undamaged."""
        there = self.path.exists()
        return self._finds(Audit(there, whole=not there, columns=(), rounds=()), _audited)

    # --- Together with the database -----------------------------------------------------------------------------

    def gather(self) -> "BallotFile":
        """From now on changes wait for ``commit``: one flush for all who vote at the same time."""
        self._gathers = True
        return self

    def keep(self) -> None:
        """A piece of work is done: what it changed waits for ``commit``."""
        if self._in_piece and self._connection and self._connection.in_transaction:
            self._connection.execute("release piece")
        self._in_piece = False
        self._kept = len(self._doomed)

    def undo(self) -> None:
        """A piece of work failed: what it changed never was."""
        if self._in_piece and self._connection and self._connection.in_transaction:
            self._connection.execute("rollback to piece")
            self._connection.execute("release piece")
        self._in_piece = False
        del self._doomed[self._kept :]

    def commit(self) -> None:
        """Put on disk what was gathered. Raises ``StoreUnavailable`` when any of it is lost: then all of it is."""
        if not self._waiting:
            return
        try:
            if self._connection is None or not self._connection.in_transaction or not self._is_still_there():
                raise StoreUnavailable("the ballot file went away")
            self._connection.execute("commit")
        except sqlite3.Error as trouble:
            raise StoreUnavailable(str(trouble)) from trouble
        else:
            self._waiting = False

    def rollback(self) -> None:
        """Forget what was gathered."""
        self._waiting = self._in_piece = False
        self._doomed.clear()
        self._kept = 0
        self.close()

    def finish(self) -> None:
        """The database has committed: destroy what is over. What the disk refuses now is left to ``keep_only``."""
        doomed, self._doomed, self._kept = self._doomed, [], 0
        if doomed:
            self._gathers = False
            with suppress(StoreUnavailable):
                for token in doomed:
                    self._destroys_now(token)
            self._gathers = True

    def sweep(self) -> None:
        """There is nothing to sweep: whatever is changed is overwritten."""

    # --- The file itself ----------------------------------------------------------------------------------------

    def close(self) -> None:
        """Let go of the file; what was not committed is gone."""
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = self._identity = None

    @contextmanager
    def _change(self, db: sqlite3.Connection) -> Iterator[None]:
        """What is done inside is kept as a whole, or not at all."""
        self._begin(db)
        db.execute("savepoint change")
        kept = False
        try:
            yield
            db.execute("release change")
            if not self._gathers:
                db.execute("commit")
            kept = True
        finally:
            if not kept and db.in_transaction:
                for each in ("rollback to change", "release change") if self._gathers else ("rollback",):
                    db.execute(each)

    def wipe(self) -> None:
        """Overwrite and remove the file: a damaged box is counted by nobody, and should lie nowhere."""
        self.close()
        try:
            for each in (self.path, self.path.with_name(f"{self.path.name}-journal")):
                with suppress(FileNotFoundError):
                    _overwrite(each)
                    each.unlink()
        except OSError as trouble:
            raise StoreUnavailable(str(trouble.strerror)) from trouble

    def _destroys_now(self, token: str) -> None:
        def whole(db: sqlite3.Connection) -> None:
            with self._change(db):
                ballot_rows.remove(SqliteStore(db), token)

        try:
            self._does(whole)
        except DamagedError:
            self.wipe()

    def _finds(self, otherwise: T, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            found = self._does(lambda db: (work(db),))
        except DamagedError:
            return otherwise
        return found[0] if found else otherwise

    def _does(self, work: Callable[[sqlite3.Connection], T], *, create: bool = False) -> T | None:
        """Do the work; ``None`` where there is no file. Raises :class:`DamagedError`, or ``StoreUnavailable``."""
        try:
            db = self._opened(create=create)
            return None if db is None else work(db)
        except sqlite3.Error as trouble:
            if not (self._connection and self._connection.in_transaction):
                self.close()
            if getattr(trouble, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in _DAMAGE:
                raise DamagedError from trouble
            raise StoreUnavailable(str(trouble)) from trouble
        except OSError as trouble:
            self.close()
            raise StoreUnavailable(str(trouble.strerror)) from trouble

    def _begin(self, db: sqlite3.Connection) -> None:
        if not db.in_transaction:
            db.execute("begin immediate")
            self._waiting, self._in_piece = self._gathers, False
        if self._gathers and not self._in_piece:
            db.execute("savepoint piece")
            self._in_piece = True

    def _opened(self, *, create: bool) -> sqlite3.Connection | None:
        """The connection. A file that was taken away under us is not written to: nobody would find it again."""
        if self._connection and self._is_still_there():
            return self._connection
        self.close()
        if not self.path.exists():
            if not create:
                return None
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
        self._connection, self._identity = _connect(self.path), _identity(self.path)
        return self._connection

    def _is_still_there(self) -> bool:
        return _identity(self.path) == self._identity


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def _audited(db: sqlite3.Connection) -> Audit:
    whole = db.execute("pragma integrity_check").fetchone() == ("ok",)
    columns = db.execute(
        "select m.name || '.' || c.name from sqlite_master m, pragma_table_info(m.name) c"
        " where m.type = 'table' order by 1"
    ).fetchall()
    return Audit(
        there=True,
        whole=whole,
        columns=tuple(each[0] for each in columns),
        rounds=ballot_rows.kept(SqliteStore(db)),
    )


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
    # No log that gathers old pages, nothing deleted that stays in the file, nothing spilt anywhere else.
    pragmas = ("secure_delete = on", "journal_mode = delete", "synchronous = full", "temp_store = memory")
    try:
        for each in pragmas:
            db.execute(f"pragma {each}")
        named = {row[0] for row in db.execute("select name from sqlite_master where type = 'table'")}
        for old in named.intersection(_FORMERLY):
            db.execute(f"alter table {old} rename to {_FORMERLY[old]}")
        for each in _SCHEMA:
            db.execute(each)
    except sqlite3.Error:
        db.close()
        raise
    return db
