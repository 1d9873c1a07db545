"""Posting, changing, deleting, answering late: what the Web API does to the world."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.playground.slack import BOT_USER, plain
from tests.bot.standin_slack.scene import APP_TOKEN, BOT_TOKEN, Json, Scene, actions, button, refusal, section

pytestmark = pytest.mark.anyio


async def test_a_post_is_seen_by_members(scene: Scene) -> None:
    """A posted message stands in the channel and in the ledger."""
    message = await scene.posts("Hello *all*, 1 &lt; 2")

    assert scene.slack.seen(scene.ada, scene.room) == [message]
    assert plain(message) == "Hello all, 1 < 2"
    assert [call.method for call in scene.slack.ledger.sent()] == ["chat.postMessage"]


async def test_messages_never_share_a_time(scene: Scene) -> None:
    """Every message has a time of its own, later than those before."""
    stamps = [(await scene.posts()).ts for _ in range(5)]

    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize(
    ("channel", "error"),
    [("C0NOWHERE", "channel_not_found"), ("public", "not_in_channel"), ("private", "channel_not_found")],
)
async def test_the_bot_writes_only_where_it_is(scene: Scene, channel: str, error: str) -> None:
    """A channel without the bot refuses it; a private one does not even admit to existing."""
    scene.slack.world.add_channel("public", [scene.ada]).id = "public"
    scene.slack.world.add_channel("private", [scene.ada], is_private=True)
    by_name = {place.name: place_id for place_id, place in scene.slack.world.channels.items()}

    assert (
        await refusal(scene.client.chat_postMessage(channel=by_name.get(channel, channel), text="x")) == error
    )


async def test_an_archived_channel_takes_nothing(scene: Scene) -> None:
    """Writing to an archived channel is refused for good."""
    await scene.slack.archive(scene.room)

    assert await refusal(scene.posts()) == "is_archived"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x", "blocks": [section("")]}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("x" * 3001)]}, "invalid_blocks"),
        ({"text": "x", "blocks": [actions(button("x" * 76))]}, "invalid_blocks"),
        ({"text": "x", "blocks": [actions(button("a"), button("b"))]}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("a", block_id="1"), section("b", block_id="1")]}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        (
            {"text": "x", "blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]},
            "invalid_blocks",
        ),
        ({"text": "x", "thread_ts": ""}, "invalid_thread_ts"),
        ({"text": "x", "thread_ts": "1.000001"}, "invalid_thread_ts"),
    ],
)
async def test_what_slack_would_refuse_is_refused(scene: Scene, args: Json, error: str) -> None:
    """Empty texts, too long blocks, double ids and threads that are not there are refused."""
    body = {"channel": scene.room.id, **args}
    assert await refusal(scene.client.api_call("chat.postMessage", json=body)) == error
    assert not scene.slack.seen(scene.ada, scene.room)


async def test_replies_go_to_the_head_of_a_thread(scene: Scene) -> None:
    """A reply to a reply is refused; a reply to its parent stands in the thread."""
    parent = await scene.posts()
    reply = await scene.posts("reply", thread_ts=parent.ts)

    assert reply.thread_ts == parent.ts
    assert await refusal(scene.posts("deeper", thread_ts=reply.ts)) == "cannot_reply_to_message"


async def test_a_change_keeps_blocks_that_it_does_not_name(scene: Scene) -> None:
    """Updating the text alone leaves the blocks; an empty list takes them away."""
    message = await scene.posts("old", blocks=[section("block")])
    await scene.client.chat_update(channel=scene.room.id, ts=message.ts, text="new")
    kept = plain(message)
    await scene.client.chat_update(channel=scene.room.id, ts=message.ts, text="new", blocks=[])

    assert (kept, plain(message), message.edited) == ("block", "new", True)


async def test_only_its_own_messages_can_be_changed(scene: Scene) -> None:
    """People's messages, long texts and deleted messages cannot be changed."""
    theirs = await scene.slack.say(scene.ada, scene.room, "hello")
    ours = await scene.posts()
    update, room = scene.client.chat_update, scene.room.id

    assert await refusal(update(channel=room, ts=theirs.ts, text="x")) == "cant_update_message"
    assert await refusal(update(channel=room, ts=ours.ts, text="x" * 4001)) == "msg_too_long"
    await scene.client.chat_delete(channel=room, ts=ours.ts)
    assert await refusal(update(channel=room, ts=ours.ts, text="x")) == "message_not_found"
    assert await refusal(scene.client.chat_delete(channel=room, ts=theirs.ts)) == "cant_delete_message"


async def test_a_whisper_is_seen_by_one(scene: Scene) -> None:
    """An ephemeral message is seen by its reader only, and cannot be changed by the usual way."""
    answer = await scene.client.chat_postEphemeral(channel=scene.room.id, user=scene.ada.id, text="psst")
    stranger = scene.slack.world.add_user("cy")

    assert [plain(message) for message in scene.slack.seen(scene.ada, scene.room)] == ["psst"]
    assert scene.slack.seen(scene.bo, scene.room) == []
    update = scene.client.chat_update(channel=scene.room.id, ts=answer["message_ts"], text="x")
    assert await refusal(update) == "message_not_found"
    whisper = scene.client.chat_postEphemeral(channel=scene.room.id, user=stranger.id, text="psst")
    assert await refusal(whisper) == "user_not_in_channel"


async def test_a_bare_person_is_not_a_direct_message(scene: Scene) -> None:
    """Posting to a person's id lands with Slackbot; the opened conversation is the right place."""
    await scene.client.chat_postMessage(channel=scene.ada.id, text="astray")
    opened = await scene.client.conversations_open(users=scene.ada.id)
    await scene.client.chat_postMessage(channel=opened["channel"]["id"], text="arrived")

    direct = scene.slack.dm(scene.ada)
    assert [plain(message) for message in scene.slack.seen(scene.ada, direct)] == ["arrived"]


@pytest.mark.parametrize(
    ("text", "blocks", "words"),
    [
        ("<!channel> hi", None, ["channel"]),
        ("&lt;!channel&gt;", None, []),
        ("x", [section("<!here|here> and <!subteam^S1>")], ["here", "subteam^S1"]),
        ("x", [actions(button("<!everyone>"))], []),
    ],
)
async def test_active_broadcasts_are_noted(scene: Scene, text: str, blocks: Any, words: list[str]) -> None:
    """Whatever pings everybody is written down; escaped and plain text does not ping."""
    await scene.posts(text, blocks=blocks)

    assert [broadcast.word for broadcast in scene.slack.world.broadcasts] == words


async def test_people_and_places_can_be_looked_up(scene: Scene) -> None:
    """Zone, language, members and permalinks are there; members come in pages."""
    message = await scene.posts()
    user = await scene.client.users_info(user=scene.ada.id, include_locale=True)
    first = await scene.client.conversations_members(channel=scene.room.id, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await scene.client.conversations_members(channel=scene.room.id, limit=2, cursor=cursor)
    link = await scene.client.chat_getPermalink(channel=scene.room.id, message_ts=message.ts)
    mine = await scene.client.users_conversations()

    assert (user["user"]["tz"], user["user"]["locale"]) == ("Europe/Stockholm", "sv-SE")
    assert first["members"] + rest["members"] == [scene.ada.id, scene.bo.id, BOT_USER]
    assert link["permalink"].endswith(f"/archives/{scene.room.id}/p{message.ts.replace('.', '')}")
    assert [channel["id"] for channel in mine["channels"]] == [scene.room.id]


async def test_metadata_is_found_again_in_the_history(scene: Scene) -> None:
    """After an unknown outcome a message can be found by its metadata."""
    metadata = {"event_type": "sent", "event_payload": {"key": "7"}}
    await scene.posts(metadata=metadata)
    found = await scene.client.conversations_history(channel=scene.room.id, include_all_metadata=True)

    assert [message["metadata"] for message in found["messages"]] == [metadata]


async def test_tokens_are_checked(scene: Scene) -> None:
    """Unknown, wrong and revoked tokens are refused by their own errors."""
    test = scene.client.auth_test

    assert (await test())["user_id"] == BOT_USER
    assert await refusal(test(token="xoxb-other")) == "invalid_auth"
    assert await refusal(test(token=APP_TOKEN)) == "not_allowed_token_type"
    opened = scene.client.apps_connections_open(app_token=BOT_TOKEN)
    assert await refusal(opened) == "not_allowed_token_type"
    assert await refusal(scene.client.api_call("team.nonsense")) == "unknown_method"
    scene.slack.revoke(BOT_TOKEN)
    assert await refusal(test()) == "token_revoked"


async def test_too_many_messages_must_wait(scene: Scene) -> None:
    """With the pace enforced, a burst is answered by 429 until a second has gone by."""
    scene.slack.world.enforce_pace = True
    for _ in range(3):
        await scene.posts()

    assert await refusal(scene.posts()) == "ratelimited"
    scene.clock.ahead += 2
    await scene.posts()


async def test_a_file_is_shared_some_time_after_the_answer(scene: Scene) -> None:
    """The answer to an upload names no place yet; once shared, the file stands in the channel."""
    answer = await scene.client.files_upload_v2(
        channel=scene.room.id, content=b"a,b", filename="list.csv", title="The list", initial_comment="Here"
    )
    at_once = answer["files"][0]["shares"]
    await scene.slack.quiet()
    info = await scene.client.files_info(file=answer["files"][0]["id"])
    message = scene.slack.seen(scene.ada, scene.room)[-1]

    assert at_once == {}
    assert info["file"]["shares"]["public"][scene.room.id][0]["ts"] == message.ts
    assert plain(message) == "Here\n[file: The list]"
    assert message.files[0].content == b"a,b"


async def test_a_file_with_alt_text_is_never_shared(scene: Scene) -> None:
    """The platform's own defect: such a file uploads well and nobody ever sees it."""
    await scene.client.files_upload_v2(channel=scene.room.id, content=b"x", filename="x", alt_txt="described")
    await scene.slack.quiet()

    assert scene.slack.seen(scene.ada, scene.room) == []


async def _answers(url: str, body: Json) -> tuple[int, Json]:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as reply:
        return reply.status, await reply.json()


async def test_a_response_address_works_five_times(scene: Scene) -> None:
    """Late answers whisper, speak, replace and delete; the sixth is refused, and so is one after half an hour."""
    message = await scene.posts("original")
    hooks = [scene.slack.world.new_hook(scene.ada.id, scene.room.id, message.ts) for _ in range(2)]
    bodies: list[Json] = [
        {"text": "only Ada"},
        {"text": "all", "response_type": "in_channel"},
        {"text": "changed", "replace_original": True},
        {"delete_original": True},
        {"text": "fifth"},
        {"text": "sixth"},
    ]
    base = f"{scene.slack.base_url}/slack/response/"
    statuses = [(await _answers(base + hooks[0], body))[0] for body in bodies]
    scene.clock.ahead += 1801
    late = await _answers(base + hooks[1], {"text": "late"})

    assert statuses == [200] * 5 + [404]
    assert late == (404, {"ok": False, "error": "expired_url"})
    assert [plain(seen) for seen in scene.slack.seen(scene.bo, scene.room)] == ["all"]
    assert [plain(seen) for seen in scene.slack.seen(scene.ada, scene.room)] == ["only Ada", "all", "fifth"]


async def test_watchers_are_told_of_changes(scene: Scene) -> None:
    """A page waiting for news is woken by the next change."""
    before = scene.slack.changes.revision
    waiting = asyncio.create_task(scene.slack.changes.after(before))
    await scene.posts()

    assert await waiting > before
