"""Rules of one's own summary: when it comes, always in one's own hours."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.welcome import is_welcome
from handlers.own_digest_rules import next_own
from storage.wishes import KIND, Wishes

ZONE = "Europe/Stockholm"
HERE = ZoneInfo(ZONE)
DAILY = replace(KIND, digest="daily")


@pytest.mark.parametrize(("wish", "now", "expected"), [
    (DAILY, (2026, 3, 2, 8, 0), (2026, 3, 2, 8, 30)),
    (DAILY, (2026, 3, 2, 8, 30), (2026, 3, 3, 8, 30)),
    (DAILY, (2026, 3, 6, 9, 0), (2026, 3, 9, 8, 30)),  # a weekend
    (DAILY, (2026, 4, 2, 9, 0), (2026, 4, 7, 8, 30)),  # Easter
    (replace(DAILY, days=(1, 3)), (2026, 3, 2, 9, 0), (2026, 3, 3, 8, 30)),
    (replace(DAILY, opens=time(13)), (2026, 3, 2, 9, 0), (2026, 3, 2, 13, 0)),
    (replace(DAILY, opens=time(6), closes=time(8)), (2026, 3, 2, 9, 0), (2026, 3, 3, 6, 0)),
    (replace(KIND, digest="2"), (2026, 3, 2, 9, 0), (2026, 3, 4, 8, 30)),
    (replace(KIND, digest="0"), (2026, 4, 3, 9, 0), (2026, 4, 7, 8, 30)),  # Easter Monday
    (replace(KIND, digest="0", away_until=date(2026, 5, 1)), (2026, 3, 2, 9, 0), (2026, 3, 9, 8, 30)),
])  # fmt: skip
def test_the_next_summary(wish: Wishes, now: tuple[int, ...], expected: tuple[int, ...]) -> None:
    """On the day one chose, or the next working day, when one's day begins."""
    here = datetime(*now, tzinfo=HERE)  # type: ignore[arg-type,misc]  # year to minute

    assert next_own(wish, here, ZONE) == datetime(*expected, tzinfo=HERE)  # type: ignore[arg-type,misc]


def test_no_summary() -> None:
    """Whoever wants none, or no day at all, has none."""
    now = datetime(2026, 3, 2, tzinfo=HERE)

    assert next_own(KIND, now, ZONE) is None
    assert next_own(replace(DAILY, days=()), now, ZONE) is None


@given(
    now=st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)),  # noqa: DTZ001 - hypothesis wants them naive
    digest=st.sampled_from(("daily", "0", "1", "2", "3", "4")),
    days=st.sets(st.integers(0, 6), min_size=1),
    opens=st.integers(0, 20),
    hours=st.integers(1, 3),
)
def test_a_summary_comes_only_when_one_is_welcome(
    now: datetime, digest: str, days: set[int], opens: int, hours: int
) -> None:
    """Whatever hours and days somebody keeps: never outside of them, and always ahead."""
    wish = replace(
        KIND, digest=digest, days=tuple(sorted(days)), opens=time(opens), closes=time(opens + hours)
    )
    here = now.replace(tzinfo=UTC)

    at = next_own(wish, here, ZONE)

    if at is not None:
        assert here < at < here + timedelta(days=75)
        assert is_welcome(wish, at, ZONE)
