"""A meeting as people live it: opened in one chat, joined in both, led point by point, noted, decided, closed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage import agenda, attendance, forums, meetings, sittings
from storage.sittings import Kept, Note
from tests.handlers.sitting import (
    both_see,
    card_of,
    closes,
    data_of,
    meeting,
    opens,
    plans,
    points_of,
    presses_late,
    proposes,
    times,
    waiting,
)
from tests.stage.people import SlackPerson, TelegramPerson
from tests.stage.ready import POLICE, TOWN, Ready


def kept(ready: Ready, number: int = 1) -> list[Kept]:
    """What was recorded at a meeting."""
    one = meeting(ready, number)
    return ready.store(lambda store: sittings.kept(store, one))


def notes(ready: Ready, number: int = 1) -> list[Note]:
    """What was noted at a meeting."""
    one = meeting(ready, number)
    return ready.store(lambda store: sittings.notes(store, one))


def here(ready: Ready) -> list[int]:
    """Members who are ticked as present."""
    one = meeting(ready)
    return [
        each.member for each in ready.store(lambda store: sittings.seats(store, one)).values() if each.present
    ]


# --- From opening to closing -----------------------------------------------------------------------------------


def test_a_meeting_from_opening_to_closing(ready: Ready) -> None:
    """Opened in Slack, joined in Telegram; what is decided and noted falls under the point being discussed."""
    proposes(ready, "Lamporna", "Budgeten")
    opens(ready)
    ready.cilla.clicks("meeting-here")
    ready.cilla.clicks("meeting-forward")
    assert ready.cilla.toasts()[-1] == ready.chat.t("meeting-led-by", who="Ada Ek")
    ready.ada.clicks("meeting-forward")
    both_see(ready, "meeting-point", number="1", of="2")
    ready.bo.commands("beslut Vi tänder lyktorna")
    ready.bo.commands("åtgärd Beställ lampor, på fredag")
    ready.cilla.commands("anteckna Det är mörkt i parken")
    ready.chat.reads_everything()
    ready.ada.clicks("meeting-forward")
    assert "Budgeten" in ready.ada.sees("meeting-point", number="2", of="2")
    assert [(each.kind, each.point) for each in kept(ready)] == [("action", 1), ("decision", 1)]
    assert [(each.what, each.point) for each in notes(ready)] == [("Det är mörkt i parken", 1)]
    ready.chat.reads_everything()

    ready.ada.clicks("meeting-close")
    assert "§ 1/2026" in ready.ada.sees("meeting-loose-decisions", count=1)
    ready.ada.clicks("meeting-close-anyway")
    both_see(ready, "meeting-over-closed", number="1/2026")
    ready.chat.reads_everything()
    assert meeting(ready).state == "closed"
    assert [each.state for each in points_of(ready)] == ["done", "done"]


def test_a_telegram_member_opens_one_out_of_the_blue(ready: Ready) -> None:
    """Whoever opens it leads it, in whatever chat; it is called after the forum."""
    ready.dan.commands("oppna")
    for words in both_see(ready, "meeting-title-open", title="Trygghet i centrum"):
        assert "Dan Lu" in words
        assert ready.chat.t("meeting-no-points") in words
    assert (meeting(ready).chair, here(ready)) == (4, [4])


def test_the_planned_meeting_is_opened(ready: Ready) -> None:
    """The one that begins within the hour, from its card too; not the one next week."""
    plans(ready, ready.chat.now + timedelta(days=7), "Nästa vecka")
    plans(ready, ready.chat.now + timedelta(minutes=30), "Idag")
    ready.bo.commands("öppna mötet", private=True)
    ready.bo.sees("meeting-opened")
    both_see(ready, "meeting-title-open", title="Idag")
    assert (meeting(ready, 2).state, meeting(ready, 1).state) == ("open", "planned")


def test_opened_in_both_chats_it_is_one_meeting(ready: Ready) -> None:
    """The second one is told who leads it, and sees the card; nothing is posted again."""
    opens(ready)
    ready.cilla.commands("oppna")
    ready.cilla.sees("meeting-open-already", who="Ada Ek")
    ready.ada.commands("möteöppna")
    ready.ada.sees("meeting-open-already", who="Ada Ek")
    ready.chat.reads_everything()
    assert ready.store(lambda store: meetings.get(store, ready.forum.id, 2)) is None


def test_a_button_of_a_meeting_that_was_cancelled(ready: Ready) -> None:
    """An old press on a meeting that is not planned any more opens nothing."""
    number = plans(ready, ready.chat.now + timedelta(days=2))
    proposes(ready, "Lamporna")
    ready.chat.waits(hours=1)
    ready.chat.reads_everything()
    one = meeting(ready, number)
    ready.store(lambda store: meetings.cancel(store, one))
    ready.ada.clicks("meeting-open")
    ready.ada.sees("meeting-not-planned")
    assert [each.state for each in waiting(ready)] == ["proposed"]


# --- Who is here -----------------------------------------------------------------------------------------------


def test_everybody_ticks_themselves_from_either_chat(ready: Ready) -> None:
    """Twice is once; the card shows names, and calls nobody."""
    opens(ready)
    ready.bo.clicks("meeting-here")
    ready.cilla.clicks("meeting-here")
    for words in both_see(ready, "meeting-fact-present"):
        assert "Ada Ek, Bo Alm och Cilla Ö" in words
    ready.cilla.clicks("meeting-here")
    assert ready.cilla.toasts()[-1] == ready.chat.t("meeting-here-already")
    ready.chat.reads_everything()


def test_the_chair_ticks_those_in_the_room(ready: Ready) -> None:
    """Only what was changed in the form is changed: who ticked themselves meanwhile stays ticked."""
    opens(ready)
    ready.bo.clicks("meeting-here")
    ready.ada.clicks("meeting-panel")
    ready.ada.clicks("meeting-tick")
    ready.cilla.clicks("meeting-here")
    assert ready.ada.fills({"meeting-field-who": ["Ada Ek (Sundköpings kommun)", "Dan Lu"]}) == {}
    ready.ada.sees("meeting-ticked")
    assert here(ready) == [1, 3, 4]
    ready.chat.reads_everything()


def test_a_check_in_goes_round(ready: Ready) -> None:
    """One after the other, whoever comes late last; one is passed over; then it is over."""
    opens(ready)
    ready.bo.clicks("meeting-here")
    ready.cilla.clicks("meeting-here")
    ready.ada.clicks("meeting-panel")
    ready.ada.clicks("meeting-check-in-begin")
    assert ready.ada.fills({"meeting-field-question": "Hur mår du?"}) == {}
    ready.ada.sees("meeting-check-in-begun")
    both_see(ready, "meeting-turn-then", who="Ada Ek", then="Bo Alm och Cilla Ö")
    ready.cilla.clicks("meeting-turn-had")
    assert ready.cilla.toasts()[-1] == ready.chat.t("meeting-turn-of", who="Ada Ek")
    ready.dan.clicks("meeting-here")
    ready.ada.clicks("meeting-turn-had")
    ready.ada.clicks("meeting-turn-pass")
    ready.cilla.clicks("meeting-turn-had")
    both_see(ready, "meeting-turn", who="Dan Lu")
    ready.dan.clicks("meeting-turn-had")
    assert meeting(ready).check_in == ""
    ready.chat.reads_everything()
    one = meeting(ready)
    assert ready.store(lambda store: sittings.heard(store, one)) == {1, 3, 4}


def test_a_check_in_is_ended_by_the_chair(ready: Ready) -> None:
    """Or by taking up the first point."""
    proposes(ready, "Lamporna")
    opens(ready)
    for end in ("meeting-check-in-end", "meeting-forward"):
        ready.ada.clicks("meeting-panel")
        ready.ada.clicks("meeting-check-in-begin")
        ready.ada.fills({"meeting-field-question": "Hur mår du?"})
        ready.ada.clicks("meeting-panel")
        ready.ada.clicks(end)
        assert meeting(ready).check_in == ""
    ready.chat.reads_everything()


def test_who_has_not_been_heard_is_told_to_the_chair_alone(ready: Ready) -> None:
    """By organisation; whoever notes something has been heard, and the chair ticks the others."""
    proposes(ready, "Lamporna")
    opens(ready)
    ready.bo.clicks("meeting-here")
    ready.chat.reads_everything()
    ready.ada.commands("anteckna Vi börjar")
    ready.chat.reads_everything()
    ready.ada.clicks("meeting-panel")
    shown = ready.ada.sees("meeting-heard", heard="1", of="2")
    assert ready.chat.t("meeting-silent", who=POLICE) in shown
    ready.cilla.sees_nothing_new()
    ready.ada.clicks("meeting-hear")
    assert ready.ada.fills({"meeting-field-heard": [POLICE]}) == {}
    ready.ada.sees("meeting-heard", heard="2", of="2")
    ready.ada.clicks("meeting-panel")
    shown = ready.ada.sees("meeting-heard", heard="2", of="2")
    assert TOWN not in shown
    ready.ada.clicks("meeting-hear")
    ready.ada.sees("meeting-all-heard")
    ready.bo.clicks("meeting-panel")
    ready.bo.sees("meeting-led-by", who="Ada Ek")


def test_the_chair_leads_from_telegram(ready: Ready) -> None:
    """What is only for the chair is shown in the private chat."""
    proposes(ready, "Lamporna")
    opens(ready, ready.cilla)
    ready.cilla.clicks("meeting-panel")
    ready.cilla.sees("meeting-panel-title")
    ready.cilla.clicks("meeting-tick")
    assert ready.cilla.fills({"meeting-field-who": ["Bo Alm (Polisen)"]}) == {}
    assert here(ready) == [2, 3]
    ready.chat.reads_everything()


# --- Point by point --------------------------------------------------------------------------------------------


def test_two_presses_at_once_are_one_step(ready: Ready) -> None:
    """Whoever presses on a card that has moved on moves nothing."""
    proposes(ready, "A", "B", "C")
    opens(ready, ready.cilla)
    old = replace(card_of(ready, ready.cilla))
    data = data_of(ready, old, "meeting-forward")
    ready.cilla.clicks("meeting-forward")
    said = presses_late(ready, ready.cilla, old, "meeting-forward", data)
    assert said == ready.chat.t("meeting-moved-on")
    assert meeting(ready).point == 1
    ready.chat.reads_everything()


def test_back_and_forth(ready: Ready) -> None:
    """To the one before, to the next, past the last, and from there back; a new one comes at the end."""
    proposes(ready, "A", "B")
    opens(ready)
    seen = []
    for each in ("forward", "forward", "back", "forward", "forward", "back"):
        ready.ada.clicks(f"meeting-{each}")
        seen.append(meeting(ready).point)
    assert seen == [1, 2, 1, 2, None, 2]
    ready.cilla.clicks("agenda-add")
    assert ready.cilla.fills({"agenda-field-what": "C"}) == {}
    ready.ada.clicks("meeting-forward")
    both_see(ready, "meeting-point", number="3", of="3")
    ready.ada.clicks("meeting-forward")
    both_see(ready, "meeting-points-over")
    ready.chat.reads_everything()


def test_a_point_is_taken_up_out_of_turn(ready: Ready) -> None:
    """From the agenda, by the one who leads; a point that was dropped cannot be."""
    proposes(ready, "A", "B", "C")
    opens(ready)
    ready.ada.clicks("meeting-forward")
    ready.ada.clicks("meeting-agenda")
    ready.ada.sees("agenda-title-now")
    ready.ada.clicks("agenda-show", number="3")
    ready.ada.clicks("meeting-take-up")
    both_see(ready, "meeting-point", number="3", of="3")
    assert [each.state for each in points_of(ready)] == ["done", "planned", "planned"]
    ready.ada.clicks("meeting-agenda")
    ready.ada.clicks("agenda-show", number="2")
    ready.store(lambda store: agenda.drop(store, ready.forum.id, 2))
    ready.ada.clicks("meeting-take-up")
    ready.ada.sees("agenda-gone")
    ready.chat.reads_everything()


def test_time_that_is_over_is_told_to_the_chair(ready: Ready) -> None:
    """Until when stands on the card; when it is over only the chair hears, with the way on."""
    proposes(ready, "A", "B")
    for each in waiting(ready):
        times(ready, each, 10)
    opens(ready)
    ready.ada.clicks("meeting-forward")
    ready.chat.reads_everything()
    ready.chat.waits(minutes=6)
    ready.ada.clicks("meeting-panel")
    ready.ada.sees("meeting-left", count=4)
    ready.chat.waits(minutes=6)
    ready.ada.sees("meeting-time-over", what="A")
    ready.cilla.sees_nothing_new()
    ready.ada.clicks("meeting-panel")
    ready.ada.sees("meeting-over-time", count=2)
    ready.ada.clicks("meeting-forward")
    ready.ada.clicks("meeting-forward")
    ready.chat.reads_everything()
    ready.chat.waits(minutes=20)
    ready.ada.sees_nothing_new()


def test_notes_in_every_way(ready: Ready) -> None:
    """A command, a form, an answer to a message; before the first point they stand between points."""
    proposes(ready, "A")
    ready.bo.commands("anteckna För tidigt")
    ready.bo.sees("meeting-none-open")
    opens(ready)
    ready.bo.commands("anteckna Välkomna")
    ready.bo.sees("meeting-noted-between")
    ready.ada.clicks("meeting-forward")
    ready.cilla.clicks("meeting-note")
    assert ready.cilla.fills({"meeting-field-note": "Mörkt"}) == {}
    ready.bo.commands("anteckna")
    assert ready.bo.fills({"meeting-field-note": "Kallt"}) == {}
    ready.bo.sees("meeting-noted", number="1")
    ready.dan.says("Det blåser")
    blows = ready.chat.telegram.seen(ready.dan.user, ready.chat.group)[-1]
    ready.cilla.says("/anteckna", reply_to=blows)
    ready.ada.commands(f"anteckna {'x' * 2001}")
    ready.ada.sees("field-too-long", most=2000, now=2001)
    assert [(each.point, each.what) for each in notes(ready)] == [
        (None, "Välkomna"), (1, "Mörkt"), (1, "Kallt"), (1, "Det blåser"),
    ]  # fmt: skip
    ready.chat.reads_everything()


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_note_is_put_right(ready: Ready, platform: str) -> None:
    """One's own, changed or taken out; the one who leads may change anybody's, nobody else may."""
    who: SlackPerson | TelegramPerson = ready.bo if platform == "slack" else ready.cilla
    opens(ready)
    who.commands("anteckna Det är mörkr")
    who.commands("anteckna Fel möte")
    ready.chat.reads_everything()
    who.commands("protokoll", private=True)
    who.clicks("minutes-mend-note")
    which = {"meeting-field-which-note": "Det är mörkr"}
    assert who.fills({**which, "meeting-field-mended": "Det är mörkt"}) == {}
    who.sees("meeting-note-mended")
    ready.ada.commands("protokoll", private=True)
    ready.ada.clicks("minutes-mend-note")
    remove = {"meeting-field-then": ready.chat.t("meeting-note-remove")}
    assert ready.ada.fills({"meeting-field-which-note": "Fel möte", **remove}) == {}
    ready.ada.sees("meeting-note-gone")
    ready.ada.commands("protokoll", private=True)
    ready.ada.clicks("minutes-mend-note")
    wrong = ready.ada.fills({"meeting-field-which-note": "Det är mörkt"})
    assert wrong == {ready.chat.t("meeting-field-mended"): ready.chat.t("meeting-mended-how")}
    assert [each.what for each in notes(ready)] == ["Det är mörkt"]
    ready.dan.commands("protokoll")
    ready.dan.clicks("minutes-mend-note")
    assert ready.dan.toasts()[-1] == ready.chat.t("meeting-no-notes")
    ready.chat.reads_everything()


def test_a_coordinator_takes_the_chair(ready: Ready) -> None:
    """When the one who led has left, and also else; a member cannot."""
    opens(ready, ready.bo)
    ready.store(lambda store: forums.leave(store, ready.forum.id, 2))
    ready.bo.clicks("meeting-close")
    ready.bo.sees("refused-left")
    ready.ada.clicks("meeting-panel")
    ready.ada.clicks("meeting-take-chair")
    for words in both_see(ready, "meeting-fact-chair"):
        assert "Ada Ek" in words
    assert meeting(ready).chair == 1
    ready.ada.clicks("meeting-show-again")
    both_see(ready, "meeting-fact-chair")
    ready.chat.reads_everything()


def test_when_the_one_who_led_has_left_anybody_goes_on(ready: Ready) -> None:
    """Without a coordinator in the room too: somebody takes the chair, and the points go on."""
    proposes(ready, "A", "B")
    opens(ready, ready.bo)
    ready.store(lambda store: forums.leave(store, ready.forum.id, 2))
    ready.cilla.clicks("meeting-forward")
    ready.cilla.clicks("meeting-panel")
    ready.cilla.clicks("meeting-take-chair")
    for words in both_see(ready, "meeting-fact-chair"):
        assert "Cilla Ö" in words
    ready.dan.clicks("meeting-forward")
    assert ready.dan.toasts()[-1] == ready.chat.t("meeting-led-by", who="Cilla Ö")
    assert meeting(ready).chair == 3
    ready.chat.reads_everything()


@pytest.mark.parametrize("how", ["here", "opens"])
def test_who_comes_after_all_is_there(ready: Ready, how: str) -> None:
    """Nobody came instead: the substitute's name is gone from the card."""
    number = plans(ready, ready.chat.now + timedelta(minutes=5))
    ready.store(lambda store: attendance.say(store, ready.forum.id, number, 2, "substitute", "Kalle"))
    if how == "opens":
        opens(ready, ready.bo)
    else:
        opens(ready)
        ready.bo.clicks("meeting-here")
    ready.chat.reads_everything()
    label = ready.chat.t("meeting-fact-present")
    for who in (ready.ada, ready.cilla):
        card = [words for _, words in who.visible() if label in words][-1]
        assert "Bo Alm" in card
        assert "Kalle" not in card


# --- Closing ---------------------------------------------------------------------------------------------------


def test_what_is_unfinished_is_mended_before_closing(ready: Ready) -> None:
    """An action without a day, a decision without a follow-up, a point that was not reached: each a press away."""
    proposes(ready, "A", "B")
    opens(ready)
    ready.ada.clicks("meeting-forward")
    ready.ada.commands("beslut Vi tänder")
    ready.ada.commands("åtgärd Köp lampor")
    ready.chat.reads_everything()
    ready.ada.clicks("meeting-close")
    shown = ready.ada.sees("meeting-before-closing")
    for each in ("meeting-loose-actions", "meeting-loose-decisions", "meeting-left-points"):
        assert ready.chat.t(each, count=1) in shown
    ready.ada.clicks("meeting-mend-action", number="1")
    assert ready.ada.fills({"action-field-due": "2026-03-06"}) == {}
    ready.ada.clicks("decision-number", number="1/2026")
    assert ready.ada.fills({"decision-field-follow-up": "2026-04-01"}) == {}
    ready.ada.clicks("meeting-take-first")
    ready.ada.clicks("meeting-close")
    ready.ada.sees("meeting-closed", title="Trygghet i centrum")
    assert meeting(ready).state == "closed"
    ready.chat.reads_everything()


def test_closed_twice_and_pressed_late(ready: Ready) -> None:
    """A kind answer, and nothing changes."""
    proposes(ready, "A")
    opens(ready, ready.cilla)
    old = replace(card_of(ready, ready.cilla))
    answers = {"meeting-close": "meeting-closed-already", "meeting-here": "meeting-not-open",
               "meeting-forward": "meeting-not-open"}  # fmt: skip
    carried = {each: data_of(ready, old, each) for each in answers}
    ready.cilla.clicks("meeting-forward")
    ready.cilla.clicks("meeting-close")
    ready.cilla.sees("meeting-closed", title="Trygghet i centrum")
    ready.chat.reads_everything()
    for key, answer in answers.items():
        assert presses_late(ready, ready.cilla, old, key, carried[key]) == ready.chat.t(answer)
    ready.cilla.sees_nothing_new()


def test_an_empty_meeting_leaves_no_trace(ready: Ready) -> None:
    """Taken back, its points wait as before, and the next one has its number."""
    proposes(ready, "A")
    opens(ready)
    ready.ada.clicks("meeting-close")
    ready.ada.sees("meeting-nothing-happened")
    ready.ada.clicks("meeting-undo")
    ready.ada.sees("meeting-undone")
    both_see(ready, "meeting-over-undone")
    assert [each.state for each in waiting(ready)] == ["proposed"]
    opens(ready)
    assert meeting(ready, 2).label == "1/2026"
    ready.ada.clicks("meeting-forward")
    ready.ada.commands("anteckna Något")
    ready.ada.clicks("meeting-panel")
    assert ready.chat.t("meeting-undo") not in ready.chat.reads_everything()[-1]
    ready.chat.reads_everything()


def test_a_planned_meeting_opened_too_early_is_still_planned(ready: Ready) -> None:
    """And one in which something was noted cannot be taken back."""
    number = plans(ready, ready.chat.now + timedelta(minutes=50))
    opens(ready)
    ready.ada.clicks("meeting-panel")
    ready.ada.clicks("meeting-undo")
    both_see(ready, "meeting-over-planned")
    assert meeting(ready, number).state == "planned"
    ready.chat.reads_everything()
    opens(ready)
    ready.ada.clicks("meeting-panel")
    ready.bo.commands("anteckna Hej")
    ready.ada.clicks("meeting-undo")
    ready.ada.sees("meeting-not-empty")
    ready.chat.reads_everything()


def test_a_meeting_cancelled_while_it_is_open(ready: Ready) -> None:
    """Presses are answered kindly, and its points wait for the next one."""
    proposes(ready, "A")
    number = plans(ready, ready.chat.now + timedelta(minutes=5))
    opens(ready)
    ready.store(lambda store: store.run("update meeting set state = 'cancelled' where id = :id", id=number))
    ready.ada.clicks("meeting-forward")
    ready.ada.sees("meeting-not-open")
    ready.ada.commands("dagordning", private=True)
    ready.ada.sees("agenda-line", number="1", what="A")
    ready.chat.waits(days=2)
    ready.ada.sees_nothing_new()


# --- Left open -------------------------------------------------------------------------------------------------


def test_a_meeting_left_open_is_asked_about_and_closes_by_itself(ready: Ready) -> None:
    """In private after some hours of silence; after a day it is over, with a word to everybody."""
    proposes(ready, "A")
    opens(ready)
    ready.ada.clicks("meeting-forward")
    ready.chat.reads_everything()
    ready.chat.waits(hours=2)
    ready.bo.commands("anteckna Paus")
    ready.chat.reads_everything()
    ready.chat.waits(hours=2.9)
    ready.ada.sees_nothing_new()
    ready.chat.waits(hours=0.2)
    ready.ada.sees("meeting-is-it-over", title="Trygghet i centrum")
    ready.cilla.sees_nothing_new()
    ready.chat.waits(hours=20)
    ready.ada.sees_nothing_new()
    ready.chat.waits(hours=2)
    both_see(ready, "meeting-closed-itself", title="Trygghet i centrum")
    ready.chat.reads_everything()
    assert meeting(ready).state == "closed"


def test_a_meeting_that_goes_on_is_left_in_peace(ready: Ready) -> None:
    """For some hours; and whoever closes it from the question closes it."""
    opens(ready)
    ready.chat.waits(hours=3)
    ready.ada.sees("meeting-is-it-over", title="Trygghet i centrum")
    ready.ada.clicks("meeting-goes-on")
    ready.ada.sees("meeting-goes-on-noted")
    ready.chat.waits(hours=3)
    ready.ada.sees("meeting-is-it-over", title="Trygghet i centrum")
    ready.chat.reads_everything()
    closes(ready)
    assert meeting(ready).state == "closed"


def test_a_meeting_left_open_for_a_week_while_we_were_away(ready: Ready) -> None:
    """It closes by itself as soon as we are back."""
    opens(ready)
    ready.chat.sleeps_through(days=7)
    both_see(ready, "meeting-closed-itself", title="Trygghet i centrum")
    ended_at, opened_at = meeting(ready).closed_at, meeting(ready).opened_at
    assert ended_at
    assert opened_at
    assert ended_at - opened_at < timedelta(hours=1)  # when people went home, not when it was noticed
    ready.chat.reads_everything()


@pytest.mark.parametrize("left", [True, False])
def test_the_one_who_led_cannot_be_asked(ready: Ready, left: bool) -> None:
    """Somebody who left is not asked, but the coordinators are; one whom we cannot reach is asked in the chat."""
    opens(ready, ready.dan)
    if left:
        ready.store(lambda store: forums.leave(store, ready.forum.id, 4))
    ready.chat.waits(hours=3)
    if left:
        ready.ada.sees("meeting-is-it-over", title="Trygghet i centrum")
    else:
        ready.cilla.sees("meeting-is-it-over-aloud", who="Dan Lu", title="Trygghet i centrum")
    ready.chat.reads_everything()


@pytest.mark.parametrize("who", ["bo", "cilla"])
def test_somebody_who_left_presses(ready: Ready, who: str) -> None:
    """They are told how to come back, and nothing changes."""
    proposes(ready, "A")
    opens(ready)
    person: SlackPerson | TelegramPerson = getattr(ready, who)
    number = {"bo": 2, "cilla": 3}[who]
    ready.store(lambda store: forums.leave(store, ready.forum.id, number))
    person.clicks("meeting-here")
    assert here(ready) == [1]
    ready.chat.reads_everything()
