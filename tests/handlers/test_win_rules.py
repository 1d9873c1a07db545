"""Rules of celebrating: what is worth it, when it is said, whose name is asked for, what a thank-you means."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.when import in_working_hours, is_working_day
from handlers.kit.wins_shown import in_short
from handlers.win_rules import (
    APART,
    MILESTONES,
    answers_until,
    decision_milestone,
    first_of_next_month,
    is_calm,
    is_stale,
    may_say_now,
    month_before,
    names_in,
    next_anniversary,
    say_at,
    thanked,
    whom_to_ask,
    wording,
    years_together,
)
from storage.wins import Win

ZONE = "Europe/Stockholm"
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda each: each.replace(tzinfo=UTC))  # noqa: DTZ001
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(("count", "reached"), [
    (1, None), (9, None), (10, 10), (12, 10), (19, 10), (20, None), (24, None), (25, 25), (102, 100), (999, None), (1000, 1000),
])  # fmt: skip
def test_round_numbers_are_noticed_when_they_are_reached(count: int, reached: int | None) -> None:
    """Or just after; long after, it would only be odd."""
    assert decision_milestone(count) == reached


@given(st.integers(1, 2000))
def test_no_milestone_is_ahead(count: int) -> None:
    """What is celebrated has happened."""
    reached = decision_milestone(count)
    assert reached is None or (reached in MILESTONES and reached <= count)


@given(since=DAYS, ahead=st.integers(0, 5000))
def test_an_anniversary_is_a_working_day_ahead(since: date, ahead: int) -> None:
    """Whole years are full by then, and it comes within a year and a bit."""
    today = since + timedelta(days=ahead)
    at = next_anniversary(since, today, ZONE)

    assert in_working_hours(at, ZONE)
    assert 0 < (at.date() - today).days <= 366 + 7
    assert years_together(since, at.date()) == years_together(since, today) + 1


@pytest.mark.parametrize(("words", "found"), [
    ("Eva Lind fick ihop det", ("Eva Lind",)), ("tack eva  lind", ("Eva Lind",)), ("Eva Linds idé, Bo Alm:s kaffe", ("Eva Lind", "Bo Alm")),
    ("Eva Lindgren kom", ()), ("Lena-Eva Lind", ("Eva Lind",)), ("Max tre dagar", ()), ("Bo och Alm", ()), ("", ()),
])  # fmt: skip
def test_people_in_free_words(words: str, found: tuple[str, ...]) -> None:
    """By their full name, also in the genitive; a single name may be an ordinary word."""
    assert names_in(words, ["Eva Lind", "Bo Alm", "Max", "Eva Lind"]) == found


@pytest.mark.parametrize(("what", "to", "key", "rest"), [
    ("för snabb hjälp", "Polisen", "win-line-thanks-for", "snabb hjälp"),
    ("Tack: för snabb hjälp", "Polisen", "win-line-thanks-for", "snabb hjälp"),
    ("Thanks for the lamps", "Polisen", "win-line-thanks-for", "the lamps"),
    ("ni var snabba", "Polisen", "win-line-thanks", "ni var snabba"),
    ("tack så mycket", "Polisen", "win-line-thanks", "så mycket"),
    ("Tackling vanns", None, "win-short-thanks", "Tackling vanns"),
    ("fordonen", None, "win-short-thanks", "fordonen"),
    ("för kaffet", None, "win-short-thanks-for", "kaffet"),
])  # fmt: skip
def test_a_thank_you_in_one_line(what: str, to: str | None, key: str, rest: str) -> None:
    """It goes to those who are thanked, and says thanks once."""
    short = in_short(Win(1, 1, "thanks", what, (1,), (), None), to=to)

    assert (short.key, short.vars["what"], short.vars.get("to")) == (key, rest, to)


def test_a_forum_from_the_29th_of_february_has_its_day() -> None:
    """On 1 March where there is none."""
    assert next_anniversary(date(2024, 2, 29), date(2024, 3, 1), ZONE).date() == date(2025, 3, 3)
    assert next_anniversary(date(2024, 2, 29), date(2027, 3, 2), ZONE).date() == date(2028, 2, 29)


@given(now=MOMENTS, calm=st.none() | DAYS, last=st.none() | MOMENTS)
def test_what_is_said_is_said_at_a_good_moment(
    now: datetime, calm: date | None, last: datetime | None
) -> None:
    """Never in the past, in working hours, not in quiet times, not just after the last time."""
    at = say_at(now, ZONE, calm, last)

    assert at >= now
    assert in_working_hours(at, ZONE)
    assert calm is None or at.date() >= calm
    assert last is None or at >= last + APART
    assert may_say_now(at, ZONE, calm, at.date())


@pytest.mark.parametrize(("calm", "now", "may"), [
    (None, MONDAY, True), (None, MONDAY.replace(hour=20), False), (None, MONDAY - timedelta(days=1), False),
    (date(2026, 3, 2), MONDAY, True), (date(2026, 3, 3), MONDAY, False),
])  # fmt: skip
def test_when_something_may_be_said(calm: date | None, now: datetime, *, may: bool) -> None:
    """In working hours, from the day on which quiet times end."""
    assert may_say_now(now, ZONE, calm, now.date()) is may
    assert is_calm(calm, now.date()) is (calm == date(2026, 3, 3))


@given(DAYS)
def test_those_who_are_asked_have_until_the_next_working_day(today: date) -> None:
    """At one o'clock; and the month's list comes on a working day too."""
    at = answers_until(today, ZONE)
    first = first_of_next_month(today)

    assert at.date() > today
    assert in_working_hours(at, ZONE)
    assert is_working_day(first)
    assert first.replace(day=1) > today
    assert month_before(first.replace(day=1)) == today.replace(day=1)


def test_what_is_old_is_news_no_more() -> None:
    """After a week."""
    assert not is_stale(MONDAY - timedelta(days=7), MONDAY)
    assert is_stale(MONDAY - timedelta(days=7, seconds=1), MONDAY)


@given(st.lists(st.integers(1, 9), unique=True), st.frozensets(st.integers(1, 9)))
def test_attention_is_spread(candidates: list[int], lately: frozenset[int]) -> None:
    """Two at most, in their order, and nobody who was asked lately."""
    asked = whom_to_ask(candidates, lately)

    assert len(asked) <= 2
    assert not lately.intersection(asked)
    assert list(asked) == [each for each in candidates if each in asked]


@pytest.mark.parametrize(("said", "found"), [
    ("Polisen för lamporna", (0, "för lamporna")), ("polisen, för lamporna", (0, "för lamporna")),
    ("POLISEN", (0, "")), ("Polisen Syd för kaffet", (1, "för kaffet")), ("Polisens hund", None), ("så mycket", None),
    ("", None), ("  Polisen   Syd: allt ", (1, "allt")), ("Polisen!", (0, "")), ("Polisen .", (0, "")), ("Polisen 🙏", (0, "")),
    ("Polisen Syd: 5 av 5!", (1, "5 av 5!")),
])  # fmt: skip
def test_whom_a_thank_you_means(said: str, found: tuple[int, str] | None) -> None:
    """The longest name that the words begin with, and what for."""
    assert thanked(said, ["Polisen", "Polisen Syd"]) == found


@given(st.text(max_size=300))
def test_words_are_known_by_a_number_that_a_button_has_room_for(what: str) -> None:
    """Four digits at most."""
    assert 0 <= wording(what) <= 9999


def test_other_words_have_another_number() -> None:
    """So that a yes to the old ones is told from one to the new ones."""
    assert wording("Lyktorna lyser.") == wording("Lyktorna lyser.")
    assert wording("Lyktorna lyser.") != wording("Lyktorna lyser")


@pytest.mark.parametrize(("kind", "what", "key"), [
    ("told", "Lyktorna lyser", "verbatim"), ("decisions", "10", "win-short-decisions"), ("years", "2", "win-short-years"),
    ("first-carried-out", "Vi tänder", "win-short-first"), ("thanks", "för kaffet", "win-short-thanks-for"), ("together", "x " * 200, "verbatim"),
])  # fmt: skip
def test_a_win_in_one_line(kind: str, what: str, key: str) -> None:
    """Two lines on a phone, in each reader's language."""
    short = in_short(Win(1, 1, kind, what, (), (), None))

    assert short.key == key
    assert all(len(each) <= 160 for each in short.vars.values() if isinstance(each, str))
