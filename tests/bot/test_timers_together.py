"""Several processes ring what is due in one PostgreSQL database: each timer once, also when one of them dies."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
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
    clock = lives.clock
    assert isinstance(clock, HandClock)
    clock.forward(LEASE.total_seconds() + 1)
    await _looks_until(lives, len(NAMES))

    assert rung == NAMES[50:] + NAMES[:50]


async def _looks_until(ringing: Timers, count: int) -> None:
    """The alarm, which a story holds, rings again where rows were locked for a moment or the store was away."""
    for _ in range(99):
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
    slow_clock = quick.clock
    assert isinstance(slow_clock, HandClock)
    slow_clock.forward(LEASE.total_seconds() + 1)
    quick.start()
    await quick.idle()

    for each in late:
        assert not await slow.writer.run(partial(timers.ring, name=each.name, due_at=each.due_at))
