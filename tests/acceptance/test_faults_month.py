"""Foul weather: nearly a third of all calls and deliveries fail, the bot dies and comes back, and nothing is lost."""

from pathlib import Path

from bench import chance, faults
from tests.stage.postgres import Databases

SHORT_DAY = 4 * 3600.0
"""Seconds that hold all the deeds, faults and restarts of a day."""


def test_a_day_of_faults_loses_doubles_and_confuses_nothing(tmp_path: Path) -> None:
    """Effects, the times that platforms said, order in each chat, marks; and the same seed brings the same faults."""
    seed = chance.seed()
    first, second = (
        faults.course(tmp_path / f"{name}.db", 1, seed, day=SHORT_DAY) for name in ("first", "second")
    )
    told, found = f"BENCH_SEED={seed} repeats it", first.found
    assert first.lives >= 2, told
    assert set(first.weather.faults) == {
        "RateLimited", "ServerError", "Slow", "CutReply", "LostRequest", "CutBody", "Html", "Nonsense", "PlatformError",
    }, told  # fmt: skip
    assert (found.lost, found.twice, found.misnumbered, found.overdue) == ((), 0, 0, 0), told
    assert (found.early, found.disorder, found.unmarked) == (0, 0, 0), told
    assert (second.fingerprint, second.found) == (first.fingerprint, found), told


def test_the_same_on_postgresql(databases: Databases) -> None:
    """On a server that takes its time from the same clock."""
    seed = chance.seed()
    with databases.own(bare=True) as where:
        found = faults.course(where, 1, seed, day=SHORT_DAY / 2).found

    told = f"BENCH_SEED={seed} repeats it"
    assert (found.lost, found.twice, found.misnumbered, found.overdue) == ((), 0, 0, 0), told
    assert (found.early, found.disorder, found.unmarked) == (0, 0, 0), told
