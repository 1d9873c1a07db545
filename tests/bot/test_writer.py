"""One commit for everybody who waits: who is told what when it succeeds, fails, or fails for one of them."""

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psycopg
import pytest

from bot.writer import BATCH, PATIENT, Writer
from storage import intake
from storage.db import Database, Store, StoreUnavailable
from storage.opened import opened
from storage.sqlite import SqliteDatabase
from tests.stage.samples import NOW

pytestmark = pytest.mark.anyio
IN_A_FILE = pytest.mark.parametrize("where", ["sqlite"], indirect=True)
"""What can only happen to a file."""


def _note(name: str, store: Store) -> str:
    intake.set_fact(store, name, "yes")
    return name


def _noted(where: Path | str) -> set[str]:
    """What is safely kept, seen from another connection."""
    other: Database = SqliteDatabase(where, exclusive=False) if isinstance(where, Path) else opened(where)
    names = {name for (name,) in other.store.all("select name from fact")}
    other.close()
    return names


@pytest.fixture(name="commits")
def _commits(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """Every commit of the writer."""
    heard: list[Callable[[], None]] = []
    commit = writer.transactions.commit

    def listen() -> None:
        heard.append(commit)
        commit()

    monkeypatch.setattr(writer.transactions, "commit", listen)
    return heard


async def test_the_result_comes_when_it_is_on_disk(where: Path | str, writer: Writer) -> None:
    """Whoever hands work in hears of it after the commit, never before."""
    assert await writer.run(partial(_note, "a")) == "a"
    assert _noted(where) == {"a"}


async def test_those_who_wait_share_a_commit(
    where: Path | str, writer: Writer, commits: list[Callable[[], None]]
) -> None:
    """Work handed in together is flushed together, each with its own result."""
    results = await asyncio.gather(*(writer.run(partial(_note, str(each))) for each in range(50)))

    assert results == [str(each) for each in range(50)]
    assert len(commits) == 1
    assert len(_noted(where)) == 50


async def test_a_crowd_is_split(where: Path | str, writer: Writer, commits: list[Callable[[], None]]) -> None:
    """More work than one commit should carry is spread over several, in the order it came."""
    await asyncio.gather(*(writer.run(partial(_note, str(each))) for each in range(BATCH * 2 + 1)))

    assert len(commits) == 3
    assert len(_noted(where)) == BATCH * 2 + 1


async def test_work_that_comes_during_a_flush_waits_for_the_next(
    where: Path | str, writer: Writer, commits: list[Callable[[], None]]
) -> None:
    """The statements of the next batch never run inside a commit that is under way."""
    flushing, go_on = asyncio.Event(), asyncio.Event()
    second: list[asyncio.Task[str]] = []
    loop = asyncio.get_running_loop()

    def first(store: Store) -> str:
        loop.call_soon_threadsafe(flushing.set)
        return _note("first", store)

    async def later() -> None:
        await flushing.wait()
        second.append(asyncio.create_task(writer.run(partial(_note, "second"))))
        go_on.set()

    await asyncio.gather(writer.run(first), later(), go_on.wait())
    assert await second[0] == "second"

    assert len(commits) == 2
    assert _noted(where) == {"first", "second"}


async def test_a_failing_piece_takes_nobody_along(where: Path | str, writer: Writer) -> None:
    """What one piece raises comes back to it alone, and only its own changes are undone."""

    def failing(store: Store) -> str:
        _note("half", store)
        raise KeyError("mine")

    results = await asyncio.gather(
        writer.run(partial(_note, "a")),
        writer.run(failing),
        writer.run(partial(_note, "b")),
        return_exceptions=True,
    )

    assert results[0] == "a"
    assert isinstance(results[1], KeyError)
    assert results[2] == "b"
    assert _noted(where) == {"a", "b"}


@pytest.mark.parametrize(
    "statement",
    [
        "insert into fact (name, value) values ('a', null)",
        "insert into fact (name, value) values ('a', ''), ('a', '')",
        "insert into account values ('slack', '', 'U1', 404, 'x', 1, 0)",
        "select :missing",
        "insert into no_such_table values (1)",
        """select 1 from decision_words where decision_words match '"two words"'""",
        "select to_tsquery('two words')",
    ],
)
async def test_a_wrong_statement_is_a_fault_and_not_a_lost_store(
    where: Path | str, writer: Writer, statement: str
) -> None:
    """A statement that can never work must not look like a full disk: the platform would redeliver for ever."""
    results = await asyncio.gather(
        writer.run(lambda store: store.run(statement)),
        writer.run(partial(_note, "b")),
        return_exceptions=True,
    )

    assert isinstance(results[0], sqlite3.Error | psycopg.Error)
    assert _noted(where) == {"b"}


@pytest.mark.parametrize("words", ["\ud800", "a\udfffb", "\0", "a\0b", 2**63, -(2**63) - 1])
async def test_what_an_engine_cannot_keep_takes_nobody_along(
    where: Path | str, writer: Writer, words: str | int
) -> None:
    """Half a character, a NUL or a number of more than 64 bits hurts its own piece at the most."""
    key, at = (words, 0) if isinstance(words, str) else ("a", words)

    def keep(store: Store) -> None:
        store.run("insert into seen (key, at) values (:key, :at)", key=key, at=at)

    results = await asyncio.gather(writer.run(keep), writer.run(partial(_note, "b")), return_exceptions=True)

    assert not isinstance(results[0], StoreUnavailable)
    assert results[1] == "b"
    assert _noted(where) == {"b"}


async def test_trouble_of_the_store_is_said_as_such(
    home: Database, where: Path | str, writer: Writer
) -> None:
    """A statement that the store cannot carry out now is ``StoreUnavailable`` for its piece alone."""

    def while_nothing_can_be_written(store: Store) -> None:
        if home.store.engine == "postgres":
            store.run("set local statement_timeout = 1")
            store.run("select pg_sleep(60)")
        store.run("pragma query_only = on")
        try:
            _note("a", store)
        finally:
            store.run("pragma query_only = off")

    results = await asyncio.gather(
        writer.run(while_nothing_can_be_written),
        writer.run(partial(_note, "b")),
        return_exceptions=True,
    )

    assert isinstance(results[0], StoreUnavailable)
    assert _noted(where) == {"b"}


@IN_A_FILE
async def test_a_failing_commit_fails_everybody(where: Path, writer: Writer) -> None:
    """When the flush does not succeed nobody is told of success, and nothing is kept; the next batch works."""

    def breaks_at_commit(store: Store) -> None:
        store.run("pragma defer_foreign_keys = on")
        store.run("insert into account values ('slack', '', 'U1', 404, 'x', 1, 0)")

    results = await asyncio.gather(
        writer.run(partial(_note, "a")), writer.run(breaks_at_commit), return_exceptions=True
    )

    assert [type(each) for each in results] == [StoreUnavailable, StoreUnavailable]
    assert _noted(where) == set()
    assert await writer.run(partial(_note, "c")) == "c"


@IN_A_FILE
async def test_a_full_disk_is_survived(where: Path, home: SqliteDatabase, writer: Writer) -> None:
    """On a full disk everybody in the batch hears so; when there is room again the writer goes on."""
    pages = home.writer.execute("pragma page_count").fetchone()[0]
    home.writer.execute(f"pragma max_page_count = {pages}")

    def much(store: Store) -> None:
        intake.bury(store, "slack", "large", "x" * 100_000, NOW)

    trouble = await asyncio.gather(writer.run(much), return_exceptions=True)
    home.writer.execute(f"pragma max_page_count = {pages + 1000}")
    await writer.run(partial(_note, "later"))

    assert isinstance(trouble[0], StoreUnavailable)
    assert _noted(where) == {"later"}


@IN_A_FILE
async def test_a_lock_of_somebody_else_is_waited_for_only_so_long(
    where: Path, home: SqliteDatabase, writer: Writer
) -> None:
    """When another process holds the file, everybody hears so in time for the platform to try again."""
    home.writer.execute("pragma busy_timeout = 0")
    other = sqlite3.connect(where, isolation_level=None)
    other.execute("begin immediate")

    with pytest.raises(StoreUnavailable):
        await writer.run(partial(_note, "a"))

    other.execute("rollback")
    other.close()
    assert await writer.run(partial(_note, "b")) == "b"
    assert _noted(where) == {"b"}


async def test_somebody_who_stops_waiting_harms_nobody(where: Path | str, writer: Writer) -> None:
    """A task that was cancelled while it waited leaves the batch as it was."""
    gone = asyncio.create_task(writer.run(partial(_note, "a")))
    stays = asyncio.create_task(writer.run(partial(_note, "b")))
    await asyncio.sleep(0)
    gone.cancel()

    assert await stays == "b"
    assert gone.cancelled()
    assert _noted(where) == {"a", "b"}


@IN_A_FILE
async def test_what_was_postponed_and_cannot_be_said_keeps_nobody_waiting(
    where: Path, writer: Writer
) -> None:
    """A statement at the end of a batch that the database cannot even read fails the batch, and the next goes on."""

    def postpone(store: Store) -> None:
        store.at_last(1, "insert into fact (name, value) values (:name, '')", name="\ud800")

    with pytest.raises(StoreUnavailable):
        await writer.run(postpone)

    assert await writer.run(partial(_note, "a")) == "a"
    assert _noted(where) == {"a"}


async def test_closing_finishes_what_was_handed_in(where: Path | str, home: Database) -> None:
    """Nothing that was handed in before closing is lost."""
    writer = Writer(home.transactions)
    waiting = asyncio.create_task(writer.run(partial(_note, "a")))
    await asyncio.sleep(0)

    await writer.close()

    assert await waiting == "a"
    assert _noted(where) == {"a"}


# --- Patience ----------------------------------------------------------------------------------------------------


async def test_what_nobody_waits_for_comes_a_little_at_a_time(
    writer: Writer, commits: list[Callable[[], None]]
) -> None:
    """Three heavy pieces and some light ones: each heavy one has a commit of its own, the light ones share one."""
    heavy = [writer.run(partial(_note, f"heavy{each}"), weight=PATIENT) for each in range(3)]
    light = [writer.run(partial(_note, f"light{each}"), weight=1) for each in range(PATIENT)]
    await asyncio.gather(*heavy, *light)

    assert len(commits) == 4


async def test_who_waits_for_an_answer_goes_first_and_nobody_starves(writer: Writer) -> None:
    """Those who came later and wait are served before, in turn with those who do not."""
    order: list[str] = []

    async def does(name: str, weight: int) -> None:
        await writer.run(partial(_note, name), weight=weight)
        order.append(name)

    async def comes_again() -> None:
        for each in range(4):
            await does(f"person{each}", 0)

    await asyncio.gather(*(does(f"timer{each}", PATIENT) for each in range(4)), comes_again())

    assert order[0] == "person0"
    assert order.index("person3") < order.index("timer3")
    assert order.index("timer0") < order.index("person3")
