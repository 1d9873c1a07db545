"""PostgreSQL databases for tests: one that every test finds as new, and others for those who need their own.

Emptying forty tables takes some two milliseconds; making a database from a template takes twenty to four hundred, and
truncating about as long, for files are slow. So one database is made, and emptied before each test that asks for it.
Rows that the migrations left are put back; after a test that changed the tables themselves it is made anew.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Final

import psycopg
import pytest
from psycopg import sql

from bench.cluster import Cluster
from storage.opened import opened

ON_BOTH_ENGINES: Final = pytest.mark.parametrize("engine", ["sqlite", "postgres"], indirect=True)
"""A story that is told twice."""
IN_A_FILE: Final = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
"""A story about what can only happen to a file."""
TEMPLATE: Final = "as_migrated"
SHARED: Final = "shared"
TABLES: Final = (
    "select c.oid::int8, c.relname::text, c.relnatts::int from pg_class c"
    " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'S', 'i') order by c.oid"
)
LEAVE: Final = (
    "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
    " where datname = current_database() and pid <> pg_backend_pid()"
)


def migrated(dsn: str) -> None:
    """Today's schema, as every start of the bot makes it."""
    with closing(opened(dsn)) as database:
        database.migrate()


class Databases:
    """Databases of one server. Nothing is made before it is asked for."""

    def __init__(self, cluster: Cluster, prepare: Callable[[str], object] = migrated) -> None:
        self.cluster = cluster
        self._prepare = prepare
        self._has_template = False
        self._inside: psycopg.Connection | None = None
        """Our connection to the shared database: opening one takes longer than emptying."""
        self._found: list[tuple[object, ...]] = []
        """The tables of the shared database as they were made."""
        self._emptying = sql.Composed(())
        self._made = 0

    def as_new(self) -> str:
        """The shared database with what the migrations put there and nothing else; nobody is connected."""
        dsn = self.cluster.dsn(SHARED)
        if self._inside is None or not self._emptied(self._inside):
            self.close()
            self.cluster.drop(SHARED)
            self._from_template(SHARED)
            self._inside = psycopg.connect(dsn, autocommit=True)
            self._remember(self._inside)
        return dsn

    def close(self) -> None:
        """Let go of the server."""
        if self._inside is not None:
            self._inside.close()
            self._inside = None

    @contextmanager
    def own(self, *, bare: bool = False) -> Iterator[str]:
        """A database of its own, gone with the block: with today's schema, or with nothing at all."""
        self._made += 1
        name = f"own_{self._made}"
        dsn = self.cluster.create(name) if bare else self._from_template(name)
        yield dsn
        self.cluster.drop(name)

    def _from_template(self, name: str) -> str:
        if not self._has_template:
            self._prepare(self.cluster.create(TEMPLATE))
            self._has_template = True
        return self.cluster.create(name, TEMPLATE)

    def _emptied(self, inside: psycopg.Connection) -> bool:
        inside.execute(LEAVE)
        if inside.execute(TABLES).fetchall() != self._found:
            return False
        inside.execute(self._emptying)
        return True

    def _remember(self, connection: psycopg.Connection) -> None:
        """Keep aside the rows there are, and write down how to get back to them."""
        self._found = list(connection.execute(TABLES))
        names = connection.execute(
            "select tablename::text from pg_tables where schemaname = 'public'"
        ).fetchall()
        connection.execute("create schema aside")
        # As a replica: in any order, without looking at foreign keys.
        steps: list[sql.Composable] = [
            sql.SQL("begin"),
            sql.SQL("set local session_replication_role = replica"),
        ]
        for (name,) in names:
            table, kept = sql.Identifier("public", name), sql.Identifier("aside", name)
            steps.append(sql.SQL("delete from {}").format(table))
            if connection.execute(sql.SQL("select from {} limit 1").format(table)).rowcount:
                connection.execute(sql.SQL("create table {} as table {}").format(kept, table))
                steps.append(sql.SQL("insert into {} overriding system value table {}").format(table, kept))
        for sequence, value, is_called in connection.execute(
            "select format('public.%I', sequencename), coalesce(last_value, start_value), last_value is not null"
            " from pg_sequences where schemaname = 'public'"
        ):
            steps.append(sql.SQL("select setval({}, {}, {})").format(sequence, value, is_called))
        self._emptying = sql.SQL("; ").join([*steps, sql.SQL("commit")])
