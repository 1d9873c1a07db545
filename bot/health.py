"""Whether each part of the running bot works, for ``/ready``: parts have names, people and chats do not.

Whoever asks often gets the last answer again, so that asking costs nothing: the database takes one small write every
two seconds at the most, and is read, beside the loop, every five.
"""

import asyncio
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.clock import Clock
from bot.condition import looking
from bot.writer import Writer
from storage import gauges
from storage.db import Store, StoreUnavailable
from storage.gauges import Gauges
from storage.opened import is_address

PATIENCE: Final = 2.0
"""Seconds that the database has to take a write."""
WRITTEN: Final = 2.0
READ: Final = 5.0
LEAST_FREE: Final = 0.1
"""Of the disk."""
OLDEST: Final = timedelta(minutes=15)
"""A message that waits longer waits for somebody to do something."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a look into the database shows."""

    gauges: Gauges
    schema_fits: bool


class Health:
    """Asks every part. ``connected`` tells of the platforms, ``clock_is_right`` what is known of the clock."""

    def __init__(
        self,
        where: Path | str,
        writer: Writer,
        clock: Clock,
        *,
        connected: Callable[[], Mapping[str, bool]],
        clock_is_right: Callable[[], bool | None],
    ) -> None:
        self._where = where
        self._writer = writer
        self._clock = clock
        self._connected = connected
        self._clock_is_right = clock_is_right
        self._writes = True
        self._wrote_at = -WRITTEN
        self._glance: Glance | None = None
        self._looked_at = -READ
        self._asking = asyncio.Lock()

    async def parts(self) -> Mapping[str, bool]:
        """Every part, and whether it works. What nobody knows is left out."""
        async with self._asking:
            found = {"database": await self._takes_writes()}
            glance = await self._looked()
        now = self._clock.now()
        found["schema"] = glance is not None and glance.schema_fits
        if glance is not None:
            found["outbox"] = glance.gauges.oldest_at is None or now - glance.gauges.oldest_at < OLDEST
        if not is_address(self._where):
            found["disk"] = has_room(Path(self._where))
        if (right := self._clock_is_right()) is not None:
            found["clock"] = right
        return {**found, **self._connected()}

    async def gauges(self) -> Gauges | None:
        """The figures of the database; ``None`` while it cannot be read."""
        async with self._asking:
            glance = await self._looked()
        return glance.gauges if glance else None

    async def _takes_writes(self) -> bool:
        if self._clock.steady() - self._wrote_at >= WRITTEN:
            self._writes = await takes_writes(self._writer, self._clock.now())
            self._wrote_at = self._clock.steady()
        return self._writes

    async def _looked(self) -> Glance | None:
        if self._clock.steady() - self._looked_at >= READ:
            self._glance = await asyncio.to_thread(_look, self._where, self._clock.now())
            self._looked_at = self._clock.steady()
        return self._glance


async def takes_writes(writer: Writer, now: datetime) -> bool:
    """Whether the database takes a write, in good time."""
    try:
        async with asyncio.timeout(PATIENCE):
            await writer.run(lambda store: _write(store, now))
    except (StoreUnavailable, TimeoutError):
        return False
    return True


def _write(store: Store, now: datetime) -> None:
    gauges.note(store, gauges.WRITTEN, now)


def _look(where: Path | str, now: datetime) -> Glance | None:
    try:
        with looking(where) as store:
            return Glance(gauges.read(store, now), gauges.schema_fits(store))
    except StoreUnavailable:
        return None


def has_room(database: Path) -> bool:
    """Whether a tenth of the disk is free, so that somebody can still do something about it."""
    disk = shutil.disk_usage(next(each for each in database.absolute().parents if each.exists()))
    return disk.free >= disk.total * LEAST_FREE
