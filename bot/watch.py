"""Everything that whoever runs the bot sees of it while it runs: health, metrics, the heartbeat and the clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.app import App
from bot.clock import Clock
from bot.connect import Connector
from bot.counting import Counts, count_inside
from bot.health import Health
from bot.heartbeat import Heartbeat
from bot.metrics import Metrics
from bot.settings import Settings
from bot.skew import ClockWatch
from bot.version import VERSION

PROMETHEUS: Final = "text/plain; version=0.0.4; charset=utf-8"


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
        self._metrics = Metrics(counts, clock, VERSION)
        self.health = Health(
            where, app.writer, clock, connected=connector.health, clock_is_right=lambda: self._time.is_right
        )
        self.routes: tuple[BaseRoute, ...] = (Route("/metrics", self._page),)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Beat and look at the clock inside this block."""
        tasks = [asyncio.create_task(each.run()) for each in (self._heart, self._time)]
        try:
            yield
        finally:
            for each in tasks:
                each.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _page(self, _request: Request) -> Response:
        parts = await self.health.parts()
        page = self._metrics.page(await self.health.gauges(), parts)
        return Response(page, media_type=PROMETHEUS, headers={"Cache-Control": "no-store"})
