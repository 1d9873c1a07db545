"""opsdroid with its SQLite memory, one skill, 64 commands outstanding.

Runs in opsdroid's environment: ``python opsdroid_peer.py <folder>``.
"""

import asyncio
import builtins
import itertools
import logging
import os
import sqlite3
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

warnings.simplefilter("ignore")  # it imports what is old
builtins._ = str  # type: ignore[attr-defined]  # what its command line puts there

from opsdroid.connector import Connector, register_event  # type: ignore[import-not-found]  # noqa: E402
from opsdroid.core import OpsDroid  # type: ignore[import-not-found]  # noqa: E402
from opsdroid.database.sqlite import DatabaseSqlite  # type: ignore[import-not-found]  # noqa: E402
from opsdroid.events import Message  # type: ignore[import-not-found]  # noqa: E402
from opsdroid.matchers import match_regex  # type: ignore[import-not-found]  # noqa: E402
from opsdroid.skill import Skill  # type: ignore[import-not-found]  # noqa: E402
from orders import obey  # type: ignore[import-not-found]  # noqa: E402  # lies beside this file

OUTSTANDING: Final = 64


class Taking(Connector):  # type: ignore[misc]
    """A chat that takes every answer at once."""

    def __init__(self, opsdroid: Any) -> None:  # noqa: ANN401 - opsdroid has no types
        super().__init__({"name": "taking"}, opsdroid)
        self.name = "taking"
        self.answers = 0

    @register_event(Message)  # type: ignore[untyped-decorator]
    async def answer(self, _message: object) -> None:
        """Count it."""
        self.answers += 1


class Record(Skill):  # type: ignore[misc]
    """Keeps what is decided."""

    numbers = itertools.count(1)

    @match_regex(r"decide (?P<what>.*)")  # type: ignore[untyped-decorator]
    async def decide(self, message: Any) -> None:  # noqa: ANN401
        """Store the words under a number of their own, and answer."""
        number = next(self.numbers)
        what = message.entities["what"]["value"]
        await self.opsdroid.memory.put(f"decision-{number}", {"what": what, "by": message.user, "forum": "1"})
        await message.respond(f"§ {number}")


def main() -> None:
    """Run until stdin ends."""
    logging.disable(logging.CRITICAL)
    path = Path(sys.argv[1]) / "opsdroid.db"
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    bot, chat = loop.run_until_complete(_started(path))

    def run(count: int) -> float:
        before, began = chat.answers, time.perf_counter()
        loop.run_until_complete(_commands(bot, chat, count))
        took = time.perf_counter() - began
        assert chat.answers == before + count  # noqa: S101 - or nothing was measured
        return took

    def kept() -> int:
        return int(sqlite3.connect(path).execute("select count(*) from opsdroid").fetchone()[0])

    obey(f"opsdroid {version('opsdroid')}, SQLite {sqlite3.sqlite_version}", run, kept)
    os._exit(0)  # its database's thread waits for ever


async def _started(path: Path) -> tuple[Any, Taking]:
    bot = OpsDroid(config={"logging": {"level": "critical"}}, loopless=True)
    bot.eventloop = asyncio.get_running_loop()
    OpsDroid.instances = [bot]
    chat = Taking(bot)
    bot.connectors = [chat]
    database = DatabaseSqlite({"path": str(path)}, opsdroid=bot)
    await database.connect()
    bot.memory.databases = [database]
    skill = Record(bot, {"name": "record"})
    skill.decide.config = {"name": "record"}
    bot.skills.append(skill.decide)
    return bot, chat


async def _commands(bot: Any, chat: Taking, count: int) -> None:  # noqa: ANN401
    wanted = iter(range(count))

    async def one_after_the_other() -> None:
        for _ in wanted:
            words = f"decide {os.environ['WORDS']}"
            await bot.parse(Message(text=words, user="person", user_id="1", target="forum", connector=chat))

    await asyncio.gather(*(one_after_the_other() for _ in range(OUTSTANDING)))


if __name__ == "__main__":
    main()
