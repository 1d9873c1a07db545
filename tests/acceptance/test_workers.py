"""Several processes share one database: whatever comes to whichever of them, it happens once and in order."""

import asyncio
from pathlib import Path

from bench import chance, workers
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
