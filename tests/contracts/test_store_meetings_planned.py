"""Planned meetings, cycles and answers: what their verbs promise on both engines."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from storage import attendance, cycles, forums, meetings
from storage.attendance import Answer
from storage.cycles import Cycle
from storage.db import Store
from storage.meetings import Meeting
from storage.records import Forum, Member
from tests.stage.samples import NOW

HOUR = timedelta(hours=1)
STOCKHOLM = "Europe/Stockholm"


def _cycle(store: Store, forum: Forum) -> Cycle:
    number = cycles.add(
        store, forum.id, title="Styrgrupp", words="varje tisdag", rule="FREQ=WEEKLY;BYDAY=TU", first_on=date(2026, 3, 3),
        begins=time(13), minutes=120, zone=STOCKHOLM, venue="Rådhuset",
    )  # fmt: skip
    found = cycles.get(store, forum.id, number)
    assert found
    return found


def _meeting(store: Store, forum: Forum, hours: int = 1, **more: object) -> Meeting:
    begins = NOW + hours * HOUR
    number = meetings.plan(
        store, forum.id, title="Möte", begins_at=begins, ends_at=begins + HOUR, zone=STOCKHOLM, member=None, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    found = meetings.get(store, forum.id, number)
    assert found
    return found


def _now(store: Store, one: Meeting) -> Meeting:
    found = meetings.get(store, one.forum, one.id)
    assert found
    return found


# --- Cycles ------------------------------------------------------------------------------------------------------


def test_a_cycle_is_kept_as_it_was_said(store: Store, forum: Forum, other: Forum) -> None:
    """A draft with all its parts, in its own forum alone."""
    one = _cycle(store, forum)

    assert one == Cycle(
        forum.id, 1, "Styrgrupp", "varje tisdag", "FREQ=WEEKLY;BYDAY=TU", date(2026, 3, 3), time(13), 120, STOCKHOLM,
        "Rådhuset", 0, "draft", {},
    )  # fmt: skip
    assert cycles.get(store, other.id, 1) is None
    assert (cycles.active(store, forum.id), cycles.ever(store, forum.id)) == ([], [])


def test_a_draft_begins_once_and_ends_once(store: Store, forum: Forum) -> None:
    """From draft to active to ended, each step once; what has ended is still known."""
    one = _cycle(store, forum)

    assert not cycles.end(store, one)
    assert [cycles.begin(store, one), cycles.begin(store, one)] == [True, False]
    assert [each.id for each in cycles.active(store, forum.id)] == [1]
    assert [cycles.end(store, one), cycles.end(store, one)] == [True, False]
    assert (cycles.active(store, forum.id), [each.state for each in cycles.ever(store, forum.id)]) == (
        [],
        ["ended"],
    )


def test_of_two_changes_the_first_counts(store: Store, forum: Forum) -> None:
    """A change names the version it is made to; answers about days survive it."""
    one = _cycle(store, forum)
    cycles.answer(store, one, {"2026-07-07": ""})
    fresh = replace(one, sequence=1)
    how = {
        "words": "nytt",
        "rule": "FREQ=WEEKLY;BYDAY=WE",
        "first_on": date(2026, 3, 4),
        "begins": time(9, 30),
        "minutes": 45,
    }

    assert not cycles.change(store, one, title="A", zone="UTC", venue="", **how)  # type: ignore[arg-type]
    assert cycles.change(store, fresh, title="B", zone="UTC", venue="", **how)  # type: ignore[arg-type]
    assert not cycles.change(store, fresh, title="C", zone="UTC", venue="", **how)  # type: ignore[arg-type]
    found = cycles.get(store, forum.id, 1)
    assert found
    assert (found.title, found.begins, found.moves, found.sequence) == (
        "B",
        time(9, 30),
        {"2026-07-07": ""},
        2,
    )


def test_answers_about_days_are_gathered(store: Store, forum: Forum) -> None:
    """Each adds to those before; the last word on a day counts."""
    one = _cycle(store, forum)
    cycles.answer(store, one, {"2026-07-07": "", "2026-05-14": "2026-05-15"})
    again = cycles.get(store, forum.id, 1)
    assert again
    cycles.answer(store, again, {"2026-07-07": "2026-07-07"})

    found = cycles.get(store, forum.id, 1)
    assert found
    assert found.moves == {"2026-07-07": "2026-07-07", "2026-05-14": "2026-05-15"}


def test_a_calendar_has_one_secret(store: Store, forum: Forum, other: Forum) -> None:
    """None at first, then the newest; a forum that does not exist has none."""
    assert [cycles.feed(store, each) for each in (forum.id, 99999)] == ["", ""]
    cycles.set_feed(store, forum.id, "a" * 32)
    cycles.set_feed(store, forum.id, "b" * 32)

    assert [cycles.feed(store, each.id) for each in (forum, other)] == ["b" * 32, ""]


# --- Meetings ----------------------------------------------------------------------------------------------------


def test_a_day_of_a_cycle_is_planned_once(store: Store, forum: Forum) -> None:
    """The schema itself refuses a second meeting for the same day of the same cycle."""
    _meeting(store, forum, cycle=1, occurs_on=date(2026, 3, 3))
    _meeting(store, forum, cycle=2, occurs_on=date(2026, 3, 3))
    _meeting(store, forum)
    _meeting(store, forum)

    if store.engine == "sqlite":  # a server would end the transaction that the other tests live in
        with pytest.raises(Exception, match="UNIQUE"):
            _meeting(store, forum, cycle=1, occurs_on=date(2026, 3, 3))
    found = meetings.of_cycle(store, forum.id, 1)
    assert [each.occurs_on for each in found] == [date(2026, 3, 3)]
    assert meetings.of_cycle(store, forum.id, 1, date(2026, 3, 4)) == []


def test_a_moved_meeting_keeps_its_number_and_counts_versions(store: Store, forum: Forum) -> None:
    """Time, place and name change; of two who move it the first counts."""
    one = _meeting(store, forum, cycle=1, occurs_on=date(2026, 3, 3))
    begins = NOW + 30 * HOUR

    assert meetings.move(store, one, begins_at=begins, ends_at=begins + HOUR, venue="Zoom")
    assert not meetings.move(store, one, begins_at=NOW, ends_at=NOW + HOUR, venue="")
    moved = _now(store, one)
    assert moved == replace(one, begins_at=begins, ends_at=begins + HOUR, venue="Zoom", sequence=1)
    assert meetings.move(
        store,
        moved,
        begins_at=begins,
        ends_at=begins + HOUR,
        venue="",
        title="Annat",
        occurs_on=date(2026, 3, 4),
    )
    assert (_now(store, one).title, _now(store, one).occurs_on) == ("Annat", date(2026, 3, 4))


def test_only_what_is_planned_is_moved_or_cancelled(store: Store, forum: Forum) -> None:
    """Not what was cancelled or has been opened."""
    one, two = _meeting(store, forum), _meeting(store, forum)

    assert [meetings.cancel(store, one), meetings.cancel(store, one)] == [True, False]
    assert (_now(store, one).state, _now(store, one).sequence) == ("cancelled", 1)
    assert meetings.begin(store, two, chair=1, year=2026, now=NOW)
    assert not meetings.cancel(store, two)
    assert not meetings.move(store, two, begins_at=NOW, ends_at=NOW + HOUR, venue="")


def test_a_meeting_that_is_asked_about_is_known_to_nobody(store: Store, forum: Forum) -> None:
    """It comes to light with a yes, and never was with a no; the first answer counts."""
    one, two = _meeting(store, forum), _meeting(store, forum)
    for each in (one, two):
        meetings.ask(store, forum.id, each.id)
    assert meetings.coming(store, forum.id, NOW) == []

    assert [meetings.settle(store, one, planned=True), meetings.settle(store, one, planned=False)] == [
        True,
        False,
    ]
    assert meetings.settle(store, two, planned=False)
    assert [_now(store, each).state for each in (one, two)] == ["planned", "undone"]
    assert [each.id for each in meetings.coming(store, forum.id, NOW)] == [one.id]


def test_a_calendar_sees_everything_since_a_moment(store: Store, forum: Forum, other: Forum) -> None:
    """Whatever became of it, in order, of one forum alone."""
    late, early = _meeting(store, forum, 50), _meeting(store, forum, 2)
    meetings.cancel(store, early)
    _meeting(store, other)

    assert [each.id for each in meetings.since(store, forum.id, NOW)] == [early.id, late.id]
    assert [each.id for each in meetings.since(store, forum.id, NOW + 10 * HOUR)] == [late.id]
    assert len(meetings.since(store, forum.id, NOW, most=1)) == 1


# --- Answers -----------------------------------------------------------------------------------------------------


def test_the_last_answer_counts(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """One for each member; a substitute who is not needed any more is forgotten."""
    one = _meeting(store, forum)
    attendance.say(store, forum.id, one.id, bo.id, "substitute", "Eva")
    attendance.say(store, forum.id, one.id, ada.id, "no")
    assert attendance.answers(store, forum.id, one.id) == [
        Answer(ada.id, "no", ""),
        Answer(bo.id, "substitute", "Eva"),
    ]

    attendance.say(store, forum.id, one.id, bo.id, "yes")
    assert attendance.answers(store, forum.id, one.id)[1] == Answer(bo.id, "yes", "")
    assert attendance.answers(store, forum.id, one.id + 1) == []


def test_answers_of_those_who_left_do_not_count(store: Store, forum: Forum, ada: Member, bo: Member) -> None:
    """Until they come back."""
    one = _meeting(store, forum)
    for each in (ada, bo):
        attendance.say(store, forum.id, one.id, each.id, "yes")
    forums.leave(store, forum.id, bo.id)
    assert [each.member for each in attendance.answers(store, forum.id, one.id)] == [ada.id]

    forums.join(store, forum.id, bo.person, actor_id=None, role="member", now=NOW)
    assert [each.member for each in attendance.answers(store, forum.id, one.id)] == [ada.id, bo.id]


def test_being_there_is_no_answer(store: Store, forum: Forum, ada: Member) -> None:
    """Who was ticked off as present without having answered has not answered."""
    one = _meeting(store, forum)
    store.do(
        "insert into attendance (forum, meeting, member, present) values (:f, :m, :a, 1)",
        f=forum.id,
        m=one.id,
        a=ada.id,
    )
    assert attendance.answers(store, forum.id, one.id) == []

    attendance.say(store, forum.id, one.id, ada.id, "yes")
    assert store.one("select present from attendance where member = :a", a=ada.id) == (1,)
