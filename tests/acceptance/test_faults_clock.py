"""Time itself (F15, F16, F17): long downtimes, clocks that jump, and the two days on which an hour is missing or twice."""

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.playground.ledger import Call
from handlers import rhythm
from handlers.action_rules import next_reminder
from storage import actions, pulse, timers
from storage.db import Store
from tests.handlers.pulse_forum import PulseForum, pulse_forum
from tests.stage.chat import Chat
from tests.stage.ready import Ready, ready_forum

STOCKHOLM = ZoneInfo("Europe/Stockholm")
STALE = timedelta(hours=24)
ASKED = re.compile(r"[Åå]tgärd (\d+)\b.*(?:Hur går det|Den skulle)")


@pytest.fixture(name="ready")
def _ready(chat: Chat) -> Ready:
    return ready_forum(chat)


def keeps_busy(ready: Ready) -> None:
    """Bo and Cilla take on something for every working day of two weeks."""
    for day in (*range(3, 7), *range(9, 14)):
        ready.bo.commands(f"åtgärd Sak {day}, senast {day} mars 2026")
        ready.cilla.commands(f"atgard Sak {day}, senast {day} mars 2026")
    ready.chat.reads_everything()


def since(ready: Ready, before: int) -> Counter[tuple[str, str]]:
    """What was sent since so many messages: how often each first line came to each chat."""
    return Counter((_chat(each), _first_line(each)) for each in ready.chat.platforms.ledger.sent()[before:])


def _chat(call: Call) -> str:
    return str(call.args.get("channel") or call.args.get("chat_id"))


def _first_line(call: Call) -> str:
    return str(call.args["text"]).splitlines()[0].removeprefix("<b>").removesuffix("</b>")


# --- Downtimes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "folded"),
    [(timedelta(hours=1), 0), (timedelta(days=1), 0), (timedelta(weeks=1), 2), (timedelta(days=30), 2)],
    ids=["an hour", "a day", "a week", "thirty days"],
)
def test_after_a_downtime_nobody_is_flooded(ready: Ready, span: timedelta, folded: int) -> None:
    """One catch-up for each person at the most, nothing asked that is older than a day, nobody asked twice."""
    chat = ready.chat
    keeps_busy(ready)
    chat.waits(hours=23.75)  # Tuesday, a quarter to nine: just before reminders ring
    chat.reads_everything()
    before = len(chat.platforms.ledger.sent())

    chat.sleeps_through(days=span.days, seconds=span.seconds)
    woke_at = chat.now
    chat.waits(hours=12)

    told = since(ready, before)
    catch_up, overdue = chat.t("reminder-catch-up"), chat.t("reminder-overdue", forum=ready.forum.name)
    asked = Counter(found[1] for _, line in told.elements() if (found := ASKED.search(line)))
    assert sum(count for (_, line), count in told.items() if line == catch_up) == folded
    assert sum(count for (_, line), count in told.items() if line == overdue) <= 1
    assert set(asked) <= _still_of_use(ready, woke_at)
    assert set(asked.values()) <= {1}
    assert not {chat.channel, str(chat.group)} & {where for where, _ in told}
    assert ready.store(lambda store: timers.due(store, chat.now)) == []
    chat.reads_everything()


def _still_of_use(ready: Ready, woke_at: datetime) -> set[str]:
    """The actions with a reminder in the day before somebody woke, or in the hours after it."""
    found = set()
    for one in ready.store(lambda store: actions.open_in(store, ready.forum.id, most=100)):
        assert one.due_on
        at = next_reminder(one.due_on, woke_at - STALE, 0, ready.forum.zone)
        if at and at <= woke_at + timedelta(hours=12):
            found.add(str(one.id))
    return found


# --- Clocks that jump --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [1, -1])
def test_a_clock_that_jumps_rings_each_reminder_once(ready: Ready, days: int) -> None:
    """A day ahead and back, or a day back and ahead: neither twice nor never."""
    chat = ready.chat
    ready.bo.commands("åtgärd Ring runt, senast 4 mars 2026")
    chat.reads_everything()
    before = len(chat.platforms.ledger.sent())
    for jump in (days, -days):
        chat.runner.run(chat.clock.set(chat.now + timedelta(days=jump)))
        chat.alarm.ring()  # as the product does once a minute in any case
        chat.settles()
    chat.waits(days=3)

    asked = [line for (_, line), _ in since(ready, before).items() if ASKED.search(line)]
    assert len(asked) == len(set(asked)) == 2  # on the day, and the day after
    assert set(since(ready, before).values()) == {1}
    chat.reads_everything()


# --- Summer and winter time --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("friday", "monday"),
    [(date(2026, 3, 27), date(2026, 3, 30)), (date(2026, 10, 23), date(2026, 10, 26))],
    ids=["an hour is missing", "an hour comes twice"],
)
def test_reminders_ring_at_nine_on_the_wall_on_both_sides(ready: Ready, friday: date, monday: date) -> None:
    """Once each, at nine in the forum's own zone, whatever that is in UTC."""
    chat = ready.chat
    chat.waits(days=(friday - chat.now.date()).days - 4)
    for number, day in enumerate((friday, monday), start=1):
        ready.bo.commands(f"åtgärd Sak {number}, senast {day.isoformat()}")
    chat.reads_everything()
    before = len(chat.platforms.ledger.sent())
    chat.waits(days=8)

    asked = [each for each in chat.platforms.ledger.sent()[before:] if "ska vara klar idag" in str(each.args)]
    assert [datetime.fromtimestamp(each.at, UTC).astimezone(STOCKHOLM).isoformat() for each in asked] == [
        datetime.combine(day, datetime.min.time().replace(hour=9), STOCKHOLM).isoformat()
        for day in (friday, monday)
    ]
    chat.reads_everything()


def test_a_weekly_pulse_opens_at_nine_over_both_changes_and_week_53(chat: Chat) -> None:
    """One round a week at the most, on a working day: around summer time, winter time and the turn of the year."""
    circle = pulse_forum(chat)
    for begins, weeks in ((date(2026, 3, 19), 2), (date(2026, 10, 15), 2), (date(2026, 12, 17), 3)):
        chat.runner.run(chat.clock.set(datetime.combine(begins, time(8), STOCKHOLM).astimezone(UTC)))
        _weekly(circle)
        chat.waits(days=weeks * 7)
        chat.reads_everything()

    opened = [each.opens_at.astimezone(STOCKHOLM) for each in circle.rounds()]
    weeks_of = [each.isocalendar()[:2] for each in opened]
    assert len(opened) >= 5
    assert {(each.hour, each.minute) for each in opened} == {(9, 0)}
    assert len(set(weeks_of)) == len(weeks_of)
    assert {each.isoweekday() for each in opened} <= {1, 2, 3, 4, 5}
    assert (2026, 53) in weeks_of or (2027, 1) in weeks_of


def _weekly(circle: PulseForum) -> None:
    """The coordinators choose this rhythm, from tomorrow on."""
    at = circle.chat.now + timedelta(days=1, hours=1)

    def begin(store: Store) -> None:
        pulse.set_rhythm(store, circle.id, rhythm="weekly", turn=0, next_at=at)
        timers.schedule(store, f"{circle.id}:pulse-open", at, rhythm.open_by_rhythm.action().encode(circle.id),
                        forum=circle.id, grace=timedelta(days=1), late="ring")  # fmt: skip

    circle.chat.runner.run(circle.chat.app.writer.run(begin))
    circle.chat.restarts()
