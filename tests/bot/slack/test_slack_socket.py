"""Socket Mode: acknowledged after the commit, refreshed, mended when it goes deaf, ended in good order."""

import asyncio

import pytest
from aiohttp import web

from bot.adapter import Intake, NotNow, Outcome
from bot.playground.faults import PlatformError
from bot.slack.adapter import SlackAdapter
from bot.slack.manifest import SCOPES
from bot.slack.socket import Socket
from tests.bot.slack.bench import APP_TOKEN, Bench, card

pytestmark = pytest.mark.anyio


async def looked_after(bench: Bench, times: int) -> None:
    """Let the watchdog look so often."""
    for _ in range(times):
        bench.clock.looks.release()
        await asyncio.sleep(0)
    await bench.slack.sockets.connected_at_least(1)


async def test_nothing_is_acknowledged_that_the_store_did_not_take(bench: Bench) -> None:
    """Slack delivers it again, and then it is there."""
    bench.slack.delivery.patience = 0.2
    bench.engine.down = 1
    await bench.adapter().start()
    await bench.slack.say(bench.ada, bench.room, "@Samsyn beslut x")
    await bench.slack.quiet()
    bench.slack.delivery.patience = 3.0
    assert len(bench.engine.handled) == 1
    assert bench.slack.delivery.lost == []


async def test_what_cannot_be_read_is_set_aside_and_holds_nobody_up(bench: Bench) -> None:
    """It is acknowledged; while the store is down even that is not."""
    adapter = bench.adapter()
    await adapter.start()
    running = adapter._running
    assert running is not None
    payload = {"type": "event_callback", "event": {"type": "app_mention", "ts": "soon"}, "team_id": "T0HOME"}
    broken = {
        **payload,
        "event": {**payload, "type": "app_mention", "user": "U0ADA", "ts": "soon", "channel": "C0"},
    }
    assert (await running.intake.take(broken)).status == 200
    bench.engine.down = 1
    assert (await running.intake.take(broken)).status == 503
    bench.engine.down = 1
    assert (
        await running.intake.take({"type": "view_submission", "view": 5, "authorizations": 5})
    ).status == 503
    assert [(where, reason) for where, reason, _ in bench.engine.buried] == [
        ("slack", "an id does not begin with time")
    ]


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"type": "block_suggestion", "team": {"id": "T0HOME"}},
        {"type": "event_callback", "authorizations": 5, "event": {"type": "x"}},
        {"type": "event_callback", "authorizations": [5], "event": {"type": "x"}},
        {"type": "event_callback", "team": 5, "event": {"type": "x"}},
        {"type": "event_callback", "enterprise": 5, "event": {"type": "x"}},
        {"type": "event_callback", "event": []},
        {"type": "event_callback", "team_id": "T0HOME", "event": {"type": 5}},
        {"type": "block_actions", "actions": 5},
        {"type": "block_actions", "actions": []},
        {"type": "view_submission", "view": "V"},
        {"type": "message_action", "callback_id": 5},
        {"command": ["/samsyn"]},
    ],
)
async def test_payloads_that_bolt_itself_trips_over_are_set_aside(
    bench: Bench, payload: dict[str, object]
) -> None:
    """Whatever is in it, it is acknowledged once it lies among the dead letters."""
    adapter = bench.adapter()
    await adapter.start()
    running = adapter._running
    assert running is not None
    assert (await running.intake.take(payload)).status == 200
    assert len(bench.engine.buried) == 1


async def test_a_refresh_of_the_connection_loses_nothing(bench: Bench) -> None:
    """Slack asks for a new connection every few hours."""
    await bench.adapter().start()
    await bench.slack.sockets.disconnect()
    await bench.slack.sockets.connected_at_least(1)
    await bench.slack.say(bench.ada, bench.room, "@Samsyn beslut x")
    assert len(bench.engine.handled) == 1


async def test_a_refresh_that_is_refused_is_made_up_for(bench: Bench) -> None:
    """The old connection looks open and brings nothing any more: the watchdog makes a new one all the same."""
    await bench.adapter().start()
    bench.faults.plant("apps.connections.open", PlatformError("token_revoked"))
    await bench.slack.sockets.disconnect()
    while not bench.ledger.refused():  # noqa: ASYNC110 - the refusal shows nowhere else
        await asyncio.sleep(0)
    await looked_after(bench, 2)
    await bench.slack.say(bench.ada, bench.room, "@Samsyn beslut x")
    await bench.slack.quiet()
    assert len(bench.engine.handled) == 1


async def test_a_deaf_connection_is_replaced(bench: Bench) -> None:
    """The watchdog finds it out at its second look, also when Slack refuses at first; meanwhile we are not well."""
    adapter = bench.adapter()
    await adapter.start()
    socket = adapter._socket
    assert socket is not None
    assert socket._client is not None
    deaf = socket._client
    await looked_after(bench, 3)
    assert socket._client is deaf
    deaf.stale = True
    calls = len(bench.ledger.of("apps.connections.open"))
    await looked_after(bench, 1)
    assert len(bench.ledger.of("apps.connections.open")) == calls
    assert adapter.hears
    bench.faults.plant("apps.connections.open", PlatformError("internal_error"))
    await looked_after(bench, 1)
    assert not adapter.hears
    await looked_after(bench, 1)
    await bench.slack.sockets.connected_at_least(2)
    await bench.slack.say(bench.ada, bench.room, "@Samsyn beslut x")
    await bench.slack.quiet()
    assert len(bench.engine.handled) == 1
    assert deaf.closed


async def test_stopping_finishes_what_is_being_handled(bench: Bench) -> None:
    """The press that came last is acknowledged before the connection closes."""
    adapter = bench.adapter()
    await adapter.start()
    bench.engine.wait = asyncio.Event()
    said = asyncio.create_task(bench.slack.say(bench.ada, bench.room, "@Samsyn beslut x"))
    await bench.engine.waiting.wait()
    stopping = asyncio.create_task(adapter.stop())
    await asyncio.sleep(0)
    bench.engine.wait.set()
    await asyncio.gather(said, stopping)
    assert len(bench.engine.handled) == 1
    assert bench.slack.delivery.lost == []
    assert bench.slack.is_quiet()


async def test_an_address_that_nobody_answers_is_given_up(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Starting says so instead of waiting for ever."""
    monkeypatch.setattr("bot.slack.socket.CONNECT", 0.1)

    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("auth.test"):
            return web.json_response(
                {"ok": True, "team_id": "T0", "user_id": "U0", "url": "https://t.slack.com/"}
            )
        return web.json_response({"ok": True, "url": "ws://127.0.0.1:9/"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    adapter = bench.adapter(base_url=f"http://127.0.0.1:{runner.addresses[0][1]}/")
    with pytest.raises(NotNow):
        await adapter.start()
    await runner.cleanup()


async def test_stopping_twice_and_closing_what_was_never_opened_is_fine(bench: Bench) -> None:
    """Whatever the order of things at the end."""
    adapter = bench.adapter(app_token=None)
    await adapter.start()
    await adapter.send(bench.outgoing(card("x")))
    running = adapter._running
    assert running is not None
    await Socket(running.api, APP_TOKEN, running.intake, bench.clock).close()
    await adapter.stop()
    await adapter.stop()
    assert adapter.scopes == frozenset()


class _Patient:
    """An engine that is never asked."""

    async def handle(self, inbound: object) -> Outcome:
        raise AssertionError(inbound)

    async def bury(self, platform: str, reason: str, body: str) -> None:
        raise AssertionError(platform, reason, body)


async def test_the_scopes_of_the_token_are_known(bench: Bench) -> None:
    """The check command compares them with what we ask for."""
    patient: Intake = _Patient()

    async def answer(_request: web.Request) -> web.Response:
        scopes = {"x-oauth-scopes": ",".join(SCOPES)}
        return web.json_response({"ok": True, "team_id": "T0", "user_id": "U0"}, headers=scopes)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    adapter = SlackAdapter(
        bot_token="xoxb", clock=bench.clock, intake=patient, speech=bench.speech,
        base_url=f"http://127.0.0.1:{runner.addresses[0][1]}",
    )  # fmt: skip
    await adapter.start()
    assert adapter.scopes == SCOPES
    await adapter.stop()
    await runner.cleanup()
