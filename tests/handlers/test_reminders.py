"""Reminders: in private, in working hours, at most five; late ones say so, stale ones become one list."""

from datetime import date, timedelta

import pytest

from handlers import reminders
from handlers.kit.effects import Refusal
from handlers.kit.ui import Action, text
from storage import actions, forums, timers
from storage.db import Store
from tests.stage.people import Somebody
from tests.stage.ready import FRIDAY, POLICE, Ready, another_forum
from tests.stage.samples import Sample

NEXT_FRIDAY = date(2026, 3, 13)
"""Asked about on Tuesday 10 March, on the day, and on 16, 18 and 24 March."""


def records(ready: Ready, who: Somebody, what: str = "Gå en runda") -> None:
    """Somebody takes on something until Friday next week; everybody has read of it."""
    word = "åtgärd" if who in (ready.ada, ready.bo) else "atgard"
    who.commands(f"{word} {what}, senast 13 mars 2026")
    ready.chat.reads_everything()


def due(ready: Ready, key: str, day: date, days: int = 0) -> str:
    """A day as a reminder says it."""
    return ready.chat.t(f"action-due-{key}", day=day, days=days)


def keeps_time(ready: Ready) -> None:
    """Actions that were put straight into the store get their reminders, as if recorded in a chat."""

    def schedule(store: Store) -> None:
        for each in actions.open_in(store, ready.forum.id, most=100):
            at = ready.chat.now + timedelta(days=1)
            data = Action("reminders.remind", (each.id, 0)).encode(ready.forum.id)
            timers.schedule(store, f"{ready.forum.id}:remind:{each.id}", at, data, forum=ready.forum.id,
                            grace=timedelta(hours=24), late="ring")  # fmt: skip

    ready.store(schedule)
    ready.chat.restarts()


def rings(ready: Ready, action: Action) -> None:
    """A timer for this very moment."""
    data = action.encode(ready.forum.id)
    ready.store(
        lambda store: timers.schedule(
            store, f"{ready.forum.id}:test", ready.chat.now, data, forum=ready.forum.id,
            grace=timedelta(hours=24), late="ring",
        )
    )  # fmt: skip
    ready.chat.restarts()


# --- In time ---------------------------------------------------------------------------------------------------


def test_five_questions_and_then_the_coordinator(ready: Ready) -> None:
    """Before, on the day, after it; the fifth says that it is the last, and whoever runs the forum is told."""
    records(ready, ready.bo)

    ready.chat.waits(days=8)
    assert "Gå en runda" in ready.bo.sees(
        "reminder-ahead", number="1", due=due(ready, "soon", NEXT_FRIDAY, 3)
    )
    ready.chat.waits(days=3)
    ready.bo.sees("reminder-today", number="1")
    for days in (3, 5):
        ready.chat.waits(days=3 if days == 3 else 2)
        words = ready.bo.sees("reminder-past", number="1", due=due(ready, "past", NEXT_FRIDAY, days))
        assert ready.chat.t("reminder-last") not in words
    ready.chat.waits(days=6)
    assert ready.chat.t("reminder-last") in ready.bo.sees(
        "reminder-past", number="1", due=due(ready, "past", NEXT_FRIDAY, 11)
    )
    ready.ada.sees("reminder-overdue", forum=ready.forum.name)
    ready.ada.sees("reminder-stops", number="1")
    ready.chat.reads_everything()
    ready.chat.waits(days=60)
    assert ready.chat.unread() == []


def buttons(words: str) -> int:
    """How many buttons stand under something one sees; a list's are not counted."""
    return words.count("[")


def test_only_the_newest_question_has_buttons(ready: Ready) -> None:
    """Three questions later two of them are lines to read; once answered, nobody is asked to answer again."""
    for who in (ready.bo, ready.cilla):
        records(ready, who)
    ready.chat.waits(days=14, hours=1)

    for who, number in ((ready.bo, "1"), (ready.cilla, "2")):
        asked = [
            words for words in who.reads_all() if f"Åtgärd {number}" in words or f"åtgärd {number}" in words
        ]
        old = [words for words in asked if ready.chat.t("reminder-asked-before") in words]
        assert [buttons(each) for each in old] == [0, 0]
        assert [buttons(each) > 0 for each in asked if each not in old] == [True]
        who.clicks("action-answer-done")
        changed = [words for words in who.reads_all() if ready.chat.t("reminder-asked-before") in words]
        assert changed == []
    ready.chat.reads_everything()


def test_an_answer_elsewhere_settles_the_question(ready: Ready) -> None:
    """Bo looks the action up and answers on that card: the question above it is answered too."""
    records(ready, ready.bo)
    ready.chat.waits(days=8)
    ready.chat.reads_everything()
    ready.bo.commands("åtgärd 1", private=True)
    ready.bo.clicks("action-answer-underway")

    now = [
        words for words in ready.bo.reads_all() if ready.chat.t("action-now-underway", number="1") in words
    ]
    assert len(now) == 2
    ready.chat.reads_everything()


def test_what_is_done_is_asked_about_no_more(ready: Ready) -> None:
    """No timer is left behind."""
    records(ready, ready.bo)
    ready.bo.clicks("action-answer-done")
    ready.chat.reads_everything()

    ready.chat.waits(days=60)

    assert ready.chat.unread() == []


def test_a_timer_for_something_that_is_over_is_silent(ready: Ready) -> None:
    """Done in the very moment that it rings, or given no day at all."""
    ready.adds(2, due_on=None)
    ready.store(
        lambda store: actions.set_state(store, ready.forum.id, 2, "done", member=2, now=ready.chat.now)
    )
    for number in (1, 2, 3):
        rings(ready, reminders.remind.action(number, 0))

    assert ready.chat.unread() == []


def test_without_a_way_in_private_one_is_called_in_the_chat(ready: Ready) -> None:
    """Dan has never written to the bot: it calls him by name in the group, and he answers there."""
    records(ready, ready.dan)
    ready.chat.waits(days=8)

    words = ready.dan.sees("reminder-ahead", number="1", due=due(ready, "soon", NEXT_FRIDAY, 3))
    assert "Dan Lu, " in words
    ready.dan.clicks("action-answer-done")
    ready.dan.sees("action-now-done", number="1")
    ready.chat.reads_everything()


def test_an_organisation_is_asked_until_somebody_takes_it(ready: Ready) -> None:
    """Both who speak for the police are asked; once Bo has taken it, Cilla's question says so."""
    ready.adds(due_on=NEXT_FRIDAY, owner=None)
    keeps_time(ready)
    ready.chat.waits(days=1)
    for who in (ready.bo, ready.cilla):
        words = who.sees("reminder-ahead", number="1", due=due(ready, "soon", NEXT_FRIDAY, 10))
        assert ready.chat.t("action-rests-with", actor=POLICE) in words
        assert ready.chat.t("action-answer-hand-over") not in words

    ready.bo.clicks("action-answer-take")

    taken = ready.chat.t(
        "action-taken", number="1", who=ready.chat.t("person-of-actor", person="Bo Alm", actor=POLICE)
    )
    assert taken in ready.cilla.reads_all()[0]
    assert ready.action(1).owner == 2
    ready.chat.reads_everything()


def test_what_nobody_owns_is_the_coordinators_question(ready: Ready) -> None:
    """No organisation and no person: somebody has to find one."""
    ready.adds(due_on=NEXT_FRIDAY, actor=None, owner=None)
    keeps_time(ready)
    ready.chat.waits(days=1)

    words = ready.ada.sees("reminder-ahead", number="1", due=due(ready, "soon", NEXT_FRIDAY, 10))
    assert ready.chat.t("action-nobodys") in words
    assert ready.chat.t("action-answer-hand-over") in words


def test_the_last_question_of_what_nobody_owns(ready: Ready) -> None:
    """The coordinator was asked and is told that it was the last time, once each."""
    ready.adds(due_on=FRIDAY, actor=None, owner=None)
    ready.store(lambda store: store.run("update action set reminders = 4"))
    keeps_time(ready)
    ready.chat.waits(days=1)

    ready.ada.sees("reminder-last")
    ready.ada.sees("reminder-stops", number="1")


# --- Late ------------------------------------------------------------------------------------------------------


def test_a_late_question_says_that_it_is_late(ready: Ready) -> None:
    """Three hours after its time, because nobody was awake."""
    records(ready, ready.bo)
    ready.chat.sleeps_through(days=8, hours=3)

    assert ready.chat.t("reminder-late") in ready.bo.sees("reminder-ahead", number="1",
                                                          due=due(ready, "soon", NEXT_FRIDAY, 3))  # fmt: skip


def test_nobody_is_asked_in_the_evening(ready: Ready) -> None:
    """Awake again at seven in the evening: the question waits for the next morning, and says that it is late."""
    records(ready, ready.bo)
    ready.chat.sleeps_through(days=8, hours=10)
    assert ready.chat.unread() == []

    ready.chat.waits(hours=13.5)

    assert ready.chat.t("reminder-late") in ready.bo.sees("reminder-ahead", number="1",
                                                          due=due(ready, "soon", NEXT_FRIDAY, 2))  # fmt: skip


def test_after_a_long_silence_everybody_gets_one_list(ready: Ready) -> None:
    """Two weeks without us: no burst, but what waits, once; and the next question comes at its time."""
    for who in (ready.bo, ready.bo, ready.dan):
        records(ready, who)
    ready.chat.sleeps_through(days=15, hours=1)

    words = ready.bo.sees("reminder-catch-up")
    assert "1. Gå en runda" in words
    assert "2. Gå en runda" in words
    assert "Dan Lu, " in ready.dan.sees("reminder-catch-up")
    assert "3. Gå en runda" in ready.ada.sees("reminder-overdue", forum=ready.forum.name)
    assert ready.chat.unread() == []
    ready.chat.waits(days=1)
    ready.bo.sees("reminder-past", number="1", due=due(ready, "past", NEXT_FRIDAY, 5))
    ready.chat.reads_everything()


def test_a_list_with_nothing_in_it_is_not_sent(ready: Ready) -> None:
    """Whoever has nothing left, or is gone, hears nothing."""
    ready.store(lambda store: forums.leave(store, ready.forum.id, 3))
    for member in (2, 3, 99):
        rings(ready, reminders.catch_up.action(member))

    assert ready.chat.unread() == []


# --- What changed meanwhile --------------------------------------------------------------------------------------


@pytest.mark.parametrize("due_on", [date(2026, 4, 17), None])
def test_what_slept_and_was_moved_asks_at_its_new_time(ready: Ready, due_on: date | None) -> None:
    """Bo lets it sleep until Monday; then it is moved to next month, or has no day: Monday comes and goes."""
    records(ready, ready.bo)
    ready.chat.waits(days=8)
    ready.chat.reads_everything()
    ready.bo.clicks("budget-sleep")
    assert ready.bo.fills({"budget-sleep-field": ready.chat.t("budget-sleep-monday")}) == {}
    ready.bo.commands("åtgärd 1", private=True)
    ready.bo.clicks("action-change")
    assert ready.bo.fills({"action-field-due": str(due_on or "")}) == {}
    ready.chat.reads_everything()
    ready.chat.waits(days=14)
    assert ready.chat.unread() == []
    ready.chat.waits(days=21)

    if due_on:
        ready.bo.sees("reminder-ahead", number="1", due=due(ready, "soon", due_on, 3))
    ready.chat.reads_everything()


# --- What is overdue -------------------------------------------------------------------------------------------


def test_coordinators_get_one_list_and_each_action_once(ready: Ready) -> None:
    """Twelve things have fallen due: one message in working hours, without a word of blame, and never again."""
    ready.adds(12, due_on=date(2026, 2, 10))
    ready.bo.commands("åtgärd Städa, på fredag")

    words = ready.ada.sees("reminder-overdue", forum=ready.forum.name)
    assert words.index("1. Sak 1") < words.index("10. Sak 10")
    assert ready.chat.t("action-and-more", count=2) in words
    assert "Städa" not in words
    ready.chat.reads_everything()
    ready.chat.waits(days=7, hours=1)
    ready.bo.reads_all()
    (words,) = ready.ada.reads_all()
    assert "Städa" in words
    assert "Sak" not in words


def test_a_list_that_falls_on_a_saturday_waits_for_monday(ready: Ready) -> None:
    """Awake again at the weekend: nobody is disturbed."""
    records(ready, ready.bo)
    ready.chat.sleeps_through(days=19)
    assert ready.chat.unread() == []

    ready.chat.waits(days=2)

    ready.ada.sees("reminder-overdue", forum=ready.forum.name)
    ready.chat.reads_everything()


def test_no_list_in_the_evening(ready: Ready) -> None:
    """Rung late, after hours: it comes when work begins."""
    ready.adds(due_on=date(2026, 2, 27))
    ready.chat.waits(hours=10)
    rings(ready, reminders.overdue.action())
    assert ready.chat.unread() == []

    ready.chat.waits(hours=13.5)

    ready.ada.sees("reminder-overdue", forum=ready.forum.name)


def test_a_coordinator_out_of_reach_gets_a_hint_that_tells_nobody_else(ready: Ready) -> None:
    """In the chat only that there is something to see; the way there is private."""
    ready.store(lambda store: forums.set_role(store, ready.forum.id, 1, "member"))
    ready.store(lambda store: forums.set_role(store, ready.forum.id, 4, "coordinator"))
    records(ready, ready.bo)
    ready.chat.waits(days=14, hours=1)

    words = ready.dan.sees("action-discreet", who="Dan Lu")
    assert "Gå en runda" not in words
    ready.chat.reads_everything()


def test_who_was_away_gets_one_list_of_what_fell_due(ready: Ready) -> None:
    """Three mornings had something to tell while Ada was on leave: the day after she is back it is one list."""
    goes_away(ready, "2026-03-16")
    for day in (4, 5, 6):
        ready.bo.commands(f"åtgärd Sak {day}, senast {day} mars 2026")
    ready.chat.waits(days=14, hours=1)
    ready.chat.reads_everything()
    ready.chat.waits(days=1)

    words = ready.ada.sees("reminder-overdue", forum=ready.forum.name)
    assert all(each in words for each in ("Sak 4", "Sak 5", "Sak 6"))
    ready.chat.reads_everything()
    ready.bo.commands("åtgärd Sak 18, senast 18 mars 2026")
    ready.chat.waits(days=2)
    words = ready.ada.sees("reminder-overdue", forum=ready.forum.name)
    assert "Sak 18" in words
    assert "Sak 4" not in words
    ready.chat.reads_everything()


def goes_away(ready: Ready, back: str) -> None:
    """Ada is on leave until a day."""
    ready.ada.commands("notiser")
    ready.ada.clicks("budget-away")
    assert ready.ada.fills({"budget-away-field": back}) == {}
    ready.chat.reads_everything()


def test_a_list_that_sleeps_grows_and_comes_once(ready: Ready) -> None:
    """Ada lets Friday's list rest until Wednesday: what falls due meanwhile is in it, and nothing comes before."""
    ready.adds(due_on=date(2026, 3, 5))
    ready.bo.commands("åtgärd Städa, senast 6 mars 2026")
    ready.chat.waits(days=4, hours=1)
    assert "Sak 1" in ready.ada.sees("reminder-overdue", forum=ready.forum.name)
    ready.chat.reads_everything()
    ready.ada.clicks("budget-sleep")
    day = {"budget-sleep-field": ready.chat.t("budget-sleep-day"), "budget-sleep-day": "2026-03-11"}
    assert ready.ada.fills(day) == {}
    ready.chat.reads_everything()
    ready.chat.waits(days=4)
    assert ready.ada.reads_all() == []
    ready.chat.waits(days=1)

    words = ready.ada.sees("reminder-overdue", forum=ready.forum.name)
    assert "Sak 1" in words
    assert "Städa" in words
    ready.chat.reads_everything()


def test_nothing_overdue_is_nothing_to_tell(ready: Ready) -> None:
    """Done before the morning of the list: the timer has nothing to say, and rings no more."""
    rings(ready, reminders.overdue.action())

    assert ready.chat.unread() == []


def test_forums_keep_their_lists_apart(ready: Ready) -> None:
    """What another forum has not done is not told here."""
    other = another_forum(ready, "Annat", ready.ada)
    ready.store(
        lambda store: actions.add(
            store, other.id, what="Annat", actor=None, owner=1, due_on=FRIDAY, decision=None, member=1,
            now=ready.chat.now,
        )
    )  # fmt: skip
    records(ready, ready.bo)
    ready.chat.waits(days=14, hours=1)

    assert "Annat" not in ready.ada.sees("reminder-overdue", forum=ready.forum.name)
    ready.chat.reads_everything()


@pytest.mark.parametrize("forged", ["remind", "catch_up", "overdue"])
def test_only_time_itself_rings(sample: Sample, forged: str) -> None:
    """Button data that somebody made up sends no reminders."""
    req = sample.request(sample.bo)
    made_up = {
        "remind": lambda: reminders.remind(req, 1, 0),
        "catch_up": lambda: reminders.catch_up(req, 1),
        "overdue": lambda: reminders.overdue(req),
    }
    with pytest.raises(Refusal) as refused:
        list(made_up[forged]())

    assert refused.value.text == text("refused-stale")
