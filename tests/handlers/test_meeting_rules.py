"""Rules of the agenda and of a meeting: order, walking through the points, turns, silence, and when the agenda is posted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.agenda_rules import moved, posted_at, seal
from handlers.kit.when import is_working_day
from handlers.meeting_rules import (
    GIVEN_UP,
    QUIET,
    SOON,
    about_now,
    after,
    before,
    is_given_up,
    last_place,
    minutes_left,
    place_of,
    queue,
    silent_until,
)
from storage.agenda import Point
from storage.meetings import Meeting
from storage.sittings import Seat

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ZONES = st.sampled_from(["Europe/Stockholm", "Atlantic/Reykjavik", "UTC", "America/St_Johns", "Asia/Tokyo"])
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2036, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
COUNTS = st.integers(1, 12)


def point(number: int, place: int, state: str = "planned") -> Point:
    """A point at a place."""
    return Point(1, number, "{}", "", 1, NOW, state, 1, place, 0, "", False, number)


def points(count: int) -> list[Point]:
    """So many, in order."""
    return [point(number, number * 3) for number in range(1, count + 1)]


def meeting(begins_at: datetime = NOW, hours: float = 2) -> Meeting:
    """A planned meeting."""
    return Meeting(
        1, 1, None, None, "Möte", begins_at, begins_at + timedelta(hours=hours), "UTC", "", 0, "planned",
        None, "", None, None, None, None, None, None, None,
    )  # fmt: skip


# --- The agenda ------------------------------------------------------------------------------------------------


@given(COUNTS, st.data(), st.integers(-15, 15))
def test_moving_a_point_moves_it_alone(count: int, data: st.DataObject, step: int) -> None:
    """It comes so many places further, or to the end; the others keep their order."""
    order = points(count)
    one = data.draw(st.sampled_from(order))
    found = moved(order, one.id, step)
    assert [each for each in found if each.id != one.id] == [each for each in order if each.id != one.id]
    assert found.index(one) == min(max(order.index(one) + step, 0), count - 1)


@given(INSTANTS, ZONES)
def test_the_agenda_comes_on_a_working_morning_before_the_day(begins_at: datetime, zone: str) -> None:
    """Two working days before, whatever clocks do meanwhile."""
    at, here = posted_at(begins_at, zone).astimezone(ZoneInfo(zone)), begins_at.astimezone(ZoneInfo(zone))
    assert is_working_day(at.date())
    assert (at.hour, at.minute) == (9, 30)
    between = (at.date() + timedelta(days=each) for each in range((here.date() - at.date()).days))
    assert sum(map(is_working_day, between)) == 2


def test_every_change_is_another_seal() -> None:
    """Words, time, what to prepare, and whether it comes each time."""
    one = point(1, 1)
    others = [
        replace(one, what="x"),
        replace(one, minutes=5),
        replace(one, prepare="x"),
        replace(one, recurring=True),
    ]
    assert len({seal(each) for each in (one, *others)}) == 5
    assert seal(replace(one, place=9)) == seal(one)


# --- Point by point --------------------------------------------------------------------------------------------


@given(COUNTS)
def test_walking_forward_meets_every_point_once(count: int) -> None:
    """From before the first past the last, and backwards the same way."""
    order = points(count)
    forward = [order[0]]
    while following := after(order, forward[-1]):
        forward.append(following)
    backward = [order[-1]]
    while earlier := before(order, backward[-1]):
        backward.append(earlier)
    assert forward == order == backward[::-1]
    assert [place_of(order, each.id) for each in order] == list(range(1, count + 1))
    assert place_of(order, 0) == 0


@given(st.lists(st.sampled_from(["planned", "done"]), min_size=1, max_size=9))
def test_from_between_the_points(states: list[str]) -> None:
    """Forward to the first that waits, back to the last that is done."""
    order = [point(number, number, state) for number, state in enumerate(states, 1)]
    assert after(order, None) == next((each for each in order if each.state == "planned"), None)
    assert before(order, None) == next((each for each in reversed(order) if each.state == "done"), None)


@given(st.integers(1, 90), st.integers(0, 200))
def test_time_goes_down_to_below_nothing(minutes: int, gone: int) -> None:
    """A minute for every minute."""
    assert minutes_left(minutes, NOW, NOW + timedelta(minutes=gone)) == minutes - gone


# --- Turns, and silence ----------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=9))
def test_turns_are_taken_in_order_by_those_who_are_here(drawn: list[tuple[bool, int]]) -> None:
    """Nobody who is away or has had their turn waits; a new one comes behind all others."""
    seats = {
        number: Seat(number, here, heard=False, turn=turn, substitute="")
        for number, (here, turn) in enumerate(drawn)
    }
    waiting = queue(seats)
    assert set(waiting) == {each.member for each in seats.values() if each.present and each.turn}
    assert [seats[each].turn for each in waiting] == sorted(seats[each].turn for each in waiting)
    assert all(each.turn < last_place(seats) for each in seats.values())


@pytest.mark.parametrize(
    ("begins_in", "is_meant"),
    [(timedelta(), True), (SOON, True), (SOON + timedelta(minutes=1), False), (-timedelta(hours=2), False)],
)
def test_which_meeting_is_meant(begins_in: timedelta, is_meant: bool) -> None:
    """The one that begins within the hour, or goes on by the calendar."""
    one = meeting(NOW + begins_in)
    assert (about_now([one], NOW) == one) is is_meant


@given(st.timedeltas(timedelta(), timedelta(days=3)))
def test_silence_is_asked_about_before_it_is_an_end(sign: timedelta) -> None:
    """Never before the meeting should end, and long before it closes by itself."""
    one = meeting()
    asks_at = silent_until(one, NOW + sign)
    assert asks_at >= one.ends_at
    assert asks_at >= NOW + sign + QUIET
    assert not is_given_up(one, NOW + sign, asks_at)
    assert is_given_up(one, NOW + sign, max(NOW + sign, one.ends_at) + GIVEN_UP)
