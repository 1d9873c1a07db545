"""The web server: the platforms' doors and questions about our health, on a socket of our own.

``/live`` answers as long as the loop turns. ``/ready`` says whether the database takes a write and the platforms are
connected. Everything else is a route that somebody brings: the adapters, the calendars, the watch.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from typing_extensions import override

from bot.doorkeeper import Doorkeeper

GRACE: Final = 3
"""Seconds that requests under way have to finish once we stop."""
KEEP_ALIVE: Final = 30
BACKLOG: Final = 1024
UNREADY: Final = 503

Health = Callable[[], Awaitable[Mapping[str, bool]]]
"""Asks every part whether it works."""


class AddressTaken(Exception):  # noqa: N818
    """Nothing can listen on this address."""


def listener(host: str, port: int) -> socket.socket:
    """A socket on this address; port 0 takes a free one. Raises :class:`AddressTaken`."""
    try:
        family, kind, _, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        # Named as TCP, or asyncio leaves Nagle's delay of 40 ms on every answer.
        taken = socket.socket(family, kind, socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as trouble:
        raise AddressTaken(f"{host}:{port}: {trouble}") from trouble
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(where)
        taken.listen(BACKLOG)
    except OSError as trouble:
        taken.close()
        raise AddressTaken(f"{host}:{port}: {trouble.strerror or trouble}") from trouble
    return taken


def address(taken: socket.socket) -> str:
    """The address to write into a browser."""
    host, port = taken.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def site(routes: Sequence[BaseRoute], health: Health) -> Starlette:
    """The application: health, and what the adapters bring."""

    async def ready(_request: Request) -> Response:
        parts = await health()
        well = all(parts.values())
        said = {name: "ok" if works else "down" for name, works in parts.items()}
        return JSONResponse({"ready": well, **said}, 200 if well else UNREADY, {"Cache-Control": "no-store"})

    pages = Starlette(routes=[Route("/live", _live), Route("/ready", ready), *routes])
    # Else a stranger who adds a slash is sent to whatever address they said we are at.
    pages.router.redirect_slashes = False
    return pages


@asynccontextmanager
async def served(app: Starlette, taken: socket.socket) -> AsyncIterator[None]:
    """Serve inside this block. On leaving, requests under way are finished first."""
    server = _Server(
        uvicorn.Config(
            app, interface="asgi3", loop="none", http=Doorkeeper, ws="none", lifespan="off", log_config=None, access_log=False,
            server_header=False, proxy_headers=False, timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=GRACE,
        )
    )  # fmt: skip
    serving = asyncio.create_task(server.serve([taken]))
    await server.begun.wait()
    try:
        yield
    finally:
        server.should_exit = True
        await serving


class _Server(uvicorn.Server):
    """Uvicorn's server in our loop; signals are not its business."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.begun = asyncio.Event()

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.begun.set()


async def _live(_request: Request) -> Response:
    return JSONResponse({"live": True}, headers={"Cache-Control": "no-store"})
