"""What is due rings: once, in order, also after the process was away, and the alarm is set for what comes next."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.adapter import Outcome
from bot.clock import SystemClock
from bot.timers import SchedulerAlarm, Timers
from bot.writer import Writer
from handlers.kit.inbound import AnyInbound, Due
from storage import timers
from storage.db import Store, StoreUnavailable
from tests.stage.recording import HandClock, HeldAlarm
from tests.stage.samples import NOW

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)


class Ears:
    """An intake that takes each due timer out of the table, as the engine does."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.heard: list[Due] = []
        self.down = 0

    async def handle(self, inbound: AnyInbound) -> Outcome:
        assert isinstance(inbound, Due)
        if self.down:
            self.down -= 1
            raise StoreUnavailable
        self.heard.append(inbound)
        await self.writer.run(lambda store: timers.ring(store, inbound.name, inbound.due_at))
        return Outcome()

    async def bury(self, platform: str, reason: str, body: str) -> None:
        raise AssertionError((platform, reason, body))

    @property
    def names(self) -> list[str]:
        return [each.name for each in self.heard]


@pytest.fixture(name="clock")
def _clock() -> HandClock:
    return HandClock()


@pytest.fixture(name="alarm")
def _alarm() -> HeldAlarm:
    return HeldAlarm()


@pytest.fixture(name="ears")
def _ears(writer: Writer) -> Ears:
    return Ears(writer)


@pytest.fixture(name="ringing")
async def _ringing(writer: Writer, clock: HandClock, alarm: HeldAlarm, ears: Ears) -> AsyncIterator[Timers]:
    ringing = Timers(writer, clock, alarm)
    ringing.intake = ears
    yield ringing
    await ringing.stop()


async def _set(writer: Writer, name: str, at: datetime, late: str = "ring") -> None:
    await writer.run(
        partial(timers.schedule, name=name, at=at, action=f"x.{name}:1", forum=None, grace=HOUR, late=late)
    )


async def _rings(ringing: Timers) -> None:
    ringing.wake()
    await ringing.idle()


async def test_what_fell_due_while_nobody_was_awake_rings_at_the_start(
    writer: Writer, ringing: Timers, ears: Ears, alarm: HeldAlarm
) -> None:
    """Everything overdue rings, the oldest first; the alarm is set for what comes next."""
    await _set(writer, "second", NOW - HOUR)
    await _set(writer, "first", NOW - 2 * HOUR)
    await _set(writer, "later", NOW + HOUR)

    ringing.start()
    await ringing.idle()

    assert ears.names == ["first", "second"]
    assert alarm.at == NOW + HOUR


async def test_a_ring_says_what_when_and_how_late_it_may_be(
    writer: Writer, ringing: Timers, ears: Ears
) -> None:
    """The handler learns when it should have rung; its key is made of time and name, so it rings once."""
    await _set(writer, "first", NOW - HOUR, late="skip")

    ringing.start()
    await ringing.idle()

    due = ears.heard[0]
    assert (due.data, due.due_at, due.grace, due.late) == ("x.first:1", NOW - HOUR, HOUR, "skip")
    assert due.key == "1772434800000:timer:first"


async def test_the_alarm_rings_what_is_due_then(
    writer: Writer, ringing: Timers, ears: Ears, clock: HandClock, alarm: HeldAlarm
) -> None:
    """When the alarm goes off, what is due by then rings and the rest waits."""
    await _set(writer, "a", NOW + HOUR)
    await _set(writer, "b", NOW + 2 * HOUR)
    ringing.start()
    await ringing.idle()
    clock.forward(3600)

    alarm.ring()
    await ringing.idle()

    assert ears.names == ["a"]
    assert alarm.at == NOW + 2 * HOUR


async def test_nothing_to_ring_means_no_alarm(ringing: Timers, alarm: HeldAlarm) -> None:
    """Without timers nobody is woken."""
    ringing.start()
    await ringing.idle()

    assert alarm.at is None
    assert ringing.is_idle


async def test_a_timer_set_for_sooner_moves_the_alarm(
    writer: Writer, ringing: Timers, alarm: HeldAlarm
) -> None:
    """One that comes before all others is heard of at once; a later one changes nothing."""
    await _set(writer, "later", NOW + 2 * HOUR)
    ringing.start()
    await ringing.idle()

    await _set(writer, "even later", NOW + 3 * HOUR)
    ringing.heard(NOW + 3 * HOUR)
    assert ringing.is_idle
    await _set(writer, "sooner", NOW + HOUR)
    ringing.heard(NOW + HOUR)
    await ringing.idle()

    assert alarm.at == NOW + HOUR


async def test_more_than_a_pageful_rings(writer: Writer, ringing: Timers, ears: Ears) -> None:
    """After a long absence everything rings, however much it is."""

    def fill(store: Store) -> None:
        for each in range(230):
            timers.schedule(store, f"{each:03d}", NOW - HOUR, "x.y:1", forum=None, grace=HOUR, late="ring")

    await writer.run(fill)
    ringing.start()
    await ringing.idle()

    assert ears.names == [f"{each:03d}" for each in range(230)]


async def test_a_store_that_is_down_is_asked_again_soon(
    writer: Writer, ringing: Timers, ears: Ears, clock: HandClock, alarm: HeldAlarm
) -> None:
    """Nothing is lost when the store cannot take a ring: five seconds later it is tried again."""
    await _set(writer, "a", NOW)
    ears.down = 1
    ringing.start()
    await ringing.idle()
    assert alarm.at == NOW + timedelta(seconds=5)
    clock.forward(5)

    alarm.ring()
    await ringing.idle()

    assert ears.names == ["a"]


async def test_stopping_before_starting_is_fine(writer: Writer, clock: HandClock, alarm: HeldAlarm) -> None:
    """A process that never came so far as to start its timers ends in good order."""
    for each in (alarm, SchedulerAlarm(clock)):
        ringing = Timers(writer, clock, each)

        await ringing.stop()

        assert ringing.is_idle


async def test_the_real_alarm_wakes_at_the_instant() -> None:
    """APScheduler calls back in the loop when the product's clock says so; the last setting counts."""
    clock, alarm, rung = SystemClock(), SchedulerAlarm(SystemClock()), asyncio.Event()
    alarm.start(rung.set)
    alarm.set(clock.now() + timedelta(days=400))
    alarm.set(clock.now() - timedelta(seconds=1))
    alarm.set(None)

    await asyncio.wait_for(rung.wait(), 10)

    alarm.stop()


def test_the_playgrounds_clock_can_be_moved_forward() -> None:
    """Moved by a week, it is a week later, and what was a week away is due."""
    clock = SystemClock()
    ahead = clock.now() + timedelta(days=7)
    assert clock.real_delay(ahead) > 6 * 86400

    clock.forward(timedelta(days=7))

    assert clock.real_delay(ahead) <= 0
    assert clock.now().tzinfo is UTC
