"""Both stand-in platforms on one port of this machine, and the environment that leads a bot to them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount

from bot.clock import SystemClock
from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.slack import StandInSlack
from bot.playground.telegram import StandInTelegram
from bot.web import address, listener, served

BOT_TOKEN = "xoxb-for-tests"
APP_TOKEN = "xapp-for-tests"
SIGNING_SECRET = "for-tests-only"
TELEGRAM_TOKEN = "4200:for-tests"


@dataclass(frozen=True, slots=True)
class Platforms:
    """What a test holds of the two platforms."""

    slack: StandInSlack
    telegram: StandInTelegram
    faults: Faults
    ledger: Ledger

    def environment(self, folder: Path) -> dict[str, str]:
        """The settings of a bot that connects here by Socket Mode and polling, and keeps its records in a folder."""
        return {
            "SAMSYN_DATABASE": str(folder / "samsyn.db"),
            "SAMSYN_LISTEN": "127.0.0.1:0",
            "SAMSYN_SLACK_BOT_TOKEN": BOT_TOKEN,
            "SAMSYN_SLACK_APP_TOKEN": APP_TOKEN,
            "SAMSYN_SLACK_API": f"{self.slack.base_url}/slack/api/",
            "SAMSYN_TELEGRAM_TOKEN": TELEGRAM_TOKEN,
            "SAMSYN_TELEGRAM_API": self.telegram.base_url,
        }


@asynccontextmanager
async def both_platforms() -> AsyncIterator[Platforms]:
    """Serve both stand-ins inside this block."""
    clock, ledger, faults = SystemClock(), Ledger(), Faults()
    slack = StandInSlack(
        now=lambda: clock.now().timestamp(), ledger=ledger, faults=faults,
        signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN, app_token=APP_TOKEN,
    )  # fmt: skip
    telegram = StandInTelegram(
        now=lambda: clock.now().timestamp(), ledger=ledger, faults=faults, token=TELEGRAM_TOKEN
    )
    routes = [Mount("/slack", routes=slack.routes), Mount("/telegram", routes=telegram.routes)]
    taken = listener("127.0.0.1", 0)
    slack.base_url, telegram.address = address(taken), f"{address(taken)}/telegram"
    async with served(Starlette(routes=routes), taken):
        try:
            yield Platforms(slack, telegram, faults, ledger)
        finally:
            await slack.close()
            await telegram.close()
