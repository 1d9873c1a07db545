"""Single meetings: planned in one line or by the form, moved, cancelled, and kept off public holidays unless meant."""

from datetime import UTC, date, datetime

import pytest

from handlers.kit.ui import Instant, Text, text
from storage import cycles, intake, meetings
from storage.meetings import Meeting
from tests.stage.people import Somebody
from tests.stage.ready import Ready

MAY = "möte 12 maj 13-15 Rådhuset"


def meeting(ready: Ready, number: int = 1) -> Meeting:
    """A meeting as it is kept."""
    found = ready.store(lambda store: meetings.get(store, ready.forum.id, number))
    assert found is not None
    return found


def when(day: date, begins: str, ends: str) -> Text:
    """A time as cards say it."""
    one, two = (text("clock", hour=each.split(".")[0], minute=each.split(".")[1]) for each in (begins, ends))
    return text("planned-when", day=day, begins=one, ends=two)


IN_MAY = when(date(2026, 5, 12), "13.00", "15.00")


def test_a_meeting_in_one_line(ready: Ready) -> None:
    """Day, time and place in one line; everybody gets the card, in both chats."""
    ready.ada.commands(MAY)
    for each in (ready.bo, ready.cilla):
        seen = each.sees("planned-new-title", title=ready.forum.name)
        assert ready.chat.say(IN_MAY, "sv") in seen
        assert "Rådhuset" in seen
    ready.chat.reads_everything()
    one = meeting(ready)
    assert (one.begins_at, one.ends_at) == (
        datetime(2026, 5, 12, 11, tzinfo=UTC),
        datetime(2026, 5, 12, 13, tzinfo=UTC),
    )
    assert (one.title, one.venue, one.state, one.sequence) == (ready.forum.name, "Rådhuset", "planned", 0)


def test_a_member_cannot_plan_and_sees_the_next_one(ready: Ready) -> None:
    """Only coordinators plan; whoever asks sees the next meeting without buttons to move it."""
    ready.bo.commands(MAY, private=True)
    ready.bo.sees("refused-coordinator-only")
    ready.bo.commands("möte", private=True)
    ready.bo.sees("planned-none")
    ready.ada.commands(MAY)
    ready.chat.reads_everything()
    ready.bo.commands("möte", private=True)
    seen = ready.bo.sees("planned-title", title=ready.forum.name)
    assert ready.chat.t("planned-move") not in seen


@pytest.mark.parametrize(
    ("words", "key"),
    [("möte Rådhuset 13-15", "planned-missing-day"), ("möte 12 maj Rådhuset", "planned-missing-time")],
)
def test_what_is_missing_is_asked_for(ready: Ready, words: str, key: str) -> None:
    """A line without a day or a time leads to the form, with what was understood."""
    ready.ada.commands(words, private=True)
    ready.ada.sees(key)
    ready.ada.clicks("planned-fill-in")
    answers = {"planned-field-day": "2026-05-12", "planned-field-times": "kl 9", "planned-field-venue": "Här"}
    assert ready.ada.fills(answers) == {}
    ready.ada.sees("planned-saved", when=when(date(2026, 5, 12), "9.00", "10.00"))
    ready.chat.reads_everything()
    assert meeting(ready).venue == "Här"


@pytest.mark.parametrize(
    ("words", "key"),
    [("möte 12 maj 15-13", "cycle-wrong-ends-first"), ("möte 12 maj 25-27", "cycle-wrong-no-time"),
     ("möte idag 7-8", "planned-time-past")],
)  # fmt: skip
def test_a_time_that_cannot_be_is_refused(ready: Ready, words: str, key: str) -> None:
    """An end before the beginning, an hour that no clock has, a time that has passed: nothing is planned."""
    ready.ada.commands(words, private=True)
    ready.ada.sees(key)
    assert ready.store(lambda store: meetings.coming(store, ready.forum.id, ready.chat.now)) == []


def test_a_day_that_has_passed_is_refused(ready: Ready) -> None:
    """A full date in the past is told as such."""
    ready.ada.commands("möte 2026-02-01 13-15", private=True)
    ready.ada.sees("field-date-past", day=date(2026, 2, 1))


def test_the_form_says_which_answer_is_wrong(ready: Ready) -> None:
    """Times that make no sense are told at their question, and the other answers are kept."""
    ready.ada.commands("årshjul", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("planned-new")
    wrong = ready.ada.fills({"planned-field-day": "2026-05-12", "planned-field-times": "nja"})
    assert list(wrong.values()) == [ready.chat.t("cycle-wrong-no-time")]
    assert ready.ada.fills({"planned-field-times": "13-15"}) == {}
    ready.chat.reads_everything()
    assert meeting(ready).state == "planned"


# --- Public holidays ---------------------------------------------------------------------------------------------


def test_a_public_holiday_is_asked_about(ready: Ready) -> None:
    """Nobody hears of a meeting on Ascension Day before the coordinator has said that it is meant."""
    ready.ada.commands("möte 14 maj 13-15", private=True)
    ready.ada.sees("planned-sure", why=text("day-off-ascension"))
    ready.bo.sees_nothing_new()
    assert meeting(ready).state == "asked"
    ready.ada.clicks("planned-sure-yes")
    ready.bo.sees("planned-new-title", title=ready.forum.name)
    ready.chat.reads_everything()
    assert meeting(ready).state == "planned"


def test_rather_not_on_a_public_holiday(ready: Ready) -> None:
    """No is no: nothing is planned, and nothing is left of it."""
    ready.ada.commands("möte 14 maj 13-15", private=True)
    ready.ada.sees("planned-sure", why=text("day-off-ascension"))
    ready.ada.clicks("planned-sure-no")
    ready.ada.sees("planned-not-saved")
    assert meeting(ready).state == "undone"
    ready.bo.commands("möte", private=True)
    ready.bo.sees("planned-none")


def test_moving_to_a_public_holiday_is_asked_about(ready: Ready) -> None:
    """The meeting stays where it is until the coordinator says that the holiday is meant."""
    ready.ada.commands(MAY)
    ready.chat.reads_everything()
    ready.ada.commands("möte", private=True)
    ready.ada.clicks("planned-move")
    before = meeting(ready)
    answers = {
        "planned-field-day": "2026-05-14",
        "planned-field-times": "9-10",
        "planned-field-venue": "Biblioteket",
    }
    assert ready.ada.fills(answers) == {}
    ready.ada.sees("planned-sure", why=text("day-off-ascension"))
    ready.bo.sees_nothing_new()
    assert meeting(ready) == before
    ready.ada.clicks("planned-sure-yes")
    ready.chat.reads_everything()
    after = meeting(ready)
    assert (after.begins_at, after.venue) == (datetime(2026, 5, 14, 7, tzinfo=UTC), "Biblioteket")
    assert after.sequence == before.sequence + 1


def test_a_meeting_until_midnight_can_be_moved(ready: Ready) -> None:
    """Its form can be sent as it opens."""
    ready.ada.commands("möte 12 maj 20-24")
    ready.chat.reads_everything()
    ready.ada.commands("möte", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("planned-move")
    assert ready.ada.fills({"planned-field-day": "2026-05-13"}) == {}
    ready.chat.reads_everything()
    one = meeting(ready)
    assert (one.begins_at, one.ends_at) == (
        datetime(2026, 5, 13, 18, tzinfo=UTC),
        datetime(2026, 5, 13, 22, tzinfo=UTC),
    )


# --- Moving and cancelling ---------------------------------------------------------------------------------------


def moved(ready: Ready, **answers: str) -> dict[str, str]:
    """Ada fills in the form of the next meeting; what is wrong."""
    ready.ada.commands("möte", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("planned-move")
    return ready.ada.fills({f"planned-field-{key}": each for key, each in answers.items()})


def test_a_moved_meeting_stays_the_same_one(ready: Ready) -> None:
    """Its card changes where it hangs, everybody hears once from when it was moved, and its version rises."""
    ready.ada.commands(MAY)
    ready.chat.reads_everything()
    assert moved(ready, day="2026-05-13", times="9-11", venue="Biblioteket") == {}
    for each in (ready.bo, ready.cilla):
        assert "Biblioteket" in each.sees("planned-moved", title=ready.forum.name, when=IN_MAY)
    ready.chat.reads_everything()
    one = meeting(ready)
    assert (one.id, one.sequence, one.venue) == (1, 1, "Biblioteket")
    assert one.begins_at == datetime(2026, 5, 13, 7, tzinfo=UTC)


def test_moving_to_where_it_is_tells_nobody(ready: Ready) -> None:
    """The same answers again change nothing."""
    ready.ada.commands(MAY)
    ready.chat.reads_everything()
    assert moved(ready) == {}
    ready.ada.sees("planned-unchanged")
    ready.bo.sees_nothing_new()
    assert meeting(ready).sequence == 0


def test_of_two_who_move_it_the_second_hears_of_the_first(ready: Ready) -> None:
    """The form knows which version it began with."""
    ready.ada.commands(MAY)
    ready.chat.reads_everything()
    ready.ada.commands("möte", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("planned-move")
    one = meeting(ready)
    ready.store(
        lambda store: meetings.move(store, one, begins_at=one.begins_at, ends_at=one.ends_at, venue="Annan")
    )
    ready.ada.fills({"planned-field-day": "2026-05-20"})
    ready.ada.sees("planned-changed-meanwhile", when=IN_MAY)
    assert meeting(ready).venue == "Annan"


def test_a_meeting_that_was_opened_is_not_moved(ready: Ready) -> None:
    """What has begun is neither moved nor cancelled."""
    ready.ada.commands(MAY)
    ready.chat.reads_everything()
    ready.ada.commands("möte", private=True)
    ready.ada.reads_all()
    one = meeting(ready)
    ready.store(lambda store: meetings.begin(store, one, chair=1, year=2026, now=ready.chat.now))
    ready.ada.clicks("planned-cancel")
    ready.chat.reads_everything()
    assert meeting(ready).state == "open"


def test_a_cancelled_meeting_says_so_everywhere(ready: Ready) -> None:
    """Everybody hears once, and the card says cancelled in both chats."""
    ready.ada.commands(MAY)
    ready.chat.reads_everything()
    ready.ada.commands("möte", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("planned-cancel")
    ready.cilla.sees("planned-title-cancelled", title=ready.forum.name)
    ready.cilla.sees("planned-cancelled", title=ready.forum.name, when=IN_MAY)
    ready.chat.reads_everything()
    assert (meeting(ready).state, meeting(ready).sequence) == ("cancelled", 1)


def agenda_shown(ready: Ready, who: Somebody) -> str:
    """The agenda that hangs in somebody's chat, as it is now."""
    title = ready.chat.say(text("agenda-posted", title=ready.forum.name), "sv")
    (found,) = [words for _, words in who.visible() if title in words]
    return found


def test_the_agenda_that_hangs_follows_a_move(ready: Ready) -> None:
    """Where and when stands on it in both chats as it is now."""
    ready.ada.commands(MAY)
    ready.chat.waits(days=70)
    ready.chat.reads_everything()
    assert moved(ready, day="2026-05-13", times="9-11", venue="Biblioteket") == {}
    ready.chat.reads_everything()
    at = text("agenda-posted-at", at=Instant(meeting(ready).begins_at, meeting(ready).zone))
    for each in (ready.bo, ready.cilla):
        shown = agenda_shown(ready, each)
        assert "Biblioteket" in shown
        assert ready.chat.say(at, "sv") in shown


def test_the_agenda_that_hangs_says_that_the_meeting_is_cancelled(ready: Ready) -> None:
    """In both chats; there is nothing to press on it any more."""
    ready.ada.commands(MAY)
    ready.chat.waits(days=70)
    ready.chat.reads_everything()
    ready.ada.commands("möte", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("planned-cancel")
    for each in (ready.bo, ready.cilla):
        (shown,) = [words for _, words in each.visible() if ready.chat.t("agenda-cancelled") in words]
        assert ready.chat.t("planned-title-cancelled", title=ready.forum.name) in shown
        assert ready.chat.t("attending-yes") not in shown
    ready.chat.reads_everything()


# --- The calendar ------------------------------------------------------------------------------------------------


def test_the_address_is_secret_and_can_be_changed(ready: Ready) -> None:
    """All members get the same address, in private; a coordinator can change it, and the old secret is gone."""
    ready.store(lambda store: intake.set_fact(store, "public-url", "https://samsyn.example"))
    ready.ada.commands(MAY)
    ready.chat.reads_everything()
    ready.bo.commands("årshjul", private=True)
    ready.bo.reads_all()
    ready.bo.clicks("planned-subscribe")
    token = ready.store(lambda store: cycles.feed(store, ready.forum.id))
    assert len(token) == 32
    assert f"https://samsyn.example/calendar/{ready.forum.id}-{token}.ics" in ready.bo.sees("planned-address")
    ready.ada.commands("årshjul", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("planned-subscribe")
    assert token in ready.ada.sees("planned-address")
    ready.ada.clicks("planned-new-address")
    newer = ready.store(lambda store: cycles.feed(store, ready.forum.id))
    assert newer not in ("", token)
    assert newer in ready.ada.sees("planned-address")


def test_without_a_web_address_a_file_is_offered_instead(ready: Ready) -> None:
    """Where nothing can be subscribed to, the bot says so and what helps."""
    ready.ada.commands(MAY)
    ready.chat.reads_everything()
    ready.ada.commands("årshjul", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("planned-subscribe")
    ready.chat.reads_everything()
    assert ready.store(lambda store: cycles.feed(store, ready.forum.id)) == ""


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_meeting_as_a_file(ready: Ready, platform: str) -> None:
    """Whoever presses the card of the chats gets the meeting for their own calendar, and once more when it is cancelled."""
    who = ready.bo if platform == "slack" else ready.cilla
    ready.ada.commands(MAY)
    ready.chat.reads_everything()
    who.clicks("planned-calendar-file")
    who.sees("planned-file", title=ready.forum.name)
    ready.ada.commands("möte", private=True)
    ready.ada.reads_all()
    ready.ada.clicks("planned-cancel")
    ready.chat.reads_everything()
    strike = ready.chat.t("planned-calendar-strike")
    assert len([words for _, words in who.visible() if strike in words]) == 2
    who.clicks("planned-calendar-strike")
    who.sees("planned-file", title=ready.forum.name)
    ready.chat.reads_everything()


def test_a_meeting_of_ones_own_card_as_a_file(ready: Ready) -> None:
    """It is there as well for whoever asked for the meeting, cancelled or not."""
    ready.ada.commands(MAY)
    ready.chat.reads_everything()
    ready.bo.commands("möte", private=True)
    ready.bo.reads_all()
    ready.bo.clicks("planned-calendar-file")
    ready.bo.sees("planned-file", title=ready.forum.name)
    one = meeting(ready)
    ready.store(lambda store: meetings.cancel(store, one))
    ready.bo.clicks("planned-more")
    seen = ready.bo.sees("planned-title-cancelled", title=ready.forum.name)
    assert ready.chat.t("planned-calendar-strike") in seen
    ready.chat.reads_everything()
