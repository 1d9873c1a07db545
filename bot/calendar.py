"""The forum's calendar at a secret address, which any calendar can subscribe to.

The address ends with the forum's number and a secret of its own: without it there is nothing to see, and nothing tells a
wrong secret from a forum that does not exist. A calendar that asks again and has the newest already is told so.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.app import App
from handlers.planned import CALENDARS, PUBLIC, TAG
from storage import cycles, forums, intake, meetings
from storage.db import Store, StoreUnavailable

SINCE: Final = timedelta(days=400)
"""So far back a calendar shows single meetings."""
MEDIA: Final = "text/calendar; charset=utf-8"
HEADERS: Final = {
    "cache-control": "private, no-cache",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
}
BUSY, GONE, UNCHANGED = 503, 404, 304
_NAME: Final = re.compile(r"([0-9]{1,15})-([0-9a-f]{32})\.ics", re.ASCII)
_NOTHING: Final = "0" * 32


def calendar_routes(the: Callable[[], App]) -> tuple[BaseRoute, ...]:
    """What the web server needs to serve the calendars of a bot that runs when they are asked for."""

    async def calendar(request: Request) -> Response:
        found = _NAME.fullmatch(request.path_params["name"])
        if found is None:
            return PlainTextResponse("", GONE, HEADERS)
        app = the()
        try:
            content = await app.writer.run(partial(feed_of, app, int(found[1]), found[2]))
        except StoreUnavailable:
            return PlainTextResponse("", BUSY, {**HEADERS, "retry-after": "60"})
        if content is None:
            return PlainTextResponse("", GONE, HEADERS)
        tag = f'"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'
        headers = {**HEADERS, "etag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=UNCHANGED, headers=headers)
        return Response(content, media_type=MEDIA, headers=headers)

    return (Route("/calendar/{name}", calendar),)


def feed_of(app: App, forum: int, secret: str, store: Store) -> str | None:
    """The calendar of a forum; ``None`` for a wrong secret, found out in the same time whatever is wrong with it."""
    known = cycles.feed(store, forum)
    if not hmac.compare_digest((known or _NOTHING).encode(), secret.encode()) or not known:
        return None
    found = forums.get(store, forum)
    assert found is not None  # noqa: S101 - it has a secret
    from handlers.calendar_files import Source, feed  # noqa: PLC0415 - it takes a fifth of a second to load

    now = app.clock.now()
    every = meetings.since(store, forum, now - SINCE)
    # The same content until something changes: entries are dated with their day.
    source = Source(_seal(app), now.replace(hour=0, minute=0, second=0, microsecond=0))
    return feed(found.name, cycles.ever(store, forum), every, source)


def _seal(app: App) -> str:
    return hmac.new(app.engine.around.secret, CALENDARS.encode(), "sha256").hexdigest()[:TAG]


async def remember_address(app: App, public_url: str) -> None:
    """Handlers know where others reach us: without it nobody is offered a calendar to subscribe to."""
    await app.writer.run(lambda store: intake.set_fact(store, PUBLIC, public_url))
