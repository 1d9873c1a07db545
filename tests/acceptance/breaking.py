"""A disk that fails at the n-th write, and platforms whose deliveries come again without anybody waiting for it."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest

from storage.sqlite import SqliteStore, SqliteTransactions
from tests.acceptance.siege import Siege

T = TypeVar("T")
WRITES = ("insert", "update", "delete")
SOON = (0.0,) * 2000
"""Slack's pauses between deliveries."""


class Disk:
    """Counts writes and commits from ``fails`` on, and refuses the n-th of them: once, or with all that follow."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.writes = self._nth = 0
        self._lasting = False
        for name in ("run", "do", "one", "all", "run_many"):
            monkeypatch.setattr(SqliteStore, name, self._breaking(getattr(SqliteStore, name)))
        monkeypatch.setattr(SqliteTransactions, "commit", self._breaking(SqliteTransactions.commit))

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
                    raise full()
            return work(it, *(() if sql == "commit" else (sql, *args)), **more)

        return sometimes


def full() -> sqlite3.OperationalError:
    """What SQLite says when there is no room."""
    trouble = sqlite3.OperationalError("database or disk is full")
    trouble.sqlite_errorcode = sqlite3.SQLITE_FULL
    return trouble


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
