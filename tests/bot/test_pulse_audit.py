"""``samsyn pulse audit``: what a database administrator is shown, and what it finds wrong."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from psycopg import sql

from bench.cluster import Cluster
from bot.pulse_audit import look
from storage import pulse
from storage.ballots import Ballots, ballots_at, ballots_beside
from storage.db import Store
from storage.migrations import migrations
from storage.opened import opened
from storage.postgres import PostgresStore
from storage.pulse import Times
from storage.sqlite import SqliteDatabase
from tests.stage.postgres import Databases
from tests.stage.samples import NOW, SECRET, add_forum, open_database

ROUND_TWO = "Forum 1, round 2, open until 2026-03-02 08:00 UTC"


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    """A database with a published round 1 and an open round 2, and the ballots of the open one."""
    path = tmp_path / "samsyn.db"
    with closing(open_database(path)) as database:
        _rounds(database.store)
    with _ballots(path) as box:
        box.open_round("token-two", range(12), 1)
        box.cast("token-two", 3, (5,))
    return path


def _rounds(store: Store) -> None:
    forum = add_forum(store).id
    for token in ("token-one", "token-two"):
        _open(store, forum, token)
    pulse.count_round(store, forum, 1, answered=9, organisations=3, shown={"D3.1": "1"})
    pulse.publish(store, forum, 1)


def _open(store: Store, forum: int, token: str) -> None:
    pulse.open_round(
        store, forum, token=token, questions=("D3.1",), member=1, times=Times(NOW, NOW, NOW, NOW),
        invited=12, organisations=4,
    )  # fmt: skip


@contextmanager
def _ballots(database: Path) -> Iterator[Ballots]:
    box = Ballots(ballots_beside(database), SECRET)
    yield box
    box.close_file()


def _all(path: Path | str) -> list[str]:
    return [each.what for each in look(path)]


def _wrong(path: Path | str) -> list[str]:
    return [each.what for each in look(path) if each.level == "wrong"]


def test_what_is_kept_is_told_in_numbers(path: Path) -> None:
    """Seats, sizes and columns of the open round; nothing left of the closed one; that backups leave it out."""
    columns, backups, opened, closed = _all(path)

    assert columns.endswith("ballot_seat.seat, ballot_seat.token, ballot_seat.used.")
    assert backups == "No backup of Samsyn holds it."
    assert opened == (
        f"{ROUND_TWO}: 12 seats without names, 1 of them used, a sealed box of 52 bytes, a salt of 32 bytes."
    )
    assert closed == "Closed rounds: 1. None of them has seats, box or salt."
    assert _wrong(path) == []


def test_it_changes_nothing(path: Path) -> None:
    """Neither file is another one afterwards, and it can be asked while the bot is writing."""
    before = {each.name: each.read_bytes() for each in (path, ballots_beside(path))}
    with closing(SqliteDatabase(path)) as database:
        database.writer.execute("begin immediate")
        assert len(_all(path)) == 4

    assert {each.name: each.read_bytes() for each in (path, ballots_beside(path))} == before


def test_a_closed_round_with_anything_left_is_found(path: Path) -> None:
    """Whether its box is there, or only its seats, or a byte of its name."""
    with _ballots(path) as box:
        box.open_round("token-one", range(12), 1)
    assert _wrong(path) == ["Forum 1, round 1 is closed, and something of its ballots is left."]

    with closing(sqlite3.connect(ballots_beside(path))) as db, db:
        db.execute("delete from ballot_box where token = 'token-one'")
    assert len(_wrong(path)) == 1

    with _ballots(path) as box:
        box.destroy("token-one")
    assert _wrong(path) == []
    with ballots_beside(path).open("ab") as file:
        file.write(b"token-one")
    assert len(_wrong(path)) == 1


def test_ballots_of_an_unknown_round_are_found(path: Path) -> None:
    """A restored database knows nothing of them."""
    with _ballots(path) as box:
        box.open_round("another", range(12), 1)

    assert _wrong(path) == ["Ballots of rounds that the database does not know: 1."]


def test_an_open_round_without_ballots_is_told_of(path: Path) -> None:
    """Nothing is wrong with what is kept, but there will be no result."""
    ballots_beside(path).unlink()

    assert _all(path) == [
        f"There is no ballot file {ballots_beside(path)}: no vote is kept.",
        f"{ROUND_TWO}, has no ballots. It ends without a result.",
        "Closed rounds: 1. None of them has seats, box or salt.",
    ]


def test_a_column_too_many_and_an_open_door_are_found(path: Path) -> None:
    """Somebody has changed the file, or lets others read it."""
    ballots_beside(path).chmod(0o640)
    with closing(sqlite3.connect(ballots_beside(path))) as db, db:
        db.execute("alter table ballot_seat add column at int")

    assert _wrong(path) == [
        "Columns that do not belong there: ballot_seat.at.",
        "Other users of this machine can read it.",
    ]


def test_a_damaged_file_is_found(path: Path) -> None:
    """What it holds can be read by nobody."""
    ballots_beside(path).write_bytes(b"hello " * 1000)

    assert _wrong(path) == [
        f"The ballot file {ballots_beside(path)} is damaged. Open rounds end without a result."
    ]


def test_before_there_is_a_pulse_there_is_nothing_to_tell(tmp_path: Path) -> None:
    """Neither without a database nor with one that has not been brought up to date."""
    path = tmp_path / "samsyn.db"
    nothing = [f"There is no ballot file {ballots_beside(path)}: no vote is kept."]
    assert _all(path) == nothing
    with closing(SqliteDatabase(path)) as database:
        migrations.apply(database.tools, stop_before="pulse")

    assert _all(path) == nothing


# --- On PostgreSQL -------------------------------------------------------------------------------------------------


@pytest.fixture(name="address")
def _address(databases: Databases) -> Iterator[str]:
    """A PostgreSQL database in which tables may be meddled with."""
    with databases.own() as address:
        yield address


@pytest.fixture(name="tables")
def _tables(address: str) -> Iterator[PostgresStore]:
    """The same two rounds in it; it has been swept."""
    with closing(opened(address)) as database:
        _rounds(database.store)
        ballots = ballots_at(address, database.store, SECRET)
        ballots.open_round("token-two", range(12), 1)
        ballots.cast("token-two", 3, (5,))
        ballots.place.sweep()
        assert isinstance(database.store, PostgresStore)
        yield database.store


def test_what_is_kept_in_tables_is_told_in_the_same_way(tables: PostgresStore, address: str) -> None:
    """And that dumps and snapshots leave it out; it changes nothing."""
    columns, backups, open_round, closed = _all(address)

    assert columns.endswith("ballot_seat.seat, ballot_seat.token, ballot_seat.used.")
    assert backups == "No log, standby or backup of Samsyn holds them."
    assert open_round == (
        f"{ROUND_TWO}: 12 seats without names, 1 of them used, a sealed box of 52 bytes, a salt of 32 bytes."
    )
    assert closed == "Closed rounds: 1. None of them has seats, box or salt."
    assert ballots_at(address, tables, SECRET).answered("token-two") == 1


@pytest.mark.parametrize(
    ("meddling", "found"),
    [
        ("alter table ballot_seat add column at int", "Columns that do not belong there: ballot_seat.at."),
        (
            "alter table ballot_box set logged",
            "The tables are logged: votes are written into the server's log, its standbys and its backups.",
        ),
        ("grant select on ballot_seat to public", "Every user of the database can read them."),
        (
            "insert into ballot_seat values ('token-one', 'x', 1)",
            "Forum 1, round 1 is closed, and something of its ballots is left.",
        ),
        (
            "insert into ballot_box values ('another', 'x', 'y')",
            "Ballots of rounds that the database does not know: 1.",
        ),
    ],
)
def test_what_is_wrong_with_the_tables_is_found(
    tables: PostgresStore, address: str, meddling: str, found: str
) -> None:
    """Somebody has changed them, opened them, or put something there."""
    tables.run(meddling)
    assert _wrong(address) == [found]


def test_a_server_that_writes_down_what_it_is_told_is_found(postgres: Cluster, address: str) -> None:
    """Its log would hold every box in its order; without the values of statements it does not."""
    name = sql.Identifier(address.rpartition("/")[2].partition("?")[0])
    postgres.execute(sql.SQL("alter database {} set log_statement = 'all'").format(name))
    postgres.execute(sql.SQL("alter database {} set log_min_duration_statement = 0").format(name))
    assert _wrong(address) == [
        "The server may write votes into its log, sealed but in their order: log_min_duration_statement, log_statement."
    ]
    postgres.execute(sql.SQL("alter database {} set log_parameter_max_length = 0").format(name))
    assert _wrong(address) == []


def test_what_was_not_swept_is_found(tables: PostgresStore, address: str) -> None:
    """Earlier versions of rows, and files that hold something though there is nothing."""
    ballots = ballots_at(address, tables, SECRET)
    ballots.cast("token-two", 4, (5,))
    assert "Rows as they were before a change may lie in the tables' files." in _all(address)
    pulse.void(tables, 1, 2)
    ballots.destroy("token-two")
    assert _wrong(address) == ["There are no ballots, and yet the tables hold something."]
    ballots.place.sweep()
    assert _wrong(address) == []


def test_before_there_are_tables_there_is_nothing_to_tell(databases: Databases) -> None:
    """A database without a schema."""
    with databases.own(bare=True) as address:
        assert _all(address) == ["There are no tables for ballots yet: no vote is kept."]
