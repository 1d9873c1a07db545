"""A whole playground in a thread of its own: the sample forum lived through, and a web address to visit."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from bot.playground.house import House
from bot.playground.sample import seed, turn_back
from bot.playground.server import website
from bot.settings import Settings
from bot.web import address, listener, served

T = TypeVar("T")
PATIENCE = 60
Json = dict[str, Any]


class Living:
    """One house with people in it. ``url`` is its page; ``run`` does something inside its loop.

    ``refused`` is what the platforms refused while the sample was lived through.
    """

    def __init__(self, folder: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever)
        self._thread.start()
        self._stack = AsyncExitStack()
        self.house = House(Settings.model_construct())
        self.url = self.run(self._open(folder))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def close(self) -> None:
        self.run(self._stack.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _open(self, folder: Path) -> str:
        turn_back(self.house)
        taken = listener("127.0.0.1", 0)
        await self._stack.enter_async_context(served(website(self.house), taken))
        self._stack.push_async_callback(self.house.close)
        await self.house.open(address(taken), folder)
        await seed(self.house)
        self.refused = self.house.ledger.refused()
        self.house.pacing.striding = True  # people in tests do not wait between messages
        return address(taken)
