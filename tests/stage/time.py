"""Time on the stage: it stands still until the story waits."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

MONDAY_MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""Where stories begin: Monday 2 March 2026, nine o'clock in Stockholm."""


class StageClock:
    """A clock set by hand. Waiting on it ends when the story moves it far enough."""

    def __init__(self, at: datetime = MONDAY_MORNING) -> None:
        self._at = at
        self._moved = asyncio.Condition()

    def now(self) -> datetime:
        return self._at

    def steady(self) -> float:
        return self._at.timestamp()

    async def sleep(self, seconds: float) -> None:
        until = self._at + timedelta(seconds=seconds)
        async with self._moved:
            await self._moved.wait_for(lambda: self._at >= until)

    def real_delay(self, at: datetime) -> float:
        return (at - self._at).total_seconds()

    async def set(self, at: datetime) -> None:
        async with self._moved:
            self._at = at
            self._moved.notify_all()


class HurriedClock:
    """The same time, but whoever keeps a distance between messages has it passed at once."""

    def __init__(self, clock: StageClock) -> None:
        self._clock = clock
        self._ahead = 0.0

    def now(self) -> datetime:
        return self._clock.now()

    def steady(self) -> float:
        return self._clock.steady() + self._ahead

    async def sleep(self, seconds: float) -> None:
        self._ahead += seconds
        await asyncio.sleep(0)

    def real_delay(self, at: datetime) -> float:
        return self._clock.real_delay(at)


class HandAlarm:
    """An alarm that the story rings."""

    def __init__(self) -> None:
        self.at: datetime | None = None
        self._ring: Callable[[], None] = lambda: None

    def start(self, ring: Callable[[], None]) -> None:
        self._ring = ring

    def set(self, at: datetime | None) -> None:
        self.at = at

    def stop(self) -> None:
        self.at = None

    def ring(self) -> None:
        self._ring()
