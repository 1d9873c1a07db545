"""A disk that fails at the n-th write, here or at a server, and platforms whose deliveries come again without anybody waiting for it."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from typing import Any, Final, NoReturn, TypeVar

import pytest

from storage.postgres import PostgresStore, PostgresTransactions
from storage.sqlite import SqliteStore, SqliteTransactions
from tests.acceptance.siege import Siege

T = TypeVar("T")
WRITES = ("insert", "update", "delete")
NO_ROOM: Final = "do $$begin raise disk_full; end$$"
SOON = (0.0,) * 2000
"""Slack's pauses between deliveries."""


class Disk:
    """Counts writes and commits from ``fails`` on, and refuses the n-th of them: once, or with all that follow."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.writes = self._nth = 0
        self._lasting = False
        for kind in (SqliteStore, PostgresStore):
            for name in ("run", "do", "one", "all", "run_many"):
                monkeypatch.setattr(kind, name, self._breaking(getattr(kind, name)))
        for kept in (SqliteTransactions, PostgresTransactions):
            monkeypatch.setattr(kept, "commit", self._breaking(kept.commit))

    def fails(self, nth: int, *, lasting: bool = False) -> None:
        """From now on the n-th write is refused; 0 for none."""
        self.writes, self._nth, self._lasting = 0, nth, lasting

    @property
    def has_failed(self) -> bool:
        return 0 < self._nth <= self.writes

    def _breaking(self, work: Callable[..., T]) -> Callable[..., T]:
        def sometimes(it: object, sql: str = "commit", *args: object, **more: object) -> T:
            if sql == "commit" or sql.lstrip().startswith(WRITES):
                self.writes += 1
                if self._nth and (self.writes == self._nth or (self._lasting and self.has_failed)):
                    _refuse(it)
            return work(it, *(() if sql == "commit" else (sql, *args)), **more)

        return sometimes


def _refuse(it: object) -> NoReturn:
    """What SQLite says when there is no room, or the server, which has undone the transaction as well."""
    if isinstance(it, PostgresStore):
        it.connection.execute(NO_ROOM)
    elif isinstance(it, PostgresTransactions):
        it._say(NO_ROOM)
    trouble = sqlite3.OperationalError("database or disk is full")
    trouble.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise trouble


async def insisting(siege: Siege, deed: Coroutine[Any, Any, T]) -> T:
    """Telegram does not wait until it brings again what was not taken."""
    telegram, doing = siege.telegram, asyncio.ensure_future(deed)
    while not doing.done():
        seen = telegram.revision
        changed = asyncio.ensure_future(telegram.changed(seen))
        await asyncio.wait((doing, changed), return_when=asyncio.FIRST_COMPLETED)
        changed.cancel()
        telegram.webhook.hurry()
    return doing.result()
