"""What happens to the workspace: people and the app come and go, channels change."""

import pytest

from bot.playground.slack import BOT_USER, NotThere, User
from tests.bot.standin_slack.scene import Scene, refusal

pytestmark = pytest.mark.anyio


async def test_the_app_is_told_of_its_own_coming_and_going(by_socket: Scene) -> None:
    """Being invited and removed reaches the app, and between the two it may write."""
    scene = by_socket
    room = scene.slack.world.add_channel("other", [scene.ada])
    await scene.slack.invite_bot(scene.ada, room)
    await scene.client.chat_postMessage(channel=room.id, text="hello")
    await scene.slack.remove_bot(room, by=scene.ada)

    assert sorted(scene.app.kinds()) == ["channel_left", "member_joined_channel", "member_left_channel"]
    joined = scene.app.of("member_joined_channel")[0]["event"]
    assert (joined["user"], joined["inviter"]) == (BOT_USER, scene.ada.id)
    assert await refusal(scene.client.chat_postMessage(channel=room.id, text="x")) == "not_in_channel"


async def test_people_come_and_go(by_socket: Scene) -> None:
    """Members who join and leave a channel of the app are reported to it."""
    scene = by_socket
    cy = scene.slack.world.add_user("cy")
    await scene.slack.join(cy, scene.room)
    await scene.slack.leave(cy, scene.room)

    assert scene.app.kinds() == ["member_joined_channel", "member_left_channel"]
    with pytest.raises(NotThere):
        await scene.slack.say(cy, scene.room, "am I still here?")


async def test_channels_change_name_and_close(by_socket: Scene) -> None:
    """Renaming, archiving and opening again reach the app, private channels under their own names."""
    scene = by_socket
    private = scene.slack.world.add_channel("board", [scene.ada, BOT_USER], is_private=True)
    await scene.slack.rename(scene.room, "assembly", by=scene.ada)
    await scene.slack.archive(scene.room)
    await scene.slack.unarchive(scene.room)
    await scene.slack.archive(private)

    assert scene.app.kinds() == ["channel_rename", "channel_archive", "channel_unarchive", "group_archive"]
    assert scene.app.got[0]["event"]["channel"]["name"] == "assembly"


async def test_a_channel_can_get_another_id(by_socket: Scene) -> None:
    """After sharing, the old id leads nowhere and the messages stand under the new one."""
    scene = by_socket
    message = await scene.posts()
    old = scene.room.id
    new = await scene.slack.change_channel_id(scene.room)

    assert scene.app.of("channel_id_changed")[0]["event"]["new_channel_id"] == new
    assert await refusal(scene.client.chat_postMessage(channel=old, text="x")) == "channel_not_found"
    await scene.client.chat_update(channel=new, ts=message.ts, text="moved")


async def test_a_closed_account_is_gone(by_socket: Scene) -> None:
    """A closed account is reported, cannot be written to, and has left its channels."""
    scene = by_socket
    direct = scene.slack.dm(scene.bo)
    await scene.slack.deactivate(scene.bo)

    assert scene.app.of("user_change")[0]["event"]["user"]["deleted"] is True
    assert scene.bo.id not in scene.room.members
    assert await refusal(scene.client.chat_postMessage(channel=direct, text="x")) == "user_disabled"
    assert await refusal(scene.client.conversations_open(users=scene.bo.id)) == "user_disabled"


async def test_a_change_of_zone_is_reported(by_socket: Scene) -> None:
    """Somebody who moves is reported with the new zone."""
    scene = by_socket

    def move(user: User) -> None:
        user.tz = "Europe/Helsinki"

    await scene.slack.change_user(scene.ada, move)

    assert scene.app.of("user_change")[0]["event"]["user"]["tz"] == "Europe/Helsinki"


async def test_a_removed_app_hears_its_last_words(by_socket: Scene) -> None:
    """Removing the app kills its token and tells it twice; after that it hears nothing."""
    scene = by_socket
    await scene.client.auth_test()
    await scene.slack.say(scene.ada, scene.room, "@Samsyn one")
    await scene.slack.uninstall()
    await scene.slack.say(scene.ada, scene.room, "@Samsyn two")

    assert sorted(scene.app.kinds()) == ["app_mention", "app_uninstalled", "tokens_revoked"]
    assert await refusal(scene.posts()) == "token_revoked"


async def test_edits_and_deletions_in_a_direct_message_arrive(by_socket: Scene) -> None:
    """Changing and deleting one's own words in a direct message reaches the app."""
    scene = by_socket
    said = await scene.slack.say(scene.ada, scene.slack.dm(scene.ada), "first")
    await scene.slack.edit(scene.ada, said, "second")
    await scene.slack.erase(scene.ada, said)

    events = [body["event"] for body in scene.app.got]
    assert [event.get("subtype") for event in events] == [None, "message_changed", "message_deleted"]
    assert events[1]["previous_message"]["text"] == "first"
    assert scene.slack.seen(scene.ada, said.channel) == []


async def test_a_reset_begins_an_empty_world(by_socket: Scene) -> None:
    """After a reset nobody and nothing is there, and revoked tokens work again."""
    scene = by_socket
    await scene.posts()
    scene.slack.revoke("xoxb-stand-in")
    await scene.slack.reset()

    assert (scene.slack.world.messages, len(scene.slack.ledger)) == ({}, 0)
    assert (await scene.client.auth_test())["ok"] is True
