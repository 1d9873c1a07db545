"""``digest-10k`` and ``digest-history``: ten thousand forums whose digests are due at the same minute.

The whole application rings, reads, writes and sends, on one core, with adapters that take every message at once. While
it does so other people record decisions in forums of their own; how long their answers take is compared with the same
people before; it is counted from the moment at which they came, also where nobody had time for them yet. What is
measured ends with the last digest's row.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from bench import chance, lengths, machine, weeks
from bench.burst import Taking
from bench.rows import Row
from bot.app import App
from bot.clock import SystemClock
from bot.run import settle_in
from bot.timers import SchedulerAlarm
from handlers.digests import post
from handlers.kit.inbound import Account, Chat, Due, Said
from storage.db import Store

FORUMS: Final = 10_000
OTHERS: Final = 50
"""Forums in which people go on with their work."""
PER_SECOND: Final = 20.0
IDLE_SECONDS: Final = 45.0
"""About as long as the digests take: of fewer waits, the slowest hundredth is a matter of chance."""
MOST_SECONDS: Final = 60.0
MOST_WAIT: Final = 2.0
SOME: Final = 200
OLDER: Final = 100
MOST_GROWTH: Final = 1.3
Handle = Callable[[Said], Awaitable[object]]
"""What takes in what somebody said."""


@dataclass(slots=True)
class Course:
    """What happened: how long all digests took, by the clock and of the core, and what others waited; in seconds."""

    seconds: float = 0.0
    processor: float = 0.0
    cards: int = 0
    idle: list[float] = field(default_factory=list)
    meanwhile: list[float] = field(default_factory=list)


def p99(waits: list[float]) -> float:
    """The wait of the slowest hundredth, in milliseconds."""
    return sorted(waits)[int(0.99 * (len(waits) - 1))] * 1000


async def course(where: Path, forums: int, *, idle: float) -> Course:
    """So many digests at once, after so many seconds in which nothing but people's work was to do."""
    clock = SystemClock()
    app = _app(where, clock)
    done = Course()
    try:
        await app.writer.run(partial(weeks.furnish, forums=forums + OTHERS))
        clock.offset += weeks.MONDAY - clock.now()
        await app.start()
        settle_in()
        rng = Random(chance.seed())  # noqa: S311 - people who come as they please
        come = partial(others, app.engine.handle, forums, rng)
        async with come(done.idle):
            await asyncio.sleep(idle)
        await app.writer.run(partial(weeks.due, forums=forums, at=clock.now()))
        async with come(done.meanwhile):
            began, busy = time.perf_counter(), time.process_time()
            app.timers.wake()
            await app.timers.idle()
            done.seconds, done.processor = time.perf_counter() - began, time.process_time() - busy
        done.cards = await app.writer.run(_cards)
        return done
    finally:
        await app.stop()


def _app(where: Path, clock: SystemClock) -> App:
    adapters = {"slack": Taking("slack"), "telegram": Taking("telegram")}
    return App(where, clock, SchedulerAlarm(clock), lambda _intake, _speech: adapters)


@asynccontextmanager
async def others(handle: Handle, forums: int, rng: Random, waits: list[float]) -> AsyncIterator[None]:
    """Meanwhile people record decisions, one here and one there, at moments that chance chose beforehand.

    All who came are answered in the end, and each of their waits is counted from when they came.
    """
    began, answers = time.perf_counter(), list[asyncio.Task[None]]()
    ends: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    async def come() -> None:
        at = began
        while True:
            at += rng.expovariate(PER_SECOND)
            await asyncio.sleep(at - time.perf_counter())
            if ends.done() and at >= ends.result():
                return
            forum = forums + 1 + rng.randrange(OTHERS)
            answers.append(asyncio.create_task(_records(handle, forum, len(answers), at, waits)))

    coming = asyncio.create_task(come())
    try:
        yield
    finally:
        ends.set_result(time.perf_counter())
        await coming
        await asyncio.gather(*answers)


async def _records(handle: Handle, forum: int, number: int, at: float, waits: list[float]) -> None:
    user = f"U{weeks.PEOPLE * (forum - 1) + 2}"
    said = Said(
        key=f"{time.time_ns()}:{number}", who=Account("slack", "T1", user, f"Person {user}", "sv"),
        chat=Chat("slack", "T1", f"C{forum}"), text=f"beslut Vi provar {number}.", command=True,
    )  # fmt: skip
    await handle(said)
    waits.append(time.perf_counter() - at)


def _cards(store: Store) -> int:
    row = store.one("select count(*) from outbox where kind = 'post' and care = 'once'")
    return int(row[0]) if row else 0


# --- History -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds of each digest of a young installation and of an old one, and how many rows both wrote in all."""

    pairs: tuple[tuple[float, float], ...]
    cards: tuple[int, int]


async def growth(folder: Path, forums: int, times: int) -> Growth:
    """The digests of a young installation and of one with so many times its past, in turn."""
    clock = SystemClock()
    apps = [_app(folder / f"{each}.db", clock) for each in (1, times)]
    clock.offset += weeks.MONDAY - clock.now()
    try:
        for app, history in zip(apps, (1, times), strict=True):
            await app.writer.run(partial(weeks.furnish, forums=forums, history=history))
            await app.writer.run(partial(weeks.due, forums=forums, at=weeks.MONDAY))
        settle_in()
        young, old = apps
        pairs = [(await _rings(young, number), await _rings(old, number)) for number in range(1, forums + 1)]
        return Growth(tuple(pairs), (await young.writer.run(_cards), await old.writer.run(_cards)))
    finally:
        for app in apps:
            await app.stop()


async def _rings(app: App, forum: int) -> float:
    name = f"{forum}:digest"
    due = Due(
        key=name,
        name=name,
        data=post.action(0).encode(forum),
        due_at=weeks.MONDAY,
        grace=timedelta(days=1),
        late="ring",
    )
    began = time.perf_counter()
    await app.engine.handle(due)
    return time.perf_counter() - began


# --- Rows --------------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """Ten thousand at once, and what each asks the store."""
    yield from rows(FORUMS)
    yield lengths.questions()


def rows(forums: int) -> Iterator[Row]:
    """So many at once: how long it took, and what others waited."""
    if machine.can_pin():
        machine.pin(machine.SERVER_CORE)
    with machine.folder() as folder:
        done = asyncio.run(course(Path(folder) / "digests.db", forums, idle=IDLE_SECONDS))
    right = done.cards == 2 * forums
    against = (
        f"{done.cards} rows for {forums} forums in two chats each, {done.seconds / forums * 1000:.2f} ms a forum,"
        f" {done.processor / forums * 1000:.2f} of them the core's"
    )
    yield Row(
        "digest-10k", "until the last digest is written", round(done.seconds, 1), "s", f"<= {MOST_SECONDS:g}", against,
        right and done.seconds <= MOST_SECONDS,
    )  # fmt: skip
    ratio = p99(done.meanwhile) / p99(done.idle)
    against = (
        f"p99 {p99(done.meanwhile):.1f} ms meanwhile against {p99(done.idle):.1f} ms before; medians"
        f" {statistics.median(done.meanwhile) * 1000:.1f} and {statistics.median(done.idle) * 1000:.1f}"
    )
    yield Row(
        "digest-10k", "others' answers meanwhile", round(ratio, 2), "ratio", f"<= {MOST_WAIT:g}", against, ratio <= MOST_WAIT
    )  # fmt: skip


def older() -> Iterator[Row]:
    """A hundred times the past."""
    with machine.folder() as folder:
        found = asyncio.run(growth(Path(folder), SOME, OLDER))
    young, old = (statistics.median(each) for each in zip(*found.pairs, strict=True))
    against = (
        f"{old * 1000:.2f} ms a digest against {young * 1000:.2f}, medians of {SOME} forums in turn;"
        f" {weeks.OLD_ACTIONS * OLDER} actions and {weeks.OLD_DECISIONS * OLDER} decisions of the past in each;"
        f" {found.cards[0]} and {found.cards[1]} rows written"
    )
    ratio, right = old / young, found.cards == (2 * SOME, 2 * SOME)
    yield Row(
        "digest-history", "a digest with a hundred times the past", ratio, "ratio", f"<= {MOST_GROWTH}", against,
        right and ratio <= MOST_GROWTH,
    )  # fmt: skip


def main() -> None:
    """Another number of forums."""
    parser = argparse.ArgumentParser(
        prog="bench.digests", description="Digests that are due at the same minute."
    )
    parser.add_argument("--forums", type=int, default=FORUMS)
    asked = parser.parse_args()
    for each in rows(asked.forums):
        print(each.line())


if __name__ == "__main__":
    main()
