"""``requests``: strangers at the doors of a running bot, and platforms gone mad; nobody gets in, nothing breaks.

The bot is what ``python -m bot run`` runs, with both doors open. It gets malformed requests without a signature, malformed
ones with the right one, and whole ones whose signature is nearly right; then strangers who never finish what they began.
By hand: ``python -m bench.requests --malformed 1000 --forged 5000 --seed 1``.
"""

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench import chance, load, machine, scene
from bench.cluster import Cluster
from bench.fuzzing.dice import Dice
from bench.knocks import Knock, Knocks
from bench.processes import running
from bench.rows import Row
from bench.start import bot_running
from bot.condition import looking

SHORT: Final = (1_000, 5_000)
"""Malformed requests of each kind, and forged signatures, in the ordinary bench."""
LONG: Final = (10_000, 100_000)
WARM: Final = 300
"""So many of each kind go before memory is looked at for the first time."""
AT_ONCE: Final = 48
CHUNK: Final = 2_000
DROPPED: Final = -2
GLANCE: Final = 0.2
"""Seconds that somebody who sent a broken request waits for an answer before hanging up."""
PATIENCE: Final = 20.0
SLOW: Final = 250
LARGE: Final = 2 * 1024 * 1024
GIVEN: Final = 15.0
"""Seconds in which the bot has hung up on who never finishes."""
MOST_MB: Final = 20.0
OK, ELSEWHERE, BROKEN = 200, 300, 500
WATCHED: Final = (
    "person", "account", "forum", "place", "actor", "member", "decision", "decision_version", "action", "action_event",
    "code", "guess", "draft", "seen", "outbox", "card_post", "timer", "dead_letter", "pulse_round", "pulse_result",
)  # fmt: skip
"""Tables in which something from outside would leave a trace."""
PAGES: Final = (b"/live", b"/ready", b"/metrics")


@dataclass(slots=True)
class Siege:
    """What came of it. Statuses: 0 is a connection that ended without an answer, -1 no answer at all.

    -2 is a connection that ended without one although the server had all that was announced.
    """

    seed: int
    unsigned: Counter[int] = field(default_factory=Counter)
    signed: Counter[int] = field(default_factory=Counter)
    forged: Counter[int] = field(default_factory=Counter)
    pages: Counter[int] = field(default_factory=Counter)
    rows: int = 0
    """Rows that came of unsigned and forged requests."""
    set_aside: int = 0
    growth_mb: float = 0.0
    held: int = 0
    """Connections of slow strangers that were still open in the end."""
    waited: float = 0.0
    """Seconds that somebody with a right to it waited at most, meanwhile."""
    descriptors: int = 0
    """Files and connections that the bot holds more than before."""


@dataclass(frozen=True, slots=True)
class Besieged:
    """A running bot: where it keeps its records, its process, the port of its doors."""

    where: Path | str
    pid: int
    port: int


async def besieged(bot: Besieged, siege: Siege, malformed: int, forged: int, slow: int = SLOW) -> Siege:
    """Bring it all to a running bot, each kind after the other."""
    where, pid, port = bot.where, bot.pid, bot.port
    knocks = Knocks(Dice(siege.seed), time.time)
    await _bring(port, [knocks.signed() for _ in range(min(WARM, malformed))])
    await _bring(port, [knocks.unsigned() for _ in range(min(WARM, malformed))])
    memory, descriptors, rows = machine.resident_mb(pid), _descriptors(pid), _rows(where)
    siege.unsigned = await _many(port, knocks.unsigned, malformed)
    for left in range(forged, 0, -CHUNK):
        # On connections that stay open, a few thousand at a time: a signature is only as good as its minute.
        found = await load.closed(port, [knocks.forged() for _ in range(min(CHUNK, left))])
        siege.forged.update(found.statuses)
    siege.pages = await _bring(port, list(_at_the_pages(Dice(siege.seed))))
    siege.held, siege.waited = await _slow_ones(port, slow)
    siege.rows = _rows(where) - rows
    siege.signed = await _many(port, knocks.signed, malformed)
    siege.set_aside = _rows(where) - rows - siege.rows
    siege.growth_mb = machine.resident_mb(pid) - memory
    siege.descriptors = _descriptors(pid) - descriptors
    return siege


async def _many(port: int, make: Callable[[], Knock], count: int) -> Counter[int]:
    statuses: Counter[int] = Counter()
    for left in range(count, 0, -CHUNK):
        statuses += await _bring(port, [make() for _ in range(min(CHUNK, left))])
    return statuses


# --- One request ---------------------------------------------------------------------------------------------------


async def _bring(port: int, knocks: Sequence[Knock]) -> Counter[int]:
    """Bring them, many at once, each on a connection of its own; the statuses."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(knock: Knock) -> int:
        async with places:
            return await _knock(port, knock) or (DROPPED if knock.whole else 0)

    return Counter(await asyncio.gather(*map(one, knocks)))


async def _knock(port: int, knock: Knock) -> int:
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                return await _answer(reader, writer, knock)
            finally:
                writer.close()
                with suppress(OSError):
                    await writer.wait_closed()
    except TimeoutError:
        return -1
    except OSError:
        return 0


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, knock: Knock) -> int:
    writer.write(knock.raw)
    with suppress(OSError):  # it may hang up while we still speak, and have answered all the same
        await writer.drain()
    line = b""
    if not knock.whole:
        with suppress(TimeoutError):
            async with asyncio.timeout(GLANCE):
                line = await reader.readline()
        if not line:
            writer.write_eof()
    line = line or await reader.readline()
    while line.startswith(b"HTTP/1.1 100"):
        await reader.readline()
        line = await reader.readline()
    return int(line[9:12]) if line.startswith(b"HTTP/1.") else 0


def _at_the_pages(dice: Dice) -> Iterator[Knock]:
    """What monitors and strangers ask: the pages of our health, as they are, by other methods, with odd additions."""
    for page in PAGES:
        for method in (b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS", b"PATCH"):
            for more in (b"", b"?a=1", b"?" + b"x" * 4000, b"/", b"%00", b"?q=%ff%fe"):
                for heads in (
                    b"",
                    b"Accept: " + dice.randbytes(9).hex().encode() + b"\r\n",
                    b"If-None-Match: *\r\n",
                ):
                    yield Knock(b"%b %b%b HTTP/1.1\r\nHost: x\r\n%b\r\n" % (method, page, more, heads))


# --- Slow and large ones -------------------------------------------------------------------------------------------


async def _slow_ones(port: int, count: int) -> tuple[int, float]:
    """Strangers who never finish, others who send far too much; how many are held, how long others waited."""
    begun = [
        b"",
        b"GET /live HT",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\nx",
    ]
    held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(count)]
    for place, (_, writer) in enumerate(held):
        writer.write(begun[place % len(begun)])
    large = Knock(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + b"10000\r\n%b\r\n" % (b" " * 65536) * (LARGE // 65536) + b"0\r\n\r\n", whole=False)  # fmt: skip
    flood = asyncio.create_task(_bring(port, [large] * 20))
    waited, began = 0.0, time.perf_counter()
    while held and time.perf_counter() - began < GIVEN:
        asked = time.perf_counter()
        await _knock(port, Knock(b"GET /live HTTP/1.1\r\nHost: x\r\n\r\n"))
        waited = max(waited, time.perf_counter() - asked)
        await asyncio.sleep(0.05)
        held = [each for each in held if not each[0].at_eof()]
        await asyncio.gather(*(_glance(reader) for reader, _ in held[:AT_ONCE]))
    await flood
    for _, writer in held:
        writer.close()
    return len(held), waited


async def _glance(reader: asyncio.StreamReader) -> None:
    with suppress(TimeoutError, OSError):
        async with asyncio.timeout(0.01):
            await reader.read()


# --- What it does to the bot ---------------------------------------------------------------------------------------


def _rows(where: Path | str) -> int:
    with looking(where) as store:
        return sum(int(str(store.all(f"select count(*) from {each}")[0][0])) for each in WATCHED)


def _descriptors(pid: int) -> int:
    try:
        return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return 0  # only Linux tells


def under_siege(seed: int, malformed: int, forged: int, engine: str = "sqlite", slow: int = SLOW) -> Siege:
    """Start a bot on a fresh database and bring it all."""
    with ExitStack() as open_now:
        folder = Path(open_now.enter_context(machine.folder())).resolve()
        where: Path | str = folder / "samsyn.db"
        if isinstance(where, Path) and engine == "sqlite":
            scene.furnish(where)
        else:
            where = open_now.enter_context(Cluster()).create("requests")
        mock = open_now.enter_context(running(["-m", "bench.mock"]))
        pid, port = open_now.enter_context(bot_running(where, mock.port))
        return asyncio.run(besieged(Besieged(where, pid, port), Siege(seed), malformed, forged, slow))


# --- The rows ------------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """A part of it on each engine. The environment's ``BENCH_SEED`` repeats a seed."""
    yield from _figures(*SHORT, "sqlite")
    yield from _figures(*SHORT, "postgres")


def torture() -> Iterator[Row]:
    """All of it on each engine."""
    yield from _figures(*LONG, "sqlite")
    yield from _figures(*LONG, "postgres")


def _figures(malformed: int, forged: int, engine: str) -> Iterator[Row]:
    seed = chance.seed()
    print(f"requests: seed {seed}, {engine}", file=sys.stderr, flush=True)  # also when it breaks
    siege = under_siege(seed, malformed, forged, engine)
    here = f"{engine}, seed {seed}"
    for what, found in (
        ("malformed unsigned", siege.unsigned),
        ("malformed signed", siege.signed),
        ("forged", siege.forged),
        ("pages of health", siege.pages),
    ):
        bad = broken(found)
        reference = f"{found.total():,} requests, {here}; statuses {said(found)}"
        yield Row("requests", f"5xx or no answer, {what}", bad, "", "0", reference, not bad)
    reference = f"{malformed:,} unsigned and {forged:,} forged requests, {here}; signed ones left {siege.set_aside:,} rows"
    yield Row("requests", "rows from unsigned and forged", siege.rows, "", "0", reference, not siege.rows)
    bad = accepted(siege.forged)
    reference = (
        f"{siege.forged.total():,} forged signatures and secrets, {here}; statuses {said(siege.forged)}"
    )
    yield Row("requests", "forged signatures accepted", bad, "", "0", reference, not bad)
    grown = round(siege.growth_mb, 1)
    reference = f"resident, after all of it against after {WARM} of each kind, {here}; {siege.descriptors:+} descriptors"
    yield Row("requests", "growth of memory", grown, "MB", f"<= {MOST_MB:g}", reference, grown <= MOST_MB)
    reference = (
        f"of {SLOW} that never finish, after {GIVEN:g} s, {here}; others waited {siege.waited:.2f} s at most"
    )
    yield Row("requests", "slow strangers still held", siege.held, "", "0", reference, not siege.held)


def broken(statuses: Counter[int]) -> int:
    """How many were no plain answer."""
    return sum(count for status, count in statuses.items() if status >= BROKEN or status < 0)


def accepted(statuses: Counter[int]) -> int:
    """How many were let in."""
    return sum(count for status, count in statuses.items() if OK <= status < ELSEWHERE)


_NAMES: Final = {0: "hung up on", -1: "silence", DROPPED: "hung up on although whole"}


def said(statuses: Counter[int]) -> str:
    """The statuses and how often they came."""
    return ", ".join(f"{_NAMES.get(status, status)}: {count:,}" for status, count in sorted(statuses.items()))


def main() -> None:
    """Besiege a bot by hand."""
    parser = argparse.ArgumentParser(
        prog="bench.requests", description="Bring what is not right to the doors."
    )
    parser.add_argument("--seed", type=int, default=chance.seed())
    parser.add_argument("--malformed", type=int, default=SHORT[0])
    parser.add_argument("--forged", type=int, default=SHORT[1])
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    print(under_siege(asked.seed, asked.malformed, asked.forged, asked.engine))


if __name__ == "__main__":
    main()
