"""A door for commands given on this machine: a socket beside the database, open to the user of the bot alone.

The running bot is the only one that writes to a SQLite file: a second writer would wait for a lock that is never free,
and old SQLites may damage a file that two processes write. So a command that changes something asks the bot to do it,
and hears what came of it. A queue in the database would itself need a second writer; a web page would need a password.
One line of JSON goes in, one comes back.
"""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Final

import structlog

log = structlog.get_logger()

LONGEST_LINE: Final = 1000
PATIENCE: Final = 30.0
"""Seconds that a command waits for its answer: a platform may have to be asked."""
LONGEST_ADDRESS: Final = 100
"""Bytes in the address of a socket, on the system that has least room for it."""

CarryOut = Callable[[str, str], Awaitable[str]]
"""Does what an order says, about what it is about; what came of it, in a word."""


def control_beside(database: Path) -> Path:
    """Where the socket of a database is."""
    return database.with_name(f"{database.name}.control")


@asynccontextmanager
async def orders_taken(database: Path, carry_out: CarryOut) -> AsyncIterator[None]:
    """Take orders inside this block. Where there can be no socket, the bot runs without."""
    going: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task: asyncio.Task[None] | None = asyncio.current_task()
        assert task  # noqa: S101 - a server answers in tasks
        going.add(task)
        try:
            with suppress(OSError, ValueError, TypeError, TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    order, about = json.loads(await reader.readline())
                    said = await carry_out(str(order), str(about))
                    writer.write(json.dumps(said).encode() + b"\n")
                    await writer.drain()
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
            going.discard(task)

    path = control_beside(database)
    try:
        taken = _listening(path)
    except OSError as trouble:
        log.warning("no orders are taken", kind=type(trouble).__name__)
        yield
        return
    server = await asyncio.start_unix_server(answer, sock=taken, limit=LONGEST_LINE)
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)
        left = list(going)
        for each in left:
            each.cancel()
        await asyncio.gather(*left, return_exceptions=True)


def ask(database: Path, order: str, about: str) -> str | None:
    """Give an order to the bot that runs on a database; ``None`` when there is none, or it gives no answer."""
    with suppress(OSError, ValueError), socket.socket(socket.AF_UNIX) as line:
        line.settimeout(PATIENCE)
        with _address(control_beside(database)) as address:
            line.connect(address)
        line.sendall(json.dumps([order, about]).encode() + b"\n")
        with line.makefile("rb") as answer:
            return str(json.loads(answer.readline(LONGEST_LINE)))
    return None


def _listening(path: Path) -> socket.socket:
    """The socket, in place of one that a killed process left; the lock of the database says that there is no other."""
    path.unlink(missing_ok=True)
    taken = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    try:
        with _address(path) as address:
            taken.bind(address)
        taken.listen()
    except OSError:
        taken.close()
        raise
    finally:
        os.umask(before)
    return taken


@contextmanager
def _address(path: Path) -> Iterator[str]:
    """The path, or where that is too long, a short way to it through the folder held open."""
    if len(os.fsencode(path)) < LONGEST_ADDRESS:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
