"""Moving to another database and back: all of it, once, and never half; whatever ends the command in the middle."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.commands.moving import bar
from bot.moving import Moved, MoveError, Where, move, named, stay
from storage import copying, intake, outbox, people, pulse, timers, whereabouts
from storage.ballots import ballots_at, ballots_beside
from storage.copying import Contents, Told
from storage.db import Store, StoreUnavailable
from storage.migrations import migrations
from storage.opened import opened
from storage.postgres import PostgresStore
from storage.schema import STEPS
from storage.sqlite import SqliteDatabase, SqliteStore
from tests.bot.clean_slate import as_before, without_settings
from tests.bot.test_backups import of_a_newer_version
from tests.stage.everything import ODD, SECRET, WEEK, fill, kept, open_a_round
from tests.stage.postgres import Databases
from tests.stage.samples import NOW

SPREAD, LAST = 6, 7
"""Instants at which a move is killed: some over all of it, and its last statements one by one."""


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    """A SQLite file with an installation that has lived."""
    lived_in(tmp_path / "samsyn.db")
    return tmp_path / "samsyn.db"


def lived_in(where: Where, secret: str = SECRET, said: tuple[str, ...] = ODD) -> None:
    """Let somebody live there."""
    with closing(opened(where)) as database:
        database.migrate()
        with kept(database.store) as store:
            fill(store, secret, said)


def contents(where: Where) -> Contents:
    """What is there, looked at from outside."""
    with closing(opened(where)) as database, copying.snapshot(database.store):
        return copying.contents(database.store)


def starts(where: Where) -> bool:
    """Whether a bot would start there."""
    with closing(opened(where)) as database:
        try:
            database.migrate()
            whereabouts.check(database.store)
        except StoreUnavailable:
            return False
        return True


def carried(source: Where, to: Where, told: Told = copying.silent, *, end_rounds: bool = False) -> Moved:
    """Move, on the morning of all these tests."""
    return move(source, to, now=NOW, told=told, end_rounds=end_rounds)


def refused(source: Where, to: Where) -> str:
    """The sentence with which a move is refused."""
    with pytest.raises(MoveError) as why:
        carried(source, to)
    return str(why.value)


def done(where: Where, work: Callable[[Store], object]) -> None:
    """Do something there, as a bot would."""
    with closing(opened(where)) as database:
        database.migrate()
        work(database.store)


# --- There and back ----------------------------------------------------------------------------------------------


def test_everything_is_there_afterwards_and_the_old_place_is_closed(path: Path, dsn: str) -> None:
    """Counts and contents are the same; a bot starts at the new place only, and the old one says where it is."""
    before = contents(path)
    moved = carried(path, dsn)

    assert contents(dsn) == before == contents(path)
    assert moved == Moved(len(copying.TABLES), sum(each.rows for each in before.values()))
    assert starts(dsn)
    with closing(opened(path)) as old, pytest.raises(whereabouts.Elsewhere, match="moved to postgresql:"):
        whereabouts.check(old.store)


def test_nothing_is_sent_twice_and_nothing_handled_twice(path: Path, dsn: str) -> None:
    """Messages that waited wait there, those in doubt are in doubt, keys are known, and timers ring when they would."""
    with closing(opened(path)) as old:
        waiting, due = outbox.waiting(old.store), timers.due(old.store, NOW + 9 * WEEK)
    carried(path, dsn)
    with closing(opened(dsn)) as new:
        assert outbox.waiting(new.store) == waiting
        assert timers.due(new.store, NOW + 9 * WEEK) == due
        assert not intake.first_time(new.store, "7:Ev000007", NOW)
    assert {each.state for each in waiting} == {"new", "sending"}
    assert len(due) == 2


def test_the_way_back_brings_what_came_since_and_keeps_the_old_file_aside(path: Path, dsn: str) -> None:
    """From PostgreSQL to the file that it came from: the file is open again, its old content lies beside it."""
    old = contents(path)
    carried(path, dsn)
    done(dsn, lambda store: people.meet(store, "slack", "T1", "UNEW", name="Ny", now=NOW))
    new = contents(dsn)

    moved = carried(dsn, path)
    assert contents(path) == new != old
    assert moved.kept == str(path.with_name("samsyn.replaced-1.db"))
    assert contents(Path(moved.kept)) == old
    assert starts(path)
    assert not starts(dsn)


def test_to_and_fro_several_times(path: Path, dsn: str, tmp_path: Path) -> None:
    """What PostgreSQL held before is kept in a schema of its own, each time another one."""
    before = contents(path)
    carried(path, dsn)
    kept_in = []
    for number in (1, 2):
        carried(dsn, tmp_path / f"{number}.db")
        done(tmp_path / f"{number}.db", lambda store: intake.set_fact(store, "word", "said"))
        kept_in.append(carried(tmp_path / f"{number}.db", dsn).kept)
    assert kept_in == ["samsyn_replaced_1", "samsyn_replaced_2"]
    assert starts(dsn)
    assert copying.differences(contents(dsn), before) == ["fact"]
    aside = psycopg.connect(dsn, options="-c search_path=samsyn_replaced_1")
    with aside:
        assert aside.execute("select count(*) from person").fetchone() == (before["person"].rows,)
    with aside, psycopg.connect(dsn) as connection:
        for each in kept_in:
            connection.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(each)))


def test_a_bare_database_will_do(path: Path, databases: Databases) -> None:
    """The schema is made on the way; what somebody began there by mistake, without anybody in it, is no matter."""
    before = contents(path)
    with databases.own(bare=True) as bare:
        carried(path, bare)
        assert contents(bare) == before
    stay(path)
    with databases.own() as begun:
        done(begun, lambda store: intake.set_fact(store, "secret", "another"))
        carried(path, begun)
        assert contents(begun) == before


def test_moving_again_changes_nothing(path: Path, dsn: str, tmp_path: Path) -> None:
    """The same command says that it is done, also after people have gone on there; another way is refused."""
    carried(path, dsn)
    done(dsn, lambda store: people.meet(store, "slack", "T1", "UNEW", name="Ny", now=NOW))
    after = contents(dsn)
    assert carried(path, dsn) == Moved(before=True)
    assert contents(dsn) == after
    assert "its content was moved to postgresql:" in refused(path, tmp_path / "other.db")


def test_whoever_gives_a_move_up_can_start_at_the_old_place(path: Path, dsn: str) -> None:
    """For the day on which the new place is lost for good."""
    assert not stay(path)
    carried(path, dsn)
    assert stay(path)
    assert starts(path)


# --- The pulse ---------------------------------------------------------------------------------------------------


def test_an_open_round_is_waited_for(path: Path, dsn: str) -> None:
    """Its answers never leave their place; the sentence says until when, and nothing has changed anywhere."""
    done(path, lambda store: (open_a_round(store, token="a"), open_a_round(store, token="b")))
    assert "closes at 2026-03-09 08:00 UTC: move after that" in refused(path, dsn)
    assert starts(path)
    assert contents(dsn)["person"].rows == 0


@pytest.mark.parametrize("back", [False, True], ids=["to the server", "to the file"])
def test_an_open_round_can_be_ended(path: Path, dsn: str, tmp_path: Path, *, back: bool) -> None:
    """It closes at the first start there, without ballots and so without a result; what was answered is destroyed."""
    source: Where = dsn if back else path
    to: Where = tmp_path / "new.db" if back else dsn
    if back:
        lived_in(dsn)
    with closing(opened(source)) as database:
        number = open_a_round(database.store)
        ballots = ballots_at(source, database.store, bytes.fromhex(SECRET))
        ballots.open_round("open-round", [1, 2], 2)
        ballots.place.close()
    moved = carried(source, to, end_rounds=True)

    assert moved.ended == 1
    with closing(opened(to)) as new:
        assert f"1:pulse-close:{number}" in {each.name for each in timers.due(new.store, NOW)}
        assert pulse.open_tokens(new.store) == ["open-round"]
        assert not ballots_at(to, new.store, bytes.fromhex(SECRET)).has("open-round")
    with closing(opened(source)) as old:
        assert ballots_at(source, old.store, bytes.fromhex(SECRET)).rounds() == []
    assert not ballots_beside(path).exists()


# --- What is refused ---------------------------------------------------------------------------------------------


def test_another_installation_is_left_alone(path: Path, dsn: str, tmp_path: Path) -> None:
    """A database with somebody in it is no place to move to, of whichever engine."""
    lived_in(dsn, "77" * 32)
    lived_in(tmp_path / "other.db", "77" * 32)
    for each in (dsn, tmp_path / "other.db"):
        before = contents(each)
        assert "holds the data of another installation" in refused(path, each)
        assert contents(each) == before
        assert starts(each)
    assert starts(path)


def test_a_copy_of_our_own_is_left_alone_too(path: Path, tmp_path: Path, dsn: str) -> None:
    """Nobody knows which of two that can both be started is the newer one."""
    shutil.copy(path, tmp_path / "copy.db")
    carried(path, dsn)
    assert "no move has left it there" in refused(dsn, tmp_path / "copy.db")


def test_nobody_may_be_at_work(path: Path, dsn: str, tmp_path: Path) -> None:
    """A bot that runs on either place, or did a moment ago, is to be stopped first."""
    with closing(SqliteDatabase(path)):
        assert (
            refused(path, dsn)
            == f"A Samsyn is at work on {path}. Stop it first; after a crash, wait for a minute."
        )
    with closing(opened(dsn)):
        assert f"at work on {named(dsn)}" in refused(path, dsn)
    lease = "insert into lease (name, holder, fence, until) values ('polling', 'one', 1, :until)"
    done(dsn, lambda store: store.run(lease, until=9_999_999_999_999))
    assert f"at work on {named(dsn)}" in refused(path, dsn)
    done(dsn, lambda store: store.run("update lease set until = 1"))
    carried(path, dsn)
    with closing(opened(dsn)):
        assert f"at work on {named(dsn)}" in refused(dsn, tmp_path / "new.db")


def test_nobody_begins_to_write_to_what_is_being_moved(
    path: Path, dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes in the middle finds the tables closed, and does not start."""
    monkeypatch.setattr("storage.migrations.PATIENCE", "300ms")
    carried(path, dsn)
    met = []

    def told(stage: str, table: str, _rows: int) -> None:
        if (stage, table) == ("check", "person"):
            with closing(opened(dsn)) as late:
                for work in (late.migrate, lambda: intake.set_fact(late.store, "word", "late")):
                    with pytest.raises((StoreUnavailable, psycopg.errors.LockNotAvailable)):
                        late.store.run("set statement_timeout = 500") and work()
                    met.append(stage)

    carried(dsn, tmp_path / "new.db", told)
    assert met == ["check", "check"]


def test_what_is_no_samsyn_or_of_another_version_is_told(path: Path, dsn: str, tmp_path: Path) -> None:
    """In a sentence each, and with what to do."""
    assert refused(tmp_path / "none.db", dsn) == f"There is no database {tmp_path / 'none.db'}."
    assert refused(path, path) == f"{path} is where the data is."
    SqliteDatabase(tmp_path / "empty.db").close()
    assert "is no database of Samsyn" in refused(tmp_path / "empty.db", dsn)
    with closing(SqliteDatabase(tmp_path / "old.db")) as old:
        migrations.apply(old.tools, stop_before=STEPS[-1].name)
    assert "is of an older version. First: python -m bot migrate" in refused(tmp_path / "old.db", dsn)
    shutil.copy(path, tmp_path / "newer.db")
    of_a_newer_version(tmp_path / "newer.db")
    (tmp_path / "text.db").write_text("hello " * 1000, "utf-8")
    assert "cannot be used: file is not a database" in refused(tmp_path / "text.db", dsn)
    assert "cannot be used: " in refused(path, "postgresql://nobody@127.0.0.1:9/none")
    assert "secret" not in refused(path, "postgresql://nobody:secret@127.0.0.1:9/none")


def test_what_arrives_changed_is_not_kept(path: Path, dsn: str) -> None:
    """A server that changes what it is given is found out, and the old place goes on."""
    done(dsn, lambda store: store.run(
        "create function spoil() returns trigger language plpgsql as 'begin new.name := upper(new.name); return new; end'"
    ))  # fmt: skip
    done(
        dsn,
        lambda store: store.run(
            "create trigger bad before insert on actor for each row execute function spoil()"
        ),
    )
    assert refused(path, dsn) == "What arrived is not what was sent, in actor. Nothing was moved."
    assert starts(path)
    assert not starts(dsn)
    done(dsn, lambda store: store.run("drop function spoil() cascade"))
    carried(path, dsn)
    assert contents(dsn) == contents(path)


def test_somebody_else_who_writes_is_waited_for(path: Path, dsn: str, tmp_path: Path) -> None:
    """A tool that is in the middle of a change of the old place, or of making it."""
    carried(path, dsn)
    with psycopg.connect(dsn) as tool:
        tool.execute("update fact set value = value")
        assert f"at work on {named(dsn)}" in refused(dsn, tmp_path / "new.db")
    assert starts(dsn)
    carried(dsn, tmp_path / "new.db")


def test_a_newer_place_is_left_to_newer_versions(path: Path, dsn: str) -> None:
    """One is told to update."""
    done(dsn, lambda store: store.run("insert into schema_step (name, breaks) values ('later', 1)"))
    assert refused(path, dsn) == f"{named(dsn)} was made by a newer Samsyn. Update this one."


def test_a_move_that_is_broken_off_by_hand_can_be_repeated(path: Path, dsn: str) -> None:
    """Nothing has gone; nobody starts at the new place before it is repeated."""

    def told(stage: str, table: str, _rows: int) -> None:
        if (stage, table) == ("check", "fact"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carried(path, dsn, told)
    assert (starts(path), starts(dsn)) == (True, False)
    carried(path, dsn)
    assert contents(dsn) == contents(path)


def test_an_answer_that_is_lost_at_the_end_leaves_no_doubt(
    path: Path, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server goes away at the commit, or we do right after it: nobody starts until the same command has found out."""
    done(dsn, lambda store: store.run(
        "create function away() returns trigger language plpgsql as"
        " 'begin perform pg_terminate_backend(pg_backend_pid()); return null; end'"
    ))  # fmt: skip
    done(dsn, lambda store: store.run("create constraint trigger last after insert on forum deferrable"
                                      " initially deferred for each row execute function away()"))  # fmt: skip
    assert "no answer came whether it is kept there. Repeat the command" in refused(path, dsn)
    assert (starts(path), starts(dsn)) == (False, False)
    done(dsn, lambda store: store.run("drop function away() cascade"))

    with monkeypatch.context() as patch:
        patch.setattr(whereabouts, "leave_for_good", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            carried(path, dsn)
    assert (starts(path), starts(dsn)) == (False, True)
    done(dsn, lambda store: intake.set_fact(store, "word", "said since"))
    assert carried(path, dsn) == Moved(before=True)
    with closing(opened(dsn)) as new:
        assert intake.fact(new.store, "word") == "said since"


def _interrupted(_store: Store) -> None:
    raise KeyboardInterrupt


# --- The command -------------------------------------------------------------------------------------------------


@pytest.fixture(name="samsyn")
def _samsyn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """The command line in an empty folder without settings."""
    (tmp_path / "empty").mkdir()
    without_settings(tmp_path / "empty", monkeypatch)
    with as_before():
        yield lambda *words: CliRunner().invoke(app, ["move", *words])


def test_the_command_says_what_was_done_and_what_to_do(
    samsyn: Callable[..., Result], path: Path, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How much has arrived, which setting to change, what to do with the old place; and no password."""
    monkeypatch.setenv("SAMSYN_DATABASE", str(path))
    done(path, open_a_round)
    done(path, lambda store: intake.bury(store, "slack", "why", "a\0b", NOW))
    assert samsyn("--to", dsn).stderr.endswith("Or end it without a result: add --end-rounds\n")
    address = dsn.replace("samsyn@", "samsyn:hush@")
    said = samsyn("--to", address, "--end-rounds")

    assert (said.exit_code, said.stderr) == (0, "")
    rows = sum(each.rows for each in contents(path).values())
    assert said.stdout.splitlines() == [
        f"{len(copying.TABLES)} tables with {rows} rows are in {named(dsn)}. Counts and contents are the same there.",
        "Rows in which a letter that PostgreSQL cannot keep (NUL) was replaced: 1.",
        "Open rounds of the pulse that end at the start, without a result: 1.",
        "Now: 1. In .env, set DATABASE_URL to the address that you gave.",
        "     2. Start the bot.",
        f"     3. Keep {path} until you trust the new place. No bot starts on it any more; move brings everything back.",
    ]
    assert samsyn("--to", address).stdout.startswith(
        f"An earlier move has brought everything to {named(dsn)}.\n"
    )


def test_the_way_back_is_told_too(
    samsyn: Callable[..., Result], dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From PostgreSQL into a file, which becomes the setting."""
    old = tmp_path / "old.db"
    lived_in(old, said=())
    carried(old, dsn)
    monkeypatch.setenv("DATABASE_URL", dsn)
    said = samsyn("--to", str(old))
    assert f"What was there before is kept as {tmp_path / 'old.replaced-1.db'}.\n" in said.stdout
    assert f"In .env, set SAMSYN_DATABASE={old} and take DATABASE_URL away.\n" in said.stdout
    assert starts(old)


def test_a_bot_that_is_started_at_the_old_place_says_where_to_go(
    samsyn: Callable[..., Result], path: Path, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Instead of starting; and only the explicit word opens the old place again."""
    monkeypatch.setenv("SAMSYN_DATABASE", str(path))
    monkeypatch.setenv("SAMSYN_TELEGRAM_TOKEN", "4200:x")
    monkeypatch.setenv("SAMSYN_LISTEN", "127.0.0.1:0")
    assert samsyn("--stay").stderr == f"{path} was not moved: a bot may start on it as it is.\n"
    samsyn("--to", dsn)
    refusal = CliRunner().invoke(app, ["run"])
    assert refusal.exit_code == 2
    assert refusal.stderr.endswith(
        f"its content was moved to {named(dsn)}. Use that one, or move it back from there.\n"
    )
    assert samsyn("--stay").exit_code == 0
    assert starts(path)


def test_the_command_wants_to_know_where_to(samsyn: Callable[..., Result]) -> None:
    """Without a place, or with two wishes at once, it says how to ask."""
    for words in ([], ["--stay", "--to", "x.db"]):
        said = samsyn(*words)
        assert (said.exit_code, said.stderr.partition(":")[0]) == (2, "Say where to")


def test_the_bar_shows_how_far_it_has_come(path: Path, dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal: what is being done, with which table, how many rows of how many."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    stream = StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with bar() as told:
        carried(path, dsn, told)
    total = 2 * sum(each.rows for each in contents(dsn).values()) + contents(dsn)["decision"].rows
    assert f"{total}/{total}" in stream.getvalue()
    assert "Comparing" in stream.getvalue()


# --- Killed in the middle ----------------------------------------------------------------------------------------


def killed(source: Where, to: Where, at: int) -> int:
    """Move in a process of its own that is killed before its statement number ``at``; how many it came to."""
    seen, told = os.pipe()
    child = os.fork()
    if not child:
        _move_until_killed(source, to, at, told)
    os.close(told)
    with os.fdopen(seen, "rb") as pipe:
        said = len(pipe.read())
    os.waitpid(child, 0)
    return said


def _move_until_killed(source: Where, to: Where, at: int, told: int) -> None:
    said = count()
    for kind in (SqliteStore, PostgresStore):
        for name in ("run", "run_many", "one"):
            setattr(kind, name, _counted(getattr(kind, name), said, at, told))
    try:
        carried(source, to)
    finally:
        os._exit(0)


def _counted(verb: Any, said: Iterator[int], at: int, told: int) -> Any:
    def counted(*words: Any, **more: Any) -> Any:
        if next(said) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        os.write(told, b".")
        return verb(*words, **more)

    return counted


@pytest.mark.parametrize("way", ["to the server", "to the file"])
def test_killed_anywhere_it_is_whole_at_one_place_and_the_next_try_finishes(
    databases: Databases, tmp_path: Path, way: str
) -> None:
    """Never can a bot start on a half of it, or on both; the same command again leaves everything there, once."""
    files = (tmp_path / f"{number}.db" for number in count())
    with databases.own() as own:
        source: Where = next(files) if way == "to the server" else own
        lived_in(source, said=("Vi ses.",))
        before = contents(source)
        to: Where = databases.as_new() if way == "to the server" else next(files)
        for at in _instants(source, to):
            to = databases.as_new() if way == "to the server" else next(files)
            killed(source, to, at)
            if starts(source):
                assert not starts(to) or contents(to)["person"].rows == 0
            else:
                assert not starts(to) or copying.differences(contents(to), before) == []
            carried(source, to)
            assert (starts(source), starts(to)) == (False, True)
            assert copying.differences(contents(to), before) == [], at
            stay(source)


def _instants(source: Where, to: Where) -> list[int]:
    most = killed(source, to, -1)
    stay(source)
    return sorted({*range(0, most, most // SPREAD), *range(most - LAST, most)})
