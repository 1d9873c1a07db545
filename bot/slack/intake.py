"""Payloads in: through Bolt to the engine, and acknowledged only after the commit.

Everything goes through one middleware of Bolt's, after its authorization. Bolt would ask its listeners one by one
whether a payload is theirs, and gather all that a listener may want for each of them: one for each kind of payload,
and a command costs a seventh more.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from typing_extensions import override

from bot.adapter import Intake, Outcome
from bot.slack.shapes import Json, Unreadable, without_answers
from bot.slack.web_api import quiet_logger
from handlers.kit.inbound import AnyInbound
from storage.db import StoreUnavailable

PLATFORM: Final = "slack"
DONE: Final = 200
NOT_NOW: Final = 503
_Listen = Callable[[Json], Awaitable[BoltResponse]]

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
    """Takes payloads in, whichever way they came. ``client`` is the one that Bolt's app is made with."""

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
            # Bolt looks into a payload before we do, and trusts its shape.
            response = None
        if response is not None and response.status in (DONE, NOT_NOW):
            return response
        status = response.status if response else "none"
        log.warning("slack payload not handled", status=status)
        await self.bury(f"not handled: {status}", payload)
        return BoltResponse(status=DONE)

    async def _listen(self, body: Json) -> BoltResponse:
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


class _Everything(AsyncMiddleware):
    """Takes every payload, of whatever kind, and leaves nothing to listeners."""

    def __init__(self, listen: _Listen) -> None:
        self._listen = listen

    @override
    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        return await self._listen(req.body)


def _bolt(listen: _Listen, client: AsyncWebClient, me: AuthorizeResult) -> AsyncApp:
    """An app that hands everything on; everything that Bolt would check has been checked before it."""

    async def authorize(enterprise_id: str, team_id: str, user_id: str) -> AuthorizeResult:  # noqa: ARG001 - Bolt's
        return me

    app = AsyncApp(
        logger=quiet_logger("bolt"),
        client=client,
        authorize=authorize,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.use(_Everything(listen))
    return app
