"""Where an answer to one person appears: in private where that can be, and never so that it looks like silence."""

from bot.playground.telegram import plain
from tests.stage.chat import Chat
from tests.stage.people import TelegramPerson
from tests.stage.ready import Ready


def in_the_group(chat: Chat, who: TelegramPerson) -> list[str]:
    """What somebody sees in the Telegram group."""
    return [plain(each) for each in chat.telegram.seen(who.user, chat.group)]


def untied(chat: Chat) -> TelegramPerson:
    """Somebody who knows the bot, in a group that has no forum."""
    cilla = chat.telegram_person("Cilla Ö")
    cilla.starts()
    chat.does(chat.telegram.add_bot(cilla.user, chat.group))
    chat.reads_everything()
    return cilla


def test_a_press_in_the_group_says_where_the_answer_is(ready: Ready) -> None:
    """The history of a decision comes in private; whoever pressed sees at once where to look."""
    ready.cilla.commands("beslut Vi öppnar fältgruppen")
    ready.chat.reads_everything()

    ready.cilla.clicks("decision-history")

    assert ready.cilla.toasts() == [ready.chat.t("telegram-in-private")]
    ready.cilla.sees("decision-history-title", number="1/2026")
    ready.dan.sees_nothing_new()


def test_a_press_in_private_says_nothing_more(ready: Ready) -> None:
    """There the answer is in front of one's eyes."""
    ready.cilla.commands("meny")
    ready.cilla.sees("menu-title")

    ready.cilla.clicks("menu-decisions")

    assert set(ready.cilla.toasts()) <= {""}
    ready.cilla.sees("decision-none")


def test_one_who_cannot_be_reached_is_answered_on_the_spot(ready: Ready) -> None:
    """Dan has never written to the bot: his answer comes where he pressed, without any talk of private."""
    ready.cilla.commands("beslut Vi öppnar fältgruppen")
    ready.chat.reads_everything()

    ready.dan.clicks("decision-history")

    assert set(ready.dan.toasts()) <= {""}
    ready.dan.sees("decision-history-title", number="1/2026")


def test_a_command_in_the_forums_group_is_answered_in_private(ready: Ready) -> None:
    """The group is not filled with what one person asked for."""
    before = in_the_group(ready.chat, ready.cilla)
    ready.cilla.commands("meny")

    ready.cilla.sees("menu-title")
    assert in_the_group(ready.chat, ready.cilla)[len(before) :] == ["/meny"]


def test_a_command_in_a_group_without_a_forum_is_answered_there(chat: Chat) -> None:
    """Those who want to begin see that somebody answers, to the words that they wrote."""
    cilla = untied(chat)
    cilla.commands("meny")

    words = cilla.sees("menu-title")
    assert words in in_the_group(chat, cilla)
    last = chat.telegram.seen(cilla.user, chat.group)[-1]
    assert last.reply_to is not None


def test_what_is_ones_own_is_not_said_aloud(chat: Chat) -> None:
    """In a group without a forum too: only a way into private."""
    cilla = untied(chat)
    cilla.commands("mina")

    cilla.sees("mine-in-private")
    cilla.clicks("menu-mine")
    assert any(chat.t("mine-no-forum") in each for each in cilla.reads_all())
    assert not any(chat.t("mine-no-forum") in each for each in in_the_group(chat, cilla))


def test_in_private_nobodys_words_are_quoted_back(ready: Ready) -> None:
    """There it is plain what an answer answers."""
    ready.cilla.says("meny", private=True)
    ready.cilla.sees("menu-title")

    private = ready.chat.telegram.private(ready.cilla.user)
    assert ready.chat.telegram.seen(ready.cilla.user, private)[-1].reply_to is None
