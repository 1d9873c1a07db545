"""Answers to reminders: one tap, seen everywhere; help reaches the coordinators; handed over, taken, dropped."""

from datetime import date

import pytest

from bot.playground.slack import plain
from storage import actions, forums
from tests.stage.ready import FRIDAY, POLICE, TOWN, Ready


def records(ready: Ready, said: str = "Gå en runda, på fredag") -> None:
    """Bo takes something on; everybody has read of it."""
    ready.bo.commands(f"åtgärd {said}")
    ready.chat.reads_everything()


def is_asked(ready: Ready) -> None:
    """It is Tuesday, and Bo has his first reminder before him."""
    records(ready)
    ready.chat.waits(days=1)
    ready.bo.sees("reminder-ahead", number="1", due=ready.chat.t("action-due-soon", day=FRIDAY, days=3))


def organisation(ready: Ready, name: str, actor: str = POLICE) -> str:
    """Somebody and whom they speak for, as a card says it."""
    return ready.chat.t("person-of-actor", person=name, actor=actor)


def happened(ready: Ready) -> list[str]:
    """The action's history."""
    return [each[0] for each in ready.store(lambda store: actions.history(store, ready.forum.id, 1))]


# --- One tap ---------------------------------------------------------------------------------------------------


def test_done_with_one_tap(ready: Ready) -> None:
    """The question turns into thanks, the cards say so in both chats, and that it was in time."""
    is_asked(ready)
    ready.bo.clicks("action-answer-done")

    assert "Gå en runda" in ready.bo.sees("action-now-done", number="1")
    words = ready.cilla.sees("action-title-done", number="1")
    assert ready.chat.t("action-done-on-time", day=date(2026, 3, 3)) in words
    assert f"[{ready.chat.t('action-answer-done')}]" not in words
    ready.chat.reads_everything()
    assert happened(ready) == ["added", "done"]


def test_done_late_is_just_done(ready: Ready) -> None:
    """No word of blame on the card."""
    records(ready)
    ready.chat.waits(days=7)
    ready.chat.reads_everything()
    ready.bo.clicks("action-answer-done")

    words = ready.cilla.sees("action-title-done", number="1")
    assert ready.chat.t("action-done", day=date(2026, 3, 9)) in words
    ready.chat.reads_everything()


def test_a_second_press_changes_nothing(ready: Ready) -> None:
    """A card looked up before still has its buttons: it says that all is done, and turns into that itself."""
    is_asked(ready)
    ready.bo.commands("åtgärd 1", private=True)
    old = ready.chat.slack.world.in_channel(ready.chat.slack.dm(ready.bo.user))[-1]
    ready.chat.waits(days=3)
    ready.bo.sees("reminder-today", number="1")
    ready.bo.clicks("action-answer-done")
    ready.chat.reads_everything()

    ready.chat.does(ready.chat.slack.press(ready.bo.user, old, ready.chat.t("action-answer-done")))

    ready.bo.sees("action-done-already", number="1")
    assert happened(ready) == ["added", "done"]


def test_on_its_way(ready: Ready) -> None:
    """Said once, shown everywhere; the next question comes when it would have come anyhow."""
    is_asked(ready)
    ready.bo.clicks("action-answer-underway")
    ready.bo.sees("action-now-underway", number="1")
    ready.cilla.sees("action-title-underway", number="1")
    ready.chat.reads_everything()
    ready.cilla.clicks("action-answer-done")
    ready.chat.reads_everything()

    ready.chat.waits(days=30)

    assert ready.chat.unread() == []


def test_what_is_done_is_not_on_its_way(ready: Ready) -> None:
    """Pressed on a card that was drawn before: told that it is over."""
    ready.adds()
    ready.bo.commands("åtgärd 1")
    ready.store(
        lambda store: actions.set_state(store, ready.forum.id, 1, "done", member=3, now=ready.chat.now)
    )
    ready.bo.clicks("action-answer-underway")

    ready.bo.sees("action-not-open", number="1")
    ready.chat.reads_everything()


def test_not_on_its_way_twice(ready: Ready) -> None:
    """The same answer again is no news."""
    records(ready)
    for _ in range(2):
        ready.bo.commands("åtgärd 1")
    for _ in range(2):
        ready.bo.clicks("action-answer-underway")
    ready.chat.reads_everything()

    assert happened(ready) == ["added", "underway"]


def test_a_question_waits_in_another_chat_than_the_press(ready: Ready) -> None:
    """Done on the channel's card: the question in private follows."""
    is_asked(ready)
    card = ready.chat.slack.world.in_channel(ready.chat.channel)[-1]
    ready.chat.does(ready.chat.slack.press(ready.bo.user, card, ready.chat.t("action-answer-done")))

    assert (
        len([each for each in ready.bo.reads_all() if ready.chat.t("action-now-done", number="1") in each])
        == 2
    )
    ready.chat.reads_everything()


def test_it_was_not_done_after_all(ready: Ready) -> None:
    """A slip of the thumb is mended, and reminders come again."""
    records(ready)
    ready.bo.clicks("action-answer-done")
    ready.chat.reads_everything()
    ready.bo.clicks("action-reopen")
    ready.bo.sees("action-now-open", number="1")
    ready.cilla.sees("action-title-open", number="1")
    ready.chat.reads_everything()
    ready.bo.commands("åtgärd 1")
    ready.chat.waits(days=1)

    assert "Gå en runda" in ready.bo.reads_all()[-1]
    assert happened(ready) == ["added", "done", "open"]


def test_open_is_open(ready: Ready) -> None:
    """Opened again by two people at once: the second hears that it is open."""
    ready.adds()
    ready.store(
        lambda store: actions.set_state(store, ready.forum.id, 1, "done", member=2, now=ready.chat.now)
    )
    ready.bo.commands("åtgärd 1")
    ready.store(
        lambda store: actions.set_state(store, ready.forum.id, 1, "open", member=3, now=ready.chat.now)
    )
    ready.bo.clicks("action-reopen")

    ready.chat.reads_everything()
    assert happened(ready) == ["added", "done", "open"]


def test_what_is_not_needed_any_more(ready: Ready) -> None:
    """Dropped after a question; it leaves the list and can be read. Twice is once, and done it is not."""
    records(ready)
    for _ in range(3):
        ready.bo.commands("åtgärd 1")
    ready.bo.clicks("action-drop")
    ready.bo.sees("action-now-dropped", number="1")
    ready.cilla.sees("action-title-dropped", number="1")
    ready.chat.reads_everything()
    messages = [each for each in ready.bo._messages() if ready.chat.t("action-drop") in plain(each)]
    for message, label in zip(messages, ("action-drop", "action-answer-done"), strict=False):
        ready.chat.does(ready.chat.slack.press(ready.bo.user, message, ready.chat.t(label)))

    assert happened(ready) == ["added", "dropped"]
    ready.bo.sees("action-not-open", number="1")
    ready.chat.reads_everything()


# --- Who -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["action-answer-done", "action-answer-underway", "action-change"])
def test_others_are_told_whose_it_is(ready: Ready, label: str) -> None:
    """Dan, from elsewhere, presses on the group's card: nothing changes, and he learns whom to talk to."""
    records(ready)
    ready.chat.waits(minutes=20)
    ready.dan.clicks(label)

    assert ready.dan.toasts()[-1] == ready.chat.t(
        "action-not-yours", number="1", who=organisation(ready, "Bo Alm")
    )
    assert happened(ready) == ["added"]


@pytest.mark.parametrize("who", ["cilla", "ada"])
def test_colleagues_and_coordinators_answer_too(ready: Ready, who: str) -> None:
    """Somebody of the same organisation, or who runs the forum."""
    records(ready)
    getattr(ready, who).clicks("action-answer-done")

    assert ready.action(1).state == "done"
    ready.chat.reads_everything()


def test_one_who_left_answers_no_more(ready: Ready) -> None:
    """An old card's button asks for membership again."""
    records(ready)
    ready.store(lambda store: forums.leave(store, ready.forum.id, 2))
    ready.bo.clicks("action-answer-done")

    ready.bo.sees("refused-left")
    assert ready.action(1).state == "open"


# --- A new day -------------------------------------------------------------------------------------------------


def test_a_new_day_before_the_old_one_counts_as_kept(ready: Ready) -> None:
    """The question and the cards say the new day, and questions begin anew from it."""
    is_asked(ready)
    ready.bo.clicks("action-answer-new-date")
    past = ready.bo.fills({"action-field-due": "2026-03-01"})
    assert past == {ready.chat.t("action-field-due"): ready.chat.t("field-date-past", day=date(2026, 3, 1))}
    far = ready.bo.fills({"action-field-due": "2126-03-01"})
    assert far == {ready.chat.t("action-field-due"): ready.chat.t("action-date-far", day=date(2126, 3, 1))}
    assert ready.bo.fills({"action-field-due": "2026-03-20"}) == {}

    told = ready.chat.t("action-new-date", number="1", day=date(2026, 3, 20))
    assert sum(told in each for each in ready.bo.reads_all()) == 2
    assert ready.chat.t("action-due-ahead", day=date(2026, 3, 20)) in ready.cilla.sees(
        "action-title-open", number="1"
    )
    ready.chat.waits(days=14)
    assert "Gå en runda" in ready.bo.reads_all()[-1]
    assert happened(ready) == ["added", "new-date"]


def test_a_new_day_afterwards_is_a_new_day(ready: Ready) -> None:
    """It is noted as such, in a talk in Telegram as well; the same day again is no change."""
    ready.adds(owner=3)
    ready.chat.waits(days=10)
    for _ in range(2):
        ready.cilla.commands("atgard 1", private=True)
        ready.cilla.clicks("action-answer-new-date")
        ready.cilla.fills({"action-field-due": "om två veckor"})
        ready.cilla.sees("action-new-date", number="1", day=date(2026, 3, 26))
    ready.chat.reads_everything()

    assert happened(ready) == ["added", "new-date-late"]


# --- Help ------------------------------------------------------------------------------------------------------


def test_help_reaches_the_coordinator_with_the_words(ready: Ready) -> None:
    """Ada reads what is needed, in private; the chats see only that help is wanted."""
    is_asked(ready)
    ready.bo.clicks("action-answer-help")
    ready.bo.fills({"action-help-field": "Vi saknar bil."})

    assert "Vi saknar bil." in ready.ada.sees("action-help-wanted", number="1", who="Bo Alm")
    assert "Vi saknar bil." not in ready.cilla.sees("action-title-stuck", number="1")
    ready.bo.sees("action-help-asked", who="Ada Ek")
    ready.bo.sees("action-now-stuck", number="1")
    ready.chat.reads_everything()
    ready.ada.clicks("action-answer-hand-over")
    ready.ada.fills({"action-field-actor": TOWN, "action-field-owner": f"Ada Ek ({TOWN})"})
    assert ready.action(1).owner == 1
    ready.chat.reads_everything()


def test_help_without_words(ready: Ready) -> None:
    """It is enough to press."""
    is_asked(ready)
    ready.bo.clicks("action-answer-help")
    ready.bo.fills({})

    assert ready.chat.t("action-help-words") not in ready.ada.sees(
        "action-help-wanted", number="1", who="Bo Alm"
    )
    ready.chat.reads_everything()


def test_the_only_coordinator_asks_the_chat(ready: Ready) -> None:
    """Nobody to tell: it is noted, and she is told so."""
    ready.ada.commands("åtgärd Kalla till möte")
    ready.ada.commands("åtgärd 1")
    ready.ada.clicks("action-answer-help")
    ready.ada.fills({})

    ready.ada.sees("action-help-nobody")
    assert ready.action(1).state == "stuck"
    ready.chat.reads_everything()


# --- Handed over and taken -------------------------------------------------------------------------------------


def test_handed_over_to_a_person(ready: Ready) -> None:
    """The new owner has it before them at once, with its answers; the old question says who has it."""
    is_asked(ready)
    ready.bo.clicks("action-answer-hand-over")
    ready.bo.fills({"action-field-actor": POLICE, "action-field-owner": f"Cilla Ö ({POLICE})"})

    words = ready.cilla.sees("action-assigned", number="1", who="Bo Alm")
    assert ready.chat.t("action-answer-help") in words
    told = ready.chat.t("action-handed-over", number="1", who=organisation(ready, "@Cilla Ö"))
    assert any(told.replace("@", "") in each for each in ready.bo.reads_all())
    ready.chat.reads_everything()
    ready.chat.waits(days=3)
    ready.cilla.sees("reminder-today", number="1")
    assert "Cilla Ö" in ready.cilla.sees("reminder-asked-before")


def test_handed_over_to_an_organisation(ready: Ready) -> None:
    """Everybody there is asked who takes it."""
    is_asked(ready)
    ready.bo.clicks("action-answer-hand-over")
    ready.bo.fills({"action-field-actor": TOWN})

    ready.ada.sees("action-assigned-to-actor", number="1", who="Bo Alm")
    ready.ada.clicks("action-answer-take")
    assert ready.action(1).owner == 1
    ready.chat.reads_everything()


def test_handed_over_to_somebody_out_of_reach(ready: Ready) -> None:
    """Dan is told in the group, by name."""
    is_asked(ready)
    ready.bo.clicks("action-answer-hand-over")
    ready.bo.fills({"action-field-actor": "", "action-field-owner": "Dan Lu"})

    words = ready.dan.sees("action-aloud", who="Dan Lu")
    assert ready.chat.t("action-assigned", number="1", who="Bo Alm") in words
    ready.chat.reads_everything()


@pytest.mark.parametrize(
    ("actor", "owner", "key"),
    [("", "", "action-hand-over-nobody"), (TOWN, f"Cilla Ö ({POLICE})", "action-not-of-actor")],
)
def test_somebody_has_to_have_it(ready: Ready, actor: str, owner: str, key: str) -> None:
    """To nobody, or to somebody who does not fit the organisation: the form says so."""
    is_asked(ready)
    ready.bo.clicks("action-answer-hand-over")
    wrong = ready.bo.fills({"action-field-actor": actor, "action-field-owner": owner})

    assert wrong == {ready.chat.t("action-field-owner"): ready.chat.t(key, who="Cilla Ö", actor=TOWN)}


def test_handed_over_to_oneself_is_no_news(ready: Ready) -> None:
    """Nothing changes, and nobody else hears of it."""
    is_asked(ready)
    ready.bo.clicks("action-answer-hand-over")
    ready.bo.fills({"action-field-actor": POLICE, "action-field-owner": f"Bo Alm ({POLICE})"})

    assert len(ready.bo.reads_all()) == 1
    assert happened(ready) == ["added"]


def test_who_comes_first_takes_it(ready: Ready) -> None:
    """Bo and Cilla both see that it is free; the second one hears who was quicker, Dan that it is not for him."""
    ready.adds(owner=None)
    for who, said in ((ready.bo, "åtgärd 1"), (ready.cilla, "atgard 1"), (ready.dan, "atgard 1")):
        who.commands(said)
    ready.dan.clicks("action-answer-take")
    assert ready.dan.toasts()[-1] == ready.chat.t("action-not-yours", number="1", who=POLICE)
    ready.cilla.clicks("action-answer-take")
    ready.cilla.clicks("action-answer-take")
    ready.chat.reads_everything()
    ready.bo.clicks("action-answer-take")

    ready.bo.sees("action-taken-already", number="1", who=organisation(ready, "@Cilla Ö").replace("@", ""))
    assert happened(ready) == ["added", "handed-over"]


def test_a_coordinator_may_take_what_rests_elsewhere(ready: Ready) -> None:
    """Then it belongs to her organisation."""
    ready.adds(owner=None)
    ready.ada.commands("åtgärd 1")
    ready.ada.clicks("action-answer-take")

    assert (ready.action(1).actor, ready.action(1).owner) == (1, 1)
    ready.chat.reads_everything()


def test_what_is_over_cannot_be_taken(ready: Ready) -> None:
    """Done while the card lay there."""
    ready.adds(owner=None)
    ready.bo.commands("åtgärd 1")
    ready.store(
        lambda store: actions.set_state(store, ready.forum.id, 1, "done", member=3, now=ready.chat.now)
    )
    ready.bo.clicks("action-answer-take")

    ready.bo.sees("action-not-open", number="1")
    ready.chat.reads_everything()
