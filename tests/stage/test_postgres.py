"""The PostgreSQL server that tests run on, and the databases in it."""

import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bench import installation
from bench.cluster import Cluster
from bench.installation import Account
from tests.sources import ROOT
from tests.stage.postgres import Databases

COUNT = sql.SQL("select count(*) from kept")
ABANDONS = "from bench.cluster import Cluster; c = Cluster(); c.start(); print(c.dsn(), c.home.folder, flush=True); input()"
GONE = 'while test -e "$1"; do sleep 0.05; done'
PATIENCE = 30


@pytest.fixture(name="keeping")
def _keeping() -> Iterator[Cluster]:
    """A server of our own, with a table in it."""
    with Cluster() as cluster:
        cluster.execute(sql.SQL("create table kept (id int)"))
        yield cluster


def _add(cluster: Cluster) -> None:
    cluster.execute(sql.SQL("insert into kept values (1)"))


def test_a_database_is_made_as_another_one_is(postgres: Cluster) -> None:
    """What is in the template is in the new database, and what is done there stays there."""
    with psycopg.connect(postgres.create("model")) as connection:
        connection.execute("create table kept as select 1 as id")
    postgres.create("copy", template="model")
    postgres.execute(sql.SQL("insert into kept values (2)"), "copy")

    assert postgres.execute(COUNT, "copy") == [(2,)]
    assert postgres.execute(COUNT, "model") == [(1,)]
    postgres.drop("copy")
    postgres.drop("model")


def test_a_server_that_is_killed_still_has_what_it_acknowledged(keeping: Cluster) -> None:
    """After a crash and after a restart the committed rows are there, at the same address."""
    address = keeping.dsn()
    _add(keeping)
    keeping.kill()
    assert keeping.pid is None
    keeping.start()
    _add(keeping)
    keeping.restart()

    assert keeping.execute(COUNT) == [(2,)]
    assert keeping.dsn() == address


def test_a_standby_takes_over_with_all_that_was_committed(keeping: Cluster) -> None:
    """Every acknowledged row is on the standby at once; who connects to both finds the one that takes writes."""
    standby = keeping.standby(apply=True)
    both = keeping.dsn("postgres", standby)
    _add(keeping)
    assert standby.execute(COUNT) == [(1,)]

    keeping.discard()
    standby.promote()
    with psycopg.connect(both) as connection:
        connection.execute("insert into kept values (2)")
    assert standby.execute(COUNT) == [(2,)]


def test_a_server_listens_on_the_loopback_when_asked() -> None:
    """Its address names a port, and the folder of its data is where it was asked for, or gone."""
    with Cluster(tcp=True) as cluster, psycopg.connect(cluster.dsn()) as connection:
        assert (connection.info.host, connection.info.port) == ("127.0.0.1", cluster.port)
        folders = (cluster.home.folder, cluster.home.data)

    assert not any(each.exists() for each in folders)


def test_no_server_outlives_whoever_started_it() -> None:
    """When a run is killed in the middle, its server ends and its folder goes."""
    popen = subprocess.Popen(
        [sys.executable, "-c", ABANDONS], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert popen.stdout
    dsn, folder = popen.stdout.readline().split()
    with closing(psycopg.connect(dsn)) as connection:
        popen.kill()
        popen.communicate()
        assert select.select([connection.fileno()], [], [], PATIENCE)[0]  # the server hangs up
    subprocess.run(["sh", "-c", GONE, "sh", folder], check=True, timeout=PATIENCE)


def test_programs_are_laid_where_the_servers_account_can_run_them(tmp_path: Path) -> None:
    """They are used where they lie, or else copied with the libraries that belong to them."""
    folder = tmp_path / "package" / "pginstall" / "bin"
    for each in (folder, folder.with_name("include"), tmp_path / "package.libs"):
        each.mkdir(parents=True)
    program = folder / "postgres"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o700)
    assert installation.readable(folder, Account(), tmp_path / "aside") == folder

    program.write_text("#!/bin/sh\nexit 1\n")
    copied = installation.readable(folder, Account(), tmp_path / "aside")
    assert copied == tmp_path / "aside" / "package" / "pginstall" / "bin"
    assert (copied / "postgres").stat().st_mode == program.stat().st_mode
    assert sorted(each.name for each in (tmp_path / "aside").rglob("*") if each.is_dir()) == [
        "bin", "package", "package.libs", "pginstall",
    ]  # fmt: skip


def test_the_system_s_newest_server_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name on the path leads to the folder where all the programs are; 18 is newer than 9; half a server is none."""
    for version in ("9.6", "15", "18"):
        folder = tmp_path / "lib" / version / "bin"
        folder.mkdir(parents=True)
        for each in installation.PROGRAMS[: 3 if version == "18" else 4]:
            (folder / each).touch(0o700)
    path = tmp_path / "path"
    path.mkdir()
    monkeypatch.setenv("PATH", str(path))
    monkeypatch.setattr(installation, "PLACES", (f"{str(tmp_path).lstrip('/')}/lib/*/bin",))
    assert installation.of_system() == tmp_path / "lib" / "15" / "bin"

    (path / "initdb").symlink_to(tmp_path / "lib" / "9.6" / "bin" / "initdb")
    assert installation.of_system() == tmp_path / "lib" / "9.6" / "bin"


def test_the_package_of_the_tests_carries_a_server() -> None:
    """Where the system has none, that one serves."""
    carried = installation.of_package()

    assert carried is not None
    assert carried.parent.name == "pginstall18"


# --- Databases ---------------------------------------------------------------------------------------------------


def test_a_test_finds_the_database_as_the_migrations_left_it(databases: Databases) -> None:
    """Rows are gone, numbers begin again, and whoever was still connected is not."""
    dsn = databases.as_new()
    with psycopg.connect(dsn) as left:
        steps = left.execute("select count(*) from schema_step").fetchone()
        assert _new_person(left) == 1
        left.execute("delete from schema_step")
        left.commit()
        left.execute("lock table person")

        with psycopg.connect(databases.as_new()) as connection:
            assert connection.execute("select count(*) from person").fetchone() == (0,)
            assert connection.execute("select count(*) from schema_step").fetchone() == steps != (0,)
            assert _new_person(connection) == 1
        with pytest.raises(psycopg.OperationalError):
            left.execute("select 1")


def test_tables_that_a_test_changed_are_made_anew(databases: Databases) -> None:
    """A column or a table that somebody added is not there for the next test."""
    for change in ("alter table person add column shoes int", "create table shoe (id int)"):
        with psycopg.connect(databases.as_new()) as connection:
            connection.execute(change)

    with psycopg.connect(databases.as_new()) as connection:
        named = connection.execute(
            "select 1 from information_schema.columns where 'shoes' = column_name or 'shoe' = table_name"
        )
        assert named.fetchone() is None


def test_a_test_may_have_a_database_of_its_own(databases: Databases) -> None:
    """One with today's schema, one with nothing; both are gone afterwards."""
    with databases.own() as migrated, databases.own(bare=True) as bare:
        counts = [_tables(migrated), _tables(bare)]

    assert counts[0] > 0 == counts[1]
    with pytest.raises(psycopg.OperationalError):
        _tables(bare)


def _new_person(connection: psycopg.Connection) -> int:
    row = connection.execute(
        "insert into person (name, created_at) values ('Ada', 0) returning id"
    ).fetchone()
    assert row
    return int(row[0])


def _tables(dsn: str) -> int:
    with psycopg.connect(dsn) as connection:
        row = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert row
    return int(row[0])
