"""What a member looks at is as much work in a large database as in a small one."""

from contextlib import closing
from pathlib import Path

import pytest

from bench import decades, growth
from bench.decades import Old
from storage.opened import opened
from storage.sqlite import SqliteStore

SMALL, LARGE = 1_000, 16_000
LOOKS = 25


@pytest.mark.parametrize("one_forum", [False, True], ids=["forums", "one-forum"])
def test_no_look_is_more_work_in_a_large_database(tmp_path: Path, *, one_forum: bool) -> None:
    """Sixteen times as many decisions: the steps that the engine takes for each look do not become more."""
    small, large = (
        decades.build(tmp_path / f"{size}.db", size, one_forum=one_forum) for size in (SMALL, LARGE)
    )
    more = {}
    for kind, look in growth.KINDS.items():
        if one_forum and kind.startswith("search"):
            continue
        before, after = (_steps(each, look) for each in (small, large))
        if after > growth.BAR * before:
            more[kind] = (before, after)
    assert more == {}


def _steps(old: Old, look: growth.Look) -> int:
    """Tens of steps of SQLite's machine that the longest of many looks took."""
    taken = 0
    longest, found = 0, False

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    with closing(opened(old.where)) as database:
        assert isinstance(database.store, SqliteStore)
        database.store.connection.set_progress_handler(count, 10)
        rng = growth.chosen(7)
        for _ in range(LOOKS):
            taken = 0
            found = bool(look(database.store, old, rng)) or found
            longest = max(longest, taken)
    assert found
    return longest


def test_the_figure_is_measured_on_either_engine(tmp_path: Path, dsn: str) -> None:
    """Small and short, the rows of both engines tell how long every kind of look took."""
    for name, where in (("SQLite", tmp_path / "small.db"), ("PostgreSQL", dsn)):
        old = decades.build(where, 400)
        rows = list(growth.rows(name, growth.grown([old], 1, 3), 3))
        assert [each.what.partition(";")[0] for each in rows] == list(growth.KINDS)
        assert all(each.value > 0 for each in rows)
