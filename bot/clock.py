"""The clock: the only place that knows what time it is and the only way to wait.

The playground's clock can be moved forward; the tests' clock stands still until somebody waits.
"""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What time it is, and waiting."""

    def now(self) -> datetime:
        """The present instant, UTC."""
        ...

    def steady(self) -> float:
        """Seconds that never jump, for measuring lengths and pacing."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait that long on the steady clock."""
        ...

    def real_delay(self, at: datetime) -> float:
        """How many seconds of the machine's time until this instant; negative when it has passed."""
        ...


class SystemClock:
    """The machine's own clock, moved by ``offset`` (zero except in the playground)."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        """The present instant, UTC."""
        return datetime.now(UTC) + self.offset

    def steady(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait that long."""
        await asyncio.sleep(seconds)

    def real_delay(self, at: datetime) -> float:
        """Seconds until this instant comes."""
        return (at - self.now()).total_seconds()

    def forward(self, by: timedelta) -> None:
        """Move on; the one who calls wakes the timers."""
        self.offset += by
