"""Work that goes on after an answer was given: deliveries, retries, sharing of files.

`quiet` waits for all of it without asking again and again; `stop` ends it between two worlds.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Errands:
    """The tasks of one stand-in."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    @property
    def is_quiet(self) -> bool:
        return not self._tasks

    async def quiet(self) -> None:
        """Wait until nothing is under way; a fault of the stand-in itself comes out here."""
        while self._tasks:
            done, _ = await asyncio.wait(tuple(self._tasks))
            for task in done:
                task.result()

    async def stop(self) -> None:
        """Give up whatever is under way."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
