"""The HTTP door: nothing gets in that Slack did not sign, and nothing a stranger sends becomes a fault of ours.

Size, age and signature are checked on the raw bytes before anything is read, then the shape of the JSON.
https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hmac
import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Final, NoReturn

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from yarl import URL

from bot.slack.intake import NOT_NOW, SlackIntake
from bot.slack.shapes import Json
from bot.speech import clean
from storage.db import StoreUnavailable

MOST_BYTES: Final = 1024 * 1024
OLDEST: Final = 300
"""Seconds that a request may be old, or ahead: what Slack recommends."""
DEEPEST: Final = 32
AGAIN: Final = {"Retry-After": "1"}
_STAMP: Final = re.compile(rb"\d{1,12}")
_JSON: Final = b"application/json"
_FORM: Final = b"application/x-www-form-urlencoded"


class _TurnedAway(Exception):  # noqa: N818 - says what became of the request
    """A request that is not let in, and the status that says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gate:
    """The route for events, interactions and commands."""

    def __init__(self, signing_secret: str, now: Callable[[], datetime]) -> None:
        self._secret = signing_secret.encode()
        self._now = now
        self._intake: SlackIntake | None = None

    def open(self, intake: SlackIntake) -> None:
        """Let requests in from now on."""
        self._intake = intake

    def shut(self) -> None:
        """Ask Slack to come again later, from now on."""
        self._intake = None

    async def slack_events(self, request: Request) -> Response:
        """Take one request in: 200 after the commit, 4xx for what is not Slack's, 503 when it must come again."""
        try:
            headers = _headers(request)
            body = await _body(request)
            self._check(headers, body)
            payload = _read(headers.get(b"content-type", b""), body)
        except _TurnedAway as refused:
            return Response(status_code=refused.status)
        if payload.get("type") == "url_verification":
            return JSONResponse({"challenge": clean(str(payload.get("challenge", "")))})
        if "ssl_check" in payload:
            return Response()
        return await self._hand_over(payload)

    async def _hand_over(self, payload: Json) -> Response:
        if self._intake is None:
            return Response(status_code=NOT_NOW, headers=AGAIN)
        if "type" not in payload and "command" not in payload:
            try:
                await self._intake.bury("neither event nor command", payload)
            except StoreUnavailable:
                return Response(status_code=NOT_NOW, headers=AGAIN)
            return Response()
        done = await self._intake.take(payload)
        if done.status == NOT_NOW:
            return Response(status_code=NOT_NOW, headers=AGAIN)
        if done.body:
            return Response(done.body, media_type="application/json")
        return Response()

    def _check(self, headers: dict[bytes, bytes], body: bytes) -> None:
        stamp, signature = (
            headers.get(b"x-slack-request-timestamp", b""),
            headers.get(b"x-slack-signature", b""),
        )
        if not _STAMP.fullmatch(stamp) or abs(self._now().timestamp() - int(stamp)) > OLDEST:
            raise _TurnedAway(401)
        signed = hmac.digest(self._secret, b"v0:%b:%b" % (stamp, body), "sha256").hex().encode()
        if not hmac.compare_digest(b"v0=" + signed, signature):
            raise _TurnedAway(401)


def _headers(request: Request) -> dict[bytes, bytes]:
    """The headers that count; one of them twice is a trick."""
    found: dict[bytes, bytes] = {}
    for name, value in request.scope["headers"]:
        if name.startswith(b"x-slack-") or name in (b"content-type", b"content-length"):
            if name in found:
                raise _TurnedAway(401)
            found[name] = value
    length = found.get(b"content-length", b"0")
    if not length.isdigit():
        raise _TurnedAway(400)
    if len(length) > 12 or int(length) > MOST_BYTES:  # noqa: PLR2004 - no number to be read at all
        raise _TurnedAway(413)
    return found


async def _body(request: Request) -> bytes:
    chunks: list[bytes] = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > MOST_BYTES:
                raise _TurnedAway(413)
            chunks.append(chunk)
    except ClientDisconnect:
        raise _TurnedAway(400) from None
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _read(content_type: bytes, body: bytes) -> Json:
    """The payload of a request."""
    try:
        words = body.decode()
        if content_type.startswith(_FORM):
            # The decoder of aiohttp's own address type is many times faster than the standard library's.
            fields = URL.build(query_string=words, encoded=True).query
            if "payload" not in fields:
                return dict(fields)
            words = fields["payload"]
        elif not content_type.startswith(_JSON):
            raise _TurnedAway(400)
        payload = _DECODER.decode(words)
    except (ValueError, RecursionError):
        raise _TurnedAway(400) from None
    if not isinstance(payload, dict) or not _is_shallow(words, payload):
        raise _TurnedAway(400)
    return payload


def _is_shallow(words: str, payload: Json) -> bool:
    if words.count("{") + words.count("[") <= DEEPEST:
        return True
    level: list[object] = [payload]
    for _ in range(DEEPEST):
        level = [
            child
            for each in level
            for child in (each.values() if isinstance(each, dict) else each)  # type: ignore[attr-defined]
            if isinstance(child, dict | list)
        ]
        if not level:
            return True
    return False


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER: Final = json.JSONDecoder(parse_constant=_no_constant)
