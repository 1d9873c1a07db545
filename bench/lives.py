"""One bot process after the other on the same database, each ended at will: ``python -m bench.lives <folder> <name> <role>``.

What takes long at a start is importing. So this process imports once what the bot needs, and every life is a fork of it
that then does what ``python -m bot run`` does, with the settings of the environment. Orders are lines on stdin: start,
kill (SIGKILL), stop (SIGTERM). It says ``ready <port>`` when the bot is, and ``over <status>`` when a life has ended.
"""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Final, cast
from unittest.mock import patch

from bot import logs
from bot.app import Role
from bot.run import prepared, run, run_until_stopped
from bot.settings import read_settings

PATIENCE: Final = 60.0
"""Seconds that a life may take to be ready or to end, on the busiest machine."""
DOOR: Final = "BENCH_PUBLIC_URL"
"""Names the address that the platforms reach the bot at: here one without a certificate, which no setting takes."""
_IMPORTED: Final = ("bot.slack.adapter", "bot.telegram.adapter", "uvloop")
_KILLED: Final = -signal.SIGKILL


class Died(Exception):  # noqa: N818 - says what the bot did
    """The bot ended by itself, or not as it was told to."""


@dataclass(slots=True)
class Lives:
    """The parent's hand on the lives of one process. ``up`` while one is lived; ``port`` once it is ready."""

    name: str
    role: Role
    _process: asyncio.subprocess.Process
    _log: Path
    up: bool = False
    port: int = 0
    lived: int = 0
    _heard: asyncio.Event = field(default_factory=asyncio.Event)
    _over: str = ""

    @property
    def holder(self) -> str:
        """The name by which the present life, or the last one, has its turns."""
        return f"{self.name}-{self.lived}"

    def start(self) -> None:
        """Begin a life; the one before must be over."""
        self.lived += 1
        self.up, self.port, self._over = True, 0, ""
        self._order("start")

    async def ready(self) -> int:
        """Wait until the bot has connected to both platforms; where it listens."""
        async with asyncio.timeout(PATIENCE):
            while not self.port:
                await self._news()
        return self.port

    async def kill(self) -> None:
        """End the life at once, whatever it is doing."""
        await self._ended("kill", _KILLED)

    async def stop(self) -> None:
        """Let the life end in good order."""
        await self._ended("stop", 0)

    async def listen(self) -> None:
        """Hear what the process says, for as long as it lives."""
        assert self._process.stdout is not None  # noqa: S101 - asked for below
        while line := await self._process.stdout.readline():
            match line.decode().split():
                case ["ready", port]:
                    self.port = int(port)
                case ["over", status]:
                    self._over = status
                case said:
                    self._over = f"saying {said}"
            self._heard.set()
        self._over = self._over or "gone"
        self._heard.set()

    async def _ended(self, order: str, wanted: int) -> None:
        self._order(order)
        async with asyncio.timeout(PATIENCE):
            while not self._over:
                await self._heard.wait()
                self._heard.clear()
        self.up, self.port = False, 0
        if self._over != str(wanted):
            raise Died(f"{self._over} after the order to {order}; {self.last_words()}")

    async def _news(self) -> None:
        await self._heard.wait()
        self._heard.clear()
        if self._over:
            raise Died(f"{self._over} instead of being ready; {self.last_words()}")

    def last_words(self) -> str:
        """The end of what it logged."""
        return f"the end of {self._log.name}:\n{self._log.read_text()[-2000:]}"

    def _order(self, order: str) -> None:
        assert self._process.stdin is not None  # noqa: S101 - asked for below
        self._process.stdin.write(f"{order}\n".encode())


@asynccontextmanager
async def lives(
    folder: Path, settings: Mapping[str, str], *, name: str = "bot", role: Role = "all"
) -> AsyncIterator[Lives]:
    """Be able to start bots with these settings; the last one is killed when the block ends, if nobody stopped it.

    ``folder`` is where they run; what they log is there in a file of their name.
    """
    ours = {
        each: value for each, value in os.environ.items() if not each.startswith(("SAMSYN_", "DATABASE_URL"))
    }
    root = Path(__file__).parent.parent
    written = folder / f"{name}.log"
    with written.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.lives", str(folder), name, role, cwd=root, stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE, stderr=log, env={**ours, **settings},
        )  # fmt: skip
    found = Lives(name, role, process, written)
    listening = asyncio.create_task(found.listen())
    try:
        yield found
    finally:
        assert process.stdin is not None  # noqa: S101 - asked for above
        process.stdin.close()
        await process.wait()
        await listening


# --- In the process ----------------------------------------------------------------------------------------------


def _one_life(role: Role, holder: str) -> None:
    settings = read_settings()
    if DOOR in os.environ:
        settings = settings.model_copy(update={"public_url": os.environ[DOOR]})
    logs.begin(sys.stderr, settings.secrets)
    prepared(settings.where)
    with patch("bot.turns.uuid4", lambda: SimpleNamespace(hex=holder)):
        run_until_stopped(run(settings, _say_ready, role))


def _say_ready(said: str) -> None:
    """It ends with the address of its health."""
    port = said.rpartition(":")[2].partition("/")[0]
    print("ready", port, flush=True)


def _end(child: int, how: signal.Signals) -> None:
    os.kill(child, how)
    print("over", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def main() -> None:
    """Take orders until whoever gives them goes away."""
    folder, name, role = sys.argv[1:]
    postgres = ("storage.postgres",) if "DATABASE_URL" in os.environ else ()
    for each in (*_IMPORTED, *postgres):
        import_module(each)
    gc.freeze()
    os.chdir(folder)  # where no .env of a real bot lies
    child = lived = 0
    # Not `for line in sys.stdin`, which reads ahead: a life must not inherit orders.
    while order := sys.stdin.readline().strip():
        if order == "start":
            lived += 1
            child = os.fork()
            if not child:
                _one_life(cast(Role, role), f"{name}-{lived}")
                return
        else:
            _end(child, signal.SIGKILL if order == "kill" else signal.SIGTERM)
            child = 0
    if child:
        _end(child, signal.SIGKILL)


if __name__ == "__main__":
    main()
