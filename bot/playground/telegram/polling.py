"""`getUpdates`: a long poll that ends at the first update, at its timeout or when another poll takes over.

A poll whose client hung up ends too, so that nothing lingers after a bot has stopped.
"""

import asyncio
from dataclasses import dataclass

from bot.playground.telegram.arguments import Arguments
from bot.playground.telegram.errors import OTHER_POLLER, WEBHOOK_TOOK_OVER, conflict
from bot.playground.telegram.updates import Updates
from bot.playground.telegram.wire import Json

MOST_UPDATES = 100
LONGEST_SECONDS = 50


@dataclass(slots=True)
class Polling:
    """The one place at which a bot polls."""

    updates: Updates
    _turn: int = 0
    _over: str = OTHER_POLLER

    async def poll(self, args: Arguments) -> list[Json]:
        """Wait for updates and give them; they stay until a later poll asks for higher numbers."""
        turn = self.interrupt(OTHER_POLLER)
        self.updates.allow(args.items("allowed_updates"))
        offset = args.number("offset") or 0
        limit = min(max(args.number("limit") or MOST_UPDATES, 1), MOST_UPDATES)
        seconds = min(max(args.number("timeout") or 0, 0), LONGEST_SECONDS)
        batch = self.updates.hand_over(offset, limit)
        if not batch and seconds:
            await self._wait(turn, seconds)
            batch = self.updates.hand_over(max(offset, 0), limit)
        return [update.json() for update in batch]

    def interrupt(self, why: str = WEBHOOK_TOOK_OVER) -> int:
        """End the poll that is under way, if any, with this conflict."""
        self._turn += 1
        self._over = why
        self.updates.bell.ring()
        return self._turn

    async def _wait(self, turn: int, seconds: int) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.updates.bell.until(lambda: self._turn != turn or bool(self.updates.pending()))
        except TimeoutError:
            return
        if self._turn != turn:
            raise conflict(self._over)
