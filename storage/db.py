"""The store: what every verb of this package is written in, whichever engine keeps it.

One SQL for both: ``:named`` parameters, ``on conflict``, ``returning``. SQLite (``storage/sqlite.py``) is one file and
one process; PostgreSQL (``storage/postgres.py``) is for several processes, on one machine or on many.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Final, Literal, Protocol, TypeAlias

Param: TypeAlias = str | int | bytes | None
Row: TypeAlias = tuple[Any, ...]

BUSY_SECONDS = 2.0
"""How long a statement waits for a lock: below the three seconds in which Slack wants its answer."""

SERVER_NOW: Final = "(cast(extract(epoch from clock_timestamp()) * 1000 as bigint))"
"""In PostgreSQL's SQL: milliseconds since 1970 by the server's clock, for what processes agree on among themselves."""


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


class Store(ABC):
    """Statements in the present transaction. Begin and commit belong to whoever opened it."""

    engine: ClassVar[Literal["sqlite", "postgres"]]

    @abstractmethod
    def all(self, sql: str, **params: Param) -> list[Row]:
        """Every row."""

    @abstractmethod
    def one(self, sql: str, **params: Param) -> Row | None:
        """The first row, or ``None``."""

    @abstractmethod
    def run(self, sql: str, **params: Param) -> int:
        """How many rows the statement touched."""

    @abstractmethod
    def do(self, sql: str, **params: Param) -> None:
        """The statement, where nobody asks what it touched: a server far away need not answer before the next one."""

    @abstractmethod
    def run_many(self, sql: str, rows: Sequence[dict[str, Param]]) -> None:
        """The same statement for several rows."""

    @abstractmethod
    def columns(self, table: str) -> list[str]:
        """The names of a table's columns, in their order; none where there is no such table."""

    @abstractmethod
    def hold(self, forum: int) -> None:
        """Keep everybody else from handling anything of this forum until the transaction ends.

        Raises :class:`Contended` when another process is in the middle of it: come back in a moment.
        """

    def at_last(self, order: int, sql: str, **params: Param) -> None:  # noqa: ARG002 - for those that gather
        """Run a statement just before the commit, in rising ``order``; at once where nobody gathers.

        For SQLite's full-text tables: they write out all they hold at every savepoint, and whenever rows step back.
        """
        self.do(sql, **params)

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


class NewerSchema(StoreUnavailable):
    """The database was made by a newer Samsyn than this one."""


class Contended(StoreUnavailable):
    """Another process is working on the same thing: the same work succeeds in a moment."""


Verdict: TypeAlias = Literal["fault", "perhaps", "again", "away", "lost"]
"""What an engine's error means to the piece of work that met it.

``fault``: it is wrong for ever. ``again``: another process stood in its way. ``perhaps``: one of these two. ``away``: it
cannot be done now. ``lost``: and neither can anything else of this transaction.
"""


class Transactions(Protocol):
    """How several pieces of work share one transaction of an engine."""

    blocks: bool
    """Whether statements go over a network, so that they must not run in the event loop."""

    def begin(self) -> Store:
        """Open a transaction, reconnecting if need be. Raises ``StoreUnavailable``."""
        ...

    def mark(self) -> None:
        """From here on a piece of work can be undone alone."""
        ...

    def keep(self) -> None:
        """The piece since the mark stays."""
        ...

    def undo(self) -> None:
        """The piece since the mark never was."""
        ...

    def prepare(self) -> None:
        """Run what waits for the end of the transaction."""
        ...

    def commit(self) -> None:
        """Make everything since ``begin`` last."""
        ...

    def rollback(self) -> None:
        """Everything since ``begin`` never was; never raises."""
        ...

    def verdict(self, trouble: Exception) -> Verdict | None:
        """What an error of this engine means; ``None`` for an error of somebody else's."""
        ...


class Database(Protocol):
    """An open database."""

    store: Store
    """Statements outside of any transaction, each kept at once; for the start and for tools."""
    transactions: Transactions

    def migrate(self) -> list[str]:
        """Bring the schema up to date; the names of the steps taken."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...
