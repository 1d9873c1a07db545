"""The web server: health, the doors of the platforms, and an end that cuts nobody off."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import cast

import aiohttp
import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web import AddressTaken, address, listener, served, site

pytestmark = pytest.mark.anyio


@pytest.fixture(name="anyio_backend", scope="module")
def _anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def a_site(*routes: Route, **parts: bool) -> AsyncIterator[str]:
    """A server with these routes and parts; gives its address."""

    async def health() -> Mapping[str, bool]:
        return parts

    taken = listener("127.0.0.1", 0)
    async with served(site(routes, health), taken):
        yield address(taken)


@asynccontextmanager
async def asked(url: str, method: str = "GET", **how: str) -> AsyncIterator[aiohttp.ClientResponse]:
    """Ask for a page."""
    async with aiohttp.ClientSession() as client, client.request(method, url, **how) as answer:  # type: ignore[arg-type]
        yield answer


async def test_live_answers_while_the_loop_turns() -> None:
    """Whoever asks whether we are alive gets a yes, kept by no cache."""
    async with a_site(database=False) as base, asked(f"{base}/live") as answer:
        assert (answer.status, await answer.json()) == (200, {"live": True})
        assert answer.headers["Cache-Control"] == "no-store"


async def test_ready_when_every_part_works() -> None:
    """The answer names each part."""
    async with a_site(database=True, slack=True) as base, asked(f"{base}/ready") as answer:
        assert (answer.status, await answer.json()) == (200, {"ready": True, "database": "ok", "slack": "ok"})


async def test_not_ready_when_one_part_is_down() -> None:
    """One part that is down is enough to send visitors elsewhere."""
    async with a_site(database=True, telegram=False) as base, asked(f"{base}/ready") as answer:
        assert answer.status == 503
        assert await answer.json() == {"ready": False, "database": "ok", "telegram": "down"}


async def test_an_unknown_page_is_not_found_and_says_nothing_of_the_server() -> None:
    """A stranger learns neither what serves nor where things are."""
    async with a_site() as base, asked(f"{base}/") as answer:
        assert answer.status == 404
        assert "server" not in answer.headers
        assert "date" in answer.headers


async def test_nobody_is_sent_elsewhere() -> None:
    """A slash too many is a page that is not there; a redirection would name the host that the stranger named."""
    async with a_site() as base, asked(f"{base}/live/") as answer:
        assert (answer.status, len(answer.history)) == (404, 0)


async def test_a_door_of_a_platform_is_open_to_what_it_takes_only() -> None:
    """An adapter's route is served; another method is refused without asking it."""

    async def door(_request: Request) -> Response:
        return PlainTextResponse("in")

    async with a_site(Route("/slack/events", door, methods=["POST"])) as base:
        async with asked(f"{base}/slack/events", "POST", data="x") as answer:
            assert await answer.text() == "in"
        async with asked(f"{base}/slack/events") as answer:
            assert answer.status == 405


async def test_what_is_no_http_gets_a_refusal_and_the_server_goes_on() -> None:
    """Garbage on the port hurts nobody."""
    async with a_site() as base:
        host, port = base.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"\x16\x03\x01 nonsense\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 400")
        writer.close()
        await writer.wait_closed()
        async with asked(f"{base}/live") as answer:
            assert answer.status == 200


async def test_what_is_under_way_when_we_stop_is_finished() -> None:
    """A request that has begun gets its answer, although nothing new is let in."""
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow(_request: Request) -> Response:
        begun.set()
        await may_end.wait()
        return PlainTextResponse("done")

    async def ask(url: str) -> str:
        async with asked(url) as answer:
            return await answer.text()

    async with a_site(Route("/slow", slow)) as base:
        asking = asyncio.create_task(ask(f"{base}/slow"))
        await begun.wait()
        asyncio.get_running_loop().call_later(0.05, may_end.set)

    assert await asking == "done"
    with pytest.raises(aiohttp.ClientConnectorError):
        await ask(f"{base}/live")


def test_an_address_that_is_taken_is_said_to_be_so() -> None:
    """Two bots on one port: the second hears which address it was."""
    with listener("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressTaken, match=f"127.0.0.1:{port}: Address already in use"):
            listener("127.0.0.1", port)


def test_an_address_that_cannot_be_is_said_to_be_so() -> None:
    """A name that no machine can have gives a sentence as well."""
    with pytest.raises(AddressTaken, match=r"a\.\.b:0: "):
        listener("a..b", 0)


def test_the_newer_kind_of_address_is_written_in_brackets() -> None:
    """An IPv6 address can be put into a browser as it is printed."""

    class Sixth:
        """A socket on a machine that has IPv6."""

        def getsockname(self) -> tuple[str, int, int, int]:
            return "::1", 80, 0, 0

    assert address(cast(socket.socket, Sixth())) == "http://[::1]:80"


def test_answers_do_not_wait_for_more_to_send() -> None:
    """The socket is a TCP one by name, which is what makes asyncio switch Nagle's delay off."""
    with listener("127.0.0.1", 0) as taken:
        assert taken.proto == socket.IPPROTO_TCP


@pytest.mark.parametrize(
    "begun", [b"", b"GET /live HT", b"POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab"]
)
async def test_who_never_finishes_a_request_is_hung_up_on(
    monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    """Silence, half a head, half a body: the connection ends; what came of it is no fault, and others are answered."""
    monkeypatch.setattr("bot.doorkeeper.PATIENCE", 0.2)
    heard: list[str] = []

    async def door(request: Request) -> Response:
        try:
            heard.append((await request.body()).decode())
        except ClientDisconnect:
            heard.append("gone")
        return PlainTextResponse("in")

    async with a_site(Route("/in", door, methods=["POST"])) as base:
        port = int(base.rpartition(":")[2])
        slow, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun)
        async with asyncio.timeout(10), asked(f"{base}/live") as answer:
            assert answer.status == 200
            assert await slow.read() == b""
        writer.close()
        await writer.wait_closed()
    assert heard == (["gone"] if b"POST" in begun else [])


async def test_who_takes_their_time_between_requests_is_not_hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience is for a request that was begun; a platform keeps its connection open."""
    monkeypatch.setattr("bot.doorkeeper.PATIENCE", 0.05)
    answered = asyncio.Event()

    async def slow(_request: Request) -> Response:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.2):
                await answered.wait()
        return PlainTextResponse("done")

    async with a_site(Route("/slow", slow)) as base, aiohttp.ClientSession() as client:
        for _ in range(2):
            async with client.get(f"{base}/slow") as answer:
                assert await answer.text() == "done"


async def test_beyond_what_the_server_may_hold_nobody_stands_at_the_door(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those who came too many are hung up on; when some have gone there is room again."""
    monkeypatch.setattr("bot.doorkeeper.MOST_AT_ONCE", 3)
    async with a_site() as base:
        port = int(base.rpartition(":")[2])
        kept = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        with pytest.raises(aiohttp.ClientConnectionError):
            async with asyncio.timeout(10), asked(f"{base}/live"):
                pass
        for _, writer in kept:
            writer.close()
            await writer.wait_closed()
        async with asyncio.timeout(10):
            while not await _is_let_in(f"{base}/live"):
                pass  # the server has yet to hear that they went


async def _is_let_in(url: str) -> bool:
    try:
        async with asked(url) as answer:
            return answer.status == 200
    except aiohttp.ClientConnectionError:
        return False
