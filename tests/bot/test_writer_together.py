"""Two processes write to one PostgreSQL database: who meets the other comes again, and nothing is lost, doubled or skipped.

And what becomes of those who wait when the server goes away, comes back, or takes no more writes.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from functools import partial

import psycopg
import pytest
from psycopg import errors

import bot.writer
from bench.cluster import Cluster
from bot.writer import Writer
from storage import intake, people
from storage.db import Contended, Store, StoreUnavailable
from storage.opened import opened
from storage.postgres import PostgresTransactions
from tests.stage.postgres import Databases, migrated
from tests.stage.samples import NOW, add_forum

pytestmark = pytest.mark.anyio
Work = Callable[[Store], object]


@pytest.fixture(name="where")
def _where(dsn: str) -> str:
    return dsn


@pytest.fixture(name="other")
async def _other(dsn: str) -> AsyncIterator[Writer]:
    """Another process on the same database."""
    with closing(opened(dsn)) as database:
        writer = Writer(database.transactions)
        yield writer
        await writer.close()


@pytest.fixture(name="somebody")
def _somebody(dsn: str) -> Iterator[PostgresTransactions]:
    """A transaction of another process, begun and ended by the test."""
    transactions = PostgresTransactions(dsn)
    yield transactions
    transactions.close()


def _note(name: str, store: Store) -> str:
    intake.set_fact(store, name, "yes")
    return name


async def _noted(writer: Writer) -> set[str]:
    return {name for (name,) in await writer.run(lambda store: store.all("select name from fact"))}


def _cut(store: Store) -> None:
    """The server hangs up in the middle."""
    store.one("select pg_terminate_backend(pg_backend_pid())")


def _process(store: Store) -> int:
    row = store.one("select pg_backend_pid()")
    assert row
    return int(row[0])


# --- Meeting each other --------------------------------------------------------------------------------------------


async def test_who_meets_anothers_forum_comes_again(writer: Writer, somebody: PostgresTransactions) -> None:
    """While another process handles something of a forum ours waits; neighbours do not, and results go to whom they belong."""
    forum = await writer.run(add_forum)
    somebody.begin().hold(forum.id)
    tries = 0

    def held(store: Store) -> str:
        nonlocal tries
        tries += 1
        if tries == 3:
            somebody.rollback()
        intake.set_fact(store, "tries", f"{intake.fact(store, 'tries')}x")
        store.hold(forum.id)
        return "held"

    wanted = (partial(_note, "a"), held, partial(_note, "b"))
    results = await asyncio.gather(*[writer.run(each) for each in wanted])

    assert results == ["a", "held", "b"]
    assert tries == 3
    assert await writer.run(lambda store: intake.fact(store, "tries")) == "x"


async def test_who_never_gets_the_forum_is_told_to_come_another_time(
    writer: Writer, somebody: PostgresTransactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The platform delivers again; nothing is left of what was tried."""
    monkeypatch.setattr(bot.writer, "TRIES", 5)
    forum = await writer.run(add_forum)
    somebody.begin().hold(forum.id)

    def held(store: Store) -> None:
        _note("a", store)
        store.hold(forum.id)

    with pytest.raises(Contended):
        await writer.run(held)
    somebody.rollback()

    assert await _noted(writer) == set()
    await writer.run(held)


async def test_a_forum_that_nobody_lets_go_of_delays_no_other(
    writer: Writer, somebody: PostgresTransactions
) -> None:
    """Another process stands still in the middle of one forum. What is not of that forum goes on all the while."""
    forum = await writer.run(add_forum)
    somebody.begin().hold(forum.id)
    stuck = [asyncio.create_task(writer.run(lambda store: store.hold(forum.id))) for _ in range(5)]
    for wave in range(3):
        pieces = [writer.run(partial(_note, f"{wave}.{each}")) for each in range(5)]
        async with asyncio.timeout(5):
            await asyncio.gather(*pieces)
    assert not any(each.done() for each in stuck)

    somebody.rollback()
    await asyncio.gather(*stuck)


async def test_who_waits_for_a_row_in_vain_comes_again(
    writer: Writer, somebody: PostgresTransactions
) -> None:
    """Waits are short, for whoever waits holds something too: what came before is kept, what comes after is not delayed."""
    await writer.run(partial(_note, "shared"))
    _note("shared", somebody.begin())
    order: list[str] = []

    def wants(store: Store) -> str:
        order.append("wants")
        if order.count("wants") == 3:
            somebody.rollback()
        return _note("shared", store)

    def notes(name: str, store: Store) -> str:
        order.append(name)
        return _note(name, store)

    wanted = (partial(notes, "a"), wants, partial(notes, "b"), partial(notes, "c"))
    results = await asyncio.gather(*[writer.run(each) for each in wanted])

    assert results == ["a", "shared", "b", "c"]
    assert order == ["a", "wants", "b", "c", "wants", "wants"]


@pytest.mark.parametrize("patience", ["", "-c deadlock_timeout=20ms -c lock_timeout=20s"])
async def test_two_who_wait_for_each_other_both_succeed(dsn: str, patience: str) -> None:
    """Each has what the other wants. One of them steps back, whoever notices first, and comes again."""
    met = threading.Barrier(2)
    tries: Counter[str] = Counter()

    def crossing(first: str, second: str, store: Store) -> None:
        _count(store, first)
        tries[first] += 1
        if tries[first] == 1:
            met.wait(10)
        _count(store, second)

    address = psycopg.conninfo.make_conninfo(dsn, options=patience)
    with closing(PostgresTransactions(address)) as one, closing(PostgresTransactions(address)) as two:
        writers = Writer(one), Writer(two)
        await asyncio.gather(
            writers[0].run(partial(crossing, "x", "y")), writers[1].run(partial(crossing, "y", "x"))
        )
        assert await writers[0].run(_counts) == {"x": 2, "y": 2}
        assert tries.total() > 2
        for each in writers:
            await each.close()


def _count(store: Store, what: str) -> None:
    store.next_number(1, what)


def _counts(store: Store) -> dict[str, int]:
    return dict(store.all("select kind, last from counter"))


async def test_somebody_whom_another_process_met_first_is_found_the_next_time(
    writer: Writer, other: Writer
) -> None:
    """Both looked, neither knew the person, both wrote: one of them comes again and finds what the other wrote."""
    loop, tries = asyncio.get_running_loop(), 0

    def meet(store: Store) -> int:
        nonlocal tries
        tries += 1
        known = people.known(store, "slack", "T1", "U1")
        if known:
            return known[0].id
        if tries == 1:
            elsewhere = asyncio.run_coroutine_threadsafe(other.run(_meet), loop)
            elsewhere.result(10)
        return _meet(store)

    results = await asyncio.gather(writer.run(partial(_note, "a")), writer.run(meet))

    assert tries == 2
    assert await writer.run(lambda store: store.all("select person from account")) == [(results[1],)]


def _meet(store: Store) -> int:
    return people.meet(store, "slack", "T1", "U1", name="Ada", now=NOW).id


async def test_a_key_that_is_taken_for_good_is_a_fault(writer: Writer) -> None:
    """It is tried a few times, for another process may have taken it just now; then it is said what it is."""
    await writer.run(_meet)
    tries = 0

    def again(store: Store) -> None:
        nonlocal tries
        tries += 1
        store.run("insert into account select * from account")

    results = await asyncio.gather(writer.run(again), writer.run(partial(_note, "b")), return_exceptions=True)

    assert isinstance(results[0], errors.UniqueViolation)
    assert tries == bot.writer.FAULTY
    assert await _noted(writer) == {"b"}


async def test_numbers_of_two_processes_have_no_gap(writer: Writer, other: Writer) -> None:
    """A thousand pieces over two processes count the same counters, in any order: nothing is lost, doubled or skipped."""
    kinds = "abcd"

    def work(number: int, store: Store) -> list[tuple[str, int]]:
        wanted = kinds[number % 4], kinds[(number * 3 + 1) % 4]
        found = [(each, store.next_number(1, each)) for each in wanted]
        if number % 10 == 7:
            raise KeyError(number)
        return found

    pieces = [(writer, other)[number % 2].run(partial(work, number)) for number in range(1000)]
    results = await asyncio.gather(*pieces, return_exceptions=True)

    faults = [each for each in results if isinstance(each, BaseException)]
    given = Counter(pair for each in results if not isinstance(each, BaseException) for pair in each)
    assert [type(each) for each in faults] == [KeyError] * 100
    assert given.total() == 1800
    assert set(given.values()) == {1}
    assert (
        await writer.run(_counts)
        == {each: sum(kind == each for kind, _ in given) for each in kinds}
        == {each: max(number for kind, number in given if kind == each) for each in kinds}
    )


async def test_one_busy_forum_is_shared_by_two_processes(writer: Writer, other: Writer) -> None:
    """Hundreds of things happen in one forum at once, in both processes: each waits for its turn, and nobody is sent away."""
    forum = await writer.run(add_forum)

    def work(store: Store) -> int:
        store.hold(forum.id)
        return store.next_number(forum.id, "busy")

    numbers = await asyncio.gather(*((writer, other)[each % 2].run(work) for each in range(600)))

    assert sorted(numbers) == list(range(1, 601))


# --- When the server is away ---------------------------------------------------------------------------------------


async def test_a_connection_cut_in_the_middle_fails_everybody(writer: Writer) -> None:
    """Nobody in the batch is told of success and nothing of it is kept; the next one has a new connection."""
    before = await writer.run(_process)
    results = await asyncio.gather(
        writer.run(partial(_note, "a")),
        writer.run(_cut),
        writer.run(partial(_note, "b")),
        return_exceptions=True,
    )

    assert [type(each) for each in results] == [StoreUnavailable] * 3
    assert await _noted(writer) == set()
    assert await writer.run(_process) != before


@pytest.mark.parametrize("arrived", [False, True])
async def test_a_connection_cut_at_the_commit_fails_everybody(
    writer: Writer, dsn: str, monkeypatch: pytest.MonkeyPatch, arrived: bool
) -> None:
    """Nobody knows whether it arrived, so nobody is told of success. What comes again meets its own key if it did."""
    process, commit = await writer.run(_process), writer.transactions.commit

    def cut() -> None:
        if arrived:
            commit()
        with psycopg.connect(dsn, autocommit=True) as other:
            other.execute("select pg_terminate_backend(%s, 10000)", (process,))
        monkeypatch.undo()
        writer.transactions.commit()

    monkeypatch.setattr(writer.transactions, "commit", cut)
    key = partial(intake.first_time, key="1:key", now=NOW)
    results = await asyncio.gather(writer.run(key), writer.run(partial(_note, "b")), return_exceptions=True)

    assert [type(each) for each in results] == [StoreUnavailable] * 2
    assert await writer.run(key) is not arrived
    assert await _noted(writer) == ({"b"} if arrived else set())


async def test_a_connection_lost_while_nobody_spoke_costs_nothing(writer: Writer, dsn: str) -> None:
    """Nothing was under way, so nothing is in doubt: who comes next does not notice."""
    process = await writer.run(_process)
    with psycopg.connect(dsn, autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s, 10000)", (process,))

    assert await writer.run(partial(_note, "a")) == "a"


async def test_a_server_that_takes_no_more_writes_is_left(writer: Writer) -> None:
    """A first server that was made a second one tells nobody; whoever writes looks for the one that takes it."""
    before = await writer.run(_process)
    await writer.run(lambda store: store.run("set session characteristics as transaction read only"))

    with pytest.raises(StoreUnavailable):
        await writer.run(partial(_note, "a"))

    assert await writer.run(partial(_note, "b")) == "b"
    assert await writer.run(_process) != before


async def test_a_database_for_reading_only_is_refused(databases: Databases) -> None:
    """Nobody starts where nothing can be written."""
    with databases.own() as dsn:
        with psycopg.connect(dsn, autocommit=True) as other:
            other.execute(f"alter database {other.info.dbname} set default_transaction_read_only = on")

        with pytest.raises(StoreUnavailable, match="read-only"):
            opened(dsn)


async def test_a_server_that_is_away_is_waited_for() -> None:
    """Until it is back everybody is told to come another time. A standby is not written to until it has taken over."""
    with Cluster() as first:
        migrated(first.dsn())
        standby = first.standby()
        with closing(PostgresTransactions(first.dsn("postgres", standby))) as transactions:
            writer = Writer(transactions)
            await writer.run(partial(_note, "a"))
            first.stop()
            for _ in range(2):
                with pytest.raises(StoreUnavailable):
                    await writer.run(partial(_note, "b"))
            first.start()
            await writer.run(partial(_note, "c"))

            first.discard()
            with pytest.raises(StoreUnavailable):
                await writer.run(partial(_note, "d"))
            standby.promote()
            await writer.run(partial(_note, "e"))
            assert await _noted(writer) == {"a", "c", "e"}
            await writer.close()
