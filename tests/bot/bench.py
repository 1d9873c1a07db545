"""The core put together as the app does it, with features of a test's own and adapters that only remember."""

import asyncio
from dataclasses import dataclass
from functools import partial

from bot.adapter import Outcome
from bot.carry import card_json
from bot.dispatcher import Dispatcher
from bot.engine import Engine
from bot.resolve import Surroundings
from bot.timers import Timers
from bot.writer import Writer
from handlers.kit.feature import Book, Feature
from handlers.kit.inbound import Account, AnyInbound, Chat, Click, Said
from handlers.kit.ui import Card, Text, text
from storage import outbox
from storage.outbox import Address, Letter
from tests.stage.recording import HandClock, HeldAlarm, HurriedClock, RecordingAdapter
from tests.stage.samples import ADA, CHANNEL, NO_BALLOTS, NOW, SECRET

WORDS = {"vote": "vote", "rösta": "vote", "avbryt": "cancel"}


@dataclass(slots=True)
class Bench:
    """Engine, dispatcher and timers on one database."""

    writer: Writer
    clock: HandClock
    alarm: HeldAlarm
    slack: RecordingAdapter
    telegram: RecordingAdapter
    engine: Engine
    dispatcher: Dispatcher
    timers: Timers

    async def handle(self, inbound: AnyInbound) -> Outcome:
        """Handle an inbound and wait until what it led to has gone out."""
        outcome = await self.engine.handle(inbound)
        await self.dispatcher.idle()
        return outcome

    async def rests(self, seconds: float) -> None:
        """Let time pass, as often as somebody waits for it: on a shared database each process waits for itself."""
        while not self.dispatcher.is_idle:
            self.clock.forward(seconds)
            waits = [
                asyncio.ensure_future(each) for each in (self.clock.until_asleep(), self.dispatcher.idle())
            ]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for each in waits:
                each.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    async def stop(self) -> None:
        await self.timers.stop()
        await self.dispatcher.stop()


def build(writer: Writer, *features: Feature, hurried: bool = False) -> Bench:
    """Everything wired; nothing sent before ``dispatcher.recover``. ``hurried``: no message waits for its turn."""
    clock, alarm = HurriedClock() if hurried else HandClock(), HeldAlarm()
    slack, telegram = RecordingAdapter("slack"), RecordingAdapter("telegram")
    around = Surroundings.of(Book.of(features), WORDS, "sv", SECRET, NO_BALLOTS)
    timers = Timers(writer, clock, alarm, shared=writer.shared)
    dispatcher = Dispatcher(writer, clock, {"slack": slack, "telegram": telegram}, shared=writer.shared)

    async def administrator(chat: Chat, who: Account) -> bool | None:
        adapter = {"slack": slack, "telegram": telegram}[chat.platform]
        return await adapter.is_administrator(chat.workspace, chat.chat, who.user)

    engine = Engine(
        writer, clock, around, deliver=dispatcher.take, wake=timers.heard, is_administrator=administrator
    )
    dispatcher.intake = timers.intake = engine
    return Bench(writer, clock, alarm, slack, telegram, engine, dispatcher, timers)


def card(key: str, *, name: str = "") -> Card:
    """A card that a test can tell from others."""
    return Card(Text(key), (), name)


async def put(writer: Writer, chat: str, key: str, *, kind: str = "post", name: str = "", care: str = "repeat",
              platform: str = "slack", person: int | None = None, forum: int | None = None) -> Letter:  # fmt: skip
    """A message in the outbox, as a request would have put it there."""
    to = Address(platform, "T1" if platform == "slack" else "", chat)
    body = card_json(card(key, name=name))
    write = partial(
        outbox.put, kind=kind, to=to, card=body, now=NOW, language="sv", zone="UTC", card_name=name, care=care,
        person=person, forum=forum,
    )  # fmt: skip
    return await writer.run(write)


async def state(bench: Bench, letter: Letter) -> str:
    """What has become of a message."""
    row = await bench.writer.run(
        lambda store: store.one("select state from outbox where id = :id", id=letter.id)
    )
    return str(row[0]) if row else ""


async def send(bench: Bench, *letters: Letter) -> None:
    """Hand messages over, and wait until all that can go has gone."""
    bench.dispatcher.take(letters)
    await bench.dispatcher.idle()


def said(words: str, key: str = "1:said", **more: object) -> Said:
    """Ada says something to the bot in the channel."""
    values = {"who": ADA, "chat": CHANNEL, **more}
    return Said(key=key, text=words, **values)  # type: ignore[arg-type]  # a test says what it means


def pressed(data: str, key: str = "1:press", **more: object) -> Click:
    """Ada presses a button in the channel."""
    values = {"who": ADA, "chat": CHANNEL, "message": "9.9", **more}
    return Click(key=key, data=data, **values)  # type: ignore[arg-type]


def words(what: str) -> Text:
    """A text that says just this."""
    return text("verbatim", words=what)
