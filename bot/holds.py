"""What a platform told us to leave alone for a while: nobody asks for it before its time, nor does the next process.

The dispatcher keeps a chat's messages waiting. But names are looked up, forms opened, connections made and updates
fetched as well, by parts that know nothing of each other; they meet here, just before the call would leave.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Final

from bot.adapter import Memory
from bot.clock import Clock
from storage.db import StoreUnavailable, from_ms, to_ms

LONGEST: Final = 3600.0
"""Seconds; what an earlier process remembered for longer, its clock or ours got wrong."""


class Holds:
    """The holds of one platform. Without a ``memory`` they end with the process."""

    def __init__(self, platform: str, clock: Clock, memory: Memory | None = None) -> None:
        self._name = f"held:{platform}"
        self._clock = clock
        self._memory = memory
        self._until: dict[str, float] = {}

    async def recall(self) -> None:
        """Take over what the process before us was told."""
        if self._memory is None:
            return
        with suppress(StoreUnavailable):
            kept = await self._memory.recall(self._name)
            for what, until in _read(kept).items():
                left = (from_ms(until) - self._clock.now()).total_seconds()
                self._extend(what, min(left, LONGEST))

    def left(self, what: str) -> float:
        """How many seconds this is still to be left alone; 0 when it is not."""
        return max(0.0, self._until.get(what, 0.0) - self._clock.steady())

    async def hold(self, what: str, seconds: float) -> None:
        """Leave this alone for so long."""
        self._extend(what, seconds)
        if self._memory is None:
            return
        now = self._clock.now()
        kept = {each: to_ms(now + timedelta(seconds=self.left(each))) for each in self._until}
        with suppress(StoreUnavailable):  # then it is forgotten with this process
            await self._memory.remember(self._name, json.dumps(kept))

    def _extend(self, what: str, seconds: float) -> None:
        now = self._clock.steady()
        self._until = {each: until for each, until in self._until.items() if until > now}
        if seconds > 0:
            self._until[what] = max(self._until.get(what, 0.0), now + seconds)


def _read(kept: str) -> Mapping[str, int]:
    found: Mapping[str, int] = json.loads(kept or "{}")
    return found
