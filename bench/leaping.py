"""A loop whose time leaps: as soon as nobody has anything to do, it is the time at which somebody has.

Everything that waits on the loop waits in this time: the product, both stand-in platforms, and the libraries with their
timeouts, over real sockets on loopback. Thirty days pass as quickly as what happens in them, no wait is a race against
the machine, and what happens happens in the same order each time. Work for other threads is done on the spot.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from selectors import BaseSelector, DefaultSelector, SelectorKey
from typing import Any, Final, TypeVar

from typing_extensions import override

T = TypeVar("T")
RESOLUTION: Final = 1e-6
"""Seconds that the loop does not tell apart."""
LOOKS: Final = 3
"""So often one looks whether really nothing has arrived before time leaps: a packet on loopback is there at once."""


class _Leaps(BaseSelector):
    """Waits for sockets like any other, but never for time."""

    def __init__(self) -> None:
        self._real = DefaultSelector()
        self.now = 0.0

    @override
    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        found = self._real.select(0)
        if found or (timeout is not None and timeout <= 0):
            return found
        for _ in range(LOOKS):
            if found := self._real.select(0):
                return found
        if timeout is None:
            return self._real.select(None)
        self.now += timeout
        return []

    @override
    def register(self, fileobj: Any, events: int, data: Any = None) -> SelectorKey:
        return self._real.register(fileobj, events, data)

    @override
    def unregister(self, fileobj: Any) -> SelectorKey:
        return self._real.unregister(fileobj)

    @override
    def modify(self, fileobj: Any, events: int, data: Any = None) -> SelectorKey:
        return self._real.modify(fileobj, events, data)

    @override
    def close(self) -> None:
        self._real.close()

    @override
    def get_map(self) -> Mapping[Any, SelectorKey]:
        found = self._real.get_map()
        assert found is not None  # noqa: S101 - of an open selector
        return found


class LeapingLoop(asyncio.SelectorEventLoop):
    """The loop; give it to ``asyncio.Runner``. Seconds begin at 0."""

    def __init__(self) -> None:
        self._leaps = _Leaps()
        super().__init__(self._leaps)
        # After half a year of seconds a nanosecond is lost in the number, and what is due now would be due for ever.
        self._clock_resolution = RESOLUTION

    @override
    def time(self) -> float:
        return self._leaps.now

    @override
    def run_in_executor(  # type: ignore[override]  # a finished future is one, too
        self, executor: Any, func: Callable[..., T], *args: Any
    ) -> "asyncio.Future[T]":
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as trouble:  # noqa: BLE001 - whoever waits for it gets it
            done.set_exception(trouble)
        return done


class LeapingClock:
    """The product's clock on that loop: it shows ``start`` when the loop begins."""

    def __init__(self, start: datetime) -> None:
        self._start = start

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.steady())

    def steady(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        # What is shorter than the loop can tell ends at once, and who waits until a moment would wait for ever.
        await asyncio.sleep(max(seconds, 2 * RESOLUTION))

    def real_delay(self, at: datetime) -> float:
        return (at - self.now()).total_seconds()


class LeapingAlarm:
    """An alarm on that loop."""

    def __init__(self, clock: LeapingClock) -> None:
        self._clock = clock
        self._ring: Callable[[], None] = lambda: None
        self._next: asyncio.TimerHandle | None = None

    def start(self, ring: Callable[[], None]) -> None:
        self._ring = ring

    def set(self, at: datetime | None) -> None:
        self.stop()
        if at is not None:
            wait = max(0.0, self._clock.real_delay(at))
            self._next = asyncio.get_running_loop().call_later(wait, self._rings)

    def stop(self) -> None:
        if self._next:
            self._next.cancel()

    def _rings(self) -> None:
        self._ring()
