"""errbot with its Shelf store and its own test backend, 64 commands outstanding.

Runs in errbot's environment: ``python errbot_peer.py <folder> <async|sync>``. ``async`` is errbot's default.
"""

import logging
import os
import sys
import time
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from errbot.backends.base import Message  # type: ignore[import-not-found]  # lives in the peer's environment
from errbot.backends.test import TestBot  # type: ignore[import-not-found]
from orders import obey  # type: ignore[import-not-found]  # lies beside this file

OUTSTANDING: Final = 64
PATIENCE: Final = 20
_DATABASES: Final = {"dbm.gnu": "_gdbm", "dbm.ndbm": "_dbm"}
PERSON: Final = "person@localhost"


def main() -> None:
    """Run until stdin ends."""
    folder, manner = sys.argv[1:]
    shelves = Path(folder) / "shelves"
    shelves.mkdir()
    bot = _started(shelves, at_once=manner == "async")
    sender = bot.build_identifier(PERSON)

    def say() -> None:
        message = Message(f"!decide {os.environ['WORDS']}", extras={})
        message.frm, message.to = sender, bot.bot_identifier
        bot.callback_message(message)

    def run(count: int) -> float:
        began, answers = time.perf_counter(), bot.outgoing_message_queue
        for number in range(count):
            say()
            if number >= OUTSTANDING:
                answers.get(timeout=PATIENCE)
        for _ in range(min(count, OUTSTANDING)):
            answers.get(timeout=PATIENCE)
        return time.perf_counter() - began

    plugin = bot.plugin_manager.get_plugin_obj_by_name("Record")
    obey(f"errbot {version('errbot')}, {_database()}", run, lambda: len(plugin))
    os._exit(0)  # its threads wait for ever


def _started(shelves: Path, *, at_once: bool) -> Any:  # noqa: ANN401 - errbot has no types
    """The bot as its template of a configuration makes it, with the store that is asked for."""
    asked = {
        "STORAGE": "Shelf", "STORAGE_CONFIG": {"basedir": str(shelves)}, "BOT_ASYNC": at_once,
        "BOT_ADMINS": ("admin@localhost",), "BOT_LOG_LEVEL": logging.ERROR,
    }  # fmt: skip
    test = TestBot(
        extra_plugin_dir=str(Path(__file__).parent / "errbot_plugin"),
        loglevel=logging.ERROR,
        extra_config=asked,
    )
    test.start()
    logging.disable(logging.ERROR)
    return test.bot


def _database() -> str:
    """Which of Python's databases keeps the shelves."""
    return next((name for name, part in _DATABASES.items() if find_spec(part)), "dbm.dumb")


if __name__ == "__main__":
    main()
