"""The places that ballots lie in, one for each engine, and pieces of work there as the writer runs them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from typing_extensions import override

from storage.ballot_tables import BallotTables
from storage.ballots import Ballots
from storage.db import Store
from storage.postgres import PostgresDatabase, PostgresTransactions

T = TypeVar("T")
SECRET: Final = b"the secret of this installation."
MEMBERS: Final = range(1, 13)
FOUR: Final = (5, 4, 0, 1)


class House(ABC):
    """A place, and somebody who writes there: pieces that are kept or undone, in transactions that may be lost."""

    ballots: Ballots
    """For those who are in no transaction."""

    @abstractmethod
    def of(self, secret: bytes) -> Ballots:
        """The same place, with another secret."""

    @abstractmethod
    def piece(self, work: Callable[[Ballots], T], *, keep: bool = True) -> T:
        """A piece of work, kept or undone when it is done."""

    @abstractmethod
    def commits(self) -> None:
        """What was kept is kept for good."""

    @abstractmethod
    def rolls_back(self) -> None:
        """Nothing since the last commit was."""

    @abstractmethod
    def dies(self) -> None:
        """The same, because the process ends."""

    @abstractmethod
    def closes(self) -> None:
        """Let go of everything."""


class FileHouse(House):
    """A file beside a SQLite database."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ballots = Ballots(path, SECRET)
        self._begins()

    @override
    def of(self, secret: bytes) -> Ballots:
        return Ballots(self.path, secret)

    @override
    def piece(self, work: Callable[[Ballots], T], *, keep: bool = True) -> T:
        found = work(self._writing)
        (self._beside.keep if keep else self._beside.undo)()
        return found

    @override
    def commits(self) -> None:
        self._beside.commit()
        self._beside.finish()

    @override
    def rolls_back(self) -> None:
        self._beside.rollback()

    @override
    def dies(self) -> None:
        self._writing.close_file()
        self._begins()

    @override
    def closes(self) -> None:
        self._writing.close_file()
        self.ballots.close_file()

    def _begins(self) -> None:
        self._writing = Ballots(self.path, SECRET)
        beside = self._writing.gather()
        assert beside
        self._beside = beside


class TablesHouse(House):
    """Tables in a PostgreSQL database."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self._database = PostgresDatabase(dsn)
        self.ballots = self.of(SECRET)
        self._transactions = PostgresTransactions(dsn)
        self._store: Store | None = None

    @override
    def of(self, secret: bytes) -> Ballots:
        return Ballots(BallotTables(self._database.store, self.dsn), secret)

    @override
    def piece(self, work: Callable[[Ballots], T], *, keep: bool = True) -> T:
        self._store = self._store or self._transactions.begin()
        self._transactions.mark()
        found = work(self.ballots.on(self._store))
        (self._transactions.keep if keep else self._transactions.undo)()
        return found

    @override
    def commits(self) -> None:
        if self._store:
            self._transactions.commit()
        self._store = None

    @override
    def rolls_back(self) -> None:
        self._transactions.rollback()
        self._store = None

    @override
    def dies(self) -> None:
        self._transactions.close()
        self._store = None

    @override
    def closes(self) -> None:
        self._transactions.close()
        self._database.close()


@contextmanager
def house(where: Path | str) -> Iterator[House]:
    """Ballots in this file, or in the tables at this address."""
    one = FileHouse(where) if isinstance(where, Path) else TablesHouse(where)
    try:
        yield one
    finally:
        one.closes()
