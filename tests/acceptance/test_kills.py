"""The bot is killed in the middle of its work, again and again: what people said is there exactly once."""

import asyncio
from pathlib import Path

from bench import chance, kills

KILLS = 8


def test_killed_at_any_instant_nothing_is_lost_and_nothing_recorded_twice(tmp_path: Path) -> None:
    """Eight kills -9 at random instants while people record decisions on both platforms, which deliver again."""
    seed = chance.seed()
    done, count = asyncio.run(kills.course(tmp_path, KILLS, seed))
    told = f"BENCH_SEED={seed} repeats it"
    assert len(done.sent) >= KILLS, told
    assert (count.lost, count.doubled, count.misnumbered) == (0, 0, 0), told
    assert (done.damaged, count.damaged) == (0, 0), told
    assert (count.missing, count.doubled_outside) == (0, 0), told
    assert count.doubled_inside <= done.in_window.total(), told
