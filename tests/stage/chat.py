"""A story: one bot, a Slack channel and a Telegram group, people, and time that passes when they wait."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.adapter import Adapter, Intake
from bot.app import App
from bot.holds import Holds
from bot.playground.telegram.values import Member
from bot.slack.adapter import SlackAdapter
from bot.speech import Speech
from bot.telegram.adapter import TelegramAdapter
from handlers.kit.ui import Text, Value, text
from prompts.texts import Catalog
from tests.stage.people import SlackPerson, TelegramPerson
from tests.stage.platforms import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, TELEGRAM_TOKEN, Platforms
from tests.stage.time import HandAlarm, HurriedClock, StageClock

T = TypeVar("T")
CATALOG = Catalog.load()
PATIENCE = 20.0
"""Seconds of real time after which a story hangs."""


class Chat:
    """The bot with both platforms, and everything a story needs."""

    def __init__(self, runner: asyncio.Runner, platforms: Platforms, where: Path | str) -> None:
        self.runner = runner
        self.platforms = platforms
        self.slack = platforms.slack
        self.telegram = platforms.telegram
        self.speech = Speech(CATALOG)
        self.where = where
        self.clock = runner.run(_made(StageClock))
        platforms.now = lambda: self.clock.now().timestamp()
        self._read: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.channel = self.slack.world.add_channel("trygghet").id
        self.group = self.telegram.world.add_group("Trygghet", [], kind="supergroup")
        self.app = self._open()

    # --- The bot -----------------------------------------------------------------------------------------------

    def _open(self) -> App:
        self.alarm = HandAlarm()
        app = self.runner.run(_made(self._app))
        self.runner.run(app.start())
        return app

    def _app(self) -> App:
        self.pacing = HurriedClock(self.clock)
        return App(self.where, self.clock, self.alarm, self._adapters, pacing=self.pacing)

    def _adapters(self, intake: Intake, speech: Speech) -> Mapping[str, Adapter]:
        return {
            "slack": SlackAdapter(
                bot_token=BOT_TOKEN, app_token=APP_TOKEN, signing_secret=SIGNING_SECRET,
                base_url=f"{self.platforms.base}/slack/api/", clock=self.clock, intake=intake, speech=speech,
                holds=Holds("slack", self.pacing),
            ),
            "telegram": TelegramAdapter(
                token=TELEGRAM_TOKEN, base_url=self.telegram.base_url, clock=self.clock, intake=intake, speech=speech,
                commands={}, poll_seconds=30, holds=Holds("telegram", self.pacing),
            ),
        }  # fmt: skip

    @property
    def path(self) -> Path:
        """The file that everything is in, for stories that do something to it (``IN_A_FILE``)."""
        assert isinstance(self.where, Path)
        return self.where

    def stops(self) -> None:
        """The process ends in good order."""
        self.runner.run(self.app.stop())

    def restarts(self, meanwhile: Callable[[], object] = bool) -> None:
        """The process ends and another one takes over, whatever happens to the files in between."""
        self.stops()
        meanwhile()
        self.app = self._open()
        self.settles()

    # --- People ------------------------------------------------------------------------------------------------

    def slack_person(self, name: str, *, language: str = "sv", **more: Any) -> SlackPerson:
        """Somebody in the Slack channel."""
        locale = "sv-SE" if language == "sv" else "en-GB"
        user = self.slack.world.add_user(name.lower().replace(" ", "."), name, locale=locale, **more)
        self.slack.world.channels[self.channel].members.append(user.id)
        self.names[user.id] = name
        return SlackPerson(self, name, language, user)

    def telegram_person(self, name: str, *, language: str = "sv", admin: bool = False) -> TelegramPerson:
        """Somebody in the Telegram group."""
        user = self.telegram.world.add_user(name, language_code=language)
        group = self.telegram.world.chats[self.group]
        group.members[user.id] = Member("creator" if admin else "member")
        return TelegramPerson(self, name, language, user)

    # --- Time --------------------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def waits(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> None:
        """Let time pass; everything that falls due on the way happens at its time."""
        until = self.clock.now() + timedelta(days=days, hours=hours, minutes=minutes)
        while (at := self._rings_at) is not None and at <= until:
            self.runner.run(self.clock.set(max(at, self.clock.now())))
            self.alarm.ring()
            self.settles()
        self.runner.run(self.clock.set(until))
        self.settles()

    @property
    def _rings_at(self) -> datetime | None:
        """Where processes share the work, an alarm rings every second: whether there is something due is another matter."""
        return self.app.timers._next if self.app.writer.shared else self.alarm.at

    def sleeps_through(self, **span: float) -> None:
        """Let time pass while the process is down."""
        self.stops()
        self.runner.run(self.clock.set(self.clock.now() + timedelta(**span)))
        self.app = self._open()
        self.settles()

    def settles(self) -> None:
        """Wait until everything under way has arrived."""
        self.runner.run(asyncio.wait_for(self._settle(), PATIENCE))

    async def _settle(self) -> None:
        quiet = False
        while not quiet:
            await self.slack.quiet()
            await self.telegram.quiet()
            await self.app.timers.idle()
            await self.app.dispatcher.idle()
            quiet = (
                self.slack.is_quiet()
                and self.telegram.is_quiet()
                and self.app.timers.is_idle
                and self.app.dispatcher.is_idle
            )

    def does(self, deed: Coroutine[Any, Any, T]) -> T:
        """Do something and wait until it has had its effect."""
        done = self.runner.run(asyncio.wait_for(deed, PATIENCE))
        self.settles()
        return done

    # --- Words -------------------------------------------------------------------------------------------------

    def say(self, what: Text, language: str) -> str:
        """A text as people read it."""
        return self.speech.say(what, language).plain

    def t(self, key: str, language: str = "sv", /, **values: Value) -> str:
        """A sentence by its key."""
        return self.say(text(key, **values), language)

    # --- Unread ------------------------------------------------------------------------------------------------

    def is_unread(self, message: str, words: str) -> bool:
        return self._read.get(message) != words

    def read(self, message: str, words: str) -> None:
        self._read[message] = words

    def reads_everything(self) -> list[str]:
        """Read all that is unread anywhere; the words."""
        unread = self.unread()
        for message, words in unread:
            self.read(message, words)
        return [words for _, words in unread]

    def unread(self) -> list[tuple[str, str]]:
        """Every message of the bot, anywhere, that nobody has read in its present wording."""
        from bot.playground.slack import plain as slack_plain  # noqa: PLC0415
        from bot.playground.telegram import plain as telegram_plain  # noqa: PLC0415

        found = [
            (f"slack:{each.channel}:{each.ts}", slack_plain(each, self.names))
            for channel in self.slack.world.channels
            for each in self.slack.world.in_channel(channel)
            if each.by_bot and not each.deleted and each.subtype is None
        ]
        bot = self.telegram.world.bot.id
        found += [
            (f"telegram:{each.chat}:{each.id}", telegram_plain(each))
            for chat in self.telegram.world.chats.values()
            for each in chat.messages.values()
            if each.author == bot and not each.deleted
        ]
        return [(message, words) for message, words in found if self.is_unread(message, words)]

    def ends(self) -> None:
        """The story is over: nothing may be left unread, and no fault of ours may have been apologised for."""
        self.stops()
        unread = [words for _, words in self.unread()]
        assert unread == [], f"nobody read {unread!r}"


async def _made(make: Callable[[], T]) -> T:
    """Make something inside the running loop."""
    return make()
