"""The loop whose time leaps: years pass on it in no time, and none of its waits is for ever."""

import asyncio
from datetime import UTC, datetime

from bench.leaping import LeapingClock, LeapingLoop

YEARS = 3 * 365 * 86_400.0


def test_a_wait_ends_after_years_too() -> None:
    """So many seconds have no room for a nanosecond beside them."""

    async def lives() -> float:
        await asyncio.sleep(YEARS)
        for _ in range(50):
            await asyncio.sleep(0.1)
        return asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        assert abs(runner.run(lives()) - YEARS - 5) < 0.001


def test_waits_that_are_too_short_to_tell_end_all_the_same() -> None:
    """Several who wait until a moment that is some nanoseconds away, years later: each gets there."""

    async def waits(clock: LeapingClock, until: float, turns: int) -> bool:
        for _ in range(turns):
            await asyncio.sleep(0)
        for _ in range(99):
            if (left := until - clock.steady()) <= 0:
                return True
            await clock.sleep(left)
        return False

    async def lives() -> list[bool]:
        clock = LeapingClock(datetime(2026, 3, 9, tzinfo=UTC))
        await clock.sleep(YEARS)
        return await asyncio.gather(*(waits(clock, clock.steady() + 5e-8, each) for each in range(9)))

    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        assert all(runner.run(lives()))
