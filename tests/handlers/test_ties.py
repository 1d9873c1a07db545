"""Stories of a second chat: the code, and who may type it."""

import pytest

from bot.playground.faults import ServerError
from bot.playground.telegram.values import Button
from bot.telegram.deep_links import payload_of
from tests.handlers.apart import CHANNEL, FORUM, GROUP, NAME, Apart, code_in, two_chats_apart
from tests.stage.chat import Chat


@pytest.fixture(name="apart")
def _apart(chat: Chat) -> Apart:
    return two_chats_apart(chat)


# --- Tying -----------------------------------------------------------------------------------------------------


def test_a_second_chat_is_tied(apart: Apart) -> None:
    """Asked for in one chat, redeemed in the other by who runs it, approved in the first, and announced in both."""
    ada, cilla, dan = apart.ada, apart.cilla, apart.dan

    code = apart.code()
    cilla.commands(f"koppla {code}")
    cilla.sees("tie-waiting")
    asked = ada.sees("tie-question", name=NAME)
    assert apart.chat.say(GROUP, "sv") in asked
    assert "Cilla Ö" in asked
    ada.clicks("tie-approve")

    ada.sees("tie-approved", chat=GROUP)
    ada.sees("tie-tied", chat=GROUP, name=NAME)
    dan.sees("forum-title", name=NAME)
    assert [each.platform for each in apart.places()] == ["slack", "telegram"]


def test_the_button_of_the_greeting_asks_for_thecode_in(apart: Apart) -> None:
    """In Telegram the code is the answer to one question; small letters and spaces do not matter."""
    code = apart.code()

    apart.cilla.clicks("setup-tie")
    assert apart.cilla.fills({"tie-field-code": code.lower().replace("-", " ")}) == {}

    apart.cilla.sees("tie-waiting")
    apart.ada.sees("tie-question", name=NAME)
    apart.chat.reads_everything()


def test_a_slack_channel_is_tied_with_a_form(chat: Chat) -> None:
    """The other way round: the forum is in Telegram, and the one who made the channel fills in the code."""
    cilla = chat.telegram_person("Cilla Ö", admin=True)
    chat.does(chat.telegram.add_bot(cilla.user, chat.group))
    cilla.clicks("setup-start")
    cilla.fills(FORUM)
    cilla.starts()
    eva = chat.slack_person("Eva Li", is_admin=True)
    bo = chat.slack_person("Bo Alm")
    chat.does(chat.slack.invite_bot(eva.user, chat.channel))
    chat.reads_everything()
    cilla.clicks("forum-tie")
    code = code_in(cilla.reads_all()[-1])

    bo.clicks("setup-tie")
    bo.sees("tie-not-administrator")
    eva.clicks("setup-tie")
    wrong = eva.fills({"tie-field-code": "BCDF-BCDF"})
    assert list(wrong.values()) == [chat.t("code-wrong")]
    assert eva.fills({"tie-field-code": code}) == {}

    eva.sees("tie-waiting")
    cilla.sees("tie-question", name=NAME)
    cilla.clicks("tie-approve")
    cilla.sees("tie-approved", chat=CHANNEL)
    cilla.sees("tie-tied", chat=CHANNEL, name=NAME)
    bo.sees("forum-title", name=NAME)


def test_a_coordinator_may_ask_for_the_code_in_private(apart: Apart) -> None:
    """Then nobody else sees it; typed in private it does nothing."""
    apart.cilla.starts()
    apart.chat.reads_everything()
    code = apart.code(private=True)

    apart.ada.commands(f"koppla {code}", private=True)
    apart.ada.sees("tie-type-it-there")
    apart.cilla.commands("koppla", private=True)
    apart.cilla.sees("tie-type-it-there")
    apart.cilla.commands(f"koppla {code}")
    apart.cilla.sees("tie-waiting")
    apart.ada.sees("tie-question", name=NAME)


def test_what_is_decided_shows_in_both_chats(apart: Apart) -> None:
    """That is what it is all for."""
    apart.ties()

    apart.ada.commands("beslut Vi tänder lyktorna")

    apart.ada.sees("decision-title-standing", number="1/2026")
    apart.dan.sees("decision-title-standing", number="1/2026")


# --- Refusals --------------------------------------------------------------------------------------------------


def test_only_who_runs_the_chat_may_tie_it(apart: Apart) -> None:
    """The platform is asked, by word and by button; a code typed by somebody else stays good."""
    code = apart.code()

    apart.dan.commands(f"koppla {code}")
    apart.dan.sees("tie-not-administrator")
    apart.dan.clicks("setup-tie")
    assert not apart.dan.has_form()
    assert apart.dan.toasts()[-1] == apart.chat.t("tie-not-administrator")

    apart.cilla.commands(f"koppla {code}")
    apart.cilla.sees("tie-waiting")
    apart.ada.sees("tie-question", name=NAME)


def test_a_form_opened_by_a_made_up_press_ties_nothing(apart: Apart) -> None:
    """Getting at the form past the button makes an administrator of nobody."""
    code, dan = apart.code(), apart.dan
    telegram, label = apart.chat.telegram, apart.chat.t("setup-tie")
    greeting = next(each for each in telegram.seen(dan.user, apart.chat.group) if label in each.labels)
    telegram.world.change(greeting, keyboard=((Button(label, "ties.tie_form:0"),),))

    dan.clicks("setup-tie")
    dan.fills({"tie-field-code": code})

    dan.sees("tie-not-administrator")
    apart.chat.reads_everything()
    assert len(apart.places()) == 1


def test_the_platform_is_asked_for_nothing_else(apart: Apart) -> None:
    """Nobody waits for Telegram when they look around, only when a code is to be redeemed."""
    apart.cilla.commands("meny")
    apart.cilla.commands("koppla", private=False)
    asked = apart.chat.platforms.ledger.of("getChatMember", "telegram")
    apart.chat.reads_everything()

    assert len(asked) == 1


def test_a_form_is_not_opened_in_private(apart: Apart) -> None:
    """A made-up link asks for no code where there is no chat to tie."""
    apart.chat.does(apart.chat.telegram.start(apart.dan.user, payload_of("ties.tie_form:0")))

    assert not apart.dan.has_form()
    apart.chat.reads_everything()


def test_no_answer_from_the_platform_is_no_yes(apart: Apart) -> None:
    """When Telegram does not say who runs the chat, one is asked to try again, and the code stays good."""
    code = apart.code()
    apart.chat.platforms.faults.plant("getChatMember", ServerError(), platform="telegram")

    apart.cilla.commands(f"koppla {code}")
    apart.cilla.sees("tie-cannot-tell")
    apart.cilla.commands(f"koppla {code}")

    apart.cilla.sees("tie-waiting")
    apart.ada.sees("tie-question", name=NAME)


def test_wrong_old_and_used_codes_get_one_answer(apart: Apart) -> None:
    """Nobody who guesses learns which of the three it was."""
    cilla = apart.cilla
    old = apart.code()
    apart.chat.waits(minutes=10)
    for code in ("BCDF-GHJK", "hej", old):
        cilla.commands(f"koppla {code}")
        cilla.sees("code-wrong")

    used = apart.code()
    cilla.commands(f"koppla {used}")
    cilla.sees("tie-waiting")
    cilla.commands(f"koppla {used}")
    cilla.sees("code-wrong")
    apart.ada.sees("tie-question", name=NAME)


def test_too_many_guesses_close_the_chat_for_a_while(apart: Apart) -> None:
    """After five wrong ones even the right code is not looked at; ten minutes later it goes on."""
    cilla = apart.cilla
    for _ in range(5):
        cilla.commands("koppla BCDF-GHJK")
        cilla.sees("code-wrong")

    cilla.commands(f"koppla {apart.code()}")
    cilla.sees("code-too-many")
    apart.chat.waits(minutes=11)

    apart.redeems()
    apart.ada.sees("tie-question", name=NAME)


def test_a_wrong_code_in_the_talk_is_asked_for_again(apart: Apart) -> None:
    """The question comes back with what is wrong; the person still counts as who runs the chat."""
    code, cilla = apart.code(), apart.cilla
    cilla.clicks("setup-tie")
    question = cilla._question()
    apart.chat.does(apart.chat.telegram.say(cilla.user, apart.chat.group, "BCDF-GHJK", reply_to=question))
    cilla.sees("code-wrong")

    assert cilla.fills({"tie-field-code": code}) == {}

    cilla.sees("tie-waiting")
    apart.ada.sees("tie-question", name=NAME)
    apart.chat.reads_everything()


def test_a_chat_of_a_forum_is_not_tied_again(apart: Apart) -> None:
    """Neither to its own forum nor to another one."""
    apart.ties()

    apart.cilla.commands("koppla BCDF-GHJK")

    apart.cilla.sees("tie-has-forum", name=NAME)


def test_only_coordinators_give_codes_away(apart: Apart) -> None:
    """A guest in the forum's chat is told how to join; in a chat without a forum there is nothing to give."""
    eva = apart.chat.slack_person("Eva Li")

    eva.commands("koppla")
    eva.sees("refused-not-member")
    eva.commands("koppla loss")
    eva.sees("refused-not-member")
    apart.dan.commands("koppla loss")
    apart.dan.sees("refused-no-forum")
