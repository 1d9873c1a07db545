"""PostgreSQL through psycopg 3: the same statements, for as many processes as one likes.

Waits for locks are short, because whoever waits holds locks as well: who meets another process comes back in a moment.
A connection that is lost is opened anew at the next transaction; with several hosts in the address the one that takes
writes is found. Whether a commit arrived whose answer was lost, nobody knows: it counts as failed, so the platform
delivers again, and the key tells that it was done.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, ClassVar, Final, Literal

import psycopg
from psycopg import errors
from psycopg.adapt import AdaptersMap
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import ExecStatus
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumper
from typing_extensions import override

from storage import migrations
from storage.db import Contended, Param, Row, Store, StoreUnavailable, Transactions, Verdict

CONNECT_SECONDS: Final = 3
_LIMITS: Final = "-c lock_timeout=300 -c statement_timeout=30000 -c idle_in_transaction_session_timeout=20000"
"""Milliseconds. A process that stands still in the middle of a transaction lets go of what it holds."""
_AT_ONCE: Final = (
    "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'"
)
"""With ``off`` a commit is answered before it is on a disk, and we would acknowledge what a crash takes back."""
_SILENCE_MS: Final = 5000
"""A server that has not answered for so long is given up."""
_NAMED: Final = re.compile(r"(?<![:\w]):([a-z_]\w*)")
_HALF: Final = re.compile("[\ud800-\udfff]")
_AGAIN: Final = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)
_AWAY: Final = (errors.DiskFull, errors.OutOfMemory, errors.QueryCanceled)
_BEGIN: Final = "begin; savepoint piece"
_HOLD: Final = "select 1 from forum where id = :forum for no key update"
_TOO_MUCH: Final = "54"
"""The class of errors for what is longer or larger than the server can ever take: psycopg counts it among its troubles."""


class PostgresStore(Store):
    """Statements on one connection. ``patient`` as long as nobody can be waiting for anything that is ours."""

    __slots__ = ("_cursor", "connection", "patient")
    engine: ClassVar[Literal["sqlite", "postgres"]] = "postgres"

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        self._cursor = connection.cursor()  # one for all: making it takes as long as using it
        self.patient = True

    @override
    def all(self, sql: str, **params: Param) -> list[Row]:
        return self._cursor.execute(_translated(sql), params).fetchall()

    @override
    def one(self, sql: str, **params: Param) -> Row | None:
        return self._cursor.execute(_translated(sql), params).fetchone()

    @override
    def run(self, sql: str, **params: Param) -> int:
        return self._cursor.execute(_translated(sql), params).rowcount

    @override
    def do(self, sql: str, **params: Param) -> None:
        self._cursor.execute(_translated(sql), params)

    @override
    def run_many(self, sql: str, rows: Sequence[dict[str, Param]]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(_translated(sql), rows)

    @override
    def columns(self, table: str) -> list[str]:
        rows = self.all(
            "select column_name from information_schema.columns where table_schema = current_schema()"
            " and table_name = :table order by ordinal_position",
            table=table,
        )
        return [row[0] for row in rows]

    @override
    def hold(self, forum: int) -> None:
        if not self.patient:
            self.do(f"{_HOLD} nowait", forum=forum)
            return
        self.patient = False
        try:  # whoever waits stands in line, so that a forum that is busy in one process is not closed to the others
            self.one(_HOLD, forum=forum)
        except errors.LockNotAvailable as busy:
            raise Contended("another process handles something of this forum") from busy


class PostgresTransactions:
    """Transactions on one connection, which is opened when it is first needed and whenever it was lost.

    What begins and ends them is said to libpq directly. Psycopg would take it for statements like others, at ten times
    the price, and forget after every step back which ones it has prepared.
    """

    blocks = True

    def __init__(self, address: str) -> None:
        self._address = address
        self._connection: psycopg.Connection | None = None
        self._store: PostgresStore | None = None
        self._marked = False
        """Whether the savepoint is where the next piece of work begins."""

    def begin(self) -> Store:
        """Open a transaction. Raises ``StoreUnavailable`` when the server cannot be reached."""
        self._store = PostgresStore(self._begun())
        self._marked = True
        return self._store

    def _begun(self) -> psycopg.Connection:
        if self._connection is not None and not self._connection.closed:
            try:
                self._say(_BEGIN)
            except psycopg.OperationalError:
                self.close()  # it was lost while nobody spoke: nothing is in doubt
            else:
                return self._connection
        self._connection = connect(self._address)
        self._say(_BEGIN)
        return self._connection

    def mark(self) -> None:
        """Set a savepoint, if none is there yet."""
        if not self._marked:
            self._say("release piece; savepoint piece")
        self._marked = True

    def keep(self) -> None:
        """The savepoint is behind us."""
        self._marked = False
        if self._store is not None:
            self._store.patient = False

    def undo(self) -> None:
        """Back to the savepoint, which stays."""
        self._say("rollback to piece")
        self._marked = True

    def prepare(self) -> None:
        """Nothing was put off."""

    def commit(self) -> None:
        """Keep it for good."""
        if self._say("commit") != b"COMMIT":
            raise StoreUnavailable("the server undid what it was to keep")

    def rollback(self) -> None:
        """Nothing of it was. A connection in an unknown state is given up."""
        if self._connection is None:
            return
        try:
            self._say("rollback")
        except psycopg.Error:
            self.close()

    def close(self) -> None:
        """Let go of the server."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None

    def verdict(self, trouble: Exception) -> Verdict | None:
        """Locks pass; a key that is taken may have been taken by another process just now; the rest speaks for itself."""
        if not isinstance(trouble, psycopg.Error):
            return None
        if self._connection is None or self._connection.closed or self._connection.broken:
            return "lost"
        if isinstance(trouble, _AGAIN):
            return "again"
        if isinstance(trouble, errors.UniqueViolation):
            return "perhaps"
        if isinstance(trouble, _AWAY):
            return "away"
        if isinstance(trouble, errors.ReadOnlySqlTransaction):
            self.close()  # the server was the one that takes writes, and is no longer: find the one that is
            return "lost"
        is_trouble = isinstance(trouble, psycopg.OperationalError)
        return "lost" if is_trouble and (trouble.sqlstate or "")[:2] != _TOO_MUCH else "fault"

    def _say(self, words: str) -> bytes | None:
        assert self._connection is not None  # noqa: S101 - there is a transaction
        result = self._connection.pgconn.exec_(words.encode())
        if result.status == ExecStatus.FATAL_ERROR:
            trouble = errors.error_from_result(result)
            raise psycopg.OperationalError(str(trouble)) if self._connection.closed else trouble
        return result.command_status


class PostgresDatabase:
    """An open PostgreSQL database. Raises ``StoreUnavailable`` when it cannot be reached.

    ``store`` is for the start and for tools; whoever runs for long uses ``transactions``, which reconnect.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._connection = connect(address)
        self.store: Store = PostgresStore(self._connection)
        self._transactions = PostgresTransactions(address)
        self.transactions: Transactions = self._transactions

    def migrate(self) -> list[str]:
        """Bring the schema up to date, one process at a time; the names of the steps taken."""
        try:
            return migrations.migrate_together(self.store)
        except psycopg.OperationalError as trouble:
            raise StoreUnavailable(_plain(trouble)) from trouble

    def close(self) -> None:
        """Let go of the server."""
        self._transactions.close()
        self._connection.close()


def connect(address: str) -> psycopg.Connection:
    """A connection of our own kind: each statement is kept at once unless a transaction is opened by hand.

    What it keeps is on the server's disk before we hear of it, whatever the server or the role has for others.
    """
    try:
        connection = psycopg.connect(_completed(address), autocommit=True, context=_ADAPTERS)
        try:
            connection.execute(_AT_ONCE)
        except psycopg.Error:
            connection.close()
            raise
    except psycopg.Error as trouble:
        raise StoreUnavailable(_plain(trouble)) from trouble
    return connection


def _completed(address: str) -> str:
    told = conninfo_to_dict(address)
    ours: dict[str, Any] = {
        "connect_timeout": CONNECT_SECONDS, "application_name": "samsyn", "target_session_attrs": "read-write",
        "tcp_user_timeout": _SILENCE_MS, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2,
    }  # fmt: skip
    options = f"{_LIMITS} {told.get('options') or ''}".strip()
    return make_conninfo("", **{**ours, **told, "options": options})


def _plain(trouble: psycopg.Error) -> str:
    """What the server or the network says, in one line; it names hosts, never a password."""
    return " ".join(str(trouble).split())[:300] or type(trouble).__name__


@lru_cache(4096)
def _translated(sql: str) -> bytes:
    """Our named parameters in psycopg's way of writing."""
    return _NAMED.sub(r"%(\1)s", sql.replace("%", "%%")).encode()


class _YesOrNo(Int8Dumper):
    """A truth is 1 or 0, as SQLite has it."""

    @override
    def dump(self, obj: int) -> bytes | bytearray | memoryview | None:
        return super().dump(int(obj))


class _Words(StrDumper):
    """The server has no texts with NUL in them, nor halves of characters: for each there stands a sign that says so.

    Where people write, both are taken out at the door; nothing that comes in by another way may fail for them.
    """

    @override
    def dump(self, obj: str) -> bytes | bytearray | memoryview | None:
        if not obj.isascii():
            obj = _HALF.sub("\ufffd", obj)
        return super().dump(obj.replace("\0", "\ufffd"))


def _adapters() -> AdaptersMap:
    """Every number goes as a bigint and every word as text, so that a statement is planned once and not per value."""
    adapters = AdaptersMap(psycopg.adapters)
    for kind, dumper in ((int, Int8Dumper), (bool, _YesOrNo), (str, _Words)):
        adapters.register_dumper(kind, dumper)
    return adapters


_ADAPTERS: Final = _adapters()
