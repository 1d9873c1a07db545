"""The bench, its people and its groups."""

from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.telegram import StandInTelegram, User
from bot.speech import Speech
from bot.telegram.adapter import TelegramAdapter
from tests.bot.standin_telegram.stage import Clock, Server
from tests.bot.telegram.bench import TOKEN, Bench, Patient, Remembering, speech_in


@pytest.fixture(name="anyio_backend", scope="module")
def _anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(name="speech", scope="session")
def _speech(tmp_path_factory: pytest.TempPathFactory) -> Speech:
    return speech_in(tmp_path_factory.mktemp("texts"))


@pytest.fixture(name="server", scope="module")
async def _server() -> AsyncIterator[Server]:
    server = Server()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(name="bench")
async def _bench(server: Server, speech: Speech) -> AsyncIterator[Bench]:
    wall, faults, ledger = Clock(), Faults(), Ledger()
    tg = StandInTelegram(now=wall, ledger=ledger, faults=faults, token=TOKEN)
    bench = Bench(tg, faults, ledger, wall, Patient(), Remembering(), speech, server.address)

    async def hook(request: Request) -> Response:
        return await bench.adapters[-1].telegram_updates(request)

    server.playing = Starlette(
        routes=[Mount("/telegram", routes=tg.routes), Route("/hook", hook, methods=["POST"])]
    )
    tg.address = f"{server.address}/telegram"
    yield bench
    for adapter in bench.adapters:
        await adapter.stop()
    await tg.close()


@pytest.fixture(name="adapter")
async def _adapter(bench: Bench) -> TelegramAdapter:
    """An adapter that fetches updates."""
    adapter = bench.adapter()
    await adapter.start()
    return adapter


@pytest.fixture(name="ada")
def _ada(bench: Bench) -> User:
    return bench.tg.world.add_user("Ada", "ada_l", "sv")


@pytest.fixture(name="bo")
def _bo(bench: Bench) -> User:
    return bench.tg.world.add_user("Bo")


@pytest.fixture(name="group")
def _group(bench: Bench, ada: User, bo: User) -> int:
    return bench.tg.world.add_group("Forum", [ada, bo], with_bot=True)


@pytest.fixture(name="supergroup")
def _supergroup(bench: Bench, ada: User, bo: User) -> int:
    return bench.tg.world.add_group("Big forum", [ada, bo], kind="supergroup", is_forum=True, with_bot=True)
