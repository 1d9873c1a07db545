"""The loop whose time leaps: years pass on it in no time, and none of its waits is for ever."""

import asyncio

from bench.leaping import LeapingLoop

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
