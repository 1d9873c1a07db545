"""What a member looks at is as much work in a large database as in a small one."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from bench import decades, growth
from bench.decades import Old
from storage.db import Store
from storage.opened import opened
from storage.sqlite import SqliteStore
from tests.stage.postgres import Databases

SMALL, LARGE = 1_000, 16_000
LOOKS = 25


@pytest.mark.parametrize("one_forum", [False, True], ids=["forums", "one-forum"])
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_no_look_is_more_work_in_a_large_database(
    tmp_path: Path, databases: Databases, engine: str, *, one_forum: bool
) -> None:
    """Sixteen times as many decisions: what the engine does for each look does not become more."""
    with ExitStack() as stack:
        small, large = (
            decades.build(
                tmp_path / f"{size}.db" if engine == "sqlite" else stack.enter_context(databases.own(bare=True)),
                size, one_forum=one_forum,
            ) for size in (SMALL, LARGE)
        )  # fmt: skip
        more = {}
        for kind, look in growth.KINDS.items():
            if one_forum and kind.startswith("search"):
                continue
            before, after = (_work(each, look) for each in (small, large))
            if after > growth.BAR * before:
                more[kind] = (before, after)
    assert more == {}


def _work(old: Old, look: growth.Look) -> int:
    """The longest of many looks, in what the engine counts."""
    longest, found, rng = 0, False, growth.chosen(7)
    with closing(opened(old.where)) as database:
        counted = _steps if isinstance(database.store, SqliteStore) else _rows_read
        for _ in range(LOOKS):
            with counted(database.store) as taken:
                found = bool(look(database.store, old, rng)) or found
            longest = max(longest, taken[0])
    assert found
    return longest


@contextmanager
def _steps(store: Store) -> Iterator[list[int]]:
    """Tens of steps of SQLite's machine."""
    assert isinstance(store, SqliteStore)
    taken = [0]

    def count() -> int:
        taken[0] += 1
        return 0

    store.connection.set_progress_handler(count, 10)
    yield taken
    store.connection.set_progress_handler(None, 0)


@contextmanager
def _rows_read(store: Store) -> Iterator[list[int]]:
    """Rows of tables that PostgreSQL read, whether it gave them or not; one more, so that none is not nothing."""
    taken = [1]
    store.run("begin")
    yield taken
    (read,) = store.all(
        "select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) from pg_stat_xact_user_tables"
    )
    taken[0] += int(read[0])
    store.run("rollback")


def test_the_figure_is_measured_on_either_engine(tmp_path: Path, dsn: str) -> None:
    """Small and short, the rows of both engines tell how long every kind of look took."""
    for name, where in (("SQLite", tmp_path / "small.db"), ("PostgreSQL", dsn)):
        old = decades.build(where, 400)
        rows = list(growth.rows(name, growth.grown([old], 1, 3), 3))
        assert [each.what.partition(";")[0] for each in rows] == list(growth.KINDS)
        assert all(each.value > 0 for each in rows)
