"""How the schema comes up to date: step by step, all of it or nothing, whoever else does the same at the same moment."""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Final

import psycopg
import pytest
from typing_extensions import override

from storage import migrations, people
from storage.db import NewerSchema, Param, Row, Store, StoreUnavailable
from storage.migrations import migrate_together, migrate_within
from storage.opened import opened
from storage.postgres import PostgresDatabase, PostgresStore, connect
from storage.schema import STEPS
from storage.sqlite import SqliteDatabase
from tests.stage.everything import fill, kept
from tests.stage.postgres import Databases
from tests.stage.samples import ADA, NOW, add_early_forum, join

NAMES: Final = [each.name for each in STEPS]
NOT_IN_THE_FILE: Final = {"ballot_box", "ballot_seat", "secret_talk", "turns_known"}
"""With SQLite these are in a file of their own, or in memory, or not needed."""
TABLES: Final = "select tablename from pg_tables where schemaname = 'public'"


CHANGES: Final = {
    sqlite3.SQLITE_CREATE_TABLE, sqlite3.SQLITE_CREATE_INDEX, sqlite3.SQLITE_CREATE_VTABLE, sqlite3.SQLITE_ALTER_TABLE,
}  # fmt: skip
"""What SQLite asks about before it does it."""


class Cut(PostgresStore):
    """A connection that is lost at its ``last`` statement."""

    __slots__ = ("last",)

    def __init__(self, connection: psycopg.Connection, last: int) -> None:
        super().__init__(connection)
        self.last = last

    @override
    def run(self, sql: str, **params: Param) -> int:
        self._count()
        return super().run(sql, **params)

    @override
    def do(self, sql: str, **params: Param) -> None:
        self._count()
        super().do(sql, **params)

    def _count(self) -> None:
        self.last -= 1
        if self.last < 0:
            self.connection.close()


@pytest.fixture(name="bare")
def _bare(databases: Databases) -> Iterator[str]:
    """A database with nothing in it."""
    with databases.own(bare=True) as dsn:
        yield dsn


def tables(dsn: str) -> set[str]:
    """What is there."""
    with psycopg.connect(dsn) as connection:
        return {name for (name,) in connection.execute(TABLES)}


# --- All or nothing ----------------------------------------------------------------------------------------------


def test_a_migration_that_is_cut_anywhere_leaves_nothing_behind(bare: str) -> None:
    """Whichever statement it was in: the next start finds the schema as it was, and brings it up to date."""
    for last in range(1, 500, 7):
        with closing(connect(bare)) as connection:
            try:
                taken = migrate_together(Cut(connection, last))
            except psycopg.OperationalError:
                assert tables(bare) == set()
            else:
                break
    else:
        pytest.fail("it never came to an end")

    assert taken == NAMES
    assert last > len(NAMES)
    assert "schema_step" in tables(bare)


def test_a_file_whose_migration_is_cut_anywhere_goes_on_from_the_last_whole_step(tmp_path: Path) -> None:
    """Each step is a transaction of its own there, and none is ever half taken."""
    after: dict[str, set[str]] = {}
    with closing(SqliteDatabase(tmp_path / "whole.db")) as whole:
        for step in STEPS:
            migrations.migrations.apply(whole.tools, stop_before=NAMES[NAMES.index(step.name) + 1 :])
            after[step.name] = set(whole.tools.table_names())

    cuts = 0
    while not (done := _migrated_until(tmp_path / "cut.db", cuts)):
        with closing(SqliteDatabase(tmp_path / "cut.db")) as database:
            left = database.tools.table_names()
        assert set(left) in [set(), {"_sqlite_migrations"}, *after.values()]
        cuts += 1

    assert done
    assert cuts > len(after["first"])


def _migrated_until(path: Path, last: int) -> bool:
    """Whether the schema came up to date before the statement that the engine refuses."""
    with closing(SqliteDatabase(path)) as database:

        def refuse(action: int, *_: object) -> int:
            nonlocal last
            last -= action in CHANGES
            return sqlite3.SQLITE_OK if last >= 0 else sqlite3.SQLITE_DENY

        database.writer.set_authorizer(refuse)
        try:
            database.migrate()
        except sqlite3.DatabaseError:
            return False
        return True


def test_a_process_that_dies_while_it_migrates_keeps_nobody_waiting(bare: str) -> None:
    """Another one that starts meanwhile waits for it, and does the work when it is gone."""
    dying = connect(bare)
    store = PostgresStore(dying)
    store.run("begin")
    migrate_within(store, "search")
    with ThreadPoolExecutor(1) as pool, closing(PostgresDatabase(bare)) as waiting:
        taken = pool.submit(waiting.migrate)
        with psycopg.connect(bare, autocommit=True) as other:
            while not other.execute(
                "select 1 from pg_locks where locktype = 'advisory' and not granted"
            ).fetchall():
                pass
            assert not taken.done()
            other.execute("select pg_terminate_backend(%s)", (dying.info.backend_pid,))
        assert taken.result(20) == NAMES
    dying.close()


def test_two_processes_that_migrate_at_the_same_time_take_each_step_once(bare: str) -> None:
    """However many start together: the steps are taken by one of them, and all of them can begin."""
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(_starts, [bare] * 4))

    assert sorted(taken, key=len) == [[], [], [], NAMES]


def test_a_migration_may_take_as_long_as_it_takes(bare: str) -> None:
    """The limits of ordinary work do not hold for it, nor for whoever waits for it."""
    hasty = psycopg.conninfo.make_conninfo(bare, options="-c statement_timeout=100ms -c lock_timeout=100ms")
    with (
        psycopg.connect(bare) as other,
        ThreadPoolExecutor(1) as pool,
        closing(PostgresDatabase(hasty)) as waits,
    ):
        other.execute("select pg_advisory_xact_lock(%s)", (migrations.LOCK,))
        taken = pool.submit(waits.migrate)
        other.execute("select pg_sleep(0.3)")
        other.commit()

        assert taken.result(20) == NAMES


def _starts(dsn: str) -> list[str]:
    with closing(opened(dsn)) as database:
        return database.migrate()


def test_a_server_that_is_lost_meanwhile_is_said_as_such(bare: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever starts is told that the store is not there, and not shown a fault of ours."""
    with closing(PostgresDatabase(bare)) as database:
        monkeypatch.setattr(database, "store", Cut(database._connection, 3))

        with pytest.raises(StoreUnavailable):
            database.migrate()


# --- From every earlier version ----------------------------------------------------------------------------------


@pytest.mark.parametrize("until", NAMES)
def test_every_earlier_schema_is_brought_up_to_date(bare: str, dsn: str, until: str) -> None:
    """Whatever version made the database: the rest of the steps leads to the same schema, and what was in it stays."""
    with closing(PostgresDatabase(bare)) as old, closing(PostgresDatabase(dsn)) as new:
        before = migrate_together(old.store, until=until)
        forum = add_early_forum(old.store)
        person = people.meet(old.store, "slack", "T1", "U1", name="Ada", now=NOW)

        after = old.migrate()

        assert before + after == NAMES
        assert before[-1] == until
        assert old.migrate() == []
        assert postgres_shape(old.store) == postgres_shape(new.store)
        assert old.store.all("select id, name from forum") == [(forum.id, forum.name)]
        assert old.store.all("select person from account") == [(person.id,)]


@pytest.mark.parametrize("until", NAMES)
def test_every_earlier_file_is_brought_up_to_date(tmp_path: Path, until: str) -> None:
    """The same for a file."""
    after = NAMES[NAMES.index(until) + 1 :]
    with (
        closing(SqliteDatabase(tmp_path / "old.db")) as old,
        closing(SqliteDatabase(tmp_path / "new.db")) as new,
    ):
        migrations.migrations.apply(old.tools, stop_before=after[:1])
        forum = add_early_forum(old.store)
        new.migrate()

        assert old.migrate() == after
        assert sqlite_shape(old.store) == sqlite_shape(new.store)
        assert old.store.all("select id from forum") == [(forum.id,)]


# --- Beside another version --------------------------------------------------------------------------------------


def test_an_older_version_works_beside_a_newer_one_that_only_added(dsn: str) -> None:
    """It starts, changes nothing, and everything it does goes as before."""
    with closing(PostgresDatabase(dsn)) as database:
        database.store.run("insert into schema_step (name, breaks) values ('next year', 0)")
        database.store.run("alter table forum add column mood text not null default ''")

        assert database.migrate() == []
        with kept(database.store) as store:
            fill(store)


def test_an_older_version_does_not_start_on_what_it_cannot_work_with(dsn: str) -> None:
    """A newer one said so; whoever starts the old one is told, and nothing is changed."""
    with closing(PostgresDatabase(dsn)) as database:
        database.store.run("insert into schema_step (name, breaks) values ('next year', 1)")
        database.store.run("delete from schema_step where name = 'agenda'")

        with pytest.raises(NewerSchema):
            database.migrate()
        assert database.store.all("select 1 from schema_step where name = 'agenda'") == []


def test_a_running_process_does_not_fall_over_a_migration(bare: str) -> None:
    """A newer version changes tables that an older one reads and writes at that moment: one of them waits, briefly."""
    with closing(PostgresDatabase(bare)) as old, closing(PostgresDatabase(bare)) as new:
        migrate_together(old.store, until="agenda")
        old.store.run("begin")
        forum = add_early_forum(old.store)
        with ThreadPoolExecutor(1) as pool:
            taken = pool.submit(new.migrate)
            join(old.store, forum, ADA)
            old.store.run("commit")
            assert taken.result(20) == NAMES[NAMES.index("agenda") + 1 :]
        assert old.store.one("select count(*) from member") == (1,)


# --- The same on both engines ------------------------------------------------------------------------------------

Shape = Mapping[str, Sequence[Row]]
KINDS: Final = {"int": "integer", "bigint": "integer"}
"""A file has one kind of whole numbers."""


def sqlite_shape(store: Store) -> Shape:
    """Every table with its columns (name, type, may be empty, default), its keys and its indexes."""
    rows = store.all(
        "select name from pragma_table_list where type = 'table' and schema = 'main' and name not like 'sqlite_%'"
        " and name not like 'decision_words%' and name not like '_sqlite_%'"
    )
    return {
        name: [
            *store.all(
                'select name, type, case when pk > 0 then 1 else "notnull" end, dflt_value'
                " from pragma_table_info(:name) order by cid",
                name=name,
            ),
            *store.all(
                "select 'key', name from pragma_table_info(:name) where pk > 0 order by pk", name=name
            ),
            *store.all(
                'select \'refers\', "from", "table", "to" from pragma_foreign_key_list(:name) order by "from"',
                name=name,
            ),
            *store.all(
                "select 'index', l.\"unique\", l.partial, (select group_concat(i.name, ' ')"
                " from pragma_index_info(l.name) i) as columns"
                " from pragma_index_list(:name) l where l.origin <> 'pk' order by 2, 3, 4",
                name=name,
            ),
        ]
        for (name,) in rows
    }


def postgres_shape(store: Store) -> Shape:
    """The same of a PostgreSQL database."""
    return {
        name: [
            *store.all(
                "select column_name, data_type, case is_nullable when 'NO' then 1 else 0 end, column_default"
                " from information_schema.columns where table_schema = 'public' and table_name = :name"
                " order by ordinal_position",
                name=name,
            ),
            *store.all(
                "select 'key', a.attname from pg_index i, unnest(i.indkey) with ordinality as k (number, place), pg_attribute a"
                " where i.indrelid = to_regclass(:name) and i.indisprimary and a.attrelid = i.indrelid"
                " and a.attnum = k.number order by k.place",
                name=name,
            ),
            *store.all(
                "select 'refers', a.attname, c.confrelid::regclass::text, b.attname from pg_constraint c"
                " join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]"
                " join pg_attribute b on b.attrelid = c.confrelid and b.attnum = c.confkey[1]"
                " where c.contype = 'f' and c.conrelid = to_regclass(:name) order by a.attname",
                name=name,
            ),
            *store.all(
                "select 'index', i.indisunique::int, (i.indpred is not null)::int, (select string_agg(a.attname, ' '"
                " order by k.place) from unnest(i.indkey) with ordinality as k (number, place), pg_attribute a"
                " where a.attrelid = i.indrelid and a.attnum = k.number) as columns"
                " from pg_index i where i.indrelid = to_regclass(:name) and not i.indisprimary order by 2, 3, 4",
                name=name,
            ),
        ]
        for (name,) in store.all(TABLES)
    }


ONLY_ON_THE_SERVER: Final = {
    "outbox": [("index", 0, 1, "platform workspace chat id")],
    "card_post": [("index", 0, 0, "platform workspace chat message")],
}
"""Indexes that only several processes need, and that would cost a file more than they are worth."""


def test_both_engines_have_the_same_tables(dsn: str, tmp_path: Path) -> None:
    """Columns, types, defaults, keys and indexes; but for what is secret, and for how words are found."""
    with closing(PostgresDatabase(dsn)) as server, closing(SqliteDatabase(tmp_path / "samsyn.db")) as file:
        file.migrate()
        there, here = postgres_shape(server.store), sqlite_shape(file.store)

    assert there.keys() - here.keys() == {*NOT_IN_THE_FILE, "decision_words", "schema_step"}
    assert here.keys() <= there.keys()
    for name, shape in here.items():
        only = ONLY_ON_THE_SERVER.get(name, [])
        assert sorted(map(_plain, [*shape, *only])) == sorted(map(_plain, there[name])), name


def _plain(row: Row) -> tuple[str, ...]:
    """The same words for the same thing: what engines call a type, and how they write a default."""
    kind = str(row[1]).lower()
    return (str(row[0]), KINDS.get(kind, kind), *(re.sub(r"::[a-z ]+$", "", str(each)) for each in row[2:]))
