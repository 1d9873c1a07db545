"""``dispatch-100``: the rate with a hundred more handlers registered, against that with decisions alone."""

import asyncio
import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from bench import ack, machine, scene
from bench.processes import running
from bench.rows import Row
from bench.server import Orders

MORE: Final = 100
ROUNDS: Final = 6
SLICE: Final = 1200
BAR: Final = 0.9


def measure() -> Iterator[Row]:
    """Pressing a button, through adapter and engine, in rounds that take turns."""
    with machine.folder() as place, ExitStack() as stack:
        mock = stack.enter_context(running(["-m", "bench.mock"]))
        core = machine.SERVER_CORE if machine.can_pin() else None
        servers, databases = [], [Path(place) / f"{handlers}.db" for handlers in (MORE, 0)]
        forums = [scene.furnish(each) for each in databases]
        for database, handlers in zip(databases, (MORE, 0), strict=True):
            orders = Orders(str(database), mock.port, durable=True, core=core, crowd=handlers)
            servers.append(stack.enter_context(running(orders.arguments())))
            servers[-1].rest()
        both = ack.Pair(servers[0], servers[1], databases[0], forums[0])
        ratios = asyncio.run(_ratios(both))
    ratio = statistics.median(ratios)
    reference = f"the same server with the handlers of decisions alone; median of {ROUNDS} rounds in turn ({min(ratios):.2f}-{max(ratios):.2f})"
    yield Row(
        "dispatch-100", "pressing a button, Telegram", ratio, "ratio", f">= {BAR}", reference, ratio >= BAR
    )


async def _ratios(both: ack.Pair) -> list[float]:
    kind = ack.KINDS[1]
    for server in (both.bare, both.durable):
        await both.slice(server, both.events(kind, ack.WARM))
    ratios = []
    for turn in range(ROUNDS):
        rates = {}
        for server in (both.bare, both.durable) if turn % 2 else (both.durable, both.bare):
            result = await both.slice(server, both.events(kind, SLICE))
            rates[server.port] = result.rate
        ratios.append(rates[both.durable.port] / rates[both.bare.port])
    return ratios
