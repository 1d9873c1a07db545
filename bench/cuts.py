"""``commit-cuts``: connections to PostgreSQL are cut exactly at COMMIT, and servers fall while a standby takes over.

Two bot processes with doors, each through ports of its own, while people record decisions on both platforms all the
time. First each in turn loses its connection at a commit: before it reaches the server, while it does, or before the
answer comes back. Then the server is killed again and again; a standby that had to have every commit takes over, and
gets a standby of its own. By hand: ``python -m bench.cuts --cuts 20 --failovers 2 --seed 1``.
"""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from bench import chance, counting, kills, machine
from bench.cluster import LOOPBACK, USER, Cluster
from bench.counting import Sent
from bench.lives import Lives, lives
from bench.proxy import WHERES, Proxy
from bench.rows import Row
from bench.town import Town, town

CUTS: Final = 200
FAILOVERS: Final = 20
SOME_CUTS: Final = 40
SOME_FAILOVERS: Final = 3
BACK: Final = 60.0
"""Seconds until the next update is acknowledged."""
FORUMS: Final = 120
PER_SECOND: Final = 6.0
"""Decisions."""
PASSING: Final = (0, 12)
"""Commits that pass before the one that is cut."""
QUIET: Final = (0.0, 0.3)
"""Seconds between one cut and the next."""
GIVEN_UP: Final = 120.0
"""Seconds after which we no longer wait for an update to be acknowledged."""
PROCESSES: Final = 2


@dataclass(slots=True)
class Course:
    """What happened. ``back`` are the seconds until a process that was cut off acknowledged its next update."""

    seed: int
    sent: list[Sent] = field(default_factory=list)
    cuts: Counter[str] = field(default_factory=Counter)
    failovers: int = 0
    back: list[float] = field(default_factory=list)
    back_after_failover: list[float] = field(default_factory=list)


@dataclass(slots=True)
class _Bot:
    """A process, and its ways to the first and the second server."""

    life: Lives
    ways: list[Proxy]


async def course(
    server: Cluster, folder: Path, cuts: int, failovers: int, seed: int
) -> tuple[Course, counting.Count]:
    """Cut so often and let so many servers fall, then count. ``server`` has nothing yet, and is not there at the end."""
    rng = Random(seed)  # noqa: S311 - to be repeated
    done = Course(seed)
    async with AsyncExitStack() as stack:
        ways = [await _ways(stack, server) for _ in range(PROCESSES)]
        place = await stack.enter_async_context(town(server.create("cuts"), FORUMS))
        bots = [
            await stack.enter_async_context(_bot(place, folder, number, ways)) for number in range(PROCESSES)
        ]
        place.brings_to_doors()
        talk = asyncio.create_task(_talk(place, done, Random(rng.random())))  # noqa: S311
        try:
            for number in range(cuts):
                await _one_cut(place, bots[number % PROCESSES], done, rng)
            await _failovers(place, bots, server, failovers, done, rng)
        finally:
            talk.cancel()
            await asyncio.gather(talk, return_exceptions=True)
        await kills.finished(place, [each.life for each in bots])
        count = counting.count(place.database, place.ledger, done.sent, {})
    return done, count


async def _ways(stack: AsyncExitStack, server: Cluster) -> list[Proxy]:
    ways = [Proxy(server), Proxy(None)]
    for each in ways:
        await each.open()
        stack.push_async_callback(each.close)
    return ways


def _address(ways: list[Proxy]) -> str:
    hosts, ports = ",".join([LOOPBACK] * len(ways)), ",".join(str(each.port) for each in ways)
    return (
        f"postgresql://{USER}@/cuts?host={hosts}&port={ports}&target_session_attrs=read-write"
        "&sslmode=disable&gssencmode=disable"
    )


@asynccontextmanager
async def _bot(place: Town, folder: Path, number: int, ways: list[list[Proxy]]) -> AsyncIterator[_Bot]:
    settings = place.settings(doors=True) | {"DATABASE_URL": _address(ways[number])}
    async with lives(folder, settings, name=f"bot{number}") as life:
        life.start()
        place.front.doors.append(await life.ready())
        yield _Bot(life, ways[number])


async def _talk(place: Town, done: Course, rng: Random) -> None:
    """People record decisions for as long as it takes."""
    while True:
        await asyncio.sleep(rng.expovariate(PER_SECOND))
        done.sent.append(place.records_a_decision(len(done.sent), rng))


async def _one_cut(place: Town, bot: _Bot, done: Course, rng: Random) -> None:
    where, passing = rng.choice(WHERES), rng.randint(*PASSING)
    way = next(each for each in bot.ways if each.server)
    async with asyncio.timeout(GIVEN_UP):
        at = await way.cut(where, passing)
        done.back.append(await place.front.taken_by(bot.life.port, at) - at)
    done.cuts[where] += 1
    place.telegram.webhook.hurry()
    await asyncio.sleep(rng.uniform(*QUIET))


async def _failovers(
    place: Town, bots: list[_Bot], server: Cluster, many: int, done: Course, rng: Random
) -> None:
    if not many:
        return
    standby = await _followed(server, bots)
    for number in range(many):
        await asyncio.sleep(rng.uniform(*QUIET))
        at = asyncio.get_running_loop().time()
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(standby.promote)
        async with asyncio.timeout(GIVEN_UP):
            back = [await place.front.taken_by(each.life.port, at) - at for each in bots]
        done.back_after_failover.append(max(back))
        done.failovers += 1
        place.telegram.webhook.hurry()
        await asyncio.to_thread(server.discard)
        server = standby
        place.database = server.dsn("cuts")
        if number + 1 < many:
            standby = await _followed(server, bots)


async def _followed(server: Cluster, bots: list[_Bot]) -> Cluster:
    """A new standby, where the last server was that fell."""
    standby = await asyncio.to_thread(server.standby)
    for each in bots:
        way = next(way for way in each.ways if way.server is not server)
        way.server = standby
    return standby


# --- Rows --------------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """Some cuts, and a few servers that fall."""
    yield from rows(SOME_CUTS, SOME_FAILOVERS, chance.seed())


def torture() -> Iterator[Row]:
    """All of them."""
    yield from rows(CUTS, FAILOVERS, chance.seed())


def rows(cuts: int, failovers: int, seed: int) -> list[Row]:
    """Cut so often, let so many servers fall, and count."""
    print(f"commit-cuts: seed {seed}", file=sys.stderr, flush=True)  # also when it breaks
    with machine.folder() as folder, Cluster(durable=True) as server:
        done, count = asyncio.run(course(server, Path(folder).resolve(), cuts, failovers, seed))
    cut = ", ".join(f"{done.cuts[each]} {each}" for each in WHERES)
    against = (
        f"{cuts} connections cut at COMMIT ({cut} it reached the server or its answer the bot), {failovers} failovers"
        f" to a synchronous standby, seed {seed}; {len(done.sent)} decisions, {PROCESSES} processes"
    )
    messages = f"of {2 * len(done.sent)}"
    slowest, fallen = max(done.back, default=0.0), max(done.back_after_failover, default=0.0)
    asked: list[tuple[str, float, str, float, str]] = [
        ("acknowledged, but lost", count.lost, "", 0, against),
        ("doubled, or numbers with gaps", count.doubled + count.misnumbered, "", 0, against),
        ("times the database was damaged", count.damaged, "", 0, "at last"),
        ("messages missing, unknown or doubled", count.missing + count.unknown + count.doubled_outside, "", 0, messages),
        ("back after a cut, at the latest", round(slowest, 1), "s", BACK, "until the same process acknowledges an update"),
        ("back after a failover, at the latest", round(fallen, 1), "s", BACK, "from the kill until each process acknowledges one"),
    ]  # fmt: skip
    return [
        Row("commit-cuts", what, value, unit, f"<= {bar:g}" if bar else "0", reference, value <= bar)
        for what, value, unit, bar, reference in asked
    ]


def main() -> None:
    """Print the rows of a shorter or a repeated course."""
    parser = argparse.ArgumentParser(prog="bench.cuts", description="Cut connections at COMMIT, and count.")
    parser.add_argument("--cuts", type=int, default=20)
    parser.add_argument("--failovers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=chance.seed())
    asked = parser.parse_args()
    for each in rows(asked.cuts, asked.failovers, asked.seed):
        print(each.line())


if __name__ == "__main__":
    main()
