"""Backups: whole while the bot writes, put back without losing what was there, and refused when they are not right."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.backups import BackupError, Restored, back_up, check_schema, keep_before_migrating, restore
from storage import intake, outbox
from storage.db import InUse, NewerSchema, Store, StoreUnavailable
from storage.migrations import migrate, migrations
from storage.sqlite import SqliteDatabase

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    """A database that remembers "first"."""
    path = tmp_path / "data" / "samsyn.db"
    with running(path) as store:
        intake.set_fact(store, "word", "first")
    return path


@pytest.fixture(name="copy")
def _copy(path: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    copy = tmp_path / "copies" / "one.db"
    back_up(path, copy)
    return copy


@contextmanager
def running(path: Path) -> Iterator[Store]:
    """A bot on the database, as far as the file can tell."""
    with closing(SqliteDatabase(path)) as database:
        migrate(database.tools)
        yield database.store


def word(path: Path) -> str:
    """What a database remembers."""
    with closing(SqliteDatabase(path, exclusive=False)) as database:
        return intake.fact(database.store, "word")


def put(store: Store, state: str) -> int:
    """A message in some state."""
    where = outbox.Address("slack", "T1", "C1")
    letter = outbox.put(
        store, "post", where, '{"said": "x"}', now=NOW, language="sv", zone="Europe/Stockholm"
    )
    outbox.mark(store, letter.id, state)
    return letter.id


def spoil(path: Path) -> None:
    """Damage a database somewhere in the middle, as a bad disk would."""
    with path.open("r+b") as file:
        for page in range(3, 40):
            file.seek(page * 4096)
            file.write(b"\xff" * 200)


def of_a_newer_version(path: Path) -> None:
    """Note a step of the schema that nobody here knows."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('samsyn', 'later', '')"
        )


# --- Making one --------------------------------------------------------------------------------------------------


def test_a_copy_is_whole_while_the_bot_is_writing(path: Path, tmp_path: Path) -> None:
    """What is committed is in it, what is not yet is not, and the bot does not have to wait."""
    copy = tmp_path / "copy.db"
    with running(path) as store:
        intake.set_fact(store, "word", "second")
        store.run("begin immediate")
        intake.set_fact(store, "word", "never said")
        back_up(path, copy)
        store.run("rollback")

    assert word(copy) == "second"


def test_a_copy_is_one_file_for_its_owner_alone(copy: Path) -> None:
    """Nothing lies beside it, and nobody else can read it."""
    assert [each.name for each in copy.parent.iterdir()] == ["one.db"]
    assert copy.stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten(path: Path, copy: Path) -> None:
    """A second copy under the same name is refused, and the first stays as it was."""
    with running(path) as store:
        intake.set_fact(store, "word", "second")
    with pytest.raises(BackupError, match="is there already, and nothing is overwritten"):
        back_up(path, copy)
    assert word(copy) == "first"


def test_there_must_be_something_to_back_up(tmp_path: Path) -> None:
    """Without a database no empty copy is made that looks like one."""
    with pytest.raises(BackupError, match="There is no database"):
        back_up(tmp_path / "none.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said_to_be_so(path: Path, tmp_path: Path) -> None:
    """A file where a folder should be gives a sentence."""
    (tmp_path / "file").touch()
    with pytest.raises(BackupError, match="cannot be written"):
        back_up(path, tmp_path / "file" / "copy.db")


@pytest.mark.parametrize("content", [b"no database at all" * 500, b"SQLite format 3\x00" + b"\x00" * 500])
def test_what_is_no_database_is_not_copied(path: Path, tmp_path: Path, content: bytes) -> None:
    """The copy is not there afterwards, so that nobody takes it for one."""
    path.write_bytes(content)
    with pytest.raises(BackupError):
        back_up(path, tmp_path / "copies" / "copy.db")
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_damaged_database_is_not_copied(path: Path, tmp_path: Path) -> None:
    """One hears of the damage when it can still be mended with an older copy."""
    spoil(path)
    with pytest.raises(BackupError):
        back_up(path, tmp_path / "copy.db")


# --- Putting one back --------------------------------------------------------------------------------------------


def test_a_copy_takes_the_place_of_the_database_which_is_kept(path: Path, copy: Path) -> None:
    """What was remembered then is remembered now, and what was since lies beside it."""
    with running(path) as store:
        intake.set_fact(store, "word", "second")

    done = restore(copy, path)

    assert done == Restored(path.with_name("samsyn.replaced-1.db"), 0)
    assert (word(path), word(path.with_name("samsyn.replaced-1.db"))) == ("first", "second")


def test_every_old_database_is_kept(path: Path, copy: Path) -> None:
    """Restoring twice keeps two."""
    restore(copy, path)
    assert restore(copy, path).kept == path.with_name("samsyn.replaced-2.db")


def test_where_there_was_no_database_nothing_is_kept(tmp_path: Path, copy: Path) -> None:
    """A copy can be put on a new machine."""
    fresh = tmp_path / "new" / "samsyn.db"
    assert restore(copy, fresh) == Restored(None, 0)
    assert word(fresh) == "first"


def test_a_copy_without_links_on_the_disk(path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file system knows no links, the old database is copied aside."""

    def no_links(_old: Path, _new: Path) -> None:
        raise PermissionError

    monkeypatch.setattr("bot.backups.os.link", no_links)
    with running(path) as store:
        intake.set_fact(store, "word", "second")
    kept = restore(copy, path).kept
    assert kept is not None
    assert (word(path), word(kept)) == ("first", "second")


def test_a_damaged_database_is_kept_with_all_that_lay_beside_it(path: Path, copy: Path) -> None:
    """Even what cannot be read any more is kept, log and all, and disturbs the new one in no way."""
    path.write_bytes(b"gone")
    path.with_name("samsyn.db-wal").write_bytes(b"log")

    kept = restore(copy, path).kept

    assert kept is not None
    assert (kept.read_bytes(), kept.with_name(f"{kept.name}-wal").read_bytes()) == (b"gone", b"log")
    assert word(path) == "first"


def test_messages_that_waited_in_the_copy_are_not_sent(path: Path, tmp_path: Path) -> None:
    """They may have been sent since; what was settled already stays as it was, and no words are kept."""
    with running(path) as store:
        states = ["new", "sending", "new", "unknown", "sent", "dead"]
        letters = [put(store, each) for each in states]
    back_up(path, tmp_path / "copy.db")

    done = restore(tmp_path / "copy.db", path)

    with running(path) as store:
        found = [outbox.letter(store, each) for each in letters]
        assert done.dropped == 3
        assert [each.state for each in found if each] == ["dropped"] * 3 + ["unknown", "sent", "dead"]
        assert {each.card for each in found[:3] if each} == {""}
        assert outbox.waiting(store) == []


def test_a_running_bot_keeps_its_database(path: Path, copy: Path) -> None:
    """Nothing is put back under a bot's feet."""
    with running(path) as store:
        intake.set_fact(store, "word", "second")
        with pytest.raises(InUse):
            restore(copy, path)
    assert word(path) == "second"


def test_an_older_copy_is_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    """A copy from before a change of the schema fits this version after it was put back."""
    older = tmp_path / "older.db"
    with closing(SqliteDatabase(older)) as database:
        migrations.apply(database.tools, stop_before="search")
    restore(older, path)
    with running(path) as store:
        assert store.one("select count(*) from decision_words") == (0,)


def test_a_copy_of_a_newer_version_is_refused(path: Path, copy: Path) -> None:
    """An older bot would not understand it."""
    of_a_newer_version(copy)
    with pytest.raises(BackupError, match="was made by a newer Samsyn"):
        restore(copy, path)
    assert [each.name for each in path.parent.iterdir() if "restoring" in each.name] == []


def test_somebody_elses_database_is_refused(path: Path, tmp_path: Path) -> None:
    """A database of another program is not taken for a copy."""
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("create table x (y)")
    with pytest.raises(BackupError, match="is no database of Samsyn"):
        restore(other, path)


def test_a_damaged_copy_is_refused_and_changes_nothing(path: Path, copy: Path) -> None:
    """The database is as it was."""
    spoil(copy)
    with pytest.raises(BackupError):
        restore(copy, path)
    assert word(path) == "first"


def test_references_into_nothing_are_damage_too(path: Path, copy: Path) -> None:
    """A copy in which rows point at missing ones is not whole."""
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("insert into account values ('slack', 'T', 'U', 99, 'x', 1, 0)")
    with pytest.raises(BackupError, match="does not hold together"):
        restore(copy, path)


@pytest.mark.parametrize("wrong", ["none.db", "data/samsyn.db"])
def test_a_copy_must_be_there_and_be_another_file(path: Path, tmp_path: Path, wrong: str) -> None:
    """A wrong name is said to be one."""
    with pytest.raises(BackupError, match=r"There is no file|is the database itself"):
        restore(tmp_path / wrong, path)


# --- Before the schema changes -----------------------------------------------------------------------------------


def test_a_copy_is_kept_before_the_schema_changes(tmp_path: Path) -> None:
    """One copy for each change, however often the bot is started in between."""
    path = tmp_path / "samsyn.db"
    with closing(SqliteDatabase(path)) as database:
        migrations.apply(database.tools, stop_before="search")

    kept = keep_before_migrating(path)

    assert kept == tmp_path / "samsyn.before-search.db"
    assert kept.is_file()
    assert keep_before_migrating(path) == kept


def test_no_copy_is_kept_when_nothing_changes(path: Path, tmp_path: Path) -> None:
    """Neither of a database that is up to date, nor of one that is not there or empty."""
    empty = tmp_path / "empty.db"
    empty.touch()
    assert [keep_before_migrating(each) for each in (path, tmp_path / "none.db", empty)] == [None, None, None]


def test_a_database_of_a_newer_version_is_not_touched(path: Path, tmp_path: Path) -> None:
    """An older bot refuses to work on it; any other is fine."""
    check_schema(path)
    check_schema(tmp_path / "none.db")
    of_a_newer_version(path)
    with pytest.raises(NewerSchema, match="later"):
        check_schema(path)


def test_what_cannot_be_read_at_all_is_unavailable(tmp_path: Path) -> None:
    """A file that is no database is trouble of the store's kind."""
    path = tmp_path / "samsyn.db"
    shutil.copyfile(__file__, path)
    with pytest.raises(StoreUnavailable, match="not a database"):
        check_schema(path)
