"""One bot process after the other on the same database, each ended at will: ``python -m bench.lives <folder>``.

What takes long at a start is importing. So this process imports once what the bot needs, and every life is a fork of it
that then does what ``python -m bot run`` does, with the settings of the environment. Orders are lines on stdin: start,
kill (SIGKILL), stop (SIGTERM). It says ``ready`` when the bot is, and ``over <status>`` when a life has ended.
"""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from bot import logs
from bot.run import prepared, run, run_until_stopped
from bot.settings import read_settings

PATIENCE: Final = 60.0
"""Seconds that a life may take to be ready or to end, on the busiest machine."""
_IMPORTED: Final = ("bot.slack.adapter", "bot.telegram.adapter", "uvloop")
_KILLED: Final = -signal.SIGKILL


class Died(Exception):  # noqa: N818 - says what the bot did
    """The bot ended by itself, or not as it was told to."""


@dataclass(slots=True)
class Lives:
    """The parent's hand on the lives."""

    _process: asyncio.subprocess.Process
    _log: Path

    def start(self) -> None:
        """Begin a life; the one before must be over."""
        self._order("start")

    async def ready(self) -> None:
        """Wait until the bot has connected to both platforms."""
        said = await self._said()
        if said != ["ready"]:
            raise Died(f"said {said} instead of being ready; {self._last_words()}")

    async def kill(self) -> None:
        """End the life at once, whatever it is doing."""
        await self._over("kill", _KILLED)

    async def stop(self) -> None:
        """Let the life end in good order."""
        await self._over("stop", 0)

    async def _over(self, order: str, wanted: int) -> None:
        self._order(order)
        said = await self._said()
        while said == ["ready"]:  # it had just become so
            said = await self._said()
        if said != ["over", str(wanted)]:
            raise Died(f"{said} after the order to {order}; {self._last_words()}")

    def _last_words(self) -> str:
        return "the end of its log:\n" + self._log.read_text()[-2000:]

    def _order(self, order: str) -> None:
        assert self._process.stdin is not None  # noqa: S101 - asked for below
        self._process.stdin.write(f"{order}\n".encode())

    async def _said(self) -> list[str]:
        assert self._process.stdout is not None  # noqa: S101 - asked for below
        async with asyncio.timeout(PATIENCE):
            return (await self._process.stdout.readline()).decode().split()


@asynccontextmanager
async def lives(folder: Path, settings: Mapping[str, str]) -> AsyncIterator[Lives]:
    """Be able to start bots with these settings; the last one is killed when the block ends, if nobody stopped it.

    ``folder`` is where they run; what they log is there in ``bot.log``.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("SAMSYN_")}
    root = Path(__file__).parent.parent
    written = folder / "bot.log"
    with written.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.lives", str(folder), cwd=root, stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE, stderr=log, env={**ours, **settings},
        )  # fmt: skip
    try:
        yield Lives(process, written)
    finally:
        assert process.stdin is not None  # noqa: S101 - asked for above
        process.stdin.close()
        await process.communicate()


def _one_life() -> None:
    settings = read_settings()
    logs.begin(sys.stderr, settings.secrets)
    prepared(settings.database)
    run_until_stopped(run(settings, lambda _: print("ready", flush=True)))


def _end(child: int, how: signal.Signals) -> None:
    os.kill(child, how)
    print("over", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def main() -> None:
    """Take orders until whoever gives them goes away."""
    for each in _IMPORTED:
        import_module(each)
    gc.freeze()
    os.chdir(sys.argv[1])  # where no .env of a real bot lies
    child = 0
    # Not `for line in sys.stdin`, which reads ahead: a life must not inherit orders.
    while order := sys.stdin.readline().strip():
        if order == "start":
            child = os.fork()
            if not child:
                _one_life()
                return
        else:
            _end(child, signal.SIGKILL if order == "kill" else signal.SIGTERM)
            child = 0
    if child:
        _end(child, signal.SIGKILL)


if __name__ == "__main__":
    main()
