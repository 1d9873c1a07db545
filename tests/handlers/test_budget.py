"""The message budget: one message a day, when one wants it, where one wants it; sleep, leave, and everything off."""

from datetime import date, timedelta

import pytest

from bot.carry import card_json
from handlers.kit.ui import Action, Card, Line, text
from storage import actions, nudges, people, rounds, timers, wishes
from storage.db import Store
from storage.wishes import Wishes, wishes_of
from tests.stage.people import Somebody
from tests.stage.ready import Ready, another_forum, meet
from tests.stage.time import MONDAY_MORNING

FRIDAY = date(2026, 3, 13)


def takes_on(ready: Ready, who: Somebody, *several: str) -> None:
    """Somebody takes on several things until Friday next week; the first reminder comes on Tuesday at nine."""
    word = "åtgärd" if who in (ready.ada, ready.bo) else "atgard"
    for each in several:
        who.commands(f"{word} {each}, senast 13 mars 2026")
    ready.chat.reads_everything()


def hands_over(ready: Ready) -> None:
    """Ada gives Bo something to do."""
    said = {
        "action-field-what": "Ring skolan",
        "action-field-actor": "Polisen",
        "action-field-owner": "Bo Alm (Polisen)",
    }
    assert ready.ada.fills(said) == {}


def told(words: list[str], *wanted: str) -> bool:
    """Whether one message holds all of this."""
    return any(all(each in message for each in wanted) for message in words)


# --- One message a day -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bo", "cilla"])
def test_what_is_asked_the_same_morning_is_one_message(ready: Ready, name: str) -> None:
    """Three actions are due: one message names them, and each is answered from there."""
    who: Somebody = getattr(ready, name)
    takes_on(ready, who, "Gå en runda", "Ring skolan", "Boka lokal")
    ready.chat.waits(days=8)

    one = who.sees("budget-today", count=3)
    assert all(each in one for each in ("Gå en runda", "Ring skolan", "Boka lokal"))
    who.sees_nothing_new()
    who.clicks("budget-answer", number="2")
    assert "Ring skolan" in who.reads_all()[0]
    who.clicks("action-answer-done")
    ready.chat.reads_everything()
    assert ready.action(2).state == "done"
    assert ready.action(1).state == "open"


def test_another_forum_is_in_the_same_message(ready: Ready) -> None:
    """Whoever is in several forums is written to once, and every answer reaches the right one."""
    other = another_forum(ready, "Grannsamverkan", ready.bo)
    takes_on(ready, ready.bo, "Gå en runda")

    def elsewhere(store: Store) -> None:
        actions.add(store, other.id, what="Låna stolar", actor=None, owner=1, decision=None, member=1, due_on=FRIDAY,
                    now=ready.chat.now)  # fmt: skip
        at = MONDAY_MORNING + timedelta(days=8)
        data = Action("reminders.remind", (1, 0)).encode(other.id)
        timers.schedule(
            store, f"{other.id}:remind:1", at, data, forum=other.id, grace=timedelta(hours=24), late="ring"
        )

    ready.store(elsewhere)
    ready.chat.restarts()
    ready.chat.waits(days=8)

    one = ready.bo.sees("budget-today", count=2)
    assert "Gå en runda" in one
    assert "Låna stolar" in one
    ready.bo.clicks("budget-answer", number="2")
    ready.bo.clicks("action-answer-done")
    ready.chat.reads_everything()
    assert ready.action(1).state == "open"
    assert ready.store(lambda store: actions.get(store, other.id, 1)).state == "done"  # type: ignore[union-attr]


def test_one_a_day_and_the_rest_the_next_morning(ready: Ready) -> None:
    """What comes up later the same day waits, and is asked anew then, if there is still something to ask."""
    takes_on(ready, ready.bo, "Gå en runda")
    ready.chat.waits(days=8)
    ready.bo.sees("reminder-ahead", number="1", due=ready.chat.t("action-due-soon", day=FRIDAY, days=3))
    ready.adds(2, due_on=FRIDAY)

    def later(store: Store) -> None:
        for number in (2, 3):
            data = Action("reminders.remind", (number, 0)).encode(ready.forum.id)
            timers.schedule(store, f"{ready.forum.id}:remind:{number}", ready.chat.now + timedelta(hours=3), data,
                            forum=ready.forum.id, grace=timedelta(hours=24), late="ring")  # fmt: skip

    ready.store(later)
    ready.chat.restarts()
    ready.chat.waits(hours=4)
    ready.bo.sees_nothing_new()
    ready.store(
        lambda store: actions.set_state(store, ready.forum.id, 2, "done", member=2, now=ready.chat.now)
    )
    ready.chat.waits(hours=20)

    assert "Sak 2" in ready.bo.reads_all()[0]
    ready.bo.sees_nothing_new()


def opens_rounds(ready: Ready, count: int) -> None:
    """As many questions to everybody, until Thursday."""

    def fill(store: Store) -> None:
        for number in range(1, count + 1):
            rounds.open_round(store, ready.forum.id, kind="vote", question=f"Fråga {number}?", detail="",
                              options=("Ja", "Nej"), advisers=(), member=1, now=ready.chat.now, review_on=None,
                              deadline=ready.chat.now + timedelta(days=3))  # fmt: skip

    ready.store(fill)


def waits_for(ready: Ready, who: Somebody, *matters: tuple[str, str, str]) -> None:
    """So much waits for somebody at this very moment: what it is called, its title, and what asks anew."""
    person = ready.store(lambda store: meet(store, ready.chat, who))

    def put(store: Store) -> None:
        for matter, key, again in matters:
            card = card_json(Card(text("verbatim", words=key), (Line(text("verbatim", words="…"), "quote"),)))
            nudges.wait(store, person, ready.forum.id, matter, card=card, fallback="", again=again)
        timers.schedule(store, f"{ready.forum.id}:nudges:{person}", ready.chat.now,
                        Action("budget.tell", (person,)).encode(ready.forum.id), forum=ready.forum.id,
                        grace=timedelta(hours=24), late="ring")  # fmt: skip

    ready.store(put)
    ready.chat.restarts()


def test_what_has_no_room_today_is_asked_tomorrow(ready: Ready) -> None:
    """Eight rounds are asked, three actions stand among Bo's things; of the last two the one he has not answered comes."""
    opens_rounds(ready, 10)
    ready.adds(3, due_on=date(2026, 3, 20))
    asked = [(f"round-{each:02}", f"Fråga {each}?", f"rounds.nudge_one:1:{each}:2") for each in range(1, 11)]
    todo = [(f"action-{each}", f"Sak {each}", f"reminders.remind_one:1:{each}:2") for each in range(1, 4)]
    waits_for(ready, ready.bo, *todo, *asked)

    one = ready.bo.sees("budget-today", count=11)
    assert all(f"{each}. Fråga {each}?" in one for each in range(1, 9))
    assert ready.chat.t("budget-more", count=3) in one
    assert "Sak" not in one
    ready.bo.commands("runda 9", private=True)
    ready.bo.clicks("round-option", option="Ja")
    ready.chat.reads_everything()
    ready.chat.waits(hours=23)
    ready.bo.sees_nothing_new()
    ready.chat.waits(hours=2)

    ready.bo.sees("round-nudge", title=text("round-title-vote", number="10"))
    ready.chat.reads_everything()


def test_news_that_have_no_room_come_tomorrow(ready: Ready) -> None:
    """Nine pieces of news: the ninth comes the next morning, as it is."""
    waits_for(ready, ready.bo, *((f"news-{each}", f"Nytt {each}", "") for each in range(1, 10)))

    one = ready.bo.sees("budget-today", count=8)
    assert "Nytt 9" not in one
    ready.chat.waits(days=1, minutes=1)
    assert "Nytt 9" in "".join(ready.bo.reads_all())


# --- Sleep -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "until", "days"), [("bo", "tomorrow", 1), ("cilla", "monday", 6), ("bo", "week", 7)]
)
def test_a_reminder_sleeps_until_the_day_one_says(ready: Ready, name: str, until: str, days: int) -> None:
    """Nothing about it comes before that day; then it is there again, with its answers."""
    who: Somebody = getattr(ready, name)
    takes_on(ready, who, "Gå en runda")
    ready.chat.waits(days=8)
    ready.chat.reads_everything()
    who.clicks("budget-sleep")
    assert who.fills({"budget-sleep-field": ready.chat.t(f"budget-sleep-{until}", who.language)}) == {}
    day = date(2026, 3, 10) + timedelta(days=days)
    who.sees("budget-asleep", day=day)
    ready.chat.reads_everything()

    ready.chat.waits(days=days - 0.1)
    who.sees_nothing_new()
    ready.chat.reads_everything()
    ready.chat.waits(days=0.2)
    assert "Gå en runda" in "".join(who.reads_all())
    who.clicks("action-answer-done")
    ready.chat.reads_everything()
    ready.chat.waits(days=30)
    assert ready.chat.unread() == []


def test_sleeping_wants_a_day_to_come(ready: Ready) -> None:
    """A day that is not said, or has passed, is asked for; nothing is lost."""
    takes_on(ready, ready.bo, "Gå en runda")
    ready.chat.waits(days=8)
    ready.chat.reads_everything()
    ready.bo.clicks("budget-sleep")
    other = ready.chat.t("budget-sleep-day")

    assert ready.bo.fills({"budget-sleep-field": other}) == {
        ready.chat.t("budget-sleep-day"): ready.chat.t("budget-sleep-needs-day")
    }
    assert ready.bo.fills({"budget-sleep-field": other, "budget-sleep-day": "9999-12-31"}) == {
        ready.chat.t("budget-sleep-day"): ready.chat.t("field-date-within", last=date(2027, 3, 11))
    }
    assert ready.bo.fills({"budget-sleep-field": other, "budget-sleep-day": "2026-03-20"}) == {}
    ready.bo.sees("budget-asleep", day=date(2026, 3, 20))
    ready.chat.reads_everything()


# --- What I wish -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bo", "cilla"])
def test_with_reminders_off_nothing_comes_and_nothing_is_lost(ready: Ready, name: str) -> None:
    """All of it still stands among one's things."""
    who: Somebody = getattr(ready, name)
    takes_on(ready, who, "Gå en runda")
    who.commands("notiser", private=True)
    who.sees("budget-title")
    who.clicks("budget-turn-nudges-off")
    assert ready.chat.t("budget-nudges-off", who.language) in who.reads_all()[-1]
    ready.chat.waits(days=8, hours=1)
    who.sees_nothing_new()
    who.commands("mina", private=True)

    assert "Gå en runda" in "".join(who.reads_all())
    ready.chat.reads_everything()


def test_nothing_comes_outside_ones_hours(ready: Ready) -> None:
    """Somebody who works from ten on Wednesdays is asked then, once, with everything that waited."""
    takes_on(ready, ready.bo, "Gå en runda", "Ring skolan")
    ready.bo.commands("notiser")
    ready.bo.clicks("budget-change-hours")
    assert (
        ready.bo.fills({"budget-hours-days": [ready.chat.t("weekday-WE")], "budget-hours-field": "10–15"})
        == {}
    )
    ready.chat.reads_everything()
    ready.chat.waits(days=9, minutes=30)
    ready.bo.sees_nothing_new()
    ready.chat.waits(minutes=31)

    ready.bo.sees("budget-today", count=2)
    ready.bo.sees_nothing_new()


@pytest.mark.parametrize("said", ["när som helst", "17–8", "8", "25–30", "8.75–10"])
def test_hours_that_cannot_be_read_are_asked_for_again(ready: Ready, said: str) -> None:
    """The form stays with what was written, and says what would do."""
    ready.bo.commands("notiser")
    ready.bo.clicks("budget-change-hours")

    assert ready.bo.fills({"budget-hours-field": said}) == {
        ready.chat.t("budget-hours-field"): ready.chat.t("budget-hours-unreadable", said=said)
    }
    assert ready.bo.fills({"budget-hours-field": "7.30 till 16"}) == {}
    assert "7.30–16.00" in ready.bo.reads_all()[-1]
    ready.chat.reads_everything()


def test_what_others_do_in_the_evening_is_told_in_the_morning(ready: Ready) -> None:
    """Ada hands something to Bo at nine in the evening; he hears of it at nine, in his own time."""
    ready.chat.waits(hours=12)
    ready.ada.commands("åtgärd")
    hands_over(ready)
    ready.chat.waits(hours=11.9)
    ready.chat.reads_everything()
    ready.bo.sees_nothing_new()
    ready.chat.waits(hours=0.2)

    ready.bo.sees("action-assigned", number="1", who="Ada Ek")


def test_on_leave_nothing_comes(ready: Ready) -> None:
    """Neither reminders nor news; a day that has passed is refused."""
    takes_on(ready, ready.bo, "Gå en runda")
    ready.bo.commands("notiser")
    ready.bo.clicks("budget-away")
    assert ready.bo.fills({"budget-away-field": "2026-03-02"}) == {
        ready.chat.t("budget-away-field"): ready.chat.t("field-date-within", last=date(2027, 3, 3))
    }
    assert ready.bo.fills({"budget-away-field": "2026-03-20"}) == {}
    assert ready.chat.t("budget-away-until", day=date(2026, 3, 20)) in ready.bo.reads_all()[-1]
    ready.chat.waits(days=17, hours=23)

    assert not told(
        [words for message, words in ready.bo.visible() if ready.chat.is_unread(message, words)], "Gå en"
    )
    ready.chat.reads_everything()


@pytest.mark.parametrize(("name", "shown"), [("bo", "8.00–18.00"), ("cilla", "8:00–18:00")])
def test_on_leave_until_a_saturday(ready: Ready, name: str, shown: str) -> None:
    """What one is told is the day on which the first thing comes: the Monday. Hours are written as one writes them."""
    who: Somebody = getattr(ready, name)
    ready.store(lambda store: people.speak(store, meet(store, ready.chat, ready.cilla), "en"))
    who.commands("notiser", private=True)
    who.clicks("budget-away")
    assert who.fills({"budget-away-field": "2026-03-21"}) == {}
    told = who.reads_all()[-1]

    language = "en" if name == "cilla" else "sv"
    assert ready.chat.t("budget-away-until", language, day=date(2026, 3, 23)) in told
    assert shown in told


def test_a_name_that_is_not_to_call_is_written_without(ready: Ready) -> None:
    """In a channel the name stands as a word from then on."""
    ready.bo.commands("notiser")
    ready.bo.clicks("budget-turn-mentions-off")
    ready.chat.reads_everything()
    ready.ada.commands("åtgärd")
    hands_over(ready)
    posted = [
        each
        for each in ready.chat.slack.world.in_channel(ready.chat.channel)
        if each.by_bot and not each.ephemeral_to
    ][-1]

    assert f"<@{ready.bo.user.id}>" not in str(posted.blocks)
    assert "Bo Alm" in str(posted.blocks)
    ready.chat.reads_everything()


def test_after_five_times_the_coordinator_hears_of_it(ready: Ready) -> None:
    """A matter that is asked about again and again is somebody else's to bring up."""
    bo = ready.store(lambda store: meet(store, ready.chat, ready.bo))

    def asked(store: Store) -> None:
        nudges.wait(store, bo, ready.forum.id, "round-3", card='{"name": "", "title": {"t": "menu-mine"}, "body": []}', fallback="",
                    again=f"rounds.nudge_one:{ready.forum.id}:3:2")  # fmt: skip
        data = Action("budget.tell", (bo,)).encode(ready.forum.id)
        timers.schedule(store, f"{ready.forum.id}:nudges:{bo}", ready.chat.now, data, forum=ready.forum.id,
                        grace=timedelta(hours=24), late="ring")  # fmt: skip

    for _ in range(5):
        ready.store(asked)
        ready.chat.restarts()
        ready.chat.waits(minutes=1)
    ready.ada.sees_nothing_new()
    ready.chat.waits(days=1)
    ready.ada.sees("budget-no-more", who="Bo Alm")
    ready.chat.reads_everything()


# --- What must not happen --------------------------------------------------------------------------------------


def test_a_switch_says_what_it_does_however_often_it_is_pressed(ready: Ready) -> None:
    """Two taps on the same button are one wish, and an old card undoes nothing."""
    ready.cilla.commands("notiser", private=True)
    ready.cilla.clicks("budget-turn-praise-private")
    ready.cilla.clicks("budget-turn-praise-ask")
    ready.cilla.clicks("budget-turn-nudges-off")
    ready.chat.reads_everything()
    cilla = ready.store(lambda store: meet(store, ready.chat, ready.cilla))
    mine = ready.store(lambda store: wishes_of(store, cilla))

    assert (mine.nudges, mine.praise) == (False, "ask")


def test_news_that_waited_say_what_is_true_in_the_morning(ready: Ready) -> None:
    """Ada hands something to Bo in the evening, and does it herself the same evening."""
    ready.chat.waits(hours=12)
    ready.ada.commands("åtgärd")
    hands_over(ready)
    ready.ada.commands("åtgärd 1", private=True)
    ready.ada.clicks("action-answer-done")
    ready.chat.reads_everything()
    ready.chat.waits(hours=13)

    assert "[Klar]" not in "".join(ready.bo.reads_all())
    ready.chat.reads_everything()


def test_of_the_pulse_nothing_is_left_of_who_went_to_answer(ready: Ready) -> None:
    """What leads to the questions from the day's list leaves no row and no name of a card behind."""
    bo = ready.store(lambda store: meet(store, ready.chat, ready.bo))

    def waits(store: Store) -> None:
        for matter in ("pulse-1", "action-9"):
            card = '{"name": "pulse-reminder:1:1", "title": {"t": "menu-mine"}, "body": []}'
            nudges.wait(store, bo, ready.forum.id, matter, card=card, fallback="", again="mine.mine:1:")
        timers.schedule(store, f"{ready.forum.id}:nudges:{bo}", ready.chat.now, f"budget.tell:{ready.forum.id}:{bo}",
                        forum=ready.forum.id, grace=timedelta(hours=24), late="ring")  # fmt: skip

    ready.store(waits)
    ready.chat.restarts()
    ready.bo.sees("budget-today", count=2)
    before = ready.store(lambda store: store.one("select count(*) from outbox"))
    ready.bo.clicks("budget-answer", number="1")
    after = ready.store(lambda store: store.one("select count(*) from outbox"))
    hung = ready.store(
        lambda store: store.all("select card_name from card_post where card_name like 'pulse-%'")
    )

    assert ready.chat.t("budget-sleep") not in "".join(ready.bo.reads_all())
    assert (before, hung) == (after, [])
    ready.chat.reads_everything()


def test_two_who_become_one_keep_the_quieter_of_their_wishes(ready: Ready) -> None:
    """Whoever was away is away, and whoever wanted no praise in public gets none."""
    away, plain = Wishes(away_until=FRIDAY, nudges=False), Wishes(praise="private", digest="daily")

    def merged(store: Store) -> Wishes:
        wishes.keep(store, 1, plain)
        wishes.keep(store, 2, away)
        wishes.merge(store, 1, 2)
        return wishes_of(store, 1)

    assert ready.store(merged) == Wishes(away_until=FRIDAY, nudges=False, praise="private", digest="daily")
    assert ready.store(lambda store: wishes_of(store, 2)) == Wishes()
