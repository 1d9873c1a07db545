"""The address that Telegram brings updates to.

A stranger gets a refusal and nothing else. Telegram gets 200 once the update is committed, with the answer to a press
in the reply, or 503 when the store takes nothing, and then brings it again.
"""

import hmac
import json
import math
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, Never, cast

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.telegram.presses import Shown
from storage.db import StoreUnavailable

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
MOST_BYTES: Final = 1024 * 1024
DEEPEST: Final = 32


class Malformed(ValueError):  # noqa: N818
    """The body is no JSON that Telegram would send."""


class TooLarge(ValueError):  # noqa: N818
    """The body is larger than any update."""


async def receive(
    request: Request, secret: str | None, take: Callable[[object], Awaitable[Shown | None]] | None
) -> Response:
    """Answer one delivery. ``take`` is missing while the bot is not started."""
    if not is_telegram(request.headers.get(SECRET_HEADER, ""), secret):
        return Response(status_code=403)
    try:
        raw = strict_json(await _body(request))
    except TooLarge:
        return Response(status_code=413)
    except (Malformed, ClientDisconnect):
        return Response(status_code=400)
    if take is None:
        return _later()
    try:
        shown = await take(raw)
    except StoreUnavailable:
        return _later()
    return JSONResponse(shown.as_reply()) if shown else Response()


def is_telegram(header: str, secret: str | None) -> bool:
    """Whether the header carries our secret, compared in the same time whatever it says."""
    return secret is not None and hmac.compare_digest(header.encode("latin-1"), secret.encode())


def strict_json(body: bytes) -> dict[str, object]:
    """The JSON object in UTF-8, without NaN, infinities and bottomless nesting; raises :class:`Malformed`."""
    try:
        raw = json.loads(body.decode(), parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(raw, dict) or _is_deeper(raw, DEEPEST):
        raise Malformed
    return raw


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise TooLarge
    return bytes(body)


def _later() -> Response:
    return Response(status_code=503, headers={"Retry-After": "1"})


def _no_number(_name: str) -> Never:
    raise Malformed


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Malformed
    return number


def _is_deeper(outermost: dict[str, object], most: int) -> bool:
    level: list[object] = [outermost]
    for _ in range(most):
        level = [inner for each in level for inner in _inside(each) if isinstance(inner, dict | list)]
    return bool(level)


def _inside(container: object) -> Iterable[object]:
    return container.values() if isinstance(container, dict) else cast("list[object]", container)
