"""What a platform did not take before a person's day was over: asked or told the next morning, as things stand then."""

from datetime import date, timedelta

import pytest

from bot.carry import card_json
from bot.playground.faults import LostRequest
from handlers.kit.ui import Action, Card, text
from storage import nudges, outbox, people, timers, wishes
from storage.db import Store
from storage.outbox import Address
from storage.wishes import Wishes
from tests.handlers.test_budget import hands_over, opens_rounds, takes_on
from tests.stage.people import Somebody
from tests.stage.ready import Ready, meet


def test_what_was_held_up_until_the_evening_comes_in_the_morning(ready: Ready) -> None:
    """Slack takes nothing from the afternoon until eight in the evening; Bo is not woken by what Ada gave him at five."""
    ready.chat.waits(hours=7)
    ready.ada.commands("åtgärd")
    hands_over(ready)
    ready.bo.sees("action-assigned", number="1", who="Ada Ek")
    ready.chat.reads_everything()
    held_up(ready, "")
    ready.chat.sleeps_through(hours=4)
    ready.bo.sees_nothing_new()
    left = ready.store(lambda store: store.one("select state, card from outbox order by id desc limit 1"))
    assert left == ("dropped", "")
    ready.chat.waits(hours=14)

    ready.bo.sees("menu-mine")


def test_what_was_held_up_comes_with_the_mornings_question(ready: Ready) -> None:
    """One message with both, not one each in the same minute."""
    takes_on(ready, ready.bo, "Gå en runda")
    ready.chat.waits(days=7, hours=7)
    ready.chat.reads_everything()
    held_up(ready, "")
    ready.chat.sleeps_through(hours=4)
    ready.bo.sees_nothing_new()
    ready.chat.waits(hours=14)

    one = ready.bo.sees("budget-today", count=2)
    assert "Gå en runda" in one
    assert ready.chat.t("menu-mine") in one
    ready.bo.sees_nothing_new()


def test_what_was_held_up_says_what_is_true_in_the_morning(ready: Ready) -> None:
    """Ada does it herself the same evening: what comes to Bo in the morning knows it."""
    ready.chat.waits(hours=7)
    ready.ada.commands("åtgärd")
    hands_over(ready)
    hung = ready.store(
        lambda store: store.one("select card_name from card_post where card_name like 'reminder%'")
    )
    assert hung
    ready.chat.reads_everything()
    held_up(ready, hung[0])
    ready.chat.sleeps_through(hours=4)
    ready.ada.commands("åtgärd 1", private=True)
    ready.ada.clicks("action-answer-done")
    ready.chat.reads_everything()
    ready.chat.waits(hours=14)

    ready.bo.sees("action-now-done", number="1")


@pytest.mark.parametrize("name", ["bo", "cilla"])
@pytest.mark.parametrize("hours", [10, 25])
def test_a_question_that_was_held_up_is_asked_anew(ready: Ready, name: str, hours: int) -> None:
    """On Tuesday nothing gets through. On Wednesday all comes at once, with that day's question; then nothing more."""
    who: Somebody = getattr(ready, name)
    takes_on(ready, who, "Gå en runda", "Ring skolan")
    who.commands(f"{'åtgärd' if name == 'bo' else 'atgard'} Måla bänken, senast 16 mars 2026")
    is_not_taken(ready, hours=hours)
    ready.chat.waits(hours=26 - hours)

    one = who.sees("budget-today", count=3)
    assert all(each in one for each in ("Gå en runda", "Ring skolan", "Måla bänken"))
    who.sees_nothing_new()
    ready.chat.waits(hours=20)
    who.sees_nothing_new()
    ready.chat.reads_everything()


def test_a_question_that_was_held_up_is_that_days(ready: Ready) -> None:
    """What is asked later on Wednesday waits for Thursday; what was held up did not count as asked."""
    takes_on(ready, ready.bo, "Gå en runda")
    is_not_taken(ready, hours=10)
    ready.chat.waits(hours=16)
    assert "Gå en runda" in "".join(ready.bo.reads_all())
    bo = ready.store(lambda store: meet(store, ready.chat, ready.bo))
    asked = ready.store(lambda store: nudges.get(store, bo, ready.forum.id, "action-1"))
    assert asked
    assert asked.sent == 1
    opens_rounds(ready, 1)
    ready.store(lambda store: timers.schedule(
        store, f"{ready.forum.id}:again:{bo}:round-01", ready.chat.now + timedelta(hours=1), "rounds.nudge_one:1:1:2",
        forum=ready.forum.id, grace=timedelta(hours=24), late="ring",
    ))  # fmt: skip
    ready.chat.restarts()
    ready.chat.waits(hours=8)
    ready.bo.sees_nothing_new()
    ready.chat.waits(hours=15)

    assert ready.chat.t("round-nudge", title=text("round-title-vote", number="1")) in "".join(
        ready.bo.reads_all()
    )


def test_a_question_that_came_again_meanwhile_is_not_brought_as_well(ready: Ready) -> None:
    """Wednesday's reminder of the same action reached Bo before Tuesday's message could be sent: that one is of no use."""
    ready.bo.commands("åtgärd Gå en runda, senast 10 mars 2026")
    is_not_taken(ready)
    ready.chat.waits(days=1)
    assert "Gå en runda" in "".join(ready.bo.reads_all())
    ready.chat.sleeps_through(hours=2)
    ready.bo.sees_nothing_new()
    ready.chat.waits(hours=24)
    ready.bo.sees_nothing_new()
    ready.chat.reads_everything()


def test_a_question_that_was_held_up_until_a_leave_began_waits_for_its_end(ready: Ready) -> None:
    """Back on Wednesday, Bo hears what waits; the question comes the morning after, as all do."""
    takes_on(ready, ready.bo, "Gå en runda")
    is_not_taken(ready)
    bo = ready.store(lambda store: meet(store, ready.chat, ready.bo))
    ready.store(lambda store: wishes.keep(store, bo, Wishes(away_until=date(2026, 3, 11))))
    ready.chat.sleeps_through(hours=1)
    ready.chat.waits(hours=46)
    ready.bo.sees_nothing_new()
    ready.chat.waits(hours=2)

    assert "Gå en runda" in "".join(ready.bo.reads_all())
    ready.chat.reads_everything()


def test_the_fifth_question_counts_when_it_came(ready: Ready) -> None:
    """Nobody is told that Bo will not be asked again while the last question is still to come."""
    takes_on(ready, ready.bo, "Gå en runda")
    is_not_taken(ready)
    bo = ready.store(lambda store: meet(store, ready.chat, ready.bo))
    ready.store(lambda store: store.run("update nudge set sent = 5"))
    ready.store(lambda store: timers.schedule(
        store, f"{ready.forum.id}:fifth:{bo}:action-1", ready.chat.now + timedelta(hours=23),
        Action("budget.no_more", (bo, "action-1")).encode(ready.forum.id), forum=ready.forum.id,
        grace=timedelta(hours=24), late="ring",
    ))  # fmt: skip
    ready.chat.sleeps_through(hours=10)
    ready.chat.waits(hours=14)

    ready.ada.sees_nothing_new()
    ready.chat.reads_everything()


@pytest.mark.parametrize("answer", ["done", "underway"])
def test_what_was_answered_while_it_was_held_up_is_not_asked(ready: Ready, answer: str) -> None:
    """Bo says the same evening, without having been asked, that it is done, or under way: an answer for a while."""
    takes_on(ready, ready.bo, "Gå en runda")
    is_not_taken(ready)
    ready.bo.commands("åtgärd 1", private=True)
    ready.bo.clicks(f"action-answer-{answer}")
    ready.chat.reads_everything()
    ready.chat.sleeps_through(hours=10)
    ready.chat.waits(hours=24)

    ready.bo.sees_nothing_new()
    ready.chat.reads_everything()


def test_news_in_a_list_that_was_held_up_come_too(ready: Ready) -> None:
    """Together with what is asked anew."""
    takes_on(ready, ready.bo, "Gå en runda")
    person = ready.store(lambda store: meet(store, ready.chat, ready.bo))
    card = card_json(Card(text("verbatim", words="Nytt")))
    ready.store(
        lambda store: nudges.wait(store, person, ready.forum.id, "news-1", card=card, fallback="", again="")
    )
    is_not_taken(ready, hours=10)
    ready.chat.waits(hours=16)

    one = ready.bo.sees("budget-today", count=2)
    assert "Nytt" in one
    assert "Gå en runda" in one
    ready.bo.sees_nothing_new()


def is_not_taken(ready: Ready, *, hours: int = 0) -> None:
    """The question of Tuesday at nine, which nobody takes before so many hours have passed; else at the next start."""
    ready.chat.waits(days=7, hours=-1)
    ready.chat.reads_everything()
    for method in ("chat.postMessage", "sendMessage"):
        ready.chat.platforms.faults.plant(method, LostRequest(), 2)
    ready.chat.waits(days=1, hours=1)

    def waits_still(store: Store) -> None:
        ((letter,),) = store.all("select id from outbox where state = 'unknown'")
        outbox.mark(store, letter, "new")

    ready.store(waits_still)
    if hours:
        ready.chat.sleeps_through(hours=hours)


def test_what_was_held_up_until_a_leave_began_is_not_brought(ready: Ready) -> None:
    """Whoever has gone on leave meanwhile is left alone."""
    held_up(ready, "")
    bo = ready.store(lambda store: meet(store, ready.chat, ready.bo))
    ready.store(lambda store: wishes.keep(store, bo, Wishes(away_until=date(2026, 3, 9))))
    ready.chat.sleeps_through(hours=1)

    ready.bo.sees_nothing_new()
    left = ready.store(lambda store: store.one("select state, card from outbox order by id desc limit 1"))
    assert left == ("dropped", "")


def held_up(ready: Ready, name: str) -> None:
    """A message to Bo that Slack has not taken yet."""
    bo = ready.store(lambda store: meet(store, ready.chat, ready.bo))

    def put(store: Store) -> None:
        reach = people.private_account(store, bo)
        assert reach
        card = card_json(Card(text("menu-mine"), name=name))
        outbox.put(store, "direct", Address(*reach), card, now=ready.chat.now, language="sv",
                   zone="Europe/Stockholm", forum=ready.forum.id, person=bo, card_name=name)  # fmt: skip

    ready.store(put)
