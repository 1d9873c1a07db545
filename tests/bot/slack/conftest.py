"""One server for all these tests; every test begins with an empty workspace on it."""

import socket
from collections.abc import AsyncIterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.slack import BOT_USER, StandInSlack
from bot.slack.blocks import Pen
from bot.speech import Speech
from tests.bot.slack.bench import APP_TOKEN, BOT_TOKEN, SECRET, Bench, HandClock, Remembering, speech_in

Served = tuple[StandInSlack, HandClock, Starlette]


@pytest.fixture(name="anyio_backend", scope="package")
def _anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(name="speech", scope="session")
def _speech(tmp_path_factory: pytest.TempPathFactory) -> Speech:
    return speech_in(tmp_path_factory.mktemp("texts"))


@pytest.fixture(name="pen")
def _pen(speech: Speech) -> Pen:
    """Draws for a Swedish reader in whose chat person 1 is known."""
    return Pen(speech, "sv", "Europe/Stockholm", 7, {1: "U0ADA"})


@pytest.fixture(name="served", scope="package")
async def _served(anyio_backend: str) -> AsyncIterator[Served]:  # noqa: ARG001 - it must be there first
    clock = HandClock()
    slack = StandInSlack(
        now=clock.stamp,
        ledger=Ledger(),
        faults=Faults(),
        signing_secret=SECRET,
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
    )
    site = Starlette(routes=[Mount("/slack", routes=slack.routes)])
    config = uvicorn.Config(site, log_level="critical", lifespan="off")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    listener = socket.create_server(("127.0.0.1", 0))
    await server.startup(sockets=[listener])
    slack.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    yield slack, clock, site
    await slack.close()
    await server.shutdown(sockets=[listener])


@pytest.fixture(name="bench")
async def _bench(served: Served, speech: Speech) -> AsyncIterator[Bench]:
    """A workspace with two people and a channel; no adapter is running yet."""
    slack, clock, _ = served
    await slack.reset()
    clock.ahead = 0.0
    slack.deliver_by = "socket"
    ada, bo = slack.world.add_user("ada", "Ada Ek"), slack.world.add_user("bo", "Bo Ek")
    room = slack.world.add_channel("forum", [ada, bo, BOT_USER])
    made = Bench(slack, clock, Remembering(), speech, ada, bo, room, slack.ledger, slack.faults)
    yield made
    for adapter in made.adapters:
        await adapter.stop()
    await slack.reset()
