"""``ack-p99``: how long an answer takes when 200 events a second come as they please, beside an intake that keeps nothing."""

import asyncio
from collections.abc import Iterator
from typing import Final

from bench import ack
from bench.rows import Row

PER_SECOND: Final = 200.0
EVENTS: Final = 2000
MOST_MS: Final = 50.0


def measure() -> Iterator[Row]:
    """Recording a decision on either platform: the wait of the slowest hundredth, durable minus kept nowhere."""
    for kind in (ack.KINDS[0], ack.KINDS[2]):
        with ack.pair() as both:
            bare, durable = asyncio.run(_waits(both, kind))
        more = durable - bare
        reference = (
            f"p99 {durable:.1f} ms against {bare:.1f} ms of the same adapter with an intake that keeps nothing;"
            f" {EVENTS} events each, Poisson at {PER_SECOND:g}/s"
        )
        yield Row("ack-p99", kind.what, round(more, 2), "ms", f"<= {MOST_MS:g}", reference, more <= MOST_MS)


async def _waits(both: ack.Pair, kind: ack.Kind) -> tuple[float, float]:
    for server in (both.bare, both.durable):
        await both.slice(server, both.events(kind, ack.WARM))
    bare = await both.trickle(both.bare, both.events(kind, EVENTS), PER_SECOND)
    durable = await both.trickle(both.durable, both.events(kind, EVENTS), PER_SECOND)
    return bare.wait_ms(0.99), durable.wait_ms(0.99)
