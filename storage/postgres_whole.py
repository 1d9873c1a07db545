"""What only those need who take a whole PostgreSQL database in hand: to be alone in it, to pour into it, to set it aside."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import psycopg
from psycopg import errors

from storage.db import InUse, Row, Store
from storage.migrations import LOCK, migrate_within
from storage.postgres import PostgresStore

ASIDE: Final = "samsyn_replaced_"
"""Where what was replaced is kept; a number follows."""
_TABLES: Final = "select tablename from pg_tables where schemaname = current_schema() order by tablename"
_IDENTITIES: Final = (
    "select table_name, column_name from information_schema.columns"
    " where table_schema = current_schema() and is_identity = 'YES' order by table_name"
)
_CONNECTED: Final = (
    "select count(*) from pg_stat_activity where application_name = 'samsyn' and datname = current_database()"
    " and pid <> pg_backend_pid()"
)
_SECRET: Final = ("ballot_box", "ballot_seat", "secret_talk")
_NOW: Final = "extract(epoch from clock_timestamp()) * 1000"


def patient(store: Store) -> None:
    """A statement of this connection, and a pause between two, may take as long as it takes."""
    store.run("set statement_timeout = 0")
    store.run("set idle_in_transaction_session_timeout = 0")


def check_alone(store: Store) -> None:
    """Raises ``InUse`` when a bot is at work: it is connected, or holds a lease."""
    found = store.one(_CONNECTED)
    leases = store.one(f"select count(*) from lease where until > {_NOW}") if store.columns("lease") else None
    if any(row[0] for row in (found, leases) if row):
        raise InUse("somebody is at work on the database")


def begin_alone(store: Store, tables: Sequence[str]) -> None:
    """Begin a transaction that sees one instant, and until its end nobody else writes to these tables or starts.

    Raises ``InUse`` when somebody is at work.
    """
    store.run("begin isolation level repeatable read")
    try:
        store.run(f"lock table {', '.join(tables)} in share mode")
        store.one(f"select pg_advisory_xact_lock({LOCK})")
    except errors.LockNotAvailable as busy:
        raise InUse("somebody writes to the database, or starts on it") from busy
    check_alone(store)


def pour(store: Store, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Rows into a table by COPY: three times as quick as by insert."""
    with _connection(store).cursor() as cursor:
        into = f"copy {table} ({', '.join(columns)}) from stdin"
        with cursor.copy(into.encode()) as stream:
            for row in rows:
                stream.write_row(row)


@contextmanager
def hurried(store: Store) -> Iterator[None]:
    """Statements are sent without waiting for the answer to the one before; how many rows they touched is not known."""
    with _connection(store).pipeline():
        yield


def count_on(store: Store) -> None:
    """Ids that the server counts go on after the highest one there is."""
    for table, column in store.all(_IDENTITIES):
        store.one(
            f"select setval(pg_get_serial_sequence('{table}', '{column}'), coalesce(max({column}), 1),"
            f" max({column}) is not null) from {table}"
        )


def set_aside(store: Store) -> str:
    """Move every table into a schema of its own and make new ones; its name. Undone with the transaction.

    What is secret stays where it is.
    """
    taken = {row[0] for row in store.all("select nspname from pg_namespace")}
    aside = next(name for number in range(1, len(taken) + 2) if (name := f"{ASIDE}{number}") not in taken)
    store.run(f"create schema {aside}")
    tables = [row[0] for row in store.all(_TABLES)]
    for table in tables:
        store.run(f"alter table {table} set schema {aside}")
    migrate_within(store)
    here = store.one("select current_schema()")
    for table in _SECRET:
        if here and table in tables:
            store.run(f"drop table {table}")
            store.run(f"alter table {aside}.{table} set schema {here[0]}")
    return aside


def migrated_anew(store: Store, *, keep: bool) -> str:
    """Today's schema within the transaction; what is to be kept is set aside, and where is told, else ""."""
    if keep:
        return set_aside(store)
    migrate_within(store)
    return ""


def steps_taken(store: Store) -> list[str]:
    """The steps of the schema that the database has gone."""
    there = store.columns("schema_step")
    return [row[0] for row in store.all("select name from schema_step order by name")] if there else []


def forget_secrets(store: Store) -> None:
    """No vote and no talk is left, nor any trace of one in the files."""
    store.run(f"truncate {', '.join(_SECRET)}")


def _connection(store: Store) -> psycopg.Connection:
    assert isinstance(store, PostgresStore)  # noqa: S101 - whoever calls has looked
    return store.connection
