"""What state a database is in, found out by looking only: is it whole, is it ours, which steps does it lack."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import sqlite_utils

from storage.db import BUSY_SECONDS, Store, StoreUnavailable
from storage.migrations import migrations
from storage.opened import is_address, opened
from storage.sqlite import SqliteStore


@dataclass(frozen=True, slots=True)
class Condition:
    """``taken`` steps of the schema are in it, ``lacking`` ones are to come, ``strange`` ones nobody here knows."""

    taken: tuple[str, ...]
    lacking: tuple[str, ...]
    strange: tuple[str, ...]


@contextmanager
def looking_at(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that can only read, also while another process writes. Raises ``StoreUnavailable``."""
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        with closing(connection):
            yield connection
    except sqlite3.Error as trouble:
        raise StoreUnavailable(str(trouble)) from trouble
    except UnicodeDecodeError as trouble:
        # SQLite quotes what it stumbles over, and that is no text any more.
        raise StoreUnavailable("database disk image is malformed") from trouble


@contextmanager
def looking(where: Path | str) -> Iterator[Store]:
    """A store on a connection of its own that can only read, whichever engine keeps it; raises the same."""
    if not is_address(where):
        with looking_at(Path(where)) as connection:
            yield SqliteStore(connection)
        return
    import psycopg  # noqa: PLC0415 - it is there only where it is needed

    try:
        with closing(opened(where)) as database:
            database.store.run("set default_transaction_read_only = on")
            yield database.store
    except psycopg.Error as trouble:
        raise StoreUnavailable(type(trouble).__name__) from trouble


def condition(connection: sqlite3.Connection) -> Condition:
    """Which steps of the schema have been taken."""
    known = [each.name for each in migrations.pending(sqlite_utils.Database(memory=True))]
    taken = [each.name for each in migrations.applied(sqlite_utils.Database(connection))]
    return Condition(
        tuple(each for each in taken if each in known),
        tuple(each for each in known if each not in taken),
        tuple(each for each in taken if each not in known),
    )


def is_whole(connection: sqlite3.Connection, *, quick: bool = False) -> bool:
    """Whether every page, index and reference is as it should be; ``quick`` leaves out the indexes."""
    found = connection.execute(f"pragma {'quick_check' if quick else 'integrity_check'}").fetchone()
    return found == ("ok",) and connection.execute("pragma foreign_key_check").fetchone() is None
