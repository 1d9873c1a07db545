"""``kill-1000``: the bot is killed at random instants while people record decisions on both platforms, and starts again.

The bot is what ``python -m bot run`` runs, with its real pace: one process on a file, or two on a PostgreSQL server, of
which each is killed in turn while the other goes on. Both stand-in platforms live here and deliver until they are
acknowledged: Telegram gives unconfirmed updates again, Slack sends events again (its pauses are shortened from minutes).
People live in many forums, so that the pace of a chat does not pile up letters. In the end the database and the ledger
of the platforms are counted. By hand: ``python -m bench.kills --kills 20 --seed 1 --on web``.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from bench import chance, counting, machine
from bench.cluster import Cluster
from bench.counting import Sent
from bench.lives import Lives, lives
from bench.rows import Row
from bench.town import Town, town
from bot.app import Role

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
PATIENCE: Final = 300.0
"""Seconds that the last lives have to finish everything, on the busiest machine."""
LOOK: Final = 0.1


class Unfinished(Exception):  # noqa: N818 - says what is left
    """The last lives had all the time they need, and did not do everything."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Which processes are killed. With ``doors`` the platforms bring everything to those that have any."""

    name: str
    roles: tuple[Role, ...]
    forums: int
    kills: int
    """In the long version."""
    some: int
    """In the short one."""
    doors: bool = False


CASTS: Final = {
    "file": Cast("SQLite, one process", ("all",), 12, 1000, 200),
    "all": Cast("PostgreSQL, two processes that fetch", ("all", "all"), 60, 500, 60),
    "web": Cast("PostgreSQL, one with doors and one that sends", ("web", "worker"), 60, 500, 40, doors=True),
}
"""A dead process keeps its chats from the others for a quarter of a minute, so there are more forums where there are two."""


@dataclass(slots=True)
class Course:
    """What happened: every decision sent, and the letters that a kill found between their two marks."""

    cast: Cast
    seed: int
    kills: int
    sent: list[Sent] = field(default_factory=list)
    windows: set[tuple[int, int]] = field(default_factory=set)
    """Letters, and which try of them."""
    damaged: int = 0
    """Kills after which the database was not whole."""
    refused: int = 0
    """Deliveries of Slack's that were not acknowledged, and came again."""


async def course(
    where: Path | str, folder: Path, cast: Cast, kills: int, seed: int
) -> tuple[Course, counting.Count]:
    """Live through so many kills on an empty database, and count."""
    rng = Random(seed)  # noqa: S311 - to be repeated
    done = Course(cast, seed, kills)
    async with town(where, cast.forums) as place, AsyncExitStack() as stack:
        bots = [
            await stack.enter_async_context(
                lives(folder, place.settings(doors=cast.doors), name=f"bot{number}", role=role)
            )
            for number, role in enumerate(cast.roles)
        ]
        if cast.doors:
            place.brings_to_doors()
        last = 0
        for _ in range(kills):
            talk = asyncio.create_task(_talk(place, done, Random(rng.random())))  # noqa: S311
            last = await _one_kill(place, bots, last, rng)
            await talk
            await asyncio.to_thread(_autopsy, place.database, bots[last], done)
        await _last_lives(place, bots)
        done.refused = len(place.slack.delivery.failures)
        windows = [letter for letter, _ in done.windows]
        count = counting.count(
            place.database, place.ledger, done.sent, {each: windows.count(each) for each in windows}
        )
    return done, count


async def _one_kill(place: Town, bots: list[Lives], last: int, rng: Random) -> int:
    """The next one is killed at work, or the one that was killed last is again before it is ready; which it was."""
    for each in bots:
        if not each.up:
            each.start()
    if rng.random() < UNBORN:
        await asyncio.sleep(rng.uniform(*STARTING))
        victim = last
    else:
        victim = (last + 1) % len(bots)
        await _open(place, bots[victim])
        await asyncio.sleep(rng.uniform(*LIVING))
    await _shut(place, bots[victim], kill=True)
    return victim


async def _open(place: Town, bot: Lives) -> None:
    """Once it is ready, everything may be brought to it."""
    port = await bot.ready()
    if bot.role != "worker" and port not in place.front.doors:
        place.front.doors.append(port)
        place.telegram.webhook.hurry()


async def _shut(place: Town, bot: Lives, *, kill: bool) -> None:
    port = bot.port
    await (bot.kill() if kill else bot.stop())
    if port in place.front.doors:
        place.front.doors.remove(port)


async def _last_lives(place: Town, bots: list[Lives]) -> None:
    for each in bots:
        if not each.up:
            each.start()
        await _open(place, each)
    await finished(place, bots)


async def finished(place: Town, bots: list[Lives]) -> None:
    """Nobody says anything new: the bots finish and are stopped in good order. Raises ``Unfinished``."""
    try:
        async with asyncio.timeout(PATIENCE):
            await place.quiet()
            while counting.waiting(place.database):  # noqa: ASYNC110 - nothing tells us of another process's table
                await asyncio.sleep(LOOK)
    except TimeoutError as late:
        left = f"{counting.waiting(place.database)} messages wait"
        raise Unfinished("\n".join([left, *(each.last_words() for each in bots)])) from late
    for each in bots:
        await _shut(place, each, kill=False)


async def _talk(place: Town, done: Course, rng: Random) -> None:
    """People record a few decisions, one after the other or at the same time."""
    for _ in range(rng.randint(*SAID)):
        await asyncio.sleep(rng.choice((0.0, rng.uniform(*PAUSE))))
        done.sent.append(place.records_a_decision(len(done.sent), rng))


def _autopsy(database: Path | str, dead: Lives, done: Course) -> None:
    """Look at the server; of a file at a copy, so that it is the bot itself that mends what the kill left."""
    if isinstance(database, str):
        with closing(counting.opened(database)) as records:
            done.damaged += records.is_damaged()
            its = " join chat_turn t on t.platform = o.platform and t.workspace = o.workspace and t.chat = o.chat"
            done.windows |= _on_their_way(records, f"{its} and t.holder = '{dead.holder}'")
        return
    with tempfile.TemporaryDirectory(dir=database.parent) as aside:
        for each in (database, database.with_name(database.name + "-wal")):
            if each.exists():
                (Path(aside) / each.name).write_bytes(each.read_bytes())
        with closing(counting.opened(Path(aside) / database.name)) as records:
            done.damaged += records.is_damaged()
            done.windows |= _on_their_way(records)


def _on_their_way(records: counting.Records, its: str = "") -> set[tuple[int, int]]:
    rows = records.rows(f"select o.id, o.attempts from outbox o{its} where o.state = 'sending'")
    return {(letter, tried) for letter, tried in rows}


# --- Rows --------------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """Some kills on each engine and count. The environment's ``BENCH_SEED`` repeats a seed."""
    for cast in CASTS.values():
        yield from rows(cast, cast.some, chance.seed())


def torture() -> Iterator[Row]:
    """A thousand kills on each engine."""
    for cast in CASTS.values():
        yield from rows(cast, cast.kills, chance.seed())


def rows(cast: Cast, kills: int, seed: int) -> list[Row]:
    """Kill so many times and count."""
    print(f"kill-1000: {cast.name}, seed {seed}", file=sys.stderr, flush=True)  # also when it breaks
    with machine.folder() as folder:
        home = Path(folder).resolve()
        if len(cast.roles) == 1:
            return _rows(*asyncio.run(course(home / "samsyn.db", home, cast, kills, seed)))
        with Cluster(durable=True) as server:
            return _rows(*asyncio.run(course(server.create("kills"), home, cast, kills, seed)))


def _rows(done: Course, count: counting.Count) -> list[Row]:
    way = "doors" if done.cast.doors else "events and polling"
    against = (
        f"{done.kills} kills -9 with seed {done.seed}, {len(done.sent)} decisions in {done.cast.forums} forums with a"
        f" Slack channel and a Telegram group each ({way}); {done.refused} deliveries of Slack's failed and came again"
    )
    messages = 2 * len(done.sent)
    asked: list[tuple[str, int, int, str]] = [
        ("decisions lost", count.lost, 0, against),
        ("decisions doubled, or numbers with gaps", count.doubled + count.misnumbered, 0, against),
        ("times the database was damaged", done.damaged + count.damaged, 0, f"after each of {done.kills} kills, and at last"),
        ("messages that never came, and not marked unknown", count.missing, 0,
         f"of {messages}; {count.unknown} that two kills found on their way, of which {count.given_up} never came"),
        ("messages doubled outside the send window", count.doubled_outside, 0, f"of {messages}"),
        ("messages doubled inside the send window", count.doubled_inside, len(done.windows),
         f"of {messages}; {len(done.windows)} times a kill found a message on its way"),
    ]  # fmt: skip
    return [
        Row("kill-1000", f"{what}; {done.cast.name}", value, "", f"<= {bar}" if bar else "0", reference, value <= bar)
        for what, value, bar, reference in asked
    ]  # fmt: skip


def main() -> None:
    """Print the rows of a shorter or a repeated course."""
    parser = argparse.ArgumentParser(prog="bench.kills", description="Kill the bot and count.")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=chance.seed())
    parser.add_argument("--on", choices=CASTS, default="file")
    asked = parser.parse_args()
    for each in rows(CASTS[asked.on], asked.kills, asked.seed):
        print(each.line())


if __name__ == "__main__":
    main()
