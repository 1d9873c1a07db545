"""Payloads in: through Bolt to the engine, and acknowledged only after the commit.

Bolt runs each listener before it answers, and has one listener for each kind of payload: it walks through its
listeners one by one, so that a hundred of them would cost ten times as much as one.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final, Protocol

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapter import Intake, Outcome
from bot.slack.shapes import Json, Unreadable, without_answers
from bot.slack.web_api import quiet_logger
from handlers.kit.inbound import AnyInbound
from storage.db import StoreUnavailable

PLATFORM: Final = "slack"
DONE: Final = 200
NOT_NOW: Final = 503
_ANY = re.compile("")

log = structlog.get_logger()


class Desk(Protocol):
    """What stands between a payload and the engine: who and where it is about, and what goes straight back."""

    async def read(self, payload: Json) -> AnyInbound | None:
        """The inbound of a payload; ``None`` for one of no interest. Raises ``Unreadable``."""
        ...

    def reply(self, inbound: AnyInbound, outcome: Outcome, payload: Json) -> Json | None:
        """What the acknowledgement itself says; the rest is begun and goes on by itself."""
        ...


class SlackIntake:
    """Takes payloads in, whichever way they came. ``client`` is what Bolt gives its listeners."""

    def __init__(self, intake: Intake, desk: Desk, client: AsyncWebClient, me: AuthorizeResult) -> None:
        self._intake = intake
        self._desk = desk
        self._bolt = _bolt(self._listen, client, me)
        self._working = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def take(self, payload: Json) -> BoltResponse:
        """Handle a payload; 503 when it must be delivered again, 200 otherwise, whatever was in it."""
        self._working += 1
        self._idle.clear()
        try:
            return await self._take(payload)
        except StoreUnavailable:
            return BoltResponse(status=NOT_NOW)
        finally:
            self._working -= 1
            if not self._working:
                self._idle.set()

    async def bury(self, reason: str, payload: Json) -> None:
        """Set a payload aside, without what was filled in. Raises ``StoreUnavailable``."""
        await self._intake.bury(PLATFORM, reason, json.dumps(without_answers(payload)))

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being handled."""
        return self._idle.is_set()

    async def idle(self) -> None:
        """Wait until nothing is being handled."""
        await self._idle.wait()

    async def _take(self, payload: Json) -> BoltResponse:
        try:
            response = await self._bolt.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
        except (TypeError, ValueError, AttributeError, LookupError):
            # Bolt looks into a payload before any listener does, and trusts its shape.
            response = None
        if response is not None and response.status in (DONE, NOT_NOW):
            return response
        status = response.status if response else "none"
        log.warning("slack payload not handled", status=status)
        await self.bury(f"not handled: {status}", payload)
        return BoltResponse(status=DONE)

    async def _listen(self, body: dict[str, Any]) -> BoltResponse:
        try:
            inbound = await self._desk.read(body)
            if inbound is None:
                return BoltResponse(status=DONE)
            outcome = await self._intake.handle(inbound)
        except StoreUnavailable:
            return BoltResponse(status=NOT_NOW)
        except Unreadable as trouble:
            return await self._unreadable(str(trouble), body)
        answer = self._desk.reply(inbound, outcome, body)
        return BoltResponse(status=DONE, body=answer or "")

    async def _unreadable(self, reason: str, body: Json) -> BoltResponse:
        try:
            await self.bury(reason, body)
        except StoreUnavailable:
            return BoltResponse(status=NOT_NOW)
        return BoltResponse(status=DONE)


def _bolt(
    listen: Callable[[dict[str, Any]], Awaitable[BoltResponse]], client: AsyncWebClient, me: AuthorizeResult
) -> AsyncApp:
    """One listener for each kind of payload; everything that Bolt would check has been checked before it."""

    async def authorize(enterprise_id: str, team_id: str, user_id: str) -> AuthorizeResult:  # noqa: ARG001 - Bolt's
        return me

    app = AsyncApp(
        logger=quiet_logger("bolt"),
        client=client,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.event(_ANY)(listen)
    app.action(_ANY)(listen)
    app.command(_ANY)(listen)
    app.view(_ANY)(listen)
    app.shortcut(_ANY)(listen)
    app.view_closed(_ANY)(listen)
    return app
