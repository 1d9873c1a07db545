"""The whole bot and both platforms in one process: nothing but the network is left out, and time stands still.

The doors are the real routes behind the real web application, the database is a real file, the platforms are the
playground's stand-ins, as strict as the real ones. What is told to the bot goes through a ``line`` that may change it.
"""

import asyncio
import hmac
import pkgutil
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar
from unittest.mock import patch

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from typing_extensions import override

from bench.fuzzing.asgi import Reply, ask
from bench.fuzzing.wires import Session, telegram_wire
from bot.adapter import Adapter, Intake
from bot.app import App
from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.slack import StandInSlack
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.parcels import Attempt, Outcome, Parcel
from bot.playground.telegram import StandInTelegram
from bot.slack.adapter import SlackAdapter
from bot.speech import Speech
from bot.telegram.adapter import TelegramAdapter
from bot.telegram.webhook import SECRET_HEADER
from bot.web import site
from storage import timers

Json = dict[str, Any]
BASE: Final = "http://127.0.0.1"
SIGNING_SECRET: Final = "fuzz-signing-secret"  # noqa: S105 - nothing of it leaves the process
WEBHOOK_SECRET: Final = "fuzz-webhook-secret"  # noqa: S105
BOT_TOKEN: Final = "xoxb-fuzz"  # noqa: S105
TELEGRAM_TOKEN: Final = "4200:fuzz"  # noqa: S105
_TELEGRAM_HEADS: Final = (
    (b"content-type", b"application/json"),
    (SECRET_HEADER.lower().encode(), WEBHOOK_SECRET.encode()),
)
PATIENCE: Final = 10.0
"""Seconds of the machine's time after which something hangs for good."""
P = ParamSpec("P")
T = TypeVar("T")


class HandClock:
    """Time that is moved by hand. Whoever sleeps on it sleeps until it has come so far."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._moved = asyncio.Condition()

    def now(self) -> datetime:
        return self._at

    def steady(self) -> float:
        return self._at.timestamp()

    async def sleep(self, seconds: float) -> None:
        until = self._at + timedelta(seconds=seconds)
        async with self._moved:
            await self._moved.wait_for(lambda: self._at >= until)

    def real_delay(self, at: datetime) -> float:
        return (at - self._at).total_seconds()

    async def forward(self, by: timedelta) -> None:
        """Let time pass."""
        async with self._moved:
            self._at += by
            self._moved.notify_all()


class Striding(HandClock):
    """The clock of messages: whoever would wait for their turn, or for a picture to be looked at, has waited."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(clock.now())
        self._clock = clock
        self._ahead = 0.0

    @override
    def now(self) -> datetime:
        return self._clock.now()

    @override
    def steady(self) -> float:
        return self._clock.steady() + self._ahead

    @override
    async def sleep(self, seconds: float) -> None:
        self._ahead += seconds
        await asyncio.sleep(0)


class HandAlarm:
    """An alarm that is rung by hand."""

    def __init__(self) -> None:
        self.at: datetime | None = None
        self.ring: Callable[[], None] = lambda: None

    def start(self, ring: Callable[[], None]) -> None:
        self.ring = ring

    def set(self, at: datetime | None) -> None:
        self.at = at

    def stop(self) -> None:
        self.at = None


class _Heard(Delivery):
    """Slack's way to its app, with somebody on the line."""

    line: Callable[[Parcel], Awaitable[Outcome]]

    @override
    async def _attempt(self, parcel: Parcel, attempt: Attempt) -> Outcome:
        return await self.line(parcel)


class _Slack(StandInSlack):
    """The stand-in whose telling goes through a line; what it is told without being asked is kept in ``missed``."""

    def hear(self, line: Callable[[Parcel], Awaitable[Outcome]]) -> None:
        """From now on everything is told through here."""
        heard = _Heard(self._stage, self.sockets, self._errands)
        heard.line = line
        self.delivery, self._stage.emit = heard, heard.emit


class _AtOnce(ThreadPoolExecutor):
    """Work for a thread of its own, done at once: what happens when must follow from the seed alone."""

    @override
    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except BaseException as trouble:  # noqa: BLE001 - as an executor does: whoever waits gets it
            done.set_exception(trouble)
        return done


def _in_this_thread(ours: Callable[..., Any], theirs: Callable[..., Any]) -> Callable[..., Any]:
    """What is ours here and stays theirs in every other thread: a bot may live there that knows other platforms."""
    mine = threading.get_ident()

    def chosen(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever either takes and gives
        return (ours if threading.get_ident() == mine else theirs)(*args, **kwargs)

    return chosen


class Hung(Exception):  # noqa: N818 - says what the bot does
    """Something that was begun does not end."""


class Stage:
    """One bot on one database with two empty platforms. ``slack_line`` is asked for everything that Slack tells."""

    def __init__(
        self, where: Path | str, at: datetime, slack_line: Callable[[Parcel], Awaitable[Outcome]]
    ) -> None:
        self.clock, self.alarm = HandClock(at), HandAlarm()
        self.ledger = Ledger()
        self.slack = _Slack(
            now=self._seconds, ledger=self.ledger, faults=Faults(), signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN,
            app_token="xapp-fuzz",  # noqa: S106
        )  # fmt: skip
        self.slack.hear(slack_line)
        self.slack.base_url, self.slack.world.share_lag = BASE, 0
        self.telegram = StandInTelegram(
            now=self._seconds, ledger=self.ledger, faults=Faults(), token=TELEGRAM_TOKEN
        )
        self.telegram.address = f"{BASE}/telegram"
        self.telegram.updates.allow(
            ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
        )
        self._where = where
        self._patches = ExitStack()
        self._lasting: set[asyncio.Task[Any]] = set()

    def _seconds(self) -> float:
        return self.clock.now().timestamp()

    async def open(self) -> None:
        """Let the bot come."""
        platforms = Starlette(
            routes=[
                Mount("/slack", routes=self.slack.routes),
                Mount("/telegram", routes=self.telegram.routes),
            ]
        )
        here = _AtOnce(1)
        for name, instead in (
            ("aiohttp.ClientSession", lambda **_: Session(platforms)),
            ("telegram.request.HTTPXRequest.do_request", telegram_wire(platforms)),
            ("bot.writer.ThreadPoolExecutor", lambda *_, **__: here),
            ("bot.charts._easel", lambda: here),
            ("bot.app.token_hex", lambda size: "5e" * size),  # codes follow from it
        ):
            was = pkgutil.resolve_name(name)
            self._patches.enter_context(patch(name, _in_this_thread(instead, was)))
        self.app = App(self._where, self.clock, self.alarm, self._adapters, pacing=Striding(self.clock))
        await self.app.start()
        self._lasting = asyncio.all_tasks()
        await self.settled()

    async def close(self) -> None:
        """Let it go."""
        await self.app.stop()
        await self.slack.close()
        await self.telegram.close()
        self._patches.close()

    def _adapters(self, intake: Intake, speech: Speech) -> Mapping[str, Adapter]:
        slack = SlackAdapter(
            bot_token=BOT_TOKEN, signing_secret=SIGNING_SECRET, base_url=f"{BASE}/slack/api/", clock=Striding(self.clock),
            intake=intake, speech=speech,
        )  # fmt: skip
        telegram = TelegramAdapter(
            token=TELEGRAM_TOKEN, base_url=self.telegram.base_url, clock=self.clock, intake=intake, speech=speech,
            commands={}, webhook_url="https://fuzz.example/telegram/updates", webhook_secret=WEBHOOK_SECRET,
        )  # fmt: skip
        self._doors = site(
            (
                Route("/slack/events", slack.slack_events, methods=["POST"]),
                Route("/telegram/updates", telegram.telegram_updates, methods=["POST"]),
            ),
            _well,
        )
        return {"slack": slack, "telegram": telegram}

    # --- Telling the bot ---------------------------------------------------------------------------------------

    async def knock_slack(self, body: bytes, kind: bytes, *, secret: str = SIGNING_SECRET) -> Reply:
        """Bring Slack's door a request, signed."""
        stamp = b"%d" % self._seconds()
        signed = hmac.digest(secret.encode(), b"v0:%b:%b" % (stamp, body), "sha256").hex().encode()
        heads = (
            (b"content-type", kind), (b"x-slack-request-timestamp", stamp), (b"x-slack-signature", b"v0=" + signed),
        )  # fmt: skip
        return await ask(self._doors, "/slack/events", heads=heads, body=body)

    async def knock_telegram(self, body: bytes) -> Reply:
        """Bring Telegram's door a request with the secret."""
        return await ask(self._doors, "/telegram/updates", heads=_TELEGRAM_HEADS, body=body)

    async def settled(self) -> None:
        """Wait until nothing that was begun goes on. Raises ``Hung``."""
        while True:
            if going := self._going():
                _, left = await asyncio.wait(going, timeout=PATIENCE)
                if left:
                    raise Hung(", ".join(sorted(each.get_coro().__qualname__ for each in left)))  # type: ignore[union-attr]
                continue
            async with _in_time("timers"):
                await self.app.timers.idle()
            async with _in_time("dispatcher"):
                await self.app.dispatcher.idle()
            if not self._going():
                return

    def _going(self) -> set[asyncio.Task[Any]]:
        return {each for each in asyncio.all_tasks() - self._lasting if each is not asyncio.current_task()}

    async def passes(self, by: timedelta) -> None:
        """Let time pass; what falls due on the way rings, the nearest first."""
        until, rang = self.clock.now() + by, None
        while self.alarm.at is not None and self.alarm.at <= until:
            due = await self.app.writer.run(timers.next_due)
            if due is None or due > until or due == rang:
                break  # the alarm is set for something else: a look at what other processes left
            await self.clock.forward(max(due - self.clock.now(), timedelta()))
            self.app.timers.wake()
            await self.settled()
            rang = due
        await self.clock.forward(max(until - self.clock.now(), timedelta()))


@asynccontextmanager
async def _in_time(what: str) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(PATIENCE):
            yield
    except TimeoutError:
        raise Hung(what) from None


async def _well() -> Mapping[str, bool]:
    return {}
