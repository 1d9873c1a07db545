"""PostgreSQL alone: what its errors mean, how it is reached, and what it cannot keep."""

from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256

import psycopg
import pytest

from storage import intake, people
from storage.db import Store, StoreUnavailable
from storage.opened import opened
from storage.postgres import PostgresDatabase, PostgresTransactions, connect
from tests.stage.postgres import Databases
from tests.stage.samples import NOW

LONG = "".join(sha256(bytes([each])).hexdigest() for each in range(200))
"""Nothing that could be packed into a page of an index."""


@pytest.fixture(name="transactions")
def _transactions(dsn: str) -> Iterator[PostgresTransactions]:
    with closing(PostgresTransactions(dsn)) as transactions:
        yield transactions


def _meets(transactions: PostgresTransactions, statement: str) -> psycopg.Error:
    """The error that a piece of work meets with this statement."""
    store = transactions.begin()
    transactions.mark()
    with pytest.raises(psycopg.Error) as caught:  # noqa: PT012 - errors come with the answer, at the latest at the end
        store.run(statement)
        transactions.keep()
    return caught.value


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("insert into no_such_table values (1)", "fault"),
        ("insert into fact values ('a', null)", "fault"),
        ("insert into account values ('slack', '', 'U1', 404, 'x', 1, 0)", "fault"),
        ("select 1 / 0", "fault"),
        ("select 'x'::bigint", "fault"),
        ("select repeat('x', 2000000000)", "fault"),
        (f"insert into fact values ('{LONG}', '')", "fault"),
        ("select to_tsvector(string_agg(md5(i::text), ' ')) from generate_series(1, 60000) i", "fault"),
        ("insert into fact values ('a', ''), ('a', '')", "perhaps"),
        ("do $$begin raise lock_not_available; end$$", "again"),
        ("do $$begin raise deadlock_detected; end$$", "again"),
        ("do $$begin raise serialization_failure; end$$", "again"),
        ("do $$begin raise disk_full; end$$", "away"),
        ("do $$begin raise out_of_memory; end$$", "away"),
        ("do $$begin raise query_canceled; end$$", "away"),
        ("do $$begin raise too_many_connections; end$$", "lost"),
        ("do $$begin raise cannot_connect_now; end$$", "lost"),
        ("do $$begin raise io_error; end$$", "lost"),
        ("do $$begin raise read_only_sql_transaction; end$$", "lost"),
        ("select pg_terminate_backend(pg_backend_pid())", "lost"),
    ],
)
def test_every_error_is_told_apart(transactions: PostgresTransactions, statement: str, verdict: str) -> None:
    """Wrong for ever, in another process's way, not now, or nothing goes any more: on that hangs whether it is tried again."""
    assert transactions.verdict(_meets(transactions, statement)) == verdict


def test_an_error_of_somebody_else_is_nothing_to_us(transactions: PostgresTransactions) -> None:
    """The engine judges what the engine says."""
    assert transactions.verdict(KeyError("a")) is None


def test_after_any_error_the_next_transaction_works(transactions: PostgresTransactions) -> None:
    """On the same connection or on a new one."""
    for statement in ("select 1 / 0", "select pg_terminate_backend(pg_backend_pid())", "selec"):
        transactions.verdict(_meets(transactions, statement))
        transactions.rollback()

        assert transactions.begin().one("select 1") == (1,)
        transactions.rollback()


def test_a_step_back_costs_no_prepared_statement(transactions: PostgresTransactions) -> None:
    """Else every piece of work that met another process would have all statements planned anew."""
    store = transactions.begin()
    for _ in range(10):
        store.one("select 41 + :more", more=1)
    transactions.mark()
    with pytest.raises(psycopg.errors.DivisionByZero):
        store.one("select 1 / 0")
    transactions.undo()

    assert store.one("select 41 + :more", more=1) == (42,)
    assert ("select 41 + $1",) in store.all("select statement from pg_prepared_statements")


def test_what_the_server_undid_is_not_called_kept(transactions: PostgresTransactions) -> None:
    """It takes a commit after an error nobody saw to, and answers that it rolled back."""
    store = transactions.begin()
    with pytest.raises(psycopg.errors.DivisionByZero):
        store.one("select 1 / 0")

    with pytest.raises(StoreUnavailable):
        transactions.commit()


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("a\0b", "a\ufffdb"),
        ("\0", "\ufffd"),
        ("\ud800", "\ufffd"),
        ("å\udfff\0ö", "å\ufffd\ufffdö"),
    ],
)
def test_a_sign_that_cannot_be_kept_is_replaced(dsn: str, words: str, kept: str) -> None:
    """NUL and halves of characters come in by no ordinary way; by any other they must not bring anything down."""
    with closing(opened(dsn)) as database:
        store = database.store
        intake.set_fact(store, words, words)

        assert intake.fact(store, words) == kept
        person = people.meet(store, "telegram", "", words, name=words, now=NOW)
        assert people.known(store, "telegram", "", words) == (
            (person.__class__(person.id, kept, "")),
            kept,
            False,
        )


def test_a_statement_goes_on_while_its_table_changes(dsn: str) -> None:
    """A newer version adds a column beside a process that has prepared its statements."""
    with closing(connect(dsn)) as connection, closing(opened(dsn)) as other:
        store = other.store
        for each in range(10):
            intake.set_fact(store, "a", str(each))
            assert intake.fact(store, "a") == str(each)
        connection.execute("alter table fact add column more text not null default ''")

        intake.set_fact(store, "a", "after")
        assert intake.fact(store, "a") == "after"


# --- The way there -----------------------------------------------------------------------------------------------


def _setting(store: Store, name: str) -> str:
    row = store.one("select current_setting(:name)", name=name)
    assert row
    return str(row[0])


def test_nobody_waits_or_stands_still_for_long(dsn: str) -> None:
    """Whatever the server allows, we do not; who asks for something else gets it, and so does the name we go by."""
    with closing(PostgresDatabase(dsn)) as database:
        store = database.store
        assert [_setting(store, each) for each in ("lock_timeout", "application_name")] == ["300ms", "samsyn"]
        assert _setting(store, "idle_in_transaction_session_timeout") == "20s"
    with closing(PostgresDatabase(f"{dsn}&options=-c%20lock_timeout%3D5s&application_name=tool")) as database:
        store = database.store
        assert [_setting(store, each) for each in ("lock_timeout", "application_name")] == ["5s", "tool"]
        assert _setting(store, "statement_timeout") == "30s"


@pytest.mark.parametrize(
    ("chosen", "ours"),
    [
        ("off", "on"), ("on", "on"), ("local", "local"), ("remote_write", "remote_write"),
        ("remote_apply", "remote_apply"),
    ],
)  # fmt: skip
def test_what_is_kept_is_on_a_disk_whatever_the_database_has(
    databases: Databases, chosen: str, ours: str
) -> None:
    """A commit that is answered before it is written is not for us; any other choice of the operator's stays."""
    with databases.own(bare=True) as dsn:
        with closing(psycopg.connect(dsn, autocommit=True)) as operator:
            name = psycopg.conninfo.conninfo_to_dict(dsn)["dbname"]
            operator.execute(f"alter database {name} set synchronous_commit = {chosen}".encode())
        with closing(PostgresDatabase(dsn)) as database:
            assert _setting(database.store, "synchronous_commit") == ours
            store = database.transactions.begin()
            assert _setting(store, "synchronous_commit") == ours
            with pytest.raises(psycopg.errors.AdminShutdown):
                store.run("select pg_terminate_backend(pg_backend_pid())")
            database.transactions.rollback()
            assert _setting(database.transactions.begin(), "synchronous_commit") == ours
            database.transactions.rollback()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ada:hemligt@127.0.0.1:1/samsyn",
        "postgresql://ada:hemligt@no-such-host.invalid/samsyn",
        "postgresql://ada:hemligt@127.0.0.1:port/samsyn",
        "postgresql://ada:hemligt@127.0.0.1/samsyn?no_such_setting=1",
    ],
)
def test_who_cannot_reach_the_server_is_told_without_the_password(address: str) -> None:
    """A wrong address, a wrong name, a server that is not there: always the same kind of trouble."""
    with pytest.raises(StoreUnavailable) as caught:
        opened(address)

    assert "hemligt" not in str(caught.value)
