"""The agenda: proposed by anybody, ordered and timed by a coordinator, posted before a meeting, and coming back."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.agenda_points import said
from storage import actions, agenda, forums, meetings
from tests.handlers.pulse_forum import pulse_forum
from tests.handlers.sitting import (
    both_see,
    closes,
    meeting,
    opens,
    plans,
    points_of,
    proposes,
    times,
    waiting,
)
from tests.stage.chat import Chat
from tests.stage.people import TelegramPerson
from tests.stage.ready import Ready

NEXT_MONDAY = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
"""Monday 9 March, one o'clock in Stockholm: its agenda comes on Thursday 5 March."""


def words(ready: Ready) -> list[str]:
    """What waits, as it is read."""
    return [ready.chat.say(said(each), "sv") for each in waiting(ready)]


# --- Proposing -------------------------------------------------------------------------------------------------


def test_a_point_is_proposed_and_dealt_with(ready: Ready) -> None:
    """A line in one chat is seen in both; once ticked off it is gone."""
    ready.cilla.commands("dagordning Vem tar med kaffe")
    ready.ada.sees("agenda-proposed", who="Cilla Ö (Polisen)")
    ready.ada.commands("dagordning", private=True)
    ready.ada.sees("agenda-line", number="1", what="Vem tar med kaffe")
    ready.ada.clicks("agenda-show", number="1")
    ready.ada.sees("agenda-by", who="Cilla Ö")
    ready.ada.clicks("agenda-done")
    ready.ada.sees("agenda-settled", what="Vem tar med kaffe")
    ready.ada.clicks("agenda-whole")
    ready.ada.sees("agenda-none")
    ready.chat.reads_everything()


def test_nothing_waits(ready: Ready) -> None:
    """An empty list says how to begin; a member can put a point otherwise, and only the member's own."""
    ready.bo.commands("dagordning", private=True)
    ready.bo.sees("agenda-none")
    ready.bo.commands("dagordning Lamporna", private=True)
    ready.bo.sees("agenda-added")
    ready.chat.reads_everything()
    ready.cilla.commands("dagordning", private=True)
    ready.cilla.sees("agenda-line", number="1", what="Lamporna")
    ready.cilla.clicks("agenda-show", number="1")
    shown = ready.cilla.sees("agenda-by", who="Bo Alm")
    assert ready.chat.t("agenda-up") not in shown
    assert ready.chat.t("agenda-drop") not in shown
    ready.bo.commands("dagordning", private=True)
    ready.bo.clicks("agenda-show", number="1")
    ready.bo.clicks("agenda-drop")
    ready.chat.reads_everything()
    assert words(ready) == []


def test_a_book_is_no_point(ready: Ready) -> None:
    """Too many words are refused with their number, and nothing is kept."""
    ready.ada.commands(f"dagordning {'x' * 501}", private=True)
    ready.ada.sees("field-too-long", most=500, now=501)
    ready.ada.commands("dagordning", private=True)
    ready.ada.sees("agenda-none")


def test_three_hundred_points_are_turned_page_by_page(ready: Ready) -> None:
    """Eight are shown at a time, and the next ones are a press away."""
    proposes(ready, "Punkt 0")
    ready.store(
        lambda store: [
            agenda.propose(store, ready.forum.id, what=f'{{"t": "verbatim", "v": {{"words": "Punkt {each}"}}}}',
                           origin="", member=2, now=ready.chat.now)
            for each in range(1, 300)
        ]
    )  # fmt: skip
    ready.ada.commands("dagordning", private=True)
    shown = ready.ada.sees("agenda-line", number="8", what="Punkt 7")
    assert ready.chat.t("agenda-line", number="9", what="Punkt 8") not in shown
    ready.ada.clicks("agenda-more")
    ready.ada.sees("agenda-line", number="16", what="Punkt 15")
    opens(ready)
    ready.ada.clicks("meeting-forward")
    both_see(ready, "meeting-point", number="1", of="300")
    ready.chat.reads_everything()


def test_a_message_becomes_a_point(ready: Ready) -> None:
    """By a shortcut on it in Slack, or by answering it in Telegram; a long one is cut."""
    ready.bo.says("Kan vi prata om lamporna?")
    message = ready.chat.slack.world.in_channel(ready.chat.channel)[-1]
    ready.chat.does(ready.chat.slack.message_shortcut(ready.ada.user, message, "add_point"))
    assert ready.ada.fills({"agenda-field-prepare": "Räkna dem"}) == {}
    both_see(ready, "agenda-proposed", who="Ada Ek (Sundköpings kommun)")
    ready.cilla.says("Bänkarna är trasiga. " * 40)
    bench = ready.chat.telegram.seen(ready.cilla.user, ready.chat.group)[-1]
    ready.dan.says("/dagordning", reply_to=bench)
    both_see(ready, "agenda-proposed", who="Dan Lu")
    first, second = words(ready)
    assert first == "Kan vi prata om lamporna?"
    assert len(second) <= 500
    assert second.endswith(" …")
    ready.chat.reads_everything()


def test_a_point_in_a_form(ready: Ready) -> None:
    """The button under the list asks in Telegram as in Slack."""
    ready.cilla.commands("dagordning", private=True)
    ready.cilla.clicks("agenda-add")
    assert ready.cilla.fills({"agenda-field-what": "Vem ringer?", "agenda-field-prepare": "Läs PM"}) == {}
    ready.chat.reads_everything()
    (point,) = waiting(ready)
    assert (point.prepare, words(ready)) == ("Läs PM", ["Vem ringer?"])


# --- Ordering and timing ---------------------------------------------------------------------------------------


def test_the_coordinator_orders_the_points(ready: Ready) -> None:
    """Up and down, each press from how things stand now."""
    proposes(ready, "A", "B", "C")
    ready.ada.commands("dagordning", private=True)
    ready.ada.clicks("agenda-show", number="3")
    ready.ada.clicks("agenda-up")
    ready.ada.clicks("agenda-up")
    assert words(ready) == ["C", "A", "B"]
    shown = ready.ada.reads_all()[-1]
    assert ready.chat.t("agenda-up") not in shown
    ready.ada.clicks("agenda-down")
    assert words(ready) == ["A", "C", "B"]
    ready.chat.reads_everything()


def test_a_point_is_timed_and_made_a_standing_one(ready: Ready) -> None:
    """How long, what to prepare, at every meeting; the list shows it."""
    proposes(ready, "Läget")
    ready.ada.commands("dagordning", private=True)
    ready.ada.clicks("agenda-show", number="1")
    ready.ada.clicks("agenda-change")
    filled = {
        "agenda-field-minutes": ready.chat.t("agenda-minutes", count=10),
        "agenda-field-prepare": "Läs statistiken",
        "agenda-field-recurring": ready.chat.t("agenda-each-time"),
    }
    assert ready.ada.fills(filled) == {}
    ready.ada.clicks("agenda-whole")
    shown = ready.ada.sees("agenda-line-timed", number="1", what="Läget", minutes="10")
    assert ready.chat.t("agenda-back-recurring") in shown
    ready.chat.reads_everything()


def test_two_people_edit_at_once(ready: Ready) -> None:
    """The second is told, keeps the words that were written, and overwrites nothing."""
    proposes(ready, "Läget")
    ready.bo.commands("dagordning", private=True)
    ready.bo.clicks("agenda-show", number="1")
    ready.bo.clicks("agenda-change")
    ready.ada.commands("dagordning", private=True)
    ready.ada.clicks("agenda-show", number="1")
    ready.ada.clicks("agenda-change")
    assert ready.ada.fills({"agenda-field-what": "Läget i mars"}) == {}
    ready.bo.fills({"agenda-field-what": "Läget i april"})
    assert "Läget i april" in ready.bo.sees("agenda-changed-meanwhile")
    assert words(ready) == ["Läget i mars"]
    ready.bo.clicks("agenda-change")
    assert ready.bo.fills({"agenda-field-what": "Läget i april"}) == {}
    assert words(ready) == ["Läget i april"]
    ready.chat.reads_everything()


def test_a_late_press_moves_nothing(ready: Ready) -> None:
    """A point that is gone is said to be gone; somebody who left is told how to come back."""
    proposes(ready, "A", "B")
    ready.ada.commands("dagordning", private=True)
    ready.ada.clicks("agenda-show", number="1")
    ready.bo.commands("dagordning", private=True)
    ready.bo.clicks("agenda-show", number="1")
    ready.store(lambda store: agenda.drop(store, ready.forum.id, 1))
    ready.ada.clicks("agenda-down")
    ready.ada.sees("agenda-over", what="A")
    ready.store(lambda store: forums.leave(store, ready.forum.id, 2))
    ready.bo.clicks("agenda-drop")
    ready.bo.sees("refused-left")
    assert words(ready) == ["B"]
    ready.chat.reads_everything()


# --- Arriving and coming back ----------------------------------------------------------------------------------


def test_a_result_is_taken_up_once(chat: Chat) -> None:
    """However many press under a result of the pulse."""
    forum = pulse_forum(chat)
    forum.opens()
    for each in forum.people:
        forum.answers(each, (5, 5, 5, 2))
    chat.waits(days=8.5)
    chat.reads_everything()
    forum.ada.clicks("pulse-result-to-agenda")
    chat.reads_everything()
    cilla = forum.cilla
    assert isinstance(cilla, TelegramPerson)
    cilla.clicks("pulse-result-to-agenda")
    assert cilla.toasts()[-1] == chat.t("agenda-already")
    cilla.sees_nothing_new()


def test_a_result_arrives_by_itself(chat: Chat) -> None:
    """What a pulse says to talk about waits for the next meeting though nobody pressed anything."""
    forum = pulse_forum(chat)
    forum.opens()
    for each in forum.people:
        forum.answers(each, (5, 5, 5, 2))
    chat.waits(days=8.5)
    chat.reads_everything()
    forum.ada.commands("dagordning", private=True)
    forum.ada.sees("agenda-show", number="1")
    forum.ada.commands("dagordning", private=True)
    assert chat.t("agenda-show", number="2") not in forum.ada.reads_all()[-1]
    chat.reads_everything()


def test_who_needs_help_is_on_the_agenda(ready: Ready) -> None:
    """An action that needs help arrives by itself, and goes away when it has been dealt with and is done."""
    ready.adds()
    ready.bo.commands("åtgärd 1", private=True)
    ready.bo.clicks("action-answer-help")
    assert ready.bo.fills({"action-help-field": "Jag hinner inte"}) == {}
    ready.chat.reads_everything()
    ready.ada.commands("dagordning", private=True)
    shown = ready.ada.sees("agenda-needs-help", number="1", what="Sak 1")
    assert "Jag hinner inte" not in shown
    opens(ready)
    ready.ada.clicks("meeting-forward")
    closes(ready)
    ready.ada.commands("dagordning", private=True)
    ready.ada.sees("agenda-back-open-action")
    ready.store(
        lambda store: actions.set_state(store, ready.forum.id, 1, "done", member=2, now=ready.chat.now)
    )
    ready.ada.commands("dagordning", private=True)
    ready.ada.sees("agenda-none")
    ready.chat.reads_everything()


def test_what_comes_back_is_looked_up_when_the_meeting_opens(ready: Ready) -> None:
    """What was not reached, what is taken up each time and what has an open action; nothing else, and each once."""
    proposes(ready, "Klar", "Stående", "Åtgärdad", "Inte hunnen")
    times(ready, waiting(ready)[1], 5, recurring=True)
    opens(ready)
    for each in range(3):
        ready.ada.clicks("meeting-forward")
        if each == 2:
            ready.bo.commands("åtgärd Ring kommunen, på fredag")
    closes(ready)
    ready.ada.commands("dagordning", private=True)
    ready.ada.reads_all()
    assert words(ready) == ["Stående", "Åtgärdad", "Inte hunnen"]
    ready.store(
        lambda store: actions.set_state(store, ready.forum.id, 1, "done", member=2, now=ready.chat.now)
    )
    proposes(ready, "Ny")
    opens(ready)
    assert [ready.chat.say(said(each), "sv") for each in points_of(ready, 2)] == [
        "Stående",
        "Inte hunnen",
        "Ny",
    ]
    assert [each.minutes for each in points_of(ready, 2)] == [5, 0, 0]
    ready.chat.reads_everything()


# --- Before a meeting ------------------------------------------------------------------------------------------


def test_the_agenda_is_posted_two_working_days_before(ready: Ready) -> None:
    """With what to prepare, once, in both chats; it follows every change until the meeting opens."""
    plans(ready, NEXT_MONDAY)
    ready.bo.commands("dagordning", private=True)
    ready.bo.clicks("agenda-add")
    ready.bo.fills({"agenda-field-what": "Lamporna", "agenda-field-prepare": "Räkna dem"})
    ready.chat.reads_everything()
    ready.chat.waits(days=2, hours=23)
    ready.ada.sees_nothing_new()
    ready.chat.waits(hours=2)
    for each in both_see(ready, "agenda-posted", title="Forumet"):
        assert ready.chat.t("agenda-prepare-line", what="Räkna dem") in each
    ready.bo.commands("dagordning Budgeten", private=True)
    assert "Budgeten" in ready.ada.sees("agenda-posted", title="Forumet")
    ready.chat.reads_everything()
    ready.chat.waits(days=3)
    ready.ada.sees_nothing_new()


def test_a_moved_meeting_gets_its_agenda_in_time(ready: Ready) -> None:
    """A cancelled one never does."""
    plans(ready, NEXT_MONDAY)
    proposes(ready, "Lamporna")
    plans(ready, NEXT_MONDAY + timedelta(days=1), "Inställt")
    proposes(ready, "Budgeten")
    later = NEXT_MONDAY + timedelta(days=7)
    one, other = meeting(ready, 1), meeting(ready, 2)
    ready.store(
        lambda store: meetings.move(
            store, one, begins_at=later, ends_at=later + timedelta(hours=1), venue=one.venue
        )
    )
    ready.store(lambda store: meetings.cancel(store, other))
    ready.chat.waits(days=8)
    ready.ada.sees_nothing_new()
    ready.chat.waits(days=3)
    both_see(ready, "agenda-posted", title="Forumet")


@pytest.mark.parametrize("hours", [3, 30])
def test_a_meeting_planned_late_gets_its_agenda_at_once(ready: Ready, hours: int) -> None:
    """There is no time left to wait for."""
    plans(ready, ready.chat.now + timedelta(hours=hours))
    ready.bo.commands("dagordning Lamporna", private=True)
    ready.chat.waits(minutes=1)
    both_see(ready, "agenda-posted", title="Forumet")
    ready.chat.reads_everything()
