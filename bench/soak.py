"""``soak``: the running bot at 50 events a second for long; whether its memory, its open files or its journal grow.

``python -m bot run`` is one process, the platforms are another, and the load is this one; only the bot is looked at,
from outside. What is compared is the first tenth of the looks after the warm-up with the last tenth, and a line through
all of them. By hand: ``python -m bench.soak --seconds 600 --warm 60 --seed 1``.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from bench import bustle, chance, cluster, counting, load, machine, start
from bench.processes import running
from bench.rows import Row
from storage import outbox
from storage.opened import opened

PER_SECOND: Final = 50.0
SLICE_SECONDS: Final = 5.0
"""The load comes in slices of so long; between them the bot is looked at, with no connection open from us."""
BREATH: Final = 0.25
"""Seconds that the bot has to close them."""
REST: Final = 40.0
"""Seconds around which open files are counted: four fifths in silence, then few events.

Warm connections to the platforms are let go meanwhile, and what is never closed stays. aiohttp keeps each for 15
seconds after its last use, takes them in turn, so that few events keep many warm, and looks every 15 seconds; httpx lets
go with the next event. What counts is the fewest at any look.
"""
SILENT: Final = 0.8
RESTING: Final = 2.0
MOST_GROWTH: Final = 0.05
MOST_JOURNAL_MB: Final = 64.0
DRAIN_SECONDS: Final = 90.0
_TENTH: Final = 10


@dataclass(frozen=True, slots=True)
class Look:
    """The bot from outside, so many seconds after the warm-up."""

    at: float
    resident_mb: float
    journal_mb: float


@dataclass(slots=True)
class Course:
    """What a soak was and what was seen. ``left`` are messages that had not gone out some time after its end."""

    seed: int
    engine: str
    events: int = 0
    refused: int = 0
    slowest_ms: float = 0.0
    looks: list[Look] = field(default_factory=list)
    files: tuple[int, int] = (0, 0)
    """The fewest open in a rest at the beginning and in one at the end."""
    left: int = 0

    @property
    def seconds(self) -> float:
        """How long it was looked at."""
        return self.looks[-1].at - self.looks[0].at

    def _ends(self) -> tuple[list[Look], list[Look]]:
        share = max(1, len(self.looks) // _TENTH)
        return self.looks[:share], self.looks[-share:]

    @property
    def resident(self) -> tuple[float, float]:
        """Megabytes at the beginning and at the end."""
        first, last = self._ends()
        return tuple(statistics.mean(each.resident_mb for each in part) for part in (first, last))  # type: ignore[return-value]

    @property
    def growth(self) -> float:
        """Of the memory, as a share of what it was."""
        before, after = self.resident
        return after / before - 1

    @property
    def slope(self) -> float:
        """Megabytes an hour, of a line through all looks."""
        if len(self.looks) < 2:  # noqa: PLR2004 - through one point there are many
            return 0.0
        line = statistics.linear_regression(
            [each.at for each in self.looks], [each.resident_mb for each in self.looks]
        )
        return line.slope * 3600

    @property
    def more_files(self) -> int:
        """By how much they grew."""
        return self.files[1] - self.files[0]

    @property
    def journal_mb(self) -> float:
        """The largest that the journal ever was."""
        return max(each.journal_mb for each in self.looks)


@dataclass(frozen=True, slots=True)
class Length:
    """How long a soak takes, in seconds."""

    busy: float
    warm: float
    rest: float = REST
    drain: float = DRAIN_SECONDS
    calm: float = 0.0
    """Before the last rest: the cards of a long soak are still changed when they can be undone no more."""


SHORT: Final = Length(180.0, 90.0)
LONG: Final = Length(3600.0, 300.0, calm=960.0)


async def soaked(where: Path | str, length: Length, seed: int, forums: int = bustle.FORUMS) -> Course:
    """Keep the bot busy on this empty database for so long."""
    rng = Random(seed)  # noqa: S311 - to be repeated
    crowd = bustle.Bustle(_furnished(where, forums), rng)
    done = Course(seed, "SQLite" if isinstance(where, Path) else "PostgreSQL")
    with ExitStack() as stack:
        mock = stack.enter_context(running(["-m", "bench.mock"]))
        bot, port = stack.enter_context(start.bot_running(where, mock.port))
        load_of = _Load(crowd, port, rng, done)
        await load_of.at(PER_SECOND, length.warm)
        await _left(where, length.drain)  # while many go out, connections for them are open
        before = await _rested(load_of, bot, length.rest)
        began, done.events = time.monotonic(), 0
        while not done.looks or done.looks[-1].at < length.busy:
            await load_of.at(PER_SECOND, min(SLICE_SECONDS, length.busy))
            done.looks.append(_look(bot, where, time.monotonic() - began))
        await asyncio.sleep(length.calm)
        done.left = await _left(where, length.drain)
        done.files = (before, await _rested(load_of, bot, length.rest))
    return done


@dataclass(frozen=True, slots=True)
class _Load:
    crowd: bustle.Bustle
    port: int
    rng: Random
    done: Course

    async def at(self, per_second: float, seconds: float) -> None:
        """So many events a second for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            requests = self.crowd.events(max(1, round(per_second * min(left, SLICE_SECONDS))))
            result = await load.opened(self.port, requests, per_second, self.rng)
            self.done.events += len(requests)
            self.done.refused += len(requests) - result.statuses[200]
            self.done.slowest_ms = max(self.done.slowest_ms, result.wait_ms(1.0))
        await asyncio.sleep(BREATH)


async def _rested(load_of: _Load, bot: int, seconds: float) -> int:
    """The fewest files that the bot had open in a rest of so long."""
    until, fewest = time.monotonic() + seconds, _files(bot)
    await asyncio.sleep(SILENT * seconds)
    while (left := until - time.monotonic()) > 0:
        await load_of.at(RESTING, min(left, SLICE_SECONDS))
        fewest = min(fewest, _files(bot))
    return fewest


def _look(bot: int, where: Path | str, at: float) -> Look:
    journal = where.with_name(where.name + "-wal") if isinstance(where, Path) else None
    size = journal.stat().st_size / 2**20 if journal and journal.exists() else 0.0
    return Look(at, machine.resident_mb(bot), size)


def _files(bot: int) -> int:
    return sum(1 for _ in Path(f"/proc/{bot}/fd").iterdir())


def _furnished(where: Path | str, forums: int) -> list[bustle.Forum]:
    with closing(opened(where)) as database:
        database.migrate()
        made = bustle.furnish(database.transactions.begin(), forums)
        database.transactions.commit()
    return made


async def _left(where: Path | str, drain: float) -> int:
    """Messages that have not gone out when there has been time for all of them."""
    until = time.monotonic() + drain
    count = _waiting(where)
    while count and time.monotonic() < until:
        await asyncio.sleep(1)
        count = _waiting(where)
    return count


def _waiting(where: Path | str) -> int:
    """Looked at over a connection of our own; on SQLite one that takes no lock."""
    if isinstance(where, Path):
        return counting.waiting(where)
    with closing(opened(where)) as database:
        return outbox.count(database.store, "new") + outbox.count(database.store, "sending")


# --- Rows --------------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """Some minutes on SQLite."""
    yield from _rows(SHORT, chance.seed())


def torture() -> Iterator[Row]:
    """An hour on each engine."""
    seed = chance.seed()
    yield from _rows(LONG, seed)
    with cluster.Cluster(durable=True) as server:
        yield from _rows(LONG, seed, server.create("soak"))


def _rows(length: Length, seed: int, address: str = "") -> list[Row]:
    print(f"soak: seed {seed}", file=sys.stderr, flush=True)  # also when it breaks
    with machine.folder() as folder:
        where = address or (Path(folder) / "soak.db").resolve()
        return rows(asyncio.run(soaked(where, length, seed)), length)


def rows(done: Course, length: Length) -> list[Row]:
    """What came of it."""
    before, after = done.resident
    reference = (
        f"{done.events} events in {done.seconds:.0f} s after {length.warm:g} s of warm-up, in {bustle.FORUMS} forums, seed"
        f" {done.seed}; {done.refused} refused, slowest answer {done.slowest_ms:.0f} ms, {done.left} messages left"
    )
    memory = f"{before:.1f} MB, then {after:.1f} MB; a line through {len(done.looks)} looks rises {done.slope:+.1f} MB an hour"
    asked: list[tuple[str, float, str, str, str, bool]] = [
        ("growth of memory", round(done.growth * 100, 1), "%", f"<= {MOST_GROWTH:.0%}", memory, done.growth <= MOST_GROWTH),
        ("growth of open files", done.more_files, "", "0", f"{done.files[0]}, then {done.files[1]}, each time the fewest in a rest of {length.rest:g} s", done.more_files <= 0),
        ("events refused, messages left", done.refused + done.left, "", "0", reference, not done.refused + done.left),
    ]  # fmt: skip
    if done.engine == "SQLite":
        journal = round(done.journal_mb, 1)
        bar = f"<= {MOST_JOURNAL_MB:g}"
        asked.insert(2, ("largest WAL", journal, "MB", bar, "at every look", journal <= MOST_JOURNAL_MB))
    return [
        Row("soak", f"{what}, {done.engine}", value, unit, bar, reference, ok)
        for what, value, unit, bar, reference, ok in asked
    ]


def main() -> None:
    """Print the rows of a course of another length."""
    parser = argparse.ArgumentParser(prog="bench.soak", description="Keep the bot busy and look at it.")
    parser.add_argument("--seconds", type=float, default=SHORT.busy)
    parser.add_argument("--warm", type=float, default=SHORT.warm)
    parser.add_argument("--seed", type=int, default=chance.seed())
    parser.add_argument("--address", default="", help="of a PostgreSQL database that is empty")
    asked = parser.parse_args()
    for each in _rows(Length(asked.seconds, asked.warm), asked.seed, asked.address):
        print(each.line())


if __name__ == "__main__":
    main()
