"""Several processes share one database: whatever comes to whichever of them, it happens once and in order."""

import asyncio
from pathlib import Path

from bench import chance, speed, workers
from tests.stage.postgres import Databases

PROCESSES = 3
MANY = 60


def test_due_timers_and_updates_that_come_to_several_processes_happen_once_and_in_order(
    databases: Databases, tmp_path: Path
) -> None:
    """Sixty timers and sixty updates, half of these to two processes at once and all of them again later."""
    seed = chance.seed()
    with databases.own(bare=True) as where:
        done, count = asyncio.run(workers.course(where, tmp_path, PROCESSES, MANY, seed))
    told = f"BENCH_SEED={seed} repeats it"
    assert len(done.sent) == len(done.wound) == MANY, told
    assert len(done.turns) == PROCESSES, told
    assert done.carried_twice > 0, told
    updates = count.updates
    assert (updates.lost, updates.doubled, updates.misnumbered, updates.damaged) == (0, 0, 0, 0), told
    assert (count.timers_lost, count.timers_doubled, count.order_broken) == (0, 0, 0), told
    assert (updates.missing, updates.unknown, updates.doubled_outside) == (0, 0, 0), told


def test_one_process_and_two_are_compared_and_refuse_nothing() -> None:
    """Short, the rows tell of each side who used the machine, and that every update was answered."""
    seed = chance.seed()
    rows = {each.what: each for each in speed.rows(1, (1, 2), seed, updates=100)}
    told = f"BENCH_SEED={seed} repeats it: {rows}"
    assert (rows["updates refused"].value, rows["updates refused"].reference) == (0, "of 300"), told
    sides = [each for each in rows.values() if each.unit == "/s"]
    assert len(sides) == 3, told
    assert all(
        each.value > 0 and "bots" in each.reference and "server" in each.reference for each in sides
    ), told
    assert rows["updates a second, 2 processes to 1"].value > 0, told
