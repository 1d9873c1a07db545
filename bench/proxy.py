"""A loopback port before a PostgreSQL server that hangs up exactly at a COMMIT, and can lead to another server tomorrow.

It knows as much of the protocol as that takes: it reads what the bot sends message by message, finds the one that
commits, whether it is said plainly or by the name of a prepared statement, and the server's answer to it. Connections
must come without encryption.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Literal

from bench.cluster import LOOPBACK, Cluster

Where = Literal["before", "amid", "after"]
"""The commit does not reach the server · it does, and nobody waits for the answer · the answer does not reach the bot."""
WHERES: Final[tuple[Where, ...]] = ("before", "amid", "after")
_HEAD: Final = 5
"""A letter and a length of four bytes that counts itself."""
_CHUNK: Final = 1 << 16


class Proxy:
    """Leads to ``server``; to nobody while that is ``None``."""

    def __init__(self, server: Cluster | None) -> None:
        self.server = server
        self.port = 0
        self._listening: asyncio.Server | None = None
        self._lines: dict[_Line, None] = {}
        self._wanted: Where | None = None
        self._others_first = 0
        self._was_cut: asyncio.Future[float] | None = None

    async def open(self) -> None:
        """Listen."""
        self._listening = await asyncio.start_server(self._come, LOOPBACK, 0)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Hang up on everybody, and listen no more."""
        if self._listening is not None:
            self._listening.close()
        self.hang_up()

    def hang_up(self) -> None:
        """Cut every connection."""
        for each in tuple(self._lines):
            each.hang_up()

    async def cut(self, where: Where, others_first: int) -> float:
        """Let so many commits pass, and cut the next; when that was, by the loop's clock."""
        self._was_cut = asyncio.get_running_loop().create_future()
        self._wanted, self._others_first = where, others_first
        return await self._was_cut

    def meets(self) -> Where | None:
        """What becomes of the commit that passes now."""
        if self._wanted is None:
            return None
        if self._others_first:
            self._others_first -= 1
            return None
        met, self._wanted = self._wanted, None
        return met

    def was_cut(self) -> None:
        """Tell whoever waits for it."""
        if self._was_cut is not None and not self._was_cut.done():
            self._was_cut.set_result(asyncio.get_running_loop().time())

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.server is None:
            writer.transport.abort()
            return
        try:
            there = await asyncio.open_unix_connection(f"{self.server.host}/.s.PGSQL.{self.server.port}")
        except OSError:
            writer.transport.abort()
            return
        line = _Line(self, writer, there[1])
        self._lines[line] = None
        try:
            await asyncio.gather(
                _carried(reader, there[1], line.said), _carried(there[0], writer, line.answered)
            )
        finally:
            line.hang_up()
            self._lines.pop(line, None)


async def _carried(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, let_through: Callable[[bytes], bytes]
) -> None:
    with suppress(ConnectionError):
        while chunk := await reader.read(_CHUNK):
            writer.write(let_through(chunk))
            await writer.drain()
    writer.close()


@dataclass(slots=True, eq=False)
class _Line:
    """One connection: what the bot says, and what it is answered."""

    proxy: Proxy
    bot: asyncio.StreamWriter
    there: asyncio.StreamWriter
    _from_bot: bytes = b""
    _from_server: bytes = b""
    _greeted: bool = False
    _is_cut: bool = False
    _swallows: bool = False
    _commits: set[bytes] = field(default_factory=set)
    """Prepared statements that commit, and portals of them."""

    def hang_up(self) -> None:
        """Cut it, both ways."""
        self._is_cut = True
        for each in (self.bot, self.there):
            each.transport.abort()

    def said(self, chunk: bytes) -> bytes:
        """What of it the server gets."""
        self._from_bot += chunk
        passed = b""
        while not self._is_cut and (message := self._next_said()):
            met = self.proxy.meets() if self._greeted and self._commits_now(message) else None
            self._greeted = True  # the first message has no letter, and says who it is
            if met != "before":
                passed += message
            if met == "after":
                self._swallows = True
            elif met:
                self._cut(passed)
                return b""
        return b"" if self._is_cut else passed

    def answered(self, chunk: bytes) -> bytes:
        """What of it the bot gets."""
        if not self._swallows:
            # Whole messages only, so that the answer is found wherever it begins.
            self._from_server += chunk
            whole = _whole(self._from_server)
            passed, self._from_server = self._from_server[:whole], self._from_server[whole:]
            return passed
        self._from_server += chunk
        passed = b""
        while message := _first(self._from_server):
            self._from_server = self._from_server[len(message) :]
            if message[:1] == b"C" and message[_HEAD:] == b"COMMIT\0":
                self._cut(b"")
                return passed
            passed += message
        return passed

    def _next_said(self) -> bytes:
        length = 0 if self._greeted else int.from_bytes(self._from_bot[:4], "big")
        message = _first(self._from_bot) if self._greeted else self._from_bot[:length]
        if not message or len(message) < length:
            return b""
        self._from_bot = self._from_bot[len(message) :]
        return message

    def _commits_now(self, message: bytes) -> bool:
        kind, rest = message[:1], message[_HEAD:]
        if kind == b"Q":
            return _is_commit(rest)
        if kind in b"PB":
            # Prepare: a name, then words. Bind: a portal's name, then a statement's.
            name, _, said = rest.partition(b"\0")
            commits = _is_commit(said) if kind == b"P" else b"P" + said.partition(b"\0")[0] in self._commits
            (self._commits.add if commits else self._commits.discard)(kind + name)
        return kind == b"E" and b"B" + rest.partition(b"\0")[0] in self._commits

    def _cut(self, last: bytes) -> None:
        """What the server still gets goes out before the connection ends."""
        self._is_cut = True
        if last:
            self.there.write(last)
        self.bot.transport.abort()
        self.there.close()
        self.proxy.was_cut()


def _is_commit(words: bytes) -> bool:
    return words.partition(b"\0")[0].strip(b" ;\n").lower().endswith(b"commit")


def _first(buffer: bytes) -> bytes:
    """The first message, or nothing while it is not whole."""
    length = 1 + int.from_bytes(buffer[1:_HEAD], "big")
    return buffer[:length] if len(buffer) >= max(length, _HEAD) else b""


def _whole(buffer: bytes) -> int:
    """How many bytes at the beginning are whole messages."""
    at = 0
    while message := _first(buffer[at:]):
        at += len(message)
    return at
