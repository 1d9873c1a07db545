"""Backups looked through and put back on trial: what is not right is found, and nothing is touched."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import verifying
from bot.backups import BackupError, back_up, brought_up, copied
from bot.verifying import Verified, drill, verify
from storage import intake, outbox, whereabouts
from storage.db import StoreUnavailable
from storage.migrations import migrations
from storage.schema import STEPS
from storage.sqlite import SqliteDatabase
from tests.bot.test_backups import of_a_newer_version, put, running, spoil
from tests.stage.samples import sample_forum


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    """A database with a forum in it, and two messages that wait."""
    path = tmp_path / "data" / "samsyn.db"
    with running(path) as store:
        sample_forum(store)
        intake.set_fact(store, "word", "first")
        for state in ("new", "sending", "sent", "dead"):
            put(store, state)
    return path


@pytest.fixture(name="copy")
def _copy(path: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    copy = tmp_path / "copies" / "one.db"
    back_up(path, copy)
    return copy


# --- Looking through -----------------------------------------------------------------------------------------------


def test_every_table_is_counted_and_fingerprinted(copy: Path) -> None:
    """Twice the same; and what waits to be sent is told."""
    found = verify(copy)
    assert (found.contents["forum"].rows, found.contents["outbox"].rows) == (1, 4)
    assert (found.lacks, found.wait) == ((), 2)
    assert verify(copy) == found


def test_looking_changes_nothing(copy: Path) -> None:
    """Not a byte, and nothing is left beside it."""
    before = copy.read_bytes()
    verify(copy)
    assert copy.read_bytes() == before
    assert [each.name for each in copy.parent.iterdir()] == ["one.db"]


def test_one_letter_makes_another_fingerprint(copy: Path) -> None:
    """In the table that it stands in, and in no other."""
    before = verify(copy).contents
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("update fact set value = 'worst' where name = 'word'")
    after = verify(copy).contents
    assert [table for table in before if before[table] != after[table]] == ["fact"]
    assert before["fact"].rows == after["fact"].rows


def test_an_older_backup_says_what_it_lacks(tmp_path: Path) -> None:
    """A restore brings it up to date."""
    older = tmp_path / "older.db"
    with closing(SqliteDatabase(older)) as database:
        migrations.apply(database.tools, stop_before="search")
    found = verify(older)
    assert found.lacks == tuple(each.name for each in STEPS[1:])
    assert "pulse_round" not in found.contents


def test_what_is_no_backup_is_said_to_be_none(copy: Path, tmp_path: Path) -> None:
    """Not there, not ours, no database at all, newer than we are, or damaged."""
    other, text = tmp_path / "other.db", tmp_path / "text.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("create table x (y)")
    text.write_bytes(b"hello " * 1000)
    newer, broken = tmp_path / "newer.db", tmp_path / "broken.db"
    for each in (newer, broken):
        each.write_bytes(copy.read_bytes())
    of_a_newer_version(newer)
    with closing(sqlite3.connect(broken)) as connection, connection:
        connection.execute("insert into account values ('slack', 'T', 'U', 99, 'x', 1, 0)")
    for path, why in (
        (tmp_path / "none.db", "There is no file"),
        (other, "is no database of Samsyn"),
        (text, "cannot be read: file is not a database"),
        (newer, "was made by a newer Samsyn"),
        (broken, "does not hold together"),
    ):
        for look in (verify, lambda path: drill(path, tmp_path / "samsyn.db")):
            with pytest.raises(BackupError, match=why):
                look(path)


def test_a_flipped_byte_is_found(copy: Path) -> None:
    """Or a whole page of them."""
    spoil(copy)
    with pytest.raises(BackupError):
        verify(copy)


# --- On trial ------------------------------------------------------------------------------------------------------


def test_the_drill_changes_nothing_anywhere(path: Path, copy: Path) -> None:
    """A bot may be running; what was put back is thrown away."""
    with running(path):
        before = copy.read_bytes(), path.read_bytes(), {each.name for each in path.parent.iterdir()}
        assert drill(copy, path) == verify(copy)
        assert (copy.read_bytes(), path.read_bytes(), {each.name for each in path.parent.iterdir()}) == before


def test_what_an_earlier_drill_left_is_removed(path: Path, copy: Path) -> None:
    """It was killed in the middle, with everything that people wrote lying there."""
    left = path.with_name("samsyn.db.drill")
    left.mkdir()
    (left / "samsyn.db").write_bytes(b"words")
    drill(copy, path)
    assert not left.exists()


def test_where_the_data_is_on_a_server_the_trial_is_elsewhere(copy: Path) -> None:
    """In a place that the system gives for a while."""
    assert drill(copy, "postgresql://nowhere/samsyn") == verify(copy)


def test_an_older_backup_passes(tmp_path: Path) -> None:
    """Brought up to date on the way, as by a restore."""
    older = tmp_path / "older.db"
    with closing(SqliteDatabase(older)) as database:
        migrations.apply(database.tools, stop_before="search")
    assert drill(older, tmp_path / "samsyn.db").lacks


def test_what_comes_out_otherwise_is_found(path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk, or we, changed something on the way."""

    def changed(backup: Path, fresh: Path) -> None:
        copied(backup, fresh)
        with closing(sqlite3.connect(fresh)) as connection, connection:
            connection.execute("update forum set name = 'x'")

    monkeypatch.setattr(verifying, "copied", changed)
    with pytest.raises(BackupError, match="is not what is in it: forum"):
        drill(copy, path)
    assert not path.with_name("samsyn.db.drill").exists()


@pytest.mark.parametrize(
    "change", ["delete from member", "update outbox set state = 'new' where state = 'dropped'"]
)
def test_a_bot_could_not_start_on_less(
    path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Rows that got lost on the way to today's schema, or messages that would go out again."""

    def changed(fresh: Path) -> int:
        dropped = brought_up(fresh)
        with closing(sqlite3.connect(fresh)) as connection, connection:
            connection.execute(change)
        return dropped

    monkeypatch.setattr(verifying, "brought_up", changed)
    with pytest.raises(BackupError, match="No bot could start"):
        drill(copy, path)


def test_a_backup_of_what_was_moved_away_is_none_to_start_on(path: Path, tmp_path: Path) -> None:
    """The content is at another place since."""
    with running(path) as store:
        whereabouts.leave(store, "m1", "postgresql://there/samsyn")
    back_up(path, tmp_path / "moved.db")
    with pytest.raises(StoreUnavailable):
        drill(tmp_path / "moved.db", path)


def test_what_waited_is_dropped_in_the_trial_alone(path: Path, copy: Path) -> None:
    """The backup still has it, as it must."""
    drill(copy, path)
    assert isinstance(verify(copy), Verified)
    assert verify(copy).wait == 2
    with running(path) as store:
        assert len(outbox.waiting(store)) == 2
