"""Forums that were there before the rhythm begin theirs at the first start after the upgrade, on both engines."""

from contextlib import closing
from pathlib import Path
from typing import Final

from storage import timers
from storage.db import Store
from storage.migrations import migrate, migrate_together, migrations
from storage.opened import opened
from storage.schema import STEPS
from storage.sqlite import SqliteDatabase
from tests.stage.postgres import Databases
from tests.stage.samples import NOW, add_early_forum

BEFORE: Final = STEPS[[each.name for each in STEPS].index("rhythm") - 1].name


def _begin(store: Store) -> list[tuple[str, int | None, str, str]]:
    return [(each.name, each.forum, each.action, each.late) for each in timers.due(store, NOW)]


def test_forums_of_a_file_begin_at_the_upgrade(tmp_path: Path) -> None:
    """One timer for each, due at once."""
    with closing(SqliteDatabase(tmp_path / "old.db")) as old:
        migrations.apply(old.tools, stop_before="rhythm")
        add_early_forum(old.store)
        migrate(old.tools)

        assert _begin(old.store) == [("1:rhythm", 1, "digests.begin:1", "ring")]


def test_forums_of_a_server_begin_at_the_upgrade(databases: Databases) -> None:
    """The same on PostgreSQL."""
    with databases.own(bare=True) as dsn, closing(opened(dsn)) as old:
        migrate_together(old.store, until=BEFORE)
        add_early_forum(old.store)
        migrate_together(old.store)

        assert _begin(old.store) == [("1:rhythm", 1, "digests.begin:1", "ring")]
