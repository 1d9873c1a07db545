"""What the tests of the Telegram adapter stand on: texts, an engine that only remembers, a clock that never waits."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.adapter import Adapter, Outcome, Outgoing
from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.telegram import StandInTelegram
from bot.playground.telegram.html_mode import units
from bot.playground.telegram.markup import Formatted, formatted
from bot.speech import Speech
from bot.telegram.adapter import TelegramAdapter
from handlers.kit.inbound import AnyInbound
from handlers.kit.ui import Card, Element, Text, Value, text
from prompts.texts import Catalog
from storage.db import StoreUnavailable
from storage.outbox import Address
from tests.bot.standin_telegram.stage import Clock as WallClock

TOKEN = "4200:AAE-very-secret"
SECRET = "a-secret_of-ours"
OWN = Path(__file__).parents[3] / "prompts"
TEXTS = """\
words = { $words }
sure = Säkert?
sure-of = Säkert att { $what }?
confirm-yes = Ja
confirm-no = Nej
card-too-long = Texten är för lång för ett kort.
"""


def speech_in(root: Path) -> Speech:
    """Our own texts and a few to test with."""
    for code in ("sv", "en"):
        (root / code).mkdir()
        own = (OWN / code / "telegram.ftl").read_text(encoding="utf-8")
        (root / code / "telegram.ftl").write_text(own, encoding="utf-8")
        (root / code / "some.ftl").write_text(TEXTS, encoding="utf-8")
    return Speech(Catalog.load(root))


def words(value: Value) -> Text:
    """A text that says just this."""
    return text("words", words=value)


def card(title: Value, *body: Element) -> Card:
    """A card with this title."""
    return Card(words(title), body)


def outgoing(one: Card, chat: int, **fields: object) -> Outgoing:
    """A message to a chat."""
    to = Address("telegram", "", str(chat), str(fields.pop("topic", "")))
    more: dict[str, object] = {"kind": "post", "language": "sv", "zone": "Europe/Stockholm", **fields}
    return Outgoing(to=to, card=one, **more)  # type: ignore[arg-type]  # a test says what it means


def seen(html: str) -> Formatted:
    """What people see of a text; fails as the server does when it cannot be read, or is too long."""
    read = formatted(html, "HTML")
    assert 0 < units(read.text) <= 4096
    return read


@dataclass(slots=True)
class Remembering:
    """An engine that remembers what it was given, and answers as told.

    The same key again is ``again``. ``down`` is how often it still refuses to take anything.
    """

    handled: list[AnyInbound] = field(default_factory=list)
    buried: list[tuple[str, str, str]] = field(default_factory=list)
    answers: list[Outcome] = field(default_factory=list)
    down: int = 0
    before: Callable[[AnyInbound], object] = bool
    keys: set[str] = field(default_factory=set)
    committed: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, inbound: AnyInbound) -> Outcome:
        """Remember."""
        await asyncio.sleep(0)
        self.before(inbound)
        self._up()
        if inbound.key in self.keys:
            return Outcome(again=True)
        self.keys.add(inbound.key)
        self.handled.append(inbound)
        self.committed.set()
        return self.answers.pop(0) if self.answers else Outcome()

    async def bury(self, platform: str, reason: str, body: str) -> None:
        """Remember what could not be read."""
        self._up()
        self.buried.append((platform, reason, body))

    def _up(self) -> None:
        if self.down:
            self.down -= 1
            raise StoreUnavailable

    @property
    def texts(self) -> list[str]:
        """The words that came in."""
        return [each.text for each in self.handled if hasattr(each, "text")]


@dataclass(slots=True)
class Patient:
    """A clock for which waiting takes no time."""

    at: float = 0.0
    slept: list[float] = field(default_factory=list)
    before_sleep: Callable[[], object] = bool

    def now(self) -> datetime:
        """Some day."""
        return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def steady(self) -> float:
        """Seconds since the test began."""
        return self.at

    async def sleep(self, seconds: float) -> None:
        """Let the others go on."""
        self.before_sleep()
        self.slept.append(seconds)
        self.at += seconds
        await asyncio.sleep(0)

    def real_delay(self, at: datetime) -> float:
        """How far off it is."""
        return (at - self.now()).total_seconds()


@dataclass(slots=True)
class Bench:
    """Everything a test holds: the stand-in, the faults it can plant, the adapter and what the engine got."""

    tg: StandInTelegram
    faults: Faults
    ledger: Ledger
    wall: WallClock
    clock: Patient
    intake: Remembering
    speech: Speech
    address: str
    adapters: list[TelegramAdapter] = field(default_factory=list)

    def adapter(
        self,
        *,
        webhook: bool = False,
        commands: Mapping[str, Sequence[tuple[str, str]]] | None = None,
        token: str = TOKEN,
    ) -> TelegramAdapter:
        """Make an adapter turned to the stand-in."""
        made = TelegramAdapter(
            token=token, intake=self.intake, speech=self.speech, clock=self.clock, commands=commands or {},
            base_url=self.tg.base_url, webhook_url=f"{self.address}/hook" if webhook else None,
            webhook_secret=SECRET if webhook else None, poll_seconds=30,
        )  # fmt: skip
        self.adapters.append(made)
        fulfilled: Adapter = made  # what the rest of the bot takes it for
        assert fulfilled.platform == "telegram"
        return made
