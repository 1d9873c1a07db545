"""Both stand-in platforms on one real server, kept for a whole run and emptied between stories."""

import asyncio
import socket

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.slack import StandInSlack
from bot.playground.telegram import StandInTelegram
from tests.stage.time import MONDAY_MORNING

SIGNING_SECRET = "stage-signing-secret"
BOT_TOKEN = "xoxb-stage"
APP_TOKEN = "xapp-stage"
TELEGRAM_TOKEN = "4200:stage"
PATIENCE = 15.0
"""Seconds that Slack waits for an answer: no story hangs on how fast the machine is."""


class Platforms:
    """Slack and Telegram as the bot meets them. ``now`` is where their clocks look."""

    def __init__(self) -> None:
        self.now = MONDAY_MORNING.timestamp
        self.ledger = Ledger()
        self.faults = Faults()
        self.slack = StandInSlack(
            now=self._present, ledger=self.ledger, faults=self.faults, signing_secret=SIGNING_SECRET,
            bot_token=BOT_TOKEN, app_token=APP_TOKEN,
        )  # fmt: skip
        self.telegram = StandInTelegram(
            now=self._present, ledger=self.ledger, faults=self.faults, token=TELEGRAM_TOKEN
        )
        app = Starlette(
            routes=[
                Mount("/slack", routes=self.slack.routes),
                Mount("/telegram", routes=self.telegram.routes),
            ]
        )
        config = uvicorn.Config(app, lifespan="off", log_level="critical", timeout_graceful_shutdown=1)
        config.load()
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)
        self._socket = socket.socket(proto=socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.slack.base_url = base
        self.telegram.address = f"{base}/telegram"
        self.base = base

    def _present(self) -> float:
        return self.now()

    async def open(self) -> None:
        await self._server.startup([self._socket])

    async def renew(self) -> None:
        """Empty worlds for the next story."""
        await self.slack.reset()
        self.slack.delivery.patience = PATIENCE
        self.slack.world.share_lag = 0  # a clock that stands still waits for no picture
        await self.telegram.reset()

    async def close(self) -> None:
        await self.slack.close()
        await self.telegram.close()
        await self._server.shutdown([self._socket])
        await asyncio.sleep(0)
