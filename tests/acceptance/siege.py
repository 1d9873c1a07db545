"""The real app behind its real doors: Slack's signed requests and Telegram's webhook, over HTTP, on a real store.

One web server serves a whole run; behind it stands whichever app is under siege. People act through the stand-in
platforms; strangers knock at the doors with whatever they like.
"""

import asyncio
import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from structlog.testing import capture_logs
from typing_extensions import override

from bot.adapter import Adapter, Intake
from bot.health import takes_writes
from bot.slack.adapter import SlackAdapter
from bot.speech import Speech
from bot.telegram.adapter import TelegramAdapter
from bot.telegram.webhook import SECRET_HEADER
from bot.web import address, listener, served, site
from tests.stage.chat import Chat
from tests.stage.platforms import BOT_TOKEN, SIGNING_SECRET, TELEGRAM_TOKEN, Platforms

WEBHOOK_SECRET: Final = "stage-webhook-secret"
PATIENCE: Final = 10.0
"""Seconds after which somebody waits in vain; far more than it takes, for the machine may be busy."""
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
Body = bytes | AsyncIterator[bytes]
Headers = Sequence[tuple[str, str]]
_LOOKS: Final = frozenset({"users.info", "conversations.info", "chat.getPermalink", "getChatMember"})
_COUNTED: Final = (
    "forum",
    "actor",
    "member",
    "place",
    "decision",
    "decision_version",
    "action",
    "timer",
    "person",
)


class Doors:
    """The web server. ``inside`` is the site of the app of the moment."""

    def __init__(self) -> None:
        self.inside: ASGIApp = site((), _well)
        self._listener = listener("127.0.0.1", 0)
        self.url = address(self._listener)
        self._open = AsyncExitStack()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.inside(scope, receive, send)

    async def open(self) -> None:
        await self._open.enter_async_context(served(self, self._listener))  # type: ignore[arg-type]
        self.session = await self._open.enter_async_context(aiohttp.ClientSession())

    async def close(self) -> None:
        await self._open.aclose()


async def _well() -> Mapping[str, bool]:
    return {}


class Siege(Chat):
    """A story in which strangers knock."""

    def __init__(self, runner: asyncio.Runner, platforms: Platforms, where: Path | str, doors: Doors) -> None:
        self.doors = doors
        platforms.slack.deliver_by = ("http", f"{doors.url}/slack/events")
        super().__init__(runner, platforms, where)

    @override
    def _adapters(self, intake: Intake, speech: Speech) -> Mapping[str, Adapter]:
        slack = SlackAdapter(
            bot_token=BOT_TOKEN, signing_secret=SIGNING_SECRET, base_url=f"{self.platforms.base}/slack/api/",
            clock=self.clock, intake=intake, speech=speech,
        )  # fmt: skip
        telegram = TelegramAdapter(
            token=TELEGRAM_TOKEN, base_url=self.telegram.base_url, clock=self.clock, intake=intake, speech=speech,
            commands={}, webhook_url=f"{self.doors.url}/telegram/updates", webhook_secret=WEBHOOK_SECRET,
        )  # fmt: skip
        routes = [
            Route("/slack/events", slack.slack_events, methods=["POST"]),
            Route("/telegram/updates", telegram.telegram_updates, methods=["POST"]),
        ]
        self.doors.inside = site(routes, self._health)
        return {"slack": slack, "telegram": telegram}

    async def _health(self) -> Mapping[str, bool]:
        return {"database": await takes_writes(self.app.writer, self.clock.now())}

    # --- Knocking ----------------------------------------------------------------------------------------------

    def signed(
        self, body: bytes, *, kind: str = JSON, old: float = 0, secret: str = SIGNING_SECRET
    ) -> Headers:
        """The headers that Slack would send, or somebody who does not know the secret."""
        stamp = str(int(self.clock.now().timestamp() - old))
        signature = hmac.new(
            secret.encode(), b"v0:%b:%b" % (stamp.encode(), body), hashlib.sha256
        ).hexdigest()
        return (
            ("content-type", kind), ("x-slack-request-timestamp", stamp), ("x-slack-signature", f"v0={signature}"),
        )  # fmt: skip

    async def knock(self, platform: str, body: Body, headers: Headers) -> int:
        """Bring anything to a platform's door; the status."""
        path = {"slack": "/slack/events", "telegram": "/telegram/updates"}[platform]
        data = io.BytesIO(body) if isinstance(body, bytes) else body
        async with (
            asyncio.timeout(PATIENCE),
            self.doors.session.post(f"{self.doors.url}{path}", data=data, headers=headers) as reply,
        ):
            await reply.read()
            return reply.status

    async def brings(self, platform: str, payload: Mapping[str, Any]) -> int:
        """Bring a payload as its platform would."""
        if platform == "telegram":
            return await self.knock(platform, json.dumps(payload).encode(), TELEGRAM)
        body = json.dumps(payload).encode()
        return await self.knock(platform, body, self.signed(body))

    async def is_ready(self) -> bool:
        """Whether the app itself says so."""
        async with asyncio.timeout(PATIENCE), self.doors.session.get(f"{self.doors.url}/ready") as reply:
            return reply.status == 200

    def all_at_once(self, *deeds: Coroutine[Any, Any, int]) -> list[int]:
        """Several at the same time; their statuses, once everything has settled."""

        async def together() -> list[int]:
            return await asyncio.gather(*deeds)

        return self.does(together())

    # --- Looking -----------------------------------------------------------------------------------------------

    def stock(self) -> dict[str, Any]:
        """Everything of worth in the store."""
        return self.looks(*(f"select * from {each} order by 1, 2" for each in _COUNTED))

    def looks(self, *queries: str) -> dict[str, Any]:
        """The rows of some queries."""
        return self.runner.run(self.app.writer.run(lambda store: {each: store.all(each) for each in queries}))

    def count(self, table: str) -> int:
        """How many rows a table has; what is set aside as unreadable is in ``dead_letter``."""
        query = f"select count(*) from {table}"
        return int(self.looks(query)[query][0][0])

    def sent(self) -> int:
        """How often the bot has done anything before people's eyes; looking up who they are is nothing."""
        return sum(each.method not in _LOOKS for each in self.platforms.ledger)


TELEGRAM: Final[Headers] = (("content-type", JSON), (SECRET_HEADER, WEBHOOK_SECRET))


@contextmanager
def no_faults() -> Iterator[None]:
    """Holds that nothing inside the block is logged as a fault of ours."""
    with capture_logs() as records:
        yield
    faults = [each for each in records if each["log_level"] in ("error", "critical")]
    assert not faults, faults
