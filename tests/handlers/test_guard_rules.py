"""Which hint is given, and when somebody has too much."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.guard_rules import AT, KINDS, REST, Matter, chosen, hangs_on, next_look
from handlers.kit.when import is_working_day
from storage.guards import Hint

TODAY = date(2026, 3, 11)
ZONE = "Europe/Stockholm"
MATTERS = st.builds(Matter, st.sampled_from(KINDS), st.integers(0, 3))


def hint(kind: str, subject: int, ago: int, *, settled: bool = False) -> Hint:
    """A hint that was given so many days ago."""
    return Hint(kind, subject, TODAY - timedelta(days=ago), settled)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ([], Matter("meet", 0)),
        ([hint("meet", 0, 7)], Matter("owner", 1)),
        ([hint("meet", 0, 14), hint("owner", 1, 7)], Matter("owner", 2)),
        ([hint("owner", 1, 7)], Matter("meet", 0)),
        ([hint("meet", 0, 90)], Matter("owner", 1)),
        ([hint("meet", 0, 90), hint("owner", 1, 7)], Matter("meet", 0)),
        ([hint("meet", 0, 90, settled=True), hint("owner", 1, 7)], Matter("owner", 2)),
        ([hint("meet", 0, 7), hint("owner", 1, 21), hint("owner", 2, 14)], None),
    ],
)
def test_the_most_useful_hint_that_is_new(told: list[Hint], wanted: Matter | None) -> None:
    """Another kind before more of the same, nothing within two months of itself, nothing that is settled."""
    found = (Matter("meet", 0), Matter("owner", 1), Matter("owner", 2))

    assert chosen(found, told, TODAY) == wanted


@given(st.lists(MATTERS, max_size=8))
def test_never_the_same_twice_in_a_row(found: list[Matter]) -> None:
    """Over forty weeks in which nothing changes: no hint follows itself, and none comes back within two months."""
    told: dict[Matter, Hint] = {}
    given_on: list[tuple[Matter, date]] = []
    for week in range(40):
        day = TODAY + timedelta(weeks=week)
        one = chosen(iter(found), list(told.values()), day)
        if one:
            told[one] = Hint(one.kind, one.subject, day, settled=False)
            given_on.append((one, day))
    for (before, _), (after, _) in pairwise(given_on):
        assert before != after
    for one in set(found):
        days = [day for each, day in given_on if each == one]
        assert all(late - early >= REST for early, late in pairwise(days))
        assert days


@pytest.mark.parametrize(
    ("loads", "members", "wanted"),
    [
        ([], 9, None),
        ([(7, 5)], 3, 7),
        ([(7, 4)], 3, None),
        ([(7, 5), (8, 5)], 3, None),
        ([(7, 6), (8, 5)], 3, 7),
        ([(7, 6), (8, 3), (9, 3)], 3, None),
        ([(7, 50)], 2, None),
    ],
)
def test_when_work_hangs_on_one(loads: list[tuple[int, int]], members: int, wanted: int | None) -> None:
    """At least five things and more than half of all, where there is somebody to share with."""
    assert hangs_on(loads, members) == wanted


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_next_look_is_on_a_wednesday_or_just_after_it(now: datetime) -> None:
    """Within two weeks, at ten by the forum's clock, on a working day."""
    at = next_look(now, ZONE).astimezone(ZoneInfo(ZONE))

    assert now < at <= now + timedelta(days=14)
    assert at.time() == AT == time(10)
    assert is_working_day(at.date())
