"""The bot is kept busy for a while and looked at from outside; what is seen leads to the right verdict."""

import asyncio
from pathlib import Path

from bench import chance, soak
from bench.soak import Course, Length, Look


def test_a_busy_bot_refuses_nothing_and_stays_as_small_as_it_was(tmp_path: Path) -> None:
    """Fifty events a second on both platforms: nothing is refused, the journal stays short, memory hardly grows."""
    seed = chance.seed()
    done = asyncio.run(
        soak.soaked(tmp_path / "soak.db", Length(busy=4.0, warm=3.0, rest=1.0, drain=0.0), seed, forums=60)
    )
    told = f"BENCH_SEED={seed} repeats it"
    assert done.events >= 100, told
    assert done.refused == 0, told
    assert done.growth <= 0.25, told
    assert done.more_files <= 20, told
    assert 0 < done.journal_mb <= soak.MOST_JOURNAL_MB, told


def test_growth_is_seen_and_told() -> None:
    """Memory that rises, files that stay open, a long journal and messages left behind each fail the figure."""
    course = Course(1, "SQLite", events=1000, files=(40, 40))
    course.looks = [Look(float(at), 100.0, 4.0) for at in range(100)]
    length = Length(100.0, 10.0)

    assert all(each.ok for each in soak.rows(course, length))
    assert course.slope == 0

    course.looks = [Look(float(at), 100.0 + at / 10, 4.0 + at) for at in range(100)]
    course.files, course.left = (40, 41), 1

    assert not any(each.ok for each in soak.rows(course, length))
    assert round(course.slope) == 360
