"""Asking Slack for something: one connection pool, no hidden second try, every trouble by its kind.

The client library would send a message again when a connection drops, and so post it twice; its retries are off.
"""

import logging
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.adapter import NotNow, Refused, SendTrouble, Uncertain
from bot.holds import Holds
from bot.slack.patience import PatientClient
from bot.slack.troubles import BROKEN, SOON, TOO_MANY, of_reply, retry_after

Json = dict[str, Any]

TIMEOUT: Final = aiohttp.ClientTimeout(total=10, sock_connect=5)
LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
UPLOADS: Final = "upload"
"""What is left alone when Slack takes no files for a while: each has an address of its own, and one machine takes them."""
OK: Final = 200
BAD: Final = 400


def quiet_logger(name: str) -> logging.Logger:
    """A logger for the libraries that says nothing, whatever level anybody asks of it.

    They would write down addresses with tickets, and payloads: who answered what.
    """
    logger = logging.getLogger(f"samsyn.slack.{name}")
    logger.setLevel(logging.CRITICAL)
    logger.disabled = True
    return logger


class WebApi:
    """The methods of the Web API. To be made inside the running loop, and closed."""

    def __init__(self, base_url: str, token: str, holds: Holds) -> None:
        self._holds = holds
        self.session = aiohttp.ClientSession(timeout=TIMEOUT)
        self.client = PatientClient(
            holds,
            token=token,
            base_url=f"{base_url.rstrip('/')}/",
            session=self.session,
            retry_handlers=[],
            logger=quiet_logger("web"),
        )
        if urlsplit(base_url).hostname in LOOPBACK:
            self.client.proxy = None  # the library takes the machine's proxy even for loopback

    async def ask(self, method: str, **args: str | bool) -> Json:
        """Call a method that only tells. Raises ``SendTrouble``."""
        return (await self._call(method, http_verb="GET", params=args))[0]

    async def tell(self, method: str, **args: object) -> Json:
        """Call a method that does something; ``token`` may be another than the bot's. Raises ``SendTrouble``."""
        return (await self._call(method, json=args))[0]

    async def introduce(self) -> tuple[Json, frozenset[str]]:
        """Who the token makes us, and the scopes it has. Raises ``SendTrouble``."""
        reply, headers = await self._call("auth.test", json={})
        return reply, frozenset(filter(None, headers.get("x-oauth-scopes", "").split(",")))

    async def answer(self, url: str, body: Json) -> None:
        """Answer to an address that an interaction brought along. Raises ``SendTrouble``."""
        try:
            async with self.session.post(url, json=body, proxy=self.client.proxy) as reply:
                status, headers = reply.status, reply.headers
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            raise Refused("no address") from None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as trouble:
            raise NotNow(SOON, everywhere=True) from trouble
        except (TimeoutError, aiohttp.ClientError) as trouble:
            raise Uncertain(type(trouble).__name__) from trouble
        if status != OK:
            raise _of_address(status, headers)

    async def upload(self, url: str, content: bytes) -> None:
        """Bring a file to the address that Slack gave for it. Raises ``SendTrouble``."""
        if left := self._holds.left(UPLOADS):
            raise NotNow(left)
        try:
            async with self.session.post(url, data=content, proxy=self.client.proxy) as reply:
                status, headers = reply.status, reply.headers
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as trouble:
            raise NotNow(SOON) from trouble  # another machine than the one that takes messages
        except (TimeoutError, aiohttp.ClientError) as trouble:
            raise Uncertain(type(trouble).__name__) from trouble
        if status == TOO_MANY:
            await self._holds.hold(UPLOADS, retry_after(headers))
        if status != OK:
            raise _of_address(status, headers)

    async def close(self) -> None:
        await self.session.close()

    async def _call(self, method: str, **how: Any) -> tuple[Json, Mapping[str, str]]:  # noqa: ANN401 - the library's
        try:
            reply = await self.client.api_call(method, **how)
        except SlackApiError as refusal:
            # A reply that is no JSON comes as the connection's own object, all others as the library's.
            raw = refusal.response
            status = int(getattr(raw, "status_code", 0) or getattr(raw, "status", 0))
            raise of_reply(status, raw.headers, getattr(raw, "data", None)) from refusal
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as trouble:
            raise NotNow(SOON, everywhere=True) from trouble
        except (TimeoutError, aiohttp.ClientError) as trouble:
            raise Uncertain(type(trouble).__name__) from trouble
        except (AttributeError, UnicodeDecodeError, LookupError) as nonsense:
            # The library trips over a reply that is no object, or in no known alphabet.
            raise Uncertain(type(nonsense).__name__) from nonsense
        return (reply.data if isinstance(reply.data, dict) else {}), reply.headers


def _of_address(status: int, headers: Mapping[str, str]) -> SendTrouble:
    """An address for late answers speaks by its status alone: with any 4xx it works no longer."""
    if BAD <= status < BROKEN and status != TOO_MANY:
        return Refused(f"status {status}")
    return of_reply(status, headers, None)
