"""Several processes ring what is due in one PostgreSQL database: each timer once, also when one of them dies."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from datetime import timedelta
from functools import partial

import pytest

from bot.adapter import Outcome
from bot.timers import LEASE, Timers
from bot.writer import Writer
from handlers.kit.inbound import AnyInbound, Due
from storage import timers
from storage.db import Store
from storage.opened import opened
from tests.stage.recording import HandClock, HeldAlarm
from tests.stage.samples import NOW

pytestmark = pytest.mark.anyio


class Ears:
    """An intake that takes each due timer out of the table, as the engine does; or hangs while it is ``deaf``."""

    def __init__(self, writer: Writer, rung: list[str]) -> None:
        self.writer = writer
        self.rung = rung
        self.deaf = False

    async def handle(self, inbound: AnyInbound) -> Outcome:
        assert isinstance(inbound, Due)
        if self.deaf:
            await asyncio.Event().wait()
        if await self.writer.run(lambda store: timers.ring(store, inbound.name, inbound.due_at)):
            self.rung.append(inbound.name)
        return Outcome()

    async def bury(self, platform: str, reason: str, body: str) -> None:
        raise AssertionError((platform, reason, body))


DAY = timedelta(days=1)
NAMES = [f"{each:03d}" for each in range(500)]


@pytest.fixture(name="ringing")
async def _ringing(dsn: str) -> AsyncIterator[tuple[Timers, Timers]]:
    """Two processes that ring what is due, 500 timers, and one clock; nothing has begun."""
    async with AsyncExitStack() as stack:
        two, clock, rung = [], HandClock(), list[str]()
        for _ in range(2):
            database = stack.enter_context(closing(opened(dsn)))
            writer = Writer(database.transactions)
            stack.push_async_callback(writer.close)
            ringing = Timers(writer, clock, HeldAlarm(), shared=True)
            ringing.intake = Ears(writer, rung)
            stack.push_async_callback(ringing.stop)
            two.append(ringing)
        await two[0].writer.run(_set_all)
        yield two[0], two[1]


def _set_all(store: Store) -> None:
    for name in NAMES:
        timers.schedule(store, name, NOW - LEASE, "x.y:1", forum=None, grace=LEASE, late="ring")


def _ears(ringing: Timers) -> Ears:
    assert isinstance(ringing.intake, Ears)
    return ringing.intake


async def test_what_is_due_rings_once_in_one_of_two_processes(ringing: tuple[Timers, Timers]) -> None:
    """Five hundred timers, two that look: each rings, and none twice."""
    for each in ringing:
        each.start()
    for each in ringing:
        await each.idle()

    assert sorted(_ears(ringing[0]).rung) == NAMES


async def test_what_a_dead_process_took_rings_in_another(ringing: tuple[Timers, Timers]) -> None:
    """What one process took and never rang, the other rings when a minute has gone; the rest it does not wait for."""
    dies, lives = ringing
    _ears(dies).deaf = True
    dies.start()
    while await dies.writer.run(_taken) == 0:
        pass
    await dies.stop()

    lives.start()
    rung = _ears(lives).rung
    await _looks_until(lives, len(NAMES) - 50)
    assert rung == NAMES[50:]
    await lives.writer.run(partial(_passes, LEASE))
    await _looks_until(lives, len(NAMES))

    assert rung == NAMES[50:] + NAMES[:50]


@pytest.mark.parametrize("days", [-1, 1])
async def test_a_dead_process_whose_clock_was_a_day_off_holds_nothing_up(
    ringing: tuple[Timers, Timers], days: int
) -> None:
    """What it took is another's when a minute has gone by the server's clock: not at once, nor a day later."""
    dies, lives = ringing
    dies.clock = HandClock()
    dies.clock.forward(days * DAY.total_seconds())
    await dies.writer.run(_set_two_days_back)
    _ears(dies).deaf = True
    dies.start()
    while await dies.writer.run(_taken) == 0:
        pass
    await dies.stop()

    lives.start()
    rung = _ears(lives).rung
    await _looks_until(lives, len(NAMES) - 50)
    assert rung == NAMES[50:]
    for passed in (LEASE / 2, LEASE / 2):
        await _looks_until(lives, len(NAMES), most=3)
        assert rung == NAMES[50:]
        await lives.writer.run(partial(_passes, passed))
    await _looks_until(lives, len(NAMES))
    assert rung == NAMES[50:] + NAMES[:50]


@pytest.mark.parametrize("days", [-1, 0, 1])
async def test_who_waits_for_what_another_took_does_not_look_all_the_time(
    ringing: tuple[Timers, Timers], days: int
) -> None:
    """Also with a clock that is off: the next look is when the lease runs out, a minute from now."""
    first, second = ringing
    await first.writer.run(_set_two_days_back)
    taken = await first.writer.run(partial(timers.take_due, now=NOW, lease=LEASE, most=len(NAMES)))
    assert len(taken) == len(NAMES)

    now = NOW + days * DAY
    at = await second.writer.run(partial(timers.next_to_take, now=now))
    assert at
    assert timedelta() < at - now <= LEASE


def _set_two_days_back(store: Store) -> None:
    store.run("update timer set due_at = due_at - :span", span=round(2 * DAY.total_seconds() * 1000))


def _passes(span: timedelta, store: Store) -> None:
    """So long passes on the server, as far as leases of timers can tell."""
    store.run(
        "update timer set taken_until = taken_until - :span where taken_until > 0",
        span=round(span.total_seconds() * 1000),
    )


async def _looks_until(ringing: Timers, count: int, *, most: int = 99) -> None:
    """The alarm, which a story holds, rings again where rows were locked for a moment or the store was away."""
    for _ in range(most):
        ringing.wake()
        await ringing.idle()
        if len(_ears(ringing).rung) >= count:
            return


def _taken(store: Store) -> int:
    row = store.one("select count(*) from timer where taken_until > 0")
    assert row
    return int(row[0])


async def test_what_was_taken_too_long_ago_has_no_effect_any_more(ringing: tuple[Timers, Timers]) -> None:
    """A process that wakes up with timers that another one has rung meanwhile does nothing with them."""
    slow, quick = ringing
    late = await slow.writer.run(partial(timers.take_due, now=NOW, lease=LEASE))
    await quick.writer.run(partial(_passes, LEASE))
    quick.start()
    await quick.idle()

    for each in late:
        assert not await slow.writer.run(partial(timers.ring, name=each.name, due_at=each.due_at))
