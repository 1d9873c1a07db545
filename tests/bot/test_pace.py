"""How fast one may write: a burst, a minute's ration, and being told to wait."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace import SLACK_CHANNEL, TELEGRAM_ALL, TELEGRAM_GROUP, Limit, Line, Pace, Paces


def _goes(pace: Pace, now: float) -> bool:
    if pace.wait(now):
        return False
    pace.note(now)
    return True


def test_a_burst_goes_at_once_and_then_no_faster_than_allowed() -> None:
    """Three messages go together; the fourth waits until three seconds after the first."""
    pace = Pace(SLACK_CHANNEL)

    assert [_goes(pace, 100.0) for _ in range(4)] == [True, True, True, False]
    assert pace.wait(101.0) == pytest.approx(2.0)
    assert _goes(pace, 103.0)


def test_a_groups_minute_is_kept_beside_its_seconds() -> None:
    """Twenty a minute is the stricter limit for whoever keeps writing at the allowed speed."""
    pace = Pace(TELEGRAM_GROUP)
    sent = [second for second in range(60) if _goes(pace, float(second))]

    assert len(sent) == 20
    assert pace.wait(59.0) == pytest.approx(1.0)


def test_being_told_to_wait_outweighs_the_limits() -> None:
    """Nothing goes before the platform's own time, and a shorter word later does not shorten it."""
    pace = Pace(TELEGRAM_ALL)

    pace.hold(100.0, 30.0)
    pace.hold(101.0, 5.0)

    assert pace.wait(110.0) == pytest.approx(20.0)
    assert pace.wait(130.0) == 0


@given(st.lists(st.floats(0, 5), max_size=60))
def test_no_window_ever_holds_more_than_allowed(gaps: list[float]) -> None:
    """However messages come, within any window there are at most as many as the limit says."""
    limits = (Limit(3, 2.0), Limit(5, 7.0))
    pace, now, sent = Pace(limits), 0.0, list[float]()
    for gap in gaps:
        now += gap
        now += pace.wait(now)
        pace.note(now)
        sent.append(now)

    for limit in limits:
        for first, last in zip(sent, sent[limit.most :], strict=False):
            assert last - first >= limit.seconds - 1e-6


def test_a_chat_is_remembered_for_as_long_as_its_pace_counts() -> None:
    """Among thousands of chats, only those that were written to of late, or told to wait, take room."""
    now = 0.0
    paces = Paces(lambda: now)
    told = paces.of(("telegram", "", "-1"))
    told.hold(now, 100)
    silent = paces.of(("slack", "T1", "C1"))
    silent.note(now)
    for now in (2.0, 50.0, 101.0):
        paces.of(("slack", "T1", f"C{now}"))
        assert (paces.of(("telegram", "", "-1")) is told) == (now < 100), now
    assert paces.of(("slack", "T1", "C1")) is not silent


@pytest.mark.anyio
async def test_whoever_was_asked_goes_before_those_who_are_told() -> None:
    """One at a time, the urgent first, else as they came; who gives up, even just called, keeps nobody waiting."""
    line, came = Line(), list[str]()

    async def stands(name: str) -> None:
        await line.come(urgent=name.startswith("asked"))
        came.append(name)
        line.go()

    await line.come(urgent=False)
    names = ("told 1", "gives up", "told 2", "asked 1", "asked and gone", "asked 2")
    waiting = {each: asyncio.create_task(stands(each)) for each in names}
    await asyncio.sleep(0)
    waiting["gives up"].cancel()
    await asyncio.sleep(0)
    line.go()
    waiting["asked 1"].cancel()
    await asyncio.gather(*waiting.values(), return_exceptions=True)

    assert came == ["asked and gone", "asked 2", "told 1", "told 2"]
    await asyncio.wait_for(line.come(urgent=False), 1)
