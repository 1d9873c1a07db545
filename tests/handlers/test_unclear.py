"""Messages of which nobody knows whether they came: the coordinator hears of it once, in private and by day."""

from datetime import date, time, timedelta
from functools import partial

import pytest

from bot.carry import card_json
from bot.playground.faults import CutReply, LostRequest
from handlers import unclear
from handlers.kit.effects import Refusal
from handlers.kit.ui import Action, Card, text
from storage import nudges, outbox, timers, wishes
from storage.unclear import posts
from storage.wishes import Wishes
from tests.stage.ready import Ready, another_forum, meet
from tests.stage.samples import Sample


def is_unclear(ready: Ready, *actions: str) -> None:
    """Actions whose messages to the group met a cut connection, as often as they were tried."""
    ready.chat.platforms.faults.plant("sendMessage", CutReply(), 2 * len(actions))
    for each in actions:
        ready.bo.commands(f"åtgärd {each}")
    ready.chat.reads_everything()


def in_group(ready: Ready, number: int) -> str:
    """An action's message to the group, as the coordinator reads of it."""
    title = text("action-title-open", number=str(number))
    where = text("place-name", title="Trygghet", platform="Telegram")
    return ready.chat.t("unclear-what", title=title, chat=where)


def test_the_coordinator_hears_once_of_all_that_came_up_together(ready: Ready) -> None:
    """What it was and where it went; nobody else hears of it, and nothing is sent once more."""
    is_unclear(ready, "Ring runt", "Mät ljuset")
    sent = len(ready.chat.platforms.ledger.sent("telegram"))
    ready.chat.waits(minutes=19)
    ready.ada.sees_nothing_new()
    ready.chat.waits(minutes=1)

    told = ready.ada.sees("unclear-title", count=2)
    assert in_group(ready, 1) in told
    assert in_group(ready, 2) in told
    assert len(ready.chat.platforms.ledger.sent("telegram")) == sent
    ready.chat.waits(days=2)
    ready.ada.sees_nothing_new()


def test_the_next_one_is_told_by_itself(ready: Ready) -> None:
    """What was told before is not told again."""
    is_unclear(ready, "Ring runt")
    ready.chat.waits(minutes=20)
    ready.ada.sees("unclear-title", count=1)
    is_unclear(ready, "Mät ljuset")
    ready.chat.waits(minutes=20)

    told = ready.ada.sees("unclear-title", count=1)
    assert in_group(ready, 2) in told
    assert in_group(ready, 1) not in told


def test_one_that_was_sent_earlier_may_become_unclear_later(ready: Ready) -> None:
    """What was told was the later one; the earlier one is told as well."""
    is_unclear(ready, "Ring runt", "Mät ljuset")
    first = ready.store(lambda store: store.one("select min(id) from outbox where state = 'unknown'"))
    assert first
    ready.store(lambda store: store.do("update outbox set state = 'sending' where id = :id", id=first[0]))
    ready.chat.waits(minutes=20)
    assert in_group(ready, 1) not in ready.ada.sees("unclear-title", count=1)
    ready.store(lambda store: store.do("update outbox set state = 'unknown' where id = :id", id=first[0]))
    is_unclear(ready, "Måla bänken")
    ready.chat.waits(minutes=20)

    told = ready.ada.sees("unclear-title", count=2)
    assert in_group(ready, 1) in told
    assert in_group(ready, 2) not in told


def test_what_has_been_posted_anew_is_not_told_of(ready: Ready) -> None:
    """When a decision cannot be undone any more its card changes: the group gets it as it stands."""
    ready.chat.platforms.faults.plant("sendMessage", CutReply(), 2)
    ready.bo.commands("beslut Vi ses på torget.")
    ready.chat.waits(hours=1)

    ready.cilla.sees("decision-title-standing", number="1/2026")
    ready.chat.reads_everything()
    ready.chat.waits(days=1)
    ready.ada.sees_nothing_new()


@pytest.mark.parametrize("first", [True, False])
def test_a_telling_that_may_be_missing_is_told_once_more(ready: Ready, *, first: bool) -> None:
    """With what it told, and not with what they had heard of before."""
    if not first:
        is_unclear(ready, "Måla bänken")
        ready.chat.waits(minutes=20)
        ready.ada.sees("unclear-title", count=1)
    is_unclear(ready, "Ring runt")
    ready.chat.platforms.faults.plant("chat.postMessage", LostRequest(), 2)
    ready.chat.waits(minutes=25)
    ready.ada.sees_nothing_new()
    ready.chat.waits(minutes=20)

    told = ready.ada.sees("unclear-title", count=1)
    assert in_group(ready, 1 if first else 2) in told
    ready.chat.waits(days=2)
    ready.ada.sees_nothing_new()


def test_a_telling_in_the_mornings_message_is_told_once_more_too(ready: Ready) -> None:
    """Ada is written to from two o'clock on: she is told together with what she is asked then."""
    ada = ready.store(lambda store: meet(store, ready.chat, ready.ada))
    ready.store(lambda store: wishes.keep(store, ada, Wishes(opens=time(14))))
    ready.ada.commands("åtgärd Gå en runda, senast 13 mars 2026")
    ready.chat.waits(days=7, hours=23)
    is_unclear(ready, "Ring runt")
    ready.chat.platforms.faults.plant("chat.postMessage", LostRequest(), 2)
    ready.chat.waits(hours=12)

    ready.ada.sees("unclear-title", count=1)
    ready.chat.reads_everything()


def test_a_telling_in_another_forums_message_is_told_once_more_too(ready: Ready) -> None:
    """One message tells Ada of both forums she is in; what it told of each comes again."""
    ada = ready.store(lambda store: meet(store, ready.chat, ready.ada))
    ready.store(lambda store: wishes.keep(store, ada, Wishes(opens=time(14))))
    other = another_forum(ready, "Grannsamverkan", ready.ada)
    ready.chat.waits(hours=23)
    is_unclear(ready, "Ring runt")
    ready.store(lambda store: nudges.wait(
        store, ada, other.id, "news-1", card=card_json(Card(text("menu-mine"))), fallback="", again=""
    ))  # fmt: skip
    ready.store(lambda store: timers.schedule(
        store, f"{other.id}:nudges:{ada}", ready.chat.now + timedelta(hours=6),
        Action("budget.tell", (ada,)).encode(other.id), forum=other.id, grace=timedelta(hours=24), late="ring",
    ))  # fmt: skip
    ready.chat.restarts()
    ready.chat.platforms.faults.plant("chat.postMessage", LostRequest(), 2)
    ready.chat.waits(hours=12)

    assert in_group(ready, 1) in ready.ada.sees("unclear-title", count=1)
    ready.chat.reads_everything()


def test_whoever_went_on_leave_is_told_again_when_they_are_back(ready: Ready) -> None:
    """The telling was lost just before: nobody else runs the forum, so it waits for Ada."""
    ada = ready.store(lambda store: meet(store, ready.chat, ready.ada))
    is_unclear(ready, "Ring runt")
    ready.chat.platforms.faults.plant("chat.postMessage", LostRequest(), 2)
    ready.chat.waits(minutes=25)
    ready.store(lambda store: wishes.keep(store, ada, Wishes(away_until=date(2026, 3, 9))))
    ready.chat.waits(days=6)
    ready.ada.sees_nothing_new()
    ready.chat.waits(days=2)

    assert in_group(ready, 1) in ready.ada.sees("unclear-title", count=1)
    ready.chat.reads_everything()


def test_a_chat_that_is_unwell_is_not_told_for_ever(ready: Ready) -> None:
    """Three times more in a day, and then the next day."""
    is_unclear(ready, "Ring runt")
    before = ready.store(lambda store: store.one("select count(*) from outbox"))
    ready.chat.platforms.faults.plant("chat.postMessage", LostRequest(), 100)
    ready.chat.waits(hours=8)

    after = ready.store(lambda store: store.one("select count(*) from outbox"))
    assert before
    assert after
    assert after[0] - before[0] == 4
    ready.chat.platforms.faults.clear()
    ready.chat.waits(days=1)
    assert in_group(ready, 1) in ready.ada.sees("unclear-title", count=1)
    ready.chat.reads_everything()


def test_another_private_message_that_may_be_missing_is_not_told_of(ready: Ready) -> None:
    """Only what the forum was to see is the coordinators' business."""
    ready.bo.commands("åtgärd Gå en runda, senast 13 mars 2026")
    ready.chat.reads_everything()
    ready.chat.platforms.faults.plant("chat.postMessage", LostRequest(), 2)
    ready.chat.waits(days=8)

    ready.ada.sees_nothing_new()
    ready.chat.reads_everything()


def test_nobody_is_told_at_night(ready: Ready) -> None:
    """It waits until people are at work."""
    ready.chat.waits(hours=11)
    is_unclear(ready, "Ring runt")
    ready.chat.waits(hours=12)
    ready.ada.sees_nothing_new()
    ready.chat.waits(hours=2)
    ready.ada.sees("unclear-title", count=1)


def test_many_are_counted(ready: Ready) -> None:
    """Ten are named, the others are a number."""
    is_unclear(ready, *(f"Sak nummer {each}" for each in range(12)))
    ready.chat.waits(minutes=20)

    told = ready.ada.sees("unclear-title", count=12)
    assert told.count("Trygghet (Telegram)") == 10
    assert ready.chat.t("action-and-more", count=2) in told


def test_two_kills_on_the_same_message_are_told_of(ready: Ready) -> None:
    """What was on its way twice when the process died is not tried a third time; somebody may look."""
    ready.chat.runner.run(ready.chat.app.dispatcher.stop())
    given = ready.chat.slack.slash(ready.bo.user, ready.chat.channel, "/samsyn", "åtgärd Ring runt")
    ready.chat.runner.run(given)
    waiting = ready.store(outbox.waiting)
    for each in (*waiting, *waiting):
        ready.store(partial(outbox.mark_sending, letter_id=each.id))
    ready.chat.restarts()
    ready.chat.waits(minutes=20)

    told = ready.ada.sees("unclear-title", count=2)
    assert in_group(ready, 1) in told


def test_a_place_that_is_not_known_any_more_is_left_out(sample: Sample) -> None:
    """The title alone is better than nothing."""
    card, req = Card(text("menu-title"), ()), sample.request(sample.ada)
    letter = outbox.put(sample.store, "post", outbox.Address("slack", "T1", "C9"), card_json(card), now=req.now,
                        language="sv", zone="UTC", forum=sample.forum.id)  # fmt: skip
    outbox.mark(sample.store, letter.id, "unknown")
    (found,) = posts(sample.store, sample.forum.id, most=9)

    assert unclear._line(req, found).text == card.title


def test_only_time_itself_rings(sample: Sample) -> None:
    """Nobody can press it."""
    with pytest.raises(Refusal):
        list(unclear.tell(sample.request(sample.ada)))


def test_after_a_leave_of_weeks_one_hears_of_it(ready: Ready) -> None:
    """Nobody else runs the forum: what may be missing since the first day is told on the last."""
    ada = ready.store(lambda store: meet(store, ready.chat, ready.ada))
    ready.store(lambda store: wishes.keep(store, ada, Wishes(away_until=date(2026, 4, 20))))
    is_unclear(ready, "Ring runt")
    ready.chat.waits(days=20)
    ready.chat.restarts()
    ready.chat.waits(days=27)
    ready.ada.sees_nothing_new()
    ready.chat.waits(days=4)

    assert in_group(ready, 1) in ready.ada.sees("unclear-title", count=1)
    ready.chat.reads_everything()
