"""The playground's web server: the page, what it shows, what a person does there, and the two stand-in platforms.

The page opens one stream of events and gets the whole screen of two people again whenever something has changed.
It loads nothing from anywhere else, and the headers hold it to that.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from bot.calendar import calendar_routes
from bot.playground import slack_screen, telegram_screen
from bot.playground.doings import CANNOT, Unclear, do
from bot.playground.house import House
from bot.playground.pieces import Json, media_type

PAGE: Final = Path(__file__).parent / "page"
MOST_BYTES: Final = 64 * 1024
BREATH: Final = 0.02
"""Seconds in which changes gather before the screen is sent again."""
KINDS: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
HEADERS: Final = {
    "content-security-policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
CANNOT_NOW: Final = "Det gick inte. Kanske hann något ändras. Försök en gång till."
NOT_UNDERSTOOD: Final = "Sidan bad om något som inte går att förstå. Ladda om den."


def website(house: House) -> Starlette:
    """The whole site of one playground."""
    site = _Site(house)
    return Starlette(
        routes=[
            Mount("/slack", routes=house.slack.routes),
            Mount("/telegram", routes=house.telegram.routes),
            Route("/", site.page),
            Route("/page/{name}", site.page),
            Route("/api/screen", site.screen),
            Route("/api/do", site.do, methods=["POST"]),
            Route("/api/files/{platform}/{file}", site.file),
            *calendar_routes(lambda: house.app),
        ]
    )


class _Site:
    def __init__(self, house: House) -> None:
        self._house = house
        self._pages: Mapping[str, bytes] = {each.name: each.read_bytes() for each in PAGE.iterdir()}

    async def page(self, request: Request) -> Response:
        name = request.path_params.get("name", "index.html")
        if name not in self._pages:
            return PlainTextResponse("Sidan finns inte.", 404)
        return Response(self._pages[name], media_type=KINDS[Path(name).suffix], headers=HEADERS)

    async def screen(self, request: Request) -> Response:
        """A stream of screens for the two people who are named, or for the first of each."""
        slack = {each.id: each for each in self._house.cast.in_slack}
        telegram = {str(each.id): each for each in self._house.cast.in_telegram}
        one = request.query_params.get("slack") or next(iter(slack))
        two = request.query_params.get("telegram") or next(iter(telegram))
        if one not in slack or two not in telegram:
            return JSONResponse({"trouble": NOT_UNDERSTOOD}, 404, HEADERS)
        return StreamingResponse(self._screens(one, two), 200, HEADERS, "text/event-stream")

    async def _screens(self, slack: str, telegram: str) -> AsyncIterator[str]:
        house, bell, sent = self._house, self._house.bell, ""
        while not house.closed:
            revision = bell.revision
            drawn = json.dumps(_screen(house, slack, telegram))
            if drawn != sent:
                sent = drawn
                yield f"data: {drawn}\n\n"
            await bell.until(partial(_is_new, house, revision))
            await asyncio.sleep(BREATH)

    async def do(self, request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"trouble": NOT_UNDERSTOOD}, 415, HEADERS)
        body = await _body(request)
        if body is None:
            return JSONResponse({"trouble": "Texten är för lång."}, 413, HEADERS)
        try:
            answer = await do(self._house, json.loads(body))
        except CANNOT:
            return JSONResponse({"trouble": CANNOT_NOW}, 409, HEADERS)
        except (Unclear, ValueError, RecursionError):
            return JSONResponse({"trouble": NOT_UNDERSTOOD}, 400, HEADERS)
        return JSONResponse(answer, headers=HEADERS)

    async def file(self, request: Request) -> Response:
        """A picture to show, or a document to save."""
        content = self._content(request.path_params["platform"], request.path_params["file"])
        if content is None:
            return PlainTextResponse("Filen finns inte.", 404)
        kind = media_type(content)
        shown = "inline" if kind.startswith("image/") else "attachment"
        return Response(content, media_type=kind, headers=HEADERS | {"content-disposition": shown})

    def _content(self, platform: str, file: str) -> bytes | None:
        if platform == "slack":
            found = self._house.slack.world.files.get(file)
            return found.content if found else None
        known = self._house.telegram.world.files.get(file)
        return known.content if known else None


def _screen(house: House, slack: str, telegram: str) -> Json:
    cast = house.cast
    one = next(each for each in cast.in_slack if each.id == slack)
    two = next(each for each in cast.in_telegram if str(each.id) == telegram)
    return {
        "ready": house.ready,
        "born": house.born,
        "ahead": house.clock.offset.total_seconds(),
        "slack": slack_screen.screen(house.slack, one, cast),
        "telegram": telegram_screen.screen(house.telegram, two, cast),
    }


def _is_new(house: House, revision: int) -> bool:
    return house.closed or house.bell.revision != revision


async def _body(request: Request) -> bytes | None:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    return body
