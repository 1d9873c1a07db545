"""From settings to connected platforms: makes the adapters, and keeps one that is away for a while trying.

Only the package of a platform that is set up is imported: the other costs neither time nor memory.
"""

# ruff: noqa: PLC0415 - imports inside functions are the point of this file

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Final

import structlog
from starlette.routing import BaseRoute, Route

from bot.adapter import Adapter, Intake, Memory, NotNow, OneOfMany, Outgoing, Revoked, SendTrouble
from bot.clock import Clock
from bot.holds import Holds
from bot.settings import Settings
from bot.speech import Speech
from handlers import FEATURES
from handlers.kit.feature import Book
from prompts.texts import LANGUAGES, Catalog
from prompts.words import ascii_fold

log = structlog.get_logger()

FIRST_PAUSE: Final = 2.0
FETCHING: Final = "telegram-fetching"
"""The lease of the process that fetches from Telegram."""
LONGEST_PAUSE: Final = 60.0
STEADY: Final = 300.0
"""Seconds after which a connection that ends was a good one."""
SOON: Final = 5.0


class Connector:
    """Makes the adapters that the settings ask for; afterwards ``routes`` are theirs for the web server.

    A process that does not listen only sends: others take in.
    """

    def __init__(self, settings: Settings, clock: Clock, *, listens: bool = True) -> None:
        self._settings = settings
        self._listens = listens
        self._clock = clock
        self.routes: list[BaseRoute] = []
        self.adapters: dict[str, Lasting] = {}
        self._again: dict[str, Callable[[Any], Awaitable[None]]] = {}

    def __call__(self, intake: Intake, speech: Speech) -> Mapping[str, Adapter]:
        """What ``App`` calls once its engine stands."""
        if self._settings.slack:
            self._connect_slack(intake, speech)
        if self._settings.telegram:
            self._connect_telegram(intake, speech)
        return self.adapters

    def health(self) -> dict[str, bool]:
        """Whether each platform is connected, and what happens there reaches us."""
        return {name: each.up and each.hears() for name, each in self.adapters.items()}

    def _holds(self, platform: str, intake: Intake) -> Holds:
        return Holds(platform, self._clock, intake if isinstance(intake, Memory) else None)

    @staticmethod
    def _turn(intake: Intake) -> Callable[[], Awaitable[bool]]:
        """Several processes may have the same token: one of them fetches."""
        assert isinstance(intake, OneOfMany), "an engine knows its database"  # noqa: S101
        return partial(intake.is_ours, FETCHING)

    async def take_again(self, platform: str, payload: object) -> None:
        """Take in a payload that was set aside. Raises ``NotNow`` while not connected, ``StoreUnavailable``."""
        if platform not in self._again:
            raise NotNow(SOON, everywhere=True)
        await self._again[platform](payload)

    def _connect_slack(self, intake: Intake, speech: Speech) -> None:
        from bot.slack.adapter import SlackAdapter

        asked = self._settings
        adapter = SlackAdapter(
            bot_token=asked.slack_bot_token.get_secret_value(),
            app_token=(self._listens and asked.slack_app_token.get_secret_value()) or None,
            signing_secret=(self._listens and asked.slack_signing_secret.get_secret_value()) or None,
            base_url=asked.slack_api,
            clock=self._clock,
            intake=intake,
            speech=speech,
            holds=self._holds("slack", intake),
        )
        if self._listens and asked.slack_signing_secret.get_secret_value():
            self.routes.append(Route("/slack/events", adapter.slack_events, methods=["POST"]))
        self._again["slack"] = adapter.take_again
        self.adapters["slack"] = Lasting(adapter, self._clock, hears=lambda: adapter.hears)

    def _connect_telegram(self, intake: Intake, speech: Speech) -> None:
        from bot.telegram.adapter import TelegramAdapter

        asked = self._settings
        adapter = TelegramAdapter(
            token=asked.telegram_token.get_secret_value(),
            webhook_url=asked.telegram_webhook or None,
            webhook_secret=asked.telegram_webhook_secret.get_secret_value() or None,
            base_url=asked.telegram_api,
            commands=commands(speech.catalog, asked.language),
            clock=self._clock,
            intake=intake,
            speech=speech,
            holds=self._holds("telegram", intake),
            listens=self._listens,
            is_our_turn=self._turn(intake) if asked.is_shared else None,
        )
        if self._listens and asked.telegram_webhook:
            self.routes.append(Route("/telegram/updates", adapter.telegram_updates, methods=["POST"]))
        # By webhook there is no fetching that could end.
        ended = None if asked.telegram_webhook or not self._listens else adapter.ended
        self._again["telegram"] = adapter.take_again
        self.adapters["telegram"] = Lasting(adapter, self._clock, ended, hears=lambda: adapter.hears)


def commands(catalog: Catalog, language: str) -> dict[str, list[tuple[str, str]]]:
    """What Telegram suggests to people who type a slash, per language; the installation's own language first."""
    words = Book.of(FEATURES).words
    return {
        each: [
            (command, _what_for(catalog.say(f"help-{word}", each, {}), command))
            for command, word in catalog.telegram_commands(each)
            if word in words
        ]
        for each in sorted(LANGUAGES, key=lambda code: code != language)
    }


def _what_for(line: str, command: str) -> str:
    """A line of the help without the command that it begins with: Telegram shows that beside it."""
    first, _, rest = line.partition(" ")
    return rest[:1].upper() + rest[1:] if ascii_fold(first) == command else line


class Lasting:
    """An adapter that is tried again while its platform is away, and begun anew when it ended by itself.

    Only a token that is refused at the very start is raised: then somebody is there to mend it. ``ended`` waits
    until the adapter takes nothing in any more and says why; ``hears`` tells whether anything would reach it now.
    """

    def __init__(
        self,
        adapter: Adapter,
        clock: Clock,
        ended: Callable[[], Awaitable[SendTrouble | None]] | None = None,
        *,
        hears: Callable[[], bool] = lambda: True,
    ) -> None:
        self.hears = hears
        self.platform = adapter.platform
        self.adapter = adapter
        self.up = False
        self._again_at = 0.0
        self._clock = clock
        self._ended = ended
        self._keeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Connect, now or as soon as the platform is there. Raises ``Revoked`` when it refuses our token."""
        await self._try()
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Take nothing more in; what is being handled is finished first."""
        if self._keeping:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        await self._let_go()

    async def send(self, message: Outgoing) -> str:
        """Send; raises ``NotNow`` while not connected."""
        self._check_up()
        return await self.adapter.send(message)

    async def is_administrator(self, workspace: str, chat: str, user: str) -> bool:
        """Ask the platform; raises ``NotNow`` while not connected."""
        self._check_up()
        return await self.adapter.is_administrator(workspace, chat, user)

    def _check_up(self) -> None:
        if not self.up:
            # Not before it is tried again: with thousands waiting to be told something, asking is work.
            raise NotNow(max(SOON, self._again_at - self._clock.steady()), everywhere=True)

    async def _try(self) -> None:
        try:
            await self.adapter.start()
        except Revoked:
            raise
        except SendTrouble as trouble:
            log.warning("platform away", platform=self.platform, kind=type(trouble).__name__)
        else:
            self.up = True

    async def _keep(self) -> None:
        pause, began = FIRST_PAUSE, self._clock.steady()
        while True:
            if self.up:
                if self._ended is None:
                    return
                trouble = await self._ended()
                log.error("platform ended", platform=self.platform, kind=type(trouble).__name__)
                await self._let_go()
                # Who is thrown out again and again, by another process with the same token, comes back seldom.
                if self._clock.steady() - began > STEADY:
                    pause = FIRST_PAUSE
            self._again_at = self._clock.steady() + pause
            await self._clock.sleep(pause)
            began = self._clock.steady()
            pause = min(pause * 2, LONGEST_PAUSE)
            try:
                await self._try()
            except Revoked:
                log.error("token refused", platform=self.platform)  # noqa: TRY400 - a trace tells nothing more

    async def _let_go(self) -> None:
        if self.up:
            self.up = False
            await self.adapter.stop()
