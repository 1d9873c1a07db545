"""People talk to the bot in the stand-in Telegram, and it hears what it may."""

import asyncio

import pytest
from telegram import ForceReply, Message, ReplyParameters
from telegram.error import BadRequest, Forbidden

from bot.playground.telegram import Impossible, Toast, User, plain
from bot.playground.telegram.bell import Bell
from bot.playground.telegram.world import ANONYMOUS
from tests.bot.standin_telegram.stage import PNG, YES_NO, Stage

pytestmark = pytest.mark.anyio


async def test_a_start_opens_the_private_chat(chat: Stage, ada: User) -> None:
    """Before Start the bot may not write; the start link's payload arrives; afterwards it may."""
    with pytest.raises(Forbidden) as caught:
        await chat.bot.send_message(ada.id, "Hello")

    await chat.tg.start(ada, "tie_B-7")
    await chat.bot.send_message(ada.id, "Hello")

    assert "bot can't initiate conversation with a user" in caught.value.message
    assert [message.text for message in chat.messages] == ["/start tie_B-7"]
    command = chat.messages[0].entities[0]
    assert (command.type, command.offset, command.length) == ("bot_command", 0, 6)
    assert [plain(m) for m in chat.tg.seen(ada, chat.tg.private(ada))] == ["/start tie_B-7", "Hello"]


async def test_a_press_reaches_the_bot_and_its_answer_the_person(chat: Stage, ada: User) -> None:
    """A button is pressed by its label, and the bot's alert is shown to the one who pressed."""
    await chat.tg.start(ada)
    await chat.bot.send_message(ada.id, "Coffee?", reply_markup=YES_NO)
    question = chat.tg.seen(ada, ada.id)[-1]

    press = await chat.tg.press(ada, question, "Yes")
    await chat.presses[0].answer("Noted", show_alert=True)

    assert press is not None
    assert await chat.tg.answered(press) == Toast("Noted", alert=True)
    assert chat.tg.toasts(ada) == [Toast("Noted", alert=True)]
    assert chat.tg.spinning(ada) == []
    assert plain(question) == "Coffee?\n[Yes] [No]"
    assert (chat.presses[0].data, chat.presses[0].from_user.id) == ("y", ada.id)
    assert isinstance(chat.presses[0].message, Message)
    assert chat.presses[0].message.text == "Coffee?"


async def test_people_see_only_their_own_chats(stage: Stage, ada: User, bo: User, group: int) -> None:
    """A private chat is seen by its person alone, a group by its members."""
    cy = stage.tg.world.add_user("Cy")
    stage.tg.people.start(ada)
    stage.tg.people.say(ada, group, "Hi all")

    assert [m.text for m in stage.tg.seen(bo, group)] == ["Hi all"]
    assert stage.tg.seen(cy, group) == []
    assert stage.tg.seen(bo, ada.id) == []
    with pytest.raises(Impossible):
        stage.tg.people.say(cy, group, "Let me in")
    with pytest.raises(Impossible):
        stage.tg.people.say(bo, bo.id, "Not started")
    with pytest.raises(Impossible):
        stage.tg.people.say(bo, ada.id, "Not mine")


async def test_waiting_ends_when_the_bot_has_confirmed(stage: Stage, ada: User) -> None:
    """A person's hands return only after a poll with a higher offset, and `quiet` knows it."""
    waiting = asyncio.create_task(stage.tg.start(ada))

    taken = await stage.bot.get_updates(timeout=10)
    assert not waiting.done()
    assert not stage.tg.is_quiet()
    again = await stage.bot.get_updates()
    await stage.bot.get_updates(offset=taken[-1].update_id + 1)
    await waiting

    assert [u.update_id for u in again] == [u.update_id for u in taken]
    assert stage.tg.is_quiet()
    await stage.tg.quiet()


async def test_update_numbers_rise(stage: Stage, ada: User) -> None:
    """Updates come in the order of their numbers; a negative offset keeps only the last."""
    stage.tg.people.start(ada)
    for text in "abc":
        stage.tg.people.say(ada, ada.id, text)

    ids = [u.update_id for u in await stage.bot.get_updates()]
    limited = await stage.bot.get_updates(limit=2)
    last = await stage.bot.get_updates(offset=-1)

    assert ids == list(range(ids[0], ids[0] + 4))
    assert [u.update_id for u in limited] == ids[:2]
    assert [u.update_id for u in last] == ids[-1:]


async def test_a_page_is_told_of_changes(stage: Stage, ada: User) -> None:
    """Whoever waits for a change wakes at the first one."""
    seen = stage.tg.revision
    waiting = asyncio.create_task(stage.tg.changed(seen))
    await asyncio.sleep(0)

    stage.tg.people.start(ada)

    assert await waiting > seen


async def test_edits_are_told_and_deletes_are_not(chat: Stage, ada: User) -> None:
    """An edit arrives as `edited_message`; a deleted message just is no longer there."""
    await chat.tg.start(ada)
    first = await chat.tg.say(ada, ada.id, "Tuesday")
    chat.clock.at += 60
    first = await chat.tg.edit(ada, first, "Wednesday")
    heard = len(chat.heard)
    await chat.tg.delete(ada, first)

    edited = chat.heard[-1].edited_message
    assert edited is not None
    assert (edited.message_id, edited.text) == (first.id, "Wednesday")
    assert edited.edit_date is not None
    assert len(chat.heard) == heard
    assert "Wednesday" not in [m.text for m in chat.tg.seen(ada, ada.id)]
    with pytest.raises(Impossible):
        await chat.tg.edit(ada, first, "Thursday")
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await chat.bot.send_message(ada.id, "Yes", reply_parameters=ReplyParameters(first.id))
    lenient = ReplyParameters(first.id, allow_sending_without_reply=True)
    assert (await chat.bot.send_message(ada.id, "Yes", reply_parameters=lenient)).reply_to_message is None


async def test_entities_are_found_in_peoples_texts(chat: Stage, ada: User, bo: User, group: int) -> None:
    """Commands, @names, addresses and people picked by name are marked, counted in UTF-16 units."""
    await chat.tg.promote(ada, group, chat.tg.world.bot)
    text = "👍 @ada_l and Bo see https://example.org/a. #soon /go@SamsynBot a@b.se"
    message = await chat.tg.say(ada, group, text, mentions=[bo])

    heard = chat.messages[-1].parse_entities()
    assert {entity.type: part for entity, part in heard.items()} == {
        "mention": "@ada_l",
        "text_mention": "Bo",
        "url": "https://example.org/a",
        "hashtag": "#soon",
        "bot_command": "/go@SamsynBot",
        "email": "a@b.se",
    }
    assert [e.offset for e in heard if e.type == "mention"] == [3]
    assert message.mentions == (ada.id, bo.id)


async def test_forwards_and_files_arrive(chat: Stage, ada: User, bo: User, group: int) -> None:
    """A forwarded message tells where it is from; a file can be downloaded as it was sent."""
    await chat.tg.start(ada)
    original = chat.tg.people.say(bo, group, "We meet on Monday")
    await chat.tg.forward(ada, original, ada.id)
    await chat.tg.upload(ada, ada.id, "people.csv", b"a,b\r\n\r\n1,2\r\n", "The list", mime="text/csv")
    await chat.tg.upload(ada, ada.id, "plan.png", PNG, mime="image/png")

    forwarded, document, photo = chat.messages[-3:]
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.to_dict()["sender_user"]["id"] == bo.id
    assert document.document is not None
    assert (document.document.file_name, document.caption) == ("people.csv", "The list")
    file = await document.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"a,b\r\n\r\n1,2\r\n"
    assert (photo.photo[0].width, photo.photo[0].height) == (640, 480)


async def _say_all(chat: Stage, ada: User, group: int) -> list[str | None]:
    """Say one of everything in a group, and give what the bot heard of it."""
    sent = await chat.bot.send_message(group, "Who comes?", reply_markup=ForceReply())
    asked = chat.tg.asked(ada, group)
    assert asked is not None
    assert asked.id == sent.message_id
    await chat.tg.say(ada, group, "plain talk")
    await chat.tg.say(ada, group, "@SamsynBot a mention")
    await chat.tg.say(ada, group, "/bare")
    await chat.tg.say(ada, group, "/mine@samsynbot")
    await chat.tg.say(ada, group, "/other@OtherBot")
    await chat.tg.say(ada, group, "then /late")
    await chat.tg.say(ada, group, "an answer", asked)
    assert chat.tg.asked(ada, group) is None
    return [message.text for message in chat.messages if message.text]


async def test_privacy_mode_hides_plain_talk(chat: Stage, ada: User, group: int) -> None:
    """In a group the bot hears commands meant for it and answers to it, not talk and not a mention."""
    assert await _say_all(chat, ada, group) == ["/bare", "/mine@samsynbot", "an answer"]
    assert chat.messages[-1].reply_to_message is not None
    assert chat.messages[-1].reply_to_message.text == "Who comes?"
    assert not (await chat.bot.get_me()).can_read_all_group_messages


async def test_an_administrator_bot_hears_everything(chat: Stage, ada: User, group: int) -> None:
    """Made an administrator, the bot hears all that people say."""
    await chat.tg.promote(ada, group, chat.tg.world.bot)

    assert len(await _say_all(chat, ada, group)) == 7
    assert chat.heard[0].my_chat_member is not None
    assert chat.heard[0].my_chat_member.new_chat_member.status == "administrator"


async def test_privacy_off_counts_from_the_next_time_the_bot_comes(
    chat: Stage, ada: User, group: int
) -> None:
    """Turning privacy off changes nothing in a group until the bot is added anew."""
    chat.tg.world.privacy = False
    await chat.tg.say(ada, group, "still unheard")
    await chat.tg.remove_bot(ada, group)
    await chat.tg.add_bot(ada, group)
    await chat.tg.say(ada, group, "heard")

    assert [message.text for message in chat.messages if message.text] == ["heard"]
    assert (await chat.bot.get_me()).can_read_all_group_messages


async def test_a_bare_command_belongs_to_the_bot_that_spoke_last(chat: Stage, ada: User, group: int) -> None:
    """After another bot has spoken a bare command is not ours, and other bots are never heard."""
    other = chat.tg.world.add_user("Other", "OtherBot", is_bot=True)
    chat.tg.people.add(ada, group, other)
    await chat.tg.say(other, group, "/hello")
    await chat.tg.say(ada, group, "/unheard")
    await chat.bot.send_message(group, "Here")
    await chat.tg.say(ada, group, "/heard")

    assert [message.text for message in chat.messages if message.text] == ["/heard"]


async def test_an_anonymous_administrator_presses_under_their_own_name(
    chat: Stage, ada: User, supergroup: int
) -> None:
    """Their messages come from the group's account, their presses carry the real id."""
    await chat.tg.promote(ada, supergroup, anonymous=True)
    await chat.tg.say(ada, supergroup, "/who")
    await chat.bot.send_message(supergroup, "Coffee?", reply_markup=YES_NO)
    await chat.tg.press(ada, chat.tg.seen(ada, supergroup)[-1], "No")

    said = chat.messages[-1]
    assert said.from_user is not None
    assert said.sender_chat is not None
    assert (said.from_user.id, said.sender_chat.id) == (ANONYMOUS.id, supergroup)
    assert chat.presses[-1].from_user.id == ada.id
    admins = await chat.bot.get_chat_administrators(supergroup)
    assert [(admin.user.id, admin.to_dict()["is_anonymous"]) for admin in admins] == [(ada.id, True)]


async def test_a_selective_question_is_for_those_it_means(
    stage: Stage, ada: User, bo: User, group: int
) -> None:
    """The app is ready to answer only for people who are mentioned or answered."""
    said = stage.tg.people.say(bo, group, "/form")
    await stage.bot.send_message(
        group, "Name?", reply_parameters=ReplyParameters(said.id), reply_markup=ForceReply(selective=True)
    )
    asked = stage.tg.asked(bo, group)

    assert asked is not None
    assert asked.text == "Name?"
    assert stage.tg.asked(ada, group) is None
    await stage.bot.send_message(group, "@ada_l?", reply_markup=ForceReply(selective=True))
    assert stage.tg.asked(ada, group) is not None


async def test_one_who_stops_waiting_disturbs_nobody() -> None:
    """A waiter that is cancelled while the bell rings is passed over."""
    bell = Bell()
    waiting = asyncio.create_task(bell.until(lambda: False))
    await asyncio.sleep(0)
    waiting.cancel()
    bell.ring()
    bell.ring()

    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert bell.revision == 2


async def test_a_service_message_is_plain_to_see(stage: Stage, ada: User, bo: User, group: int) -> None:
    """What happened in a group stands among its messages."""
    stage.tg.people.remove(ada, group, bo)

    assert [plain(m) for m in stage.tg.seen(ada, group)] == ["— left_chat_member —"]
