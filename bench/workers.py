"""``workers``: two to five processes on one PostgreSQL database, and nothing happens twice, never, or in the wrong order.

Thousands of timers are due while thousands of updates come in through a front that leads to all processes, half of them
to two of these at the same moment; afterwards everything is brought once more. Every timer posts an agenda, every
update is a decision that is posted in two chats. The stand-in platforms refuse whoever writes too fast, and remember in
which order they were written to. By hand: ``python -m bench.workers --processes 3 --many 200 --seed 1``.
"""

import argparse
import asyncio
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Final

from bench import chance, counting, kills, machine
from bench.cluster import Cluster
from bench.counting import Records, Sent
from bench.lives import lives
from bench.rows import Row
from bench.town import Town, town
from bot.clock import SystemClock
from bot.playground.ledger import Ledger
from handlers import agenda
from storage import meetings, timers
from storage.db import Store
from storage.opened import opened

PROCESSES: Final = (2, 3, 4, 5)
EACH: Final = 2500
"""Updates, and timers, for each number of processes."""
SOME_PROCESSES: Final = (2, 5)
SOME: Final = 250
FORUMS: Final = 120
PER_SECOND: Final = 40.0
"""Updates; messages go out at the pace of the platforms, which is slower."""
TWICE: Final = 0.5
DUE: Final = (-60.0, 15.0)
"""Seconds from now between which the timers are due."""
CHATS: Final = 2
"""Of each forum."""
PATIENCE: Final = 900.0
LOOK: Final = 0.2
_TIMER_WORD: Final = re.compile(r"fristord\d{5}x")
WOUND: Final = "wound"
"""What our timers are called; the card of an agenda hangs in both chats of its forum."""
_DUE_NOW: Final = (
    f"select (select count(*) from timer where name like '%:{WOUND}:%')"
    " + (select count(*) from outbox where state in ('new', 'sending'))"
)


@dataclass(frozen=True, slots=True)
class Count:
    """What came of the updates, what came of the timers, and of the order within chats."""

    updates: counting.Count
    timers_lost: int
    timers_doubled: int
    order_broken: int


@dataclass(slots=True)
class Course:
    """What happened with so many processes."""

    processes: int
    many: int
    seed: int
    sent: list[Sent] = field(default_factory=list)
    wound: list[str] = field(default_factory=list)
    """The words of the timers."""
    carried_twice: int = 0
    asked_to_wait: int = 0
    turns: dict[str, int] = field(default_factory=dict)
    """In how many chats each process was the last to write."""


async def course(where: str, folder: Path, processes: int, many: int, seed: int) -> tuple[Course, Count]:
    """So many updates and so many timers for so many processes on an empty database, then count."""
    rng = Random(seed)  # noqa: S311 - to be repeated
    done = Course(processes, many, seed)
    async with town(where, FORUMS, residents=FORUMS) as place, AsyncExitStack() as stack:
        place.slack.world.enforce_pace = place.telegram.world.enforce_pace = True
        with closing(opened(where)) as database:
            store = database.transactions.begin()
            done.wound = [_wind(store, place, number, rng) for number in range(many)]
            database.transactions.prepare()
            database.transactions.commit()
        settings = place.settings(doors=True)
        bots = [
            await stack.enter_async_context(lives(folder, settings, name=f"bot{each}"))
            for each in range(processes)
        ]
        for each in bots:
            each.start()
        place.front.doors = [await each.ready() for each in bots]
        place.brings_to_doors()
        await _told(place, done, rng)
        with closing(counting.opened(where)) as records:
            async with asyncio.timeout(PATIENCE):
                while records.number(_DUE_NOW):  # noqa: ASYNC110 - nothing tells us of another process's table
                    await asyncio.sleep(LOOK)
        await kills.finished(place, bots)
        return done, _count(place, done)


async def _told(place: Town, done: Course, rng: Random) -> None:
    """People record decisions; some are told of twice at once, and in the end all of it is told again."""
    place.front.twice, place.front.rng = TWICE, Random(rng.random())  # noqa: S311
    for number in range(done.many):
        await asyncio.sleep(rng.expovariate(PER_SECOND))
        done.sent.append(place.records_a_decision(number, rng))
    await place.quiet()
    done.carried_twice = place.front.carried_twice
    place.front.twice = 0.0
    await asyncio.gather(place.slack.redeliver(rng=rng), place.telegram.redeliver(rng=rng))


def _wind(store: Store, place: Town, number: int, rng: Random) -> str:
    """A meeting whose agenda is to be posted about now; its own word."""
    word, now = f"fristord{number:05d}x", SystemClock().now()
    forum = 1 + rng.randrange(len(place.places))
    begins_at = now + timedelta(hours=2)
    meeting = meetings.plan(
        store, forum, title=word, begins_at=begins_at, ends_at=begins_at, zone="Europe/Stockholm", member=None
    )
    timers.schedule(
        store, f"{forum}:{WOUND}:{meeting}", now + timedelta(seconds=rng.uniform(*DUE)),
        agenda.due.action(meeting).encode(forum), forum=forum, grace=timedelta(days=30), late="ring",
    )  # fmt: skip
    return word


# --- Counting ----------------------------------------------------------------------------------------------------


def _count(place: Town, done: Course) -> Count:
    done.asked_to_wait = sum(
        call.outcome == "ratelimited" or call.outcome.startswith("Too Many Requests")
        for call in place.ledger.refused()
    )
    asked = Counter(_asked(place.ledger))
    with closing(counting.opened(place.database)) as records:
        written = records.number(
            "select count(*) from outbox where card_name like 'agenda:%' and kind = 'post'"
        )
        done.turns = dict(records.rows("select holder, count(*) from chat_turn group by holder"))
        order_broken = _order_broken(records, place.ledger)
    return Count(
        counting.count(place.database, place.ledger, done.sent, {}),
        timers_lost=sum(asked[each] < CHATS for each in done.wound),
        timers_doubled=sum(max(0, each - CHATS) for each in asked.values())
        + max(0, written - CHATS * done.many),
        order_broken=order_broken,
    )


def _asked(ledger: Ledger) -> list[str]:
    """The word of each message that a timer sent."""
    found: list[str] = []
    for call in ledger.sent():
        found += dict.fromkeys(_TIMER_WORD.findall(json.dumps(dict(call.args), default=str)))
    return found


def _order_broken(records: Records, ledger: Ledger) -> int:
    """Messages that came to their chat after one that was written later."""
    letters = counting.letters(records)
    chats: defaultdict[str, list[int]] = defaultdict(list)
    for post in counting.posts(ledger):
        if post in letters:
            chats[post[1]].append(letters[post][0])
    return sum(later < sooner for each in chats.values() for sooner, later in pairwise(each))


# --- Rows --------------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """Some of it, with the fewest and the most processes."""
    yield from rows(SOME_PROCESSES, SOME, chance.seed())


def torture() -> Iterator[Row]:
    """Ten thousand updates and ten thousand timers."""
    yield from rows(PROCESSES, EACH, chance.seed())


def rows(processes: Sequence[int], many: int, seed: int) -> list[Row]:
    """So many of both for each number of processes, and count."""
    print(f"workers: seed {seed}", file=sys.stderr, flush=True)  # also when it breaks
    every = []
    with machine.folder() as folder, Cluster(durable=True) as server:
        for number in processes:
            home = Path(folder).resolve() / str(number)
            home.mkdir()
            every.append(asyncio.run(course(server.create(f"workers{number}"), home, number, many, seed)))
    return _rows(every, seed)


def _rows(every: Sequence[tuple[Course, Count]], seed: int) -> list[Row]:
    courses, counts = [each for each, _ in every], [count for _, count in every]
    total = sum(each.many for each in courses)
    against = (
        f"{total} updates and {total} timers, as many with each of {', '.join(str(each.processes) for each in courses)}"
        f" processes; {sum(each.carried_twice for each in courses)} updates came to two processes at once, all of them"
        f" once more later; seed {seed}"
    )
    paced = f"{sum(each.asked_to_wait for each in courses)} times a platform asked us to wait"
    # A chat that has been still for long is nobody's any more.
    shares = [min(each.turns.values()) / sum(each.turns.values()) for each in courses if each.turns]
    lazy = f"; the laziest process was the last to write in {min(shares):.0%} of the chats" if shares else ""
    messages = f"of {3 * total}; {paced}{lazy}"
    asked: list[tuple[str, int, str]] = [
        ("updates lost", sum(each.updates.lost for each in counts), against),
        ("updates doubled, or numbers with gaps", sum(each.updates.doubled + each.updates.misnumbered for each in counts), against),
        ("timers that never rang, or twice", sum(each.timers_lost + each.timers_doubled for each in counts), against),
        ("messages lost", sum(each.updates.missing + each.updates.unknown for each in counts), messages),
        ("messages doubled", sum(each.updates.doubled_outside for each in counts), messages),
        ("order within a chat broken", sum(each.order_broken for each in counts), messages),
    ]  # fmt: skip
    return [Row("workers", what, value, "", "0", reference, value == 0) for what, value, reference in asked]


def main() -> None:
    """Print the rows of another course."""
    parser = argparse.ArgumentParser(prog="bench.workers", description="Several processes on one database.")
    parser.add_argument("--processes", type=int, nargs="+", default=[2])
    parser.add_argument("--many", type=int, default=SOME)
    parser.add_argument("--seed", type=int, default=chance.seed())
    asked = parser.parse_args()
    for each in rows(asked.processes, asked.many, asked.seed):
        print(each.line())


if __name__ == "__main__":
    main()
