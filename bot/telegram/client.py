"""The Bot API client: PTB's ``Bot`` over connections of our own, silent about what passes through it.

The token is part of every address and people's words are part of every answer, so none of the libraries below may
write to the log: httpx logs addresses at INFO, PTB logs whole answers when it cannot read one.
"""

import json
import logging
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest, RequestData
from typing_extensions import override

from bot.holds import Holds
from bot.telegram.troubles import Flood

CONNECTIONS = 64
CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
POOL_SECONDS = 5.0
TOO_MANY = 429
REFUSED = range(400, 500)
LIBRARIES = ("httpx", "httpcore", "telegram")


class Connections(HTTPXRequest):
    """PTB's transport with its own reading of answers, which does not ask for what it was told to leave alone."""

    def __init__(self, holds: Holds, **more: Any) -> None:  # noqa: ANN401 - PTB's
        super().__init__(**more)
        self._holds = holds

    @override
    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **more: Any
    ) -> tuple[int, bytes]:
        about = request_data.parameters.get("chat_id", "") if request_data else ""
        what = f"{url.rpartition('/')[2].casefold()} {about}"
        if left := self._holds.left(what):
            raise Flood(left)
        status, payload = await super().do_request(url, method, request_data, *args, **more)
        if status == TOO_MANY:
            await self._holds.hold(what, _wait(payload))
        elif status in REFUSED and not _is_refusal(payload):
            # By its number alone PTB would take a proxy's page for "you were thrown out" or "no such token".
            raise TelegramError("a page in place of an answer")
        return status, payload

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer without logging it. A flood wait leaves as ``Flood``, for PTB's own class warns at birth."""
        try:
            answer = json.loads(payload)
        except ValueError:
            raise TelegramError("the answer is no JSON") from None
        if not isinstance(answer, dict):
            raise TelegramError("the answer is no object")
        if wait := _wait_of(answer):
            raise Flood(wait)
        return answer


def _is_refusal(payload: bytes) -> bool:
    try:
        answer = json.loads(payload)
    except ValueError:
        return False
    return isinstance(answer, dict) and answer.get("ok") is False


def _wait(payload: bytes) -> float:
    """How long a refusal says to wait; 0 when it does not."""
    try:
        return _wait_of(json.loads(payload))
    except ValueError:
        return 0.0


def _wait_of(answer: object) -> float:
    match answer:
        case {"parameters": {"retry_after": int(wait)}} if wait > 0:
            return float(wait)
        case _:
            return 0.0


def client(token: str, base_url: str, holds: Holds) -> Bot:
    """A client for this bot. It tries nothing twice by itself."""
    hush()
    # Over plain HTTP (the stand-in, a local Bot API server) neither proxies nor certificates matter.
    secure = base_url.startswith("https:")
    request = Connections(
        holds, connection_pool_size=CONNECTIONS, connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS,
        write_timeout=READ_SECONDS, pool_timeout=POOL_SECONDS, httpx_kwargs={"trust_env": secure, "verify": secure},
    )  # fmt: skip
    return Bot(token, base_url=base_url, request=request, get_updates_request=request)


def hush() -> None:
    """Keep addresses and answers out of the log, whatever level anybody asks of it: a press says who chose what."""
    for name in (*LIBRARIES, *logging.root.manager.loggerDict):
        if name.partition(".")[0] in LIBRARIES:
            logging.getLogger(name).disabled = True
