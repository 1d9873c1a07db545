"""``workers-speed``: how many updates a second one, two and four processes handle on one PostgreSQL server.

All of it is on this machine: the bots (``python -m bot run``), the server, the platforms and the load, which is a busy
day in many forums, brought over HTTP to the doors of all processes as fast as they answer; an answer comes after the
commit. Rounds of the different numbers of processes follow each other, each with bots started anew, so that a machine
that changes its mood changes it for all. By hand: ``python -m bench.speed --rounds 3 --processes 1 2``.
"""

import argparse
import asyncio
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from bench import bustle, chance, load, machine, start
from bench.cluster import Cluster
from bench.processes import running
from bench.rows import Row
from storage.opened import opened

BAR: Final = 1.2
ROUNDS: Final = 5
LONG_ROUNDS: Final = 15
SLICE: Final = 2000
"""Updates in one round."""
WARM: Final = 5
"""Before it, for each process, as many updates as this part of them."""
CONNECTIONS: Final = 64
_UTIME: Final = 11
"""Fields after the name of the program in ``/proc/<pid>/stat``."""
_PARENT: Final = 1


@dataclass(frozen=True, slots=True)
class Round:
    """One round: updates a second, and the share of all cores' time that each part took."""

    rate: float
    refused: int
    shares: dict[str, float]


@dataclass(slots=True)
class Side:
    """A number of processes on a database, and how it went in each round."""

    name: str
    where: Path | str
    processes: int
    crowd: bustle.Bustle
    rounds: list[Round] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Updates a second, the median of all rounds."""
        return statistics.median(each.rate for each in self.rounds)

    def shares(self) -> str:
        """Who used the machine, in words."""
        parts = self.rounds[0].shares
        return ", ".join(
            f"{part} {statistics.median(each.shares[part] for each in self.rounds):.0%}" for part in parts
        )


def side(name: str, where: Path | str, processes: int, rng: Random) -> Side:
    """So many processes on an empty database, which gets forums and people."""
    with closing(opened(where)) as database:
        database.migrate()
        made = bustle.furnish(database.transactions.begin())
        database.transactions.prepare()
        database.transactions.commit()
    return Side(name, where, processes, bustle.Bustle(made, rng))


async def once(one: Side, updates: int, mock: int, platforms: int, server: int | None) -> Round:
    """One round. ``mock`` is the process of the platforms and ``platforms`` their port, ``server`` the database's."""
    with ExitStack() as stack:
        bots = [stack.enter_context(start.bot_running(one.where, platforms)) for _ in range(one.processes)]
        ports = [port for _, port in bots]
        await _Spread(one.crowd.events(updates // WARM * len(bots))).sent(ports)
        requests = one.crowd.events(updates)
        parts = {
            "bots": [pid for pid, _ in bots], "server": _family(server), "load": [os.getpid()], "platforms": [mock],
        }  # fmt: skip
        before, began = _used(parts), time.perf_counter()
        statuses = await _Spread(requests).sent(ports)
        seconds, after = time.perf_counter() - began, _used(parts)
    _tidy(one.where)
    whole = seconds * (os.cpu_count() or 1) * os.sysconf("SC_CLK_TCK")
    shares = {each: (after[each] - before[each]) / whole for each in parts}
    return Round(updates / seconds, updates - statuses[200], shares)


class _Spread:
    """Requests over connections to several doors: whoever was answered takes the next."""

    def __init__(self, requests: Sequence[bytes]) -> None:
        self._requests = iter(requests)
        self._left = len(requests)
        self._statuses: Counter[int] = Counter()
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def sent(self, ports: Sequence[int]) -> Counter[int]:
        """Send all; how often each status was answered. Raises ``LoadBroken``."""
        loop = asyncio.get_running_loop()
        pool = [
            (await loop.create_connection(load.Connection, "127.0.0.1", ports[each % len(ports)]))[1]
            for each in range(CONNECTIONS)
        ]
        try:
            for each in pool:
                self._ask(each)
            await self._over
        finally:
            for each in pool:
                each.close()
        return self._statuses

    def _ask(self, connection: load.Connection) -> None:
        request = next(self._requests, None)
        if request is not None:
            connection.ask(request, self._answered)

    def _answered(self, connection: load.Connection, status: int) -> None:
        if self._over.done():
            return
        if not status:
            self._over.set_exception(load.LoadBroken("a connection broke"))
            return
        self._statuses[status] += 1
        self._left -= 1
        if self._left:
            self._ask(connection)
        else:
            self._over.set_result(None)


def _tidy(where: Path | str) -> None:
    """Nobody waits for these messages: they would only grow in number, at the pace of the platforms."""
    with closing(opened(where)) as database:
        database.store.run("update outbox set state = 'dropped', card = '' where state in ('new', 'sending')")


def _family(pid: int | None) -> list[int]:
    """A process and its children."""
    if pid is None:
        return []
    every = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]
    return [pid, *(each for each in every if (stat := _stat(each)) and int(stat[_PARENT]) == pid)]


def _used(parts: dict[str, list[int]]) -> dict[str, int]:
    """Ticks of the clock that each part has used, with what of it has ended since it began."""
    return {
        name: sum(sum(map(int, stat[_UTIME : _UTIME + 2])) for pid in pids if (stat := _stat(pid)))
        for name, pids in parts.items()
    }


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


# --- Rows --------------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """One, two and four processes, and one on a SQLite file."""
    yield from rows(ROUNDS, (1, 2, 4), chance.seed())


def torture() -> Iterator[Row]:
    """The same for longer."""
    yield from rows(LONG_ROUNDS, (1, 2, 4), chance.seed())


def rows(rounds: int, processes: Sequence[int], seed: int, updates: int = SLICE) -> list[Row]:
    """So many rounds of each number of processes; one and two of them are compared."""
    print(f"workers-speed: seed {seed}", file=sys.stderr, flush=True)  # also when it breaks
    with machine.folder() as folder, Cluster(durable=True) as server, running(["-m", "bench.mock"]) as mock:
        sides = [side("SQLite, 1 process", (Path(folder) / "speed.db").resolve(), 1, Random(seed))]  # noqa: S311
        sides += [
            side(f"PostgreSQL, {each} process{'es' * (each > 1)}", server.create(f"speed{each}"), each, Random(seed))  # noqa: S311
            for each in processes
        ]  # fmt: skip
        for number in range(rounds):
            for each in sides if number % 2 else reversed(sides):
                pid = server.pid if isinstance(each.where, str) else None
                each.rounds.append(asyncio.run(once(each, updates, mock.popen.pid, mock.port, pid)))
        flush = machine.flush_ms(Path(folder))
    return _rows(sides, rounds, updates, seed, flush)


def _rows(sides: Sequence[Side], rounds: int, updates: int, seed: int, flush: float) -> list[Row]:
    found = [
        Row("workers-speed", each.name, round(each.rate), "/s", "(shown)", f"of the time of all cores: {each.shares()}", ok=True)
        for each in sides
    ]  # fmt: skip
    one, two = (next(each for each in sides[1:] if each.processes == wanted) for wanted in (1, 2))
    ratios = [both.rate / alone.rate for alone, both in zip(one.rounds, two.rounds, strict=True)]
    ratio = statistics.median(ratios)
    reference = (
        f"median of {rounds} rounds of {updates} updates in turn ({min(ratios):.2f}-{max(ratios):.2f}), {CONNECTIONS}"
        f" connections, {os.cpu_count()} cores for all of it, {bustle.FORUMS} forums, flush {flush:.2f} ms, seed {seed}"
    )
    refused = sum(each.refused for every in sides for each in every.rounds)
    return [
        *found,
        Row("workers-speed", "updates a second, 2 processes to 1", ratio, "ratio", f">= {BAR}", reference, ratio >= BAR),
        Row("workers-speed", "updates refused", refused, "", "0", f"of {updates * rounds * len(sides)}", refused == 0),
    ]  # fmt: skip


def main() -> None:
    """Print the rows of another course."""
    parser = argparse.ArgumentParser(prog="bench.speed", description="One process and several, compared.")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--seed", type=int, default=chance.seed())
    asked = parser.parse_args()
    for each in rows(asked.rounds, asked.processes, asked.seed):
        print(each.line())


if __name__ == "__main__":
    main()
