"""Socket Mode: Slack's payloads over a WebSocket that we open, acknowledged only after the commit.

Connections of this kind are known to go deaf: they look open and bring nothing. A watchdog looks at the answers to
our pings and makes a new one. https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import json
from contextlib import suppress
from typing import Final

import aiohttp
import structlog
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from typing_extensions import override

from bot.adapter import NotNow, SendTrouble
from bot.clock import Clock
from bot.slack.intake import DONE, SlackIntake
from bot.slack.troubles import SOON
from bot.slack.web_api import WebApi, quiet_logger

PING: Final = 5.0
"""Seconds between pings; the library calls a connection dead after four without an answer."""
WATCH: Final = 10.0
MISSES: Final = 2
"""So many looks in a row find no connection before a new one is made: a changeover of Slack's takes a moment."""
CONNECT: Final = 20.0
CLOSE: Final = 5.0

log = structlog.get_logger()


class _Connection(SocketModeClient):
    """The library's, which asks for a new address but once when Slack says that this one is over, and then stays."""

    is_over = False

    @override
    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Move to another address; whoever cannot is heard no more, however open the old one looks."""
        self.is_over = self.is_over or force
        await super().connect_to_new_endpoint(force)
        self.is_over = False


class Socket:
    """One living connection at a time."""

    def __init__(self, api: WebApi, app_token: str, intake: SlackIntake, clock: Clock) -> None:
        self._api = api
        self._token = app_token
        self._intake = intake
        self._clock = clock
        self._client: _Connection | None = None
        self._watching: asyncio.Task[None] | None = None
        self._missed = 0

    @property
    def hears(self) -> bool:
        """Whether the connection answered when it was last looked at."""
        return self._missed < MISSES

    async def open(self) -> None:
        """Connect. Raises ``SendTrouble`` when Slack refuses us or cannot be reached."""
        self._client = await self._connected()
        self._watching = asyncio.create_task(self._watch(self._client))

    async def close(self) -> None:
        """Take nothing more in; what is being handled is acknowledged first."""
        if self._watching:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
        if self._client:
            self._client.auto_reconnect_enabled = False
            await self._abandon(self._client)
            self._client = None

    async def _connected(self) -> _Connection:
        # Asked here, for the library would go on asking with a bad token for ever.
        address = str((await self._api.tell("apps.connections.open", token=self._token)).get("url", ""))
        client = _Connection(
            app_token=self._token,
            web_client=self._api.client,
            logger=quiet_logger("socket"),
            ping_interval=PING,
        )
        client.proxy = self._api.client.proxy
        client.wss_uri = address
        client.socket_mode_request_listeners.append(self._envelope)
        try:
            async with asyncio.timeout(CONNECT):
                await client.connect()  # type: ignore[no-untyped-call]
        except TimeoutError:
            await self._abandon(client)
            raise NotNow(SOON, everywhere=True) from None
        return client

    async def _envelope(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        done = await self._intake.take(request.payload)
        if done.status != DONE:
            return  # not acknowledged: Slack delivers it again
        answer = SocketModeResponse(request.envelope_id, json.loads(done.body) if done.body else None)
        with suppress(aiohttp.ClientError, ConnectionError):
            await client.send_socket_mode_response(answer)

    async def _watch(self, client: _Connection) -> None:
        while True:
            await self._clock.sleep(WATCH)
            is_heard = not client.is_over and await client.is_connected()
            self._missed = 0 if is_heard else self._missed + 1
            if self.hears:
                continue
            log.warning("slack connection is deaf, making a new one")
            try:
                fresh = await self._connected()
            except SendTrouble as trouble:
                log.warning("slack connection refused", kind=type(trouble).__name__)
                continue
            deaf, client = client, fresh
            self._client = fresh
            await self._abandon(deaf)

    async def _abandon(self, client: SocketModeClient) -> None:
        """Close a connection, but wait no longer than a moment for it."""
        with suppress(TimeoutError, aiohttp.ClientError, ConnectionError):
            async with asyncio.timeout(CLOSE):
                await client.close()  # type: ignore[no-untyped-call]
