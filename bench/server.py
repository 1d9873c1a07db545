"""The server under measurement, in a process of its own: ``python -m bench.server '{"database": …}'``.

Durable: the whole bot as ``bot.app`` wires it. Otherwise the same web server, routes, verification, libraries and
translation with an intake that answers at once and keeps nothing. Prints ``ready <port>`` and lives until it is asked to end.
"""

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import uvloop
from pydantic import SecretStr

from bench import machine, wire
from bench.processes import asked_to_end
from bot import logs
from bot.adapter import Outcome
from bot.app import App
from bot.clock import SystemClock
from bot.connect import Connector
from bot.run import settle_in
from bot.settings import Settings
from bot.speech import Speech
from bot.timers import SchedulerAlarm
from bot.web import address, listener, served, site
from handlers import FEATURES, decisions
from handlers.kit.access import Deed
from handlers.kit.effects import Effects
from handlers.kit.feature import Feature
from handlers.kit.inbound import AnyInbound, Request
from prompts.texts import Catalog


@dataclass(frozen=True, slots=True)
class Orders:
    """How the server shall run. ``platforms`` is the port of those who stand for Slack and Telegram.

    ``crowd`` leaves the features of decisions alone and registers so many handlers beside them.
    """

    database: str
    platforms: int
    durable: bool
    core: int | None = None
    profile: str = ""
    crowd: int | None = None

    def arguments(self) -> list[str]:
        """The command line that gives these orders."""
        return ["-m", "bench.server", json.dumps(asdict(self))]


class NoOp:
    """An intake that answers without a store. It never suspends, which is the hardest reference there is."""

    async def handle(self, inbound: AnyInbound) -> Outcome:  # noqa: ARG002 - nothing is looked at
        """Nothing to say."""
        return Outcome()

    async def bury(self, platform: str, reason: str, body: str) -> None:  # noqa: ARG002
        """Nothing to set aside: every payload of the load can be read."""
        raise AssertionError(f"unreadable from {platform}: {reason}")


def settings(orders: Orders) -> Settings:
    """Both platforms over HTTP, at the mock's addresses."""
    base = f"http://127.0.0.1:{orders.platforms}"
    return Settings(  # type: ignore[call-arg]  # pydantic-settings says _env_file at run time only
        _env_file=None, database=Path(orders.database), public_url="https://bench.example",
        slack_bot_token=SecretStr(wire.SLACK_TOKEN), slack_signing_secret=SecretStr(wire.SIGNING_SECRET),
        slack_api=f"{base}/slack/api/", telegram_token=SecretStr(wire.TELEGRAM_TOKEN),
        telegram_webhook_secret=SecretStr(wire.WEBHOOK_SECRET), telegram_api=f"{base}/bot",
    )  # fmt: skip


def crowded(count: int) -> tuple[Feature, ...]:
    """Decisions, and a feature of so many buttons that nobody presses."""
    crowd = Feature("crowd")
    for number in range(count):

        def unpressed(_req: Request) -> Effects:
            yield from ()

        unpressed.__name__ = f"button_{number}"
        crowd.button(Deed.READ)(unpressed)
    return (decisions.feature, crowd)


@asynccontextmanager
async def _bot(orders: Orders, connector: Connector, clock: SystemClock) -> AsyncIterator[None]:
    if orders.durable:
        features = FEATURES if orders.crowd is None else crowded(orders.crowd)
        app = App(Path(orders.database), clock, SchedulerAlarm(clock), connector, features=features)
        await app.start()
        try:
            yield
        finally:
            await app.stop()
        return
    adapters = connector(NoOp(), Speech(Catalog.load()))
    for each in adapters.values():
        await each.start()
    yield
    for each in adapters.values():
        await each.stop()


async def _health() -> dict[str, bool]:
    return {}


async def serve(orders: Orders) -> None:
    """Serve until the process is asked to end."""
    clock = SystemClock()
    connector = Connector(settings(orders), clock)
    taken = listener("127.0.0.1", 0)
    async with _bot(orders, connector, clock), served(site(connector.routes, _health), taken):
        settle_in()
        print("ready", address(taken).rpartition(":")[2], flush=True)
        await asked_to_end()


def main() -> None:
    """Run as ordered on the command line."""
    orders = Orders(**json.loads(sys.argv[1]))
    machine.pin(orders.core)
    logs.begin(sys.stderr)
    uvloop.run(serve(orders))


if __name__ == "__main__":
    main()
