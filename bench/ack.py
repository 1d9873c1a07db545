"""``ack-ratio``: how many events a second are acknowledged durably, against the same adapter that keeps nothing.

Durable means the whole path: the real handler, the card, the rows of the outbox for both chats, the names of hanging
cards, the search index, the timer for undoing, and a flush to disk before the answer. Both servers run at the same
time on one core, and stand still in turn: short rounds of the one and the other follow each other, so that a machine
that changes its mood changes it for both.
"""

import asyncio
import statistics
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Final

from bench import load, machine, scene, wire
from bench.processes import Process, running
from bench.rows import Row
from bench.server import Orders
from storage.sqlite import SqliteDatabase

BAR: Final = 0.6
ROUNDS: Final = 8
SLICE: Final = 2500
"""Events in one round of one server."""
WARM: Final = 800


class Unkept(Exception):  # noqa: N818 - says what became of an acknowledged event
    """The database does not hold exactly what was acknowledged."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event: what it is called, how it is written, and what it says."""

    what: str
    event: wire.Event
    says: Callable[[scene.Scene, Random], str]


def _history(forum: scene.Scene, rng: Random) -> str:
    return f"decisions.history:{forum.forum}:{rng.randint(1, 200)}"


KINDS: Final = (
    Kind(
        "recording a decision, Telegram", wire.telegram_command, lambda _, rng: f"/beslut {scene.words(rng)}"
    ),
    Kind("pressing a button, Telegram", wire.telegram_press, _history),
    Kind("recording a decision, Slack", wire.slack_command, lambda _, rng: f"beslut {scene.words(rng)}"),
    Kind("pressing a button, Slack", wire.slack_press, _history),
)


@dataclass(slots=True)
class Pair:
    """A durable server and one that keeps nothing, of which at most one is awake."""

    durable: Process
    bare: Process
    database: Path
    forum: scene.Scene
    rng: Random = field(default_factory=lambda: Random(1))  # noqa: S311 - the same load every time
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 10**9)))
    acknowledged: int = 0

    def events(self, kind: Kind, count: int) -> list[bytes]:
        """So many new events."""
        return [kind.event(next(self.numbers), kind.says(self.forum, self.rng)) for _ in range(count)]

    async def slice(self, one: Process, requests: Sequence[bytes]) -> load.Result:
        """Let one of the servers take these events alone, as fast as it can."""
        return await self._alone(one, len(requests), load.closed(one.port, requests))

    async def trickle(self, one: Process, requests: Sequence[bytes], per_second: float) -> load.Result:
        """Let one of the servers take these events alone, as they come by chance."""
        return await self._alone(one, len(requests), load.opened(one.port, requests, per_second, self.rng))

    async def _alone(self, one: Process, count: int, run: Awaitable[load.Result]) -> load.Result:
        one.wake()
        try:
            result = await run
        finally:
            one.rest()
        if result.statuses != Counter({200: count}):
            raise load.LoadBroken(f"answered {dict(result.statuses)}")
        if one is self.durable:
            self.acknowledged += count
        return result


@contextmanager
def pair() -> Iterator[Pair]:
    """Both servers and the mock platforms, on a fresh forum.

    At the end what is stored is counted: raises ``Unkept`` when it is not exactly what was acknowledged.
    """
    with machine.folder() as place:
        database = Path(place) / "samsyn.db"
        forum = scene.furnish(database)
        core = machine.SERVER_CORE if machine.can_pin() else None
        with ExitStack() as stack:
            mock = stack.enter_context(running(["-m", "bench.mock"]))
            servers = []
            for durable in (True, False):
                orders = Orders(str(database), mock.port, durable=durable, core=core)
                servers.append(stack.enter_context(running(orders.arguments())))
                servers[-1].rest()
            both = Pair(servers[0], servers[1], database, forum)
            yield both
        stored = seen(database)
        if stored != both.acknowledged:
            raise Unkept(f"{both.acknowledged} events acknowledged, {stored} stored")


def seen(database: Path) -> int:
    """How many events the database remembers to have handled."""
    opened = SqliteDatabase(database)
    try:
        row = opened.store.one("select count(*) from seen")
        return int(row[0]) if row else 0
    finally:
        opened.close()


@dataclass(frozen=True, slots=True)
class _Measured:
    kind: Kind
    bare: list[load.Result]
    durable: list[load.Result]

    @property
    def ratios(self) -> list[float]:
        return [kept.rate / bare.rate for kept, bare in zip(self.durable, self.bare, strict=True)]

    def row(self, flush: float) -> Row:
        ratio = statistics.median(self.ratios)
        rates = [round(statistics.median(each.rate for each in side)) for side in (self.durable, self.bare)]
        waits = [statistics.median(each.wait_ms(0.99) for each in side) for side in (self.durable, self.bare)]
        busy = max(each.busy for each in (*self.bare, *self.durable))
        reference = (
            f"{rates[0]}/s against {rates[1]}/s of the same route and adapter with an intake that answers at once"
            f" and never suspends; {load.CONNECTIONS} connections, median of {len(self.bare)} rounds in turn"
            f" ({min(self.ratios):.2f}-{max(self.ratios):.2f}), p99 {waits[0]:.0f} and {waits[1]:.0f} ms,"
            f" load at most {busy:.0%} of its core, {'pinned' if machine.can_pin() else 'NOT pinned'}, WAL + FULL,"
            f" flush {flush:.2f} ms"
        )
        return Row(
            "ack-ratio", self.kind.what, ratio, "ratio", f">= {BAR} (aim 0.8)", reference, ratio >= BAR
        )


def measure() -> Iterator[Row]:
    """Every kind of event, and the smallest of all."""
    with pair() as both:
        flush = machine.flush_ms(both.database.parent)
        measured = asyncio.run(_measured(both))
    rows = [each.row(flush) for each in measured]
    yield from rows
    least = min(rows, key=lambda each: each.value)
    yield replace(least, what=f"the smallest: {least.what}", reference="the rows above")


async def _measured(both: Pair) -> list[_Measured]:
    every = [_Measured(kind, [], []) for kind in KINDS]
    sides = (both.bare, both.durable)
    for each in every:
        for server in sides:
            await both.slice(server, both.events(each.kind, WARM))
    for turn in range(ROUNDS):
        for each in every:
            for server in sides if turn % 2 else reversed(sides):
                result = await both.slice(server, both.events(each.kind, SLICE))
                (each.bare if server is both.bare else each.durable).append(result)
    return every
