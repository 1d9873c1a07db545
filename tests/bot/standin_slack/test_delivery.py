"""How the app is told: words, presses and commands, over sockets and by signed requests, once and again."""

from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.playground.faults import (
    CutBody,
    CutReply,
    Fault,
    Html,
    LostRequest,
    Nonsense,
    PlatformError,
    RateLimited,
    ServerError,
    Slow,
)
from bot.playground.slack import BOT_USER, NotThere, plain
from tests.bot.standin_slack.conftest import Served
from tests.bot.standin_slack.scene import APP_TOKEN, Scene, actions, button, refusal, section

pytestmark = pytest.mark.anyio


class Backwards:
    """Puts a list in another order."""

    def shuffle(self, x: list[Any], /) -> None:
        """Turn the list round."""
        x.reverse()


@pytest.fixture(params=["by_socket", "by_http"])
def heard(request: pytest.FixtureRequest) -> Scene:
    """Run a test both over Socket Mode and by signed requests."""
    scene: Scene = request.getfixturevalue(request.param)
    return scene


async def test_a_mention_reaches_the_app_escaped(heard: Scene) -> None:
    """Only a mention reaches the app from a channel, with names resolved and `& < >` escaped."""
    await heard.slack.say(heard.ada, heard.room, "nothing for the bot")
    said = await heard.slack.say(heard.ada, heard.room, "@Samsyn decide <!channel> & @bo https://a.se 👍")

    (body,) = heard.app.got
    assert body["event"]["type"] == "app_mention"
    expected = f"<@{BOT_USER}> decide &lt;!channel&gt; &amp; <@{heard.bo.id}> <https://a.se> :+1:"
    assert body["event"]["text"] == expected
    assert body["authorizations"][0]["team_id"] == body["team_id"]
    assert plain(said, {BOT_USER: "Samsyn"}).startswith("@Samsyn decide <!channel> & @")


async def test_a_direct_message_and_the_bots_own_answer_arrive(heard: Scene) -> None:
    """In a direct message everything arrives, also what the bot itself wrote and changed."""
    direct = heard.slack.dm(heard.ada)
    await heard.slack.say(heard.ada, direct, "hello")
    answer = await heard.client.chat_postMessage(channel=direct, text="hello yourself")
    await heard.client.chat_update(channel=direct, ts=answer["ts"], text="changed")
    await heard.slack.quiet()

    events = [body["event"] for body in heard.app.got]
    assert {event["channel_type"] for event in events} == {"im"}
    assert sorted(str(event.get("bot_id") or event.get("subtype")) for event in events) == [
        "B0BOT",
        "None",
        "message_changed",
    ]


async def test_both_kinds_of_events_come_for_one_mention(by_socket: Scene) -> None:
    """An app that subscribes to a channel's messages hears of a mention twice, under two ids."""
    scene = by_socket
    scene.slack.world.subscriptions |= {"message.channels"}
    await scene.slack.say(scene.ada, scene.room, "@Samsyn hi")

    assert sorted(scene.app.kinds()) == ["app_mention", "message"]
    assert len({body["event_id"] for body in scene.app.got}) == 2


async def test_a_press_carries_everything(heard: Scene) -> None:
    """A press carries message, channel, teams, a trigger and an address for late answers."""
    message = await heard.posts("Vote", blocks=[section("Vote"), actions(button("Yes", value="7"))])
    await heard.slack.press(heard.ada, message, "Yes")

    (body,) = heard.app.of("block_actions")
    assert body["actions"][0]["value"] == "7"
    assert body["message"]["ts"] == message.ts
    assert (body["user"]["id"], body["channel"]["id"]) == (heard.ada.id, heard.room.id)
    assert body["response_url"].startswith(f"{heard.slack.base_url}/slack/response/")
    with pytest.raises(NotThere):
        await heard.slack.press(heard.ada, message, "No")


async def test_an_old_button_can_still_be_pressed(by_socket: Scene) -> None:
    """A press that crosses with a change arrives though the button is gone; a refused question sends nothing."""
    scene = by_socket
    confirm = {key: {"type": "plain_text", "text": "?"} for key in ("title", "text", "confirm", "deny")}
    message = await scene.posts("Vote", blocks=[actions(button("Yes", confirm=confirm))])
    await scene.slack.press(scene.ada, message, "Yes", accept=False)
    await scene.client.chat_update(channel=scene.room.id, ts=message.ts, text="Closed", blocks=[])
    await scene.slack.press_id(scene.bo, message, "go", "v")

    (body,) = scene.app.got
    assert (body["user"]["id"], body["actions"][0]["value"]) == (scene.bo.id, "v")


async def test_an_ephemeral_message_is_not_sent_along(by_socket: Scene) -> None:
    """A press in a whisper carries no message, only where it was."""
    scene = by_socket
    await scene.client.chat_postEphemeral(
        channel=scene.room.id, user=scene.ada.id, text="psst", blocks=[actions(button("Yes"))]
    )
    (whisper,) = scene.slack.seen(scene.ada, scene.room)
    await scene.slack.press(scene.ada, whisper, "Yes")

    (body,) = scene.app.got
    assert "message" not in body
    assert body["container"]["is_ephemeral"] is True
    with pytest.raises(NotThere):
        await scene.slack.press(scene.bo, whisper, "Yes")


async def test_a_command_is_answered_in_private(heard: Scene) -> None:
    """A command arrives as a form, and what the app answers at once is seen by its giver only."""
    heard.app.answers["command"] = {"text": "Noted"}
    await heard.slack.slash(heard.ada, heard.room, "/samsyn", "decide @bo & co")

    (body,) = heard.app.got
    assert (body["command"], body["text"]) == ("/samsyn", f"decide <@{heard.bo.id}|bo> &amp; co")
    assert [plain(message) for message in heard.slack.seen(heard.ada, heard.room)] == ["Noted"]
    assert heard.slack.seen(heard.bo, heard.room) == []


async def test_commands_in_threads_never_reach_the_app(by_socket: Scene) -> None:
    """The platform itself refuses a command in a thread, in its own words."""
    scene = by_socket
    message = await scene.posts()
    await scene.slack.slash(scene.ada, scene.room, "/samsyn", "help", thread_ts=message.ts)

    assert scene.app.got == []
    refused = "/samsyn is not supported in threads. Sorry!"
    assert [trouble.text for trouble in scene.slack.world.troubles] == [refused]


async def test_an_answer_in_plain_words_is_shown(scene: Scene, served: Served) -> None:
    """Plain words, or nothing at all, answer a command as well."""
    scene.slack.deliver_by = ("http", f"{scene.slack.base_url}/odd")
    for text in ("Noted", ""):
        route = Route("/odd", PlainTextResponse(text), methods=["POST"])
        served[2].router.routes.append(route)
        await scene.slack.slash(scene.ada, scene.room, "/samsyn")
        served[2].router.routes.remove(route)

    assert [plain(message) for message in scene.slack.seen(scene.ada, scene.room)] == ["Noted"]


async def test_a_shortcut_carries_the_message(heard: Scene) -> None:
    """A message shortcut carries text and channel, also from inside a thread."""
    said = await heard.slack.say(heard.bo, heard.room, "we buy coffee")
    await heard.slack.message_shortcut(heard.ada, said, "decide")

    (body,) = heard.app.of("message_action")
    assert (body["callback_id"], body["message"]["text"]) == ("decide", "we buy coffee")
    assert body["channel"]["id"] == heard.room.id


async def test_strangers_have_buttons_and_nothing_else(by_socket: Scene) -> None:
    """People of another organisation can press and mention; the teams in payloads are theirs and ours."""
    scene = by_socket
    eva = scene.slack.world.add_user("eva", is_stranger=True)
    shared = scene.slack.world.add_channel("shared", [eva, scene.ada, BOT_USER], is_ext_shared=True)
    home = (await scene.client.auth_test())["team_id"]
    answer = await scene.client.chat_postMessage(
        channel=shared.id, text="Vote", blocks=[actions(button("Yes"))]
    )
    message = scene.slack.world.message(shared.id, answer["ts"])
    await scene.slack.slash(eva, shared, "/samsyn")
    with pytest.raises(NotThere):
        await scene.slack.message_shortcut(eva, message, "decide")
    await scene.slack.press(eva, message, "Yes")
    await scene.slack.say(eva, shared, "@Samsyn help")

    press, mention = scene.app.got
    assert (press["team"]["id"], press["user"]["team_id"]) == (home, eva.team)
    assert (mention["team_id"], mention["authorizations"][0]["team_id"]) == (eva.team, home)
    assert (mention["event"]["user_team"], mention["is_ext_shared_channel"]) == (eva.team, True)
    assert "locale" not in (await scene.client.users_info(user=eva.id, include_locale=True))["user"]


async def test_an_event_is_delivered_until_it_is_acknowledged(by_http: Scene) -> None:
    """A refused event comes again with the number of the attempt, under the same id."""
    scene = by_http
    scene.app.deaf_times = 2
    scene.slack.delivery.retry_waits = (0.0, 0.0, 0.0)
    await scene.slack.say(scene.ada, scene.room, "@Samsyn hi")
    await scene.slack.quiet()

    assert (scene.app.kinds(), scene.app.retries) == (["app_mention"], ["2"])
    assert scene.slack.delivery.lost == []


async def test_an_event_is_given_up_after_three_retries(by_http: Scene) -> None:
    """After the first attempt and three more an event is lost; retries that wait can be hurried."""
    scene = by_http
    scene.app.deaf_times = 4
    scene.slack.delivery.retry_waits = (0.0, 0.0, 300.0)
    await scene.slack.say(scene.ada, scene.room, "@Samsyn hi")
    while scene.app.deaf_times > 1:
        await scene.slack.changes.after(scene.slack.changes.revision)
    quiet_before = scene.slack.is_quiet()
    scene.slack.delivery.retry_now()
    await scene.slack.quiet()

    assert (quiet_before, scene.app.deaf_times, scene.app.got) == (False, 0, [])
    assert len(scene.slack.delivery.lost) == 1


async def _slow(request: Request) -> Response:
    await request.body()
    await request.receive()  # until the platform has lost patience and hung up
    return Response()


async def _round_and_round(_request: Request) -> Response:
    return RedirectResponse("/odd")


async def _never_again(_request: Request) -> Response:
    return Response(status_code=500, headers={"x-slack-no-retry": "1"})


@pytest.mark.parametrize(
    ("app", "reasons"),
    [
        (_slow, ["http_timeout", "http_timeout"]),
        (_round_and_round, ["too_many_redirects", "too_many_redirects"]),
        (_never_again, ["http_error"]),
    ],
)
async def test_failures_have_their_reasons(
    scene: Scene, served: Served, app: Any, reasons: list[str]
) -> None:
    """Too slow, lost in redirects and not wanted again: each failed attempt knows why it failed."""
    scene.slack.delivery.patience, scene.slack.delivery.retry_waits = 0.1, (0.0,)
    scene.slack.deliver_by = ("http", f"{scene.slack.base_url}/odd")
    route = Route("/odd", app, methods=["GET", "POST"])
    served[2].router.routes.append(route)
    await scene.slack.say(scene.ada, scene.room, "@Samsyn hi")
    await scene.slack.quiet()
    served[2].router.routes.remove(route)

    assert [outcome.reason for outcome in scene.slack.delivery.failures] == reasons


async def test_a_silent_app_is_asked_again_over_the_socket(by_socket: Scene) -> None:
    """Without an acknowledgement in time the envelope comes again, marked as a retry."""
    scene = by_socket
    scene.app.deaf_times = 1
    scene.slack.delivery.patience = 0.1
    await scene.slack.say(scene.ada, scene.room, "@Samsyn hi")
    await scene.slack.quiet()

    assert (scene.app.kinds(), scene.app.retries) == (["app_mention"], ["1"])


async def test_presses_and_commands_are_tried_once(by_http: Scene) -> None:
    """When the app fails a press or a command the person sees it, and nothing is sent again."""
    scene = by_http
    message = await scene.posts("Vote", blocks=[actions(button("Yes"))])
    scene.app.deaf_times = 2
    await scene.slack.press(scene.ada, message, "Yes")
    await scene.slack.slash(scene.bo, scene.room, "/samsyn")

    assert scene.slack.is_quiet()
    assert scene.app.got == []
    assert [trouble.user for trouble in scene.slack.world.troubles] == [scene.ada.id, scene.bo.id]


async def test_everything_can_be_delivered_twice(heard: Scene) -> None:
    """A repeated delivery carries the same event id, trigger and time of action."""
    message = await heard.posts("Vote", blocks=[actions(button("Yes"))])
    await heard.slack.press(heard.ada, message, "Yes")
    await heard.slack.say(heard.ada, heard.room, "@Samsyn hi")
    first = list(heard.app.got)
    await heard.slack.redeliver(rng=Backwards())
    await heard.slack.redeliver(last=1)

    again = heard.app.got[len(first) :]
    assert sorted(map(str, again[:2])) == sorted(map(str, first))
    assert again[2] == first[1]


async def test_a_refreshed_connection_loses_nothing(by_socket: Scene) -> None:
    """When the platform asks for a new connection the client makes one and goes on hearing."""
    scene = by_socket
    await scene.slack.sockets.disconnect("refresh_requested")
    await scene.slack.sockets.connected_at_least(1)
    await scene.slack.say(scene.ada, scene.room, "@Samsyn hi")

    assert scene.app.kinds() == ["app_mention"]


async def test_each_envelope_goes_to_one_connection(by_socket: Scene) -> None:
    """With two connections open every event arrives once."""
    scene = by_socket
    second = AsyncSocketModeHandler(scene.app.bolt, APP_TOKEN)
    await second.connect_async()  # type: ignore[no-untyped-call]
    await scene.slack.sockets.connected_at_least(2)
    for _ in range(4):
        await scene.slack.say(scene.ada, scene.room, "@Samsyn hi")
    await second.close_async()  # type: ignore[no-untyped-call]

    assert scene.app.kinds() == ["app_mention"] * 4


@pytest.mark.parametrize(
    ("fault", "outcome", "posted"),
    [
        (RateLimited(7), "ratelimited", 0),
        (ServerError(503), "http_503", 0),
        (CutReply(), "ok", 1),
        (CutBody(), "ok", 1),
        (Nonsense(), "ok", 1),
        (LostRequest(), "lost_request", 0),
        (Html(502), "html_502", 0),
        (PlatformError("fatal_error"), "fatal_error", 0),
        (Slow(0.01), "ok", 1),
    ],
)
async def test_planted_faults_strike_once(scene: Scene, fault: Fault, outcome: str, posted: int) -> None:
    """A fault meets the next call of its method; a cut reply leaves its effect behind, a lost request none."""
    scene.slack.faults.plant("chat.*", fault)
    failed: Any = None
    try:
        await scene.posts("once")
    except Exception as error:  # noqa: BLE001 - every fault surfaces as another error of the client
        failed = error

    assert (failed is None) is isinstance(fault, Slow)
    assert [call.outcome for call in scene.slack.ledger.of("chat.postMessage")] == [outcome]
    assert len(scene.slack.seen(scene.ada, scene.room)) == posted
    await scene.posts("again")


async def test_the_usual_retry_posts_twice_after_a_cut(by_socket: Scene) -> None:
    """The client's own retry after a dropped connection doubles a post: the trap that bots must avoid."""
    scene = by_socket
    scene.slack.faults.plant("chat.postMessage", CutReply())
    await scene.app.bolt.client.chat_postMessage(channel=scene.room.id, text="twice?")

    assert [plain(m) for m in scene.slack.seen(scene.ada, scene.room)] == ["twice?", "twice?"]


async def test_a_retry_after_is_named(scene: Scene) -> None:
    """A refusal for too many calls says when to come back."""
    scene.slack.faults.plant("users.info", RateLimited(30))

    assert await refusal(scene.client.users_info(user=scene.ada.id)) == "ratelimited"
    assert scene.slack.faults.waiting == 0


class Foul:
    """Every delivery meets what is next in the list."""

    def __init__(self, *ways: CutReply | LostRequest | None) -> None:
        self.ways = list(ways)

    def call(self, platform: str, method: str, chat: str) -> Fault | None:  # noqa: ARG002
        return None

    def delivery(self, platform: str, kind: str) -> CutReply | LostRequest | None:
        assert (platform, kind) == ("slack", "events_api")
        return self.ways.pop(0)


async def test_weather_on_the_way_to_the_app(by_socket: Scene) -> None:
    """What does not come and what is not heard of is delivered again: twice the app hears it."""
    scene = by_socket
    scene.slack.delivery.retry_waits = (0.0, 0.0)
    scene.slack.faults.weather = Foul(LostRequest(), CutReply(), None)
    await scene.slack.say(scene.ada, scene.room, "@Samsyn hi")
    await scene.slack.quiet()
    scene.slack.faults.weather = None

    assert scene.app.kinds() == ["app_mention", "app_mention"]
    assert [each.reason for each in scene.slack.delivery.failures] == ["connection_failed", "http_timeout"]
