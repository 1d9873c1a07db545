"""``faults-30d``: thirty days in which a third of what the platforms say and hear goes wrong, and what is left of them.

The days pass on a leaping loop (``bench/leaping.py``), so they take minutes; the platforms, the connections and the bot
are the real ones. The n-th call of a method about a chat meets the same fault at every run with the same seed, and
``fingerprint`` says whether two runs met the same. By hand: ``python -m bench.faults --days 3 --seed 1``.
"""

import argparse
import asyncio
import hashlib
import logging
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import structlog

from bench import chance, machine, server_time
from bench.cluster import Cluster
from bench.leaping import LeapingLoop
from bench.month import DAY, Month, month
from bench.reckoning import Letters, Reckoning, reckon
from bench.rows import Row
from bench.weather import SHARE, Foul
from storage.opened import is_address

DAYS: Final = 30
SHORTER: Final = 3
FORUMS: Final = 6
ENGINES: Final = ("SQLite", "PostgreSQL")


@dataclass(frozen=True, slots=True)
class Course:
    """What came of so many days, and the weather that they had."""

    seed: int
    days: int
    found: Reckoning
    weather: Foul
    lives: int
    fingerprint: str


def course(where: Any, days: int, seed: int, *, day: float = DAY) -> Course:  # noqa: ANN401 - what App takes
    """Live through so many days, of so many seconds each, from an empty database, and reckon."""
    sys.modules.setdefault("trio", None)  # type: ignore[arg-type]  # httpcore looks for it at every call
    if is_address(where):
        where = server_time.prepared(where)
    with server_time.alone(), asyncio.Runner(loop_factory=LeapingLoop) as runner:
        return runner.run(_course(where, days, seed, day))


async def _course(where: Any, days: int, seed: int, day: float) -> Course:  # noqa: ANN401
    letters = Letters()
    async with month(where, seed, FORUMS, day=day) as place:
        place.plan(days)
        looking = asyncio.create_task(_look_daily(place, letters))
        await place.live(days)
        looking.cancel()
        found = await place.bot.app.writer.run(partial(reckon, place, letters))
        return Course(seed, days, found, place.weather, place.bot.lives, fingerprint(place.weather))


async def _look_daily(place: Month, letters: Letters) -> None:
    while True:
        await asyncio.sleep(DAY)
        while not place.bot.alive:  # noqa: ASYNC110 - in time that leaps
            await asyncio.sleep(60)
        await place.bot.app.writer.run(letters.look)


def fingerprint(weather: Foul) -> str:
    """What every method met about every chat, in its order, in a few letters."""
    met: defaultdict[str, list[str]] = defaultdict(list)
    for each in weather.met:
        met[f"{each.platform} {each.method} {each.chat}"].append(repr(each.fault))
    return hashlib.sha256(repr(sorted(met.items())).encode()).hexdigest()[:12]


# --- Rows --------------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """Some days on each engine. The environment's ``BENCH_SEED`` repeats a seed."""
    for engine in ENGINES:
        yield from rows(engine, SHORTER, chance.seed())


def torture() -> Iterator[Row]:
    """All thirty."""
    for engine in ENGINES:
        yield from rows(engine, DAYS, chance.seed())


def rows(engine: str, days: int, seed: int) -> list[Row]:
    """Live through so many days and reckon."""
    print(f"faults-30d: {engine}, seed {seed}", file=sys.stderr, flush=True)  # also when it breaks
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with ExitStack() as stack:
        if engine == "SQLite":
            folder = stack.enter_context(machine.folder())
            return _rows(engine, course(Path(folder).resolve() / "samsyn.db", days, seed))
        server = stack.enter_context(Cluster())
        return _rows(engine, course(server.create("month"), days, seed))


def _rows(engine: str, done: Course) -> list[Row]:
    found, met = done.found, len(done.weather.met)
    for each in (*found.lost, *done.weather.early):
        print(f"faults-30d: {each}", file=sys.stderr)
    faults = sum(done.weather.faults.values())
    against = (
        f"{engine}, {done.days} days with seed {done.seed}: {found.deeds} things recorded in {FORUMS} forums, {found.letters} messages,"
        f" {done.lives} lives; of {met} calls and deliveries {faults} met a fault ({SHARE:.0%} and storms,"
        f" {dict(done.weather.faults.most_common())}); fingerprint {done.fingerprint}"
    )
    marks = ", ".join(f"{count} {state}" for state, count in sorted(found.marks.items())) or "none"
    asked: list[tuple[str, int, str]] = [
        ("effects lost", len(found.lost) + found.overdue, against),
        ("effects doubled, or numbers with gaps", found.twice + found.misnumbered, f"of {found.deeds} recorded"),
        ("calls before the time that the platform said", found.early, f"of {met}, over {done.lives} lives"),
        ("messages out of order within their chat", found.disorder, f"of {found.letters}"),
        ("messages that neither came nor are marked", found.unmarked,
         f"of {found.letters}; marked: {marks}; {found.doubled} came twice after an answer that was lost"),
    ]  # fmt: skip
    return [
        Row("faults-30d", f"{what} ({engine})", value, "", "0", reference, not value)
        for what, value, reference in asked
    ]


def main() -> None:
    """Print the rows of a shorter or a repeated course."""
    parser = argparse.ArgumentParser(prog="bench.faults", description="Days of foul weather.")
    parser.add_argument("--days", type=int, default=SHORTER)
    parser.add_argument("--seed", type=int, default=chance.seed())
    parser.add_argument("--on", choices=ENGINES, default=ENGINES[0])
    asked = parser.parse_args()
    for each in rows(asked.on, asked.days, asked.seed):
        print(each.line())


if __name__ == "__main__":
    main()
