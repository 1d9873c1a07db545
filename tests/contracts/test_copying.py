"""A whole installation from one engine to another: all of it, the same, and nothing that has to stay."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage import copying, decisions, forums, intake, outbox, people, whereabouts
from storage.copying import Contents, Torn
from storage.db import Database, Store, StoreUnavailable
from storage.migrations import migrate_together, migrations
from storage.opened import opened
from storage.outbox import Address
from storage.schema import STEPS
from storage.sqlite import SqliteDatabase
from tests.stage.everything import ODD, fill, kept
from tests.stage.postgres import Databases
from tests.stage.samples import NOW, add_early_forum, add_forum

BESIDE = {"_sqlite_migrations", "schema_step"}
"""How each engine notes which steps of the schema were taken."""


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Iterator[Database]:
    """A SQLite file with today's schema."""
    with closing(opened(tmp_path / "file.db")) as database:
        database.migrate()
        yield database


@pytest.fixture(name="server")
def _server(dsn: str) -> Iterator[Database]:
    """A PostgreSQL database with today's schema."""
    with closing(opened(dsn)) as database:
        database.migrate()
        yield database


@pytest.fixture(name="both", params=["to the server", "to the file"])
def _both(request: pytest.FixtureRequest, file: Database, server: Database) -> tuple[Store, Store]:
    """One that has lived, and an empty one of the other engine."""
    source, target = (file, server) if request.param == "to the server" else (server, file)
    with kept(source.store) as store:
        fill(store)
    return source.store, target.store


def copied(source: Store, target: Store) -> Contents:
    """Copy, and keep it."""
    with copying.snapshot(source), kept(target):
        return copying.copy(source, target)


def contents(store: Store) -> Contents:
    """What is there now."""
    with copying.snapshot(store):
        return copying.contents(store)


def tables(store: Store) -> set[str]:
    """What the engine itself says there is."""
    if store.engine == "postgres":
        rows = store.all("select tablename from pg_tables where schemaname = current_schema()")
    else:
        rows = store.all(
            "select name from pragma_table_list where type in ('table', 'virtual') and name not like 'sqlite_%'"
        )
    return {row[0] for row in rows} - BESIDE


# --- What goes, and what stays -----------------------------------------------------------------------------------


def test_every_table_is_either_copied_or_said_to_stay(file: Database, server: Database) -> None:
    """Whoever adds a table to the schema decides here whether an installation takes it along."""
    assert not set(copying.TABLES) & set(copying.STAYS)
    assert tables(file.store) | tables(server.store) == {*copying.TABLES, *copying.STAYS}
    assert tables(file.store) ^ tables(server.store) == {
        "ballot_box", "ballot_seat", "secret_talk", "turns_known",
    }  # fmt: skip


def test_everything_arrives_as_it_was_and_comes_back_as_it_was(
    both: tuple[Store, Store], tmp_path: Path
) -> None:
    """Every table of an installation that has lived holds the same on the other side, and after the way back."""
    source, target = both
    before = contents(source)
    assert [table for table in copying.TABLES if not before[table].rows] == []

    assert copied(source, target) == before == contents(target)
    with closing(opened(tmp_path / "again.db")) as third:
        third.migrate()
        assert copied(target, third.store) == before


def test_odd_texts_are_the_same_letter_by_letter(both: tuple[Store, Store]) -> None:
    """Whatever people wrote, down to the longest and the strangest."""
    source, target = both
    copied(source, target)
    rows = target.all("select what, why from decision_version v join decision d on d.forum = v.forum"
                      " and d.id = v.decision where d.year = 2025 order by d.id")  # fmt: skip
    assert rows == [(each, each[::-1]) for each in ODD]


def test_messages_keep_their_state(both: tuple[Store, Store]) -> None:
    """What waits goes on waiting, what may be on its way is still in doubt, and nothing becomes new."""
    source, target = both
    copied(source, target)
    asked = "select id, state, attempts, card from outbox order by id"
    assert target.all(asked) == source.all(asked)
    assert {row[1] for row in target.all(asked)} == {"new", "sending", "sent", "dead", "unknown", "dropped"}


def test_whose_turn_it_is_stays_where_it_is(both: tuple[Store, Store]) -> None:
    """Processes that are gone hold nothing at the other place."""
    source, target = both
    source.run("insert into lease (name, holder, fence, until) values ('polling', 'one', 7, 99)")
    source.run("update timer set taken_until = 5")
    copied(source, target)
    assert target.all("select * from lease") == []
    assert target.all("select distinct taken_until from timer") == [(0,)]


def test_marks_of_a_place_stay_there(both: tuple[Store, Store]) -> None:
    """That content was moved away from one place is no news at another."""
    source, target = both
    whereabouts.leave(source, "move", "elsewhere")
    copied(source, target)
    whereabouts.check(target)
    assert intake.fact(target, "secret")


def test_a_letter_that_cannot_be_kept_is_replaced_and_counted(file: Database, server: Database) -> None:
    """PostgreSQL has no texts with NUL in them; the rest of the text is the same, and what only looks alike too."""
    with kept(file.store) as store:
        for body in ("a\0b\0", "a\\u0000b", "whole"):
            intake.bury(store, "slack", "why", body, NOW)
    sent = copied(file.store, server.store)
    assert [row[0] for row in server.store.all("select body from dead_letter order by id")] == [
        "a\ufffdb\ufffd", "a\\u0000b", "whole",
    ]  # fmt: skip
    assert sent["dead_letter"].mended == 1


# --- Life goes on ------------------------------------------------------------------------------------------------


def test_new_things_get_numbers_of_their_own(both: tuple[Store, Store]) -> None:
    """Persons, forums, chats, messages and what could not be read go on after the highest number."""
    source, target = both
    copied(source, target)
    highest = {
        each: target.one(f"select max(id) from {each}") for each in ("person", "forum", "place", "outbox")
    }
    with kept(target):
        person = people.meet(target, "slack", "T9", "UNEW", name="Ny", now=NOW)
        forum = add_forum(target, "Ett nytt", invite="ny")
        place = forums.add_place(target, "slack", "T9", "CNEW", "", "ny")
        letter = outbox.put(
            target, "post", Address("slack", "T9", "CNEW"), "{}", now=NOW, language="sv", zone=""
        )
        intake.bury(target, "slack", "why", "body", NOW)
    fresh = {"person": person.id, "forum": forum.id, "place": place.id, "outbox": letter.id}
    assert {name: (number - 1,) for name, number in fresh.items()} == highest


def test_an_empty_installation_begins_with_the_first_number(file: Database, server: Database) -> None:
    """Nothing was copied, and the first person is number one."""
    copied(file.store, server.store)
    assert people.meet(server.store, "slack", "T", "U", name="Ada", now=NOW).id == 1


def test_decisions_are_found_by_their_present_words(both: tuple[Store, Store]) -> None:
    """The index is made anew: what is found at the one place is found at the other, and nothing else."""
    source, target = both
    copied(source, target)
    for said in ("lykta", "lyktorna", "släcka", "mörk", "漢字", "setacit", "hemlig"):
        assert decisions.find(target, 1, said, most=50) == decisions.find(source, 1, said, most=50)
    assert len(decisions.find(target, 1, "lyktor")) == 1
    with kept(target):
        old = decisions.find(target, 1, "släcker")[0]
        words = decisions.wording_of(old)
        decisions.amend(target, old, words, reason="", member=1, now=NOW, state="withdrawn")
    assert [each.id for each in decisions.find(target, 1, "släcker")] == [old.id]


# --- While others write, and when something is wrong -------------------------------------------------------------


def test_what_is_written_meanwhile_is_not_half_in_the_copy(
    both: tuple[Store, Store], tmp_path: Path, dsn: str
) -> None:
    """A bot at work goes on: the copy is as of one instant."""
    source, target = both
    before = contents(source)
    where = tmp_path / "file.db" if source.engine == "sqlite" else dsn
    bot = SqliteDatabase(where, exclusive=False) if isinstance(where, Path) else opened(where)

    def meanwhile(stage: str, table: str, _rows: int) -> None:
        if (stage, table) == ("copy", "person"):
            intake.set_fact(bot.store, "word", "said too late")
            people.meet(bot.store, "slack", "T", "ULATE", name="Sen", now=NOW)

    with copying.snapshot(source), kept(target):
        copying.copy(source, target, meanwhile)
    bot.close()
    assert contents(target) == before
    assert copying.differences(contents(source), before) == ["person", "account", "fact"]


def test_a_copy_that_is_not_the_same_is_told(file: Database, tmp_path: Path) -> None:
    """A place that changes what it is given is found out, by the name of the table."""
    with kept(file.store) as store:
        fill(store)
    with closing(opened(tmp_path / "faulty.db")) as faulty:
        faulty.migrate()
        faulty.store.run(
            "create trigger bad after insert on actor begin update actor set name = name || '!' where id = 1; end"
        )
        with pytest.raises(Torn, match=r"^actor$"), copying.snapshot(file.store):
            copying.copy(file.store, faulty.store)


def test_a_fingerprint_tells_every_change_and_no_order(file: Database) -> None:
    """The same rows in any order are the same; a letter that wandered from one row to the next is not."""

    def told_by(*keys: tuple[str, int]) -> bytes:
        with kept(file.store) as store:
            copying.empty(store)
            for key, at in keys:
                store.run("insert into guess (scope, at) values (:key, :at)", key=key, at=at)
        return contents(file.store)["guess"].fingerprint

    same = told_by(("ab", 1), ("c", 2))
    assert same == told_by(("c", 2), ("ab", 1))
    others = [told_by(("a", 1), ("bc", 2)), told_by(("ab", 2), ("c", 1)), told_by(("ab", 1)), told_by()]
    others += [told_by(("ab", 1), ("c", 2), ("c", 2)), told_by(("ab", 1), ("c", 2), ("", 0))]
    assert len({same, *others}) == 7


def test_pages_are_small_and_all_of_them_are_told(
    both: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much there is, little of it is in memory at a time, and who waits sees it go on."""
    source, target = both
    monkeypatch.setattr(copying, "PAGE", 3)
    told: dict[str, int] = {}

    def note(stage: str, _table: str, rows: int) -> None:
        assert rows <= 3 or stage == "expect"
        told[stage] = told.get(stage, 0) + rows

    with copying.snapshot(source), kept(target):
        sent = copying.copy(source, target, note)
    rows = sum(each.rows for each in sent.values())
    expected = {"copy": rows, "check": rows, "search": sent["decision"].rows}
    assert told == {"expect": sum(expected.values()), **expected}
    assert copying.total(source) == rows - sent["fact"].rows


def test_an_older_schema_is_copied_as_it_is(tmp_path: Path, databases: Databases) -> None:
    """A copy before an update has the tables that there are."""
    with (
        databases.own(bare=True) as dsn,
        closing(opened(dsn)) as old,
        closing(SqliteDatabase(tmp_path / "x")) as new,
    ):
        migrate_together(old.store, until=STEPS[1].name)
        migrations.apply(new.tools, stop_before=STEPS[2].name)
        add_early_forum(old.store)
        sent = copied(old.store, new.store)
        assert sent["forum"].rows == 1
        assert "pulse_round" not in sent


def test_what_an_engine_says_holds_nobodys_words(both: tuple[Store, Store]) -> None:
    """Trouble is told without the values that it came with."""
    source, target = both
    with kept(target):
        people.meet(target, "slack", "T", "U", name="Ada Ek", now=NOW)
    target.run("begin")
    with copying.snapshot(source), pytest.raises(StoreUnavailable) as told, copying.plainly(target):
        copying.copy(source, target)
    target.run("rollback")
    assert str(told.value)
    assert "Ada" not in str(told.value)
    assert "\n" not in str(told.value)
