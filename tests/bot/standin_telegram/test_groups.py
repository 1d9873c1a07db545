"""Groups of the stand-in Telegram: who comes and goes, topics, and becoming a supergroup."""

import pytest
from telegram import ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.playground.telegram import Impossible, User
from tests.bot.standin_telegram.stage import Stage

pytestmark = pytest.mark.anyio


async def test_the_bot_is_told_when_it_comes_and_goes(chat: Stage, ada: User, bo: User) -> None:
    """Being added and thrown out come as `my_chat_member` and as service messages."""
    group = chat.tg.world.add_group("New", [ada, bo])
    await chat.tg.add_bot(ada, group, "code-1")
    await chat.tg.remove_bot(bo, group)

    statuses = [u.my_chat_member.new_chat_member.status for u in chat.heard if u.my_chat_member]
    assert statuses == ["member", "kicked"]
    assert [user.id for user in chat.messages[0].new_chat_members] == [4200]
    assert chat.messages[1].text == "/start@SamsynBot code-1"
    assert chat.messages[-1].left_chat_member is not None
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await chat.bot.send_message(group, "Still there?")
    with pytest.raises(BadRequest, match="Chat not found"):
        await chat.bot.send_message(-17, "Anybody?")


async def test_leaving_is_the_bots_own_doing(chat: Stage, ada: User, supergroup: int) -> None:
    """After `leaveChat` the bot is no member, and hears nothing of the group."""
    await chat.bot.leave_chat(supergroup)
    await chat.tg.quiet()
    heard = len(chat.heard)
    await chat.tg.say(ada, supergroup, "/gone")

    assert chat.heard[-1].my_chat_member is not None
    assert chat.heard[-1].my_chat_member.new_chat_member.status == "left"
    assert len(chat.heard) == heard
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await chat.bot.send_message(supergroup, "Bye")


async def test_blocking_and_unblocking_are_told(chat: Stage, ada: User) -> None:
    """A block is `kicked`, and sending is forbidden until the person comes back."""
    await chat.tg.start(ada)
    await chat.tg.block(ada)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await chat.bot.send_message(ada.id, "Hello?")
    await chat.tg.unblock(ada)
    await chat.bot.send_message(ada.id, "Welcome back")
    await chat.tg.block(ada)
    await chat.tg.start(ada, "again")

    statuses = [u.my_chat_member.new_chat_member.status for u in chat.heard if u.my_chat_member]
    assert statuses == ["kicked", "member", "kicked", "member"]
    assert chat.messages[-1].text == "/start again"


async def test_a_group_becomes_a_supergroup(chat: Stage, ada: User, group: int) -> None:
    """The old id is refused with the new one in it, and both chats tell of each other."""
    await chat.bot.send_message(group, "Before")
    new = await chat.tg.upgrade(group)

    with pytest.raises(ChatMigrated) as caught:
        await chat.bot.send_message(group, "After")
    assert caught.value.new_chat_id == new
    assert [(m.chat.id, m.migrate_to_chat_id, m.migrate_from_chat_id) for m in chat.messages[-2:]] == [
        (group, new, None),
        (new, None, group),
    ]
    sent = await chat.bot.send_message(new, "After")
    assert sent.message_id == 2
    assert sent.chat.type == "supergroup"
    with pytest.raises(Impossible):
        await chat.tg.upgrade(new)
    with pytest.raises(Impossible):
        await chat.tg.say(ada, group, "Too late")


async def test_an_administrator_bot_learns_who_comes_and_goes(
    chat: Stage, ada: User, bo: User, supergroup: int
) -> None:
    """`chat_member` must be asked for and needs an administrator; members can then be looked up."""
    cy = chat.tg.world.add_user("Cy")
    chat.tg.world.chat(supergroup).hides_members = True
    await chat.tg.join(cy, supergroup)
    with pytest.raises(BadRequest, match="Member list is inaccessible"):
        await chat.bot.get_chat_member(supergroup, cy.id)
    chat.tg.updates.allow(["message", "chat_member"])
    chat.tg.people.promote(ada, supergroup, chat.tg.world.bot)
    await chat.tg.leave(cy, supergroup)
    await chat.tg.remove(ada, supergroup, bo)
    await chat.tg.demote(ada, supergroup)

    told = [u.chat_member for u in chat.heard if u.chat_member]
    assert [(t.new_chat_member.user.id, t.new_chat_member.status) for t in told] == [
        (cy.id, "left"),
        (bo.id, "kicked"),
        (ada.id, "member"),
    ]
    assert (await chat.bot.get_chat_member(supergroup, cy.id)).status == "left"
    assert await chat.bot.get_chat_member_count(supergroup) == 2
    with pytest.raises(BadRequest, match="Invalid user_id"):
        await chat.bot.get_chat_member(supergroup, 99)


async def test_topics_carry_their_thread(chat: Stage, ada: User, supergroup: int) -> None:
    """A message in a topic names it and seems to answer the message that opened it."""
    topic = await chat.tg.open_topic(ada, supergroup, "Budget")
    await chat.tg.say(ada, supergroup, "/in", topic=topic)
    await chat.tg.say(ada, supergroup, "/out")
    sent = await chat.bot.send_message(supergroup, "Noted", message_thread_id=topic)
    reply = await chat.bot.send_message(
        supergroup, "Here too", reply_parameters=ReplyParameters(sent.message_id)
    )

    inside, outside = chat.messages[-2:]
    assert chat.messages[0].forum_topic_created is not None
    assert (inside.message_thread_id, inside.is_topic_message) == (topic, True)
    assert inside.reply_to_message is not None
    assert inside.reply_to_message.forum_topic_created is not None
    assert (outside.message_thread_id, outside.is_topic_message) == (None, None)
    assert (reply.message_thread_id, reply.is_topic_message) == (topic, True)
    await chat.tg.close_topic(ada, supergroup, topic)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await chat.bot.send_message(supergroup, "Late", message_thread_id=topic)
    with pytest.raises(Impossible):
        await chat.tg.say(ada, supergroup, "Late", topic=topic)
    await chat.tg.delete_topic(ada, supergroup, topic)
    for gone in (topic, 1):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await chat.bot.send_message(supergroup, "Later", message_thread_id=gone)


async def test_a_reply_in_a_supergroup_has_a_thread_but_no_topic(
    chat: Stage, ada: User, supergroup: int
) -> None:
    """A thread id alone does not make a topic message."""
    sent = await chat.bot.send_message(supergroup, "Question")
    answered = await chat.tg.say(ada, supergroup, "Answer", chat.tg.seen(ada, supergroup)[-1])
    follow = await chat.bot.send_message(supergroup, "Thanks", reply_parameters=ReplyParameters(answered.id))

    assert chat.messages[-1].message_thread_id == sent.message_id
    assert not chat.messages[-1].is_topic_message
    assert follow.message_thread_id == sent.message_id
    plain_group = chat.tg.world.add_group("No topics", [ada], kind="supergroup", with_bot=True)
    root = await chat.bot.send_message(plain_group, "Root")
    below = await chat.bot.send_message(plain_group, "Below", message_thread_id=root.message_id)
    assert (below.message_thread_id, below.is_topic_message) == (root.message_id, None)


async def test_apps_know_what_cannot_be_done(stage: Stage, ada: User, bo: User, group: int) -> None:
    """A basic group has no topics, a private chat no members, and others' messages are not one's own."""
    stage.tg.people.start(ada)
    said = stage.tg.people.say(bo, group, "Mine")
    with pytest.raises(Impossible):
        stage.tg.people.open_topic(ada, group, "Budget")
    with pytest.raises(Impossible):
        stage.tg.people.add(ada, ada.id, bo)
    with pytest.raises(Impossible):
        stage.tg.people.delete(ada, said)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await stage.bot.send_message(group, "Where?", message_thread_id=said.id)


async def test_membership_is_looked_up(stage: Stage, ada: User, bo: User, group: int) -> None:
    """A member, a stranger to the group and the person of a private chat are told apart."""
    stage.tg.people.start(ada)
    stage.tg.people.leave(bo, group)

    looked_up = [(group, ada), (group, bo), (ada.id, ada), (ada.id, bo)]
    statuses = [(await stage.bot.get_chat_member(place, user.id)).status for place, user in looked_up]
    assert statuses == ["creator", "left", "member", "left"]
