"""Updates brought to the bot's own address, as `setWebhook` asks for.

Each chat's messages and each person's presses stand in a line of their own. What is not answered with 2xx is brought
again after 1, 2, 4 … 60 seconds, or after what `Retry-After` says, and holds up only its own line.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

import httpx

from bot.playground.faults import CutReply, LostRequest
from bot.playground.telegram.arguments import Arguments
from bot.playground.telegram.bell import Bell
from bot.playground.telegram.errors import bad_request
from bot.playground.telegram.updates import Update, Updates
from bot.playground.telegram.wire import Json

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LONGEST_PAUSE = 60.0
CONNECTIONS = 40
TIMEOUT = 60.0
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(slots=True)
class Webhook:
    """Where updates go, and the tasks that bring them there."""

    updates: Updates
    bell: Bell
    replied: Callable[[Json], Awaitable[object]] | None = None
    """Gets what a reply asks for: it may carry one call of a method, of whose outcome the bot hears nothing."""
    met: Callable[[], CutReply | LostRequest | None] = lambda: None
    """Says what happens to a delivery on its way."""
    url: str = ""
    secret: str = ""
    connections: int = CONNECTIONS
    last_error: str = ""
    last_error_at: int = 0
    _hurry: int = 0
    _lines: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _watch: asyncio.Task[None] | None = None

    async def set(self, args: Arguments) -> None:
        """Bring updates to an address from now on; an empty one ends it."""
        url, secret = args.text("url"), args.text("secret_token")
        if url and not _acceptable(url):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        await self.close()
        self.url, self.secret = url, secret
        self.connections = args.number("max_connections") or CONNECTIONS
        self.last_error, self.last_error_at = "", 0
        self.updates.allow(args.items("allowed_updates"))
        if args.flag("drop_pending_updates"):
            self.updates.drop()
        if url:
            self._watch = asyncio.create_task(self._keep_bringing())

    def info(self) -> Json:
        raw: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending()),
            "allowed_updates": sorted(self.updates.allowed),
        }
        if self.url:
            raw["max_connections"] = self.connections
        if self.last_error:
            raw |= {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        return raw

    def hurry(self) -> None:
        """Bring again at once what waits for its next try."""
        self._hurry += 1
        self.bell.ring()

    async def close(self) -> None:
        """Stop bringing updates; what is not acknowledged keeps waiting."""
        tasks = [*self._lines.values(), *([self._watch] if self._watch else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lines.clear()
        self._watch = None

    async def _keep_bringing(self) -> None:
        limits = httpx.Limits(max_connections=self.connections)
        async with httpx.AsyncClient(limits=limits, timeout=TIMEOUT, trust_env=False) as client:
            while True:
                seen = self.bell.revision
                for queue in {update.queue for update in self.updates.pending()} - self._lines.keys():
                    self._lines[queue] = asyncio.create_task(self._bring_line(client, queue))
                await self.bell.until(partial(self._changed, seen))

    def _changed(self, since: int) -> bool:
        return self.bell.revision != since

    async def _bring_line(self, client: httpx.AsyncClient, queue: str) -> None:
        pause = 1.0
        while (update := self._first(queue)) is not None:
            asked = await self._bring(client, update)
            if asked is None:
                self.updates.settle(update.id)
                pause = 1.0
            else:
                await self._pause(max(pause, asked))
                pause = min(pause * 2, LONGEST_PAUSE)
        del self._lines[queue]

    def _first(self, queue: str) -> Update | None:
        return next((update for update in self.updates.pending() if update.queue == queue), None)

    async def _bring(self, client: httpx.AsyncClient, update: Update) -> float | None:
        """Bring one update; give nothing when it was taken, or the pause asked for when it was not."""
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        met = self.met()
        if isinstance(met, LostRequest):
            return self._failed("Connection refused", "0")
        try:
            answer = await client.post(self.url, json=update.json(), headers=headers)
        except httpx.HTTPError as trouble:
            return self._failed(f"Connection failed: {type(trouble).__name__}", "0")
        if isinstance(met, CutReply):
            return self._failed("Read timeout expired", "0")
        if answer.is_success:
            await self._read_reply(answer)
            return None
        wrong = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
        return self._failed(wrong, answer.headers.get("retry-after", "0"))

    async def _read_reply(self, answer: httpx.Response) -> None:
        if self.replied and answer.headers.get("content-type", "").startswith("application/json"):
            await self.replied(answer.json())

    def _failed(self, why: str, retry_after: str) -> float:
        self.last_error, self.last_error_at = why, int(self.updates.now())
        self.bell.ring()
        return float(retry_after) if retry_after.isdigit() else 0.0

    async def _pause(self, seconds: float) -> None:
        seen = self._hurry
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.bell.until(lambda: self._hurry != seen)


def _acceptable(url: str) -> bool:
    parts = urlsplit(url)
    # The real server wants HTTPS; on this machine there is nobody to hide from.
    return parts.scheme == "https" or parts.hostname in {"127.0.0.1", "localhost"}
