"""``replay``: everything that the platforms ever told the bot is told twice more, in disorder, and nothing comes of it.

The events are those of the playground's sample forum, with all its commands, presses, forms, talks and joins on both
platforms, and some more. What counts as an effect: any row of the database but the keys of what was seen, and any
call that puts something before people or changes what is there.
"""

import asyncio
import json
import logging
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import structlog

from bench import chance, machine
from bench.rows import Row
from bot.playground.house import House
from bot.playground.ledger import OK
from bot.playground.sample import seed as live_through
from bot.playground.sample import turn_back
from bot.playground.server import website
from bot.settings import Settings
from bot.web import address, listener, served

TIMES: Final = 3
"""How often each event is told in all."""
_BOOKKEEPING: Final = frozenset({"seen", "sqlite_sequence", "_sqlite_migrations"})
_SILENT: Final = frozenset({
    "getUpdates", "getMe", "getChat", "getChatMember", "getChatAdministrators", "setMyCommands", "deleteWebhook",
    "answerCallbackQuery", "auth.test", "apps.connections.open", "users.info", "conversations.info",
    "conversations.open", "conversations.members", "chat.getPermalink",
})  # fmt: skip
"""Calls by which people see nothing. To answer a press only stops its spinner, unless it says something."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that has come of what was told so far."""

    rows: Counter[tuple[str, str]]
    calls: Counter[tuple[str, str]]

    def further(self, later: "Snapshot") -> Counter[tuple[str, str]]:
        """The rows and calls of a later snapshot that are not in this one, and the rows that are gone."""
        return (later.rows - self.rows) + (self.rows - later.rows) + (later.calls - self.calls)


@dataclass(frozen=True, slots=True)
class Replayed:
    """How much was told each time and of which kinds, what there was after the first time, and what came of the others."""

    seed: int
    kinds: Counter[str]
    once: Snapshot
    further: Counter[tuple[str, str]]


async def replayed(folder: Path, seed: int) -> Replayed:
    """Live through the sample in an empty folder, and have it all told again."""
    rng = Random(seed)  # noqa: S311 - to be repeated
    async with _house(folder) as house:
        await live_through(house)
        house.pacing.striding = True
        await _goes_on(house)
        database = folder / "playground.db"
        once = _snapshot(house, database)
        kinds = Counter(_kinds(house))
        for _ in range(TIMES - 1):
            await asyncio.gather(house.slack.redeliver(rng=rng), house.telegram.redeliver(rng=rng))
            await house.settled()
        return Replayed(seed, kinds, once, once.further(_snapshot(house, database)))


async def _goes_on(house: House) -> None:
    """What the sample does not do: somebody undoes, leaves and searches, and some things are refused."""
    slack, telegram, cast = house.slack, house.telegram, house.cast
    channel = next(each for each in slack.world.channels.values() if each.name == "tryggt-centrum")
    group = next(each.id for each in telegram.world.chats.values() if each.type != "private")
    label = house.app.catalog.say("decision-undo", "sv", {})
    await slack.slash(cast.ada, channel, "/samsyn", "beslut Detta ångrar vi strax")
    await slack.say(cast.bo, channel, "@Samsyn beslut Vi ses på torget")
    await house.settled()
    undoable = [
        each
        for each in slack.world.in_channel(channel.id)
        if label in json.dumps(each.blocks, ensure_ascii=False)
    ]
    await slack.press(cast.ada, undoable[0], label)
    for words in (
        "/beslut Vi bjuder på kaffe",
        "/sok kaffe",
        "/koppla BCDFGHJK",
        "/beslutt fel ord",
        "/mina",
    ):
        await telegram.say(cast.dag, group, words)
    await slack.slash(cast.mika, channel, "/samsyn", "lämna")
    await house.settled()


@asynccontextmanager
async def _house(folder: Path) -> AsyncIterator[House]:
    house = House(Settings(_env_file=None))  # type: ignore[call-arg]  # pydantic-settings says it at run time only
    turn_back(house)
    taken = listener("127.0.0.1", 0)
    async with served(website(house), taken):
        try:
            await house.open(address(taken), folder)
            yield house
        finally:
            await house.close()


# --- Comparing ---------------------------------------------------------------------------------------------------


def _snapshot(house: House, database: Path) -> Snapshot:
    calls = Counter(
        (f"{call.platform} {call.method}", json.dumps(dict(call.args), sort_keys=True, default=str))
        for call in house.ledger
        if call.outcome == OK and (call.method not in _SILENT or _says_something(dict(call.args)))
    )
    with closing(sqlite3.connect(database)) as store:
        store.execute("pragma query_only = on")
        return Snapshot(Counter(_rows(store)), calls)


def _kinds(house: House) -> Iterator[str]:
    """What the platforms call that which they told."""
    for parcel in house.slack.delivery.history:
        match parcel.kind:
            case "events_api":
                yield str(parcel.body["event"]["type"])
            case "interactive":
                yield str(parcel.body["type"])
            case "slash_commands":
                yield "slash_command"
    for update in house.telegram.updates.made:
        yield update.kind


def _says_something(args: dict[str, Any]) -> bool:
    return "callback_query_id" in args and bool(args.get("text"))


def _rows(store: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    tables = store.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
    for (name,) in tables:
        if name not in _BOOKKEEPING:
            yield from ((name, repr(row)) for row in store.execute(f'select * from "{name}"'))


# --- The row -----------------------------------------------------------------------------------------------------


def measure() -> Iterator[Row]:
    """Tell it all three times. The environment's ``BENCH_SEED`` repeats a seed."""
    seed = chance.seed()
    print(f"replay: seed {seed}", file=sys.stderr, flush=True)  # also when it breaks
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with machine.folder() as folder:
        done = asyncio.run(replayed(Path(folder).resolve(), seed))
    further = done.further.total()
    reference = (
        f"{done.kinds.total()} events told {TIMES} times, the last {TIMES - 1} shuffled with seed {seed}, against once:"
        f" {done.once.rows.total()} rows and {done.once.calls.total()} messages and changes"
    )
    yield Row("replay", "further effects of what was told again", further, "", "0", reference, not further)
