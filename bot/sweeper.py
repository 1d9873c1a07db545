"""After votes, nothing is left lying about: where the ballots leave traces, they are swept a moment later.

Only PostgreSQL needs it (``storage/ballot_tables.py``). However much there is to sweep, it takes a small part of the time.
"""

import asyncio
from typing import Final

import structlog

from bot.clock import Clock
from storage.ballots import Place
from storage.db import StoreUnavailable

log = structlog.get_logger()

SOON: Final = 1.0
"""Seconds after a vote, where sweeping is quick."""
REST: Final = 20
"""So many times as long as it took, nothing is swept."""
LATEST: Final = 60.0
"""Seconds until the next try where others use the tables all the time."""


class Sweeper:
    """Sweeps beside everything else: at the start, whoever left something; after votes; and when it is stopped."""

    def __init__(self, place: Place, clock: Clock) -> None:
        self._place = place
        self._clock = clock
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, where there are traces at all."""
        if self._place.traces is not None:
            self._place.traces.set()
            self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Once more if need be, and then no more."""
        if self._running is None:
            return
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        self._running = None
        await self.sweep()

    async def sweep(self) -> bool:
        """Sweep now, if there is anything to sweep; whether it is clean. What cannot be done now is left for later."""
        traces = self._place.traces
        if traces is None or not traces.is_set():
            return True
        traces.clear()
        try:
            await asyncio.to_thread(self._place.sweep)
        except StoreUnavailable as trouble:
            traces.set()
            log.warning("ballots not swept", why=str(trouble))
            return False
        return True

    async def _run(self) -> None:
        pause = SOON
        while True:
            await self._clock.sleep(pause)
            began = self._clock.steady()
            clean = await self.sweep()
            pause = max(SOON, REST * (self._clock.steady() - began)) if clean else min(2 * pause, LATEST)
