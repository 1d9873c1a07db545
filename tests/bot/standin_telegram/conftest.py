"""The stage, its people and its groups."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.telegram import StandInTelegram, User
from tests.bot.standin_telegram.stage import TOKEN, Clock, Hook, Server, Stage, client_of


@pytest.fixture(name="anyio_backend", scope="module")
def _anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(name="server", scope="module")
async def _server() -> AsyncIterator[Server]:
    server = Server()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(name="stage")
async def _stage(monkeypatch: pytest.MonkeyPatch, server: Server) -> AsyncIterator[Stage]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or every RetryAfter warns of what will change
    clock, faults, ledger, hook = Clock(), Faults(), Ledger(), Hook()
    tg = StandInTelegram(now=clock, ledger=ledger, faults=faults, token=TOKEN)
    routes = [Mount("/telegram", routes=tg.routes), Route("/hook", hook.__call__, methods=["POST"])]
    server.playing = Starlette(routes=routes)
    tg.address = f"{server.address}/telegram"
    async with client_of(tg, TOKEN) as bot:
        yield Stage(tg, clock, faults, ledger, bot, server.address, hook)
    await tg.close()


@pytest.fixture(name="chat")
async def _chat(stage: Stage) -> AsyncIterator[Stage]:
    """A stage with a bot that listens."""
    listening = asyncio.create_task(stage.listen())
    yield stage
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


@pytest.fixture(name="ada")
def _ada(stage: Stage) -> User:
    return stage.tg.world.add_user("Ada", "ada_l", "sv")


@pytest.fixture(name="bo")
def _bo(stage: Stage) -> User:
    return stage.tg.world.add_user("Bo")


@pytest.fixture(name="group")
def _group(stage: Stage, ada: User, bo: User) -> int:
    return stage.tg.world.add_group("Forum", [ada, bo], with_bot=True)


@pytest.fixture(name="supergroup")
def _supergroup(stage: Stage, ada: User, bo: User) -> int:
    return stage.tg.world.add_group("Big forum", [ada, bo], kind="supergroup", is_forum=True, with_bot=True)
