"""A PostgreSQL server whose clock is that of the leaping loop.

Leases and holds are counted by the server's clock. Here a function of ours stands before the server's own, and says what
the loop says; each transaction begins by telling it. And since nobody else works on the database, one looks for what
others wrote seldom: looking twice a second for thirty days would take most of an hour.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final
from urllib.parse import quote

import psycopg
from typing_extensions import override

from bot import timers, turns
from bot.app import App
from bot.counting import CountedTransactions, Counts
from storage.db import Store, Transactions

_OURS: Final = """
create or replace function public.clock_timestamp() returns timestamptz language sql volatile as $$
  select to_timestamp(coalesce(nullif(current_setting('samsyn.now', true), '')::float8,
                               extract(epoch from pg_catalog.clock_timestamp())::float8)) $$
"""
_FIRST: Final = "-csearch_path=public,pg_catalog"
SELDOM: Final = 20.0
"""Seconds between looks for what others wrote."""
RENEWED: Final = 12.0
"""Seconds between renewals of leases, which run out after fifteen."""


def prepared(address: str) -> str:
    """The address by which this database takes its time from whoever is connected."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(_OURS)
    return f"{address}{'&' if '?' in address else '?'}options={quote(_FIRST)}"


def follow(app: App, now: Callable[[], float]) -> None:
    """From now on the server's clock says what this one says."""
    app.writer.transactions = _Timed(app.writer.transactions, now)


@contextmanager
def alone() -> Iterator[None]:
    """Inside this block nobody else is expected to write."""
    before = turns.LOOK, turns.RENEW, timers.OTHERS
    _look(SELDOM, RENEWED, timedelta(seconds=SELDOM))
    try:
        yield
    finally:
        _look(*before)


def _look(every: float, renewed: float, others: timedelta) -> None:
    setattr(turns, "LOOK", every)  # noqa: B010 - a constant, for the product
    setattr(turns, "RENEW", renewed)  # noqa: B010
    setattr(timers, "OTHERS", others)  # noqa: B010


class _Timed(CountedTransactions):
    def __init__(self, transactions: Transactions, now: Callable[[], float]) -> None:
        super().__init__(transactions, Counts(), now)
        self._now = now

    @override
    def begin(self) -> Store:
        store = super().begin()
        store.one("select set_config('samsyn.now', :now, false)", now=f"{self._now():.6f}")
        return store
