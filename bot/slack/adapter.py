"""Slack as one of the two platforms: payloads in over Socket Mode or HTTP, messages out over the Web API."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from slack_bolt.authorization import AuthorizeResult
from starlette.requests import Request
from starlette.responses import Response

from bot.adapter import Intake, NotNow, Outgoing, Uncertain
from bot.clock import Clock
from bot.holds import Holds
from bot.slack.desk import FrontDesk
from bot.slack.directory import Directory
from bot.slack.gate import Gate
from bot.slack.intake import DONE, PLATFORM, SlackIntake
from bot.slack.late_answers import LateAnswers
from bot.slack.sending import Sender
from bot.slack.shapes import Json, Unreadable, id_or_none, known_id, said
from bot.slack.socket import Socket
from bot.slack.translate import Me
from bot.slack.troubles import SOON
from bot.slack.web_api import WebApi
from bot.speech import Speech
from storage.db import StoreUnavailable

BASE_URL: Final = "https://slack.com/api/"
PARTING: Final = 5.0
"""Seconds that stopping waits for what is being handled."""


@dataclass(frozen=True, slots=True)
class _Running:
    """What exists between start and stop."""

    api: WebApi
    me: Me
    scopes: frozenset[str]
    directory: Directory
    sender: Sender
    desk: FrontDesk
    intake: SlackIntake


class SlackAdapter:
    """One Slack workspace.

    With ``app_token`` it takes payloads over Socket Mode, with ``signing_secret`` over HTTP at ``slack_events``.
    ``app_id`` refuses payloads of other apps where it is given; ``base_url`` is the address of the Web API.
    """

    platform = PLATFORM

    def __init__(
        self,
        *,
        bot_token: str,
        clock: Clock,
        intake: Intake,
        speech: Speech,
        app_token: str | None = None,
        signing_secret: str | None = None,
        base_url: str = BASE_URL,
        app_id: str = "",
        holds: Holds | None = None,
    ) -> None:
        self._bot_token = bot_token
        self._app_token = app_token
        self._base_url = base_url
        self._app_id = app_id
        self._holds = holds or Holds(PLATFORM, clock)
        self._clock = clock
        self._intake = intake
        self._speech = speech
        self._gate = Gate(signing_secret, clock.now) if signing_secret else None
        self._running: _Running | None = None
        self._socket: Socket | None = None

    @property
    def scopes(self) -> frozenset[str]:
        """What the token is allowed, as Slack says since the start; empty before it."""
        return self._running.scopes if self._running else frozenset()

    @property
    def hears(self) -> bool:
        """Whether what happens in Slack reaches us: always where it is delivered over HTTP."""
        return self._socket is None or self._socket.hears

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being handled, and every modal and answer begun has been shown."""
        running = self._running
        return running is None or (running.intake.is_idle and running.desk.is_idle)

    async def idle(self) -> None:
        """Wait until it is so."""
        if self._running:
            await self._running.intake.idle()
            await self._running.desk.finish(PARTING)

    async def start(self) -> None:
        """Begin to take messages in. Raises ``SendTrouble`` when Slack refuses us or cannot be reached."""
        await self._holds.recall()
        api = WebApi(self._base_url, self._bot_token, self._holds)
        try:
            running = self._assembled(api, *await api.introduce())
            if self._app_token:
                socket = Socket(api, self._app_token, running.intake, self._clock)
                await socket.open()
                self._socket = socket
            self._running = running
        finally:
            if self._running is None:
                await api.close()
        if self._gate:
            self._gate.open(running.intake)

    async def stop(self) -> None:
        """Stop taking in; what is being handled is finished first."""
        running, self._running = self._running, None
        if running is None:
            return
        if self._gate:
            self._gate.shut()
        with suppress(TimeoutError):
            async with asyncio.timeout(PARTING):
                await running.intake.idle()
        if self._socket:
            await self._socket.close()
            self._socket = None
        await running.desk.finish(PARTING)
        await running.directory.close()
        await running.api.close()

    async def send(self, message: Outgoing) -> str:
        """Send, and return the message's id ("" for a page or an ephemeral). Raises ``SendTrouble``."""
        return await self._live().sender.send(message)

    async def is_administrator(self, workspace: str, chat: str, user: str) -> bool:
        """Whether the person administers the workspace or made the channel. Raises ``SendTrouble``."""
        running = self._live()
        return workspace == running.me.team and await running.directory.runs(workspace, chat, user)

    async def take_again(self, payload: Json) -> None:
        """Take in a payload that was set aside. Raises ``NotNow`` while not connected, ``StoreUnavailable``."""
        if (await self._live().intake.take(payload)).status != DONE:
            raise StoreUnavailable("not taken")

    async def slack_events(self, request: Request) -> Response:
        """The HTTP route for events, interactions and commands."""
        if self._gate is None:
            return Response(status_code=404)
        return await self._gate.slack_events(request)

    def _live(self) -> _Running:
        if self._running is None:
            raise NotNow(SOON, everywhere=True)
        return self._running

    def _assembled(self, api: WebApi, reply: Json, scopes: frozenset[str]) -> _Running:
        try:
            me = Me(
                known_id(reply, "team_id"),
                known_id(reply, "user_id"),
                said(reply, "url"),
                self._app_id or id_or_none(reply, "app_id"),
            )
        except Unreadable as nonsense:
            raise Uncertain("auth.test") from nonsense
        directory, late = Directory(api, self._clock.steady), LateAnswers(self._clock.steady)
        sender = Sender(api, directory, late, self._speech, self._clock)
        desk = FrontDesk(me, api, directory, late, sender)
        granted = AuthorizeResult(
            enterprise_id=None, team_id=me.team, bot_token=self._bot_token, bot_user_id=me.user
        )
        intake = SlackIntake(self._intake, desk, api.client, granted)
        return _Running(api, me, scopes, directory, sender, desk, intake)
