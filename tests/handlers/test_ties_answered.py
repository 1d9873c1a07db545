"""Stories of a second chat that asks to be tied: yes, no, and how the chats part again."""

import pytest

from storage import forums
from storage.db import Store
from tests.handlers.apart import CHANNEL, FORUM, GROUP, NAME, Apart, code_in, two_chats_apart
from tests.stage.chat import Chat


@pytest.fixture(name="apart")
def _apart(chat: Chat) -> Apart:
    return two_chats_apart(chat)


# --- Yes and no ------------------------------------------------------------------------------------------------


def test_a_coordinator_says_no(apart: Apart) -> None:
    """The other chat hears of it, and the question is answered for good."""
    apart.redeems()
    asked = apart.ada.sees("tie-question", name=NAME)
    assert apart.chat.t("tie-question-advice") in asked

    apart.ada.clicks("tie-reject")

    apart.ada.sees("tie-rejected", chat=GROUP)
    apart.dan.sees("tie-rejected-there")
    assert [each.platform for each in apart.places()] == ["slack"]
    apart.redeems()
    apart.ada.sees("tie-question", name=NAME)


def test_the_question_is_answered_once(apart: Apart) -> None:
    """A press on a screen that was not brought up to date changes nothing."""
    apart.redeems()
    again = apart.remembers("tie-reject")
    apart.ada.clicks("tie-approve")
    apart.chat.reads_everything()

    again()

    apart.ada.sees("tie-answered")
    assert len(apart.places()) == 2


def test_the_question_stands_for_a_day(apart: Apart) -> None:
    """After that a new code is needed."""
    apart.redeems()
    apart.ada.sees("tie-question", name=NAME)
    apart.chat.waits(hours=24)

    apart.ada.clicks("tie-approve")

    apart.ada.sees("tie-answered")
    assert len(apart.places()) == 1


def test_a_chat_that_got_a_forum_meanwhile_keeps_it(apart: Apart) -> None:
    """The one who asked started a forum instead of waiting for the answer."""
    apart.redeems()
    apart.cilla.clicks("setup-start")
    apart.cilla.fills({**FORUM, "setup-field-name": "Eget"})
    apart.chat.reads_everything()

    apart.ada.clicks("tie-approve")
    apart.ada.sees("tie-taken", chat=GROUP)
    apart.ada.clicks("tie-reject")

    apart.ada.sees("tie-rejected", chat=GROUP)
    apart.chat.reads_everything()
    assert len(apart.places()) == 1


def test_a_chat_that_put_the_bot_out_is_not_tied(apart: Apart) -> None:
    """There would be nobody to talk to."""
    apart.redeems()
    apart.ada.sees("tie-question", name=NAME)
    apart.chat.does(apart.chat.telegram.remove_bot(apart.cilla.user, apart.chat.group))

    apart.ada.clicks("tie-approve")

    apart.ada.sees("tie-chat-gone", chat=GROUP)


def test_another_coordinator_answers_when_the_first_one_is_none_any_more(apart: Apart) -> None:
    """The question goes to whoever runs the forum by then."""
    bo = apart.chat.slack_person("Bo Alm")
    bo.clicks("forum-join")
    bo.fills({"member-field-actor": "Staden"})
    code = apart.code()
    apart.chat.runner.run(apart.chat.app.writer.run(_bo_takes_over))
    apart.chat.reads_everything()

    apart.cilla.commands(f"koppla {code}")

    apart.cilla.sees("tie-waiting")
    bo.sees("tie-question", name=NAME)
    apart.ada.sees_nothing_new()


def _bo_takes_over(store: Store) -> None:
    forums.set_role(store, 1, 1, "member")
    forums.set_role(store, 1, 2, "coordinator")


def test_a_coordinator_who_cannot_be_written_to_is_asked_in_the_chat(chat: Chat) -> None:
    """A bot cannot write first in Telegram, so the question comes where the code was asked for."""
    cilla = chat.telegram_person("Cilla Ö", admin=True)
    ada = chat.slack_person("Ada Ek", is_admin=True)
    chat.does(chat.telegram.add_bot(cilla.user, chat.group))
    chat.does(chat.slack.invite_bot(ada.user, chat.channel))
    cilla.clicks("setup-start")
    cilla.fills(FORUM)
    chat.reads_everything()
    cilla.clicks("forum-tie")
    ada.commands(f"koppla {code_in(cilla.reads_all()[-1])}")
    ada.sees("tie-waiting")

    asked = cilla.sees("tie-question", name=NAME)
    assert "Cilla Ö" in asked
    cilla.clicks("tie-approve")

    cilla.sees("tie-approved", chat=CHANNEL)
    cilla.sees("tie-tied", chat=CHANNEL, name=NAME)
    ada.sees("forum-title", name=NAME)


# --- Parting ---------------------------------------------------------------------------------------------------


def test_a_tie_is_undone_within_a_day(apart: Apart) -> None:
    """One press and a yes; both chats hear of it, and the one that left sees no more of the forum."""
    apart.ties()
    apart.ada.commands("beslut Vi tänder lyktorna")
    apart.chat.reads_everything()

    apart.ada.clicks("tie-undo")

    apart.dan.sees("tie-untied", chat=GROUP, name=NAME)
    assert f"[{apart.chat.t('tie-undo')}]" not in apart.ada.sees("tie-tied", chat=GROUP, name=NAME)
    apart.ada.sees("tie-untied", chat=GROUP, name=NAME)
    apart.ada.clicks("decision-undo")
    apart.ada.sees("decision-title-undone", number="1/2026")
    apart.ada.sees("decision-undone", number="1/2026")
    apart.dan.sees_nothing_new()
    apart.dan.clicks("forum-menu")
    assert apart.chat.t("refused-stale") in apart.dan.toasts()


def test_the_button_to_undo_goes_away_after_a_day(apart: Apart) -> None:
    """The list of chats still has one."""
    apart.ties()

    apart.chat.waits(hours=24)

    assert f"[{apart.chat.t('tie-undo')}]" not in apart.ada.sees("tie-tied", chat=GROUP, name=NAME)
    apart.ada.commands("koppla loss")
    assert apart.chat.say(GROUP, "sv") in apart.ada.sees("tie-chats", name=NAME)
    apart.ada.clicks("tie-untie", chat=GROUP)
    apart.ada.sees("tie-untied", chat=GROUP, name=NAME)
    apart.dan.sees("tie-untied", chat=GROUP, name=NAME)


def test_a_chat_is_untied_once(apart: Apart) -> None:
    """An old button to let a chat go says that it is gone already."""
    apart.ties()
    again = apart.remembers("tie-undo")
    apart.ada.clicks("tie-undo")
    apart.chat.reads_everything()

    again()

    apart.ada.sees("tie-not-tied")


def test_the_last_chat_stays(apart: Apart) -> None:
    """A forum lives somewhere: its only chat has no such button, and an old one does nothing."""
    apart.ties()
    apart.ada.commands("chattar")
    apart.ada.sees("tie-chats", name=NAME)
    again = apart.remembers("tie-untie", chat=CHANNEL)
    apart.chat.does(apart.chat.telegram.remove_bot(apart.cilla.user, apart.chat.group))
    apart.chat.reads_everything()

    again()
    apart.ada.sees("tie-last-chat")
    apart.ada.commands("chattar")

    assert apart.chat.t("tie-untie", chat=CHANNEL) not in apart.ada.sees("tie-chats", name=NAME)


def test_members_do_not_part_chats(apart: Apart) -> None:
    """They are told who can."""
    apart.ties()
    bo = apart.chat.slack_person("Bo Alm")
    bo.clicks("forum-join")
    bo.fills({"member-field-actor": "Staden"})
    apart.chat.reads_everything()

    bo.clicks("tie-undo")
    bo.sees("refused-coordinator-only")
    bo.commands("koppla")
    bo.sees("refused-coordinator-only")

    assert len(apart.places()) == 2
