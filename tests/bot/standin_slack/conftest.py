"""One server for all these tests; every test begins with an empty world on it."""

import socket
from collections.abc import AsyncIterator

import pytest
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.slack import BOT_USER, StandInSlack
from tests.bot.standin_slack.scene import APP_TOKEN, BOT_TOKEN, SECRET, Clock, Scene, bolt_app

Served = tuple[StandInSlack, Clock, Starlette]


@pytest.fixture(scope="package")
def anyio_backend() -> str:
    """Run everything on asyncio, as the bot does."""
    return "asyncio"


@pytest.fixture(scope="package")
async def served() -> AsyncIterator[Served]:
    """The stand-in on loopback, behind a real web server."""
    clock = Clock()
    slack = StandInSlack(
        now=clock,
        ledger=Ledger(),
        faults=Faults(),
        signing_secret=SECRET,
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
    )
    listener = socket.create_server(("127.0.0.1", 0))
    site = Starlette(routes=[Mount("/slack", routes=slack.routes)])
    config = uvicorn.Config(site, log_level="critical", lifespan="off")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    slack.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    yield slack, clock, site
    await slack.close()
    await server.shutdown(sockets=[listener])


@pytest.fixture
async def scene(served: Served) -> AsyncIterator[Scene]:
    """An empty workspace with two people and a channel; the app is there but does not listen yet."""
    slack, clock, _ = served
    await slack.reset()
    clock.ahead = 0.0
    slack.deliver_by = "socket"
    slack.delivery.patience, slack.delivery.retry_waits = 3.0, (0.0, 60.0, 300.0)
    ada, bo = slack.world.add_user("ada", "Ada Lovelace"), slack.world.add_user("bo", "Bo Ek")
    room = slack.world.add_channel("forum", [ada, bo, BOT_USER])
    client = AsyncWebClient(token=BOT_TOKEN, base_url=f"{slack.base_url}/slack/api/", retry_handlers=[])
    yield Scene(slack, clock, bolt_app(slack), client, ada, bo, room)
    await slack.reset()


@pytest.fixture
async def by_socket(scene: Scene) -> AsyncIterator[Scene]:
    """The app listens over Socket Mode."""
    handler = AsyncSocketModeHandler(scene.app.bolt, APP_TOKEN)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await scene.slack.sockets.connected_at_least(1)
    yield scene
    await handler.close_async()  # type: ignore[no-untyped-call]


@pytest.fixture
async def by_http(scene: Scene, served: Served) -> AsyncIterator[Scene]:
    """The app listens to signed requests."""
    handler = AsyncSlackRequestHandler(scene.app.bolt)

    async def receive(request: Request) -> Response:
        return await handler.handle(request)

    route = Route("/bot", receive, methods=["POST"])
    served[2].router.routes.append(route)
    scene.slack.deliver_by = ("http", f"{scene.slack.base_url}/bot")
    yield scene
    served[2].router.routes.remove(route)
