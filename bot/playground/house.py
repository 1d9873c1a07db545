"""The playground as one piece: two stand-in platforms, the real bot between them, and a clock that can be moved.

The bot is the same as everywhere: it speaks HTTP and WebSocket to the stand-ins and knows nothing of this house.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from typing_extensions import override

from bot.app import App
from bot.calendar import remember_address
from bot.clock import SystemClock
from bot.connect import Connector
from bot.playground.cast import Cast, gather
from bot.playground.faults import Faults
from bot.playground.ledger import Call, Ledger
from bot.playground.slack import StandInSlack
from bot.playground.telegram import StandInTelegram
from bot.playground.telegram.bell import Bell
from bot.settings import Settings
from bot.timers import SchedulerAlarm
from storage import timers

BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-playground", "xapp-playground", "playground"
TELEGRAM_TOKEN = "4200:playground"  # noqa: S105 - of a toy
HORIZON = timedelta(days=120)
"""How far ahead a reminder is looked for."""
MOST_RINGS = 500
"""So many timers ring at the most in one move of the clock; a year of reminders is less."""


class Stride(SystemClock):
    """What messages keep their distance by. While nobody watches, it strides over every wait."""

    def __init__(self, shown: SystemClock) -> None:
        super().__init__()
        self._shown = shown
        self.striding = True
        self._ahead = 0.0

    @override
    def now(self) -> datetime:
        return self._shown.now()

    @override
    def steady(self) -> float:
        return super().steady() + self._ahead

    @override
    async def sleep(self, seconds: float) -> None:
        if self.striding:
            self._ahead += seconds
        await super().sleep(0 if self.striding else seconds)

    def walk(self) -> None:
        """From now on wait as everywhere, with nothing left to wait for from before."""
        self.striding = False
        self._ahead += 120


class House:
    """Everything of one playground. ``bell`` rings at every change; ``ready`` says that the sample is in place.

    ``born`` tells one house from the next at the same address.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.clock = SystemClock()
        self.pacing = Stride(self.clock)
        self.ledger, self.faults, self.bell = Ledger(), Faults(), Bell()
        self.slack = StandInSlack(
            now=self._seconds, ledger=self.ledger, faults=self.faults,
            signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN, app_token=APP_TOKEN,
        )  # fmt: skip
        self.telegram = StandInTelegram(
            now=self._seconds, ledger=self.ledger, faults=self.faults, token=TELEGRAM_TOKEN
        )
        self.cast: Cast = gather(self.slack, self.telegram)
        self.ready = self.closed = False
        self.born = self.clock.now().isoformat()
        self._app: App | None = None
        self._followers: list[asyncio.Task[None]] = []
        self._moving = asyncio.Lock()

    def _seconds(self) -> float:
        return self.clock.now().timestamp()

    @property
    def app(self) -> App:
        """The bot. Only to be asked for between ``open`` and ``close``."""
        assert self._app is not None  # noqa: S101 - a fault of ours otherwise
        return self._app

    # --- Coming and going --------------------------------------------------------------------------------------

    async def open(self, address: str, folder: Path) -> None:
        """Let the bot come: ``address`` is where the stand-ins are served, ``folder`` where it keeps its records."""
        self.slack.base_url, self.telegram.address = address, f"{address}/telegram"
        self._followers = [
            asyncio.create_task(each) for each in (self._follow_slack(), self._follow_telegram())
        ]
        self._app = App(
            folder / "playground.db", self.clock, SchedulerAlarm(self.clock),
            Connector(self._connected(), self.clock), language=self._settings.language, pacing=self.pacing,
        )  # fmt: skip
        await remember_address(self._app, address)
        await self._app.start()
        await self.slack.sockets.connected_at_least(1)

    async def close(self) -> None:
        """Let the bot go, and everybody who watches."""
        self.closed = True
        self.bell.ring()
        if self._app is not None:
            await self._app.stop()
        for each in self._followers:
            each.cancel()
        await asyncio.gather(*self._followers, return_exceptions=True)
        await self.slack.close()
        await self.telegram.close()

    def _connected(self) -> Settings:
        """The settings with both stand-ins in place of the real platforms."""
        return self._settings.model_copy(update={
            "slack_bot_token": SecretStr(BOT_TOKEN),
            "slack_app_token": SecretStr(APP_TOKEN),
            "slack_signing_secret": SecretStr(""),
            "slack_api": f"{self.slack.base_url}/slack/api/",
            "telegram_token": SecretStr(TELEGRAM_TOKEN),
            "telegram_webhook_secret": SecretStr(""),
            "telegram_api": self.telegram.base_url,
        })  # fmt: skip

    async def _follow_slack(self) -> None:
        seen = self.slack.changes.revision
        while True:
            seen = await self.slack.changes.after(seen)
            self.bell.ring()

    async def _follow_telegram(self) -> None:
        seen = self.telegram.revision
        while True:
            seen = await self.telegram.changed(seen)
            self.bell.ring()

    # --- Waiting -----------------------------------------------------------------------------------------------

    async def until(self, holds: Callable[[], bool], *, seconds: float = 20) -> None:
        """Wait until something has happened. Raises ``TimeoutError`` when it does not."""
        async with asyncio.timeout(seconds):
            await self.bell.until(holds)

    async def settled(self) -> None:
        """Wait until the bot has heard everything and nothing of its answers is still on the way."""
        while True:
            await self.slack.quiet()
            await self.telegram.quiet()
            await self.app.timers.idle()
            await self.app.dispatcher.idle()
            if self.slack.is_quiet() and self.telegram.is_quiet():
                return

    # --- The clock ---------------------------------------------------------------------------------------------

    async def forward(self, by: timedelta) -> list[Call]:
        """Move on, stopping at every timer on the way, so that each rings at its own time; gives what was sent."""
        async with self._moving:
            target, before = self.clock.offset + by, len(self.ledger.sent())
            rings = 0
            while rings < MOST_RINGS and await self._to_next_timer(target):
                rings += 1
            self.clock.forward(max(target - self.clock.offset, timedelta()))
            self.bell.ring()
            return self.ledger.sent()[before:]

    async def to_next_reminder(self) -> list[Call]:
        """Move on until the bot says something by itself; gives what it sent, nothing if nothing is to come."""
        async with self._moving:
            latest, before = self.clock.offset + HORIZON, len(self.ledger.sent())
            while len(self.ledger.sent()) == before and await self._to_next_timer(latest):
                pass
            self.bell.ring()
            return self.ledger.sent()[before:]

    async def _to_next_timer(self, latest: timedelta) -> bool:
        due = await self.app.writer.run(timers.next_due)
        if due is None or self.clock.offset + (due - self.clock.now()) > latest:
            return False
        self.clock.forward(max(due - self.clock.now(), timedelta()))
        self.app.timers.wake()
        await self.settled()
        return True
