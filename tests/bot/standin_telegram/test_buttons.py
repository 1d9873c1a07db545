"""Buttons of the stand-in Telegram and their answers."""

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from bot.playground.telegram import Impossible, User
from bot.playground.telegram.people import start_payload
from tests.bot.standin_telegram.stage import YES_NO, Stage

pytestmark = pytest.mark.anyio


async def test_links_under_a_message_open(chat: Stage, ada: User, group: int) -> None:
    """A start link opens the private chat and starts it; any other opens a browser."""
    start = InlineKeyboardButton("Answer", url="https://t.me/SamsynBot?start=p7")
    page = InlineKeyboardButton("Read", url="https://example.org/x")
    await chat.bot.send_message(group, "Pulse", reply_markup=InlineKeyboardMarkup([[start], [page]]))
    pulse = chat.tg.seen(ada, group)[-1]

    assert await chat.tg.press(ada, pulse, "Answer") is None
    assert await chat.tg.press(ada, pulse, "Read") is None

    assert [(m.chat.id, m.text) for m in chat.messages] == [(ada.id, "/start p7")]
    assert chat.tg.people.opened == [(ada.id, "https://example.org/x")]


async def test_an_answer_may_carry_a_start_link(chat: Stage, ada: User, group: int) -> None:
    """The answer to a press may open the private chat, but no other address."""
    await chat.bot.send_message(group, "Pulse", reply_markup=YES_NO)
    await chat.tg.press(ada, chat.tg.seen(ada, group)[-1], "Yes")
    query = chat.presses[-1]

    with pytest.raises(BadRequest, match="Url_invalid"):
        await query.answer(url="https://example.org")
    with pytest.raises(BadRequest, match="Message_too_long"):
        await query.answer("x" * 201)
    await query.answer(url="https://t.me/SamsynBot?start=q9")
    await chat.tg.quiet()

    assert (chat.messages[-1].chat.id, chat.messages[-1].text) == (ada.id, "/start q9")


async def test_a_press_is_answered_once_and_soon(chat: Stage, ada: User, group: int) -> None:
    """A second answer, or one after 150 seconds, comes too late."""
    await chat.bot.send_message(group, "Coffee?", reply_markup=YES_NO)
    question = chat.tg.seen(ada, group)[-1]
    await chat.tg.press(ada, question, "Yes")
    await chat.presses[0].answer()
    with pytest.raises(BadRequest, match="Query is too old"):
        await chat.presses[0].answer()
    await chat.tg.press(ada, question, "No")
    chat.clock.at += 151
    with pytest.raises(BadRequest, match="Query is too old"):
        await chat.presses[1].answer()

    assert chat.tg.toasts(ada) == []
    assert len(chat.tg.spinning(ada)) == 1


async def test_a_press_from_a_stale_screen(chat: Stage, ada: User, group: int) -> None:
    """A button may be pressed while its message changes or disappears, but never one that was not there."""
    sent = await chat.bot.send_message(group, "Coffee?", reply_markup=YES_NO)
    stale = chat.tg.seen(ada, group)[-1]
    await sent.edit_text("Closed")
    await chat.tg.press(ada, stale, "Yes")
    await sent.delete()
    await chat.tg.press(ada, stale, "No")

    changed, gone = (press.message for press in chat.presses)
    assert isinstance(changed, Message)
    assert changed.text == "Closed"
    assert gone is not None
    assert not gone.is_accessible
    assert gone.message_id == sent.message_id
    with pytest.raises(Impossible):
        await chat.tg.press(ada, stale, "Perhaps")


async def test_presses_and_messages_expire(stage: Stage, ada: User) -> None:
    """What nobody fetches is gone: presses after 150 seconds, the rest after a day."""
    stage.tg.people.start(ada)
    await stage.bot.send_message(ada.id, "Coffee?", reply_markup=YES_NO)
    stage.tg.people.press(ada, stage.tg.seen(ada, ada.id)[-1], "Yes")
    assert len(await stage.bot.get_updates()) == 2

    stage.clock.at += 151
    assert [bool(u.message) for u in await stage.bot.get_updates()] == [True]
    stage.clock.at += 24 * 3600
    assert await stage.bot.get_updates() == ()


async def test_a_blocked_bot_is_not_told_of_presses(stage: Stage, ada: User) -> None:
    """Who has blocked the bot presses in vain."""
    stage.tg.people.start(ada)
    await stage.bot.send_message(ada.id, "Coffee?", reply_markup=YES_NO)
    stage.tg.people.block(ada)
    stage.tg.people.block(ada)
    told = stage.tg.updates.next_id
    stage.tg.people.press(ada, stage.tg.seen(ada, ada.id)[-1], "Yes")

    assert stage.tg.updates.next_id == told
    assert len(stage.tg.spinning(ada)) == 1


@pytest.mark.parametrize(
    ("url", "payload"),
    [
        ("https://t.me/samsynbot?start=a", "a"),
        ("https://t.me/SamsynBot?start=", ""),
        ("https://t.me/SamsynBot?startgroup=a", None),
        ("https://t.me/OtherBot?start=a", None),
        ("tg://resolve?domain=SamsynBot", None),
    ],
)
async def test_only_a_start_link_of_the_bot_starts_it(url: str, payload: str | None) -> None:
    """Other links of Telegram and other bots' links are links like any other."""
    assert start_payload(url, "SamsynBot") == payload


async def test_a_start_link_carries_little(stage: Stage, ada: User) -> None:
    """At most 64 plain signs fit into a start link."""
    for payload in ("x" * 65, "å", "a b"):
        with pytest.raises(Impossible):
            stage.tg.people.start(ada, payload)
