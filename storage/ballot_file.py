"""The file that ballots lie in: opened when first needed, never trusted to be there, and wiped when it is damaged.

Trouble is of two kinds. A file that is missing, damaged or not ours has nothing to tell, and stops nobody; a disk that
is full or fails is :class:`StoreUnavailable`, for another time it may work.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

from storage.db import BUSY_SECONDS, StoreUnavailable

T = TypeVar("T")

_SCHEMA: Final = (
    "create table if not exists box (token text primary key, salt blob not null, sealed blob not null) without rowid",
    "create table if not exists seat (token text, seat blob, used int not null, primary key (token, seat)) without rowid",
)
_DAMAGE: Final = frozenset({
    sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_CONSTRAINT,
})  # fmt: skip
"""What SQLite says of a file that is not, or no longer, ours to read. Anything else is the disk's trouble."""


class DamagedError(Exception):
    """The file is there and cannot be read."""


class BallotFile:
    """One connection. For one thread at a time.

    Changes are committed one by one, until somebody sets ``gathers``: then several pieces of work share one ``commit``,
    and each is kept or undone as a whole.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.gathers = False
        self._waiting = False
        self._in_piece = False
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None

    def looks(self, otherwise: T, work: Callable[[sqlite3.Connection], T]) -> T:
        """What the work finds; ``otherwise`` where there is no file, or none that can be read."""
        try:
            found = self.does(lambda db: (work(db),))
        except DamagedError:
            return otherwise
        return found[0] if found else otherwise

    def does(self, work: Callable[[sqlite3.Connection], T], *, create: bool = False) -> T | None:
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

    @contextmanager
    def change(self, db: sqlite3.Connection) -> Iterator[None]:
        """What is done inside is kept as a whole, or not at all."""
        self._begin(db)
        db.execute("savepoint change")
        kept = False
        try:
            yield
            db.execute("release change")
            if not self.gathers:
                db.execute("commit")
            kept = True
        finally:
            if not kept and db.in_transaction:
                for each in ("rollback to change", "release change") if self.gathers else ("rollback",):
                    db.execute(each)

    def keep(self) -> None:
        """A piece of work is done: what it changed waits for ``commit``."""
        if self._in_piece and self._connection and self._connection.in_transaction:
            self._connection.execute("release piece")
        self._in_piece = False

    def undo(self) -> None:
        """A piece of work failed: what it changed never was."""
        if self._in_piece and self._connection and self._connection.in_transaction:
            self._connection.execute("rollback to piece")
            self._connection.execute("release piece")
        self._in_piece = False

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
        self.close()

    def close(self) -> None:
        """Let go of the file; what was not committed is gone."""
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = self._identity = None

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

    def _begin(self, db: sqlite3.Connection) -> None:
        if not db.in_transaction:
            db.execute("begin immediate")
            self._waiting, self._in_piece = self.gathers, False
        if self.gathers and not self._in_piece:
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


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
    # No log that gathers old pages, nothing deleted that stays in the file, nothing spilt anywhere else.
    pragmas = ("secure_delete = on", "journal_mode = delete", "synchronous = full", "temp_store = memory")
    try:
        for statement in (*(f"pragma {each}" for each in pragmas), *_SCHEMA):
            db.execute(statement)
    except sqlite3.Error:
        db.close()
        raise
    return db
