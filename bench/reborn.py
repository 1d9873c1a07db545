"""The bot on a leaping loop: one life after the other on the same database, and every message followed on its way.

A life ends in good order, or as if killed: from one moment on nothing reaches the store any more, so that what was under
way is neither noted nor acknowledged. ``where`` is what ``App`` takes; nothing here knows which engine keeps the data.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from functools import partial
from socket import socket
from typing import Any, Final

import uvicorn
from pydantic import SecretStr
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bench import server_time
from bench.leaping import LeapingAlarm, LeapingClock
from bot.adapter import Adapter, Intake, Outgoing, Revoked
from bot.app import App
from bot.connect import Connector
from bot.playground.ledger import Ledger
from bot.settings import Settings
from bot.speech import Speech
from bot.web import address, listener, site
from storage.db import Store, StoreUnavailable
from storage.opened import is_address
from storage.outbox import Address

BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-month", "xapp-month", "month"
TELEGRAM_TOKEN: Final = "4200:month"  # noqa: S105
WEBHOOK_SECRET: Final = "month"  # noqa: S105
SUPERVISOR: Final = 30.0
"""Seconds after which whoever watches over the bot starts it again when it would not start."""


class Door:
    """A web server that can go away, and come back at the same address. What is said at it takes time to travel."""

    def __init__(self, app: ASGIApp, *, travel: float = 0.0) -> None:
        self.app = app
        self._travel = travel
        with listener("127.0.0.1", 0) as taken:
            self.address = address(taken)
            self._port: int = taken.getsockname()[1]
        self._serving: tuple[uvicorn.Server, socket] | None = None

    async def open(self) -> None:
        """Serve from now on."""
        if self._serving is None:
            config = uvicorn.Config(self._say, interface="asgi3", lifespan="off", ws="none", log_config=None,
                                    log_level="critical", access_log=False, timeout_graceful_shutdown=1)  # fmt: skip
            config.load()
            server, taken = uvicorn.Server(config), listener("127.0.0.1", self._port)
            server.lifespan = config.lifespan_class(config)
            # Without the server's own loop, which looks every tenth of a second whether to stop.
            await server.startup([taken])
            self._serving = server, taken

    async def shut(self) -> None:
        """Break off every connection; nobody gets one until it opens again."""
        if self._serving is not None:
            (server, taken), self._serving = self._serving, None
            for each in list(server.server_state.connections):
                each.transport.abort()
            await server.shutdown([taken])

    async def _say(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def back(message: Message) -> None:
            if message["type"] == "http.response.start":
                await asyncio.sleep(self._travel)
            await send(message)

        await asyncio.sleep(self._travel)
        await self.app(scope, receive, back)


@dataclass(frozen=True, slots=True)
class Trip:
    """One try to send a letter: what the ledger got between ``began`` and ``ended`` about that chat is its doing."""

    letter: int
    kind: str
    to: Address
    began: int
    ended: int


@dataclass(frozen=True, slots=True)
class Ways:
    """How a life hears: Slack over a socket or over HTTP, Telegram by fetching or by webhook."""

    socket: bool = True
    fetching: bool = True


class Followed:
    """An adapter that notes which letter each message is."""

    def __init__(self, adapter: Adapter, follow: Callable[[Outgoing], Coroutine[Any, Any, str]]) -> None:
        self.platform = adapter.platform
        self._adapter = adapter
        self._follow = follow

    async def start(self) -> None:
        await self._adapter.start()

    async def stop(self) -> None:
        await self._adapter.stop()

    async def send(self, message: Outgoing) -> str:
        return await self._follow(message)

    async def is_administrator(self, workspace: str, chat: str, user: str) -> bool:
        return await self._adapter.is_administrator(workspace, chat, user)


@dataclass(slots=True)
class Reborn:
    """The bot's lives. ``platforms`` are the base addresses of Slack's and Telegram's interfaces."""

    where: Any
    clock: LeapingClock
    ledger: Ledger
    platforms: tuple[str, str]
    door: Door
    lives: int = 0
    alive: bool = False
    trips: list[Trip] = field(default_factory=list)
    _app: App | None = None

    @property
    def app(self) -> App:
        """The bot of the moment; only while there is one."""
        assert self._app is not None  # noqa: S101 - a fault of the figure's otherwise
        return self._app

    async def begin(self, ways: Ways) -> None:
        """Begin a life, tried again for as long as the platforms refuse the token."""
        while True:
            self.lives += 1
            connector = Connector(self._settings(ways), self.clock)
            self._app = App(
                self.where, self.clock, LeapingAlarm(self.clock), partial(self._adapters, connector)
            )
            if is_address(self.where):
                server_time.follow(self._app, lambda: self.clock.now().timestamp())
            self.door.app = site(connector.routes, _well)
            await self.door.open()
            self.alive = True
            try:
                await self._app.start()
            except Revoked:
                await self.stop()
                await asyncio.sleep(SUPERVISOR)
            else:
                return

    async def stop(self) -> None:
        """End the life in good order."""
        self.alive = False
        await self.app.stop()
        await self.door.shut()
        self._app = None

    async def crash(self) -> None:
        """End the life without a word: from now on nothing can be noted."""
        setattr(self.app.writer, "run", _gone)  # noqa: B010 - a dead process writes nothing
        await self.stop()

    def _adapters(self, connector: Connector, intake: Intake, speech: Speech) -> Mapping[str, Adapter]:
        made = connector(intake, speech)
        return {name: Followed(each, partial(self._send, each)) for name, each in made.items()}

    async def _send(self, adapter: Adapter, message: Outgoing) -> str:
        try:
            letter = await self.app.writer.run(partial(_under_way, to=message.to))
        except StoreUnavailable:
            letter = 0
        began = len(self.ledger)
        try:
            return await adapter.send(message)
        finally:
            self.trips.append(Trip(letter, message.kind, message.to, began, len(self.ledger)))

    def _settings(self, ways: Ways) -> Settings:
        return Settings(_env_file=None).model_copy(update={  # type: ignore[call-arg]  # said at run time only
            "slack_bot_token": SecretStr(BOT_TOKEN), "slack_api": self.platforms[0],
            "slack_app_token": SecretStr(APP_TOKEN if ways.socket else ""),
            "slack_signing_secret": SecretStr("" if ways.socket else SIGNING_SECRET),
            "telegram_token": SecretStr(TELEGRAM_TOKEN), "telegram_api": self.platforms[1],
            "telegram_webhook_secret": SecretStr("" if ways.fetching else WEBHOOK_SECRET),
            "public_url": self.door.address,
        })  # fmt: skip


async def _gone(_work: object, *, weight: int = 0) -> None:  # noqa: ARG001 - the writer's own
    raise StoreUnavailable("killed")


async def _well() -> Mapping[str, bool]:
    return {}


def _under_way(store: Store, to: Address) -> int:
    """The letter that is being sent to a chat: there is one at a time."""
    found = store.one(
        "select id from outbox where state = 'sending' and platform = :platform and workspace = :workspace"
        " and chat = :chat and topic = :topic order by id desc limit 1",
        platform=to.platform, workspace=to.workspace, chat=to.chat, topic=to.topic,
    )  # fmt: skip
    return int(found[0]) if found else 0
