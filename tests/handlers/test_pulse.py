"""The pulse as people meet it, in both chats: invited, answering, reminded, and shown the same at the same moment."""

import json

import pytest

from handlers.kit.ui import text
from handlers.pulse_plan import question_text
from handlers.pulse_rules import Counted, from_json
from storage import pulse
from tests.handlers.pulse_forum import PulseForum, pulse_forum
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, TelegramPerson


@pytest.fixture(name="forum")
def _forum(chat: Chat) -> PulseForum:
    return pulse_forum(chat)


def test_a_whole_round(forum: PulseForum) -> None:
    """Opened by a press, answered in both chats, reminded once, closed and shown to everybody at once."""
    chat, ada, cilla = forum.chat, forum.ada, forum.cilla
    ada.commands("puls", private=True)
    ada.sees("pulse-page-none")
    ada.clicks("pulse-open-round")
    ada.sees("pulse-prepare-who-value", people=12, organisations=4)
    ada.clicks("pulse-open-now")
    ada.sees("pulse-opened", people=12)
    for each in forum.people:
        each.sees("pulse-invitation-why", count=4)
    cilla.clicks("pulse-protected")
    cilla.sees("pulse-protection-round", people=12, organisations=4)
    chat.reads_everything()

    for each in forum.people:
        forum.answers(each, (5, 4, 4, 1))
        each.sees("pulse-thanks")
    chat.reads_everything()

    chat.waits(days=4)
    for each in forum.people:
        each.sees("pulse-reminder-why")
    chat.reads_everything()
    chat.waits(days=4)
    chat.reads_everything()
    chat.waits(days=3)

    one = forum.round()
    assert (one.state, one.answered, one.invited, one.answered_organisations) == ("published", 12, 12, 4)
    for each in (ada, cilla):
        shown = each.sees("pulse-result-answered", answered=12, invited=12)
        assert forum.said(one.questions[0]) in shown
        talk = text("pulse-result-talk-words", question=question_text(one.questions[3]))
        assert forum.say(talk) in shown
    cilla.clicks("pulse-result-to-agenda")
    cilla.sees("agenda-proposed", who="Cilla Ö (Hyresgästföreningen)")
    chat.reads_everything()


def test_answers_are_counted_and_nothing_else(forum: PulseForum) -> None:
    """Eleven of twelve agree with the first question: the numbers shown are held back from the ends."""
    one = forum.opens()
    for place, each in enumerate(forum.people):
        forum.answers(each, (4 if place else 2, 5, 3, 0))
    forum.chat.reads_everything()
    forum.chat.waits(days=12)
    forum.chat.reads_everything()

    kept = forum.chat.runner.run(
        forum.chat.app.writer.run(lambda store: pulse.results_of(store, forum.id, one.id))
    )
    shown = [from_json(json.loads(each)) for each in kept.values()]
    assert shown[0] == Counted(12, 10, 2)
    assert shown[1] == Counted(12, 10, 2)
    assert shown[2] == Counted(12, 2, 2)
    assert json.loads(kept[one.questions[3]]) == {"kind": "hidden"}
    assert forum.chat.app.ballots.rounds() == []


@pytest.mark.parametrize("place", [1, 7])
def test_whoever_has_answered_is_told_so(forum: PulseForum, place: int) -> None:
    """A second try opens nothing and counts nothing."""
    forum.opens()
    who = forum.people[place]
    forum.answers(who, (3, 3, 3, 3))
    forum.chat.reads_everything()

    who.clicks("pulse-answer")

    if isinstance(who, TelegramPerson):
        assert who.toasts()[-1] == forum.chat.t("pulse-already")
    else:
        assert isinstance(who, SlackPerson)
        assert not who.has_form()
        who.sees("pulse-already")
    assert forum.chat.app.ballots.answered(forum.round().token) == 1
    forum.chat.reads_everything()
