"""Connections that are refused, switched off, broken or never made."""

import asyncio

import aiohttp
import pytest

from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.slack import StandInSlack
from tests.bot.standin_slack.scene import APP_TOKEN, Json, Scene, refusal

pytestmark = pytest.mark.anyio


async def test_sockets_are_refused(by_socket: Scene) -> None:
    """An eleventh connection, a used address and an app that chose HTTP get no socket."""
    scene = by_socket
    gate = scene.slack.sockets
    async with aiohttp.ClientSession() as session:
        used = await gate.open()
        others = [await session.ws_connect(used)]
        others += [await session.ws_connect(await gate.open()) for _ in range(9)]
        hello: Json = await others[0].receive_json()
        eleventh: Json = await others[-1].receive_json()
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(used)
        for other in others:
            await other.close()
    scene.slack.deliver_by = ("http", "http://127.0.0.1:9/")

    assert (hello["type"], gate.connected > 0) == ("hello", True)
    assert eleventh["reason"] == "too_many_websockets"
    opened = scene.client.apps_connections_open(app_token=APP_TOKEN)
    assert await refusal(opened) == "socket_mode_not_enabled"


async def test_an_admin_can_switch_socket_mode_off(scene: Scene) -> None:
    """When the link is disabled the connection is told why, and the app token opens no more."""
    async with aiohttp.ClientSession() as session:
        connection = await session.ws_connect(await scene.slack.sockets.open())
        await connection.receive_json()
        await scene.slack.sockets.disconnect("link_disabled")
        last: Json = await connection.receive_json()
        await connection.close()

    assert last["reason"] == "link_disabled"
    assert await refusal(scene.client.apps_connections_open(app_token=APP_TOKEN)) == "token_revoked"


async def test_a_connection_that_breaks_leaves_its_envelope_undelivered(scene: Scene) -> None:
    """An envelope on its way when the connection closes counts as not acknowledged."""
    scene.slack.delivery.retry_waits = ()
    async with aiohttp.ClientSession() as session:
        connection = await session.ws_connect(await scene.slack.sockets.open())
        await connection.receive_json()
        saying = asyncio.create_task(scene.slack.say(scene.ada, scene.room, "@Samsyn hi"))
        envelope: Json = await connection.receive_json()
        await connection.send_bytes(b"noise")
        await connection.send_json({"envelope_id": "another"})
        await connection.close()
        await saying
        await scene.slack.quiet()

    assert envelope["payload"]["event"]["type"] == "app_mention"
    assert [parcel.body for parcel in scene.slack.delivery.lost] == [envelope["payload"]]


async def test_an_unreachable_address_loses_the_event(scene: Scene) -> None:
    """Nobody at the request address: the event is retried and given up."""
    scene.slack.delivery.retry_waits = (0.0,)
    scene.slack.deliver_by = ("http", "http://127.0.0.1:9/")
    await scene.slack.say(scene.ada, scene.room, "@Samsyn hi")
    await scene.slack.quiet()

    assert len(scene.slack.delivery.lost) == 1


async def test_a_stand_in_that_was_never_used_can_be_closed() -> None:
    """Closing what never opened a connection is nothing."""
    slack = StandInSlack(
        now=lambda: 1.0, ledger=Ledger(), faults=Faults(), signing_secret="s", bot_token="b", app_token="a"
    )
    await slack.close()

    assert (slack.is_quiet(), slack.deliver_by) == (True, "socket")
