"""What the tests of the stand-in Telegram stand on: a real server, the real client, and what it heard."""

import asyncio
import socket
import ssl
import struct
from dataclasses import dataclass, field
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.request import HTTPXRequest

from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.telegram import StandInTelegram, User

TOKEN = "4200:stand-in"
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # empty: reading the certificates takes longer than a test
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x0dIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\x00\x00\x00"
YES_NO = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Yes", callback_data="y"), InlineKeyboardButton("No", callback_data="n")]]
)


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is set forward."""

    at: float = 1_770_000_000.5

    def __call__(self) -> float:
        return self.at


class Server:
    """A real HTTP server on a free port of this machine, which plays one application after the other."""

    def __init__(self) -> None:
        self.playing: ASGIApp = Starlette()
        config = uvicorn.Config(
            self._play, interface="asgi3", lifespan="off", log_level="critical", timeout_graceful_shutdown=5
        )
        config.load()
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)
        # Named as TCP, or asyncio leaves Nagle's delay of 40 ms on every answer.
        self._socket = socket.socket(proto=socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))

    async def _play(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.playing(scope, receive, send)

    async def start(self) -> None:
        # Without the server's own loop, which looks only every tenth of a second whether to stop.
        await self._server.startup([self._socket])

    async def stop(self) -> None:
        await self._server.shutdown([self._socket])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"


@dataclass(slots=True)
class Hook:
    """The bot's own address: takes updates, or refuses as often as told."""

    bodies: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    refused: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, request: Request) -> Response:
        if self.refusals:
            self.refused.set()
            return Response(status_code=self.refusals.pop(0), headers={"Retry-After": "30"})
        self.bodies.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        return Response()


@dataclass(slots=True)
class Stage:
    """Everything a test holds: the stand-in, its clock, the real client, and what that client heard."""

    tg: StandInTelegram
    clock: Clock
    faults: Faults
    ledger: Ledger
    bot: Bot
    address: str
    hook: Hook
    heard: list[Update] = field(default_factory=list)

    async def listen(self) -> None:
        """Poll for ever, as a bot does, confirming each batch with the next call."""
        offset = 0
        while True:
            for update in await self.bot.get_updates(offset=offset, timeout=30):
                self.heard.append(update)
                offset = update.update_id + 1

    @property
    def messages(self) -> list[Message]:
        return [update.message for update in self.heard if update.message is not None]

    @property
    def presses(self) -> list[CallbackQuery]:
        return [update.callback_query for update in self.heard if update.callback_query is not None]


def client_of(tg: StandInTelegram, token: str) -> Bot:
    """Make the real client, turned to the stand-in."""

    def request() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"trust_env": False, "verify": NO_TLS})

    return Bot(
        token,
        base_url=tg.base_url,
        base_file_url=tg.base_file_url,
        request=request(),
        get_updates_request=request(),
    )


async def send_keyboard(stage: Stage, user: User, rows: list[Any]) -> dict[str, Any]:
    """Send a message with these rows of buttons."""
    markup = {"inline_keyboard": rows}
    return await raw(stage, "sendMessage", {"chat_id": user.id, "text": "x", "reply_markup": markup})


async def raw(stage: Stage, method: str, asked: object, token: str = TOKEN) -> dict[str, Any]:
    """Call a method with JSON, as a client other than python-telegram-bot might."""
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as client:
        answer = await client.post(f"{stage.tg.base_url}{token}/{method}", json=asked)
    body: dict[str, Any] = answer.json()
    assert body.get("error_code", 200) == answer.status_code
    return body
