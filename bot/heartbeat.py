"""Notes once a minute that each platform reaches us, and finds out when one did not for too long.

A process that was down, a network that was gone and a database that took nothing look the same to people: what they
wrote was not answered, and after a while the platform gives up bringing it. Lengths within one process are measured on
the steady clock, so that a machine whose clock is set right makes nobody believe in an outage.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog

from bot.adapter import Intake
from bot.clock import Clock
from bot.writer import Writer
from handlers.kit.inbound import Happened
from storage import gauges
from storage.db import Store, StoreUnavailable, to_ms
from storage.outages import RESTORED

log = structlog.get_logger()

MINUTE: Final = 60.0
PATIENCE: Final[Mapping[str, timedelta]] = {
    "slack": timedelta(minutes=10),  # tried again at once, after a minute and after five, then given up
    "telegram": timedelta(hours=24),
}
"""How long each platform brings again what it could not deliver."""


class Heartbeat:
    """Beats until cancelled. ``connected`` tells which platforms reach us, ``intake`` hears of gaps."""

    def __init__(
        self, writer: Writer, clock: Clock, intake: Intake, connected: Callable[[], Mapping[str, bool]]
    ) -> None:
        self._writer = writer
        self._clock = clock
        self._intake = intake
        self._connected = connected
        self._beaten: dict[str, tuple[float, datetime]] = {}
        self._began = False

    async def run(self) -> None:
        """Once a minute."""
        while True:
            try:
                await self.beat()
            except StoreUnavailable:
                log.warning("no heartbeat: the store takes nothing")
            await self._clock.sleep(MINUTE)

    async def beat(self) -> None:
        """Tell of every gap that ended, and note where we are reached now. Raises ``StoreUnavailable``."""
        now, steady = self._clock.now(), self._clock.steady()
        if not self._began:
            await self._after_restore(now)
            self._began = True
        up = [name for name, works in self._connected().items() if works]
        for name in up:
            length, since = await self._gap(name, now, steady)
            if since and length >= PATIENCE[name]:
                log.warning("away for too long", platform=name, seconds=round(length.total_seconds()))
                await self._tell("away", name, since, now)
        await self._writer.run(partial(_note, up, now))
        self._beaten |= dict.fromkeys(up, (steady, now))

    async def _gap(self, name: str, now: datetime, steady: float) -> tuple[timedelta, datetime | None]:
        """How long it is since the last beat, and when that was."""
        if name in self._beaten:
            then, at = self._beaten[name]
            return timedelta(seconds=steady - then), at
        known = await self._writer.run(lambda store: gauges.instant(store, gauges.awake(name)))
        return (now - known if known else timedelta()), known

    async def _after_restore(self, now: datetime) -> None:
        since = await self._writer.run(_restored)
        if since:
            if now - since >= min(PATIENCE.values()):
                await self._tell("restored", RESTORED, since, now)
            await self._writer.run(partial(_forget_restore, now))

    async def _tell(self, what: str, kind: str, since: datetime, until: datetime) -> None:
        """Named by where the gap began, so that a gap found twice is told once."""
        key = f"{to_ms(since):013d}:{what}:{kind}"
        detail = f"{kind}:{to_ms(since)}:{to_ms(until)}"
        await self._intake.handle(Happened(key=key, what=what, detail=detail))


def _note(names: list[str], now: datetime, store: Store) -> None:
    for each in names:
        gauges.note(store, gauges.awake(each), now)


def _restored(store: Store) -> datetime | None:
    return gauges.instant(store, gauges.RESTORED)


def _forget_restore(now: datetime, store: Store) -> None:
    """What was lost by restoring is told as that, not once more as an outage of each platform."""
    gauges.forget(store, gauges.RESTORED)
    _note(list(PATIENCE), now, store)
