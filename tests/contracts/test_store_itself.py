"""The store itself: numbers without gaps, instants, and one process at a time."""

import fcntl
import os
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.inbound import Account
from storage import forums, intake
from storage.alphabet import place_of
from storage.db import InUse, Store, StoreUnavailable, day_or_none, from_ms, to_ms
from storage.migrations import migrate
from storage.records import Forum
from storage.sqlite import SqliteDatabase
from tests.stage.everything import ODD
from tests.stage.samples import NOW, add_forum, meet, open_database


def test_numbers_have_no_gaps(store: Store) -> None:
    """Counted per forum and kind from 1; a number that was undone is given again."""
    assert [store.next_number(1, "a") for _ in range(3)] == [1, 2, 3]
    assert (store.next_number(2, "a"), store.next_number(1, "b")) == (1, 1)
    store.run("savepoint s")
    assert store.next_number(1, "a") == 4
    store.run("rollback to s")
    assert store.next_number(1, "a") == 4


def test_statements_say_what_they_touched(store: Store) -> None:
    """One row, all rows, or how many were changed; several at once."""
    store.run_many(
        "insert into fact (name, value) values (:name, :value)",
        [{"name": each, "value": "x"} for each in ("a", "b")],
    )

    assert store.all("select name from fact order by name") == [("a",), ("b",)]
    assert store.one("select value from fact where name = :name", name="c") is None
    assert store.run("update fact set value = :value", value="y") == 2
    assert store.run("delete from fact where name = :name", name="c") == 0


@pytest.mark.parametrize("number", [0, -1, 2**31, 2**63 - 1, -(2**63)])
def test_a_number_comes_back_as_it_was(store: Store, number: int) -> None:
    """Up to 64 bits; a truth is kept as 1 or 0."""
    store.run(
        "insert into seen (key, at) values ('a', :at), ('b', :yes), ('c', :no)", at=number, yes=True, no=False
    )

    assert store.all("select at from seen order by key") == [(number,), (1,), (0,)]


@pytest.mark.parametrize("words", [*ODD, "x" * 5_000_000])
def test_words_come_back_as_they_were(store: Store, words: str) -> None:
    """Whatever somebody wrote, and however long, wherever no index stands on it."""
    intake.set_fact(store, "a", words)

    assert intake.fact(store, "a") == words


def test_percent_signs_and_colons_are_themselves(store: Store) -> None:
    """In a statement and in what is put into it."""
    words = "5% :name %s %(name)s :: 'q' \\"
    row = store.one("select 'a%', '%s %%', '12:30', cast(:name as text) where 'abc' like 'a%'", name=words)

    assert row == ("a%", "%s %%", "12:30", words)
    assert store.one("select 'a%' where 'abc' like 'a%'") == ("a%",)


def test_names_stand_in_the_order_people_look_for_them(store: Store, forum: Forum) -> None:
    """Å, ä and ö come last, in that order; capitals and accents do not count."""
    names = ["Ärla", "Åsa", "östen", "Zoë", "älva", "Öst", "éva", "Eva", "bo", "Ada", "Aβ", "adam", "Ørjan"]
    ordered = ["Ada", "adam", "Aβ", "bo", "éva", "Eva", "Zoë", "Åsa", "älva", "Ärla", "Ørjan", "Öst", "östen"]
    first = meet(store, Account("slack", "T1", names[0], names[0])).id
    for each in names:
        forums.add_actor(store, forum.id, name=each, sector="", level="")
        person = first if each == names[0] else meet(store, Account("slack", "T1", each, each)).id
        forums.join(store, forum.id, person, actor_id=None, role="member", now=NOW)
        other = add_forum(store, each, invite=each)
        forums.join(store, other.id, first, actor_id=None, role="member", now=NOW)

    assert [each.name for each in forums.actors(store, forum.id)] == ordered
    assert [each.name for each in forums.members(store, forum.id)] == ordered
    assert [each.name for each, _ in forums.memberships(store, first)] == sorted(
        ordered + [forum.name], key=place_of
    )


@pytest.mark.parametrize("again", ["ÅKE & SÖNER", "åke  &  söner", "Åke & Söner"])
def test_an_organisation_is_known_whatever_its_capitals(store: Store, forum: Forum, again: str) -> None:
    """Folded by us and not by the engine: a file knows no capitals beyond z."""
    first = forums.add_actor(store, forum.id, name="Åke & Söner", sector="", level="")

    assert forums.add_actor(store, forum.id, name=again, sector="", level="") == first


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds are bare
def test_an_instant_survives_to_the_millisecond(moment: datetime) -> None:
    """Stored and read again it is the same instant, in UTC."""
    again = from_ms(to_ms(moment))

    assert abs(again - moment) <= timedelta(milliseconds=1)
    assert from_ms(to_ms(again)) == again
    assert to_ms(moment.astimezone(ZoneInfo("Europe/Stockholm"))) == to_ms(moment)


def test_a_local_day_is_a_day_or_none() -> None:
    """An empty column is no day."""
    assert day_or_none("2026-03-02") == date(2026, 3, 2)
    assert day_or_none(None) is None
    assert day_or_none("") is None


# --- The file --------------------------------------------------------------------------------------------------


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    """Whoever has the file has it alone; a copy of it may be looked at meanwhile, and is free afterwards."""
    path = tmp_path / "folder" / "samsyn.db"
    first = open_database(path)
    with pytest.raises(InUse):
        SqliteDatabase(path)
    beside = SqliteDatabase(path, exclusive=False)
    beside.close()
    first.close()

    again = SqliteDatabase(path)
    again.close()


def test_a_reader_sees_what_is_committed_and_cannot_write(tmp_path: Path) -> None:
    """It looks on a connection of its own."""
    database = open_database(tmp_path / "samsyn.db")
    intake.set_fact(database.store, "a", "1")
    reader = database.reader()

    assert intake.fact(reader, "a") == "1"
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        intake.set_fact(reader, "a", "2")
    reader.connection.close()
    database.close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """And the lock is let go, so that it can be tried again once it is mended."""
    path = tmp_path / "samsyn.db"
    path.write_bytes(b"This is no database. " * 100)

    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            SqliteDatabase(path)


def test_what_belongs_together_is_held_together(tmp_path: Path) -> None:
    """Foreign keys are on, a commit is flushed, and what is deleted is wiped."""
    database = open_database(tmp_path / "samsyn.db")
    settings = {
        each: database.writer.execute(f"pragma {each}").fetchone()[0]
        for each in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with pytest.raises(sqlite3.IntegrityError):
        database.store.run("insert into account values ('slack', '', 'U1', 404, 'x', 1, 0)")
    database.close()


def test_the_schema_is_brought_up_to_date_once(tmp_path: Path) -> None:
    """Every step is taken once; a database that is up to date is left alone."""
    database = SqliteDatabase(tmp_path / "samsyn.db")

    taken = migrate(database.tools)

    assert taken
    assert migrate(database.tools) == []
    database.close()


def test_the_lock_names_its_owner(tmp_path: Path) -> None:
    """Whoever wonders which process has the file can read it beside it."""
    database = open_database(tmp_path / "samsyn.db")
    lock = tmp_path / "samsyn.db.lock"

    assert lock.read_text() == str(os.getpid())
    with lock.open() as handle, pytest.raises(OSError, match="unavailable"):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    database.close()
