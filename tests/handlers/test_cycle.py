"""Recurring meetings: said in plain words, looked at, saved; planned a year ahead; moved, changed and ended."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.cycle_planning import AHEAD, slots_of
from handlers.kit.ui import Text, text
from storage import cycles, forums, meetings
from storage.cycles import Cycle
from storage.meetings import Meeting
from tests.stage.ready import Ready

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SECOND_THURSDAY = "årshjul andra torsdagen varje månad 13–15"
"""In the year from March 2026 on two of them are in the way of something: Ascension Day and July."""


def planned(ready: Ready) -> list[Meeting]:
    """Everything that is planned, next first."""
    return ready.store(lambda store: meetings.coming(store, ready.forum.id, ready.chat.now, most=200))


def days(ready: Ready) -> list[date]:
    """The days of what is planned."""
    return [each.begins_at.astimezone(STOCKHOLM).date() for each in planned(ready)]


def cycle(ready: Ready, number: int = 1) -> Cycle:
    """A cycle as it is kept."""
    found = ready.store(lambda store: cycles.get(store, ready.forum.id, number))
    assert found is not None
    return found


def open_days(ready: Ready) -> list[date]:
    """Days of the coming year that wait for an answer."""
    one, today = cycle(ready), ready.chat.now.date()
    return [each.day for each in slots_of(one, today, today + AHEAD, today) if not each.settled]


def clock(words: str) -> Text:
    """A time of day as cards say it."""
    hour, _, minute = words.partition(".")
    return text("clock", hour=hour, minute=minute)


def monthly(begins: str = "13.00", ends: str = "15.00") -> Text:
    """The second Thursday of every month in words."""
    when = text("clock-span", begins=clock(begins), ends=clock(ends))
    day = text("cycle-weekday", nth=text("nth-2"), day=text("weekday-the-TH"))
    return text("cycle-rule-monthly", day=day, when=when)


def saved(ready: Ready, words: str = SECOND_THURSDAY, *, settle: bool = True) -> None:
    """Ada has said it, taken every suggestion and saved it; all have read it."""
    ready.ada.commands(words, private=True)
    if settle:
        ready.ada.clicks("cycle-settle-all")
    ready.ada.clicks("cycle-save")
    ready.chat.reads_everything()


# --- Saying and saving -------------------------------------------------------------------------------------------


def test_a_year_is_seen_and_saved(ready: Ready) -> None:
    """A coordinator says the rule, sees a year with what had better be moved, and all get one card in both chats."""
    ready.ada.commands(SECOND_THURSDAY, private=True)
    seen = ready.ada.sees("cycle-draft", title=ready.forum.name)
    assert ready.chat.say(monthly(), "sv") in seen
    assert "tors 9 april 2026" in seen
    assert (
        ready.chat.t(
            "cycle-clash-move",
            day=date(2026, 5, 14),
            why=text("day-off-ascension"),
            instead=date(2026, 5, 21),
        )
        in seen
    )
    assert ready.chat.t("day-off-july") in seen
    assert planned(ready) == []
    ready.ada.clicks("cycle-settle-all")
    ready.ada.clicks("cycle-save")
    for each in (ready.bo, ready.cilla):
        each.sees("cycle-posted", title=ready.forum.name)
    ready.chat.reads_everything()
    spring = [(3, 12), (4, 9), (5, 21), (6, 11), (8, 13)]
    assert days(ready)[:5] == [date(2026, *each) for each in spring]
    april = planned(ready)[1]
    assert april.begins_at == datetime(2026, 4, 9, 11, 0, tzinfo=UTC)
    assert april.ends_at == datetime(2026, 4, 9, 13, 0, tzinfo=UTC)


def test_nothing_is_planned_on_a_holiday_without_an_answer(ready: Ready) -> None:
    """Whoever saves without answering has no meeting on such days; each takes one press, and then it is there."""
    saved(ready, "årshjul första tisdagen varje månad 13-15", settle=False)
    assert date(2026, 7, 7) not in days(ready)
    ready.ada.commands("årshjul", private=True)
    ready.ada.sees("cycle-title", forum=ready.forum.name)
    ready.ada.clicks("cycle-answer", count=1)
    ready.ada.sees("cycle-questions-title", title=ready.forum.name)
    ready.ada.clicks("cycle-keep", day=date(2026, 7, 7))
    ready.chat.reads_everything()
    assert date(2026, 7, 7) in days(ready)


def test_a_day_is_moved_by_one_press_before_it_is_saved(ready: Ready) -> None:
    """Each suggestion can be taken alone, in the draft: Thursdays around Ascension Day and Christmas."""
    ready.ada.commands("årshjul varannan torsdag 9-10.30", private=True)
    ready.ada.reads_all()
    one = cycle(ready)
    assert one.first_on == date(2026, 3, 5)
    ready.ada.clicks("cycle-keep", day=date(2026, 5, 14))
    assert cycle(ready).moves == {"2026-05-14": "2026-05-14"}
    ready.ada.clicks("cycle-settle-all")
    ready.ada.clicks("cycle-save")
    ready.chat.reads_everything()
    assert date(2026, 5, 14) in days(ready)
    assert date(2026, 7, 9) not in days(ready)
    assert date(2026, 12, 24) not in days(ready)


def test_a_better_day_lies_ahead(ready: Ready) -> None:
    """On Good Friday the Thursday before is over: an old card moves nothing there, and a new one does not suggest it."""
    saved(ready, "årshjul varje fredag 13-15", settle=False)
    ready.ada.commands("årshjul", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("cycle-answer", count=len(open_days(ready)))
    friday = date(2026, 4, 3)
    ready.chat.waits(days=32)
    ready.chat.reads_everything()
    ready.ada.clicks("cycle-move-to", day=friday, instead=date(2026, 4, 2))
    ready.ada.sees("refused-stale")
    assert cycle(ready).moves == {}
    ready.ada.commands("årshjul", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("cycle-answer", count=len(open_days(ready)))
    seen = ready.ada.sees("cycle-questions-title", title=ready.forum.name)
    assert ready.chat.t("cycle-clash-skip", day=friday, why=text("day-off-good-friday")) in seen
    ready.chat.reads_everything()


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("fyra gånger per år", "cycle-assumed-time"),
        ("fyra gånger per år", "cycle-assumed-months"),
        ("varje kvartal 13-15", "cycle-assumed-day"),
    ],
)
def test_what_was_not_said_is_assumed_and_named(ready: Ready, said: str, key: str) -> None:
    """Four times a year is enough to see dates; the card says what it made up."""
    ready.ada.commands(f"årshjul {said}", private=True)
    assert ready.chat.t(key) in ready.ada.sees("cycle-draft", title=ready.forum.name)


def test_words_that_make_no_rule_lead_to_the_nearest(ready: Ready) -> None:
    """What was understood is told, and one press takes the rule that comes nearest."""
    ready.ada.commands("årshjul torsdagar udda veckor 9-11", private=True)
    seen = ready.ada.sees("cycle-stray", words="udda")
    assert ready.chat.t("cycle-heard", words="torsdagar udda veckor 9-11") in seen
    ready.ada.clicks("cycle-take-nearest")
    ready.ada.sees("cycle-draft", title=ready.forum.name)
    ready.ada.clicks("cycle-save")
    ready.chat.reads_everything()
    assert {each.begins_at.astimezone(STOCKHOLM).weekday() for each in planned(ready)} == {3}


def test_the_form_keeps_its_answers_when_the_words_are_wrong(ready: Ready) -> None:
    """A rule that ends before it begins is told in the form; corrected, it shows the dates."""
    ready.ada.commands("årshjul", private=True)
    ready.ada.sees("cycle-none-coordinator")
    ready.ada.clicks("cycle-new")
    wrong = ready.ada.fills({"cycle-field-words": "första tisdagen varje månad 15-13"})
    assert len(wrong) == 1
    right = {"cycle-field-words": "första tisdagen varje månad 13-15", "planned-field-venue": "Rådhuset"}
    assert ready.ada.fills(right) == {}
    ready.ada.sees("cycle-draft", title=ready.forum.name)
    ready.ada.clicks("cycle-save")
    ready.chat.reads_everything()
    assert {each.venue for each in planned(ready)} == {"Rådhuset"}


def test_a_member_sees_the_cycle_and_cannot_make_one(ready: Ready) -> None:
    """Only coordinators plan; everybody sees what is planned, in Telegram too."""
    ready.cilla.commands("årshjul", private=True)
    ready.cilla.sees("cycle-none")
    ready.cilla.commands(SECOND_THURSDAY, private=True)
    ready.cilla.sees("refused-coordinator-only")
    saved(ready)
    ready.cilla.commands("årshjul", private=True)
    seen = ready.cilla.sees("cycle-title", forum=ready.forum.name)
    assert ready.chat.say(monthly(), "sv") in seen
    assert ready.chat.t("cycle-change") not in seen


def test_saving_twice_plans_once(ready: Ready) -> None:
    """A double press finds it saved; nothing is doubled and nobody hears of it again."""
    ready.ada.commands(SECOND_THURSDAY)
    ready.ada.clicks("cycle-settle-all")
    ready.chat.reads_everything()
    slack, draft, label = ready.chat.slack, ready.ada._messages()[-1], ready.chat.t("cycle-save")

    async def twice() -> None:
        await asyncio.gather(*(slack.press(ready.ada.user, draft, label) for _ in range(2)))

    ready.chat.does(twice())
    ready.ada.sees("cycle-saved-already")
    first = days(ready)
    assert first
    assert len(set(first)) == len(first)
    assert len(ready.cilla.reads_all()) == 1
    ready.chat.reads_everything()


def test_a_forum_without_chats_can_plan(ready: Ready) -> None:
    """Where there is no chat to post in, whoever saved is told in private, and the meetings are there."""

    def untie(store: object) -> None:
        for each in forums.places(store, ready.forum.id):  # type: ignore[arg-type]
            forums.tie(store, each.id, None)  # type: ignore[arg-type]

    ready.store(untie)
    ready.ada.commands(SECOND_THURSDAY, private=True)
    ready.ada.clicks("cycle-settle-all")
    ready.ada.clicks("cycle-save")
    ready.ada.sees("cycle-saved")
    assert len(planned(ready)) >= 12


# --- A rolling year ----------------------------------------------------------------------------------------------


def test_a_year_lies_ahead_at_any_time(ready: Ready) -> None:
    """Month by month another month is planned, silently, and never twice; a holiday that comes into sight is asked about."""
    saved(ready)
    for _ in range(14):
        ready.chat.waits(days=31)
        seen = days(ready)
        assert len(set(seen)) == len(seen)
        assert max(seen) >= (ready.chat.now + timedelta(days=330)).date()
    assert ready.chat.t("cycle-questions-title", title=ready.forum.name) in "\n".join(ready.ada.reads_all())
    assert date(2027, 7, 8) not in days(ready)
    ready.bo.reads_all()
    ready.cilla.reads_all()
    ready.chat.reads_everything()


def test_a_long_sleep_is_caught_up_with(ready: Ready) -> None:
    """After five months without the bot the year ahead is whole again, and nothing is planned in the past."""
    saved(ready)
    ready.chat.sleeps_through(days=160)
    ready.chat.reads_everything()
    assert min(days(ready)) >= ready.chat.now.date()
    assert max(days(ready)) >= (ready.chat.now + timedelta(days=365)).date()


# --- Changing and ending -----------------------------------------------------------------------------------------


def change(ready: Ready, **answers: str) -> dict[str, str]:
    """Ada fills in the form; what is wrong."""
    ready.ada.commands("årshjul", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("cycle-change")
    return ready.ada.fills({key.replace("_", "-"): each for key, each in answers.items()})


def test_a_changed_rule_keeps_its_meetings(ready: Ready) -> None:
    """From Thursdays to Fridays: the meetings stay the same ones, a day later; nothing is doubled or lost."""
    saved(ready)
    before = {each.id: each for each in planned(ready)}
    assert change(ready, cycle_field_words="andra fredagen varje månad 14-16") == {}
    for each in (ready.bo, ready.cilla):
        each.sees("cycle-changed", title=ready.forum.name)
    ready.chat.reads_everything()
    after = {each.id: each for each in planned(ready)}
    moved = [each for each in after.values() if each.id in before]
    assert len(moved) >= len(before) - 2
    assert all(each.sequence > before[each.id].sequence for each in moved)
    assert {each.begins_at.astimezone(STOCKHOLM).weekday() for each in after.values()} == {4}
    assert len({each.occurs_on for each in after.values()}) == len(after)


def test_a_new_time_leaves_a_meeting_that_was_moved_by_hand(ready: Ready) -> None:
    """All meetings get the new time but the one that people agreed to have elsewhere."""
    saved(ready)
    ready.ada.commands("möte", private=True)
    ready.ada.clicks("planned-move")
    assert ready.ada.fills({"planned-field-day": "2026-03-19", "planned-field-times": "9-10"}) == {}
    ready.chat.reads_everything()
    assert change(ready, cycle_field_words="andra torsdagen varje månad 14-16") == {}
    ready.chat.reads_everything()
    hours = {each.begins_at.astimezone(STOCKHOLM).hour for each in planned(ready)}
    by_hand = [each for each in planned(ready) if each.begins_at.astimezone(STOCKHOLM).hour == 9]
    assert hours == {9, 14}
    assert [each.begins_at.astimezone(STOCKHOLM).date() for each in by_hand] == [date(2026, 3, 19)]


def test_a_change_leaves_a_meeting_that_was_put_off_past_its_day(ready: Ready) -> None:
    """Ascension Day has passed and its meeting is still to come: it gets the new place, and nothing else happens to it."""
    saved(ready)
    ready.chat.waits(days=77)
    ready.chat.reads_everything()
    before = days(ready)
    assert before[0] == date(2026, 5, 21)
    assert change(ready, planned_field_venue="Biblioteket") == {}
    ready.chat.reads_everything()
    assert days(ready)[: len(before)] == before
    assert {each.venue for each in planned(ready)} == {"Biblioteket"}


def test_of_two_changes_at_once_the_second_hears_of_the_first(ready: Ready) -> None:
    """Bo coordinates too and has the form open while Ada saves hers: his is refused with how it is now."""
    ready.store(lambda store: forums.set_role(store, ready.forum.id, 2, "coordinator"))
    saved(ready)
    ready.bo.commands("årshjul", private=True)
    ready.bo.clicks("cycle-change")
    assert change(ready, cycle_field_words="andra torsdagen varje månad 10-12") == {}
    ready.chat.reads_everything()
    ready.bo.fills({"cycle-field-words": "varje fredag 9-10"})
    ready.bo.sees("cycle-changed-meanwhile", rule=monthly("10.00", "12.00"))
    assert cycle(ready).rule == "FREQ=MONTHLY;BYDAY=2TH"


def test_ending_it_cancels_what_is_planned(ready: Ready) -> None:
    """What lies ahead is cancelled, all are told, and no more is ever planned."""
    saved(ready)
    ready.ada.commands("årshjul", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("cycle-end")
    ready.cilla.sees("cycle-ended", title=ready.forum.name)
    ready.chat.reads_everything()
    assert planned(ready) == []
    ready.chat.waits(days=70)
    assert planned(ready) == []


@pytest.mark.parametrize("ends", [True, False])
def test_an_agenda_that_hangs_follows_the_cycle(ready: Ready, *, ends: bool) -> None:
    """Cancelled with the cycle, or at another time with its rule: the agenda in the chats says so."""
    saved(ready)
    ready.chat.waits(days=9)
    ready.chat.reads_everything()
    if ends:
        ready.ada.commands("årshjul", private=True)
        ready.ada.clicks("cycle-end")
    else:
        assert change(ready, planned_field_venue="Biblioteket") == {}
    ready.chat.reads_everything()
    wanted = (
        ready.chat.t("agenda-cancelled") if ends else ready.chat.t("agenda-posted", title=ready.forum.name)
    )
    for each in (ready.bo, ready.cilla):
        (shown,) = [words for _, words in each.visible() if wanted in words]
        assert ends or "Biblioteket" in shown


@pytest.mark.parametrize("key", ["cycle-save", "cycle-settle-all"])
def test_old_buttons_of_an_ended_cycle_do_nothing(ready: Ready, key: str) -> None:
    """A press on a card from before is refused kindly."""
    ready.ada.commands(SECOND_THURSDAY, private=True)
    one = cycle(ready)
    ready.store(lambda store: (cycles.begin(store, one), cycles.end(store, one)))
    ready.ada.clicks(key)
    ready.chat.reads_everything()
    assert planned(ready) == []


def test_a_time_that_summer_time_skips_is_planned_an_hour_later(ready: Ready) -> None:
    """Half past two on the night to 29 March 2026 does not exist; the meeting is at half past three by the clock."""
    saved(ready, "årshjul sista söndagen varje månad 02.30-04.00", settle=False)
    first = planned(ready)[0]
    assert first.begins_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert first.ends_at == datetime(2026, 3, 29, 2, 0, tzinfo=UTC)
