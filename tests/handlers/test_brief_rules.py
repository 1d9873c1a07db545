"""On which days a brief comes, and what it says of long lists."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import brief_rules as rules
from handlers.kit.people_shown import verbatim
from handlers.kit.ui import text
from handlers.kit.when import is_working_day

ZONE = "Europe/Stockholm"
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-03-02T07:59", "2026-03-02"),
        ("2026-03-02T08:00", "2026-04-01"),
        ("2026-04-30T08:00", "2026-05-04"),
        ("2026-05-03T08:00", "2026-05-04"),
        ("2026-12-31T08:00", "2027-01-04"),
    ],
)
def test_the_first_working_day_of_a_month(now: str, day: str) -> None:
    """At nine; holidays and weekends are passed over, and December is followed by January."""
    at = rules.next_monthly(datetime.fromisoformat(now).replace(tzinfo=UTC), ZONE).astimezone(ZoneInfo(ZONE))

    assert (at.date().isoformat(), at.time()) == (day, rules.AT)


@given(MOMENTS)
def test_what_comes_next_is_ahead_and_on_a_working_day(now: datetime) -> None:
    """Whatever moment it is now."""
    for at, most in ((rules.next_monthly(now, ZONE), 45), (rules.next_morning(now, ZONE), 8)):
        assert now < at <= now + timedelta(days=most)
        assert is_working_day(at.astimezone(ZoneInfo(ZONE)).date())


@pytest.mark.parametrize(
    ("today", "near"),
    [("2026-03-09", False), ("2026-03-10", True), ("2026-03-12", True), ("2026-03-13", False)],
)
def test_two_working_days_before_a_meeting(today: str, near: bool) -> None:
    """From Tuesday on for a meeting on Thursday, and not after it."""
    assert rules.is_time_for(date(2026, 3, 12), date.fromisoformat(today)) is near


def test_a_long_list_says_how_much_there_is_besides() -> None:
    """Four things and how many more; a short list says nothing of that."""
    items = [verbatim(str(each)) for each in range(6)]

    assert rules.listed(items, 30, 4) == (*items[:4], text("brief-and-more", count=26))
    assert rules.listed(items[:2], 2, 4) == tuple(items[:2])


def test_a_brief_never_tells_of_the_far_past() -> None:
    """A hundred days at most."""
    assert rules.begins_on(date(2026, 6, 1), date(2026, 5, 4)) == date(2026, 5, 4)
    assert rules.begins_on(date(2026, 6, 1), date(2020, 1, 1)) == date(2026, 2, 21)
