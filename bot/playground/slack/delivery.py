"""Bringing events, interactions and commands to the app, the way it has chosen.

An event that is not acknowledged within three seconds is delivered again: at once, after a minute and after five
minutes, and then given up. Interactions and commands are tried once; the person sees the failure.
"""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import aiohttp

from bot.playground.faults import CutReply, LostRequest
from bot.playground.slack.errands import Errands
from bot.playground.slack.parcels import Attempt, Outcome, Parcel
from bot.playground.slack.payloads import event_body
from bot.playground.slack.socket_mode import SocketGate
from bot.playground.slack.stage import Stage
from bot.playground.slack.world import Json, User

PATIENCE = 3.0
RETRY_WAITS = (0.0, 60.0, 300.0)
_CHANNEL_EVENTS = {"im": "message.im", "group": "message.groups", "channel": "message.channels"}
_LAST_WORDS = ("app_uninstalled", "tokens_revoked")


class Delivery:
    """The platform's side of telling its app things.

    `patience` and `retry_waits` are the platform's own seconds; a test may shorten them. `history` holds all that
    was ever sent, `taken` what the app acknowledged and when, `lost` the events that were given up, `failures` what came of each
    attempt that failed.
    """

    def __init__(self, stage: Stage, gate: SocketGate, errands: Errands) -> None:
        self.patience = PATIENCE
        self.retry_waits: Sequence[float] = RETRY_WAITS
        self.history: list[Parcel] = []
        self.taken: list[tuple[Parcel, float]] = []
        self.lost: list[Parcel] = []
        self.failures: list[Outcome] = []
        self._stage = stage
        self._gate = gate
        self._errands = errands
        self._hurry = asyncio.Event()
        self._session: aiohttp.ClientSession | None = None

    def emit(self, event: Json, actor: User | None) -> None:
        """Tell the app about an event, without waiting for it."""
        self._errands.start(self.tell(event, actor))

    async def tell(self, event: Json, actor: User | None) -> Outcome | None:
        """Tell the app about an event if it subscribes to such; give what came of the first attempt."""
        world = self._stage.world
        if _subscription(event) not in world.subscriptions:
            return None
        if not world.installed and event["type"] not in _LAST_WORDS:
            return None
        return await self.deliver(Parcel("events_api", event_body(world, event, actor)))

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Deliver once and give what came of it; an event that failed goes on being tried behind the scenes."""
        self.history.append(parcel)
        outcome = await self._errands.start(self._attempt(parcel, Attempt()))
        if not outcome.acknowledged and parcel.kind == "events_api":
            self._errands.start(self._retry(parcel, outcome))
        return outcome

    async def again(self, parcels: Sequence[Parcel]) -> None:
        """Deliver what was delivered before once more, unchanged."""
        for parcel in parcels:
            number = Attempt(1, "http_timeout") if parcel.kind == "events_api" else Attempt()
            await self._errands.start(self._attempt(parcel, number))

    def retry_now(self) -> None:
        """Let every waiting retry happen at once."""
        self._hurry.set()
        self._hurry = asyncio.Event()

    def forget(self) -> None:
        self.history.clear()
        self.taken.clear()
        self.lost.clear()
        self.failures.clear()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _retry(self, parcel: Parcel, outcome: Outcome) -> None:
        for number, wait in enumerate(self.retry_waits, start=1):
            if not outcome.may_retry:
                break
            await self._wait(wait)
            outcome = await self._attempt(parcel, Attempt(number, outcome.reason))
            if outcome.acknowledged:
                return
        self.lost.append(parcel)

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._hurry.wait()
        except TimeoutError:
            return

    async def _attempt(self, parcel: Parcel, attempt: Attempt) -> Outcome:
        met = self._stage.faults.on_the_way("slack", parcel.kind)
        way = self._stage.deliver_by
        if isinstance(met, LostRequest):
            outcome = Outcome(acknowledged=False, reason="connection_failed")
        elif way == "socket":
            outcome = await self._gate.ask(parcel, attempt, self.patience)
        else:
            outcome = await self._post(way[1], parcel, attempt)
        if isinstance(met, CutReply) and outcome.acknowledged:
            outcome = Outcome(acknowledged=False, reason="http_timeout")
        if outcome.acknowledged:
            self.taken.append((parcel, self._stage.now()))
        else:
            self.failures.append(outcome)
        self._stage.changes.touch()
        return outcome

    async def _post(self, url: str, parcel: Parcel, attempt: Attempt) -> Outcome:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        content_type, body = _written(parcel)
        headers = {
            "content-type": content_type,
            "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            **signature(self._stage.signing_secret, int(self._stage.now()), body),
        }
        if attempt.number:
            headers |= {"x-slack-retry-num": str(attempt.number), "x-slack-retry-reason": attempt.reason}
        try:
            async with (
                asyncio.timeout(self.patience),
                self._session.post(url, data=body, headers=headers) as reply,
            ):
                text = await reply.text()
                return _read(reply.status, reply.headers, text)
        except TimeoutError:
            return Outcome(acknowledged=False, reason="http_timeout")
        except aiohttp.TooManyRedirects:
            return Outcome(acknowledged=False, reason="too_many_redirects")
        except aiohttp.ClientError:
            return Outcome(acknowledged=False, reason="connection_failed")


def signature(secret: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Give the two headers by which the app knows that a request comes from the platform."""
    signed = hmac.new(secret.encode(), b"v0:%d:" % timestamp + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": str(timestamp), "x-slack-signature": f"v0={signed}"}


def _subscription(event: Json) -> str:
    if event["type"] == "message":
        return _CHANNEL_EVENTS[event["channel_type"]]
    name: str = event["type"]
    return name


def _written(parcel: Parcel) -> tuple[str, bytes]:
    """Give a parcel as the body of a request: each kind has its own form."""
    if parcel.kind == "events_api":
        return "application/json", json.dumps(parcel.body).encode()
    form = parcel.body if parcel.kind == "slash_commands" else {"payload": json.dumps(parcel.body)}
    return "application/x-www-form-urlencoded", urlencode(form).encode()


def _read(status: int, headers: Mapping[str, str], text: str) -> Outcome:
    """Understand the app's reply: 2xx acknowledges, and its body may say more."""
    if not 200 <= status < 300:  # noqa: PLR2004 - the 2xx range
        return Outcome(
            acknowledged=False, reason="http_error", may_retry=headers.get("x-slack-no-retry") != "1"
        )
    if headers.get("content-type", "").startswith("application/json") and text:
        return Outcome(acknowledged=True, answer=json.loads(text))
    return Outcome(acknowledged=True, answer={"text": text} if text.strip() else {})
