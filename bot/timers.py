"""Rings what is due. The database remembers every timer; APScheduler only wakes the process at the next one.

A due timer becomes an ``Inbound`` with a key made of its name and time, so it rings once however often it is found.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.adapter import Intake
from bot.clock import Clock
from bot.writer import Writer
from handlers.kit.inbound import Due
from storage import timers
from storage.db import Store, StoreUnavailable, to_ms

SAFETY_NET = timedelta(seconds=60)
"""Look at least so often, in case the machine's clock was moved."""
OTHERS = timedelta(seconds=1)
"""The same where other processes set timers too."""
LEASE = timedelta(seconds=60)
"""So long has a process to ring what it took, before another one does."""


class Alarm(Protocol):
    """Calls back at an instant."""

    def start(self, ring: Callable[[], None]) -> None:
        """From now on ``ring`` is what an alarm calls."""
        ...

    def set(self, at: datetime | None) -> None:
        """The next instant to ring at; ``None`` for nothing. The last call counts."""
        ...

    def stop(self) -> None:
        """Ring no more."""
        ...


class SchedulerAlarm:
    """An alarm kept by APScheduler on the machine's clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True}
        )
        self._ring: Callable[[], None] = lambda: None

    def start(self, ring: Callable[[], None]) -> None:
        """Start waking."""
        self._ring = ring
        self._scheduler.start()
        self._scheduler.add_job(
            _in_loop, IntervalTrigger(seconds=round(SAFETY_NET.total_seconds())), args=[ring]
        )

    def set(self, at: datetime | None) -> None:
        """Wake at this instant of the product's clock."""
        if at is None:
            return
        real = datetime.now(at.tzinfo) + timedelta(seconds=max(0.0, self._clock.real_delay(at)))  # noqa: TID251
        self._scheduler.add_job(
            _in_loop, DateTrigger(run_date=real), args=[self._ring], id="next", replace_existing=True
        )

    def stop(self) -> None:
        """Wake no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


async def _in_loop(ring: Callable[[], None]) -> None:
    """APScheduler runs coroutines in the loop; plain functions it would run in a thread."""
    ring()


class Timers:
    """Finds due timers and hands them to the engine, one after the other."""

    def __init__(self, writer: Writer, clock: Clock, alarm: Alarm, *, shared: bool = False) -> None:
        self._shared = shared
        self.writer = writer
        self.clock = clock
        self.alarm = alarm
        self.intake: Intake | None = None
        self._wanted = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._task: asyncio.Task[None] | None = None
        self._next: datetime | None = None

    def start(self) -> None:
        """Begin, with everything that fell due while nobody was awake."""
        self.alarm.start(self.wake)
        self._task = asyncio.create_task(self._run())
        self.wake()

    def wake(self) -> None:
        """Look now: the alarm rang, or the clock was moved."""
        self._idle.clear()
        self._wanted.set()

    def heard(self, at: datetime) -> None:
        """A timer was set for this instant: look again if that is before anything we wait for."""
        if not self._idle.is_set() or self._next is None or at < self._next:
            self.wake()

    async def idle(self) -> None:
        """Wait until everything due has rung and the alarm is set for the next one."""
        await self._idle.wait()

    @property
    def is_idle(self) -> bool:
        """Whether nothing due is left to ring."""
        return self._idle.is_set()

    async def stop(self) -> None:
        """Stop looking."""
        self.alarm.stop()
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                while await self._ring_due():
                    pass
                self._next = await self.writer.run(
                    partial(_next_to_take, self.clock.now()) if self._shared else timers.next_due
                )
                self.alarm.set(self._look_again())
            except StoreUnavailable:
                self.alarm.set(self.clock.now() + timedelta(seconds=5))
            if not self._wanted.is_set():
                self._idle.set()

    def _look_again(self) -> datetime | None:
        if not self._shared:
            return self._next
        soon = self.clock.now() + OTHERS
        return min(self._next, soon) if self._next else soon

    async def _ring_due(self) -> bool:
        find = _take_due if self._shared else _due
        due = await self.writer.run(partial(find, self.clock.now()))
        for each in due:
            key = f"{to_ms(each.due_at):013d}:timer:{each.name}"
            if self.intake is not None:
                await self.intake.handle(
                    Due(
                        key=key,
                        name=each.name,
                        data=each.action,
                        due_at=each.due_at,
                        grace=each.grace,
                        late=each.late,
                    )
                )
        return bool(due)


def _due(now: datetime, store: Store) -> list[timers.Timer]:
    return timers.due(store, now)


def _take_due(now: datetime, store: Store) -> list[timers.Timer]:
    return timers.take_due(store, now=now, lease=LEASE)


def _next_to_take(now: datetime, store: Store) -> datetime | None:
    return timers.next_to_take(store, now)
