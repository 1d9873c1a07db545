"""The pulse as people meet it, in both chats: invited, answering, reminded, and shown the same at the same moment."""

import json

import pytest

from handlers.kit.ui import Instant, text
from handlers.pulse_plan import question_text
from handlers.pulse_rules import Counted, from_json
from storage import pulse
from tests.handlers.pulse_forum import PulseForum, pulse_forum
from tests.stage.chat import Chat
from tests.stage.people import SlackPerson, TelegramPerson
from tests.stage.postgres import ON_BOTH_ENGINES
from tests.stage.ready import Ready


@pytest.fixture(name="forum")
def _forum(chat: Chat) -> PulseForum:
    return pulse_forum(chat)


@ON_BOTH_ENGINES
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
    chat.waits(days=3.5)
    assert forum.round().state == "counted"
    for each in forum.people:
        each.sees("pulse-over")
    chat.reads_everything()
    chat.waits(days=1)

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


def test_a_small_group_is_refused_and_offered_an_open_round(ready: Ready) -> None:
    """Four people from two organisations: nobody can promise anonymity, so the bot offers to talk instead."""
    ready.ada.commands("puls", private=True)
    ready.ada.sees("pulse-page-none")
    ready.ada.clicks("pulse-open-round")
    ready.ada.sees("pulse-refused-few-people", people=4)
    ready.ada.clicks("pulse-check-in-start")
    ready.ada.sees("pulse-check-in-question")
    ready.cilla.sees("pulse-check-in-question")


def test_only_a_coordinator_opens(forum: PulseForum) -> None:
    """Others see the page, without that button."""
    bo = forum.people[1]
    bo.commands("puls", private=True)
    shown = bo.sees("pulse-page-none")
    assert forum.chat.t("pulse-open-round") not in shown


def test_a_second_round_waits_its_turn(forum: PulseForum) -> None:
    """While one runs there is no button; an old one says why."""
    ada = forum.ada
    ada.commands("puls", private=True)
    ada.commands("puls", private=True)
    ada.clicks("pulse-open-round")
    ada.clicks("pulse-open-now")
    forum.chat.reads_everything()
    ada.clicks("pulse-open-round")
    ada.sees("pulse-refused-running")
    ada.commands("puls", private=True)
    one = forum.round()
    closes, publishes = (Instant(each, "Europe/Stockholm") for each in (one.closes_at, one.publishes_at))
    assert forum.chat.t("pulse-open-round") not in ada.sees(
        "pulse-page-open", closes=closes, publishes=publishes
    )


def test_too_few_answers_show_nothing(forum: PulseForum) -> None:
    """Four answers: the result says so, and there is nothing left to find."""
    one = forum.opens()
    for each in forum.people[:4]:
        forum.answers(each, (1, 1, 1, 1))
    forum.chat.reads_everything()
    forum.chat.waits(days=9)

    forum.cilla.sees("pulse-result-all-hidden")
    forum.ada.sees("pulse-result-answered", answered=4, invited=12)
    forum.chat.reads_everything()
    assert forum.chat.app.ballots.rounds() == []
    assert forum.round().token == one.token


def test_a_late_answer_is_refused(forum: PulseForum) -> None:
    """The form was open when the round closed."""
    forum.opens()
    bo = forum.people[1]
    bo.clicks("pulse-answer")
    assert isinstance(bo, SlackPerson)
    forum.chat.waits(days=7.5)
    forum.chat.reads_everything()
    values: dict[str, str | list[str]] = {
        forum.said(key): forum.chat.t("pulse-choice-1") for key in forum.round().questions
    }
    forum.chat.does(forum.chat.slack.submit(bo.user, values))

    assert forum.chat.t("pulse-closed") in str(forum.chat.slack.modal(bo.user))
    assert forum.round().answered == 0
    forum.chat.reads_everything()


def test_an_invitation_that_waited_until_it_is_over_says_so(forum: PulseForum) -> None:
    """Bo is at work on Monday afternoons alone: the round closed an hour before he hears of it."""
    forum.chat.waits(hours=9.5)
    bo = forum.people[1]
    bo.commands("notiser", private=True)
    bo.clicks("budget-change-hours")
    days = [forum.chat.t("weekday-MO")]
    assert bo.fills({"budget-hours-days": days, "budget-hours-field": "16–18"}) == {}
    forum.opens()
    forum.chat.waits(days=6, hours=21)
    forum.chat.reads_everything()
    forum.chat.waits(hours=1)

    (now,) = bo.reads_all()
    assert forum.chat.t("pulse-over") in now
    assert forum.chat.t("pulse-answer") not in now


def test_who_joins_in_the_middle_waits_for_the_next(forum: PulseForum) -> None:
    """A newcomer has no seat, is told so kindly, and the invited are as many as before."""
    forum.opens()
    newcomer = forum.chat.slack_person("Nya Nu")
    newcomer.clicks("pulse-answer")
    newcomer.reads_all()
    forum.joins(newcomer)
    newcomer.clicks("pulse-answer")
    newcomer.sees("pulse-no-seat")
    assert forum.round().invited == 12
    forum.chat.reads_everything()


@ON_BOTH_ENGINES
def test_lost_ballots_end_the_round_without_a_result(forum: PulseForum) -> None:
    """Everybody hears it; nothing else stops, and the next round can open."""
    forum.opens()
    forum.answers(forum.people[0], (5, 5, 5, 5))
    forum.chat.restarts(forum.loses_the_ballots)
    forum.chat.reads_everything()
    forum.people[1].clicks("pulse-answer")
    forum.people[1].sees("pulse-missing")
    forum.chat.waits(days=8)

    forum.cilla.sees("pulse-void-why")
    forum.chat.reads_everything()
    assert forum.round().state == "void"
    forum.chat.waits(days=1)
    assert forum.opens().state == "open"


def test_the_rhythm_opens_by_itself(forum: PulseForum) -> None:
    """Set once; the round opens that morning, and the one after asks what the first led to."""
    ada, chat = forum.ada, forum.chat
    ada.commands("puls", private=True)
    ada.clicks("pulse-set-rhythm")
    assert (
        ada.fills({"pulse-rhythm-field": chat.t("pulse-rhythm-monthly"), "pulse-rhythm-first": "2026-03-16"})
        == {}
    )
    chat.reads_everything()
    chat.waits(days=15)
    forum.cilla.sees("pulse-invitation-why", count=4)
    chat.reads_everything()
    for each in forum.people:
        forum.answers(each, (4, 4, 4, 4))
    chat.waits(days=9)
    chat.reads_everything()

    chat.waits(days=20)
    ada.sees("pulse-led-to-ask")
    ada.clicks("pulse-led-to-button")
    ada.fills({"pulse-led-to-field": "Vi lägger en runda först."})
    ada.sees("pulse-led-to-saved")
    chat.reads_everything()
    chat.waits(days=4)
    forum.cilla.sees("pulse-invitation-led-to", what="Vi lägger en runda först.")
    chat.reads_everything()
    first, second = forum.rounds()
    assert set(first.questions).isdisjoint(second.questions)


def test_own_questions_come_last_and_are_two_at_most(forum: PulseForum) -> None:
    """Written by a coordinator, asked as written, taken away again."""
    ada = forum.ada
    ada.commands("puls", private=True)
    ada.clicks("pulse-own-questions")
    for words in ("Mötena börjar i tid.", "Kaffet är gott."):
        ada.clicks("pulse-own-add")
        ada.fills({"pulse-own-field": words})
        ada.sees("pulse-own-saved")
        ada.commands("puls", private=True)
        ada.clicks("pulse-own-questions")
    ada.clicks("pulse-own-remove", number="1")
    ada.sees("pulse-own-removed")
    one = forum.opens()
    assert one.questions[4:] == ("own:2.1",)
    ada.clicks("pulse-answer")
    assert "Kaffet är gott." in str(forum.chat.slack.modal(ada.user))
    forum.chat.reads_everything()


def test_who_never_wrote_to_the_bot_answers_through_the_group(forum: PulseForum) -> None:
    """The button under the invitation leads into the private chat, where the questions are asked."""
    silent = forum.chat.telegram_person("Moa Si")
    forum.joins(silent)
    forum.opens()
    assert not any("Moa" in words for _, words in silent.visible())
    forum.answers(silent, (2, 3, 4, 5))
    silent.sees("pulse-thanks")
    assert forum.chat.app.ballots.answered(forum.round().token) == 1
    forum.chat.reads_everything()


def test_nothing_that_was_chosen_is_shown(forum: PulseForum) -> None:
    """Not in the talk, not in what comes after: only the question and the five steps, whatever was pressed."""
    forum.opens()
    choices = (1, 5, 0, 2)
    forum.answers(forum.cilla, choices)
    said = " ".join(words for _, words in forum.cilla.visible())
    assert not any(f"✓ {forum.chat.t(f'pulse-choice-{each}')}" in said for each in range(6))
    assert forum.chat.t("pulse-thanks") in said
    forum.chat.reads_everything()
