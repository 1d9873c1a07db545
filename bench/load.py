"""The load: connections that stay open, requests written beforehand, answers counted one by one.

``closed`` asks again on a connection as soon as it was answered: how much can be taken? ``opened`` asks at moments
that chance chose beforehand, whatever the answers do: how long does one wait? Its waiting is counted from the chosen
moment, so that a server that falls behind cannot hide it.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from typing_extensions import override

CONNECTIONS: Final = 64
_END: Final = b"\r\n\r\n"


class LoadBroken(Exception):  # noqa: N818 - the server went away under the load
    """A connection ended before its answer came."""


@dataclass(slots=True)
class Result:
    """What came of a load. ``busy`` is the share of its core that the load itself used."""

    seconds: float = 0.0
    busy: float = 0.0
    waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def wait_ms(self, share: float) -> float:
        """Milliseconds within which this share of the answers came."""
        ranked = sorted(self.waits)
        return ranked[min(len(ranked) - 1, int(len(ranked) * share))] * 1000


class Connection(asyncio.Protocol):
    """One connection: a request out, its answer in."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._answered: Callable[[Connection, int], None] | None = None
        self.asked_at = 0.0

    def ask(self, request: bytes, answered: Callable[["Connection", int], None]) -> None:
        """Send a request; ``answered`` gets the status of its answer, 0 for a connection that broke."""
        self._answered = answered
        if self._transport is None:
            self._done(0)
        else:
            self._transport.write(request)

    def close(self) -> None:
        """Hang up."""
        if self._transport:
            self._transport.close()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP gives no other
        self._transport = transport

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._answered:
            self._done(0)

    @override
    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        head = self._buffer.find(_END)
        if head < 0 or len(self._buffer) < head + len(_END) + _length(self._buffer[:head]):
            return
        status, self._buffer = int(self._buffer[9:12]), b""
        self._done(status)

    def _done(self, status: int) -> None:
        answered, self._answered = self._answered, None
        if answered:
            answered(self, status)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


async def closed(port: int, requests: Sequence[bytes], connections: int = CONNECTIONS) -> Result:
    """Send all requests, so many at a time. Raises ``LoadBroken``."""
    return await _Run(iter(requests), len(requests)).all_at(port, min(connections, len(requests)))


async def opened(port: int, requests: Sequence[bytes], per_second: float, rng: Random) -> Result:
    """Send all requests at random moments, so many a second on average. Raises ``LoadBroken``."""
    return await _Run(iter(requests), len(requests)).by_chance(port, per_second, rng)


class _Run:
    def __init__(self, requests: Iterator[bytes], wanted: int) -> None:
        self._requests = requests
        self._wanted = wanted
        self._result = Result()
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._free: deque[Connection] = deque()
        self._queue: deque[tuple[float, bytes]] = deque()

    async def all_at(self, port: int, connections: int) -> Result:
        pool = await _pool(port, connections)

        def arrange() -> None:
            for each in pool:
                self._again(each)

        return await self._timed(pool, arrange)

    async def by_chance(self, port: int, per_second: float, rng: Random) -> Result:
        pool = await _pool(port, CONNECTIONS)
        self._free.extend(pool)
        loop = asyncio.get_running_loop()

        def arrange() -> None:
            at = loop.time()
            for request in self._requests:
                at += rng.expovariate(per_second)
                loop.call_at(at, self._arrive, time.perf_counter() + at - loop.time(), request)

        return await self._timed(pool, arrange)

    async def _timed(self, pool: Sequence[Connection], begin: Callable[[], object]) -> Result:
        began, used = time.perf_counter(), time.process_time()
        begin()
        try:
            await self._over
        finally:
            for each in pool:
                each.close()
        self._result.seconds = time.perf_counter() - began
        self._result.busy = (time.process_time() - used) / self._result.seconds
        return self._result

    def _again(self, connection: Connection) -> None:
        request = next(self._requests, None)
        if request is not None:
            connection.asked_at = time.perf_counter()
            connection.ask(request, self._answered)

    def _arrive(self, chosen: float, request: bytes) -> None:
        self._queue.append((chosen, request))
        self._serve()

    def _serve(self) -> None:
        while self._queue and self._free:
            connection = self._free.popleft()
            connection.asked_at, request = self._queue.popleft()
            connection.ask(request, self._answered_by_chance)

    def _answered(self, connection: Connection, status: int) -> None:
        if self._note(connection, status):
            self._again(connection)

    def _answered_by_chance(self, connection: Connection, status: int) -> None:
        if self._note(connection, status):
            self._free.append(connection)
            self._serve()

    def _note(self, connection: Connection, status: int) -> bool:
        if not status:
            if not self._over.done():
                self._over.set_exception(LoadBroken("a connection broke"))
            return False
        self._result.waits.append(time.perf_counter() - connection.asked_at)
        self._result.statuses[status] += 1
        if len(self._result.waits) == self._wanted:
            self._over.set_result(None)
        return True


async def _pool(port: int, connections: int) -> list[Connection]:
    loop = asyncio.get_running_loop()
    return [(await loop.create_connection(Connection, "127.0.0.1", port))[1] for _ in range(connections)]
