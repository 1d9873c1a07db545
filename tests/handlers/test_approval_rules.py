"""Rules of approval: until when, what concerns whom, when all is said."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.approval_rules import asked, concerns, due_after, is_complete, rulings_of
from handlers.kit.when import is_working_day
from storage.approvals import Answer, Word
from storage.minutes import Attendee, Item, Minutes, Organisation, Ruling
from tests.stage.samples import NOW

HOME = "Europe/Stockholm"


def ruling(number: int, *actors: str) -> Ruling:
    """A decision that names these organisations."""
    return Ruling(number, f"{number}/2026", "Ja", "", "", actors, "", "", None)


def minutes_with(*rulings: Ruling, there: tuple[str, ...] = ("Polisen", "")) -> Minutes:
    """Minutes of a meeting where these were there."""
    present = tuple(Organisation(each, (Attendee("Ada", ""),)) for each in there)
    items = (Item(1, "", True, (), rulings, ()),)
    return Minutes("Forum", "Möte", "1/2026", NOW, NOW, HOME, "", "Ada", present, items)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 3, 2), date(2026, 3, 9)),  # Monday to Monday
        (date(2026, 3, 6), date(2026, 3, 13)),
        (date(2026, 3, 7), date(2026, 3, 13)),  # from a Saturday
        (date(2026, 4, 1), date(2026, 4, 10)),  # over Easter
        (date(2026, 12, 22), date(2027, 1, 4)),  # over Christmas and New Year
    ],
)
def test_five_working_days_are_given(day: date, due: date) -> None:
    """Weekends and public holidays are nobody's time to answer."""
    assert due_after(day, HOME) == datetime(due.year, due.month, due.day, 17, tzinfo=ZoneInfo(HOME))


@given(st.dates(date(2026, 1, 1), date(2035, 1, 1)))
def test_the_time_ends_on_a_working_day_a_week_away_or_more(day: date) -> None:
    """Whatever day the meeting was."""
    due = due_after(day, HOME).astimezone(ZoneInfo(HOME)).date()
    assert is_working_day(due)
    assert 5 <= (due - day).days <= 16


def test_a_decision_concerns_those_it_names_or_everybody() -> None:
    """One that names nobody is everybody's to confirm."""
    assert concerns(ruling(1), "Polisen")
    assert concerns(ruling(1, "Polisen"), "Polisen")
    assert not concerns(ruling(1, "Polisen"), "Kyrkan")
    both = minutes_with(ruling(1), ruling(2, "Kyrkan"))
    assert [each.id for each in rulings_of(both, "Polisen")] == [1]


def test_those_who_were_there_and_those_who_are_named_are_asked() -> None:
    """Each once; who speaks for no organisation confirms for none."""
    assert asked(minutes_with(ruling(1, "Kyrkan", "Polisen"))) == ("Polisen", "Kyrkan")


def test_all_is_said_when_everybody_has_answered_and_nothing_waits() -> None:
    """Nobody asked is not everybody; a proposal that waits keeps the minutes open."""
    yes, no = Answer(1, "confirmed", 1, NOW), Answer(2, "", None, None)
    differs = Answer(2, "differs", 1, NOW)
    waiting = Word(1, "change", 1, 1, 1, "x", "", late=False, at=NOW)
    settled = Word(1, "change", 1, 1, 1, "x", "refused", late=False, at=NOW)

    assert is_complete([yes, differs], [settled])
    assert not is_complete([yes, no], [])
    assert not is_complete([yes], [waiting])
    assert not is_complete([], [])
