"""Backups of a PostgreSQL database: the same kind of file as any, whole, and put back without losing what was there."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bot.backups import BackupError, Restored, back_up, restore
from storage import copying, decisions, intake, outbox, people
from storage.ballots import ballots_at
from storage.copying import Contents
from storage.db import InUse, NewerSchema, Store, StoreUnavailable
from storage.migrations import migrate_together
from storage.opened import opened
from storage.schema import STEPS
from tests.bot.test_backups import spoil
from tests.bot.test_moving import contents, done, lived_in
from tests.stage.everything import SECRET, open_a_round
from tests.stage.postgres import Databases
from tests.stage.samples import NOW


@pytest.fixture(name="lived")
def _lived(dsn: str) -> str:
    """A database with an installation that has lived."""
    lived_in(dsn)
    return dsn


@pytest.fixture(name="copy")
def _copy(lived: str, tmp_path: Path) -> Path:
    """A backup of it."""
    back_up(lived, tmp_path / "copies" / "one.db")
    return tmp_path / "copies" / "one.db"


@pytest.fixture(name="other")
def _other(databases: Databases) -> Iterator[str]:
    """Another database, with today's schema and nothing in it."""
    with databases.own() as dsn:
        yield dsn


def as_it_was(held: Contents) -> Contents:
    """All but the messages, where they hang and what a restore notes of itself."""
    return {table: each for table, each in held.items() if table not in ("outbox", "card_post", "fact")}


# --- Making one --------------------------------------------------------------------------------------------------


def test_a_copy_holds_everything_in_one_file_for_its_owner_alone(lived: str, copy: Path) -> None:
    """It is a database of its own, nothing lies beside it, and nobody else can read it."""
    assert [each.name for each in copy.parent.iterdir()] == ["one.db"]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert contents(copy) == contents(lived)
    with closing(opened(copy)) as file:
        assert len(decisions.find(file.store, 1, "lyktor")) == 1


def test_a_copy_is_as_of_one_instant_while_bots_write(lived: str, tmp_path: Path) -> None:
    """What is not committed when it begins is not in it, and the bot does not wait."""
    before = contents(lived)
    with closing(opened(lived)) as bot:
        bot.store.run("begin")
        people.meet(bot.store, "slack", "T1", "UNEW", name="Ny", now=NOW)
        back_up(lived, tmp_path / "copy.db")
        bot.store.run("commit")
    assert contents(tmp_path / "copy.db") == before


def test_what_is_secret_is_in_no_copy(lived: str, tmp_path: Path) -> None:
    """Neither ballots nor their table, so that no two copies can be compared."""
    with closing(opened(lived)) as server:
        ballots_at(lived, server.store, bytes.fromhex(SECRET)).open_round("open-round", [1, 2], 2)
    back_up(lived, tmp_path / "copy.db")
    with closing(opened(tmp_path / "copy.db")) as file:
        assert file.store.columns("ballot_box") == []


def test_nothing_is_overwritten_and_no_half_is_left(lived: str, copy: Path, databases: Databases) -> None:
    """A name that is taken is refused, and so is a database with nothing in it; no file is left behind."""
    with pytest.raises(BackupError, match="is there already, and nothing is overwritten"):
        back_up(lived, copy)
    with (
        databases.own(bare=True) as bare,
        pytest.raises(BackupError, match="There is nothing in the database"),
    ):
        back_up(bare, copy.with_name("two.db"))
    assert [each.name for each in copy.parent.iterdir()] == ["one.db"]


def test_an_older_schema_is_backed_up_as_it_is(databases: Databases, tmp_path: Path, other: str) -> None:
    """Before an update, by the version that comes with it; what is put back has today's schema."""
    with databases.own(bare=True) as dsn:
        with closing(opened(dsn)) as old:
            migrate_together(old.store, until=STEPS[1].name)
            intake.set_fact(old.store, "word", "old")
        back_up(dsn, tmp_path / "old.db")
    restore(tmp_path / "old.db", other)
    assert set(contents(other)) == set(copying.TABLES)
    with closing(opened(other)) as server:
        assert intake.fact(server.store, "word") == "old"


def test_a_newer_schema_is_left_to_newer_versions(databases: Databases, tmp_path: Path) -> None:
    """One is told to update."""
    with databases.own() as dsn:
        done(dsn, lambda store: store.run("insert into schema_step (name, breaks) values ('later', 0)"))
        with pytest.raises(NewerSchema):
            back_up(dsn, tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


# --- Putting one back --------------------------------------------------------------------------------------------


def test_a_copy_is_put_into_an_empty_database(copy: Path, other: str, databases: Databases) -> None:
    """Everything is there, new things get new numbers, and nothing that waited is sent, for it may have been since."""
    with closing(opened(copy)) as file:
        waiting = len(outbox.waiting(file.store))
    assert restore(copy, other) == Restored(None, waiting)
    assert as_it_was(contents(other)) == as_it_was(contents(copy))
    assert contents(other)["fact"].rows == contents(copy)["fact"].rows + 1
    with closing(opened(other)) as server:
        assert outbox.waiting(server.store) == []
        assert people.meet(server.store, "slack", "T1", "UNEW", name="Ny", now=NOW).id == 4
    with databases.own(bare=True) as bare:
        restore(copy, bare)
        assert contents(bare)["person"] == contents(copy)["person"]


def test_what_was_there_is_kept_in_a_schema_of_its_own(lived: str, copy: Path) -> None:
    """As often as one restores; and votes of a round that is still open stay where they are."""
    with closing(opened(lived)) as server:
        ballots_at(lived, server.store, bytes.fromhex(SECRET)).open_round("open-round", [1, 2], 2)
        open_a_round(server.store)
        people.meet(server.store, "slack", "T1", "UNEW", name="Ny", now=NOW)

    assert [restore(copy, lived).aside for _ in range(2)] == ["samsyn_replaced_1", "samsyn_replaced_2"]
    assert as_it_was(contents(lived)) == as_it_was(contents(copy))
    with closing(opened(lived)) as server:
        assert ballots_at(lived, server.store, bytes.fromhex(SECRET)).has("open-round")
    with psycopg.connect(lived) as connection:
        names = connection.execute("select name from samsyn_replaced_1.person order by id").fetchall()
        connection.execute("drop schema samsyn_replaced_1 cascade; drop schema samsyn_replaced_2 cascade")
    assert ("Ny",) in names


def test_an_older_installation_is_kept_as_it_was(copy: Path, databases: Databases) -> None:
    """With the schema that it had; what takes its place has today's."""
    with databases.own(bare=True) as dsn:
        with closing(opened(dsn)) as old:
            migrate_together(old.store, until=STEPS[1].name)
            people.meet(old.store, "slack", "T1", "UOLD", name="Gammal", now=NOW)
        assert restore(copy, dsn).aside == "samsyn_replaced_1"
        assert as_it_was(contents(dsn)) == as_it_was(contents(copy))


def test_what_arrives_changed_is_not_kept(copy: Path, other: str) -> None:
    """A server that changes what it is given is found out, by the name of the table."""
    for statement in (
        "create function spoil() returns trigger language plpgsql as 'begin new.name := upper(new.name); return new; end'",
        "create trigger bad before insert on actor for each row execute function spoil()",
    ):
        with closing(opened(other)) as server:
            server.store.run(statement)
    with pytest.raises(BackupError, match="What arrived is not what was sent, in actor"):
        restore(copy, other)
    assert contents(other)["person"].rows == 0


def test_a_copy_of_a_file_is_put_into_a_server_and_the_other_way(
    lived: str, copy: Path, tmp_path: Path
) -> None:
    """There is one kind of backup."""
    restore(copy, tmp_path / "samsyn.db")
    assert as_it_was(contents(tmp_path / "samsyn.db")) == as_it_was(contents(lived))


def test_nothing_is_put_back_under_a_running_bot(copy: Path, lived: str) -> None:
    """It is to be stopped first, and nothing has changed."""
    before = contents(lived)
    with closing(opened(lived)), pytest.raises(InUse):
        restore(copy, lived)
    assert contents(lived) == before


@pytest.mark.parametrize("spoilt", ["damaged", "another file", "not there"])
def test_what_is_not_right_is_not_put_back(copy: Path, lived: str, spoilt: str) -> None:
    """It is found before anything is touched."""
    before = contents(lived)
    if spoilt == "damaged":
        spoil(copy)
    elif spoilt == "another file":
        copy.write_bytes(b"hello " * 1000)
    else:
        copy.unlink()
    with pytest.raises(BackupError):
        restore(copy, lived)
    assert contents(lived) == before


def test_a_restore_that_fails_in_the_middle_changed_nothing(copy: Path, lived: str) -> None:
    """All of it is one transaction: what was there is there, under its own name."""
    before = contents(lived)

    def forbid(store: Store) -> None:
        name = store.one("select current_database()") or ("",)
        store.run(f"revoke create on database {name[0]} from public")
        store.run("create role nobody login nosuperuser")
        store.run("grant all on all tables in schema public to nobody")

    done(lived, forbid)
    try:
        with pytest.raises(StoreUnavailable):
            restore(copy, lived.replace("samsyn@", "nobody@"))
    finally:
        done(lived, lambda store: store.run("drop owned by nobody; drop role nobody"))
    assert contents(lived) == before
