"""The bot is killed in the middle of its work, again and again: what people said is there exactly once."""

import asyncio
from pathlib import Path

import pytest

from bench import chance, kills
from tests.stage.postgres import Databases

KILLS = 8


def test_killed_at_any_instant_nothing_is_lost_and_nothing_recorded_twice(tmp_path: Path) -> None:
    """Eight kills -9 at random instants while people record decisions on both platforms, which deliver again."""
    _survives(tmp_path / "samsyn.db", tmp_path, kills.CASTS["file"])


@pytest.mark.parametrize("cast", ["all", "web"])
def test_of_two_processes_each_is_killed_in_turn_and_the_other_goes_on(
    databases: Databases, tmp_path: Path, cast: str
) -> None:
    """The same with two processes on one PostgreSQL database: alike, or one that takes in and one that sends."""
    with databases.own(bare=True) as where:
        _survives(where, tmp_path, kills.CASTS[cast])


def _survives(where: Path | str, folder: Path, cast: kills.Cast) -> None:
    seed = chance.seed()
    done, count = asyncio.run(kills.course(where, folder, cast, KILLS, seed))
    told = f"BENCH_SEED={seed} repeats it"
    assert len(done.sent) >= KILLS, told
    assert (count.lost, count.doubled, count.misnumbered) == (0, 0, 0), told
    assert (done.damaged, count.damaged) == (0, 0), told
    assert (count.missing, count.doubled_outside) == (0, 0), told
    assert count.doubled_inside <= len(done.windows), told
