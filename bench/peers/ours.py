"""Samsyn beside its peers: the whole way of a command in one process, from the platform's payload to the commit.

``python -m bench.peers.ours <folder> <slack|telegram> <point|decision> <port of the mock platforms>``. A payload goes in where Socket
Mode and polling hand theirs over, and through all that it meets for people: Bolt or PTB, engine, card, outbox and a
flush to disk before it is acknowledged, while the dispatcher sends at the platforms' pace. Only what the peers have
not either is left out: sockets, signatures and the decoding of bytes.
"""

import asyncio
import itertools
import json
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

import uvloop

from bench import scene, wire
from bench.peers.orders import obey
from bench.server import Orders, settings
from bot import logs
from bot.app import App
from bot.clock import SystemClock
from bot.connect import Connector, Lasting
from bot.run import settle_in
from bot.slack.adapter import SlackAdapter
from bot.telegram.adapter import TelegramAdapter
from bot.timers import SchedulerAlarm

OUTSTANDING: Final = 64
_OK: Final = 200
COMMANDS: Final = {"point": ("dagordning", "agenda_point"), "decision": ("beslut", "decision")}
"""The word of a command, and the table that holds what it stores."""
Json = dict[str, Any]
Take = Callable[[Json], Awaitable[None]]


class NotTaken(Exception):  # noqa: N818 - says what became of a command
    """A command was not acknowledged."""


def main() -> None:
    """Run until stdin ends."""
    folder, of, what, port = sys.argv[1:]
    word, table = COMMANDS[what]
    path = Path(folder) / "samsyn.db"
    scene.furnish(path)
    logs.begin(sys.stderr)
    numbers, words = itertools.count(1), f"{word} {os.environ['WORDS']}"
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        app, adapters = runner.run(_started(path, int(port)))
        door, payload = _ways(adapters)[of]

        def run(count: int) -> float:
            payloads = [payload(next(numbers), words) for _ in range(count)]
            return runner.run(_commands(door, iter(payloads)))

        versions = f"Samsyn on Python {platform.python_version()}, SQLite {sqlite3.sqlite_version} WAL + FULL"
        obey(versions, run, lambda: _kept(path, table))
        runner.run(app.stop())


async def _started(path: Path, port: int) -> tuple[App, Mapping[str, Lasting]]:
    clock = SystemClock()
    connector = Connector(settings(Orders(str(path), port, durable=True)), clock)
    app = App(path, clock, SchedulerAlarm(clock), connector)
    await app.start()
    settle_in()
    return app, connector.adapters


def _ways(adapters: Mapping[str, Lasting]) -> Mapping[str, tuple[Take, Callable[[int, str], Json]]]:
    """Of each platform: where its payloads come in, and how one is made of a number and words."""
    slack, telegram = adapters["slack"].adapter, adapters["telegram"].adapter
    assert isinstance(slack, SlackAdapter) and slack._running  # noqa: S101, SLF001, PT018 - started before
    assert isinstance(telegram, TelegramAdapter) and telegram._entrance  # noqa: S101, SLF001, PT018
    intake, entrance = slack._running.intake, telegram._entrance  # noqa: SLF001

    async def through_bolt(payload: Json) -> None:
        answer = await intake.take(payload)
        if answer.status != _OK:
            raise NotTaken(answer.status)

    async def through_ptb(payload: Json) -> None:
        await entrance.take(payload)

    return {"slack": (through_bolt, _slack), "telegram": (through_ptb, _telegram)}


def _slack(number: int, words: str) -> Json:
    body = wire.slack_command(number, words).partition(b"\r\n\r\n")[2]
    return dict(parse_qsl(body.decode()))


def _telegram(number: int, words: str) -> Json:
    update: Json = json.loads(wire.telegram_command(number, f"/{words}").partition(b"\r\n\r\n")[2])
    return update


async def _commands(take: Take, payloads: Iterator[Json]) -> float:
    """So many seconds for all of them, 64 at a time."""

    async def one_after_the_other() -> None:
        for each in payloads:
            await take(each)

    began = time.perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(OUTSTANDING)))
    return time.perf_counter() - began


def _kept(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as store:
        return int(store.execute(f"select count(*) from {table}").fetchone()[0])


if __name__ == "__main__":
    main()
