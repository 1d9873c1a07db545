"""Everything that whoever runs the bot sees of it while it runs, and may order: health, metrics, heartbeat, letters."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.app import App
from bot.clock import Clock
from bot.connect import Connector
from bot.control import orders_taken
from bot.counting import Counts, count_inside
from bot.health import Health
from bot.heartbeat import Heartbeat
from bot.metrics import Metrics
from bot.orders import Orders
from bot.settings import Settings
from bot.skew import ClockWatch
from bot.version import VERSION
from storage.db import StoreUnavailable
from storage.opened import is_address

PROMETHEUS: Final = "text/plain; version=0.0.4; charset=utf-8"
LOOK: Final = 5.0
"""Seconds between looks for what only a running bot can do."""


class Watch:
    """Watches one running bot. ``routes`` and ``health`` are for its web server."""

    def __init__(
        self,
        where: Path | str,
        app: App,
        connector: Connector,
        settings: Settings,
        clock: Clock,
        counts: Counts,
    ) -> None:
        count_inside(app, counts, clock.steady)
        platforms = ((settings.slack, settings.slack_api), (settings.telegram, settings.telegram_api))
        self._time = ClockWatch(clock, (address for connected, address in platforms if connected))
        self._heart = Heartbeat(app.writer, clock, app.engine, connector.health)
        self._where = where
        self._clock = clock
        self._takes_in = app.role != "worker"
        self._orders = Orders(app.writer, clock, deliver=app.dispatcher.take, take_again=connector.take_again)
        self._metrics = Metrics(counts, clock, VERSION)
        self.health = Health(
            where, app.writer, clock, connected=connector.health, clock_is_right=lambda: self._time.is_right
        )
        self.routes: tuple[BaseRoute, ...] = (Route("/metrics", self._page),)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Look at the clock, and where something comes in, beat and take orders inside this block."""
        tasks = [asyncio.create_task(self._time.run())]
        if self._takes_in:
            tasks.append(asyncio.create_task(self._heart.run()))
        if self._takes_in and is_address(self._where):
            tasks.append(asyncio.create_task(self._look_for_orders()))
        try:
            if is_address(self._where):
                yield
            else:
                async with orders_taken(Path(self._where), self._orders.carry_out):
                    yield
        finally:
            for each in tasks:
                each.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _look_for_orders(self) -> None:
        """Where commands write to the database themselves, they leave word of what only a running bot can do."""
        while True:
            with suppress(StoreUnavailable):
                await self._orders.look()
            await self._clock.sleep(LOOK)

    async def _page(self, _request: Request) -> Response:
        parts = await self.health.parts()
        page = self._metrics.page(await self.health.gauges(), parts)
        return Response(page, media_type=PROMETHEUS, headers={"Cache-Control": "no-store"})
