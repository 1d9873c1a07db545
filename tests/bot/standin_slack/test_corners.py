"""The rarer corners: lists and shortcuts, lookups that fail, whispers and uploads."""

from typing import Any

import aiohttp
import pytest

from bot.playground.faults import Html
from bot.playground.slack import BOT_USER, NotThere, plain
from tests.bot.standin_slack.scene import (
    BOT_TOKEN,
    Scene,
    actions,
    button,
    entry,
    form,
    option,
    refusal,
    section,
    words,
)

pytestmark = pytest.mark.anyio
MENU = {
    "type": "overflow",
    "action_id": "menu",
    "options": [option("Close", "close"), option("Move", "move")],
}


async def test_a_list_in_a_message_can_be_chosen_from(by_socket: Scene) -> None:
    """A choice in a message carries the option; in a thread also where the thread is."""
    scene = by_socket
    parent = await scene.posts()
    message = await scene.posts("Act", thread_ts=parent.ts, blocks=[section("Act", accessory=MENU)])
    await scene.slack.pick(scene.ada, message, "menu", "Move")

    (body,) = scene.app.got
    assert body["actions"][0]["selected_option"]["value"] == "move"
    assert body["container"]["thread_ts"] == parent.ts
    for attempt in (
        scene.slack.pick(scene.ada, message, "none", "x"),
        scene.slack.press(scene.ada, message, "x"),
    ):
        with pytest.raises(NotThere):
            await attempt


async def test_a_global_shortcut_has_no_channel(by_socket: Scene) -> None:
    """A shortcut of the composer carries a trigger and no channel; strangers do not have it."""
    scene = by_socket
    await scene.slack.global_shortcut(scene.ada, "new")
    stranger = scene.slack.world.add_user("eva", is_stranger=True)

    (body,) = scene.app.of("shortcut")
    assert "channel" not in body
    with pytest.raises(NotThere):
        await scene.slack.global_shortcut(stranger, "new")


async def test_a_list_on_the_home_can_be_chosen_from(by_socket: Scene) -> None:
    """Fields on the home tell the app at once; a button that is not there cannot be pressed."""
    scene = by_socket
    pick = {"type": "static_select", "action_id": "lang", "options": MENU["options"]}
    for _ in range(2):
        await scene.client.views_publish(
            user_id=scene.ada.id, view={"type": "home", "blocks": [section("Language", accessory=pick)]}
        )
    await scene.slack.press_home(scene.ada, "Language", "Close")

    (body,) = scene.app.got
    assert body["view"]["state"]["values"]
    with pytest.raises(NotThere):
        await scene.slack.press_home(scene.ada, "None")
    nobody = scene.client.views_publish(user_id="U1", view={"type": "home", "blocks": []})
    assert await refusal(nobody) == "invalid_arguments"


async def test_a_message_app_answer_can_be_loud_or_wrong(by_socket: Scene) -> None:
    """An answer to a command may be for all; one that the platform would refuse is seen by nobody."""
    scene = by_socket
    scene.app.answers["command"] = {"text": "All see this", "response_type": "in_channel"}
    await scene.slack.slash(scene.ada, scene.room, "/samsyn")
    scene.app.answers["command"] = {"text": "x", "blocks": [section("")]}
    await scene.slack.slash(scene.ada, scene.room, "/samsyn")
    scene.slack.world.commands = frozenset({"/samsyn"})
    await scene.slack.slash(scene.ada, scene.room, "/other")

    assert [plain(message) for message in scene.slack.seen(scene.bo, scene.room)] == ["All see this"]
    assert len(scene.slack.world.troubles) == 2


async def test_errors_of_a_silent_app_in_views(scene: Scene) -> None:
    """Presses in a view that nobody answers are seen as failures by the person."""
    await scene.opens(scene.ada, form(actions(button("More")), entry("Text")))
    await scene.slack.press_in_modal(scene.ada, "More")
    view = form(section("x"), external_id="one")
    await scene.opens(scene.bo, view)
    trigger = scene.slack.world.new_trigger(scene.ada.id)

    assert [trouble.user for trouble in scene.slack.world.troubles] == [scene.ada.id]
    assert await refusal(scene.client.views_open(trigger_id=trigger, view=view)) == "duplicate_external_id"
    assert await refusal(scene.client.views_update(view_id="V1", view=view)) == "not_found"
    await scene.client.views_update(external_id="one", view=form(section("new")))
    push = scene.client.views_push(trigger_id=scene.slack.world.new_trigger("U1"), view=view)
    assert await refusal(push) == "not_found"
    with pytest.raises(NotThere):
        await scene.slack.submit(scene.slack.world.add_user("cy"))


async def test_lookups_that_fail(scene: Scene) -> None:
    """Unknown people and places, the bot itself and unseen strangers are refused by their own errors."""
    client, stranger = scene.client, scene.slack.world.add_user("eva", is_stranger=True)
    calls: list[tuple[Any, str]] = [
        (client.users_info(user="U1"), "user_not_found"),
        (client.users_info(user=stranger.id), "user_not_found"),
        (client.conversations_open(users="U1"), "user_not_found"),
        (client.conversations_open(users=BOT_USER), "cannot_dm_bot"),
        (client.conversations_open(users=stranger.id), "user_not_visible"),
        (
            client.conversations_open(users=[scene.ada.id, scene.bo.id]),
            "method_not_supported_for_channel_type",
        ),
        (client.api_call("conversations.open"), "users_list_not_supplied"),
        (client.conversations_info(channel="C1"), "channel_not_found"),
        (client.conversations_members(channel=scene.room.id, cursor="x"), "invalid_cursor"),
        (
            client.conversations_join(channel=scene.slack.dm(scene.ada)),
            "method_not_supported_for_channel_type",
        ),
        (client.chat_getPermalink(channel="C1", message_ts="1"), "channel_not_found"),
        (client.files_info(file="F1"), "file_not_found"),
        (client.files_getUploadURLExternal(filename="x", length=0), "invalid_arguments"),
        (client.files_completeUploadExternal(files=[{"id": "F1", "title": "x"}]), "file_not_found"),
        (client.api_call("auth.test", headers={"Authorization": ""}), "not_authed"),
    ]

    assert [await refusal(call) for call, _ in calls] == [error for _, error in calls]


async def test_lists_show_what_the_bot_may_see(scene: Scene) -> None:
    """Public channels are listed to all, private ones to members; strangers are seen through a shared channel."""
    world = scene.slack.world
    public = world.add_channel("open", [scene.ada])
    world.add_channel("secret", [scene.ada], is_private=True)
    eva = world.add_user("eva", is_stranger=True)
    world.add_channel("shared", [eva, BOT_USER], is_ext_shared=True)
    await scene.slack.archive(scene.room)
    listed = await scene.client.conversations_list(
        exclude_archived=True, types="public_channel,private_channel"
    )
    people = await scene.client.users_list()
    await scene.client.conversations_join(channel=public.id)
    opened = await scene.client.conversations_open(users=eva.id)
    same = await scene.client.conversations_open(channel=opened["channel"]["id"])
    await scene.client.conversations_leave(channel=public.id)

    assert [channel["name"] for channel in listed["channels"]] == ["open", "shared"]
    assert eva.id in [member["id"] for member in people["members"]]
    assert same["channel"]["user"] == eva.id
    assert await refusal(scene.client.conversations_leave(channel=public.id)) == "not_in_channel"


async def test_threads_can_be_read_back(scene: Scene) -> None:
    """A thread comes back with its parent; in a thread's link the thread is named."""
    parent = await scene.posts("parent")
    reply = await scene.posts("reply", thread_ts=parent.ts)
    await scene.client.reactions_add(channel=scene.room.id, timestamp=parent.ts, name="tada")
    thread = await scene.client.conversations_replies(channel=scene.room.id, ts=parent.ts)
    link = await scene.client.chat_getPermalink(channel=scene.room.id, message_ts=reply.ts)
    again = scene.client.reactions_add(channel=scene.room.id, timestamp=parent.ts, name="tada")

    assert [message["text"] for message in thread["messages"]] == ["parent", "reply"]
    assert f"thread_ts={parent.ts}" in link["permalink"]
    assert await refusal(again) == "already_reacted"


async def test_long_and_written_otherwise(scene: Scene) -> None:
    """Text over 40,000 characters is cut with a warning; markdown stands alone."""
    answer = await scene.client.chat_postMessage(channel=scene.room.id, text="x" * 40_001)
    await scene.client.chat_postMessage(channel=scene.room.id, markdown_text="**md**")
    both = {"channel": scene.room.id, "text": "x", "markdown_text": "y"}
    nothing = {"channel": scene.room.id, "ts": answer["ts"]}
    named = scene.client.chat_update(
        channel=scene.room.id, ts=answer["ts"], text="y", metadata={"event_type": "e", "event_payload": {}}
    )
    await named

    assert answer["response_metadata"]["warnings"] == ["message_truncated"]
    assert plain(scene.slack.seen(scene.ada, scene.room)[1]) == "**md**"
    assert await refusal(scene.client.api_call("chat.postMessage", json=both)) == "markdown_text_conflict"
    assert await refusal(scene.client.api_call("chat.update", json=nothing)) == "no_text"


async def test_whispers_cannot_be_deleted_or_answered(scene: Scene) -> None:
    """A whisper is not found by those who would delete it, and begins no thread."""
    whisper = await scene.client.chat_postEphemeral(channel=scene.room.id, user=scene.ada.id, text="psst")
    ts = whisper["message_ts"]

    assert await refusal(scene.client.chat_delete(channel=scene.room.id, ts=ts)) == "message_not_found"
    assert await refusal(scene.posts("re", thread_ts=ts)) == "cannot_reply_to_message"


async def test_uploads_are_checked_and_can_be_fetched(scene: Scene) -> None:
    """Bytes of another length than promised are refused; a good file can be fetched again."""
    begun = await scene.client.files_getUploadURLExternal(filename="x.txt", length=2)
    async with aiohttp.ClientSession() as session:
        async with session.post(begun["upload_url"], data=b"too long") as reply:
            wrong = reply.status
        async with session.post(begun["upload_url"], data=b"ok") as reply:
            right = reply.status
        async with session.get(f"{scene.slack.base_url}/slack/files/{begun['file_id']}") as reply:
            fetched = await reply.read()
        async with session.get(f"{scene.slack.base_url}/slack/files/F1") as reply:
            missing = reply.status
    await scene.client.files_completeUploadExternal(files=[{"id": begun["file_id"], "title": "x"}])

    assert (wrong, right, fetched, missing) == (400, 200, b"ok", 404)


async def test_a_message_may_name_a_picture_once_it_was_looked_at(scene: Scene) -> None:
    """Before, and for what is no picture or not there at all, the message is refused; an edit is too."""
    scene.slack.world.share_lag = 0.4
    ids = []
    for content in (b"\x89PNG\r\n\x1a\n", b"words"):
        begun = await scene.client.files_getUploadURLExternal(filename="x", length=len(content))
        async with aiohttp.ClientSession() as session, session.post(begun["upload_url"], data=content):
            await scene.client.files_completeUploadExternal(files=[{"id": begun["file_id"], "title": "x"}])
        ids.append(begun["file_id"])
    blocks = [[{"type": "image", "slack_file": {"id": each}, "alt_text": "Curve"}] for each in (*ids, "F99")]
    early = await refusal(scene.posts("x", blocks=blocks[0]))
    await scene.slack.quiet()
    info = await scene.client.files_info(file=ids[0])
    message = await scene.posts("x", blocks=blocks[0])
    wrong = [await refusal(scene.posts("x", blocks=each)) for each in blocks[1:]]
    change = scene.client.chat_update(channel=scene.room.id, ts=message.ts, text="x", blocks=blocks[1])

    assert (early, info["file"]["mimetype"], plain(message)) == (
        "invalid_blocks",
        "image/png",
        "[picture: Curve]",
    )
    assert [*wrong, await refusal(change)] == ["invalid_blocks"] * 3


async def test_people_act_only_where_they_are(scene: Scene) -> None:
    """Strangers to a channel, closed channels and deleted messages leave nothing to act on."""
    slack, cy = scene.slack, scene.slack.world.add_user("cy")
    message = await scene.posts("x", blocks=[actions(button("Yes"))])
    await scene.client.chat_delete(channel=scene.room.id, ts=message.ts)
    attempts = [
        slack.press(scene.ada, message, "Yes"),
        slack.press(cy, message, "Yes"),
        slack.say("U1", scene.room, "x"),
        slack.say(scene.ada, "C1", "x"),
        slack.join(scene.ada, scene.room),
    ]
    for attempt in attempts:
        with pytest.raises(NotThere):
            await attempt
    with pytest.raises(NotThere):
        slack.seen(cy, scene.room)
    await slack.archive(scene.room, by=scene.ada)
    with pytest.raises(NotThere):
        await slack.say(scene.ada, scene.room, "x")


async def test_a_channel_without_the_app_tells_it_nothing(by_socket: Scene) -> None:
    """What is said and done where the app is not never reaches it."""
    scene = by_socket
    room = scene.slack.world.add_channel("elsewhere", [scene.ada, scene.bo])
    await scene.slack.say(scene.ada, room, "@Samsyn #forum #nowhere @nobody")
    await scene.slack.leave(scene.bo, room)

    assert scene.app.got == []


async def test_views_close_one_by_one_or_all(by_socket: Scene) -> None:
    """Closing everything tells the app of each view that asked for it, as cleared."""
    scene = by_socket
    view = form(section("x"), notify_on_close=True)
    await scene.opens(scene.ada, view)
    await scene.client.views_push(trigger_id=scene.slack.world.new_trigger(scene.ada.id), view=view)
    await scene.slack.close_modal(scene.ada, everything=True)
    await scene.opens(scene.ada, form(section("x"), title=words("Quiet")))
    await scene.slack.close_modal(scene.ada)

    assert [body["is_cleared"] for body in scene.app.of("view_closed")] == [True, True]


async def test_whispers_change_through_their_address_only(scene: Scene) -> None:
    """A late answer can change a whisper and take it away."""
    answer = await scene.client.chat_postEphemeral(channel=scene.room.id, user=scene.ada.id, text="psst")
    hook = scene.slack.world.new_hook(scene.ada.id, scene.room.id, answer["message_ts"])
    url = f"{scene.slack.base_url}/slack/response/{hook}"
    async with aiohttp.ClientSession() as session:
        async with session.post(url, json={"text": "changed", "replace_original": True}) as reply:
            await reply.read()
        changed = [plain(message) for message in scene.slack.seen(scene.ada, scene.room)]
        async with session.post(url, json={"delete_original": True}) as reply:
            await reply.read()

    assert changed == ["changed"]
    assert scene.slack.seen(scene.ada, scene.room) == []


async def test_the_history_names_arrivals_and_files(scene: Scene) -> None:
    """What stands in a channel comes back with its kind and its files; changing blocks alone keeps the text."""
    scene.slack.delivery.retry_waits = ()
    await scene.slack.remove_bot(scene.room)
    await scene.slack.invite_bot(scene.ada, scene.room)
    await scene.client.conversations_join(channel=scene.room.id)
    await scene.client.files_upload_v2(channel=scene.room.id, content=b"x", filename="x.txt")
    await scene.slack.quiet()
    text = await scene.posts("kept")
    update = {"channel": scene.room.id, "ts": text.ts, "blocks": [section("new")]}
    await scene.client.api_call("chat.update", json=update)
    found = await scene.client.conversations_history(channel=scene.room.id)

    assert [message.get("subtype") for message in found["messages"]] == [None, None, "channel_join"]
    assert found["messages"][1]["files"][0]["name"] == "x.txt"
    assert (text.text, plain(text)) == ("kept", "new")


async def test_a_button_that_is_there_is_pressed_by_its_id(by_socket: Scene) -> None:
    """A press by id takes the button as it stands; a menu's entries are named when a button is not found."""
    scene = by_socket
    day = section("x", accessory={"type": "datepicker", "action_id": "day"})
    small = {"type": "context", "elements": [words("small")]}
    blocks = [
        small,
        day,
        actions(button("No", "no"), button("Yes", "yes", value="7")),
        section("x", accessory=MENU),
    ]
    message = await scene.posts("Vote", blocks=blocks)
    await scene.slack.press_id(scene.ada, message, "yes")

    assert scene.app.got[0]["actions"][0]["value"] == "7"
    with pytest.raises(NotThere, match="Move"):
        await scene.slack.press(scene.ada, message, "Maybe")


async def test_loose_fields_and_groups_in_a_form(by_socket: Scene) -> None:
    """A list beside a text needs no answer; options in groups are found by their words."""
    scene = by_socket
    groups = [{"label": words("All"), "options": MENU["options"]}]
    loose = section("Loose", accessory={"type": "users_select", "action_id": "who"})
    await scene.opens(scene.ada, form(loose, entry("What", "static_select", option_groups=groups)))

    assert await scene.slack.submit(scene.ada, {"What": "Move"}) == {}


async def test_broadcasts_hide_in_rich_text_too(scene: Scene) -> None:
    """A broadcast element pings everybody, and so it is noted."""
    ping = {"type": "rich_text_section", "elements": [{"type": "broadcast", "range": "here"}]}
    await scene.posts("x", blocks=[{"type": "rich_text", "elements": [ping]}])

    assert [broadcast.word for broadcast in scene.slack.world.broadcasts] == ["here"]


async def test_an_upload_can_meet_a_fault(scene: Scene) -> None:
    """The upload address has bad days like any method."""
    scene.slack.faults.plant("upload", Html(502))
    begun = await scene.client.files_getUploadURLExternal(filename="x.txt", length=1)
    async with aiohttp.ClientSession() as session, session.post(begun["upload_url"], data=b"x") as reply:
        assert reply.status == 502


async def test_the_bot_token_is_no_secret_to_the_ledger(scene: Scene) -> None:
    """Tokens sent among the arguments are not written down."""
    await scene.client.api_call("auth.test", params={"token": BOT_TOKEN})

    assert [call.args for call in scene.slack.ledger] == [{}]
