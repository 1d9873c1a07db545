"""The corners of the adapter that people seldom meet."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp import web
from starlette.requests import Request

from bot.adapter import NotNow, Outcome, SendTrouble
from bot.holds import Holds
from bot.playground.faults import Html, Nonsense, PlatformError, Slow
from bot.slack.adapter import SlackAdapter
from bot.slack.desk import FrontDesk
from bot.slack.gate import Gate
from bot.slack.late_answers import LateAnswers
from bot.slack.translate import Me
from bot.slack.web_api import WebApi
from bot.slack.wording import heard
from handlers.kit.inbound import Shortcut
from handlers.kit.ui import Action, Button, Row
from tests.bot.slack.bench import SECRET, Bench, HandClock, Json, card, words
from tests.bot.slack.test_slack_translate import recorded

pytestmark = pytest.mark.anyio
PRESS = Row((Button(words("Tryck"), Action("some.deed")),))


@pytest.fixture(name="adapter")
async def _adapter(bench: Bench) -> SlackAdapter:
    """An adapter that listens over Socket Mode."""
    adapter = bench.adapter()
    await adapter.start()
    return adapter


def desk_of(bench: Bench, adapter: SlackAdapter) -> FrontDesk:
    """A desk that does not know the workspace's address."""
    running = adapter._running
    assert running is not None
    late = LateAnswers(bench.clock.steady)
    return FrontDesk(Me("T0HOME", "U0BOT"), running.api, running.directory, late, running.sender)


def shortcut_on(bench: Bench, ts: str, channel: str) -> Json:
    """The recorded shortcut, on a message of the bench's."""
    payload = recorded("message_action")
    payload["team"]["id"] = payload["user"]["team_id"] = "T0HOME"
    payload["user"]["id"] = payload["message"]["user"] = bench.ada.id
    payload["channel"]["id"], payload["message"]["ts"] = channel, ts
    return payload


async def test_a_link_that_cannot_be_made_is_asked_for(bench: Bench, adapter: SlackAdapter) -> None:
    """Slack's own answer is used; without one, and in private, there is no link."""
    said = await bench.slack.say(bench.ada, bench.room, "Vi kör på det")
    desk = desk_of(bench, adapter)
    links = []
    for channel in (bench.room.id, bench.room.id, "D0ADA"):
        inbound = await desk.read(shortcut_on(bench, said.ts, channel))
        assert isinstance(inbound, Shortcut)
        links.append(inbound.source.link)
        bench.faults.plant("chat.getPermalink", Html(200))
    assert [each.split("/archives")[0] for each in links] == ["https://stand-in.slack.com", "", ""]


@pytest.mark.parametrize(
    "link", ["inget", "https://", "https://slack.com/\ud800", "javascript:alert(1)", "https://a b"]
)
async def test_a_link_that_no_button_takes_is_none(bench: Bench, adapter: SlackAdapter, link: str) -> None:
    """A message with a broken address would be refused whole, in both chats."""
    said = await bench.slack.say(bench.ada, bench.room, "Vi kör på det")
    bench.faults.plant("chat.getPermalink", Nonsense(json.dumps({"ok": True, "permalink": link})))
    inbound = await desk_of(bench, adapter).read(shortcut_on(bench, said.ts, bench.room.id))

    assert isinstance(inbound, Shortcut)
    assert inbound.source.link == ""


async def test_a_broken_address_for_late_answers_is_none(bench: Bench, adapter: SlackAdapter) -> None:
    """The answer goes the way it goes without one."""
    payload = shortcut_on(bench, "1700000000.000100", bench.room.id)
    payload["response_url"] = "https://hooks.slack.com/\udc00\ud800"
    late = LateAnswers(bench.clock.steady)
    running = adapter._running
    assert running is not None
    desk = FrontDesk(Me("T0HOME", "U0BOT"), running.api, running.directory, late, running.sender)
    inbound = await desk.read(payload)

    assert inbound is not None
    assert inbound.who is not None
    assert inbound.chat is not None
    assert late.take(inbound.chat.chat, inbound.who.user) == ""


async def test_errors_in_a_form_without_fields_are_told_in_its_place(
    bench: Bench, adapter: SlackAdapter
) -> None:
    """Slack takes objections to fields only."""
    payload = recorded("view_submission")
    payload["view"] |= {"app_installed_team_id": "T0HOME", "blocks": [{"type": "rich_text"}], "title": None}
    desk = desk_of(bench, adapter)
    inbound = await desk.read(payload)
    assert inbound is not None
    answer = desk.reply(inbound, Outcome(errors={"x": words("Det går inte.")}), payload)
    assert answer is not None
    assert answer["response_action"] == "update"
    assert "Det går inte." in json.dumps(answer, ensure_ascii=False)


async def test_what_is_remembered_stays_small(
    bench: Bench, adapter: SlackAdapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People and addresses: the oldest are forgotten."""
    for what in ("directory.MOST", "late_answers.MOST"):
        monkeypatch.setattr(f"bot.slack.{what}", 2)
    running = adapter._running
    assert running is not None
    for user in ("U1", "U2", "U3"):
        await running.directory.meet([user])
    assert list(running.directory.people) == ["U2", "U3"]
    late = LateAnswers(bench.clock.steady)
    for user in ("U1", "U2", "U3"):
        late.remember(f"https://x/{user}", "C1", user)
    assert [late.take("C1", each) for each in ("U1", "U2", "U3")] == ["", "https://x/U2", "https://x/U3"]


async def test_an_address_that_works_no_longer_is_told_apart(bench: Bench, adapter: SlackAdapter) -> None:
    """Slack says 404; the page is whispered anew. Nobody at the address: later."""
    await adapter.send(bench.outgoing(card("Sida 1", PRESS), kind="whisper", person_user=bench.ada.id))
    message = bench.slack.seen(bench.ada, bench.room)[-1]
    await bench.slack.press(bench.ada, message, "Tryck")
    bench.faults.plant("response_url", PlatformError("expired_url", 404))
    page = bench.outgoing(card("Sida 2"), kind="whisper", person_user=bench.ada.id, replaces=message.ts)
    await adapter.send(page)
    assert bench.seen(bench.ada) == ["Sida 1\n[Tryck]", "Sida 2"]
    running = adapter._running
    assert running is not None
    with pytest.raises(NotNow):
        await running.api.answer("http://127.0.0.1:9/", {})


async def test_idle_waits_for_what_was_begun(bench: Bench, adapter: SlackAdapter) -> None:
    """A toast that is slow is shown before the adapter calls itself idle."""
    await adapter.send(bench.outgoing(card("Hej", PRESS)))
    bench.faults.plant("chat.postEphemeral", Slow(0.1))
    bench.engine.answers = [Outcome(toast=words("Klart."))]
    await bench.slack.press(bench.ada, bench.slack.seen(bench.ada, bench.room)[-1], "Tryck")
    assert not adapter.is_idle
    await adapter.idle()
    assert adapter.is_idle
    assert bench.seen(bench.ada)[-1] == "Klart."
    await adapter.stop()
    await adapter.idle()
    assert adapter.is_idle


async def test_what_takes_too_long_at_the_end_is_given_up(
    bench: Bench, adapter: SlackAdapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopping ends even when Slack does not answer."""
    monkeypatch.setattr("bot.slack.adapter.PARTING", 0.05)
    await adapter.send(bench.outgoing(card("Hej", PRESS)))
    bench.faults.plant("chat.postEphemeral", Slow(1.0))
    bench.engine.answers = [Outcome(toast=words("Klart."))]
    await bench.slack.press(bench.ada, bench.slack.seen(bench.ada, bench.room)[-1], "Tryck")
    async with asyncio.timeout(0.8):
        await adapter.stop()


async def answering(replies: dict[str, Json]) -> tuple[web.AppRunner, str]:
    """A server that answers each method with what it is told."""

    async def answer(request: web.Request) -> web.Response:
        return web.json_response(replies.get(request.path.rpartition("/")[2], {"ok": True}))

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/"


@pytest.mark.parametrize("reply", [{}, {"channel": 5}, {"channel": {"id": 5}}])
async def test_a_private_chat_without_an_id_is_asked_for_again(bench: Bench, reply: Json) -> None:
    """What Slack answers may lack what it documents; that says nothing about the person."""
    me = {"ok": True, "team_id": "T0HOME", "user_id": "U0BOT", "url": ""}
    runner, url = await answering({"auth.test": me, "conversations.open": {"ok": True, **reply}})
    adapter = bench.adapter(app_token=None, base_url=url)
    await adapter.start()
    with pytest.raises(NotNow):
        await adapter.send(bench.outgoing(card("x"), bench.ada))
    with pytest.raises(SendTrouble):
        await adapter.send(bench.outgoing(card("x")))
    assert not await adapter.is_administrator("T0HOME", "C0", "U0ADA")
    running = adapter._running
    assert running is not None
    assert await running.directory.title("C0") == ""
    await running.directory.meet(["U0ADA"])
    assert running.directory.people["U0ADA"].name == ""
    await adapter.stop()
    await runner.cleanup()


async def test_the_machines_proxy_is_for_the_world_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library would send what is meant for loopback through it as well."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    for url, proxy in (
        ("https://slack.com/api/", "http://proxy.example:3128"),
        ("http://127.0.0.1:1/", None),
    ):
        api = WebApi(url, "xoxb", Holds("slack", HandClock()))
        assert api.client.proxy == proxy
        await api.close()


def request(headers: dict[str, str], *messages: Json) -> Request:
    """A request that no real server would let through."""
    waiting = list(messages)

    async def receive() -> Any:
        return waiting.pop(0)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": raw}, receive)


async def test_a_broken_off_request_is_turned_away() -> None:
    """Whoever hangs up, or says no proper length, gets no further."""
    gate = Gate(SECRET, HandClock().now)
    assert (await gate.slack_events(request({"content-length": "many"}))).status_code == 400
    gone = request({}, {"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"})
    assert (await gate.slack_events(gone)).status_code == 400


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("<!channel> &lt;!here&gt;", "@channel <!here>"),
        ("<!subteam^S1|@gruppen> <!date^1^{date}|i går>", "@gruppen i går"),
        ("<#C1> <@U1> <@U2|bo>", "#C1 @U1 @bo"),
        ("<https://a.example|a.example> <https://a.example>", "https://a.example https://a.example"),
        ("<tel:112> <mailto:a@example.org|Ada>", "112 Ada"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("a < b > c", "a  b  c"),
        (":tada: :nope: 10:30:45", "🎉 :nope: 10:30:45"),
        ("\u202eabc\x00\ud800", "abc"),
    ],
)
def test_slacks_notation_is_read(text: str, meant: str) -> None:
    """People see words, never notation; what is broken is left as it stands."""
    blocks = [
        {"type": "emoji", "name": "tada", "unicode": "1f389"},
        {"type": "emoji", "name": "nope", "unicode": "zz"},
        {"type": "emoji", "name": "far", "unicode": "ffffff"},
        {"type": "emoji", "name": "none"},
    ]
    assert heard(text, "U0", lambda _: "", blocks) == meant
