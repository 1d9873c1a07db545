"""What the tests of the Slack adapter stand on: texts, an engine that remembers, a clock, somebody else's payloads."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.adapter import Outcome, Outgoing
from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.slack import Channel, Message, StandInSlack, User, plain
from bot.slack.adapter import SlackAdapter
from bot.speech import Speech
from handlers.kit.inbound import AnyInbound
from handlers.kit.ui import Card, Element, Text, Value, text
from prompts.texts import Catalog
from storage.db import StoreUnavailable
from storage.outbox import Address

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-bench", "xapp-bench", "bench-signing-secret"
OWN = Path(__file__).parents[3] / "prompts"
TEXTS = """\
words = { $words }
label = { $words }
about = { $who } bad { $whom } om { $what }
sure-of = Säkert att { $what }?
form-cancel = Avbryt
"""
Json = dict[str, Any]


def speech_in(root: Path) -> Speech:
    """Our own texts and a few to test with."""
    for code in ("sv", "en"):
        (root / code).mkdir()
        own = (OWN / code / "slack.ftl").read_text(encoding="utf-8")
        (root / code / "slack.ftl").write_text(own, encoding="utf-8")
        (root / code / "some.ftl").write_text(TEXTS, encoding="utf-8")
    return Speech(Catalog.load(root))


def words(value: Value) -> Text:
    """A text that says just this."""
    return text("words", words=value)


def card(title: Value, *body: Element) -> Card:
    """A card with this title."""
    return Card(words(title), body)


@dataclass(slots=True)
class Remembering:
    """An engine that remembers what it was given, and answers as told.

    The same key again is ``again``, unless it was objected to. ``down`` is how often it still refuses to take anything.
    """

    handled: list[AnyInbound] = field(default_factory=list)
    buried: list[tuple[str, str, str]] = field(default_factory=list)
    answers: list[Outcome] = field(default_factory=list)
    down: int = 0
    wait: asyncio.Event | None = None
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    keys: set[str] = field(default_factory=set)

    async def handle(self, inbound: AnyInbound) -> Outcome:
        """Remember."""
        if self.wait:
            self.waiting.set()
            await self.wait.wait()
        self._up()
        if inbound.key in self.keys:
            return Outcome(again=True)
        self.handled.append(inbound)
        outcome = self.answers.pop(0) if self.answers else Outcome()
        if not outcome.errors:
            self.keys.add(inbound.key)
        return outcome

    async def bury(self, platform: str, reason: str, body: str) -> None:
        """Remember what could not be read."""
        self._up()
        self.buried.append((platform, reason, body))

    def _up(self) -> None:
        if self.down:
            self.down -= 1
            raise StoreUnavailable


@dataclass(slots=True)
class HandClock:
    """Real time that a test can move on; waiting goes on when the test says so."""

    ahead: float = 0.0
    looks: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.stamp(), UTC)

    def stamp(self) -> float:
        return time.time() + self.ahead  # noqa: TID251 - the library's pings are stamped with it too

    def steady(self) -> float:
        return time.monotonic() + self.ahead

    async def sleep(self, seconds: float) -> None:  # noqa: ARG002 - a test decides how long it is
        await self.looks.acquire()

    def real_delay(self, at: datetime) -> float:
        return (at - self.now()).total_seconds()


@dataclass(slots=True)
class Bench:
    """Everything a test holds: the stand-in, the adapter at it, and what the engine got."""

    slack: StandInSlack
    clock: HandClock
    engine: Remembering
    speech: Speech
    ada: User
    bo: User
    room: Channel
    ledger: Ledger
    faults: Faults
    adapters: list[SlackAdapter] = field(default_factory=list)

    def adapter(self, **more: Any) -> SlackAdapter:
        """Make an adapter turned to the stand-in; it listens over Socket Mode unless told otherwise."""
        settings: Json = {"app_token": APP_TOKEN, "base_url": f"{self.slack.base_url}/slack/api/", **more}
        made = SlackAdapter(
            bot_token=BOT_TOKEN, clock=self.clock, intake=self.engine, speech=self.speech, **settings
        )
        self.adapters.append(made)
        return made

    def outgoing(self, one: Card, to: Channel | User | str | None = None, **more: Any) -> Outgoing:
        """A message to a channel or a person."""
        chat = to if isinstance(to, str) else (to or self.room).id
        kept = {"kind": "post", "language": "sv", "zone": "Europe/Stockholm", **more}
        return Outgoing(to=Address("slack", "T0HOME", chat), card=one, **kept)

    def seen(self, user: User, where: Channel | str | None = None) -> list[str]:
        """What the bot has said in a channel, as a person reads it."""
        place = where if isinstance(where, str) else (where or self.room).id
        return [self.read(each) for each in self.slack.seen(user, place) if each.by_bot]

    def read(self, message: Message) -> str:
        return plain(message, {each.id: each.name for each in self.slack.world.users.values()})

    async def until(self, true: Callable[[], object]) -> None:
        """Wait until something shows on a screen."""
        revision = -1
        while not true():
            revision = await self.slack.changes.after(revision)
