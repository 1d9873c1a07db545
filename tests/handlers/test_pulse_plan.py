"""What the pulse asks in each turn, and the days of a round."""

from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import pulse_plan as rules
from handlers.kit.when import in_working_hours, is_working_day
from handlers.pulse_plan import BANK, Rhythm
from prompts.questions import PARTS
from prompts.texts import LANGUAGES, Catalog

ZONE = "Europe/Stockholm"
RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.sampled_from(
    (ZONE, "Europe/Helsinki", "Atlantic/Azores", "Australia/Lord_Howe", "America/Santiago")
)


def at(day: str, clock: str) -> datetime:
    """A moment by Stockholm's clocks."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(ZONE))


# --- Questions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rhythm", "letters"),
    [
        ("monthly", "DDD DDD DDD DDD DDD"),
        ("biweekly", "DDDDDD"),
        ("weekly", "DDDDDDDDDDDD-"),
        ("quarterly", "DDDD"),
    ],
)
def test_a_rhythm_goes_round(rhythm: Rhythm, letters: str) -> None:
    """Each turn begins with a direction, and after the last comes the first."""
    turns = len(letters.replace(" ", ""))
    asked = [rules.plan(rhythm, each) for each in range(turns)]

    assert "".join(each[0][0] if each else "-" for each in asked) == letters.replace(" ", "")
    assert [rules.plan(rhythm, each + turns) for each in range(turns)] == asked


def test_every_quarter_of_months_asks_about_every_part() -> None:
    """The core is asked every third month, and each quarter covers all five parts; all questions come in time."""
    months = [rules.plan("monthly", each) for each in range(15)]

    for quarter in range(0, 15, 3):
        asked = [id_ for each in months[quarter : quarter + 3] for id_ in each]
        assert asked[:4] == ["D3", "O1", "T1", "P2"]
        assert {BANK[id_].part for id_ in asked} == set(PARTS)
        assert len(set(asked)) == 12
    assert {id_ for each in months for id_ in each} == set(BANK)


def test_two_weeks_and_weeks_ask_the_whole_bank() -> None:
    """Every two weeks the bank is asked once in a quarter, weekly twice, six weeks apart, with a pause at the end."""
    assert {id_ for each in range(6) for id_ in rules.plan("biweekly", each)} == set(BANK)
    assert [rules.plan("weekly", each) for each in range(6)] == [
        rules.plan("weekly", each) for each in range(6, 12)
    ]
    assert [each for each in range(26) if rules.pause("weekly", each)] == [12, 25]
    assert not any(rules.pause(rhythm, 12) for rhythm in RHYTHMS if rhythm != "weekly")


def test_a_quarter_asks_six() -> None:
    """Four times a year: the core, progress, and one more in turn."""
    asked = [rules.plan("quarterly", each) for each in range(4)]

    assert all(each[:5] == ("D3", "O1", "T1", "P2", "F1") for each in asked)
    assert [each[5] for each in asked] == ["T6", "P4", "D5", "P6"]


@given(st.sampled_from(RHYTHMS), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_a_rhythm_never_repeats_a_question_within_four_weeks(rhythm: Rhythm, first: date) -> None:
    """Kept to its own days, every rhythm lets its questions rest, and its rounds lie a week apart at least."""
    day, asked = first, dict[str, date]()
    for turn in range(30):
        ids = rules.plan(rhythm, turn)
        assert rules.rested(ids, asked, day)
        asked |= dict.fromkeys(ids, day)
        coming = rules.next_opening(day, ZONE, rhythm).astimezone(ZoneInfo(ZONE)).date()
        assert coming - day >= timedelta(days=7)
        day = coming


def test_questions_rest_for_four_weeks() -> None:
    """A question may come again on the 28th day; the next turn whose questions have rested is asked instead."""
    asked = {"D3": date(2026, 3, 2)}

    assert not rules.rested(("D3", "O1"), asked, date(2026, 3, 29))
    assert rules.rested(("D3", "O1"), asked, date(2026, 3, 30))
    assert rules.turn_to_ask("monthly", 0, {}, date(2026, 3, 9)) == 0
    assert rules.turn_to_ask("monthly", 0, asked, date(2026, 3, 9)) == 1
    assert rules.turn_to_ask("quarterly", 2, asked, date(2026, 3, 9)) is None
    assert rules.turn_to_ask("weekly", 12, {}, date(2026, 3, 9)) == 13


def test_questions_are_named_with_their_wording() -> None:
    """The key of a question says its version, leads to its part, and to words in every language."""
    catalog = Catalog.load()

    assert rules.keys(("D3", "O1")) == ("D3.1", "O1.1")
    assert rules.part_of("D3.1") == "direction"
    assert rules.part_of("own:3.1") is None
    for each in BANK.values():
        for language in LANGUAGES:
            assert catalog.say(rules.question_text(each.key).key, language, {}) == each.text[language]
            assert catalog.say(rules.grounded_text(each.key).key, language, {}) == each.grounded[language]


# --- Days --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rhythm", "opens", "reminds", "closes", "publishes"),
    [
        # Monday to Monday, half way on Friday
        (
            "monthly",
            ("2026-03-02", "09:00"),
            ("2026-03-06", "08:30"),
            ("2026-03-09", "15:00"),
            ("2026-03-10", "09:00"),
        ),
        # over the change to summer time on 29 March
        (
            "monthly",
            ("2026-03-26", "10:00"),
            ("2026-03-30", "08:30"),
            ("2026-04-02", "15:00"),
            ("2026-04-07", "09:00"),
        ),
        # over the change to winter time on 25 October
        (
            "monthly",
            ("2026-10-22", "10:00"),
            ("2026-10-26", "08:30"),
            ("2026-10-29", "15:00"),
            ("2026-10-30", "09:00"),
        ),
        # three days would end on a Sunday
        (
            "weekly",
            ("2026-03-05", "14:00"),
            ("2026-03-09", "08:30"),
            ("2026-03-09", "15:00"),
            ("2026-03-10", "09:00"),
        ),
        # Christmas
        (
            "biweekly",
            ("2026-12-21", "09:00"),
            ("2026-12-28", "08:30"),
            ("2026-12-28", "15:00"),
            ("2026-12-29", "09:00"),
        ),
    ],
)
def test_a_round_keeps_to_the_forums_clock(
    rhythm: Rhythm,
    opens: tuple[str, str],
    reminds: tuple[str, str],
    closes: tuple[str, str],
    publishes: tuple[str, str],
) -> None:
    """It closes at 15 on a working day and is published at 9 the next, in summer and in winter time."""
    found = rules.dates(at(*opens), ZONE, rhythm)

    assert (found.opens_at, found.reminds_at) == (at(*opens), at(*reminds))
    assert (found.closes_at, found.publishes_at) == (at(*closes), at(*publishes))


@given(MOMENTS, ZONES, st.sampled_from(RHYTHMS))
def test_a_rounds_days_come_in_order(now: datetime, zone: str, rhythm: Rhythm) -> None:
    """Whenever and wherever it opens: a reminder at work, closed at 15 and published at 9, on two working days."""
    found = rules.dates(now, zone, rhythm)
    closes, publishes = (each.astimezone(ZoneInfo(zone)) for each in (found.closes_at, found.publishes_at))

    assert now == found.opens_at < found.reminds_at < found.closes_at < found.publishes_at
    assert in_working_hours(found.reminds_at, zone)
    assert (closes.time(), publishes.time()) == (time(15), time(9))
    assert is_working_day(closes.date())
    assert is_working_day(publishes.date())
    assert found.closes_at - now > timedelta(days=2)


@pytest.mark.parametrize(
    ("rhythm", "opened", "opens"),
    [
        ("weekly", "2026-03-23", "2026-03-30"),
        ("biweekly", "2026-03-23", "2026-04-07"),  # Easter Monday
        ("monthly", "2026-03-02", "2026-04-02"),
        ("monthly", "2026-01-31", "2026-03-02"),  # 28 February is a Saturday
        ("monthly", "2026-12-15", "2027-01-15"),
        ("quarterly", "2026-11-30", "2027-03-01"),
    ],
)
def test_the_next_round_opens_at_nine(rhythm: Rhythm, opened: str, opens: str) -> None:
    """A rhythm opens on a working day, at nine by the forum's clock."""
    assert rules.next_opening(date.fromisoformat(opened), ZONE, rhythm) == at(opens, "09:00")
