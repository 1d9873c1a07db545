"""A bell that rings whenever something in the stand-in changes.

Everything that waits (a long poll, a person's hands, a web page) waits for the bell and looks again, so nothing ever
sleeps and asks. Ringing is a plain call, so that ordinary synchronous code may change the world.
"""

import asyncio
from collections.abc import Callable


class Bell:
    """Counts the changes and wakes everybody who waits for one."""

    def __init__(self) -> None:
        self.revision = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        self.revision += 1
        waiting, self._waiting = self._waiting, set()
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Return as soon as `holds` is true; it is asked again at every change."""
        while not holds():
            await self._next()

    async def _next(self) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)
