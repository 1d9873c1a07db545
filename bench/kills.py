"""``kill-200``: the bot is killed at random instants while people record decisions on both platforms, and starts again.

The bot is what ``python -m bot run`` runs, with its real pace, on a real file. Both stand-in platforms live here and
deliver until they are acknowledged: Telegram gives unconfirmed updates again, Slack sends events again (its pauses are
shortened from minutes). People live in many forums, so that the pace of a chat does not pile up letters. In the end
the database and the ledger of the platforms are counted. By hand: ``python -m bench.kills --kills 20 --seed 1``.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from bench import chance, counting, machine
from bench.counting import Sent
from bench.lives import Lives, lives
from bench.rows import Row
from bench.town import Town, town

KILLS: Final = 200
FORUMS: Final = 12
UNBORN: Final = 0.25
"""The share of lives that are ended before they are ready."""
STARTING: Final = (0.0, 0.25)
"""Seconds after the start at which those are killed."""
LIVING: Final = (0.02, 0.4)
"""Seconds after being ready at which the others are."""
SAID: Final = (1, 4)
"""Decisions in one life."""
PAUSE: Final = (0.0, 0.3)
"""Seconds between them."""
PATIENCE: Final = 240.0
"""Seconds that the last life has to finish everything, on the busiest machine."""
LOOK: Final = 0.1


@dataclass(slots=True)
class Course:
    """What happened: every decision sent, and the letters that a kill found between their two marks."""

    seed: int
    kills: int
    sent: list[Sent] = field(default_factory=list)
    in_window: Counter[int] = field(default_factory=Counter)
    damaged: int = 0
    """Kills after which the file was not whole."""
    refused: int = 0
    """Deliveries of Slack's that were not acknowledged, and came again."""


async def course(folder: Path, kills: int, seed: int, forums: int = FORUMS) -> tuple[Course, counting.Count]:
    """Live through so many kills in an empty folder, and count."""
    rng = Random(seed)  # noqa: S311 - to be repeated
    done = Course(seed, kills)
    async with town(folder / "samsyn.db", forums) as place, lives(folder, place.settings()) as bots:
        for _ in range(kills):
            talk = asyncio.create_task(_talk(place, done, Random(rng.random())))  # noqa: S311
            await _one_life(bots, rng)
            await talk
            await asyncio.to_thread(_autopsy, place.database, done)
        await _last_life(place, bots)
        done.refused = len(place.slack.delivery.failures)
        count = counting.count(place.database, place.ledger, done.sent, done.in_window)
    return done, count


async def _one_life(bots: Lives, rng: Random) -> None:
    bots.start()
    if rng.random() < UNBORN:
        await asyncio.sleep(rng.uniform(*STARTING))
    else:
        await bots.ready()
        await asyncio.sleep(rng.uniform(*LIVING))
    await bots.kill()


async def _last_life(place: Town, bots: Lives) -> None:
    """Nobody says anything new: the bot finishes and is stopped in good order."""
    bots.start()
    await bots.ready()
    async with asyncio.timeout(PATIENCE):
        await place.quiet()
        while counting.waiting(place.database):  # noqa: ASYNC110 - nothing tells us of another process's table
            await asyncio.sleep(LOOK)
    await bots.stop()


async def _talk(place: Town, done: Course, rng: Random) -> None:
    """People record a few decisions, one after the other or at the same time."""
    for _ in range(rng.randint(*SAID)):
        await asyncio.sleep(rng.choice((0.0, rng.uniform(*PAUSE))))
        done.sent.append(place.records_a_decision(len(done.sent), rng))


def _autopsy(database: Path, done: Course) -> None:
    """Look at a copy, so that it is the bot itself that mends what the kill left."""
    with tempfile.TemporaryDirectory(dir=database.parent) as aside:
        for each in (database, database.with_name(database.name + "-wal")):
            if each.exists():
                (Path(aside) / each.name).write_bytes(each.read_bytes())
        with closing(counting.opened(Path(aside) / database.name)) as store:
            done.damaged += counting.is_damaged(store)
            done.in_window.update(
                row[0] for row in store.execute("select id from outbox where state = 'sending'")
            )


# --- Rows --------------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """Kill 200 times and count. The environment's ``BENCH_SEED`` repeats a seed."""
    yield from rows(KILLS, chance.seed())


def rows(kills: int, seed: int) -> list[Row]:
    """Kill so many times and count."""
    print(f"kill-200: seed {seed}", file=sys.stderr, flush=True)  # also when it breaks
    with machine.folder() as folder:
        done, count = asyncio.run(course(Path(folder).resolve(), kills, seed))
    against = (
        f"{kills} kills -9 with seed {seed}, {len(done.sent)} decisions in {FORUMS} forums with a Slack channel"
        f" (events) and a Telegram group (polling) each; {done.refused} deliveries of Slack's failed and came again"
    )
    asked: list[tuple[str, int, int, str]] = [
        ("decisions lost", count.lost, 0, against),
        ("decisions doubled, or numbers with gaps", count.doubled + count.misnumbered, 0, against),
        ("times the file was damaged", done.damaged + count.damaged, 0, f"after each of {kills} kills, and at last"),
        ("messages that never came, and not marked unknown", count.missing, 0,
         f"of {2 * len(done.sent)}; {count.unknown} that two kills found on their way, of which {count.given_up} never came"),
        ("messages doubled outside the send window", count.doubled_outside, 0, f"of {2 * len(done.sent)}"),
        ("messages doubled inside the send window", count.doubled_inside, kills,
         f"of {2 * len(done.sent)}; {done.in_window.total()} times a kill found a message on its way"),
    ]  # fmt: skip
    return [
        Row("kill-200", what, value, "", f"<= {bar}" if bar else "0", reference, value <= bar)
        for what, value, bar, reference in asked
    ]


def main() -> None:
    """Print the rows of a shorter or a repeated course."""
    parser = argparse.ArgumentParser(prog="bench.kills", description="Kill the bot and count.")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=chance.seed())
    asked = parser.parse_args()
    for each in rows(asked.kills, asked.seed):
        print(each.line())


if __name__ == "__main__":
    main()
