"""Rules of digests: when one comes, what it tells of, and when it is worth telling."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.digest_rules import (
    FURTHEST,
    HOURS,
    WEEK,
    Digest,
    began,
    is_first_of_month,
    is_much,
    is_news,
    latest_months,
    next_digest,
)
from handlers.kit.when import is_working_day
from storage.digests import Asked, Done, Month, Rhythm, Ruling, Some, Waiting
from storage.wins import Win
from tests.stage.samples import NOW

ZONE = "Europe/Stockholm"
HERE = ZoneInfo(ZONE)
TODAY = date(2026, 3, 9)
EMPTY = Digest(NOW, NOW + WEEK)


def _here(*when: int) -> datetime:
    return datetime(*when, tzinfo=HERE)  # type: ignore[arg-type,misc]  # year, month, day and so on


@pytest.mark.parametrize(("now", "weekday", "at", "expected"), [
    (_here(2026, 3, 2, 8, 29), 0, time(8, 30), _here(2026, 3, 2, 8, 30)),
    (_here(2026, 3, 2, 8, 30), 0, time(8, 30), _here(2026, 3, 9, 8, 30)),
    (_here(2026, 3, 2, 9), 4, time(15), _here(2026, 3, 6, 15)),
    (_here(2026, 4, 4, 9), 0, time(8, 30), _here(2026, 4, 7, 8, 30)),  # Easter Monday
    (_here(2026, 4, 7, 8, 30), 0, time(8, 30), _here(2026, 4, 13, 8, 30)),  # after it was told on the Tuesday
    (_here(2026, 12, 24, 9), 4, time(9), _here(2026, 12, 28, 9)),  # Christmas Day is a Friday
    (_here(2026, 3, 28, 9), 0, time(8, 30), _here(2026, 3, 30, 8, 30)),  # clocks go forward in between
    (_here(2026, 12, 30, 9), 3, time(8), _here(2027, 1, 4, 8)),  # New Year's Eve is a Thursday
])  # fmt: skip
def test_the_next_digest(now: datetime, weekday: int, at: time, expected: datetime) -> None:
    """The forum's weekday and hour on its own clock; on the next working day where nobody works then."""
    assert next_digest(Rhythm("weekly", weekday, at), now, ZONE) == expected


@given(
    now=st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)),  # noqa: DTZ001 - hypothesis wants them naive
    weekday=st.integers(0, 4),
    at=st.sampled_from(HOURS),
    zone=st.sampled_from((ZONE, "Europe/London", "America/New_York")),
)
def test_a_digest_comes_on_a_working_day_within_two_weeks(
    now: datetime, weekday: int, at: time, zone: str
) -> None:
    """Whatever the day, it is ahead, not far, at the hour that clocks show, and each one leads to a later one."""
    here = now.replace(tzinfo=UTC)
    rhythm = Rhythm("weekly", weekday, at)

    found = next_digest(rhythm, here, zone)

    local = found.astimezone(ZoneInfo(zone))
    assert here < found <= here + 2 * WEEK
    assert is_working_day(local.date())
    assert local.time() == at
    assert next_digest(rhythm, found, zone) > found


def test_a_digest_begins_where_the_last_one_ended() -> None:
    """A week ago when there was none, and never further back than five weeks."""
    assert began(None, NOW) == NOW - WEEK
    assert began(NOW - 2 * WEEK, NOW) == NOW - 2 * WEEK
    assert began(NOW - 9 * WEEK, NOW) == NOW - FURTHEST


def test_the_first_of_a_month() -> None:
    """By the forum's own calendar: half past midnight in Stockholm is still the old month in London."""
    at = _here(2026, 4, 1, 0, 30)

    assert is_first_of_month(None, at, ZONE)
    assert is_first_of_month(_here(2026, 3, 31, 12), at, ZONE)
    assert is_first_of_month(_here(2025, 4, 1, 12), at, ZONE)
    assert not is_first_of_month(_here(2026, 3, 31, 12), at, "Europe/London")


def test_the_latest_months() -> None:
    """Six of them over the turn of the year, each from its first midnight on."""
    found = latest_months(_here(2026, 3, 9, 8), ZONE)

    assert [each.month for each, _ in found] == [10, 11, 12, 1, 2, 3]
    assert found[0] == (date(2025, 10, 1), _here(2025, 10, 1))


def test_something_to_see() -> None:
    """Five things in half a year."""
    assert not is_much((Month(TODAY, 2, 2),))
    assert is_much((Month(TODAY, 2, 2), Month(TODAY, 0, 1)))


LATE = Waiting(1, "Ring", date(2026, 3, 1), "Polisen")
WIN = Win(1, 1, "told", "Bra", (), (), NOW)


@pytest.mark.parametrize(("more", "news"), [
    ({}, False),
    ({"late": Some((LATE,), 1)}, False),
    ({"late": Some((replace(LATE, due_on=date(2026, 3, 2)),), 1)}, True),
    ({"due": Some((LATE,), 1)}, True),
    ({"decided": Some((Ruling(1, "1/2026", "Vi"),), 1)}, True),
    ({"done": Some((Done(1, "Ring", ()),), 1)}, True),
    ({"wins": Some((WIN,), 1)}, True),
    ({"asked": (Asked("round", 1, "Ska vi?", NOW),)}, True),
    ({"asked": (Asked("advice", 1, "Ska vi?", NOW),)}, True),
    ({"asked": (Asked("result", 1, "", NOW),)}, True),
    ({"asked": (Asked("meeting", 1, "", NOW + 2 * WEEK),)}, True),
    ({"asked": (Asked("meeting", 1, "", NOW + 3 * WEEK),)}, False),
])  # fmt: skip
def test_what_is_worth_telling(more: dict[str, object], news: bool) -> None:
    """What waited before and a meeting far off are told beside something new, and never alone."""
    assert is_news(replace(EMPTY, **more)) is news  # type: ignore[arg-type]  # each names its own field


def test_what_has_no_room() -> None:
    """More than is shown, of anything."""
    assert not EMPTY.is_cut
    assert replace(EMPTY, late=Some((LATE,), 2)).is_cut
    assert replace(EMPTY, points_count=1).is_cut
    assert replace(EMPTY, wins=Some((WIN,), 2)).is_cut
    assert replace(EMPTY, follow_ups=Some((), 1)).is_cut
    minutes = tuple(Asked("minutes", each, "1/2026", NOW) for each in range(4))
    assert replace(EMPTY, asked=minutes).is_cut
    assert not replace(EMPTY, asked=minutes[:3]).is_cut
    assert timedelta(days=7) == WEEK
